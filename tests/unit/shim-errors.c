/* shim-errors.c - every error that can be provoked, and every NULL handle
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "shim-common.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void
write_file(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void
a_missing_database(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    struct xap_writable_database *writable;

    FAILS(XAP_DATABASE_NOT_FOUND_ERROR,
          xap_database_new_open(shim_path(state, "none"), 0, &database, &error));
    assert_null(database);
    assert_int_equal(xap_database_new_open(shim_path(state, "none"), 0, &database, &error),
                     XAP_DATABASE_NOT_FOUND_ERROR);
    assert_string_equal(error.type, "DatabaseNotFoundError");
    assert_int_equal(error.sys_errno, ENOENT);
    assert_string_equal(error.detail, strerror(ENOENT));
    assert_non_null(strstr(error.message, "none"));
    FAILS(XAP_DATABASE_NOT_FOUND_ERROR, xap_database_new_open("", 0, &database, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_database_new_open(NULL, 0, &database, &error));
    FAILS(XAP_DATABASE_NOT_FOUND_ERROR,
          xap_writable_database_new_open(shim_path(state, "none"), XAP_DB_OPEN, 0, &writable,
                                         &error));
    assert_null(writable);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_writable_database_new_open(NULL, XAP_DB_OPEN, 0, &writable, &error));
}

static void
something_else_than_a_database(void **state)
{
    struct xap_error error;
    struct xap_database *database;

    /* an empty folder */
    FAILS(XAP_DATABASE_NOT_FOUND_ERROR, xap_database_new_open(*state, 0, &database, &error));
    write_file(shim_path(state, "text"), S("just some text\n"));
    FAILS(XAP_DATABASE_OPENING_ERROR,
          xap_database_new_open(shim_path(state, "text"), 0, &database, &error));
    assert_null(database);
    /* a stub with a line that means nothing */
    write_file(shim_path(state, "XAPIANDB"), S("nonsense here\n"));
    FAILS(XAP_DATABASE_OPENING_ERROR, xap_database_new_open(*state, 0, &database, &error));
}

static void
creating_over_a_database(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    const char *path = shim_path(state, "db");

    shim_sample(path);
    FAILS(XAP_DATABASE_CREATE_ERROR,
          xap_writable_database_new_open(path, XAP_DB_CREATE, 0, &writable, &error));
    FAILS(XAP_DATABASE_CREATE_ERROR,
          xap_writable_database_new_open(shim_path(state, "no/such/parent"), XAP_DB_CREATE, 0,
                                         &writable, &error));
    assert_null(writable);
}

static void
a_locked_database(void **state)
{
    struct xap_error error;
    struct xap_writable_database *first, *second;
    const char *path = shim_path(state, "db");

    OK(xap_writable_database_new_open(path, XAP_DB_CREATE, 0, &first, &error));
    FAILS(XAP_DATABASE_LOCK_ERROR,
          xap_writable_database_new_open(path, XAP_DB_OPEN, 0, &second, &error));
    assert_null(second);
    OK(xap_writable_database_close(first, &error));
    OK(xap_writable_database_new_open(path, XAP_DB_OPEN, 0, &second, &error));
    xap_writable_database_free(second);
    xap_writable_database_free(first);
}

#define MANY 3000

/* A document of many terms: a database with it has more than its root blocks. */
static struct xap_document *
large_document(xap_termcount wdf)
{
    struct xap_error error;
    struct xap_document *document;

    OK(xap_document_new(&document, &error));
    for (int i = 0; i < MANY; i++) {
        char term[16];
        int length = snprintf(term, sizeof term, "term%06d", i);

        OK(xap_document_add_term(document, term, (size_t)length, wdf, &error));
    }
    return document;
}

/* Writes all blocks anew, and commits. */
static void
commit_changed(struct xap_writable_database *writable, xap_termcount wdf)
{
    struct xap_error error;
    struct xap_document *document = large_document(wdf);

    OK(xap_writable_database_replace_document(writable, 1, document, &error));
    OK(xap_writable_database_commit(writable, &error));
    xap_document_free(document);
}

