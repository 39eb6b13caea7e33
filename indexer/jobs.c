/* jobs.c - what the threads of an update hand to each other
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/jobs.h"

#include <stdlib.h>
#include <string.h>

struct job *
job_new(const char *path, const char *absolute)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job)
        return NULL;
    atomic_init(&job->references, 1);
    job->path = strdup(path);
    job->absolute = strdup(absolute);
    job->item.size = sizeof *job + strlen(path) + strlen(absolute);
    if (!job->path || !job->absolute) {
        job_unref(job);
        return NULL;
    }
    return job;
}

void
job_unref(struct job *job)
{
    if (!job || atomic_fetch_sub(&job->references, 1) > 1)
        return;
    free(job->path);
    free(job->absolute);
    state_release(&job->old);
    state_release(&job->fresh);
    free(job);
}

struct event *
event_new(enum event_kind kind, struct job *job)
{
    struct event *e = calloc(1, sizeof *e);
    if (e) {
        e->kind = kind;
        e->job = job;
        if (job)
            atomic_fetch_add(&job->references, 1);
        e->item.size = sizeof *e;
    }
    return e;
}

void
event_free(struct event *e)
{
    if (!e)
        return;
    job_unref(e->job);
    free(e->path);
    free(e->member);
    free(e->text);
    document_release(&e->document);
    free(e);
}
