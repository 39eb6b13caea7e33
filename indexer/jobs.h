/* jobs.h - what the threads of an update hand to each other
 *
 * The walker puts a job for each file that may have changed; a worker takes it, reads the file and puts an event for each
 * article, and one at the end; the writer takes the events in the order in which they were put.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_JOBS_H
#define BS_INDEXER_JOBS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "indexer/queue.h"
#include "indexer/store/document.h"
#include "indexer/store/state.h"

/* A file to be read. Each event of it, the worker and the writer hold a reference. */
struct job {
    struct queue_item item;
    atomic_int references;
    char *path;       /* owned; as the user named it, for messages and for opening */
    char *absolute;   /* owned; as the index knows it */
    struct state old; /* what the index remembers, members sorted; empty where it is new */
    bool known;
    size_t number;    /* of the walk, from 0 */
    /* the worker's */
    struct state fresh; /* size, times, content, flags; members are the writer's to add */
    bool same;          /* the content is what it was: nothing else was looked at */
    bool broken_off;    /* not read to its end: what it had is kept */
    bool unread;        /* because it cannot be read */
    bool damaged;       /* read as far as it goes: it is empty, cut off or damaged, or articles are too large for the memory */
    /* the writer's */
    bool ordered;                /* it is in the list of order.h */
    struct job *earlier, *later; /* there */
    struct queue_item *event_first, *event_last; /* its events that wait */
    bool begun;
    size_t refused; /* records, or the file */
    struct job *previous, *next; /* among those that were begun */
};

struct job *job_new(const char *path, const char *absolute); /* with one reference, the caller's; NULL: no memory */
void job_unref(struct job *job); /* gives one reference back; NULL is fine */

enum event_kind {
    EVENT_ARTICLE, /* to be stored: document */
    EVENT_SAME,    /* an article that the index has already: uid and hash in document */
    EVENT_REFUSED, /* member, text */
    EVENT_REMARK,  /* member, text */
    EVENT_REFUSED_BEFORE, /* text; no job */
    EVENT_REPAIRED,
    EVENT_DONE,    /* the job's last event */
    EVENT_MISSING, /* a root that does not exist: text; no job */
    EVENT_FAILED   /* the run cannot go on: err; job may be NULL */
};

struct event {
    struct queue_item item;
    enum event_kind kind;
    struct job *job;          /* a reference, or NULL */
    char *path, *member, *text; /* owned; path where there is no job */
    struct document document; /* owned */
    size_t bytes;             /* of the article's text */
    size_t eaten;             /* bytes on disk that were read since the worker's event before it */
    struct err err;
};

struct event *event_new(enum event_kind kind, struct job *job); /* takes a reference of its own; NULL: no memory */
void event_free(struct event *e);

#endif
