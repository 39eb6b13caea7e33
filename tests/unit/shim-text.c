/* shim-text.c - stemmers and stop words, Xapian's and the caller's; the term generator
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

/* The terms of the document, with blanks behind them. */
static const char *
terms_of(const struct xap_document *document)
{
    static char text[256];
    struct xap_error error;
    struct xap_term_iterator *terms;
    size_t at = 0;

    OK(xap_document_termlist_begin(document, &terms, &error));
    for (; !xap_term_iterator_at_end(terms); OK(xap_term_iterator_next(terms, &error))) {
        const char *term;
        size_t length;

        OK(xap_term_iterator_get(terms, &term, &length, &error));
        assert_true(at + length + 1 < sizeof text);
        memcpy(text + at, term, length);
        at += length;
        text[at++] = ' ';
    }
    text[at] = '\0';
    xap_term_iterator_free(terms);
    return text;
}

/* Takes the last letter away. */
static enum xap_code
shorten(void *data, const char *word, size_t word_length, const char **result,
        size_t *result_length, struct xap_error *error)
{
    struct shim_own *own = data;

    own->length = word_length > 1 && word_length <= sizeof own->bytes ? word_length - 1 : 0;
    memcpy(own->bytes, word, own->length);
    *result = own->bytes;
    *result_length = own->length;
    return shim_own_called(own, error);
}

static enum xap_code
describe(void *data, const char **text, size_t *length, struct xap_error *error)
{
    *text = "of the test";
    *length = 11;
    return shim_own_called(data, error);
}

static enum xap_code
is_the(void *data, const char *term, size_t length, bool *stop, struct xap_error *error)
{
    *stop = length == 3 && memcmp(term, "the", 3) == 0;
    return shim_own_called(data, error);
}

static const struct xap_stem_functions stem_functions = {shorten, describe, shim_own_destroy};
static const struct xap_stopper_functions stopper_functions = {is_the, describe, shim_own_destroy};

static void
stemmers(void **state)
{
    static const struct xap_stem_functions none = {NULL, NULL, NULL}, few = {shorten, NULL, NULL};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_stem *stem;
    const char *bytes;
    size_t length;

    (void)state;
    OK(xap_stem_new_implementation(&stem_functions, &own, &stem, &error));
    OK(xap_stem_apply(stem, S("words"), &bytes, &length, &error));
    assert_bytes(bytes, length, "word");
    assert_false(xap_stem_is_none(stem));
    OK(xap_stem_get_description(stem, &bytes, &length, &error));
    assert_non_null(strstr(bytes, "of the test"));
    own.fails = XAP_FEATURE_UNAVAILABLE_ERROR;
    FAILS(XAP_FEATURE_UNAVAILABLE_ERROR, xap_stem_apply(stem, S("words"), &bytes, &length, &error));
    assert_null(bytes);
    xap_stem_free(stem);
    assert_int_equal(own.destroyed, 1);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_stem_new_implementation(&none, &own, &stem, &error));
    OK(xap_stem_new_implementation(&few, &own, &stem, &error));
    OK(xap_stem_get_description(stem, &bytes, &length, &error));
    assert_true(length > 0);
    xap_stem_free(stem);
    OK(xap_stem_new_none(&stem, &error));
    assert_true(xap_stem_is_none(stem));
    OK(xap_stem_apply(stem, S("words"), &bytes, &length, &error));
    assert_bytes(bytes, length, "words");
    xap_stem_free(stem);
    OK(xap_stem_new_fallback("klingon", true, &stem, &error));
    assert_true(xap_stem_is_none(stem));
    xap_stem_free(stem);
    OK(xap_stem_new_fallback("en", true, &stem, &error));
    assert_false(xap_stem_is_none(stem));
    xap_stem_free(stem);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_stem_new_fallback("klingon", false, &stem, &error));
    assert_null(stem);
}

static void
stoppers(void **state)
{
    static const char *const words[] = {"a", "andor"};
    static const size_t lengths[] = {1, 3};
    static const struct xap_stopper_functions none = {NULL, NULL, NULL}, few = {is_the, NULL, NULL};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_stopper *stopper;
    const char *bytes;
    size_t length;
    bool stop;

    (void)state;
    OK(xap_simple_stopper_new_words(words, lengths, 2, &stopper, &error));
    OK(xap_simple_stopper_add(stopper, S("of"), &error));
    OK(xap_stopper_apply(stopper, S("and"), &stop, &error));
    assert_true(stop);
    OK(xap_stopper_apply(stopper, S("of"), &stop, &error));
    assert_true(stop);
    OK(xap_stopper_apply(stopper, S("andor"), &stop, &error));
    assert_false(stop);
    OK(xap_stopper_get_description(stopper, &bytes, &length, &error));
    assert_non_null(strstr(bytes, "and"));
    xap_stopper_free(stopper);
    OK(xap_simple_stopper_new(&stopper, &error));
    OK(xap_stopper_apply(stopper, S("and"), &stop, &error));
    assert_false(stop);
    xap_stopper_free(stopper);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_simple_stopper_new_words(NULL, NULL, 2, &stopper, &error));

    OK(xap_stopper_new(&stopper_functions, &own, &stopper, &error));
    OK(xap_stopper_apply(stopper, S("the"), &stop, &error));
    assert_true(stop);
    OK(xap_stopper_get_description(stopper, &bytes, &length, &error));
    assert_bytes(bytes, length, "of the test");
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_simple_stopper_add(stopper, S("of"), &error));
    own.fails = XAP_RUNTIME_ERROR;
    FAILS(XAP_RUNTIME_ERROR, xap_stopper_apply(stopper, S("the"), &stop, &error));
    assert_false(stop);
    xap_stopper_free(stopper);
    assert_int_equal(own.destroyed, 1);
    OK(xap_stopper_new(&few, &own, &stopper, &error));
    OK(xap_stopper_get_description(stopper, &bytes, &length, &error));
    assert_true(length > 0);
    xap_stopper_free(stopper);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_stopper_new(&none, &own, &stopper, &error));
}

