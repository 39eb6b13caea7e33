/* namebook.h - the names that were gathered, on their way into the index
 *
 * Common/names.h says what an index keeps of them. Here they wait, each once, until they are written: with each commit, and at the end of
 * what is built in bulk.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_NAMEBOOK_H
#define BS_INDEXER_STORE_NAMEBOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"

struct namebook;

/* Where they are kept: metadata, as store.h has it. recall is NULL where there is nothing yet. */
struct namebook_keeper {
    void *arg;
    bool (*recall)(void *arg, const char *key, size_t key_len, const char **value, size_t *len, struct err *err);
    bool (*remember)(void *arg, const char *key, size_t key_len, const char *value, size_t len, struct err *err);
};

bool namebook_new(struct namebook **out, struct err *err);
void namebook_free(struct namebook *b); /* NULL is fine */

/* Adds names, each with a line end behind it, and scripts (common/names.h). Names beyond NAMEBOOK_BYTES are left out. */
bool namebook_add(struct namebook *b, const char *names, size_t len, unsigned scripts, struct err *err);

/* Names that wait take no more memory than a few times this. */
#define NAMEBOOK_BYTES ((size_t)32 << 20)

/* Writes those that are not kept yet, and forgets them here. */
bool namebook_write(struct namebook *b, const struct namebook_keeper *keeper, struct err *err);

#endif
