/* update.c - bring an index up to date with the files under some paths
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/update.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <jansson.h>

#include "common/err-xapian.h"
#include "indexer/copies.h"
#include "indexer/gone.h"
#include "indexer/jobs.h"
#include "indexer/order.h"
#include "indexer/store/removal.h"
#include "indexer/store/store.h"
#include "indexer/walker.h"
#include "indexer/worker.h"

#define WORKERS_MAX 64
/* Jobs that wait, in bytes of their paths: the walker may run ahead by some ten thousand files. */
#define JOBS_BYTES ((size_t)4 << 20)
/* Files that the index and the walk of the disk have open, at most about. */
#define FILES_OF_STORE 48
/* Smallest limit on one article, however little memory there is. */
#define ARTICLE_MAX_MIN ((size_t)1 << 20)

struct update {
    const struct options *o;
    const atomic_int *stop;
    struct report *report;
    struct store *store;
    struct known known;
    struct queue jobs, events;
    struct order order;
    struct walker walker;
    struct worker_setting setting;
    pthread_t walker_thread, worker_thread[WORKERS_MAX];
    unsigned n_workers; /* started */
    bool walking;       /* the walker was started */
    size_t eaten;       /* bytes on disk of what was taken in */
    atomic_bool worker_failed;
    struct job *begun;  /* jobs with articles in the store, not done yet */
    struct job *unread; /* jobs whose files cannot be read to their ends, linked by next; references */
    struct removal removal;
    struct buf key, value;
};

/* ---- what the index remembers of files ---- */

static bool
remember(struct update *u, const struct job *job, const struct state *s, struct err *err)
{
    buf_clear(&u->key);
    buf_clear(&u->value);
    state_key(&u->key, job->absolute);
    state_print(s, job->absolute, &u->value);
    return buf_ok(&u->key, "a key", err) && buf_ok(&u->value, "the members of a file", err) &&
           store_remember(u->store, u->key.data, u->key.len, u->value.data, u->value.len, err);
}

/* All its articles, old and new, so that none is ever forgotten. head: all but the members. */
static bool
remember_both(struct update *u, const struct job *job, const struct state *head, struct err *err)
{
    struct state both = *head;
    bool ok = true;
    both.member = NULL;
    both.n_members = both.room_members = 0;
    char uid[33];
    for (size_t i = 0; ok && i < job->fresh.n_members; i++) {
        state_uid_text(job->fresh.member[i].uid, uid);
        ok = state_add(&both, uid, job->fresh.member[i].hash, err);
    }
    state_sort(&both);
    const size_t n = both.n_members;
    for (size_t i = 0; ok && i < job->old.n_members; i++) {
        struct state fresh = {.member = both.member, .n_members = n};
        if (state_find(&fresh, job->old.member[i].uid))
            continue;
        state_uid_text(job->old.member[i].uid, uid);
        ok = state_add(&both, uid, job->old.member[i].hash, err);
    }
    ok = ok && remember(u, job, &both, err);
    state_release(&both);
    return ok;
}

/* At a commit in the midst of a file, or when it was not read to its end. more: flags. */
static bool
remember_partly(struct update *u, const struct job *job, unsigned more, struct err *err)
{
    const struct state head = {.flags = STATE_PARTIAL | more};
    return remember_both(u, job, &head, err);
}

static bool
commit(struct update *u, struct err *err)
{
    for (const struct job *job = u->begun; job; job = job->next)
        if (!remember_partly(u, job, 0, err))
            return false;
    report_phase(u->report, "writing");
    return store_commit(u->store, err);
}

/* ---- events ---- */

static void
begin_job(struct update *u, struct job *job)
{
    if (job->begun)
        return;
    job->begun = true;
    atomic_fetch_add(&job->references, 1);
    job->previous = NULL;
    job->next = u->begun;
    if (u->begun)
        u->begun->previous = job;
    u->begun = job;
}

static void
end_job(struct update *u, struct job *job)
{
    if (!job->begun)
        return;
    if (job->previous)
        job->previous->next = job->next;
    else
        u->begun = job->next;
    if (job->next)
        job->next->previous = job->previous;
    job->begun = false;
    job_unref(job);
}

