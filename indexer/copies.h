/* copies.h - articles of an index that are under several paths
 *
 * Each path keeps its own article. That it is the same one is recorded by a term that they share (schema_same()).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_COPIES_H
#define BS_INDEXER_COPIES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "shim/xapian-c.h"

/* How many articles are also elsewhere in the index. Goes through one or two terms an article. */
bool copies_count(const struct xap_database *db, size_t *articles, struct err *err);

#endif
