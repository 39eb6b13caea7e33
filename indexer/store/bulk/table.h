/* table.h - a B-tree of glass, written once from its first key to its last
 *
 * Layout: xapian-core 1.4, backends/glass/glass_table.cc. Leaves are filled and written in the order of the keys, each branch
 * block when it is full: one pass over the file. All blocks have revision 1; nothing is visible before the
 * version file names it (version.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_TABLE_H
#define BS_INDEXER_STORE_BULK_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

#define TABLE_BLOCK_SIZE 8192

/* What the version file says of a table. */
struct table_root {
    uint32_t root;     /* number of the root's block */
    unsigned level;    /* of the root; 0: a leaf */
    uint64_t entries;  /* keys */
    uint32_t blocks;   /* 0: there is no such table */
};

struct table;

/* Creates DIR/NAME.glass. */
bool table_new(struct table **out, const char *dir, const char *name, struct err *err);

/* Adds an entry; keys come in ascending order of bytes and have at most CODE_KEY_MAX. ERR_BUG if not. */
bool table_add(struct table *t, const void *key, size_t key_len, const void *tag, size_t tag_len, bool compressed,
               struct err *err);

/* Writes what is left, to the disk itself. */
bool table_finish(struct table *t, struct table_root *root, struct err *err);

void table_free(struct table *t); /* NULL is fine */

#endif
