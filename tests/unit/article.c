/* article.c - tests of common/article: the record, JSON both ways, what it is called
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
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "common/article.h"
#include "common/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define R "\xef\xbf\xbd" /* U+FFFD */

/* The record as JSON; free it. */
static char *
printed(const struct article *a)
{
    struct buf out;
    buf_init(&out, BUF_MAX);
    article_print(a, &out);
    char *text = buf_take(&out);
    assert_non_null(text);
    return text;
}

static void
parse(struct article *a, const char *json)
{
    struct err err = {.code = ERR_NONE};
    article_init(a);
    if (!article_parse(a, json, strlen(json), &err))
        fail_msg("%s: %s", json, err.msg);
}

static void
check_refused(const char *json, size_t len, const char *why)
{
    struct article a;
    struct err err = {.code = ERR_NONE};
    article_init(&a);
    assert_false(article_parse(&a, json, len, &err));
    assert_int_equal(err.code, ERR_SYNTAX);
    if (!strstr(err.msg, why))
        fail_msg("%.100s: \"%s\", not \"%s\"", json, err.msg, why);
    article_release(&a);
}

/* json becomes `record`, and that stays what it is. */
static void
check_record(const char *json, const char *record)
{
    struct article a, again;
    parse(&a, json);
    char *once = printed(&a);
    assert_string_equal(once, record);
    parse(&again, once);
    char *twice = printed(&again);
    assert_string_equal(twice, once);
    free(once);
    free(twice);
    article_release(&a);
    article_release(&again);
}

/* ---- JSON ---- */

static void
prints_and_reads_every_field(void **state)
{
    (void)state;
    static const char record[] = "{\"uid\":\"0123456789abcdef0123456789abcdef\",\"id\":\"x "
                                 "1\",\"url\":\"https://example.org/a\",\"path\":\"/a/b.jsonl\","
                                 "\"path_bytes\":\"L2E=\",\"member\":\"7\",\"title\":\"The "
                                 "\\\"title\\\"\",\"deck\":\"A deck.\",\"author\":[\"A B\",\"C\"],"
                                 "\"contributor\":[\"Reuters\"],\"published\":\"2023-10-13T08:00:"
                                 "00Z\",\"updated\":\"2023-10\",\"dateline\":\"SEOUL\","
                                 "\"source\":\"The "
                                 "Paper\",\"section\":\"World\",\"language\":\"zh-Hant-TW\","
                                 "\"tags\":[\"a\",\"b\"],\"caption\":[\"One.\"],"
                                 "\"body\":\"First.\\n\\nSecond \xc3\xa9 "
                                 "\xf0\x9f\x98\x80.\",\"extra\":{\"n\":[1,2.5,null,true,{\"z\":"
                                 "\"\\u0001\\u0000\"}],\"a\":\"\"}}";
    struct article a;
    parse(&a, record);
    free(a.field[ARTICLE_UID]); /* made by article_identify(), never read */
    a.field[ARTICLE_UID] = strdup("0123456789abcdef0123456789abcdef");
    char *once = printed(&a);
    assert_string_equal(once, record);
    free(once);
    article_release(&a);
}

static void
leaves_out_what_is_not_known(void **state)
{
    (void)state;
    check_record("{\"title\":\"T\",\"deck\":\"\",\"body\":\" \\n "
                 "\",\"author\":[],\"tags\":[\"\",\" \"],\"url\":null,\"extra\":{}}",
                 "{\"title\":\"T\"}");
}

