/* shim-weight.c - weighting schemes of the caller's, and what all schemes can
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct own_weight {
    struct shim_own own;
    double parameter;
    struct xap_weight_stats seen;
    struct own_weight *original; /* of a clone */
};

static enum xap_code
sumpart(void *data, const struct xap_weight_stats *stats, xap_termcount wdf,
        xap_termcount document_length, xap_termcount unique_terms, double *weight,
        struct xap_error *error)
{
    struct own_weight *own = data, *original = own->original != NULL ? own->original : own;

    original->seen = *stats;
    assert_true(document_length >= unique_terms);
    *weight = stats->factor * own->parameter * wdf;
    return shim_own_called(&original->own, error);
}

static enum xap_code
maxpart(void *data, const struct xap_weight_stats *stats, double *weight, struct xap_error *error)
{
    (void)error;
    *weight = stats->factor * ((struct own_weight *)data)->parameter * stats->wdf_upper_bound;
    return XAP_OK;
}

static enum xap_code
sumextra(void *data, const struct xap_weight_stats *stats, xap_termcount document_length,
         xap_termcount unique_terms, double *weight, struct xap_error *error)
{
    (void)data;
    (void)error;
    (void)unique_terms;
    assert_true(stats->factor <= 0 && stats->factor >= 0);
    *weight = 1000.0 * document_length;
    return XAP_OK;
}

static enum xap_code
maxextra(void *data, const struct xap_weight_stats *stats, double *weight, struct xap_error *error)
{
    (void)data;
    (void)error;
    *weight = 1000.0 * stats->doclength_upper_bound;
    return XAP_OK;
}

static enum xap_code
init(void *data, const struct xap_weight_stats *stats, struct xap_error *error)
{
    struct own_weight *own = data;

    (void)stats;
    return own->original != NULL ? XAP_OK : shim_own_called(&own->own, error);
}

static enum xap_code
clone(void *data, void **copy, struct xap_error *error)
{
    struct own_weight *own = data, *made = malloc(sizeof *made);

    (void)error;
    assert_non_null(made);
    *made = *own;
    made->original = own->original != NULL ? own->original : own;
    made->original->own.cloned++;
    *copy = made;
    return XAP_OK;
}

static enum xap_code
serialise(void *data, const char **bytes, size_t *length, struct xap_error *error)
{
    struct own_weight *own = data;

    own->own.bytes[0] = (char)('0' + (int)own->parameter);
    *bytes = own->own.bytes;
    *length = 1;
    return shim_own_called(&own->own, error);
}

static enum xap_code
unserialise(void *data, const char *bytes, size_t length, void **made, struct xap_error *error)
{
    if (length != 1)
        return XAP_SERIALISATION_ERROR;
    clone(data, made, error);
    ((struct own_weight *)*made)->parameter = bytes[0] - '0';
    return XAP_OK;
}

static void
destroy(void *data)
{
    struct own_weight *own = data;

    if (own->original == NULL) {
        own->own.destroyed++;
        return;
    }
    own->original->own.destroyed++;
    free(own);
}

static const struct xap_weight_functions all = {"Test::WdfTimes", sumpart, maxpart, sumextra,
                                                maxextra,         init,    clone,   serialise,
                                                unserialise,      destroy};
static const struct xap_weight_functions few = {NULL, sumpart, maxpart, NULL, NULL,
                                                NULL, NULL,    NULL,    NULL, destroy};

static const unsigned everything = 2 * XAP_WEIGHT_UNIQUE_TERMS - 1;

/* The weight of the best document for "run", which is docid 5, under the scheme. */
static double
best(const struct xap_database *database, const struct xap_weight *weight, enum xap_code expected)
{
    struct xap_error error;
    struct xap_query *query = shim_term("run"), *scaled;
    struct xap_enquire *enquire;
    struct xap_rset *rset;
    struct xap_mset *mset;
    xap_docid docid;
    double result = -1;

    OK(xap_query_new_scale_weight(0.5, query, &scaled, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, scaled, 0, &error));
    OK(xap_enquire_set_weighting_scheme(enquire, weight, &error));
    OK(xap_rset_new(&rset, &error));
    OK(xap_rset_add_document(rset, 2, &error));
    FAILS(expected, xap_enquire_get_mset(enquire, 0, 10, 0, rset, &mset, &error));
    if (expected == XAP_OK) {
        OK(xap_mset_get_docid(mset, 0, &docid, &error));
        assert_int_equal(docid, 5);
        OK(xap_mset_get_weight(mset, 0, &result, &error));
    }
    xap_mset_free(mset);
    xap_rset_free(rset);
    xap_enquire_free(enquire);
    xap_query_free(scaled);
    xap_query_free(query);
    return result;
}

