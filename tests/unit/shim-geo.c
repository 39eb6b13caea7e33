/* shim-geo.c - places: distance, searching and sorting by it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shim-common.h"

#include <float.h>
#include <math.h>

#define NEAR(value, expected, within) assert_true(fabs((value) - (expected)) < (within))

static void
miles(void **state)
{
    (void)state;
    NEAR(xap_miles_to_metres(2), 3218.688, 1e-9);
    NEAR(xap_metres_to_miles(1609.344), 1, 1e-9);
}

static void
a_place(void **state)
{
    struct xap_error error;
    struct xap_lat_long_coord place, same;
    char bytes[3 * XAP_LAT_LONG_COORD_MAX], *text;
    const char *at = bytes;
    size_t length, more;

    (void)state;
    OK(xap_lat_long_coord_init(51.5, -0.125, &place, &error));
    NEAR(place.latitude, 51.5, 1e-9);
    NEAR(place.longitude, 359.875, 1e-9);
    OK(xap_lat_long_coord_serialise(&place, bytes, &length, &error));
    assert_in_range(length, 2, XAP_LAT_LONG_COORD_MAX);
    OK(xap_lat_long_coord_unserialise(bytes, length, &same, &error));
    NEAR(same.latitude, 51.5, 1.0 / 3600 / 16);
    NEAR(same.longitude, 359.875, 1.0 / 3600 / 16);
    /* two, one behind the other */
    OK(xap_lat_long_coord_init(-33.1234567, 151.7654321, &same, &error));
    OK(xap_lat_long_coord_serialise(&same, bytes + length, &more, &error));
    assert_int_equal(more, XAP_LAT_LONG_COORD_MAX);
    OK(xap_lat_long_coord_unserialise_next(&at, bytes + length + more, &place, &error));
    NEAR(place.latitude, 51.5, 0.001);
    FAILS(XAP_SERIALISATION_ERROR, xap_lat_long_coord_unserialise(bytes, 1, &same, &error));
    NEAR(same.latitude, 0, 1e-9);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_lat_long_coord_unserialise_next(NULL, bytes, &same, &error));
    OK(xap_lat_long_coord_get_description(&place, &text, &length, &error));
    assert_non_null(strstr(text, "51.5"));
    xap_free(text);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_lat_long_coord_init(91, 0, &place, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_lat_long_coord_init(NAN, 0, &place, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_lat_long_coord_init(0, INFINITY, &place, &error));
    FAILS(XAP_BAD_HANDLE, xap_lat_long_coord_serialise(NULL, bytes, &length, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_lat_long_coord_serialise(&place, NULL, &length, &error));
    place.latitude = NAN;
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_lat_long_coord_serialise(&place, bytes, &length, &error));
}

static void
places(void **state)
{
    static const struct xap_lat_long_coord london = {51.5, 359.875}, sydney = {-33.125, 151.75};
    struct xap_error error;
    struct xap_lat_long_coords *coords, *same;
    struct xap_lat_long_coord place;
    const char *bytes;
    size_t length;

    (void)state;
    OK(xap_lat_long_coords_new(&coords, &error));
    assert_true(xap_lat_long_coords_empty(coords));
    OK(xap_lat_long_coords_append(coords, &london, &error));
    OK(xap_lat_long_coords_append(coords, &sydney, &error));
    assert_false(xap_lat_long_coords_empty(coords));
    assert_int_equal(xap_lat_long_coords_size(coords), 2);
    OK(xap_lat_long_coords_get(coords, 1, &place, &error));
    NEAR(place.longitude, 151.75, 1e-9);
    FAILS(XAP_RANGE_ERROR, xap_lat_long_coords_get(coords, 2, &place, &error));
    OK(xap_lat_long_coords_serialise(coords, &bytes, &length, &error));
    OK(xap_lat_long_coords_new_coord(&sydney, &same, &error));
    assert_int_equal(xap_lat_long_coords_size(same), 1);
    OK(xap_lat_long_coords_unserialise(same, bytes, length, &error));
    assert_int_equal(xap_lat_long_coords_size(same), 2);
    FAILS(XAP_SERIALISATION_ERROR, xap_lat_long_coords_unserialise(same, S("x"), &error));
    assert_int_equal(xap_lat_long_coords_size(same), 2);
    FAILS(XAP_SERIALISATION_ERROR, xap_lat_long_coords_unserialise(same, S("seven b"), &error));
    OK(xap_lat_long_coords_get_description(same, &bytes, &length, &error));
    assert_non_null(strstr(bytes, "151.75"));
    FAILS(XAP_BAD_HANDLE, xap_lat_long_coords_append(same, NULL, &error));
    xap_lat_long_coords_free(same);
    FAILS(XAP_BAD_HANDLE, xap_lat_long_coords_new_coord(NULL, &same, &error));
    assert_null(same);
    xap_lat_long_coords_free(coords);
}

