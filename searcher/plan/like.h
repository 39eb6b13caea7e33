/* like.h - articles like one: a query of its most telling words
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PLAN_LIKE_H
#define BS_SEARCHER_PLAN_LIKE_H

#include "searcher/plan/planner.h"

/* Words that are looked for. */
#define LIKE_STEMS 40

/* Makes *query ask for articles like that one, and not for it or its copies; what it was before (NULL: nothing) becomes a filter.
 * The words are listed as the plan's parts. Weights as in doc/ranking.md. */
bool like_make(struct planner *p, xap_docid docid, struct xap_query **query, struct err *err);

#endif
