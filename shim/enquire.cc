/* enquire.cc - running queries, and what can be set about it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using Xapian::Enquire;

static_assert(int{XAP_ENQUIRE_DESCENDING} == int{Enquire::DESCENDING}, "order");
static_assert(int{XAP_ENQUIRE_ASCENDING} == int{Enquire::ASCENDING}, "order");
static_assert(int{XAP_ENQUIRE_DONT_CARE} == int{Enquire::DONT_CARE}, "order");
static_assert(XAP_ENQUIRE_INCLUDE_QUERY_TERMS == Enquire::INCLUDE_QUERY_TERMS, "flag");
static_assert(XAP_ENQUIRE_USE_EXACT_TERMFREQ == Enquire::USE_EXACT_TERMFREQ, "flag");

using namespace xap;

xap_code
xap_enquire_new(const xap_database *database, xap_enquire **enquire, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_enquire> made(enquire);
        made.make(need(database).database);
    });
}

void
xap_enquire_free(xap_enquire *enquire) noexcept
{
    delete enquire;
}

xap_code
xap_enquire_set_query(xap_enquire *enquire, const xap_query *query, xap_termcount query_length,
                      xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.set_query(need(query).query, query_length); });
}

xap_code
xap_enquire_get_query(const xap_enquire *enquire, xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(need(enquire).enquire.get_query());
    });
}

xap_code
xap_enquire_set_weighting_scheme(xap_enquire *enquire, const xap_weight *weight,
                                 xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.set_weighting_scheme(*need(weight).weight); });
}

xap_code
xap_enquire_set_expansion_scheme(xap_enquire *enquire, const char *name, double k,
                                 xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.set_expansion_scheme(text(name), k); });
}

xap_code
xap_enquire_set_collapse_key(xap_enquire *enquire, xap_valueno slot, xap_doccount max,
                             xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.set_collapse_key(slot, max); });
}

xap_code
xap_enquire_set_docid_order(xap_enquire *enquire, xap_enquire_docid_order order,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        Enquire &e = need(enquire).enquire;
        if (order > XAP_ENQUIRE_DONT_CARE)
            throw Xapian::InvalidArgumentError("no such order of docids");
        e.set_docid_order(static_cast<Enquire::docid_order>(order));
    });
}

xap_code
xap_enquire_set_cutoff(xap_enquire *enquire, int percent, double weight, xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.set_cutoff(percent, weight); });
}

xap_code
xap_enquire_set_sort_by_relevance(xap_enquire *enquire, xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.set_sort_by_relevance(); });
}

xap_code
xap_enquire_set_sort_by_value(xap_enquire *enquire, xap_valueno slot, bool reverse,
                              xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.set_sort_by_value(slot, reverse); });
}

xap_code
xap_enquire_set_sort_by_value_then_relevance(xap_enquire *enquire, xap_valueno slot, bool reverse,
                                             xap_error *error) noexcept
{
    return guard(error,
                 [&] { need(enquire).enquire.set_sort_by_value_then_relevance(slot, reverse); });
}

xap_code
xap_enquire_set_sort_by_relevance_then_value(xap_enquire *enquire, xap_valueno slot, bool reverse,
                                             xap_error *error) noexcept
{
    return guard(error,
                 [&] { need(enquire).enquire.set_sort_by_relevance_then_value(slot, reverse); });
}

xap_code
xap_enquire_set_time_limit(xap_enquire *enquire, double seconds, xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.set_time_limit(seconds); });
}

xap_code
xap_enquire_add_matchspy(xap_enquire *enquire, xap_match_spy *spy, xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.add_matchspy(need(spy).spy.get()); });
}

xap_code
xap_enquire_clear_matchspies(xap_enquire *enquire, xap_error *error) noexcept
{
    return guard(error, [&] { need(enquire).enquire.clear_matchspies(); });
}

xap_code
xap_enquire_get_mset(const xap_enquire *enquire, xap_doccount first, xap_doccount max_items,
                     xap_doccount check_at_least, const xap_rset *rset, xap_mset **mset,
                     xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_mset> made(mset);
        const Enquire &e = need(enquire).enquire;
        made.make(deferring([&] {
            return e.get_mset(first, max_items, check_at_least,
                              rset != nullptr ? &rset->rset : nullptr);
        }));
    });
}

xap_code
xap_enquire_get_eset(const xap_enquire *enquire, xap_termcount max_items, const xap_rset *rset,
                     unsigned flags, double min_weight, xap_eset **eset, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_eset> made(eset);
        made.make(need(enquire).enquire.get_eset(max_items, need(rset).rset,
                                                 static_cast<int>(flags), nullptr, min_weight));
    });
}

xap_code
xap_enquire_get_matching_terms_begin(const xap_enquire *enquire, xap_docid docid,
                                     xap_term_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        made.make(need(enquire).enquire.get_matching_terms_begin(docid));
    });
}

xap_code
xap_enquire_get_matching_terms_begin_item(const xap_enquire *enquire, const xap_mset *mset,
                                          xap_doccount index, xap_term_iterator **iterator,
                                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        const Enquire &e = need(enquire).enquire;
        made.make(e.get_matching_terms_begin(item(need(mset), index)));
    });
}

xap_code
xap_enquire_get_description(const xap_enquire *enquire, const char **description, size_t *length,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_enquire &e = need(enquire);
        lent = e.description = e.enquire.get_description();
    });
}
