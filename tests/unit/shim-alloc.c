/* shim-alloc.c - every single C++ allocation fails once, in every scenario
 *
 * Each scenario runs with its first allocation failing, then its second, and so
 * on until it passes untouched; then the same with all allocations failing from
 * the n-th on. After each run: what failed reported XAP_OUT_OF_MEMORY, the
 * bindings have freed all they allocated, and the database is sound and holds
 * one of the states it may hold.
 *
 * libxapian itself is not that careful: it leaks here and there, and in a few
 * places of a commit ends the process by std::terminate, which nobody
 * can catch. So each run is a process of its own, and what is libxapian's fault
 * is counted and shown; the database must be sound even so.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#endif
#include "shim-common.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/alloc-sweep.h"

/* Every call of a scenario goes through this: it stops at the first failure. */
#define TRY(call)           \
    do {                    \
        code = (call);      \
        if (code != XAP_OK) \
            goto done;      \
    } while (0)

struct scenario {
    enum xap_code (*run)(const char *path, struct xap_error *error);
    /* the sample is made anew for each run, and looked at after it */
    bool writes;
    /* libxapian may end the process by a signal: its parser frees twice what it could not finish */
    bool crashes;
};

static enum xap_code
stemming(const char *path, struct xap_error *error)
{
    struct xap_stem *stem = NULL;
    const char *result;
    size_t length;
    enum xap_code code;

    (void)path;
    TRY(xap_stem_new("english", &stem, error));
    TRY(xap_stem_apply(stem, S("a word that is longer than a short string"), &result, &length,
                       error));
    TRY(xap_stem_get_description(stem, &result, &length, error));
done:
    xap_stem_free(stem);
    return code;
}

static enum xap_code
building(const char *path, struct xap_error *error)
{
    static const xap_termpos positions[] = {1, 5, 3};
    struct xap_document *document = NULL, *copy = NULL;
    struct xap_term_iterator *terms = NULL;
    struct xap_position_iterator *found = NULL;
    struct xap_value_iterator *values = NULL;
    const char *bytes;
    size_t length;
    xap_termpos removed;
    enum xap_code code;

    (void)path;
    TRY(xap_document_new(&document, error));
    TRY(xap_document_add_term(document, S("a term that is not short at all"), 1, error));
    TRY(xap_document_add_boolean_term(document, S("XB"), error));
    TRY(xap_document_add_posting(document, S("posting"), 7, 1, error));
    TRY(xap_document_add_postings(document, S("posting"), positions, 3, 1, error));
    TRY(xap_document_remove_posting(document, S("posting"), 7, 1, error));
    TRY(xap_document_remove_postings(document, S("posting"), 4, 9, 1, &removed, error));
    TRY(xap_document_add_value(document, 0, S("a value that is not short"), error));
    TRY(xap_document_set_data(document, S("some data that is not short"), error));
    TRY(xap_document_serialise(document, &bytes, &length, error));
    TRY(xap_document_new_unserialise(bytes, length, &copy, error));
    TRY(xap_document_get_data(copy, &bytes, &length, error));
    TRY(xap_document_get_value(copy, 0, &bytes, &length, error));
    TRY(xap_document_values_begin(copy, &values, error));
    TRY(xap_value_iterator_get(values, &bytes, &length, error));
    TRY(xap_value_iterator_next(values, error));
    TRY(xap_document_termlist_begin(copy, &terms, error));
    while (!xap_term_iterator_at_end(terms)) {
        TRY(xap_term_iterator_get(terms, &bytes, &length, error));
        TRY(xap_term_iterator_positionlist_begin(terms, &found, error));
        xap_position_iterator_free(found);
        found = NULL;
        TRY(xap_term_iterator_next(terms, error));
    }
    TRY(xap_document_remove_term(document, S("XB"), error));
    TRY(xap_document_clear_terms(document, error));
    TRY(xap_document_clear_values(document, error));
    TRY(xap_document_get_description(document, &bytes, &length, error));
done:
    xap_value_iterator_free(values);
    xap_position_iterator_free(found);
    xap_term_iterator_free(terms);
    xap_document_free(copy);
    xap_document_free(document);
    return code;
}

static enum xap_code
asking(const char *path, struct xap_error *error)
{
    struct xap_query *parts[4] = {NULL, NULL, NULL, NULL}, *query = NULL;
    struct xap_term_iterator *terms = NULL;
    const char *text;
    size_t length;
    enum xap_code code;

    (void)path;
    TRY(xap_query_new_term(S("a term that is not short at all"), 1, 1, &parts[0], error));
    TRY(xap_query_new_wildcard(S("a prefix that is not short at all"), 9,
                               XAP_QUERY_WILDCARD_LIMIT_FIRST, XAP_QUERY_OP_SYNONYM, &parts[1],
                               error));
    TRY(xap_query_new_value_range(0, S("a lower limit"), S("some upper limit"), &parts[2], error));
    TRY(xap_query_new_scale_weight(0.5, parts[0], &parts[3], error));
    TRY(xap_query_new_combine(XAP_QUERY_OP_OR, parts, 4, 0, &query, error));
    TRY(xap_query_get_description(query, &text, &length, error));
    TRY(xap_query_get_terms_begin(query, &terms, error));
    TRY(xap_term_iterator_get(terms, &text, &length, error));
    TRY(xap_query_serialise(query, &text, &length, error));
    xap_query_free(parts[0]);
    TRY(xap_query_new_unserialise(text, length, &parts[0], error));
    xap_query_free(parts[1]);
    TRY(xap_query_get_subquery(query, 1, &parts[1], error));
done:
    xap_term_iterator_free(terms);
    xap_query_free(query);
    for (int i = 0; i < 4; i++)
        xap_query_free(parts[i]);
    return code;
}

