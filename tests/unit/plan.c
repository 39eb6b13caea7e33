/* plan.c - tests of searcher/plan/plan: which articles a query that was read is about
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

#include "common/article.h"
#include "common/buf.h"
#include "common/words.h"
#include "indexer/store/document.h"
#include "searcher/plan/plan.h"
#include "searcher/query/read.h"
#include "shim/xapian-c-write.h"
#include "tests/lib/alloc-sweep.h"

static struct words *words;
static struct xap_writable_database *writable;
static const struct xap_database *db;

static const struct {
    const char *language, *published, *title, *body, *author;
} articles[] = {
    {"en", "2023-10-13", "Ferry aground", "The captain of the ferry swam. COVID-19 was over.", "Ann Lee"},
    {"en-GB", "2023", "Ferries", "Captain and crew, crew and captain.", "Bo Lee"},
    {"de", "2022-05", "Die Fähre", "Fähren und Kapitäne; Covid kam 2019.", NULL},
    {"zh", NULL, "丹东口岸", "丹东恢复通关。", NULL},
    {"x-none", "1950-01-01", "Ferrier", "The the the a of.", "Captain Lee"},
};
#define ARTICLES (sizeof articles / sizeof *articles)

static void
add_article(struct analysis *an, size_t i)
{
    struct article a;
    struct document d;
    struct xap_error error;
    char id[20];
    snprintf(id, sizeof id, "%zu", i + 1);
    const struct {
        enum article_field field;
        const char *text;
    } fields[] = {{ARTICLE_ID, id},
                  {ARTICLE_LANGUAGE, articles[i].language},
                  {ARTICLE_PUBLISHED, articles[i].published},
                  {ARTICLE_TITLE, articles[i].title},
                  {ARTICLE_BODY, articles[i].body}};
    article_init(&a);
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
        if (fields[f].text)
            assert_true(article_set(&a, fields[f].field, fields[f].text, strlen(fields[f].text), NULL));
    if (articles[i].author)
        assert_true(article_add(&a, ARTICLE_AUTHOR, articles[i].author, strlen(articles[i].author), NULL));
    assert_true(article_identify(&a, "/articles", id, NULL));
    assert_true(document_build(an, &a, &d, NULL));
    assert_int_equal(xap_writable_database_add_document(writable, d.xapian, NULL, &error), XAP_OK);
    document_release(&d);
    article_release(&a);
}

static int
set_up(void **state)
{
    struct analysis *an;
    struct xap_error error;
    (void)state;
    assert_int_equal(xap_writable_database_new_open("", XAP_DB_CREATE | XAP_DB_BACKEND_INMEMORY, 0, &writable, &error), XAP_OK);
    assert_true(analysis_new(&an, NULL) && words_new(&words, NULL));
    for (size_t i = 0; i < ARTICLES; i++)
        add_article(an, i);
    analysis_free(an);
    db = xap_writable_database_as_database(writable);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    xap_writable_database_free(writable);
    words_free(words);
    return 0;
}

/* The numbers of the articles that a plan is about, from 1, in their order. */
static void
list_articles(const struct plan *plan, char *out)
{
    struct xap_enquire *enquire = NULL;
    struct xap_mset *mset = NULL;
    struct xap_error error;
    bool found[ARTICLES + 1] = {false};
    assert_int_equal(xap_enquire_new(db, &enquire, &error), XAP_OK);
    assert_int_equal(xap_enquire_set_query(enquire, plan->query, 0, &error), XAP_OK);
    assert_int_equal(xap_enquire_get_mset(enquire, 0, 100, 100, NULL, &mset, &error), XAP_OK);
    for (xap_doccount i = 0; i < xap_mset_size(mset); i++) {
        xap_docid id;
        assert_int_equal(xap_mset_get_docid(mset, i, &id, &error), XAP_OK);
        found[id] = true;
    }
    for (size_t i = 1; i <= ARTICLES; i++)
        if (found[i])
            *out++ = (char)('0' + i);
    *out = '\0';
    xap_mset_free(mset);
    xap_enquire_free(enquire);
}

