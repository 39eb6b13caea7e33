/* enquire.c - the first ranking, Xapian's: BM25
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/rank/enquire.h"

#include "common/err-xapian.h"
#include "common/schema.h"
#include "searcher/rank/bm25.h"

/* A query of few words names what an article should have all of: there BM25+ (Lv and Zhai 2011) gives each word that is
 * there at all a share of its idf, so that long articles with all words come before short ones with some. */
#define FEW_WORDS 4
#define FEW_WORDS_DELTA 0.5

/* Dates, languages and the like say which articles, and nothing of their order. */
static bool
weighs_nothing(const struct plan *plan)
{
    return matcher_count(plan->matcher) == 0 && !plan->like && plan->half_life <= 0;
}

bool
rank_enquire(const struct xap_database *db, const struct plan *plan, enum request_sort sort, struct xap_enquire **out,
             struct err *err)
{
    struct xap_weight *weight = NULL;
    struct xap_error error;
    const bool few = matcher_count(plan->matcher) - plan->n_named <= FEW_WORDS && !plan->like && !(plan->without & PART_FLOOR);
    const double delta = few ? FEW_WORDS_DELTA : 0;
    bool ok = xap_enquire_new(db, out, &error) == XAP_OK &&
              xap_weight_new_bm25_plus(BM25_K1, BM25_K2, BM25_K3, BM25_B, BM25_MIN_NORMLEN, delta, &weight, &error) ==
                  XAP_OK &&
              xap_enquire_set_weighting_scheme(*out, weight, &error) == XAP_OK &&
              xap_enquire_set_query(*out, plan->query, 0, &error) == XAP_OK;
    xap_weight_free(weight);
    if (ok && (sort == SORT_NEWEST || (sort == SORT_RELEVANCE && weighs_nothing(plan))))
        ok = xap_enquire_set_sort_by_value_then_relevance(*out, SCHEMA_SLOT_PUBLISHED, true, &error) == XAP_OK;
    else if (ok && sort == SORT_OLDEST)
        ok = xap_enquire_set_sort_by_value_then_relevance(*out, SCHEMA_SLOT_OLDNESS, true, &error) == XAP_OK;
    return ok || err_xapian(err, &error, "ranking");
}
