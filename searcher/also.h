/* also.h - where else an article of the index lies
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_ALSO_H
#define BS_SEARCHER_ALSO_H

#include <stdbool.h>
#include <stddef.h>

#include "common/article.h"
#include "common/err.h"
#include "searcher/session.h"
#include "shim/xapian-c.h"

/* Most places that are listed. */
#define ALSO_MAX 100

/* A copy of the article, in another file or elsewhere in the same one. */
struct also_place {
    char *uid, *path; /* owned */
    char *member;     /* owned; NULL: the whole file */
};

struct also {
    struct also_place *place; /* owned; in the order in which they came into the index */
    size_t n;
};

/* The copies of the article whose document that is. A zeroed list. ERR_MODIFIED: one went
 * meanwhile. */
bool also_find(struct also *out, const struct session *s, const struct article *a, xap_docid docid,
               struct err *err);
void also_release(struct also *also); /* zeroed is fine */

#endif
