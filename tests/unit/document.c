/* document.c - tests of indexer/store/document: an article as terms, values and data
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
#include <xxhash.h>

#include "common/schema.h"
#include "indexer/store/document.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct analysis *analysis;

static int
open_analysis(void **state)
{
    (void)state;
    return analysis_new(&analysis, NULL) ? 0 : -1;
}

static int
close_analysis(void **state)
{
    (void)state;
    analysis_free(analysis);
    analysis_free(NULL);
    return 0;
}

static void
read_article(struct article *a, const char *json)
{
    struct err err = {.code = ERR_NONE};
    article_init(a);
    if (!article_parse(a, json, strlen(json), &err) || !article_identify(a, "/file", NULL, &err))
        fail_msg("%s: %s", json, err.msg);
}

/* What --dump=terms says of an article. */
static json_t *
terms_of(const char *json)
{
    struct article a;
    struct buf out;
    struct err err = {.code = ERR_NONE};
    read_article(&a, json);
    buf_init(&out, (size_t)1 << 30);
    if (!document_print(analysis, &a, &out, &err))
        fail_msg("%s", err.msg);
    json_t *line = json_loadb(out.data, out.len, 0, NULL);
    assert_non_null(line);
    buf_release(&out);
    article_release(&a);
    return line;
}

/* The entry of a term as "wdf: position position"; "none". */
static void
check_term(const json_t *line, const char *term, const char *wanted)
{
    char got[1000] = "none";
    const json_t *entry = json_object_get(json_object_get(line, "terms"), term);
    if (entry) {
        const json_t *positions = json_array_get(entry, 1);
        int n = snprintf(got, sizeof got, "%d:", (int)json_integer_value(json_array_get(entry, 0)));
        for (size_t i = 0; i < json_array_size(positions); i++)
            n += snprintf(got + n, sizeof got - (size_t)n, " %d",
                          (int)json_integer_value(json_array_get(positions, i)));
    }
    if (strcmp(got, wanted) != 0)
        fail_msg("%s is \"%s\", not \"%s\"", term, got, wanted);
}

struct golden {
    const char *term;
    const char *entry;
};

static void
check(const char *json, const struct golden *golden, size_t n)
{
    json_t *line = terms_of(json);
    for (size_t i = 0; i < n; i++)
        check_term(line, golden[i].term, golden[i].entry);
    json_decref(line);
}

static void
indexes_words_with_positions_and_stems_without(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"forced", "1: 1"}, {"repatriations", "1: 2"}, {"repatriation", "1: 3"},
        {"Zforc", "1:"},    {"Zrepatri", "2:"},
    };
    check("{\"body\":\"Forced repatriations, repatriation.\",\"language\":\"en\"}", golden,
          COUNT(golden));
}

static void
indexes_characters_with_the_next_one(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"苹果", "4: 1 104"}, {"果", "4: 2 105"}, {"吃苹", "1: 103"}, {"S苹果", "0: 1"}, {"Z苹果", "none"}, {"Z吃", "1:"},
    };
    check("{\"title\":\"苹果\",\"body\":\"吃苹果\",\"language\":\"zh\"}", golden, COUNT(golden));
    static const struct golden korean[] = {
        {"북한", "1: 1"}, {"한이", "1: 2"}, {"이", "1: 3"}, {"Z북", "1:"}, {"Z북한이", "none"}, {"Z한", "none"},
    };
    check("{\"body\":\"북한이\",\"language\":\"ko\"}", korean, COUNT(korean));
}

static void
counts_a_word_of_the_headline_three_times(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"dandong", "4: 1 102"},
        {"Zdandong", "4:"},
        {"Sdandong", "0: 1"},
        {"XDECKdandong", "none"},
    };
    check("{\"title\":\"Dandong\",\"body\":\"Dandong\",\"language\":\"en\"}", golden,
          COUNT(golden));
}

