/* shim-parse.c - the query parser, with ranges and fields
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

#include <stdio.h>

/* The query that text becomes, as Xapian describes it; the parser's default flags and more. */
static const char *
parsed(struct xap_query_parser *parser, const char *text, unsigned more)
{
    static char result[512];
    struct xap_error error;
    struct xap_query *query;
    const char *description;
    size_t length;

    OK(xap_query_parser_parse_query(parser, text, strlen(text),
                                    XAP_QUERY_PARSER_FLAG_DEFAULT | more, NULL, 0, &query, &error));
    OK(xap_query_get_description(query, &description, &length, &error));
    assert_true(length < sizeof result);
    memcpy(result, description, length + 1);
    xap_query_free(query);
    return result;
}

static const char *
described(struct xap_query *query)
{
    static char result[512];
    struct xap_error error;
    const char *description;
    size_t length;

    OK(xap_query_get_description(query, &description, &length, &error));
    assert_true(length < sizeof result);
    memcpy(result, description, length + 1);
    xap_query_free(query);
    return result;
}

static void
words(void **state)
{
    struct xap_error error;
    struct xap_query_parser *parser;
    struct xap_query *query;
    struct xap_stem *stem;
    struct xap_stopper *stopper;
    struct xap_term_iterator *terms;
    const char *bytes;
    size_t length;

    (void)state;
    OK(xap_query_parser_new(&parser, &error));
    assert_string_equal(parsed(parser, "one two", 0), "Query((one@1 OR two@2))");
    assert_int_equal(xap_query_parser_get_default_op(parser), XAP_QUERY_OP_OR);
    OK(xap_query_parser_set_default_op(parser, XAP_QUERY_OP_AND, &error));
    assert_int_equal(xap_query_parser_get_default_op(parser), XAP_QUERY_OP_AND);
    assert_string_equal(parsed(parser, "one two", 0), "Query((one@1 AND two@2))");
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_parser_set_default_op(parser, XAP_QUERY_OP_XOR, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_parser_set_default_op(parser, XAP_QUERY_LEAF_TERM, &error));
    OK(xap_stem_new("en", &stem, &error));
    OK(xap_query_parser_set_stemmer(parser, stem, &error));
    xap_stem_free(stem);
    OK(xap_query_parser_set_stemming_strategy(parser, XAP_QUERY_PARSER_STEM_SOME, &error));
    OK(xap_simple_stopper_new(&stopper, &error));
    OK(xap_simple_stopper_add(stopper, S("the"), &error));
    OK(xap_query_parser_set_stopper(parser, stopper, &error));
    xap_stopper_free(stopper);
    assert_string_equal(parsed(parser, "the words", 0), "Query(Zword@2)");
    OK(xap_query_parser_stoplist_begin(parser, &terms, &error));
    OK(xap_term_iterator_get(terms, &bytes, &length, &error));
    assert_bytes(bytes, length, "the");
    xap_term_iterator_free(terms);
    OK(xap_query_parser_unstem_begin(parser, S("Zword"), &terms, &error));
    OK(xap_term_iterator_get(terms, &bytes, &length, &error));
    assert_bytes(bytes, length, "words");
    xap_query_parser_free(parser);
    /* the words outlive their parser */
    OK(xap_term_iterator_next(terms, &error));
    assert_true(xap_term_iterator_at_end(terms));
    xap_term_iterator_free(terms);

    OK(xap_query_parser_new(&parser, &error));
    OK(xap_query_parser_set_stemmer(parser, NULL, &error));
    OK(xap_query_parser_set_stopper(parser, NULL, &error));
    OK(xap_query_parser_set_stemming_strategy(parser, XAP_QUERY_PARSER_STEM_ALL_Z, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_query_parser_set_stemming_strategy(
                                          parser, (enum xap_query_parser_stem_strategy)7, &error));
    OK(xap_query_parser_parse_query(parser, S("one"), 0, S("XT"), &query, &error));
    assert_string_equal(described(query), "Query(XTone@1)");
    FAILS(XAP_QUERY_PARSER_ERROR,
          xap_query_parser_parse_query(parser, S("AND OR"), XAP_QUERY_PARSER_FLAG_DEFAULT, NULL, 0,
                                       &query, &error));
    assert_null(query);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_parser_parse_query(parser, NULL, 3, 0, NULL, 0, &query, &error));
    OK(xap_query_parser_get_description(parser, &bytes, &length, &error));
    assert_non_null(strstr(bytes, "QueryParser"));
    xap_query_parser_free(parser);
}

