/* shim-loops.c - the two loops of bench/shim, in C through libxapian-c
 *
 * usage: shim-loops DATABASE
 *
 * Prints the seconds of CPU that each took: 10 million terms read, 1 million postings added.
 * DATABASE is made if it is not there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shim/xapian-c-write.h"

enum { TERMS = 100000, PASSES = 100, POSTINGS = 1000000, POSTINGS_OF_ONE = 1000 };

static struct xap_error error;

static void
check(enum xap_code code)
{
    if (code == XAP_OK)
        return;
    fprintf(stderr, "%s: %s\n", error.type, error.message);
    exit(1);
}

static double
seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static size_t
term_of(char *term, size_t size, unsigned n)
{
    return (size_t)snprintf(term, size, "term%u", n * 2654435761u % 1000003);
}

static void
make_database(const char *path)
{
    struct xap_writable_database *database;
    char term[32];

    if (xap_writable_database_new_open(path, XAP_DB_CREATE | XAP_DB_NO_SYNC, 0, &database,
                                       &error) == XAP_DATABASE_CREATE_ERROR)
        return;
    check(database != NULL ? XAP_OK : error.code);
    for (unsigned n = 0; n < TERMS; n += 1000) {
        struct xap_document *document;

        check(xap_document_new(&document, &error));
        for (unsigned i = n; i < n + 1000; i++)
            check(xap_document_add_term(document, term, term_of(term, sizeof term, i), 1, &error));
        check(xap_writable_database_add_document(database, document, NULL, &error));
        xap_document_free(document);
    }
    check(xap_writable_database_close(database, &error));
    xap_writable_database_free(database);
}

static size_t
read_terms(const char *path)
{
    struct xap_database *database;
    size_t bytes = 0;

    check(xap_database_new_open(path, 0, &database, &error));
    for (int pass = 0; pass < PASSES; pass++) {
        struct xap_term_iterator *terms;

        check(xap_database_allterms_begin(database, NULL, 0, &terms, &error));
        while (!xap_term_iterator_at_end(terms)) {
            const char *term;
            size_t length;

            check(xap_term_iterator_get(terms, &term, &length, &error));
            bytes += length + (unsigned char)term[0];
            check(xap_term_iterator_next(terms, &error));
        }
        xap_term_iterator_free(terms);
    }
    xap_database_free(database);
    return bytes;
}

static size_t
add_postings(void)
{
    size_t terms = 0;

    for (unsigned n = 0; n < POSTINGS; n += POSTINGS_OF_ONE) {
        struct xap_document *document;
        xap_termcount count;
        char term[32];

        check(xap_document_new(&document, &error));
        for (unsigned i = 0; i < POSTINGS_OF_ONE; i++)
            check(xap_document_add_posting(document, term, term_of(term, sizeof term, i % 400),
                                           i + 1, 1, &error));
        check(xap_document_termlist_count(document, &count, &error));
        terms += count;
        xap_document_free(document);
    }
    return terms;
}

int
main(int argc, char **argv)
{
    double start;
    size_t read, added;

    if (argc != 2)
        return 64;
    make_database(argv[1]);
    start = seconds();
    read = read_terms(argv[1]);
    printf("terms %.4f %zu\n", seconds() - start, read);
    start = seconds();
    added = add_postings();
    printf("postings %.4f %zu\n", seconds() - start, added);
    return 0;
}
