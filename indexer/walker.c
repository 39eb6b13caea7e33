/* walker.c - the thread of an update that walks the disk and finds what may have changed
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/walker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/article.h"
#include "common/err-xapian.h"
#include "indexer/jobs.h"
#include "indexer/read/read.h"

/* The root that is being walked. */
struct walk {
    struct walker *w;
    struct walker_root *root;
    size_t typed_len; /* bytes of the root as it was named, which paths begin with */
    struct buf absolute;
};

bool
walker_is_under(const char *path, const char *root)
{
    const size_t len = strlen(root);
    return strncmp(path, root, len) == 0 && (path[len] == '\0' || path[len] == '/' || (len == 1 && root[0] == '/'));
}

/* Puts an event that belongs to no job. */
static bool
tell(struct walker *w, enum event_kind kind, const char *path, const char *text, struct err *err)
{
    struct event *e = event_new(kind, NULL);
    if (e) {
        e->path = path ? strdup(path) : NULL;
        e->text = strdup(text);
    }
    if (!e || (path && !e->path) || !e->text) {
        event_free(e);
        return err_nomem(err);
    }
    if (queue_put(w->events, &e->item))
        return true;
    event_free(e);
    return err_set(err, ERR_LOCKED, "stopped");
}

/* The absolute form of a path under the present root. */
static bool
make_absolute(struct walk *k, const char *path, struct err *err)
{
    buf_clear(&k->absolute);
    buf_str(&k->absolute, k->root->absolute);
    if (k->absolute.len == 1 && path[k->typed_len] == '/') /* the root is / */
        buf_truncate(&k->absolute, 0);
    buf_str(&k->absolute, path + k->typed_len);
    return buf_ok(&k->absolute, "a path", err);
}

/* What the index remembers of a file that may have changed. A writer that committed twice meanwhile makes the reader start
 * over; what is remembered of this file it has not touched. */
static bool
recall(struct walker *w, struct job *job, struct err *err)
{
    struct buf key;
    const char *value;
    size_t len;
    struct xap_error error;
    buf_init(&key, 1 << 10);
    state_key(&key, job->absolute);
    enum xap_code code = XAP_DATABASE_MODIFIED_ERROR;
    for (int i = 0; i < 100 && code == XAP_DATABASE_MODIFIED_ERROR; i++) {
        if (i > 0)
            xap_database_reopen(w->db, NULL, NULL);
        code = xap_database_get_metadata(w->db, key.data, key.len, &value, &len, &error);
    }
    buf_release(&key);
    if (code != XAP_OK)
        return err_xapian(err, &error, "%s", job->path);
    if (len == 0)
        return true;
    job->known = true;
    if (!state_parse(&job->old, value, len, err))
        return false;
    state_sort(&job->old);
    return true;
}

static bool
put_job(struct walker *w, const char *path, const char *absolute, bool known, struct err *err)
{
    struct job *job = job_new(path, absolute);
    if (!job)
        return err_nomem(err);
    job->number = w->n_jobs++;
    const bool ok = !known || recall(w, job, err);
    if (ok && queue_put(w->jobs, &job->item))
        return true;
    job_unref(job);
    return ok ? err_set(err, ERR_LOCKED, "stopped") : false;
}

static bool
is_unchanged(const struct walker *w, const struct known_file *f, const struct state *now)
{
    const unsigned doubt = STATE_RACY | STATE_PARTIAL | (w->o->keep_missing ? 0 : STATE_KEPT);
    const unsigned refused_size = f->flags & STATE_SIZE;
    return f->indexed && f->stamp == known_stamp(now) && !(f->flags & doubt) &&
           (refused_size == 0 || refused_size >= w->size_flags);
}

static bool
on_file(void *arg, const char *path, const struct stat *st, bool named, struct err *err)
{
    (void)named;
    struct walk *k = arg;
    struct walker *w = k->w;
    if (*w->stop)
        return err_set(err, ERR_LOCKED, "stopped");
    if (!make_absolute(k, path, err))
        return false;
    struct known_file *f;
    struct state now = {.flags = 0};
    state_take(&now, st);
    if (!known_meet(w->known, k->absolute.data, &f, err))
        return false;
    if (f->met) /* under another root */
        return true;
    f->met = true;
    if (is_unchanged(w, f, &now)) {
        w->unchanged_files++;
        w->unchanged_articles += f->members;
        w->refused_before += (f->flags & STATE_REFUSED) != 0;
        if (f->flags & STATE_REFUSED && w->o->level >= REPORT_VERBOSE)
            return tell(w, EVENT_REFUSED_BEFORE, path, "was refused before, at least in part, and has not changed", err);
        return true;
    }
    return put_job(w, path, k->absolute.data, f->indexed, err);
}

bool
walker_add_blind(struct walker *w, const char *absolute, struct err *err)
{
    char **more = realloc(w->blind, (w->n_blind + 1) * sizeof *more);
    if (!more)
        return err_nomem(err);
    w->blind = more;
    w->blind[w->n_blind] = strdup(absolute);
    return w->blind[w->n_blind] ? ++w->n_blind : err_nomem(err);
}

