/* schema.c - tests of common/schema: the table both programs read
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

#include "common/schema.h"
#include "common/utf8.h"
#include "common/words.h"

static void
names_each_field_as_the_record_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_n_entries; i++) {
        const struct schema_entry *e = &schema_entries[i];
        assert_int_equal((e->field >= 0) + (e->list >= 0), 1);
        const char *name = e->field >= 0 ? article_field_name((enum article_field)e->field)
                                         : article_list_name((enum article_list)e->list);
        assert_string_equal(e->name, name);
    }
}

static void
finds_a_field_by_its_whole_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_n_entries; i++)
        assert_ptr_equal(schema_find(schema_entries[i].name, strlen(schema_entries[i].name)),
                         &schema_entries[i]);
    assert_null(schema_find("titl", 4));
    assert_null(schema_find("titles", 6));
    assert_null(schema_find("Title", 5));
    assert_null(schema_find("", 0));
    assert_null(schema_find("path", 4));
}

static void
gives_each_field_a_prefix_of_its_own(void **state)
{
    (void)state;
    static const char *const others[] = {SCHEMA_STEM,     SCHEMA_UID,      SCHEMA_PATH,
                                         SCHEMA_LANGUAGE, SCHEMA_DAY,      SCHEMA_MONTH,
                                         SCHEMA_YEAR,     SCHEMA_SENTENCE, SCHEMA_PARAGRAPH, SCHEMA_BODY};
    for (size_t i = 0; i < schema_n_entries; i++) {
        const char *prefix = schema_entries[i].prefix;
        for (size_t k = 0; k < i; k++)
            assert_true(prefix[0] == '\0' || strcmp(prefix, schema_entries[k].prefix) != 0);
        for (size_t k = 0; k < sizeof others / sizeof *others; k++)
            assert_string_not_equal(prefix, others[k]);
        assert_true(strspn(prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(prefix));
        assert_true(strlen(prefix) < 2 || prefix[0] == 'X');
        assert_true(prefix[0] != '\0' || schema_entries[i].how == SCHEMA_TEXT);
    }
}

static void
makes_room_for_the_longest_word_under_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_n_entries; i++)
        assert_true(strlen(schema_entries[i].prefix) + WORD_MAX <= SCHEMA_TERM_MAX);
}

/* The term of n times `unit` under the prefix. */
static void
term_of(struct buf *out, const char *prefix, const char *unit, size_t n, const char *end)
{
    struct buf value;
    buf_init(&value, 100000);
    buf_init(out, 1000);
    for (size_t i = 0; i < n; i++)
        buf_str(&value, unit);
    buf_str(&value, end);
    schema_term(out, prefix, value.data, value.len);
    assert_true(buf_ok(out, "it", NULL));
    buf_release(&value);
}

static void
puts_the_prefix_before_the_value(void **state)
{
    (void)state;
    struct buf term;
    buf_init(&term, 1000);
    schema_term(&term, "XDECK", "word", 4);
    assert_string_equal(term.data, "XDECKword");
    schema_term(&term, "", "", 0);
    assert_string_equal(term.data, "XDECKword");
    buf_release(&term);
}

static void
cuts_long_values_and_tells_them_apart(void **state)
{
    (void)state;
    static const char *const units[] = {"a", "é", "丹", "😀"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        for (size_t n = 1; n < 300; n++) {
            struct buf one, other;
            term_of(&one, "U", units[i], n, "");
            term_of(&other, "U", units[i], n, "x");
            assert_true(one.len <= SCHEMA_TERM_MAX);
            assert_true(utf8_valid(one.data, one.len));
            assert_string_not_equal(one.data, other.data);
            if (1 + n * strlen(units[i]) <= SCHEMA_TERM_MAX)
                assert_int_equal(one.len, 1 + n * strlen(units[i]));
            else
                assert_true(one.len > SCHEMA_TERM_MAX - 4);
            buf_release(&one);
            buf_release(&other);
        }
}

static void
writes_times_that_sort_as_the_numbers_do(void **state)
{
    (void)state;
    static const int64_t times[] = {-62135596800, -30610224000, -8425987201, -631152001, -631152000, -256, -255,
                                    -1, 0, 1, 255, 256, 1697184000, 4102444800, 32503679999, 253402300799};
    char a[SCHEMA_TIME_BYTES], b[SCHEMA_TIME_BYTES];
    for (size_t i = 1; i < sizeof times / sizeof *times; i++) {
        schema_time(SCHEMA_SLOT_PUBLISHED, times[i - 1], a);
        schema_time(SCHEMA_SLOT_PUBLISHED, times[i], b);
        assert_int_equal(schema_seconds(b), times[i]);
        assert_true(memcmp(a, b, sizeof a) < 0);
        schema_time(SCHEMA_SLOT_OLDNESS, times[i - 1], a);
        schema_time(SCHEMA_SLOT_OLDNESS, times[i], b);
        assert_true(memcmp(a, b, sizeof a) > 0);
    }
    schema_time(SCHEMA_SLOT_PUBLISHED, 0, a);
    assert_memory_equal(a, "\x0e\x77\x91\xf7\x00", sizeof a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_each_field_as_the_record_does),
        cmocka_unit_test(finds_a_field_by_its_whole_name),
        cmocka_unit_test(gives_each_field_a_prefix_of_its_own),
        cmocka_unit_test(makes_room_for_the_longest_word_under_every_prefix),
        cmocka_unit_test(puts_the_prefix_before_the_value),
        cmocka_unit_test(cuts_long_values_and_tells_them_apart),
        cmocka_unit_test(writes_times_that_sort_as_the_numbers_do),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
