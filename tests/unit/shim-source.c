/* shim-source.c - posting sources, Xapian's and the caller's
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Value 2 of document n becomes n, so that it sorts as a number. */
static struct xap_database *
with_numbers(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    struct xap_database *database;

    shim_sample(shim_path(state, "db"));
    OK(xap_writable_database_new_open(shim_path(state, "db"), XAP_DB_OPEN | XAP_DB_NO_SYNC, 0,
                                      &writable, &error));
    for (xap_docid n = 1; n <= SHIM_DOCUMENTS; n++) {
        char number[XAP_SORTABLE_MAX];
        struct xap_document *document;

        OK(xap_database_get_document(xap_writable_database_as_database(writable), n, 0, &document,
                                     &error));
        OK(xap_document_add_value(document, 2, number, xap_sortable_serialise(n, number), &error));
        /* falling, from 5 to 1 */
        OK(xap_document_add_value(document, 3, number,
                                  xap_sortable_serialise(SHIM_DOCUMENTS + 1 - n, number), &error));
        OK(xap_writable_database_replace_document(writable, n, document, &error));
        xap_document_free(document);
    }
    OK(xap_writable_database_commit(writable, &error));
    xap_writable_database_free(writable);
    OK(xap_database_new_open(shim_path(state, "db"), 0, &database, &error));
    return database;
}

/* What the source finds, best first; the source is freed. */
static const char *
found(const struct xap_database *database, struct xap_posting_source *source)
{
    static char text[64];
    struct xap_error error;
    struct xap_query *query;
    struct xap_mset *mset;

    OK(xap_query_new_posting_source(source, &query, &error));
    /* the query keeps it */
    xap_posting_source_free(source);
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_LEAF_POSTING_SOURCE);
    mset = shim_search(database, query);
    memcpy(text, shim_digits(mset), sizeof text);
    xap_mset_free(mset);
    xap_query_free(query);
    return text;
}

