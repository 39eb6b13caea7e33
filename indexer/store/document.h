/* document.h - an article as the terms, values and data of a Xapian document
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_DOCUMENT_H
#define BS_INDEXER_STORE_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/article.h"
#include "common/buf.h"
#include "common/err.h"
#include "indexer/store/bulk/pack.h"
#include "shim/xapian-c.h"

/* What turns articles into documents; serves one thread. */
struct analysis;

bool analysis_new(struct analysis **out, struct err *err);
void analysis_free(struct analysis *an);

struct document {
    struct xap_document *xapian; /* owned; document_build() makes it */
    struct packed *packed;       /* owned; document_pack() makes it */
    char uid[33];
    uint64_t hash; /* XXH3-64 of the record as it is stored */
    size_t size;   /* bytes of the record */
    char *names;   /* owned; names_list() of common/names.h, names_len bytes; may be NULL */
    size_t names_len;
    unsigned scripts; /* names_scripts() */
};

/* Makes the document of an identified article, as common/schema.h says: for Xapian's API, or for the bulk store. */
bool document_build(struct analysis *an, const struct article *a, struct document *out, struct err *err);
bool document_pack(struct analysis *an, const struct article *a, struct document *out, struct err *err);
void document_release(struct document *d); /* zeroed is fine */

/* Only the hash: what has the same is the same document. */
bool document_hash(struct analysis *an, const struct article *a, uint64_t *hash, struct err *err);

/* Appends the terms of the article as one JSON line: {"terms":{term:[wdf,[positions]]},"uid","values":{slot:number}},
 * terms in byte order. */
bool document_print(struct analysis *an, const struct article *a, struct buf *out, struct err *err);

#endif