static void
expect_with(const char *text, const char *language, const struct plan_filter *filter, const char *expected)
{
    struct query q;
    struct plan plan;
    struct err err = {.code = ERR_NONE};
    char got[ARTICLES + 1];
    assert_true(query_read(&q, text, strlen(text), NULL, NULL));
    if (!plan_make(&plan, &q, language, filter, db, words, &err))
        fail_msg("%s: %s", text, err.msg);
    list_articles(&plan, got);
    if (strcmp(got, expected) != 0)
        fail_msg("%s: %s, not %s", text, got, expected);
    for (size_t i = 0; i < matcher_count(plan.matcher); i++)
        assert_true(matcher_weight(plan.matcher, i) > 0);
    plan_release(&plan);
    query_release(&q);
}

static void
expect(const char *text, const char *expected)
{
    const struct plan_filter none = {.since = NULL};
    expect_with(text, NULL, &none, expected);
}

static void
words_are_stems_in_each_language(void **state)
{
    (void)state;
    expect("ferry", "12");
    expect("ferries captains", "125");
    expect("fähre", "3");
    expect("fahren", "3");
    expect("nowhere", "");
    expect("", "");
    expect("...", "");
    const struct plan_filter none = {.since = NULL};
    expect_with("ferries", "en", &none, "12");
    expect_with("ferries", "en-GB", &none, "12");
    expect_with("captains", "fr-x", &none, "125");
    expect_with("ferries", "xx", &none, "2"); /* the word as it is */
}

static void
words_written_together_stand_side_by_side(void **state)
{
    (void)state;
    expect("COVID-19", "1");
    expect("covid 19", "13");
    expect("\"captain of the ferry\"", "1");
    expect("\"ferry of the captain\"", "");
    expect("\"captain and crew\"", "2");
    expect("\"aground the\"", ""); /* not from the headline to the text */
    expect("丹东口岸", "4");
    expect("\"丹东口岸\"", "4");
    expect("\"口岸丹东\"", "");
}

static void
beginnings_are_expanded(void **state)
{
    (void)state;
    expect("ferr*", "125");
    expect("title:ferr*", "125");
    expect("title:capt*", "");
    expect("author:l*", "125");
    expect("covid-1*", "1");
    expect("covid-2*", "");
    expect("captain-of-the-f*", "1");
    expect("captain-of-f*", "");
    expect("zzz*", "");
    expect("+ferr* +capt*", "125");
    expect("capt* -ferr*", "");
}

static void
operators_combine(void **state)
{
    (void)state;
    expect("ferry AND crew", "2");
    expect("aground OR crew", "12");
    expect("ferry NOT crew", "1");
    expect("ferry AND NOT crew", "1");
    expect("+captain -crew", "15");
    expect("+captain crew", "125");
    expect("(aground OR crew) AND captain", "12");
    expect("captain NOT (aground OR crew)", "5");
    expect("-captain", "34");
    expect("captain -nowhere", "125");
    expect("nowhere AND captain", "");
    expect("captain NOT captain", "");
    expect("nowhere NOT captain", "");
    expect("(... OR captain) AND crew", "2");
}

/* 1: Ferry aground | The captain of the ferry swam. COVID-19 was over. | 2: Ferries | Captain and crew, crew and captain. */
static void
words_stand_near_each_other(void **state)
{
    (void)state;
    expect("captain NEAR/3 ferry", "1");
    expect("captain NEAR/2 ferry", "");
    expect("ferry NEAR/3 captain", "1");
    expect("captains NEAR/3 ferries", "1"); /* other forms */
    expect("=captains NEAR/3 ferry", "");
    expect("\"captains\" NEAR/3 ferry", "");
    expect("captain PRE/3 ferry", "1");
    expect("ferry PRE/3 captain", "");
    expect("ferry PRE/1 aground", "1");
    expect("captain PRE/99 over", "1");
    expect("captain NEAR/2 crew", "2");
    expect("captain NEAR/2 captain", "");
    expect("captain NEAR/5 captain", "2");
    expect("crew NEAR/2 captain NEAR/2 crew", "2");
    expect("crew NEAR/1 captain NEAR/2 crew", "");
    expect("captain NEAR/2 crew NEAR/1 crew", "2");
    expect("captain PRE/2 crew PRE/1 crew PRE/2 captain", "2");
    expect("ferry NEAR/99 crew", ""); /* not over the end of a field */
    expect("aground NEAR/99 captain", "");
    expect("(captain OR aground) NEAR/1 (ferry OR crew)", "1");
    expect("(captain nowhere) NEAR/3 (ferry nothing)", "1");
    expect("\"the ferry\" NEAR/1 swam", "1");
    expect("\"captain of\" PRE/2 ferr*", "1");
    expect("COVID-19 NEAR/1 was", "1");
    expect("c?ptain NEAR/3 f*y", "1");
    expect("captian~1 NEAR/3 fery~1", "1");
    expect("丹东 NEAR/9 通关", "4");
    expect("东口岸 NEAR/9 通关", "");
    expect("fähren NEAR/2 kapitän", "3");
    expect("crews NEAR/2 captains", "2"); /* an article in British English */
    expect("ferrys NEAR/1 aground", "1");
    expect("author:ann NEAR/1 author:lee", "1");
    expect("author:(ann PRE/1 lee)", "1");
    expect("... NEAR/3 captain", "125");
    expect("nowhere NEAR/3 captain", "");
    expect("(captain NEAR/3 ferry) OR crew", "12");
    expect("captain -(captain NEAR/3 ferry)", "25");
    expect("(captain NEAR/3 ferry) AND swam", "1");
}