static void
takes_the_usual_names_of_fields(void **state)
{
    (void)state;
    static const struct {
        const char *field;
        const char *names[12];
        const char *in, *out;
    } cases[] = {
        {"id", {"_id", "docid", "docno", "guid"}, "\"i\"", "\"i\""},
        {"url",
         {"link", "canonical", "canonical_url", "canonical_link", "mainEntityOfPage"},
         "\"u\"",
         "\"u\""},
        {"title", {"headline", "name"}, "\"t\"", "\"t\""},
        {"deck",
         {"subtitle", "description", "summary", "abstract", "excerpt", "alternativeHeadline"},
         "\"d\"",
         "\"d\""},
        {"published",
         {"datePublished", "date_publish", "date_published", "publishing_date", "publish_date",
          "published_at", "publishedAt", "pubDate", "date"},
         "\"Fri, 13 Oct 2023 08:00:00 GMT\"",
         "\"2023-10-13T08:00:00Z\""},
        {"updated",
         {"dateModified", "date_modify", "date_modified", "updated_at"},
         "\"2023-10\"",
         "\"2023-10\""},
        {"source",
         {"publisher", "sitename", "site_name", "source_domain", "hostname"},
         "\"s\"",
         "\"s\""},
        {"section", {"articleSection"}, "\"s\"", "\"s\""},
        {"language", {"lang", "inLanguage"}, "\"en_us\"", "\"en-US\""},
        {"body",
         {"text", "content", "contents", "articleBody", "maintext", "content_text"},
         "\"b\"",
         "\"b\""},
        {"author", {"authors", "byline", "creator"}, "\"a\"", "[\"a\"]"},
        {"contributor", {"contributors"}, "[\"a\",\"b\"]", "[\"a\",\"b\"]"},
        {"tags",
         {"keywords", "topics", "topic", "category", "categories"},
         "\"a, b,,c\"",
         "[\"a\",\"b\",\"c\"]"},
        {"caption", {"captions"}, "[\"a, b\"]", "[\"a, b\"]"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t n = 0; n < COUNT(cases[i].names) && cases[i].names[n]; n++) {
            struct article a, plain;
            char json[500];
            const char *other = strcmp(cases[i].field, "title") == 0 ? "body" : "title";
            snprintf(json, sizeof json, "{\"%s\":\"x\",\"%s\":%s}", other, cases[i].names[n],
                     cases[i].in);
            parse(&a, json);
            snprintf(json, sizeof json, "{\"%s\":\"x\",\"%s\":%s}", other, cases[i].field,
                     cases[i].out);
            parse(&plain, json);
            char *got = printed(&a), *wanted = printed(&plain);
            if (strcmp(got, wanted) != 0)
                fail_msg("%s: %s, not %s", cases[i].names[n], got, wanted);
            free(got);
            free(wanted);
            article_release(&a);
            article_release(&plain);
        }
}

static void
takes_the_first_of_two_names_and_keeps_the_other(void **state)
{
    (void)state;
    check_record(
        "{\"text\":\"two\",\"name\":\"n\",\"headline\":\"h\",\"body\":\"one\",\"title\":\"t\"}",
        "{\"title\":\"t\",\"body\":\"one\",\"extra\":{\"headline\":\"h\",\"name\":\"n\",\"text\":"
        "\"two\"}}");
    check_record(
        "{\"title\":\"t\",\"byline\":\"A\",\"author\":\"B\",\"tags\":[\"x\"],\"keywords\":\"y,z\"}",
        "{\"title\":\"t\",\"author\":[\"B\",\"A\"],\"tags\":[\"x\",\"y\",\"z\"]}");
}

static void
takes_objects_by_their_names_and_bodies_as_lists(void **state)
{
    (void)state;
    check_record(
        "{\"title\":\"t\",\"author\":[{\"@type\":\"Person\",\"name\":\"A\"},\"B\",{\"@id\":\"C\"},"
        "null,{\"x\":1}],"
        "\"publisher\":{\"name\":\"P\"},\"mainEntityOfPage\":{\"@id\":\"https://example.org\"}}",
        "{\"url\":\"https://"
        "example.org\",\"title\":\"t\",\"author\":[\"A\",\"B\",\"C\"],\"source\":\"P\"}");
    check_record("{\"body\":[\"One.\",\"Two.\"]}", "{\"body\":\"One.\\n\\nTwo.\"}");
}

static void
takes_numbers_as_ids_and_dates(void **state)
{
    (void)state;
    check_record("{\"title\":\"t\",\"id\":4471,\"date\":1697184000}",
                 "{\"id\":\"4471\",\"title\":\"t\",\"published\":\"2023-10-13T08:00:00Z\"}");
}

static void
keeps_unknown_members_in_extra(void **state)
{
    (void)state;
    check_record("{\"title\":\"t\",\"x\":{\"y\":[1]},\"extra\":{\"x\":2,\"z\":3}}",
                 "{\"title\":\"t\",\"extra\":{\"x\":2,\"z\":3}}");
    check_record("{\"title\":\"t\",\"extra\":\"text\"}",
                 "{\"title\":\"t\",\"extra\":{\"extra\":\"text\"}}");
    check_record("{\"title\":\"t\",\"uid\":\"no\"}", "{\"title\":\"t\"}");
}

static void
names_the_member_of_a_wrong_type(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"{\"title\":1}", "\"title\" is a number, not a text"},
        {"{\"title\":\"t\",\"body\":{}}", "\"body\" is an object, not a text"},
        {"{\"title\":\"t\",\"body\":[1]}", "\"body\" is a number, not a paragraph"},
        {"{\"title\":\"t\",\"authors\":{\"a\":1}}",
         "\"authors\" is an object, not a text or a list"},
        {"{\"title\":\"t\",\"author\":[[]]}", "\"author\" is a list, not a text"},
        {"{\"title\":\"t\",\"tags\":true}", "\"tags\" is true, not"},
        {"{\"title\":\"t\",\"date\":1.5}", "\"date\" is a number, not a text"},
        {"{\"title\":\"t\",\"lang\":false}", "\"lang\" is false, not a text"},
        {"{\"url\":\"u\"}", "neither a title nor a body"},
        {"{}", "neither a title nor a body"},
        {"[]", "not a JSON object"},
        {"\"x\"", "not JSON"},
        {"null", "not JSON"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        check_refused(cases[i][0], strlen(cases[i][0]), cases[i][1]);
}

static void
says_where_json_is_broken(void **state)
{
    (void)state;
    static const char *const cases[] = {"",
                                        " ",
                                        "{",
                                        "{\"title\":\"t\"",
                                        "{\"title\":\"t\"} x",
                                        "{\"title\":\"t\",}",
                                        "{\"title\":tru}",
                                        "{\"a\\u0000b\":1}",
                                        "{\"title\":\"a\nb\"}",
                                        "{\"n\":1e999}"};
    for (size_t i = 0; i < COUNT(cases); i++)
        check_refused(cases[i], strlen(cases[i]), "line ");
}

static void
repairs_and_counts_halves_of_surrogate_pairs(void **state)
{
    (void)state;
    static const struct {
        const char *text, *out;
        size_t repaired;
    } cases[] = {
        {"a\\ud83d\\ude00z", "a\xf0\x9f\x98\x80z", 0},
        {"a\\ud83dz", "a" R "z", 1},
        {"a\\uDE00z", "a" R "z", 1},
        {"\\ud83d\\ud83d\\ude00", R "\xf0\x9f\x98\x80", 1},
        {"\\ude00\\ud83d", R R, 2},
        {"\\\\ud83d\\udfff", "\\\\ud83d" R, 1},
        {"\\ud83d\\n\\ud83d\\u0041", R " " R "A", 2},
        {"x \xe2\x80\xa8 y \\ud83d", "x y " R, 1}, /* a raw line separator is allowed in JSON */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article a;
        char json[200], wanted[200];
        snprintf(json, sizeof json, "{\"title\":\"%s\"}", cases[i].text);
        snprintf(wanted, sizeof wanted, "{\"title\":\"%s\"}", cases[i].out);
        parse(&a, json);
        char *got = printed(&a);
        assert_string_equal(got, wanted);
        assert_int_equal(a.repaired, cases[i].repaired);
        free(got);
        article_release(&a);
        check_record(json, wanted);
    }
    check_refused("{\"title\":\"\\ud83", 15, "not JSON");
    check_refused("{\"title\":\"\\ud83\"}", 17, "not JSON");
    check_refused("{\"title\":\"\\ud8", 14, "not JSON");
}

static void
repairs_and_counts_bytes_that_are_not_utf8(void **state)
{
    (void)state;
    static const char json[] = "{\"title\":\"a\xff z\xe4\xb8\",\"x\":\"\x80\"}";
    struct article a;
    parse(&a, json);
    assert_string_equal(article_get(&a, ARTICLE_TITLE), "a" R " z" R);
    assert_int_equal(a.repaired, 3);
    article_release(&a);
}

static void
replaces_escaped_nul(void **state)
{
    (void)state;
    struct article a;
    parse(&a, "{\"title\":\"a\\u0000b\",\"author\":[\"\\u0000\"]}");
    assert_string_equal(article_get(&a, ARTICLE_TITLE), "a" R "b");
    assert_string_equal(a.list[ARTICLE_AUTHOR].item[0], R);
    assert_int_equal(a.repaired, 2);
    article_release(&a);
    static const char raw[] = "{\"title\":\"a\0b\"}";
    article_init(&a);
    assert_true(article_parse(&a, raw, sizeof raw - 1, NULL));
    assert_string_equal(article_get(&a, ARTICLE_TITLE), "a" R "b");
    article_release(&a);
}

/* {"title":"t","x":[[[...]]]} */
static struct buf
nested(size_t levels)
{
    struct buf json;
    buf_init(&json, BUF_MAX);
    buf_str(&json, "{\"title\":\"t\",\"x\":");
    for (size_t i = 0; i < levels; i++)
        buf_ch(&json, '[');
    for (size_t i = 0; i < levels; i++)
        buf_ch(&json, ']');
    buf_ch(&json, '}');
    return json;
}

static void
takes_deep_nesting_up_to_a_limit(void **state)
{
    (void)state;
    static const size_t good[] = {1, 100, 2000}, bad[] = {2001, 2046, 2047, 2048, 5000, 100000};
    for (size_t i = 0; i < COUNT(good); i++) {
        struct buf json = nested(good[i]);
        struct article a, again;
        parse(&a, json.data);
        char *once = printed(&a);
        parse(&again, once);
        char *twice = printed(&again);
        assert_string_equal(once, twice);
        free(once);
        free(twice);
        article_release(&a);
        article_release(&again);
        buf_release(&json);
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct buf json = nested(bad[i]);
        check_refused(json.data, json.len, "");
        buf_release(&json);
    }
}

/* ---- fields ---- */

static void
cleans_what_is_set(void **state)
{
    (void)state;
    struct article a;
    article_init(&a);
    assert_true(article_set(&a, ARTICLE_TITLE, " a\r\n\tb\x1b\xff ", 9, NULL));
    assert_string_equal(article_get(&a, ARTICLE_TITLE), "a b" R);
    assert_true(article_set(&a, ARTICLE_TITLE, "  ", 2, NULL));
    assert_string_equal(article_get(&a, ARTICLE_TITLE), "a b" R);
    assert_true(article_set(&a, ARTICLE_TITLE, "new", 3, NULL));
    assert_string_equal(article_get(&a, ARTICLE_TITLE), "new");
    assert_true(article_set(&a, ARTICLE_BODY, "one\r\n\r\ntwo\n", 11, NULL));
    assert_string_equal(article_get(&a, ARTICLE_BODY), "one\n\ntwo");
    assert_true(article_add(&a, ARTICLE_TAGS, " x  y ", 6, NULL));
    assert_true(article_add(&a, ARTICLE_TAGS, "", 0, NULL));
    assert_int_equal(a.list[ARTICLE_TAGS].n, 1);
    assert_string_equal(a.list[ARTICLE_TAGS].item[0], "x y");
    assert_string_equal(article_get(&a, ARTICLE_DECK), "");
    article_release(&a);
    article_release(&a);
}

static void
brings_languages_into_their_usual_form(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"EN", "en"},           {"eng", "en"},        {"fra_CA", "fr-CA"}, {"pcm", "pcm"},
        {"en_us", "en-US"},     {"zh-hant-tw", "zh-Hant-TW"},
        {"ZH-HANS", "zh-Hans"}, {" pt-br ", "pt-BR"}, {"es-419", "es-419"},
        {"sr-LATN", "sr-Latn"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article a;
        article_init(&a);
        assert_true(article_set(&a, ARTICLE_LANGUAGE, cases[i][0], strlen(cases[i][0]), NULL));
        assert_string_equal(article_get(&a, ARTICLE_LANGUAGE), cases[i][1]);
        article_release(&a);
    }
}

