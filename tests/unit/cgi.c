/* cgi.c - tests of searcher/cgi: what may be written into a page, what is read from a query string, what is sent back
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
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/buf.h"
#include "searcher/cgi/answer.h"
#include "searcher/cgi/ask.h"
#include "searcher/cgi/body.h"
#include "searcher/cgi/html.h"
#include "searcher/cgi/params.h"
#include "searcher/cgi/serve.h"
#include "searcher/cgi/tongue.h"

#define PAGE_MAX ((size_t)1 << 20)

/* ---- html ---- */

static void
text_and_values_are_escaped(void **state)
{
    (void)state;
    struct html h;
    struct buf out;
    buf_init(&out, PAGE_MAX);
    html_begin(&h, &out);
    html_open(&h, "b");
    html_attr(&h, "title", "<a & \"b\" 'c'>");
    html_str(&h, "<a & \"b\" 'c'>");
    html_text(&h, "<<", 1);
    assert_true(html_end(&h, NULL));
    assert_string_equal(out.data, "<!DOCTYPE html>\n<b title=\"&lt;a &amp; &quot;b&quot; &#39;c&#39;&gt;\">"
                                  "&lt;a &amp; &quot;b&quot; &#39;c&#39;&gt;&lt;</b>\n");
    buf_release(&out);
}

static void
elements_are_closed_each_in_its_place(void **state)
{
    (void)state;
    struct html h;
    struct buf out;
    buf_init(&out, PAGE_MAX);
    html_begin(&h, &out);
    html_open(&h, "i");
    html_open(&h, "input");
    html_flag(&h, "autofocus");
    html_element(&h, "q", NULL, "x");
    html_open(&h, "b");
    html_number(&h, 7);
    assert_true(html_end(&h, NULL));
    assert_string_equal(out.data, "<!DOCTYPE html>\n<i><input autofocus><q>x</q><b>7</b></i>\n");
    buf_release(&out);
}

static void
only_addresses_of_the_web_are_links(void **state)
{
    static const char *const good[] = {"http://a/", "https://a/?b=\"", "HTTPS://A/", "?q=1", "/x", "/"};
    static const char *const bad[] = {"javascript:a()", "JavaScript:a()", " javascript:a()", "data:text/html,x", "//evil/", "/\\evil/",
                                      "",  "x",  "vbscript:x", "\tjavascript:a()", "https:evil", "#x"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(html_address_ok(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct html h;
        struct buf out;
        assert_false(html_address_ok(bad[i]));
        buf_init(&out, PAGE_MAX);
        html_begin(&h, &out);
        html_open(&h, "a");
        html_attr(&h, "href", bad[i]);
        html_str(&h, "x");
        assert_true(html_end(&h, NULL));
        assert_string_equal(out.data, "<!DOCTYPE html>\n<a>x</a>\n");
        buf_release(&out);
    }
}

/* What the program itself must not write is an error of the page, not markup. */
static void
impossible_markup_is_a_bug(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        struct html h;
        struct buf out;
        struct err err = {.code = ERR_NONE};
        buf_init(&out, PAGE_MAX);
        html_begin(&h, &out);
        html_open(&h, i == 0 ? "script src=x" : "p");
        if (i == 1)
            html_attr(&h, "onclick", "a()");
        if (i == 2)
            html_attr(&h, "style", "x");
        if (i == 3)
            html_attr(&h, "a b", "x");
        if (i == 4) {
            html_str(&h, "text");
            html_attr(&h, "class", "x");
        }
        if (i == 5) {
            html_close(&h);
            html_close(&h);
        }
        if (i == 6)
            html_style(&h, "a{}</style><script>");
        for (int k = 0; i == 7 && k < 2 * HTML_DEPTH_MAX; k++)
            html_open(&h, "b");
        assert_false(html_end(&h, &err));
        assert_int_equal(err.code, ERR_BUG);
        buf_release(&out);
    }
}

static void
a_page_larger_than_it_may_be_is_an_error(void **state)
{
    (void)state;
    struct html h;
    struct buf out;
    struct err err = {.code = ERR_NONE};
    buf_init(&out, 100);
    html_begin(&h, &out);
    for (int i = 0; i < 100; i++)
        html_str(&h, "some text");
    assert_false(html_end(&h, &err));
    assert_int_equal(err.code, ERR_ARG);
    buf_release(&out);
}

/* ---- params ---- */

static void
reads(const char *query_string, const char *q, const char *page)
{
    struct params p;
    assert_true(params_parse(&p, query_string, NULL));
    assert_string_equal(params_get(&p, PARAM_Q), q);
    assert_string_equal(params_get(&p, PARAM_PAGE), page);
    params_release(&p);
}

static void
a_query_string_is_decoded(void **state)
{
    (void)state;
    reads("q=a+b%20c&page=2", "a b c", "2");
    reads("page=2&q=%E4%B8%B9%E4%B8%9C", "\xe4\xb8\xb9\xe4\xb8\x9c", "2");
    reads("q=\xe4\xb8\xb9", "\xe4\xb8\xb9", "");
    reads("%71=x", "x", "");
    reads("q=a=b&&&x=1&=2&page", "a=b", "");
    reads("", "", "");
    reads("q", "", "");
}

static void
broken_escapes_stay_and_odd_bytes_are_cleaned(void **state)
{
    (void)state;
    reads("q=%", "%", "");
    reads("q=100%&page=%4", "100%", "%4");
    reads("q=%zz%2", "%zz%2", "");
    reads("q=%00a%00", "\xef\xbf\xbd" "a\xef\xbf\xbd", "");
    reads("q=%ff", "\xef\xbf\xbd", "");
    reads("q=a%1b%7fb%e2%80%aec", "abc", "");
    reads("q=%ef%bb%bfa", "a", "");
    reads("q=%0a%09a%0d%c2%a0&page=%09+1%0a", "a", "1");
}

static void
refuses(const char *query_string, const char *says)
{
    struct params p;
    struct err err = {.code = ERR_NONE};
    assert_false(params_parse(&p, query_string, &err));
    assert_int_equal(err.code, ERR_ARG);
    assert_non_null(strstr(err.msg, says));
    params_release(&p);
}

static void
limits_are_named(void **state)
{
    static char text[PARAMS_BYTES_MAX + 2];
    struct params p;
    (void)state;
    refuses("q=a&q=b", "\"q\" is there twice");
    for (size_t i = 0; i <= PARAMS_MAX; i++)
        memcpy(text + 4 * i, "x=1&", 4);
    refuses(text, "more than 100 parameters");
    text[(size_t)4 * PARAMS_MAX] = '\0';
    assert_true(params_parse(&p, text, NULL));
    params_release(&p);
    memset(text, 'a', PARAMS_BYTES_MAX + 1);
    refuses(text, "longer than 65536 bytes");
}

static void
what_is_appended_is_read_back(void **state)
{
    static const char *const values[] = {"a b", "a&b=c", "100%", "+1", "\xe4\xb8\xb9", "'\"<>", "#?/;", ""};
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct buf out;
        struct params p;
        bool first = true;
        buf_init(&out, PAGE_MAX);
        params_append(&out, &first, "n", "1");
        params_append(&out, &first, "q", values[i]);
        assert_int_equal(out.data[0], '?');
        assert_true(params_parse(&p, out.data + 1, NULL));
        assert_string_equal(params_get(&p, PARAM_Q), values[i]);
        params_release(&p);
        buf_release(&out);
    }
}

