/* snippet.c - tests of searcher/snippet: the passage, and the marks in it
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

#include "common/article.h"
#include "common/buf.h"
#include "common/utf8.h"
#include "common/words.h"
#include "searcher/plan/plan.h"
#include "searcher/query/read.h"
#include "searcher/snippet.h"
#include "shim/xapian-c.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define E_ACUTE "\xc3\xa9"
#define COMBINING_ACUTE "\xcc\x81"
#define FAMILY "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7" /* an emoji of three characters */

static struct words *words;
static struct xap_database *db; /* without articles: enough to plan */

/* What a query is asked of; NULL: not there. */
struct text {
    const char *language, *body, *deck, *captions[3];
};

static int
set_up(void **state)
{
    (void)state;
    return words_new(&words, NULL) && xap_database_new(&db, NULL) == XAP_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    xap_database_free(db);
    words_free(words);
    return 0;
}

static bool
on_boundary(const struct marked_text *t, size_t at)
{
    return at == t->len || ((unsigned char)t->text[at] & 0xc0) != 0x80;
}

/* What snippet.h promises of any passage. */
static void
check(const struct marked_text *t)
{
    assert_true(t->text || (t->len == 0 && t->n_marks == 0));
    if (!t->text)
        return;
    assert_int_equal(strlen(t->text), t->len);
    assert_true(utf8_valid(t->text, t->len));
    for (size_t i = 0; i < t->n_marks; i++) {
        assert_true(t->mark[i].from < t->mark[i].to && t->mark[i].to <= t->len);
        assert_true(i == 0 || t->mark[i].from > t->mark[i - 1].to);
        assert_true(on_boundary(t, t->mark[i].from) && on_boundary(t, t->mark[i].to));
    }
}

/* The passage with its marks between stars, "..." where the sentence is cut. */
static void
render(struct buf *out, const struct marked_text *t)
{
    size_t at = 0;
    check(t);
    if (t->cut_before)
        buf_str(out, "...");
    for (size_t i = 0; i < t->n_marks; i++) {
        buf_add(out, t->text + at, t->mark[i].from - at);
        buf_ch(out, '*');
        buf_add(out, t->text + t->mark[i].from, t->mark[i].to - t->mark[i].from);
        buf_ch(out, '*');
        at = t->mark[i].to;
    }
    buf_add(out, t->text + at, t->len - at);
    if (t->cut_after)
        buf_str(out, "...");
}

static void
make_article(struct article *a, const struct text *text)
{
    article_init(a);
    if (text->language)
        assert_true(article_set(a, ARTICLE_LANGUAGE, text->language, strlen(text->language), NULL));
    if (text->body)
        assert_true(article_set(a, ARTICLE_BODY, text->body, strlen(text->body), NULL));
    if (text->deck)
        assert_true(article_set(a, ARTICLE_DECK, text->deck, strlen(text->deck), NULL));
    for (size_t i = 0; i < COUNT(text->captions) && text->captions[i]; i++)
        assert_true(
            article_add(a, ARTICLE_CAPTION, text->captions[i], strlen(text->captions[i]), NULL));
}

/* The passages of the text for the query, in at most max bytes. */
static void
make(struct snippets *out, const char *query, const struct text *text, size_t max)
{
    const struct plan_filter none = {.since = NULL};
    struct query q;
    struct plan plan;
    struct article a;
    make_article(&a, text);
    assert_true(query_read(&q, query, strlen(query), NULL, NULL));
    assert_true(plan_make(&plan, &q, text->language ? text->language : "", &none, db, words, NULL));
    assert_true(snippet_make(out, &a, max, words, plan.matcher, NULL));
    plan_release(&plan);
    query_release(&q);
    article_release(&a);
}

/* Never more than asked; all passages keep what is promised. */
static void
check_all(const struct snippets *s, size_t max)
{
    size_t bytes = 0;
    assert_true(s->n <= PASSAGES_MAX);
    for (size_t i = 0; i < s->n; i++) {
        check(&s->passage[i]);
        assert_true(s->passage[i].len > 0);
        bytes += s->passage[i].len + (i > 0 ? strlen(PASSAGES_BETWEEN) : 0);
    }
    assert_true(bytes <= max);
}

