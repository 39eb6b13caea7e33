/* shim-search.c - queries, weights, match sets, expand sets, counting values
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "shim-common.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The sample database, open. */
static struct xap_query *
combined(enum xap_query_op op, struct xap_query *first, struct xap_query *second,
         xap_termcount parameter)
{
    struct xap_error error;
    struct xap_query *parts[2] = {first, second}, *query;

    OK(xap_query_new_combine(op, parts, 2, parameter, &query, &error));
    xap_query_free(first);
    xap_query_free(second);
    return query;
}

static int
by_byte(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

/* What the query, which is freed, finds: the docids as digits, in order. */
static const char *
found(const struct xap_database *database, struct xap_query *query)
{
    static char text[64];
    struct xap_mset *mset = shim_search(database, query);

    memcpy(text, shim_digits(mset), sizeof text);
    qsort(text, strlen(text), 1, by_byte);
    xap_mset_free(mset);
    xap_query_free(query);
    return text;
}

static void
operators(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query;

    assert_string_equal(found(database, shim_term("odd")), "135");
    assert_string_equal(
        found(database, combined(XAP_QUERY_OP_AND, shim_term("odd"), shim_term("only3"), 0)), "3");
    assert_string_equal(
        found(database, combined(XAP_QUERY_OP_OR, shim_term("even"), shim_term("only3"), 0)),
        "234");
    assert_string_equal(
        found(database, combined(XAP_QUERY_OP_AND_NOT, shim_term("odd"), shim_term("only3"), 0)),
        "15");
    assert_string_equal(
        found(database, combined(XAP_QUERY_OP_XOR, shim_term("odd"), shim_term("only3"), 0)), "15");
    assert_string_equal(
        found(database, combined(XAP_QUERY_OP_AND_MAYBE, shim_term("even"), shim_term("only3"), 0)),
        "24");
    assert_string_equal(
        found(database, combined(XAP_QUERY_OP_FILTER, shim_term("all"), shim_term("XB4"), 0)), "4");
    assert_string_equal(
        found(database, combined(XAP_QUERY_OP_SYNONYM, shim_term("only1"), shim_term("only2"), 0)),
        "12");
    assert_string_equal(
        found(database, combined(XAP_QUERY_OP_MAX, shim_term("only1"), shim_term("only2"), 0)),
        "12");
    assert_string_equal(found(database, combined(XAP_QUERY_OP_ELITE_SET, shim_term("only1"),
                                                 shim_term("only2"), 1)),
                        "1");
    OK(xap_query_new_match_all(&query, &error));
    assert_string_equal(found(database, query), "12345");
    OK(xap_query_new_match_nothing(&query, &error));
    assert_string_equal(found(database, query), "");
    OK(xap_query_new_combine(XAP_QUERY_OP_OR, NULL, 0, 0, &query, &error));
    assert_true(xap_query_empty(query));
    assert_string_equal(found(database, query), "");
    xap_database_free(database);
}

static void
positional_operators(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    struct xap_document *document;
    const struct xap_database *view;

    OK(xap_writable_database_new_open(shim_path(state, "db"), XAP_DB_CREATE, 0, &writable, &error));
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_posting(document, S("a"), 1, 1, &error));
    OK(xap_document_add_posting(document, S("b"), 3, 1, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    xap_document_free(document);
    view = xap_writable_database_as_database(writable);
    assert_string_equal(
        found(view, combined(XAP_QUERY_OP_PHRASE, shim_term("a"), shim_term("b"), 0)), "");
    assert_string_equal(
        found(view, combined(XAP_QUERY_OP_PHRASE, shim_term("a"), shim_term("b"), 3)), "1");
    assert_string_equal(
        found(view, combined(XAP_QUERY_OP_PHRASE, shim_term("b"), shim_term("a"), 3)), "");
    assert_string_equal(found(view, combined(XAP_QUERY_OP_NEAR, shim_term("b"), shim_term("a"), 3)),
                        "1");
    xap_writable_database_free(writable);
}

static void
values_and_wildcards(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query;

    OK(xap_query_new_value_range(0, S("v2"), S("v4"), &query, &error));
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_OP_VALUE_RANGE);
    assert_string_equal(found(database, query), "234");
    OK(xap_query_new_value_ge(0, S("v4"), &query, &error));
    assert_string_equal(found(database, query), "45");
    OK(xap_query_new_value_le(0, S("v1\xff"), &query, &error));
    assert_string_equal(found(database, query), "1");
    OK(xap_query_new_value_range(0, S("v4"), S("v2"), &query, &error));
    assert_string_equal(found(database, query), "");
    OK(xap_query_new_wildcard(S("only"), 0, XAP_QUERY_WILDCARD_LIMIT_ERROR, XAP_QUERY_OP_SYNONYM,
                              &query, &error));
    assert_string_equal(found(database, query), "12345");
    OK(xap_query_new_wildcard(S("only"), 2, XAP_QUERY_WILDCARD_LIMIT_FIRST, XAP_QUERY_OP_OR, &query,
                              &error));
    assert_string_equal(found(database, query), "12");
    OK(xap_query_new_wildcard(S("only"), 1, XAP_QUERY_WILDCARD_LIMIT_FIRST, XAP_QUERY_OP_MAX,
                              &query, &error));
    assert_string_equal(found(database, query), "1");
    /* with OR or MAX Xapian 1.4.22 leaks here: xapian-c.h says so */
    OK(xap_query_new_wildcard(S("o"), 1, XAP_QUERY_WILDCARD_LIMIT_MOST_FREQUENT,
                              XAP_QUERY_OP_SYNONYM, &query, &error));
    assert_string_equal(found(database, query), "135");
    xap_database_free(database);
}

static void
queries_describe_themselves(void **state)
{
    struct xap_error error;
    struct xap_query *query, *part, *copy;
    struct xap_term_iterator *terms;
    const char *text;
    size_t length;

    (void)state;
    OK(xap_query_new_term(S("z\0z"), 3, 1, &part, &error));
    query = combined(XAP_QUERY_OP_OR, part, shim_term("b"), 0);
    query = combined(XAP_QUERY_OP_OR, query, shim_term("b"), 0);
    assert_false(xap_query_empty(query));
    assert_int_equal(xap_query_get_length(query), 5);
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_OP_OR);
    assert_int_equal(xap_query_get_num_subqueries(query), 2);
    OK(xap_query_get_subquery(query, 1, &part, &error));
    assert_int_equal(xap_query_get_type(part), XAP_QUERY_LEAF_TERM);
    OK(xap_query_get_description(part, &text, &length, &error));
    assert_bytes(text, length, "Query(b)");
    xap_query_free(part);
    OK(xap_query_get_terms_begin(query, &terms, &error));
    OK(xap_term_iterator_get(terms, &text, &length, &error));
    assert_bytes(text, length, "b");
    /* a query's terms have no statistics */
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_term_iterator_get_termfreq(terms, NULL, &error));
    OK(xap_term_iterator_next(terms, &error));
    OK(xap_term_iterator_get(terms, &text, &length, &error));
    assert_bytes(text, length, "z\0z");
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_term_iterator_skip_to(terms, S("z"), &error));
    assert_true(xap_term_iterator_at_end(terms));
    xap_term_iterator_free(terms);
    OK(xap_query_get_unique_terms_begin(query, &terms, &error));
    OK(xap_term_iterator_next(terms, &error));
    OK(xap_term_iterator_get(terms, &text, &length, &error));
    assert_bytes(text, length, "z\0z");
    xap_term_iterator_free(terms);

    OK(xap_query_new_scale_weight(2.5, query, &part, &error));
    assert_int_equal(xap_query_get_type(part), XAP_QUERY_OP_SCALE_WEIGHT);
    OK(xap_query_serialise(part, &text, &length, &error));
    OK(xap_query_new_unserialise(text, length, &copy, &error));
    OK(xap_query_get_description(copy, &text, &length, &error));
    assert_non_null(strstr(text, "2.5 *"));
    xap_query_free(copy);
    xap_query_free(part);
    xap_query_free(query);
    OK(xap_query_new_match_all(&query, &error));
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_LEAF_MATCH_ALL);
    xap_query_free(query);
    OK(xap_query_new_match_nothing(&query, &error));
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_LEAF_MATCH_NOTHING);
    xap_query_free(query);
}

