/* spelling.c - what was meant: suggestions for words of a query that are misspelt
 *
 * usage: spelling DATABASE QUERY
 *
 * The database is made, with a few words, if it is not there.
 *
 * cc spelling.c $(pkg-config --cflags --libs xapian-c)
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include <xapian-c-parse.h>
#include <xapian-c-write.h>

static const char *const words[] = {"archive", "article", "newspaper", "editor"};

int
main(int argc, char **argv)
{
    struct xap_writable_database *database = NULL;
    struct xap_query_parser *parser = NULL;
    struct xap_query *query = NULL;
    struct xap_error e;
    const char *corrected;
    size_t length;
    int status = 1;

    if (argc != 3) {
        fprintf(stderr, "usage: spelling DATABASE QUERY\n");
        return 64;
    }
    if (xap_writable_database_new_open(argv[1], XAP_DB_CREATE_OR_OPEN, 0, &database, &e) != XAP_OK)
        goto failed;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (xap_writable_database_add_spelling(database, words[i], strlen(words[i]), 1, &e) != XAP_OK)
            goto failed;
    }
    if (xap_writable_database_commit(database, &e) != XAP_OK || xap_query_parser_new(&parser, &e) != XAP_OK ||
        xap_query_parser_set_database(parser, xap_writable_database_as_database(database), &e) != XAP_OK ||
        xap_query_parser_parse_query(parser, argv[2], strlen(argv[2]),
                                     XAP_QUERY_PARSER_FLAG_DEFAULT | XAP_QUERY_PARSER_FLAG_SPELLING_CORRECTION, NULL, 0, &query,
                                     &e) != XAP_OK ||
        xap_query_parser_get_corrected_query_string(parser, &corrected, &length, &e) != XAP_OK)
        goto failed;
    if (length > 0)
        printf("did you mean: %.*s\n", (int)length, corrected);
    else
        printf("nothing to correct\n");
    status = 0;
    goto done;
failed:
    fprintf(stderr, "spelling: %s: %s\n", e.type, e.message);
done:
    xap_query_free(query);
    xap_query_parser_free(parser);
    xap_writable_database_free(database);
    return status;
}
