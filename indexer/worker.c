/* worker.c - the threads of an update that read articles and make documents of them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/enrich.h"
#include "indexer/jobs.h"
#include "indexer/read/read.h"

/* A file changed within this many seconds before it was read may change again without its time telling. */
#define RACY_SECONDS 2

struct worker {
    const struct worker_setting *setting;
    struct language *language;
    struct analysis *analysis;
    struct job *job;
    size_t eaten; /* bytes on disk that were read since the last event */
};

/* Puts an event; takes it over. False: the run ends. */
static bool
put(struct worker *w, struct event *e, struct err *err)
{
    if (!e)
        return err_nomem(err);
    e->eaten = w->eaten;
    w->eaten = 0;
    if (queue_put(w->setting->events, &e->item))
        return true;
    event_free(e);
    return err_set(err, ERR_LOCKED, "stopped");
}

/* Puts an event with texts of its own. */
static bool
tell(struct worker *w, enum event_kind kind, const char *member, const char *text, struct err *err)
{
    struct event *e = event_new(kind, w->job);
    if (e && member)
        e->member = strdup(member);
    if (e && text)
        e->text = strdup(text);
    if (e && ((member && !e->member) || (text && !e->text))) {
        event_free(e);
        e = NULL;
    }
    return put(w, e, err);
}

/* Is it the article that the index has? Then its hash tells, unless the file held another one of that uid before it. */
static bool
is_same(struct worker *w, const struct article *a, bool *same, uint64_t *hash, struct err *err)
{
    unsigned char uid[16];
    *same = false;
    if (!w->job->known || !state_uid_bytes(article_get(a, ARTICLE_UID), uid))
        return true;
    struct state_member *m = state_find(&w->job->old, uid);
    if (!m)
        return true;
    if (m->seen)
        return true;
    m->seen = true;
    if (!document_hash(w->analysis, a, hash, err))
        return false;
    *same = *hash == m->hash && m->hash != 0;
    return true;
}

static bool
put_article(struct worker *w, const struct article *a, struct err *err)
{
    bool same;
    uint64_t hash = 0;
    if (!is_same(w, a, &same, &hash, err))
        return false;
    struct event *e = event_new(same ? EVENT_SAME : EVENT_ARTICLE, w->job);
    if (!e)
        return err_nomem(err);
    bool ok = true;
    if (same) {
        memcpy(e->document.uid, article_get(a, ARTICLE_UID), sizeof e->document.uid);
        e->document.hash = hash;
    } else {
        ok = w->setting->pack ? document_pack(w->analysis, a, &e->document, err)
                              : document_build(w->analysis, a, &e->document, err);
    }
    e->bytes = strlen(article_get(a, ARTICLE_TITLE)) + strlen(article_get(a, ARTICLE_BODY));
    e->item.size += e->document.names_len;
    e->item.size += e->document.packed ? e->document.packed->size : WORKER_BYTES_PER_BYTE * e->document.size;
    if (ok)
        return put(w, e, err);
    event_free(e);
    return false;
}

static bool
on_article(void *arg, struct article *a, const char *member, struct err *err)
{
    struct worker *w = arg;
    if (*w->setting->stop) {
        w->job->broken_off = true;
        return err_set(err, ERR_LOCKED, "stopped");
    }
    if (!enrich(a, w->job->absolute, member, w->setting->o->language, w->language, err))
        return false;
    if (a->repaired > 0 && !tell(w, EVENT_REPAIRED, member, "bytes that are not UTF-8 were replaced", err))
        return false;
    if (a->note && !tell(w, EVENT_REMARK, member, a->note, err))
        return false;
    return put_article(w, a, err);
}

static bool
on_refused(void *arg, const char *member, const char *why, struct err *err)
{
    struct worker *w = arg;
    w->job->fresh.flags |= STATE_REFUSED;
    return tell(w, EVENT_REFUSED, member, why, err);
}

/* It is not known what all it holds now: what it held stays. */
static bool
on_unread(void *arg, enum err_code code, const char *member, const char *why, struct err *err)
{
    struct worker *w = arg;
    if (code == ERR_IO)
        w->job->broken_off = w->job->unread = true;
    else
        w->job->damaged = true;
    w->job->fresh.flags |= STATE_REFUSED;
    if (code == ERR_ARG)
        w->job->fresh.flags |= state_size_flags(w->setting->article_max);
    return tell(w, EVENT_REFUSED, member, why, err);
}

/* What the file is now. One that cannot be looked at has size and times 0, which no later look will find unchanged.
 * False: it is gone. */