/* As the crow does not fly: a degree is a metre. */
static enum xap_code
degrees(void *data, const struct xap_lat_long_coord *first, const struct xap_lat_long_coord *second,
        double *metres, struct xap_error *error)
{
    *metres = fabs(first->latitude - second->latitude) + fabs(first->longitude - second->longitude);
    return shim_own_called(data, error);
}

static enum xap_code
clone(void *data, void **copy, struct xap_error *error)
{
    (void)error;
    ((struct shim_own *)data)->cloned++;
    *copy = data;
    return XAP_OK;
}

static enum xap_code
serialise(void *data, const char **bytes, size_t *length, struct xap_error *error)
{
    *bytes = "d";
    *length = 1;
    return shim_own_called(data, error);
}

static enum xap_code
unserialise(void *data, const char *bytes, size_t length, void **made, struct xap_error *error)
{
    if (length != 1 || bytes[0] != 'd')
        return XAP_SERIALISATION_ERROR;
    return clone(data, made, error);
}

static const struct xap_lat_long_metric_functions all = {
    "Test::Degrees", degrees, clone, serialise, unserialise, shim_own_destroy};
static const struct xap_lat_long_metric_functions few = {
    "Test::Degrees", degrees, NULL, NULL, NULL, NULL};

static void
metrics(void **state)
{
    static const struct xap_lat_long_coord pole = {90, 0}, equator = {0, 0}, east = {0, 10};
    static const struct xap_lat_long_metric_functions none = {0};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_lat_long_metric *metric, *copy;
    struct xap_lat_long_coords *first, *second, *empty;
    const char *bytes;
    size_t length;
    double metres;

    (void)state;
    OK(xap_great_circle_metric_new(&metric, &error));
    OK(xap_lat_long_metric_pointwise_distance(metric, &pole, &equator, &metres, &error));
    NEAR(metres, 10010367, 1000);
    OK(xap_lat_long_metric_name(metric, &bytes, &length, &error));
    assert_bytes(bytes, length, "Xapian::GreatCircleMetric");
    xap_lat_long_metric_free(metric);
    OK(xap_great_circle_metric_new_radius(2, &metric, &error));
    OK(xap_lat_long_metric_serialise(metric, &bytes, &length, &error));
    OK(xap_lat_long_metric_unserialise(metric, bytes, length, &copy, &error));
    OK(xap_lat_long_metric_pointwise_distance(copy, &pole, &equator, &metres, &error));
    NEAR(metres, 3.14159265, 1e-6);
    xap_lat_long_metric_free(copy);
    FAILS(XAP_NETWORK_ERROR,
          xap_lat_long_metric_unserialise(metric, S("xx too long for a number"), &copy, &error));
    xap_lat_long_metric_free(metric);

    OK(xap_lat_long_metric_new(&all, &own, &metric, &error));
    OK(xap_lat_long_coords_new_coord(&equator, &first, &error));
    OK(xap_lat_long_coords_append(first, &pole, &error));
    OK(xap_lat_long_coords_new_coord(&east, &second, &error));
    OK(xap_lat_long_coords_new(&empty, &error));
    OK(xap_lat_long_metric_apply(metric, first, second, &metres, &error));
    NEAR(metres, 10, 1e-9);
    OK(xap_lat_long_coords_serialise(second, &bytes, &length, &error));
    OK(xap_lat_long_metric_apply_serialised(metric, first, bytes, length, &metres, &error));
    NEAR(metres, 10, 1e-9);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_lat_long_metric_apply(metric, first, empty, &metres, &error));
    NEAR(metres, 0, 1e-9);
    OK(xap_lat_long_metric_clone(metric, &copy, &error));
    OK(xap_lat_long_metric_name(copy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Degrees");
    xap_lat_long_metric_free(copy);
    assert_int_equal(own.cloned, 1);
    assert_int_equal(own.destroyed, 1);
    OK(xap_lat_long_metric_serialise(metric, &bytes, &length, &error));
    OK(xap_lat_long_metric_unserialise(metric, bytes, length, &copy, &error));
    xap_lat_long_metric_free(copy);
    FAILS(XAP_SERIALISATION_ERROR, xap_lat_long_metric_unserialise(metric, S("x"), &copy, &error));
    own.fails = XAP_CALLBACK;
    FAILS(XAP_CALLBACK,
          xap_lat_long_metric_pointwise_distance(metric, &pole, &equator, &metres, &error));
    NEAR(metres, 0, 1e-9);
    xap_lat_long_metric_free(metric);
    assert_int_equal(own.destroyed, 3);

    OK(xap_lat_long_metric_new(&few, &own, &metric, &error));
    OK(xap_lat_long_metric_serialise(metric, &bytes, &length, &error));
    assert_bytes(bytes, length, "");
    FAILS(XAP_UNIMPLEMENTED_ERROR, xap_lat_long_metric_unserialise(metric, S("x"), &copy, &error));
    OK(xap_lat_long_metric_clone(metric, &copy, &error));
    xap_lat_long_metric_free(metric);
    xap_lat_long_metric_free(copy);
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_lat_long_metric_new(&none, &own, &metric, &error));
    xap_lat_long_coords_free(empty);
    xap_lat_long_coords_free(second);
    xap_lat_long_coords_free(first);
}