static void
two_commits_discard_a_revision(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    struct xap_database *database;
    struct xap_query *query = shim_term("term001500");
    struct xap_enquire *enquire;
    struct xap_mset *mset;
    const char *path = shim_path(state, "db");
    bool reopened;

    OK(xap_writable_database_new_open(path, XAP_DB_CREATE | XAP_DB_NO_SYNC, 2048, &writable,
                                      &error));
    commit_changed(writable, 1);
    OK(xap_database_new_open(path, 0, &database, &error));
    commit_changed(writable, 2);
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    assert_int_equal(xap_mset_size(mset), 1);
    xap_mset_free(mset);
    xap_query_free(query);
    query = shim_term("term002900");
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    commit_changed(writable, 3);
    FAILS(XAP_DATABASE_MODIFIED_ERROR,
          xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    assert_null(mset);
    xap_enquire_free(enquire);

    OK(xap_database_reopen(database, &reopened, &error));
    assert_true(reopened);
    mset = shim_search(database, query);
    assert_int_equal(xap_mset_size(mset), 1);
    xap_mset_free(mset);
    xap_query_free(query);
    xap_database_free(database);
    xap_writable_database_free(writable);
}

static void
an_iterator_that_fails_to_move_is_at_its_end(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    struct xap_database *database;
    struct xap_term_iterator *terms;
    const char *path = shim_path(state, "db");
    enum xap_code code = XAP_OK;
    unsigned seen = 0;

    OK(xap_writable_database_new_open(path, XAP_DB_CREATE | XAP_DB_NO_SYNC, 2048, &writable,
                                      &error));
    commit_changed(writable, 1);
    OK(xap_database_new_open(path, 0, &database, &error));
    OK(xap_database_allterms_begin(database, NULL, 0, &terms, &error));
    commit_changed(writable, 2);
    commit_changed(writable, 3);
    while (code == XAP_OK && !xap_term_iterator_at_end(terms)) {
        code = xap_term_iterator_next(terms, &error);
        seen++;
    }
    assert_int_equal(code, XAP_DATABASE_MODIFIED_ERROR);
    assert_in_range(seen, 1, MANY - 1);
    assert_true(xap_term_iterator_at_end(terms));
    xap_term_iterator_free(terms);
    xap_database_free(database);
    xap_writable_database_free(writable);
}

static void
a_closed_database(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    struct xap_writable_database *writable;
    struct xap_document *document;
    const char *path = shim_path(state, "db");
    bool answer;

    shim_sample(path);
    OK(xap_database_new_open(path, 0, &database, &error));
    OK(xap_database_close(database, &error));
    OK(xap_database_close(database, &error));
    FAILS(XAP_DATABASE_CLOSED_ERROR, xap_database_get_document(database, 1, 0, &document, &error));
    FAILS(XAP_DATABASE_CLOSED_ERROR, xap_database_reopen(database, &answer, &error));
    xap_database_free(database);

    OK(xap_writable_database_new_open(path, XAP_DB_OPEN, 0, &writable, &error));
    OK(xap_writable_database_close(writable, &error));
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_term(document, S("a"), 1, &error));
    FAILS(XAP_DATABASE_CLOSED_ERROR,
          xap_writable_database_add_document(writable, document, NULL, &error));
    xap_document_free(document);
    xap_writable_database_free(writable);
}

static void
a_document_that_is_not_there(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    struct xap_document *document = (struct xap_document *)&error;
    struct xap_term_iterator *terms;
    const char *path = shim_path(state, "db"), *data;
    size_t length;
    xap_termcount count = 7;

    shim_sample(path);
    OK(xap_database_new_open(path, 0, &database, &error));
    FAILS(XAP_DOC_NOT_FOUND_ERROR, xap_database_get_document(database, 99, 0, &document, &error));
    assert_null(document);
    FAILS(XAP_DOC_NOT_FOUND_ERROR, xap_database_termlist_begin(database, 99, &terms, &error));
    FAILS(XAP_DOC_NOT_FOUND_ERROR, xap_database_get_doclength(database, 99, &count, &error));
    assert_int_equal(count, 0);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_database_get_document(database, 0, 0, &document, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_database_get_document(database, 0, XAP_DOC_ASSUME_VALID, &document, &error));
    /* assumed to be there, it fails when asked */
    OK(xap_database_get_document(database, 99, XAP_DOC_ASSUME_VALID, &document, &error));
    FAILS(XAP_DOC_NOT_FOUND_ERROR, xap_document_termlist_begin(document, &terms, &error));
    OK(xap_document_get_data(document, &data, &length, &error));
    assert_int_equal(length, 0);
    xap_document_free(document);
    xap_database_free(database);
}