static void
words_are_not_near_each_other(void **state)
{
    (void)state;
    expect("captain NOT NEAR/3 ferry", "25");
    expect("captain NOT NEAR/2 ferry", "125");
    expect("ferry NOT NEAR/3 captain", "12"); /* in the headline */
    expect("ferry NOT W/P (captain OR aground)", "2");
    expect("crew NOT NEAR/1 crew", "");
    expect("captain NOT PRE/2 crew", "125"); /* the second one */
    expect("captain NOT NEAR/9 nowhere", "125");
    expect("nowhere NOT NEAR/9 captain", "");
    expect("(captain NOT NEAR/2 crew) PRE/3 ferry", "1");
}

static void
words_stand_in_one_sentence_or_paragraph(void **state)
{
    (void)state;
    expect("captain W/S swam", "1");
    expect("captain W/S over", "");
    expect("captain W/P over", "1");
    expect("aground W/P captain", "");
    expect("swam W/S captain W/S ferry", "1");
    expect("captain W/S captain", "2");
    expect("ferry NOT W/S captain", "12");
    expect("captain NOT W/S swam", "25");
    expect("captain NOT W/P over", "25");
    expect("\"the ferry\" W/S captain", "1");
}

static void
words_stand_often_enough_or_first(void **state)
{
    (void)state;
    expect("ATLEAST/2 captain", "2");
    expect("ATLEAST/2 captains", "2");
    expect("ATLEAST/3 captain", "");
    expect("ATLEAST/2 (captain OR ferry)", "12");
    expect("ATLEAST/2 \"captain and\"", "");
    expect("ATLEAST/2 the", "15");
    expect("FIRST/2 captain", "12");
    expect("FIRST/1 captain", "2");
    expect("FIRST/4 swam", "");
    expect("FIRST/6 swam", "1");
    expect("FIRST/1 aground", "1"); /* what stands before the text is first */
    expect("FIRST/9 lee", "");
    expect("FIRST/5 (captain NEAR/2 crew)", "2");
    expect("FIRST/3 captain NEAR/3 ferry", "1");
    expect("ATLEAST/2 FIRST/9 crew", "2");
    expect("ATLEAST/2 FIRST/3 crew", "");
}

static void
phrases_may_be_moved(void **state)
{
    (void)state;
    expect("\"captain ferry\"", "");
    expect("\"captain ferry\"~1", "");
    expect("\"captain ferry\"~2", "1");
    expect("\"ferry captain\"~3", "");
    expect("\"ferry captain\"~4", "1");
    expect("\"aground ferry\"~2", "1"); /* two that change places are 2 */
    expect("\"aground ferry\"~1", "");
    expect("\"captain the ferry swam\"~1", "1");
    expect("\"captains ferry\"~9", "");
    expect("\"crew crew\"~0", "2");
    expect("\"captain captain\"~3", "");
    expect("\"captain captain\"~4", "2");
    expect("\"丹东通关\"~9", "");
    expect("\"丹东 通关\"~9", "4");
    expect("\"ferry\"~5", "1");
    expect("title:\"aground ferry\"~2", "1");
}

