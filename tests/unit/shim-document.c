/* shim-document.c - stemmers, documents, numbers that sort, version
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

#include <math.h>
#include <stdio.h>

static void
version_is_that_of_the_library(void **state)
{
    char text[32];

    (void)state;
    snprintf(text, sizeof text, "%d.%d.%d", xap_major_version(), xap_minor_version(),
             xap_revision());
    assert_string_equal(xap_version_string(), text);
    assert_int_equal(xap_major_version(), 1);
}

static void
numbers_sort_as_bytes(void **state)
{
    static const double numbers[] = {-INFINITY, -1e300, -2.5, -1,       -1e-300, 0,       1e-300,
                                     0.5,       1,      2,    20231013, 1e300,   INFINITY};
    char before[XAP_SORTABLE_MAX];
    size_t before_length = 0;

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char bytes[XAP_SORTABLE_MAX];
        size_t length = xap_sortable_serialise(numbers[i], bytes);
        size_t common = length < before_length ? length : before_length;
        double back = xap_sortable_unserialise(bytes, length);

        assert_in_range(length, 0, XAP_SORTABLE_MAX);
        assert_true(back == numbers[i]);
        if (i > 0) {
            int order = memcmp(before, bytes, common);
            assert_true(order < 0 || (order == 0 && before_length < length));
        }
        memcpy(before, bytes, length);
        before_length = length;
    }
    assert_int_equal(xap_sortable_serialise(NAN, before), 0);
    assert_int_equal(xap_sortable_serialise(1, NULL), 0);
    assert_true(xap_sortable_unserialise(NULL, 0) == -INFINITY);
    assert_true(xap_sortable_unserialise(NULL, 3) == -INFINITY);
}

static void
stems(void **state)
{
    struct xap_error error;
    struct xap_stem *stem;
    const char *result;
    size_t length;

    (void)state;
    OK(xap_stem_new("english", &stem, &error));
    assert_false(xap_stem_is_none(stem));
    OK(xap_stem_apply(stem, S("repatriations"), &result, &length, &error));
    assert_bytes(result, length, "repatri");
    OK(xap_stem_apply(stem, S(""), &result, &length, &error));
    assert_bytes(result, length, "");
    OK(xap_stem_apply(stem, S("a\0s"), &result, NULL, &error));
    OK(xap_stem_get_description(stem, &result, &length, &error));
    assert_bytes(result, length, "Xapian::Stem(english)");
    xap_stem_free(stem);

    OK(xap_stem_new("none", &stem, &error));
    assert_true(xap_stem_is_none(stem));
    OK(xap_stem_apply(stem, S("going\0on"), &result, &length, &error));
    assert_bytes(result, length, "going\0on");
    xap_stem_free(stem);
}

static void
every_language_has_a_stemmer(void **state)
{
    struct xap_error error;
    const char *names = xap_stem_get_available_languages();
    char name[64];
    int count = 0;

    (void)state;
    assert_non_null(names);
    for (names += strspn(names, " "); *names; names += strspn(names, " ")) {
        const size_t length = strcspn(names, " ");
        struct xap_stem *stem;
        const char *result;

        assert_true(length < sizeof name);
        memcpy(name, names, length);
        name[length] = '\0';
        names += length;
        OK(xap_stem_new(name, &stem, &error));
        OK(xap_stem_apply(stem, S("\xff\xfe\x80 x"), &result, NULL, &error));
        OK(xap_stem_apply(stem, S("information"), &result, NULL, &error));
        xap_stem_free(stem);
        count++;
    }
    assert_in_range(count, 20, 60);
}

static void
unknown_language_is_refused(void **state)
{
    struct xap_error error;
    struct xap_stem *stem = (struct xap_stem *)&error;

    (void)state;
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_stem_new("klingon", &stem, &error));
    assert_null(stem);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_stem_new(NULL, &stem, &error));
}

static void
terms_with_nul_bytes(void **state)
{
    struct xap_error error;
    struct xap_document *document;
    struct xap_term_iterator *terms;
    const char *term;
    size_t length;
    xap_termcount count;

    (void)state;
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_term(document, S("a\0b"), 3, &error));
    OK(xap_document_add_term(document, S("a"), 1, &error));
    OK(xap_document_add_boolean_term(document, S("\0"), &error));
    OK(xap_document_termlist_count(document, &count, &error));
    assert_int_equal(count, 3);
    OK(xap_document_termlist_begin(document, &terms, &error));
    OK(xap_term_iterator_get(terms, &term, &length, &error));
    assert_bytes(term, length, "\0");
    OK(xap_term_iterator_get_wdf(terms, &count, &error));
    assert_int_equal(count, 0);
    OK(xap_term_iterator_next(terms, &error));
    OK(xap_term_iterator_get(terms, &term, &length, &error));
    assert_bytes(term, length, "a");
    OK(xap_term_iterator_next(terms, &error));
    OK(xap_term_iterator_get(terms, &term, &length, &error));
    assert_bytes(term, length, "a\0b");
    OK(xap_term_iterator_get_wdf(terms, &count, &error));
    assert_int_equal(count, 3);
    OK(xap_term_iterator_next(terms, &error));
    assert_true(xap_term_iterator_at_end(terms));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_term_iterator_get(terms, &term, &length, &error));
    assert_null(term);
    assert_int_equal(length, 0);
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_term_iterator_next(terms, &error));
    OK(xap_term_iterator_skip_to(terms, S("z"), &error));
    xap_term_iterator_free(terms);
    xap_document_free(document);
}

static void
empty_terms_are_refused(void **state)
{
    struct xap_error error;
    struct xap_document *document;
    const xap_termpos position = 1;

    (void)state;
    OK(xap_document_new(&document, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_add_term(document, "", 0, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_add_term(document, NULL, 0, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_add_term(document, NULL, 5, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_add_boolean_term(document, "", 0, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_add_posting(document, "", 0, 1, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_document_add_postings(document, "", 0, &position, 1, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_document_add_postings(document, S("a"), NULL, 1, 1, &error));
    OK(xap_document_add_postings(document, S("a"), NULL, 0, 1, &error));
    xap_document_free(document);
}

static void
positions_at_once_are_as_single_ones(void **state)
{
    static const xap_termpos positions[] = {7, 3, 3, 4000000000u, 1};
    static const xap_termpos expected[] = {1, 3, 7, 4000000000u};
    struct xap_error error;
    struct xap_document *document;
    struct xap_term_iterator *terms;
    struct xap_position_iterator *found;
    xap_termcount count;
    xap_termpos position, removed;

    (void)state;
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_postings(document, S("word"), positions, 5, 2, &error));
    OK(xap_document_termlist_begin(document, &terms, &error));
    OK(xap_term_iterator_get_wdf(terms, &count, &error));
    assert_int_equal(count, 10);
    OK(xap_term_iterator_positionlist_count(terms, &count, &error));
    assert_int_equal(count, 4);
    OK(xap_term_iterator_positionlist_begin(terms, &found, &error));
    for (size_t i = 0; i < 4; i++) {
        assert_false(xap_position_iterator_at_end(found));
        OK(xap_position_iterator_get(found, &position, &error));
        assert_int_equal(position, expected[i]);
        OK(xap_position_iterator_next(found, &error));
    }
    assert_true(xap_position_iterator_at_end(found));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_position_iterator_get(found, &position, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_position_iterator_next(found, &error));
    OK(xap_position_iterator_skip_to(found, 9, &error));
    xap_position_iterator_free(found);
    xap_term_iterator_free(terms);

    OK(xap_document_remove_posting(document, S("word"), 3, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_document_remove_posting(document, S("word"), 3, 1, &error));
    OK(xap_document_remove_postings(document, S("word"), 1, 7, 1, &removed, &error));
    assert_int_equal(removed, 2);
    OK(xap_document_remove_term(document, S("word"), &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_remove_term(document, S("word"), &error));
    OK(xap_document_add_posting(document, S("b"), 1, 1, &error));
    OK(xap_document_clear_terms(document, &error));
    OK(xap_document_termlist_count(document, &count, &error));
    assert_int_equal(count, 0);
    xap_document_free(document);
}

static void
data_and_values_with_nul_bytes(void **state)
{
    struct xap_error error;
    struct xap_document *document;
    struct xap_value_iterator *values;
    const char *data, *value;
    size_t data_length, length;
    xap_termcount count;
    xap_valueno slot;
    xap_docid docid;

    (void)state;
    OK(xap_document_new(&document, &error));
    OK(xap_document_get_docid(document, &docid, &error));
    assert_int_equal(docid, 0);
    OK(xap_document_get_data(document, &data, &data_length, &error));
    assert_bytes(data, data_length, "");
    OK(xap_document_set_data(document, S("\0data\0"), &error));
    OK(xap_document_add_value(document, 3, S("\0three"), &error));
    OK(xap_document_add_value(document, 7, S("seven"), &error));
    OK(xap_document_add_value(document, 7, S("seven\0"), &error));
    OK(xap_document_add_value(document, 9, S("nine"), &error));
    OK(xap_document_add_value(document, 9, NULL, 0, &error));
    OK(xap_document_values_count(document, &count, &error));
    assert_int_equal(count, 2);

    /* data stays lent while values come and go */
    OK(xap_document_get_data(document, &data, &data_length, &error));
    OK(xap_document_get_value(document, 3, &value, &length, &error));
    assert_bytes(value, length, "\0three");
    OK(xap_document_get_value(document, 5, &value, &length, &error));
    assert_bytes(value, length, "");
    assert_bytes(data, data_length, "\0data\0");

    OK(xap_document_values_begin(document, &values, &error));
    OK(xap_value_iterator_get_valueno(values, &slot, &error));
    assert_int_equal(slot, 3);
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_value_iterator_get_docid(values, &docid, &error));
    OK(xap_value_iterator_skip_to(values, 4, &error));
    OK(xap_value_iterator_get_valueno(values, &slot, &error));
    assert_int_equal(slot, 7);
    OK(xap_value_iterator_get(values, &value, &length, &error));
    assert_bytes(value, length, "seven\0");
    OK(xap_value_iterator_next(values, &error));
    assert_true(xap_value_iterator_at_end(values));
    xap_value_iterator_free(values);

    OK(xap_document_remove_value(document, 3, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_remove_value(document, 3, &error));
    OK(xap_document_clear_values(document, &error));
    OK(xap_document_values_count(document, &count, &error));
    assert_int_equal(count, 0);
    xap_document_free(document);
}