/* The passages, with " / " between them. */
static void
render_all(struct buf *out, const struct snippets *s)
{
    for (size_t i = 0; i < s->n; i++) {
        buf_str(out, i > 0 ? " / " : "");
        render(out, &s->passage[i]);
    }
}

static void
expect(const char *query, const struct text *text, size_t max, const char *expected)
{
    struct snippets passages;
    struct buf out;
    buf_init(&out, BUF_MAX);
    make(&passages, query, text, max);
    check_all(&passages, max);
    render_all(&out, &passages);
    assert_string_equal(out.data, expected);
    buf_release(&out);
    snippets_release(&passages);
}

/* The same of a body alone, with room for all of it. */
static void
expect_body(const char *language, const char *query, const char *body, const char *expected)
{
    const struct text text = {.language = language, .body = body};
    expect(query, &text, 10000, expected);
}

static void
words_are_marked_by_their_stem(void **state)
{
    (void)state;
    expect_body("en", "ferry", "Two Ferries met. A ferryman rowed the FERRY.",
                "Two *Ferries* met. A ferryman rowed the *FERRY*.");
    expect_body("en", "running", "He runs; a run is run.", "He *runs*; a *run* is *run*.");
    expect_body("de", "Restaurierungen", "Die Restaurierung dauert.",
                "Die *Restaurierung* dauert.");
    expect_body("ru", "торговцев", "Пришли торговцы.", "Пришли *торговцы*.");
    expect_body(NULL, "ferry", "Two ferries, one ferry.", "Two ferries, one *ferry*.");
}

static void
words_without_a_match_show_the_beginning(void **state)
{
    (void)state;
    const struct text text = {.language = "en",
                              .body = "First it rained. Then it snowed. Then it was over."};
    expect("ferry", &text, 20, "First it rained.");
    expect("", &text, 20, "First it rained.");
    expect("-rained", &text, 40, "First it rained. Then it snowed.");
    const struct text dateline = {
        .language = "en",
        .body = "Alton. The first barges moved before dawn, nine days after that."};
    expect("ferry", &dateline, 40, "Alton. The first barges moved before...");
}

static void
an_article_without_a_text_has_no_passage(void **state)
{
    (void)state;
    expect("ferry", &(struct text){.language = "en"}, 100, "");
    expect("ferry", &(struct text){.body = "... !"}, 100, "");
    expect("deck", &(struct text){.deck = "Only a deck."}, 100, "Only a *deck*.");
}

static void
deck_and_captions_are_taken_where_the_body_has_less(void **state)
{
    (void)state;
    const struct text text = {
        .language = "en",
        .body = "The body has an apple.",
        .deck = "The deck has a pear.",
        .captions = {"A caption with a plum.", "Another with a cherry.", "Apple."}};
    expect("apple", &text, 100, "The body has an *apple*.");
    expect("pear", &text, 100, "The deck has a *pear*.");
    expect("plum", &text, 100, "A caption with a *plum*.");
    expect("cherry", &text, 100, "Another with a *cherry*.");
    expect("pear apple", &text, 100, "The deck has a *pear*. / The body has an *apple*.");
    expect("banana", &text, 100, "The body has an apple.");
}

static void
a_word_of_a_field_is_marked_in_that_field_only(void **state)
{
    (void)state;
    const struct text text = {.language = "en",
                              .body = "An apple.",
                              .deck = "An apple too.",
                              .captions = {"Apple, again."}};
    expect("caption:apple", &text, 100, "*Apple*, again.");
    expect("deck:apple", &text, 100, "An *apple* too.");
    expect("title:apple", &text, 100, "An apple.");
    expect("author:apple", &text, 100, "An apple.");
    expect("body:apple", &text, 100, "An *apple*.");
}

