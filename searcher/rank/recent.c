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
    struct xap_value_iterator *it = NULL;
    struct xap_error error;
    const double best = r->hit[0].weight > 0 ? r->hit[0].weight : 1; /* dates alone weigh nothing */
    int64_t newest = 0;
    if (!find_newest(r, &newest, err))
        return false;
    enum xap_code code = xap_database_valuestream_begin(r->db, SCHEMA_SLOT_PUBLISHED, &it, &error);
    for (size_t i = 0; code == XAP_OK && i < n && !xap_value_iterator_at_end(it); i++) {
        const char *value = NULL;
        size_t len = 0;
        xap_docid docid = 0;
        code = xap_value_iterator_skip_to(it, sorted[i]->docid, &error);
        if (code != XAP_OK || xap_value_iterator_at_end(it))
            break;
        code = xap_value_iterator_get_docid(it, &docid, &error);
        if (code == XAP_OK && docid == sorted[i]->docid)
            code = xap_value_iterator_get(it, &value, &len, &error);
        if (code == XAP_OK && len == SCHEMA_TIME_BYTES)
            add_hit(r, sorted[i], best, (double)(newest - schema_seconds(value)));
    }
    xap_value_iterator_free(it);
    return code == XAP_OK || err_xapian(err, &error, "ranking");
}