static void
words_may_be_like_what_is_typed(void **state)
{
    (void)state;
    expect("c?ptain", "125");
    expect("*tain", "125");
    expect("f*y", "1");
    expect("*err*", "125");
    expect("title:f*es", "2");
    expect("F?hren", "3");
    expect("?", "");
    expect("ferri~1", "1");
    expect("ferri~2", "125");
    expect("captian~1", "125");
    expect("captxxn~1", "");
    expect("captxxn~2", "125");
    expect("xaptain~", "125");
    expect("kapitan~1", "3");
    expect("kapitane~1", "3");
    expect("title:aground~1", "1");
    expect("丹东~1", "4");
    expect("=ferry", "1");
    expect("=ferries", "2");
    expect("title:=ferry", "1");
    expect("=covid-19", "1");
}

static void
boosts_change_only_weights(void **state)
{
    (void)state;
    expect("ferry^2 crew^0.5", "12");
    expect("(ferry^2 captain)^3 \"crew and\"^0.1", "125");
    expect("(captain^2 NEAR/3 ferry^0.1)^2", "1");
}

static void
fields_look_where_they_say(void **state)
{
    (void)state;
    expect("title:ferry", "12");
    expect("author:captain", "5");
    expect("author:\"ann lee\"", "1");
    expect("author:lee -author:ann", "25");
    expect("id:3", "3");
    expect("id:33", "");
    expect("language:en", "12");
    expect("lang:DE", "3");
    expect("captain language:en", "12");
}

static void
common_words_are_left_out_where_others_remain(void **state)
{
    (void)state;
    expect("the crew", "2");
    expect("the of", "15");
    expect("+the crew", "15");
    expect("crew -the", "2");
    expect("\"the the\"", "5");
    const struct plan_filter none = {.since = NULL};
    expect_with("the crew", "de", &none, "125"); /* common in English only */
}

static void
dates_hold_both_ends(void **state)
{
    (void)state;
    expect("published:2023", "12");
    expect("published:2023-10", "1");
    expect("published:2023-10-13", "1");
    expect("since:2022 until:2022", "3");
    expect("until:2022", "35");
    expect("until:1948", "");
    expect("since:1950-01-01 until:1950-01-01", "5");
    expect("-published:2023", "345");
    expect("published:(2022 1950)", "35");
    expect("ferr* since:2000", "12");
}

static void
filters_of_the_caller_apply_to_all(void **state)
{
    (void)state;
    const struct plan_filter since = {.since = "2022"}, until = {.until = "2022"}, both = {.since = "2022", .until = "2022"},
                             german = {.language = "de-AT"},
                             all = {.since = "2023-10", .until = "2023-10", .language = "EN"};
    expect_with("-nowhere", NULL, &since, "123");
    expect_with("-nowhere", NULL, &until, "35");
    expect_with("-nowhere", NULL, &both, "3");
    expect_with("-nowhere", NULL, &german, "3");
    expect_with("-nowhere", NULL, &all, "1");
    expect_with("crew OR ferr*", NULL, &all, "1");
    expect_with("", NULL, &all, "");
}

static void
parts_are_listed_as_they_print(void **state)
{
    (void)state;
    const struct plan_filter none = {.since = NULL};
    const char *text = "+ferry title:\"a b\" crew* -captain since:2023";
    struct query q;
    struct plan plan;
    assert_true(query_read(&q, text, strlen(text), NULL, NULL));
    assert_true(plan_make(&plan, &q, NULL, &none, db, words, NULL));
    assert_int_equal(plan.n_parts, 3);
    for (size_t i = 0; i < plan.n_parts; i++)
        assert_true(strstr("ferry title:\"a b\" crew*", plan.part[i].text) && plan.part[i].query);
    assert_int_equal(matcher_count(plan.matcher), 4); /* what is excluded is not looked for in texts */
    plan_release(&plan);
    plan_release(&plan);
    query_release(&q);
}

