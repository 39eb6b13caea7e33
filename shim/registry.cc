/* registry.cc - finding kinds of weights, sources, spies and metrics by name
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

/* The pattern that Xapian registers has no slot, and crashes when it is cloned. */
struct value_count : Xapian::ValueCountMatchSpy {
    static bool
    is_pattern(const Xapian::MatchSpy *spy)
    {
        const auto *counts = dynamic_cast<const Xapian::ValueCountMatchSpy *>(spy);
        return counts != nullptr && (counts->*&value_count::internal).get() == nullptr;
    }
};

} // namespace

xap_code
xap_registry_new(xap_registry **registry, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_registry> made(registry);
        made.make();
    });
}

void
xap_registry_free(xap_registry *registry) noexcept
{
    delete registry;
}

xap_code
xap_registry_register_weighting_scheme(xap_registry *registry, const xap_weight *weight,
                                       xap_error *error) noexcept
{
    return guard(error,
                 [&] { need(registry).registry.register_weighting_scheme(*need(weight).weight); });
}

xap_code
xap_registry_register_posting_source(xap_registry *registry, const xap_posting_source *source,
                                     xap_error *error) noexcept
{
    return guard(error,
                 [&] { need(registry).registry.register_posting_source(*need(source).source); });
}

xap_code
xap_registry_register_match_spy(xap_registry *registry, const xap_match_spy *spy,
                                xap_error *error) noexcept
{
    return guard(error, [&] { need(registry).registry.register_match_spy(*need(spy).spy); });
}

xap_code
xap_registry_register_lat_long_metric(xap_registry *registry, const xap_lat_long_metric *metric,
                                      xap_error *error) noexcept
{
    return guard(error,
                 [&] { need(registry).registry.register_lat_long_metric(*need(metric).metric); });
}

xap_code
xap_registry_get_weighting_scheme(const xap_registry *registry, const char *name,
                                  xap_weight **weight, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_weight> made(weight);
        const Xapian::Weight *found = need(registry).registry.get_weighting_scheme(text(name));
        if (found != nullptr)
            made.make(std::unique_ptr<Xapian::Weight>(found->clone()));
    });
}

xap_code
xap_registry_get_posting_source(const xap_registry *registry, const char *name,
                                xap_posting_source **source, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(source);
        const Xapian::PostingSource *found = need(registry).registry.get_posting_source(text(name));
        if (found != nullptr)
            made.make(count(found->clone()));
    });
}

xap_code
xap_registry_get_match_spy(const xap_registry *registry, const char *name, xap_match_spy **spy,
                           xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_match_spy> made(spy);
        const Xapian::MatchSpy *found = need(registry).registry.get_match_spy(text(name));
        if (value_count::is_pattern(found))
            made.make(
                make_counted<Xapian::MatchSpy, Xapian::ValueCountMatchSpy>(Xapian::BAD_VALUENO));
        else if (found != nullptr)
            made.make(count(found->clone()));
    });
}

xap_code
xap_registry_get_lat_long_metric(const xap_registry *registry, const char *name,
                                 xap_lat_long_metric **metric, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_lat_long_metric> made(metric);
        const Xapian::LatLongMetric *found =
            need(registry).registry.get_lat_long_metric(text(name));
        if (found != nullptr)
            made.make(std::unique_ptr<Xapian::LatLongMetric>(found->clone()));
    });
}

xap_code
xap_query_new_unserialise_registry(const char *data, size_t length, const xap_registry *registry,
                                   xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(Xapian::Query::unserialise(bytes(data, length), need(registry).registry));
    });
}
