/* utf8.c - tests of common/utf8: text from outside made safe to keep
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define R "\xef\xbf\xbd" /* U+FFFD */

struct bytes {
    const char *text;
    size_t len;
};
#define BYTES(literal)               \
    {                                \
        literal, sizeof(literal) - 1 \
    }

struct cleaned {
    struct bytes in;
    const char *out;
    size_t replaced;
};

static void
check_cleaned(const struct cleaned *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf out;
        buf_init(&out, 1000);
        const size_t replaced = utf8_clean(&out, cases[i].in.text, cases[i].in.len);
        assert_true(buf_ok(&out, "it", NULL));
        if (strcmp(out.data, cases[i].out) != 0 || replaced != cases[i].replaced)
            fail_msg("case %zu: \"%s\" with %zu replaced, not \"%s\" with %zu", i, out.data,
                     replaced, cases[i].out, cases[i].replaced);
        assert_true(utf8_valid(out.data, out.len));
        buf_release(&out);
    }
}

static void
leaves_good_text_alone(void **state)
{
    (void)state;
    static const struct cleaned cases[] = {
        {BYTES(""), "", 0},
        {BYTES("plain ~text\n\twith tab"), "plain ~text\n\twith tab", 0},
        {BYTES("Salmón 丹东 😀 \xe2\x80\x8b"), "Salmón 丹东 😀 \xe2\x80\x8b", 0},
        {BYTES("a\xc2\xad"
               "b\xe2\x80\x8f"),
         "a\xc2\xad"
         "b\xe2\x80\x8f",
         0}, /* soft hyphen, RLM */
        {BYTES(R), R, 0},
    };
    check_cleaned(cases, COUNT(cases));
}

static void
replaces_each_ill_formed_sequence_once(void **state)
{
    (void)state;
    static const struct cleaned cases[] = {
        {BYTES("\xff"), R, 1},
        {BYTES("a\x80z"), "a" R "z", 1},
        {BYTES("Salm\xf3n"), "Salm" R "n", 1}, /* Latin-1 */
        {BYTES("\xe4\xb8"), R, 1},             /* cut at the end */
        {BYTES("\xe4\xb8z"), R "z", 1},
        {BYTES("\xf0\x9f\x98z"), R "z", 1},
        {BYTES("\xc0\xaf"), R R, 2}, /* overlong */
        {BYTES("\xe0\x80\xaf"), R R R, 3},
        {BYTES("\xed\xa0\x80"), R R R, 3},       /* a surrogate */
        {BYTES("\xf4\x90\x80\x80"), R R R R, 4}, /* over U+10FFFF */
        {BYTES("\x61\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64"), "a" R R R "b" R "c" R R "d",
         6}, /* table 3-8 */
    };
    check_cleaned(cases, COUNT(cases));
}

static void
replaces_nul(void **state)
{
    (void)state;
    static const struct cleaned cases[] = {
        {BYTES("a\0b"), "a" R "b", 1},
        {BYTES("\0"), R, 1},
    };
    check_cleaned(cases, COUNT(cases));
}

static void
makes_line_ends_newlines(void **state)
{
    (void)state;
    static const struct cleaned cases[] = {
        {BYTES("a\r\nb\rc\n\rd\r"), "a\nb\nc\n\nd\n", 0},
        {BYTES("a\xc2\x85"
               "b\xe2\x80\xa8"
               "c\xe2\x80\xa9"
               "d"),
         "a\nb\nc\nd", 0},
    };
    check_cleaned(cases, COUNT(cases));
}

static void
leaves_out_what_could_hide_or_control(void **state)
{
    (void)state;
    static const struct cleaned cases[] = {
        {BYTES("a\x1b[31m\x07\x7f"
               "b"),
         "a[31mb", 0},
        {BYTES("a\xc2\x9b"
               "b"),
         "ab", 0}, /* C1: CSI */
        {BYTES("\xe2\x80\xaa"
               "a\xe2\x80\xac\xe2\x80\xae"
               "b\xe2\x80\xac\xe2\x81\xa6"
               "c\xe2\x81\xa9"),
         "abc", 0}, /* bidi */
        {BYTES("a\xef\xbf\xbe"
               "b\xef\xb7\x90"
               "c\xf4\x8f\xbf\xbf"),
         "abc", 0}, /* noncharacters */
        {BYTES("\xef\xbb\xbf"
               "a\xef\xbb\xbf"
               "b"),
         "ab", 0}, /* BOM */
    };
    check_cleaned(cases, COUNT(cases));
}

static void
is_stable_when_cleaned_twice(void **state)
{
    (void)state;
    static const char alphabet[] = "\xef\xbb\xbf\xe2\x80\xaa\xc2\x85\r\n\0a\xf0\x9f";
    for (unsigned seed = 0; seed < 2000; seed++) {
        char text[24];
        unsigned x = seed * 2654435761U + 1;
        for (size_t i = 0; i < sizeof text; i++) {
            x = x * 1664525U + 1013904223U;
            text[i] = alphabet[(x >> 24) % (sizeof alphabet - 1)];
        }
        struct buf once, twice;
        buf_init(&once, 1000);
        buf_init(&twice, 1000);
        utf8_clean(&once, text, sizeof text);
        assert_true(utf8_valid(once.data, once.len));
        assert_int_equal(utf8_clean(&twice, once.data, once.len), 0);
        assert_string_equal(once.data, twice.data);
        buf_release(&once);
        buf_release(&twice);
    }
}

