/* query-read.c - tests of searcher/query/read: what people type is read as doc/query-language.md
 * says
 *
 * A tree is written on one line: {a b +c -d} a group, (and a b), (or a b), (not a b), "a b" a
 * phrase, a* a prefix, a*b a pattern, a~1 a similar word, =a an exact one, (NEAR/5 a b) and the like, <id:x> a value, <2023..> a date; field:x the same in a field.
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
#include <time.h>

#include <cmocka.h>

#include "common/buf.h"
#include "searcher/query/read.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct example {
    const char *text;
    const char *tree;
    const char *notes; /* their codes, a blank between; NULL: none */
    const char *print; /* NULL: not looked at here */
};

static void
dump_leaf(const struct query_node *node, struct buf *out)
{
    const char *field = node->field ? node->field->name : "", *colon = node->field ? ":" : "";
    const int len = (int)node->len;
    if (node->kind == QUERY_DATE)
        buf_printf(out, "<%s..%s>", node->since ? node->since : "", node->until ? node->until : "");
    else if (node->kind == QUERY_LENGTH && node->high == UINT32_MAX)
        buf_printf(out, "<%lu words..>", (unsigned long)node->low);
    else if (node->kind == QUERY_LENGTH)
        buf_printf(out, "<%lu..%lu words>", (unsigned long)node->low, (unsigned long)node->high);
    else if (node->kind == QUERY_VALUE)
        buf_printf(out, "<%s:%.*s>", field, len, node->text);
    else if (node->kind == QUERY_PHRASE)
        buf_printf(out, "%s%s\"%.*s\"", field, colon, len, node->text);
    else
        buf_printf(out, "%s%s%s%.*s%s", field, colon, node->exact ? "=" : "", len, node->text,
                   node->kind == QUERY_PREFIX ? "*" : "");
    if (node->number > 0)
        buf_printf(out, "~%u", node->number);
}

static void
dump_boost(const struct query_node *node, struct buf *out)
{
    if (node->boost > 0)
        buf_printf(out, "^%u", node->boost);
}

static void
dump(const struct query_node *node, struct buf *out)
{
    static const char *const opening[] = {
        [QUERY_GROUP] = "{", [QUERY_AND] = "(and ", [QUERY_OR] = "(or ", [QUERY_NOT] = "(not ",
        [QUERY_ATLEAST] = "(ATLEAST", [QUERY_FIRST] = "(FIRST", [QUERY_NEAR] = "("};
    static const char *const near[] = {"NEAR", "PRE", "W/S", "W/P"};
    if (!node)
        return;
    if (node->occur != QUERY_SHOULD)
        buf_ch(out, node->occur == QUERY_MUST ? '+' : '-');
    if (node->kind <= QUERY_DATE) {
        dump_leaf(node, out);
        dump_boost(node, out);
        return;
    }
    buf_str(out, opening[node->kind]);
    if (node->kind == QUERY_NEAR)
        buf_printf(out, "%s%s", node->negated ? "NOT " : "", near[node->near]);
    if (node->number > 0)
        buf_printf(out, "/%u", node->number);
    if (node->kind >= QUERY_NEAR)
        buf_ch(out, ' ');
    for (const struct query_node *c = node->first; c; c = c->next) {
        if (c != node->first)
            buf_ch(out, ' ');
        dump(c, out);
    }
    buf_ch(out, node->kind == QUERY_GROUP ? '}' : ')');
    dump_boost(node, out);
}

static void
check_text(const char *query, const char *what, const char *got, const char *wanted)
{
    if (strcmp(got, wanted) != 0)
        fail_msg("the %s of [%s] is [%s], not [%s]", what, query, got, wanted);
}

static void
check_print(const char *text, const struct query *q, const char *wanted)
{
    struct buf print;
    struct query again;
    buf_init(&print, BUF_MAX);
    query_print(q, &print);
    if (wanted)
        check_text(text, "print", print.data, wanted);
    assert_true(query_read(&again, print.data, print.len, NULL, NULL));
    if (!query_same(q->root, again.root))
        fail_msg("[%s] prints as [%s], which is another tree", text, print.data);
    query_release(&again);
    buf_release(&print);
}

static void
check_with(const struct example *e, const struct query_options *o)
{
    struct query q;
    struct buf line;
    struct err err = {.code = ERR_NONE};
    buf_init(&line, BUF_MAX);
    if (!query_read(&q, e->text, strlen(e->text), o, &err))
        fail_msg("[%s]: %s", e->text, err.msg);
    dump(q.root, &line);
    check_text(e->text, "tree", line.data, e->tree);
    buf_clear(&line);
    for (size_t i = 0; i < q.n_notes; i++)
        buf_printf(&line, "%s%s", i ? " " : "", q.note[i].code);
    check_text(e->text, "notes", line.data, e->notes ? e->notes : "");
    check_print(e->text, &q, e->print);
    buf_release(&line);
    query_release(&q);
}

static void
check_all(const struct example *examples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct query_options strict = {.strict = true};
        const struct example *e = &examples[i];
        struct query q;
        struct err err = {.code = ERR_NONE};
        check_with(e, NULL);
        /* strict refuses exactly what takes a guess */
        if (query_read(&q, e->text, strlen(e->text), &strict, &err) != (e->notes == NULL))
            fail_msg("strict about [%s]: %s", e->text, err.msg);
        if (e->notes)
            assert_int_equal(err.code, ERR_SYNTAX);
        query_release(&q);
    }
}

