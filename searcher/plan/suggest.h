/* suggest.h - did you mean: words of the index in place of words of the query that find nothing
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PLAN_SUGGEST_H
#define BS_SEARCHER_PLAN_SUGGEST_H

#include "searcher/plan/planner.h"

/* Remembers a word of the query that so many articles have, in any form, if they are few or none. */
void suggest_miss(struct planner *p, const char *raw, size_t raw_len, double articles);

/* How many words are left when those of a leaf are forgotten: they were found in another way. */
size_t suggest_forget(const struct planner *p, const struct query_node *node);

/* Looks for a better word for each that was missed; fills the plan's suggestions. */
bool suggest_make(struct planner *p, struct err *err);

#endif
