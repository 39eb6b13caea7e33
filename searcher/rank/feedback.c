/* feedback.c - weight for what the best hits have in common
 *
 * The stems of the best hits, each hit counting by how near its weight is to the first one's; the best of them, rare ones
 * before frequent ones, are looked for in all hits that are refined. No second query: hits are only put into another order.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/rank/feedback.h"

#include <stdlib.h>
#include <string.h>

#include "common/err-xapian.h"
#include "common/schema.h"
#include "searcher/plan/stopwords.h"
#include "searcher/rank/bm25.h"
#include "searcher/request.h"

/* All measured: doc/ranking.md. */
#define STEMS_MIN 4         /* distinct stems that the query must have */
#define STEMS_FULL 6        /* from here on what it adds counts in full; a third of it for four, two for five */
#define BEST 8              /* hits whose words are taken */
#define NEARNESS 6          /* a hit counts (its weight / the first one's) to this power */
#define LETTERS_MIN 3
#define CANDIDATES 60       /* stems that are kept before it counts how rare they are */
#define STEMS 25            /* and after */
#define SHARE 0.35          /* of a word's weight, for the best stem and times sqrt(stems of the query) */

static size_t
count_stems(const struct plan *plan)
{
    size_t stems = 0;
    for (size_t i = 0; i < plan->n_words; i++) {
        bool known = false;
        for (size_t k = 0; k < i && !known; k++)
            known = strcmp(plan->word[k].stem, plan->word[i].stem) == 0;
        stems += !known;
    }
    return stems;
}

bool
feedback_is_for(const struct plan *plan)
{
    return !(plan->without & PART_FEEDBACK) && count_stems(plan) >= STEMS_MIN;
}

/* One of the best hits, at the present one of its stems. */
struct best {
    struct xap_term_iterator *it;
    const char *term; /* lent; NULL: no more */
    size_t len;
    double share, norm; /* norm: K of BM25 */
};

struct candidate {
    char term[SCHEMA_TERM_MAX + 1];
    size_t len;
    double weight, idf;
};

struct feedback {
    struct ranking *r;
    struct best best[BEST];
    size_t n_best;
    struct candidate *memory; /* owned; CANDIDATES and one more */
    struct candidate *candidate[CANDIDATES + 1]; /* the heaviest first; behind the last one those that are free */
    size_t n_candidates;
};

static bool
xapian_failed(const struct xap_error *error, struct err *err)
{
    return err_xapian(err, error, "ranking");
}

/* ---- the stems of the best hits ---- */

/* Goes on to a stem that is no field's, if need be. */
static bool
settle(struct best *b, struct err *err)
{
    struct xap_error error;
    for (;;) {
        b->term = NULL;
        if (xap_term_iterator_at_end(b->it))
            return true;
        if (xap_term_iterator_get(b->it, &b->term, &b->len, &error) != XAP_OK)
            return xapian_failed(&error, err);
        if (b->term[0] != SCHEMA_STEM[0]) {
            b->term = NULL;
            return true;
        }
        if (b->len < 2 || b->term[1] < 'A' || b->term[1] > 'Z')
            return true;
        if (xap_term_iterator_skip_to(b->it, SCHEMA_STEM "[", 2, &error) != XAP_OK) /* behind those of fields */
            return xapian_failed(&error, err);
    }
}

static bool
open_best(struct feedback *f, struct err *err)
{
    struct xap_error error;
    for (; f->n_best < BEST && f->n_best < f->r->n; f->n_best++) {
        const struct ranked *hit = &f->r->hit[f->n_best];
        struct best *b = &f->best[f->n_best];
        b->share = pow(hit->weight / f->r->hit[0].weight, NEARNESS);
        b->norm = BM25_K1 * (1 - BM25_B + BM25_B * hit->length / f->r->mean_length);
        if (xap_database_termlist_begin(f->r->db, hit->docid, &b->it, &error) != XAP_OK)
            return xapian_failed(&error, err);
        if (!xap_term_iterator_at_end(b->it) &&
            xap_term_iterator_skip_to(b->it, SCHEMA_STEM, strlen(SCHEMA_STEM), &error) != XAP_OK)
            return xapian_failed(&error, err);
        if (!settle(b, err))
            return false;
    }
    return true;
}

static void
close_best(struct feedback *f)
{
    for (size_t i = 0; i < BEST; i++)
        xap_term_iterator_free(f->best[i].it);
}

/* The smallest of the present stems; NULL: there is none. */
static const struct best *
first_of(const struct feedback *f)
{
    const struct best *first = NULL;
    for (size_t i = 0; i < f->n_best; i++) {
        const struct best *b = &f->best[i];
        if (!b->term)
            continue;
        const size_t len = first && first->len < b->len ? first->len : b->len;
        const int order = first ? memcmp(b->term, first->term, len) : -1;
        if (order < 0 || (order == 0 && b->len < first->len))
            first = b;
    }
    return first;
}