static void
phrases_are_marked_as_a_whole_only(void **state)
{
    (void)state;
    expect_body("en", "\"state of the union\"",
                "The state of the art; the state of the Union, the union of states.",
                "The state of the art; the *state of the Union*, the union of states.");
    expect_body("en", "\"a a b\"", "a a a b b", "a *a a b* b");
    expect_body("en", "\"forced repatriation\"", "Forced. Repatriation of the forced.",
                "*Forced*. *Repatriation* of the forced.");
    expect_body("en", "\"ferries\"", "A ferry, ferries.", "A ferry, *ferries*.");
    expect_body("en", "\"COVID-19\"", "COVID-19, covid 19, 19 and COVID.",
                "*COVID-19*, *covid 19*, 19 and COVID.");
    expect_body("en", "COVID-19", "COVID-19, covid 19, 19 and COVID.",
                "*COVID-19*, *covid 19*, *19* and *COVID*.");
    expect_body("en", "\"the ferry\" ferry", "A ferry. The ferry.", "A *ferry*. *The ferry*.");
}

static void
small_pieces_of_a_run_are_marked_beside_their_neighbours_only(void **state)
{
    (void)state;
    expect_body("en", "AT&T", "AT&T sued T-Mobile. At & T, a T.",
                "*AT&T* sued T-Mobile. *At & T*, a T.");
    expect_body(
        "fr", "l'\xc3\xa9nergie",
        "L\xe2\x80\x99ing\xc3\xa9nieuse \xc3\xa9nergie : l\xe2\x80\x99\xc3\xa9nergie, l'heure.",
        "L\xe2\x80\x99ing\xc3\xa9nieuse *\xc3\xa9nergie* : *l\xe2\x80\x99\xc3\xa9nergie*, "
        "l'heure.");
    expect_body("en", "T-shirt", "T-shirts, shirts, a T.", "*T-shirts*, *shirts*, a T.");
}

static void
beginnings_are_marked(void **state)
{
    (void)state;
    expect_body("en", "repatriat*", "Repatriated, expatriated.", "*Repatriated*, expatriated.");
    expect_body("en", "COVID-1*", "COVID-19 and COVID-20 and 19.",
                "*COVID-19* and COVID-20 and 19.");
}

static void
what_is_excluded_is_not_marked(void **state)
{
    (void)state;
    expect_body("en", "ferry -captain -\"the boat\"", "The ferry, the boat, the captain.",
                "The *ferry*, the boat, the captain.");
    expect_body("en", "ferry NOT captain", "The ferry, the captain.", "The *ferry*, the captain.");
}

static void
marks_hold_the_whole_word_with_its_accents(void **state)
{
    (void)state;
    expect_body("fr", "deja", "D" E_ACUTE "j\xc3\xa0 vu.", "*D" E_ACUTE "j\xc3\xa0* vu.");
    expect_body("", "deja", "De" COMBINING_ACUTE "ja vu.", "*De" COMBINING_ACUTE "ja* vu.");
    expect_body("en", "reef", "The reef\xe2\x80\x99s buoy.", "The *reef\xe2\x80\x99s* buoy.");
    expect_body("en", "31000", "All 31,000 birds.", "All *31,000* birds.");
    expect_body("en", "un", "The U.N. said.", "The *U.N*. said.");
}

static void
marks_characters_wherever_words_begin(void **state)
{
    (void)state;
    expect_body("ja", "新幹線", "東海道新幹線が停電した。", "東海道*新幹線*が停電した。");
    expect_body("ja", "桜", "山桜の木と桜。", "山*桜*の木と*桜*。");
    expect_body("ja", "\"新幹線が\"", "新幹線の駅と新幹線が通る町。",
                "新幹線の駅と*新幹線が*通る町。");
    expect_body("ja", "\"新幹線 停電\"", "停電の新幹線、新幹線停電。",
                "停電の新幹線、*新幹線停電*。");
    expect_body("ja", "スマー*", "新しいスマートフォン。", "新しい*スマー*トフォン。");
    expect_body("ko", "북한", "북한이 말했다. 남북한은.", "*북한*이 말했다. 남*북한*은.");
    expect_body("ko", "\"강제 북송\"", "북송 강제 북송된 사람.", "북송 *강제 북송*된 사람.");
    expect_body("ko", "김", "김 씨가 모김을 만났다.", "*김* 씨가 모김을 만났다.");
    expect_body("th", "ทุเรียน", "ราคาทุเรียนสูง", "ราคา*ทุเรียน*สูง");
}

