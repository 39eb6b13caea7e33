/* spans.h - lists of places in one article
 *
 * A place is a stretch of words, by their positions in the index, which begin at 1. Lists are in
 * the order of where the places begin, then end, each once. A list that is zeroed is empty.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_POSITIONS_SPANS_H
#define BS_SEARCHER_POSITIONS_SPANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

/* More places than this of one word, or of what is made of words, are not looked at in one article.
 */
#define SPANS_MAX 65536

struct span {
    uint32_t from, to; /* the first and the last word */
};

struct spans {
    struct span *span; /* owned */
    size_t n, room;
};

/* Adds at the end; not over SPANS_MAX. */
bool spans_add(struct spans *list, uint32_t from, uint32_t to, struct err *err);

/* Empties the list, and keeps its room. */
void spans_clear(struct spans *list);
void spans_release(struct spans *list);

/* Brings what was added in any order into the order of lists. */
void spans_sort(struct spans *list);

/* Leaves only those that begin at `first` or behind it, and end at `last` or before it. */
void spans_within(struct spans *list, uint32_t first, uint32_t last);

/* Leaves only those that `other`, moved by `offset` words, has too; they may be of any length
 * there. */
void spans_followed(struct spans *list, const struct spans *other, uint32_t offset);

#endif