static bool
on_article(struct update *u, struct event *e, struct err *err)
{
    bool replaced;
    begin_job(u, e->job);
    u->report->articles++;
    u->report->bytes += e->bytes;
    if (!store_put(u->store, &e->document, &replaced, err) ||
        !state_add(&e->job->fresh, e->document.uid, e->document.hash, err))
        return false;
    if (replaced)
        u->report->replaced++;
    else
        u->report->added++;
    return !store_is_full(u->store) || commit(u, err);
}

static bool
on_same(struct update *u, const struct event *e, struct err *err)
{
    begin_job(u, e->job);
    u->report->articles++;
    u->report->bytes += e->bytes;
    u->report->unchanged++;
    return state_add(&e->job->fresh, e->document.uid, e->document.hash, err);
}

/* Its articles stay; only what the disk says of the file is news, if it is. */
static bool
end_same(struct update *u, const struct job *job, struct err *err)
{
    struct state s = job->old;
    s.size = job->fresh.size;
    s.mtime = job->fresh.mtime;
    s.ctime = job->fresh.ctime;
    s.flags = job->fresh.flags;
    u->report->unchanged += s.n_members;
    u->report->refused_before += (s.flags & STATE_REFUSED) != 0;
    return (state_is_as_old(&s, &job->old) && s.flags == job->old.flags) ||
           remember(u, job, &s, err);
}

static bool
end_broken_off(struct update *u, struct job *job, struct err *err)
{
    if (job->fresh.n_members == 0 && (!job->known || job->old.flags & STATE_PARTIAL))
        return true; /* nothing is news */
    return remember_partly(u, job, job->fresh.flags & STATE_REFUSED, err);
}

/* May what a file lost be taken out of the index? A file that holds far less than it did may have been written badly. */
static bool
may_go(struct update *u, const struct job *job, size_t lost)
{
    char why[200];
    const size_t n = job->old.n_members;
    if (u->o->keep_missing)
        return false;
    if (n < UPDATE_MANY_MEMBERS || 100.0 * (double)lost <= u->o->max_delete * (double)n)
        return true;
    snprintf(why, sizeof why,
             "%zu of its %zu articles are gone, more than %g%%: none is removed (--max-delete=100 removes them)", lost, n,
             u->o->max_delete);
    report_about(u->report, job->path, why);
    u->report->suspect_roots++;
    return false;
}

static bool
end_read(struct update *u, struct job *job, struct err *err)
{
    size_t lost = 0;
    state_sort(&job->fresh);
    for (size_t i = 0; i < job->old.n_members; i++)
        lost += !state_find(&job->fresh, job->old.member[i].uid);
    if (lost > 0 && job->damaged)
        return end_broken_off(u, job, err);
    if (lost > 0 && !may_go(u, job, lost)) {
        struct state both = job->fresh;
        both.flags |= STATE_KEPT;
        u->report->kept_articles += lost;
        return remember_both(u, job, &both, err);
    }
    if (!removal_note(&u->removal, job->absolute, &job->old, &job->fresh, &lost, err))
        return false;
    if (lost == 0)
        return remember(u, job, &job->fresh, err);
    /* removal_run() takes them out */
    struct state both = job->fresh;
    both.flags |= STATE_PARTIAL;
    return remember_both(u, job, &both, err);
}

static bool
on_done(struct update *u, struct job *job, struct err *err)
{
    const bool ok = job->same         ? end_same(u, job, err)
                    : job->broken_off ? end_broken_off(u, job, err)
                                      : end_read(u, job, err);
    end_job(u, job);
    report_refused_more(u->report, job->path, job->refused);
    if (job->unread || job->damaged) {
        atomic_fetch_add(&job->references, 1);
        job->next = u->unread;
        u->unread = job;
    }
    return ok && (!store_is_full(u->store) || commit(u, err));
}

