/* shim-unicode.c - characters, and walking through UTF-8
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

static void
walking(void **state)
{
    static const char text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xFF";
    struct xap_error error;
    struct xap_utf8_iterator *iterator, *second;
    unsigned character;

    (void)state;
    OK(xap_utf8_iterator_new(S(text), &iterator, &error));
    OK(xap_utf8_iterator_new(S(text), &second, &error));
    assert_true(xap_utf8_iterator_equal(iterator, second));
    assert_int_equal(xap_utf8_iterator_left(iterator), 11);
    assert_ptr_equal(xap_utf8_iterator_raw(iterator), text);
    OK(xap_utf8_iterator_get(iterator, &character, &error));
    assert_int_equal(character, 'a');
    OK(xap_utf8_iterator_next(iterator, &error));
    assert_false(xap_utf8_iterator_equal(iterator, second));
    assert_ptr_equal(xap_utf8_iterator_raw(iterator), text + 1);
    OK(xap_utf8_iterator_get(iterator, &character, &error));
    assert_int_equal(character, 0xE9);
    OK(xap_utf8_iterator_next(iterator, &error));
    OK(xap_utf8_iterator_get(iterator, &character, &error));
    assert_int_equal(character, 0x20AC);
    OK(xap_utf8_iterator_next(iterator, &error));
    OK(xap_utf8_iterator_strict_deref(iterator, &character, &error));
    assert_int_equal(character, 0x1F600);
    OK(xap_utf8_iterator_next(iterator, &error));
    /* a byte that is no UTF-8 is taken for ISO-8859-1, and told */
    OK(xap_utf8_iterator_get(iterator, &character, &error));
    assert_int_equal(character, 0xFF);
    OK(xap_utf8_iterator_strict_deref(iterator, &character, &error));
    assert_int_equal(character, 0xFF | 0x80000000u);
    assert_false(xap_utf8_iterator_at_end(iterator));
    OK(xap_utf8_iterator_next(iterator, &error));
    assert_true(xap_utf8_iterator_at_end(iterator));
    assert_int_equal(xap_utf8_iterator_left(iterator), 0);
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_utf8_iterator_next(iterator, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_utf8_iterator_get(iterator, &character, &error));
    assert_int_equal(character, 0);
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_utf8_iterator_strict_deref(iterator, &character, &error));
    OK(xap_utf8_iterator_assign(second, NULL, 0, &error));
    assert_true(xap_utf8_iterator_equal(iterator, second));
    OK(xap_utf8_iterator_assign(iterator, S("z"), &error));
    OK(xap_utf8_iterator_get(iterator, &character, &error));
    assert_int_equal(character, 'z');
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_utf8_iterator_assign(iterator, NULL, 1, &error));
    xap_utf8_iterator_free(second);
    xap_utf8_iterator_free(iterator);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_utf8_iterator_new(NULL, 1, &iterator, &error));
    assert_null(iterator);
}

static void
kinds_and_case(void **state)
{
    (void)state;
    assert_int_equal(xap_unicode_get_category('A'), XAP_UNICODE_UPPERCASE_LETTER);
    assert_int_equal(xap_unicode_get_category(0x20AC), XAP_UNICODE_CURRENCY_SYMBOL);
    assert_int_equal(xap_unicode_get_category(0x4E00), XAP_UNICODE_OTHER_LETTER);
    assert_int_equal(xap_unicode_get_category(0x110000), XAP_UNICODE_UNASSIGNED);
    assert_int_equal(xap_unicode_get_category(0xFFFFFFFFu), XAP_UNICODE_UNASSIGNED);
    assert_true(xap_unicode_is_wordchar(0xE9));
    assert_false(xap_unicode_is_wordchar('-'));
    assert_true(xap_unicode_is_whitespace(0x2003));
    assert_false(xap_unicode_is_whitespace('x'));
    assert_true(xap_unicode_is_currency('$'));
    assert_false(xap_unicode_is_currency('S'));
    assert_int_equal(xap_unicode_tolower(0xC9), 0xE9);
    assert_int_equal(xap_unicode_tolower(0xE9), 0xE9);
    assert_int_equal(xap_unicode_toupper(0xE9), 0xC9);
    assert_int_equal(xap_unicode_toupper(0x110000), 0x110000);
}

static void
encoding(void **state)
{
    struct xap_error error;
    char bytes[XAP_UTF8_MAX + 1] = "";
    char *result;
    size_t length;

    (void)state;
    assert_int_equal(xap_unicode_to_utf8('a', bytes), 1);
    assert_int_equal(bytes[0], 'a');
    assert_int_equal(xap_unicode_to_utf8(0x1F600, bytes), 4);
    assert_memory_equal(bytes, "\xF0\x9F\x98\x80", 4);
    assert_int_equal(xap_unicode_nonascii_to_utf8(0xE9, bytes), 2);
    assert_memory_equal(bytes, "\xC3\xA9", 2);
    /* what is no character, or has no place, writes nothing */
    assert_int_equal(xap_unicode_nonascii_to_utf8('a', bytes), 0);
    assert_int_equal(xap_unicode_to_utf8(0xD800, bytes), 0);
    assert_int_equal(xap_unicode_to_utf8(0x110000, bytes), 0);
    assert_int_equal(xap_unicode_to_utf8('a', NULL), 0);
    assert_memory_equal(bytes, "\xC3\xA9", 2);

    OK(xap_unicode_tolower_text(S("\xC3\x89T\xC3\x89 \0X"), &result, &length, &error));
    assert_bytes(result, length, "\xC3\xA9t\xC3\xA9 \0x");
    xap_free(result);
    OK(xap_unicode_toupper_text(S("\xC3\xA9t\xC3\xA9"), &result, &length, &error));
    assert_bytes(result, length, "\xC3\x89T\xC3\x89");
    xap_free(result);
    OK(xap_unicode_toupper_text(NULL, 0, &result, &length, &error));
    assert_bytes(result, length, "");
    xap_free(result);
    OK(xap_unicode_toupper_text(S("abc"), NULL, &length, &error));
    assert_int_equal(length, 3);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_unicode_tolower_text(NULL, 5, &result, &length, &error));
    assert_null(result);
    assert_int_equal(length, 0);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("walking through UTF-8", walking),
        TEST("kinds and case", kinds_and_case),
        TEST("characters become UTF-8, texts change case", encoding),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-unicode", tests, NULL, NULL);
}