static void
keeps_what_is_no_date_and_remarks_on_it(void **state)
{
    (void)state;
    struct article a;
    parse(&a, "{\"title\":\"t\",\"published\":\"31 February 2023\",\"updated\":\"soon\"}");
    char *got = printed(&a);
    assert_string_equal(
        got,
        "{\"title\":\"t\",\"extra\":{\"published\":\"31 February 2023\",\"updated\":\"soon\"}}");
    assert_non_null(a.note);
    assert_non_null(strstr(a.note, "published: "));
    assert_non_null(strstr(a.note, "; updated: "));
    free(got);
    article_release(&a);
    check_record("{\"title\":\"t\",\"published\":\"no\",\"date\":\"2023-10-13\"}",
                 "{\"title\":\"t\",\"published\":\"2023-10-13\",\"extra\":{\"published\":\"no\"}}");
}

static void
remarks_no_more_than_fits(void **state)
{
    (void)state;
    struct article a;
    article_init(&a);
    for (size_t i = 0; i < 1000; i++)
        assert_true(article_remark(&a, NULL, "remark %zu", i));
    assert_true(strlen(a.note) <= 1024);
    assert_memory_equal(a.note, "remark 0; remark 1; ", 20);
    article_release(&a);
}

static void
refuses_a_field_that_is_too_large(void **state)
{
    (void)state;
    const size_t len = 3 * ARTICLE_MAX + 1;
    char *text = calloc(1, len);
    struct article a;
    struct err err = {.code = ERR_NONE};
    assert_non_null(text);
    memset(text, 'x', len);
    article_init(&a);
    assert_false(article_set(&a, ARTICLE_TITLE, text, len, &err));
    assert_int_equal(err.code, ERR_ARG);
    assert_false(article_add(&a, ARTICLE_TAGS, text, len, &err));
    assert_null(a.field[ARTICLE_TITLE]);
    article_release(&a);
    free(text);
}

