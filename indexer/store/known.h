/* known.h - all files that the index knows, in memory, while a run goes over the disk
 *
 * A table of 32 to 64 bytes a file, read from the index at the start of a run. What a run met is marked; what is left
 * unmarked under a root is gone. Files that the run found are added, so that it meets each once.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_KNOWN_H
#define BS_INDEXER_STORE_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "indexer/store/state.h"
#include "shim/xapian-c.h"

struct known_file {
    uint64_t hash;        /* of the key: its XXH3-128, the low half */
    uint64_t stamp;       /* known_stamp() */
    uint32_t more : 23;   /* of the hash's high half */
    uint32_t flags : 7;   /* enum state_flags */
    uint32_t indexed : 1; /* at the start of the run */
    uint32_t met : 1;     /* by the run */
    uint32_t members;
};

struct known {
    struct known_file *slot; /* owned; open addressing; hash 0 is free */
    size_t n_slots, n;
};

/* One number for size and times. */
uint64_t known_stamp(const struct state *s);

/* Reads all entries of the database. */
bool known_load(struct known *k, const struct xap_database *db, struct err *err);
void known_release(struct known *k); /* zeroed is fine */

/* The entry of an absolute path, a new one where there was none. *file is borrowed until the next call of this. */
bool known_meet(struct known *k, const char *path, struct known_file **file, struct err *err);

/* Were all files met that were indexed at the start of the run? */
bool known_all_met(const struct known *k);

/* The entry of a key, or NULL. Borrowed likewise. */
struct known_file *known_find_key(const struct known *k, const char *key, size_t len);

#endif
