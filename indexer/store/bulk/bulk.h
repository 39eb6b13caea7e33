/* bulk.h - a new database, written as a whole: the fast way, for first builds and rebuilds
 *
 * Xapian's writer keeps postings in trees of strings and writes each place of its tables many times over. Here the postings
 * are inverted in memory and written in the order in which the tables have them, each block once. The result is a
 * glass database like any other: xapian-check finds no fault in it, Xapian updates it. Until bulk_finish() nothing of it can
 * be opened.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_BULK_H
#define BS_INDEXER_STORE_BULK_BULK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "indexer/store/bulk/pack.h"

struct bulk;

/* Begins in a folder that does not exist yet. memory: bytes of postings to keep before they go to disk. */
bool bulk_new(struct bulk **out, const char *dir, size_t memory, struct err *err);

/* Adds an article. uid: 32 hex digits. *replaced: there was one of that uid, see bulk_superseded(). ERR_ARG. */
bool bulk_add(struct bulk *b, const char *uid, const struct packed *article, bool *replaced, struct err *err);

/* Keeps a value in the metadata; "" forgets the key. */
bool bulk_remember(struct bulk *b, const char *key, size_t key_len, const char *value, size_t len, struct err *err);

/* Writes the database, to the disk itself. Nothing can be added after it. */
bool bulk_finish(struct bulk *b, struct err *err);

/* Docids of articles that others of the same uid came after: they are in the database and have to be deleted from it. */
const uint32_t *bulk_superseded(const struct bulk *b, size_t *n);

/* Removes what is half done, but not the folder. NULL is fine. */
void bulk_free(struct bulk *b);

#endif