/* Five documents at 0 degrees north and 50, 40, 30, 20, 10 east, and one that is nowhere. */
static struct xap_database *
towns(void **state)
{
    struct xap_error error;
    struct xap_writable_database *writable;
    struct xap_database *database;

    OK(xap_writable_database_new_open(shim_path(state, "towns"), XAP_DB_CREATE | XAP_DB_NO_SYNC, 0,
                                      &writable, &error));
    for (int n = 1; n <= 6; n++) {
        struct xap_document *document;
        char bytes[XAP_LAT_LONG_COORD_MAX];
        size_t length;

        OK(xap_document_new(&document, &error));
        OK(xap_document_add_term(document, S("town"), 1, &error));
        if (n < 6) {
            const struct xap_lat_long_coord place = {0, 10 * (6 - n)};

            OK(xap_lat_long_coord_serialise(&place, bytes, &length, &error));
            OK(xap_document_add_value(document, 0, bytes, length, &error));
        }
        OK(xap_writable_database_add_document(writable, document, NULL, &error));
        xap_document_free(document);
    }
    OK(xap_writable_database_commit(writable, &error));
    xap_writable_database_free(writable);
    OK(xap_database_new_open(shim_path(state, "towns"), 0, &database, &error));
    return database;
}

static void
searching_by_distance(void **state)
{
    static const struct xap_lat_long_coord here = {0, 21};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = towns(state);
    struct xap_lat_long_coords *centre, *empty;
    struct xap_lat_long_metric *metric;
    struct xap_posting_source *source, *copy;
    struct xap_registry *registry;
    struct xap_query *query;
    struct xap_mset *mset;
    const char *bytes;
    size_t length;

    OK(xap_lat_long_coords_new_coord(&here, &centre, &error));
    OK(xap_lat_long_coords_new(&empty, &error));
    /* two degrees are some 222 km */
    OK(xap_lat_long_distance_posting_source_new(0, centre, NULL, 1300000, 1000, 1, &source,
                                                &error));
    OK(xap_query_new_posting_source(source, &query, &error));
    xap_posting_source_free(source);
    mset = shim_search(database, query);
    assert_string_equal(shim_digits(mset), "435");
    xap_mset_free(mset);
    xap_query_free(query);
    OK(xap_lat_long_metric_new(&few, &own, &metric, &error));
    OK(xap_lat_long_distance_posting_source_new(0, centre, metric, 10, 1000, 1, &source, &error));
    /* as bytes, with a registry that knows the metric */
    OK(xap_posting_source_serialise(source, &bytes, &length, &error));
    OK(xap_registry_new(&registry, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR, xap_posting_source_unserialise_with_registry(
                                          source, bytes, length, registry, &copy, &error));
    xap_registry_free(registry);
    OK(xap_query_new_posting_source(source, &query, &error));
    xap_lat_long_metric_free(metric);
    xap_posting_source_free(source);
    xap_lat_long_coords_free(centre);
    mset = shim_search(database, query);
    assert_string_equal(shim_digits(mset), "43");
    xap_mset_free(mset);
    xap_query_free(query);
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_lat_long_distance_posting_source_new(0, empty, NULL, 10, 1000, 1, &source, &error));
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_lat_long_distance_posting_source_new(0, empty, NULL, 10, 0, 1, &source, &error));
    assert_null(source);
    xap_lat_long_coords_free(empty);
    xap_database_free(database);
}

