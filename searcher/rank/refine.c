/* refine.c - the order of the first hits, by more than which words they have
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/rank/refine.h"

#include <stdlib.h>

#include "common/err-xapian.h"
#include "searcher/rank/bonus.h"
#include "searcher/rank/dates.h"
#include "searcher/rank/feedback.h"
#include "searcher/rank/recent.h"

static bool
xapian_failed(const struct xap_error *error, struct err *err)
{
    return err_xapian(err, error, "ranking");
}

size_t
refine_depth(const struct plan *plan, size_t wanted)
{
    if (plan->half_life > 0)
        return REFINE_RECENT_HITS;
    if (!feedback_is_for(plan))
        return REFINE_BONUS_HITS;
    return wanted <= REFINE_SHALLOW ? REFINE_FEEDBACK_HITS : REFINE_FEEDBACK_HITS_DEEP;
}

bool
refine_start(struct ranking *r, const struct xap_database *db, const struct plan *plan, size_t depth,
             const struct xap_mset *mset, struct err *err)
{
    struct xap_error error;
    xap_doccount articles = 0;
    const xap_doccount n = xap_mset_size(mset);
    *r = (struct ranking){.db = db, .plan = plan, .depth = depth};
    if (xap_database_get_doccount(db, &articles, &error) != XAP_OK ||
        xap_database_get_average_length(db, &r->mean_length, &error) != XAP_OK)
        return xapian_failed(&error, err);
    r->articles = articles;
    r->hit = calloc((size_t)n + 1, sizeof *r->hit);
    if (!r->hit)
        return err_nomem(err);
    for (; r->n < n; r->n++) {
        struct ranked *hit = &r->hit[r->n];
        hit->index = (uint32_t)r->n;
        hit->published = UNDATED;
        if (xap_mset_get_docid(mset, hit->index, &hit->docid, &error) != XAP_OK ||
            xap_mset_get_weight(mset, hit->index, &hit->weight, &error) != XAP_OK)
            return xapian_failed(&error, err);
    }
    return true;
}

void
refine_release(struct ranking *r)
{
    free(r->hit);
    *r = (struct ranking){.n = 0};
}

static int
by_docid(const void *a, const void *b)
{
    const struct ranked *x = *(struct ranked *const *)a, *y = *(struct ranked *const *)b;
    return (x->docid > y->docid) - (x->docid < y->docid);
}

/* The heaviest first; of equals the newest, then the one that Xapian had first. */
static int
by_weight(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->published != y->published)
        return x->published > y->published ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* The first n hits by docid, with their lengths. The caller frees it. */
static struct ranked **
sort_by_docid(struct ranking *r, size_t n, struct err *err)
{
    struct xap_error error;
    struct ranked **sorted = malloc((n + 1) * sizeof *sorted);
    if (!sorted) {
        err_nomem(err);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        sorted[i] = &r->hit[i];
    qsort(sorted, n, sizeof *sorted, by_docid);
    for (size_t i = 0; i < n; i++) {
        xap_termcount length = 0;
        if (sorted[i]->length > 0) /* an earlier part asked */
            continue;
        if (xap_database_get_doclength(r->db, sorted[i]->docid, &length, &error) != XAP_OK) {
            xapian_failed(&error, err);
            free(sorted);
            return NULL;
        }
        sorted[i]->length = length;
    }
    return sorted;
}

/* One kind of weight, for the first n hits, which are sorted anew after it. */
static bool
add(struct ranking *r, size_t n, bool (*kind)(struct ranking *, struct ranked *const *, size_t, struct err *),
    struct err *err)
{
    n = n < r->n ? n : r->n;
    struct ranked **sorted = sort_by_docid(r, n, err);
    const bool ok = sorted && kind(r, sorted, n, err);
    free(sorted);
    if (ok)
        qsort(r->hit, n, sizeof *r->hit, by_weight);
    return ok;
}

/* Puts hits of the same weight in their order; few are, and only their dates are read. Only as many hits as are always fetched:
 * pages agree, those of the first hundred hits among themselves. */
static bool
sort_equals(struct ranking *r, struct err *err)
{
    const size_t n = r->depth < r->n ? r->depth : r->n;
    struct ranked **equal = malloc((n + 1) * sizeof *equal);
    size_t n_equal = 0;
    if (!equal)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if ((i > 0 && r->hit[i].weight == r->hit[i - 1].weight) || (i + 1 < n && r->hit[i].weight == r->hit[i + 1].weight))
            equal[n_equal++] = &r->hit[i];
    qsort(equal, n_equal, sizeof *equal, by_docid);
    const bool ok = n_equal == 0 || dates_read(r, equal, n_equal, err);
    free(equal);
    if (ok && n_equal > 0)
        qsort(r->hit, n, sizeof *r->hit, by_weight);
    return ok;
}

bool
refine_hits(struct ranking *r, struct err *err)
{
    if (r->n == 0)
        return true;
    const bool words = r->plan->n_words > 0 && r->mean_length > 0, topic = feedback_is_for(r->plan);
    return (!words || add(r, topic ? REFINE_BONUS_HITS_TOPIC : REFINE_BONUS_HITS, bonus_add, err)) &&
           (!words || !topic || add(r, r->depth, feedback_add, err)) &&
           (r->plan->half_life <= 0 || add(r, REFINE_RECENT_HITS, recent_add, err)) && sort_equals(r, err);
}

bool
refine_scan(const struct ranking *r, const char *term, size_t len, struct ranked *const *sorted, size_t n,
            bool (*each)(void *arg, struct ranked *hit, double tf, struct err *err), void *arg, struct err *err)
{
    struct xap_posting_iterator *it = NULL;
    struct xap_error error = {.code = XAP_OK};
    enum xap_code code = xap_database_postlist_begin(r->db, term, len, &it, &error);
    bool ok = true;
    for (size_t i = 0; ok && code == XAP_OK && i < n && !xap_posting_iterator_at_end(it);) {
        xap_docid docid = 0;
        xap_termcount wdf = 0;
        code = xap_posting_iterator_get(it, &docid, &error);
        while (i < n && sorted[i]->docid < docid)
            i++;
        if (code != XAP_OK || i == n)
            break;
        if (sorted[i]->docid > docid) {
            code = xap_posting_iterator_skip_to(it, sorted[i]->docid, &error);
            continue;
        }
        code = xap_posting_iterator_get_wdf(it, &wdf, &error);
        ok = code != XAP_OK || each(arg, sorted[i++], wdf, err);
    }
    xap_posting_iterator_free(it);
    return ok && (code == XAP_OK || xapian_failed(&error, err));
}

bool
refine_frequency(const struct ranking *r, const char *term, size_t len, double *out, struct err *err)
{
    xap_doccount n = 0;
    struct xap_error error;
    if (xap_database_get_termfreq(r->db, term, len, &n, &error) != XAP_OK)
        return xapian_failed(&error, err);
    *out = n;
    return true;
}
