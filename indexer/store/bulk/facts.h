/* facts.h - what an index keeps of each article beside its words: its length and its values
 *
 * They come by article and the table wants them by slot: until then they wait in a file.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_FACTS_H
#define BS_INDEXER_STORE_BULK_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "indexer/store/bulk/chunks.h"
#include "indexer/store/bulk/pack.h"
#include "indexer/store/bulk/table.h"

struct facts;

bool facts_new(struct facts **out, const char *path, struct err *err);
void facts_free(struct facts *f); /* removes the file; NULL is fine */

/* Adds the next article: the first is docid 1. */
bool facts_add(struct facts *f, const struct packed *article, struct err *err);

/* Writes the statistics of values, the values and the lengths into the table of postings. */
bool facts_write(struct facts *f, struct chunks *chunks, struct table *postlist, struct err *err);

#endif
