/* decide.cc - leaving documents, and terms, out of what Xapian finds
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

class own_match_decider : public Xapian::MatchDecider
{
  public:
    explicit own_match_decider(const shared_callbacks<xap_match_decider_functions> &c) : own_(c)
    {
    }

    bool
    operator()(const Xapian::Document &document) const override
    {
        const xap_document lent(document);
        bool wanted = false;
        call(own_->functions.decide, own_->data, &lent, &wanted);
        return wanted;
    }

  private:
    shared_callbacks<xap_match_decider_functions> own_;
};

class own_expand_decider : public Xapian::ExpandDecider
{
  public:
    explicit own_expand_decider(const shared_callbacks<xap_expand_decider_functions> &c) : own_(c)
    {
    }

    bool
    operator()(const std::string &term) const override
    {
        bool wanted = false;
        call(own_->functions.decide, own_->data, term.data(), term.size(), &wanted);
        return wanted;
    }

  private:
    shared_callbacks<xap_expand_decider_functions> own_;
};

Xapian::ValueSetMatchDecider &
value_set(xap_match_decider *decider)
{
    auto *set = dynamic_cast<Xapian::ValueSetMatchDecider *>(need(decider).decider.get());
    if (set == nullptr)
        throw Xapian::InvalidOperationError("the match decider has no set of values");
    return *set;
}

} // namespace

/* ---- Match decider ---- */

xap_code
xap_match_decider_new(const xap_match_decider_functions *functions, void *data,
                      xap_match_decider **decider, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_match_decider> made(decider);
        const auto &f = need_functions(functions, "struct of match decider functions");
        need_function(f.decide, "decide");
        const auto own = share(f, data);
        made.make(std::make_unique<own_match_decider>(own));
        own->own();
    });
}

xap_code
xap_value_set_match_decider_new(xap_valueno slot, bool inclusive, xap_match_decider **decider,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_match_decider> made(decider);
        made.make(std::make_unique<Xapian::ValueSetMatchDecider>(slot, inclusive));
    });
}

xap_code
xap_value_set_match_decider_add_value(xap_match_decider *decider, const char *value, size_t length,
                                      xap_error *error) noexcept
{
    return guard(error, [&] { value_set(decider).add_value(bytes(value, length)); });
}

xap_code
xap_value_set_match_decider_remove_value(xap_match_decider *decider, const char *value,
                                         size_t length, xap_error *error) noexcept
{
    return guard(error, [&] { value_set(decider).remove_value(bytes(value, length)); });
}

void
xap_match_decider_free(xap_match_decider *decider) noexcept
{
    delete decider;
}

xap_code
xap_match_decider_apply(const xap_match_decider *decider, const xap_document *document,
                        bool *wanted, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(wanted);
        answer = (*need(decider).decider)(need(document).document);
    });
}

xap_code
xap_enquire_get_mset_decider(const xap_enquire *enquire, xap_doccount first, xap_doccount max_items,
                             xap_doccount check_at_least, const xap_rset *rset,
                             const xap_match_decider *decider, xap_mset **mset,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_mset> made(mset);
        const Xapian::Enquire &e = need(enquire).enquire;
        made.make(deferring([&] {
            return e.get_mset(first, max_items, check_at_least,
                              rset != nullptr ? &rset->rset : nullptr,
                              decider != nullptr ? decider->decider.get() : nullptr);
        }));
    });
}

/* ---- Expand decider ---- */

xap_code
xap_expand_decider_new(const xap_expand_decider_functions *functions, void *data,
                       xap_expand_decider **decider, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_expand_decider> made(decider);
        const auto &f = need_functions(functions, "struct of expand decider functions");
        need_function(f.decide, "decide");
        const auto own = share(f, data);
        made.make(make_counted<Xapian::ExpandDecider, own_expand_decider>(own));
        own->own();
    });
}

xap_code
xap_expand_decider_and_new(const xap_expand_decider *first, const xap_expand_decider *second,
                           xap_expand_decider **decider, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_expand_decider> made(decider);
        made.make(make_counted<Xapian::ExpandDecider, Xapian::ExpandDeciderAnd>(
            *need(first).decider, *need(second).decider));
    });
}

xap_code
xap_expand_decider_filter_terms_new(const char *const *terms, const size_t *lengths, size_t count,
                                    xap_expand_decider **decider, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_expand_decider> made(decider);
        const auto rejected = list_of_bytes(terms, lengths, count);
        made.make(make_counted<Xapian::ExpandDecider, Xapian::ExpandDeciderFilterTerms>(
            rejected.begin(), rejected.end()));
    });
}

xap_code
xap_expand_decider_filter_prefix_new(const char *prefix, size_t length,
                                     xap_expand_decider **decider, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_expand_decider> made(decider);
        made.make(make_counted<Xapian::ExpandDecider, Xapian::ExpandDeciderFilterPrefix>(
            bytes(prefix, length)));
    });
}

void
xap_expand_decider_free(xap_expand_decider *decider) noexcept
{
    delete decider;
}

xap_code
xap_expand_decider_apply(const xap_expand_decider *decider, const char *term, size_t length,
                         bool *wanted, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(wanted);
        answer = (*need(decider).decider)(bytes(term, length));
    });
}

xap_code
xap_enquire_get_eset_decider(const xap_enquire *enquire, xap_termcount max_items,
                             const xap_rset *rset, unsigned flags,
                             const xap_expand_decider *decider, double min_weight, xap_eset **eset,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_eset> made(eset);
        made.make(need(enquire).enquire.get_eset(
            max_items, need(rset).rset, static_cast<int>(flags),
            decider != nullptr ? decider->decider.get() : nullptr, min_weight));
    });
}
