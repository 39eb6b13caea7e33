/* source.h - postings in the order of their keys, from memory or from a run on disk
 *
 * A run is a dictionary that was written to disk because memory was full; runs follow each other in docid. A run's
 * file, of this program for itself: for each entry u16 length of the key in the machine's order, key, uint termfreq, uint
 * collfreq, uint last docid, uint length of its bytes, the bytes (dictionary.h); at the end a length of 0.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_SOURCE_H
#define BS_INDEXER_STORE_BULK_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "indexer/store/bulk/code.h"
#include "indexer/store/bulk/dictionary.h"

struct source {
    /* the present entry */
    unsigned char key[CODE_KEY_MAX];
    size_t key_len; /* 0: there are no more */
    uint64_t termfreq, collfreq, last;
    uint64_t left;  /* bytes of it not read yet */
    /* the machinery */
    const struct entry *const *entry; /* of memory */
    size_t n, next;
    struct buf bytes;                 /* memory: of the entry; a run: what was read ahead */
    size_t at;                        /* in the bytes */
    int fd;
    bool end;                         /* of the file */
    char *path;                       /* NULL: memory */
    uint32_t docid;                   /* of the last posting */
};

struct posting {
    uint32_t docid, wdf;
    const unsigned char *positions; /* borrowed until the next call */
    size_t len;                     /* 0: none */
};

/* Reads a dictionary's entries, as dictionary_sort() gave them. */
void source_memory(struct source *s, const struct entry *const *entry, size_t n);
bool source_run(struct source *s, const char *path, struct err *err);
void source_release(struct source *s);

/* Goes to the first entry, or to the next one. */
bool source_next(struct source *s, struct err *err);

/* The next posting of the entry; it has `termfreq`. */
bool source_posting(struct source *s, struct posting *p, struct err *err);

/* All that is left of the entry; borrowed until the next call. */
bool source_rest(struct source *s, const unsigned char **bytes, size_t *len, struct err *err);

/* The number that the rest begins with; it takes *len bytes. */
bool source_peek(struct source *s, uint64_t *number, size_t *len, struct err *err);

/* Hands the rest to `write`, from the byte behind `skip`. */
bool source_copy(struct source *s, size_t skip, bool (*write)(void *arg, const void *bytes, size_t len, struct err *err),
                 void *arg, struct err *err);

#endif
