/* shim-spy.c - match spies, Xapian's and the caller's
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

/* Counts documents whose value 1 is "odd" in length. */
static enum xap_code
observe(void *data, const struct xap_document *document, double weight, struct xap_error *error)
{
    struct shim_own *own = data;
    const char *value;
    size_t length;
    enum xap_code code = shim_own_called(own, error);

    if (code != XAP_OK)
        return code;
    assert_true(weight >= 0);
    code = xap_document_get_value(document, 1, &value, &length, error);
    if (code == XAP_OK && length == 3)
        own->length++;
    return code;
}

static enum xap_code
clone(void *data, void **copy, struct xap_error *error)
{
    static struct shim_own clones[8];
    static unsigned next;
    struct shim_own *own = data, *made = &clones[next++ % 8];

    memset(made, 0, sizeof *made);
    own->cloned++;
    *copy = made;
    return shim_own_called(own, error);
}

static enum xap_code
serialise(void *data, const char **bytes, size_t *length, struct xap_error *error)
{
    *bytes = "para\0meters";
    *length = 11;
    return shim_own_called(data, error);
}

static enum xap_code
unserialise(void *data, const char *bytes, size_t length, void **made, struct xap_error *error)
{
    assert_bytes(bytes, length, "para\0meters");
    return clone(data, made, error);
}

static enum xap_code
serialise_results(void *data, const char **bytes, size_t *length, struct xap_error *error)
{
    struct shim_own *own = data;

    own->bytes[0] = (char)('0' + own->length);
    *bytes = own->bytes;
    *length = 1;
    return shim_own_called(own, error);
}

static enum xap_code
merge_results(void *data, const char *bytes, size_t length, struct xap_error *error)
{
    struct shim_own *own = data;

    assert_int_equal(length, 1);
    own->length += (size_t)(bytes[0] - '0');
    return shim_own_called(own, error);
}

static enum xap_code
describe(void *data, const char **text, size_t *length, struct xap_error *error)
{
    *text = "Spy(odd)";
    *length = 8;
    return shim_own_called(data, error);
}

static const struct xap_match_spy_functions all = {"Test::OddSpy", observe,     clone,
                                                   serialise,      unserialise, serialise_results,
                                                   merge_results,  describe,    shim_own_destroy};
static const struct xap_match_spy_functions few = {NULL, observe, NULL, NULL, NULL,
                                                   NULL, NULL,    NULL, NULL};

static void
own_spies_observe(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query = shim_term("all");
    struct xap_enquire *enquire;
    struct xap_match_spy *spy;
    struct xap_mset *mset;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_match_spy_new(&all, &own, &spy, &error));
    OK(xap_enquire_add_matchspy(enquire, spy, &error));
    xap_match_spy_free(spy);
    OK(xap_enquire_get_mset(enquire, 0, 10, 10, NULL, &mset, &error));
    xap_mset_free(mset);
    assert_int_equal(own.calls, 5);
    assert_int_equal(own.length, 3);
    own.fails = XAP_DATABASE_CORRUPT_ERROR;
    own.message = "saw something";
    FAILS(XAP_DATABASE_CORRUPT_ERROR,
          xap_enquire_get_mset(enquire, 0, 10, 10, NULL, &mset, &error));
    assert_null(mset);
    assert_int_equal(own.destroyed, 0);
    OK(xap_enquire_clear_matchspies(enquire, &error));
    assert_int_equal(own.destroyed, 1);
    xap_enquire_free(enquire);
    xap_query_free(query);
    xap_database_free(database);
}

