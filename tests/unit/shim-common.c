/* shim-common.c - what the tests of the C bindings share
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "shim-common.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * What AddressSanitizer asks for its options: let cmocka not take its signals,
 * and let Database::check of Xapian before 1.4.30 delete a base class without a
 * virtual destructor.
 */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
    return "handle_segv=2:new_delete_type_mismatch=0";
}

void
shim_expect(enum xap_code code, enum xap_code expected, struct xap_error *error, const char *call,
            const char *file, int line)
{
    if (code == expected && code != XAP_OK) {
        /* a failure is described, and described as what it is */
        if (error->code != code || error->type[0] == '\0' || error->message[0] == '\0') {
            print_error("%s: error not filled in\n", call);
            _fail(file, line);
        }
    }
    if (code == expected) {
        memset(error, 0, sizeof *error);
        return;
    }
    print_error("%s: %s instead of %s: %s\n", call, xap_code_name(code), xap_code_name(expected),
                code != XAP_OK ? error->message : "");
    _fail(file, line);
}

int
shim_setup(void **state)
{
    const char *parent = getenv("TMPDIR");
    const char pattern[] = "/shim-test-XXXXXX";
    char *path;

    if (parent == NULL)
        parent = "/tmp";
    path = malloc(strlen(parent) + sizeof pattern);
    if (path == NULL)
        return -1;
    memcpy(path, parent, strlen(parent));
    memcpy(path + strlen(parent), pattern, sizeof pattern);
    if (mkdtemp(path) == NULL) {
        free(path);
        return -1;
    }
    *state = path;
    return 0;
}

static int
remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)type;
    (void)where;
    return remove(path);
}

int
shim_teardown(void **state)
{
    int result = nftw(*state, remove_one, 16, FTW_DEPTH | FTW_PHYS);

    free(*state);
    *state = NULL;
    return result;
}

const char *
shim_path(void **state, const char *name)
{
    static char paths[4][1024];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    int length = snprintf(path, sizeof paths[0], "%s/%s", (char *)*state, name);

    assert_in_range(length, 1, sizeof paths[0] - 1);
    return path;
}

static void
fill_sample(struct xap_document *document, unsigned n)
{
    struct xap_error error;
    const char *parity = n % 2 == 0 ? "even" : "odd";
    const xap_termpos positions[2] = {1, 2 * n};
    char text[16];

    OK(xap_document_add_term(document, S("all"), 1, &error));
    OK(xap_document_add_term(document, S("run"), n, &error));
    OK(xap_document_add_postings(document, parity, strlen(parity), positions, 2, 1, &error));
    snprintf(text, sizeof text, "only%u", n);
    OK(xap_document_add_term(document, text, strlen(text), 1, &error));
    snprintf(text, sizeof text, "XB%u", n);
    OK(xap_document_add_boolean_term(document, text, strlen(text), &error));
    snprintf(text, sizeof text, "data %u", n);
    OK(xap_document_set_data(document, text, strlen(text), &error));
    snprintf(text, sizeof text, "v%u", n);
    OK(xap_document_add_value(document, 0, text, strlen(text), &error));
    OK(xap_document_add_value(document, 1, parity, strlen(parity), &error));
}

void
shim_sample(const char *path)
{
    struct xap_error error;
    struct xap_writable_database *database;

    OK(xap_writable_database_new_open(path, XAP_DB_CREATE_OR_OVERWRITE | XAP_DB_NO_SYNC, 0,
                                      &database, &error));
    for (unsigned n = 1; n <= SHIM_DOCUMENTS; n++) {
        struct xap_document *document;
        xap_docid docid;

        OK(xap_document_new(&document, &error));
        fill_sample(document, n);
        OK(xap_writable_database_add_document(database, document, &docid, &error));
        assert_int_equal(docid, n);
        xap_document_free(document);
    }
    OK(xap_writable_database_set_metadata(database, S("key"), S("value"), &error));
    OK(xap_writable_database_close(database, &error));
    xap_writable_database_free(database);
}

void
shim_commit_one_more(const char *path)
{
    struct xap_error error;
    struct xap_writable_database *database;
    struct xap_document *document;

    OK(xap_writable_database_new_open(path, XAP_DB_OPEN | XAP_DB_NO_SYNC, 0, &database, &error));
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_term(document, S("more"), 1, &error));
    OK(xap_writable_database_add_document(database, document, NULL, &error));
    OK(xap_writable_database_commit(database, &error));
    xap_document_free(document);
    xap_writable_database_free(database);
}

struct xap_query *
shim_term(const char *term)
{
    struct xap_error error;
    struct xap_query *query;

    OK(xap_query_new_term(term, strlen(term), 1, 0, &query, &error));
    return query;
}

struct xap_mset *
shim_search(const struct xap_database *database, const struct xap_query *query)
{
    struct xap_error error;
    struct xap_enquire *enquire;
    struct xap_mset *mset;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_get_mset(enquire, 0, 100, 0, NULL, &mset, &error));
    xap_enquire_free(enquire);
    return mset;
}

enum xap_code
shim_own_called(struct shim_own *own, struct xap_error *error)
{
    own->calls++;
    if (own->fails != XAP_OK && own->message != NULL)
        snprintf(error->message, sizeof error->message, "%s", own->message);
    return own->fails;
}

void
shim_own_destroy(void *data)
{
    struct shim_own *own = data;

    own->destroyed++;
}

struct xap_database *
shim_open_sample(void **state)
{
    struct xap_error error;
    struct xap_database *database;

    shim_sample(shim_path(state, "db"));
    OK(xap_database_new_open(shim_path(state, "db"), 0, &database, &error));
    return database;
}

const char *
shim_digits(const struct xap_mset *mset)
{
    static char text[64];
    struct xap_error error;
    xap_doccount size = xap_mset_size(mset);

    assert_in_range(size, 0, sizeof text - 1);
    for (xap_doccount i = 0; i < size; i++) {
        xap_docid docid;

        OK(xap_mset_get_docid(mset, i, &docid, &error));
        text[i] = (char)('0' + docid);
    }
    text[size] = '\0';
    return text;
}

xap_termcount
shim_wdf_of(const struct xap_document *document, const char *term)
{
    struct xap_error error;
    struct xap_term_iterator *terms;
    const char *found;
    size_t length;
    xap_termcount wdf;

    OK(xap_document_termlist_begin(document, &terms, &error));
    OK(xap_term_iterator_skip_to(terms, term, strlen(term), &error));
    OK(xap_term_iterator_get(terms, &found, &length, &error));
    assert_int_equal(length, strlen(term));
    assert_memory_equal(found, term, length);
    OK(xap_term_iterator_get_wdf(terms, &wdf, &error));
    xap_term_iterator_free(terms);
    return wdf;
}
