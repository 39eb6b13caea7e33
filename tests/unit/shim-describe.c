/* shim-describe.c - iterators, sets and errors tell what they are; passages; queries of terms
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

#define CONTAINS(call, part)                                 \
    do {                                                     \
        OK(call);                                            \
        assert_int_equal(strlen(text), length);              \
        if (strstr(text, part) == NULL)                      \
            fail_msg("%s: \"%s\" is not there", text, part); \
    } while (0)

static void
iterators(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_term_iterator *terms, *no_terms;
    struct xap_posting_iterator *postings, *no_postings;
    struct xap_position_iterator *positions, *no_positions;
    struct xap_value_iterator *values, *no_values;
    const char *text;
    size_t length;

    OK(xap_database_allterms_begin(database, S("only"), &terms, &error));
    OK(xap_database_allterms_begin(database, S("zzz"), &no_terms, &error));
    OK(xap_database_postlist_begin(database, S("odd"), &postings, &error));
    OK(xap_database_postlist_begin(database, S("zzz"), &no_postings, &error));
    OK(xap_database_positionlist_begin(database, 3, S("odd"), &positions, &error));
    OK(xap_database_positionlist_begin(database, 3, S("all"), &no_positions, &error));
    OK(xap_database_valuestream_begin(database, 0, &values, &error));
    OK(xap_database_valuestream_begin(database, 7, &no_values, &error));
    xap_database_free(database);
    CONTAINS(xap_term_iterator_get_description(terms, &text, &length, &error), "TermIterator");
    CONTAINS(xap_posting_iterator_get_description(postings, &text, &length, &error),
             "PostingIterator");
    CONTAINS(xap_position_iterator_get_description(positions, &text, &length, &error),
             "PositionIterator");
    CONTAINS(xap_value_iterator_get_description(values, &text, &length, &error), "ValueIterator");
    assert_true(xap_term_iterator_equal(terms, terms));
    assert_false(xap_term_iterator_equal(terms, no_terms));
    assert_true(xap_posting_iterator_equal(postings, postings));
    assert_false(xap_posting_iterator_equal(postings, no_postings));
    assert_true(xap_position_iterator_equal(positions, positions));
    assert_false(xap_position_iterator_equal(positions, no_positions));
    assert_true(xap_value_iterator_equal(values, values));
    assert_false(xap_value_iterator_equal(values, no_values));
    /* all ends are the same */
    while (!xap_term_iterator_at_end(terms))
        OK(xap_term_iterator_next(terms, &error));
    assert_true(xap_term_iterator_equal(terms, no_terms));
    while (!xap_posting_iterator_at_end(postings))
        OK(xap_posting_iterator_next(postings, &error));
    assert_true(xap_posting_iterator_equal(postings, no_postings));
    while (!xap_position_iterator_at_end(positions))
        OK(xap_position_iterator_next(positions, &error));
    assert_true(xap_position_iterator_equal(positions, no_positions));
    while (!xap_value_iterator_at_end(values))
        OK(xap_value_iterator_next(values, &error));
    assert_true(xap_value_iterator_equal(values, no_values));
    CONTAINS(xap_value_iterator_get_description(values, &text, &length, &error), "ValueIterator");
    xap_term_iterator_free(no_terms);
    xap_term_iterator_free(terms);
    xap_posting_iterator_free(no_postings);
    xap_posting_iterator_free(postings);
    xap_position_iterator_free(no_positions);
    xap_position_iterator_free(positions);
    xap_value_iterator_free(no_values);
    xap_value_iterator_free(values);
}

