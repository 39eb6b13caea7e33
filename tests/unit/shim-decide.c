/* shim-decide.c - match deciders and expand deciders, Xapian's and the caller's
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

static struct xap_enquire *
enquire_all(const struct xap_database *database)
{
    struct xap_error error;
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("all");

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_set_docid_order(enquire, XAP_ENQUIRE_ASCENDING, &error));
    OK(xap_enquire_set_sort_by_value(enquire, 0, false, &error));
    xap_query_free(query);
    return enquire;
}

/* Wants documents whose value 0 is "v2" or "v5". */
static enum xap_code
want_2_and_5(void *data, const struct xap_document *document, bool *wanted, struct xap_error *error)
{
    struct shim_own *own = data;
    const char *value;
    size_t length;
    enum xap_code code = shim_own_called(own, error);

    if (code != XAP_OK)
        return code;
    code = xap_document_get_value(document, 0, &value, &length, error);
    *wanted = code == XAP_OK && length == 2 && (value[1] == '2' || value[1] == '5');
    return code;
}

static const struct xap_match_decider_functions match_functions = {want_2_and_5, shim_own_destroy};

static void
a_match_decider_leaves_documents_out(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire = enquire_all(database);
    struct xap_match_decider *decider;
    struct xap_document *document;
    struct xap_mset *mset;
    bool wanted;

    OK(xap_match_decider_new(&match_functions, &own, &decider, &error));
    OK(xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    assert_string_equal(shim_digits(mset), "25");
    assert_int_equal(own.calls, 5);
    xap_mset_free(mset);
    OK(xap_database_get_document(database, 5, 0, &document, &error));
    OK(xap_match_decider_apply(decider, document, &wanted, &error));
    assert_true(wanted);
    OK(xap_document_add_value(document, 0, S("v3"), &error));
    OK(xap_match_decider_apply(decider, document, &wanted, &error));
    assert_false(wanted);
    xap_document_free(document);
    assert_int_equal(own.destroyed, 0);
    xap_match_decider_free(decider);
    assert_int_equal(own.destroyed, 1);
    /* none is allowed */
    OK(xap_enquire_get_mset_decider(enquire, 1, 3, 0, NULL, NULL, &mset, &error));
    assert_string_equal(shim_digits(mset), "234");
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
what_a_decider_reports_comes_back(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire = enquire_all(database);
    struct xap_match_decider *decider;
    struct xap_mset *mset;

    OK(xap_match_decider_new(&match_functions, &own, &decider, &error));
    own.fails = XAP_NETWORK_TIMEOUT_ERROR;
    own.message = "nobody answered";
    assert_int_equal(xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error),
                     XAP_NETWORK_TIMEOUT_ERROR);
    assert_null(mset);
    assert_int_equal(own.calls, 1);
    assert_int_equal(error.code, XAP_NETWORK_TIMEOUT_ERROR);
    assert_string_equal(error.type, "NetworkTimeoutError");
    assert_string_equal(error.message, "nobody answered");
    assert_string_equal(error.context, "");
    assert_int_equal(error.sys_errno, 0);
    /* a message of its own is not needed, nor a place for the error */
    own.message = NULL;
    own.fails = XAP_CALLBACK;
    FAILS(XAP_CALLBACK,
          xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    assert_int_equal(xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, NULL),
                     XAP_CALLBACK);
    own.fails = XAP_UNKNOWN;
    FAILS(XAP_UNKNOWN,
          xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    /* a code that is none */
    own.fails = (enum xap_code)4711;
    FAILS(XAP_CALLBACK,
          xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    own.fails = XAP_OK;
    OK(xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    assert_string_equal(shim_digits(mset), "25");
    xap_mset_free(mset);
    xap_match_decider_free(decider);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
data_stays_the_callers_when_nothing_was_made(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    const struct xap_match_decider_functions none = {NULL, shim_own_destroy};
    const struct xap_match_decider_functions undestroyed = {want_2_and_5, NULL};
    struct xap_match_decider *decider;

    (void)state;
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_match_decider_new(&none, &own, &decider, &error));
    assert_null(decider);
    FAILS(XAP_BAD_HANDLE, xap_match_decider_new(NULL, &own, &decider, &error));
    FAILS(XAP_BAD_HANDLE, xap_match_decider_new(&match_functions, &own, NULL, &error));
    assert_int_equal(own.destroyed, 0);
    OK(xap_match_decider_new(&undestroyed, &own, &decider, &error));
    xap_match_decider_free(decider);
    assert_int_equal(own.destroyed, 0);
}

static void
a_set_of_values_decides(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire = enquire_all(database);
    struct xap_match_decider *decider;
    struct xap_mset *mset;

    OK(xap_value_set_match_decider_new(0, true, &decider, &error));
    OK(xap_value_set_match_decider_add_value(decider, S("v1"), &error));
    OK(xap_value_set_match_decider_add_value(decider, S("v4"), &error));
    OK(xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    assert_string_equal(shim_digits(mset), "14");
    xap_mset_free(mset);
    OK(xap_value_set_match_decider_remove_value(decider, S("v1"), &error));
    OK(xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    assert_string_equal(shim_digits(mset), "4");
    xap_mset_free(mset);
    xap_match_decider_free(decider);
    OK(xap_value_set_match_decider_new(1, false, &decider, &error));
    OK(xap_value_set_match_decider_add_value(decider, S("odd"), &error));
    OK(xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    assert_string_equal(shim_digits(mset), "24");
    xap_mset_free(mset);
    xap_match_decider_free(decider);
    /* one of the caller's has no set */
    OK(xap_match_decider_new(&match_functions, &own, &decider, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_value_set_match_decider_add_value(decider, S("v1"), &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_value_set_match_decider_remove_value(decider, S("v1"), &error));
    xap_match_decider_free(decider);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

/* Wants terms that start with 'o'. */
static enum xap_code
want_o(void *data, const char *term, size_t length, bool *wanted, struct xap_error *error)
{
    *wanted = length > 0 && term[0] == 'o';
    return shim_own_called(data, error);
}

static const struct xap_expand_decider_functions expand_functions = {want_o, shim_own_destroy};

/* The terms of the eset in byte order, with blanks behind them. */
static const char *
expanded(const struct xap_enquire *enquire, const struct xap_expand_decider *decider)
{
    static char text[128];
    struct xap_error error;
    struct xap_rset *rset;
    struct xap_eset *eset;
    size_t at = 0;

    OK(xap_rset_new(&rset, &error));
    OK(xap_rset_add_document(rset, 1, &error));
    OK(xap_rset_add_document(rset, 3, &error));
    OK(xap_enquire_get_eset_decider(enquire, 20, rset, 0, decider, -1000, &eset, &error));
    for (int c = 'A'; c <= 'z'; c++) {
        for (xap_termcount i = 0; i < xap_eset_size(eset); i++) {
            const char *term;
            size_t length;

            OK(xap_eset_get_term(eset, i, &term, &length, &error));
            if (term[0] != (char)c)
                continue;
            assert_true(at + length + 1 < sizeof text);
            memcpy(text + at, term, length);
            at += length;
            text[at++] = ' ';
        }
    }
    text[at] = '\0';
    xap_eset_free(eset);
    xap_rset_free(rset);
    return text;
}

static void
expand_deciders_leave_terms_out(void **state)
{
    static const char *const rejected[] = {"odd", "only1"};
    static const size_t lengths[] = {3, 4};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire = enquire_all(database);
    struct xap_expand_decider *first, *second, *both;
    struct xap_rset *rset;
    struct xap_eset *eset;
    bool wanted;

    OK(xap_expand_decider_filter_prefix_new(S("XB"), &first, &error));
    OK(xap_expand_decider_apply(first, S("XB1"), &wanted, &error));
    assert_true(wanted);
    OK(xap_expand_decider_apply(first, S("X"), &wanted, &error));
    assert_false(wanted);
    xap_expand_decider_free(first);
    OK(xap_expand_decider_filter_prefix_new(S("only"), &first, &error));
    assert_non_null(strstr(expanded(enquire, first), "only3"));
    assert_null(strstr(expanded(enquire, first), "odd"));
    OK(xap_expand_decider_filter_terms_new(rejected, NULL, 2, &second, &error));
    assert_null(strstr(expanded(enquire, second), "odd"));
    assert_non_null(strstr(expanded(enquire, second), "only3"));
    /* both stay alive in what was made of them */
    OK(xap_expand_decider_and_new(first, second, &both, &error));
    xap_expand_decider_free(first);
    xap_expand_decider_free(second);
    assert_string_equal(expanded(enquire, both), "only3 ");
    xap_expand_decider_free(both);
    /* "only" is not "only1" */
    OK(xap_expand_decider_filter_terms_new(rejected, lengths, 2, &second, &error));
    OK(xap_expand_decider_apply(second, S("only1"), &wanted, &error));
    assert_true(wanted);
    OK(xap_expand_decider_apply(second, S("only"), &wanted, &error));
    assert_false(wanted);
    xap_expand_decider_free(second);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_expand_decider_filter_terms_new(NULL, NULL, 1, &second, &error));

    OK(xap_expand_decider_new(&expand_functions, &own, &first, &error));
    OK(xap_expand_decider_filter_terms_new(NULL, NULL, 0, &second, &error));
    OK(xap_expand_decider_and_new(second, first, &both, &error));
    xap_expand_decider_free(second);
    xap_expand_decider_free(first);
    assert_int_equal(own.destroyed, 0);
    assert_null(strstr(expanded(enquire, both), "XB"));
    assert_non_null(strstr(expanded(enquire, both), "odd"));
    assert_true(own.calls > 0);
    own.fails = XAP_RANGE_ERROR;
    own.message = "enough";
    OK(xap_rset_new(&rset, &error));
    OK(xap_rset_add_document(rset, 1, &error));
    FAILS(XAP_RANGE_ERROR,
          xap_enquire_get_eset_decider(enquire, 20, rset, 0, both, 0, &eset, &error));
    assert_null(eset);
    xap_rset_free(rset);
    xap_expand_decider_free(both);
    assert_int_equal(own.destroyed, 1);
    assert_non_null(strstr(expanded(enquire, NULL), "XB1"));
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
a_decider_changes_nothing_else(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("odd");
    struct xap_match_decider *decider;
    struct xap_expand_decider *o;
    struct xap_rset *rset;
    struct xap_mset *mset;
    struct xap_eset *eset;
    double without, with, heaviest;
    xap_termcount all;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_match_decider_new(&match_functions, &own, &decider, &error));
    OK(xap_rset_new(&rset, &error));
    OK(xap_rset_add_document(rset, 1, &error));
    OK(xap_rset_add_document(rset, 3, &error));
    /* of the odd ones it wants 5: what is relevant changes its weight */
    OK(xap_enquire_get_mset_decider(enquire, 0, 10, 0, NULL, decider, &mset, &error));
    assert_string_equal(shim_digits(mset), "5");
    OK(xap_mset_get_weight(mset, 0, &without, &error));
    xap_mset_free(mset);
    OK(xap_enquire_get_mset_decider(enquire, 0, 10, 0, rset, decider, &mset, &error));
    OK(xap_mset_get_weight(mset, 0, &with, &error));
    assert_true(with > without);
    xap_mset_free(mset);
    OK(xap_enquire_get_mset_decider(enquire, 1, 10, 0, NULL, decider, &mset, &error));
    assert_true(xap_mset_empty(mset));
    xap_mset_free(mset);
    OK(xap_enquire_get_mset_decider(enquire, 0, 0, 0, NULL, decider, &mset, &error));
    assert_true(xap_mset_empty(mset));
    xap_mset_free(mset);
    xap_match_decider_free(decider);

    OK(xap_expand_decider_new(&expand_functions, &own, &o, &error));
    OK(xap_enquire_get_eset_decider(enquire, 20, rset, 0, o, -1000, &eset, &error));
    all = xap_eset_size(eset);
    assert_int_equal(all, 2); /* only1, only3 */
    OK(xap_eset_get_weight(eset, 0, &heaviest, &error));
    xap_eset_free(eset);
    OK(xap_enquire_get_eset_decider(enquire, 20, rset, XAP_ENQUIRE_INCLUDE_QUERY_TERMS, o, -1000,
                                    &eset, &error));
    assert_int_equal(xap_eset_size(eset), all + 1); /* and odd */
    xap_eset_free(eset);
    OK(xap_enquire_get_eset_decider(enquire, 1, rset, 0, o, -1000, &eset, &error));
    assert_int_equal(xap_eset_size(eset), 1);
    xap_eset_free(eset);
    OK(xap_enquire_get_eset_decider(enquire, 20, rset, 0, o, heaviest + 1, &eset, &error));
    assert_true(xap_eset_empty(eset));
    xap_eset_free(eset);
    xap_expand_decider_free(o);
    xap_rset_free(rset);
    xap_enquire_free(enquire);
    xap_database_free(database);
}

static void
a_prefix_is_as_long_as_said(void **state)
{
    struct xap_error error;
    struct xap_expand_decider *decider;
    bool wanted;

    (void)state;
    OK(xap_expand_decider_filter_prefix_new("only1", 4, &decider, &error));
    OK(xap_expand_decider_apply(decider, S("only3"), &wanted, &error));
    assert_true(wanted);
    OK(xap_expand_decider_apply(decider, "only3", 3, &wanted, &error));
    assert_false(wanted);
    xap_expand_decider_free(decider);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("a match decider leaves documents out", a_match_decider_leaves_documents_out),
        TEST("what a decider reports comes back", what_a_decider_reports_comes_back),
        TEST("data stays the caller's when nothing was made",
             data_stays_the_callers_when_nothing_was_made),
        TEST("a set of values decides", a_set_of_values_decides),
        TEST("expand deciders leave terms out", expand_deciders_leave_terms_out),
        {"a decider changes nothing else that was asked", a_decider_changes_nothing_else,
         shim_setup, shim_teardown, NULL},
        {"a prefix is as long as said", a_prefix_is_as_long_as_said, shim_setup, shim_teardown,
         NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-decide", tests, NULL, NULL);
}
