/* shim-database.c - writing databases, and reading what is in them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "shim-common.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

static struct xap_database *
open_database(const char *path)
{
    struct xap_error error;
    struct xap_database *database;

    OK(xap_database_new_open(path, 0, &database, &error));
    return database;
}

static struct xap_writable_database *
open_writable(const char *path)
{
    struct xap_error error;
    struct xap_writable_database *database;

    OK(xap_writable_database_new_open(path, XAP_DB_CREATE_OR_OPEN | XAP_DB_NO_SYNC, 0, &database,
                                      &error));
    return database;
}

static struct xap_document *
document_with(const char *term)
{
    struct xap_error error;
    struct xap_document *document;

    OK(xap_document_new(&document, &error));
    OK(xap_document_add_term(document, term, strlen(term), 1, &error));
    return document;
}

static xap_doccount
count_of(const struct xap_database *database)
{
    struct xap_error error;
    xap_doccount count;

    OK(xap_database_get_doccount(database, &count, &error));
    return count;
}

/* The terms, each followed by a blank. */
static const char *
joined(struct xap_term_iterator *terms)
{
    static char text[1024];
    struct xap_error error;
    size_t used = 0;

    for (; !xap_term_iterator_at_end(terms); OK(xap_term_iterator_next(terms, &error))) {
        const char *term;
        size_t length;

        OK(xap_term_iterator_get(terms, &term, &length, &error));
        assert_in_range(length, 0, sizeof text - used - 2);
        memcpy(text + used, term, length);
        text[used + length] = ' ';
        used += length + 1;
    }
    text[used] = '\0';
    xap_term_iterator_free(terms);
    return text;
}

static void
statistics(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_database *database;
    xap_docid docid;
    xap_termcount count;
    xap_totallength total;
    double average;
    bool answer;

    shim_sample(path);
    database = open_database(path);
    assert_int_equal(xap_database_size(database), 1);
    assert_int_equal(count_of(database), SHIM_DOCUMENTS);
    OK(xap_database_get_lastdocid(database, &docid, &error));
    assert_int_equal(docid, 5);
    /* document n: all 1, run n, parity 2, only 1 */
    OK(xap_database_get_total_length(database, &total, &error));
    assert_int_equal(total, 5 * 4 + 15);
    OK(xap_database_get_average_length(database, &average, &error));
    assert_true(average == 7.0);
    OK(xap_database_get_doclength(database, 3, &count, &error));
    assert_int_equal(count, 7);
    OK(xap_database_get_doclength_lower_bound(database, &count, &error));
    assert_in_range(count, 1, 5);
    OK(xap_database_get_doclength_upper_bound(database, &count, &error));
    assert_int_equal(count, 9);
    OK(xap_database_get_unique_terms(database, 3, &count, &error));
    assert_int_equal(count, 5);
    OK(xap_database_get_termfreq(database, S("odd"), &count, &error));
    assert_int_equal(count, 3);
    OK(xap_database_get_termfreq(database, S("nowhere"), &count, &error));
    assert_int_equal(count, 0);
    OK(xap_database_get_collection_freq(database, S("run"), &count, &error));
    assert_int_equal(count, 15);
    OK(xap_database_get_wdf_upper_bound(database, S("run"), &count, &error));
    assert_in_range(count, 5, 15);
    OK(xap_database_term_exists(database, S("XB4"), &answer, &error));
    assert_true(answer);
    OK(xap_database_term_exists(database, S("XB6"), &answer, &error));
    assert_false(answer);
    OK(xap_database_has_positions(database, &answer, &error));
    assert_true(answer);
    OK(xap_database_keep_alive(database, &error));
    xap_database_free(database);
}

static void
value_statistics(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_database *database;
    const char *low, *high;
    size_t low_length, high_length;
    xap_doccount count;

    shim_sample(path);
    database = open_database(path);
    OK(xap_database_get_value_freq(database, 0, &count, &error));
    assert_int_equal(count, 5);
    OK(xap_database_get_value_freq(database, 77, &count, &error));
    assert_int_equal(count, 0);
    OK(xap_database_get_value_lower_bound(database, 0, &low, &low_length, &error));
    OK(xap_database_get_value_upper_bound(database, 0, &high, &high_length, &error));
    assert_bytes(low, low_length, "v1");
    assert_bytes(high, high_length, "v5");
    OK(xap_database_get_value_upper_bound(database, 77, &high, &high_length, &error));
    assert_bytes(high, high_length, "");
    xap_database_free(database);
}