static void
words_are_alternatives(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"", "", NULL, ""},
        {" \t\n ", "", NULL, ""},
        {"ferry", "ferry", NULL, "ferry"},
        {"forced repatriation Dandong", "{forced repatriation Dandong}", NULL,
         "forced repatriation Dandong"},
        {"  two\n\twords　here ", "{two words here}", NULL, "two words here"},
        {"COVID-19 Byoung-sam U.N.", "{COVID-19 Byoung-sam U.N.}", NULL, NULL},
        {"北京 上海", "{北京 上海}", NULL, NULL},
        {"& ... — '", "", NULL, ""},
        {"salt & pepper", "{salt pepper}", NULL, NULL},
        {"C++ #metoo @name AT&T $5", "{C++ #metoo @name AT&T $5}", NULL, NULL},
        {"foo and bar or not baz", "{foo and bar or not baz}", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
signs_require_and_exclude(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"+ferry captain -football", "{+ferry captain -football}", NULL,
         "+ferry captain -football"},
        {"+ferry", "{+ferry}", NULL, "+ferry"},
        {"(+ferry) captain", "{ferry captain}", NULL, NULL},
        {"-\"exact phrase\" foo -(a b)", "{-\"exact phrase\" foo -{a b}}", NULL, NULL},
        {"foo -title:bar +tags:(a b)", "{foo -title:bar +{tags:a tags:b}}", NULL, NULL},
        {"－foo ＋bar", "{-foo +bar}", NULL, NULL},
        {"-foo", "{-foo}", "only-excluded", "-foo"},
        {"-foo -bar", "{-foo -bar}", "only-excluded", NULL},
        {"foo (-bar)", "{foo {-bar}}", "only-excluded", NULL},
        {"foo - bar", "{foo bar}", "sign-left-out", NULL},
        {"+ -", "", "sign-left-out sign-left-out", NULL},
        {"foo -", "foo", "sign-left-out", NULL},
        {"(foo -)", "foo", "sign-left-out", NULL},
        {"--foo -+bar", "{foo bar}", "sign-left-out sign-left-out", NULL},
        {"-... foo", "foo", "sign-left-out", NULL},
        {"-\"\" foo", "foo", "sign-left-out empty", NULL},
        {"\"a b\"-foo", "{\"a b\" foo}", "sign-left-out", NULL},
        {"-AND foo", "{-AND foo}", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
operators_bind_not_and_or_words(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a AND b", "(and a b)", NULL, "a AND b"},
        {"a AND b AND c", "(and a b c)", NULL, "a AND b AND c"},
        {"a OR b OR c", "(or a b c)", NULL, "a OR b OR c"},
        {"a OR b AND c", "(or a (and b c))", NULL, "a OR (b AND c)"},
        {"(a OR b) AND c", "(and (or a b) c)", NULL, "(a OR b) AND c"},
        {"a AND NOT b", "(not a b)", NULL, "a AND NOT b"},
        {"a AND -b", "(not a b)", NULL, NULL},
        {"a AND NOT b AND c AND NOT d", "(not (and a c) (or b d))", NULL,
         "(a AND c) AND NOT (b OR d)"},
        {"a b AND c", "{a (and b c)}", NULL, "a (b AND c)"},
        {"a b OR c d", "{a (or b c) d}", NULL, NULL},
        {"a b NOT c", "{a b -c}", NULL, "a b -c"},
        {"a AND b NOT c", "{(and a b) -c}", NULL, NULL},
        {"a OR b NOT c", "{(or a b) -c}", NULL, NULL},
        {"x NOT a AND NOT b", "{x -(or a b)}", NULL, "x -(a OR b)"},
        {"NOT a", "{-a}", "only-excluded", NULL},
        {"a OR NOT b", "(or a {-b})", "only-excluded", "a OR (-b)"},
        {"x +(a AND b)", "{x +(and a b)}", NULL, "x +(a AND b)"},
        {"+a OR b", "(or a b)", "sign-without-effect", NULL},
        {"+a AND b", "(and a b)", "sign-without-effect", NULL},
        {"a NOT -b", "{a -b}", "sign-without-effect", NULL},
        {"((a)) AND ((b c))", "(and a {b c})", NULL, "a AND (b c)"},
        {"(a AND b) AND c", "(and (and a b) c)", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
operators_without_a_side_are_left_out(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"AND foo", "foo", "operator-left-out", NULL},
        {"foo AND", "foo", "operator-left-out", NULL},
        {"foo OR", "foo", "operator-left-out", NULL},
        {"foo NOT", "foo", "operator-left-out", NULL},
        {"a AND OR b", "(and a b)", "operator-left-out", NULL},
        {"a OR AND OR b", "(or a b)", "operator-left-out operator-left-out", NULL},
        {"a AND () AND b", "(and a b)", "operator-left-out empty", NULL},
        {"(AND a) OR (b OR)", "(or a b)", "operator-left-out operator-left-out", NULL},
        {"a NOT NOT b", "{a -b}", "operator-left-out", NULL},
        {"a && b || c", "{a b c}", "not-an-operator not-an-operator", NULL},
        {"a ! b !c", "{a b !c}", "not-an-operator not-an-operator", NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
operators_need_small_letters_outside_quotes(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"FISH AND CHIPS", "{FISH AND CHIPS}", "operator-as-word", "FISH AND CHIPS"},
        {"FISH AND \"small letters\"", "{FISH AND \"small letters\"}", "operator-as-word", NULL},
        {"FISH AND CHIPS please", "{(and FISH CHIPS) please}", NULL, NULL},
        {"北京 AND 上海", "(and 北京 上海)", NULL, NULL},
        {"МОСКВА AND КИЕВ", "{МОСКВА AND КИЕВ}", "operator-as-word", NULL},
        {"москва AND КИЕВ", "(and москва КИЕВ)", NULL, NULL},
        {"AND", "AND", "operator-as-word", NULL},
        {"2023 OR 2024", "{2023 OR 2024}", "operator-as-word", NULL},
        {"title:NATO AND EU", "(and title:NATO EU)", NULL, NULL},
        {"TITLE:NATO AND EU", "{title:NATO AND EU}", "operator-as-word", "title:NATO AND, EU"},
        {"rock AND, roll", "{rock AND roll}", NULL, "rock AND, roll"},
        {"rock And roll", "{rock And roll}", NULL, NULL},
        {"ＡＮＤ a ＮＯＴ b", "{ＡＮＤ a ＮＯＴ b}", NULL, NULL},
        {"title:AND foo", "{title:AND foo}", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
quotes_of_many_languages_make_phrases(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"\"exact phrase\"", "\"exact phrase\"", NULL, "\"exact phrase\""},
        {"“exact phrase”", "\"exact phrase\"", NULL, "\"exact phrase\""},
        {"„genau so“ »ganz genau« « exactement »", "{\"genau so\" \"ganz genau\" \"exactement\"}",
         NULL, NULL},
        {"「東京 大阪」『京都』", "{\"東京 大阪\" \"京都\"}", NULL, NULL},
        {"＂full width＂", "\"full width\"", NULL, NULL},
        {"title:\"two words\"", "title:\"two words\"", NULL, NULL},
        {"\"one\"two\"three four\"", "{\"one\" two \"three four\"}", NULL, NULL},
        {"«said \"no\" twice»", "\"said \"no\" twice\"", NULL, "«said \"no\" twice»"},
        {"\"AND (a -b) title:c\"", "\"AND (a -b) title:c\"", NULL, NULL},
        {"\"open end", "{open end}", "unbalanced-quote", NULL},
        {"5\" gun", "{5 gun}", "unbalanced-quote", NULL},
        {"a \"\" b", "{a b}", "empty", NULL},
        {"\" ... \" b", "b", "empty", NULL},
        {"צה\"ל ארה\"ב", "{צה\"ל ארה\"ב}", NULL, NULL},
        {"\"צה\"ל היום\"", "\"צה\"ל היום\"", NULL, "\"צה\"ל היום\""},
    };
    check_all(examples, COUNT(examples));
}

static void
brackets_that_do_not_match_are_mended(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"(a b", "{a b}", "unbalanced-bracket", NULL},
        {"((a OR b) c", "{(or a b) c}", "unbalanced-bracket", NULL},
        {"a b) c", "{a b c}", "unbalanced-bracket", NULL},
        {")(", "", "unbalanced-bracket empty unbalanced-bracket", NULL},
        {"() a", "a", "empty", NULL},
        {"（北京 OR 上海） AND 雪", "(and (or 北京 上海) 雪)", NULL, NULL},
        {"word(s)", "{word s}", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
fields_go_to_words_phrases_and_brackets(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"title:ferry body:storm", "{title:ferry body:storm}", NULL, NULL},
        {"headline:a by:b byline:c tag:d keyword:e standfirst:f text:g",
         "{title:a author:b author:c tags:d tags:e deck:f body:g}", NULL, NULL},
        {"deck:a caption:b contributor:c section:d source:e dateline:f",
         "{deck:a caption:b contributor:c section:d source:e dateline:f}", NULL, NULL},
        {"Author:Kim", "author:Kim", NULL, "author:Kim"},
        {"author:(kim OR by:lee \"c d\" e*)",
         "{(or author:kim author:lee) author:\"c d\" author:e*}", NULL, NULL},
        {"title:(a (b AND -c))", "{title:a (not title:b title:c)}", NULL, NULL},
        {"title：雪", "title:雪", NULL, "title:雪"},
        {"title:author:x", "title:author:x", NULL, NULL},
        {"title: foo", "{title foo}", "field-without-value", NULL},
        {"foo title:", "{foo title}", "field-without-value", NULL},
        {"title:\"\" foo", "{title foo}", "field-without-value empty", NULL},
        {"title:() foo", "{title foo}", "field-without-value empty", NULL},
        {"title:-foo", "title:foo", "sign-left-out", NULL},
        {"A AND B title:()", "{(and A B) title}", "field-without-value empty", NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
unknown_fields_are_words_and_other_colons_are_text(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"foo:bar", "{foo bar}", "unknown-field", "foo bar"},
        {"x foo:bar", "{x {foo bar}}", "unknown-field", "x (foo bar)"},
        {"+foo:bar x", "{+{foo bar} x}", "unknown-field", NULL},
        {"foo:\"a b\"", "{foo \"a b\"}", "unknown-field", NULL},
        {"foo:(a b)", "{foo {a b}}", "unknown-field", NULL},
        {"foo:bar:title:baz", "{foo bar title:baz}", "unknown-field unknown-field", NULL},
        {"foo:AND x", "{{foo AND} x}", "unknown-field", NULL},
        {"foo:() x", "{foo x}", "unknown-field empty", NULL},
        {"Re: foo", "{Re foo}", NULL, NULL},
        {"10:30 http://x/ https://example.org/a?b=c std::vector a:b",
         "{10:30 http://x/ https://example.org/a?b=c std::vector a:b}", NULL, NULL},
        {"新华社：北京 título:x", "{新华社：北京 título:x}", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
values_and_dates_filter(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"language:en", "<language:en>", NULL, NULL},
        {"flood lang:pt-BR", "{flood +<language:pt-BR>}", NULL, "flood +language:pt-BR"},
        {"flood language:en language:fr", "{flood +(or <language:en> <language:fr>)}", NULL, NULL},
        {"flood language:(en fr)", "{flood +(or <language:en> <language:fr>)}", NULL, NULL},
        {"flood language:en id:7", "{flood +<language:en> +<id:7>}", NULL, NULL},
        {"flood -language:en", "{flood -<language:en>}", NULL, NULL},
        {"flood OR language:en", "(or flood <language:en>)", NULL, NULL},
        {"(url:http://en.example/A_(b)?c=1)", "<url:http://en.example/A_(b)?c=1>", NULL, NULL},
        {"id:\"a b\"", "<id:a b>", NULL, "id:\"a b\""},
        {"id:-5", "<id:-5>", NULL, "id:-5"},
        {"url:\"x", "{url x}", "field-without-value unbalanced-quote", NULL},
        {"id:x*", "<id:x*>", "wildcard-as-text", NULL},
        {"since:2023-10", "<2023-10..>", NULL, "since:2023-10"},
        {"flood since:2023-10 until:2023-12", "{flood +<2023-10..> +<..2023-12>}", NULL, NULL},
        {"flood published:2023-10..2023-12", "{flood +<2023-10..2023-12>}", NULL,
         "flood +published:2023-10..2023-12"},
        {"published:2023.. x", "{+<2023..> x}", NULL, NULL},
        {"published:..2023 x", "{+<..2023> x}", NULL, NULL},
        {"published:2023-10-13", "<2023-10-13..2023-10-13>", NULL, "published:2023-10-13"},
        {"date:2022 published:2023 x", "{+(or <2022..2022> <2023..2023>) x}", NULL, NULL},
        {"until:\"13 October 2023\"", "<..2023-10-13>", NULL, "until:2023-10-13"},
        {"since:2023-10-13T08:00Z", "<2023-10-13T08:00Z..>", NULL, NULL},
        {"(since:2023 -language:fr) x", "{+{+<2023..> -<language:fr>} x}", NULL, NULL},
        {"published:(2022 OR 2023)", "(or <2022..2022> <2023..2023>)", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
bad_dates_are_words(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"since:someday", "{since someday}", "bad-date", NULL},
        {"flood until:\"last weak\"", "{flood {until \"last weak\"}}", "bad-date", NULL},
        {"since:\"1 fortnight ago\" x", "{{since \"1 fortnight ago\"} x}", "bad-date", NULL},
        {"since:2023-13-45", "{since 2023-13-45}", "bad-date", NULL},
        {"since:2022..2023", "{since 2022..2023}", "bad-date", NULL},
        {"published:.. x", "{published x}", "field-without-value", NULL},
        {"since:(x OR y)", "(or {since x} {since y})", "bad-date bad-date", NULL},
        {"since:foo:bar", "{since foo bar}", "bad-date unknown-field", NULL},
        {"published:2023..2022", "<2022..2023>", "reversed-range", NULL},
        {"published:2023-10..2023", "<2023-10..2023>", NULL, NULL},
        {"since:1988 until:1987 x", "{+<1987..> +<..1988> x}", "reversed-range", NULL},
        {"since:1988 AND until:1987", "(and <1987..> <..1988>)", "reversed-range", NULL},
        {"published:2023.. flood", "{+<2023..> flood}", NULL, NULL},
        {"published:=2023", "<2023..2023>", NULL, "published:2023"},
        {"(published:2023-10) ..11 ..12", "{+<2023-10..2023-10> 11 12}", NULL, "+published:2023-10 11 12"},
        {"published:\"2023-10\" ..10", "{+<2023-10..2023-10> 10}", NULL, "+published:2023-10 10"},
        {"published:2023-10 ...", "<2023-10..2023-10>", NULL, NULL},
        {"...and ..title:x ..OR ...é x", "{and ..title:x ..OR é x}", NULL, "and ..title:x ..OR é x"},
    };
    check_all(examples, COUNT(examples));
}

/* Seen from Monday, 16 October 2023. */
static void
dates_are_read_as_people_say_them(void **state)
{
    (void)state;
    static const struct {
        const char *text, *print;
    } examples[] = {
        {"published:today", "published:2023-10-16"},
        {"published:Yesterday", "published:2023-10-15"},
        {"since:tomorrow", "since:2023-10-17"},
        {"published:\"last week\"", "published:2023-10-09..2023-10-15"},
        {"published:this-week", "published:2023-10-16..2023-10-22"},
        {"since:\"last week\"", "since:2023-10-09"},
        {"until:\"last week\"", "until:2023-10-15"},
        {"published:\"last month\"", "published:2023-09"},
        {"published:\"this month\"", "published:2023-10"},
        {"published:last_year", "published:2022"},
        {"since:\"3 weeks ago\"", "since:2023-09-25"},
        {"since:\"three weeks ago\"", "since:2023-09-25"},
        {"since:3w", "since:2023-09-25"},
        {"since:2D", "since:2023-10-14"},
        {"until:1y", "until:2022-10-16"},
        {"until:\"a year ago\"", "until:2022-10-16"},
        {"since:\"8 months ago\"", "since:2023-02-16"},
        {"published:\"1 day ago\"", "published:2023-10-15"},
        {"published:\"last 30 days\"", "published:2023-09-16..2023-10-16"},
        {"published:\"past 2 years\"", "published:2021-10-16..2023-10-16"},
        {"published:sunday", "published:2023-10-15"},
        {"published:monday", "published:2023-10-09"},
        {"published:\"last Tuesday\"", "published:2023-10-10"},
        {"published:\"last month..yesterday\"", "published:2023-09..2023-10-15"},
        {"published:2023-10-01..today", "published:2023-10-01..2023-10-16"},
        {"published:\"the last 3 months\"", "published:2023-07-16..2023-10-16"},
        {"published:\"in the last 3 months\"", "published:2023-07-16..2023-10-16"},
        {"published:\"next week\"", "published:2023-10-23..2023-10-29"},
        {"published:\"next year\"", "published:2024"},
        {"published:\"in 2023\"", "published:2023"},
        {"published:October", "published:2023-10"},
        {"published:november", "published:2022-11"},
        {"published:\"last october\"", "published:2022-10"},
        {"published:\"in May\"", "published:2023-05"},
        {"published:\"summer 2023\"", "published:2023-06..2023-08"},
        {"published:\"winter 2022\"", "published:2022-12..2023-02"},
        {"published:\"winter 2022-23\"", "published:2022-12..2023-02"},
        {"published:\"the winter 1999-2000\"", "published:1999-12..2000-02"},
        {"published:\"last fall\"", "published:2022-09..2022-11"},
        {"published:autumn", "published:2023-09..2023-11"},
        {"since:\"summer 2023\"", "since:2023-06"},
        {"until:\"summer 2023\"", "until:2023-08"},
        {"published:>2023", "since:2024"},
        {"published:>=2023-10", "since:2023-10"},
        {"published:<2023-10-01", "until:2023-09-30"},
        {"published:<=2023-02", "until:2023-02"},
        {"published:2023-10-01..10-15", "published:2023-10-01..2023-10-15"},
        {"published:2023-10-01..15", "published:2023-10-01..2023-10-15"},
        {"published:2023-10..12", "published:2023-10..2023-12"},
        {"published:2023-10 .. 2023-12", "published:2023-10..2023-12"},
        {"published:2023-10.. 2023-12", "published:2023-10..2023-12"},
        {"published:2023-10 ..2023-12", "published:2023-10..2023-12"},
        {"published:\"2023-10 .. 2023-12\"", "published:2023-10..2023-12"},
        {"published:2023-10 ..", "since:2023-10"},
        {"since:03/04/2023", "since:2023-03-04"},
    };
    const struct query_options o = {.strict = true, .now = 1697457600};
    assert_int_equal(setenv("TZ", "UTC", 1), 0);
    tzset();
    for (size_t i = 0; i < COUNT(examples); i++) {
        struct query q;
        struct err err = {.code = ERR_NONE};
        if (!query_read(&q, examples[i].text, strlen(examples[i].text), &o, &err))
            fail_msg("[%s]: %s", examples[i].text, err.msg);
        check_print(examples[i].text, &q, examples[i].print);
        assert_int_equal(q.n_notes, 1);
        assert_string_equal(q.note[0].code, "date-read");
        assert_non_null(strstr(q.note[0].text, examples[i].print));
        query_release(&q);
    }
    const struct query_options leap = {.now = 1709208000}; /* 29 February 2024 */
    struct query q;
    assert_true(query_read(&q, "since:\"1 year ago\"", 18, &leap, NULL));
    check_print("leap", &q, "since:2023-02-28");
    query_release(&q);
    static const char impossible[] = "since:\"last 2000 years\" since:\"-1 days ago\"";
    assert_true(query_read(&q, impossible, sizeof impossible - 1, &leap, NULL));
    assert_string_equal(q.note[0].code, "bad-date");
    query_release(&q);
}

static void
numbers_of_words_filter(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"words:300..800", "<300..800 words>", NULL, "words:300..800"},
        {"flood words:>1200", "{flood +<1201 words..>}", NULL, "flood +words:1201.."},
        {"words:>=1200", "<1200 words..>", NULL, "words:1200.."},
        {"words:<300", "<0..299 words>", NULL, "words:..299"},
        {"words:<=300 x", "{+<0..300 words> x}", NULL, "+words:..300 x"},
        {"length:300", "<300..300 words>", NULL, "words:300"},
        {"words:0 x", "{+<0..0 words> x}", NULL, "+words:0 x"},
        {"x -words:<300", "{x -<0..299 words>}", NULL, "x -words:..299"},
        {"words:(<100 OR >1000)", "(or <0..99 words> <1001 words..>)", NULL, "words:..99 OR words:1001.."},
        {"words:800..300", "<300..800 words>", "reversed-range", NULL},
        {"words:many", "{words many}", "bad-number", NULL},
        {"words:<0 words:9999999999 words:.. words:=x", "{{words <0} {words 9999999999} words {words =x}}",
         "bad-number bad-number field-without-value bad-number", NULL},
        {"words:=300", "<300..300 words>", NULL, "words:300"},
        {"words:>1,200", "<1201 words..>", NULL, "words:1201.."},
        {"flood words:>299 400", "{flood +<300 words..> 400}", NULL, "flood +words:>=300 400"},
        {"words:1,200,000..12,000,000 words:300 .. 800", "{+<1200000..12000000 words> +<300..800 words>}", NULL, NULL},
        {"words:12,00", "{words 12,00}", "bad-number", NULL},
        {"words:,300", "{words ,300}", "bad-number", NULL},
        {"in other words: x", "{in other words x}", "field-without-value", NULL},
        {"path:/srv/news/a.txt", "<path:/srv/news/a.txt>", NULL, "path:/srv/news/a.txt"},
    };
    check_all(examples, COUNT(examples));
}

static void
a_star_ends_a_word_and_a_question_mark_a_question(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"repat*", "repat*", NULL, "repat*"},
        {"title:repat* COVID-1*", "{title:repat* COVID-1*}", NULL, NULL},
        {"repat**, 北京＊。", "{repat* 北京＊。}", "wildcard-as-text", NULL},
        {"repat*?", "repat*", NULL, NULL},
        {"who was forced? (where?)", "{who was forced where}", NULL, "who was forced where"},
        {"谁？ ?", "谁", NULL, NULL},
        {"really?! one, two; three:", "{really one two three}", NULL, NULL},
        {"C*-19 a.*b", "{C*-19 a.*b}", "wildcard-as-text wildcard-as-text", NULL},
        {"wom？n http://x/?q=*", "{wom？n http://x/?q=*}", "wildcard-as-text", NULL},
        {"a *", "a", "wildcard-as-text", NULL},
        {"\"repat* of\"", "\"repat* of\"", "wildcard-as-text", NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
words_stand_near_each_other(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a NEAR b", "(NEAR/10 a b)", NULL, "a NEAR/10 b"},
        {"a NEAR/5 b", "(NEAR/5 a b)", NULL, "a NEAR/5 b"},
        {"a W/5 b", "(NEAR/5 a b)", NULL, "a NEAR/5 b"},
        {"a PRE/3 b", "(PRE/3 a b)", NULL, "a PRE/3 b"},
        {"a W/S b", "(W/S a b)", NULL, "a W/S b"},
        {"a W/P b", "(W/P a b)", NULL, "a W/P b"},
        {"a NOT NEAR/5 b", "(NOT NEAR/5 a b)", NULL, "a NOT NEAR/5 b"},
        {"a NOT W/S b", "(NOT W/S a b)", NULL, "a NOT W/S b"},
        {"a NOT PRE/2 b c", "{(NOT PRE/2 a b) c}", NULL, "(a NOT PRE/2 b) c"},
        {"a NEAR/5 b NEAR/5 c", "(NEAR/5 a b c)", NULL, "a NEAR/5 b NEAR/5 c"},
        {"a NEAR/5 b W/5 c", "(NEAR/5 a b c)", NULL, NULL},
        {"a NEAR/5 b PRE/2 c", "(PRE/2 (NEAR/5 a b) c)", NULL, "(a NEAR/5 b) PRE/2 c"},
        {"a NEAR/5 b NEAR/4 c", "(NEAR/4 (NEAR/5 a b) c)", NULL, NULL},
        {"a NOT NEAR/5 b NOT NEAR/5 c", "(NOT NEAR/5 (NOT NEAR/5 a b) c)", NULL, NULL},
        {"(a NEAR/5 b) NEAR/5 c", "(NEAR/5 (NEAR/5 a b) c)", NULL, "(a NEAR/5 b) NEAR/5 c"},
        {"a NEAR/2 b AND c", "(and (NEAR/2 a b) c)", NULL, "(a NEAR/2 b) AND c"},
        {"a AND b NEAR/2 c OR d", "(or (and a (NEAR/2 b c)) d)", NULL, NULL},
        {"x NOT a NEAR/2 b", "{x -(NEAR/2 a b)}", NULL, "x -(a NEAR/2 b)"},
        {"+(a W/S b) c", "{+(W/S a b) c}", NULL, "+(a W/S b) c"},
        {"(a b) NEAR \"c d\"", "(NEAR/10 {a b} \"c d\")", NULL, "(a b) NEAR/10 \"c d\""},
        {"(a OR b*) PRE/1 c", "(PRE/1 (or a b*) c)", NULL, NULL},
        {"title:(a NEAR/2 b)", "(NEAR/2 title:a title:b)", NULL, "title:a NEAR/2 title:b"},
        {"title:a NEAR/2 b", "(NEAR/2 title:a b)", NULL, NULL},
        {"ATLEAST/3 a", "(ATLEAST/3 a)", NULL, "ATLEAST/3 a"},
        {"FIRST/50 a b", "{(FIRST/50 a) b}", NULL, "(FIRST/50 a) b"},
        {"FIRST/50 (a OR b)", "(FIRST/50 (or a b))", NULL, "FIRST/50 (a OR b)"},
        {"ATLEAST/2 FIRST/50 a", "(ATLEAST/2 (FIRST/50 a))", NULL, "ATLEAST/2 (FIRST/50 a)"},
        {"FIRST/50 a NEAR/3 b", "(NEAR/3 (FIRST/50 a) b)", NULL, "(FIRST/50 a) NEAR/3 b"},
        {"FIRST/50 (a NEAR/3 b)", "(FIRST/50 (NEAR/3 a b))", NULL, NULL},
        {"A NEAR/5 B", "(NEAR/5 A B)", NULL, "A NEAR/5 B"},
        {"FIRST/5 \"a b\"", "(FIRST/5 \"a b\")", NULL, NULL},
        {"\"a b\" NOT NEAR/5 \"c\"", "(NOT NEAR/5 \"a b\" \"c\")", NULL, "\"a b\" NOT NEAR/5 \"c\""},
        {"NOT, NEAR/5 AND", "(NEAR/5 NOT AND)", "operator-as-word", "NOT, NEAR/5 AND"},
        {"A NOT  W/S(B C)", "(NOT W/S A {B C})", NULL, NULL},
        {"x -(FIRST/5 a)", "{x -(FIRST/5 a)}", NULL, "x -(FIRST/5 a)"},
        {"a AND NOT ATLEAST/2 b", "(not a (ATLEAST/2 b))", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
operators_of_places_without_a_side_are_guessed_at(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"NEAR/5 a", "a", "operator-left-out", NULL},
        {"a NEAR/5", "a", "operator-left-out", NULL},
        {"a NEAR/5 AND b", "(NEAR/5 a b)", "operator-left-out", NULL},
        {"a AND W/S b", "(and a b)", "operator-left-out", NULL},
        {"a NEAR/5 () b", "{a b}", "operator-left-out empty", NULL},
        {"a FIRST/5", "a", "operator-left-out", NULL},
        {"FIRST/5 FIRST/6 a", "(FIRST/5 a)", "operator-left-out", NULL},
        {"FIRST/5 ATLEAST/6 a", "(FIRST/5 a)", "operator-left-out", NULL},
        {"NOT NEAR/5 a", "a", "operator-left-out operator-left-out", NULL},
        {"+a NEAR/5 -b", "(NEAR/5 a b)", "sign-without-effect sign-without-effect", NULL},
        {"a NEAR/0 b", "(NEAR/1 a b)", "number-out-of-range", NULL},
        {"a NEAR/99999999999999999999 b", "(NEAR/99 a b)", "number-out-of-range", NULL},
        {"ATLEAST/1000 a", "(ATLEAST/999 a)", "number-out-of-range", NULL},
        {"FIRST/0 a", "(FIRST/1 a)", "number-out-of-range", NULL},
        {"a NEAR/5 language:en", "{+a +<language:en>}", "operator-as-and", NULL},
        {"a NOT W/S since:2023", "{a -<2023..>}", "operator-as-and", NULL},
        {"a NEAR/5 (b AND c)", "{+a +(and b c)}", "operator-as-and", NULL},
        {"a NEAR/5 (b -c)", "{+a +{b -c}}", "operator-as-and", NULL},
        {"a NEAR/5 (ATLEAST/2 b)", "{+a +(ATLEAST/2 b)}", "operator-as-and", NULL},
        {"A W/S (B -C) W/S D", "{+A +{B -C} +D}", "operator-as-and", "+A +(B -C) +D"},
        {"FIRST/5 since:2023", "<2023..>", "operator-left-out", NULL},
        {"a near/5 b", "{a near/5 b}", "operator-in-small-letters", NULL},
        {"a w/3 b", "{a w/3 b}", "operator-in-small-letters", NULL},
        {"A NEAR B", "{A NEAR B}", "operator-as-word", NULL},
        {"a NEAR/x W/ PRE W/Q NEAR/5, FIRST lady", "{a NEAR/x W/ PRE W/Q NEAR/5 FIRST lady}",
         "bad-operator bad-operator bad-operator bad-operator bad-operator",
         "a NEAR/x W/ PRE W/Q NEAR/5, FIRST lady"},
        {"A NEAR/5, B", "{A NEAR/5 B}", NULL, "A NEAR/5, B"},
        {"a NEAR/-1 b", "{a NEAR/-1 b}", "bad-operator", NULL},
        {"a NEAR/1.5 b", "{a NEAR/1.5 b}", "bad-operator", NULL},
        {"A W/s B", "{A W/s B}", "bad-operator", NULL},
        {"a PRE, b ATLEAST, c", "{a PRE b ATLEAST c}", NULL, NULL},
        {"AMERICA FIRST", "{AMERICA FIRST}", NULL, NULL},
        {"title:NEAR/5 -W/S a", "{title:NEAR/5 -W/S a}", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
words_are_similar_or_exact_or_weigh_more(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"ferry~1", "ferry~1", NULL, "ferry~1"},
        {"ferry~ harbour~", "{ferry~1 harbour~2}", NULL, "ferry~1 harbour~2"},
        {"title:ferry~2", "title:ferry~2", NULL, "title:ferry~2"},
        {"ferry~7", "ferry~2", "number-out-of-range", NULL},
        {"ferry~0", "ferry~1", "number-out-of-range", NULL},
        {"10~20 2023~1 ~ ~a a~b", "{10~20 2023~1 ~a a~b}", NULL, NULL},
        {"word~1~2 wo*d~1,~2", "{word~2 wo*d}", "suffix-left-out", NULL},
        {"a~1^2 a^2~1 a^3^2 wo?d.^3~12", "{a~1^2000 a~1^2000 a^2000 wo?d^3000}", "suffix-left-out number-out-of-range", NULL},
        {"東京～大阪", "東京～大阪", NULL, NULL},
        {"\"a b\"~5", "\"a b\"~5", NULL, "\"a b\"~5"},
        {"\"a b\"~0", "\"a b\"", NULL, "\"a b\""},
        {"\"a b\"~500", "\"a b\"~99", "number-out-of-range", NULL},
        {"title:\"a b\"~5 c", "{title:\"a b\"~5 c}", NULL, NULL},
        {"=ferries", "=ferries", NULL, "=ferries"},
        {"title:=ferries -=b", "{title:=ferries -=b}", NULL, "title:=ferries -=b"},
        {"= == ==a a=b =a*", "{==a a=b =a*}", NULL, NULL},
        {"=AND b", "{=AND b}", NULL, "=AND b"},
        {"a^2 b^0.5 c^1 d^12.345", "{a^2000 b^500 c d^12345}", NULL, "a^2 b^0.5 c d^12.345"},
        {"\"a b\"^2 \"c d\"~3^0.25", "{\"a b\"^2000 \"c d\"~3^250}", NULL, "\"a b\"^2 \"c d\"~3^0.25"},
        {"a*^2 wom?n^3 b~1^4", "{a*^2000 wom?n^3000 b~1^4000}", NULL, "a*^2 wom?n^3 b~1^4"},
        {"(a b)^3", "{a b}^3000", NULL, "(a b)^3"},
        {"(a AND b)^3 c", "{(and a b)^3000 c}", NULL, "(a AND b)^3 c"},
        {"-(a b)^3 c", "{-{a b}^3000 c}", NULL, "-(a b)^3 c"},
        {"((a)^2)^3", "a^6000", NULL, "a^6"},
        {"(a^0.5)^2", "a", NULL, "a"},
        {"title:(a b)^2", "{title:a title:b}^2000", NULL, NULL},
        {"a^0 b^2000 c^0.00001", "{a^1 b^1000000 c^1}",
         "number-out-of-range number-out-of-range number-out-of-range", NULL},
        {"x^y a^ ^2 b^2c", "{x^y a^ ^2 b^2c}", NULL, NULL},
        {"a^-1 b~1.5 c~-1", "{a^1 b~1 c~1}", "number-out-of-range number-out-of-range number-out-of-range", NULL},
        {"\"a b\"~1.5 \"c d\"~-1", "{\"a b\"~1 \"c d\"}", "number-out-of-range number-out-of-range", NULL},
        {"\"a b\"~x \"c d\"^ (e f)~", "{\"a b\" x \"c d\" {e f}}", "suffix-left-out suffix-left-out suffix-left-out", NULL},
        {"language:en^2", "<language:en>", "suffix-left-out", "language:en"},
        {"id:n1^2", "<id:n1>", "suffix-left-out", "id:n1"},
        {"id:n1~1", "<id:n1>", "suffix-left-out", "id:n1"},
        {"id:\"n1~1\"", "<id:n1~1>", NULL, "id:\"n1~1\""},
        {"url:http://x.example/~1", "<url:http://x.example/~1>", NULL, "url:http://x.example/~1"},
        {"since:2023^2", "<2023..>", "suffix-left-out", "since:2023"},
        {"language:klingon", "<language:klingon>", "bad-language", NULL},
        {"language:amh,de_AT", "<language:amh,de_AT>", NULL, NULL},
        {"a^2, (b^3.)", "{a^2000 b^3000}", NULL, "a^2 b^3"},
        {"(language:en)^2 a", "{+<language:en> a}", "suffix-left-out", NULL},
        {"(a b)~5", "{a b}", "suffix-left-out", NULL},
        {"wor*~1 wo?d~2", "{wor* wo?d}", "suffix-left-out suffix-left-out", NULL},
        {"id:(a^2 b~1)", "(or <id:a> <id:b>)", "suffix-left-out suffix-left-out", NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
wildcards_stand_among_letters(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"re*ation", "re*ation", NULL, "re*ation"},
        {"wom?n *patriation ?oman *a*", "{wom?n *patriation ?oman *a*}", NULL, NULL},
        {"title:wom?n, te*t*?", "{title:wom?n te*t*}", NULL, "title:wom?n te*t*"},
        {"-wom?n +m*n", "{-wom?n +m*n}", NULL, NULL},
        {"wom?n? r?sum?, (te?t),", "{wom?n? r?sum? te?t}", NULL, NULL},
        {"woman? wo*n?", "{woman wo*n?}", NULL, NULL},
        {"a*b NEAR/3 c?d", "(NEAR/3 a*b c?d)", NULL, NULL},
    };
    check_all(examples, COUNT(examples));
}

static void
plain_words_have_no_operators(void **state)
{
    (void)state;
    static const struct query_options words = {.syntax = QUERY_WORDS_ONLY},
                                      strict = {.syntax = QUERY_WORDS_ONLY, .strict = true};
    static const struct example examples[] = {
        {"a AND b OR NOT c", "{a AND b OR NOT c}", NULL, "a AND, b OR, NOT, c"},
        {"+a -b (c \"d e\"", "{a b c d e}", NULL, NULL},
        {"title:a since:2023 foo:b", "{title a since 2023 foo b}", NULL, NULL},
        {"a* *b c*d wh*?*", "{a b c d wh}", NULL, NULL},
        {"a^2 b~ =c NEAR/5 \"d\"~3", "{a 2 b c NEAR/5 d 3}", NULL, "a 2 b c NEAR/5, d 3"},
        {"COVID-19 http://x/(y) 10:30", "{COVID-19 http://x/ y 10:30}", NULL, NULL},
        {"url:http://x", "{url http://x}", NULL, NULL},
        {"-", "", NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(examples); i++) {
        check_with(&examples[i], &words);
        check_with(&examples[i], &strict);
    }
}

static void
any_bytes_are_a_query(void **state)
{
    (void)state;
    static const struct example invalid = {"a\xff"
                                           "b \xc3",
                                           "a\xef\xbf\xbd"
                                           "b",
                                           "invalid-text", NULL};
    check_with(&invalid, NULL);
    struct query q;
    assert_true(query_read(&q, "a\0b\x01 c", 6, NULL, NULL));
    assert_string_equal(q.text, "a\xef\xbf\xbd"
                                "b c");
    assert_int_equal(q.root->n_children, 2);
    query_release(&q);
    assert_true(query_read(&q,
                           "\"\xef\xbb\xbf"
                           "a",
                           5, NULL, NULL));
    check_print("a byte order mark", &q, "a");
    query_release(&q);
    query_release(&q);
    struct query zero = {.text = NULL};
    query_release(&zero);
}

static void
nodes_and_notes_say_where_they_stand(void **state)
{
    (void)state;
    static const char text[] = "é -title:\"b c\" (d AND e?) x AND";
    struct query q;
    assert_true(query_read(&q, text, sizeof text - 1, NULL, NULL));
    assert_string_equal(q.text, text);
    const struct query_node *n = q.root->first;
    assert_true(n->from == 0 && n->to == 2);
    n = n->next;
    assert_int_equal(n->from, strstr(text, "-title") - text);
    assert_int_equal(n->to, strstr(text, " (d") - text);
    assert_int_equal(n->text - q.text, strstr(text, "b c") - text);
    n = n->next;
    assert_int_equal(n->kind, QUERY_AND);
    assert_int_equal(n->from, strstr(text, "(d") - text);
    assert_int_equal(n->to, strstr(text, " x") - text);
    assert_int_equal(q.n_notes, 1);
    assert_int_equal(q.note[0].from, sizeof text - 4);
    assert_int_equal(q.note[0].to, sizeof text - 1);
    assert_string_equal(q.note[0].text, "'AND' has nothing to apply to on one side: left out");
    query_release(&q);
}

static void
strict_names_position_and_reason(void **state)
{
    (void)state;
    static const struct query_options strict = {.strict = true};
    static const struct {
        const char *text, *why;
    } examples[] = {
        {"zwei é AND", "query refused at character 8: 'AND' has nothing to apply to on one side"},
        {"x foo:bar \"a", "query refused at character 3: 'foo:' is no field"},
        {"北京 (a", "query refused at character 4: '(' is a bracket that is not closed"},
        {"a since:never", "query refused at character 3: 'since:never' is not a date"},
    };
    for (size_t i = 0; i < COUNT(examples); i++) {
        struct query q;
        struct err err = {.code = ERR_NONE};
        assert_false(query_read(&q, examples[i].text, strlen(examples[i].text), &strict, &err));
        assert_int_equal(err.code, ERR_SYNTAX);
        assert_string_equal(err.msg, examples[i].why);
        assert_null(q.text);
        assert_null(q.root);
    }
}

/* Reads n times `part` between two texts. */
static bool
read_many(struct query *q, const char *before, const char *part, size_t n,
          const struct query_options *o, struct err *err)
{
    struct buf b;
    buf_init(&b, BUF_MAX);
    buf_str(&b, before);
    for (size_t i = 0; i < n; i++)
        buf_str(&b, part);
    *err = (struct err){.code = ERR_NONE};
    const bool done = query_read(q, b.data, b.len, o, err);
    buf_release(&b);
    return done;
}

static void
limits_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *before, *part;
        size_t fits;
        const char *message;
    } limits[] = {
        {"", "x", 4096, "the query is longer than 4096 bytes"},
        {"", "a ", 1024, "the query has more than 1024 words"},
        {"", "\"a b\" ", 512, "the query has more than 1024 words"},
        {"", "a* ", 8, "the query has more than 8 words with *, ? or ~"},
        {"x ", "(y ", 64, "the query nests brackets more than 64 deep"},
        {"x ", "W/9 x PRE/9 y ", 32, "the query nests brackets more than 64 deep"},
        {"x ", "-title:(y ", 64, "the query nests brackets more than 64 deep"},
    };
    for (size_t i = 0; i < COUNT(limits); i++) {
        struct query q;
        struct err err;
        if (!read_many(&q, limits[i].before, limits[i].part, limits[i].fits, NULL, &err))
            fail_msg("%zu times %s: %s", limits[i].fits, limits[i].part, err.msg);
        query_release(&q);
        assert_false(
            read_many(&q, limits[i].before, limits[i].part, limits[i].fits + 1, NULL, &err));
        assert_int_equal(err.code, ERR_ARG);
        assert_string_equal(err.msg, limits[i].message);
        assert_null(q.root);
    }
}

static void
limits_can_be_chosen(void **state)
{
    (void)state;
    static const struct query_options narrow = {
        .limits = {.bytes = 20, .words = 3, .prefixes = 1, .depth = 2}};
    struct query q;
    struct err err;
    assert_false(read_many(&q, "", "a ", 11, &narrow, &err));
    assert_string_equal(err.msg, "the query is longer than 20 bytes");
    assert_false(read_many(&q, "", "a ", 4, &narrow, &err));
    assert_string_equal(err.msg, "the query has more than 3 words");
    assert_false(read_many(&q, "", "a* ", 2, &narrow, &err));
    assert_string_equal(err.msg, "the query has more than 1 words with *, ? or ~");
    assert_false(read_many(&q, "x", "(", 3, &narrow, &err));
    assert_string_equal(err.msg, "the query nests brackets more than 2 deep");
}

static void
bombs_do_not_hurt(void **state)
{
    (void)state;
    static const struct query_options wide = {.limits = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX}};
    struct query q;
    struct err err;
    assert_false(read_many(&q, "", "(", 50000, NULL, &err));
    assert_string_equal(err.msg, "the query is longer than 4096 bytes");
    assert_false(read_many(&q, "", "(", 4096, NULL, &err));
    assert_string_equal(err.msg, "the query nests brackets more than 64 deep");
    assert_false(read_many(&q, "", "w* ", 1000, NULL, &err));
    assert_string_equal(err.msg, "the query has more than 8 words with *, ? or ~");
    /* a caller who asks for any depth gets 1000 */
    assert_false(read_many(&q, "", "(", 50000, &wide, &err));
    assert_string_equal(err.msg, "the query nests brackets more than 1000 deep");
    assert_true(read_many(&q, "x ", "OR y AND -z NOT foo:(a b ", 999, &wide, &err));
    struct buf print;
    buf_init(&print, BUF_MAX);
    query_print(&q, &print);
    assert_true(buf_ok(&print, "print", NULL));
    buf_release(&print);
    query_release(&q);
    assert_true(read_many(&q, "", "\"a « ", 50000, &wide, &err));
    query_release(&q);
}

static void
notes_are_counted_and_can_be_added(void **state)
{
    (void)state;
    struct query q;
    struct err err;
    assert_true(read_many(&q, "a", ")", 63, NULL, &err));
    assert_int_equal(q.n_notes, 63);
    assert_true(query_note(&q, "missing-word", 0, 1, NULL, "there is no %s", "a"));
    assert_int_equal(q.n_notes, QUERY_NOTES_MAX);
    assert_string_equal(q.note[QUERY_NOTES_MAX - 1].code, "more-notes");
    assert_true(query_note(&q, "missing-word", 0, 1, NULL, "there is no %s", "b"));
    assert_int_equal(q.n_notes, QUERY_NOTES_MAX);
    query_release(&q);
    assert_true(query_read(&q, "a b", 3, NULL, NULL));
    assert_true(query_note(&q, "missing-word", 2, 3, NULL, "there is no %s", "b"));
    assert_int_equal(q.n_notes, 1);
    assert_string_equal(q.note[0].code, "missing-word");
    assert_string_equal(q.note[0].text, "there is no b");
    assert_true(q.note[0].from == 2 && q.note[0].to == 3);
    query_release(&q);
}

static void
trees_are_compared(void **state)
{
    (void)state;
    static const char *const different[] = {
        "",
        "a",
        "b",
        "a*",
        "\"a\"",
        "title:a",
        "deck:a",
        "a b",
        "b a",
        "a b c",
        "+a b",
        "-a b",
        "a AND b",
        "a OR b",
        "a AND NOT b",
        "since:2023",
        "until:2023",
        "since:2024",
        "id:a",
        "url:a",
        "published:2023",
        "published:2023..2024",
        "-a",
        "a NEAR/2 b",
        "a NEAR/3 b",
        "a PRE/2 b",
        "a NOT NEAR/2 b",
        "a W/S b",
        "a W/P b",
        "ATLEAST/2 a",
        "FIRST/2 a",
        "a~1",
        "a~2",
        "=a",
        "a^2",
        "a*b",
        "\"a\"~2",
    };
    struct query q[COUNT(different)];
    for (size_t i = 0; i < COUNT(different); i++)
        assert_true(query_read(&q[i], different[i], strlen(different[i]), NULL, NULL));
    for (size_t i = 0; i < COUNT(different); i++)
        for (size_t k = 0; k < COUNT(different); k++)
            if (query_same(q[i].root, q[k].root) != (i == k))
                fail_msg("[%s] and [%s]", different[i], different[k]);
    for (size_t i = 0; i < COUNT(different); i++)
        query_release(&q[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_alternatives),
        cmocka_unit_test(signs_require_and_exclude),
        cmocka_unit_test(operators_bind_not_and_or_words),
        cmocka_unit_test(operators_without_a_side_are_left_out),
        cmocka_unit_test(operators_need_small_letters_outside_quotes),
        cmocka_unit_test(quotes_of_many_languages_make_phrases),
        cmocka_unit_test(brackets_that_do_not_match_are_mended),
        cmocka_unit_test(fields_go_to_words_phrases_and_brackets),
        cmocka_unit_test(unknown_fields_are_words_and_other_colons_are_text),
        cmocka_unit_test(values_and_dates_filter),
        cmocka_unit_test(bad_dates_are_words),
        cmocka_unit_test(dates_are_read_as_people_say_them),
        cmocka_unit_test(numbers_of_words_filter),
        cmocka_unit_test(a_star_ends_a_word_and_a_question_mark_a_question),
        cmocka_unit_test(words_stand_near_each_other),
        cmocka_unit_test(operators_of_places_without_a_side_are_guessed_at),
        cmocka_unit_test(words_are_similar_or_exact_or_weigh_more),
        cmocka_unit_test(wildcards_stand_among_letters),
        cmocka_unit_test(plain_words_have_no_operators),
        cmocka_unit_test(any_bytes_are_a_query),
        cmocka_unit_test(nodes_and_notes_say_where_they_stand),
        cmocka_unit_test(strict_names_position_and_reason),
        cmocka_unit_test(limits_are_named),
        cmocka_unit_test(limits_can_be_chosen),
        cmocka_unit_test(bombs_do_not_hurt),
        cmocka_unit_test(notes_are_counted_and_can_be_added),
        cmocka_unit_test(trees_are_compared),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("query-read", tests, NULL, NULL);
}
