/* inspect.h - questions about an index: is it sound, is it what is on disk, what is in it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_INSPECT_H
#define BS_INDEXER_INSPECT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "indexer/options.h"

struct xap_database;

/* The current generation, opened for reading. */
struct inspection {
    struct xap_database *db;
    char *path; /* its folder */
    int hold;   /* keeps it from being removed */
};

/* ERR_NOTFOUND: there is no index, which is to say no stub; ERR_CORRUPT: what the stub names is not
 * there. To be closed in any case. */
bool inspect_open(struct inspection *in, const char *dir, struct err *err);
void inspect_close(struct inspection *in);

/* After a failure: did an indexer change the index meanwhile? Then it is opened again, for the
 * caller to go on; *err is empty then. Else, and when *tries has grown too much, false. */
bool inspect_again(struct inspection *in, const char *dir, int *tries, struct err *err);

/* Looks through all of the database, and whether all that the index remembers of files is there. Faults go to stdout, one a
 * line; *faults counts them. ERR_PERM: Xapian opens for writing what it checks, though it writes nothing. ERR_MODIFIED: an
 * indexer wrote meanwhile, and nothing can be said. */
bool inspect_check(const char *dir, size_t *faults, struct err *err);

/* Compares with the disk under the paths of the options: a line on stdout for each file that is "missing" from the index,
 * "stale" in it or "extra"; *differences counts them. */
bool inspect_verify(const struct options *o, size_t *differences, struct err *err);

/* Prints all articles of the index, as JSON Lines, in the order of their uids. */
bool inspect_dump(const char *dir, struct err *err);

#endif