static void
sets(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query = shim_term("odd");
    struct xap_enquire *enquire;
    struct xap_mset *mset, *empty;
    struct xap_rset *rset;
    struct xap_eset *eset, *no_eset;
    const char *text;
    size_t length;
    int percent, same;

    mset = shim_search(database, query);
    OK(xap_mset_new(&empty, &error));
    assert_true(xap_mset_empty(empty));
    assert_int_equal(xap_mset_get_matches_estimated(empty), 0);
    CONTAINS(xap_mset_item_get_description(mset, 0, &text, &length, &error), "MSetIterator");
    FAILS(XAP_RANGE_ERROR, xap_mset_item_get_description(mset, 3, &text, &length, &error));
    FAILS(XAP_RANGE_ERROR, xap_mset_item_get_description(empty, 0, &text, &length, &error));
    assert_null(text);
    OK(xap_mset_convert_to_percent_item(mset, 2, &percent, &error));
    OK(xap_mset_get_percent(mset, 2, &same, &error));
    assert_int_equal(percent, same);
    assert_in_range(percent, 1, 100);
    FAILS(XAP_RANGE_ERROR, xap_mset_convert_to_percent_item(mset, 3, &percent, &error));
    assert_int_equal(percent, 0);

    OK(xap_rset_new(&rset, &error));
    OK(xap_rset_add_document_item(rset, mset, 0, &error));
    OK(xap_rset_add_document_item(rset, mset, 1, &error));
    assert_int_equal(xap_rset_size(rset), 2);
    assert_true(xap_rset_contains_item(rset, mset, 1));
    OK(xap_rset_remove_document_item(rset, mset, 1, &error));
    assert_false(xap_rset_contains_item(rset, mset, 1));
    assert_true(xap_rset_contains_item(rset, mset, 0));
    assert_false(xap_rset_contains_item(rset, mset, 9));
    FAILS(XAP_RANGE_ERROR, xap_rset_add_document_item(rset, mset, 9, &error));
    FAILS(XAP_RANGE_ERROR, xap_rset_remove_document_item(rset, mset, 9, &error));
    CONTAINS(xap_rset_get_description(rset, &text, &length, &error), "RSet");

    OK(xap_eset_new(&no_eset, &error));
    assert_true(xap_eset_empty(no_eset));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_get_eset(enquire, 9, rset, 0, 0, &eset, &error));
    assert_false(xap_eset_empty(eset));
    CONTAINS(xap_eset_get_description(eset, &text, &length, &error), "ESet");
    CONTAINS(xap_eset_item_get_description(eset, 0, &text, &length, &error), "ESetIterator");
    FAILS(XAP_RANGE_ERROR, xap_eset_item_get_description(no_eset, 0, &text, &length, &error));
    xap_eset_free(no_eset);
    xap_eset_free(eset);
    xap_enquire_free(enquire);
    xap_rset_free(rset);
    xap_mset_free(empty);
    xap_mset_free(mset);
    xap_query_free(query);
    xap_database_free(database);
}

static void
passages(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query = shim_term("odd");
    struct xap_mset *mset = shim_search(database, query), *empty;
    struct xap_stem *stem;
    const unsigned usual = XAP_MSET_SNIPPET_BACKGROUND_MODEL | XAP_MSET_SNIPPET_EXHAUSTIVE;
    const char *text;
    size_t length;

    OK(xap_mset_snippet(mset, S("how odd & even"), 100, NULL, usual, NULL, NULL, NULL, &text,
                        &length, &error));
    assert_bytes(text, length, "how <b>odd</b> &amp; even");
    OK(xap_stem_new("en", &stem, &error));
    OK(xap_mset_snippet(mset, S("an odd thing that is far too long to be shown in whole"), 12, stem,
                        usual, "[", "]", "~", &text, &length, &error));
    assert_non_null(strstr(text, "[odd]"));
    assert_non_null(strstr(text, "~"));
    assert_true(length < 24);
    xap_stem_free(stem);
    OK(xap_mset_snippet(mset, S("nothing here"), 100, NULL, XAP_MSET_SNIPPET_EMPTY_WITHOUT_MATCH,
                        NULL, NULL, NULL, &text, &length, &error));
    assert_bytes(text, length, "");
    OK(xap_mset_new(&empty, &error));
    OK(xap_mset_snippet(empty, S("nothing was asked"), 100, NULL, 0, NULL, NULL, NULL, &text,
                        &length, &error));
    assert_bytes(text, length, "nothing was asked");
    xap_mset_free(empty);
    xap_database_free(database);
    xap_query_free(query);
    OK(xap_mset_snippet(mset, S("still odd"), 100, NULL, usual, "*", "*", "", &text, &length,
                        &error));
    assert_bytes(text, length, "still *odd*");
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_mset_snippet(mset, NULL, 4, 100, NULL, 0, NULL, NULL, NULL, &text, &length, &error));
    assert_null(text);
    xap_mset_free(mset);
}

