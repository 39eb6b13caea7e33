/* shim-lifetime.c - handles outlive what they were made from
 *
 * Worth most under a memory checker: every test here frees parents first and
 * goes on using what is left.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

#include <stdio.h>

static void
drain_terms(struct xap_term_iterator *terms, unsigned expected)
{
    struct xap_error error;
    unsigned seen = 0;

    for (; !xap_term_iterator_at_end(terms); OK(xap_term_iterator_next(terms, &error))) {
        const char *term;
        size_t length;

        OK(xap_term_iterator_get(terms, &term, &length, &error));
        assert_int_equal(strlen(term), length);
        seen++;
    }
    assert_int_equal(seen, expected);
    xap_term_iterator_free(terms);
}

static void
iterators_outlive_their_database(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_term_iterator *all, *list, *keys;
    struct xap_posting_iterator *postings;
    struct xap_position_iterator *positions, *of_posting, *of_term;
    struct xap_value_iterator *values;
    struct xap_document *document;
    xap_docid docid;
    xap_termpos position;
    const char *bytes;
    size_t length;

    OK(xap_database_allterms_begin(database, NULL, 0, &all, &error));
    OK(xap_database_termlist_begin(database, 2, &list, &error));
    OK(xap_database_metadata_keys_begin(database, NULL, 0, &keys, &error));
    OK(xap_database_postlist_begin(database, S("odd"), &postings, &error));
    OK(xap_database_positionlist_begin(database, 3, S("odd"), &positions, &error));
    OK(xap_database_valuestream_begin(database, 0, &values, &error));
    OK(xap_database_get_document(database, 4, 0, &document, &error));
    xap_database_free(database);

    OK(xap_posting_iterator_next(postings, &error));
    OK(xap_posting_iterator_positionlist_begin(postings, &of_posting, &error));
    OK(xap_posting_iterator_get(postings, &docid, &error));
    assert_int_equal(docid, 3);
    xap_posting_iterator_free(postings);
    OK(xap_position_iterator_skip_to(of_posting, 2, &error));
    OK(xap_position_iterator_get(of_posting, &position, &error));
    assert_int_equal(position, 6);
    xap_position_iterator_free(of_posting);
    OK(xap_term_iterator_skip_to(list, S("even"), &error));
    OK(xap_term_iterator_positionlist_begin(list, &of_term, &error));
    drain_terms(list, 3);
    OK(xap_position_iterator_get(of_term, &position, &error));
    assert_int_equal(position, 1);
    xap_position_iterator_free(of_term);
    OK(xap_position_iterator_next(positions, &error));
    OK(xap_position_iterator_get(positions, &position, &error));
    assert_int_equal(position, 6);
    xap_position_iterator_free(positions);
    OK(xap_value_iterator_next(values, &error));
    OK(xap_value_iterator_get(values, &bytes, &length, &error));
    assert_bytes(bytes, length, "v2");
    xap_value_iterator_free(values);
    drain_terms(all, 14);
    drain_terms(keys, 1);

    OK(xap_document_termlist_begin(document, &list, &error));
    OK(xap_document_values_begin(document, &values, &error));
    OK(xap_document_get_data(document, &bytes, &length, &error));
    assert_bytes(bytes, length, "data 4");
    xap_document_free(document);
    drain_terms(list, 5);
    OK(xap_value_iterator_next(values, &error));
    OK(xap_value_iterator_get(values, &bytes, &length, &error));
    assert_bytes(bytes, length, "even");
    xap_value_iterator_free(values);
}

static void
a_match_set_outlives_its_enquire(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("odd");
    struct xap_match_spy *spy;
    struct xap_term_iterator *terms, *counted;
    struct xap_rset *rset;
    struct xap_eset *eset;
    struct xap_mset *mset;
    struct xap_document *document;
    const char *bytes;
    size_t length;
    xap_doccount count;

    OK(xap_enquire_new(database, &enquire, &error));
    xap_database_free(database);
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_query_get_terms_begin(query, &terms, &error));
    xap_query_free(query);
    drain_terms(terms, 1);
    OK(xap_value_count_match_spy_new(0, &spy, &error));
    OK(xap_enquire_add_matchspy(enquire, spy, &error));
    OK(xap_rset_new(&rset, &error));
    OK(xap_rset_add_document(rset, 1, &error));
    OK(xap_enquire_get_mset(enquire, 0, 10, 10, rset, &mset, &error));
    OK(xap_enquire_get_eset(enquire, 10, rset, 0, 0, &eset, &error));
    xap_rset_free(rset);
    OK(xap_enquire_get_matching_terms_begin(enquire, 3, &terms, &error));
    OK(xap_value_count_match_spy_values_begin(spy, &counted, &error));
    xap_enquire_free(enquire);
    xap_match_spy_free(spy);
    drain_terms(terms, 1);
    drain_terms(counted, 3);
    assert_false(xap_eset_empty(eset));
    OK(xap_eset_get_term(eset, 0, &bytes, &length, &error));
    xap_eset_free(eset);

    OK(xap_mset_fetch(mset, &error));
    OK(xap_mset_get_termfreq(mset, S("even"), &count, &error));
    assert_int_equal(count, 2);
    OK(xap_mset_get_document(mset, 0, &document, &error));
    xap_mset_free(mset);
    OK(xap_document_get_value(document, 1, &bytes, &length, &error));
    assert_bytes(bytes, length, "odd");
    xap_document_free(document);
}

static void
what_was_made_of_a_writer_outlives_it(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable, *second;
    struct xap_document *document;
    struct xap_term_iterator *terms;
    const char *path = shim_path(state, "db");

    OK(xap_writable_database_new_open(path, XAP_DB_CREATE, 0, &writable, &error));
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_term(document, S("a"), 1, &error));
    OK(xap_writable_database_add_document(writable, document, NULL, &error));
    xap_document_free(document);
    OK(xap_database_allterms_begin(xap_writable_database_as_database(writable), NULL, 0, &terms,
                                   &error));
    xap_writable_database_free(writable);
    /* as the header says: the database is open, and locked, until then */
    FAILS(XAP_DATABASE_LOCK_ERROR,
          xap_writable_database_new_open(path, XAP_DB_OPEN, 0, &second, &error));
    drain_terms(terms, 1);
    OK(xap_writable_database_new_open(path, XAP_DB_OPEN, 0, &second, &error));
    xap_writable_database_free(second);
}

