/* queue.h - items handed from threads to threads, with a bound on what waits
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_QUEUE_H
#define BS_INDEXER_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct queue_item {
    struct queue_item *next;
    size_t size; /* what it counts towards the bound */
};

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct queue_item *first, *last;
    size_t size, max;
    size_t writers; /* threads that may still put */
    bool closed;    /* nobody takes any more */
};

/* max: puts wait while more than this is in it; one item always fits. writers: how many threads put. */
void queue_init(struct queue *q, size_t max, size_t writers);
void queue_release(struct queue *q); /* must be empty */

/* Waits for room. False: the queue was closed, the item stays the caller's. */
bool queue_put(struct queue *q, struct queue_item *item);

/* A writer is done. */
void queue_done(struct queue *q);

/* The oldest item; waits for one. NULL: it is empty and all writers are done, or it was closed. */
struct queue_item *queue_take(struct queue *q);

/* No more puts, no more takes; what is in it comes back as a list. */
struct queue_item *queue_close(struct queue *q);

#endif
