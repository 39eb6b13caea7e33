/* shim-registry.c - finding kinds by name
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

static enum xap_code
weigh(void *data, const struct xap_weight_stats *stats, xap_termcount wdf,
      xap_termcount document_length, xap_termcount unique_terms, double *weight,
      struct xap_error *error)
{
    (void)stats;
    (void)document_length;
    (void)unique_terms;
    *weight = wdf;
    return shim_own_called(data, error);
}

static enum xap_code
weigh_most(void *data, const struct xap_weight_stats *stats, double *weight,
           struct xap_error *error)
{
    (void)stats;
    *weight = 1;
    return shim_own_called(data, error);
}

static enum xap_code
observe(void *data, const struct xap_document *document, double weight, struct xap_error *error)
{
    (void)document;
    (void)weight;
    return shim_own_called(data, error);
}

static enum xap_code
distance(void *data, const struct xap_lat_long_coord *first,
         const struct xap_lat_long_coord *second, double *metres, struct xap_error *error)
{
    (void)first;
    (void)second;
    *metres = 7;
    return shim_own_called(data, error);
}

static void
kinds_are_found_by_name(void **state)
{
    static const struct xap_weight_functions weighing = {
        "Test::Weight", weigh, weigh_most, NULL, NULL, NULL, NULL, NULL, NULL, shim_own_destroy};
    static const struct xap_match_spy_functions spying = {
        "Test::Spy", observe, NULL, NULL, NULL, NULL, NULL, NULL, shim_own_destroy};
    static const struct xap_match_spy_functions nameless = {
        NULL, observe, NULL, NULL, NULL, NULL, NULL, NULL, shim_own_destroy};
    static const struct xap_lat_long_metric_functions measuring = {
        "Test::Metric", distance, NULL, NULL, NULL, shim_own_destroy};
    static const char *const sources[] = {
        "Xapian::DecreasingValueWeightPostingSource", "Xapian::ValueMapPostingSource",
        "Xapian::FixedWeightPostingSource", "Xapian::LatLongDistancePostingSource"};
    static const char *const weights[] = {
        "Xapian::BoolWeight", "Xapian::TfIdfWeight", "Xapian::BM25PlusWeight", "Xapian::TradWeight",
        "Xapian::InL2Weight", "Xapian::IfB2Weight",  "Xapian::IneB2Weight",    "Xapian::BB2Weight",
        "Xapian::DLHWeight",  "Xapian::PL2Weight",   "Xapian::PL2PlusWeight",  "Xapian::DPHWeight",
        "Xapian::LMWeight",   "Xapian::CoordWeight"};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_registry *registry;
    struct xap_weight *weight;
    struct xap_posting_source *source;
    struct xap_match_spy *spy;
    struct xap_lat_long_metric *metric;
    const char *bytes;
    size_t length;

    (void)state;
    OK(xap_registry_new(&registry, &error));
    /* Xapian's own are there */
    OK(xap_registry_get_weighting_scheme(registry, "Xapian::BM25Weight", &weight, &error));
    OK(xap_weight_name(weight, &bytes, &length, &error));
    assert_bytes(bytes, length, "Xapian::BM25Weight");
    xap_weight_free(weight);
    OK(xap_registry_get_posting_source(registry, "Xapian::ValueWeightPostingSource", &source,
                                       &error));
    OK(xap_posting_source_name(source, &bytes, &length, &error));
    assert_bytes(bytes, length, "Xapian::ValueWeightPostingSource");
    xap_posting_source_free(source);
    OK(xap_registry_get_match_spy(registry, "Xapian::ValueCountMatchSpy", &spy, &error));
    OK(xap_match_spy_name(spy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Xapian::ValueCountMatchSpy");
    xap_match_spy_free(spy);
    /* one with a slot takes its place */
    OK(xap_value_count_match_spy_new(3, &spy, &error));
    OK(xap_registry_register_match_spy(registry, spy, &error));
    xap_match_spy_free(spy);
    OK(xap_registry_get_match_spy(registry, "Xapian::ValueCountMatchSpy", &spy, &error));
    assert_int_equal(xap_value_count_match_spy_get_total(spy), 0);
    xap_match_spy_free(spy);
    OK(xap_registry_get_lat_long_metric(registry, "Xapian::GreatCircleMetric", &metric, &error));
    assert_non_null(metric);
    xap_lat_long_metric_free(metric);

    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        OK(xap_registry_get_posting_source(registry, sources[i], &source, &error));
        assert_non_null(source);
        xap_posting_source_free(source);
    }
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        OK(xap_registry_get_weighting_scheme(registry, weights[i], &weight, &error));
        assert_non_null(weight);
        xap_weight_free(weight);
    }
    /* others are not, until they are registered */
    OK(xap_registry_get_weighting_scheme(registry, "Test::Weight", &weight, &error));
    assert_null(weight);
    OK(xap_registry_get_posting_source(registry, "none", &source, &error));
    assert_null(source);
    OK(xap_registry_get_match_spy(registry, "none", &spy, &error));
    assert_null(spy);
    OK(xap_registry_get_lat_long_metric(registry, "none", &metric, &error));
    assert_null(metric);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_registry_get_lat_long_metric(registry, NULL, &metric, &error));

    OK(xap_weight_new(&weighing, &own, 0, &weight, &error));
    OK(xap_registry_register_weighting_scheme(registry, weight, &error));
    xap_weight_free(weight);
    OK(xap_match_spy_new(&spying, &own, &spy, &error));
    OK(xap_registry_register_match_spy(registry, spy, &error));
    xap_match_spy_free(spy);
    OK(xap_lat_long_metric_new(&measuring, &own, &metric, &error));
    OK(xap_registry_register_lat_long_metric(registry, metric, &error));
    xap_lat_long_metric_free(metric);
    OK(xap_value_map_posting_source_new(3, &source, &error));
    OK(xap_registry_register_posting_source(registry, source, &error));
    xap_posting_source_free(source);
    assert_int_equal(own.destroyed, 0);
    OK(xap_registry_get_weighting_scheme(registry, "Test::Weight", &weight, &error));
    OK(xap_registry_get_match_spy(registry, "Test::Spy", &spy, &error));
    OK(xap_registry_get_lat_long_metric(registry, "Test::Metric", &metric, &error));
    xap_registry_free(registry);
    /* what was got outlives the registry */
    OK(xap_weight_name(weight, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Weight");
    OK(xap_match_spy_name(spy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Spy");
    OK(xap_lat_long_metric_name(metric, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Metric");
    xap_weight_free(weight);
    xap_match_spy_free(spy);
    xap_lat_long_metric_free(metric);
    assert_int_equal(own.destroyed, 3);

    OK(xap_registry_new(&registry, &error));
    OK(xap_match_spy_new(&nameless, &own, &spy, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_registry_register_match_spy(registry, spy, &error));
    xap_match_spy_free(spy);
    xap_registry_free(registry);
}

static void
queries_with_sources_are_read_back(void **state)
{
    struct xap_error error;
    struct xap_database *database;
    struct xap_registry *registry;
    struct xap_posting_source *source;
    struct xap_query *query, *same;
    struct xap_mset *mset;
    const char *bytes;
    size_t length;

    shim_sample(shim_path(state, "db"));
    OK(xap_database_new_open(shim_path(state, "db"), 0, &database, &error));
    OK(xap_value_posting_source_new(1, &source, &error));
    OK(xap_query_new_posting_source(source, &query, &error));
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_query_serialise(query, &bytes, &length, &error));
    xap_query_free(query);
    xap_posting_source_free(source);
    OK(xap_fixed_weight_posting_source_new(2, &source, &error));
    OK(xap_query_new_posting_source(source, &query, &error));
    xap_posting_source_free(source);
    OK(xap_query_serialise(query, &bytes, &length, &error));
    OK(xap_registry_new(&registry, &error));
    OK(xap_query_new_unserialise_registry(bytes, length, registry, &same, &error));
    xap_registry_free(registry);
    mset = shim_search(database, same);
    assert_int_equal(xap_mset_size(mset), 5);
    xap_mset_free(mset);
    xap_query_free(same);
    FAILS(XAP_BAD_HANDLE, xap_query_new_unserialise_registry(bytes, length, NULL, &same, &error));
    assert_null(same);
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
        TEST("kinds are found by name", kinds_are_found_by_name),
        TEST("queries with sources are read back", queries_with_sources_are_read_back),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-registry", tests, NULL, NULL);
}