/* What lies under a place that cannot be looked into is not gone. */
static bool
on_unreadable(void *arg, const char *path, const char *why, struct err *err)
{
    struct walk *k = arg;
    struct walker *w = k->w;
    return make_absolute(k, path, err) && walker_add_blind(w, k->absolute.data, err) &&
           tell(w, EVENT_REFUSED, path, why, err);
}

/* Its absolute path, where it has none yet. */
static bool
name_root(struct walker *w, size_t i, struct err *err)
{
    struct buf absolute;
    if (w->root[i].absolute)
        return true;
    buf_init(&absolute, 1 << 20);
    if (article_absolute_path(&absolute, w->o->path[i], err)) {
        w->root[i].absolute = buf_take(&absolute);
        return w->root[i].absolute || err_nomem(err);
    }
    buf_release(&absolute);
    return false;
}

/* The length of a root as it is typed, without slashes at its end. */
static size_t
typed_length(const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    return len;
}

/* ---- how much there is to be read */

struct survey {
    struct walk walk;
    size_t bytes;
};

static bool
survey_file(void *arg, const char *path, const struct stat *st, bool named, struct err *err)
{
    (void)named;
    struct survey *s = arg;
    struct state now = {.flags = 0};
    struct buf key;
    if (*s->walk.w->stop)
        return err_set(err, ERR_LOCKED, "stopped");
    if (!make_absolute(&s->walk, path, err))
        return false;
    buf_init(&key, 1 << 10);
    state_key(&key, s->walk.absolute.data);
    const struct known_file *f = key.failed ? NULL : known_find_key(s->walk.w->known, key.data, key.len);
    buf_release(&key);
    state_take(&now, st);
    if (!f || !is_unchanged(s->walk.w, f, &now))
        s->bytes += (size_t)st->st_size;
    return true;
}

static bool
survey_unreadable(void *arg, const char *path, const char *why, struct err *err)
{
    (void)arg;
    (void)path;
    (void)why;
    (void)err;
    return true;
}

/* Sums up what is new. A root that fails here fails again in the walk, which says so. */
static void
survey_roots(struct walker *w)
{
    const struct options *o = w->o;
    const struct scan_rules rules = {o->include, o->n_include, o->exclude, o->n_exclude, o->db};
    size_t bytes = 0;
    for (size_t i = 0; i < o->n_paths; i++) {
        struct scan_counts counts = {.files = 0};
        struct survey s = {.walk = {.w = w, .root = &w->root[i], .typed_len = typed_length(o->path[i])}};
        const struct scan_sink sink = {&s, survey_file, survey_unreadable};
        buf_init(&s.walk.absolute, 1 << 21);
        if (name_root(w, i, NULL))
            scan_root(o->path[i], &rules, &sink, &counts, NULL);
        buf_release(&s.walk.absolute);
        bytes += s.bytes;
    }
    atomic_store_explicit(&w->bytes, bytes, memory_order_relaxed);
}

/* ---- the walk */

static bool
walk_root(struct walker *w, size_t i, struct err *err)
{
    const struct options *o = w->o;
    const struct scan_rules rules = {o->include, o->n_include, o->exclude, o->n_exclude, o->db};
    struct walk k = {.w = w, .root = &w->root[i]};
    const struct scan_sink sink = {&k, on_file, on_unreadable};
    struct err why = {.code = ERR_NONE};
    struct stat st;
    buf_init(&k.absolute, 1 << 21);
    bool ok = name_root(w, i, err);
    k.typed_len = typed_length(o->path[i]);
    if (ok && !scan_root(o->path[i], &rules, &sink, &w->counts, &why)) {
        k.root->missing = why.code == ERR_NOTFOUND;
        ok = k.root->missing && tell(w, EVENT_MISSING, NULL, why.msg, err);
        if (!k.root->missing && err)
            *err = why;
    }
    const bool there = !k.root->missing && stat(o->path[i], &st) == 0;
    k.root->folder = there && S_ISDIR(st.st_mode);
    k.root->file = there && S_ISREG(st.st_mode);
    buf_release(&k.absolute);
    return ok;
}

void *
walker_main(void *arg)
{
    struct walker *w = arg;
    struct err err = {.code = ERR_NONE};
    bool ok = true;
    w->root = calloc(w->o->n_paths + 1, sizeof *w->root);
    if (!w->root)
        ok = err_nomem(&err);
    if (ok && w->survey)
        survey_roots(w);
    for (size_t i = 0; ok && i < w->o->n_paths; i++)
        ok = walk_root(w, i, &err);
    w->complete = ok;
    if (!ok) {
        struct event *e = event_new(EVENT_FAILED, NULL);
        if (e)
            e->err = err;
        if (e && !queue_put(w->events, &e->item))
            event_free(e);
    }
    queue_done(w->jobs);
    queue_done(w->events);
    return NULL;
}

void
walker_release(struct walker *w)
{
    for (size_t i = 0; w->root && i < w->o->n_paths; i++)
        free(w->root[i].absolute);
    free(w->root);
    for (size_t i = 0; i < w->n_blind; i++)
        free(w->blind[i]);
    free(w->blind);
    xap_database_free(w->db);
}