static void
leaves_a_gap_between_fields_and_values(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"one", "3: 1"},      {"two", "3: 2"},          {"three", "1: 103"}, {"four", "1: 204"},
        {"five", "1: 305"},   {"six", "1: 406"},        {"seven", "1: 507"}, {"eight", "1: 608"},
        {"Aeight", "0: 608"}, {"XDECKthree", "0: 103"}, {"Knine", "0: 709"}, {"nine", "1: 709"},
    };
    check("{\"title\":\"One "
          "two\",\"deck\":\"three\",\"caption\":[\"four\",\"five\"],\"body\":\"six\","
          "\"author\":[\"seven\",\"eight\"],\"tags\":[\"nine\"]}",
          golden, COUNT(golden));
}

static void
records_where_sentences_and_paragraphs_begin(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"XSENT", "0: 1 103 105 108"},
        {"XPARA", "0: 1 103 108"},
        {"five", "1: 108"},
    };
    check("{\"title\":\"One two\",\"body\":\"Three four. One two three\\n\\nFive six\"}", golden,
          COUNT(golden) - 1);
}

static void
keeps_other_fields_under_their_prefix_only(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"world", "none"},
        {"XSECTIONworld", "1: 102"},
        {"XSOURCEpaper", "1: 203"},
        {"XDATELINEseoul", "1: 304"},
        {"XCONTRIBUTORwire", "none"},
        {"Uhttps://Example.org/A", "0:"},
        {"XIDAbc 1", "0:"},
        {"P/file", "0:"},
    };
    check("{\"title\":\"T\",\"section\":\"World\",\"source\":\"Paper\",\"dateline\":\"SEOUL\","
          "\"url\":\"https://Example.org/A\",\"id\":\"Abc  1\"}",
          golden, COUNT(golden));
}

static void
finds_an_article_by_its_language_and_date(void **state)
{
    (void)state;
    static const struct golden day[] = {
        {"Lzh", "0:"}, {"Y2023", "0:"}, {"M202310", "0:"}, {"D20231013", "0:"}};
    static const struct golden month[] = {
        {"L", "0:"}, {"Y2023", "0:"}, {"M202310", "0:"}, {"D20231001", "none"}};
    static const struct golden year[] = {{"Y2023", "0:"}, {"M202301", "none"}};
    check("{\"title\":\"T\",\"language\":\"zh-Hant-TW\",\"published\":\"2023-10-13T08:00:00Z\"}",
          day, COUNT(day));
    check("{\"title\":\"T\",\"published\":\"2023-10\"}", month, COUNT(month));
    check("{\"title\":\"T\",\"published\":\"2023\"}", year, COUNT(year));
    json_t *line = terms_of("{\"title\":\"T\",\"published\":\"2023-10-13T08:00:00Z\"}");
    const json_t *values = json_object_get(line, "values");
    assert_int_equal(json_integer_value(json_object_get(values, "0")), 1697184000);
    json_decref(line);
}

static void
makes_no_term_longer_than_the_index_takes(void **state)
{
    (void)state;
    struct buf json;
    buf_init(&json, BUF_MAX);
    buf_str(&json, "{\"id\":\"");
    for (int i = 0; i < 1000; i++)
        buf_str(&json, "é");
    buf_str(&json, "\",\"title\":\"");
    for (int i = 0; i < 300; i++)
        buf_str(&json, "é");
    buf_str(&json, "\",\"contributor\":\"");
    for (int i = 0; i < 300; i++)
        buf_str(&json, "丹x");
    buf_str(&json, "\"}");
    json_t *line = terms_of(json.data);
    const char *term;
    json_t *entry;
    json_object_foreach(json_object_get(line, "terms"), term, entry)
        assert_true(strlen(term) > 0 && strlen(term) <= SCHEMA_TERM_MAX);
    json_decref(line);
    buf_release(&json);
}