static void
own_schemes_weigh(void **state)
{
    struct xap_error error;
    struct own_weight own = {.parameter = 4}, shared = {.parameter = 6};
    struct xap_database *database = shim_open_sample(state);
    struct xap_weight *weight;
    xap_termcount length;
    xap_totallength total;
    double average;

    OK(xap_weight_new(&all, &own, everything, &weight, &error));
    OK(xap_database_get_doclength(database, 5, &length, &error));
    /* 0.5 * 4 * 5, and the length */
    assert_true(fabs(best(database, weight, XAP_OK) - (10 + 1000.0 * length)) < 1e-6);
    assert_true(own.own.cloned >= 2);
    assert_true(fabs(own.seen.factor - 0.5) < 1e-9);
    assert_int_equal(own.seen.collection_size, 5);
    assert_int_equal(own.seen.rset_size, 1);
    assert_int_equal(own.seen.termfreq, 5);
    assert_int_equal(own.seen.reltermfreq, 1);
    assert_int_equal(own.seen.collection_freq, 15);
    assert_int_equal(own.seen.query_length, 1);
    assert_int_equal(own.seen.wqf, 1);
    assert_in_range(own.seen.wdf_upper_bound, 5, 15);
    OK(xap_database_get_doclength_lower_bound(database, &length, &error));
    assert_int_equal(own.seen.doclength_lower_bound, length);
    OK(xap_database_get_doclength_upper_bound(database, &length, &error));
    assert_int_equal(own.seen.doclength_upper_bound, length);
    OK(xap_database_get_average_length(database, &average, &error));
    assert_true(fabs(own.seen.average_length - average) < 1e-9);
    OK(xap_database_get_total_length(database, &total, &error));
    assert_int_equal(own.seen.total_length, total);
    own.own.fails = XAP_ASSERTION_ERROR;
    own.own.message = "cannot weigh";
    best(database, weight, XAP_ASSERTION_ERROR);
    xap_weight_free(weight);
    assert_int_equal(own.own.destroyed, own.own.cloned + 1);

    /* few functions, few needs: the rest is 0, and the data is shared */
    OK(xap_weight_new(&few, &shared, XAP_WEIGHT_WDF | XAP_WEIGHT_WDF_MAX, &weight, &error));
    assert_true(fabs(best(database, weight, XAP_OK) - 15) < 1e-6);
    assert_int_equal(shared.own.cloned, 0);
    assert_int_equal(shared.seen.collection_size, 0);
    assert_int_equal(shared.seen.total_length, 0);
    xap_weight_free(weight);
    assert_int_equal(shared.own.destroyed, 1);
    xap_database_free(database);
}

static void
own_schemes_are_bytes_too(void **state)
{
    struct xap_error error;
    struct own_weight own = {.parameter = 4};
    struct xap_weight_functions lacking = all;
    struct xap_database *database = shim_open_sample(state);
    struct xap_weight *weight, *copy;
    const char *bytes;
    size_t length;
    xap_termcount document_length;

    OK(xap_database_get_doclength(database, 5, &document_length, &error));
    OK(xap_weight_new(&all, &own, everything, &weight, &error));
    OK(xap_weight_name(weight, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::WdfTimes");
    OK(xap_weight_serialise(weight, &bytes, &length, &error));
    assert_bytes(bytes, length, "4");
    OK(xap_weight_unserialise(weight, S("8"), &copy, &error));
    assert_true(fabs(best(database, copy, XAP_OK) - (20 + 1000.0 * document_length)) < 1e-6);
    xap_weight_free(copy);
    FAILS(XAP_SERIALISATION_ERROR, xap_weight_unserialise(weight, S("88"), &copy, &error));
    assert_null(copy);
    OK(xap_weight_clone(weight, &copy, &error));
    xap_weight_free(weight);
    assert_true(fabs(best(database, copy, XAP_OK) - (10 + 1000.0 * document_length)) < 1e-6);
    xap_weight_free(copy);

    OK(xap_weight_new(&few, &own, 0, &weight, &error));
    OK(xap_weight_name(weight, &bytes, &length, &error));
    assert_bytes(bytes, length, "");
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_weight_serialise(weight, &bytes, &length, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_weight_unserialise(weight, S("8"), &copy, &error));
    xap_weight_free(weight);
    lacking.get_maxpart = NULL;
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_weight_new(&lacking, &own, 0, &weight, &error));
    lacking = all;
    lacking.get_maxextra = NULL;
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_weight_new(&lacking, &own, 0, &weight, &error));
    xap_database_free(database);
}

