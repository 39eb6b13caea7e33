/* search-lines.c - quickstart's searcher: the ten best of what index-lines indexed
 *
 * usage: search-lines DATABASE QUERY
 *
 * cc search-lines.c $(pkg-config --cflags --libs xapian-c)
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include <xapian-c-parse.h>
#include <xapian-c.h>

int
main(int argc, char **argv)
{
    struct xap_database *database = NULL;
    struct xap_query_parser *parser = NULL;
    struct xap_stem *stem = NULL;
    struct xap_query *query = NULL;
    struct xap_enquire *enquire = NULL;
    struct xap_mset *mset = NULL;
    struct xap_error e;
    int status = 1;

    if (argc != 3) {
        fprintf(stderr, "usage: search-lines DATABASE QUERY\n");
        return 64;
    }
    if (xap_database_new_open(argv[1], 0, &database, &e) != XAP_OK || xap_query_parser_new(&parser, &e) != XAP_OK ||
        xap_stem_new("english", &stem, &e) != XAP_OK || xap_query_parser_set_stemmer(parser, stem, &e) != XAP_OK ||
        xap_query_parser_set_stemming_strategy(parser, XAP_QUERY_PARSER_STEM_SOME, &e) != XAP_OK ||
        xap_query_parser_parse_query(parser, argv[2], strlen(argv[2]), XAP_QUERY_PARSER_FLAG_DEFAULT, NULL, 0, &query, &e) !=
            XAP_OK ||
        xap_enquire_new(database, &enquire, &e) != XAP_OK || xap_enquire_set_query(enquire, query, 0, &e) != XAP_OK ||
        xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &e) != XAP_OK)
        goto failed;
    printf("%u results\n", (unsigned)xap_mset_get_matches_estimated(mset));
    for (xap_doccount i = 0; i < xap_mset_size(mset); i++) {
        struct xap_document *document;
        const char *data, *passage;
        size_t length, passage_length;
        int percent;
        enum xap_code code;

        if (xap_mset_get_percent(mset, i, &percent, &e) != XAP_OK ||
            xap_mset_get_document(mset, i, &document, &e) != XAP_OK)
            goto failed;
        code = xap_document_get_data(document, &data, &length, &e);
        if (code == XAP_OK)
            code = xap_mset_snippet(mset, data, length, 100, stem, XAP_MSET_SNIPPET_EXHAUSTIVE, "*", "*", NULL, &passage,
                                    &passage_length, &e);
        if (code == XAP_OK)
            printf("%3d%% %.*s\n", percent, (int)passage_length, passage);
        xap_document_free(document);
        if (code != XAP_OK)
            goto failed;
    }
    status = 0;
    goto done;
failed:
    fprintf(stderr, "search-lines: %s: %s\n", e.type, e.message);
done:
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_query_free(query);
    xap_stem_free(stem);
    xap_query_parser_free(parser);
    xap_database_free(database);
    return status;
}