static void
a_database_helps(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    struct xap_query_parser *parser;
    struct xap_query *query;
    struct xap_enquire *enquire;
    struct xap_mset *mset;
    const char *bytes;
    size_t length;

    shim_sample(shim_path(state, "db"));
    OK(xap_writable_database_new_open(shim_path(state, "db"), XAP_DB_OPEN | XAP_DB_NO_SYNC, 0,
                                      &writable, &error));
    OK(xap_writable_database_add_spelling(writable, S("repatriation"), 3, &error));
    OK(xap_writable_database_add_synonym(writable, S("odd"), S("strange"), &error));
    OK(xap_writable_database_commit(writable, &error));
    OK(xap_query_parser_new(&parser, &error));
    OK(xap_query_parser_set_database(parser, xap_writable_database_as_database(writable), &error));
    assert_string_equal(parsed(parser, "repatriaton", XAP_QUERY_PARSER_FLAG_SPELLING_CORRECTION),
                        "Query(repatriaton@1)");
    OK(xap_query_parser_get_corrected_query_string(parser, &bytes, &length, &error));
    assert_bytes(bytes, length, "repatriation");
    assert_string_equal(parsed(parser, "odd", XAP_QUERY_PARSER_FLAG_AUTO_SYNONYMS),
                        "Query((odd@1 SYNONYM strange@1))");
    OK(xap_query_parser_get_corrected_query_string(parser, &bytes, &length, &error));
    assert_bytes(bytes, length, "");
    /* wildcards are limited when they are searched for */
    OK(xap_query_parser_set_max_expansion(parser, 2, XAP_QUERY_WILDCARD_LIMIT_ERROR,
                                          XAP_QUERY_PARSER_FLAG_WILDCARD, &error));
    OK(xap_query_parser_parse_query(parser, S("only*"), XAP_QUERY_PARSER_FLAG_WILDCARD, NULL, 0,
                                    &query, &error));
    OK(xap_enquire_new(xap_writable_database_as_database(writable), &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    FAILS(XAP_WILDCARD_ERROR, xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    xap_query_free(query);
    OK(xap_query_parser_set_max_expansion(parser, 2, XAP_QUERY_WILDCARD_LIMIT_FIRST,
                                          XAP_QUERY_PARSER_FLAG_WILDCARD, &error));
    OK(xap_query_parser_parse_query(parser, S("only*"), XAP_QUERY_PARSER_FLAG_WILDCARD, NULL, 0,
                                    &query, &error));
    mset = shim_search(xap_writable_database_as_database(writable), query);
    assert_int_equal(xap_mset_size(mset), 2);
    xap_mset_free(mset);
    xap_query_free(query);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_parser_set_max_expansion(parser, 2, (enum xap_query_wildcard_limit)3,
                                             XAP_QUERY_PARSER_FLAG_WILDCARD, &error));
    xap_enquire_free(enquire);
    xap_writable_database_free(writable);
    xap_query_parser_free(parser);
}

/* Fields: "magic:" finds all, "no:" fails. */
static enum xap_code
process_field(void *data, const char *text, size_t length, struct xap_query **query,
              struct xap_error *error)
{
    struct shim_own *own = data;
    enum xap_code code = shim_own_called(own, error);

    if (code != XAP_OK)
        return code;
    if (length == 3 && memcmp(text, "nil", 3) == 0)
        return XAP_OK;
    if (length == 3 && memcmp(text, "all", 3) == 0)
        return xap_query_new_match_all(query, error);
    return xap_query_new_term(text, length, 1, 0, query, error);
}

static const struct xap_field_processor_functions field_functions = {process_field,
                                                                     shim_own_destroy};

static void
fields(void **state)
{
    static const struct xap_field_processor_functions none = {NULL, NULL};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_query_parser *parser;
    struct xap_field_processor *processor;
    struct xap_query *query;

    (void)state;
    OK(xap_query_parser_new(&parser, &error));
    OK(xap_query_parser_add_prefix(parser, "title", "XT", &error));
    assert_string_equal(parsed(parser, "title:one", 0), "Query(XTone@1)");
    OK(xap_query_parser_add_boolean_prefix(parser, "site", "H", NULL, &error));
    OK(xap_query_parser_add_boolean_prefix(parser, "lang", "L", "", &error));
    assert_string_equal(parsed(parser, "site:a site:b", 0), "Query(0 * (Ha OR Hb))");
    assert_string_equal(parsed(parser, "lang:a lang:b", 0), "Query(0 * (La AND Lb))");
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_query_parser_add_boolean_prefix(parser, "title", "XT", NULL, &error));
    OK(xap_field_processor_new(&field_functions, &own, &processor, &error));
    OK(xap_query_parser_add_prefix_processor(parser, "magic", processor, &error));
    OK(xap_query_parser_add_boolean_prefix_processor(parser, "filter", processor, "site", &error));
    OK(xap_field_processor_apply(processor, S("abc"), &query, &error));
    assert_string_equal(described(query), "Query(abc)");
    xap_field_processor_free(processor);
    assert_string_equal(parsed(parser, "magic:all", 0), "Query(<alldocuments>)");
    assert_string_equal(parsed(parser, "one filter:x", 0), "Query((one@1 FILTER x))");
    /* no query is a mistake, and failures come back */
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_parser_parse_query(parser, S("magic:nil"), XAP_QUERY_PARSER_FLAG_DEFAULT, NULL,
                                       0, &query, &error));
    own.fails = XAP_QUERY_PARSER_ERROR;
    own.message = "no magic today";
    assert_int_equal(xap_query_parser_parse_query(parser, S("magic:x"),
                                                  XAP_QUERY_PARSER_FLAG_DEFAULT, NULL, 0, &query,
                                                  &error),
                     XAP_QUERY_PARSER_ERROR);
    assert_string_equal(error.message, "no magic today");
    assert_null(query);
    own.fails = XAP_OK;
    assert_string_equal(parsed(parser, "magic:all", 0), "Query(<alldocuments>)");
    assert_int_equal(own.destroyed, 0);
    xap_query_parser_free(parser);
    assert_int_equal(own.destroyed, 1);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_field_processor_new(&none, &own, &processor, &error));
}