static void
xapians_schemes_are_bytes_too(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_weight *weight, *copy;
    const char *bytes;
    size_t length;

    OK(xap_weight_new_bm25(1.5, 0, 1, 0.25, 0.5, &weight, &error));
    OK(xap_weight_serialise(weight, &bytes, &length, &error));
    OK(xap_weight_unserialise(weight, bytes, length, &copy, &error));
    assert_true(fabs(best(database, weight, XAP_OK) - best(database, copy, XAP_OK)) < 1e-9);
    xap_weight_free(copy);
    FAILS(XAP_SERIALISATION_ERROR, xap_weight_unserialise(weight, S("short"), &copy, &error));
    OK(xap_weight_clone(weight, &copy, &error));
    xap_weight_free(weight);
    OK(xap_weight_name(copy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Xapian::BM25Weight");
    xap_weight_free(copy);
    for (int smoothing = XAP_WEIGHT_TWO_STAGE_SMOOTHING;
         smoothing <= XAP_WEIGHT_DIRICHLET_PLUS_SMOOTHING; smoothing++) {
        OK(xap_weight_new_lm(0, (enum xap_weight_smoothing)smoothing, -1, -1, &weight, &error));
        OK(xap_weight_name(weight, &bytes, &length, &error));
        assert_bytes(bytes, length, "Xapian::LMWeight");
        best(database, weight, XAP_OK);
        xap_weight_free(weight);
    }
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_weight_new_lm(0, (enum xap_weight_smoothing)0, -1, -1, &weight, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_weight_new_lm(0, (enum xap_weight_smoothing)6, -1, -1, &weight, &error));
    assert_null(weight);
    xap_database_free(database);
}

/* Functions of which the one that is called when left is 1 fails; 0: none. */
struct failing {
    unsigned left, after; /* calls there should have been none of */
    bool failed;
};

static enum xap_code
failing_step(void *data, struct xap_error *error)
{
    struct failing *failing = data;

    if (failing->failed)
        failing->after++;
    if (failing->left == 0 || --failing->left != 0)
        return XAP_OK;
    failing->failed = true;
    snprintf(error->message, sizeof error->message, "this one fails");
    return XAP_NETWORK_ERROR;
}

static enum xap_code
failing_sumpart(void *data, const struct xap_weight_stats *stats, xap_termcount wdf,
                xap_termcount document_length, xap_termcount unique_terms, double *weight,
                struct xap_error *error)
{
    (void)stats;
    (void)document_length;
    (void)unique_terms;
    *weight = wdf;
    return failing_step(data, error);
}

static enum xap_code
failing_maxpart(void *data, const struct xap_weight_stats *stats, double *weight,
                struct xap_error *error)
{
    (void)stats;
    *weight = 100;
    return failing_step(data, error);
}

static enum xap_code
failing_sumextra(void *data, const struct xap_weight_stats *stats, xap_termcount document_length,
                 xap_termcount unique_terms, double *weight, struct xap_error *error)
{
    (void)stats;
    (void)unique_terms;
    *weight = document_length;
    return failing_step(data, error);
}

static enum xap_code
failing_init(void *data, const struct xap_weight_stats *stats, struct xap_error *error)
{
    (void)stats;
    return failing_step(data, error);
}

static enum xap_code
failing_clone(void *data, void **copy, struct xap_error *error)
{
    *copy = data;
    return failing_step(data, error);
}

static const struct xap_weight_functions failing_functions = {NULL,
                                                              failing_sumpart,
                                                              failing_maxpart,
                                                              failing_sumextra,
                                                              failing_maxpart,
                                                              failing_init,
                                                              failing_clone,
                                                              NULL,
                                                              NULL,
                                                              NULL};

/* A search of two terms in a database open for writing; what get_mset said. */
static enum xap_code
search_failing(const char *path, struct failing *failing, bool decide, struct xap_error *error)
{
    struct xap_writable_database *database;
    struct xap_weight *weight;
    struct xap_enquire *enquire;
    struct xap_query *parts[2] = {shim_term("run"), shim_term("even")}, *query;
    struct xap_mset *mset;
    enum xap_code code;

    assert_int_equal(
        xap_writable_database_new_open(path, XAP_DB_OPEN | XAP_DB_NO_SYNC, 0, &database, error),
        XAP_OK);
    assert_int_equal(xap_query_new_combine(XAP_QUERY_OP_OR, parts, 2, 0, &query, error), XAP_OK);
    assert_int_equal(xap_weight_new(&failing_functions, failing, everything, &weight, error),
                     XAP_OK);
    assert_int_equal(xap_enquire_new(xap_writable_database_as_database(database), &enquire, error),
                     XAP_OK);
    assert_int_equal(xap_enquire_set_query(enquire, query, 0, error), XAP_OK);
    code = xap_enquire_set_weighting_scheme(enquire, weight, error);
    if (code == XAP_OK)
        code = decide ? xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, NULL, &mset, error)
                      : xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, error);
    else
        mset = NULL;
    assert_int_equal(mset != NULL, code == XAP_OK);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_weight_free(weight);
    xap_query_free(query);
    xap_query_free(parts[0]);
    xap_query_free(parts[1]);
    xap_writable_database_free(database);
    return code;
}