static void
match_sets(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("run");
    struct xap_mset *mset;
    struct xap_document *document;
    xap_doccount number;
    double weight, before;
    int percent;
    const char *text;
    size_t length;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_enquire_get_mset(enquire, 1, 3, 100, NULL, &mset, &error));
    assert_int_equal(xap_mset_size(mset), 3);
    assert_false(xap_mset_empty(mset));
    assert_int_equal(xap_mset_get_firstitem(mset), 1);
    assert_int_equal(xap_mset_get_matches_lower_bound(mset), 5);
    assert_int_equal(xap_mset_get_matches_estimated(mset), 5);
    assert_int_equal(xap_mset_get_matches_upper_bound(mset), 5);
    assert_int_equal(xap_mset_get_uncollapsed_matches_lower_bound(mset), 5);
    assert_int_equal(xap_mset_get_uncollapsed_matches_estimated(mset), 5);
    assert_int_equal(xap_mset_get_uncollapsed_matches_upper_bound(mset), 5);
    assert_string_equal(shim_digits(mset), "432");
    OK(xap_mset_get_rank(mset, 2, &number, &error));
    assert_int_equal(number, 3);
    OK(xap_mset_get_weight(mset, 0, &before, &error));
    OK(xap_mset_get_weight(mset, 1, &weight, &error));
    assert_true(0 < weight && weight < before);
    assert_true(before < xap_mset_get_max_attained(mset));
    assert_true(xap_mset_get_max_attained(mset) <= xap_mset_get_max_possible(mset));
    OK(xap_mset_get_percent(mset, 0, &percent, &error));
    assert_in_range(percent, 1, 99);
    OK(xap_mset_convert_to_percent(mset, xap_mset_get_max_attained(mset), &percent, &error));
    assert_int_equal(percent, 100);
    OK(xap_mset_get_termfreq(mset, S("run"), &number, &error));
    assert_int_equal(number, 5);
    OK(xap_mset_get_termweight(mset, S("run"), &weight, &error));
    assert_true(weight > 0);
    OK(xap_mset_fetch(mset, &error));
    OK(xap_mset_get_document(mset, 0, &document, &error));
    OK(xap_document_get_data(document, &text, &length, &error));
    assert_bytes(text, length, "data 4");
    xap_document_free(document);
    OK(xap_mset_get_collapse_count(mset, 0, &number, &error));
    assert_int_equal(number, 0);
    OK(xap_mset_get_collapse_key(mset, 0, &text, &length, &error));
    assert_bytes(text, length, "");
    OK(xap_mset_get_sort_key(mset, 0, &text, &length, &error));
    assert_bytes(text, length, "");
    OK(xap_mset_get_description(mset, &text, &length, &error));
    assert_int_equal(length, strlen(text));
    xap_mset_free(mset);
    OK(xap_enquire_get_mset(enquire, 0, 3, 0, NULL, &mset, &error));
    OK(xap_mset_fetch(mset, &error));
    OK(xap_mset_get_document(mset, 2, &document, &error));
    OK(xap_document_get_data(document, &text, &length, &error));
    assert_bytes(text, length, "data 3");
    xap_document_free(document);
    xap_mset_free(mset);
    OK(xap_enquire_get_mset(enquire, 50, 3, 0, NULL, &mset, &error));
    OK(xap_mset_fetch(mset, &error));
    assert_true(xap_mset_empty(mset));
    assert_true(xap_mset_get_matches_upper_bound(mset) >= 5);
    xap_mset_free(mset);
    OK(xap_enquire_get_description(enquire, &text, &length, &error));
    assert_int_equal(length, strlen(text));
    xap_enquire_free(enquire);
    xap_database_free(database);
}

