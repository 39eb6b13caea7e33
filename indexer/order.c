/* order.c - what the workers read, in the order in which the walk met the files
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/order.h"

#include <stdbool.h>

void
order_init(struct order *o, size_t max)
{
    *o = (struct order){.max = max};
}

/* ---- lists of events ---- */

static void
append(struct queue_item **first, struct queue_item **last, struct queue_item *item)
{
    item->next = NULL;
    if (*last)
        (*last)->next = item;
    else
        *first = item;
    *last = item;
}

static struct event *
take_first(struct order *o, struct queue_item **first, struct queue_item **last)
{
    struct queue_item *item = *first;
    *first = item->next;
    if (!*first)
        *last = NULL;
    o->size -= item->size;
    return (struct event *)item;
}

/* ---- the list of jobs ---- */

/* By number; nearly always behind the last. */
static void
insert(struct order *o, struct job *job)
{
    struct job *before = o->last;
    while (before && before->number > job->number)
        before = before->earlier;
    job->earlier = before;
    job->later = before ? before->later : o->first;
    if (job->later)
        job->later->earlier = job;
    else
        o->last = job;
    if (before)
        before->later = job;
    else
        o->first = job;
    job->ordered = true;
    atomic_fetch_add(&job->references, 1);
}

static void
take_out(struct order *o, struct job *job)
{
    if (job->earlier)
        job->earlier->later = job->later;
    else
        o->first = job->later;
    if (job->later)
        job->later->earlier = job->earlier;
    else
        o->last = job->earlier;
    job->earlier = job->later = NULL;
    job->ordered = false;
    job_unref(job);
}

void
order_add(struct order *o, struct event *e)
{
    struct job *job = e->job;
    o->size += e->item.size;
    if (!job) {
        append(&o->free_first, &o->free_last, &e->item);
        return;
    }
    if (!job->ordered)
        insert(o, job);
    append(&job->event_first, &job->event_last, &e->item);
}

struct event *
order_take(struct order *o)
{
    if (o->free_first)
        return take_first(o, &o->free_first, &o->free_last);
    for (struct job *job = o->first; job; job = job->later) {
        if (job->number > o->next) {
            if (o->size <= o->max)
                return NULL;
            o->next = job->number; /* before its turn; those that it passes may go on at once */
        }
        if (!job->event_first)
            continue;
        struct event *e = take_first(o, &job->event_first, &job->event_last);
        if (e->kind == EVENT_DONE) {
            o->next += job->number == o->next;
            take_out(o, job); /* the event has a reference of its own */
        }
        return e;
    }
    return NULL;
}

void
order_end(struct order *o)
{
    o->max = 0;
}

void
order_release(struct order *o)
{
    order_end(o);
    for (struct event *e; (e = order_take(o));)
        event_free(e);
    while (o->first)
        take_out(o, o->first);
    *o = (struct order){.max = 0};
}
