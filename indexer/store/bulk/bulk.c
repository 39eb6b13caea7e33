/* bulk.c - a new database, written as a whole: the fast way, for first builds and rebuilds
 *
 * Lists of terms and data are in the order of the articles and written as these come. Postings and positions are in the order
 * of the terms: they are gathered in a dictionary, which becomes a run on disk when it is full; at the end all runs
 * are merged, by two threads, each writing one of the two tables.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/bulk.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "common/buf.h"
#include "indexer/store/bulk/chunks.h"
#include "indexer/store/bulk/dictionary.h"
#include "indexer/store/bulk/facts.h"
#include "indexer/store/bulk/merge.h"
#include "indexer/store/bulk/table.h"
#include "indexer/store/bulk/uids.h"
#include "indexer/store/bulk/version.h"
#include "indexer/store/state.h"

/* So many runs become one: each needs an open file, in two threads at last. Fewer where fewer files may be open, beside
 * those of everyone else. */
#define RUNS_MAX 64
#define RUNS_MIN 2
#define FILES_OF_OTHERS 24

struct bulk {
    char *dir;
    size_t memory;
    struct dictionary *dictionary;
    struct facts *facts;
    struct table *table[VERSION_TABLES]; /* those that are written */
    struct uids uids;
    uint32_t *superseded;
    size_t n_superseded, room_superseded;
    unsigned runs, runs_max;
    struct version version;
};

static const char *const table_name[VERSION_TABLES] = {"postlist", "docdata",  "termlist",
                                                       "position", "spelling", "synonym"};

/* DIR/run-N.tmp; NULL: no memory. */
static char *
run_path(const struct bulk *b, unsigned n)
{
    struct buf path;
    buf_init(&path, BUF_MAX);
    buf_printf(&path, "%s/run-%u.tmp", b->dir, n);
    char *text = buf_take(&path);
    buf_release(&path);
    return text;
}

static unsigned
runs_bound(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= FILES_OF_OTHERS + 2 * RUNS_MAX)
        return RUNS_MAX;
    if (files.rlim_cur < FILES_OF_OTHERS + 2 * RUNS_MIN)
        return RUNS_MIN;
    return (unsigned)(files.rlim_cur - FILES_OF_OTHERS) / 2;
}

static bool
start(struct bulk *b, struct err *err)
{
    struct buf path;
    if (mkdir(b->dir, 0777) != 0)
        return err_sys(err, errno, "%s", b->dir);
    buf_init(&path, BUF_MAX);
    buf_printf(&path, "%s/facts.tmp", b->dir);
    const bool ok = buf_ok(&path, "a path", err) && dictionary_new(&b->dictionary, err) &&
                    facts_new(&b->facts, path.data, err);
    buf_release(&path);
    return ok && table_new(&b->table[VERSION_TERMLIST], b->dir, table_name[VERSION_TERMLIST], err) &&
           table_new(&b->table[VERSION_DOCDATA], b->dir, table_name[VERSION_DOCDATA], err);
}

bool
bulk_new(struct bulk **out, const char *dir, size_t memory, struct err *err)
{
    struct bulk *b = calloc(1, sizeof *b);
    *out = b;
    if (!b)
        return err_nomem(err);
    b->memory = memory;
    b->runs_max = runs_bound();
    b->dir = strdup(dir);
    return b->dir ? start(b, err) : err_nomem(err);
}

static void
remove_runs(struct bulk *b)
{
    for (; b->runs > 0; b->runs--) {
        char *path = run_path(b, b->runs - 1);
        if (path)
            remove(path);
        free(path);
    }
}

void
bulk_free(struct bulk *b)
{
    if (!b)
        return;
    remove_runs(b);
    dictionary_free(b->dictionary);
    facts_free(b->facts);
    for (int i = 0; i < VERSION_TABLES; i++)
        table_free(b->table[i]);
    uids_release(&b->uids);
    free(b->superseded);
    free(b->dir);
    free(b);
}

/* ---- runs ---- */

static void
close_sources(struct source *source, size_t n)
{
    for (size_t i = 0; source && i < n; i++)
        source_release(&source[i]);
    free(source);
}

/* All runs, and what is in memory behind them. Each thread has its own. */
static bool
open_sources(const struct bulk *b, const struct entry *const *entry, size_t n_entries, struct source **out, size_t *n,
             struct err *err)
{
    struct source *source = calloc(b->runs + (size_t)1, sizeof *source);
    bool ok = source || err_nomem(err);
    *out = source;
    *n = 0;
    for (unsigned i = 0; ok && i < b->runs; i++) {
        char *path = run_path(b, i);
        ok = path ? source_run(&source[i], path, err) : err_nomem(err);
        free(path);
        *n += 1; /* one that failed is to be released too */
    }
    if (ok && entry)
        source_memory(&source[(*n)++], entry, n_entries);
    return ok;
}

