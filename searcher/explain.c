/* explain.c - what each part of a query gave each hit
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/explain.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/schema.h"
#include "searcher/rank/enquire.h"

/* A query for just the hits, by their uids. */
static bool
hits_query(const struct session *s, const struct result *r, struct xap_query **out, struct err *err)
{
    struct xap_query **parts = calloc(r->n_hits + 1, sizeof *parts);
    struct xap_error error;
    bool ok = parts != NULL || err_nomem(err);
    size_t n = 0;
    *out = NULL;
    for (size_t i = 0; ok && i < r->n_hits; i++) {
        char term[64];
        const int len = snprintf(term, sizeof term, SCHEMA_UID "%s",
                                 article_get(&r->hit[i].article, ARTICLE_UID));
        ok = xap_query_new_term(term, (size_t)len, 1, 0, &parts[n], &error) == XAP_OK;
        n += ok;
        if (!ok)
            session_failed(s, &error, err);
    }
    if (ok && xap_query_new_combine(XAP_QUERY_OP_OR, parts, n, 0, out, &error) != XAP_OK)
        ok = session_failed(s, &error, err);
    for (size_t i = 0; i < n; i++)
        xap_query_free(parts[i]);
    free(parts);
    return ok;
}

static bool
add_contribution(struct hit *hit, const char *text, double weight, struct err *err)
{
    struct contribution *more =
        realloc(hit->contribution, (hit->n_contributions + 1) * sizeof *more);
    if (!more)
        return err_nomem(err);
    hit->contribution = more;
    more[hit->n_contributions].weight = weight;
    more[hit->n_contributions].text = strdup(text);
    if (!more[hit->n_contributions].text)
        return err_nomem(err);
    hit->n_contributions++;
    return true;
}

/* What one part gives each hit: the part alone is asked for, among the hits. */
static bool
explain_part(const struct session *s, const struct plan *plan, const struct plan_part *part,
             const struct xap_query *hits, struct result *r, struct err *err)
{
    struct xap_query *parts[2] = {part->query, (struct xap_query *)(uintptr_t)hits};
    struct plan alone = {.matcher = plan->matcher,
                         .n_named = plan->n_named,
                         .without = plan->without,
                         .like = plan->like};
    struct xap_enquire *enquire = NULL;
    struct xap_mset *mset = NULL;
    struct xap_error error;
    bool ok =
        xap_query_new_combine(XAP_QUERY_OP_FILTER, parts, 2, 0, &alone.query, &error) == XAP_OK ||
        session_failed(s, &error, err);
    ok = ok && rank_enquire(s->db, &alone, SORT_RELEVANCE, &enquire, err);
    if (ok &&
        xap_enquire_get_mset(enquire, 0, (xap_doccount)r->n_hits, 0, NULL, &mset, &error) != XAP_OK)
        ok = session_failed(s, &error, err);
    for (xap_doccount i = 0; ok && i < xap_mset_size(mset); i++) {
        xap_docid id = 0;
        double weight = 0;
        if (xap_mset_get_docid(mset, i, &id, &error) != XAP_OK ||
            xap_mset_get_weight(mset, i, &weight, &error) != XAP_OK)
            ok = session_failed(s, &error, err);
        for (size_t h = 0; ok && h < r->n_hits; h++)
            if (r->hit[h].docid == id)
                ok = add_contribution(&r->hit[h], part->text, weight, err);
    }
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_query_free(alone.query);
    return ok;
}

/* What the hits got when they were refined. */
static bool
explain_refinements(const struct ranking *ranking, struct result *r, struct err *err)
{
    for (size_t i = 0; i < r->n_hits; i++) {
        struct hit *hit = &r->hit[i];
        const struct ranked *ranked = &ranking->hit[hit->rank - 1];
        if ((ranked->exact > 0 &&
             !add_contribution(hit, "(words as they were typed)", ranked->exact, err)) ||
            (ranked->phrases > 0 &&
             !add_contribution(hit, "(words side by side)", ranked->phrases, err)) ||
            (ranked->near > 0 &&
             !add_contribution(hit, "(words near each other)", ranked->near, err)) ||
            (ranked->recent > 0 &&
             !add_contribution(hit, "(published lately)", ranked->recent, err)) ||
            (ranked->feedback > 0 &&
             !add_contribution(hit, "(words of the first hits)", ranked->feedback, err)))
            return false;
    }
    return true;
}

static int
by_weight(const void *a, const void *b)
{
    const double x = ((const struct contribution *)a)->weight,
                 y = ((const struct contribution *)b)->weight;
    return (x < y) - (x > y);
}

bool
explain_hits(const struct session *s, const struct plan *plan, const struct ranking *ranking,
             struct result *r, struct err *err)
{
    struct xap_query *hits = NULL;
    if (r->n_hits == 0)
        return true;
    bool ok = hits_query(s, r, &hits, err);
    for (size_t i = 0; ok && i < plan->n_parts; i++)
        ok = explain_part(s, plan, &plan->part[i], hits, r, err);
    xap_query_free(hits);
    ok = ok && explain_refinements(ranking, r, err);
    for (size_t i = 0; ok && i < r->n_hits; i++)
        if (r->hit[i].n_contributions > 1)
            qsort(r->hit[i].contribution, r->hit[i].n_contributions, sizeof *r->hit[i].contribution,
                  by_weight);
    return ok;
}