static void
metadata(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_writable_database *writable = open_writable(path);
    struct xap_database *database;
    struct xap_term_iterator *keys;
    const char *value;
    size_t length;
    char long_key[300];

    OK(xap_writable_database_set_metadata(writable, S("k\0a"), S("v\0a"), &error));
    OK(xap_writable_database_set_metadata(writable, S("kb"), S("vb"), &error));
    OK(xap_writable_database_set_metadata(writable, S("other"), S("x"), &error));
    OK(xap_writable_database_set_metadata(writable, S("gone"), S("x"), &error));
    OK(xap_writable_database_set_metadata(writable, S("gone"), NULL, 0, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_writable_database_set_metadata(writable, NULL, 0, S("x"), &error));
    memset(long_key, 'k', sizeof long_key);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_writable_database_set_metadata(writable, long_key, sizeof long_key, S("x"), &error));
    OK(xap_writable_database_commit(writable, &error));
    xap_writable_database_free(writable);

    database = open_database(path);
    OK(xap_database_get_metadata(database, S("k\0a"), &value, &length, &error));
    assert_bytes(value, length, "v\0a");
    OK(xap_database_get_metadata(database, S("gone"), &value, &length, &error));
    assert_bytes(value, length, "");
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_database_get_metadata(database, "", 0, &value, &length, &error));
    assert_null(value);
    OK(xap_database_metadata_keys_begin(database, S("k"), &keys, &error));
    OK(xap_term_iterator_get(keys, &value, &length, &error));
    assert_bytes(value, length, "k\0a");
    OK(xap_term_iterator_skip_to(keys, S("kaa"), &error));
    OK(xap_term_iterator_get(keys, &value, &length, &error));
    assert_bytes(value, length, "kb");
    OK(xap_term_iterator_next(keys, &error));
    assert_true(xap_term_iterator_at_end(keys));
    xap_term_iterator_free(keys);
    OK(xap_database_metadata_keys_begin(database, NULL, 0, &keys, &error));
    OK(xap_term_iterator_skip_to(keys, S("ka"), &error));
    assert_string_equal(joined(keys), "kb other ");
    xap_database_free(database);
}

static void
term_lists(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_database *database;
    struct xap_term_iterator *terms;
    struct xap_position_iterator *positions;
    xap_doccount freq;
    xap_termcount count;
    xap_termpos position;

    shim_sample(path);
    database = open_database(path);
    OK(xap_database_allterms_begin(database, S("o"), &terms, &error));
    OK(xap_term_iterator_get_termfreq(terms, &freq, &error));
    assert_int_equal(freq, 3);
    assert_string_equal(joined(terms), "odd only1 only2 only3 only4 only5 ");
    OK(xap_database_allterms_begin(database, S("zzz"), &terms, &error));
    assert_true(xap_term_iterator_at_end(terms));
    xap_term_iterator_free(terms);

    OK(xap_database_termlist_begin(database, 4, &terms, &error));
    OK(xap_term_iterator_skip_to(terms, S("even"), &error));
    OK(xap_term_iterator_get_wdf(terms, &count, &error));
    assert_int_equal(count, 2);
    OK(xap_term_iterator_get_termfreq(terms, &freq, &error));
    assert_int_equal(freq, 2);
    OK(xap_term_iterator_positionlist_count(terms, &count, &error));
    assert_int_equal(count, 2);
    OK(xap_term_iterator_positionlist_begin(terms, &positions, &error));
    OK(xap_position_iterator_skip_to(positions, 2, &error));
    OK(xap_position_iterator_get(positions, &position, &error));
    assert_int_equal(position, 8);
    xap_position_iterator_free(positions);
    assert_string_equal(joined(terms), "even only4 run ");

    OK(xap_database_positionlist_begin(database, 4, S("even"), &positions, &error));
    OK(xap_position_iterator_get(positions, &position, &error));
    assert_int_equal(position, 1);
    xap_position_iterator_free(positions);
    OK(xap_database_positionlist_begin(database, 4, S("all"), &positions, &error));
    assert_true(xap_position_iterator_at_end(positions));
    xap_position_iterator_free(positions);
    xap_database_free(database);
}