/* Writes a run from sources and takes the sources' place with it: from now on it is run number n. */
static bool
write_run(struct bulk *b, struct source *source, size_t n_sources, unsigned n, struct err *err)
{
    char *path = run_path(b, b->runs), *to = run_path(b, n);
    bool ok = (path && to) || err_nomem(err);
    ok = ok && merge_to_run(source, n_sources, path, err);
    if (!ok && path)
        remove(path);
    if (ok && n < b->runs) {
        remove_runs(b);
        ok = rename(path, to) == 0 || err_sys(err, errno, "%s", to);
    }
    free(path);
    free(to);
    if (ok)
        b->runs = n + 1;
    return ok;
}

static bool
merge_runs(struct bulk *b, struct err *err)
{
    struct source *source;
    size_t n;
    const bool ok = open_sources(b, NULL, 0, &source, &n, err) && write_run(b, source, n, 0, err);
    close_sources(source, n);
    return ok;
}

static bool
spill(struct bulk *b, struct err *err)
{
    size_t n;
    const struct entry *const *entry = dictionary_sort(b->dictionary, &n);
    struct source source;
    if (!entry)
        return err_nomem(err);
    source_memory(&source, entry, n);
    const bool ok = write_run(b, &source, 1, b->runs, err);
    source_release(&source);
    dictionary_clear(b->dictionary);
    return ok && (b->runs < b->runs_max || merge_runs(b, err));
}

static bool
spill_if_full(struct bulk *b, struct err *err)
{
    return dictionary_memory(b->dictionary) <= b->memory || spill(b, err);
}

/* ---- articles ---- */

static bool
supersede(struct bulk *b, uint32_t docid, struct err *err)
{
    if (b->n_superseded == b->room_superseded) {
        const size_t room = b->room_superseded ? 2 * b->room_superseded : 64;
        uint32_t *more = realloc(b->superseded, room * sizeof *more);
        if (!more)
            return err_nomem(err);
        b->superseded = more;
        b->room_superseded = room;
    }
    b->superseded[b->n_superseded++] = docid;
    return true;
}

const uint32_t *
bulk_superseded(const struct bulk *b, size_t *n)
{
    *n = b->n_superseded;
    return b->superseded;
}

/* Which slots have values: the first, then each one's distance to the one before, less 1. */
static size_t
code_slots(const struct packed *article, unsigned char *out)
{
    const unsigned char *p = article->bytes + article->values.at, *const end = p + article->values.len;
    unsigned char *to = out;
    unsigned before = 0;
    for (; p < end; p += 2 + p[1]) {
        to = code_uint(to, to == out ? *p : *p - before - 1);
        before = *p;
    }
    return (size_t)(to - out);
}

static bool
add_tables(struct bulk *b, uint32_t docid, const struct packed *article, struct err *err)
{
    unsigned char key[CODE_SORTABLE_UINT_MAX + 1], slots[UINT8_MAX];
    unsigned char *const end = code_sortable_uint(key, docid);
    const size_t len = (size_t)(end - key), slots_len = code_slots(article, slots);
    const struct packed_part *list = &article->termlist, *data = &article->data;
    *end = '\0';
    return table_add(b->table[VERSION_TERMLIST], key, len, article->bytes + list->at, list->len, list->compressed,
                     err) &&
           (slots_len == 0 ||
            table_add(b->table[VERSION_TERMLIST], key, len + 1, slots, slots_len, false, err)) &&
           (data->len == 0 || table_add(b->table[VERSION_DOCDATA], key, len, article->bytes + data->at, data->len,
                                        data->compressed, err));
}

static void
count(struct version *v, const struct packed *article)
{
    v->documents++;
    v->last_docid++;
    v->length += article->length;
    if (article->length > 0 && (v->length_min == 0 || article->length < v->length_min))
        v->length_min = article->length;
    if (article->length > v->length_max)
        v->length_max = article->length;
    if (article->wdf_max > v->wdf_max)
        v->wdf_max = article->wdf_max;
}

bool
bulk_add(struct bulk *b, const char *uid, const struct packed *article, bool *replaced, struct err *err)
{
    unsigned char bytes[16];
    uint32_t before;
    const uint32_t docid = b->version.last_docid + 1;
    if (b->version.last_docid == UINT32_MAX)
        return err_set(err, ERR_ARG, "%s: too many articles for one index", b->dir);
    if (!state_uid_bytes(uid, bytes))
        return err_set(err, ERR_BUG, "uid %s", uid);
    if (!uids_set(&b->uids, bytes, docid, &before, err) || (before != 0 && !supersede(b, before, err)))
        return false;
    *replaced = before != 0;
    count(&b->version, article);
    return add_tables(b, docid, article, err) && facts_add(b->facts, article, err) &&
           dictionary_add(b->dictionary, docid, article, err) && spill_if_full(b, err);
}

bool
bulk_remember(struct bulk *b, const char *key, size_t key_len, const char *value, size_t len, struct err *err)
{
    return dictionary_remember(b->dictionary, key, key_len, value, len, err) && spill_if_full(b, err);
}

/* ---- the tables in the order of the terms ---- */

/* One thread's work. */
struct inversion {
    struct bulk *bulk;
    const struct entry *const *entry;
    size_t n_entries;
    bool ok;
    struct err err;
};

/* The table of postings: metadata, values and lengths stand before the terms. */
struct postings {
    struct bulk *bulk;
    struct table *table;
    struct chunks chunks;
    bool facts_written;
};

