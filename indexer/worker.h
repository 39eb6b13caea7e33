/* worker.h - the threads of an update that read articles and make documents of them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_WORKER_H
#define BS_INDEXER_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#include "indexer/options.h"
#include "indexer/queue.h"

struct worker_setting {
    const struct options *o;
    const atomic_int *stop;
    struct queue *jobs, *events; /* each worker is one writer of events */
    size_t article_max;
    bool pack; /* documents are for the bulk store */
    atomic_bool *failed; /* set by a worker that ended before its time */
};

/* Works until there are no more jobs. arg: a struct worker_setting, shared. For pthread_create(). */
void *worker_main(void *arg);

/* Bytes that a document for Xapian's API takes while it waits, for each of its record, measured. */
#define WORKER_BYTES_PER_BYTE 10

#endif
