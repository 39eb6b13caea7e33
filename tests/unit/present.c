/* present.c - tests of searcher/present: what is printed, whatever stands in an article
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "common/article.h"
#include "common/buf.h"
#include "common/utf8.h"
#include "searcher/present/present.h"

/* Markup, quotes, control characters, what turns writing round, the end of a CDATA section, bytes
 * that are no UTF-8. */
#define HOSTILE                                                                            \
    "<script>alert('1')</script> \"&amp;\" ]]> \x1b[31m\x07\x7f \xe2\x80\xae\xe2\x81\xa6 " \
    "\xff\xc3 , ; \\ % \t end"

static const struct present_style plain = {.columns = 40};

/* A result of one hit, whose article the caller may fill further. */
static void
make_result(struct result *r, const char *query)
{
    *r = (struct result){.total = 1, .total_exact = true, .n_hits = 1};
    assert_true(query_read(&r->query, query, strlen(query), NULL, NULL));
    r->hit = calloc(1, sizeof *r->hit);
    assert_non_null(r->hit);
    r->hit->rank = 1;
    r->hit->score = 1.5;
    article_init(&r->hit->article);
}

static void
set(struct result *r, enum article_field field, const char *text)
{
    assert_true(article_set(&r->hit->article, field, text, strlen(text), NULL));
}

static void
identify(struct result *r, const char *path)
{
    assert_true(article_identify(&r->hit->article, path, NULL, NULL));
}

/* A text with marks, written with stars. */
static void
set_marked(struct marked_text *out, const char *starred)
{
    size_t open = SIZE_MAX;
    *out = (struct marked_text){.text = malloc(strlen(starred) + 1),
                                .mark = malloc(100 * sizeof *out->mark)};
    assert_non_null(out->text);
    assert_non_null(out->mark);
    for (const char *p = starred; *p; p++) {
        if (*p != '*')
            out->text[out->len++] = *p;
        else if (open == SIZE_MAX)
            open = out->len;
        else {
            out->mark[out->n_marks++] = (struct mark){open, out->len};
            open = SIZE_MAX;
        }
    }
    out->text[out->len] = '\0';
}

/* One more passage. */
static void
set_passage(struct result *r, const char *starred)
{
    struct snippets *s = &r->hit->snippets;
    assert_true(s->n < PASSAGES_MAX);
    set_marked(&s->passage[s->n++], starred);
}

static void
expect_text(const char *title, const char *starred, const struct present_style *style,
            const char *expected)
{
    struct result r;
    struct buf out;
    make_result(&r, "x");
    identify(&r, "/a");
    if (title)
        set_marked(&r.hit->title, title);
    set_passage(&r, starred);
    buf_init(&out, BUF_MAX);
    present_text(&out, &r, style);
    assert_string_equal(out.data, expected);
    buf_release(&out);
    result_release(&r);
}

/* No line is wider than the columns. */
static void
assert_narrow(const char *text, size_t columns)
{
    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n')
        if (utf8_columns(line, strcspn(line, "\n")) > columns)
            fail_msg("too wide: %.*s", (int)strcspn(line, "\n"), line);
}

static void
text_is_wrapped_between_words(void **state)
{
    (void)state;
    expect_text("A headline", "The *ferry* ran onto the reef and *sank* there.", &plain,
                " 1. A headline\n    /a\n    The *ferry* ran onto the reef and\n    *sank* "
                "there.\n\n1-1 of 1 article\n");
    expect_text(NULL, "Short.", &plain,
                " 1. (no headline)\n    /a\n    Short.\n\n1-1 of 1 article\n");
}

static void
wide_characters_count_as_two_columns(void **state)
{
    (void)state;
    expect_text(
        "题", "一二三四五六七八九十一二三四五六七八九十", &plain,
        " 1. 题\n    /a\n    一二三四五六七八九十一二三四五六七八\n    九十\n\n1-1 of 1 article\n");
    /* a mark that goes on behind the break is closed behind it */
    expect_text("题", "一二三四五六七八九十一二三四五*六七八九*十", &plain,
                " 1. 题\n    /a\n    一二三四五六七八九十一二三四五*六七\n    八九*十\n\n1-1 of 1 "
                "article\n");
}

