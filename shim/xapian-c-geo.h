/* xapian-c-geo.h - searching by places on the earth
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * A document's places are a value: what xap_lat_long_coords_serialise gives. Put
 * nothing else into its slot: Xapian 1.4.22 never comes back from a value of 1, 7,
 * 13 ... bytes.
 * Functions of the caller's: see "Callbacks" there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_GEO_H
#define XAPIAN_C_GEO_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_key_maker;
struct xap_lat_long_coords;
struct xap_lat_long_metric;
struct xap_posting_source;

XAP_API double xap_miles_to_metres(double miles) XAP_NOEXCEPT;
XAP_API double xap_metres_to_miles(double metres) XAP_NOEXCEPT;

/* ---- A place ------------------------------------------------------------- */

/* In degrees: latitude -90 to 90, north is positive; longitude 0 to 360, from Greenwich to the
 * east. */
struct xap_lat_long_coord {
    double latitude;
    double longitude;
};

#define XAP_LAT_LONG_COORD_MAX 6 /* bytes a serialised one can need */

/* Any finite longitude is brought into range; XAP_INVALID_ARGUMENT_ERROR for what is no latitude.
 */
XAP_API enum xap_code xap_lat_long_coord_init(double latitude, double longitude,
                                              struct xap_lat_long_coord *coord,
                                              struct xap_error *error) XAP_NOEXCEPT;
