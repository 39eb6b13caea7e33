/* geo-search.cc - searching and sorting by distance
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

const Xapian::LatLongCoords &
places(const xap_lat_long_coords *centre)
{
    const Xapian::LatLongCoords &c = need(centre).coords;
    if (c.empty())
        throw Xapian::InvalidArgumentError("the centre has no place");
    return c;
}

/* The metric, or that of the earth. */
class metric_or_earth
{
  public:
    explicit metric_or_earth(const xap_lat_long_metric *metric)
        : given_(metric != nullptr ? metric->metric.get() : nullptr)
    {
    }

    const Xapian::LatLongMetric &
    get() const
    {
        return given_ != nullptr ? *given_ : earth_;
    }

  private:
    const Xapian::LatLongMetric *given_;
    Xapian::GreatCircleMetric earth_;
};

} // namespace

xap_code
xap_lat_long_distance_posting_source_new(xap_valueno slot, const xap_lat_long_coords *centre,
                                         const xap_lat_long_metric *metric, double max_range,
                                         double k1, double k2, xap_posting_source **source,
                                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(source);
        const metric_or_earth m(metric);
        made.make(make_counted<Xapian::PostingSource, Xapian::LatLongDistancePostingSource>(
            slot, places(centre), m.get(), max_range, k1, k2));
    });
}

xap_code
xap_lat_long_distance_key_maker_new(xap_valueno slot, const xap_lat_long_coords *centre,
                                    const xap_lat_long_metric *metric,
                                    const double *default_distance, xap_key_maker **maker,
                                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_key_maker> made(maker);
        const metric_or_earth m(metric);
        const Xapian::LatLongCoords &c = places(centre);
        if (default_distance != nullptr)
            made.make(make_counted<Xapian::KeyMaker, Xapian::LatLongDistanceKeyMaker>(
                slot, c, m.get(), *default_distance));
        else
            made.make(
                make_counted<Xapian::KeyMaker, Xapian::LatLongDistanceKeyMaker>(slot, c, m.get()));
    });
}
