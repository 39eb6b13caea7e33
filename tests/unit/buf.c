/* buf.c - tests of common/buf: bytes that grow, up to a maximum
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/buf.h"

static void
is_empty_text_from_the_start(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 10);
    assert_string_equal(b.data, "");
    assert_int_equal(b.len, 0);
    assert_true(buf_ok(&b, "it", NULL));
    buf_release(&b);
}

static void
grows_as_bytes_are_added(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1000000);
    for (size_t i = 0; i < 1000; i++) {
        buf_ch(&b, 'a');
        buf_str(&b, "bc");
        buf_add(&b, "\0d", 2);
        buf_printf(&b, "%03zu", i);
    }
    assert_true(buf_ok(&b, "it", NULL));
    assert_int_equal(b.len, 8000);
    assert_memory_equal(b.data, "abc\0d000abc\0d001", 16);
    assert_int_equal(b.data[b.len], '\0');
    buf_release(&b);
}

static void
takes_exactly_its_maximum(void **state)
{
    (void)state;
    struct buf b;
    struct err err = {.code = ERR_NONE};
    buf_init(&b, 5);
    buf_str(&b, "12345");
    assert_true(buf_ok(&b, "the text", &err));
    buf_ch(&b, '6');
    assert_false(buf_ok(&b, "the text", &err));
    assert_int_equal(err.code, ERR_ARG);
    assert_string_equal(err.msg, "the text is larger than 5 bytes");
    assert_string_equal(b.data, "12345");
    buf_release(&b);
}

static void
adds_nothing_after_a_failure(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 5);
    buf_str(&b, "123");
    buf_str(&b, "4567");
    buf_ch(&b, '4');
    buf_printf(&b, "%d", 4);
    assert_false(buf_reserve(&b, 0));
    assert_string_equal(b.data, "123");
    assert_null(buf_take(&b));
    assert_int_equal(b.failed, ERR_NONE);
    buf_release(&b);
}

static void
refuses_sizes_that_overflow(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, BUF_MAX);
    buf_ch(&b, 'x');
    assert_false(buf_reserve(&b, SIZE_MAX));
    assert_int_equal(b.failed, ERR_ARG);
    assert_string_equal(b.data, "x");
    buf_release(&b);
}

static void
forgets_its_failure_when_cleared(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 3);
    buf_str(&b, "12");
    buf_str(&b, "345");
    buf_clear(&b);
    assert_string_equal(b.data, "");
    buf_str(&b, "abc");
    assert_true(buf_ok(&b, "it", NULL));
    assert_string_equal(b.data, "abc");
    buf_release(&b);
}

static void
is_cut_to_a_shorter_length_only(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 10);
    buf_truncate(&b, 0);
    buf_str(&b, "abc");
    buf_truncate(&b, 3);
    assert_string_equal(b.data, "abc");
    buf_truncate(&b, 1);
    assert_string_equal(b.data, "a");
    assert_int_equal(b.len, 1);
    buf_release(&b);
}

static void
hands_its_bytes_over(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 10);
    buf_str(&b, "abc");
    char *text = buf_take(&b);
    assert_string_equal(text, "abc");
    assert_int_equal(b.len, 0);
    assert_string_equal(b.data, "");
    free(text);
    text = buf_take(&b); /* an empty one too is the caller's */
    assert_string_equal(text, "");
    free(text);
    buf_release(&b);
}

static void
is_released_more_than_once_or_zeroed(void **state)
{
    (void)state;
    struct buf b = {.data = NULL};
    buf_release(&b);
    buf_init(&b, 10);
    buf_str(&b, "abc");
    buf_release(&b);
    buf_release(&b);
    assert_int_equal(b.max, 10);
    buf_str(&b, "again");
    assert_string_equal(b.data, "again");
    buf_release(&b);
}

static void
prints_what_is_longer_than_its_room(void **state)
{
    (void)state;
    struct buf b;
    char text[5001];
    memset(text, 'x', 5000);
    text[5000] = '\0';
    buf_init(&b, 10000);
    buf_printf(&b, "%s", "");
    buf_printf(&b, "<%s>", text);
    assert_int_equal(b.len, 5002);
    assert_int_equal(b.data[5001], '>');
    buf_printf(&b, "<%s>", text);
    assert_false(buf_ok(&b, "it", NULL));
    assert_int_equal(b.len, 5002);
    buf_release(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_empty_text_from_the_start),
        cmocka_unit_test(grows_as_bytes_are_added),
        cmocka_unit_test(takes_exactly_its_maximum),
        cmocka_unit_test(adds_nothing_after_a_failure),
        cmocka_unit_test(refuses_sizes_that_overflow),
        cmocka_unit_test(forgets_its_failure_when_cleared),
        cmocka_unit_test(is_cut_to_a_shorter_length_only),
        cmocka_unit_test(hands_its_bytes_over),
        cmocka_unit_test(is_released_more_than_once_or_zeroed),
        cmocka_unit_test(prints_what_is_longer_than_its_room),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