static void
refuses_more_than_a_buffer_takes(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 4);
    utf8_clean(&out, "\xff\xff", 2);
    assert_false(buf_ok(&out, "it", NULL));
    buf_clear(&out);
    assert_int_equal(utf8_clean(&out, "", (size_t)INT32_MAX + 1), 0);
    assert_false(buf_ok(&out, "it", NULL));
    buf_clear(&out);
    assert_int_equal(utf8_repair(&out, "", (size_t)INT32_MAX + 1), 0);
    assert_false(buf_ok(&out, "it", NULL));
    buf_release(&out);
}

static void
repairs_and_changes_nothing_else(void **state)
{
    (void)state;
    static const struct cleaned cases[] = {
        {BYTES("\xef\xbb\xbf"
               "a\r\n\x1b\xe2\x80\xa8\xe2\x80\xae\xe2\x80\xac\xef\xbf\xbe"),
         "\xef\xbb\xbf"
         "a\r\n\x1b\xe2\x80\xa8\xe2\x80\xae\xe2\x80\xac\xef\xbf\xbe",
         0},
        {BYTES("a\xff\0b\xe4\xb8"), "a" R R "b" R, 3},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf out;
        buf_init(&out, 1000);
        assert_int_equal(utf8_repair(&out, cases[i].in.text, cases[i].in.len), cases[i].replaced);
        assert_string_equal(out.data, cases[i].out);
        buf_release(&out);
    }
}

static void
knows_valid_text(void **state)
{
    (void)state;
    static const struct bytes valid[] = {BYTES(""), BYTES("a\0b"), BYTES("é丹😀\xef\xbf\xbf")};
    static const struct bytes invalid[] = {
        BYTES("\x80"),      BYTES("\xc0\x80"),         BYTES("\xed\xa0\x80"),
        BYTES("a\xe4\xb8"), BYTES("\xf4\x90\x80\x80"), BYTES("\xf8\x88\x80\x80\x80")};
    for (size_t i = 0; i < COUNT(valid); i++)
        assert_true(utf8_valid(valid[i].text, valid[i].len));
    for (size_t i = 0; i < COUNT(invalid); i++)
        assert_false(utf8_valid(invalid[i].text, invalid[i].len));
}

static void
makes_runs_of_white_space_one_blank(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {" \t\n ", ""},
        {"a", "a"},
        {"  a \n\t b  ", "a b"},
        {"a\xc2\xa0\xe2\x80\x83\xe3\x80\x80"
         "b",
         "a b"}, /* no-break, em, ideographic */
        {"a\xe2\x80\x8b"
         "b",
         "a\xe2\x80\x8b"
         "b"}, /* zero width space is none */
        {"34\u2009000 1\u202f2 3\u00a04", "34\u2009000 1\u202f2 3\u00a04"}, /* they part thousands */
        {"3\u00a0 4 5\u00a0m x\u20096", "3 4 5 m x 6"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf out;
        buf_init(&out, 100);
        utf8_squeeze(&out, cases[i][0], strlen(cases[i][0]));
        assert_string_equal(out.data, cases[i][1]);
        buf_release(&out);
    }
}

static void
goes_through_code_points(void **state)
{
    (void)state;
    static const char text[] = "aé丹😀";
    static const uint32_t wanted[] = {'a', 0xe9, 0x4e39, 0x1f600};
    size_t at = 0;
    for (size_t i = 0; i < COUNT(wanted); i++)
        assert_int_equal(utf8_next(text, sizeof text - 1, &at), wanted[i]);
    assert_int_equal(at, sizeof text - 1);
}

static void
counts_columns_of_a_terminal(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = {
        {"", 0},
        {"abc", 3},
        {"Salmón", 6},
        {"Salmo\xcc\x81n", 6},
        {"丹东", 4},
        {"ｄ", 2},
        {"한국", 4},
        {"a\xc2\xad"
         "b\xe2\x80\x8b",
         2},
        {"שָׁ", 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(utf8_columns(cases[i].text, strlen(cases[i].text)), cases[i].columns);
}

/* The examples of RFC 4648, and every byte. */
static void
writes_base64(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"foobar", "Zm9vYmFy"},
        {"\xfb\xff\xfe", "+//+"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf out;
        buf_init(&out, 100);
        utf8_base64(&out, cases[i][0], strlen(cases[i][0]));
        assert_string_equal(out.data, cases[i][1]);
        buf_release(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_good_text_alone),
        cmocka_unit_test(replaces_each_ill_formed_sequence_once),
        cmocka_unit_test(replaces_nul),
        cmocka_unit_test(makes_line_ends_newlines),
        cmocka_unit_test(leaves_out_what_could_hide_or_control),
        cmocka_unit_test(is_stable_when_cleaned_twice),
        cmocka_unit_test(refuses_more_than_a_buffer_takes),
        cmocka_unit_test(repairs_and_changes_nothing_else),
        cmocka_unit_test(knows_valid_text),
        cmocka_unit_test(makes_runs_of_white_space_one_blank),
        cmocka_unit_test(goes_through_code_points),
        cmocka_unit_test(counts_columns_of_a_terminal),
        cmocka_unit_test(writes_base64),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
