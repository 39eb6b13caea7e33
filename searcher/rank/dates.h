/* dates.h - when the first hits were published
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_RANK_DATES_H
#define BS_SEARCHER_RANK_DATES_H

#include "searcher/rank/refine.h"

/* Fills `published` of n hits, sorted by docid. */
bool dates_read(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err);

#endif