static void
ranges(void **state)
{
    struct xap_error error;
    struct xap_query_parser *parser;
    struct xap_range_processor *processor;
    struct xap_query *query;

    (void)state;
    OK(xap_query_parser_new(&parser, &error));
    OK(xap_range_processor_new_slot(0, "v:", 0, &processor, &error));
    OK(xap_query_parser_add_rangeprocessor(parser, processor, NULL, &error));
    OK(xap_range_processor_check_range(processor, S("v:a"), S("c"), &query, &error));
    assert_string_equal(described(query), "Query(VALUE_RANGE 0 a c)");
    OK(xap_range_processor_check_range(processor, S("w:a"), S("c"), &query, &error));
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_OP_INVALID);
    xap_query_free(query);
    OK(xap_range_processor_apply(processor, S("a"), NULL, 0, &query, &error));
    assert_string_equal(described(query), "Query(VALUE_GE 0 a)");
    xap_range_processor_free(processor);
    OK(xap_date_range_processor_new(1, NULL, XAP_RP_DATE_PREFER_MDY, 1970, &processor, &error));
    OK(xap_query_parser_add_rangeprocessor(parser, processor, NULL, &error));
    xap_range_processor_free(processor);
    OK(xap_number_range_processor_new(2, "$", XAP_RP_REPEATED, &processor, &error));
    OK(xap_query_parser_add_rangeprocessor(parser, processor, "money", &error));
    xap_range_processor_free(processor);
    assert_string_equal(parsed(parser, "v:a..c", 0), "Query(VALUE_RANGE 0 a c)");
    assert_string_equal(parsed(parser, "02/03/2026..02/05/2026", 0),
                        "Query(VALUE_RANGE 1 20260203 20260205)");
    assert_non_null(strstr(parsed(parser, "$1..$5", 0), "VALUE_RANGE 2 "));
    FAILS(XAP_QUERY_PARSER_ERROR,
          xap_query_parser_parse_query(parser, S("x..y"), XAP_QUERY_PARSER_FLAG_DEFAULT, NULL, 0,
                                       &query, &error));
    xap_query_parser_free(parser);
}