/* ---- ask ---- */

static void
an_address_leads_to_the_same_question(void **state)
{
    static struct site_index indexes[] = {{"", "All", "/nowhere"}, {"old", "Old", "/nowhere/old"}};
    const struct site site = {.title = "x", .index = indexes, .n_indexes = 2};
    struct ask a, again;
    struct buf out;
    (void)state;
    assert_true(ask_read(&a, "q=a%26b&index=old&n=20&page=3&sort=newest&since=2020&until=May+2021&language=pt-BR&format=json", &site, NULL));
    assert_true(a.index == &indexes[1] && a.request.sort == SORT_NEWEST);
    assert_int_equal(a.request.offset, 40);
    assert_string_equal(a.request.until, "2021-05");
    buf_init(&out, PAGE_MAX);
    ask_address(&out, &a, NULL, 4, NULL);
    assert_true(ask_read(&again, out.data + 1, &site, NULL));
    assert_int_equal(again.request.offset, 60);
    assert_string_equal(again.request.query, "a&b");
    assert_string_equal(again.request.until, "2021-05");
    assert_string_equal(again.request.language, "pt-BR");
    assert_true(again.index == a.index && again.request.sort == SORT_NEWEST && again.n == 20);
    ask_release(&a);
    ask_release(&again);
    buf_release(&out);
}

static void
fields_are_filters_and_stay_in_addresses(void **state)
{
    static struct site_index indexes[] = {{"", "All", "/nowhere"}};
    const struct site site = {.title = "x", .index = indexes, .n_indexes = 1};
    struct ask a;
    struct buf out;
    (void)state;
    assert_true(ask_read(&a, "q=a&section=Port+News&tags=x%26y&since=2020", &site, NULL));
    assert_int_equal(a.request.n_fields, 2);
    assert_string_equal(a.request.field[0].name, "section");
    assert_string_equal(a.request.field[0].phrase, "Port News");
    assert_string_equal(a.request.field[1].name, "tags");
    assert_string_equal(a.request.field[1].phrase, "x&y");
    buf_init(&out, PAGE_MAX);
    ask_address(&out, &a, NULL, 1, NULL);
    assert_string_equal(out.data, "?q=a&since=2020&section=Port+News&tags=x%26y");
    buf_truncate(&out, 0);
    ask_address_without(&out, &a, PARAM_SECTION);
    assert_string_equal(out.data, "?q=a&since=2020&tags=x%26y");
    ask_release(&a);
    buf_release(&out);
}