static void
chinese_and_japanese_marks_that_touch_are_one(void **state)
{
    (void)state;
    expect_body("zh", "丹东 口岸", "丹东口岸恢复通关。丹东，口岸。",
                "*丹东口岸*恢复通关。*丹东*，*口岸*。");
    expect_body("zh", "草莓", "冷。「草莓」坐上高铁。", "冷。「*草莓*」坐上高铁。");
    expect_body("ja", "スマートフォン", "「スマートフォンの電池」と言う。",
                "「*スマートフォン*の電池」と言う。");
    const struct text text = {.language = "zh",
                              .body = "一夜之间，花都黑了。「草莓」坐上高铁。冷。"};
    expect("草莓", &text, 27, "「*草莓*」坐上高铁。");
}

static void
right_to_left_words_are_marked(void **state)
{
    (void)state;
    expect_body("ar", "المياه", "وصلت المِيَاه أمس.", "وصلت *المِيَاه* أمس.");
    expect_body("he", "הרכבת", "הָרַכֶּבֶת לגליל. הרכבת!", "*הָרַכֶּבֶת* לגליל. *הרכבת*!");
    expect_body("he", "צה\"ל", "חיילי צה״ל באו.", "חיילי *צה״ל* באו.");
}

static void
whole_sentences_are_shown_where_there_is_room(void **state)
{
    (void)state;
    const struct text text = {
        .language = "en",
        .body = "One one. Two two. The ferry sank. Four four. The captain swam. Six six."};
    expect("ferry", &text, 30, "Two two. The *ferry* sank.");
    expect("captain", &text, 30, "Four four. The *captain* swam.");
    expect("ferry captain", &text, 50, "The *ferry* sank. Four four. The *captain* swam.");
}

static void
the_passage_with_most_words_of_the_query_wins(void **state)
{
    (void)state;
    const struct text text = {
        .language = "en",
        .body = "Ferry, ferry, ferry and ferry.\n\nA captain on a ferry.\n\nCaptain."};
    expect("ferry captain", &text, 30, "A *captain* on a *ferry*.");
}

static void
several_passages_have_together_what_none_has_alone(void **state)
{
    (void)state;
#define LONG \
    " and then it went on for quite some time, as things do when nobody has the heart to end them"
    const struct text text = {.language = "en",
                              .body = "First: alpha only" LONG ".\n\nNo.\n\nSecond: beta only" LONG
                                      ".\n\nNo.\n\nThird: gamma only" LONG ".\n\nNo" LONG
                                      ".\n\nAlpha."},
                      near = {.language = "en",
                              .body = "Alpha" LONG ".\n\nGamma, beta, alpha.\n\nBeta" LONG
                                      ".\n\nGamma."};
    expect("gamma alpha beta", &text, 400,
           "First: *alpha* only" LONG ". / Second: *beta* only" LONG ". / Third: *gamma* only" LONG
           ".");
    expect("gamma alpha beta", &text, 130,
           "First: *alpha* only and then it went on... / Second: *beta* only and then it went on "
           "for... / Third: *gamma* only and then it went "
           "on for...");
    expect("alpha beta gamma", &near, 100, "*Gamma*, *beta*, *alpha*.");
    expect("gamma alpha beta", &text, 39, "First: *alpha* only and then it went on...");
#undef LONG
}

static void
passages_come_in_the_order_of_the_article(void **state)
{
    (void)state;
    const struct text text = {.language = "en",
                              .body = "Captain slept.",
                              .deck = "Ferry captain inquiry hears of buoy",
                              .captions = {"A lamp."}};
    expect("ferry captain inquiry", &text, 200, "*Ferry* *captain* *inquiry* hears of buoy");
    expect("lamp slept buoy", &text, 200,
           "Ferry captain inquiry hears of *buoy* / Captain *slept*. / A *lamp*.");
    expect("slept lamp", &text, 200, "Captain *slept*. / A *lamp*.");
}

