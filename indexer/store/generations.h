/* generations.h - old and unfinished generations of an index
 *
 * A reader, and a writer, holds a shared flock(2) on the folder of its generation
 * (common/layout.h). A generation that is not the current one is removed when nobody holds it;
 * until then it stays, and the next run looks again. A folder that has anything in it that no
 * indexer writes is not touched (ERR_EXISTS).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_GENERATIONS_H
#define BS_INDEXER_STORE_GENERATIONS_H

#include <stdbool.h>

#include "common/err.h"

/* Removes all generations but `current` that nobody reads. To be called by the holder of the lock.
 * What cannot be removed is no failure: it stays, and *stays says why, of the last one. */
bool generations_clean(const char *dir, unsigned current, struct err *stays, struct err *err);

/* *newest: the highest number of one that is there, whole or not, and lower than `below`; 0: none.
 */
bool generations_newest(const char *dir, unsigned below, unsigned *newest, struct err *err);

/* Removes one. ERR_LOCKED where somebody is at work in it. Not there: fine. One that the stub names
 * stays, as do all where nobody can tell. */
bool generations_remove(const char *dir, unsigned n, struct err *err);

#endif