static void
generating_terms(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_term_generator *generator;
    struct xap_document *document, *same;
    struct xap_stem *stem;
    struct xap_stopper *stopper;
    struct xap_utf8_iterator *text;
    const char *bytes;
    size_t length;

    (void)state;
    OK(xap_term_generator_new(&generator, &error));
    OK(xap_stem_new("en", &stem, &error));
    OK(xap_term_generator_set_stemmer(generator, stem, &error));
    xap_stem_free(stem);
    OK(xap_stopper_new(&stopper_functions, &own, &stopper, &error));
    OK(xap_term_generator_set_stopper(generator, stopper, &error));
    xap_stopper_free(stopper);
    assert_int_equal(own.destroyed, 0);
    OK(xap_document_new(&document, &error));
    OK(xap_term_generator_set_document(generator, document, &error));
    OK(xap_term_generator_index_text(generator, S("The Repatriations"), 1, NULL, 0, &error));
    assert_string_equal(terms_of(document), "Zrepatri repatriations the ");
    assert_int_equal(xap_term_generator_get_termpos(generator), 2);
    OK(xap_term_generator_increase_termpos(generator, 100, &error));
    assert_int_equal(xap_term_generator_get_termpos(generator), 102);
    OK(xap_term_generator_set_termpos(generator, 7, &error));
    OK(xap_term_generator_index_text(generator, S("word"), 2, S("XT"), &error));
    assert_int_equal(xap_term_generator_get_termpos(generator), 8);
    OK(xap_term_generator_get_document(generator, &same, &error));
    assert_string_equal(terms_of(same), "XTword ZXTword Zrepatri repatriations the ");
    /* the document lives on in it */
    xap_document_free(document);
    xap_document_free(same);

    OK(xap_document_new(&document, &error));
    OK(xap_term_generator_set_document(generator, document, &error));
    OK(xap_term_generator_set_stopper(generator, NULL, &error));
    assert_int_equal(own.destroyed, 1);
    OK(xap_term_generator_set_stemmer(generator, NULL, &error));
    OK(xap_term_generator_set_max_word_length(generator, 5, &error));
    OK(xap_term_generator_index_text_without_positions(generator, S("short longer"), 1, NULL, 0,
                                                       &error));
    assert_string_equal(terms_of(document), "short ");
    assert_int_equal(xap_term_generator_get_termpos(generator), 0);
    OK(xap_utf8_iterator_new(S("one two"), &text, &error));
    for (int i = 0; i < 4; i++)
        OK(xap_utf8_iterator_next(text, &error));
    OK(xap_term_generator_index_text_iterator(generator, text, 1, NULL, 0, &error));
    assert_int_equal(xap_utf8_iterator_left(text), 3);
    OK(xap_term_generator_index_text_without_positions_iterator(generator, text, 1, S("Y"),
                                                                &error));
    assert_string_equal(terms_of(document), "Ytwo short two ");
    assert_int_equal(xap_term_generator_get_termpos(generator), 1);
    xap_utf8_iterator_free(text);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_term_generator_index_text(generator, NULL, 9, 1, NULL, 0, &error));
    OK(xap_term_generator_get_description(generator, &bytes, &length, &error));
    assert_non_null(strstr(bytes, "TermGenerator"));
    xap_document_free(document);
    xap_term_generator_free(generator);
}