static void
posting_lists(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_database *database;
    struct xap_posting_iterator *postings;
    struct xap_position_iterator *positions;
    xap_docid docid;
    xap_termcount count;
    xap_termpos position;
    unsigned seen = 0;

    shim_sample(path);
    database = open_database(path);
    OK(xap_database_postlist_begin(database, S("odd"), &postings, &error));
    OK(xap_posting_iterator_skip_to(postings, 2, &error));
    OK(xap_posting_iterator_get(postings, &docid, &error));
    assert_int_equal(docid, 3);
    OK(xap_posting_iterator_get_wdf(postings, &count, &error));
    assert_int_equal(count, 2);
    OK(xap_posting_iterator_get_doclength(postings, &count, &error));
    assert_int_equal(count, 7);
    OK(xap_posting_iterator_get_unique_terms(postings, &count, &error));
    assert_int_equal(count, 5);
    OK(xap_posting_iterator_positionlist_begin(postings, &positions, &error));
    OK(xap_position_iterator_next(positions, &error));
    OK(xap_position_iterator_get(positions, &position, &error));
    assert_int_equal(position, 6);
    xap_position_iterator_free(positions);
    OK(xap_posting_iterator_skip_to(postings, 6, &error));
    assert_true(xap_posting_iterator_at_end(postings));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_iterator_get(postings, &docid, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_posting_iterator_next(postings, &error));
    xap_posting_iterator_free(postings);

    /* the empty term is in all documents */
    OK(xap_database_postlist_begin(database, NULL, 0, &postings, &error));
    for (; !xap_posting_iterator_at_end(postings); OK(xap_posting_iterator_next(postings, &error)))
        seen++;
    assert_int_equal(seen, SHIM_DOCUMENTS);
    xap_posting_iterator_free(postings);
    OK(xap_database_postlist_begin(database, S("nowhere"), &postings, &error));
    assert_true(xap_posting_iterator_at_end(postings));
    xap_posting_iterator_free(postings);
    xap_database_free(database);
}

static void
value_streams(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_database *database;
    struct xap_value_iterator *values;
    const char *value;
    size_t length;
    xap_docid docid;
    xap_valueno slot;
    bool positioned;

    shim_sample(path);
    database = open_database(path);
    OK(xap_database_valuestream_begin(database, 0, &values, &error));
    OK(xap_value_iterator_next(values, &error));
    OK(xap_value_iterator_get_docid(values, &docid, &error));
    assert_int_equal(docid, 2);
    OK(xap_value_iterator_get_valueno(values, &slot, &error));
    assert_int_equal(slot, 0);
    OK(xap_value_iterator_check(values, 4, &positioned, &error));
    assert_true(positioned);
    OK(xap_value_iterator_get(values, &value, &length, &error));
    assert_bytes(value, length, "v4");
    OK(xap_value_iterator_skip_to(values, 99, &error));
    assert_true(xap_value_iterator_at_end(values));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_value_iterator_get(values, &value, &length, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_value_iterator_next(values, &error));
    OK(xap_value_iterator_check(values, 4, &positioned, &error));
    assert_false(positioned);
    xap_value_iterator_free(values);
    xap_database_free(database);
}

static void
documents_replaced_and_deleted(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_writable_database *writable;
    const struct xap_database *view;
    struct xap_document *document;
    xap_docid docid;
    const char *data;
    size_t length;

    shim_sample(path);
    writable = open_writable(path);
    view = xap_writable_database_as_database(writable);
    document = document_with("Qunique");
    OK(xap_document_set_data(document, S("first"), &error));
    OK(xap_writable_database_replace_document_by_term(writable, S("Qunique"), document, &docid,
                                                      &error));
    assert_int_equal(docid, 6);
    OK(xap_document_set_data(document, S("second"), &error));
    OK(xap_writable_database_replace_document_by_term(writable, S("Qunique"), document, &docid,
                                                      &error));
    assert_int_equal(docid, 6);
    OK(xap_writable_database_replace_document(writable, 9, document, &error));
    xap_document_free(document);
    /* seen before it is committed */
    assert_int_equal(count_of(view), 7);
    OK(xap_database_get_document(view, 6, 0, &document, &error));
    OK(xap_document_get_data(document, &data, &length, &error));
    assert_bytes(data, length, "second");
    OK(xap_document_get_docid(document, &docid, &error));
    assert_int_equal(docid, 6);
    xap_document_free(document);

    OK(xap_writable_database_delete_document(writable, 1, &error));
    FAILS(XAP_DOC_NOT_FOUND_ERROR, xap_writable_database_delete_document(writable, 1, &error));
    OK(xap_writable_database_delete_document_by_term(writable, S("Qunique"), &error));
    OK(xap_writable_database_delete_document_by_term(writable, S("Qunique"), &error));
    OK(xap_writable_database_commit(writable, &error));
    assert_int_equal(count_of(view), 4);
    xap_writable_database_free(writable);
}

