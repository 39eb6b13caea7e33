/* terms.h - the terms of one article, gathered before a document is made of them
 *
 * A hash table: a document's own (in Xapian a tree of strings) is then asked once a term and not once a word.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_TERMS_H
#define BS_INDEXER_STORE_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"

/* One distinct term. */
struct term {
    uint64_t hash;           /* XXH3-64 of the name */
    size_t name, len;        /* in the arena */
    uint32_t wdf;            /* within-document frequency */
    uint32_t first, last, n; /* chain of places; n 0: no positions are kept */
};

/* A table; reused from article to article. */
struct terms {
    struct buf arena; /* the names, one behind the other */
    struct term *term;
    size_t n, room;
    uint32_t *slot; /* index of a term + 1; 0: free */
    size_t n_slots;
    struct place *place;
    size_t n_places, room_places;
    uint32_t *positions; /* of the term that was asked for last */
    size_t room_positions;
    struct sort_key *key; /* these two are terms_sort()'s */
    uint32_t *order;
    size_t room_order;
};

void terms_init(struct terms *t);
void terms_release(struct terms *t);

/* Empties the table. */
bool terms_start(struct terms *t, struct err *err);

/* Adds an occurrence; position 0: none is kept. */
bool terms_add(struct terms *t, const char *name, size_t len, uint32_t position, uint32_t wdf, struct err *err);

static inline const char *
terms_name(const struct terms *t, const struct term *term)
{
    return t->arena.data + term->name;
}

/* The positions of a term, strictly ascending; *n of them. Borrowed until the next call; NULL: no memory. */
const uint32_t *terms_positions(struct terms *t, const struct term *term, size_t *n);

/* Indices of all terms in byte order of their names. Borrowed; NULL: no memory. */
const uint32_t *terms_sort(struct terms *t);

#endif