static void
no_line_begins_with_what_closes_or_with_a_mark(void **state)
{
    (void)state;
    expect_text(
        "题", "一二三四五六七八九十一二三四五六七八。九", &plain,
        " 1. 题\n    /a\n    一二三四五六七八九十一二三四五六七\n    八。九\n\n1-1 of 1 article\n");
    /* か with its voicing mark as a character of its own */
    expect_text("题", "一二三四五六七八九十一二三四五六七か\xe3\x82\x99九", &plain,
                " 1. 题\n    /a\n    一二三四五六七八九十一二三四五六七か\xe3\x82\x99\n    "
                "九\n\n1-1 of 1 article\n");
}

static void
combining_marks_and_right_to_left_text_take_their_columns(void **state)
{
    (void)state;
    expect_text("t", "e\xcc\x81\xcc\x81\xcc\x81 e\xcc\x81 234567890 234567890 234567890 12", &plain,
                " 1. t\n    /a\n    e\xcc\x81\xcc\x81\xcc\x81 e\xcc\x81 234567890 234567890 "
                "234567890 12\n\n1-1 of 1 article\n");
    expect_text("t", "וְהָיָה וְהָיָה וְהָיָה וְהָיָה וְהָיָה וְהָיָה *וְהָיָה*", &plain,
                " 1. t\n    /a\n    וְהָיָה וְהָיָה וְהָיָה וְהָיָה וְהָיָה וְהָיָה *וְהָיָה*\n\n1-1 of 1 article\n");
}

static void
colours_are_closed(void **state)
{
    (void)state;
    const struct present_style colour = {.color = true, .columns = 40};
    expect_text("*A* headline", "A *ferry*.", &colour,
                " 1. \033[1mA headline\033[0m\n    \033[2m/a\033[0m\n    A "
                "\033[1;31mferry\033[0m.\n\n1-1 of 1 article\n");
}

static void
cut_passages_say_so(void **state)
{
    (void)state;
    struct result r;
    struct buf out;
    make_result(&r, "x");
    identify(&r, "/a");
    set_marked(&r.hit->title, "t");
    set_passage(&r, "in the *middle* of");
    r.hit->snippets.passage[0].cut_before = r.hit->snippets.passage[0].cut_after = true;
    r.hit->rank = 1234;
    buf_init(&out, BUF_MAX);
    present_text(&out, &r, &plain);
    assert_string_equal(
        out.data, "1234. t\n    /a\n    ... in the *middle* of ...\n\n1234-1234 of 1 article\n");
    buf_release(&out);
    result_release(&r);
}

static void
passages_stand_in_one_paragraph(void **state)
{
    (void)state;
    struct result r;
    struct buf out;
    make_result(&r, "x");
    identify(&r, "/a");
    set_marked(&r.hit->title, "t");
    set_passage(&r, "One *passage* that is about");
    set_passage(&r, "and *another*");
    r.hit->snippets.passage[0].cut_after = r.hit->snippets.passage[1].cut_after = true;
    buf_init(&out, BUF_MAX);
    present_text(&out, &r, &plain);
    assert_string_equal(out.data, " 1. t\n    /a\n    One *passage* that is about ... and\n    "
                                  "*another* ...\n\n1-1 of 1 article\n");
    buf_release(&out);
    result_release(&r);
}

static void
facts_and_explanations_are_wrapped_but_for_files(void **state)
{
    (void)state;
    struct result r;
    struct buf out;
    make_result(&r, "x");
    identify(&r, "/a folder/with a name that is longer than the line.txt");
    set(&r, ARTICLE_SOURCE, "The Paper of the Old Harbour and the New");
    set_marked(&r.hit->title, "t");
    r.hit->contribution = calloc(3, sizeof *r.hit->contribution);
    assert_non_null(r.hit->contribution);
    for (; r.hit->n_contributions < 3; r.hit->n_contributions++)
        r.hit->contribution[r.hit->n_contributions] =
            (struct contribution){strdup("(a part of it)"), 3.0 - (double)r.hit->n_contributions};
    buf_init(&out, BUF_MAX);
    present_text(&out, &r, &plain);
    assert_string_equal(out.data, " 1. t\n    The Paper of the Old Harbour and the\n    New, "
                                  "/a folder/with a name that is longer than the line.txt\n"
                                  "    1.50 = (a part of it) 3.00\n        + (a part of it) 2.00\n "
                                  "       + (a part of it) 1.00\n\n"
                                  "1-1 of 1 article\n");
    buf_release(&out);
    result_release(&r);
}