static bool
on_event(struct update *u, struct event *e, struct err *err)
{
    const char *path = e->job ? e->job->path : e->path;
    switch (e->kind) {
    case EVENT_ARTICLE:
        return on_article(u, e, err);
    case EVENT_SAME:
        return on_same(u, e, err);
    case EVENT_REFUSED:
        report_refused(u->report, path, e->member, e->text, e->job ? &e->job->refused : NULL);
        return true;
    case EVENT_REMARK:
        u->report->remarks++;
        report_remark(u->report, path, e->member, e->text);
        return true;
    case EVENT_REFUSED_BEFORE:
        report_remark(u->report, path, NULL, e->text);
        return true;
    case EVENT_REPAIRED:
        u->report->repaired++;
        report_remark(u->report, path, e->member, e->text);
        return true;
    case EVENT_DONE:
        return on_done(u, e->job, err);
    case EVENT_MISSING:
        return true; /* said by gone.c, which knows whether it was ever there */
    case EVENT_FAILED:
        if (*u->stop)
            return true;
        if (err)
            *err = e->err;
        return false;
    }
    return err_set(err, ERR_BUG, "%s:%d: event %d", __FILE__, __LINE__, (int)e->kind);
}

/* The next event whose turn it is; waits for one. NULL: that was the last. */
static struct event *
next_event(struct update *u)
{
    for (;;) {
        struct event *e = order_take(&u->order);
        if (e)
            return e;
        struct queue_item *item = queue_take(&u->events);
        if (!item)
            break;
        order_add(&u->order, (struct event *)item);
    }
    order_end(&u->order); /* a run that is stopped leaves jobs undone */
    return order_take(&u->order);
}

static bool
take_events(struct update *u, struct err *err)
{
    struct event *e;
    while ((e = next_event(u))) {
        const bool ok = on_event(u, e, err);
        u->eaten += e->eaten;
        event_free(e);
        if (!ok)
            return false;
        report_progress(u->report, u->eaten, atomic_load_explicit(&u->walker.bytes, memory_order_relaxed));
    }
    return true;
}

/* ---- threads ---- */

/* How many threads may read at a time: each has a file open, and another one while it loads what it needs. */
static unsigned
count_workers(unsigned jobs)
{
    struct rlimit files;
    unsigned n = jobs > WORKERS_MAX ? WORKERS_MAX : jobs;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= FILES_OF_STORE + 2 * (rlim_t)n)
        return n;
    const rlim_t fit = files.rlim_cur > FILES_OF_STORE ? (files.rlim_cur - FILES_OF_STORE) / 2 : 1;
    return fit < 1 ? 1 : (unsigned)fit;
}

