/* matcher.c - tests of searcher/plan/matcher: which words of a text a query means
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

#include "common/buf.h"
#include "common/schema.h"
#include "common/words.h"
#include "searcher/plan/matcher.h"

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

static struct matcher *
new_matcher(void)
{
    struct matcher *m;
    assert_true(matcher_new(&m, NULL));
    return m;
}

/* Adds a word, which is its own normal form. */
static void
add(struct matcher *m, enum matcher_how how, const char *word)
{
    assert_true(matcher_add(m, NULL, how, word, strlen(word), word, strlen(word), 1, NULL));
}

/* Adds words with blanks between them as a phrase. */
static void
add_phrase(struct matcher *m, const char *phrase)
{
    char copy[1000], *rest = copy, *word;
    snprintf(copy, sizeof copy, "%s", phrase);
    matcher_begin_phrase(m);
    while ((word = strtok_r(rest, " ", &rest)) != NULL)
        add(m, MATCH_EXACT, word);
    matcher_end_phrase(m);
}

/* What each word of a text is to the query: "-" nothing; "2" its word 2; "2+3" a phrase of three
 * words from its word 2 ends. */
static void
expect(struct matcher *m, const char *language, const char *field, const char *text,
       const char *expected)
{
    struct buf out;
    struct word word;
    buf_init(&out, BUF_MAX);
    assert_true(matcher_language(m, words, language, NULL));
    assert_true(words_language(words, language, NULL));
    assert_true(words_start(words, text, strlen(text), NULL));
    matcher_start(m, field);
    while (words_next(words, &word, NULL)) {
        size_t which = 9999;
        const size_t n = matcher_next(m, &word, &which);
        if (out.len > 0)
            buf_ch(&out, ' ');
        if (n == 0)
            buf_ch(&out, '-');
        else if (n == 1)
            buf_printf(&out, "%zu", which);
        else
            buf_printf(&out, "%zu+%zu", which, n);
    }
    assert_string_equal(out.data, expected);
    buf_release(&out);
}

static void
an_empty_one_means_nothing(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    expect(m, "en", "body", "a ferry", "- -");
    assert_int_equal(matcher_count(m), 0);
    matcher_free(m);
    matcher_free(NULL);
}

static void
stems_are_those_of_the_language(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add(m, MATCH_STEM, "ferries");
    add(m, MATCH_STEM, "restaurierungen");
    expect(m, "en", "body", "ferry ferries Restaurierung", "0 0 -");
    expect(m, "de", "body", "ferry ferries Restaurierung", "- 0 1");
    expect(m, "", "body", "ferry ferries Restaurierung Restaurierungen", "- 0 - 1");
    expect(m, "en-GB", "body", "ferry", "0");
    expect(m, "x-not-a-language-but-longer-than-any-that-there-is-in-the-world", "body", "ferries",
           "0");
    expect(m, "x-not-a-language-but-longer-than-any-that-there-is-in-the-world", "body", "ferry",
           "-");
    matcher_free(m);
}

static void
exact_words_are_not_stemmed(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add(m, MATCH_EXACT, "ferries");
    expect(m, "en", "body", "Ferry FERRIES ferry's", "- 0 -");
    matcher_free(m);
}

static void
beginnings_match_what_begins_so(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add(m, MATCH_PREFIX, "fer");
    expect(m, "en", "body", "fe fer ferry offer", "- 0 0 -");
    matcher_free(m);
}

static void
the_first_of_equal_words_counts(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add(m, MATCH_STEM, "ferry");
    add(m, MATCH_PREFIX, "fer");
    add(m, MATCH_STEM, "ferry");
    expect(m, "en", "body", "ferry fern", "0 1");
    matcher_free(m);
}

static void
a_phrase_ends_at_its_last_word_only(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add_phrase(m, "hen and chickens");
    expect(m, "en", "body", "hen chickens and hen and chickens and", "- - - - - 0+3 -");
    expect(m, "en", "body", "and chickens", "- -");
    expect(m, "en", "body", "hen and", "- -");
    expect(m, "en", "body", "chickens", "-"); /* not across two texts */
    matcher_free(m);
}

static void
phrases_may_overlap_themselves(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add_phrase(m, "a b a b c");
    add_phrase(m, "x x");
    expect(m, "en", "body", "a b a b a b c", "- - - - - - 0+5");
    expect(m, "en", "body", "x x x y x", "- 5+2 5+2 - -");
    matcher_free(m);
}

static void
the_longest_phrase_wins(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add(m, MATCH_STEM, "chickens");
    add_phrase(m, "and chickens");
    add_phrase(m, "hen and chickens");
    add_phrase(m, "hen");
    expect(m, "en", "body", "hen and chickens, chickens, and chickens", "6 - 3+3 0 - 1+2");
    matcher_free(m);
}

/* Adds words with blanks between them as one run of letters: its pieces, and the phrase. */
static void
add_run(struct matcher *m, const char *run, double first_weight)
{
    char copy[1000], *rest = copy, *word;
    double weight = first_weight;
    snprintf(copy, sizeof copy, "%s", run);
    while ((word = strtok_r(rest, " ", &rest)) != NULL) {
        assert_true(
            matcher_add(m, NULL, MATCH_STEM, word, strlen(word), word, strlen(word), weight, NULL));
        weight = 1;
    }
    add_phrase(m, run);
}