static bool
look(const char *path, struct state *s)
{
    struct stat st;
    s->size = 0;
    s->mtime = s->ctime = 0;
    if (stat(path, &st) != 0)
        return errno != ENOENT && errno != ENOTDIR;
    state_take(s, &st);
    return true;
}

/* May it have changed, or change yet, without size and times telling? */
static bool
is_racy(const struct state *before, const struct state *after)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return !state_is_as_old(before, after) ||
           after->mtime / 1000000000 > (int64_t)now.tv_sec - RACY_SECONDS;
}

/* Has a file of the same size the same bytes? */
static bool
has_same_content(const struct worker *w, const struct job *job)
{
    const atomic_int *stop = w->setting->stop;
    uint64_t content[2];
    if (!job->known || job->old.flags & STATE_PARTIAL ||
        (job->old.flags & STATE_SIZE && (job->old.flags & STATE_SIZE) < state_size_flags(w->setting->article_max)) || (job->old.flags & STATE_KEPT && !w->setting->o->keep_missing) ||
        job->old.size != job->fresh.size ||
        (job->old.content[0] | job->old.content[1]) == 0)
        return false;
    return read_content(job->path, stop, content) && content[0] == job->old.content[0] && content[1] == job->old.content[1];
}

/* Only its mode seems to have changed, to one that keeps us out: what it held is taken to be there still. */
static bool
is_shut(const struct job *job)
{
    return job->known && !(job->old.flags & (STATE_RACY | STATE_PARTIAL)) && job->old.size == job->fresh.size &&
           job->old.mtime == job->fresh.mtime && faccessat(AT_FDCWD, job->path, R_OK, AT_EACCESS) != 0;
}

static bool
read_job(struct worker *w, struct err *err)
{
    struct job *job = w->job;
    const struct read_sink sink = {w, on_article, on_refused, on_unread};
    const struct read_options options = {.format = w->setting->o->format, .article_max = w->setting->article_max,
                                         .eaten = &w->eaten, .stop = w->setting->stop};
    struct state after = {.flags = 0};
    struct err why = {.code = ERR_NONE};
    if (!look(job->path, &job->fresh)) {
        job->broken_off = true; /* it went since the walk met it: the next run will see */
        return true;
    }
    if (is_shut(job)) {
        job->same = job->unread = true;
        job->fresh.ctime = job->old.ctime; /* it is looked at again when it can be read */
        job->fresh.flags = job->old.flags & (STATE_REFUSED | STATE_KEPT | STATE_SIZE);
        return tell(w, EVENT_REFUSED, NULL, strerror(EACCES), err);
    }
    if (has_same_content(w, job)) {
        job->same = true;
        w->eaten += (size_t)job->fresh.size;
        job->fresh.content[0] = job->old.content[0];
        job->fresh.content[1] = job->old.content[1];
        job->fresh.flags = job->old.flags & (STATE_REFUSED | STATE_KEPT | STATE_SIZE);
    } else if (!read_file(job->path, &options, &sink, job->fresh.content, &why)) {
        job->broken_off = job->broken_off || why.code == ERR_LOCKED;
        if (!job->broken_off) {
            if (err)
                *err = why;
            return false;
        }
    }
    look(job->path, &after);
    if (is_racy(&job->fresh, &after))
        job->fresh.flags |= STATE_RACY;
    if (job->broken_off)
        job->fresh.flags |= STATE_PARTIAL;
    return true;
}

/* Tells the writer that nothing will come any more from here. */
static void
fail(struct worker *w, const struct err *err)
{
    struct event *e = event_new(EVENT_FAILED, NULL);
    atomic_store(w->setting->failed, true);
    if (!e)
        return;
    e->err = *err;
    if (!queue_put(w->setting->events, &e->item))
        event_free(e);
}

/* What only reading needs: a run that finds nothing new does not pay for it. */
static bool
get_ready(struct worker *w, struct err *err)
{
    return (w->language || language_new(&w->language, err)) && (w->analysis || analysis_new(&w->analysis, err));
}

static bool
work(struct worker *w, struct err *err)
{
    struct queue_item *item;
    while ((item = queue_take(w->setting->jobs))) {
        w->job = (struct job *)item;
        const bool ok = *w->setting->stop ||
                        (get_ready(w, err) && read_job(w, err) && put(w, event_new(EVENT_DONE, w->job), err));
        job_unref(w->job);
        if (!ok)
            return false;
    }
    return true;
}

void *
worker_main(void *arg)
{
    struct worker w = {.setting = arg};
    struct err err = {.code = ERR_NONE};
    if (!work(&w, &err))
        fail(&w, &err);
    analysis_free(w.analysis);
    language_free(w.language);
    queue_done(w.setting->events);
    return NULL;
}