static void
passages_that_touch_are_one(void **state)
{
    (void)state;
    const struct text text = {
        .language = "en",
        .body = "It rained on the harbour for most of that long day. The ferry sank at noon with "
                "nobody aboard "
                "but a cat. The captain swam to the buoy and held on to it. It was over."};
    expect("ferry captain", &text, 110,
           "The *ferry* sank at noon with nobody aboard but a cat. The *captain* swam to the buoy "
           "and held on to it.");
}

static void
marks_of_punctuation_stay_with_their_words(void **state)
{
    (void)state;
    const struct text
        english = {.language = "en",
                   .body =
                       "He left. \xe2\x80\x9cThe ferry!\xe2\x80\x9d she said. (It sank.) Gone."},
        french = {.language = "fr", .body = "Il part. « Le bac ! » Elle rit. « Ah. »"};
    expect("ferry", &english, 28, "\xe2\x80\x9cThe *ferry*!\xe2\x80\x9d she said.");
    expect("sank", &english, 10, "(It *sank*.)");
    expect("left", &english, 10, "He *left*.");
    expect("bac", &french, 16, "« Le *bac* ! »");
    expect("part", &french, 12, "Il *part*.");
}

static void
blanks_and_line_ends_are_one_blank(void **state)
{
    (void)state;
    const struct text text = {.language = "en", .body = "Heading\n\nA  ferry\tsank\nthere."};
    expect("heading ferry", &text, 100, "*Heading* A *ferry* sank there.");
}

static void
a_sentence_that_is_too_long_is_cut_around_its_matches(void **state)
{
    (void)state;
    struct buf body;
    buf_init(&body, BUF_MAX);
    for (int i = 0; i < 500; i++)
        buf_printf(&body, "%s word%d", i == 300 ? ", the captain, the" : "", i);
    const struct text text = {.language = "en", .body = body.data};
    expect("captain", &text, 40, "...*captain*, the word300 word301 word302...");
    expect("word0", &text, 16, "*word0* word1...");
    expect("word499", &text, 64, "...word498 *word499*");
    buf_release(&body);
}

static void
a_word_that_is_too_long_is_cut_between_characters(void **state)
{
    (void)state;
    struct buf body;
    struct snippets s;
    static const char *const letters[] = {"x", E_ACUTE, "e\xcc\x81", "\xe0\xb8\x81\xe0\xb9\x89",
                                          "\xf0\x90\x90\xa8"};
    for (size_t l = 0; l < COUNT(letters); l++)
        for (size_t max = 16; max < 22; max++) {
            buf_init(&body, BUF_MAX);
            for (int i = 0; i < 1000; i++)
                buf_str(&body, letters[l]);
            make(&s, "ferry", &(struct text){.body = body.data}, max);
            check_all(&s, max);
            assert_int_equal(s.n, 1);
            assert_true(strncmp(s.passage[0].text + s.passage[0].len - strlen(letters[l]),
                                letters[l], strlen(letters[l])) == 0);
            snippets_release(&s);
            buf_release(&body);
        }
}

static void
what_is_no_word_does_not_make_it_long(void **state)
{
    (void)state;
    static const char *const noise[] = {"*", "\xe2\x98\x85", FAMILY, "- ", "\xe3\x80\x80"};
    for (size_t n = 0; n < COUNT(noise); n++) {
        struct buf body;
        struct snippets s;
        buf_init(&body, BUF_MAX);
        for (int i = 0; i < 2000; i++)
            buf_str(&body, noise[n]);
        buf_str(&body, "ferry");
        for (int i = 0; i < 2000; i++)
            buf_str(&body, noise[n]);
        buf_str(&body, " and more. ");
        for (int i = 0; i < 2000; i++)
            buf_str(&body, noise[n]);
        make(&s, "ferry", &(struct text){.language = "en", .body = body.data}, 100);
        check_all(&s, 100);
        assert_int_equal(s.passage[0].n_marks, 1);
        snippets_release(&s);
        buf_release(&body);
    }
}

