/* dictionary.h - an inverted index in memory: for each key the postings that were added, in their order
 *
 * The bytes of one key lie in a chain of slices that grow, so that adding is one write and nothing moves.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_DICTIONARY_H
#define BS_INDEXER_STORE_BULK_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "indexer/store/bulk/pack.h"

/* A key and what is known of it. A term is its own key; metadata stand under KEY_METADATA and their name, which
 * sorts before all terms. */
struct entry {
    const char *key;         /* in the pool */
    unsigned char *tail;     /* where the next byte goes */
    unsigned char *first;    /* the first slice */
    uint64_t collfreq;       /* sum of the wdf */
    uint64_t bytes;          /* of all slices that are in use */
    uint32_t termfreq;       /* articles */
    uint32_t last;           /* docid of the last posting */
    uint32_t slice_left;     /* bytes that the slice still takes */
    uint32_t slice_size;     /* of the last slice, without its link */
    uint16_t key_len;
};

#define KEY_METADATA "\0\xc0"
#define KEY_METADATA_LEN 2

struct dictionary;

bool dictionary_new(struct dictionary **out, struct err *err);
void dictionary_free(struct dictionary *d);  /* NULL is fine */
void dictionary_clear(struct dictionary *d); /* gives the memory of the postings back */

/* Adds an article's terms. A posting: uint (docid - docid of the one before, 0 for none) * 2 + (wdf is 1); else uint wdf;
 * uint length of the positions, the positions. docid grows from call to call. */
bool dictionary_add(struct dictionary *d, uint32_t docid, const struct packed *article, struct err *err);

/* Keeps a value under a key of the metadata, instead of the one before; "" says that there is none. */
bool dictionary_remember(struct dictionary *d, const char *key, size_t key_len, const char *value, size_t len,
                         struct err *err);

/* Bytes of memory in use. */
size_t dictionary_memory(const struct dictionary *d);

/* All entries in byte order of their keys; *n of them. Borrowed until something is added. NULL: no memory. */
const struct entry *const *dictionary_sort(struct dictionary *d, size_t *n);

/* Appends the bytes of an entry. */
void dictionary_bytes(const struct entry *e, struct buf *out);

#endif
