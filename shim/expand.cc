/* expand.cc - relevance sets and the terms found with them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

Xapian::ESetIterator
entry(const xap_eset &eset, xap_termcount index)
{
    if (index >= eset.eset.size())
        throw Xapian::RangeError("the eset has no term " + std::to_string(index));
    return eset.eset[index];
}

} // namespace

xap_code
xap_rset_new(xap_rset **rset, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_rset> made(rset);
        made.make();
    });
}

void
xap_rset_free(xap_rset *rset) noexcept
{
    delete rset;
}

xap_code
xap_rset_add_document(xap_rset *rset, xap_docid docid, xap_error *error) noexcept
{
    return guard(error, [&] { need(rset).rset.add_document(docid); });
}

xap_code
xap_rset_remove_document(xap_rset *rset, xap_docid docid, xap_error *error) noexcept
{
    return guard(error, [&] { need(rset).rset.remove_document(docid); });
}

bool
xap_rset_contains(const xap_rset *rset, xap_docid docid) noexcept
{
    return ask(false, [&] { return need(rset).rset.contains(docid); });
}

xap_doccount
xap_rset_size(const xap_rset *rset) noexcept
{
    return ask<xap_doccount>(0, [&] { return need(rset).rset.size(); });
}

bool
xap_rset_empty(const xap_rset *rset) noexcept
{
    return ask(false, [&] { return need(rset).rset.empty(); });
}

xap_code
xap_rset_add_document_item(xap_rset *rset, const xap_mset *mset, xap_doccount index,
                           xap_error *error) noexcept
{
    return guard(error, [&] { need(rset).rset.add_document(item(need(mset), index)); });
}

xap_code
xap_rset_remove_document_item(xap_rset *rset, const xap_mset *mset, xap_doccount index,
                              xap_error *error) noexcept
{
    return guard(error, [&] { need(rset).rset.remove_document(item(need(mset), index)); });
}

bool
xap_rset_contains_item(const xap_rset *rset, const xap_mset *mset, xap_doccount index) noexcept
{
    return ask(false, [&] { return need(rset).rset.contains(item(need(mset), index)); });
}

xap_code
xap_rset_get_description(const xap_rset *rset, const char **description, size_t *length,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_rset &r = need(rset);
        lent = r.description = r.rset.get_description();
    });
}

xap_code
xap_eset_new(xap_eset **eset, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_eset> made(eset);
        made.make(Xapian::ESet());
    });
}

void
xap_eset_free(xap_eset *eset) noexcept
{
    delete eset;
}

xap_termcount
xap_eset_size(const xap_eset *eset) noexcept
{
    return ask<xap_termcount>(0, [&] { return need(eset).eset.size(); });
}

bool
xap_eset_empty(const xap_eset *eset) noexcept
{
    return ask(false, [&] { return need(eset).eset.empty(); });
}

xap_termcount
xap_eset_get_ebound(const xap_eset *eset) noexcept
{
    return ask<xap_termcount>(0, [&] { return need(eset).eset.get_ebound(); });
}

xap_code
xap_eset_get_term(const xap_eset *eset, xap_termcount index, const char **term, size_t *length,
                  xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(term, length);
        const xap_eset &e = need(eset);
        lent = e.term = *entry(e, index);
    });
}

xap_code
xap_eset_get_weight(const xap_eset *eset, xap_termcount index, double *weight,
                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out<double> w(weight);
        w = entry(need(eset), index).get_weight();
    });
}

xap_code
xap_eset_get_description(const xap_eset *eset, const char **description, size_t *length,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_eset &e = need(eset);
        lent = e.description = e.eset.get_description();
    });
}

xap_code
xap_eset_item_get_description(const xap_eset *eset, xap_termcount index, const char **description,
                              size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_eset &e = need(eset);
        lent = e.item_description = entry(e, index).get_description();
    });
}
