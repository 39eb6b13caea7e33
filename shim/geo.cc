/* geo.cc - places, and the distance between them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <cmath>
#include <cstring>

#include "callback.h"
#include "guard.h"
#include "handle.h"

using namespace xap;
using Xapian::LatLongCoord;

namespace
{

/* Xapian takes NaN for a latitude. */
LatLongCoord
place(double latitude, double longitude)
{
    if (!std::isfinite(latitude) || !std::isfinite(longitude))
        throw Xapian::InvalidArgumentError("a coordinate is no number");
    return LatLongCoord(latitude, longitude);
}

LatLongCoord
place(const xap_lat_long_coord *coord)
{
    if (coord == nullptr)
        throw bad_handle{"place"};
    return place(coord->latitude, coord->longitude);
}

constexpr size_t serialised_size = XAP_LAT_LONG_COORD_MAX;

/* Of less than two bytes it makes a place that nobody has set. */
void
check_one(size_t length)
{
    if (length < 2)
        throw Xapian::SerialisationError("the bytes of a place are cut off");
}

/* With a single byte left over Xapian 1.4.22 reads on for ever. */
void
check_serialised(size_t length)
{
    if (length % serialised_size == 1)
        throw Xapian::SerialisationError("the bytes of a place are cut off");
}

xap_lat_long_coord
plain(const LatLongCoord &coord)
{
    return {coord.latitude, coord.longitude};
}

class own_metric : public Xapian::LatLongMetric
{
  public:
    own_metric(const shared_callbacks<xap_lat_long_metric_functions> &c, const std::string &name)
        : own_(c), name_(name)
    {
    }

    double
    pointwise_distance(const LatLongCoord &first, const LatLongCoord &second) const override
    {
        const xap_lat_long_coord a = plain(first), b = plain(second);
        double metres = 0;
        call(own_->functions.pointwise_distance, own_->data, &a, &b, &metres);
        return metres;
    }

    LatLongMetric *
    clone() const override
    {
        return new own_metric(cloned(own_), name_);
    }

    std::string
    name() const override
    {
        return name_;
    }

    std::string
    serialise() const override
    {
        return own_->functions.serialise != nullptr
                   ? call_for_bytes(own_->functions.serialise, own_->data)
                   : std::string();
    }

    LatLongMetric *
    unserialise(const std::string &serialised) const override
    {
        return new own_metric(unserialised(own_, serialised), name_);
    }

  private:
    shared_callbacks<xap_lat_long_metric_functions> own_;
    std::string name_;
};

template <typename Kind, typename... Parameters>
xap_code
make(xap_lat_long_metric **metric, xap_error *error, Parameters... parameters) noexcept
{
    return guard(error, [&] {
        out_handle<xap_lat_long_metric> made(metric);
        made.make(std::make_unique<Kind>(parameters...));
    });
}

} // namespace

double
xap_miles_to_metres(double miles) noexcept
{
    return Xapian::miles_to_metres(miles);
}

double
xap_metres_to_miles(double metres) noexcept
{
    return Xapian::metres_to_miles(metres);
}

/* ---- A place ---- */

xap_code
xap_lat_long_coord_init(double latitude, double longitude, xap_lat_long_coord *coord,
                        xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_lat_long_coord> c(coord);
        c = plain(place(latitude, longitude));
    });
}

xap_code
xap_lat_long_coord_serialise(const xap_lat_long_coord *coord, char data[XAP_LAT_LONG_COORD_MAX],
                             size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<size_t> n(length);
        const std::string serialised = place(coord).serialise();
        if (data == nullptr)
            throw Xapian::InvalidArgumentError("the place for the bytes is NULL");
        if (serialised.size() > XAP_LAT_LONG_COORD_MAX)
            throw Xapian::InternalError("a place has more bytes than thought");
        std::memcpy(data, serialised.data(), serialised.size());
        n = serialised.size();
    });
}

xap_code
xap_lat_long_coord_unserialise(const char *data, size_t length, xap_lat_long_coord *coord,
                               xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_lat_long_coord> c(coord);
        check_one(length);
        LatLongCoord read;
        read.unserialise(bytes(data, length));
        c = plain(read);
    });
}

xap_code
xap_lat_long_coord_unserialise_next(const char **data, const char *end, xap_lat_long_coord *coord,
                                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_lat_long_coord> c(coord);
        if (data == nullptr || *data == nullptr || end == nullptr || *data > end)
            throw Xapian::InvalidArgumentError("the bytes have no begin or no end");
        check_one(static_cast<size_t>(end - *data));
        const char *at = *data;
        LatLongCoord read;
        read.unserialise(&at, end);
        c = plain(read);
        *data = at;
    });
}

xap_code
xap_lat_long_coord_get_description(const xap_lat_long_coord *coord, char **description,
                                   size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_allocated made(description, length);
        made = place(coord).get_description();
    });
}

/* ---- Places ---- */

xap_code
xap_lat_long_coords_new(xap_lat_long_coords **coords, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_lat_long_coords> made(coords);
        made.make();
    });
}

xap_code
xap_lat_long_coords_new_coord(const xap_lat_long_coord *coord, xap_lat_long_coords **coords,
                              xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_lat_long_coords> made(coords);
        made.make(place(coord));
    });
}