static void
a_long_article_is_searched_to_its_end(void **state)
{
    (void)state;
    struct buf body;
    struct snippets s;
    buf_init(&body, BUF_MAX);
    for (int i = 0; i < 200000; i++)
        buf_str(&body, "A word. ");
    buf_str(&body, "\n\nThe ferry.");
    make(&s, "ferry", &(struct text){.language = "en", .body = body.data}, 100);
    check_all(&s, 100);
    assert_string_equal(s.passage[0].text, "The ferry.");
    assert_int_equal(s.passage[0].n_marks, 1);
    snippets_release(&s);
    buf_release(&body);
}

static void
a_headline_is_marked_whole(void **state)
{
    (void)state;
    const struct plan_filter none = {.since = NULL};
    struct query q;
    struct plan plan;
    struct marked_text t;
    struct buf out;
    const char *query = "title:ferry reef deck:port", *title = "Ferry on the Reef at Port Alder";
    buf_init(&out, BUF_MAX);
    assert_true(query_read(&q, query, strlen(query), NULL, NULL));
    assert_true(plan_make(&plan, &q, "en", &none, db, words, NULL));
    assert_true(snippet_mark(&t, title, "title", "en", words, plan.matcher, NULL));
    render(&out, &t);
    assert_string_equal(out.data, "*Ferry* on the *Reef* at Port Alder");
    marked_text_release(&t);
    assert_true(snippet_mark(&t, "", "title", "en", words, plan.matcher, NULL));
    check(&t);
    assert_int_equal(t.len, 0);
    marked_text_release(&t);
    marked_text_release(&t); /* a released one may be released */
    plan_release(&plan);
    query_release(&q);
    buf_release(&out);
}

/* A number from 0 to n - 1, the same ones in each run. */
static size_t
draw(uint32_t *seed, size_t n)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % n;
}

static void
assert_same(const struct marked_text *a, const struct marked_text *b)
{
    struct buf one, other;
    buf_init(&one, BUF_MAX);
    buf_init(&other, BUF_MAX);
    render(&one, a);
    render(&other, b);
    assert_string_equal(one.data, other.data);
    buf_release(&one);
    buf_release(&other);
}

/* The passage and the marks of the whole, skimmed and then read from end to end. */
static void
compare_with_all(const char *query, const struct article *a, size_t room)
{
    const struct plan_filter none = {.since = NULL};
    const char *body = article_get(a, ARTICLE_BODY), *language = article_get(a, ARTICLE_LANGUAGE);
    struct query q;
    struct plan plan;
    struct marked_text fast, slow;
    struct snippets fast_passages, slow_passages;
    assert_true(query_read(&q, query, strlen(query), NULL, NULL));
    assert_true(plan_make(&plan, &q, language, &none, db, words, NULL));
    assert_true(snippet_mark(&fast, body, "body", language, words, plan.matcher, NULL));
    assert_true(snippet_make(&fast_passages, a, room, words, plan.matcher, NULL));
    assert_true(matcher_can_skim(plan.matcher));
    matcher_read_all(plan.matcher);
    assert_true(snippet_mark(&slow, body, "body", language, words, plan.matcher, NULL));
    assert_true(snippet_make(&slow_passages, a, room, words, plan.matcher, NULL));
    assert_false(matcher_can_skim(plan.matcher));
    assert_same(&fast, &slow);
    assert_int_equal(fast_passages.n, slow_passages.n);
    check_all(&fast_passages, room);
    for (size_t i = 0; i < fast_passages.n; i++)
        assert_same(&fast_passages.passage[i], &slow_passages.passage[i]);
    marked_text_release(&fast);
    marked_text_release(&slow);
    snippets_release(&fast_passages);
    snippets_release(&slow_passages);
    plan_release(&plan);
    query_release(&q);
}