static void
notes_say_what_is_widened(void **state)
{
    (void)state;
    const struct plan_filter none = {.since = NULL};
    struct query q;
    struct plan plan;
    assert_true(query_read(&q, "body:ferry", 10, NULL, NULL));
    assert_true(plan_make(&plan, &q, NULL, &none, db, words, NULL));
    assert_int_equal(q.n_notes, 1);
    assert_string_equal(q.note[0].code, "field-widened");
    plan_release(&plan);
    query_release(&q);
}

static void
too_many_words_are_refused(void **state)
{
    (void)state;
    const struct plan_filter none = {.since = NULL};
    static const char *const unit[] = {"a-a-a-a-a-a-a-a ", "a-", "\"a-a-a-a\" ", "丹东", "a-a-a-a-a-a-b* "};
    for (size_t u = 0; u < sizeof unit / sizeof *unit; u++)
        for (int n = 2; n < 600; n += 597 - 2) {
            struct buf text;
            struct query q;
            struct plan plan;
            struct err err = {.code = ERR_NONE};
            buf_init(&text, BUF_MAX);
            for (int i = 0; i < n && text.len < 4000; i++)
                buf_str(&text, unit[u]);
            if (query_read(&q, text.data, text.len, NULL, &err)) {
                const bool made = plan_make(&plan, &q, NULL, &none, db, words, &err);
                assert_int_equal(made, n == 2);
                if (made)
                    plan_release(&plan);
                query_release(&q);
            }
            if (n > 2) {
                assert_int_equal(err.code, ERR_ARG);
                assert_true(strstr(err.msg, "256 words") || strstr(err.msg, "8 words with *, ? or ~"));
            }
            buf_release(&text);
        }
}

/* Every C++ allocation fails once: an error, nothing left behind, nothing freed twice. */
static void
no_memory_is_an_error(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "+ferry title:\"ferry aground\" ferr* covid-1* -captain since:2023 (a OR (b AND NOT c)) language:en 丹东口岸",
        "ferries OR (published:2023..2024 NOT crew)",
        "(captain NEAR/3 (ferry c?ptain)) FIRST/5 fery~1 \"captain ferry\"~2 ferry NOT W/S =crew words:>3 a^2",
    };
    const struct plan_filter all = {.since = "2020", .until = "2024", .language = "en"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        for (size_t n = 1;; n++) {
            struct query q;
            struct plan plan;
            struct err err = {.code = ERR_NONE};
            struct alloc_sweep_result swept;
            assert_true(words_language(words, NULL, NULL)); /* no stemmer is kept from before */
            assert_true(query_read(&q, texts[t], strlen(texts[t]), NULL, NULL));
            alloc_sweep_arm(n, ALLOC_SWEEP_ONCE);
            const bool made = plan_make(&plan, &q, NULL, &all, db, words, &err);
            if (made)
                plan_release(&plan);
            const bool reset = words_language(words, NULL, NULL);
            alloc_sweep_disarm(&swept);
            query_release(&q);
            assert_true(reset);
            assert_int_equal(swept.leaked, 0);
            if (swept.fired == 0) {
                assert_true(made && n > 20);
                break;
            }
            assert_true(made || err.code == ERR_NOMEM);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_stems_in_each_language),
        cmocka_unit_test(words_written_together_stand_side_by_side),
        cmocka_unit_test(beginnings_are_expanded),
        cmocka_unit_test(operators_combine),
        cmocka_unit_test(words_stand_near_each_other),
        cmocka_unit_test(words_are_not_near_each_other),
        cmocka_unit_test(words_stand_in_one_sentence_or_paragraph),
        cmocka_unit_test(words_stand_often_enough_or_first),
        cmocka_unit_test(phrases_may_be_moved),
        cmocka_unit_test(words_may_be_like_what_is_typed),
        cmocka_unit_test(boosts_change_only_weights),
        cmocka_unit_test(fields_look_where_they_say),
        cmocka_unit_test(common_words_are_left_out_where_others_remain),
        cmocka_unit_test(dates_hold_both_ends),
        cmocka_unit_test(filters_of_the_caller_apply_to_all),
        cmocka_unit_test(parts_are_listed_as_they_print),
        cmocka_unit_test(notes_say_what_is_widened),
        cmocka_unit_test(too_many_words_are_refused),
        cmocka_unit_test(no_memory_is_an_error),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("plan", tests, set_up, tear_down);
}