static void
lengths_of_terms(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    struct xap_document *document;
    struct xap_database *database;
    const char *path = shim_path(state, "db");
    char term[300] = {0};
    xap_doccount count;

    OK(xap_writable_database_new_open(path, XAP_DB_CREATE, 0, &writable, &error));
    memset(term, 't', sizeof term);
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_term(document, term, 245, 1, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    OK(xap_writable_database_commit(writable, &error));
    OK(xap_document_add_term(document, term, 246, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_writable_database_add_document(writable, document, NULL, &error));
    OK(xap_document_remove_term(document, term, 246, &error));

    /* NUL bytes count twice: what the header warns of */
    memset(term, 0, 130);
    OK(xap_document_add_term(document, term, 130, 1, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_writable_database_commit(writable, &error));
    OK(xap_document_remove_term(document, term, 130, &error));
    OK(xap_document_add_term(document, term, 120, 1, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    OK(xap_writable_database_commit(writable, &error));
    xap_document_free(document);
    xap_writable_database_free(writable);

    OK(xap_database_new_open(path, 0, &database, &error));
    OK(xap_database_get_doccount(database, &count, &error));
    assert_int_equal(count, 2);
    OK(xap_database_get_termfreq(database, term, 120, &count, &error));
    assert_int_equal(count, 1);
    xap_database_free(database);
}

static void
what_inmemory_cannot_do(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    xap_rev revision;
    const struct xap_database *view;

    (void)state;
    OK(xap_writable_database_new_open("", XAP_DB_BACKEND_INMEMORY, 0, &writable, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_writable_database_begin_transaction(writable, true, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_writable_database_add_spelling(writable, S("a"), 1, &error));
    view = xap_writable_database_as_database(writable);
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_database_get_revision(view, &revision, &error));
    assert_int_equal(revision, 0);
    xap_writable_database_free(writable);
}

static void
damaged_files(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    const char *path = shim_path(state, "db");
    FILE *file;

    shim_sample(path);
    assert_int_equal(truncate(shim_path(state, "db/iamglass"), 10), 0);
    FAILS(XAP_DATABASE_CORRUPT_ERROR, xap_database_new_open(path, 0, &database, &error));
    assert_null(database);

    /* the format's version is the two bytes after the magic */
    shim_sample(path);
    file = fopen(shim_path(state, "db/iamglass"), "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 14, SEEK_SET), 0);
    assert_int_equal(fputc(0xff, file), 0xff);
    assert_int_equal(fclose(file), 0);
    FAILS(XAP_DATABASE_VERSION_ERROR, xap_database_new_open(path, 0, &database, &error));
}

static void
a_server_that_does_not_answer(void **state)
{
    struct xap_error error;
    struct xap_database *database;

    /* port 1 of this host: nobody listens */
    write_file(shim_path(state, "stub"), S("remote 127.0.0.1:1\n"));
    assert_int_equal(xap_database_new_open(shim_path(state, "stub"), 0, &database, &error),
                     XAP_NETWORK_ERROR);
    assert_int_equal(error.sys_errno, ECONNREFUSED);
    assert_string_not_equal(error.context, "");
}

static void
a_file_that_must_not_grow(void **state)
{
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit limit = {65536, 65536};
        struct xap_error error;
        struct xap_writable_database *writable;
        struct xap_document *document;
        enum xap_code code = XAP_OK;

        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || xap_document_new(&document, NULL) != XAP_OK ||
            xap_writable_database_new_open(shim_path(state, "db"), XAP_DB_CREATE, 0, &writable,
                                           NULL) != XAP_OK)
            _exit(2);
        for (int i = 0; i < 100000 && code == XAP_OK; i++) {
            char term[32];
            int length = snprintf(term, sizeof term, "term%d", i);

            code = xap_document_add_term(document, term, (size_t)length, 1, &error);
        }
        if (code != XAP_OK)
            _exit(3);
        code = xap_writable_database_add_document(writable, document, NULL, &error);
        if (code == XAP_OK)
            code = xap_writable_database_commit(writable, &error);
        xap_document_free(document);
        xap_writable_database_free(writable);
        _exit(code == XAP_DATABASE_ERROR && error.sys_errno == EFBIG ? 0 : 4);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void
bytes_that_are_no_query(void **state)
{
    struct xap_error error;
    struct xap_query *query;
    struct xap_document *document;

    (void)state;
    FAILS(XAP_SERIALISATION_ERROR, xap_query_new_unserialise(S("\x01\x02garbage"), &query, &error));
    assert_null(query);
    FAILS(XAP_NETWORK_ERROR, xap_document_new_unserialise(S("\xff\xff"), &document, &error));
    assert_null(document);
}

static void
arguments_of_queries(void **state)
{
    static const enum xap_query_op not_combining[] = {
        XAP_QUERY_OP_VALUE_RANGE, XAP_QUERY_OP_SCALE_WEIGHT, XAP_QUERY_OP_VALUE_GE,
        XAP_QUERY_OP_VALUE_LE,    XAP_QUERY_OP_WILDCARD,     XAP_QUERY_OP_INVALID,
        XAP_QUERY_LEAF_TERM,      XAP_QUERY_LEAF_MATCH_ALL};
    struct xap_error error;
    struct xap_query *query, *parts[2] = {shim_term("a"), NULL};

    (void)state;
    for (size_t i = 0; i < sizeof not_combining / sizeof not_combining[0]; i++) {
        FAILS(XAP_INVALID_ARGUMENT_ERROR,
              xap_query_new_combine(not_combining[i], parts, 1, 0, &query, &error));
        assert_null(query);
    }
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_combine(XAP_QUERY_OP_AND, parts, 1, 5, &query, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_combine(XAP_QUERY_OP_AND, parts, 2, 0, &query, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_combine(XAP_QUERY_OP_AND, NULL, 2, 0, &query, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_query_new_scale_weight(-1, parts[0], &query, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_wildcard(S("a"), 0, XAP_QUERY_WILDCARD_LIMIT_FIRST, XAP_QUERY_OP_AND,
                                 &query, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_wildcard(S("a"), 0, (enum xap_query_wildcard_limit)3, XAP_QUERY_OP_OR,
                                 &query, &error));
    FAILS(XAP_RANGE_ERROR, xap_query_get_subquery(parts[0], 0, &query, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_query_new_term(NULL, 3, 1, 0, &query, &error));
    xap_query_free(parts[0]);
}

static void
arguments_of_searches(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    struct xap_enquire *enquire;
    struct xap_query *query;
    struct xap_mset *mset;
    struct xap_weight *weight;
    struct xap_rset *rset;
    const char *path = shim_path(state, "db");

    OK(xap_database_new(&database, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_enquire_new(database, &enquire, &error));
    assert_null(enquire);
    xap_database_free(database);

    shim_sample(path);
    OK(xap_database_new_open(path, 0, &database, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_enquire_set_expansion_scheme(enquire, "nonsense", 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_enquire_set_docid_order(enquire, (enum xap_enquire_docid_order)3, &error));
    OK(xap_query_new_wildcard(S("only"), 2, XAP_QUERY_WILDCARD_LIMIT_ERROR, XAP_QUERY_OP_SYNONYM,
                              &query, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    FAILS(XAP_WILDCARD_ERROR, xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    xap_query_free(query);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_weight_new_tf_idf("zzz", &weight, &error));
    assert_null(weight);
    OK(xap_rset_new(&rset, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_rset_add_document(rset, 0, &error));
    xap_rset_free(rset);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
items_that_are_not_there(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    struct xap_query *query = shim_term("all");
    struct xap_mset *mset;
    struct xap_document *document;
    const char *key;
    size_t length;
    xap_docid docid = 9;
    xap_doccount size;
    double weight = 9;
    int percent;

    shim_sample(shim_path(state, "db"));
    OK(xap_database_new_open(shim_path(state, "db"), 0, &database, &error));
    mset = shim_search(database, query);
    size = xap_mset_size(mset);
    FAILS(XAP_RANGE_ERROR, xap_mset_get_docid(mset, size, &docid, &error));
    assert_int_equal(docid, 0);
    FAILS(XAP_RANGE_ERROR, xap_mset_get_docid(mset, UINT32_MAX, &docid, &error));
    FAILS(XAP_RANGE_ERROR, xap_mset_get_weight(mset, size, &weight, &error));
    assert_true(weight == 0);
    FAILS(XAP_RANGE_ERROR, xap_mset_get_percent(mset, size, &percent, &error));
    FAILS(XAP_RANGE_ERROR, xap_mset_get_rank(mset, size, &docid, &error));
    FAILS(XAP_RANGE_ERROR, xap_mset_get_document(mset, size, &document, &error));
    FAILS(XAP_RANGE_ERROR, xap_mset_get_collapse_count(mset, size, &docid, &error));
    FAILS(XAP_RANGE_ERROR, xap_mset_get_collapse_key(mset, size, &key, &length, &error));
    FAILS(XAP_RANGE_ERROR, xap_mset_get_sort_key(mset, size, &key, &length, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_mset_get_termweight(mset, S("other"), &weight, &error));
    xap_mset_free(mset);
    xap_query_free(query);
    xap_database_free(database);
}

/* ---- NULL handles ---- */

/* A place for every kind of result, with something in it. */
static struct {
    struct xap_document *document;
    struct xap_enquire *enquire;
    struct xap_eset *eset;
    struct xap_mset *mset;
    struct xap_position_iterator *position_iterator;
    struct xap_posting_iterator *posting_iterator;
    struct xap_query *query;
    struct xap_term_iterator *term_iterator;
    struct xap_value_iterator *value_iterator;
} made;
static const char *data;
static size_t size;
static uint32_t count;
static uint64_t big;
static double real;
static int number;
static bool flag;

#define BAD(call) FAILS(XAP_BAD_HANDLE, call)
#define BAD_RESULT(place, garbage, call) \
    do {                                 \
        place = garbage;                 \
        BAD(call);                       \
        assert_true((place) == 0);       \
    } while (0)
#define BAD_HANDLE(kind, call) BAD_RESULT(made.kind, (void *)&made, call)
#define BAD_COUNT(call) BAD_RESULT(count, 9, call)
#define BAD_BIG(call) BAD_RESULT(big, 9, call)
#define BAD_REAL(call) BAD_RESULT(real, 9, call)
#define BAD_INT(call) BAD_RESULT(number, 9, call)
#define BAD_FLAG(call) BAD_RESULT(flag, true, call)
#define BAD_BYTES(call)              \
    do {                             \
        size = 9;                    \
        BAD_RESULT(data, "x", call); \
        assert_int_equal(size, 0);   \
    } while (0)

static void
null_handles(void **state)
{
    static const xap_termpos positions[1] = {1};
    struct xap_error error;

    (void)state;
    BAD_BYTES(xap_stem_apply(NULL, "a", 1, &data, &size, &error));
    BAD_BYTES(xap_stem_get_description(NULL, &data, &size, &error));
    BAD(xap_document_add_term(NULL, "a", 1, 1, &error));
    BAD(xap_document_add_boolean_term(NULL, "a", 1, &error));
    BAD(xap_document_add_posting(NULL, "a", 1, 1, 1, &error));
    BAD(xap_document_add_postings(NULL, "a", 1, positions, 1, 1, &error));
    BAD(xap_document_remove_posting(NULL, "a", 1, 1, 1, &error));
    BAD_COUNT(xap_document_remove_postings(NULL, "a", 1, 1, 1, 1, &count, &error));
    BAD(xap_document_remove_term(NULL, "a", 1, &error));
    BAD(xap_document_clear_terms(NULL, &error));
    BAD(xap_document_add_value(NULL, 1, "a", 1, &error));
    BAD(xap_document_remove_value(NULL, 1, &error));
    BAD(xap_document_clear_values(NULL, &error));
    BAD(xap_document_set_data(NULL, "a", 1, &error));
    BAD_BYTES(xap_document_get_value(NULL, 1, &data, &size, &error));
    BAD_BYTES(xap_document_get_data(NULL, &data, &size, &error));
    BAD_COUNT(xap_document_get_docid(NULL, &count, &error));
    BAD_COUNT(xap_document_termlist_count(NULL, &count, &error));
    BAD_HANDLE(term_iterator, xap_document_termlist_begin(NULL, &made.term_iterator, &error));
    BAD_COUNT(xap_document_values_count(NULL, &count, &error));
    BAD_HANDLE(value_iterator, xap_document_values_begin(NULL, &made.value_iterator, &error));
    BAD_BYTES(xap_document_serialise(NULL, &data, &size, &error));
    BAD_BYTES(xap_document_get_description(NULL, &data, &size, &error));
    BAD(xap_database_add_database(NULL, NULL, &error));
    BAD_FLAG(xap_database_reopen(NULL, &flag, &error));
    BAD(xap_database_close(NULL, &error));
    BAD(xap_database_keep_alive(NULL, &error));
    BAD_BYTES(xap_database_get_description(NULL, &data, &size, &error));
    BAD_COUNT(xap_database_get_doccount(NULL, &count, &error));
    BAD_COUNT(xap_database_get_lastdocid(NULL, &count, &error));
    BAD_REAL(xap_database_get_average_length(NULL, &real, &error));
    BAD_BIG(xap_database_get_total_length(NULL, &big, &error));
    BAD_COUNT(xap_database_get_doclength(NULL, 1, &count, &error));
    BAD_COUNT(xap_database_get_doclength_lower_bound(NULL, &count, &error));
    BAD_COUNT(xap_database_get_doclength_upper_bound(NULL, &count, &error));
    BAD_COUNT(xap_database_get_unique_terms(NULL, 1, &count, &error));
    BAD_COUNT(xap_database_get_termfreq(NULL, "a", 1, &count, &error));
    BAD_COUNT(xap_database_get_collection_freq(NULL, "a", 1, &count, &error));
    BAD_COUNT(xap_database_get_wdf_upper_bound(NULL, "a", 1, &count, &error));
    BAD_FLAG(xap_database_term_exists(NULL, "a", 1, &flag, &error));
    BAD_FLAG(xap_database_has_positions(NULL, &flag, &error));
    BAD_COUNT(xap_database_get_value_freq(NULL, 1, &count, &error));
    BAD_BYTES(xap_database_get_value_lower_bound(NULL, 1, &data, &size, &error));
    BAD_BYTES(xap_database_get_value_upper_bound(NULL, 1, &data, &size, &error));
    BAD_HANDLE(document, xap_database_get_document(NULL, 1, 1, &made.document, &error));
    BAD_BYTES(xap_database_get_metadata(NULL, "a", 1, &data, &size, &error));
    BAD_HANDLE(term_iterator,
               xap_database_metadata_keys_begin(NULL, "a", 1, &made.term_iterator, &error));
    BAD_HANDLE(term_iterator,
               xap_database_allterms_begin(NULL, "a", 1, &made.term_iterator, &error));
    BAD_HANDLE(term_iterator, xap_database_termlist_begin(NULL, 1, &made.term_iterator, &error));
    BAD_HANDLE(posting_iterator,
               xap_database_postlist_begin(NULL, "a", 1, &made.posting_iterator, &error));
    BAD_HANDLE(position_iterator,
               xap_database_positionlist_begin(NULL, 1, "a", 1, &made.position_iterator, &error));
    BAD_HANDLE(value_iterator,
               xap_database_valuestream_begin(NULL, 1, &made.value_iterator, &error));
    BAD_BYTES(xap_database_get_spelling_suggestion(NULL, "a", 1, 1, &data, &size, &error));
    BAD_HANDLE(term_iterator, xap_database_spellings_begin(NULL, &made.term_iterator, &error));
    BAD_HANDLE(term_iterator,
               xap_database_synonyms_begin(NULL, "a", 1, &made.term_iterator, &error));
    BAD_HANDLE(term_iterator,
               xap_database_synonym_keys_begin(NULL, "a", 1, &made.term_iterator, &error));
    BAD_BYTES(xap_database_get_uuid(NULL, &data, &size, &error));
    BAD_BIG(xap_database_get_revision(NULL, &big, &error));
    BAD_FLAG(xap_database_locked(NULL, &flag, &error));
    BAD_BYTES(xap_term_iterator_get(NULL, &data, &size, &error));
    BAD(xap_term_iterator_next(NULL, &error));
    BAD(xap_term_iterator_skip_to(NULL, "a", 1, &error));
    BAD_COUNT(xap_term_iterator_get_wdf(NULL, &count, &error));
    BAD_COUNT(xap_term_iterator_get_termfreq(NULL, &count, &error));
    BAD_COUNT(xap_term_iterator_positionlist_count(NULL, &count, &error));
    BAD_HANDLE(position_iterator,
               xap_term_iterator_positionlist_begin(NULL, &made.position_iterator, &error));
    BAD_COUNT(xap_posting_iterator_get(NULL, &count, &error));
    BAD(xap_posting_iterator_next(NULL, &error));
    BAD(xap_posting_iterator_skip_to(NULL, 1, &error));
    BAD_COUNT(xap_posting_iterator_get_wdf(NULL, &count, &error));
    BAD_COUNT(xap_posting_iterator_get_doclength(NULL, &count, &error));
    BAD_COUNT(xap_posting_iterator_get_unique_terms(NULL, &count, &error));
    BAD_HANDLE(position_iterator,
               xap_posting_iterator_positionlist_begin(NULL, &made.position_iterator, &error));
    BAD_COUNT(xap_position_iterator_get(NULL, &count, &error));
    BAD(xap_position_iterator_next(NULL, &error));
    BAD(xap_position_iterator_skip_to(NULL, 1, &error));
    BAD_BYTES(xap_value_iterator_get(NULL, &data, &size, &error));
    BAD(xap_value_iterator_next(NULL, &error));
    BAD(xap_value_iterator_skip_to(NULL, 1, &error));
    BAD_FLAG(xap_value_iterator_check(NULL, 1, &flag, &error));
    BAD_COUNT(xap_value_iterator_get_docid(NULL, &count, &error));
    BAD_COUNT(xap_value_iterator_get_valueno(NULL, &count, &error));
    BAD_HANDLE(query, xap_query_new_combine(XAP_QUERY_OP_OR, NULL, 1, 1, &made.query, &error));
    BAD_HANDLE(query, xap_query_new_scale_weight(1.0, NULL, &made.query, &error));
    BAD_BYTES(xap_query_serialise(NULL, &data, &size, &error));
    BAD_BYTES(xap_query_get_description(NULL, &data, &size, &error));
    BAD_HANDLE(term_iterator, xap_query_get_terms_begin(NULL, &made.term_iterator, &error));
    BAD_HANDLE(term_iterator, xap_query_get_unique_terms_begin(NULL, &made.term_iterator, &error));
    BAD_HANDLE(query, xap_query_get_subquery(NULL, 1, &made.query, &error));
    BAD_BYTES(xap_weight_name(NULL, &data, &size, &error));
    BAD(xap_rset_add_document(NULL, 1, &error));
    BAD(xap_rset_remove_document(NULL, 1, &error));
    BAD_HANDLE(enquire, xap_enquire_new(NULL, &made.enquire, &error));
    BAD(xap_enquire_set_query(NULL, NULL, 1, &error));
    BAD_HANDLE(query, xap_enquire_get_query(NULL, &made.query, &error));
    BAD(xap_enquire_set_weighting_scheme(NULL, NULL, &error));
    BAD(xap_enquire_set_expansion_scheme(NULL, "x", 1.0, &error));
    BAD(xap_enquire_set_collapse_key(NULL, 1, 1, &error));
    BAD(xap_enquire_set_docid_order(NULL, XAP_ENQUIRE_ASCENDING, &error));
    BAD(xap_enquire_set_cutoff(NULL, 1, 1.0, &error));
    BAD(xap_enquire_set_sort_by_relevance(NULL, &error));
    BAD(xap_enquire_set_sort_by_value(NULL, 1, true, &error));
    BAD(xap_enquire_set_sort_by_value_then_relevance(NULL, 1, true, &error));
    BAD(xap_enquire_set_sort_by_relevance_then_value(NULL, 1, true, &error));
    BAD(xap_enquire_set_time_limit(NULL, 1.0, &error));
    BAD(xap_enquire_add_matchspy(NULL, NULL, &error));
    BAD(xap_enquire_clear_matchspies(NULL, &error));
    BAD_HANDLE(mset, xap_enquire_get_mset(NULL, 1, 1, 1, NULL, &made.mset, &error));
    BAD_HANDLE(eset, xap_enquire_get_eset(NULL, 1, NULL, 1, 1.0, &made.eset, &error));
    BAD_HANDLE(term_iterator,
               xap_enquire_get_matching_terms_begin(NULL, 1, &made.term_iterator, &error));
    BAD_HANDLE(term_iterator, xap_enquire_get_matching_terms_begin_item(
                                  NULL, NULL, 1, &made.term_iterator, &error));
    BAD_BYTES(xap_enquire_get_description(NULL, &data, &size, &error));
    BAD_COUNT(xap_mset_get_termfreq(NULL, "a", 1, &count, &error));
    BAD_REAL(xap_mset_get_termweight(NULL, "a", 1, &real, &error));
    BAD_INT(xap_mset_convert_to_percent(NULL, 1.0, &number, &error));
    BAD(xap_mset_fetch(NULL, &error));
    BAD_COUNT(xap_mset_get_docid(NULL, 1, &count, &error));
    BAD_REAL(xap_mset_get_weight(NULL, 1, &real, &error));
    BAD_INT(xap_mset_get_percent(NULL, 1, &number, &error));
    BAD_COUNT(xap_mset_get_rank(NULL, 1, &count, &error));
    BAD_HANDLE(document, xap_mset_get_document(NULL, 1, &made.document, &error));
    BAD_COUNT(xap_mset_get_collapse_count(NULL, 1, &count, &error));
    BAD_BYTES(xap_mset_get_collapse_key(NULL, 1, &data, &size, &error));
    BAD_BYTES(xap_mset_get_sort_key(NULL, 1, &data, &size, &error));
    BAD_BYTES(xap_mset_get_description(NULL, &data, &size, &error));
    BAD_BYTES(xap_eset_get_term(NULL, 1, &data, &size, &error));
    BAD_REAL(xap_eset_get_weight(NULL, 1, &real, &error));
    BAD_HANDLE(term_iterator,
               xap_value_count_match_spy_values_begin(NULL, &made.term_iterator, &error));
    BAD_HANDLE(term_iterator,
               xap_value_count_match_spy_top_values_begin(NULL, 1, &made.term_iterator, &error));
    BAD(xap_writable_database_add_database(NULL, NULL, &error));
    BAD(xap_writable_database_close(NULL, &error));
    BAD(xap_writable_database_commit(NULL, &error));
    BAD(xap_writable_database_begin_transaction(NULL, true, &error));
    BAD(xap_writable_database_commit_transaction(NULL, &error));
    BAD(xap_writable_database_cancel_transaction(NULL, &error));
    BAD_COUNT(xap_writable_database_add_document(NULL, NULL, &count, &error));
    BAD(xap_writable_database_replace_document(NULL, 1, NULL, &error));
    BAD_COUNT(xap_writable_database_replace_document_by_term(NULL, "a", 1, NULL, &count, &error));
    BAD(xap_writable_database_delete_document(NULL, 1, &error));
    BAD(xap_writable_database_delete_document_by_term(NULL, "a", 1, &error));
    BAD(xap_writable_database_set_metadata(NULL, "a", 1, "a", 1, &error));
    BAD(xap_writable_database_add_spelling(NULL, "a", 1, 1, &error));
    BAD(xap_writable_database_remove_spelling(NULL, "a", 1, 1, &error));
    BAD(xap_writable_database_add_synonym(NULL, "a", 1, "a", 1, &error));
    BAD(xap_writable_database_remove_synonym(NULL, "a", 1, "a", 1, &error));
    BAD(xap_writable_database_clear_synonyms(NULL, "a", 1, &error));
    BAD(xap_database_compact(NULL, "x", 1, 1, &error));
}

static void
no_place_for_a_handle(void **state)
{
    struct xap_error error;

    (void)state;
    FAILS(XAP_BAD_HANDLE, xap_stem_new("x", NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_document_new(NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_document_new_unserialise("a", 1, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_database_new(NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_database_new_open("x", 1, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_term("a", 1, 1, 1, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_match_all(NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_match_nothing(NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_value_range(1, "a", 1, "a", 1, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_value_ge(1, "a", 1, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_value_le(1, "a", 1, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_wildcard("a", 1, 1, XAP_QUERY_WILDCARD_LIMIT_FIRST,
                                                 XAP_QUERY_OP_OR, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_query_new_unserialise("a", 1, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_bool(NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_coord(NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_bm25(1.0, 1.0, 1.0, 1.0, 1.0, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_bm25_plus(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_trad(1.0, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_tf_idf("x", NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_in_l2(1.0, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_if_b2(1.0, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_ine_b2(1.0, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_bb2(1.0, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_dlh(NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_dph(NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_pl2(1.0, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_weight_new_pl2_plus(1.0, 1.0, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_rset_new(NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_value_count_match_spy_new(1, NULL, &error));
    FAILS(XAP_BAD_HANDLE, xap_writable_database_new_open("x", 1, 1, NULL, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_database_new_open_fd(-1, 0, NULL, &error));
    assert_int_equal(access("x", F_OK), -1); /* nothing was created */
}

static void
null_handles_of_what_cannot_fail(void **state)
{
    (void)state;
    xap_database_free(NULL);
    xap_document_free(NULL);
    xap_enquire_free(NULL);
    xap_eset_free(NULL);
    xap_mset_free(NULL);
    xap_position_iterator_free(NULL);
    xap_posting_iterator_free(NULL);
    xap_query_free(NULL);
    xap_rset_free(NULL);
    xap_stem_free(NULL);
    xap_term_iterator_free(NULL);
    xap_match_spy_free(NULL);
    xap_value_iterator_free(NULL);
    xap_weight_free(NULL);
    xap_writable_database_free(NULL);
    assert_null(xap_writable_database_as_database(NULL));
    assert_int_equal(xap_database_size(NULL), 0);
    assert_true(xap_term_iterator_at_end(NULL));
    assert_true(xap_posting_iterator_at_end(NULL));
    assert_true(xap_position_iterator_at_end(NULL));
    assert_true(xap_value_iterator_at_end(NULL));
    assert_false(xap_stem_is_none(NULL));
    assert_false(xap_query_empty(NULL));
    assert_int_equal(xap_query_get_length(NULL), 0);
    assert_int_equal(xap_query_get_type(NULL), XAP_QUERY_OP_INVALID);
    assert_int_equal(xap_query_get_num_subqueries(NULL), 0);
    assert_false(xap_rset_contains(NULL, 1));
    assert_int_equal(xap_rset_size(NULL), 0);
    assert_false(xap_rset_empty(NULL));
    assert_int_equal(xap_mset_size(NULL), 0);
    assert_false(xap_mset_empty(NULL));
    assert_int_equal(xap_mset_get_firstitem(NULL), 0);
    assert_int_equal(xap_mset_get_matches_lower_bound(NULL), 0);
    assert_int_equal(xap_mset_get_matches_estimated(NULL), 0);
    assert_int_equal(xap_mset_get_matches_upper_bound(NULL), 0);
    assert_int_equal(xap_mset_get_uncollapsed_matches_lower_bound(NULL), 0);
    assert_int_equal(xap_mset_get_uncollapsed_matches_estimated(NULL), 0);
    assert_int_equal(xap_mset_get_uncollapsed_matches_upper_bound(NULL), 0);
    assert_true(xap_mset_get_max_attained(NULL) == 0);
    assert_true(xap_mset_get_max_possible(NULL) == 0);
    assert_int_equal(xap_eset_size(NULL), 0);
    assert_false(xap_eset_empty(NULL));
    assert_int_equal(xap_eset_get_ebound(NULL), 0);
    assert_int_equal(xap_value_count_match_spy_get_total(NULL), 0);
}

static void
results_that_are_not_wanted(void **state)
{
    struct xap_error error;
    struct xap_database *database;

    shim_sample(shim_path(state, "db"));
    OK(xap_database_new_open(shim_path(state, "db"), 0, &database, &error));
    OK(xap_database_get_doccount(database, NULL, &error));
    OK(xap_database_get_metadata(database, S("key"), NULL, NULL, &error));
    OK(xap_database_reopen(database, NULL, NULL));
    assert_int_equal(xap_database_get_document(database, 99, 0, NULL, NULL), XAP_BAD_HANDLE);
    assert_int_equal(xap_database_get_doclength(database, 99, NULL, NULL), XAP_DOC_NOT_FOUND_ERROR);
    xap_database_free(database);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("a missing database is not found", a_missing_database),
        TEST("something else than a database is not opened", something_else_than_a_database),
        TEST("creating over a database, or without a parent, fails", creating_over_a_database),
        TEST("a second writer finds the database locked", a_locked_database),
        TEST("a reader's revision is discarded by the second commit, not the "
             "first",
             two_commits_discard_a_revision),
        TEST("an iterator that fails to move is at its end",
             an_iterator_that_fails_to_move_is_at_its_end),
        TEST("a closed database says so", a_closed_database),
        TEST("a document that is not there is not found", a_document_that_is_not_there),
        TEST("terms of 245 bytes are taken, longer ones refused", lengths_of_terms),
        TEST("an in-memory database does not implement everything", what_inmemory_cannot_do),
        TEST("damaged files are corrupt, others of another version", damaged_files),
        TEST("a server that does not answer is a network error", a_server_that_does_not_answer),
        TEST("a failed write carries its errno", a_file_that_must_not_grow),
        TEST("bytes that are no query or document are refused", bytes_that_are_no_query),
        TEST("queries check their arguments", arguments_of_queries),
        TEST("searches check their arguments", arguments_of_searches),
        TEST("items that are not there are out of range", items_that_are_not_there),
        TEST("every function refuses a NULL handle and clears its results", null_handles),
        TEST("every constructor refuses a NULL place", no_place_for_a_handle),
        TEST("what cannot fail accepts NULL", null_handles_of_what_cannot_fail),
        TEST("results that are not wanted may be NULL", results_that_are_not_wanted),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-errors", tests, NULL, NULL);
}