static enum xap_code
reading(const char *path, struct xap_error *error)
{
    struct xap_database *database = NULL, *both = NULL;
    struct xap_term_iterator *terms = NULL;
    struct xap_posting_iterator *postings = NULL;
    struct xap_position_iterator *positions = NULL;
    struct xap_value_iterator *values = NULL;
    struct xap_document *document = NULL;
    const char *bytes;
    size_t length;
    xap_doccount count;
    bool reopened;
    enum xap_code code;

    TRY(xap_database_new_open(path, 0, &database, error));
    TRY(xap_database_new(&both, error));
    TRY(xap_database_add_database(both, database, error));
    TRY(xap_database_add_database(both, database, error));
    TRY(xap_database_get_doccount(both, &count, error));
    TRY(xap_database_get_termfreq(both, S("odd"), &count, error));
    TRY(xap_database_get_metadata(database, S("key"), &bytes, &length, error));
    TRY(xap_database_get_value_upper_bound(both, 0, &bytes, &length, error));
    TRY(xap_database_get_uuid(both, &bytes, &length, error));
    TRY(xap_database_get_description(both, &bytes, &length, error));
    TRY(xap_database_allterms_begin(both, NULL, 0, &terms, error));
    while (!xap_term_iterator_at_end(terms)) {
        TRY(xap_term_iterator_get(terms, &bytes, &length, error));
        TRY(xap_term_iterator_next(terms, error));
    }
    xap_term_iterator_free(terms);
    TRY(xap_database_termlist_begin(both, 7, &terms, error));
    TRY(xap_term_iterator_skip_to(terms, S("odd"), error));
    TRY(xap_term_iterator_get_termfreq(terms, &count, error));
    TRY(xap_database_postlist_begin(both, S("odd"), &postings, error));
    TRY(xap_posting_iterator_skip_to(postings, 2, error));
    TRY(xap_posting_iterator_positionlist_begin(postings, &positions, error));
    TRY(xap_position_iterator_next(positions, error));
    TRY(xap_database_valuestream_begin(both, 0, &values, error));
    TRY(xap_value_iterator_skip_to(values, 3, error));
    TRY(xap_value_iterator_get(values, &bytes, &length, error));
    TRY(xap_database_get_document(both, 3, 0, &document, error));
    TRY(xap_document_get_data(document, &bytes, &length, error));
    TRY(xap_database_reopen(database, &reopened, error));
    TRY(xap_database_close(database, error));
done:
    xap_document_free(document);
    xap_value_iterator_free(values);
    xap_position_iterator_free(positions);
    xap_posting_iterator_free(postings);
    xap_term_iterator_free(terms);
    xap_database_free(both);
    xap_database_free(database);
    return code;
}

static enum xap_code
searching(const char *path, struct xap_error *error)
{
    struct xap_database *database = NULL;
    struct xap_query *parts[3] = {NULL, NULL, NULL}, *query = NULL;
    struct xap_enquire *enquire = NULL;
    struct xap_weight *weight = NULL;
    struct xap_match_spy *spy = NULL;
    struct xap_mset *mset = NULL;
    struct xap_rset *rset = NULL;
    struct xap_eset *eset = NULL;
    struct xap_document *document = NULL;
    struct xap_term_iterator *terms = NULL, *counted = NULL;
    const char *bytes;
    size_t length;
    enum xap_code code;

    TRY(xap_database_new_open(path, 0, &database, error));
    TRY(xap_query_new_term(S("run"), 1, 1, &parts[0], error));
    TRY(xap_query_new_wildcard(S("only"), 3, XAP_QUERY_WILDCARD_LIMIT_FIRST, XAP_QUERY_OP_SYNONYM,
                               &parts[1], error));
    TRY(xap_query_new_value_ge(0, S("v2"), &parts[2], error));
    TRY(xap_query_new_combine(XAP_QUERY_OP_OR, parts, 3, 0, &query, error));
    TRY(xap_weight_new_bm25(1.6, 0, 8, 0.6, 0, &weight, error));
    TRY(xap_value_count_match_spy_new(1, &spy, error));
    TRY(xap_enquire_new(database, &enquire, error));
    TRY(xap_enquire_set_query(enquire, query, 0, error));
    TRY(xap_enquire_set_weighting_scheme(enquire, weight, error));
    TRY(xap_enquire_set_sort_by_relevance_then_value(enquire, 0, true, error));
    TRY(xap_enquire_add_matchspy(enquire, spy, error));
    TRY(xap_enquire_set_collapse_key(enquire, 1, 2, error));
    TRY(xap_rset_new(&rset, error));
    TRY(xap_rset_add_document(rset, 1, error));
    TRY(xap_enquire_get_mset(enquire, 0, 10, 10, rset, &mset, error));
    TRY(xap_mset_fetch(mset, error));
    TRY(xap_mset_get_document(mset, 0, &document, error));
    TRY(xap_document_get_data(document, &bytes, &length, error));
    TRY(xap_mset_get_collapse_key(mset, 0, &bytes, &length, error));
    TRY(xap_mset_get_description(mset, &bytes, &length, error));
    TRY(xap_enquire_get_matching_terms_begin_item(enquire, mset, 0, &terms, error));
    TRY(xap_value_count_match_spy_top_values_begin(spy, 2, &counted, error));
    TRY(xap_enquire_set_expansion_scheme(enquire, "bo1", 1, error));
    TRY(xap_enquire_get_eset(enquire, 5, rset, 0, 0, &eset, error));
    if (!xap_eset_empty(eset))
        TRY(xap_eset_get_term(eset, 0, &bytes, &length, error));
    TRY(xap_enquire_get_description(enquire, &bytes, &length, error));
    TRY(xap_enquire_clear_matchspies(enquire, error));
done:
    xap_database_free(database);
    xap_enquire_free(enquire);
    xap_term_iterator_free(counted);
    xap_term_iterator_free(terms);
    xap_document_free(document);
    xap_eset_free(eset);
    xap_rset_free(rset);
    xap_mset_free(mset);
    xap_match_spy_free(spy);
    xap_weight_free(weight);
    xap_query_free(query);
    for (int i = 0; i < 3; i++)
        xap_query_free(parts[i]);
    return code;
}