/* What enquire finds now, in its order. */
static const char *
order(const struct xap_enquire *enquire)
{
    struct xap_error error;
    struct xap_mset *mset;
    const char *text;

    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    text = shim_digits(mset);
    xap_mset_free(mset);
    return text;
}

static void
orders(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("run"), *back;
    struct xap_weight *weight;
    struct xap_mset *mset;
    const char *key;
    size_t length;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_get_query(enquire, &back, &error));
    assert_true(xap_query_empty(back));
    xap_query_free(back);
    OK(xap_enquire_set_query(enquire, query, 7, &error));
    xap_query_free(query);
    OK(xap_enquire_get_query(enquire, &back, &error));
    assert_false(xap_query_empty(back));
    xap_query_free(back);
    assert_string_equal(order(enquire), "54321");
    OK(xap_enquire_set_sort_by_value(enquire, 0, false, &error));
    assert_string_equal(order(enquire), "12345");
    OK(xap_enquire_set_sort_by_value(enquire, 0, true, &error));
    assert_string_equal(order(enquire), "54321");
    OK(xap_enquire_set_sort_by_value_then_relevance(enquire, 1, false, &error));
    assert_string_equal(order(enquire), "42531");
    OK(xap_enquire_get_mset(enquire, 0, 1, 0, NULL, &mset, &error));
    OK(xap_mset_get_sort_key(mset, 0, &key, &length, &error));
    assert_bytes(key, length, "even");
    xap_mset_free(mset);
    OK(xap_weight_new_bool(&weight, &error));
    OK(xap_enquire_set_weighting_scheme(enquire, weight, &error));
    xap_weight_free(weight);
    OK(xap_enquire_set_sort_by_relevance_then_value(enquire, 0, true, &error));
    assert_string_equal(order(enquire), "54321");
    OK(xap_enquire_set_sort_by_relevance(enquire, &error));
    OK(xap_enquire_set_docid_order(enquire, XAP_ENQUIRE_DESCENDING, &error));
    assert_string_equal(order(enquire), "54321");
    OK(xap_enquire_set_docid_order(enquire, XAP_ENQUIRE_ASCENDING, &error));
    assert_string_equal(order(enquire), "12345");
    OK(xap_enquire_set_docid_order(enquire, XAP_ENQUIRE_DONT_CARE, &error));
    assert_int_equal(strlen(order(enquire)), 5);
    OK(xap_enquire_set_time_limit(enquire, 10.0, &error));
    assert_int_equal(strlen(order(enquire)), 5);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
