/* order.h - what the workers read, in the order in which the walk met the files
 *
 * Workers are done with files in any order. Put in order again, the same archive gives the same index: articles of the same weight
 * stand in the same order, and of an id that is in two files the later one holds. While a file is read, what comes of those behind it
 * waits; when that is more than the bound it goes on before its turn.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_ORDER_H
#define BS_INDEXER_ORDER_H

#include <stddef.h>

#include "indexer/jobs.h"

struct order {
    size_t next;                /* jobs up to this number may go on */
    struct job *first, *last;   /* those that were met and are not done, by number; references */
    struct queue_item *free_first, *free_last; /* events of no job */
    size_t size, max;           /* of the events that wait */
};

/* max: the sizes of events that may wait, in bytes. */
void order_init(struct order *o, size_t max);
void order_release(struct order *o); /* with what waits; zeroed is fine */

/* Takes the event. */
void order_add(struct order *o, struct event *e);

/* The next event, which is the caller's; NULL: none whose turn it is. */
struct event *order_take(struct order *o);

/* No more will be added: the rest goes on, whatever it would wait for. */
void order_end(struct order *o);

#endif