/* Ends with 6 documents: all of it committed, or none. */
static enum xap_code
writing(const char *path, struct xap_error *error)
{
    struct xap_writable_database *writable = NULL;
    struct xap_document *document = NULL;
    xap_docid docid;
    enum xap_code code;

    TRY(xap_writable_database_new_open(path, XAP_DB_OPEN | XAP_DB_NO_SYNC, 0, &writable, error));
    TRY(xap_document_new(&document, error));
    TRY(xap_document_add_posting(document, S("Qa-term-that-is-not-short"), 1, 1, error));
    TRY(xap_document_add_value(document, 0, S("a value that is not short"), error));
    TRY(xap_document_set_data(document, S("some data that is not short"), error));
    TRY(xap_writable_database_begin_transaction(writable, true, error));
    TRY(xap_writable_database_add_document(writable, document, &docid, error));
    TRY(xap_writable_database_replace_document(writable, 2, document, error));
    TRY(xap_writable_database_replace_document_by_term(writable, S("Qa-term-that-is-not-short"),
                                                       document, &docid, error));
    TRY(xap_writable_database_delete_document(writable, 1, error));
    TRY(xap_writable_database_delete_document_by_term(writable, S("only3"), error));
    TRY(xap_document_set_data(document, S("more data that is not short"), error));
    for (int i = 0; i < 3; i++)
        TRY(xap_writable_database_add_document(writable, document, NULL, error));
    TRY(xap_writable_database_set_metadata(writable, S("a key that is not short"),
                                           S("a value that is not short"), error));
    TRY(xap_writable_database_add_spelling(writable, S("repatriation"), 1, error));
    TRY(xap_writable_database_add_synonym(writable, S("car"), S("auto"), error));
    TRY(xap_writable_database_commit_transaction(writable, error));
    TRY(xap_writable_database_close(writable, error));
done:
    xap_document_free(document);
    /* without commit: what is in an open transaction is given up */
    xap_writable_database_free(writable);
    return code;
}

static enum xap_code
copying(const char *path, struct xap_error *error)
{
    struct xap_database *database = NULL;
    char output[1024];
    char *report = NULL;
    size_t errors;
    enum xap_code code;

    snprintf(output, sizeof output, "%s.compact", path);
    unlink(output);
    TRY(xap_database_new_open(path, 0, &database, error));
    TRY(xap_database_compact(database, output, XAP_DBCOMPACT_SINGLE_FILE, 0, error));
    TRY(xap_database_check(output, XAP_DBCHECK_SHOW_STATS, &errors, &report, error));
done:
    xap_free(report);
    xap_database_free(database);
    return code;
}

/* Callbacks that allocate nothing, so that what fails is the bindings' or Xapian's. */

static enum xap_code
decide_document(void *data, const struct xap_document *document, bool *wanted,
                struct xap_error *error)
{
    const char *value;
    size_t length;

    (void)data;
    *wanted = true;
    return xap_document_get_value(document, 0, &value, &length, error);
}

static enum xap_code
decide_term(void *data, const char *term, size_t length, bool *wanted, struct xap_error *error)
{
    (void)data;
    (void)error;
    *wanted = length > 0 && term[0] != 'X';
    return XAP_OK;
}

static enum xap_code
make_key(void *data, const struct xap_document *document, const char **key, size_t *length,
         struct xap_error *error)
{
    (void)data;
    (void)document;
    (void)error;
    *key = "a key that is longer than a short string";
    *length = strlen(*key);
    return XAP_OK;
}

static enum xap_code
lend(void *data, const char **bytes, size_t *length, struct xap_error *error)
{
    return make_key(data, NULL, bytes, length, error);
}

static enum xap_code
take(void *data, const char *bytes, size_t length, struct xap_error *error)
{
    (void)data;
    (void)bytes;
    (void)length;
    (void)error;
    return XAP_OK;
}

static enum xap_code
copy_data(void *data, void **copy, struct xap_error *error)
{
    (void)error;
    *copy = data;
    return XAP_OK;
}

static enum xap_code
make_data(void *data, const char *bytes, size_t length, void **made, struct xap_error *error)
{
    (void)bytes;
    (void)length;
    return copy_data(data, made, error);
}

static enum xap_code
see(void *data, const struct xap_document *document, double weight, struct xap_error *error)
{
    bool wanted;

    (void)weight;
    return decide_document(data, document, &wanted, error);
}

static enum xap_code
sumpart(void *data, const struct xap_weight_stats *stats, xap_termcount wdf, xap_termcount length,
        xap_termcount unique, double *weight, struct xap_error *error)
{
    (void)data;
    (void)stats;
    (void)length;
    (void)unique;
    (void)error;
    *weight = wdf;
    return XAP_OK;
}

static enum xap_code
maxpart(void *data, const struct xap_weight_stats *stats, double *weight, struct xap_error *error)
{
    (void)data;
    (void)stats;
    (void)error;
    *weight = 1000;
    return XAP_OK;
}

static enum xap_code
stem_word(void *data, const char *word, size_t length, const char **result, size_t *result_length,
          struct xap_error *error)
{
    (void)word;
    (void)length;
    return lend(data, result, result_length, error);
}

static enum xap_code
make_query(void *data, const char *text, size_t length, struct xap_query **query,
           struct xap_error *error)
{
    (void)data;
    return xap_query_new_term(text, length, 1, 0, query, error);
}

static enum xap_code
make_range(void *data, const char *begin, size_t begin_length, const char *end, size_t end_length,
           struct xap_query **query, struct xap_error *error)
{
    (void)data;
    return xap_query_new_value_range(0, begin, begin_length, end, end_length, query, error);
}

static enum xap_code
distance(void *data, const struct xap_lat_long_coord *first,
         const struct xap_lat_long_coord *second, double *metres, struct xap_error *error)
{
    (void)data;
    (void)error;
    *metres = first->latitude + second->latitude;
    return XAP_OK;
}

static enum xap_code
tell(void *data, const char *table, const char *status, struct xap_error *error)
{
    (void)data;
    (void)table;
    (void)status;
    (void)error;
    return XAP_OK;
}

static enum xap_code
resolve(void *data, const char *key, size_t key_length, const char *const *values,
        const size_t *lengths, size_t count, const char **value, size_t *length,
        struct xap_error *error)
{
    (void)data;
    (void)key;
    (void)key_length;
    (void)error;
    *value = values[count - 1];
    *length = lengths[count - 1];
    return XAP_OK;
}

static xap_docid source_at;

static enum xap_code
source_init(void *data, const struct xap_database *database, struct xap_posting_source *self,
            struct xap_error *error)
{
    (void)data;
    (void)database;
    source_at = 0;
    return xap_posting_source_set_maxweight(self, 2, error);
}

static enum xap_code
source_count(void *data, xap_doccount *count, struct xap_error *error)
{
    (void)data;
    (void)error;
    *count = SHIM_DOCUMENTS;
    return XAP_OK;
}