static void
serialised_and_back(void **state)
{
    struct xap_error error;
    struct xap_document *document, *copy;
    const char *bytes, *data;
    size_t length;
    xap_termcount count;

    (void)state;
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_posting(document, S("a\0"), 5, 1, &error));
    OK(xap_document_set_data(document, S("d\0d"), &error));
    OK(xap_document_serialise(document, &bytes, &length, &error));
    OK(xap_document_new_unserialise(bytes, length, &copy, &error));
    xap_document_free(document);
    OK(xap_document_get_data(copy, &data, &length, &error));
    assert_bytes(data, length, "d\0d");
    OK(xap_document_termlist_count(copy, &count, &error));
    assert_int_equal(count, 1);
    OK(xap_document_get_description(copy, &data, &length, &error));
    assert_int_equal(length, strlen(data));
    xap_document_free(copy);
}

/* The four kinds of iterators after a change: an error, then the end. */
#define STALE(kind, iterator, ...)                                                     \
    do {                                                                               \
        struct kind *twin = (iterator);                                                \
                                                                                       \
        assert_false(kind##_at_end(iterator));                                         \
        FAILS(XAP_INVALID_OPERATION_ERROR, kind##_get(iterator, __VA_ARGS__, &error)); \
        FAILS(XAP_INVALID_OPERATION_ERROR,                                             \
              kind##_get_description(iterator, &bytes, &length, &error));              \
        assert_false(kind##_equal(iterator, twin));                                    \
        FAILS(XAP_INVALID_OPERATION_ERROR, kind##_next(iterator, &error));             \
        assert_true(kind##_at_end(iterator));                                          \
        kind##_free(iterator);                                                         \
    } while (0)

static void
iterators_know_that_the_document_has_changed(void **state)
{
    struct xap_error error;
    struct xap_document *document, *same;
    struct xap_term_generator *generator;
    struct xap_term_iterator *terms;
    struct xap_position_iterator *positions;
    struct xap_value_iterator *values;
    const char *bytes;
    size_t length;
    xap_termcount wdf;
    xap_termpos position;

    (void)state;
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_posting(document, S("a"), 1, 1, &error));
    OK(xap_document_add_posting(document, S("b"), 2, 1, &error));
    OK(xap_document_add_value(document, 1, S("one"), &error));
    OK(xap_document_add_value(document, 2, S("two"), &error));

    OK(xap_document_termlist_begin(document, &terms, &error));
    OK(xap_document_values_begin(document, &values, &error));
    /* values and data are not terms */
    OK(xap_document_set_data(document, S("data"), &error));
    OK(xap_term_iterator_get(terms, &bytes, &length, &error));
    OK(xap_term_iterator_positionlist_begin(terms, &positions, &error));
    OK(xap_document_clear_values(document, &error));
    OK(xap_term_iterator_get(terms, &bytes, &length, &error));
    STALE(xap_value_iterator, values, &bytes, &length);
    OK(xap_document_clear_terms(document, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_term_iterator_get_wdf(terms, &wdf, &error));
    STALE(xap_term_iterator, terms, &bytes, &length);
    STALE(xap_position_iterator, positions, &position);

    /* each change; and skipping is moving */
    OK(xap_document_add_posting(document, S("a"), 1, 1, &error));
    OK(xap_document_termlist_begin(document, &terms, &error));
    OK(xap_document_remove_posting(document, S("a"), 1, 1, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_term_iterator_skip_to(terms, S("b"), &error));
    assert_true(xap_term_iterator_at_end(terms));
    xap_term_iterator_free(terms);
    OK(xap_document_termlist_begin(document, &terms, &error));
    OK(xap_document_remove_term(document, S("a"), &error));
    STALE(xap_term_iterator, terms, &bytes, &length);
    OK(xap_document_add_value(document, 1, S("one"), &error));
    OK(xap_document_values_begin(document, &values, &error));
    OK(xap_document_remove_value(document, 1, &error));
    STALE(xap_value_iterator, values, &bytes, &length);

    /* a term generator has the same document */
    OK(xap_term_generator_new(&generator, &error));
    OK(xap_term_generator_set_document(generator, document, &error));
    OK(xap_term_generator_index_text(generator, S("words"), 1, NULL, 0, &error));
    OK(xap_document_termlist_begin(document, &terms, &error));
    OK(xap_term_generator_index_text(generator, S("more words"), 1, NULL, 0, &error));
    STALE(xap_term_iterator, terms, &bytes, &length);
    OK(xap_term_generator_get_document(generator, &same, &error));
    OK(xap_document_termlist_begin(same, &terms, &error));
    OK(xap_document_add_term(document, S("z"), 1, &error));
    STALE(xap_term_iterator, terms, &bytes, &length);
    xap_document_free(same);
    xap_term_generator_free(generator);

    /* a document may go, unchanged */
    OK(xap_document_termlist_begin(document, &terms, &error));
    xap_document_free(document);
    OK(xap_term_iterator_get(terms, &bytes, &length, &error));
    assert_bytes(bytes, length, "more");
    OK(xap_term_iterator_next(terms, &error));
    OK(xap_term_iterator_positionlist_begin(terms, &positions, &error));
    xap_term_iterator_free(terms);
    OK(xap_position_iterator_get(positions, &position, &error));
    assert_int_equal(position, 1);
    xap_position_iterator_free(positions);
}

static void
iterators_know_that_the_memory_has_changed(void **state)
{
    struct xap_error error;
    struct xap_writable_database *memory, *all;
    const struct xap_database *view;
    struct xap_document *document;
    struct xap_term_iterator *terms, *allterms;
    struct xap_posting_iterator *postings;
    struct xap_position_iterator *positions;
    const char *bytes;
    size_t length;
    xap_docid docid;
    xap_termpos position;

    OK(xap_writable_database_new_open("", XAP_DB_BACKEND_INMEMORY, 0, &memory, &error));
    OK(xap_writable_database_new(&all, &error));
    OK(xap_writable_database_add_database(all, memory, &error));
    xap_writable_database_free(memory);
    view = xap_writable_database_as_database(all);
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_posting(document, S("a"), 1, 1, &error));
    OK(xap_writable_database_add_document(all, document, NULL, &error));
    OK(xap_database_termlist_begin(view, 1, &terms, &error));
    OK(xap_database_allterms_begin(view, NULL, 0, &allterms, &error));
    OK(xap_database_postlist_begin(view, S("a"), &postings, &error));
    OK(xap_posting_iterator_positionlist_begin(postings, &positions, &error));
    for (int i = 0; i < 100; i++)
        OK(xap_writable_database_add_document(all, document, NULL, &error));
    STALE(xap_term_iterator, terms, &bytes, &length);
    STALE(xap_term_iterator, allterms, &bytes, &length);
    STALE(xap_posting_iterator, postings, &docid);
    STALE(xap_position_iterator, positions, &position);
    OK(xap_database_postlist_begin(view, S("a"), &postings, &error));
    OK(xap_writable_database_delete_document(all, 2, &error));
    STALE(xap_posting_iterator, postings, &docid);
    xap_writable_database_free(all);

    /* those over a database on disk go on */
    OK(xap_writable_database_new_open(shim_path(state, "db"), XAP_DB_CREATE | XAP_DB_NO_SYNC, 0,
                                      &all, &error));
    OK(xap_writable_database_add_document(all, document, NULL, &error));
    OK(xap_database_postlist_begin(xap_writable_database_as_database(all), S("a"), &postings,
                                   &error));
    OK(xap_writable_database_add_document(all, document, NULL, &error));
    OK(xap_posting_iterator_get(postings, &docid, &error));
    assert_int_equal(docid, 1);
    xap_posting_iterator_free(postings);
    xap_document_free(document);
    xap_writable_database_free(all);
}

static void
every_wdf_counts(void **state)
{
    struct xap_error error;
    struct xap_document *document;
    xap_termpos removed;

    (void)state;
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_term(document, "terms", 4, 7, &error));
    assert_int_equal(shim_wdf_of(document, "term"), 7);
    OK(xap_document_add_boolean_term(document, "Xyz", 2, &error));
    assert_int_equal(shim_wdf_of(document, "Xy"), 0);
    OK(xap_document_add_posting(document, "posting", 4, 3, 20, &error));
    OK(xap_document_add_posting(document, "post", 4, 5, 30, &error));
    OK(xap_document_add_posting(document, "post", 4, 6, 0, &error));
    assert_int_equal(shim_wdf_of(document, "post"), 50);
    OK(xap_document_remove_posting(document, "posting", 4, 3, 11, &error));
    assert_int_equal(shim_wdf_of(document, "post"), 39);
    /* of the positions 5 and 6 */
    OK(xap_document_remove_postings(document, "posting", 4, 4, 9, 4, &removed, &error));
    assert_int_equal(removed, 2);
    assert_int_equal(shim_wdf_of(document, "post"), 31);
    xap_document_free(document);
}

#define TEST(title, function)             \
    {                                     \
        title, function, NULL, NULL, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("the version is that of the library", version_is_that_of_the_library),
        TEST("numbers as bytes sort as numbers", numbers_sort_as_bytes),
        TEST("words are stemmed", stems),
        TEST("every language named has a stemmer", every_language_has_a_stemmer),
        TEST("an unknown language is refused", unknown_language_is_refused),
        TEST("terms may hold NUL bytes; an iterator at its end says so", terms_with_nul_bytes),
        TEST("empty terms and NULL bytes are refused", empty_terms_are_refused),
        TEST("positions added at once are as single ones", positions_at_once_are_as_single_ones),
        TEST("data and values may hold NUL bytes and are lent apart",
             data_and_values_with_nul_bytes),
        TEST("a document survives serialising", serialised_and_back),
        TEST("iterators know that the document has changed",
             iterators_know_that_the_document_has_changed),
        {"iterators know that a database in memory has changed",
         iterators_know_that_the_memory_has_changed, shim_setup, shim_teardown, NULL},
        {"every wdf counts", every_wdf_counts, shim_setup, shim_teardown, NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-document", tests, NULL, NULL);
}