static void
queries_of_terms(void **state)
{
    static const char *const terms[] = {"odd", "only3"};
    static const size_t lengths[] = {3, 4};
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query, *parts[1];
    struct xap_enquire *enquire;
    struct xap_mset *mset;
    const char *text;
    size_t length;

    OK(xap_query_new_combine_terms(XAP_QUERY_OP_AND, terms, NULL, 2, 0, &query, &error));
    CONTAINS(xap_query_get_description(query, &text, &length, &error), "(odd AND only3)");
    xap_query_free(query);
    OK(xap_query_new_combine_terms(XAP_QUERY_OP_OR, terms, lengths, 2, 0, &query, &error));
    CONTAINS(xap_query_get_description(query, &text, &length, &error), "(odd OR only)");
    xap_query_free(query);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_combine_terms(XAP_QUERY_OP_OR, NULL, NULL, 2, 0, &query, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_combine_terms((enum xap_query_op)50, terms, NULL, 2, 0, &query, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_combine_terms(XAP_QUERY_OP_INVALID, terms, NULL, 2, 0, &query, &error));
    assert_null(query);

    OK(xap_query_new_invalid(&query, &error));
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_OP_INVALID);
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    assert_null(mset);
    parts[0] = query;
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_combine(XAP_QUERY_OP_SCALE_WEIGHT, parts, 1, 0, &query, &error));
    xap_query_free(parts[0]);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
errors(void **state)
{
    static const struct xap_error full = {XAP_DATABASE_ERROR, 28,           "DatabaseError",
                                          "writing",          "some place", "No space left"};
    static const struct xap_error plain = {XAP_RANGE_ERROR, 0, "RangeError", "too far", "", ""};
    char text[128];

    (void)state;
    assert_int_equal(xap_error_get_description(&full, text, sizeof text), 60);
    assert_string_equal(text, "DatabaseError: writing (context: some place) (No space left)");
    assert_int_equal(xap_error_get_description(&plain, text, sizeof text), 19);
    assert_string_equal(text, "RangeError: too far");
    assert_int_equal(xap_error_get_description(&plain, text, 6), 19);
    assert_string_equal(text, "Range");
    assert_int_equal(xap_error_get_description(&plain, NULL, 0), 19);
    assert_int_equal(xap_error_get_description(NULL, text, sizeof text), 0);
    assert_string_equal(text, "");
    assert_int_equal(xap_error_get_description(NULL, NULL, 0), 0);
}

static void
an_empty_writable_database(void **state)
{
    struct xap_error error;
    struct xap_writable_database *all, *one;
    struct xap_document *document;
    xap_docid docid;
    xap_doccount count;

    OK(xap_writable_database_new(&all, &error));
    OK(xap_document_new(&document, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_writable_database_add_document(all, document, &docid, &error));
    assert_int_equal(docid, 0);
    for (int i = 0; i < 2; i++) {
        OK(xap_writable_database_new_open(shim_path(state, i == 0 ? "a" : "b"),
                                          XAP_DB_CREATE | XAP_DB_NO_SYNC, 0, &one, &error));
        OK(xap_writable_database_add_database(all, one, &error));
        xap_writable_database_free(one);
    }
    for (xap_docid i = 1; i <= 3; i++) {
        OK(xap_writable_database_add_document(all, document, &docid, &error));
        assert_int_equal(docid, i);
    }
    OK(xap_database_get_doccount(xap_writable_database_as_database(all), &count, &error));
    assert_int_equal(count, 3);
    xap_document_free(document);
    xap_writable_database_free(all);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("iterators tell what they are, and when they are the same", iterators),
        TEST("sets tell what they are", sets),
        TEST("passages show what matched", passages),
        TEST("queries of terms, and the invalid one", queries_of_terms),
        TEST("errors describe themselves", errors),
        TEST("a writable database may begin without a shard", an_empty_writable_database),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-describe", tests, NULL, NULL);
}