static enum xap_code
source_next(void *data, double min_weight, struct xap_posting_source *self, struct xap_error *error)
{
    (void)data;
    (void)min_weight;
    (void)self;
    (void)error;
    source_at++;
    return XAP_OK;
}

static enum xap_code
source_at_end(void *data, bool *at_end, struct xap_error *error)
{
    (void)data;
    (void)error;
    *at_end = source_at > SHIM_DOCUMENTS;
    return XAP_OK;
}

static enum xap_code
source_docid(void *data, xap_docid *docid, struct xap_error *error)
{
    (void)data;
    (void)error;
    *docid = source_at;
    return XAP_OK;
}

static const struct xap_match_decider_functions match_functions = {decide_document, NULL};
static const struct xap_expand_decider_functions expand_functions = {decide_term, NULL};
static const struct xap_key_maker_functions key_functions = {make_key, NULL};
static const struct xap_match_spy_functions spy_functions = {
    "A::Spy::OfThisTest", see, copy_data, lend, make_data, lend, take, lend, NULL};
static const struct xap_weight_functions weight_functions = {
    "A::Weight::OfThisTest", sumpart, maxpart, NULL, NULL, NULL, copy_data, lend, make_data, NULL};
static const struct xap_posting_source_functions source_functions = {"A::Source::OfThisTest",
                                                                     source_init,
                                                                     source_count,
                                                                     source_count,
                                                                     source_count,
                                                                     source_next,
                                                                     source_at_end,
                                                                     source_docid,
                                                                     NULL,
                                                                     NULL,
                                                                     NULL,
                                                                     copy_data,
                                                                     lend,
                                                                     make_data,
                                                                     lend,
                                                                     NULL};
static const struct xap_stem_functions stem_functions = {stem_word, lend, NULL};
static const struct xap_stopper_functions stopper_functions = {decide_term, lend, NULL};
static const struct xap_field_processor_functions field_functions = {make_query, NULL};
static const struct xap_range_processor_functions range_functions = {make_range, NULL};
static const struct xap_lat_long_metric_functions metric_functions = {
    "A::Metric::OfThisTest", distance, copy_data, lend, make_data, NULL};
static const struct xap_compactor_functions compactor_functions = {tell, resolve, NULL};

static enum xap_code
deciding(const char *path, struct xap_error *error)
{
    static const xap_valueno slots[] = {1, 0};
    static const char *const rejected[] = {"a term that is not short at all"};
    struct xap_database *database = NULL;
    struct xap_query *query = NULL;
    struct xap_enquire *enquire = NULL;
    struct xap_match_decider *own = NULL, *set = NULL;
    struct xap_expand_decider *deciders[4] = {NULL, NULL, NULL, NULL};
    struct xap_key_maker *makers[2] = {NULL, NULL};
    struct xap_match_spy *spy = NULL, *spies[2] = {NULL, NULL};
    struct xap_weight *weight = NULL, *weights[2] = {NULL, NULL};
    struct xap_mset *mset = NULL, *mset2 = NULL;
    struct xap_rset *rset = NULL;
    struct xap_eset *eset = NULL;
    const char *bytes;
    size_t length;
    enum xap_code code;

    TRY(xap_database_new_open(path, 0, &database, error));
    TRY(xap_query_new_term(S("run"), 1, 1, &query, error));
    TRY(xap_enquire_new(database, &enquire, error));
    TRY(xap_enquire_set_query(enquire, query, 0, error));
    TRY(xap_match_decider_new(&match_functions, NULL, &own, error));
    TRY(xap_value_set_match_decider_new(0, false, &set, error));
    TRY(xap_value_set_match_decider_add_value(set, S("a value that is not short"), error));
    TRY(xap_key_maker_new(&key_functions, NULL, &makers[0], error));
    TRY(xap_multi_value_key_maker_new_slots(slots, 2, &makers[1], error));
    TRY(xap_enquire_set_sort_by_key(enquire, makers[1], true, error));
    TRY(xap_match_spy_new(&spy_functions, NULL, &spy, error));
    TRY(xap_enquire_add_matchspy(enquire, spy, error));
    TRY(xap_enquire_get_mset_decider(enquire, 0, 9, 9, NULL, set, &mset, error));
    TRY(xap_enquire_set_sort_by_key_then_relevance(enquire, makers[0], true, error));
    TRY(xap_weight_new(&weight_functions, NULL, XAP_WEIGHT_WDF, &weight, error));
    TRY(xap_weight_clone(weight, &weights[0], error));
    TRY(xap_weight_serialise(weight, &bytes, &length, error));
    TRY(xap_weight_unserialise(weight, bytes, length, &weights[1], error));
    TRY(xap_enquire_set_weighting_scheme(enquire, weight, error));
    TRY(xap_enquire_get_mset_decider(enquire, 0, 9, 9, NULL, own, &mset2, error));
    TRY(xap_mset_snippet(mset2, S("how to run through a text that is not short at all"), 20, NULL,
                         3, NULL, NULL, NULL, &bytes, &length, error));
    TRY(xap_mset_item_get_description(mset2, 0, &bytes, &length, error));
    TRY(xap_match_spy_clone(spy, &spies[0], error));
    TRY(xap_match_spy_serialise(spy, &bytes, &length, error));
    TRY(xap_match_spy_unserialise(spy, bytes, length, NULL, &spies[1], error));
    TRY(xap_match_spy_serialise_results(spy, &bytes, &length, error));
    TRY(xap_match_spy_merge_results(spy, bytes, length, error));
    TRY(xap_match_spy_get_description(spy, &bytes, &length, error));
    TRY(xap_match_spy_name(spy, &bytes, &length, error));
    TRY(xap_rset_new(&rset, error));
    TRY(xap_rset_add_document_item(rset, mset2, 0, error));
    TRY(xap_rset_get_description(rset, &bytes, &length, error));
    TRY(xap_expand_decider_new(&expand_functions, NULL, &deciders[0], error));
    TRY(xap_expand_decider_filter_terms_new(rejected, NULL, 1, &deciders[1], error));
    TRY(xap_expand_decider_and_new(deciders[0], deciders[1], &deciders[2], error));
    TRY(xap_expand_decider_filter_prefix_new(S("a prefix that is not short"), &deciders[3], error));
    TRY(xap_enquire_get_eset_decider(enquire, 9, rset, 0, deciders[2], 0, &eset, error));
    TRY(xap_eset_get_description(eset, &bytes, &length, error));
done:
    xap_eset_free(eset);
    for (int i = 0; i < 4; i++)
        xap_expand_decider_free(deciders[i]);
    for (int i = 0; i < 2; i++) {
        xap_key_maker_free(makers[i]);
        xap_match_spy_free(spies[i]);
        xap_weight_free(weights[i]);
    }
    xap_rset_free(rset);
    xap_mset_free(mset2);
    xap_mset_free(mset);
    xap_weight_free(weight);
    xap_match_spy_free(spy);
    xap_match_decider_free(set);
    xap_match_decider_free(own);
    xap_enquire_free(enquire);
    xap_query_free(query);
    xap_database_free(database);
    return code;
}