static void
skimming_a_text_shows_what_reading_it_all_does(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        " ferry",
        " Ferries",
        " ferryman",
        " dying",
        " die",
        " dies",
        " cries",
        " cry",
        " skies",
        " sky",
        " using",
        " use",
        " hoped",
        " hoping",
        " hopping",
        " U.S.",
        " US",
        " O\xe2\x80\x99Neill",
        " O'Neill's",
        " Mr.",
        " Dr. ",
        " No. 5",
        " 34,000",
        " 3.5",
        " caf\xc3\xa9",
        " cafe\xcc\x81",
        " re\xc2\xadpatriation",
        " co-operate",
        " \xe2\x80\x9cThe",
        " end.\xe2\x80\x9d",
        " \xe2\x80\x94",
        " soon.",
        " later. ",
        " harbour. The",
        " harbour. the",
        " harbour.\nThe",
        " harbour?",
        "\n\n",
        "\n\n* * *\n\n",
        " and the long way round",
        " of",
        " a",
        " \xe4\xb8\xb9\xe4\xb8\x9c",
        " snake_case",
        " l'homme",
        " www.example.org",
        ".",
        ",",
        " ",
        " port alder",
        " port.\n\nAlder",
        " Sept.",
        " generals. He",
        " word that goes on for some time without an end",
    };
    static const char *const queries[] = {
        "ferry",
        "ferries captain",
        "die",
        "cry sky",
        "used",
        "hope",
        "hop",
        "us",
        "\"O'Neill\"",
        "doctor dr",
        "34000",
        "3.5",
        "cafe",
        "repatriat*",
        "cooperate",
        "\"port alder\"",
        "snake case",
        "homme",
        "example",
        "xyzzy",
        "\"cafe ferry\" sept",
        "general -die",
    };
    uint32_t seed = 20231013;
    for (int round = 0; round < 3000; round++) {
        struct buf body;
        struct article a;
        buf_init(&body, BUF_MAX);
        for (size_t n = draw(&seed, 300); n > 0; n--)
            buf_str(&body, pieces[draw(&seed, COUNT(pieces))]);
        const struct text text = {.language = draw(&seed, 3) ? "en" : NULL, .body = body.data};
        make_article(&a, &text);
        compare_with_all(queries[draw(&seed, COUNT(queries))], &a, (size_t)16 << draw(&seed, 6));
        article_release(&a);
        buf_release(&body);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_marked_by_their_stem),
        cmocka_unit_test(words_without_a_match_show_the_beginning),
        cmocka_unit_test(an_article_without_a_text_has_no_passage),
        cmocka_unit_test(deck_and_captions_are_taken_where_the_body_has_less),
        cmocka_unit_test(a_word_of_a_field_is_marked_in_that_field_only),
        cmocka_unit_test(phrases_are_marked_as_a_whole_only),
        cmocka_unit_test(small_pieces_of_a_run_are_marked_beside_their_neighbours_only),
        cmocka_unit_test(beginnings_are_marked),
        cmocka_unit_test(what_is_excluded_is_not_marked),
        cmocka_unit_test(marks_hold_the_whole_word_with_its_accents),
        cmocka_unit_test(marks_characters_wherever_words_begin),
        cmocka_unit_test(chinese_and_japanese_marks_that_touch_are_one),
        cmocka_unit_test(right_to_left_words_are_marked),
        cmocka_unit_test(whole_sentences_are_shown_where_there_is_room),
        cmocka_unit_test(the_passage_with_most_words_of_the_query_wins),
        cmocka_unit_test(several_passages_have_together_what_none_has_alone),
        cmocka_unit_test(passages_come_in_the_order_of_the_article),
        cmocka_unit_test(passages_that_touch_are_one),
        cmocka_unit_test(marks_of_punctuation_stay_with_their_words),
        cmocka_unit_test(blanks_and_line_ends_are_one_blank),
        cmocka_unit_test(a_sentence_that_is_too_long_is_cut_around_its_matches),
        cmocka_unit_test(a_word_that_is_too_long_is_cut_between_characters),
        cmocka_unit_test(what_is_no_word_does_not_make_it_long),
        cmocka_unit_test(a_long_article_is_searched_to_its_end),
        cmocka_unit_test(a_headline_is_marked_whole),
        cmocka_unit_test(skimming_a_text_shows_what_reading_it_all_does),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("snippet", tests, set_up, tear_down);
}