static bool
is_said(const struct feedback *f, const char *stem, size_t len)
{
    size_t letters = 0;
    for (size_t i = 0; i < len; i++)
        letters += ((unsigned char)stem[i] & 0xc0) != 0x80;
    return letters >= LETTERS_MIN && !stopwords_has(f->r->plan->stop_language, stem, len);
}

/* Keeps it among the heaviest. */
static void
keep(struct feedback *f, const struct candidate *c)
{
    size_t i = f->n_candidates;
    struct candidate *free_one = f->candidate[i];
    for (; i > 0 && f->candidate[i - 1]->weight < c->weight; i--)
        f->candidate[i] = f->candidate[i - 1];
    f->candidate[i] = free_one;
    *free_one = *c;
    if (f->n_candidates < CANDIDATES)
        f->n_candidates++;
}

/* Takes the present stem from all hits that have it. */
static bool
take(struct feedback *f, const struct best *first, struct err *err)
{
    struct xap_error error;
    struct candidate c = {.len = first->len};
    memcpy(c.term, first->term, c.len);
    for (size_t i = 0; i < f->n_best; i++) {
        struct best *b = &f->best[i];
        xap_termcount wdf = 0;
        if (!b->term || b->len != c.len || memcmp(b->term, c.term, c.len) != 0)
            continue;
        if (xap_term_iterator_get_wdf(b->it, &wdf, &error) != XAP_OK)
            return xapian_failed(&error, err);
        c.weight += b->share * wdf / (b->norm + wdf);
        if (xap_term_iterator_next(b->it, &error) != XAP_OK)
            return xapian_failed(&error, err);
        if (!settle(b, err))
            return false;
    }
    if (f->n_candidates < CANDIDATES || c.weight > f->candidate[CANDIDATES - 1]->weight)
        if (is_said(f, c.term + strlen(SCHEMA_STEM), c.len - strlen(SCHEMA_STEM)))
            keep(f, &c);
    return true;
}

/* ---- what they are worth ---- */

static int
by_worth(const void *a, const void *b)
{
    const struct candidate *x = *(struct candidate *const *)a, *y = *(struct candidate *const *)b;
    const double p = x->weight * x->idf, q = y->weight * y->idf;
    return p != q ? (p < q) - (p > q) : strcmp(x->term, y->term);
}

static int
by_term(const void *a, const void *b)
{
    const struct candidate *x = *(struct candidate *const *)a, *y = *(struct candidate *const *)b;
    return strcmp(x->term, y->term);
}

/* Leaves the STEMS best. Neighbours of the index are asked for one after the other. */
static bool
choose(struct feedback *f, struct err *err)
{
    qsort(f->candidate, f->n_candidates, sizeof f->candidate[0], by_term);
    for (size_t i = 0; i < f->n_candidates; i++) {
        struct candidate *c = f->candidate[i];
        double articles;
        if (!refine_frequency(f->r, c->term, c->len, &articles, err))
            return false;
        c->idf = articles < 2 ? 0 : bm25_idf(articles, f->r->articles);
    }
    qsort(f->candidate, f->n_candidates, sizeof f->candidate[0], by_worth);
    if (f->n_candidates > STEMS)
        f->n_candidates = STEMS;
    return true;
}

struct stem {
    const struct ranking *r;
    double weight; /* with its idf */
};

static bool
add_stem(void *arg, struct ranked *hit, double tf, struct err *err)
{
    (void)err;
    const struct stem *s = arg;
    const double weight = s->weight * bm25_saturation(tf, hit->length, s->r->mean_length);
    hit->feedback += weight;
    hit->weight += weight;
    return true;
}

static bool
add_stems(struct feedback *f, struct ranked *const *sorted, size_t n, struct err *err)
{
    const size_t stems = count_stems(f->r->plan);
    const double ramp = (double)(stems < STEMS_FULL ? stems - STEMS_MIN + 1 : STEMS_FULL - STEMS_MIN + 1) / (STEMS_FULL - STEMS_MIN + 1);
    const double share = SHARE * sqrt((double)stems) * ramp;
    const double most = f->n_candidates > 0 ? f->candidate[0]->weight * f->candidate[0]->idf : 0;
    for (size_t i = 0; i < f->n_candidates; i++) {
        const struct candidate *c = f->candidate[i];
        const double worth = c->weight * c->idf;
        if (worth <= 0)
            break;
        struct stem s = {f->r, share * worth / most * c->idf};
        if (!refine_scan(f->r, c->term, c->len, sorted, n, add_stem, &s, err))
            return false;
    }
    return true;
}

bool
feedback_add(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err)
{
    struct feedback f = {.r = r};
    if (r->n == 0 || r->hit[0].weight <= 0)
        return true;
    f.memory = malloc((CANDIDATES + 1) * sizeof *f.memory);
    for (size_t i = 0; f.memory && i <= CANDIDATES; i++)
        f.candidate[i] = &f.memory[i];
    bool ok = f.memory ? open_best(&f, err) : err_nomem(err);
    for (const struct best *first; ok && (first = first_of(&f));)
        ok = take(&f, first, err);
    close_best(&f);
    ok = ok && choose(&f, err) && add_stems(&f, sorted, n, err);
    free(f.memory);
    return ok;
}