/* ---- where it lies ---- */

static void
identify(struct article *a, const char *path, const char *member)
{
    struct err err = {.code = ERR_NONE};
    article_init(a);
    assert_true(article_set(a, ARTICLE_TITLE, "t", 1, NULL));
    if (!article_identify(a, path, member, &err))
        fail_msg("%s: %s", path, err.msg);
}

static void
makes_paths_absolute_without_asking_the_disk(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"/a/b.txt", "/a/b.txt"},
        {"/a/./b//c/", "/a/b/c"},
        {"/a/../b", "/b"},
        {"/../../b", "/b"},
        {"/", "/"},
        {"/a/b/../..", "/"},
        {"/..a/b..", "/..a/b.."},
        {"/a  b ", "/a  b "},
        {"/ü 丹\tx\ny", "/ü 丹\tx\ny"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article a;
        identify(&a, cases[i][0], NULL);
        assert_string_equal(article_get(&a, ARTICLE_PATH), cases[i][1]);
        assert_null(a.field[ARTICLE_PATH_BYTES]);
        article_release(&a);
    }
    struct article a;
    char *cwd = getcwd(NULL, 0), wanted[5000];
    assert_non_null(cwd);
    snprintf(wanted, sizeof wanted, "%s/b", strcmp(cwd, "/") == 0 ? "" : cwd);
    identify(&a, "./a/../b", NULL);
    assert_string_equal(article_get(&a, ARTICLE_PATH), wanted);
    article_release(&a);
    free(cwd);
}