/* To a sixteenth of a second; length: how many of the bytes were used. */
XAP_API enum xap_code xap_lat_long_coord_serialise(const struct xap_lat_long_coord *coord,
                                                   char bytes[XAP_LAT_LONG_COORD_MAX],
                                                   size_t *length,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/* XAP_SERIALISATION_ERROR for bytes that are none, or too many. */
XAP_API enum xap_code xap_lat_long_coord_unserialise(const char *bytes, size_t length,
                                                     struct xap_lat_long_coord *coord,
                                                     struct xap_error *error) XAP_NOEXCEPT;
/* The first of several; *bytes goes to behind it. */
XAP_API enum xap_code xap_lat_long_coord_unserialise_next(const char **bytes, const char *end,
                                                          struct xap_lat_long_coord *coord,
                                                          struct xap_error *error) XAP_NOEXCEPT;
/* To be freed with xap_free. */
XAP_API enum xap_code xap_lat_long_coord_get_description(const struct xap_lat_long_coord *coord,
                                                         char **text, size_t *length,
                                                         struct xap_error *error) XAP_NOEXCEPT;

/* ---- Places -------------------------------------------------------------- */

XAP_API enum xap_code xap_lat_long_coords_new(struct xap_lat_long_coords **coords,
                                              struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_lat_long_coords_new_coord(const struct xap_lat_long_coord *coord,
                                                    struct xap_lat_long_coords **coords,
                                                    struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_lat_long_coords_free(struct xap_lat_long_coords *coords) XAP_NOEXCEPT;
XAP_API enum xap_code xap_lat_long_coords_append(struct xap_lat_long_coords *coords,
                                                 const struct xap_lat_long_coord *coord,
                                                 struct xap_error *error) XAP_NOEXCEPT;
XAP_API size_t xap_lat_long_coords_size(const struct xap_lat_long_coords *coords) XAP_NOEXCEPT;
XAP_API bool xap_lat_long_coords_empty(const struct xap_lat_long_coords *coords) XAP_NOEXCEPT;
/* index from 0; XAP_RANGE_ERROR beyond the size. */
XAP_API enum xap_code xap_lat_long_coords_get(const struct xap_lat_long_coords *coords,
                                              size_t index, struct xap_lat_long_coord *coord,
                                              struct xap_error *error) XAP_NOEXCEPT;
/* Lent. */
XAP_API enum xap_code xap_lat_long_coords_serialise(const struct xap_lat_long_coords *coords,
                                                    const char **bytes, size_t *length,
                                                    struct xap_error *error) XAP_NOEXCEPT;
/* In place of what was there; unchanged if it fails. */
XAP_API enum xap_code xap_lat_long_coords_unserialise(struct xap_lat_long_coords *coords,
                                                      const char *bytes, size_t length,
                                                      struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_lat_long_coords_get_description(const struct xap_lat_long_coords *coords,
                                                          const char **text, size_t *length,
                                                          struct xap_error *error) XAP_NOEXCEPT;

/* ---- Distance ------------------------------------------------------------ */

struct xap_lat_long_metric_functions {
    /* Full name of the metric. */
    const char *name;
    /* In metres. */
    enum xap_code (*pointwise_distance)(void *data, const struct xap_lat_long_coord *first,
                                        const struct xap_lat_long_coord *second, double *metres,
                                        struct xap_error *error);
    /* From here on all may be NULL. Without clone clones share data. */
    enum xap_code (*clone)(void *data, void **copy, struct xap_error *error);
    /* Its parameters as lent bytes; and data that such bytes describe. */
    enum xap_code (*serialise)(void *data, const char **bytes, size_t *length,
                               struct xap_error *error);
    enum xap_code (*unserialise)(void *data, const char *bytes, size_t length, void **made,
                                 struct xap_error *error);
    void (*destroy)(void *data);
};

XAP_API enum xap_code xap_lat_long_metric_new(const struct xap_lat_long_metric_functions *functions,
                                              void *data, struct xap_lat_long_metric **metric,
                                              struct xap_error *error) XAP_NOEXCEPT;
/* On a sphere: one like the earth, or of that radius in metres. */
XAP_API enum xap_code xap_great_circle_metric_new(struct xap_lat_long_metric **metric,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_great_circle_metric_new_radius(double radius,
                                                         struct xap_lat_long_metric **metric,
                                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_lat_long_metric_free(struct xap_lat_long_metric *metric) XAP_NOEXCEPT;
XAP_API enum xap_code xap_lat_long_metric_pointwise_distance(
    const struct xap_lat_long_metric *metric, const struct xap_lat_long_coord *first,
    const struct xap_lat_long_coord *second, double *metres, struct xap_error *error) XAP_NOEXCEPT;
/* The shortest between any of the one and any of the other, of which both must have some. */
XAP_API enum xap_code xap_lat_long_metric_apply(const struct xap_lat_long_metric *metric,
                                                const struct xap_lat_long_coords *first,
                                                const struct xap_lat_long_coords *second,
                                                double *metres,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* The same, the second being serialised. */
XAP_API enum xap_code xap_lat_long_metric_apply_serialised(const struct xap_lat_long_metric *metric,
                                                           const struct xap_lat_long_coords *first,
                                                           const char *second, size_t length,
                                                           double *metres,
                                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_lat_long_metric_clone(const struct xap_lat_long_metric *metric,
                                                struct xap_lat_long_metric **copy,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* Lent. */
XAP_API enum xap_code xap_lat_long_metric_name(const struct xap_lat_long_metric *metric,
                                               const char **name, size_t *length,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_lat_long_metric_serialise(const struct xap_lat_long_metric *metric,
                                                    const char **bytes, size_t *length,
                                                    struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_lat_long_metric_unserialise(const struct xap_lat_long_metric *metric,
                                                      const char *bytes, size_t length,
                                                      struct xap_lat_long_metric **made,
                                                      struct xap_error *error) XAP_NOEXCEPT;

/* ---- Searching and sorting by distance ----------------------------------- */

/*
 * Documents with a place in slot within max_range metres (0: anywhere) of
 * centre, which must have a place, weighing k1 * (distance + k1) to the power of
 * -k2: Xapian's own are 1000 and 1. metric NULL: on the earth.
 */
XAP_API enum xap_code
xap_lat_long_distance_posting_source_new(xap_valueno slot, const struct xap_lat_long_coords *centre,
                                         const struct xap_lat_long_metric *metric, double max_range,
                                         double k1, double k2, struct xap_posting_source **source,
                                         struct xap_error *error) XAP_NOEXCEPT;
/* Keys that sort by distance; default_distance: that of documents without a place; NULL: behind all
 * others. */
XAP_API enum xap_code xap_lat_long_distance_key_maker_new(xap_valueno slot,
                                                          const struct xap_lat_long_coords *centre,
                                                          const struct xap_lat_long_metric *metric,
                                                          const double *default_distance,
                                                          struct xap_key_maker **maker,
                                                          struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
