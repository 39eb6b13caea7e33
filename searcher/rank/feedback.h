/* feedback.h - weight for what the best hits have in common
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_RANK_FEEDBACK_H
#define BS_SEARCHER_RANK_FEEDBACK_H

#include "searcher/rank/refine.h"

/* Is the query one that it helps: a topic, not a few words? */
bool feedback_is_for(const struct plan *plan);

/* Adds to the weights of n hits, sorted by docid. The best of r->hit come first. */
bool feedback_add(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err);

#endif
