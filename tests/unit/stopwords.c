/* stopwords.c - tests of searcher/plan/stopwords: closed-class words
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/words.h"
#include "searcher/plan/stopwords.h"

static struct words *words;

static int
set_up(void **state)
{
    (void)state;
    return words_new(&words, NULL) ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    words_free(words);
    return 0;
}

/* A word that is not could never be found. */
static void
each_is_its_own_normal_form(void **state)
{
    (void)state;
    size_t n = 0;
    const char *list;
    for (size_t i = 0; (list = stopwords_list(i)) != NULL; i++) {
        assert_int_equal(list[0], ' ');
        for (const char *at = list + 1; *at;) {
            struct word word;
            const size_t len = strcspn(at, " ");
            assert_in_range(len, 1, STOPWORDS_LETTERS);
            assert_true(words_language(words, NULL, NULL) && words_start(words, at, len, NULL));
            assert_true(words_next(words, &word, NULL));
            if (word.term_len != len || memcmp(word.term, at, len) != 0)
                fail_msg("%.*s is indexed as %s", (int)len, at, word.term);
            at += len + 1;
            n++;
        }
    }
    assert_in_range(n, 2000, 10000);
}

static void
they_are_known_in_their_language_only(void **state)
{
    (void)state;
    assert_true(stopwords_has("en", "the", 3));
    assert_true(stopwords_has("en-GB", "yourself", 8));
    assert_true(stopwords_has("en", "a", 1));
    assert_false(stopwords_has("de", "the", 3));
    assert_true(stopwords_has("de", "uber", 4));
    assert_false(stopwords_has("en", "", 0));
    assert_false(stopwords_has("en", "a about", 7)); /* two of them, as they stand in the list */
    assert_false(stopwords_has("en", "th", 2));
    assert_false(stopwords_has("e", "the", 3));
    assert_false(stopwords_has("und", "the", 3));
    assert_true(stopwords_has("nb", "ikke", 4));
    assert_true(stopwords_has("ru", "какой", strlen("какой")));
    assert_string_equal(stopwords_find("pt-BR"), "pt");
    assert_string_equal(stopwords_find("nn"), "no");
    assert_null(stopwords_find("zh"));
    assert_null(stopwords_find(""));
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_its_own_normal_form),
        cmocka_unit_test(they_are_known_in_their_language_only),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("stopwords", tests, set_up, tear_down);
}