static bool
start_threads(struct update *u, struct err *err)
{
    unsigned wanted = count_workers(u->o->jobs);
    size_t article_max = u->o->memory / 16;
    if (article_max > ARTICLE_MAX)
        article_max = ARTICLE_MAX;
    if (article_max < ARTICLE_MAX_MIN)
        article_max = ARTICLE_MAX_MIN;
    queue_init(&u->jobs, JOBS_BYTES, 1);
    /* One half of an eighth of the memory may wait for its turn, the other for the writer */
    queue_init(&u->events, u->o->memory / 16, wanted + 1);
    order_init(&u->order, u->o->memory / 16);
    u->walker.o = u->o;
    u->walker.stop = u->stop;
    u->walker.size_flags = state_size_flags(article_max);
    u->walker.survey = u->report->progress;
    u->walker.known = &u->known;
    u->walker.jobs = &u->jobs;
    u->walker.events = &u->events;
    u->setting = (struct worker_setting){u->o, u->stop, &u->jobs, &u->events, article_max, store_is_bulk(u->store),
                                         &u->worker_failed};
    if (!store_reader(u->store, &u->walker.db, err))
        return false;
    json_object_seed(0); /* jansson's hash seed, before there are threads */
    /* Signals are for the thread that writes */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool ok = pthread_create(&u->walker_thread, NULL, walker_main, &u->walker) == 0;
    u->walking = ok;
    while (ok && u->n_workers < wanted) {
        ok = pthread_create(&u->worker_thread[u->n_workers], NULL, worker_main, &u->setting) == 0;
        u->n_workers += ok;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok || err_set(err, ERR_NOMEM, "cannot start a thread");
}

static void
free_events(struct queue_item *item)
{
    while (item) {
        struct queue_item *next = item->next;
        event_free((struct event *)item);
        item = next;
    }
}

static void
free_jobs(struct queue_item *item)
{
    while (item) {
        struct queue_item *next = item->next;
        job_unref((struct job *)item);
        item = next;
    }
}

static void
end_threads(struct update *u)
{
    if (!u->walking)
        return;
    free_events(queue_close(&u->events));
    order_release(&u->order);
    free_jobs(queue_close(&u->jobs));
    pthread_join(u->walker_thread, NULL);
    for (unsigned i = 0; i < u->n_workers; i++)
        pthread_join(u->worker_thread[i], NULL);
    queue_release(&u->events);
    queue_release(&u->jobs);
    u->walking = false;
}

/* ---- the run ---- */

/* What the walker found, when it has ended. */
static bool
add_walk(struct update *u, struct err *err)
{
    struct report *r = u->report;
    const struct walker *w = &u->walker;
    r->scan = w->counts;
    r->unchanged += w->unchanged_articles;
    r->refused_before += w->refused_before;
    for (const struct job *job = u->unread; job; job = job->next)
        if (!walker_add_blind(&u->walker, job->absolute, err))
            return false;
    /* A thread that could not even say that it failed */
    if (!*u->stop && (!w->complete || atomic_load(&u->worker_failed)))
        return err_nomem(err);
    return true;
}

/* Says how many articles lie elsewhere too, where that may be news. */
static bool
count_copies(struct update *u, struct err *err)
{
    struct xap_database *db = NULL;
    struct report *r = u->report;
    if (r->added + r->replaced + r->removed == 0)
        return true;
    const bool ok = store_reader(u->store, &db, err) && copies_count(db, &r->copies, err);
    xap_database_free(db);
    return ok;
}

static bool
go(struct update *u, struct err *err)
{
    struct xap_database *db = NULL;
    bool ok = store_reader(u->store, &db, err) && known_load(&u->known, db, err);
    xap_database_free(db);
    ok = ok && start_threads(u, err) && take_events(u, err);
    end_threads(u);
    if (!ok || !add_walk(u, err) || !commit(u, err))
        return false;
    if (*u->stop && u->o->rebuild)
        return true; /* the present generation stays */
    report_phase(u->report, "writing");
    if (!store_settle(u->store, err))
        return false;
    if (*u->stop)
        return store_finish(u->store, err) && count_copies(u, err);
    if (!gone_remove(u->store, u->o, &u->walker, &u->removal, u->stop, u->report, err))
        return false;
    /* Only a rebuild that is not whole, or would lose something, does not become what readers see */
    const bool finish = !u->o->rebuild || (!*u->stop && u->report->suspect_roots == 0);
    return finish ? store_finish(u->store, err) && count_copies(u, err) : store_commit(u->store, err);
}

bool
update_run(const struct options *o, const char *command, const atomic_int *stop, struct report *report,
           struct err *err)
{
    struct update u = {.o = o, .stop = stop, .report = report};
    /* A quarter of the memory is for what waits and for the threads */
    const struct store_options options = {.dir = o->db,
                                          .command = command,
                                          .lock_wait = o->lock_wait,
                                          .memory = o->memory / 2,
                                          .stop = stop,
                                          .rebuild = o->rebuild,
                                          .say = report_error,
                                          .report = report};
    buf_init(&u.key, 1 << 10);
    buf_init(&u.value, (size_t)1 << 30);
    bool ok = store_open(&u.store, &options, err) && go(&u, err);
    while (u.begun)
        end_job(&u, u.begun);
    while (u.unread) {
        struct job *next = u.unread->next;
        job_unref(u.unread);
        u.unread = next;
    }
    removal_release(&u.removal);
    walker_release(&u.walker);
    known_release(&u.known);
    buf_release(&u.key);
    buf_release(&u.value);
    store_free(u.store);
    return ok;
}