void
xap_lat_long_coords_free(xap_lat_long_coords *coords) noexcept
{
    delete coords;
}

xap_code
xap_lat_long_coords_append(xap_lat_long_coords *coords, const xap_lat_long_coord *coord,
                           xap_error *error) noexcept
{
    return guard(error, [&] { need(coords).coords.append(place(coord)); });
}

size_t
xap_lat_long_coords_size(const xap_lat_long_coords *coords) noexcept
{
    return ask<size_t>(0, [&] { return need(coords).coords.size(); });
}

bool
xap_lat_long_coords_empty(const xap_lat_long_coords *coords) noexcept
{
    return ask(false, [&] { return need(coords).coords.empty(); });
}

xap_code
xap_lat_long_coords_get(const xap_lat_long_coords *coords, size_t index, xap_lat_long_coord *coord,
                        xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_lat_long_coord> c(coord);
        const Xapian::LatLongCoords &all = need(coords).coords;
        if (index >= all.size())
            throw Xapian::RangeError("there is no place " + std::to_string(index));
        Xapian::LatLongCoordsIterator i = all.begin();
        for (size_t n = 0; n < index; n++)
            ++i;
        c = plain(*i);
    });
}

xap_code
xap_lat_long_coords_serialise(const xap_lat_long_coords *coords, const char **data, size_t *length,
                              xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(data, length);
        const xap_lat_long_coords &c = need(coords);
        lent = c.serialised = c.coords.serialise();
    });
}

xap_code
xap_lat_long_coords_unserialise(xap_lat_long_coords *coords, const char *data, size_t length,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        xap_lat_long_coords &c = need(coords);
        check_serialised(length);
        Xapian::LatLongCoords read;
        read.unserialise(bytes(data, length));
        c.coords = read;
    });
}

xap_code
xap_lat_long_coords_get_description(const xap_lat_long_coords *coords, const char **description,
                                    size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_lat_long_coords &c = need(coords);
        lent = c.description = c.coords.get_description();
    });
}

/* ---- Distance ---- */

xap_code
xap_lat_long_metric_new(const xap_lat_long_metric_functions *functions, void *data,
                        xap_lat_long_metric **metric, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_lat_long_metric> made(metric);
        const auto &f = need_functions(functions, "struct of metric functions");
        need_function(f.pointwise_distance, "pointwise_distance");
        const auto own = share(f, data);
        made.make(std::make_unique<own_metric>(own, name_of(f.name)));
        own->own();
    });
}

xap_code
xap_great_circle_metric_new(xap_lat_long_metric **metric, xap_error *error) noexcept
{
    return make<Xapian::GreatCircleMetric>(metric, error);
}

xap_code
xap_great_circle_metric_new_radius(double radius, xap_lat_long_metric **metric,
                                   xap_error *error) noexcept
{
    return make<Xapian::GreatCircleMetric>(metric, error, radius);
}

void
xap_lat_long_metric_free(xap_lat_long_metric *metric) noexcept
{
    delete metric;
}

xap_code
xap_lat_long_metric_pointwise_distance(const xap_lat_long_metric *metric,
                                       const xap_lat_long_coord *first,
                                       const xap_lat_long_coord *second, double *metres,
                                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out<double> distance(metres);
        distance = need(metric).metric->pointwise_distance(place(first), place(second));
    });
}

xap_code
xap_lat_long_metric_apply(const xap_lat_long_metric *metric, const xap_lat_long_coords *first,
                          const xap_lat_long_coords *second, double *metres,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out<double> distance(metres);
        distance = (*need(metric).metric)(need(first).coords, need(second).coords);
    });
}

xap_code
xap_lat_long_metric_apply_serialised(const xap_lat_long_metric *metric,
                                     const xap_lat_long_coords *first, const char *second,
                                     size_t length, double *metres, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<double> distance(metres);
        const Xapian::LatLongMetric &m = *need(metric).metric;
        check_serialised(length);
        distance = m(need(first).coords, bytes(second, length));
    });
}

xap_code
xap_lat_long_metric_clone(const xap_lat_long_metric *metric, xap_lat_long_metric **copy,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_lat_long_metric> made(copy);
        made.make(std::unique_ptr<Xapian::LatLongMetric>(need(metric).metric->clone()));
    });
}

xap_code
xap_lat_long_metric_name(const xap_lat_long_metric *metric, const char **name, size_t *length,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(name, length);
        const xap_lat_long_metric &m = need(metric);
        lent = m.name = m.metric->name();
    });
}

xap_code
xap_lat_long_metric_serialise(const xap_lat_long_metric *metric, const char **data, size_t *length,
                              xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(data, length);
        const xap_lat_long_metric &m = need(metric);
        lent = m.serialised = m.metric->serialise();
    });
}

xap_code
xap_lat_long_metric_unserialise(const xap_lat_long_metric *metric, const char *data, size_t length,
                                xap_lat_long_metric **unserialised_metric,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_lat_long_metric> made(unserialised_metric);
        made.make(std::unique_ptr<Xapian::LatLongMetric>(
            need(metric).metric->unserialise(bytes(data, length))));
    });
}
