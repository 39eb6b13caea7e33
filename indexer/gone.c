/* gone.c - files that were indexed and are there no more
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/gone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "indexer/update.h"

/* What the index knows under one root. */
struct tally {
    size_t known, gone;
    size_t was_known, was_gone; /* in a rebuild: of the present generation */
    size_t blind;               /* of those: they are where nobody can look */
    size_t shrunk;              /* of those: most of their articles are gone */
    bool spared;                /* nothing is removed */
};

/* A root that files may be missing under. */
struct place {
    const char *path;
    size_t root;
};

struct gone {
    struct store *store;
    const struct options *o;
    const struct walker *w;
    struct removal *removal;
    const atomic_int *stop;
    struct report *report;
    struct place *place; /* owned; by path */
    size_t n_places;
    struct tally *tally; /* owned; one for each root, and one for what lies under none */
    struct buf path;     /* of the present entry */
    struct buf key;      /* the last one that was noted */
    size_t noted_max;    /* bytes that may be noted at a time */
    bool full;
};

static int
by_path(const void *a, const void *b)
{
    return strcmp(((const struct place *)a)->path, ((const struct place *)b)->path);
}

/* Files that are there are of no interest: a list of many thousands is no burden. */
static bool
list_places(struct gone *g, struct err *err)
{
    const struct walker_root *root = g->w->root;
    g->place = calloc(g->o->n_paths + 1, sizeof *g->place);
    g->tally = calloc(g->o->n_paths + 1, sizeof *g->tally);
    if (!g->place || !g->tally)
        return err_nomem(err);
    for (size_t i = 0; i < g->o->n_paths; i++)
        if (root[i].folder || root[i].missing || root[i].file)
            g->place[g->n_places++] = (struct place){root[i].absolute, i};
    if (g->n_places > 1)
        qsort(g->place, g->n_places, sizeof *g->place, by_path);
    return true;
}

/* The innermost root above g->path; n_paths: there is none. */
static size_t
find_root(struct gone *g)
{
    char *path = g->path.data;
    for (size_t len = g->path.len; g->n_places > 0 && len > 0;) {
        const char cut = path[len];
        path[len] = '\0';
        const struct place key = {path, 0};
        const struct place *p = bsearch(&key, g->place, g->n_places, sizeof key, by_path);
        path[len] = cut;
        if (p)
            return p->root;
        if (len == 1)
            break;
        do
            len--;
        while (len > 1 && path[len] != '/');
    }
    return g->o->n_paths;
}

static bool
is_blind(const struct gone *g)
{
    for (size_t i = 0; i < g->w->n_blind; i++)
        if (walker_is_under(g->path.data, g->w->blind[i]))
            return true;
    return false;
}

static struct tally *
take_entry(struct gone *g, const struct state_entry *e)
{
    buf_clear(&g->path);
    state_path(&g->path, e->key, e->key_len, e->value, e->len);
    return &g->tally[find_root(g)];
}

/* Did the walk meet the file of that entry, or was it indexed just now? */
static bool
is_met(const struct gone *g, const struct state_entry *e)
{
    const struct known_file *f = known_find_key(g->w->known, e->key, e->key_len);
    return !f || f->met;
}

static bool
count(void *arg, const struct state_entry *e, struct err *err)
{
    struct gone *g = arg;
    (void)err;
    struct tally *t = take_entry(g, e);
    t->known++;
    t->gone += !is_met(g, e) && !is_blind(g);
    return true;
}

static bool
is_too_much(const struct gone *g, size_t gone, size_t known)
{
    return 100.0 * (double)gone > g->o->max_delete * (double)known;
}

/* An entry of the generation that is to be replaced. */
static bool
count_previous(void *arg, const struct state_entry *e, struct err *err)
{
    struct gone *g = arg;
    const char *value;
    size_t len;
    struct tally *t = take_entry(g, e);
    if (!store_recall(g->store, e->key, e->key_len, &value, &len, err))
        return false;
    t->was_known++;
    const size_t had = state_count(e->value, e->len), has = state_count(value, len);
    const bool there = len > 0 && is_met(g, e);
    if (there && has >= had)
        return true;
    if (is_blind(g))
        t->blind++;
    else if (there)
        t->shrunk += g->o->keep_missing || (had >= UPDATE_MANY_MEMBERS && is_too_much(g, had - has, had));
    else
        t->was_gone++;
    return true;
}

/* Counts what the new generation would lose. A present one that cannot be read has nothing to lose. */
static bool
compare_with_previous(struct gone *g, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    struct xap_database *db = NULL;
    if (!store_previous(g->store, &db, err))
        return false;
    const bool ok = !db || state_each(db, count_previous, g, &why);
    xap_database_free(db);
    return ok || why.code != ERR_NOMEM || err_nomem(err);
}

static bool
note(void *arg, const struct state_entry *e, struct err *err)
{
    struct gone *g = arg;
    struct state s = {.flags = 0};
    size_t lost;
    if (take_entry(g, e)->spared || is_met(g, e) || is_blind(g))
        return true;
    if (g->removal->bytes > g->noted_max) {
        g->full = true;
        return false;
    }
    bool ok = state_parse(&s, e->value, e->len, err) && removal_note(g->removal, g->path.data, &s, NULL, &lost, err);
    state_release(&s);
    buf_clear(&g->key);
    buf_add(&g->key, e->key, e->key_len);
    ok = ok && buf_ok(&g->key, "a key", err);
    return ok;
}