static bool
put_metadata(void *arg, const unsigned char *key, size_t key_len, const unsigned char *value, size_t len,
             struct err *err)
{
    struct postings *p = arg;
    return table_add(p->table, key, key_len, value, len, false, err);
}

static bool
put_facts(struct postings *p, struct err *err)
{
    p->facts_written = true;
    return facts_write(p->bulk->facts, &p->chunks, p->table, err);
}

static bool
begin_postings(void *arg, const char *name, size_t len, uint64_t termfreq, uint64_t collfreq, struct err *err)
{
    struct postings *p = arg;
    if (!p->facts_written && !put_facts(p, err))
        return false;
    if (collfreq > UINT32_MAX)
        return err_set(err, ERR_ARG, "%s: the term %.*s is too frequent for one index", p->bulk->dir, (int)len, name);
    chunks_term(&p->chunks, name, len, termfreq, collfreq);
    return true;
}

static bool
put_posting(void *arg, const struct posting *posting, struct err *err)
{
    struct postings *p = arg;
    return chunks_add(&p->chunks, posting->docid, posting->wdf, err);
}

static bool
end_postings(void *arg, struct err *err)
{
    struct postings *p = arg;
    return chunks_end(&p->chunks, err);
}

/* The table of positions. */
struct places {
    struct table *table;
    unsigned char key[CODE_KEY_MAX + 1 + CODE_SORTABLE_UINT_MAX];
    size_t len; /* of the term's part */
};

static bool
begin_places(void *arg, const char *name, size_t len, uint64_t termfreq, uint64_t collfreq, struct err *err)
{
    (void)termfreq, (void)collfreq, (void)err;
    struct places *p = arg;
    unsigned char *end = code_sortable_bytes(p->key, name, len);
    *end++ = '\0';
    p->len = (size_t)(end - p->key);
    return true;
}

static bool
put_places(void *arg, const struct posting *posting, struct err *err)
{
    struct places *p = arg;
    if (posting->len == 0)
        return true;
    const size_t key_len = (size_t)(code_sortable_uint(p->key + p->len, posting->docid) - p->key);
    return table_add(p->table, p->key, key_len, posting->positions, posting->len, false, err);
}

static bool
merge_into(struct inversion *v, const struct merge_sink *sink)
{
    struct source *source;
    size_t n;
    const bool ok = open_sources(v->bulk, v->entry, v->n_entries, &source, &n, &v->err) &&
                    merge_all(source, n, sink, &v->err);
    close_sources(source, n);
    return ok;
}

static bool
finish_table(struct bulk *b, enum version_table table, struct err *err)
{
    return table_finish(b->table[table], &b->version.root[table], err);
}

static void *
write_places(void *arg)
{
    struct inversion *v = arg;
    struct places p = {.len = 0};
    const struct merge_sink sink = {&p, NULL, begin_places, put_places, NULL};
    v->ok = table_new(&v->bulk->table[VERSION_POSITION], v->bulk->dir, table_name[VERSION_POSITION], &v->err);
    p.table = v->bulk->table[VERSION_POSITION];
    v->ok = v->ok && merge_into(v, &sink) && finish_table(v->bulk, VERSION_POSITION, &v->err);
    return NULL;
}

static void *
write_postings(void *arg)
{
    struct inversion *v = arg;
    struct postings p = {.bulk = v->bulk};
    const struct merge_sink sink = {&p, put_metadata, begin_postings, put_posting, end_postings};
    v->ok = table_new(&v->bulk->table[VERSION_POSTLIST], v->bulk->dir, table_name[VERSION_POSTLIST], &v->err);
    p.table = p.chunks.table = v->bulk->table[VERSION_POSTLIST];
    v->ok = v->ok && merge_into(v, &sink) && (p.facts_written || put_facts(&p, &v->err)) &&
            finish_table(v->bulk, VERSION_POSTLIST, &v->err);
    return NULL;
}

/* Both tables at once; where no thread can be had, one after the other. */
static bool
invert(struct bulk *b, struct err *err)
{
    size_t n;
    const struct entry *const *entry = dictionary_sort(b->dictionary, &n);
    struct inversion places = {.bulk = b, .entry = entry, .n_entries = n}, postings = places;
    pthread_t thread;
    sigset_t all, before;
    if (!entry)
        return err_nomem(err);
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before); /* signals are for this thread */
    const bool apart = pthread_create(&thread, NULL, write_places, &places) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    write_postings(&postings);
    if (apart)
        pthread_join(thread, NULL);
    else
        write_places(&places);
    if (err && !(postings.ok && places.ok))
        *err = postings.ok ? places.err : postings.err;
    return postings.ok && places.ok;
}

bool
bulk_finish(struct bulk *b, struct err *err)
{
    if (!finish_table(b, VERSION_TERMLIST, err) || !finish_table(b, VERSION_DOCDATA, err) || !invert(b, err))
        return false;
    remove_runs(b);
    dictionary_clear(b->dictionary);
    facts_free(b->facts);
    b->facts = NULL;
    return version_write(b->dir, &b->version, err);
}
