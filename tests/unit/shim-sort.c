/* shim-sort.c - keys to sort by, Xapian's and the caller's
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

/* The last digit of value 0, so that v3 comes before v1: 9 - digit. */
static enum xap_code
backwards(void *data, const struct xap_document *document, const char **key, size_t *length,
          struct xap_error *error)
{
    struct shim_own *own = data;
    const char *value;
    size_t value_length;
    enum xap_code code = shim_own_called(own, error);

    if (code != XAP_OK)
        return code;
    code = xap_document_get_value(document, 0, &value, &value_length, error);
    if (code != XAP_OK)
        return code;
    own->bytes[0] = (char)('9' - (value[1] - '0'));
    own->bytes[1] = '\0'; /* one of the key's bytes */
    *key = own->bytes;
    *length = 2;
    return XAP_OK;
}

static const struct xap_key_maker_functions functions = {backwards, shim_own_destroy};

static const char *
sorted(struct xap_enquire *enquire)
{
    struct xap_error error;
    struct xap_mset *mset;
    static char text[16];

    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    memcpy(text, shim_digits(mset), sizeof text);
    xap_mset_free(mset);
    return text;
}

static void
own_keys_sort(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query = shim_term("run");
    struct xap_enquire *enquire;
    struct xap_key_maker *maker;
    struct xap_document *document;
    struct xap_mset *mset;
    const char *key;
    size_t length;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_key_maker_new(&functions, &own, &maker, &error));
    OK(xap_enquire_set_sort_by_key(enquire, maker, false, &error));
    assert_string_equal(sorted(enquire), "54321");
    OK(xap_enquire_set_sort_by_key(enquire, maker, true, &error));
    assert_string_equal(sorted(enquire), "12345");
    OK(xap_enquire_set_sort_by_key_then_relevance(enquire, maker, true, &error));
    assert_string_equal(sorted(enquire), "12345");
    OK(xap_enquire_set_sort_by_relevance_then_key(enquire, maker, true, &error));
    /* "run" stands in document n n times, so it comes before the key */
    assert_string_equal(sorted(enquire), "54321");
    OK(xap_database_get_document(database, 2, 0, &document, &error));
    OK(xap_key_maker_apply(maker, document, &key, &length, &error));
    assert_bytes(key, length, "7\0");
    xap_document_free(document);
    /* the enquire keeps it */
    OK(xap_enquire_set_sort_by_key(enquire, maker, false, &error));
    xap_key_maker_free(maker);
    assert_int_equal(own.destroyed, 0);
    OK(xap_enquire_get_mset(enquire, 0, 1, 0, NULL, &mset, &error));
    OK(xap_mset_get_sort_key(mset, 0, &key, &length, &error));
    assert_bytes(key, length, "4\0");
    xap_mset_free(mset);
    own.fails = XAP_INTERNAL_ERROR;
    own.message = "no key";
    FAILS(XAP_INTERNAL_ERROR, xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    assert_null(mset);
    xap_enquire_free(enquire);
    assert_int_equal(own.destroyed, 1);
    xap_query_free(query);
    xap_database_free(database);
}

static void
several_values_make_a_key(void **state)
{
    static const xap_valueno slots[] = {1, 0};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query = shim_term("all");
    struct xap_enquire *enquire;
    struct xap_key_maker *maker;
    struct xap_document *document;
    const char *key;
    size_t length;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_multi_value_key_maker_new(&maker, &error));
    OK(xap_multi_value_key_maker_add_value(maker, 1, false, NULL, 0, &error));
    OK(xap_multi_value_key_maker_add_value(maker, 0, true, NULL, 0, &error));
    OK(xap_enquire_set_sort_by_key(enquire, maker, false, &error));
    xap_key_maker_free(maker);
    assert_string_equal(sorted(enquire), "42531");
    OK(xap_multi_value_key_maker_new_slots(slots, 2, &maker, &error));
    OK(xap_enquire_set_sort_by_key(enquire, maker, false, &error));
    xap_key_maker_free(maker);
    assert_string_equal(sorted(enquire), "24135");
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_multi_value_key_maker_new_slots(NULL, 2, &maker, &error));
    /* a document without a value has the one given */
    OK(xap_multi_value_key_maker_new(&maker, &error));
    OK(xap_multi_value_key_maker_add_value(maker, 7, false, S("none"), &error));
    OK(xap_document_new(&document, &error));
    OK(xap_key_maker_apply(maker, document, &key, &length, &error));
    assert_bytes(key, length, "none");
    xap_document_free(document);
    xap_key_maker_free(maker);
    OK(xap_key_maker_new(&functions, &own, &maker, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_multi_value_key_maker_add_value(maker, 1, false, NULL, 0, &error));
    xap_key_maker_free(maker);
    xap_enquire_free(enquire);
    xap_query_free(query);
    xap_database_free(database);
}

static enum xap_code
lends_nothing(void *data, const struct xap_document *document, const char **key, size_t *length,
              struct xap_error *error)
{
    (void)document;
    *key = NULL;
    *length = 3;
    return shim_own_called(data, error);
}

static void
bytes_that_are_none_are_refused(void **state)
{
    const struct xap_key_maker_functions wrong = {lends_nothing, NULL}, none = {NULL, NULL};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_key_maker *maker;
    struct xap_document *document;
    const char *key = "";
    size_t length = 7;

    (void)state;
    OK(xap_document_new(&document, &error));
    OK(xap_key_maker_new(&wrong, &own, &maker, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_key_maker_apply(maker, document, &key, &length, &error));
    assert_null(key);
    assert_int_equal(length, 0);
    xap_key_maker_free(maker);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_key_maker_new(&none, &own, &maker, &error));
    xap_document_free(document);
}

static void
keys_behind_relevance_have_a_direction(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = shim_open_sample(state);
    struct xap_query *query = shim_term("run");
    struct xap_enquire *enquire;
    struct xap_key_maker *maker;
    struct xap_weight *weight;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    xap_query_free(query);
    OK(xap_key_maker_new(&functions, &own, &maker, &error));
    OK(xap_enquire_set_sort_by_key_then_relevance(enquire, maker, false, &error));
    assert_string_equal(sorted(enquire), "54321");
    /* where all are equally relevant the key decides */
    OK(xap_weight_new_bool(&weight, &error));
    OK(xap_enquire_set_weighting_scheme(enquire, weight, &error));
    xap_weight_free(weight);
    OK(xap_enquire_set_sort_by_relevance_then_key(enquire, maker, true, &error));
    assert_string_equal(sorted(enquire), "12345");
    OK(xap_enquire_set_sort_by_relevance_then_key(enquire, maker, false, &error));
    assert_string_equal(sorted(enquire), "54321");
    xap_key_maker_free(maker);
    xap_enquire_free(enquire);
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
        TEST("keys of the caller's sort", own_keys_sort),
        TEST("several values make a key", several_values_make_a_key),
        TEST("lent bytes that are none are refused", bytes_that_are_none_are_refused),
        {"keys behind relevance have a direction", keys_behind_relevance_have_a_direction,
         shim_setup, shim_teardown, NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-sort", tests, NULL, NULL);
}
