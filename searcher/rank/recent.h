/* recent.h - weight for articles that were published lately
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_RANK_RECENT_H
#define BS_SEARCHER_RANK_RECENT_H

#include "searcher/rank/refine.h"

/* Adds to the weights of n hits, sorted by docid; articles without a date get nothing. */
bool recent_add(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err);

#endif