static const char *
sorted(const struct xap_database *database, struct xap_key_maker *maker)
{
    static char text[16];
    struct xap_error error;
    struct xap_query *query = shim_term("town");
    struct xap_enquire *enquire;
    struct xap_mset *mset;

    OK(xap_enquire_new(database, &enquire, &error));
    OK(xap_enquire_set_query(enquire, query, 0, &error));
    OK(xap_enquire_set_sort_by_key(enquire, maker, false, &error));
    xap_key_maker_free(maker);
    OK(xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &error));
    memcpy(text, shim_digits(mset), sizeof text);
    xap_mset_free(mset);
    xap_query_free(query);
    xap_enquire_free(enquire);
    return text;
}

static void
sorting_by_distance(void **state)
{
    static const struct xap_lat_long_coord here = {0, 32};
    static const double nearby = 5;
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *database = towns(state);
    struct xap_lat_long_coords *centre, *empty;
    struct xap_lat_long_metric *metric;
    struct xap_key_maker *maker;

    OK(xap_lat_long_coords_new_coord(&here, &centre, &error));
    OK(xap_lat_long_coords_new(&empty, &error));
    OK(xap_lat_long_distance_key_maker_new(0, centre, NULL, NULL, &maker, &error));
    assert_string_equal(sorted(database, maker), "324156");
    OK(xap_lat_long_metric_new(&few, &own, &metric, &error));
    OK(xap_lat_long_distance_key_maker_new(0, centre, metric, &nearby, &maker, &error));
    xap_lat_long_metric_free(metric);
    xap_lat_long_coords_free(centre);
    assert_string_equal(sorted(database, maker), "362415");
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_lat_long_distance_key_maker_new(0, empty, NULL, NULL, &maker, &error));
    FAILS(XAP_BAD_HANDLE, xap_lat_long_distance_key_maker_new(0, NULL, NULL, NULL, &maker, &error));
    assert_null(maker);
    xap_lat_long_coords_free(empty);
    xap_database_free(database);
}

