/* mset.cc - what a query found
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

static_assert(int{XAP_MSET_SNIPPET_BACKGROUND_MODEL} == int{Xapian::MSet::SNIPPET_BACKGROUND_MODEL},
              "flag");
static_assert(int{XAP_MSET_SNIPPET_EXHAUSTIVE} == int{Xapian::MSet::SNIPPET_EXHAUSTIVE}, "flag");
static_assert(int{XAP_MSET_SNIPPET_EMPTY_WITHOUT_MATCH} ==
                  int{Xapian::MSet::SNIPPET_EMPTY_WITHOUT_MATCH},
              "flag");
static_assert(int{XAP_MSET_SNIPPET_CJK_NGRAM} == int{Xapian::MSet::SNIPPET_CJK_NGRAM}, "flag");

using namespace xap;

Xapian::MSetIterator
xap::item(const xap_mset &mset, xap_doccount index)
{
    if (index >= mset.mset.size())
        throw Xapian::RangeError("the mset has no item " + std::to_string(index));
    return mset.mset[index];
}

xap_code
xap_mset_new(xap_mset **mset, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_mset> made(mset);
        made.make(Xapian::MSet());
    });
}

void
xap_mset_free(xap_mset *mset) noexcept
{
    delete mset;
}

xap_doccount
xap_mset_size(const xap_mset *mset) noexcept
{
    return ask<xap_doccount>(0, [&] { return need(mset).mset.size(); });
}

bool
xap_mset_empty(const xap_mset *mset) noexcept
{
    return ask(false, [&] { return need(mset).mset.empty(); });
}

xap_doccount
xap_mset_get_firstitem(const xap_mset *mset) noexcept
{
    return ask<xap_doccount>(0, [&] { return need(mset).mset.get_firstitem(); });
}

xap_doccount
xap_mset_get_matches_lower_bound(const xap_mset *mset) noexcept
{
    return ask<xap_doccount>(0, [&] { return need(mset).mset.get_matches_lower_bound(); });
}

xap_doccount
xap_mset_get_matches_estimated(const xap_mset *mset) noexcept
{
    return ask<xap_doccount>(0, [&] { return need(mset).mset.get_matches_estimated(); });
}

xap_doccount
xap_mset_get_matches_upper_bound(const xap_mset *mset) noexcept
{
    return ask<xap_doccount>(0, [&] { return need(mset).mset.get_matches_upper_bound(); });
}

xap_doccount
xap_mset_get_uncollapsed_matches_lower_bound(const xap_mset *mset) noexcept
{
    return ask<xap_doccount>(0,
                             [&] { return need(mset).mset.get_uncollapsed_matches_lower_bound(); });
}

xap_doccount
xap_mset_get_uncollapsed_matches_estimated(const xap_mset *mset) noexcept
{
    return ask<xap_doccount>(0,
                             [&] { return need(mset).mset.get_uncollapsed_matches_estimated(); });
}

xap_doccount
xap_mset_get_uncollapsed_matches_upper_bound(const xap_mset *mset) noexcept
{
    return ask<xap_doccount>(0,
                             [&] { return need(mset).mset.get_uncollapsed_matches_upper_bound(); });
}

double
xap_mset_get_max_attained(const xap_mset *mset) noexcept
{
    return ask(0.0, [&] { return need(mset).mset.get_max_attained(); });
}

double
xap_mset_get_max_possible(const xap_mset *mset) noexcept
{
    return ask(0.0, [&] { return need(mset).mset.get_max_possible(); });
}

xap_code
xap_mset_get_termfreq(const xap_mset *mset, const char *term, size_t term_length,
                      xap_doccount *count, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> n(count);
        n = need(mset).mset.get_termfreq(bytes(term, term_length));
    });
}

xap_code
xap_mset_get_termweight(const xap_mset *mset, const char *term, size_t term_length, double *weight,
                        xap_error *error) noexcept
{
    return guard(error, [&] {
        out<double> w(weight);
        w = need(mset).mset.get_termweight(bytes(term, term_length));
    });
}

xap_code
xap_mset_convert_to_percent(const xap_mset *mset, double weight, int *percent,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        out<int> p(percent);
        p = need(mset).mset.convert_to_percent(weight);
    });
}

xap_code
xap_mset_fetch(const xap_mset *mset, xap_error *error) noexcept
{
    return guard(error, [&] {
        const Xapian::MSet &m = need(mset).mset;
        /* else fetch() of 1.4.22 uses indexes before its first item */
        if (m.get_firstitem() == 0)
            m.fetch();
    });
}

xap_code
xap_mset_get_docid(const xap_mset *mset, xap_doccount index, xap_docid *docid,
                   xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = *item(need(mset), index);
    });
}

xap_code
xap_mset_get_weight(const xap_mset *mset, xap_doccount index, double *weight,
                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out<double> w(weight);
        w = item(need(mset), index).get_weight();
    });
}

xap_code
xap_mset_get_percent(const xap_mset *mset, xap_doccount index, int *percent,
                     xap_error *error) noexcept
{
    return guard(error, [&] {
        out<int> p(percent);
        p = item(need(mset), index).get_percent();
    });
}

xap_code
xap_mset_get_rank(const xap_mset *mset, xap_doccount index, xap_doccount *rank,
                  xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> r(rank);
        r = item(need(mset), index).get_rank();
    });
}

xap_code
xap_mset_get_document(const xap_mset *mset, xap_doccount index, xap_document **document,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_document> made(document);
        made.make(item(need(mset), index).get_document());
    });
}

xap_code
xap_mset_get_collapse_count(const xap_mset *mset, xap_doccount index, xap_doccount *count,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> n(count);
        n = item(need(mset), index).get_collapse_count();
    });
}

xap_code
xap_mset_get_collapse_key(const xap_mset *mset, xap_doccount index, const char **key,
                          size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(key, length);
        const xap_mset &m = need(mset);
        lent = m.collapse_key = item(m, index).get_collapse_key();
    });
}

xap_code
xap_mset_get_sort_key(const xap_mset *mset, xap_doccount index, const char **key, size_t *length,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(key, length);
        const xap_mset &m = need(mset);
        lent = m.sort_key = item(m, index).get_sort_key();
    });
}

xap_code
xap_mset_get_description(const xap_mset *mset, const char **description, size_t *length,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_mset &m = need(mset);
        lent = m.description = m.mset.get_description();
    });
}

xap_code
xap_mset_convert_to_percent_item(const xap_mset *mset, xap_doccount index, int *percent,
                                 xap_error *error) noexcept
{
    return guard(error, [&] {
        out<int> p(percent);
        const xap_mset &m = need(mset);
        p = m.mset.convert_to_percent(item(m, index));
    });
}

xap_code
xap_mset_item_get_description(const xap_mset *mset, xap_doccount index, const char **description,
                              size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_mset &m = need(mset);
        lent = m.item_description = item(m, index).get_description();
    });
}

xap_code
xap_mset_snippet(const xap_mset *mset, const char *data, size_t data_length, size_t length,
                 const xap_stem *stem, unsigned flags, const char *hi_start, const char *hi_end,
                 const char *omit, const char **snippet, size_t *snippet_length,
                 xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(snippet, snippet_length);
        const xap_mset &m = need(mset);
        lent = m.snippet = m.mset.snippet(
            bytes(data, data_length), length, stem != nullptr ? stem->stem : Xapian::Stem(), flags,
            text(hi_start != nullptr ? hi_start : "<b>"), text(hi_end != nullptr ? hi_end : "</b>"),
            text(omit != nullptr ? omit : "..."));
    });
}