static void
transactions(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_writable_database *writable = open_writable(path);
    const struct xap_database *view = xap_writable_database_as_database(writable);
    struct xap_document *document = document_with("t");

    OK(xap_writable_database_begin_transaction(writable, true, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_writable_database_begin_transaction(writable, true, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_writable_database_commit(writable, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    assert_int_equal(count_of(view), 1);
    OK(xap_writable_database_cancel_transaction(writable, &error));
    assert_int_equal(count_of(view), 0);
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_writable_database_cancel_transaction(writable, &error));
    FAILS(XAP_INVALID_OPERATION_ERROR, xap_writable_database_commit_transaction(writable, &error));

    OK(xap_writable_database_begin_transaction(writable, false, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    OK(xap_writable_database_commit_transaction(writable, &error));
    assert_int_equal(count_of(view), 1);

    /* close cancels what is open */
    OK(xap_writable_database_begin_transaction(writable, true, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    OK(xap_writable_database_close(writable, &error));
    xap_writable_database_free(writable);
    xap_document_free(document);
    writable = open_writable(path);
    assert_int_equal(count_of(xap_writable_database_as_database(writable)), 1);
    xap_writable_database_free(writable);
}

static void
spellings_and_synonyms(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_writable_database *writable = open_writable(path);
    struct xap_database *database;
    struct xap_term_iterator *terms;
    const char *word;
    size_t length;
    xap_doccount freq;

    OK(xap_writable_database_add_spelling(writable, S("repatriation"), 3, &error));
    OK(xap_writable_database_add_spelling(writable, S("gone"), 1, &error));
    OK(xap_writable_database_remove_spelling(writable, S("gone"), 1, &error));
    OK(xap_writable_database_add_synonym(writable, S("car"), S("auto"), &error));
    OK(xap_writable_database_add_synonym(writable, S("car"), S("van"), &error));
    OK(xap_writable_database_remove_synonym(writable, S("car"), S("van"), &error));
    OK(xap_writable_database_add_synonym(writable, S("big"), S("large"), &error));
    OK(xap_writable_database_add_synonym(writable, S("sad"), S("blue"), &error));
    OK(xap_writable_database_clear_synonyms(writable, S("sad"), &error));
    OK(xap_writable_database_close(writable, &error));
    xap_writable_database_free(writable);

    database = open_database(path);
    OK(xap_database_get_spelling_suggestion(database, S("repatriaton"), 2, &word, &length, &error));
    assert_bytes(word, length, "repatriation");
    OK(xap_database_get_spelling_suggestion(database, S("elephant"), 2, &word, &length, &error));
    assert_bytes(word, length, "");
    OK(xap_database_spellings_begin(database, &terms, &error));
    OK(xap_term_iterator_get_termfreq(terms, &freq, &error));
    assert_int_equal(freq, 3);
    assert_string_equal(joined(terms), "repatriation ");
    OK(xap_database_synonyms_begin(database, S("car"), &terms, &error));
    assert_string_equal(joined(terms), "auto ");
    OK(xap_database_synonym_keys_begin(database, NULL, 0, &terms, &error));
    assert_string_equal(joined(terms), "big car ");
    OK(xap_database_synonym_keys_begin(database, S("c"), &terms, &error));
    assert_string_equal(joined(terms), "car ");
    xap_database_free(database);
}

static void
identity(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_database *database;
    struct xap_writable_database *writable;
    xap_rev before, after;
    const char *text;
    size_t length;
    bool answer;

    shim_sample(path);
    database = open_database(path);
    OK(xap_database_get_uuid(database, &text, &length, &error));
    assert_int_equal(length, 36);
    OK(xap_database_get_revision(database, &before, &error));
    OK(xap_database_reopen(database, &answer, &error));
    assert_false(answer);
    OK(xap_database_locked(database, &answer, &error));
    assert_false(answer);
    writable = open_writable(path);
    OK(xap_database_locked(database, &answer, &error));
    assert_true(answer);
    xap_writable_database_free(writable);
    shim_commit_one_more(path);
    assert_int_equal(count_of(database), 5);
    OK(xap_database_reopen(database, &answer, &error));
    assert_true(answer);
    assert_int_equal(count_of(database), 6);
    OK(xap_database_get_revision(database, &after, &error));
    assert_true(after > before);
    OK(xap_database_get_description(database, &text, &length, &error));
    assert_int_equal(length, strlen(text));
    xap_database_free(database);
}

static void
several_databases_as_one(void **state)
{
    struct xap_error error;
    struct xap_database *all, *one;
    const char *uuid;
    size_t length;
    xap_docid docid;

    shim_sample(shim_path(state, "a"));
    shim_sample(shim_path(state, "b"));
    OK(xap_database_new(&all, &error));
    assert_int_equal(xap_database_size(all), 0);
    assert_int_equal(count_of(all), 0);
    one = open_database(shim_path(state, "a"));
    OK(xap_database_add_database(all, one, &error));
    xap_database_free(one);
    one = open_database(shim_path(state, "b"));
    OK(xap_database_add_database(all, one, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_database_add_database(all, all, &error));
    xap_database_free(one);
    assert_int_equal(xap_database_size(all), 2);
    assert_int_equal(count_of(all), 10);
    OK(xap_database_get_lastdocid(all, &docid, &error));
    assert_int_equal(docid, 10);
    OK(xap_database_get_uuid(all, &uuid, &length, &error));
    assert_int_equal(length, 36 + 1 + 36);
    xap_database_free(all);
}

static void
writing_to_several(void **state)
{
    struct xap_error error;
    struct xap_writable_database *first = open_writable(shim_path(state, "a"));
    struct xap_writable_database *second = open_writable(shim_path(state, "b"));
    struct xap_document *document = document_with("t");

    OK(xap_writable_database_add_database(first, second, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_writable_database_add_database(first, first, &error));
    assert_int_equal(xap_database_size(xap_writable_database_as_database(first)), 2);
    for (int i = 0; i < 4; i++)
        OK(xap_writable_database_add_document(first, document, NULL, &error));
    assert_int_equal(count_of(xap_writable_database_as_database(first)), 4);
    assert_int_equal(count_of(xap_writable_database_as_database(second)), 2);
    OK(xap_writable_database_commit(first, &error));
    xap_document_free(document);
    xap_writable_database_free(first);
    xap_writable_database_free(second);
}

static void
checking(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    size_t errors = 99;
    char *report;

    shim_sample(path);
    OK(xap_database_check(path, XAP_DBCHECK_SHOW_STATS, &errors, &report, &error));
    assert_int_equal(errors, 0);
    assert_non_null(strstr(report, "postlist"));
    xap_free(report);
    OK(xap_database_check(path, 0, NULL, NULL, &error));
    FAILS(XAP_DATABASE_OPENING_ERROR,
          xap_database_check(shim_path(state, "missing"), 0, &errors, &report, &error));
    assert_null(report);
    xap_free(NULL);
}

static void
damage_is_found(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    size_t errors = 0;
    enum xap_code code;
    FILE *file;

    shim_sample(path);
    file = fopen(shim_path(state, "db/postlist.glass"), "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 100, SEEK_SET), 0);
    for (int i = 0; i < 8000; i++)
        assert_int_equal(fputc(0xA5, file), 0xA5);
    assert_int_equal(fclose(file), 0);
    code = xap_database_check(path, 0, &errors, NULL, &error);
    if (code == XAP_OK)
        assert_true(errors > 0);
    else if (code == XAP_DATABASE_ERROR)
        assert_int_equal(error.sys_errno, 0); /* what I/O errors have */
    else
        assert_int_equal(code, XAP_DATABASE_CORRUPT_ERROR);
}

static void
compacting(void **state)
{
    struct xap_error error;
    const char *from = shim_path(state, "db");
    const char *to = shim_path(state, "compact");
    const char *single = shim_path(state, "single");
    struct xap_database *database;
    size_t errors;
    int fd;

    shim_sample(from);
    database = open_database(from);
    OK(xap_database_compact(database, to, XAP_DBCOMPACT_NO_RENUMBER, 0, &error));
    OK(xap_database_compact(database, single, XAP_DBCOMPACT_SINGLE_FILE, 0, &error));
    xap_database_free(database);
    OK(xap_database_check(to, 0, &errors, NULL, &error));
    assert_int_equal(errors, 0);
    database = open_database(to);
    assert_int_equal(count_of(database), 5);
    xap_database_free(database);

    fd = open(single, O_RDONLY | O_CLOEXEC);
    assert_in_range(fd, 0, 1024);
    OK(xap_database_new_open_fd(fd, 0, &database, &error));
    assert_int_equal(count_of(database), 5);
    xap_database_free(database);
    assert_int_equal(fcntl(fd, F_GETFD), -1);
}

static void
a_descriptor_is_taken_on_failure_too(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    int fd = open(shim_path(state, "empty"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    assert_in_range(fd, 0, 1024);
    FAILS(XAP_DATABASE_CORRUPT_ERROR, xap_database_new_open_fd(fd, 0, &database, &error));
    assert_null(database);
    assert_int_equal(fcntl(fd, F_GETFD), -1);
}

static void
stub_files(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    FILE *file;

    shim_sample(shim_path(state, "a"));
    shim_sample(shim_path(state, "b"));
    file = fopen(shim_path(state, "XAPIANDB"), "w");
    assert_non_null(file);
    assert_true(fputs("# two of them\nauto a\nauto b\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
    database = open_database(*state);
    assert_int_equal(count_of(database), 10);
    xap_database_free(database);
    OK(xap_database_new_open(shim_path(state, "XAPIANDB"), XAP_DB_BACKEND_STUB, &database, &error));
    assert_int_equal(count_of(database), 10);
    xap_database_free(database);
}

/* How many bytes the file name of the database at path has. */
static long
size_of(const char *path, const char *name)
{
    char file[1200];
    FILE *stream;
    long size;

    assert_in_range(snprintf(file, sizeof file, "%s/%s", path, name), 1, sizeof file - 1);
    stream = fopen(file, "rb");
    assert_non_null(stream);
    assert_int_equal(fseek(stream, 0, SEEK_END), 0);
    size = ftell(stream);
    assert_int_equal(fclose(stream), 0);
    return size;
}

static void
flags_and_sizes_count(void **state)
{
    struct xap_error error;
    char path[1024], large[1024], output[1024];
    struct xap_writable_database *writable;
    struct xap_database *database, *reader;
    struct xap_document *document = document_with("t");
    const char *word;
    size_t length, errors;
    char *report;

    snprintf(path, sizeof path, "%s", shim_path(state, "db"));
    snprintf(large, sizeof large, "%s", shim_path(state, "large"));
    snprintf(output, sizeof output, "%s", shim_path(state, "output"));
    /* blocks of the size asked for */
    OK(xap_writable_database_new_open(path, XAP_DB_CREATE | XAP_DB_NO_SYNC, 2048, &writable,
                                      &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    OK(xap_writable_database_add_spelling(writable, "repatriations", 12, 1, &error));
    OK(xap_writable_database_commit(writable, &error));
    assert_int_equal(size_of(path, "postlist.glass"), 2048);
    /* a transaction is on disk at once only if that is asked for */
    reader = open_database(path);
    OK(xap_writable_database_begin_transaction(writable, false, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    OK(xap_writable_database_commit_transaction(writable, &error));
    OK(xap_database_reopen(reader, NULL, &error));
    assert_int_equal(count_of(reader), 1);
    OK(xap_writable_database_begin_transaction(writable, true, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    OK(xap_writable_database_commit_transaction(writable, &error));
    OK(xap_database_reopen(reader, NULL, &error));
    assert_int_equal(count_of(reader), 3);
    xap_database_free(reader);
    xap_writable_database_free(writable);
    OK(xap_writable_database_new_open(large, XAP_DB_CREATE | XAP_DB_NO_SYNC, 65536, &writable,
                                      &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    OK(xap_writable_database_close(writable, &error));
    xap_writable_database_free(writable);
    assert_int_equal(size_of(large, "postlist.glass"), 65536);

    /* words as long as was said */
    database = open_database(path);
    OK(xap_database_get_spelling_suggestion(database, "repatriatonal", 11, 1, &word, &length,
                                            &error));
    assert_bytes(word, length, "repatriation");
    OK(xap_database_get_spelling_suggestion(database, S("repatriatonal"), 1, &word, &length,
                                            &error));
    assert_bytes(word, length, "");
    OK(xap_database_get_spelling_suggestion(database, S("rpatriaton"), 1, &word, &length, &error));
    assert_bytes(word, length, "");
    OK(xap_database_get_spelling_suggestion(database, S("rpatriaton"), 2, &word, &length, &error));
    assert_bytes(word, length, "repatriation");

    /* compacting */
    OK(xap_database_compact(database, output, 0, 32768, &error));
    assert_int_equal(size_of(output, "postlist.glass"), 32768);
    xap_database_free(database);

    /* checking tells as much as was asked */
    OK(xap_database_check(path, 0, &errors, &report, &error));
    length = strlen(report);
    xap_free(report);
    OK(xap_database_check(path, XAP_DBCHECK_FULL_TREE | XAP_DBCHECK_SHOW_FREELIST, &errors, &report,
                          &error));
    assert_int_equal(errors, 0);
    assert_true(strlen(report) > length);
    xap_free(report);

    /* the kind of database that is wanted */
    OK(xap_database_new_open(path, XAP_DB_BACKEND_GLASS, &database, &error));
    assert_int_equal(count_of(database), 3);
    xap_database_free(database);
    OK(xap_database_new_open(path, XAP_DB_BACKEND_INMEMORY, &database, &error));
    assert_int_equal(count_of(database), 0);
    xap_database_free(database);
    xap_document_free(document);
}

static void
frequencies_and_flags_count(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "db");
    struct xap_writable_database *writable = open_writable(path);
    const struct xap_database *view = xap_writable_database_as_database(writable);
    struct xap_document *document = document_with("t");
    struct xap_term_iterator *terms;
    xap_doccount freq;

    OK(xap_writable_database_add_spelling(writable, "words", 4, 9, &error));
    OK(xap_writable_database_remove_spelling(writable, "words", 4, 4, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    xap_document_free(document);
    OK(xap_writable_database_commit(writable, &error));
    OK(xap_database_spellings_begin(view, &terms, &error));
    OK(xap_term_iterator_get_termfreq(terms, &freq, &error));
    assert_int_equal(freq, 5);
    assert_string_equal(joined(terms), "word ");
    /* assumed to be there it is not looked for */
    FAILS(XAP_DOC_NOT_FOUND_ERROR, xap_database_get_document(view, 7, 0, &document, &error));
    OK(xap_database_get_document(view, 7, XAP_DOC_ASSUME_VALID, &document, &error));
    xap_document_free(document);
    xap_writable_database_free(writable);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("a database knows its statistics", statistics),
        TEST("a slot knows its statistics", value_statistics),
        TEST("metadata: keys and values with NUL bytes, keys in order", metadata),
        TEST("terms of a database and of a document", term_lists),
        TEST("postings of a term, and of the empty term", posting_lists),
        TEST("values of a slot", value_streams),
        TEST("documents are replaced and deleted by docid and by term",
             documents_replaced_and_deleted),
        TEST("a transaction is all or nothing", transactions),
        TEST("spellings and synonyms", spellings_and_synonyms),
        TEST("uuid, revision, lock, reopening", identity),
        TEST("several databases are searched as one", several_databases_as_one),
        TEST("several databases are written as one", writing_to_several),
        TEST("checking a sound database finds nothing", checking),
        TEST("checking a damaged database finds it", damage_is_found),
        TEST("a compacted copy, as folder and as one file", compacting),
        TEST("a descriptor is taken on failure too", a_descriptor_is_taken_on_failure_too),
        TEST("a stub file stands for its databases", stub_files),
        {"flags and sizes count", flags_and_sizes_count, shim_setup, shim_teardown, NULL},
        {"frequencies and flags count", frequencies_and_flags_count, shim_setup, shim_teardown,
         NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-database", tests, NULL, NULL);
}