static void
keeps_the_bytes_of_a_path_that_is_not_utf8(void **state)
{
    (void)state;
    static const char *const cases[][3] = {{"/a\xff", "/a" R, "L2H/"},
                                           {"/a\x1b[m", "/a[m", "L2EbW20="},
                                           {"/a\rb", "/a\nb", "L2ENYg=="}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article a;
        identify(&a, cases[i][0], NULL);
        assert_string_equal(article_get(&a, ARTICLE_PATH), cases[i][1]);
        assert_string_equal(article_get(&a, ARTICLE_PATH_BYTES), cases[i][2]);
        article_release(&a);
    }
    struct article a, b;
    identify(&a, "/a\xff", NULL);
    identify(&b, "/a\xfe", NULL);
    assert_string_equal(article_get(&a, ARTICLE_PATH), article_get(&b, ARTICLE_PATH));
    assert_string_not_equal(article_get(&a, ARTICLE_UID), article_get(&b, ARTICLE_UID));
    article_release(&a);
    article_release(&b);
}

static void
is_called_what_it_says_else_its_url_else_its_place(void **state)
{
    (void)state;
    struct article a;
    identify(&a, "/a/b.txt", NULL);
    assert_string_equal(article_get(&a, ARTICLE_ID), "/a/b.txt");
    article_release(&a);
    identify(&a, "/a/b.jsonl", "7");
    assert_string_equal(article_get(&a, ARTICLE_ID), "/a/b.jsonl#7");
    assert_string_equal(article_get(&a, ARTICLE_MEMBER), "7");
    article_release(&a);
    parse(&a, "{\"title\":\"t\",\"url\":\"https://example.org\"}");
    assert_true(article_identify(&a, "/a", "1", NULL));
    assert_string_equal(article_get(&a, ARTICLE_ID), "https://example.org");
    article_release(&a);
    parse(&a, "{\"title\":\"t\",\"url\":\"https://example.org\",\"id\":\"i\"}");
    assert_true(article_identify(&a, "/a", "1", NULL));
    assert_string_equal(article_get(&a, ARTICLE_ID), "i");
    article_release(&a);
}

