/* index-lines.c - quickstart's indexer: each line of the standard input becomes a document
 *
 * usage: index-lines DATABASE < TEXT
 *
 * cc index-lines.c $(pkg-config --cflags --libs xapian-c)
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include <xapian-c-text.h>
#include <xapian-c-write.h>

int
main(int argc, char **argv)
{
    struct xap_writable_database *database = NULL;
    struct xap_term_generator *generator = NULL;
    struct xap_stem *stem = NULL;
    struct xap_document *document = NULL;
    struct xap_error e;
    char line[4096];
    int status = 1;

    if (argc != 2) {
        fprintf(stderr, "usage: index-lines DATABASE < TEXT\n");
        return 64;
    }
    if (xap_writable_database_new_open(argv[1], XAP_DB_CREATE_OR_OPEN, 0, &database, &e) != XAP_OK ||
        xap_term_generator_new(&generator, &e) != XAP_OK || xap_stem_new("english", &stem, &e) != XAP_OK ||
        xap_term_generator_set_stemmer(generator, stem, &e) != XAP_OK)
        goto failed;
    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t length = strcspn(line, "\n");

        if (xap_document_new(&document, &e) != XAP_OK ||
            xap_term_generator_set_document(generator, document, &e) != XAP_OK ||
            xap_term_generator_index_text(generator, line, length, 1, NULL, 0, &e) != XAP_OK ||
            xap_document_set_data(document, line, length, &e) != XAP_OK ||
            xap_writable_database_add_document(database, document, NULL, &e) != XAP_OK)
            goto failed;
        xap_document_free(document);
        document = NULL;
    }
    /* freeing would commit too, but could not tell that it failed */
    if (xap_writable_database_commit(database, &e) != XAP_OK)
        goto failed;
    status = 0;
    goto done;
failed:
    fprintf(stderr, "index-lines: %s: %s\n", e.type, e.message);
done:
    xap_document_free(document);
    xap_stem_free(stem);
    xap_term_generator_free(generator);
    xap_writable_database_free(database);
    return status;
}
