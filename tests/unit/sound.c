/* sound.c - tests of common/sound: names of one sound in two scripts
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

#include "common/exonym-table.h"
#include "common/exonym.h"
#include "common/fold.h"
#include "common/pinyin.h"
#include "common/sound.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct sound
sound(const char *word)
{
    struct sound s;
    assert_true(sound_of(&s, word, strlen(word)));
    return s;
}

static void
words_of_each_script_have_a_row_of_sounds(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"zelensky", "zelenski"},
        {"зеленский", "zelenskiy"},
        {"τσιπρας", "Tipras"},
        {"երևան", "eryevan"},
        {"תל", "tl"},
        {"القاهره", "kahra"},
        {"दिल्ली", "dili"},
        {"თბილისი", "tbilisi"},
        {"평양", "pyoNyaN"},
        {"キャスト", "kyasuto"},
        {"丹东", "dandoN"},
        {"xi'an", "xian"},
        {"jong-un", "joNun"},
        {"베를린", "berulin"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(sound(cases[i][0]).row, cases[i][1]);
}

static void
what_is_no_word_of_one_script_has_none(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "", "12", "ab1", "aб", "-", "'", "丹a", "กา", "\xf0\x90\x8c\xb0"};
    struct sound s;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_false(sound_of(&s, cases[i], strlen(cases[i])));
    assert_false(sound_of(&s, "bababababababababababababababababababababa", 42));
}

static void
names_are_near_and_share_a_key(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"dandong", "단둥"},     {"zelensky", "зеленский"}, {"moscow", "москва"},
        {"putin", "プーチン"},   {"vucic", "вучић"},        {"putin", "بوتين"},
        {"netanyahu", "נתניהו"}, {"delhi", "दिल्ली"},        {"kharkiv", "харків"},
        {"yerevan", "երևան"},    {"berlin", "ベルリン"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct sound a = sound(cases[i][0]), b = sound(cases[i][1]);
        char x[SOUND_KEYS_MAX][SOUND_KEY_SIZE], y[SOUND_KEYS_MAX][SOUND_KEY_SIZE];
        const size_t n = sound_keys(&a, x), m = sound_keys(&b, y);
        bool shared = false;
        for (size_t k = 0; k < n * m; k++)
            shared = shared || strncmp(x[k / m], y[k % m], SOUND_KEY_SHARED) == 0;
        assert_true(shared);
        assert_true(sound_distance(&a, &b) < 0.2);
        assert_true(sound_distance(&b, &a) < 0.2);
    }
    const struct sound a = sound("zelensky"), b = sound("москва");
    assert_true(sound_distance(&a, &b) > 0.5);
    assert_true(sound_distance(&a, &a) <= 0);
}

static void
pinyin_goes_both_ways(void **state)
{
    (void)state;
    const char16_t *list[2];
    assert_string_equal(pinyin_of(0x4e39), "dan");
    assert_null(pinyin_of('a'));
    assert_int_equal(pinyin_characters("dan", 3, list), 2);
    bool found = false;
    for (const char16_t *c = list[0]; *c; c++)
        found = found || *c == 0x4e39;
    assert_true(found);
    assert_int_equal(pinyin_characters("xyz", 3, list), 0);
    assert_int_equal(pinyin_characters("", 0, list), 0);
}

static void
count_germany(void *arg, const char *name, size_t len)
{
    *(int *)arg += len == strlen("德国") && memcmp(name, "德国", len) == 0;
}

static void
places_have_other_names(void **state)
{
    (void)state;
    int n = 0;
    assert_true(exonym_find("germany", 7, SOUND_LATIN, 1U << SOUND_HAN, count_germany, &n, NULL));
    assert_int_equal(n, 1);
    assert_true(exonym_find("nowhere", 7, SOUND_LATIN, 1U << SOUND_HAN, count_germany, &n, NULL));
    assert_int_equal(n, 1);
}

struct wanted {
    const char *name;
    int n;
};

static void
count_wanted(void *arg, const char *name, size_t len)
{
    struct wanted *w = arg;
    w->n += len == strlen(w->name) && memcmp(name, w->name, len) == 0;
}

static int
found(const char *text, enum sound_script from, const char *name)
{
    struct wanted w = {.name = name};
    assert_true(exonym_find(text, strlen(text), from, ~0U, count_wanted, &w, NULL));
    return w.n;
}

static void
people_are_known_in_other_scripts(void **state)
{
    (void)state;
    assert_int_equal(found("putin", SOUND_LATIN, "普京"), 1);
    assert_int_equal(found("普京", SOUND_HAN, "putin"), 1);
    assert_int_equal(found("puti", SOUND_LATIN, "普京"), 0);
    assert_int_equal(found("silicon valley", SOUND_LATIN, "硅谷"), 1);
    assert_int_equal(found("kim jong-un", SOUND_LATIN, "김정은"), 1);
    assert_int_equal(found("kyiv", SOUND_LATIN, "києві"), 1);
    assert_int_equal(found("putin", SOUND_LATIN, "poutine"), 0); /* that is the same script */
    assert_int_equal(found("xi", SOUND_LATIN, "习近平"), 1);
    assert_int_equal(found("习近平", SOUND_HAN, "xi jinping"), 1);
    assert_int_equal(found("习近平", SOUND_HAN, "xi"), 0); /* XI is a numeral too */
    assert_int_equal(found("习近平", SOUND_HAN, ">xi"), 0);
}

/* Else they would never be found. */
static void
the_table_is_in_normal_form(void **state)
{
    (void)state;
    for (size_t i = 0; exonym_table[i]; i++) {
        struct buf folded, plain;
        const size_t len = strlen(exonym_table[i]);
        buf_init(&folded, 65536);
        buf_init(&plain, 65536);
        assert_true(fold_case(&folded, exonym_table[i], len, NULL) &&
                    fold_marks(&plain, folded.data, folded.len, NULL));
        if (plain.len != len || memcmp(plain.data, exonym_table[i], len) != 0)
            fail_msg("%s", exonym_table[i]);
        if (strpbrk(exonym_table[i], "-.") || strstr(exonym_table[i], "||") ||
            exonym_table[i][len - 1] == '|')
            fail_msg("%s", exonym_table[i]);
        for (const char *name = exonym_table[i]; *name; name += *name == '|') {
            const size_t n = strcspn(name, "|");
            if (n > EXONYM_TABLE_NAME)
                fail_msg("%s", exonym_table[i]);
            name += n;
        }
        buf_release(&folded);
        buf_release(&plain);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_each_script_have_a_row_of_sounds),
        cmocka_unit_test(what_is_no_word_of_one_script_has_none),
        cmocka_unit_test(names_are_near_and_share_a_key),
        cmocka_unit_test(pinyin_goes_both_ways),
        cmocka_unit_test(places_have_other_names),
        cmocka_unit_test(people_are_known_in_other_scripts),
        cmocka_unit_test(the_table_is_in_normal_form),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("sound", tests, NULL, NULL);
}