/* Ranges that begin with '#'. */
static enum xap_code
process_range(void *data, const char *begin, size_t begin_length, const char *end,
              size_t end_length, struct xap_query **query, struct xap_error *error)
{
    enum xap_code code = shim_own_called(data, error);

    if (code != XAP_OK || begin_length == 0 || begin[0] != '#')
        return code;
    return xap_query_new_value_range(9, begin + 1, begin_length - 1, end, end_length, query, error);
}

static const struct xap_range_processor_functions range_functions = {process_range,
                                                                     shim_own_destroy};

static void
own_ranges(void **state)
{
    static const struct xap_range_processor_functions none = {NULL, NULL};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_query_parser *parser;
    struct xap_range_processor *processor;
    struct xap_query *query;

    (void)state;
    OK(xap_query_parser_new(&parser, &error));
    OK(xap_range_processor_new(&range_functions, &own, 4, "n", 0, &processor, &error));
    OK(xap_range_processor_check_range(processor, S("n#1"), S("2"), &query, &error));
    assert_string_equal(described(query), "Query(VALUE_RANGE 9 1 2)");
    OK(xap_range_processor_apply(processor, S("1"), S("2"), &query, &error));
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_OP_INVALID);
    xap_query_free(query);
    OK(xap_query_parser_add_rangeprocessor(parser, processor, NULL, &error));
    xap_range_processor_free(processor);
    /* one after it takes what is not its business */
    OK(xap_range_processor_new_slot(0, NULL, 0, &processor, &error));
    OK(xap_query_parser_add_rangeprocessor(parser, processor, NULL, &error));
    xap_range_processor_free(processor);
    assert_string_equal(parsed(parser, "n#1..2", 0), "Query(VALUE_RANGE 9 1 2)");
    assert_string_equal(parsed(parser, "n1..n2", 0), "Query(VALUE_RANGE 0 n1 n2)");
    own.fails = XAP_SERIALISATION_ERROR;
    FAILS(XAP_SERIALISATION_ERROR,
          xap_query_parser_parse_query(parser, S("n1..2"), XAP_QUERY_PARSER_FLAG_DEFAULT, NULL, 0,
                                       &query, &error));
    assert_null(query);
    xap_query_parser_free(parser);
    assert_int_equal(own.destroyed, 1);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_range_processor_new(&none, &own, 0, NULL, 0, &processor, &error));
}

/* ---- Functions that fail in the midst of a query ---- */

/* A posting source that is never used, but tells when it is let go of. */
static enum xap_code
unused_init(void *data, const struct xap_database *database, struct xap_posting_source *self,
            struct xap_error *error)
{
    (void)database;
    (void)self;
    return shim_own_called(data, error);
}

static enum xap_code
unused_count(void *data, xap_doccount *count, struct xap_error *error)
{
    *count = 0;
    return shim_own_called(data, error);
}

static enum xap_code
unused_next(void *data, double min_weight, struct xap_posting_source *self, struct xap_error *error)
{
    (void)min_weight;
    (void)self;
    return shim_own_called(data, error);
}

static enum xap_code
unused_at_end(void *data, bool *at_end, struct xap_error *error)
{
    *at_end = true;
    return shim_own_called(data, error);
}

static const struct xap_posting_source_functions unused = {
    NULL,         unused_init, unused_count,  unused_count,
    unused_count, unused_next, unused_at_end, unused_count,
    NULL,         NULL,        NULL,          NULL,
    NULL,         NULL,        NULL,          shim_own_destroy};

/* What parts of queries must have been let go of when all is over. */
static struct shim_own part;
static unsigned parts_made;

static enum xap_code
make_part(struct xap_query **query, struct xap_error *error)
{
    struct xap_posting_source *source;
    enum xap_code code = xap_posting_source_new(&unused, &part, &source, error);

    if (code != XAP_OK)
        return code;
    parts_made++;
    code = xap_query_new_posting_source(source, query, error);
    xap_posting_source_free(source);
    return code;
}

/* "bad" hands over a query and fails all the same; so do "bad" ranges, words, stop words. */
static enum xap_code
unsure_field(void *data, const char *text, size_t length, struct xap_query **query,
             struct xap_error *error)
{
    enum xap_code code = make_part(query, error);

    (void)data;
    if (code == XAP_OK && length == 3 && memcmp(text, "bad", 3) == 0)
        return XAP_NETWORK_ERROR;
    return code;
}

