/* bonus.c - weight for words in the form, and in the order, in which they were asked for
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/rank/bonus.h"

#include <stdlib.h>
#include <string.h>

#include "common/err-xapian.h"
#include "searcher/rank/bm25.h"
#include "searcher/request.h"

/* Shares of a word's weight, measured: doc/ranking.md. */
#define EXACT_SHARE 0.15
#define PHRASE_SHARE 0.1
#define NEAR_SHARE 0.05
/* Words that are near: no further apart than that in an article, as words of the query that are left out of nothing are in it. */
#define NEAR 8
#define REACH 3
/* The places of a word in an article that are looked at: the first ones of it. */
#define PLACES_MAX 500

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
    if (!(e->b->r->plan->without & PART_EXACT)) {
        hit->exact += EXACT_SHARE * weight;
        hit->weight += EXACT_SHARE * weight;
    }
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
        e.idf = w->boost * bm25_idf(articles, b->r->articles);
        if (articles > 0 && !refine_scan(b->r, w->term, w->len, b->sorted, b->n, add_exact, &e, err))
            return false;
    }
    return true;
}

/* ---- words near each other ---- */

/* Where a word of the query stands in one hit. */
struct places {
    xap_termpos at[PLACES_MAX];
    size_t n;
};

static bool
read_places(const struct ranking *r, xap_docid docid, const struct plan_word *w, struct places *p, struct err *err)
{
    struct xap_position_iterator *it = NULL;
    struct xap_error error;
    enum xap_code code = xap_database_positionlist_begin(r->db, docid, w->term, w->len, &it, &error);
    p->n = 0;
    while (code == XAP_OK && p->n < PLACES_MAX && !xap_position_iterator_at_end(it)) {
        code = xap_position_iterator_get(it, &p->at[p->n], &error);
        if (code == XAP_OK)
            code = xap_position_iterator_next(it, &error);
        p->n += code == XAP_OK;
    }
    xap_position_iterator_free(it);
    return code == XAP_OK || err_xapian(err, &error, "ranking");
}

/* Do two words stand near each other anywhere? *beside: one directly before the other. */
static bool
are_near(const struct places *first, const struct places *second, bool *beside)
{
    bool near = false;
    *beside = false;
    for (size_t i = 0, k = 0; i < first->n && k < second->n && !*beside;) {
        const xap_termpos a = first->at[i], b = second->at[k];
        near = near || (a < b ? b - a : a - b) <= NEAR;
        *beside = b == a + 1;
        if (a < b)
            i++;
        else
            k++;
    }
    return near;
}

/* The words i and k of the query, in the hit h. */
static void
add_pair(const struct bonus *b, const struct places *places, size_t i, size_t k, size_t h)
{
    const double both = b->weight[i * b->n + h] + b->weight[k * b->n + h];
    bool beside;
    if (!are_near(&places[i], &places[k], &beside))
        return;
    const unsigned without = b->r->plan->without;
    const bool follows = beside && k == i + 1 && b->r->plan->word[i].followed;
    const double near = without & PART_NEAR ? 0 : NEAR_SHARE * both;
    const double phrase = follows && !(without & PART_BESIDE) ? PHRASE_SHARE * both : 0;
    b->sorted[h]->near += near;
    b->sorted[h]->phrases += phrase;
    b->sorted[h]->weight += near + phrase;
}

/* All pairs in one hit. */
static bool
add_hit(const struct bonus *b, struct places *places, size_t h, struct err *err)
{
    const struct plan_word *word = b->r->plan->word;
    const size_t n = b->r->plan->n_words;
    for (size_t i = 0; i < n; i++) {
        places[i].n = 0;
        if (b->weight[i * b->n + h] > 0 && !read_places(b->r, b->sorted[h]->docid, &word[i], &places[i], err))
            return false;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k <= i + REACH; k++)
            if (places[i].n > 0 && places[k].n > 0 && strcmp(word[i].term, word[k].term) != 0)
                add_pair(b, places, i, k, h);
    return true;
}

static bool
add_pairs(const struct bonus *b, struct err *err)
{
    if (b->r->plan->n_words < 2)
        return true;
    struct places *places = malloc(b->r->plan->n_words * sizeof *places);
    bool ok = places || err_nomem(err);
    for (size_t h = 0; ok && h < b->n; h++)
        ok = add_hit(b, places, h, err);
    free(places);
    return ok;
}

bool
bonus_add(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err)
{
    const struct bonus b = {r, sorted, n, calloc(r->plan->n_words * n + 1, sizeof *b.weight)};
    const bool ok = b.weight ? add_words(&b, err) && add_pairs(&b, err) : err_nomem(err);
    free(b.weight);
    return ok;
}