static void
extra_is_printed_where_it_is_asked_for(void **state)
{
    (void)state;
    struct present_fields some, none = {.n = 0};
    struct result r;
    struct buf out;
    make_result(&r, "x");
    identify(&r, "/a");
    r.hit->article.extra = json_pack("{s:s}", "price", "2, \"or\" 3");
    buf_init(&out, BUF_MAX);
    assert_true(fields_parse(&some, "rank,extra", NULL));
    present_jsonl(&out, &r, &some);
    present_csv(&out, &r, &some, false);
    assert_string_equal(out.data, "{\"rank\":1,\"extra\":{\"price\":\"2, \\\"or\\\" 3\"}}\n"
                                  "1,\"{\"\"price\"\":\"\"2, \\\"\"or\\\"\" 3\"\"}\"\r\n");
    buf_clear(&out);
    present_jsonl(&out, &r, &none);
    assert_null(strstr(out.data, "extra"));
    buf_release(&out);
    result_release(&r);
}

static void
any_text_is_wrapped_at_any_width(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "The *quick* brown *fox* jumps over the lazy dog, and again.",
        "一二三 四五，*六七*八九（十）一二三四五六七八九十",
        "*abc*一*def*二 x y z *一二三四五六七八九十一二三四五六七八九十*",
        "a  b   c    d",
        " x ",
        "*a* *b* *c* *d* *e* *f* *g*",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (unsigned columns = 20; columns < 60; columns++) {
            const struct present_style style = {.columns = columns};
            struct result r;
            struct buf out;
            make_result(&r, "x");
            identify(&r, "/a");
            set_marked(&r.hit->title, texts[i]);
            set_passage(&r, texts[i]);
            buf_init(&out, BUF_MAX);
            present_text(&out, &r, &style);
            assert_true(utf8_valid(out.data, out.len));
            assert_narrow(out.data, columns);
            assert_null(strstr(out.data, " \n"));
            buf_release(&out);
            result_release(&r);
        }
}

/* The same article, hostile in all its parts, in a format. */
static void
make_hostile(struct result *r)
{
    make_result(r, HOSTILE);
    for (int f = ARTICLE_ID; f < ARTICLE_FIELDS; f++)
        if (f != ARTICLE_PATH && f != ARTICLE_PATH_BYTES)
            set(r, (enum article_field)f, HOSTILE);
    for (int l = 0; l < ARTICLE_LISTS; l++)
        for (int i = 0; i < 2; i++)
            assert_true(article_add(&r->hit->article, (enum article_list)l, HOSTILE,
                                    strlen(HOSTILE), NULL));
    identify(r, "/tmp/" HOSTILE);
    struct buf clean;
    buf_init(&clean, BUF_MAX);
    utf8_squeeze(&clean, article_get(&r->hit->article, ARTICLE_TITLE),
                 strlen(article_get(&r->hit->article, ARTICLE_TITLE)));
    set_marked(&r->hit->title, clean.data);
    set_passage(r, clean.data);
    buf_release(&clean);
}