static enum xap_code
sourcing(const char *path, struct xap_error *error)
{
    struct xap_database *database = NULL, *lent = NULL;
    struct xap_posting_source *source = NULL, *copy = NULL, *read = NULL, *map = NULL,
                              *decreasing = NULL, *fixed = NULL;
    struct xap_query *parts[3] = {NULL, NULL, NULL}, *query = NULL;
    struct xap_enquire *enquire = NULL;
    struct xap_mset *mset = NULL;
    struct xap_registry *registry = NULL;
    const char *bytes;
    size_t length;
    xap_docid docid;
    enum xap_code code;

    TRY(xap_database_new_open(path, 0, &database, error));
    TRY(xap_posting_source_new(&source_functions, NULL, &source, error));
    TRY(xap_posting_source_name(source, &bytes, &length, error));
    TRY(xap_posting_source_get_description(source, &bytes, &length, error));
    TRY(xap_posting_source_serialise(source, &bytes, &length, error));
    TRY(xap_posting_source_unserialise(source, bytes, length, &read, error));
    TRY(xap_posting_source_clone(source, &copy, error));
    TRY(xap_value_map_posting_source_new(0, &map, error));
    TRY(xap_value_map_posting_source_add_mapping(map, S("a value that is not short"), 3, error));
    TRY(xap_posting_source_init(map, database, error));
    TRY(xap_posting_source_next(map, 0, error));
    TRY(xap_posting_source_skip_to(map, 3, 0, error));
    TRY(xap_posting_source_get_docid(map, &docid, error));
    TRY(xap_value_posting_source_get_value(map, &bytes, &length, error));
    TRY(xap_value_posting_source_get_database(map, &lent, error));
    TRY(xap_decreasing_value_weight_posting_source_new(0, 0, 0, &decreasing, error));
    TRY(xap_fixed_weight_posting_source_new(2, &fixed, error));
    TRY(xap_query_new_posting_source(source, &parts[0], error));
    TRY(xap_query_new_posting_source(map, &parts[1], error));
    TRY(xap_query_new_posting_source(fixed, &parts[2], error));
    TRY(xap_query_new_combine(XAP_QUERY_OP_OR, parts, 3, 0, &query, error));
    TRY(xap_enquire_new(database, &enquire, error));
    TRY(xap_enquire_set_query(enquire, query, 0, error));
    TRY(xap_enquire_get_mset(enquire, 0, 9, 0, NULL, &mset, error));
    TRY(xap_registry_new(&registry, error));
    TRY(xap_registry_register_posting_source(registry, source, error));
    TRY(xap_query_serialise(query, &bytes, &length, error));
    xap_query_free(parts[0]);
    TRY(xap_query_new_unserialise_registry(bytes, length, registry, &parts[0], error));
done:
    xap_registry_free(registry);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_query_free(query);
    for (int i = 0; i < 3; i++)
        xap_query_free(parts[i]);
    xap_posting_source_free(fixed);
    xap_posting_source_free(decreasing);
    xap_posting_source_free(map);
    xap_posting_source_free(read);
    xap_posting_source_free(copy);
    xap_posting_source_free(source);
    xap_database_free(lent);
    xap_database_free(database);
    return code;
}

static enum xap_code
generating(const char *path, struct xap_error *error)
{
    static const char *const words[] = {"the", "a word that is not short at all"};
    struct xap_term_generator *generator = NULL;
    struct xap_stem *stem = NULL;
    struct xap_stopper *stopper = NULL, *own = NULL;
    struct xap_document *document = NULL, *same = NULL;
    struct xap_utf8_iterator *characters = NULL;
    const char *bytes;
    char *made = NULL;
    size_t length;
    enum xap_code code;

    (void)path;
    TRY(xap_stem_new_implementation(&stem_functions, NULL, &stem, error));
    TRY(xap_stem_get_description(stem, &bytes, &length, error));
    TRY(xap_simple_stopper_new_words(words, NULL, 2, &stopper, error));
    TRY(xap_stopper_new(&stopper_functions, NULL, &own, error));
    TRY(xap_stopper_get_description(own, &bytes, &length, error));
    TRY(xap_term_generator_new(&generator, error));
    TRY(xap_term_generator_set_stemmer(generator, stem, error));
    TRY(xap_term_generator_set_stopper(generator, stopper, error));
    TRY(xap_document_new(&document, error));
    TRY(xap_term_generator_set_document(generator, document, error));
    TRY(xap_term_generator_index_text(generator, S("the words of a text"), 1, S("XT"), error));
    TRY(xap_utf8_iterator_new(S("more of it"), &characters, error));
    TRY(xap_term_generator_index_text_iterator(generator, characters, 1, NULL, 0, error));
    TRY(xap_term_generator_get_document(generator, &same, error));
    TRY(xap_term_generator_get_description(generator, &bytes, &length, error));
    TRY(xap_unicode_toupper_text(S("a text that is not short at all"), &made, &length, error));
done:
    xap_free(made);
    xap_utf8_iterator_free(characters);
    xap_document_free(same);
    xap_document_free(document);
    xap_term_generator_free(generator);
    xap_stopper_free(own);
    xap_stopper_free(stopper);
    xap_stem_free(stem);
    return code;
}