static void
small_pieces_of_a_run_count_beside_their_neighbours_only(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add_run(m, "att t", 1);
    expect(m, "en", "body", "t t-mobile att att&t at&t", "- - - 0 0 2+2 - -");
    matcher_free(m);
    m = new_matcher();
    add_run(m, "l energie", 1);
    add_run(m, "qu ils", 1);
    expect(m, "fr", "body", "l'ingénieuse l'energie l énergies énergie qu'elle qu'ils",
           "- - - 2+2 - 0+2 1 - - - 6+2");
    matcher_free(m);
    m = new_matcher();
    add_run(m, "t shirts x", 1);
    expect(m, "en", "body", "t-shirt x shirts t", "- 0+2 0+3 1 -");
    expect(m, "en", "body", "t\n\nt x", "- - -");
    matcher_free(m);
    m = new_matcher();
    add(m, MATCH_STEM, "t"); /* a word of its own */
    expect(m, "en", "body", "t-mobile", "0 -");
    matcher_free(m);
}

static void
common_pieces_of_a_run_count_beside_their_neighbours_only(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add_run(m, "off shore", 0.1);
    expect(m, "en", "body", "off the shore, off shores", "- - 1 - 0+2");
    matcher_free(m);
    m = new_matcher();
    add_run(m, "covid 19", 1);
    expect(m, "en", "body", "19 covid 19", "1 0 2+2");
    matcher_free(m);
}

static void
a_phrase_of_nothing_is_none(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    add_phrase(m, "");
    add(m, MATCH_STEM, "ferry");
    add_phrase(m, "");
    expect(m, "en", "body", "ferry", "0");
    matcher_free(m);
}

static void
a_word_of_a_field_is_found_there_only(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    const struct schema_entry *title = schema_find("title", 5), *deck = schema_find("deck", 4);
    assert_true(matcher_add(m, title, MATCH_STEM, "ferry", 5, "ferry", 5, 1, NULL));
    matcher_begin_phrase(m);
    assert_true(matcher_add(m, deck, MATCH_EXACT, "the", 3, "the", 3, 1, NULL));
    assert_true(matcher_add(m, deck, MATCH_EXACT, "ferry", 5, "ferry", 5, 1, NULL));
    matcher_end_phrase(m);
    add(m, MATCH_STEM, "reef");
    expect(m, "en", "title", "the ferry reef", "- 0 3");
    expect(m, "en", "deck", "the ferry reef", "- 1+2 3");
    expect(m, "en", "body", "the ferry reef", "- - 3");
    matcher_free(m);
}

static void
more_words_than_it_keeps_are_left_out(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    char word[20];
    for (int i = 0; i < 255; i++) {
        snprintf(word, sizeof word, "w%d", i);
        add(m, MATCH_STEM, word);
    }
    add_phrase(m, "one two three");
    add(m, MATCH_STEM, "ferry");
    assert_int_equal(matcher_count(m), 256);
    expect(m, "en", "body", "w0 w254 ferry three", "0 254 - -");
    matcher_free(m);
}

static void
weights_are_kept(void **state)
{
    (void)state;
    struct matcher *m = new_matcher();
    assert_true(matcher_add(m, NULL, MATCH_STEM, "a", 1, "a", 1, 0.25, NULL));
    assert_true(matcher_add(m, NULL, MATCH_STEM, "b", 1, "b", 1, 4, NULL));
    assert_int_equal(matcher_count(m), 2);
    assert_true(matcher_weight(m, 0) == 0.25 && matcher_weight(m, 1) == 4);
    add_phrase(m, "c b c");
    assert_true(matcher_same(m, 0) == 0 &&
                matcher_same(m, 1) == 1); /* words that are the same are one */
    assert_true(matcher_same(m, 2) == 2 && matcher_same(m, 3) == 1 && matcher_same(m, 4) == 2);
    matcher_free(m);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_one_means_nothing),
        cmocka_unit_test(stems_are_those_of_the_language),
        cmocka_unit_test(exact_words_are_not_stemmed),
        cmocka_unit_test(beginnings_match_what_begins_so),
        cmocka_unit_test(the_first_of_equal_words_counts),
        cmocka_unit_test(a_phrase_ends_at_its_last_word_only),
        cmocka_unit_test(phrases_may_overlap_themselves),
        cmocka_unit_test(the_longest_phrase_wins),
        cmocka_unit_test(small_pieces_of_a_run_count_beside_their_neighbours_only),
        cmocka_unit_test(common_pieces_of_a_run_count_beside_their_neighbours_only),
        cmocka_unit_test(a_phrase_of_nothing_is_none),
        cmocka_unit_test(a_word_of_a_field_is_found_there_only),
        cmocka_unit_test(more_words_than_it_keeps_are_left_out),
        cmocka_unit_test(weights_are_kept),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("matcher", tests, set_up, tear_down);
}