static void
own_spies_are_bytes_too(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_match_spy *spy, *copy;
    struct xap_document *document;
    const char *bytes;
    size_t length;

    (void)state;
    OK(xap_match_spy_new(&all, &own, &spy, &error));
    OK(xap_match_spy_name(spy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::OddSpy");
    OK(xap_match_spy_get_description(spy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Spy(odd)");
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_value(document, 1, S("odd"), &error));
    OK(xap_match_spy_apply(spy, document, 0.5, &error));
    OK(xap_match_spy_apply(spy, document, 0.5, &error));
    OK(xap_match_spy_serialise(spy, &bytes, &length, &error));
    assert_bytes(bytes, length, "para\0meters");
    OK(xap_match_spy_unserialise(spy, bytes, length, NULL, &copy, &error));
    assert_int_equal(own.cloned, 1);
    OK(xap_match_spy_apply(copy, document, 1, &error));
    OK(xap_match_spy_serialise_results(copy, &bytes, &length, &error));
    assert_bytes(bytes, length, "1");
    OK(xap_match_spy_merge_results(spy, bytes, length, &error));
    assert_int_equal(own.length, 3);
    xap_match_spy_free(copy);
    OK(xap_match_spy_clone(spy, &copy, &error));
    assert_int_equal(own.cloned, 2);
    OK(xap_match_spy_serialise_results(copy, &bytes, &length, &error));
    assert_bytes(bytes, length, "0");
    xap_match_spy_free(copy);
    own.fails = XAP_OUT_OF_MEMORY;
    FAILS(XAP_OUT_OF_MEMORY, xap_match_spy_clone(spy, &copy, &error));
    assert_null(copy);
    FAILS(XAP_OUT_OF_MEMORY, xap_match_spy_serialise(spy, &bytes, &length, &error));
    FAILS(XAP_OUT_OF_MEMORY, xap_match_spy_merge_results(spy, S("1"), &error));
    assert_int_equal(own.destroyed, 0);
    xap_match_spy_free(spy);
    assert_int_equal(own.destroyed, 1);
    xap_document_free(document);
}

static void
what_a_spy_has_no_function_for(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_match_spy *spy, *copy;
    struct xap_term_iterator *values;
    const struct xap_match_spy_functions none = {0};
    const char *bytes;
    size_t length;

    (void)state;
    OK(xap_match_spy_new(&few, &own, &spy, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_match_spy_name(spy, &bytes, &length, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_match_spy_serialise(spy, &bytes, &length, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_match_spy_unserialise(spy, S("x"), NULL, &copy, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_match_spy_serialise_results(spy, &bytes, &length, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_match_spy_merge_results(spy, S("x"), &error));
    OK(xap_match_spy_get_description(spy, &bytes, &length, &error));
    assert_true(length > 0);
    /* without a function for it a clone shares the data */
    OK(xap_match_spy_clone(spy, &copy, &error));
    xap_match_spy_free(spy);
    assert_int_equal(xap_value_count_match_spy_get_total(copy), 0);
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_value_count_match_spy_values_begin(copy, &values, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_value_count_match_spy_top_values_begin(copy, 1, &values, &error));
    assert_null(values);
    xap_match_spy_free(copy);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_match_spy_new(&none, &own, &spy, &error));
}

static void
counted_values_are_bytes_too(void **state)
{
    struct xap_error error;
    struct xap_match_spy *spy, *copy;
    struct xap_registry *registry;
    struct xap_document *document;
    struct xap_term_iterator *values;
    const char *bytes;
    size_t length;
    xap_doccount count;

    (void)state;
    OK(xap_value_count_match_spy_new(1, &spy, &error));
    OK(xap_match_spy_name(spy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Xapian::ValueCountMatchSpy");
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_value(document, 1, S("odd"), &error));
    OK(xap_match_spy_apply(spy, document, 0, &error));
    OK(xap_registry_new(&registry, &error));
    OK(xap_match_spy_serialise(spy, &bytes, &length, &error));
    OK(xap_match_spy_unserialise(spy, bytes, length, registry, &copy, &error));
    xap_registry_free(registry);
    OK(xap_match_spy_apply(copy, document, 0, &error));
    OK(xap_match_spy_serialise_results(copy, &bytes, &length, &error));
    OK(xap_match_spy_merge_results(spy, bytes, length, &error));
    assert_int_equal(xap_value_count_match_spy_get_total(spy), 2);
    OK(xap_value_count_match_spy_values_begin(spy, &values, &error));
    OK(xap_term_iterator_get_termfreq(values, &count, &error));
    assert_int_equal(count, 2);
    /* the values outlive their spy */
    xap_match_spy_free(spy);
    OK(xap_term_iterator_get(values, &bytes, &length, &error));
    assert_bytes(bytes, length, "odd");
    xap_term_iterator_free(values);
    FAILS(XAP_NETWORK_ERROR, xap_match_spy_unserialise(copy, S("\xff\xff\xff\xff\xff\xff\xff\xff"),
                                                       NULL, &spy, &error));
    xap_match_spy_free(copy);
    xap_document_free(document);
}

static void
a_name_is_copied(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_match_spy_functions named = all;
    struct xap_match_spy *made, *copy;
    char name[] = "Test::Named";
    const char *bytes;
    size_t length;

    (void)state;
    named.name = name;
    OK(xap_match_spy_new(&named, &own, &made, &error));
    /* from here on the name is the caller's again, clones or not */
    memset(name, '?', sizeof name - 1);
    OK(xap_match_spy_clone(made, &copy, &error));
    OK(xap_match_spy_name(copy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Named");
    xap_match_spy_free(copy);
    OK(xap_match_spy_name(made, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Named");
    xap_match_spy_free(made);
}

/* What it was told last; the document's value 1 must be "odd". */
static enum xap_code
observe_weight(void *data, const struct xap_document *document, double weight,
               struct xap_error *error)
{
    const char *value;
    size_t length;

    *(double *)data = weight;
    assert_int_equal(xap_document_get_value(document, 1, &value, &length, error), XAP_OK);
    assert_bytes(value, length, "odd");
    return XAP_OK;
}

static void
a_spy_is_told_the_weight(void **state)
{
    static const struct xap_match_spy_functions weighing = {
        .observe = observe_weight,
    };
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query = shim_term("only5");
    struct xap_enquire *enquire;
    struct xap_document *document;
    struct xap_match_spy *spy;
    struct xap_mset *mset;
    double told = 0, weight;

    OK(xap_match_spy_new(&weighing, &told, &spy, &error));
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_value(document, 1, "oddly", 3, &error));
    OK(xap_match_spy_apply(spy, document, 2.75, &error));
    assert_true(told > 2.74 && told < 2.76);
    xap_document_free(document);
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_add_matchspy(enquire, spy, &error));
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    OK(xap_mset_get_weight(mset, 0, &weight, &error));
    assert_true(weight > 0 && !(told < weight) && !(told > weight));
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_query_free(query);
    xap_match_spy_free(spy);
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
        TEST("spies of the caller's observe", own_spies_observe),
        TEST("spies of the caller's are bytes too", own_spies_are_bytes_too),
        TEST("what a spy has no function for is told", what_a_spy_has_no_function_for),
        TEST("counted values are bytes too", counted_values_are_bytes_too),
        TEST("a name is copied", a_name_is_copied),
        {"a spy is told the weight", a_spy_is_told_the_weight, shim_setup, shim_teardown, NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-spy", tests, NULL, NULL);
}
