/* matchspy.cc - looking at the documents that the matcher looks at
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

using functions_of_spy = xap_match_spy_functions;

class own_match_spy : public Xapian::MatchSpy
{
  public:
    own_match_spy(const shared_callbacks<functions_of_spy> &c, const std::string &name)
        : own_(c), name_(name)
    {
    }

    void
    operator()(const Xapian::Document &document, double weight) override
    {
        const xap_document lent(document);
        call(own_->functions.observe, own_->data, &lent, weight);
    }

    MatchSpy *
    clone() const override
    {
        return new own_match_spy(cloned(own_), name_);
    }

    std::string
    name() const override
    {
        return name_.empty() ? MatchSpy::name() : name_;
    }

    std::string
    serialise() const override
    {
        return own_->functions.serialise != nullptr
                   ? call_for_bytes(own_->functions.serialise, own_->data)
                   : MatchSpy::serialise();
    }

    MatchSpy *
    unserialise(const std::string &serialised, const Xapian::Registry &) const override
    {
        return new own_match_spy(unserialised(own_, serialised), name_);
    }

    std::string
    serialise_results() const override
    {
        return own_->functions.serialise_results != nullptr
                   ? call_for_bytes(own_->functions.serialise_results, own_->data)
                   : MatchSpy::serialise_results();
    }

    void
    merge_results(const std::string &results) override
    {
        if (own_->functions.merge_results == nullptr)
            MatchSpy::merge_results(results);
        else
            call(own_->functions.merge_results, own_->data, results.data(), results.size());
    }

    std::string
    get_description() const override
    {
        return own_->functions.get_description != nullptr
                   ? call_for_bytes(own_->functions.get_description, own_->data)
                   : MatchSpy::get_description();
    }

  private:
    shared_callbacks<functions_of_spy> own_;
    std::string name_;
};

const Xapian::ValueCountMatchSpy &
counting(const xap_match_spy *spy)
{
    const auto *counts = dynamic_cast<const Xapian::ValueCountMatchSpy *>(need(spy).spy.get());
    if (counts == nullptr)
        throw Xapian::InvalidOperationError("the match spy does not count values");
    return *counts;
}

} // namespace

xap_code
xap_match_spy_new(const xap_match_spy_functions *functions, void *data, xap_match_spy **spy,
                  xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_match_spy> made(spy);
        const auto &f = need_functions(functions, "struct of match spy functions");
        need_function(f.observe, "observe");
        const auto own = share(f, data);
        made.make(make_counted<Xapian::MatchSpy, own_match_spy>(own, name_of(f.name)));
        own->own();
    });
}

void
xap_match_spy_free(xap_match_spy *spy) noexcept
{
    delete spy;
}

xap_code
xap_match_spy_apply(xap_match_spy *spy, const xap_document *document, double weight,
                    xap_error *error) noexcept
{
    return guard(error, [&] { (*need(spy).spy)(need(document).document, weight); });
}

xap_code
xap_match_spy_clone(const xap_match_spy *spy, xap_match_spy **copy, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_match_spy> made(copy);
        made.make(count(need(spy).spy->clone()));
    });
}

xap_code
xap_match_spy_name(const xap_match_spy *spy, const char **name, size_t *length,
                   xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(name, length);
        const xap_match_spy &s = need(spy);
        lent = s.name = s.spy->name();
    });
}

xap_code
xap_match_spy_serialise(const xap_match_spy *spy, const char **data, size_t *length,
                        xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(data, length);
        const xap_match_spy &s = need(spy);
        lent = s.serialised = s.spy->serialise();
    });
}

xap_code
xap_match_spy_unserialise(const xap_match_spy *spy, const char *data, size_t length,
                          const xap_registry *registry, xap_match_spy **unserialised_spy,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_match_spy> made(unserialised_spy);
        const Xapian::Registry context =
            registry != nullptr ? registry->registry : Xapian::Registry();
        made.make(count(need(spy).spy->unserialise(bytes(data, length), context)));
    });
}

xap_code
xap_match_spy_serialise_results(const xap_match_spy *spy, const char **data, size_t *length,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(data, length);
        const xap_match_spy &s = need(spy);
        lent = s.results = s.spy->serialise_results();
    });
}

xap_code
xap_match_spy_merge_results(xap_match_spy *spy, const char *data, size_t length,
                            xap_error *error) noexcept
{
    return guard(error, [&] { need(spy).spy->merge_results(bytes(data, length)); });
}

xap_code
xap_match_spy_get_description(const xap_match_spy *spy, const char **description, size_t *length,
                              xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_match_spy &s = need(spy);
        lent = s.description = s.spy->get_description();
    });
}

/* ---- Counting values ---- */

xap_code
xap_value_count_match_spy_new(xap_valueno slot, xap_match_spy **spy, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_match_spy> made(spy);
        made.make(make_counted<Xapian::MatchSpy, Xapian::ValueCountMatchSpy>(slot));
    });
}

size_t
xap_value_count_match_spy_get_total(const xap_match_spy *spy) noexcept
{
    return ask<size_t>(0, [&] { return counting(spy).get_total(); });
}

xap_code
xap_value_count_match_spy_values_begin(const xap_match_spy *spy, xap_term_iterator **iterator,
                                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        made.make(counting(spy).values_begin());
    });
}

xap_code
xap_value_count_match_spy_top_values_begin(const xap_match_spy *spy, size_t max_values,
                                           xap_term_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        made.make(counting(spy).top_values_begin(max_values));
    });
}
