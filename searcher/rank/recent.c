/* recent.c - weight for articles that were published lately
 *
 * Only where it is asked for. The newest article, or one of today where dates lie ahead, counts half as much again as the
 * best hit; each half-life of age halves that.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/rank/recent.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "common/err-xapian.h"
#include "common/schema.h"
#include "searcher/rank/dates.h"

/* Of the best hit's weight, for an article without age. */
#define SHARE 0.5

#define DAY 86400.0

/* From when on ages count: the newest article, but not later than now. */
static bool
find_newest(const struct ranking *r, int64_t *newest, struct err *err)
{
    const char *value;
    size_t len;
    struct xap_error error;
    if (xap_database_get_value_upper_bound(r->db, SCHEMA_SLOT_PUBLISHED, &value, &len, &error) != XAP_OK)
        return err_xapian(err, &error, "ranking");
    const int64_t now = time(NULL);
    *newest = len == SCHEMA_TIME_BYTES ? schema_seconds(value) : now;
    *newest = *newest < now ? *newest : now;
    return true;
}

static void
add_hit(const struct ranking *r, struct ranked *hit, double best, double age)
{
    const double halves = age > 0 ? age / (DAY * r->plan->half_life) : 0;
    hit->recent = SHARE * best * exp2(-halves);
    hit->weight += hit->recent;
}

bool
recent_add(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err)
{
    const double best = r->hit[0].weight > 0 ? r->hit[0].weight : 1; /* dates alone weigh nothing */
    int64_t newest = 0;
    if (!find_newest(r, &newest, err) || !dates_read(r, sorted, n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (sorted[i]->published != UNDATED)
            add_hit(r, sorted[i], best, (double)(newest - sorted[i]->published));
    return true;
}