static enum xap_code
parsing(const char *path, struct xap_error *error)
{
    struct xap_database *database = NULL;
    struct xap_query_parser *parser = NULL;
    struct xap_stopper *own = NULL;
    struct xap_field_processor *field = NULL;
    struct xap_range_processor *range = NULL, *date = NULL;
    struct xap_query *query = NULL;
    struct xap_term_iterator *terms = NULL;
    const char *bytes;
    size_t length;
    enum xap_code code;

    TRY(xap_database_new_open(path, 0, &database, error));
    TRY(xap_stopper_new(&stopper_functions, NULL, &own, error));
    TRY(xap_query_parser_new(&parser, error));
    TRY(xap_query_parser_set_stopper(parser, own, error));
    TRY(xap_query_parser_set_database(parser, database, error));
    TRY(xap_field_processor_new(&field_functions, NULL, &field, error));
    TRY(xap_query_parser_add_prefix_processor(parser, "field", field, error));
    TRY(xap_query_parser_add_boolean_prefix(parser, "site", "H", "a group that is not short",
                                            error));
    TRY(xap_range_processor_new(&range_functions, NULL, 0, "v:", 0, &range, error));
    TRY(xap_date_range_processor_new(0, NULL, 0, 1970, &date, error));
    TRY(xap_query_parser_add_rangeprocessor(parser, range, NULL, error));
    TRY(xap_query_parser_add_rangeprocessor(parser, date, NULL, error));
    TRY(xap_query_parser_parse_query(
        parser, S("word field:thing site:here v:a..b Xstop \"a phrase\""),
        XAP_QUERY_PARSER_FLAG_DEFAULT | XAP_QUERY_PARSER_FLAG_SPELLING_CORRECTION, NULL, 0, &query,
        error));
    TRY(xap_query_get_description(query, &bytes, &length, error));
    TRY(xap_query_parser_stoplist_begin(parser, &terms, error));
    TRY(xap_query_parser_get_corrected_query_string(parser, &bytes, &length, error));
    TRY(xap_query_parser_get_description(parser, &bytes, &length, error));
done:
    xap_term_iterator_free(terms);
    xap_query_free(query);
    xap_query_parser_free(parser);
    xap_range_processor_free(date);
    xap_range_processor_free(range);
    xap_field_processor_free(field);
    xap_stopper_free(own);
    xap_database_free(database);
    return code;
}

static enum xap_code
measuring(const char *path, struct xap_error *error)
{
    static const struct xap_lat_long_coord place = {1, 2};
    struct xap_lat_long_coords *coords = NULL, *read = NULL;
    struct xap_lat_long_metric *metric = NULL, *copy = NULL, *earth = NULL, *made = NULL;
    struct xap_posting_source *source = NULL, *clone = NULL;
    struct xap_key_maker *maker = NULL;
    struct xap_registry *registry = NULL;
    struct xap_weight *weight = NULL;
    struct xap_match_spy *spy = NULL;
    char bytes[XAP_LAT_LONG_COORD_MAX], *text = NULL;
    const char *lent;
    size_t length;
    double metres;
    enum xap_code code;

    (void)path;
    TRY(xap_lat_long_coord_serialise(&place, bytes, &length, error));
    TRY(xap_lat_long_coord_get_description(&place, &text, &length, error));
    TRY(xap_lat_long_coords_new_coord(&place, &coords, error));
    TRY(xap_lat_long_coords_append(coords, &place, error));
    TRY(xap_lat_long_coords_serialise(coords, &lent, &length, error));
    TRY(xap_lat_long_coords_new(&read, error));
    TRY(xap_lat_long_coords_unserialise(read, lent, length, error));
    TRY(xap_lat_long_coords_get_description(read, &lent, &length, error));
    TRY(xap_lat_long_metric_new(&metric_functions, NULL, &metric, error));
    TRY(xap_lat_long_metric_clone(metric, &copy, error));
    TRY(xap_lat_long_metric_apply(metric, coords, read, &metres, error));
    TRY(xap_lat_long_metric_name(metric, &lent, &length, error));
    TRY(xap_lat_long_metric_serialise(metric, &lent, &length, error));
    TRY(xap_lat_long_metric_unserialise(metric, lent, length, &made, error));
    TRY(xap_great_circle_metric_new(&earth, error));
    TRY(xap_lat_long_distance_posting_source_new(0, coords, metric, 0, 1000, 1, &source, error));
    TRY(xap_posting_source_clone(source, &clone, error));
    TRY(xap_lat_long_distance_key_maker_new(0, coords, metric, NULL, &maker, error));
    TRY(xap_registry_new(&registry, error));
    TRY(xap_registry_register_lat_long_metric(registry, metric, error));
    TRY(xap_registry_get_weighting_scheme(registry, "Xapian::BM25Weight", &weight, error));
    TRY(xap_registry_get_match_spy(registry, "Xapian::ValueCountMatchSpy", &spy, error));
done:
    xap_match_spy_free(spy);
    xap_weight_free(weight);
    xap_registry_free(registry);
    xap_key_maker_free(maker);
    xap_posting_source_free(clone);
    xap_posting_source_free(source);
    xap_lat_long_metric_free(earth);
    xap_lat_long_metric_free(made);
    xap_lat_long_metric_free(copy);
    xap_lat_long_metric_free(metric);
    xap_lat_long_coords_free(read);
    xap_lat_long_coords_free(coords);
    xap_free(text);
    return code;
}

static enum xap_code
watching(const char *path, struct xap_error *error)
{
    struct xap_database *database = NULL, *both = NULL;
    struct xap_compactor *compactor = NULL;
    char output[1024];
    enum xap_code code;

    snprintf(output, sizeof output, "%s.watched", path);
    unlink(output);
    TRY(xap_database_new_open(path, 0, &database, error));
    TRY(xap_database_new(&both, error));
    TRY(xap_database_add_database(both, database, error));
    TRY(xap_database_add_database(both, database, error));
    TRY(xap_compactor_new(&compactor_functions, NULL, &compactor, error));
    TRY(xap_database_compact_compactor(both, output, XAP_DBCOMPACT_SINGLE_FILE, 0, compactor,
                                       error));
done:
    xap_compactor_free(compactor);
    xap_database_free(both);
    xap_database_free(database);
    return code;
}

