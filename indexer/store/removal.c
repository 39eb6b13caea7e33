/* removal.c - articles that files had and have no more
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/removal.h"

#include <stdlib.h>
#include <string.h>

#include "common/buf.h"

/* An article that some file lost. */
struct lost {
    unsigned char uid[16];
    uint64_t hash; /* as it was lost; 0: not known, or in several versions */
    bool kept;     /* another file has it, or it was removed already */
};

struct removing {
    struct removal *removal;
    struct store *store;
    struct removal_counts *counts;
    struct lost *lost; /* by uid, each once */
    size_t n_lost;
    struct buf key, value, path;
    struct buf to_read; /* paths of files whose version may not be the one in the index, each with a NUL */
};

void
removal_release(struct removal *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->file[i].path);
        free(r->file[i].lost);
    }
    free(r->file);
    *r = (struct removal){.n = 0};
}

static struct removal_file *
add_file(struct removal *r, const char *path, size_t n_lost)
{
    if (r->n == r->room) {
        const size_t room = r->room ? 2 * r->room : 16;
        struct removal_file *more = realloc(r->file, room * sizeof *more);
        if (!more)
            return NULL;
        r->file = more;
        r->room = room;
    }
    struct removal_file *f = &r->file[r->n];
    *f = (struct removal_file){.path = strdup(path), .lost = malloc((n_lost + 1) * sizeof *f->lost)};
    if (!f->path || !f->lost) {
        free(f->path);
        free(f->lost);
        return NULL;
    }
    r->n++;
    r->bytes += 2 * sizeof *f + strlen(path) + n_lost * (sizeof *f->lost + sizeof(struct lost));
    return f;
}

static int
member_by_uid(const void *a, const void *b)
{
    return memcmp(((const struct state_member *)a)->uid, ((const struct state_member *)b)->uid, 16);
}

bool
removal_note(struct removal *r, const char *path, const struct state *had, const struct state *has, size_t *lost,
             struct err *err)
{
    *lost = 0;
    for (size_t i = 0; i < had->n_members; i++)
        *lost += !has || !state_find(has, had->member[i].uid);
    if (*lost == 0 && has)
        return true;
    struct removal_file *f = add_file(r, path, *lost);
    if (!f)
        return err_nomem(err);
    f->gone = !has;
    for (size_t i = 0; i < had->n_members; i++)
        if (!has || !state_find(has, had->member[i].uid))
            f->lost[f->n++] = had->member[i];
    if (f->n > 1)
        qsort(f->lost, f->n, sizeof *f->lost, member_by_uid);
    return true;
}

/* ---- who else has it ---- */

static int
lost_by_uid(const void *a, const void *b)
{
    return memcmp(((const struct lost *)a)->uid, ((const struct lost *)b)->uid, 16);
}

static int
file_by_path(const void *a, const void *b)
{
    return strcmp(((const struct removal_file *)a)->path, ((const struct removal_file *)b)->path);
}

static struct lost *
find_lost(const struct removing *g, const unsigned char uid[16])
{
    struct lost key = {.kept = false};
    memcpy(key.uid, uid, 16);
    return g->n_lost ? bsearch(&key, g->lost, g->n_lost, sizeof key, lost_by_uid) : NULL;
}

static bool
gather(struct removing *g, struct err *err)
{
    const struct removal *r = g->removal;
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        n += r->file[i].n;
    g->lost = calloc(n + 1, sizeof *g->lost);
    if (!g->lost)
        return err_nomem(err);
    n = 0;
    for (size_t i = 0; i < r->n; i++)
        for (size_t j = 0; j < r->file[i].n; j++, n++) {
            memcpy(g->lost[n].uid, r->file[i].lost[j].uid, 16);
            g->lost[n].hash = r->file[i].lost[j].hash;
        }
    if (n > 1)
        qsort(g->lost, n, sizeof *g->lost, lost_by_uid);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || lost_by_uid(&g->lost[i], &g->lost[g->n_lost - 1]) != 0)
            g->lost[g->n_lost++] = g->lost[i];
        else if (g->lost[i].hash != g->lost[g->n_lost - 1].hash)
            g->lost[g->n_lost - 1].hash = 0;
    qsort(r->file, r->n, sizeof *r->file, file_by_path);
    return true;
}

/* Keeps what the file of this entry has, what it lost itself aside. */
static bool
keep_members(void *arg, const struct state_entry *e, struct err *err)
{
    struct removing *g = arg;
    struct state s = {.flags = 0};
    if (!state_parse(&s, e->value, e->len, err))
        return false;
    buf_clear(&g->path);
    state_path(&g->path, e->key, e->key_len, e->value, e->len);
    const struct removal_file key = {.path = g->path.data};
    const struct removal_file *f =
        bsearch(&key, g->removal->file, g->removal->n, sizeof key, file_by_path);
    const struct state own = {.member = f ? f->lost : NULL, .n_members = f ? f->n : 0};
    bool other = false;
    for (size_t i = 0; i < s.n_members; i++) {
        struct lost *l = find_lost(g, s.member[i].uid);
        if (!l || state_find(&own, s.member[i].uid))
            continue;
        l->kept = true;
        other = other || l->hash == 0 || l->hash != s.member[i].hash;
    }
    state_release(&s);
    if (other)
        buf_add(&g->to_read, g->path.data, g->path.len + 1);
    return buf_ok(&g->to_read, "the files to be read again", err);
}

