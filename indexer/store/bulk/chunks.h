/* chunks.h - lists of postings, in the pieces that glass keeps
 *
 * Layout: xapian-core 1.4, backends/glass/glass_postlist.cc.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_CHUNKS_H
#define BS_INDEXER_STORE_BULK_CHUNKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "indexer/store/bulk/code.h"
#include "indexer/store/bulk/table.h"

/* A chunk ends when its postings have this many bytes: four fit in a block. */
#define CHUNK_BYTES 2000

/* The chunk of the present list that is being filled. */
struct chunks {
    struct table *table;
    unsigned char key[CODE_KEY_MAX]; /* of the first chunk */
    size_t key_len;
    bool is_term;                    /* a 00 divides the key from a later chunk's docid */
    bool begun;                      /* the first chunk was written */
    uint64_t termfreq, collfreq;
    uint32_t first, last;            /* docids of the chunk */
    unsigned char bytes[CHUNK_BYTES + 2 * CODE_UINT_MAX];
    size_t len;                      /* 0: it has no posting yet */
};

/* Begins the list of a term, or of the lengths of the documents. */
void chunks_term(struct chunks *c, const char *name, size_t len, uint64_t termfreq, uint64_t collfreq);
void chunks_lengths(struct chunks *c);

bool chunks_add(struct chunks *c, uint32_t docid, uint32_t wdf, struct err *err);

/* Ends the list; without postings nothing is written. */
bool chunks_end(struct chunks *c, struct err *err);

#endif