/* Sound, and holding what it may hold. */
static void
look_at(const char *path, bool passed)
{
    struct xap_error error;
    struct xap_database *database;
    xap_doccount count;
    size_t errors;
    bool written;

    OK(xap_database_check(path, 0, &errors, NULL, &error));
    assert_int_equal(errors, 0);
    OK(xap_database_new_open(path, 0, &database, &error));
    OK(xap_database_get_doccount(database, &count, &error));
    OK(xap_database_term_exists(database, S("Qa-term-that-is-not-short"), &written, &error));
    if (passed || written) {
        assert_true(written);
        assert_int_equal(count, 6);
    } else {
        assert_int_equal(count, SHIM_DOCUMENTS);
    }
    xap_database_free(database);
}

/* What a run in a process of its own left behind. */
struct outcome {
    enum xap_code code;
    struct xap_error error;
    struct alloc_sweep_result result;
};

enum { RAN = 0, TERMINATED = 97 };

static void
run_apart(const struct scenario *scenario, const char *path, size_t n, enum alloc_sweep_mode mode,
          struct outcome *outcome, int *status)
{
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        /* cmocka would go on with the next test */
        signal(SIGSEGV, SIG_DFL);
        signal(SIGABRT, SIG_DFL);
        alloc_sweep_exit_on_terminate(TERMINATED);
        alloc_sweep_arm(n, mode);
        outcome->code = scenario->run(path, &outcome->error);
        alloc_sweep_disarm(&outcome->result);
        _exit(RAN);
    }
    assert_int_equal(waitpid(child, status, 0), child);
}

