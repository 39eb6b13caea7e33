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

#include <stdio.h>
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
    size_t fired = 0, passed = 0, leaked = 0, terminated = 0, n = 0;
    int status;

    snprintf(path, sizeof path, "%s", shim_path(state, "db"));
    outcome =
        mmap(NULL, sizeof *outcome, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(outcome != MAP_FAILED);
    shim_sample(path);
    /* once untouched, for what libraries allocate once and keep */
    OK(scenario->run(path, &error));
    do {
        if (scenario->writes)
            shim_sample(path);
        memset(outcome, 0, sizeof *outcome);
        run_apart(scenario, path, ++n, mode, outcome, &status);
        if (!WIFEXITED(status))
            fail_msg("allocation %zu failed: signal %d", n, WTERMSIG(status));
        if (WEXITSTATUS(status) == TERMINATED) {
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
    } while (outcome->result.fired > 0);
    /* the run that was not touched is clean all through */
    assert_int_equal(outcome->result.library_leaked, 0);
    print_message("# %s, %s: %zu faults fired in %zu runs; passed all the same: "
                  "%zu; libxapian leaked: %zu, ended the process: %zu\n",
                  name, mode == ALLOC_SWEEP_ONCE ? "the n-th" : "the n-th and on", fired, n - 1,
                  passed, leaked, terminated);
    /* a sweep without a fault would prove nothing */
    assert_true(fired > 0);
    assert_int_equal(munmap(outcome, sizeof *outcome), 0);
}

#define SWEEP(name, is_writing)                                     \
    static void sweep_##name(void **state)                          \
    {                                                               \
        static const struct scenario scenario = {name, is_writing}; \
        sweep(state, &scenario, ALLOC_SWEEP_ONCE, #name);           \
        sweep(state, &scenario, ALLOC_SWEEP_ALWAYS, #name);         \
    }

SWEEP(stemming, false)
SWEEP(building, false)
SWEEP(asking, false)
SWEEP(reading, false)
SWEEP(searching, false)
SWEEP(writing, true)
SWEEP(copying, false)

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
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-alloc", tests, NULL, NULL);
}
