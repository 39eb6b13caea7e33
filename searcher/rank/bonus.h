/* bonus.h - weight for words in the form, and in the order, in which they were asked for
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_RANK_BONUS_H
#define BS_SEARCHER_RANK_BONUS_H

#include "searcher/rank/refine.h"

/* Adds to the weights of n hits, sorted by docid. */
bool bonus_add(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err);

#endif
