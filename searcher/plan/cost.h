/* cost.h - what it may cost to look at the places of words, estimated before it is done
 *
 * Xapian compares the places of a phrase in each article that has its words, and knows no limit.
 * The estimate is in the steps of positions/places.h, and belongs to the same budget: all of one
 * query together must not pass PLACES_WORK_MAX. For plan/ alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PLAN_COST_H
#define BS_SEARCHER_PLAN_COST_H

#include "searcher/plan/planner.h"

/* Words of phrases that are free: a saying or a name may be asked for whatever the size of the
 * index. */
#define COST_FREE_WORDS 16

/* Words of the index with which a phrase goes on, one after the other. */
struct cost_words {
    size_t n;
    double articles; /* that have them, each word counted for itself */
};

/* Counts a phrase of the words [i, end) of a cut; next: what it goes on with, or NULL. ERR_ARG: the
 * budget is used up, the message says so. */
bool cost_phrase(struct planner *p, const char *field, const struct cut *cut, size_t i, size_t end,
                 const struct cost_words *next, struct err *err);

/* The same for a word or phrase of the query, where its words are asked for side by side. Uses the
 * planner's cut. */
bool cost_leaf(struct planner *p, const struct query_node *node, struct err *err);

#endif
