/* bonus.c - weight for words in the form, and in the order, in which they were asked for
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/rank/bonus.h"

#include <stdlib.h>

#include "common/err-xapian.h"
#include "searcher/rank/bm25.h"

/* Shares of a word's weight, measured: doc/ranking.md. */
#define EXACT_SHARE 0.15
#define PHRASE_SHARE 0.15

struct exact {
    const struct ranking *r;
    double idf;
};

static bool
add_exact(void *arg, struct ranked *hit, double tf, struct err *err)
{
    (void)err;
    const struct exact *e = arg;
    const double weight = EXACT_SHARE * e->idf * bm25_saturation(tf, hit->length, e->r->mean_length);
    hit->exact += weight;
    hit->weight += weight;
    return true;
}

static bool
add_words(struct ranking *r, struct ranked *const *sorted, size_t n, double *idf, struct err *err)
{
    for (size_t i = 0; i < r->plan->n_words; i++) {
        const struct plan_word *w = &r->plan->word[i];
        struct exact e = {.r = r};
        double articles = 0;
        if (!refine_frequency(r, w->term, w->len, &articles, err))
            return false;
        e.idf = idf[i] = bm25_idf(articles, r->articles);
        if (articles > 0 && !refine_scan(r, w->term, w->len, sorted, n, add_exact, &e, err))
            return false;
    }
    return true;
}

/* ---- pairs ---- */

struct pair {
    const struct ranking *r;
    const struct plan_word *first, *second;
    double idf;
};

/* How often does the second word follow the first one? */
static bool
count_pairs(const struct pair *p, xap_docid docid, double *out, struct err *err)
{
    struct xap_position_iterator *a = NULL, *b = NULL;
    struct xap_error error;
    xap_termpos at = 0;
    enum xap_code code =
        xap_database_positionlist_begin(p->r->db, docid, p->first->term, p->first->len, &a, &error);
    if (code == XAP_OK)
        code = xap_database_positionlist_begin(p->r->db, docid, p->second->term, p->second->len, &b, &error);
    *out = 0;
    while (code == XAP_OK && !xap_position_iterator_at_end(a) && !xap_position_iterator_at_end(b)) {
        xap_termpos next = 0;
        code = xap_position_iterator_get(a, &at, &error);
        if (code == XAP_OK)
            code = xap_position_iterator_skip_to(b, at + 1, &error);
        if (code != XAP_OK || xap_position_iterator_at_end(b))
            break;
        code = xap_position_iterator_get(b, &next, &error);
        if (code == XAP_OK && next == at + 1)
            *out += 1;
        if (code == XAP_OK)
            code = next == at + 1 ? xap_position_iterator_next(a, &error)
                                  : xap_position_iterator_skip_to(a, next - 1, &error);
    }
    xap_position_iterator_free(a);
    xap_position_iterator_free(b);
    return code == XAP_OK || err_xapian(err, &error, "ranking");
}

static bool
add_pair(void *arg, struct ranked *hit, double tf, struct err *err)
{
    (void)tf;
    const struct pair *p = arg;
    double times;
    if (!count_pairs(p, hit->docid, &times, err))
        return false;
    const double weight = PHRASE_SHARE * p->idf * bm25_saturation(times, hit->length, p->r->mean_length);
    hit->phrases += weight;
    hit->weight += weight;
    return true;
}

static bool
add_pairs(struct ranking *r, struct ranked *const *sorted, size_t n, const double *idf, struct err *err)
{
    const struct plan *plan = r->plan;
    for (size_t i = 0; i + 1 < plan->n_words; i++) {
        const struct pair p = {r, &plan->word[i], &plan->word[i + 1], idf[i] + idf[i + 1]};
        /* the rarer of them tells which hits are worth a look */
        const struct plan_word *rarer = idf[i] > idf[i + 1] ? p.first : p.second;
        if (p.first->followed && !refine_scan(r, rarer->term, rarer->len, sorted, n, add_pair, (void *)(uintptr_t)&p, err))
            return false;
    }
    return true;
}

bool
bonus_add(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err)
{
    double *idf = calloc(r->plan->n_words, sizeof *idf);
    if (!idf)
        return err_nomem(err);
    const bool ok = add_words(r, sorted, n, idf, err) && add_pairs(r, sorted, n, idf, err);
    free(idf);
    return ok;
}