static void
strategies(void **state)
{
    struct xap_error error;
    struct xap_term_generator *generator;
    struct xap_document *document;
    struct xap_stem *stem;
    struct xap_stopper *stopper;
    int old;

    (void)state;
    OK(xap_term_generator_new(&generator, &error));
    OK(xap_stem_new("en", &stem, &error));
    OK(xap_term_generator_set_stemmer(generator, stem, &error));
    xap_stem_free(stem);
    OK(xap_simple_stopper_new(&stopper, &error));
    OK(xap_simple_stopper_add(stopper, S("words"), &error));
    OK(xap_term_generator_set_stopper(generator, stopper, &error));
    xap_stopper_free(stopper);
    OK(xap_document_new(&document, &error));
    OK(xap_term_generator_set_document(generator, document, &error));
    OK(xap_term_generator_set_stemming_strategy(generator, XAP_TERM_GENERATOR_STEM_ALL, &error));
    OK(xap_term_generator_set_stopper_strategy(generator, XAP_TERM_GENERATOR_STOP_NONE, &error));
    OK(xap_term_generator_index_text(generator, S("words"), 1, NULL, 0, &error));
    assert_string_equal(terms_of(document), "word ");
    OK(xap_term_generator_set_stopper_strategy(generator, XAP_TERM_GENERATOR_STOP_ALL, &error));
    OK(xap_document_clear_terms(document, &error));
    OK(xap_term_generator_index_text(generator, S("words"), 1, NULL, 0, &error));
    assert_string_equal(terms_of(document), "");
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_term_generator_set_stemming_strategy(
              generator, (enum xap_term_generator_stem_strategy)5, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_term_generator_set_stopper_strategy(
              generator, (enum xap_term_generator_stop_strategy)99, &error));
    OK(xap_term_generator_set_flags(generator, XAP_TERM_GENERATOR_FLAG_CJK_NGRAM,
                                    ~XAP_TERM_GENERATOR_FLAG_CJK_NGRAM, &old, &error));
    assert_int_equal(old, 0);
    OK(xap_term_generator_set_flags(generator, 0, ~0, &old, &error));
    assert_int_equal(old, XAP_TERM_GENERATOR_FLAG_CJK_NGRAM);
    OK(xap_term_generator_set_stemming_strategy(generator, XAP_TERM_GENERATOR_STEM_NONE, &error));
    OK(xap_document_clear_terms(document, &error));
    OK(xap_term_generator_index_text(generator, S("\xE4\xB8\xB9\xE4\xB8\x9C"), 1, NULL, 0, &error));
    assert_string_equal(terms_of(document), "\xE4\xB8\x9C \xE4\xB8\xB9 \xE4\xB8\xB9\xE4\xB8\x9C ");
    xap_document_free(document);
    xap_term_generator_free(generator);
}

static void
spelling_goes_into_a_database(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    struct xap_database *database = shim_open_sample(state);
    struct xap_term_generator *generator;
    const char *suggestion;
    size_t length;

    OK(xap_writable_database_new_open(shim_path(state, "db"), XAP_DB_OPEN | XAP_DB_NO_SYNC, 0,
                                      &writable, &error));
    OK(xap_term_generator_new(&generator, &error));
    OK(xap_term_generator_set_database(generator, writable, &error));
    OK(xap_term_generator_set_flags(generator, XAP_TERM_GENERATOR_FLAG_SPELLING, ~0, NULL, &error));
    OK(xap_term_generator_index_text(generator, S("repatriation"), 1, NULL, 0, &error));
    xap_writable_database_free(writable);
    /* the generator had it open: what was in it is committed with it */
    xap_term_generator_free(generator);
    OK(xap_database_reopen(database, NULL, &error));
    OK(xap_database_get_spelling_suggestion(database, S("repatriaton"), 2, &suggestion, &length,
                                            &error));
    assert_bytes(suggestion, length, "repatriation");
    xap_database_free(database);
}

static void
every_wdf_and_prefix_counts(void **state)
{
    struct xap_error error;
    struct xap_document *document;
    struct xap_term_generator *generator;
    struct xap_utf8_iterator *text;

    (void)state;
    OK(xap_term_generator_new(&generator, &error));
    OK(xap_document_new(&document, &error));
    OK(xap_term_generator_set_document(generator, document, &error));
    /* neither text nor prefix is read beyond its length */
    OK(xap_term_generator_index_text(generator, "ones", 3, 3, "XAB", 2, &error));
    OK(xap_term_generator_index_text_without_positions(generator, "ones", 3, 5, "XBC", 2, &error));
    OK(xap_utf8_iterator_new(S("one"), &text, &error));
    OK(xap_term_generator_index_text_iterator(generator, text, 7, "XCD", 2, &error));
    OK(xap_term_generator_index_text_without_positions_iterator(generator, text, 11, "XDE", 2,
                                                                &error));
    xap_utf8_iterator_free(text);
    assert_string_equal(terms_of(document), "XAone XBone XCone XDone ");
    assert_int_equal(shim_wdf_of(document, "XAone"), 3);
    assert_int_equal(shim_wdf_of(document, "XBone"), 5);
    assert_int_equal(shim_wdf_of(document, "XCone"), 7);
    assert_int_equal(shim_wdf_of(document, "XDone"), 11);
    xap_document_free(document);
    xap_term_generator_free(generator);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("stemmers of the caller's", stemmers),
        TEST("stop words of the caller's, and in a list", stoppers),
        TEST("text becomes terms", generating_terms),
        TEST("strategies and flags", strategies),
        TEST("spelling goes into a database", spelling_goes_into_a_database),
        {"every wdf and prefix counts", every_wdf_and_prefix_counts, shim_setup, shim_teardown,
         NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-text", tests, NULL, NULL);
}