static void
a_scheme_that_fails_holds_no_database(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    unsigned failures = 0;
    struct failing failing;
    enum xap_code code;

    shim_sample(path);
    do {
        failing = (struct failing){.left = ++failures};
        memset(&error, 0, sizeof error);
        /* the next round could not open a database whose lock is still held */
        code = search_failing(path, &failing, failures % 2 == 0, &error);
        FAILS(failing.failed ? XAP_NETWORK_ERROR : XAP_OK, code);
        assert_int_equal(failing.after, 0);
    } while (failing.failed);
    /* clone, init, the bounds, the weights: each of them was one of these */
    assert_in_range(failures, 12, 1000);
}

static void
a_name_is_copied(void **state)
{
    struct xap_error error;
    struct own_weight own = {.parameter = 4};
    struct xap_weight_functions named = all;
    struct xap_weight *made, *copy;
    char name[] = "Test::Named";
    const char *bytes;
    size_t length;

    (void)state;
    named.name = name;
    OK(xap_weight_new(&named, &own, 0, &made, &error));
    /* from here on the name is the caller's again, clones or not */
    memset(name, '?', sizeof name - 1);
    OK(xap_weight_clone(made, &copy, &error));
    OK(xap_weight_name(copy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Named");
    xap_weight_free(copy);
    OK(xap_weight_name(made, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Named");
    xap_weight_free(made);
}

/* The bytes of the schemes' parameters, one number after the other, as one of a single number has
 * it. */
struct expected {
    char bytes[128];
    size_t length;
};

static void
expect_number(struct expected *expected, double number)
{
    struct xap_error error;
    struct xap_weight *weight;
    const char *bytes;
    size_t length;

    OK(xap_weight_new_trad(number, &weight, &error));
    OK(xap_weight_serialise(weight, &bytes, &length, &error));
    assert_in_range(length, 1, 16);
    assert_true(expected->length + length <= sizeof expected->bytes);
    memcpy(expected->bytes + expected->length, bytes, length);
    expected->length += length;
    xap_weight_free(weight);
}

/* The scheme, which is freed, has those parameters and no others. */
static void
has_exactly(struct xap_weight *weight, const struct expected *expected)
{
    struct xap_error error;
    const char *bytes;
    size_t length;

    OK(xap_weight_serialise(weight, &bytes, &length, &error));
    assert_int_equal(length, expected->length);
    assert_memory_equal(bytes, expected->bytes, length);
    xap_weight_free(weight);
}

static void
every_parameter_counts(void **state)
{
    static const double numbers[] = {1.25, 0.375, 2.5, 0.75, 0.125, 3.5};
    struct xap_error error;
    struct xap_weight *weight, *other;
    struct expected five = {.length = 0}, six, one = {.length = 0}, two, lm = {.length = 0};
    const char *bytes;
    size_t length;

    (void)state;
    for (size_t i = 0; i < 5; i++)
        expect_number(&five, numbers[i]);
    six = five;
    expect_number(&six, numbers[5]);
    expect_number(&one, 1.25);
    two = one;
    expect_number(&two, 0.375);
    OK(xap_weight_new_bm25(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], &weight,
                           &error));
    has_exactly(weight, &five);
    OK(xap_weight_new_bm25_plus(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4],
                                numbers[5], &weight, &error));
    has_exactly(weight, &six);
    OK(xap_weight_new_in_l2(1.25, &weight, &error));
    has_exactly(weight, &one);
    OK(xap_weight_new_if_b2(1.25, &weight, &error));
    has_exactly(weight, &one);
    OK(xap_weight_new_ine_b2(1.25, &weight, &error));
    has_exactly(weight, &one);
    OK(xap_weight_new_bb2(1.25, &weight, &error));
    has_exactly(weight, &one);
    OK(xap_weight_new_pl2(1.25, &weight, &error));
    has_exactly(weight, &one);
    OK(xap_weight_new_pl2_plus(1.25, 0.375, &weight, &error));
    has_exactly(weight, &two);
    expect_number(&lm, 1.25);
    lm.bytes[lm.length++] = XAP_WEIGHT_JELINEK_MERCER_SMOOTHING;
    expect_number(&lm, 0.375);
    expect_number(&lm, 0.75);
    OK(xap_weight_new_lm(1.25, XAP_WEIGHT_JELINEK_MERCER_SMOOTHING, 0.375, 0.75, &weight, &error));
    has_exactly(weight, &lm);
    /* and trad's own, by which the others were measured */
    OK(xap_weight_new_trad(1.25, &weight, &error));
    OK(xap_weight_serialise(weight, &bytes, &length, &error));
    OK(xap_weight_new_trad(2.5, &other, &error));
    two.length = length;
    memcpy(two.bytes, bytes, length);
    OK(xap_weight_serialise(other, &bytes, &length, &error));
    assert_true(length != two.length || memcmp(bytes, two.bytes, length) != 0);
    xap_weight_free(other);
    xap_weight_free(weight);
    OK(xap_weight_new_tf_idf("bfn", &weight, &error));
    OK(xap_weight_serialise(weight, &bytes, &length, &error));
    assert_bytes(bytes, length, "bfn");
    xap_weight_free(weight);
}

/* Remembers the factor and the termfreq it is told, which is before anything else. */
static enum xap_code
remember_init(void *data, const struct xap_weight_stats *stats, struct xap_error *error)
{
    struct own_weight *own = data;

    /* Xapian begins with that of the terms, and goes on with that which no term has */
    if (stats->factor > 0)
        own->parameter = stats->factor;
    return shim_own_called(&own->own, error);
}

static enum xap_code
initialised_sumpart(void *data, const struct xap_weight_stats *stats, xap_termcount wdf,
                    xap_termcount document_length, xap_termcount unique_terms, double *weight,
                    struct xap_error *error)
{
    struct own_weight *own = data;

    (void)document_length;
    (void)unique_terms;
    (void)error;
    assert_true(own->own.calls > 0);
    own->seen = *stats;
    *weight = wdf;
    return XAP_OK;
}

static void
a_scheme_is_initialised_with_what_is_asked(void **state)
{
    static const struct xap_weight_functions remembering = {
        NULL, initialised_sumpart, maxpart, NULL, NULL, remember_init, NULL, NULL, NULL, NULL};
    struct xap_error error;
    struct own_weight own = {.parameter = 0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_weight *weight;
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("run"), *scaled;
    struct xap_mset *mset;

    OK(xap_weight_new(&remembering, &own, everything, &weight, &error));
    OK(xap_query_new_scale_weight(0.25, query, &scaled, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_weighting_scheme(enquire, weight, &error));
    OK(xap_enquire_set_query(enquire, scaled, 7, &error));
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    assert_true(own.own.calls >= 1);
    assert_true(fabs(own.parameter - 0.25) < 1e-9);
    /* what was given as the query's length */
    assert_int_equal(own.seen.query_length, 7);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_query_free(scaled);
    xap_query_free(query);
    xap_weight_free(weight);
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
        TEST("schemes of the caller's weigh, and know what they asked for", own_schemes_weigh),
        TEST("schemes of the caller's are bytes too", own_schemes_are_bytes_too),
        TEST("a scheme that fails holds no database", a_scheme_that_fails_holds_no_database),
        TEST("Xapian's schemes are bytes too", xapians_schemes_are_bytes_too),
        TEST("a name is copied", a_name_is_copied),
        {"every parameter of a scheme counts", every_parameter_counts, shim_setup, shim_teardown,
         NULL},
        {"a scheme is initialised with what is asked", a_scheme_is_initialised_with_what_is_asked,
         shim_setup, shim_teardown, NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-weight", tests, NULL, NULL);
}