static void
builds_what_it_prints(void **state)
{
    (void)state;
    static const char json[] = "{\"title\":\"One two\",\"body\":\"One three. "
                               "Four\",\"published\":\"2023-10-13\",\"language\":\"en\","
                               "\"author\":\"A B\",\"x\":1}";
    struct article a;
    struct document d;
    struct buf record;
    struct xap_error error;
    struct xap_term_iterator *it = NULL;
    xap_termcount count;
    const char *data;
    size_t len;
    uint64_t hash;
    read_article(&a, json);
    assert_true(document_build(analysis, &a, &d, NULL));
    assert_string_equal(d.uid, article_get(&a, ARTICLE_UID));
    buf_init(&record, BUF_MAX);
    article_print(&a, &record);
    assert_int_equal(xap_document_get_data(d.xapian, &data, &len, &error), XAP_OK);
    assert_int_equal(len, record.len);
    assert_memory_equal(data, record.data, len);
    assert_int_equal(d.size, record.len);
    assert_true(d.hash == XXH3_64bits(record.data, record.len));
    assert_true(document_hash(analysis, &a, &hash, NULL));
    assert_true(d.hash == hash);

    json_t *line = terms_of(json);
    json_t *terms = json_object_get(line, "terms");
    assert_int_equal(xap_document_termlist_count(d.xapian, &count, &error), XAP_OK);
    assert_int_equal(count, json_object_size(terms));
    assert_int_equal(xap_document_termlist_begin(d.xapian, &it, &error), XAP_OK);
    for (; !xap_term_iterator_at_end(it); xap_term_iterator_next(it, NULL)) {
        xap_termcount wdf;
        assert_int_equal(xap_term_iterator_get(it, &data, &len, &error), XAP_OK);
        assert_int_equal(xap_term_iterator_get_wdf(it, &wdf, &error), XAP_OK);
        const json_t *entry = json_object_getn(terms, data, len);
        assert_non_null(entry);
        assert_int_equal(wdf, json_integer_value(json_array_get(entry, 0)));
    }
    xap_term_iterator_free(it);
    json_decref(line);
    document_release(&d);
    document_release(&d);
    buf_release(&record);
    article_release(&a);
}

static void
is_not_changed_by_what_came_before(void **state)
{
    (void)state;
    static const char small[] =
        "{\"title\":\"One two\",\"body\":\"One three.\",\"id\":\"x\",\"language\":\"en\"}";
    struct buf json;
    json_t *before = terms_of(small);
    buf_init(&json, BUF_MAX);
    buf_str(&json, "{\"title\":\"T\",\"language\":\"ru\",\"body\":\"");
    for (unsigned i = 0; i < 60000; i++)
        buf_printf(&json, "w%u ", i);
    buf_str(&json, "\"}");
    json_t *large = terms_of(json.data);
    check_term(large, "w0", "1: 102");
    check_term(large, "w59999", "1: 60101");
    assert_true(json_object_size(json_object_get(large, "terms")) > 120000);
    json_t *after = terms_of(small);
    assert_true(json_equal(before, after));
    json_decref(before);
    json_decref(large);
    json_decref(after);
    buf_release(&json);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(indexes_words_with_positions_and_stems_without),
        cmocka_unit_test(indexes_characters_with_the_next_one),
        cmocka_unit_test(counts_a_word_of_the_headline_three_times),
        cmocka_unit_test(leaves_a_gap_between_fields_and_values),
        cmocka_unit_test(records_where_sentences_and_paragraphs_begin),
        cmocka_unit_test(keeps_other_fields_under_their_prefix_only),
        cmocka_unit_test(finds_an_article_by_its_language_and_date),
        cmocka_unit_test(makes_no_term_longer_than_the_index_takes),
        cmocka_unit_test(builds_what_it_prints),
        cmocka_unit_test(is_not_changed_by_what_came_before),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("document", tests, open_analysis, close_analysis);
}