static void
queries_outlive_their_parts(void **state)
{
    struct xap_error error;
    struct xap_query *parts[3] = {shim_term("a"), shim_term("b"), shim_term("c")};
    struct xap_query *query, *part;
    const char *text;
    size_t length;

    (void)state;
    OK(xap_query_new_combine(XAP_QUERY_OP_AND, parts, 3, 0, &query, &error));
    for (int i = 0; i < 3; i++)
        xap_query_free(parts[i]);
    OK(xap_query_get_subquery(query, 1, &part, &error));
    xap_query_free(query);
    OK(xap_query_get_description(part, &text, &length, &error));
    assert_bytes(text, length, "Query(b)");
    xap_query_free(part);
}

static void
lent_bytes_live_until_the_same_call(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    const char *low, *high, *uuid, *metadata, *description;
    size_t length;

    OK(xap_database_get_value_lower_bound(database, 0, &low, &length, &error));
    OK(xap_database_get_value_upper_bound(database, 0, &high, &length, &error));
    OK(xap_database_get_uuid(database, &uuid, &length, &error));
    OK(xap_database_get_metadata(database, S("key"), &metadata, &length, &error));
    OK(xap_database_get_description(database, &description, &length, &error));
    assert_string_equal(low, "v1");
    assert_string_equal(high, "v5");
    assert_int_equal(strlen(uuid), 36);
    assert_string_equal(metadata, "value");
    assert_int_equal(strlen(description), length);
    xap_database_free(database);
}

static void
closing_under_what_is_in_use(void **state)
{
    struct xap_error error;
    struct xap_database *database = shim_open_sample(state);
    struct xap_term_iterator *terms;
    struct xap_enquire *enquire;
    struct xap_query *query = shim_term("all");
    struct xap_mset *mset, *second;
    struct xap_document *document;
    const char *data;
    size_t length;
    enum xap_code code = XAP_OK;

    OK(xap_database_allterms_begin(database, NULL, 0, &terms, &error));
    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    OK(xap_database_close(database, &error));
    /* either goes on with what it has, or says that it is closed */
    while (code == XAP_OK && !xap_term_iterator_at_end(terms))
        code = xap_term_iterator_next(terms, &error);
    assert_true(code == XAP_OK || code == XAP_DATABASE_CLOSED_ERROR);
    assert_true(xap_term_iterator_at_end(terms));
    FAILS(XAP_DATABASE_CLOSED_ERROR,
          xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &second, &error));
    /* a document is fetched when it is asked */
    OK(xap_mset_get_document(mset, 0, &document, &error));
    FAILS(XAP_DATABASE_CLOSED_ERROR, xap_document_get_data(document, &data, &length, &error));
    assert_null(data);
    xap_document_free(document);
    xap_term_iterator_free(terms);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_query_free(query);
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
        TEST("iterators and documents outlive their database", iterators_outlive_their_database),
        TEST("a match set outlives enquire, spies and database", a_match_set_outlives_its_enquire),
        TEST("an iterator keeps a freed writer open and locked",
             what_was_made_of_a_writer_outlives_it),
        TEST("queries outlive their parts and parts their query", queries_outlive_their_parts),
        TEST("lent bytes live until the same function is called again",
             lent_bytes_live_until_the_same_call),
        TEST("closing a database under what is in use is safe", closing_under_what_is_in_use),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-lifetime", tests, NULL, NULL);
}