/* The index may hold another version than the file has: it forgets which one, and the next run reads it. */
static bool
read_again(struct removing *g, const char *path, struct err *err)
{
    const char *value;
    size_t len;
    struct state s = {.flags = 0};
    buf_clear(&g->key);
    buf_clear(&g->value);
    state_key(&g->key, path);
    bool ok = buf_ok(&g->key, "a key", err) && store_recall(g->store, g->key.data, g->key.len, &value, &len, err) &&
              state_parse(&s, value, len, err);
    for (size_t i = 0; ok && i < s.n_members; i++) {
        const struct lost *l = find_lost(g, s.member[i].uid);
        if (l && (l->hash == 0 || l->hash != s.member[i].hash))
            s.member[i].hash = 0;
    }
    s.flags |= STATE_PARTIAL;
    if (ok)
        state_print(&s, path, &g->value);
    ok = ok && buf_ok(&g->value, "the members of a file", err) &&
         store_remember(g->store, g->key.data, g->key.len, g->value.data, g->value.len, err);
    state_release(&s);
    g->counts->to_read++;
    return ok;
}

/* Before anything goes: a run that ends meanwhile must not leave them as if all were well. */
static bool
read_others_again(struct removing *g, struct err *err)
{
    const char *end = g->to_read.data + g->to_read.len;
    for (const char *path = g->to_read.data; path < end; path += strlen(path) + 1)
        if (!read_again(g, path, err))
            return false;
    return true;
}

/* ---- removing ---- */

/* Makes the index forget the first n articles that the file lost; after all of them, what there was to be done. */
static bool
forget(struct removing *g, const struct removal_file *f, size_t n, struct err *err)
{
    const char *value;
    size_t len, kept = 0;
    struct state s = {.flags = 0};
    const struct state lost = {.member = f->lost, .n_members = n};
    buf_clear(&g->key);
    buf_clear(&g->value);
    state_key(&g->key, f->path);
    if (!buf_ok(&g->key, "a key", err))
        return false;
    if (f->gone && n == f->n)
        return store_remember(g->store, g->key.data, g->key.len, "", 0, err);
    bool ok = store_recall(g->store, g->key.data, g->key.len, &value, &len, err) && state_parse(&s, value, len, err);
    bool unsure = n < f->n;
    for (size_t i = 0; ok && i < s.n_members; i++) {
        if (state_find(&lost, s.member[i].uid))
            continue;
        unsure = unsure || s.member[i].hash == 0;
        s.member[kept++] = s.member[i];
    }
    s.n_members = kept;
    s.flags = unsure ? s.flags | STATE_PARTIAL : s.flags & ~(unsigned)STATE_PARTIAL;
    if (ok)
        state_print(&s, f->path, &g->value);
    ok = ok && buf_ok(&g->value, "the members of a file", err) &&
         store_remember(g->store, g->key.data, g->key.len, g->value.data, g->value.len, err);
    state_release(&s);
    return ok;
}

static bool
remove_from_file(struct removing *g, const struct removal_file *f, struct err *err)
{
    char uid[33];
    for (size_t i = 0; i < f->n; i++) {
        struct lost *l = find_lost(g, f->lost[i].uid);
        if (l->kept)
            continue;
        l->kept = true;
        state_uid_text(l->uid, uid);
        if (!store_remove(g->store, uid, err))
            return false;
        g->counts->articles++;
        if (store_is_full(g->store) && i + 1 < f->n &&
            !(forget(g, f, i + 1, err) && store_commit(g->store, err)))
            return false;
    }
    g->counts->files += f->gone;
    return forget(g, f, f->n, err) && (!store_is_full(g->store) || store_commit(g->store, err));
}

bool
removal_run(struct removal *r, struct store *s, const atomic_int *stop, struct removal_counts *counts,
            struct err *err)
{
    struct removing g = {.removal = r, .store = s, .counts = counts};
    struct xap_database *db = NULL;
    *counts = (struct removal_counts){.files = 0};
    if (r->n == 0)
        return true;
    buf_init(&g.key, 1 << 10);
    buf_init(&g.value, (size_t)1 << 30);
    buf_init(&g.path, 1 << 21);
    buf_init(&g.to_read, (size_t)1 << 30);
    bool ok = gather(&g, err) && store_reader(s, &db, err) && state_each(db, keep_members, &g, err);
    xap_database_free(db);
    ok = ok && read_others_again(&g, err);
    for (size_t i = 0; ok && i < r->n && !*stop; i++)
        ok = remove_from_file(&g, &r->file[i], err);
    free(g.lost);
    buf_release(&g.key);
    buf_release(&g.value);
    buf_release(&g.path);
    buf_release(&g.to_read);
    return ok;
}