/* These numbers are on disk in every index: they never change. */
static void
has_a_uid_of_path_member_and_id(void **state)
{
    (void)state;
    struct article a, b;
    identify(&a, "/a/b.txt", NULL);
    assert_string_equal(article_get(&a, ARTICLE_UID), "29750b7defe485e5e05027511e4309b8");
    article_release(&a);
    parse(&a, "{\"title\":\"t\",\"id\":\"1\"}");
    assert_true(article_identify(&a, "/a/b.jsonl", "1", NULL));
    assert_string_equal(article_get(&a, ARTICLE_UID), "224d40c58100bdbd252bb7e60a3a1a5c");
    parse(&b, "{\"title\":\"t\",\"id\":\"1\"}");
    assert_true(article_identify(&b, "/a/c.jsonl", "1", NULL));
    assert_string_not_equal(article_get(&a, ARTICLE_UID), article_get(&b, ARTICLE_UID));
    article_release(&a);
    article_release(&b);
}

static void
keeps_path_member_and_uid_when_read_from_a_dump(void **state)
{
    (void)state;
    static const char *const paths[] = {"/a/b.txt",        "/a  b/c .txt", "/a\nb",  "/a\xff\x1b",
                                        "/\xef\xbb\xbf_b", "/a\tb",        "/a\r\nb"};
    static const char *const members[] = {NULL, "7", "an id", "a  b"};
    for (size_t i = 0; i < COUNT(paths) * COUNT(members); i++) {
        struct article a, again;
        identify(&a, paths[i / COUNT(members)], members[i % COUNT(members)]);
        char *once = printed(&a);
        parse(&again, once);
        assert_true(article_identify(&again, "/other/dump.jsonl", "99", NULL));
        char *twice = printed(&again);
        assert_string_equal(twice, once);
        free(once);
        free(twice);
        article_release(&a);
        article_release(&again);
    }
}

