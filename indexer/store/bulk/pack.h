/* pack.h - an article as the bulk store takes it
 *
 * All that can be done to one article by itself is done here, in the threads that read: its list of terms and its data
 * are coded and compressed as glass keeps them, and the positions of each of its terms.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_PACK_H
#define BS_INDEXER_STORE_BULK_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "indexer/store/terms.h"
#include "shim/xapian-c.h"

struct packed_value {
    unsigned slot;
    char bytes[XAP_SORTABLE_MAX];
    size_t len; /* not 0 */
};

/* Part of the bytes of a struct packed. */
struct packed_part {
    size_t at, len;
    bool compressed; /* raw deflate (RFC 1951) */
};

struct packed {
    size_t size;       /* bytes of memory it takes */
    uint32_t n_terms;
    uint32_t length;   /* sum of the wdf */
    uint32_t wdf_max;
    struct packed_part postings; /* a term: u8 length, name, uint wdf, uint length of positions, positions (0: none) */
    struct packed_part values;   /* a value: uint slot, u8 length, bytes; by slot */
    struct packed_part termlist, data; /* tags as glass keeps them */
    const unsigned char *bytes;
    uint64_t hash[]; /* of each term, in the order of the postings; then the bytes */
};

/* Scratch memory for packing; serves one thread. */
struct packer;
bool packer_new(struct packer **out, struct err *err);
void packer_free(struct packer *p); /* NULL is fine */

/* Packs; values by slot. ERR_ARG: a term is longer than Xapian allows. */
bool packer_pack(struct packer *p, struct terms *terms, const struct packed_value *value, size_t n_values,
                 const char *data, size_t len, struct packed **out, struct err *err);
void packed_free(struct packed *p); /* NULL is fine */

#endif
