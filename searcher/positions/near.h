/* near.h - places that are near each other: NEAR, PRE, W/S, W/P, and phrases with words moved
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_POSITIONS_NEAR_H
#define BS_SEARCHER_POSITIONS_NEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "searcher/positions/spans.h"

/* Sides of one operator: the work doubles with each. */
#define NEAR_SIDES_MAX 8

struct near_rule {
    unsigned
        distance; /* at most so many words from one to the next: 1 is side by side; 0: any number */
    bool ordered; /* the sides stand in their order */
    const struct spans *unit; /* beginnings of the sentences, or paragraphs, one of which has them
                                 all; NULL: not asked */
};

/* Adds to `out`, sorted, the stretches that have one place of each side, which do not overlap.
 * *work grows by what it cost, in steps of some nanoseconds. */
bool near_find(const struct near_rule *rule, const struct spans *const *side, size_t n,
               struct spans *out, uint64_t *work, struct err *err);

/* Leaves in `list` the places that have no place of `other` near, by that rule, which is not
 * themselves. */
void near_exclude(const struct near_rule *rule, struct spans *list, const struct spans *other,
                  uint64_t *work);

/* Adds to `out`, sorted, the stretches that have a place of each side, of one word, where side i
 * should stand offset[i] words behind the first: what is moved, over all, is at most `slop` words.
 * This is Lucene's slop: the words stand as they should when each is taken back by its offset, and
 * the largest difference that remains is compared. Two words exchanged are 2. */
bool near_sloppy(unsigned slop, const struct spans *const *side, const uint32_t *offset, size_t n,
                 struct spans *out, uint64_t *work, struct err *err);

#endif