static enum xap_code
unsure_range(void *data, const char *begin, size_t begin_length, const char *end, size_t end_length,
             struct xap_query **query, struct xap_error *error)
{
    (void)end;
    (void)end_length;
    return unsure_field(data, begin, begin_length, query, error);
}

static enum xap_code
unsure_stem(void *data, const char *word, size_t length, const char **stem, size_t *stem_length,
            struct xap_error *error)
{
    struct shim_own *own = data;

    (void)error;
    own->calls++;
    if (length == 5 && memcmp(word, "stems", 5) == 0)
        return XAP_NETWORK_ERROR;
    *stem = word;
    *stem_length = length;
    return XAP_OK;
}

static enum xap_code
unsure_stopper(void *data, const char *term, size_t length, bool *stop, struct xap_error *error)
{
    (void)data;
    (void)error;
    *stop = false;
    return length == 5 && memcmp(term, "stops", 5) == 0 ? XAP_NETWORK_ERROR : XAP_OK;
}

/* A parser with all of them. */
static struct xap_query_parser *
unsure_parser(struct shim_own *own)
{
    static const struct xap_field_processor_functions of_field = {unsure_field, NULL};
    static const struct xap_range_processor_functions of_range = {unsure_range, NULL};
    static const struct xap_stem_functions of_stem = {unsure_stem, NULL, NULL};
    static const struct xap_stopper_functions of_stopper = {unsure_stopper, NULL, NULL};
    struct xap_error error;
    struct xap_query_parser *parser;
    struct xap_field_processor *field;
    struct xap_range_processor *range;
    struct xap_stem *stem;
    struct xap_stopper *stopper;

    OK(xap_query_parser_new(&parser, &error));
    OK(xap_field_processor_new(&of_field, own, &field, &error));
    OK(xap_query_parser_add_prefix_processor(parser, "magic", field, &error));
    OK(xap_query_parser_add_boolean_prefix_processor(parser, "filter", field, NULL, &error));
    xap_field_processor_free(field);
    OK(xap_range_processor_new(&of_range, own, 0, NULL, 0, &range, &error));
    OK(xap_query_parser_add_rangeprocessor(parser, range, NULL, &error));
    xap_range_processor_free(range);
    OK(xap_stem_new_implementation(&of_stem, own, &stem, &error));
    OK(xap_query_parser_set_stemmer(parser, stem, &error));
    xap_stem_free(stem);
    OK(xap_query_parser_set_stemming_strategy(parser, XAP_QUERY_PARSER_STEM_SOME, &error));
    OK(xap_stopper_new(&of_stopper, own, &stopper, &error));
    OK(xap_query_parser_set_stopper(parser, stopper, &error));
    xap_stopper_free(stopper);
    return parser;
}

static void
failures_lose_nothing(void **state)
{
    static const char *const texts[] = {
        "magic:good magic:bad",
        "filter:good filter:bad",
        "magic:good filter:good one bad..good two",
        "one (magic:good AND (two OR magic:bad)) magic:good",
        "magic:good filter:good one AND (stems OR magic:good)",
        "filter:good magic:good (one stops two) three",
        "good..good filter:good magic:good (one AND stems)",
    };
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_query_parser *parser = unsure_parser(&own);
    struct xap_query *query;
    unsigned calls;

    (void)state;
    part = (struct shim_own){0};
    parts_made = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        FAILS(XAP_NETWORK_ERROR,
              xap_query_parser_parse_query(parser, texts[i], strlen(texts[i]),
                                           XAP_QUERY_PARSER_FLAG_DEFAULT, NULL, 0, &query, &error));
        assert_null(query);
    }
    /* after a failure nobody is asked any more */
    own.calls = 0;
    FAILS(XAP_NETWORK_ERROR, xap_query_parser_parse_query(parser, S("one stems two three"), 0, NULL,
                                                          0, &query, &error));
    calls = own.calls;
    assert_int_equal(calls, 2);
    /* by hand, too, what is handed over is taken */
    assert_int_equal(part.calls, 0);
    /* and the parser works on */
    OK(xap_query_parser_parse_query(parser, S("one"), 0, NULL, 0, &query, &error));
    assert_string_equal(described(query), "Query(Zone@1)");
    xap_query_parser_free(parser);
    assert_true(parts_made >= 9);
    assert_int_equal(part.destroyed, parts_made);
}

