/* walker.h - the thread of an update that walks the disk and finds what may have changed
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_WALKER_H
#define BS_INDEXER_WALKER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "indexer/options.h"
#include "indexer/queue.h"
#include "indexer/scan.h"
#include "indexer/store/known.h"

/* What a walk found out about one root. */
struct walker_root {
    char *absolute;  /* owned */
    bool folder;     /* it is there, and is a folder: what it lost may be removed */
    bool missing;
    bool file;       /* it is there, and is a file: what was under a folder of that name may be removed */
};

struct walker {
    const struct options *o;
    const atomic_int *stop;
    unsigned size_flags;      /* of the limit on the size of an article */
    bool survey;              /* find out first how much there is to be read: for those who watch */
    struct xap_database *db;  /* what the index remembers; the walker's own */
    struct known *known;      /* marks what it met */
    size_t n_jobs; /* put so far */
    struct queue *jobs, *events; /* it is the only writer of jobs and one of the writers of events */
    /* results, for the writer when the thread has ended */
    struct walker_root *root; /* owned, one for each path of the options */
    char **blind;             /* owned: absolute paths that could not be looked into, or read */
    size_t n_blind;
    struct scan_counts counts;
    size_t unchanged_files, unchanged_articles, refused_before;
    atomic_size_t bytes;      /* of the files that will become jobs; 0 until that is known, or where nobody wants to know */
    bool complete;            /* it went to the end of all roots */
};

/* arg: a struct walker. For pthread_create(). */
void *walker_main(void *arg);
void walker_release(struct walker *w);

/* Adds to the blind. To be called when the thread has ended. */
bool walker_add_blind(struct walker *w, const char *absolute, struct err *err);

/* Does the absolute path lie under (or is it) the root? */
bool walker_is_under(const char *path, const char *root);

#endif
