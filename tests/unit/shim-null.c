/* shim-null.c - every function with nothing at all: NULL handles, NULL bytes, NULL places for
 * results
 *
 * What takes no handle, and needs no place for its result, is not here.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

#include <math.h>

/* The call fails, for want of a handle, a place or bytes, and describes it. */
static void
refused(enum xap_code code, struct xap_error *error, const char *call, int line)
{
    if (code != XAP_BAD_HANDLE && code != XAP_INVALID_ARGUMENT_ERROR) {
        print_error("%s: %s\n", call, xap_code_name(code));
        _fail(__FILE__, line);
    }
    shim_expect(code, code, error, call, __FILE__, line);
}

#define REFUSED(call) refused((call), &error, #call, __LINE__)

static void
nothing_for_the_common(void **state)
{
    struct xap_error error;

    (void)state;
    assert_int_equal(xap_error_get_description(NULL, NULL, 0), 0);
    xap_free(NULL);
    REFUSED(xap_stem_new(NULL, NULL, &error));
    REFUSED(xap_stem_new_none(NULL, &error));
    REFUSED(xap_stem_new_fallback(NULL, false, NULL, &error));
    REFUSED(xap_stem_apply(NULL, NULL, 0, NULL, NULL, &error));
    assert_false(xap_stem_is_none(NULL));
    REFUSED(xap_stem_get_description(NULL, NULL, NULL, &error));
    xap_stem_free(NULL);
    REFUSED(xap_document_new(NULL, &error));
    xap_document_free(NULL);
    REFUSED(xap_document_add_term(NULL, NULL, 0, 0, &error));
    REFUSED(xap_document_add_boolean_term(NULL, NULL, 0, &error));
    REFUSED(xap_document_add_posting(NULL, NULL, 0, 0, 0, &error));
    REFUSED(xap_document_add_postings(NULL, NULL, 0, NULL, 0, 0, &error));
    REFUSED(xap_document_remove_posting(NULL, NULL, 0, 0, 0, &error));
    REFUSED(xap_document_remove_postings(NULL, NULL, 0, 0, 0, 0, NULL, &error));
    REFUSED(xap_document_remove_term(NULL, NULL, 0, &error));
    REFUSED(xap_document_clear_terms(NULL, &error));
    REFUSED(xap_document_add_value(NULL, 0, NULL, 0, &error));
    REFUSED(xap_document_remove_value(NULL, 0, &error));
    REFUSED(xap_document_clear_values(NULL, &error));
    REFUSED(xap_document_set_data(NULL, NULL, 0, &error));
    REFUSED(xap_document_get_value(NULL, 0, NULL, NULL, &error));
    REFUSED(xap_document_get_data(NULL, NULL, NULL, &error));
    REFUSED(xap_document_get_docid(NULL, NULL, &error));
    REFUSED(xap_document_termlist_count(NULL, NULL, &error));
    REFUSED(xap_document_termlist_begin(NULL, NULL, &error));
    REFUSED(xap_document_values_count(NULL, NULL, &error));
    REFUSED(xap_document_values_begin(NULL, NULL, &error));
    REFUSED(xap_document_serialise(NULL, NULL, NULL, &error));
    REFUSED(xap_document_new_unserialise(NULL, 0, NULL, &error));
    REFUSED(xap_document_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_database_new(NULL, &error));
    REFUSED(xap_database_new_open(NULL, 0, NULL, &error));
    REFUSED(xap_database_new_open_fd(-1, 0, NULL, &error));
    xap_database_free(NULL);
    REFUSED(xap_database_add_database(NULL, NULL, &error));
    assert_int_equal(xap_database_size(NULL), 0);
    REFUSED(xap_database_reopen(NULL, NULL, &error));
    REFUSED(xap_database_close(NULL, &error));
    REFUSED(xap_database_keep_alive(NULL, &error));
    REFUSED(xap_database_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_database_get_doccount(NULL, NULL, &error));
    REFUSED(xap_database_get_lastdocid(NULL, NULL, &error));
    REFUSED(xap_database_get_average_length(NULL, NULL, &error));
    REFUSED(xap_database_get_total_length(NULL, NULL, &error));
    REFUSED(xap_database_get_doclength(NULL, 0, NULL, &error));
    REFUSED(xap_database_get_doclength_lower_bound(NULL, NULL, &error));
    REFUSED(xap_database_get_doclength_upper_bound(NULL, NULL, &error));
    REFUSED(xap_database_get_unique_terms(NULL, 0, NULL, &error));
    REFUSED(xap_database_get_termfreq(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_database_get_collection_freq(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_database_get_wdf_upper_bound(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_database_term_exists(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_database_has_positions(NULL, NULL, &error));
    REFUSED(xap_database_get_value_freq(NULL, 0, NULL, &error));
    REFUSED(xap_database_get_value_lower_bound(NULL, 0, NULL, NULL, &error));
    REFUSED(xap_database_get_value_upper_bound(NULL, 0, NULL, NULL, &error));
    REFUSED(xap_database_get_document(NULL, 0, 0, NULL, &error));
    REFUSED(xap_database_get_metadata(NULL, NULL, 0, NULL, NULL, &error));
    REFUSED(xap_database_metadata_keys_begin(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_database_allterms_begin(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_database_termlist_begin(NULL, 0, NULL, &error));
    REFUSED(xap_database_postlist_begin(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_database_positionlist_begin(NULL, 0, NULL, 0, NULL, &error));
    REFUSED(xap_database_valuestream_begin(NULL, 0, NULL, &error));
    REFUSED(xap_database_get_spelling_suggestion(NULL, NULL, 0, 0, NULL, NULL, &error));
    REFUSED(xap_database_spellings_begin(NULL, NULL, &error));
    REFUSED(xap_database_synonyms_begin(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_database_synonym_keys_begin(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_database_get_uuid(NULL, NULL, NULL, &error));
    REFUSED(xap_database_get_revision(NULL, NULL, &error));
    REFUSED(xap_database_locked(NULL, NULL, &error));
    xap_term_iterator_free(NULL);
    assert_true(xap_term_iterator_at_end(NULL));
    REFUSED(xap_term_iterator_get(NULL, NULL, NULL, &error));
    REFUSED(xap_term_iterator_next(NULL, &error));
    REFUSED(xap_term_iterator_skip_to(NULL, NULL, 0, &error));
    REFUSED(xap_term_iterator_get_wdf(NULL, NULL, &error));
    REFUSED(xap_term_iterator_get_termfreq(NULL, NULL, &error));
    REFUSED(xap_term_iterator_positionlist_count(NULL, NULL, &error));
    REFUSED(xap_term_iterator_positionlist_begin(NULL, NULL, &error));
    assert_false(xap_term_iterator_equal(NULL, NULL));
    REFUSED(xap_term_iterator_get_description(NULL, NULL, NULL, &error));
    xap_posting_iterator_free(NULL);
    assert_true(xap_posting_iterator_at_end(NULL));
    REFUSED(xap_posting_iterator_get(NULL, NULL, &error));
    REFUSED(xap_posting_iterator_next(NULL, &error));
    REFUSED(xap_posting_iterator_skip_to(NULL, 0, &error));
    REFUSED(xap_posting_iterator_get_wdf(NULL, NULL, &error));
    REFUSED(xap_posting_iterator_get_doclength(NULL, NULL, &error));
    REFUSED(xap_posting_iterator_get_unique_terms(NULL, NULL, &error));
    REFUSED(xap_posting_iterator_positionlist_begin(NULL, NULL, &error));
    assert_false(xap_posting_iterator_equal(NULL, NULL));
    REFUSED(xap_posting_iterator_get_description(NULL, NULL, NULL, &error));
    xap_position_iterator_free(NULL);
    assert_true(xap_position_iterator_at_end(NULL));
    REFUSED(xap_position_iterator_get(NULL, NULL, &error));
    REFUSED(xap_position_iterator_next(NULL, &error));
    REFUSED(xap_position_iterator_skip_to(NULL, 0, &error));
    assert_false(xap_position_iterator_equal(NULL, NULL));
    REFUSED(xap_position_iterator_get_description(NULL, NULL, NULL, &error));
    xap_value_iterator_free(NULL);
    assert_true(xap_value_iterator_at_end(NULL));
    REFUSED(xap_value_iterator_get(NULL, NULL, NULL, &error));
    REFUSED(xap_value_iterator_next(NULL, &error));
    REFUSED(xap_value_iterator_skip_to(NULL, 0, &error));
    REFUSED(xap_value_iterator_check(NULL, 0, NULL, &error));
    REFUSED(xap_value_iterator_get_docid(NULL, NULL, &error));
    REFUSED(xap_value_iterator_get_valueno(NULL, NULL, &error));
    assert_false(xap_value_iterator_equal(NULL, NULL));
    REFUSED(xap_value_iterator_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_query_new_term(NULL, 0, 0, 0, NULL, &error));
    REFUSED(xap_query_new_match_all(NULL, &error));
    REFUSED(xap_query_new_match_nothing(NULL, &error));
    REFUSED(xap_query_new_invalid(NULL, &error));
    REFUSED(xap_query_new_combine((enum xap_query_op)0, NULL, 0, 0, NULL, &error));
    REFUSED(xap_query_new_combine_terms((enum xap_query_op)0, NULL, NULL, 0, 0, NULL, &error));
    REFUSED(xap_query_new_scale_weight(0, NULL, NULL, &error));
    REFUSED(xap_query_new_value_range(0, NULL, 0, NULL, 0, NULL, &error));
    REFUSED(xap_query_new_value_ge(0, NULL, 0, NULL, &error));
    REFUSED(xap_query_new_value_le(0, NULL, 0, NULL, &error));
    REFUSED(xap_query_new_wildcard(NULL, 0, 0, (enum xap_query_wildcard_limit)0,
                                   (enum xap_query_op)0, NULL, &error));
    REFUSED(xap_query_new_unserialise(NULL, 0, NULL, &error));
    xap_query_free(NULL);
    REFUSED(xap_query_serialise(NULL, NULL, NULL, &error));
    REFUSED(xap_query_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_query_get_terms_begin(NULL, NULL, &error));
    REFUSED(xap_query_get_unique_terms_begin(NULL, NULL, &error));
    assert_false(xap_query_empty(NULL));
    assert_int_equal(xap_query_get_length(NULL), 0);
    assert_int_equal(xap_query_get_num_subqueries(NULL), 0);
    REFUSED(xap_query_get_subquery(NULL, 0, NULL, &error));
    REFUSED(xap_weight_new_bool(NULL, &error));
    REFUSED(xap_weight_new_coord(NULL, &error));
    REFUSED(xap_weight_new_bm25(0, 0, 0, 0, 0, NULL, &error));
    REFUSED(xap_weight_new_bm25_plus(0, 0, 0, 0, 0, 0, NULL, &error));
    REFUSED(xap_weight_new_trad(0, NULL, &error));
    REFUSED(xap_weight_new_tf_idf(NULL, NULL, &error));
    REFUSED(xap_weight_new_in_l2(0, NULL, &error));
    REFUSED(xap_weight_new_if_b2(0, NULL, &error));
    REFUSED(xap_weight_new_ine_b2(0, NULL, &error));
    REFUSED(xap_weight_new_bb2(0, NULL, &error));
    REFUSED(xap_weight_new_dlh(NULL, &error));
    REFUSED(xap_weight_new_dph(NULL, &error));
    REFUSED(xap_weight_new_pl2(0, NULL, &error));
    REFUSED(xap_weight_new_pl2_plus(0, 0, NULL, &error));
    xap_weight_free(NULL);
    REFUSED(xap_weight_name(NULL, NULL, NULL, &error));
    REFUSED(xap_rset_new(NULL, &error));
    xap_rset_free(NULL);
    REFUSED(xap_rset_add_document(NULL, 0, &error));
    REFUSED(xap_rset_remove_document(NULL, 0, &error));
    assert_false(xap_rset_contains(NULL, 0));
    assert_int_equal(xap_rset_size(NULL), 0);
    assert_false(xap_rset_empty(NULL));
    REFUSED(xap_rset_add_document_item(NULL, NULL, 0, &error));
    REFUSED(xap_rset_remove_document_item(NULL, NULL, 0, &error));
    assert_false(xap_rset_contains_item(NULL, NULL, 0));
    REFUSED(xap_rset_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_enquire_new(NULL, NULL, &error));
    xap_enquire_free(NULL);
    REFUSED(xap_enquire_set_query(NULL, NULL, 0, &error));
    REFUSED(xap_enquire_get_query(NULL, NULL, &error));
    REFUSED(xap_enquire_set_weighting_scheme(NULL, NULL, &error));
    REFUSED(xap_enquire_set_expansion_scheme(NULL, NULL, 0, &error));
    REFUSED(xap_enquire_set_collapse_key(NULL, 0, 0, &error));
    REFUSED(xap_enquire_set_docid_order(NULL, (enum xap_enquire_docid_order)0, &error));
    REFUSED(xap_enquire_set_cutoff(NULL, 0, 0, &error));
    REFUSED(xap_enquire_set_sort_by_relevance(NULL, &error));
    REFUSED(xap_enquire_set_sort_by_value(NULL, 0, false, &error));
    REFUSED(xap_enquire_set_sort_by_value_then_relevance(NULL, 0, false, &error));
    REFUSED(xap_enquire_set_sort_by_relevance_then_value(NULL, 0, false, &error));
    REFUSED(xap_enquire_set_time_limit(NULL, 0, &error));
    REFUSED(xap_enquire_add_matchspy(NULL, NULL, &error));
    REFUSED(xap_enquire_clear_matchspies(NULL, &error));
    REFUSED(xap_enquire_get_mset(NULL, 0, 0, 0, NULL, NULL, &error));
    REFUSED(xap_enquire_get_eset(NULL, 0, NULL, 0, 0, NULL, &error));
    REFUSED(xap_enquire_get_matching_terms_begin(NULL, 0, NULL, &error));
    REFUSED(xap_enquire_get_matching_terms_begin_item(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_enquire_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_mset_new(NULL, &error));
    xap_mset_free(NULL);
    assert_int_equal(xap_mset_size(NULL), 0);
    assert_false(xap_mset_empty(NULL));
    assert_int_equal(xap_mset_get_firstitem(NULL), 0);
    assert_int_equal(xap_mset_get_matches_lower_bound(NULL), 0);
    assert_int_equal(xap_mset_get_matches_estimated(NULL), 0);
    assert_int_equal(xap_mset_get_matches_upper_bound(NULL), 0);
    assert_int_equal(xap_mset_get_uncollapsed_matches_lower_bound(NULL), 0);
    assert_int_equal(xap_mset_get_uncollapsed_matches_estimated(NULL), 0);
    assert_int_equal(xap_mset_get_uncollapsed_matches_upper_bound(NULL), 0);
    assert_true(isnan(0.0 * xap_mset_get_max_attained(NULL)) ||
                xap_mset_get_max_attained(NULL) <= 0);
    assert_true(isnan(0.0 * xap_mset_get_max_possible(NULL)) ||
                xap_mset_get_max_possible(NULL) <= 0);
    REFUSED(xap_mset_get_termfreq(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_mset_get_termweight(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_mset_convert_to_percent(NULL, 0, NULL, &error));
    REFUSED(xap_mset_convert_to_percent_item(NULL, 0, NULL, &error));
    REFUSED(xap_mset_fetch(NULL, &error));
    REFUSED(xap_mset_get_docid(NULL, 0, NULL, &error));
    REFUSED(xap_mset_get_weight(NULL, 0, NULL, &error));
    REFUSED(xap_mset_get_percent(NULL, 0, NULL, &error));
    REFUSED(xap_mset_get_rank(NULL, 0, NULL, &error));
    REFUSED(xap_mset_get_document(NULL, 0, NULL, &error));
    REFUSED(xap_mset_get_collapse_count(NULL, 0, NULL, &error));
    REFUSED(xap_mset_get_collapse_key(NULL, 0, NULL, NULL, &error));
    REFUSED(xap_mset_get_sort_key(NULL, 0, NULL, NULL, &error));
    REFUSED(xap_mset_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_mset_item_get_description(NULL, 0, NULL, NULL, &error));
    REFUSED(xap_mset_snippet(NULL, NULL, 0, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, &error));
    REFUSED(xap_eset_new(NULL, &error));
    xap_eset_free(NULL);
    assert_int_equal(xap_eset_size(NULL), 0);
    assert_false(xap_eset_empty(NULL));
    assert_int_equal(xap_eset_get_ebound(NULL), 0);
    REFUSED(xap_eset_get_term(NULL, 0, NULL, NULL, &error));
    REFUSED(xap_eset_get_weight(NULL, 0, NULL, &error));
    REFUSED(xap_eset_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_eset_item_get_description(NULL, 0, NULL, NULL, &error));
    REFUSED(xap_value_count_match_spy_new(0, NULL, &error));
    xap_match_spy_free(NULL);
    assert_int_equal(xap_value_count_match_spy_get_total(NULL), 0);
    REFUSED(xap_value_count_match_spy_values_begin(NULL, NULL, &error));
    REFUSED(xap_value_count_match_spy_top_values_begin(NULL, 0, NULL, &error));
}

static void
nothing_for_write(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_writable_database_new(NULL, &error));
    REFUSED(xap_writable_database_new_open(NULL, 0, 0, NULL, &error));
    xap_writable_database_free(NULL);
    assert_null(xap_writable_database_as_database(NULL));
    REFUSED(xap_writable_database_add_database(NULL, NULL, &error));
    REFUSED(xap_writable_database_close(NULL, &error));
    REFUSED(xap_writable_database_commit(NULL, &error));
    REFUSED(xap_writable_database_begin_transaction(NULL, false, &error));
    REFUSED(xap_writable_database_commit_transaction(NULL, &error));
    REFUSED(xap_writable_database_cancel_transaction(NULL, &error));
    REFUSED(xap_writable_database_add_document(NULL, NULL, NULL, &error));
    REFUSED(xap_writable_database_replace_document(NULL, 0, NULL, &error));
    REFUSED(xap_writable_database_replace_document_by_term(NULL, NULL, 0, NULL, NULL, &error));
    REFUSED(xap_writable_database_delete_document(NULL, 0, &error));
    REFUSED(xap_writable_database_delete_document_by_term(NULL, NULL, 0, &error));
    REFUSED(xap_writable_database_set_metadata(NULL, NULL, 0, NULL, 0, &error));
    REFUSED(xap_writable_database_add_spelling(NULL, NULL, 0, 0, &error));
    REFUSED(xap_writable_database_remove_spelling(NULL, NULL, 0, 0, &error));
    REFUSED(xap_writable_database_add_synonym(NULL, NULL, 0, NULL, 0, &error));
    REFUSED(xap_writable_database_remove_synonym(NULL, NULL, 0, NULL, 0, &error));
    REFUSED(xap_writable_database_clear_synonyms(NULL, NULL, 0, &error));
    REFUSED(xap_remote_open_writable(NULL, 0, 0, 0, 0, NULL, &error));
    REFUSED(xap_remote_open_writable_program(NULL, NULL, 0, 0, NULL, &error));
    REFUSED(xap_database_check(NULL, 0, NULL, NULL, &error));
    FAILS(XAP_DATABASE_OPENING_ERROR, xap_database_check_fd(-1, 0, NULL, NULL, &error));
    REFUSED(xap_database_compact(NULL, NULL, 0, 0, &error));
    REFUSED(xap_database_compact_fd(NULL, -1, 0, 0, &error));
    REFUSED(xap_compactor_new(NULL, NULL, NULL, &error));
    xap_compactor_free(NULL);
    REFUSED(xap_compactor_set_status(NULL, NULL, NULL, &error));
    REFUSED(
        xap_compactor_resolve_duplicate_metadata(NULL, NULL, 0, NULL, NULL, 0, NULL, NULL, &error));
    REFUSED(xap_database_compact_compactor(NULL, NULL, 0, 0, NULL, &error));
    REFUSED(xap_database_compact_fd_compactor(NULL, -1, 0, 0, NULL, &error));
}

static void
nothing_for_decide(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_match_decider_new(NULL, NULL, NULL, &error));
    REFUSED(xap_value_set_match_decider_new(0, false, NULL, &error));
    REFUSED(xap_value_set_match_decider_add_value(NULL, NULL, 0, &error));
    REFUSED(xap_value_set_match_decider_remove_value(NULL, NULL, 0, &error));
    xap_match_decider_free(NULL);
    REFUSED(xap_match_decider_apply(NULL, NULL, NULL, &error));
    REFUSED(xap_enquire_get_mset_decider(NULL, 0, 0, 0, NULL, NULL, NULL, &error));
    REFUSED(xap_expand_decider_new(NULL, NULL, NULL, &error));
    REFUSED(xap_expand_decider_and_new(NULL, NULL, NULL, &error));
    REFUSED(xap_expand_decider_filter_terms_new(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_expand_decider_filter_prefix_new(NULL, 0, NULL, &error));
    xap_expand_decider_free(NULL);
    REFUSED(xap_expand_decider_apply(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_enquire_get_eset_decider(NULL, 0, NULL, 0, NULL, 0, NULL, &error));
}

static void
nothing_for_geo(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_lat_long_coord_serialise(NULL, NULL, NULL, &error));
    FAILS(XAP_SERIALISATION_ERROR, xap_lat_long_coord_unserialise(NULL, 0, NULL, &error));
    REFUSED(xap_lat_long_coord_unserialise_next(NULL, NULL, NULL, &error));
    REFUSED(xap_lat_long_coord_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_lat_long_coords_new(NULL, &error));
    REFUSED(xap_lat_long_coords_new_coord(NULL, NULL, &error));
    xap_lat_long_coords_free(NULL);
    REFUSED(xap_lat_long_coords_append(NULL, NULL, &error));
    assert_int_equal(xap_lat_long_coords_size(NULL), 0);
    assert_false(xap_lat_long_coords_empty(NULL));
    REFUSED(xap_lat_long_coords_get(NULL, 0, NULL, &error));
    REFUSED(xap_lat_long_coords_serialise(NULL, NULL, NULL, &error));
    REFUSED(xap_lat_long_coords_unserialise(NULL, NULL, 0, &error));
    REFUSED(xap_lat_long_coords_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_lat_long_metric_new(NULL, NULL, NULL, &error));
    REFUSED(xap_great_circle_metric_new(NULL, &error));
    REFUSED(xap_great_circle_metric_new_radius(0, NULL, &error));
    xap_lat_long_metric_free(NULL);
    REFUSED(xap_lat_long_metric_pointwise_distance(NULL, NULL, NULL, NULL, &error));
    REFUSED(xap_lat_long_metric_apply(NULL, NULL, NULL, NULL, &error));
    REFUSED(xap_lat_long_metric_apply_serialised(NULL, NULL, NULL, 0, NULL, &error));
    REFUSED(xap_lat_long_metric_clone(NULL, NULL, &error));
    REFUSED(xap_lat_long_metric_name(NULL, NULL, NULL, &error));
    REFUSED(xap_lat_long_metric_serialise(NULL, NULL, NULL, &error));
    REFUSED(xap_lat_long_metric_unserialise(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_lat_long_distance_posting_source_new(0, NULL, NULL, 0, 0, 0, NULL, &error));
    REFUSED(xap_lat_long_distance_key_maker_new(0, NULL, NULL, NULL, NULL, &error));
}

static void
nothing_for_parse(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_range_processor_new(NULL, NULL, 0, NULL, 0, NULL, &error));
    REFUSED(xap_range_processor_new_slot(0, NULL, 0, NULL, &error));
    REFUSED(xap_date_range_processor_new(0, NULL, 0, 0, NULL, &error));
    REFUSED(xap_number_range_processor_new(0, NULL, 0, NULL, &error));
    xap_range_processor_free(NULL);
    REFUSED(xap_range_processor_apply(NULL, NULL, 0, NULL, 0, NULL, &error));
    REFUSED(xap_range_processor_check_range(NULL, NULL, 0, NULL, 0, NULL, &error));
    REFUSED(xap_field_processor_new(NULL, NULL, NULL, &error));
    xap_field_processor_free(NULL);
    REFUSED(xap_field_processor_apply(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_query_parser_new(NULL, &error));
    xap_query_parser_free(NULL);
    REFUSED(xap_query_parser_set_stemmer(NULL, NULL, &error));
    REFUSED(xap_query_parser_set_stopper(NULL, NULL, &error));
    REFUSED(xap_query_parser_set_stemming_strategy(NULL, (enum xap_query_parser_stem_strategy)0,
                                                   &error));
    REFUSED(xap_query_parser_set_default_op(NULL, (enum xap_query_op)0, &error));
    REFUSED(xap_query_parser_set_database(NULL, NULL, &error));
    REFUSED(
        xap_query_parser_set_max_expansion(NULL, 0, (enum xap_query_wildcard_limit)0, 0, &error));
    REFUSED(xap_query_parser_parse_query(NULL, NULL, 0, 0, NULL, 0, NULL, &error));
    REFUSED(xap_query_parser_add_prefix(NULL, NULL, NULL, &error));
    REFUSED(xap_query_parser_add_prefix_processor(NULL, NULL, NULL, &error));
    REFUSED(xap_query_parser_add_boolean_prefix(NULL, NULL, NULL, NULL, &error));
    REFUSED(xap_query_parser_add_boolean_prefix_processor(NULL, NULL, NULL, NULL, &error));
    REFUSED(xap_query_parser_add_rangeprocessor(NULL, NULL, NULL, &error));
    REFUSED(xap_query_parser_stoplist_begin(NULL, NULL, &error));
    REFUSED(xap_query_parser_unstem_begin(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_query_parser_get_corrected_query_string(NULL, NULL, NULL, &error));
    REFUSED(xap_query_parser_get_description(NULL, NULL, NULL, &error));
}

static void
nothing_for_registry(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_registry_new(NULL, &error));
    xap_registry_free(NULL);
    REFUSED(xap_registry_register_weighting_scheme(NULL, NULL, &error));
    REFUSED(xap_registry_register_posting_source(NULL, NULL, &error));
    REFUSED(xap_registry_register_match_spy(NULL, NULL, &error));
    REFUSED(xap_registry_register_lat_long_metric(NULL, NULL, &error));
    REFUSED(xap_registry_get_weighting_scheme(NULL, NULL, NULL, &error));
    REFUSED(xap_registry_get_posting_source(NULL, NULL, NULL, &error));
    REFUSED(xap_registry_get_match_spy(NULL, NULL, NULL, &error));
    REFUSED(xap_registry_get_lat_long_metric(NULL, NULL, NULL, &error));
    REFUSED(xap_query_new_unserialise_registry(NULL, 0, NULL, NULL, &error));
}

static void
nothing_for_remote(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_remote_open(NULL, 0, 0, 0, NULL, &error));
    REFUSED(xap_remote_open_program(NULL, NULL, 0, NULL, &error));
}

static void
nothing_for_sort(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_key_maker_new(NULL, NULL, NULL, &error));
    REFUSED(xap_multi_value_key_maker_new(NULL, &error));
    REFUSED(xap_multi_value_key_maker_new_slots(NULL, 0, NULL, &error));
    REFUSED(xap_multi_value_key_maker_add_value(NULL, 0, false, NULL, 0, &error));
    xap_key_maker_free(NULL);
    REFUSED(xap_key_maker_apply(NULL, NULL, NULL, NULL, &error));
    REFUSED(xap_enquire_set_sort_by_key(NULL, NULL, false, &error));
    REFUSED(xap_enquire_set_sort_by_key_then_relevance(NULL, NULL, false, &error));
    REFUSED(xap_enquire_set_sort_by_relevance_then_key(NULL, NULL, false, &error));
}

static void
nothing_for_source(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_posting_source_new(NULL, NULL, NULL, &error));
    REFUSED(xap_value_posting_source_new(0, NULL, &error));
    REFUSED(xap_value_weight_posting_source_new(0, NULL, &error));
    REFUSED(xap_decreasing_value_weight_posting_source_new(0, 0, 0, NULL, &error));
    REFUSED(xap_value_map_posting_source_new(0, NULL, &error));
    REFUSED(xap_value_map_posting_source_add_mapping(NULL, NULL, 0, 0, &error));
    REFUSED(xap_value_map_posting_source_clear_mappings(NULL, &error));
    REFUSED(xap_value_map_posting_source_set_default_weight(NULL, 0, &error));
    REFUSED(xap_fixed_weight_posting_source_new(0, NULL, &error));
    xap_posting_source_free(NULL);
    REFUSED(xap_query_new_posting_source(NULL, NULL, &error));
    REFUSED(xap_posting_source_init(NULL, NULL, &error));
    REFUSED(xap_posting_source_get_termfreq_min(NULL, NULL, &error));
    REFUSED(xap_posting_source_get_termfreq_est(NULL, NULL, &error));
    REFUSED(xap_posting_source_get_termfreq_max(NULL, NULL, &error));
    REFUSED(xap_posting_source_next(NULL, 0, &error));
    REFUSED(xap_posting_source_skip_to(NULL, 0, 0, &error));
    REFUSED(xap_posting_source_check(NULL, 0, 0, NULL, &error));
    REFUSED(xap_posting_source_at_end(NULL, NULL, &error));
    REFUSED(xap_posting_source_get_docid(NULL, NULL, &error));
    REFUSED(xap_posting_source_get_weight(NULL, NULL, &error));
    REFUSED(xap_posting_source_set_maxweight(NULL, 0, &error));
    assert_true(isnan(0.0 * xap_posting_source_get_maxweight(NULL)) ||
                xap_posting_source_get_maxweight(NULL) <= 0);
    REFUSED(xap_posting_source_clone(NULL, NULL, &error));
    REFUSED(xap_posting_source_name(NULL, NULL, NULL, &error));
    REFUSED(xap_posting_source_serialise(NULL, NULL, NULL, &error));
    REFUSED(xap_posting_source_unserialise(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_posting_source_unserialise_with_registry(NULL, NULL, 0, NULL, NULL, &error));
    REFUSED(xap_posting_source_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_value_posting_source_get_database(NULL, NULL, &error));
    REFUSED(xap_value_posting_source_get_slot(NULL, NULL, &error));
    REFUSED(xap_value_posting_source_get_value(NULL, NULL, NULL, &error));
    REFUSED(xap_value_posting_source_done(NULL, &error));
    REFUSED(xap_value_posting_source_get_started(NULL, NULL, &error));
    REFUSED(xap_value_posting_source_set_termfreq_min(NULL, 0, &error));
    REFUSED(xap_value_posting_source_set_termfreq_est(NULL, 0, &error));
    REFUSED(xap_value_posting_source_set_termfreq_max(NULL, 0, &error));
}

static void
nothing_for_spy(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_match_spy_new(NULL, NULL, NULL, &error));
    REFUSED(xap_match_spy_apply(NULL, NULL, 0, &error));
    REFUSED(xap_match_spy_clone(NULL, NULL, &error));
    REFUSED(xap_match_spy_name(NULL, NULL, NULL, &error));
    REFUSED(xap_match_spy_serialise(NULL, NULL, NULL, &error));
    REFUSED(xap_match_spy_unserialise(NULL, NULL, 0, NULL, NULL, &error));
    REFUSED(xap_match_spy_serialise_results(NULL, NULL, NULL, &error));
    REFUSED(xap_match_spy_merge_results(NULL, NULL, 0, &error));
    REFUSED(xap_match_spy_get_description(NULL, NULL, NULL, &error));
}

static void
nothing_for_text(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_stem_new_implementation(NULL, NULL, NULL, &error));
    REFUSED(xap_stopper_new(NULL, NULL, NULL, &error));
    REFUSED(xap_simple_stopper_new(NULL, &error));
    REFUSED(xap_simple_stopper_new_words(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_simple_stopper_add(NULL, NULL, 0, &error));
    xap_stopper_free(NULL);
    REFUSED(xap_stopper_apply(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_stopper_get_description(NULL, NULL, NULL, &error));
    REFUSED(xap_term_generator_new(NULL, &error));
    xap_term_generator_free(NULL);
    REFUSED(xap_term_generator_set_stemmer(NULL, NULL, &error));
    REFUSED(xap_term_generator_set_stopper(NULL, NULL, &error));
    REFUSED(xap_term_generator_set_document(NULL, NULL, &error));
    REFUSED(xap_term_generator_get_document(NULL, NULL, &error));
    REFUSED(xap_term_generator_set_database(NULL, NULL, &error));
    REFUSED(xap_term_generator_set_flags(NULL, 0, 0, NULL, &error));
    REFUSED(xap_term_generator_set_stemming_strategy(NULL, (enum xap_term_generator_stem_strategy)0,
                                                     &error));
    REFUSED(xap_term_generator_set_stopper_strategy(NULL, (enum xap_term_generator_stop_strategy)0,
                                                    &error));
    REFUSED(xap_term_generator_set_max_word_length(NULL, 0, &error));
    REFUSED(xap_term_generator_index_text(NULL, NULL, 0, 0, NULL, 0, &error));
    REFUSED(xap_term_generator_index_text_without_positions(NULL, NULL, 0, 0, NULL, 0, &error));
    REFUSED(xap_term_generator_index_text_iterator(NULL, NULL, 0, NULL, 0, &error));
    REFUSED(
        xap_term_generator_index_text_without_positions_iterator(NULL, NULL, 0, NULL, 0, &error));
    REFUSED(xap_term_generator_increase_termpos(NULL, 0, &error));
    assert_int_equal(xap_term_generator_get_termpos(NULL), 0);
    REFUSED(xap_term_generator_set_termpos(NULL, 0, &error));
    REFUSED(xap_term_generator_get_description(NULL, NULL, NULL, &error));
}

static void
nothing_for_unicode(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_utf8_iterator_new(NULL, 0, NULL, &error));
    xap_utf8_iterator_free(NULL);
    REFUSED(xap_utf8_iterator_assign(NULL, NULL, 0, &error));
    assert_true(xap_utf8_iterator_at_end(NULL));
    REFUSED(xap_utf8_iterator_get(NULL, NULL, &error));
    REFUSED(xap_utf8_iterator_strict_deref(NULL, NULL, &error));
    REFUSED(xap_utf8_iterator_next(NULL, &error));
    assert_null(xap_utf8_iterator_raw(NULL));
    assert_int_equal(xap_utf8_iterator_left(NULL), 0);
    assert_false(xap_utf8_iterator_equal(NULL, NULL));
    assert_int_equal(xap_unicode_to_utf8(0, NULL), 0);
    assert_int_equal(xap_unicode_nonascii_to_utf8(0, NULL), 0);
}

static void
nothing_for_weight(void **state)
{
    struct xap_error error;

    (void)state;
    REFUSED(xap_weight_new(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_weight_clone(NULL, NULL, &error));
    REFUSED(xap_weight_serialise(NULL, NULL, NULL, &error));
    REFUSED(xap_weight_unserialise(NULL, NULL, 0, NULL, &error));
    REFUSED(xap_weight_new_lm(0, (enum xap_weight_smoothing)0, 0, 0, NULL, &error));
}

/* Where (pointer, length) is read without being copied first, or is a list. */
static void
lengths_beyond_objects(struct xap_document *document, struct xap_term_generator *generator,
                       size_t beyond)
{
    struct xap_error error;
    const xap_termpos positions[1] = {1};
    const xap_valueno slots[1] = {0};
    const char *const words[1] = {"word"};
    struct xap_query *query = NULL;
    struct xap_query *parts[1] = {NULL};
    struct xap_utf8_iterator *iterator;
    struct xap_key_maker *maker;
    struct xap_stopper *stopper;
    char *made;
    size_t length;

    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_add_term(document, "x", beyond, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_document_add_postings(document, S("a"), positions, beyond, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_document_add_postings(document, S("a"), positions,
                                    PTRDIFF_MAX / sizeof positions[0] + 1, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_term_generator_index_text(generator, "x", beyond, 1, NULL, 0, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_term_generator_index_text(generator, S("a"), 1, "x", beyond, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_term_generator_index_text_without_positions(
                                          generator, "x", beyond, 1, NULL, 0, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_utf8_iterator_new("x", beyond, &iterator, &error));
    assert_null(iterator);
    OK(xap_utf8_iterator_new(S("x"), &iterator, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_utf8_iterator_assign(iterator, "x", beyond, &error));
    assert_int_equal(xap_utf8_iterator_left(iterator), 1);
    xap_utf8_iterator_free(iterator);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_unicode_toupper_text("x", beyond, &made, &length, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_multi_value_key_maker_new_slots(slots, beyond, &maker, &error));
    assert_null(maker);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_simple_stopper_new_words(words, NULL, beyond, &stopper, &error));
    assert_null(stopper);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_combine(XAP_QUERY_OP_OR, parts, beyond, 0, &query, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_combine_terms(XAP_QUERY_OP_OR, words, NULL, beyond, 0, &query, &error));
    assert_null(query);
}

static void
lengths_without_bytes(void **state)
{
    struct xap_error error;
    struct xap_document *document;
    struct xap_query *query;
    struct xap_stem *stem;
    struct xap_term_generator *generator;
    struct xap_query_parser *parser;
    const char *result;
    size_t length;
    char *made;

    (void)state;
    OK(xap_document_new(&document, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_add_term(document, NULL, SIZE_MAX, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_set_data(document, NULL, SIZE_MAX, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_document_add_postings(document, S("a"), NULL, SIZE_MAX, 1, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_query_new_term(NULL, SIZE_MAX, 1, 0, &query, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_new_combine_terms(XAP_QUERY_OP_OR, NULL, NULL, SIZE_MAX, 0, &query, &error));
    FAILS(XAP_BAD_HANDLE,
          xap_query_new_combine(XAP_QUERY_OP_OR, NULL, SIZE_MAX, 0, &query, &error));
    assert_null(query);
    OK(xap_stem_new("en", &stem, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_stem_apply(stem, NULL, SIZE_MAX, &result, &length, &error));
    OK(xap_term_generator_new(&generator, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_term_generator_index_text(generator, NULL, SIZE_MAX, 1, NULL, 0, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_term_generator_index_text(generator, S("a"), 1, NULL, SIZE_MAX, &error));
    OK(xap_query_parser_new(&parser, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_query_parser_parse_query(parser, NULL, SIZE_MAX, 0, NULL, 0, &query, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_unicode_tolower_text(NULL, SIZE_MAX, &made, &length, &error));
    /* more than any object has, though there are bytes: nothing is read */
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_document_set_data(document, "x", SIZE_MAX, &error));
    lengths_beyond_objects(document, generator, SIZE_MAX);
    lengths_beyond_objects(document, generator, SIZE_MAX - 1);
    lengths_beyond_objects(document, generator, (size_t)PTRDIFF_MAX + 1);
    xap_query_parser_free(parser);
    xap_term_generator_free(generator);
    xap_stem_free(stem);
    xap_document_free(document);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("nothing for what xapian-c.h declares", nothing_for_the_common),
        TEST("nothing for what xapian-c-write.h declares", nothing_for_write),
        TEST("nothing for what xapian-c-decide.h declares", nothing_for_decide),
        TEST("nothing for what xapian-c-geo.h declares", nothing_for_geo),
        TEST("nothing for what xapian-c-parse.h declares", nothing_for_parse),
        TEST("nothing for what xapian-c-registry.h declares", nothing_for_registry),
        TEST("nothing for what xapian-c-remote.h declares", nothing_for_remote),
        TEST("nothing for what xapian-c-sort.h declares", nothing_for_sort),
        TEST("nothing for what xapian-c-source.h declares", nothing_for_source),
        TEST("nothing for what xapian-c-spy.h declares", nothing_for_spy),
        TEST("nothing for what xapian-c-text.h declares", nothing_for_text),
        TEST("nothing for what xapian-c-unicode.h declares", nothing_for_unicode),
        TEST("nothing for what xapian-c-weight.h declares", nothing_for_weight),
        TEST("lengths without bytes, and lengths beyond all", lengths_without_bytes),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-null", tests, NULL, NULL);
}