static void
groupings(void **state)
{
    struct xap_error error;
    struct xap_query_parser *parser;
    struct xap_range_processor *processor;
    struct xap_field_processor *field;
    struct shim_own own = {0};

    (void)state;
    OK(xap_query_parser_new(&parser, &error));
    /* of one grouping: either will do; of several: all of them */
    OK(xap_query_parser_add_boolean_prefix(parser, "city", "C", "place", &error));
    OK(xap_query_parser_add_boolean_prefix(parser, "land", "L", "place", &error));
    OK(xap_query_parser_add_boolean_prefix(parser, "kind", "K", NULL, &error));
    OK(xap_field_processor_new(&field_functions, &own, &field, &error));
    OK(xap_query_parser_add_boolean_prefix_processor(parser, "sea", field, "place", &error));
    OK(xap_query_parser_add_boolean_prefix_processor(parser, "sort", field, NULL, &error));
    xap_field_processor_free(field);
    assert_string_equal(parsed(parser, "city:a land:b", 0), "Query(0 * (Ca OR Lb))");
    assert_non_null(strstr(parsed(parser, "city:a kind:b", 0), " AND "));
    assert_string_equal(parsed(parser, "city:a sea:b", 0), "Query(0 * (Ca OR b))");
    assert_non_null(strstr(parsed(parser, "city:a sort:b", 0), " AND "));
    OK(xap_range_processor_new_slot(3, "a:", 0, &processor, &error));
    OK(xap_query_parser_add_rangeprocessor(parser, processor, "both", &error));
    xap_range_processor_free(processor);
    OK(xap_range_processor_new_slot(4, "b:", 0, &processor, &error));
    OK(xap_query_parser_add_rangeprocessor(parser, processor, "both", &error));
    xap_range_processor_free(processor);
    OK(xap_range_processor_new_slot(5, "c:", 0, &processor, &error));
    OK(xap_query_parser_add_rangeprocessor(parser, processor, NULL, &error));
    xap_range_processor_free(processor);
    assert_string_equal(parsed(parser, "a:1..2 b:3..4", 0),
                        "Query(0 * (VALUE_RANGE 3 1 2 OR VALUE_RANGE 4 3 4))");
    assert_non_null(strstr(parsed(parser, "a:1..2 c:3..4", 0), " AND "));
    xap_query_parser_free(parser);
}

static void
ranges_have_the_parameters_given(void **state)
{
    struct xap_error error;
    struct xap_range_processor *processor;
    struct xap_query *query;
    struct shim_own own = {0};

    (void)state;
    /* the lengths */
    OK(xap_range_processor_new_slot(6, "km", XAP_RP_SUFFIX, &processor, &error));
    OK(xap_range_processor_check_range(processor, "12", 1, "34km", 4, &query, &error));
    assert_string_equal(described(query), "Query(VALUE_RANGE 6 1 34)");
    OK(xap_range_processor_check_range(processor, "12", 2, "34km", 3, &query, &error));
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_OP_INVALID);
    xap_query_free(query);
    OK(xap_range_processor_apply(processor, "12", 1, "34", 1, &query, &error));
    assert_string_equal(described(query), "Query(VALUE_RANGE 6 1 3)");
    xap_range_processor_free(processor);
    /* dates: slot, string, order and epoch */
    OK(xap_date_range_processor_new(7, "on:", 0, 1950, &processor, &error));
    OK(xap_range_processor_check_range(processor, S("on:02/03/50"), S("02/05/49"), &query, &error));
    assert_string_equal(described(query), "Query(VALUE_RANGE 7 19500302 20490502)");
    xap_range_processor_free(processor);
    OK(xap_date_range_processor_new(7, "d", XAP_RP_SUFFIX | XAP_RP_DATE_PREFER_MDY, 2000,
                                    &processor, &error));
    OK(xap_range_processor_check_range(processor, S("02/03/50"), S("02/05/51d"), &query, &error));
    assert_string_equal(described(query), "Query(VALUE_RANGE 7 20500203 20510205)");
    xap_range_processor_free(processor);
    /* numbers */
    OK(xap_number_range_processor_new(8, "kg", XAP_RP_SUFFIX, &processor, &error));
    OK(xap_range_processor_check_range(processor, S("1"), S("5kg"), &query, &error));
    assert_non_null(strstr(described(query), "VALUE_RANGE 8 "));
    OK(xap_range_processor_check_range(processor, S("1"), S("5"), &query, &error));
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_OP_INVALID);
    xap_query_free(query);
    xap_range_processor_free(processor);
    /* the caller's: string and flags are looked for before it is asked */
    OK(xap_range_processor_new(&range_functions, &own, 4, "!", XAP_RP_SUFFIX, &processor, &error));
    OK(xap_range_processor_check_range(processor, S("#1"), S("2"), &query, &error));
    assert_int_equal(xap_query_get_type(query), XAP_QUERY_OP_INVALID);
    assert_int_equal(own.calls, 0);
    xap_query_free(query);
    OK(xap_range_processor_check_range(processor, S("#1"), S("2!"), &query, &error));
    assert_string_equal(described(query), "Query(VALUE_RANGE 9 1 2)");
    assert_int_equal(own.calls, 1);
    xap_range_processor_free(processor);
}