cutting_off_and_collapsing(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("run");
    struct xap_mset *mset;
    xap_doccount count;
    const char *key;
    size_t length;
    double weight;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    OK(xap_mset_get_weight(mset, 2, &weight, &error));
    xap_mset_free(mset);
    OK(xap_enquire_set_cutoff(enquire, 0, weight, &error));
    assert_string_equal(order(enquire), "543");
    OK(xap_enquire_set_cutoff(enquire, 100, 0, &error));
    assert_string_equal(order(enquire), "5");
    OK(xap_enquire_set_cutoff(enquire, 0, 0, &error));

    OK(xap_enquire_set_collapse_key(enquire, 1, 1, &error));
    OK(xap_enquire_get_mset(enquire, 0, 10, 10, NULL, &mset, &error));
    assert_string_equal(shim_digits(mset), "54");
    OK(xap_mset_get_collapse_count(mset, 0, &count, &error));
    assert_int_equal(count, 2);
    OK(xap_mset_get_collapse_key(mset, 0, &key, &length, &error));
    assert_bytes(key, length, "odd");
    assert_int_equal(xap_mset_get_uncollapsed_matches_estimated(mset), 5);
    xap_mset_free(mset);
    OK(xap_enquire_set_collapse_key(enquire, XAP_BAD_VALUENO, 1, &error));
    assert_string_equal(order(enquire), "54321");
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
every_weight(void **state)
{
    enum { WEIGHTS = 14 };
    static const char *const names[WEIGHTS] = {"Bool",  "Coord", "BM25", "BM25Plus", "Trad",
                                               "TfIdf", "InL2",  "IfB2", "IneB2",    "BB2",
                                               "DLH",   "DPH",   "PL2",  "PL2Plus"};
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("only3");
    struct xap_weight *weights[WEIGHTS];

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_weight_new_bool(&weights[0], &error));
    OK(xap_weight_new_coord(&weights[1], &error));
    OK(xap_weight_new_bm25(1.6, 0, 8, 0.6, 0, &weights[2], &error));
    OK(xap_weight_new_bm25_plus(1, 0, 1, 0.5, 0.5, 1, &weights[3], &error));
    OK(xap_weight_new_trad(1, &weights[4], &error));
    OK(xap_weight_new_tf_idf("ntn", &weights[5], &error));
    OK(xap_weight_new_in_l2(1, &weights[6], &error));
    OK(xap_weight_new_if_b2(1, &weights[7], &error));
    OK(xap_weight_new_ine_b2(1, &weights[8], &error));
    OK(xap_weight_new_bb2(1, &weights[9], &error));
    OK(xap_weight_new_dlh(&weights[10], &error));
    OK(xap_weight_new_dph(&weights[11], &error));
    OK(xap_weight_new_pl2(1, &weights[12], &error));
    OK(xap_weight_new_pl2_plus(1, 0.8, &weights[13], &error));
    for (int i = 0; i < WEIGHTS; i++) {
        char expected[40];
        const char *name;
        size_t length;

        snprintf(expected, sizeof expected, "Xapian::%sWeight", names[i]);
        OK(xap_weight_name(weights[i], &name, &length, &error));
        assert_string_equal(name, expected);
        assert_int_equal(length, strlen(expected));
        OK(xap_enquire_set_weighting_scheme(enquire, weights[i], &error));
        xap_weight_free(weights[i]);
        assert_string_equal(order(enquire), "3");
    }
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
bm25_has_the_parameters_given(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("odd");
    struct xap_weight *weight;
    struct xap_mset *mset;
    double first, last;

    /* with k1 = 0 neither wdf nor length counts */
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_weight_new_bm25(0, 0, 1, 0.5, 0.5, &weight, &error));
    OK(xap_enquire_set_weighting_scheme(enquire, weight, &error));
    xap_weight_free(weight);
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    OK(xap_mset_get_weight(mset, 0, &first, &error));
    OK(xap_mset_get_weight(mset, 2, &last, &error));
    assert_true(first == last);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
relevance_and_expansion(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("run");
    struct xap_rset *rset;
    struct xap_eset *eset;
    struct xap_mset *mset;
    const char *term;
    size_t length;
    double first, second;
    bool seen = false;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_rset_new(&rset, &error));
    assert_true(xap_rset_empty(rset));
    OK(xap_rset_add_document(rset, 2, &error));
    OK(xap_rset_add_document(rset, 4, &error));
    OK(xap_rset_add_document(rset, 5, &error));
    OK(xap_rset_remove_document(rset, 5, &error));
    assert_int_equal(xap_rset_size(rset), 2);
    assert_true(xap_rset_contains(rset, 4));
    assert_false(xap_rset_contains(rset, 5));
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, rset, &mset, &error));
    assert_int_equal(xap_mset_size(mset), 5);
    xap_mset_free(mset);

    OK(xap_enquire_set_expansion_scheme(enquire, "bo1", 1, &error));
    OK(xap_enquire_set_expansion_scheme(enquire, "trad", 1, &error));
    OK(xap_enquire_get_eset(enquire, 2, rset, 0, 0, &eset, &error));
    assert_int_equal(xap_eset_size(eset), 2);
    assert_false(xap_eset_empty(eset));
    assert_true(xap_eset_get_ebound(eset) >= 2);
    OK(xap_eset_get_term(eset, 0, &term, &length, &error));
    assert_bytes(term, length, "even");
    OK(xap_eset_get_weight(eset, 0, &first, &error));
    OK(xap_eset_get_weight(eset, 1, &second, &error));
    assert_true(first >= second);
    FAILS(XAP_RANGE_ERROR, xap_eset_get_term(eset, 2, &term, &length, &error));
    FAILS(XAP_RANGE_ERROR, xap_eset_get_weight(eset, 2, &first, &error));
    xap_eset_free(eset);
    OK(xap_enquire_get_eset(enquire, 100, rset,
                            XAP_ENQUIRE_INCLUDE_QUERY_TERMS | XAP_ENQUIRE_USE_EXACT_TERMFREQ, -100,
                            &eset, &error));
    for (xap_termcount i = 0; i < xap_eset_size(eset); i++) {
        OK(xap_eset_get_term(eset, i, &term, &length, &error));
        seen = seen || strcmp(term, "run") == 0;
    }
    assert_true(seen);
    xap_eset_free(eset);
    xap_rset_free(rset);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