/* Removes what is noted now. */
static bool
remove_noted(struct gone *g, struct err *err)
{
    struct removal_counts counts;
    if (!removal_run(g->removal, g->store, g->stop, &counts, err) || !store_commit(g->store, err))
        return false;
    g->report->removed += counts.articles;
    g->report->removed_files += counts.files;
    removal_release(g->removal);
    return true;
}

/* Notes and removes by turns. Each turn reads the index anew: two commits later it is another one. */
static bool
remove_all(struct gone *g, bool any, struct err *err)
{
    struct xap_database *db = NULL;
    do {
        g->full = false;
        bool ok = true;
        if (any) {
            ok = store_reader(g->store, &db, err) && state_each_after(db, g->key.data, g->key.len, note, g, err);
            xap_database_free(db);
            db = NULL;
        }
        if (!(ok || g->full) || (g->removal->n > 0 && !remove_noted(g, err)))
            return false;
    } while (g->full && !*g->stop);
    return true;
}

static void
suspect(struct gone *g, const char *path, const char *why)
{
    report_about(g->report, path, why);
    g->report->suspect_roots++;
}

/* In a rebuild: may what is lost be lost? */
static void
judge_rebuild(struct gone *g, const char *path, const struct tally *t)
{
    char why[200];
    if (t->blind > 0)
        snprintf(why, sizeof why, "%zu files of the index cannot be read now, or not to their ends: it stays as it is",
                 t->blind);
    else if (t->shrunk > 0)
        snprintf(why, sizeof why, "of %zu files articles are gone%s: the index stays as it is%s", t->shrunk,
                 g->o->keep_missing ? ", and --keep-missing" : ", of each more than --max-delete allows",
                 g->o->keep_missing ? "" : " (--max-delete=100 drops them)");
    else if (g->o->keep_missing && t->was_gone > 0)
        snprintf(why, sizeof why, "%zu of %zu files are gone, and --keep-missing: the index stays as it is",
                 t->was_gone, t->was_known);
    else if (is_too_much(g, t->was_gone, t->was_known))
        snprintf(why, sizeof why,
                 "%zu of %zu files are gone, more than %g%%: the index stays as it is (--max-delete=100 drops them)",
                 t->was_gone, t->was_known, g->o->max_delete);
    else
        return;
    suspect(g, path, why);
}

/* What looks like a disk that is not mounted is not believed. */
static void
judge(struct gone *g, size_t i)
{
    const struct walker_root *root = &g->w->root[i];
    const char *path = g->o->path[i];
    struct tally *t = &g->tally[i];
    char why[200];
    t->spared = true;
    if (root->missing && t->known + t->was_known == 0) {
        report_about(g->report, path, options_no_such_path(path));
        g->report->missing_roots++;
    } else if (root->missing && g->o->max_delete < 100) {
        suspect(g, path,
                "was indexed before and is missing now: nothing is removed (--max-delete=100 removes what was under it)");
    } else if (!g->o->keep_missing && is_too_much(g, t->gone, t->known)) {
        snprintf(why, sizeof why,
                 "%zu of %zu files are gone, more than %g%%: nothing is removed (--max-delete=100 removes them)",
                 t->gone, t->known, g->o->max_delete);
        suspect(g, path, why);
    } else {
        t->spared = t->gone == 0 || g->o->keep_missing;
        if (t->spared)
            g->report->kept_missing += t->gone;
        judge_rebuild(g, path, t);
    }
}

/* What a rebuild would lose because it lies under none of the paths. */
static void
judge_rest(struct gone *g)
{
    struct tally *t = &g->tally[g->o->n_paths];
    const size_t n = t->was_gone + t->blind;
    char why[200];
    t->spared = true;
    if (t->shrunk > 0) {
        judge_rebuild(g, g->o->db, &(struct tally){.shrunk = t->shrunk});
        return;
    }
    if (n == 0 || (!g->o->keep_missing && g->o->max_delete >= 100))
        return;
    snprintf(why, sizeof why, "%zu files of the index are not under the given paths: it stays as it is%s", n,
             g->o->keep_missing ? "" : " (--max-delete=100 drops them)");
    suspect(g, g->o->db, why);
}

bool
gone_remove(struct store *s, const struct options *o, const struct walker *w, struct removal *removal,
            const atomic_int *stop, struct report *report, struct err *err)
{
    struct gone g = {.store = s, .o = o, .w = w, .removal = removal, .stop = stop, .report = report};
    struct xap_database *db = NULL;
    g.noted_max = o->memory / 16;
    buf_init(&g.path, 1 << 21);
    buf_init(&g.key, 1 << 10);
    bool ok = list_places(&g, err);
    if (ok && !known_all_met(w->known)) /* else none is gone, and there is no need to go through all of them */
        ok = store_reader(s, &db, err) && state_each(db, count, &g, err);
    xap_database_free(db);
    ok = ok && compare_with_previous(&g, err);
    bool any = false;
    for (size_t i = 0; ok && i < o->n_paths; i++) {
        judge(&g, i);
        any = any || !g.tally[i].spared;
    }
    if (ok) {
        judge_rest(&g);
        ok = remove_all(&g, any, err);
    }
    buf_release(&g.path);
    buf_release(&g.key);
    free(g.place);
    free(g.tally);
    return ok;
}