static void
an_article_is_asked_for_whatever_else_is_wrong(void **state)
{
    static struct site_index indexes[] = {{"", "All", "/nowhere"}};
    const struct site site = {.title = "x", .index = indexes, .n_indexes = 1};
    struct ask a;
    (void)state;
    assert_true(ask_read(&a, "id=1&n=0&page=x&sort=x&since=x&until=x&language=x&similar=x", &site, NULL));
    assert_null(a.request.since);
    assert_null(a.request.similar);
    assert_string_equal(params_get(&a.params, PARAM_SORT), "");
    ask_release(&a);
    assert_false(ask_read(&a, "sort=x", &site, NULL));
    ask_release(&a);
}

static void
the_first_value_is_found_whatever_comes_behind(void **state)
{
    static const char *const texts[][2] = {{"format=json", "json"},  {"q=a&q=b&format=json", "json"}, {"f%6frmat=js%6Fn", "json"},
                                           {"format=+json%0a", "json"}, {"format=html&format=json", "html"}, {"format", ""},
                                           {"xformat=json", ""},     {"", ""},                        {"&&=&format=json&", "json"}};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf out;
        buf_init(&out, PAGE_MAX);
        params_first(&out, texts[i][0], PARAM_FORMAT);
        assert_string_equal(out.data, texts[i][1]);
        buf_release(&out);
    }
}

/* ---- bodies ---- */

static void
a_body_is_taken_as_far_as_it_is_announced(void **state)
{
    static const struct {
        const char *length;
        size_t taken;
    } cases[] = {{NULL, 0}, {"", 0}, {"0", 0}, {"3", 3}, {"10", 10}, {"11", 10}, {"65537", 0}, {"many", 0}, {"00000000000005", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], "0123456789", 10), 10);
        close(ends[1]);
        assert_int_equal(body_drop(ends[0], cases[i].length, 1000), cases[i].taken);
        close(ends[0]);
    }
}

static void
nobody_waits_long_for_a_body(void **state)
{
    int ends[2];
    struct timespec before, after;
    (void)state;
    assert_int_equal(pipe(ends), 0);
    clock_gettime(CLOCK_MONOTONIC, &before);
    assert_int_equal(body_drop(ends[0], "5", 50), 0);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_in_range(after.tv_sec - before.tv_sec, 0, 5);
    close(ends[0]);
    close(ends[1]);
}

/* ---- answers ---- */

static void
what_is_too_costly_is_refused_as_it_was_asked(void **state)
{
    struct answer a;
    const struct cgi_request json = {"GET", "q=a&format=json", NULL}, page = {"GET", "q=a", NULL};
    (void)state;
    serve_too_costly(&a, &json, NULL);
    assert_true(a.status == 400 && a.json && a.body.data[0] == '{');
    buf_release(&a.body);
    serve_too_costly(&a, &page, NULL);
    assert_true(a.status == 400 && !a.json && strstr(a.body.data, "10 seconds"));
    buf_release(&a.body);
}

static void
without_a_configuration_the_answer_is_500(void **state)
{
    (void)state;
    const struct cgi_request request = {"GET", "q=a", NULL};
    struct err log = {.code = ERR_NONE};
    struct answer a;
    struct buf out;
    serve(&a, &request, NULL, &log);
    assert_int_equal(a.status, 500);
    buf_init(&out, PAGE_MAX);
    answer_print(&out, &a, false);
    assert_ptr_equal(strstr(out.data, "Status: 500 Internal Server Error\n"), out.data);
    assert_string_equal(out.data + out.len - 2, "\n\n");
    buf_release(&out);
    buf_release(&a.body);
}

static void
languages_have_their_own_names(void **state)
{
    (void)state;
    assert_string_equal(tongue_name("de"), "Deutsch");
    assert_string_equal(tongue_name("ZH-Hans"), "中文");
    assert_string_equal(tongue_name("tlh"), "tlh");
    assert_string_equal(tongue_name(""), "");
    assert_true(tongue_from_right("ar-SA") && tongue_from_right("he"));
    assert_false(tongue_from_right("en") || tongue_from_right("") || tongue_from_right("arn"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_values_are_escaped),
        cmocka_unit_test(elements_are_closed_each_in_its_place),
        cmocka_unit_test(only_addresses_of_the_web_are_links),
        cmocka_unit_test(impossible_markup_is_a_bug),
        cmocka_unit_test(a_page_larger_than_it_may_be_is_an_error),
        cmocka_unit_test(a_query_string_is_decoded),
        cmocka_unit_test(broken_escapes_stay_and_odd_bytes_are_cleaned),
        cmocka_unit_test(limits_are_named),
        cmocka_unit_test(what_is_appended_is_read_back),
        cmocka_unit_test(an_address_leads_to_the_same_question),
        cmocka_unit_test(fields_are_filters_and_stay_in_addresses),
        cmocka_unit_test(an_article_is_asked_for_whatever_else_is_wrong),
        cmocka_unit_test(the_first_value_is_found_whatever_comes_behind),
        cmocka_unit_test(a_body_is_taken_as_far_as_it_is_announced),
        cmocka_unit_test(nobody_waits_long_for_a_body),
        cmocka_unit_test(what_is_too_costly_is_refused_as_it_was_asked),
        cmocka_unit_test(without_a_configuration_the_answer_is_500),
        cmocka_unit_test(languages_have_their_own_names),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("cgi", tests, NULL, NULL);
}