static void
json_is_valid_whatever_stands_in_it(void **state)
{
    (void)state;
    struct present_fields none = {.n = 0}, some;
    struct result r;
    struct buf out;
    json_error_t error;
    make_hostile(&r);
    r.query_id = "<id>";
    buf_init(&out, BUF_MAX);
    present_json(&out, &r, &none);
    json_t *json = json_loads(out.data, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(json);
    json_t *hit = json_array_get(json_object_get(json, "hits"), 0);
    assert_string_equal(json_string_value(json_object_get(hit, "title")),
                        article_get(&r.hit->article, ARTICLE_TITLE));
    assert_null(json_object_get(hit, "body"));
    assert_string_equal(json_string_value(json_object_get(json_object_get(json, "query"), "text")),
                        r.query.text);
    json_decref(json);
    buf_clear(&out);
    assert_true(fields_parse(&some, "title,body,author,snippet", NULL));
    present_jsonl(&out, &r, &some);
    assert_ptr_equal(strchr(out.data, '\n'), out.data + out.len - 1); /* one line */
    json = json_loads(out.data, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(json);
    assert_int_equal(json_object_size(json), 5);
    assert_string_equal(json_string_value(json_object_get(json, "query")), "<id>");
    assert_string_equal(json_string_value(json_object_get(json, "body")),
                        article_get(&r.hit->article, ARTICLE_BODY));
    json_decref(json);
    buf_release(&out);
    result_release(&r);
}

static void
nothing_that_is_printed_has_control_characters(void **state)
{
    (void)state;
    struct present_fields all;
    struct result r;
    struct buf out;
    make_hostile(&r);
    buf_init(&out, BUF_MAX);
    assert_true(fields_parse(
        &all,
        "uid,id,url,path,member,title,deck,author,contributor,published,source,section,language,"
        "tags,caption,body,rank,score,snippet",
        NULL));
    present_text(&out, &r, &plain);
    present_article_text(&out, &r.hit->article, &plain);
    present_csv(&out, &r, &all, true);
    present_tsv(&out, &r, &all, true);
    present_trec(&out, &r, "tag");
    for (size_t i = 0; i < out.len; i++)
        if ((unsigned char)out.data[i] < ' ' || out.data[i] == 0x7f)
            assert_non_null(strchr("\n\r\t", out.data[i]));
    assert_true(utf8_valid(out.data, out.len));
    const char override[] = {'\xe2', '\x80', '\xae', '\0'},
               isolate[] = {'\xe2', '\x81', '\xa6', '\0'};
    assert_null(strstr(out.data, override));
    assert_null(strstr(out.data, isolate));
    buf_release(&out);
    result_release(&r);
}

static void
expect_table(bool tab, const char *title, const char *query_id, const char *names,
             const char *expected)
{
    struct present_fields fields;
    struct result r;
    struct buf out;
    make_result(&r, "x");
    r.query_id = query_id;
    if (title)
        set(&r, ARTICLE_BODY, title);
    assert_true(article_add(&r.hit->article, ARTICLE_AUTHOR, "Ann Lee", 7, NULL));
    assert_true(article_add(&r.hit->article, ARTICLE_AUTHOR, "Bo, Jr.", 7, NULL));
    assert_true(fields_parse(&fields, names, NULL));
    buf_init(&out, BUF_MAX);
    (tab ? present_tsv : present_csv)(&out, &r, &fields, true);
    assert_string_equal(out.data, expected);
    buf_release(&out);
    result_release(&r);
}

static void
csv_is_quoted_where_it_must_be(void **state)
{
    (void)state;
    expect_table(false, "plain", NULL, "rank,body", "rank,body\r\n1,plain\r\n");
    expect_table(false, "a, b", NULL, "rank,body", "rank,body\r\n1,\"a, b\"\r\n");
    expect_table(false, "say \"no\"", NULL, "body", "body\r\n\"say \"\"no\"\"\"\r\n");
    expect_table(false, "one\n\ntwo", NULL, "body", "body\r\n\"one\n\ntwo\"\r\n");
    expect_table(false, NULL, NULL, "body,rank", "body,rank\r\n,1\r\n");
    expect_table(false, NULL, NULL, "author,score",
                 "author,score\r\n\"Ann Lee; Bo, Jr.\",1.500000\r\n");
    expect_table(false, "x", "q,1", "body,snippet", "query,body,snippet\r\n\"q,1\",x,\r\n");
    expect_table(false, "题 ü", NULL, "body", "body\r\n题 ü\r\n");
}

static void
tsv_has_a_line_a_hit(void **state)
{
    (void)state;
    expect_table(true, "a, \"b\"", NULL, "rank,body", "rank\tbody\n1\ta, \"b\"\n");
    expect_table(true, "one\n\ntwo", NULL, "body", "body\none\\n\\ntwo\n");
    expect_table(true, "back\\slash", NULL, "body", "body\nback\\\\slash\n");
    expect_table(true, NULL, "q1", "body,author", "query\tbody\tauthor\nq1\t\tAnn Lee; Bo, Jr.\n");
}

static void
trec_columns_have_no_blanks(void **state)
{
    (void)state;
    struct result r;
    struct buf out;
    make_result(&r, "x");
    set(&r, ARTICLE_ID, "an id\twith 100%");
    identify(&r, "/a");
    r.query_id = "q 1";
    buf_init(&out, BUF_MAX);
    present_trec(&out, &r, "tag");
    assert_string_equal(out.data, "q%201 Q0 an%20id%20with%20100%25 1 1.500000 tag\n");
    buf_release(&out);
    result_release(&r);
}

static void
fields_are_named_or_refused(void **state)
{
    (void)state;
    struct present_fields f;
    struct err err;
    assert_true(fields_parse(&f, "title", NULL));
    assert_true(f.n == 1 && fields_have(&f, "title", false) && !fields_have(&f, "body", true));
    static const char *const wrong[] = {"",       ",",     "title,,body", ",title",
                                        "titles", "Title", " title",      "title body"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(fields_parse(&f, wrong[i], &err));
        assert_int_equal(err.code, ERR_ARG);
    }
    struct buf many;
    buf_init(&many, BUF_MAX);
    for (int i = 0; i < FIELDS_MAX + 1; i++)
        buf_str(&many, "rank,");
    assert_false(fields_parse(&f, many.data, &err));
    buf_release(&many);
}

static void
nothing_found_is_still_an_answer(void **state)
{
    (void)state;
    struct present_fields none = {.n = 0};
    struct result r = {.n_hits = 0};
    struct buf out;
    assert_true(query_read(&r.query, "", 0, NULL, NULL));
    buf_init(&out, BUF_MAX);
    present_text(&out, &r, &plain);
    present_jsonl(&out, &r, &none);
    present_trec(&out, &r, "tag");
    present_csv(&out, &r, &none, false);
    assert_string_equal(out.data, "");
    present_json(&out, &r, &none);
    json_t *json = json_loads(out.data, 0, NULL);
    assert_non_null(json);
    assert_int_equal(json_array_size(json_object_get(json, "hits")), 0);
    json_decref(json);
    buf_release(&out);
    result_release(&r);
}

static void
an_article_is_shown_in_full(void **state)
{
    (void)state;
    struct result r;
    struct buf out;
    make_result(&r, "x");
    set(&r, ARTICLE_TITLE, "A headline");
    set(&r, ARTICLE_DECK, "A deck");
    set(&r, ARTICLE_BODY, "One paragraph.\n\nAnother, which is so long that it needs two lines.");
    set(&r, ARTICLE_PUBLISHED, "2023-10-13");
    assert_true(article_add(&r.hit->article, ARTICLE_AUTHOR, "Ann Lee", 7, NULL));
    assert_true(article_add(&r.hit->article, ARTICLE_CAPTION, "A picture.", 10, NULL));
    identify(&r, "/a\nb");
    buf_init(&out, BUF_MAX);
    present_article_text(&out, &r.hit->article, &plain);
    assert_string_equal(out.data,
                        "A headline\nA deck\n\nBy: Ann Lee\nPublished: 2023-10-13\nFile: "
                        "/a\\nb\n\nOne paragraph.\n\n"
                        "Another, which is so long that it needs\ntwo lines.\n\n[A picture.]\n");
    buf_release(&out);
    result_release(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_wrapped_between_words),
        cmocka_unit_test(wide_characters_count_as_two_columns),
        cmocka_unit_test(no_line_begins_with_what_closes_or_with_a_mark),
        cmocka_unit_test(combining_marks_and_right_to_left_text_take_their_columns),
        cmocka_unit_test(colours_are_closed),
        cmocka_unit_test(cut_passages_say_so),
        cmocka_unit_test(passages_stand_in_one_paragraph),
        cmocka_unit_test(facts_and_explanations_are_wrapped_but_for_files),
        cmocka_unit_test(extra_is_printed_where_it_is_asked_for),
        cmocka_unit_test(any_text_is_wrapped_at_any_width),
        cmocka_unit_test(json_is_valid_whatever_stands_in_it),
        cmocka_unit_test(nothing_that_is_printed_has_control_characters),
        cmocka_unit_test(csv_is_quoted_where_it_must_be),
        cmocka_unit_test(tsv_has_a_line_a_hit),
        cmocka_unit_test(trec_columns_have_no_blanks),
        cmocka_unit_test(fields_are_named_or_refused),
        cmocka_unit_test(nothing_found_is_still_an_answer),
        cmocka_unit_test(an_article_is_shown_in_full),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("present", tests, NULL, NULL);
}