static void
takes_no_bytes_of_a_path_without_the_path(void **state)
{
    (void)state;
    struct article a;
    parse(&a, "{\"title\":\"t\",\"path_bytes\":\"L2E=\",\"member\":\"m\"}");
    assert_true(article_identify(&a, "/b", "1", NULL));
    assert_null(a.field[ARTICLE_PATH_BYTES]);
    assert_string_equal(article_get(&a, ARTICLE_PATH), "/b");
    assert_string_equal(article_get(&a, ARTICLE_MEMBER), "m");
    article_release(&a);
}

/* What article_read() makes of JSON is what article_parse() does. */
static void
read_both_ways(const char *json, size_t len)
{
    struct article fast, slow;
    struct buf a, b;
    article_init(&fast);
    article_init(&slow);
    buf_init(&a, BUF_MAX);
    buf_init(&b, BUF_MAX);
    const bool parsed = article_parse(&slow, json, len, NULL);
    const bool read = article_read(&fast, json, len, (1U << ARTICLE_FIELDS) - 1, NULL);
    if (parsed) {
        assert_true(read);
        free(fast.field[ARTICLE_UID]); /* which article_parse() leaves to article_identify() */
        fast.field[ARTICLE_UID] = NULL;
        json_decref(slow.extra);
        json_decref(fast.extra);
        slow.extra = fast.extra = NULL;
        article_print(&fast, &a);
        article_print(&slow, &b);
        assert_string_equal(a.data, b.data);
    }
    article_release(&fast);
    article_release(&slow);
    buf_release(&a);
    buf_release(&b);
}

static void
reads_stored_records_as_any_others(void **state)
{
    (void)state;
    static const char record[] =
        "{\"uid\":\"0123456789abcdef0123456789abcdef\",\"id\":\"a\",\"path\":\"/a b\",\"title\":\"T \\\"q\\\" \\\\ /\",\"author\":[\"A\",\"B\"],"
        "\"published\":\"2023-10-13\",\"tags\":[\"x\"],\"body\":\"One.\\n\\nTwo three é 丹.\",\"extra\":{\"n\":[1,{\"body\":\"x\"}]}}";
    static const char *const records[] = {
        record,
        "{\"title\":\"T\"}", "{\"title\":\"\\u00e9\"}", "{ \"title\" : \"T\" }", "{\"headline\":\"T\",\"x\":1}", "{\"title\":\"T\",\"title\":\"U\"}",
        "{\"title\":\"T\",\"author\":[]}", "{\"title\":\"T\",\"author\":\"A\"}", "{\"title\":\"T\",\"author\":[1]}", "{\"title\":\"T\\\\\"}",
        "{\"title\":\"T\",\"body\":\"\"}", "{\"title\":\"T\"", "{\"title\":\"T", "{\"title\":\"T\\", "{\"title\":", "{\"title\"", "{", "", "[]", "{}",
        "{\"title\":\"T\"}x", "{\"title\":\"T\",}", "{\"title\":\"T\" \"body\":\"x\"}", "{\"extra\":{},\"title\":\"T\"",
    };
    for (size_t i = 0; i < sizeof records / sizeof *records; i++)
        for (size_t len = strlen(records[i]) + 1; len-- > 0;) {
            char *copy = malloc(len + 1); /* so that reading on is noticed */
            assert_non_null(copy);
            memcpy(copy, records[i], len);
            read_both_ways(copy, len);
            free(copy);
        }
    struct article a;
    article_init(&a);
    assert_true(article_read(&a, records[0], strlen(records[0]), 1U << ARTICLE_ID | 1U << ARTICLE_UID, NULL));
    assert_string_equal(article_get(&a, ARTICLE_ID), "a");
    assert_string_equal(article_get(&a, ARTICLE_UID), "0123456789abcdef0123456789abcdef");
    assert_null(a.field[ARTICLE_BODY]);
    assert_null(a.field[ARTICLE_TITLE]);
    assert_int_equal(a.list[ARTICLE_AUTHOR].n, 2);
    assert_null(a.extra);
    article_release(&a);
}

