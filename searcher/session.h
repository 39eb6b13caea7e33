/* session.h - an index that is open for searching
 *
 * It is opened by the first search, and again whenever it moved on so far that the open one cannot be read any more. Serves one
 * thread.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_SESSION_H
#define BS_SEARCHER_SESSION_H

#include <stdbool.h>

#include "common/article.h"
#include "common/err.h"
#include "common/words.h"
#include "shim/xapian-c.h"

struct session {
    const char *dir;
    struct xap_database *db; /* NULL: not open */
    struct words *words;
    int hold; /* keeps the generation from being removed */
};

bool session_new(struct session **out, const char *dir, struct err *err); /* dir: borrowed until the free */
void session_free(struct session *s);

/* Opens the index where it is not open. ERR_NOTFOUND: no index; ERR_UNSUPPORTED: made by another version; ERR_CORRUPT, ERR_IO,
 * ERR_PERM; ERR_MODIFIED, where the index moved on. */
bool session_ready(struct session *s, struct err *err);

/* Does something that begins with session_ready(), from the start again where the index moved under it. What it made is its own
 * to release when it fails. */
bool session_try(struct session *s, bool (*what)(struct session *s, void *arg, struct err *err), void *arg, struct err *err);

/* Takes an error of Xapian over, with the index's name; false. */
bool session_failed(const struct session *s, const struct xap_error *error, struct err *err);

/* The article of a document. fields: a bit for each that is needed; 0: everything. */
bool session_load(const struct session *s, const struct xap_document *doc, unsigned fields, struct article *a,
                  struct err *err);

/* The document of that uid; 0: there is none. */
bool session_find(const struct session *s, const char *uid, xap_docid *out, struct err *err);

#endif