static void
xapians_sources_search(void **state)
{
    struct xap_error error;
    struct xap_database *database = with_numbers(state);
    struct xap_posting_source *source;

    OK(xap_value_posting_source_new(0, &source, &error));
    assert_string_equal(found(database, source), "12345");
    OK(xap_value_weight_posting_source_new(2, &source, &error));
    assert_string_equal(found(database, source), "54321");
    OK(xap_decreasing_value_weight_posting_source_new(3, 0, 0, &source, &error));
    assert_string_equal(found(database, source), "12345");
    OK(xap_value_map_posting_source_new(1, &source, &error));
    OK(xap_value_map_posting_source_add_mapping(source, S("odd"), 3, &error));
    OK(xap_value_map_posting_source_set_default_weight(source, 1, &error));
    assert_string_equal(found(database, source), "13524");
    OK(xap_value_map_posting_source_new(1, &source, &error));
    OK(xap_value_map_posting_source_add_mapping(source, S("even"), 3, &error));
    OK(xap_value_map_posting_source_clear_mappings(source, &error));
    OK(xap_value_map_posting_source_add_mapping(source, S("odd"), 3, &error));
    assert_string_equal(found(database, source), "13524");
    OK(xap_fixed_weight_posting_source_new(2.5, &source, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_value_map_posting_source_add_mapping(source, S("odd"), 3, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_value_map_posting_source_clear_mappings(source, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_value_map_posting_source_set_default_weight(source, 1, &error));
    assert_string_equal(found(database, source), "12345");
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_fixed_weight_posting_source_new(-1, &source, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_fixed_weight_posting_source_new(NAN, &source, &error));
    assert_null(source);
    xap_database_free(database);
}

static void
sources_move_by_hand(void **state)
{
    struct xap_error error;
    struct xap_database *database = with_numbers(state), *both, *same;
    struct xap_posting_source *source;
    const char *bytes;
    size_t length;
    xap_doccount count;
    xap_docid docid;
    xap_valueno slot;
    double weight;
    bool answer;

    OK(xap_value_weight_posting_source_new(2, &source, &error));
    /* nothing may be asked before its time */
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_get_termfreq_min(source, &count, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_next(source, 0, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_skip_to(source, 1, 0, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_check(source, 1, 0, &answer, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_at_end(source, &answer, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_get_docid(source, &docid, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_value_posting_source_get_value(source, &bytes, &length, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_value_posting_source_done(source, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_value_posting_source_get_database(source, &same, &error));
    OK(xap_database_new(&both, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_posting_source_init(source, both, &error));
    OK(xap_database_add_database(both, database, &error));
    OK(xap_database_add_database(both, database, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_posting_source_init(source, both, &error));
    xap_database_free(both);

    OK(xap_posting_source_init(source, database, &error));
    OK(xap_value_posting_source_get_database(source, &same, &error));
    OK(xap_database_get_doccount(same, &count, &error));
    assert_int_equal(count, 5);
    xap_database_free(same);
    xap_database_free(database);
    OK(xap_value_posting_source_get_slot(source, &slot, &error));
    assert_int_equal(slot, 2);
    OK(xap_value_posting_source_get_started(source, &answer, &error));
    assert_false(answer);
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_get_weight(source, &weight, &error));
    OK(xap_posting_source_get_termfreq_max(source, &count, &error));
    assert_int_equal(count, 5);
    OK(xap_value_posting_source_set_termfreq_min(source, 1, &error));
    OK(xap_value_posting_source_set_termfreq_est(source, 2, &error));
    OK(xap_value_posting_source_set_termfreq_max(source, 3, &error));
    OK(xap_posting_source_get_termfreq_min(source, &count, &error));
    assert_int_equal(count, 1);
    OK(xap_posting_source_get_termfreq_est(source, &count, &error));
    assert_int_equal(count, 2);
    OK(xap_posting_source_get_termfreq_max(source, &count, &error));
    assert_int_equal(count, 3);
    assert_true(xap_posting_source_get_maxweight(source) >= 5);
    OK(xap_posting_source_set_maxweight(source, 4.5, &error));
    assert_true(fabs(xap_posting_source_get_maxweight(source) - 4.5) < 1e-9);

    OK(xap_posting_source_next(source, 0, &error));
    OK(xap_value_posting_source_get_started(source, &answer, &error));
    assert_true(answer);
    OK(xap_posting_source_get_docid(source, &docid, &error));
    assert_int_equal(docid, 1);
    OK(xap_posting_source_skip_to(source, 3, 0, &error));
    OK(xap_posting_source_get_docid(source, &docid, &error));
    assert_int_equal(docid, 3);
    OK(xap_posting_source_get_weight(source, &weight, &error));
    assert_true(fabs(weight - 3) < 1e-9);
    OK(xap_value_posting_source_get_value(source, &bytes, &length, &error));
    assert_true(fabs(xap_sortable_unserialise(bytes, length) - 3) < 1e-9);
    OK(xap_posting_source_check(source, 4, 0, &answer, &error));
    if (answer) {
        OK(xap_posting_source_get_docid(source, &docid, &error));
        assert_int_equal(docid, 4);
    }
    OK(xap_posting_source_next(source, 0, &error));
    OK(xap_posting_source_at_end(source, &answer, &error));
    assert_false(answer);
    OK(xap_value_posting_source_done(source, &error));
    OK(xap_posting_source_at_end(source, &answer, &error));
    assert_true(answer);
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_get_docid(source, &docid, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_value_posting_source_get_value(source, &bytes, &length, &error));
    /* at the end moving does nothing */
    OK(xap_posting_source_next(source, 0, &error));
    OK(xap_posting_source_skip_to(source, 1, 0, &error));
    OK(xap_posting_source_check(source, 1, 0, &answer, &error));
    assert_true(answer);
    xap_posting_source_free(source);

    OK(xap_fixed_weight_posting_source_new(2, &source, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_value_posting_source_get_slot(source, &slot, &error));
    xap_posting_source_free(source);
}

static void
skipping_may_come_first(void **state)
{
    struct xap_error error;
    struct xap_database *database = with_numbers(state);
    struct xap_posting_source *source;
    xap_docid docid;
    bool answer;

    OK(xap_fixed_weight_posting_source_new(2, &source, &error));
    OK(xap_posting_source_init(source, database, &error));
    OK(xap_posting_source_skip_to(source, 4, 0, &error));
    OK(xap_posting_source_get_docid(source, &docid, &error));
    assert_int_equal(docid, 4);
    OK(xap_posting_source_skip_to(source, 9, 0, &error));
    OK(xap_posting_source_at_end(source, &answer, &error));
    assert_true(answer);
    OK(xap_posting_source_init(source, database, &error));
    OK(xap_posting_source_check(source, 2, 0, &answer, &error));
    OK(xap_posting_source_next(source, 0, &error));
    OK(xap_posting_source_get_docid(source, &docid, &error));
    assert_int_equal(docid, 3);
    xap_posting_source_free(source);
    xap_database_free(database);
}

static void
sources_are_copied_and_are_bytes(void **state)
{
    struct xap_error error;
    struct xap_database *database = with_numbers(state);
    struct xap_posting_source *source, *copy;
    struct xap_registry *registry;
    const char *bytes;
    size_t length;

    OK(xap_value_map_posting_source_new(1, &source, &error));
    OK(xap_value_map_posting_source_add_mapping(source, S("odd"), 3, &error));
    OK(xap_posting_source_name(source, &bytes, &length, &error));
    assert_bytes(bytes, length, "Xapian::ValueMapPostingSource");
    OK(xap_posting_source_get_description(source, &bytes, &length, &error));
    assert_non_null(strstr(bytes, "ValueMapPostingSource"));
    OK(xap_posting_source_clone(source, &copy, &error));
    assert_string_equal(found(database, copy), "13524");
    OK(xap_posting_source_serialise(source, &bytes, &length, &error));
    OK(xap_posting_source_unserialise(source, bytes, length, &copy, &error));
    assert_string_equal(found(database, copy), "13524");
    OK(xap_registry_new(&registry, &error));
    OK(xap_posting_source_unserialise_with_registry(source, bytes, length, registry, &copy,
                                                    &error));
    assert_string_equal(found(database, copy), "13524");
    FAILS(XAP_BAD_HANDLE,
          xap_posting_source_unserialise_with_registry(source, bytes, length, NULL, &copy, &error));
    assert_null(copy);
    xap_registry_free(registry);
    FAILS(XAP_SERIALISATION_ERROR,
          xap_posting_source_unserialise(source, S("\xff\xff\xff\xff\xff"), &copy, &error));
    xap_posting_source_free(source);
    xap_database_free(database);
}

/* ---- The caller's: the documents 2 and 4, weighing 20 and 4 ---- */

struct own_source {
    struct shim_own own;
    xap_docid at;
    double weights[8];
    struct own_source *original; /* of a clone */
};

static enum xap_code
source_init(void *data, const struct xap_database *database, struct xap_posting_source *self,
            struct xap_error *error)
{
    struct own_source *source = data;
    xap_doccount count;
    enum xap_code code = shim_own_called(&source->own, error);

    source->at = 0;
    if (code == XAP_OK)
        code = xap_database_get_doccount(database, &count, error);
    if (code == XAP_OK)
        code = xap_posting_source_set_maxweight(self, 20, error);
    return code;
}

static enum xap_code
source_count(void *data, xap_doccount *count, struct xap_error *error)
{
    (void)data;
    (void)error;
    *count = 2;
    return XAP_OK;
}

static enum xap_code
source_next(void *data, double min_weight, struct xap_posting_source *self, struct xap_error *error)
{
    struct own_source *source = data;

    (void)min_weight;
    (void)self;
    source->at += 2;
    return shim_own_called(&source->own, error);
}

static enum xap_code
source_at_end(void *data, bool *at_end, struct xap_error *error)
{
    (void)error;
    *at_end = ((struct own_source *)data)->at > 4;
    return XAP_OK;
}

static enum xap_code
source_get_docid(void *data, xap_docid *docid, struct xap_error *error)
{
    (void)error;
    *docid = ((struct own_source *)data)->at;
    return XAP_OK;
}

static enum xap_code
source_get_weight(void *data, double *weight, struct xap_error *error)
{
    (void)error;
    *weight = ((struct own_source *)data)->at == 2 ? 20 : 4;
    return XAP_OK;
}

static enum xap_code
source_skip_to(void *data, xap_docid docid, double min_weight, struct xap_posting_source *self,
               struct xap_error *error)
{
    struct own_source *source = data;

    (void)min_weight;
    (void)self;
    while (source->at < docid)
        source->at += 2;
    return shim_own_called(&source->own, error);
}

static enum xap_code
source_check(void *data, xap_docid docid, double min_weight, struct xap_posting_source *self,
             bool *positioned, struct xap_error *error)
{
    *positioned = true;
    return source_skip_to(data, docid, min_weight, self, error);
}

static enum xap_code
source_clone(void *data, void **copy, struct xap_error *error)
{
    struct own_source *source = data, *made = calloc(1, sizeof *made);

    (void)error;
    assert_non_null(made);
    made->original = source->original != NULL ? source->original : source;
    made->original->own.cloned++;
    *copy = made;
    return XAP_OK;
}

static enum xap_code
source_serialise(void *data, const char **bytes, size_t *length, struct xap_error *error)
{
    (void)data;
    (void)error;
    *bytes = "2 and 4";
    *length = 7;
    return XAP_OK;
}

static enum xap_code
source_unserialise(void *data, const char *bytes, size_t length, void **made,
                   struct xap_error *error)
{
    assert_bytes(bytes, length, "2 and 4");
    return source_clone(data, made, error);
}

static enum xap_code
source_describe(void *data, const char **text, size_t *length, struct xap_error *error)
{
    return source_serialise(data, text, length, error);
}

static void
source_destroy(void *data)
{
    struct own_source *source = data;

    if (source->original == NULL) {
        source->own.destroyed++;
        return;
    }
    source->original->own.destroyed++;
    free(source);
}

static const struct xap_posting_source_functions all = {
    "Test::TwoAndFour", source_init,        source_count,    source_count,
    source_count,       source_next,        source_at_end,   source_get_docid,
    source_get_weight,  source_skip_to,     source_check,    source_clone,
    source_serialise,   source_unserialise, source_describe, source_destroy};
static const struct xap_posting_source_functions few = {
    NULL,         source_init, source_count,  source_count,
    source_count, source_next, source_at_end, source_get_docid,
    NULL,         NULL,        NULL,          NULL,
    NULL,         NULL,        NULL,          source_destroy};

static void
own_sources_search(void **state)
{
    struct xap_error error;
    struct own_source own = {0}, simple = {0};
    struct xap_database *database = shim_open_sample(state), *both;
    struct xap_posting_source *source;
    struct xap_query *query, *parts[2];
    struct xap_enquire *enquire;
    struct xap_mset *mset;
    double weight;

    OK(xap_posting_source_new(&all, &own, &source, &error));
    OK(xap_query_new_posting_source(source, &query, &error));
    mset = shim_search(database, query);
    assert_string_equal(shim_digits(mset), "24");
    OK(xap_mset_get_weight(mset, 0, &weight, &error));
    assert_true(fabs(weight - 20) < 1e-9);
    xap_mset_free(mset);
    /* with a term, so that it skips and checks */
    parts[0] = shim_term("only4");
    parts[1] = query;
    OK(xap_query_new_combine(XAP_QUERY_OP_AND, parts, 2, 0, &query, &error));
    mset = shim_search(database, query);
    assert_string_equal(shim_digits(mset), "4");
    xap_mset_free(mset);
    xap_query_free(query);
    OK(xap_query_new_combine(XAP_QUERY_OP_AND_MAYBE, parts, 2, 0, &query, &error));
    mset = shim_search(database, query);
    assert_string_equal(shim_digits(mset), "4");
    xap_mset_free(mset);
    xap_query_free(query);
    /* two shards: a clone for each */
    OK(xap_database_new(&both, &error));
    OK(xap_database_add_database(both, database, &error));
    OK(xap_database_add_database(both, database, &error));
    mset = shim_search(both, parts[1]);
    assert_string_equal(shim_digits(mset), "3478");
    xap_mset_free(mset);
    assert_true(own.own.cloned >= 2);

    xap_posting_source_free(source);

    /* without weights, skipping and clones */
    OK(xap_posting_source_new(&few, &simple, &source, &error));
    assert_string_equal(found(database, source), "24");
    assert_int_equal(simple.own.destroyed, 1);
    OK(xap_posting_source_new(&few, &simple, &source, &error));
    xap_query_free(parts[1]);
    OK(xap_query_new_posting_source(source, &parts[1], &error));
    OK(xap_query_new_combine(XAP_QUERY_OP_FILTER, parts, 2, 0, &query, &error));
    mset = shim_search(database, query);
    assert_string_equal(shim_digits(mset), "4");
    xap_mset_free(mset);
    xap_query_free(query);
    OK(xap_enquire_new(both, &enquire, &error));
    OK(xap_enquire_set_query(enquire, parts[1], 0, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    xap_enquire_free(enquire);
    /* what it reports comes back */
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, parts[1], 0, &error));
    simple.own.fails = XAP_DATABASE_CLOSED_ERROR;
    simple.own.message = "shut";
    FAILS(XAP_DATABASE_CLOSED_ERROR, xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    assert_null(mset);
    xap_enquire_free(enquire);
    xap_posting_source_free(source);
    xap_query_free(parts[0]);
    xap_query_free(parts[1]);
    assert_int_equal(simple.own.destroyed, 2);
    xap_database_free(both);
    xap_database_free(database);
}

/* ---- The caller's, of which the one that is called when left is 1 fails; 0: none ---- */

struct failing {
    unsigned left, after; /* calls there should have been none of */
    bool failed;
    xap_docid at;
};

static enum xap_code
failing_step(void *data, struct xap_error *error)
{
    struct failing *failing = data;

    (void)error;
    if (failing->failed)
        failing->after++;
    if (failing->left == 0 || --failing->left != 0)
        return XAP_OK;
    failing->failed = true;
    return XAP_NETWORK_ERROR;
}

static enum xap_code
failing_init(void *data, const struct xap_database *database, struct xap_posting_source *self,
             struct xap_error *error)
{
    (void)database;
    ((struct failing *)data)->at = 0;
    assert_int_equal(xap_posting_source_set_maxweight(self, 1, error), XAP_OK);
    return failing_step(data, error);
}

static enum xap_code
failing_count(void *data, xap_doccount *count, struct xap_error *error)
{
    *count = 5;
    return failing_step(data, error);
}

static enum xap_code
failing_next(void *data, double min_weight, struct xap_posting_source *self,
             struct xap_error *error)
{
    (void)min_weight;
    (void)self;
    ((struct failing *)data)->at++;
    return failing_step(data, error);
}

static enum xap_code
failing_at_end(void *data, bool *at_end, struct xap_error *error)
{
    *at_end = ((struct failing *)data)->at > SHIM_DOCUMENTS;
    return failing_step(data, error);
}

static enum xap_code
failing_get_docid(void *data, xap_docid *docid, struct xap_error *error)
{
    *docid = ((struct failing *)data)->at;
    return failing_step(data, error);
}

static enum xap_code
failing_clone(void *data, void **copy, struct xap_error *error)
{
    *copy = data;
    return failing_step(data, error);
}

static const struct xap_posting_source_functions failing_functions = {
    NULL,          failing_init, failing_count,  failing_count,
    failing_count, failing_next, failing_at_end, failing_get_docid,
    NULL,          NULL,         NULL,           failing_clone,
    NULL,          NULL,         NULL,           NULL};

static void
a_source_that_fails_holds_no_database(void **state)
{
    struct xap_error error;
    const char *paths[2] = {shim_path(state, "first"), shim_path(state, "second")};
    unsigned failures = 0;
    struct failing failing;

    shim_sample(paths[0]);
    shim_sample(paths[1]);
    do {
        struct xap_writable_database *database, *second;
        struct xap_posting_source *source;
        struct xap_query *parts[2] = {shim_term("even"), NULL}, *query;
        struct xap_enquire *enquire;
        struct xap_mset *mset;
        enum xap_code code;

        failing = (struct failing){.left = ++failures};
        /* not when the round before still holds its lock */
        OK(xap_writable_database_new_open(paths[0], XAP_DB_OPEN | XAP_DB_NO_SYNC, 0, &database,
                                          &error));
        OK(xap_writable_database_new_open(paths[1], XAP_DB_OPEN | XAP_DB_NO_SYNC, 0, &second,
                                          &error));
        OK(xap_writable_database_add_database(database, second, &error));
        xap_writable_database_free(second);
        OK(xap_posting_source_new(&failing_functions, &failing, &source, &error));
        OK(xap_query_new_posting_source(source, &parts[1], &error));
        OK(xap_query_new_combine(failures % 2 == 0 ? XAP_QUERY_OP_OR : XAP_QUERY_OP_AND, parts, 2,
                                 0, &query, &error));
        OK(xap_enquire_new(xap_writable_database_as_database(database), &enquire, &error));
        OK(xap_enquire_set_query(enquire, query, 0, &error));
        code = xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error);
        FAILS(failing.failed ? XAP_NETWORK_ERROR : XAP_OK, code);
        assert_int_equal(failing.after, 0);
        xap_mset_free(mset);
        xap_enquire_free(enquire);
        xap_query_free(query);
        xap_query_free(parts[1]);
        xap_query_free(parts[0]);
        xap_posting_source_free(source);
        xap_writable_database_free(database);
    } while (failing.failed);
    assert_in_range(failures, 12, 1000);
}

/* A source that says it stands on document 0, which there is none of. */
static enum xap_code
no_docid(void *data, xap_docid *docid, struct xap_error *error)
{
    (void)data;
    (void)error;
    *docid = 0;
    return XAP_OK;
}

static void
a_source_must_say_where_it_stands(void **state)
{
    struct xap_error error;
    struct xap_posting_source_functions nowhere = few;
    struct own_source own = {0};
    struct xap_writable_database *memory;
    struct xap_document *document;
    struct xap_posting_source *source;
    struct xap_query *parts[2], *query;
    struct xap_enquire *enquire;
    struct xap_mset *mset;
    xap_docid docid;

    (void)state;
    nowhere.get_docid = no_docid;
    OK(xap_writable_database_new_open("", XAP_DB_BACKEND_INMEMORY, 0, &memory, &error));
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_term(document, S("a"), 1, &error));
    OK(xap_writable_database_add_document(memory, document, NULL, &error));
    xap_document_free(document);
    OK(xap_posting_source_new(&nowhere, &own, &source, &error));
    OK(xap_query_new_posting_source(source, &parts[0], &error));
    parts[1] = shim_term("a");
    OK(xap_query_new_combine(XAP_QUERY_OP_OR, parts, 2, 0, &query, &error));
    OK(xap_enquire_new(xap_writable_database_as_database(memory), &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    assert_int_equal(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error),
                     XAP_INVALID_ARGUMENT_ERROR);
    assert_non_null(strstr(error.message, "get_docid"));
    assert_null(mset);
    OK(xap_posting_source_init(source, xap_writable_database_as_database(memory), &error));
    OK(xap_posting_source_next(source, 0, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_posting_source_get_docid(source, &docid, &error));
    xap_enquire_free(enquire);
    xap_query_free(query);
    xap_query_free(parts[1]);
    xap_query_free(parts[0]);
    xap_posting_source_free(source);
    xap_writable_database_free(memory);
    assert_int_equal(own.own.destroyed, 1);
}

/* ---- The caller's, over all documents, weighing less and less and saying so ---- */

static enum xap_code
falling_to(struct own_source *source, xap_docid docid, struct xap_posting_source *self,
           struct xap_error *error)
{
    source->at = docid;
    source->own.calls++;
    return xap_posting_source_set_maxweight(self, 10.0 / docid, error);
}

static enum xap_code
falling_next(void *data, double min_weight, struct xap_posting_source *self,
             struct xap_error *error)
{
    struct own_source *source = data;

    source->weights[0] = min_weight;
    return falling_to(source, source->at + 1, self, error);
}

static enum xap_code
falling_skip_to(void *data, xap_docid docid, double min_weight, struct xap_posting_source *self,
                struct xap_error *error)
{
    struct own_source *source = data;

    source->weights[1] = min_weight;
    return falling_to(source, docid, self, error);
}

static enum xap_code
falling_check(void *data, xap_docid docid, double min_weight, struct xap_posting_source *self,
              bool *positioned, struct xap_error *error)
{
    struct own_source *source = data;

    source->weights[2] = min_weight;
    *positioned = docid != 4;
    return falling_to(source, docid, self, error);
}

static enum xap_code
falling_at_end(void *data, bool *at_end, struct xap_error *error)
{
    (void)error;
    *at_end = ((struct own_source *)data)->at > SHIM_DOCUMENTS;
    return XAP_OK;
}

static enum xap_code
falling_weight(void *data, double *weight, struct xap_error *error)
{
    (void)error;
    *weight = 10.0 / ((struct own_source *)data)->at;
    return XAP_OK;
}

/* Sets it, and counts the bytes that change meanwhile in what calls before this one have left of the stack. */
static size_t
bytes_touched_by_set_maxweight(struct xap_posting_source *source, double weight)
{
    volatile unsigned char left[65536];
    struct xap_error error;
    size_t touched = 0;

    for (size_t i = 0; i < sizeof left; i++)
        left[i] = 0xa5;
    OK(xap_posting_source_set_maxweight(source, weight, &error));
    for (size_t i = 0; i < sizeof left; i++)
        touched += left[i] != 0xa5;
    return touched;
}

static void
a_source_may_say_less_as_it_moves(void **state)
{
    static const struct xap_posting_source_functions falling = {NULL,           source_init,
                                                                source_count,   source_count,
                                                                source_count,   falling_next,
                                                                falling_at_end, source_get_docid,
                                                                falling_weight, falling_skip_to,
                                                                falling_check,  NULL,
                                                                NULL,           NULL,
                                                                NULL,           NULL};
    struct xap_error error;
    struct own_source own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_posting_source *source;
    struct xap_query *query;
    struct xap_enquire *enquire;
    struct xap_mset *mset;
    xap_docid docid;
    bool positioned;

    OK(xap_posting_source_new(&falling, &own, &source, &error));
    OK(xap_query_new_posting_source(source, &query, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_get_mset(enquire, 0, 5, 0, NULL, &mset, &error));
    assert_string_equal(shim_digits(mset), "12345");
    xap_mset_free(mset);
    /* the match has seen enough after the second: init, and two or three steps */
    own.own.calls = 0;
    OK(xap_enquire_get_mset(enquire, 0, 1, 0, NULL, &mset, &error));
    assert_string_equal(shim_digits(mset), "1");
    assert_in_range(own.own.calls, 2, 4);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_query_free(query);

    /* the match is over: what is set now is not written to where it was, deeper in the stack */
    assert_int_equal(bytes_touched_by_set_maxweight(source, 7), 0);
    assert_true(fabs(xap_posting_source_get_maxweight(source) - 7) < 1e-9);

    /* by hand, where each is told apart, and gets what it is given */
    OK(xap_posting_source_init(source, database, &error));
    assert_true(fabs(xap_posting_source_get_maxweight(source) - 20) < 1e-9);
    OK(xap_posting_source_next(source, 0.5, &error));
    assert_true(fabs(xap_posting_source_get_maxweight(source) - 10) < 1e-9);
    assert_true(fabs(own.weights[0] - 0.5) < 1e-9);
    OK(xap_posting_source_skip_to(source, 2, 0.25, &error));
    assert_true(fabs(xap_posting_source_get_maxweight(source) - 5) < 1e-9);
    assert_true(fabs(own.weights[1] - 0.25) < 1e-9);
    OK(xap_posting_source_get_docid(source, &docid, &error));
    assert_int_equal(docid, 2);
    OK(xap_posting_source_check(source, 4, 0.125, &positioned, &error));
    assert_false(positioned);
    assert_true(fabs(xap_posting_source_get_maxweight(source) - 2.5) < 1e-9);
    assert_true(fabs(own.weights[2] - 0.125) < 1e-9);
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_get_docid(source, &docid, &error));
    OK(xap_posting_source_check(source, 5, 0, &positioned, &error));
    assert_true(positioned);
    assert_true(fabs(xap_posting_source_get_maxweight(source) - 2) < 1e-9);
    xap_posting_source_free(source);
    xap_database_free(database);
}

static void
own_sources_by_hand(void **state)
{
    struct xap_error error;
    struct own_source own = {0}, simple = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_posting_source *source, *copy;
    struct xap_posting_source_functions lacking = all;
    const char *bytes;
    size_t length;
    xap_docid docid;
    double weight;
    bool answer;

    OK(xap_posting_source_new(&all, &own, &source, &error));
    OK(xap_posting_source_name(source, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::TwoAndFour");
    OK(xap_posting_source_get_description(source, &bytes, &length, &error));
    assert_bytes(bytes, length, "2 and 4");
    OK(xap_posting_source_serialise(source, &bytes, &length, &error));
    OK(xap_posting_source_unserialise(source, bytes, length, &copy, &error));
    OK(xap_posting_source_init(copy, database, &error));
    assert_true(fabs(xap_posting_source_get_maxweight(copy) - 20) < 1e-9);
    OK(xap_posting_source_check(copy, 3, 0, &answer, &error));
    assert_true(answer);
    OK(xap_posting_source_get_docid(copy, &docid, &error));
    assert_int_equal(docid, 4);
    OK(xap_posting_source_get_weight(copy, &weight, &error));
    assert_true(fabs(weight - 4) < 1e-9);
    xap_posting_source_free(copy);
    xap_posting_source_free(source);
    assert_int_equal(own.own.destroyed, own.own.cloned + 1);

    OK(xap_posting_source_new(&few, &simple, &source, &error));
    OK(xap_posting_source_clone(source, &copy, &error));
    assert_null(copy);
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_posting_source_serialise(source, &bytes, &length, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_posting_source_unserialise(source, S("x"), &copy, &error));
    OK(xap_posting_source_name(source, &bytes, &length, &error));
    assert_bytes(bytes, length, "");
    OK(xap_posting_source_get_description(source, &bytes, &length, &error));
    assert_true(length > 0);
    OK(xap_posting_source_init(source, database, &error));
    OK(xap_posting_source_check(source, 3, 0, &answer, &error));
    assert_true(answer);
    OK(xap_posting_source_get_docid(source, &docid, &error));
    assert_int_equal(docid, 4);
    OK(xap_posting_source_get_weight(source, &weight, &error));
    assert_true(fabs(weight) < 1e-9);
    /* a step that failed: it stands nowhere */
    OK(xap_posting_source_init(source, database, &error));
    simple.own.fails = XAP_NETWORK_ERROR;
    FAILS(XAP_NETWORK_ERROR, xap_posting_source_next(source, 0, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_get_docid(source, &docid, &error));
    FAILS(XAP_NETWORK_ERROR, xap_posting_source_init(source, database, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_source_next(source, 0, &error));
    xap_posting_source_free(source);

    lacking.at_end = NULL;
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_posting_source_new(&lacking, &own, &source, &error));
    assert_null(source);
    xap_database_free(database);
}

static void
a_name_is_copied(void **state)
{
    struct xap_error error;
    struct own_source own = {0};
    struct xap_posting_source_functions named = all;
    struct xap_posting_source *made, *copy;
    char name[] = "Test::Named";
    const char *bytes;
    size_t length;

    (void)state;
    named.name = name;
    OK(xap_posting_source_new(&named, &own, &made, &error));
    /* from here on the name is the caller's again, clones or not */
    memset(name, '?', sizeof name - 1);
    OK(xap_posting_source_clone(made, &copy, &error));
    OK(xap_posting_source_name(copy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Named");
    xap_posting_source_free(copy);
    OK(xap_posting_source_name(made, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Named");
    xap_posting_source_free(made);
}

static void
the_range_and_the_slot_count(void **state)
{
    struct xap_error error;
    struct xap_database *database = with_numbers(state);
    struct xap_posting_source *source;
    struct xap_query *query;
    struct xap_enquire *enquire;
    struct xap_mset *mset;
    xap_valueno slot;
    xap_docid docid;
    double weight;

    /* slot 2 rises: only the documents in which it falls may be given as such */
    OK(xap_decreasing_value_weight_posting_source_new(3, 2, 4, &source, &error));
    OK(xap_value_posting_source_get_slot(source, &slot, &error));
    assert_int_equal(slot, 3);
    OK(xap_posting_source_init(source, database, &error));
    OK(xap_posting_source_next(source, 0, &error));
    OK(xap_posting_source_get_docid(source, &docid, &error));
    assert_int_equal(docid, 1);
    /* before the range it goes on; in the range what comes next weighs less, and is left out */
    OK(xap_posting_source_next(source, 4.5, &error));
    OK(xap_posting_source_get_docid(source, &docid, &error));
    assert_int_equal(docid, 5);
    /* with a range that begins later it is looked at */
    xap_posting_source_free(source);
    OK(xap_decreasing_value_weight_posting_source_new(3, 3, 4, &source, &error));
    OK(xap_posting_source_init(source, database, &error));
    OK(xap_posting_source_next(source, 0, &error));
    OK(xap_posting_source_next(source, 4.5, &error));
    OK(xap_posting_source_get_docid(source, &docid, &error));
    assert_int_equal(docid, 2);
    xap_posting_source_free(source);

    /* what is not in the table has the weight that was set for it, on the scale of the others */
    OK(xap_value_map_posting_source_new(1, &source, &error));
    OK(xap_value_map_posting_source_add_mapping(source, "oddly", 3, 3, &error));
    OK(xap_value_map_posting_source_set_default_weight(source, 1.5, &error));
    OK(xap_query_new_posting_source(source, &query, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    assert_string_equal(shim_digits(mset), "13524");
    OK(xap_mset_get_weight(mset, 0, &weight, &error));
    assert_true(fabs(weight - 3) < 1e-9);
    OK(xap_mset_get_weight(mset, 3, &weight, &error));
    assert_true(fabs(weight - 1.5) < 1e-9);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_query_free(query);
    xap_posting_source_free(source);
    OK(xap_fixed_weight_posting_source_new(2.25, &source, &error));
    OK(xap_posting_source_init(source, database, &error));
    OK(xap_posting_source_next(source, 0, &error));
    OK(xap_posting_source_get_weight(source, &weight, &error));
    assert_true(fabs(weight - 2.25) < 1e-9);
    xap_posting_source_free(source);
    xap_database_free(database);
}

/* Which of the functions that may be left out a match calls. */
static unsigned skips, checks;

static enum xap_code
counted_skip_to(void *data, xap_docid docid, double min_weight, struct xap_posting_source *self,
                struct xap_error *error)
{
    skips++;
    return source_skip_to(data, docid, min_weight, self, error);
}

static enum xap_code
counted_check(void *data, xap_docid docid, double min_weight, struct xap_posting_source *self,
              bool *positioned, struct xap_error *error)
{
    checks++;
    return source_check(data, docid, min_weight, self, positioned, error);
}

static void
a_match_skips_and_checks(void **state)
{
    struct xap_error error;
    struct xap_posting_source_functions counted = all;
    struct own_source own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_posting_source *source, *clone;
    struct xap_query *parts[2], *query;
    struct xap_mset *mset;
    bool positioned;

    counted.skip_to = counted_skip_to;
    counted.check = counted_check;
    skips = checks = 0;
    OK(xap_posting_source_new(&counted, &own, &source, &error));
    parts[0] = shim_term("only4");
    OK(xap_query_new_posting_source(source, &parts[1], &error));
    OK(xap_query_new_combine(XAP_QUERY_OP_AND, parts, 2, 0, &query, &error));
    mset = shim_search(database, query);
    assert_string_equal(shim_digits(mset), "4");
    assert_true(skips + checks > 0);
    xap_mset_free(mset);
    xap_query_free(query);
    xap_query_free(parts[0]);
    xap_query_free(parts[1]);
    /* by hand, one after the other */
    OK(xap_posting_source_clone(source, &clone, &error));
    OK(xap_posting_source_init(clone, database, &error));
    OK(xap_posting_source_next(clone, 0, &error));
    skips = checks = 0;
    OK(xap_posting_source_skip_to(clone, 3, 0, &error));
    assert_int_equal(skips, 1);
    OK(xap_posting_source_check(clone, 4, 0, &positioned, &error));
    assert_int_equal(checks, 1);
    xap_posting_source_free(clone);
    xap_posting_source_free(source);
    xap_database_free(database);
}

/* Its enquire finds by the source itself. */
struct nested {
    xap_docid at;
    const struct xap_enquire *enquire;
    enum xap_code code; /* of the match inside */
    struct xap_error error;
};

static enum xap_code
nested_init(void *data, const struct xap_database *database, struct xap_posting_source *self,
            struct xap_error *error)
{
    (void)database;
    ((struct nested *)data)->at = 0;
    return xap_posting_source_set_maxweight(self, 1, error);
}

static enum xap_code
nested_next(void *data, double min_weight, struct xap_posting_source *self, struct xap_error *error)
{
    struct nested *nested = data;
    struct xap_mset *mset = NULL;

    (void)min_weight;
    if (nested->enquire != NULL)
        nested->code = xap_enquire_get_mset(nested->enquire, 0, 5, 0, NULL, &mset, &nested->error);
    nested->enquire = NULL;
    xap_mset_free(mset);
    nested->at++;
    return xap_posting_source_set_maxweight(self, 1, error);
}

static enum xap_code
nested_at_end(void *data, bool *at_end, struct xap_error *error)
{
    (void)error;
    *at_end = ((struct nested *)data)->at > SHIM_DOCUMENTS;
    return XAP_OK;
}

static enum xap_code
nested_docid(void *data, xap_docid *docid, struct xap_error *error)
{
    (void)error;
    *docid = ((struct nested *)data)->at;
    return XAP_OK;
}

static void
a_source_is_in_one_match_at_a_time(void **state)
{
    static const struct xap_posting_source_functions functions = {
        .init = nested_init,
        .get_termfreq_min = source_count,
        .get_termfreq_est = source_count,
        .get_termfreq_max = source_count,
        .next = nested_next,
        .at_end = nested_at_end,
        .get_docid = nested_docid,
    };
    struct xap_error error;
    struct nested nested = {.code = XAP_OK};
    struct xap_database *database = shim_open_sample(state);
    struct xap_posting_source *source;
    struct xap_query *query;
    struct xap_enquire *outer, *inner;
    struct xap_mset *mset;

    OK(xap_posting_source_new(&functions, &nested, &source, &error));
    OK(xap_query_new_posting_source(source, &query, &error));
    OK(xap_enquire_new(database, &outer, &error));
    OK(xap_enquire_set_query(outer, query, 0, &error));
    OK(xap_enquire_new(database, &inner, &error));
    OK(xap_enquire_set_query(inner, query, 0, &error));
    nested.enquire = inner;
    OK(xap_enquire_get_mset(outer, 0, 5, 0, NULL, &mset, &error));
    assert_int_equal(nested.code, XAP_INVALID_OPERATION_ERROR);
    assert_non_null(strstr(nested.error.message, "in another match"));
    assert_string_equal(shim_digits(mset), "12345");
    xap_mset_free(mset);
    assert_int_equal(bytes_touched_by_set_maxweight(source, 7), 0);
    /* one after the other they are fine */
    OK(xap_enquire_get_mset(inner, 0, 5, 0, NULL, &mset, &error));
    assert_string_equal(shim_digits(mset), "12345");
    xap_mset_free(mset);
    xap_enquire_free(inner);
    xap_enquire_free(outer);
    xap_query_free(query);
    xap_posting_source_free(source);
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
        TEST("Xapian's sources search", xapians_sources_search),
        TEST("sources move by hand, and only in order", sources_move_by_hand),
        TEST("skipping may come first", skipping_may_come_first),
        TEST("sources are copied, and are bytes", sources_are_copied_and_are_bytes),
        TEST("sources of the caller's search", own_sources_search),
        TEST("sources of the caller's move by hand", own_sources_by_hand),
        TEST("a source that fails holds no database", a_source_that_fails_holds_no_database),
        TEST("a source may say less as it moves", a_source_may_say_less_as_it_moves),
        TEST("a source is in one match at a time", a_source_is_in_one_match_at_a_time),
        TEST("a source must say where it stands", a_source_must_say_where_it_stands),
        TEST("a name is copied", a_name_is_copied),
        {"the range and the slot count", the_range_and_the_slot_count, shim_setup, shim_teardown,
         NULL},
        {"a match skips and checks", a_match_skips_and_checks, shim_setup, shim_teardown, NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-source", tests, NULL, NULL);
}