static void
flags_and_lengths_count(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    struct xap_query_parser *parser;
    struct xap_query *query;
    struct xap_enquire *enquire;
    struct xap_mset *mset;
    struct xap_stem *stem;
    struct xap_term_iterator *terms;
    const char *bytes;
    size_t length;

    shim_sample(shim_path(state, "db"));
    OK(xap_database_new_open(shim_path(state, "db"), 0, &database, &error));
    OK(xap_query_parser_new(&parser, &error));
    OK(xap_query_parser_set_database(parser, database, &error));
    /* without the flag AND is a word; neither text nor prefix is read beyond its length */
    OK(xap_query_parser_parse_query(parser, "one AND twofold", 11, 0, "XYZ", 2, &query, &error));
    assert_string_equal(described(query), "Query((XYone@1 OR XYand@2 OR XYtwo@3))");
    OK(xap_query_parser_parse_query(parser, S("one AND two"), XAP_QUERY_PARSER_FLAG_BOOLEAN, NULL,
                                    0, &query, &error));
    assert_string_equal(described(query), "Query((one@1 AND two@2))");
    /* a limit of what begins so is none of what is typed with a star */
    OK(xap_query_parser_set_max_expansion(parser, 2, XAP_QUERY_WILDCARD_LIMIT_ERROR,
                                          XAP_QUERY_PARSER_FLAG_PARTIAL, &error));
    OK(xap_query_parser_parse_query(parser, S("only*"), XAP_QUERY_PARSER_FLAG_WILDCARD, NULL, 0,
                                    &query, &error));
    mset = shim_search(database, query);
    assert_int_equal(xap_mset_size(mset), 5);
    xap_mset_free(mset);
    xap_query_free(query);
    OK(xap_query_parser_parse_query(parser, S("only"), XAP_QUERY_PARSER_FLAG_PARTIAL, NULL, 0,
                                    &query, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    FAILS(XAP_WILDCARD_ERROR, xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    xap_enquire_free(enquire);
    xap_query_free(query);
    OK(xap_stem_new("en", &stem, &error));
    OK(xap_query_parser_set_stemmer(parser, stem, &error));
    xap_stem_free(stem);
    OK(xap_query_parser_set_stemming_strategy(parser, XAP_QUERY_PARSER_STEM_SOME, &error));
    assert_string_equal(parsed(parser, "words", 0), "Query(Zword@1)");
    OK(xap_query_parser_unstem_begin(parser, "Zwordy", 5, &terms, &error));
    OK(xap_term_iterator_get(terms, &bytes, &length, &error));
    assert_bytes(bytes, length, "words");
    xap_term_iterator_free(terms);
    xap_query_parser_free(parser);
    xap_database_free(database);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("words, stems and stop words", words),
        TEST("a database helps with spelling, synonyms, wildcards", a_database_helps),
        TEST("fields, and processors for them", fields),
        TEST("ranges", ranges),
        TEST("ranges of the caller's", own_ranges),
        TEST("functions that fail lose nothing", failures_lose_nothing),
        {"groupings tell what is joined by OR", groupings, shim_setup, shim_teardown, NULL},
        {"ranges have the parameters given", ranges_have_the_parameters_given, shim_setup,
         shim_teardown, NULL},
        {"flags and lengths count", flags_and_lengths_count, shim_setup, shim_teardown, NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-parse", tests, NULL, NULL);
}
