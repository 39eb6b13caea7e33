/* refine.h - the order of the first hits, by more than which words they have
 *
 * Xapian ranks by the words of the query, each by itself. The first hits are looked at once more: words that stand in the form
 * in which they were asked for, words that stand side by side as in the query, or near each other (bonus.h), and, for queries of many
 * words, what the best hits have in common (feedback.h). Weight is only added, so hits further down keep their order. Of the first hits
 * with the same weight the newest comes first.
 * doc/ranking.md has the formulas and what each is good for.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_RANK_REFINE_H
#define BS_SEARCHER_RANK_REFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "searcher/plan/plan.h"
#include "shim/xapian-c.h"

/* Hits that are looked at once more. */
#define REFINE_BONUS_HITS 30        /* of queries that name something */
#define REFINE_BONUS_HITS_TOPIC 100 /* of those that get feedback */
#define REFINE_FEEDBACK_HITS 200    /* where no hit further down than REFINE_SHALLOW is asked for: half the time, the same first hits */
#define REFINE_FEEDBACK_HITS_DEEP 500
#define REFINE_SHALLOW 100
#define REFINE_RECENT_HITS 500

#define UNDATED INT64_MIN

struct ranked {
    xap_docid docid;
    uint32_t index;  /* in Xapian's ranking */
    double weight;
    double exact, phrases, near, feedback, recent; /* of it */
    double length;   /* of the article, in words; only of hits that are looked at */
    int64_t published; /* seconds since 1970; UNDATED until it is asked for, and without a date */
};

struct ranking {
    const struct xap_database *db;
    const struct plan *plan;
    double articles, mean_length;
    size_t depth;       /* refine_depth() */
    struct ranked *hit; /* owned; the best first */
    size_t n;
};

/* How many hits refine_hits() wants to see when the first `wanted` are asked for. */
size_t refine_depth(const struct plan *plan, size_t wanted);

/* Takes Xapian's ranking over. depth: refine_depth(). */
bool refine_start(struct ranking *r, const struct xap_database *db, const struct plan *plan, size_t depth,
                  const struct xap_mset *mset, struct err *err);
bool refine_hits(struct ranking *r, struct err *err);
void refine_release(struct ranking *r); /* zeroed is fine */

/* For the parts: calls `each` for those of n hits, sorted by docid, that have the term. */
bool refine_scan(const struct ranking *r, const char *term, size_t len, struct ranked *const *sorted, size_t n,
                 bool (*each)(void *arg, struct ranked *hit, double tf, struct err *err), void *arg, struct err *err);

/* In how many articles is the term? */
bool refine_frequency(const struct ranking *r, const char *term, size_t len, double *out, struct err *err);

#endif
