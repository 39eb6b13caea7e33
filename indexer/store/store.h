/* store.h - how articles get into an index
 *
 * A generation without articles is built in bulk (bulk/): it can be seen when it is whole. Later changes go
 * through Xapian's API and are committed in batches.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_STORE_H
#define BS_INDEXER_STORE_STORE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "indexer/store/document.h"
#include "shim/xapian-c.h"

struct store;
struct report;

struct store_options {
    const char *dir;
    const char *command; /* written into the lock */
    double lock_wait;    /* seconds */
    size_t memory;       /* bytes that changes may take before they are committed */
    const atomic_int *stop; /* set by a signal handler: wait no longer; may be NULL */
    bool rebuild;        /* write a new generation beside the current one */
    /* Told what was odd and could be helped, in words; may be NULL. */
    void (*say)(struct report *report, const char *what);
    struct report *report;
};

/* Opens the index for writing, creating it where there is none. ERR_LOCKED; ERR_EXISTS: the folder
 * is none of an index; ERR_UNSUPPORTED when it was made by another version; ERR_IO, ERR_PERM,
 * ERR_CORRUPT. */
bool store_open(struct store **out, const struct store_options *options, struct err *err);

/* Are articles taken in bulk? Then they are made by document_pack(), else by document_build(). */
bool store_is_bulk(const struct store *s);

/* Adds the article, or replaces the one of the same uid: *replaced says which. */
bool store_put(struct store *s, const struct document *d, bool *replaced, struct err *err);

/* Ends the taking in bulk, if any: what was put is written, and from now on all goes through the API. */
bool store_settle(struct store *s, struct err *err);

/* Removes the article of that uid, if there is one. Not in bulk. */
bool store_remove(struct store *s, const char *uid, struct err *err);

/* Keeps bytes under a key in the index's metadata; length 0 forgets the key. */
bool store_remember(struct store *s, const char *key, size_t key_len, const char *value, size_t len, struct err *err);

/* What is kept under a key, committed or not; *len 0: nothing. Borrowed until the next call that takes the store. Not in
 * bulk. */
bool store_recall(struct store *s, const char *key, size_t key_len, const char **value, size_t *len,
                  struct err *err);

/* Have the changes since the last commit reached their bound? */
bool store_is_full(const struct store *s);

/* Makes all changes so far visible to readers (unless it builds a new generation), and durable. Nothing in bulk. */
bool store_commit(struct store *s, struct err *err);

/* Opens what was committed, for reading beside the writer; in bulk an empty database. The caller frees it. */
bool store_reader(const struct store *s, struct xap_database **out, struct err *err);

/* Opens the generation that a rebuild is to replace. *out is NULL where there is none, or it cannot be opened; else the
 * caller frees it. */
bool store_previous(const struct store *s, struct xap_database **out, struct err *err);

/* Settles and commits; a new generation becomes the current one; old ones go that nobody reads. */
bool store_finish(struct store *s, struct err *err);

/* Writes a compact copy as a new generation and makes it the current one. Without articles there is nothing to do. */
bool store_compact(struct store *s, struct err *err);

/* Closes; what was not committed is dropped, and a new generation that did not become the current one. NULL is fine. */
void store_free(struct store *s);

#endif
