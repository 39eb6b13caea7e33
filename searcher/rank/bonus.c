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
#define PHRASE_SHARE 0.25

struct bonus {
    struct ranking *r;
    struct ranked *const *sorted;
    size_t n;
    double *weight; /* of each word in each hit, as if it were asked for alone: n for each word */
};

/* The word that is scanned for. */
struct exact {
    const struct bonus *b;
    double idf;
    double *weight; /* of this word */
    size_t at;
};

static bool
add_exact(void *arg, struct ranked *hit, double tf, struct err *err)
{
    (void)err;
    struct exact *e = arg;
    const double weight = e->idf * bm25_saturation(tf, hit->length, e->b->r->mean_length);
    while (e->b->sorted[e->at] != hit)
        e->at++;
    e->weight[e->at] = weight;
    hit->exact += EXACT_SHARE * weight;
    hit->weight += EXACT_SHARE * weight;
    return true;
}

static bool
add_words(const struct bonus *b, struct err *err)
{
    for (size_t i = 0; i < b->r->plan->n_words; i++) {
        const struct plan_word *w = &b->r->plan->word[i];
        struct exact e = {.b = b, .weight = b->weight + i * b->n};
        double articles = 0;
        if (!refine_frequency(b->r, w->term, w->len, &articles, err))
            return false;
        e.idf = bm25_idf(articles, b->r->articles);
        if (articles > 0 && !refine_scan(b->r, w->term, w->len, b->sorted, b->n, add_exact, &e, err))
            return false;
    }
    return true;
}

/* ---- pairs ---- */

/* Does the second word follow the first one anywhere in the article? */
static bool
is_pair(const struct ranking *r, xap_docid docid, const struct plan_word *first, const struct plan_word *second, bool *is,
        struct err *err)
{
    struct xap_position_iterator *a = NULL, *b = NULL;
    struct xap_error error;
    enum xap_code code = xap_database_positionlist_begin(r->db, docid, first->term, first->len, &a, &error);
    if (code == XAP_OK)
        code = xap_database_positionlist_begin(r->db, docid, second->term, second->len, &b, &error);
    *is = false;
    while (code == XAP_OK && !*is && !xap_position_iterator_at_end(a)) {
        xap_termpos at = 0, next = 0;
        code = xap_position_iterator_get(a, &at, &error);
        if (code == XAP_OK)
            code = xap_position_iterator_skip_to(b, at + 1, &error);
        if (code != XAP_OK || xap_position_iterator_at_end(b))
            break;
        code = xap_position_iterator_get(b, &next, &error);
        *is = code == XAP_OK && next == at + 1;
        if (code == XAP_OK && !*is)
            code = xap_position_iterator_skip_to(a, next - 1, &error);
    }
    xap_position_iterator_free(a);
    xap_position_iterator_free(b);
    return code == XAP_OK || err_xapian(err, &error, "ranking");
}

/* The i-th word of the query and the next one. */
static bool
add_pair(const struct bonus *b, size_t i, struct err *err)
{
    const struct plan_word *w = &b->r->plan->word[i];
    const double *first = b->weight + i * b->n, *second = first + b->n;
    for (size_t k = 0; k < b->n; k++) {
        struct ranked *hit = b->sorted[k];
        bool is;
        if (first[k] <= 0 || second[k] <= 0)
            continue;
        if (!is_pair(b->r, hit->docid, w, w + 1, &is, err))
            return false;
        const double weight = is ? PHRASE_SHARE * (first[k] + second[k]) : 0;
        hit->phrases += weight;
        hit->weight += weight;
    }
    return true;
}

static bool
add_pairs(const struct bonus *b, struct err *err)
{
    for (size_t i = 0; i + 1 < b->r->plan->n_words; i++)
        if (b->r->plan->word[i].followed && !add_pair(b, i, err))
            return false;
    return true;
}

bool
bonus_add(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err)
{
    const struct bonus b = {r, sorted, n, calloc(r->plan->n_words * n + 1, sizeof *b.weight)};
    const bool ok = b.weight ? add_words(&b, err) && add_pairs(&b, err) : err_nomem(err);
    free(b.weight);
    return ok;
}
