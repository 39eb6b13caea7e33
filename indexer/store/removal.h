/* removal.h - articles that files had and have no more
 *
 * Records may say a path of their own (those of a dump do), so that several files can hold the same article. What one file
 * lost is therefore noted during a run and removed at its end, where no other file has it. Until then the index
 * remembers it as the file's, with STATE_PARTIAL: a run that was cut short is made up for by the next.
 * Where the other file has another version of it, the index may hold that of the file which lost it: the other file is
 * marked as not read (STATE_PARTIAL, the article's hash 0), so that the next run reads it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_REMOVAL_H
#define BS_INDEXER_STORE_REMOVAL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "indexer/store/state.h"
#include "indexer/store/store.h"

struct removal_file {
    char *path;                /* owned; absolute */
    struct state_member *lost; /* owned; by uid */
    size_t n;
    bool gone;                 /* the file itself: it is forgotten */
};

struct removal {
    struct removal_file *file; /* owned */
    size_t n, room;
    size_t bytes; /* that all this takes, about */
};

struct removal_counts {
    size_t articles, files;
    size_t to_read; /* files that the next run reads again */
};

void removal_release(struct removal *r); /* zeroed is fine */

/* Notes what a file had and has not any more. has: members sorted; NULL: the file is gone. *lost: how many that are. */
bool removal_note(struct removal *r, const char *path, const struct state *had, const struct state *has, size_t *lost,
                  struct err *err);

/* Removes what was noted, and commits where memory asks for it. Needs everything committed. *stop ends it early. */
bool removal_run(struct removal *r, struct store *s, const atomic_int *stop, struct removal_counts *counts,
                 struct err *err);

#endif