static void
sweep(void **state, const struct scenario *scenario, enum alloc_sweep_mode mode, const char *name)
{
    char path[1024];
    struct xap_error error;
    struct outcome *outcome;
    size_t fired = 0, passed = 0, leaked = 0, terminated = 0, runs = 0, n = 1;
    /* sanitizers take their time: of three allocations one, unless all are asked for */
    const char *all = getenv("BROADSHEET_FAULTS");
    const size_t step = getenv("BROADSHEET_SANITIZED") && !(all && strcmp(all, "all") == 0) ? 3 : 1;
    int status;

    snprintf(path, sizeof path, "%s", shim_path(state, "db"));
    outcome =
        mmap(NULL, sizeof *outcome, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(outcome != MAP_FAILED);
    shim_sample(path);
    /* once untouched, for what libraries allocate once and keep */
    OK(scenario->run(path, &error));
    for (bool more = true; more; n += step, runs++) {
        if (scenario->writes)
            shim_sample(path);
        memset(outcome, 0, sizeof *outcome);
        run_apart(scenario, path, n, mode, outcome, &status);
        if (!WIFEXITED(status) && !scenario->crashes)
            fail_msg("allocation %zu failed: signal %d", n, WTERMSIG(status));
        if (!WIFEXITED(status) || WEXITSTATUS(status) == TERMINATED ||
            (scenario->crashes && WEXITSTATUS(status) != RAN)) {
            terminated++;
            fired += outcome->result.fired = 1;
            outcome->code = XAP_OUT_OF_MEMORY;
        } else {
            assert_int_equal(WEXITSTATUS(status), RAN);
            fired += outcome->result.fired;
        }
        if (outcome->result.fired == 0 && outcome->code != XAP_OK)
            fail_msg("untouched, and failed: %s", outcome->error.message);
        if (outcome->result.fired > 0 && outcome->code == XAP_OK)
            passed++;
        if (outcome->code != XAP_OK && outcome->code != XAP_OUT_OF_MEMORY)
            fail_msg("allocation %zu failed: %s: %s", n, xap_code_name(outcome->code),
                     outcome->error.message);
        if (outcome->result.leaked != 0)
            fail_msg("allocation %zu failed: %zu blocks leaked", n, outcome->result.leaked);
        leaked += outcome->result.library_leaked != 0;
        if (scenario->writes)
            look_at(path, outcome->code == XAP_OK);
        more = outcome->result.fired > 0;
    }
    /* the run that was not touched is clean all through */
    assert_int_equal(outcome->result.library_leaked, 0);
    print_message("# %s, %s: %zu faults fired in %zu runs; passed all the same: "
                  "%zu; libxapian leaked: %zu, ended the process: %zu\n",
                  name, mode == ALLOC_SWEEP_ONCE ? "the n-th" : "the n-th and on", fired, runs - 1,
                  passed, leaked, terminated);
    /* a sweep without a fault would prove nothing */
    assert_true(fired > 0);
    assert_int_equal(munmap(outcome, sizeof *outcome), 0);
}

#define SWEEP(name, is_writing, is_crashing)                                     \
    static void sweep_##name(void **state)                                       \
    {                                                                            \
        static const struct scenario scenario = {name, is_writing, is_crashing}; \
        sweep(state, &scenario, ALLOC_SWEEP_ONCE, #name);                        \
        sweep(state, &scenario, ALLOC_SWEEP_ALWAYS, #name);                      \
    }

SWEEP(stemming, false, false)
SWEEP(building, false, false)
SWEEP(asking, false, false)
SWEEP(reading, false, false)
SWEEP(searching, false, false)
SWEEP(writing, true, false)
SWEEP(copying, false, false)
SWEEP(deciding, false, false)
SWEEP(sourcing, false, false)
SWEEP(generating, false, false)
SWEEP(parsing, false, true)
SWEEP(measuring, false, false)
SWEEP(watching, false, false)

/* ---- Functions of the caller's, each of which fails once ---- */

/* How many calls are left, the last of them being the one that fails. */
static unsigned calls_left;

static enum xap_code
perhaps(struct xap_error *error)
{
    (void)error;
    return calls_left != 0 && --calls_left == 0 ? XAP_NETWORK_ERROR : XAP_OK;
}

static enum xap_code
perhaps_stem(void *data, const char *word, size_t length, const char **stem, size_t *stem_length,
             struct xap_error *error)
{
    (void)data;
    *stem = word;
    *stem_length = length;
    return perhaps(error);
}

static enum xap_code
perhaps_stop(void *data, const char *term, size_t length, bool *stop, struct xap_error *error)
{
    (void)data;
    *stop = length == 3 && memcmp(term, "the", 3) == 0;
    return perhaps(error);
}

static enum xap_code
perhaps_field(void *data, const char *text, size_t length, struct xap_query **query,
              struct xap_error *error)
{
    enum xap_code code = perhaps(error);

    (void)data;
    return code == XAP_OK ? xap_query_new_term(text, length, 1, 0, query, error) : code;
}

static enum xap_code
perhaps_range(void *data, const char *begin, size_t begin_length, const char *end,
              size_t end_length, struct xap_query **query, struct xap_error *error)
{
    (void)end;
    (void)end_length;
    return perhaps_field(data, begin, begin_length, query, error);
}

/* Reads text with all four kinds of functions. */
static enum xap_code
parsing_perhaps(const char *text, struct xap_error *error)
{
    static const struct xap_stem_functions of_stem = {perhaps_stem, NULL, NULL};
    static const struct xap_stopper_functions of_stopper = {perhaps_stop, NULL, NULL};
    static const struct xap_field_processor_functions of_field = {perhaps_field, NULL};
    static const struct xap_range_processor_functions of_range = {perhaps_range, NULL};
    struct xap_query_parser *parser = NULL;
    struct xap_stem *stem = NULL;
    struct xap_stopper *stopper = NULL;
    struct xap_field_processor *field = NULL;
    struct xap_range_processor *range = NULL;
    struct xap_query *query = NULL;
    enum xap_code code;

    TRY(xap_query_parser_new(&parser, error));
    TRY(xap_stem_new_implementation(&of_stem, NULL, &stem, error));
    TRY(xap_query_parser_set_stemmer(parser, stem, error));
    TRY(xap_query_parser_set_stemming_strategy(parser, XAP_QUERY_PARSER_STEM_SOME, error));
    TRY(xap_stopper_new(&of_stopper, NULL, &stopper, error));
    TRY(xap_query_parser_set_stopper(parser, stopper, error));
    TRY(xap_field_processor_new(&of_field, NULL, &field, error));
    TRY(xap_query_parser_add_prefix_processor(parser, "field", field, error));
    TRY(xap_query_parser_add_boolean_prefix_processor(parser, "filter", field, NULL, error));
    TRY(xap_range_processor_new(&of_range, NULL, 0, NULL, 0, &range, error));
    TRY(xap_query_parser_add_rangeprocessor(parser, range, NULL, error));
    TRY(xap_query_parser_parse_query(parser, text, strlen(text), XAP_QUERY_PARSER_FLAG_DEFAULT,
                                     NULL, 0, &query, error));
done:
    xap_query_free(query);
    xap_range_processor_free(range);
    xap_field_processor_free(field);
    xap_stopper_free(stopper);
    xap_stem_free(stem);
    xap_query_parser_free(parser);
    return code;
}

/* Nothing is lost when the n-th call of a function of the caller's fails, for each n. */
static void
fail_each(enum xap_code (*run)(const char *, struct xap_error *), const char *path, unsigned least)
{
    struct alloc_sweep_result result;
    struct xap_error error;
    unsigned n = 0;
    enum xap_code code;

    calls_left = 0;
    OK(run(path, &error));
    do {
        calls_left = ++n;
        alloc_sweep_arm(SIZE_MAX, ALLOC_SWEEP_ONCE);
        code = run(path, &error);
        alloc_sweep_disarm(&result);
        if (calls_left == 0)
            FAILS(XAP_NETWORK_ERROR, code);
        else
            OK(code);
        if (result.leaked != 0 || result.library_leaked != 0)
            fail_msg("%s: call %u failed: %zu and %zu blocks leaked", path, n, result.leaked,
                     result.library_leaked);
    } while (calls_left == 0);
    assert_in_range(n, least + 1, 1000);
}

static void
failures_while_parsing(void **state)
{
    static const char *const texts[] = {
        "one the two +three -four",
        "+one -two filter:a filter:b field:c a..b the",
        "filter:a one -field:b +field:c",
        "(one AND the) OR (two NEAR three) XOR field:c NOT filter:b",
        "a..b c..d \"one the two\" +field:x",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        fail_each(parsing_perhaps, texts[i], 3);
}

static enum xap_code
perhaps_tell(void *data, const char *table, const char *status, struct xap_error *error)
{
    (void)data;
    (void)table;
    (void)status;
    return perhaps(error);
}

static enum xap_code
perhaps_resolve(void *data, const char *key, size_t key_length, const char *const *values,
                const size_t *lengths, size_t count, const char **value, size_t *value_length,
                struct xap_error *error)
{
    (void)data;
    (void)key;
    (void)key_length;
    *value = values[count - 1];
    *value_length = lengths[count - 1];
    return perhaps(error);
}

static enum xap_code
watching_perhaps(const char *path, struct xap_error *error)
{
    static const struct xap_compactor_functions of_compactor = {perhaps_tell, perhaps_resolve,
                                                                NULL};
    struct xap_database *database = NULL, *both = NULL;
    struct xap_compactor *compactor = NULL;
    char output[1024];
    enum xap_code code;

    snprintf(output, sizeof output, "%s.watched", path);
    TRY(xap_database_new_open(path, 0, &database, error));
    TRY(xap_database_new(&both, error));
    TRY(xap_database_add_database(both, database, error));
    TRY(xap_database_add_database(both, database, error));
    TRY(xap_compactor_new(&of_compactor, NULL, &compactor, error));
    TRY(xap_database_compact_compactor(both, output, XAP_DBCOMPACT_SINGLE_FILE, 0, compactor,
                                       error));
done:
    xap_compactor_free(compactor);
    xap_database_free(both);
    xap_database_free(database);
    return code;
}

static void
failures_while_compacting(void **state)
{
    char path[1024];

    snprintf(path, sizeof path, "%s", shim_path(state, "db"));
    shim_sample(path);
    fail_each(watching_perhaps, path, 10);
}

#define TEST(title, name)                                                                    \
    {                                                                                        \
        "no allocation is missed when " title, sweep_##name, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("stemming", stemming),
        TEST("building a document", building),
        TEST("building queries", asking),
        TEST("reading a database", reading),
        TEST("searching", searching),
        TEST("writing", writing),
        TEST("compacting and checking", copying),
        TEST("deciding, sorting and spying", deciding),
        TEST("posting sources are used", sourcing),
        TEST("text becomes terms", generating),
        TEST("queries are read", parsing),
        TEST("places are measured", measuring),
        TEST("a compaction is watched", watching),
        {"a function that fails while a query is read loses nothing", failures_while_parsing,
         shim_setup, shim_teardown, NULL},
        {"a function that fails in a compaction loses nothing", failures_while_compacting,
         shim_setup, shim_teardown, NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-alloc", tests, NULL, NULL);
}
