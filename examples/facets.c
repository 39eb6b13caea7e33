/* facets.c - how many of the results have which first word
 *
 * usage: facets
 *
 * Makes a database in memory, whose value 0 is the first word of each line.
 *
 * cc facets.c $(pkg-config --cflags --libs xapian-c)
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include <xapian-c-write.h>

static const char *const lines[] = {"sport the match ended early", "politics the vote ended late", "sport the race ended in rain",
                                    "weather rain all day"};

static enum xap_code
add_lines(struct xap_writable_database *database, struct xap_error *e)
{
    enum xap_code code = XAP_OK;

    for (size_t i = 0; code == XAP_OK && i < sizeof lines / sizeof *lines; i++) {
        struct xap_document *document = NULL;
        const char *word = lines[i];

        code = xap_document_new(&document, e);
        if (code == XAP_OK)
            code = xap_document_add_value(document, 0, word, strcspn(word, " "), e);
        while (code == XAP_OK && *word != '\0') {
            size_t length = strcspn(word, " ");

            code = xap_document_add_term(document, word, length, 1, e);
            word += length + strspn(word + length, " ");
        }
        if (code == XAP_OK)
            code = xap_writable_database_add_document(database, document, NULL, e);
        xap_document_free(document);
    }
    return code;
}

int
main(void)
{
    struct xap_writable_database *database = NULL;
    struct xap_query *query = NULL;
    struct xap_enquire *enquire = NULL;
    struct xap_match_spy *spy = NULL;
    struct xap_mset *mset = NULL;
    struct xap_term_iterator *values = NULL;
    struct xap_error e;
    int status = 1;

    if (xap_writable_database_new_open("", XAP_DB_BACKEND_INMEMORY, 0, &database, &e) != XAP_OK ||
        add_lines(database, &e) != XAP_OK || xap_query_new_term("ended", 5, 1, 0, &query, &e) != XAP_OK ||
        xap_enquire_new(xap_writable_database_as_database(database), &enquire, &e) != XAP_OK ||
        xap_enquire_set_query(enquire, query, 0, &e) != XAP_OK || xap_value_count_match_spy_new(0, &spy, &e) != XAP_OK ||
        xap_enquire_add_matchspy(enquire, spy, &e) != XAP_OK ||
        /* check_at_least makes the spy see all that match */
        xap_enquire_get_mset(enquire, 0, 10, 1000, NULL, &mset, &e) != XAP_OK ||
        xap_value_count_match_spy_top_values_begin(spy, 10, &values, &e) != XAP_OK)
        goto failed;
    while (!xap_term_iterator_at_end(values)) {
        const char *value;
        size_t length;
        xap_doccount count;

        if (xap_term_iterator_get(values, &value, &length, &e) != XAP_OK ||
            xap_term_iterator_get_termfreq(values, &count, &e) != XAP_OK)
            goto failed;
        printf("%u %.*s\n", (unsigned)count, (int)length, value);
        if (xap_term_iterator_next(values, &e) != XAP_OK)
            goto failed;
    }
    status = 0;
    goto done;
failed:
    fprintf(stderr, "facets: %s: %s\n", e.type, e.message);
done:
    xap_term_iterator_free(values);
    xap_mset_free(mset);
    xap_match_spy_free(spy);
    xap_enquire_free(enquire);
    xap_query_free(query);
    xap_writable_database_free(database);
    return status;
}