matching_terms(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query;
    struct xap_mset *mset;
    struct xap_term_iterator *terms;
    const char *term;
    size_t length;

    query = combined(XAP_QUERY_OP_OR, shim_term("even"), shim_term("only3"), 0);
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_enquire_get_matching_terms_begin(enquire, 3, &terms, &error));
    OK(xap_term_iterator_get(terms, &term, &length, &error));
    assert_bytes(term, length, "only3");
    OK(xap_term_iterator_next(terms, &error));
    assert_true(xap_term_iterator_at_end(terms));
    xap_term_iterator_free(terms);
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    OK(xap_enquire_get_matching_terms_begin_item(enquire, mset, 0, &terms, &error));
    OK(xap_term_iterator_get(terms, &term, &length, &error));
    assert_bytes(term, length, "only3");
    xap_term_iterator_free(terms);
    FAILS(XAP_RANGE_ERROR,
          xap_enquire_get_matching_terms_begin_item(enquire, mset, 3, &terms, &error));
    assert_null(terms);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
counting_values(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("all");
    struct xap_match_spy *spy;
    struct xap_term_iterator *values;
    struct xap_mset *mset;
    const char *value;
    size_t length;
    xap_doccount count;

    OK(xap_value_count_match_spy_new(1, &spy, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_add_matchspy(enquire, spy, &error));
    OK(xap_enquire_get_mset(enquire, 0, 1, 100, NULL, &mset, &error));
    xap_mset_free(mset);
    assert_int_equal(xap_value_count_match_spy_get_total(spy), 5);
    OK(xap_value_count_match_spy_values_begin(spy, &values, &error));
    OK(xap_term_iterator_get(values, &value, &length, &error));
    assert_bytes(value, length, "even");
    OK(xap_term_iterator_get_termfreq(values, &count, &error));
    assert_int_equal(count, 2);
    xap_term_iterator_free(values);
    OK(xap_value_count_match_spy_top_values_begin(spy, 1, &values, &error));
    OK(xap_term_iterator_get(values, &value, &length, &error));
    assert_bytes(value, length, "odd");
    OK(xap_term_iterator_get_termfreq(values, &count, &error));
    assert_int_equal(count, 3);
    OK(xap_term_iterator_next(values, &error));
    assert_true(xap_term_iterator_at_end(values));
    xap_term_iterator_free(values);

    OK(xap_enquire_clear_matchspies(enquire, &error));
    OK(xap_enquire_get_mset(enquire, 0, 1, 100, NULL, &mset, &error));
    xap_mset_free(mset);
    assert_int_equal(xap_value_count_match_spy_get_total(spy), 5);
    /* the spy may go first: enquire keeps what it uses */
    OK(xap_enquire_add_matchspy(enquire, spy, &error));
    xap_match_spy_free(spy);
    OK(xap_enquire_get_mset(enquire, 0, 1, 100, NULL, &mset, &error));
    xap_enquire_free(enquire);
    xap_mset_free(mset);
    xap_query_free(query);
    xap_database_free(database);
}

static void
lengths_are_believed(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query;
    struct xap_stem *stem;
    struct xap_mset *mset;
    const char *snippet;
    size_t length, longer;

    OK(xap_query_new_value_le(0, "v3x", 2, &query, &error));
    assert_string_equal(found(database, query), "123");
    OK(xap_query_new_value_le(0, "v3", 1, &query, &error));
    assert_string_equal(found(database, query), "");
    OK(xap_query_new_value_ge(0, "v3x", 2, &query, &error));
    assert_string_equal(found(database, query), "345");
    OK(xap_query_new_value_range(0, "v2x", 2, "v43", 2, &query, &error));
    assert_string_equal(found(database, query), "234");
    OK(xap_query_new_term("odds", 3, 1, 0, &query, &error));
    assert_string_equal(found(database, query), "135");

    /* a passage is as long as asked, of the text as far as it goes, and stemmed as asked */
    OK(xap_query_new_term(S("Zrun"), 1, 0, &query, &error));
    mset = shim_search(database, query);
    xap_query_free(query);
    OK(xap_stem_new("en", &stem, &error));
    OK(xap_mset_snippet(mset, S("the running of many things that were not meant to run"), 20, NULL,
                        0, NULL, NULL, NULL, &snippet, &length, &error));
    assert_null(strstr(snippet, "<b>running"));
    OK(xap_mset_snippet(mset, S("the running of many things that were not meant to run"), 20, stem,
                        0, NULL, NULL, NULL, &snippet, &length, &error));
    assert_non_null(strstr(snippet, "<b>running</b>"));
    OK(xap_mset_snippet(mset, S("the running of many things that were not meant to run"), 45, stem,
                        0, NULL, NULL, NULL, &snippet, &longer, &error));
    assert_true(longer > length + 10);
    OK(xap_mset_snippet(mset, "the running of", 11, 45, stem, 0, NULL, NULL, NULL, &snippet,
                        &length, &error));
    assert_bytes(snippet, length, "the <b>running</b>");
    xap_stem_free(stem);
    xap_mset_free(mset);
    xap_database_free(database);
}

static void
expansion_has_the_parameters_given(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("run");
    struct xap_rset *rset;
    struct xap_eset *eset;
    double weights[3] = {0, 0, 0};

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_rset_new(&rset, &error));
    OK(xap_rset_add_document(rset, 2, &error));
    for (int i = 0; i < 3; i++) {
        OK(xap_enquire_set_expansion_scheme(enquire, i == 2 ? "bo1" : "trad", i == 1 ? 50 : 1,
                                            &error));
        OK(xap_enquire_get_eset(enquire, 1, rset, 0, 0, &eset, &error));
        assert_int_equal(xap_eset_size(eset), 1);
        OK(xap_eset_get_weight(eset, 0, &weights[i], &error));
        xap_eset_free(eset);
    }
    assert_true(weights[1] < weights[0] || weights[1] > weights[0]);
    assert_true(weights[2] < weights[0] || weights[2] > weights[0]);
    /* no term weighs so much */
    OK(xap_enquire_set_expansion_scheme(enquire, "trad", 1, &error));
    OK(xap_enquire_get_eset(enquire, 10, rset, 0, 1e6, &eset, &error));
    assert_true(xap_eset_empty(eset));
    xap_eset_free(eset);
    xap_rset_free(rset);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

/* A document takes some milliseconds. */
static enum xap_code
slowly(void *data, const struct xap_document *document, bool *wanted, struct xap_error *error)
{
    const struct timespec a_while = {0, 20000000};

    (void)document;
    *wanted = true;
    nanosleep(&a_while, NULL);
    return shim_own_called(data, error);
}

static void
time_limits_and_bounds(void **state)
{
    static const struct xap_match_decider_functions slow = {slowly, NULL};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("all");
    struct xap_weight *weight;
    struct xap_match_decider *decider;
    struct xap_mset *mset;

    OK(xap_match_decider_new(&slow, &own, &decider, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_weight_new_bool(&weight, &error));
    OK(xap_enquire_set_weighting_scheme(enquire, weight, &error));
    xap_weight_free(weight);
    OK(xap_enquire_get_mset_decider(enquire, 0, 1, 5, NULL, decider, &mset, &error));
    xap_mset_free(mset);
    assert_int_equal(own.calls, 5);
    own.calls = 0;
    OK(xap_enquire_get_mset_decider(enquire, 0, 1, 0, NULL, decider, &mset, &error));
    xap_mset_free(mset);
    assert_in_range(own.calls, 1, 2);
    /*
     * after a hundredth of a second check_at_least counts no more; a timer may be late on a machine
     * that is busy, but not always
     */
    OK(xap_enquire_set_time_limit(enquire, 0.01, &error));
    own.calls = 5;
    for (int i = 0; i < 20 && own.calls == 5; i++) {
        own.calls = 0;
        OK(xap_enquire_get_mset_decider(enquire, 0, 1, 5, NULL, decider, &mset, &error));
        xap_mset_free(mset);
    }
    assert_in_range(own.calls, 1, 4);
    xap_match_decider_free(decider);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
slots_directions_and_parts_count(void **state)
{
    struct xap_error error;
    const char *const words[2] = {"a", "bc"};
    const size_t lengths[2] = {1, 1};
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("run");
    struct xap_weight *weight;
    struct xap_rset *rset;
    struct xap_mset *mset;
    struct xap_term_iterator *terms;
    const char *text;
    size_t length;
    double with, without;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_get_matching_terms_begin(enquire, 2, &terms, &error));
    assert_false(xap_term_iterator_at_end(terms));
    xap_term_iterator_free(terms);
    xap_query_free(query);
    OK(xap_rset_new(&rset, &error));
    OK(xap_rset_add_document(rset, 2, &error));
    OK(xap_enquire_get_mset(enquire, 0, 1, 0, NULL, &mset, &error));
    OK(xap_mset_get_weight(mset, 0, &without, &error));
    xap_mset_free(mset);
    OK(xap_enquire_get_mset(enquire, 0, 1, 0, rset, &mset, &error));
    OK(xap_mset_get_weight(mset, 0, &with, &error));
    xap_mset_free(mset);
    xap_rset_free(rset);
    assert_true(with > without || with < without);
    OK(xap_enquire_set_collapse_key(enquire, 1, 2, &error));
    assert_string_equal(order(enquire), "5432");
    OK(xap_enquire_set_collapse_key(enquire, XAP_BAD_VALUENO, 0, &error));
    OK(xap_enquire_set_sort_by_value(enquire, 1, true, &error));
    assert_string_equal(order(enquire), "13524");
    OK(xap_enquire_set_sort_by_value_then_relevance(enquire, 1, true, &error));
    assert_string_equal(order(enquire), "53142");
    OK(xap_weight_new_bool(&weight, &error));
    OK(xap_enquire_set_weighting_scheme(enquire, weight, &error));
    xap_weight_free(weight);
    OK(xap_enquire_set_sort_by_relevance_then_value(enquire, 0, false, &error));
    assert_string_equal(order(enquire), "12345");
    OK(xap_enquire_set_sort_by_relevance_then_value(enquire, 1, true, &error));
    assert_string_equal(order(enquire), "13524");
    /* of a document the terms that are in it */
    query = combined(XAP_QUERY_OP_OR, shim_term("only1"), shim_term("only2"), 0);
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_enquire_get_matching_terms_begin(enquire, 2, &terms, &error));
    OK(xap_term_iterator_get(terms, &text, &length, &error));
    assert_bytes(text, length, "only2");
    xap_term_iterator_free(terms);
    xap_enquire_free(enquire);

    OK(xap_query_new_term("xyz", 1, 3, 7, &query, &error));
    OK(xap_query_get_description(query, &text, &length, &error));
    assert_bytes(text, length, "Query(x#3@7)");
    xap_query_free(query);
    OK(xap_query_new_combine_terms(XAP_QUERY_OP_NEAR, words, lengths, 2, 9, &query, &error));
    OK(xap_query_get_description(query, &text, &length, &error));
    assert_bytes(text, length, "Query((a NEAR 9 b))");
    xap_query_free(query);
    OK(xap_query_new_wildcard("words", 3, 0, XAP_QUERY_WILDCARD_LIMIT_ERROR, XAP_QUERY_OP_OR,
                              &query, &error));
    OK(xap_query_get_description(query, &text, &length, &error));
    assert_bytes(text, length, "Query(WILDCARD OR wor)");
    xap_query_free(query);
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
        TEST("operators combine queries", operators),
        TEST("phrases have an order, and a window", positional_operators),
        TEST("ranges of values, and wildcards", values_and_wildcards),
        TEST("a query tells its type, parts, terms and bytes", queries_describe_themselves),
        TEST("a match set tells its bounds and items", match_sets),
        TEST("matches are sorted by relevance, value or docid", orders),
        TEST("cut-offs, and collapsing by value", cutting_off_and_collapsing),
        TEST("every weighting scheme runs under its name", every_weight),
        TEST("BM25 uses the parameters given", bm25_has_the_parameters_given),
        TEST("relevant documents weigh, and expand a query", relevance_and_expansion),
        TEST("the terms that matched are told", matching_terms),
        TEST("values are counted during a match", counting_values),
        {"lengths are believed", lengths_are_believed, shim_setup, shim_teardown, NULL},
        {"expansion has the parameters given", expansion_has_the_parameters_given, shim_setup,
         shim_teardown, NULL},
        {"time limits and bounds count", time_limits_and_bounds, shim_setup, shim_teardown, NULL},
        {"slots, directions and parts count", slots_directions_and_parts_count, shim_setup,
         shim_teardown, NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-search", tests, NULL, NULL);
}