static void
a_name_is_copied(void **state)
{
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_lat_long_metric_functions named = all;
    struct xap_lat_long_metric *made, *copy;
    char name[] = "Test::Named";
    const char *bytes;
    size_t length;

    (void)state;
    named.name = name;
    OK(xap_lat_long_metric_new(&named, &own, &made, &error));
    /* from here on the name is the caller's again, clones or not */
    memset(name, '?', sizeof name - 1);
    OK(xap_lat_long_metric_clone(made, &copy, &error));
    OK(xap_lat_long_metric_name(copy, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Named");
    xap_lat_long_metric_free(copy);
    OK(xap_lat_long_metric_name(made, &bytes, &length, &error));
    assert_bytes(bytes, length, "Test::Named");
    xap_lat_long_metric_free(made);
}

static void
lengths_are_believed(void **state)
{
    static const struct xap_lat_long_coord london = {51.53, 0.07}, sydney = {-33.86, 151.75};
    struct xap_error error;
    char bytes[2 * XAP_LAT_LONG_COORD_MAX];
    struct xap_lat_long_coords *coords, *read;
    struct xap_lat_long_metric *metric;
    struct xap_lat_long_coord place;
    size_t first, second;
    double near_one, both;

    (void)state;
    OK(xap_lat_long_coord_serialise(&london, bytes, &first, &error));
    assert_int_equal(first, XAP_LAT_LONG_COORD_MAX);
    OK(xap_lat_long_coord_serialise(&sydney, bytes + first, &second, &error));
    /* of a place the first two bytes are its latitude, without fractions */
    OK(xap_lat_long_coord_unserialise(bytes, 2, &place, &error));
    assert_true(place.longitude != london.longitude);
    OK(xap_lat_long_coords_new(&read, &error));
    OK(xap_lat_long_coords_unserialise(read, bytes, first, &error));
    assert_int_equal(xap_lat_long_coords_size(read), 1);
    OK(xap_lat_long_coords_unserialise(read, bytes, first + second, &error));
    assert_int_equal(xap_lat_long_coords_size(read), 2);
    OK(xap_lat_long_coords_new_coord(&sydney, &coords, &error));
    OK(xap_great_circle_metric_new(&metric, &error));
    OK(xap_lat_long_metric_apply_serialised(metric, coords, bytes, first, &near_one, &error));
    OK(xap_lat_long_metric_apply_serialised(metric, coords, bytes, first + second, &both, &error));
    assert_true(near_one > 1e6);
    NEAR(both, 0, 1);
    xap_lat_long_metric_free(metric);
    xap_lat_long_coords_free(coords);
    xap_lat_long_coords_free(read);
}

/* The weight of the best town within a range of 10 of the centre. */
static double
best_weight(const struct xap_database *database, double k1, double k2)
{
    static const struct xap_lat_long_coord here = {0, 32};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_lat_long_coords *centre;
    struct xap_lat_long_metric *metric;
    struct xap_posting_source *source;
    struct xap_query *query;
    struct xap_mset *mset;
    double weight;

    OK(xap_lat_long_coords_new_coord(&here, &centre, &error));
    OK(xap_lat_long_metric_new(&few, &own, &metric, &error));
    OK(xap_lat_long_distance_posting_source_new(0, centre, metric, 10, k1, k2, &source, &error));
    OK(xap_query_new_posting_source(source, &query, &error));
    xap_lat_long_metric_free(metric);
    xap_lat_long_coords_free(centre);
    xap_posting_source_free(source);
    mset = shim_search(database, query);
    assert_true(xap_mset_size(mset) > 0);
    OK(xap_mset_get_weight(mset, xap_mset_size(mset) - 1, &weight, &error));
    xap_mset_free(mset);
    xap_query_free(query);
    return weight;
}

static void
weights_of_distances_have_the_parameters_given(void **state)
{
    struct xap_database *database = towns(state);
    double usual = best_weight(database, 1000, 1);

    /* k1 times the power of (k1 + distance) to -k2 */
    assert_true(best_weight(database, 1, 1) < usual);
    NEAR(best_weight(database, 1000, 2), usual * usual / 1000, 1e-9);
    xap_database_free(database);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("miles and metres", miles),
        TEST("a place", a_place),
        TEST("places", places),
        TEST("metrics, Xapian's and the caller's", metrics),
        TEST("searching by distance", searching_by_distance),
        TEST("sorting by distance", sorting_by_distance),
        TEST("a name is copied", a_name_is_copied),
        {"lengths are believed", lengths_are_believed, shim_setup, shim_teardown, NULL},
        {"weights of distances have the parameters given",
         weights_of_distances_have_the_parameters_given, shim_setup, shim_teardown, NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-geo", tests, NULL, NULL);
}