/* The disk may have changed a record: nothing comes out that could not have been stored. */
static void
cleans_what_is_wrong_in_a_stored_record(void **state)
{
    (void)state;
    const char json[] = "{\"title\":\"a\x1b[31m\xff\xef\xbb\xbf b\x7f\",\"tags\":[\"\xed\xa0\x80\"]}";
    struct article a;
    article_init(&a);
    assert_true(article_read(&a, json, sizeof json - 1, ~0U, NULL));
    assert_true(utf8_valid(article_get(&a, ARTICLE_TITLE), strlen(article_get(&a, ARTICLE_TITLE))));
    assert_null(strpbrk(article_get(&a, ARTICLE_TITLE), "\x1b\x7f"));
    assert_null(strstr(article_get(&a, ARTICLE_TITLE), "\xef\xbb\xbf"));
    assert_true(a.list[ARTICLE_TAGS].n == 0 || utf8_valid(a.list[ARTICLE_TAGS].item[0], strlen(a.list[ARTICLE_TAGS].item[0])));
    article_release(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_and_reads_every_field),
        cmocka_unit_test(leaves_out_what_is_not_known),
        cmocka_unit_test(takes_the_usual_names_of_fields),
        cmocka_unit_test(takes_the_first_of_two_names_and_keeps_the_other),
        cmocka_unit_test(takes_objects_by_their_names_and_bodies_as_lists),
        cmocka_unit_test(takes_numbers_as_ids_and_dates),
        cmocka_unit_test(keeps_unknown_members_in_extra),
        cmocka_unit_test(names_the_member_of_a_wrong_type),
        cmocka_unit_test(says_where_json_is_broken),
        cmocka_unit_test(repairs_and_counts_halves_of_surrogate_pairs),
        cmocka_unit_test(repairs_and_counts_bytes_that_are_not_utf8),
        cmocka_unit_test(replaces_escaped_nul),
        cmocka_unit_test(takes_deep_nesting_up_to_a_limit),
        cmocka_unit_test(cleans_what_is_set),
        cmocka_unit_test(brings_languages_into_their_usual_form),
        cmocka_unit_test(keeps_what_is_no_date_and_remarks_on_it),
        cmocka_unit_test(remarks_no_more_than_fits),
        cmocka_unit_test(refuses_a_field_that_is_too_large),
        cmocka_unit_test(makes_paths_absolute_without_asking_the_disk),
        cmocka_unit_test(keeps_the_bytes_of_a_path_that_is_not_utf8),
        cmocka_unit_test(is_called_what_it_says_else_its_url_else_its_place),
        cmocka_unit_test(has_a_uid_of_path_member_and_id),
        cmocka_unit_test(keeps_path_member_and_uid_when_read_from_a_dump),
        cmocka_unit_test(takes_no_bytes_of_a_path_without_the_path),
        cmocka_unit_test(reads_stored_records_as_any_others),
        cmocka_unit_test(cleans_what_is_wrong_in_a_stored_record),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("article", tests, NULL, NULL);
}
