/* store.c - how articles get into an index
 *
 * Through Xapian's API everything between two commits is one transaction: Xapian would otherwise commit by itself after
 * a number of documents, and a writer that is freed would commit half a batch.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/store.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/err-xapian.h"
#include "common/layout.h"
#include "common/schema.h"
#include "common/words.h"
#include "indexer/store/bulk/bulk.h"
#include "indexer/store/generations.h"
#include "indexer/store/lock.h"
#include "indexer/store/namebook.h"
#include "indexer/store/state.h"
#include "shim/xapian-c-write.h"

/* Bytes of memory that a byte of text, and an article, take in Xapian's writer until the commit, measured. */
#define MEMORY_PER_BYTE 16
#define MEMORY_PER_ARTICLE 4000

struct store {
    char *dir;
    int lock;
    void (*say)(struct report *report, const char *what);
    struct report *report;
    unsigned
        current; /* the generation that readers see, or would if the stub were right; 0: none yet */
    unsigned generation; /* the one that is written */
    int hold;            /* on its folder */
    struct namebook *names;
    struct bulk *bulk;   /* a new generation is built as a whole; else NULL, and db is open */
    struct xap_writable_database *db;
    bool in_transaction;
    size_t pending, pending_max; /* estimate of the memory that changes take */
};

static bool
xapian_failed(const struct store *s, const struct xap_error *error, struct err *err)
{
    return err_xapian(err, error, "%s", s->dir);
}

static bool
begin(struct store *s, struct err *err)
{
    struct xap_error error;
    if (xap_writable_database_begin_transaction(s->db, true, &error) != XAP_OK)
        return xapian_failed(s, &error, err);
    s->in_transaction = true;
    s->pending = 0;
    return true;
}

/* ---- versions ---- */

/* The number that stands under a key of the metadata; 0: none. */
static bool
metadata_number(const struct store *s, const char *key, unsigned long *number, struct err *err)
{
    const char *value;
    struct xap_error error;
    if (xap_database_get_metadata(xap_writable_database_as_database(s->db), key, strlen(key), &value, NULL,
                                  &error) != XAP_OK)
        return xapian_failed(s, &error, err);
    *number = strtoul(value, NULL, 10);
    return true;
}

static bool
set_metadata_number(struct store *s, const char *key, unsigned long number, struct err *err)
{
    char text[24];
    const int len = snprintf(text, sizeof text, "%lu", number);
    return store_remember(s, key, strlen(key), text, (size_t)len, err);
}

static bool
set_versions(struct store *s, struct err *err)
{
    return set_metadata_number(s, SCHEMA_KEY_FORMAT, SCHEMA_VERSION, err) &&
           set_metadata_number(s, SCHEMA_KEY_ANALYSIS, WORDS_VERSION, err);
}

/* A new index gets its versions; one of another version is not touched. */
static bool
check_versions(struct store *s, struct err *err)
{
    unsigned long format, analysis;
    if (!metadata_number(s, SCHEMA_KEY_FORMAT, &format, err) ||
        !metadata_number(s, SCHEMA_KEY_ANALYSIS, &analysis, err))
        return false;
    if (format == 0)
        return set_versions(s, err);
    if (format != SCHEMA_VERSION || analysis != WORDS_VERSION)
        return err_set(
            err, ERR_UNSUPPORTED,
            "%s: made by another version (format %lu, analysis %lu; this one writes %d, %d): "
            "run the indexer with --rebuild over the articles' paths",
            s->dir, format, analysis, SCHEMA_VERSION, WORDS_VERSION);
    return true;
}

/* ---- opening ---- */

/* Opens a generation for reading. */
static bool
read_generation(const struct store *s, unsigned generation, struct xap_database **db,
                struct err *err)
{
    struct xap_error error;
    char *path = layout_generation_path(s->dir, generation);
    *db = NULL;
    if (!path)
        return err_nomem(err);
    const bool ok = xap_database_new_open(path, XAP_DB_BACKEND_GLASS, db, &error) == XAP_OK ||
                    err_xapian(err, &error, "%s", path);
    free(path);
    return ok;
}

/* Xapian calls it a lock error too when the lock's file cannot be opened. */
static bool
cannot_open(const struct store *s, const struct xap_error *error, struct err *err)
{
    xapian_failed(s, error, err);
    if (err && err->code == ERR_LOCKED && !strstr(error->message, "already locked"))
        err->code = ERR_IO;
    return false;
}

/* Holds the generation that is written against an indexer that knows nothing of this one. */
static bool
hold(struct store *s, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    if (s->hold >= 0 || layout_hold(s->dir, s->generation, &s->hold, &why))
        return true;
    return err_set(err, why.code == ERR_MODIFIED ? ERR_LOCKED : why.code, "%s%s", why.msg,
                   why.code == ERR_MODIFIED ? ": another indexer is at work" : "");
}

static void
let_go(struct store *s)
{
    if (s->hold >= 0)
        close(s->hold);
    s->hold = -1;
}

static bool
open_generation(struct store *s, unsigned flags, struct err *err)
{
    struct xap_error error;
    char *path = layout_generation_path(s->dir, s->generation);
    if (!path)
        return err_nomem(err);
    const enum xap_code code =
        xap_writable_database_new_open(path, flags | XAP_DB_BACKEND_GLASS, 0, &s->db, &error);
    free(path);
    return code == XAP_OK ? hold(s, err) && begin(s, err) && check_versions(s, err)
                          : cannot_open(s, &error, err);
}

static void
close_generation(struct store *s)
{
    if (s->in_transaction)
        xap_writable_database_cancel_transaction(s->db, NULL);
    s->in_transaction = false;
    xap_writable_database_free(s->db);
    s->db = NULL;
    let_go(s);
}

/* Opens a generation that no reader sees yet; what cannot be opened is half made and goes. */
static bool
open_unseen(struct store *s, unsigned generation, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    s->generation = generation;
    if (open_generation(s, XAP_DB_CREATE_OR_OPEN, &why))
        return true;
    close_generation(s);
    if (why.code == ERR_NOMEM || why.code == ERR_LOCKED || why.code == ERR_PERM) {
        if (err)
            *err = why;
        return false;
    }
    return generations_remove(s->dir, generation, err) && open_generation(s, XAP_DB_CREATE_OR_OPEN, err);
}

/* Begins the generation of that number, in bulk. What stands in its place was never finished. */
static bool
open_bulk(struct store *s, struct err *err)
{
    char *path = layout_generation_path(s->dir, s->generation);
    const bool ok = (path || err_nomem(err)) && bulk_new(&s->bulk, path, s->pending_max, err) &&
                    hold(s, err) && set_versions(s, err);
    free(path);
    return ok;
}

static bool
says_that_there_is_one(void *arg, const struct state_entry *e, struct err *err)
{
    (void)e;
    *(bool *)arg = true;
    return err_set(err, ERR_LOCKED, "one is enough");
}

/* Has it articles, or does it remember a file? */
static bool
is_empty(const struct xap_database *db, bool *empty, struct err *err)
{
    struct xap_error error;
    xap_doccount articles;
    struct err why = {.code = ERR_NONE};
    bool any = false;
    if (xap_database_get_doccount(db, &articles, &error) != XAP_OK)
        return err_xapian(err, &error, "the index");
    if (articles == 0 && !state_each(db, says_that_there_is_one, &any, &why) && !any) {
        if (err)
            *err = why;
        return false;
    }
    *empty = articles == 0 && !any;
    return true;
}

/* Can nothing be concluded from it that a generation did not open? */
static bool
tells_nothing(const struct err *why)
{
    return why->code == ERR_NOMEM || why->code == ERR_PERM || why->code == ERR_UNSUPPORTED;
}

/* The newest generation that opens. */
static bool
find_sound(const struct store *s, unsigned *found, bool *empty, struct err *err)
{
    unsigned n = UINT_MAX;
    *found = 0;
    do {
        struct xap_database *db = NULL;
        struct err why = {.code = ERR_NONE};
        if (!generations_newest(s->dir, n, &n, err))
            return false;
        if (n > 0 && read_generation(s, n, &db, &why) && is_empty(db, empty, &why))
            *found = n;
        xap_database_free(db);
        if (tells_nothing(&why)) {
            if (err)
                *err = why;
            return false;
        }
    } while (n > 0 && *found == 0);
    return true;
}

/* No stub: it was lost, or the first indexer ended before it wrote it. The newest generation that
 * opens gets one. */
static bool
adopt(struct store *s, struct err *err)
{
    unsigned found, newest;
    bool empty;
    struct buf line;
    if (!find_sound(s, &found, &empty, err) || !generations_newest(s->dir, UINT_MAX, &newest, err))
        return false;
    if (found == 0 && newest > 1)
        return err_set(
            err, ERR_CORRUPT,
            "%s: there is no %s, and no generation can be opened: run the indexer with --rebuild",
            s->dir, LAYOUT_STUB);
    if (found == 0)
        return true;
    buf_init(&line, 1 << 20);
    buf_printf(&line, "%s: there is no %s: gen-%u is taken, the newest that can be opened", s->dir,
               LAYOUT_STUB, found);
    if (s->say && !empty && !line.failed)
        s->say(s->report, line.data);
    buf_release(&line);
    s->current = found;
    return layout_switch(s->dir, found, err);
}

/* Does the generation open that the stub names? why: else. */
static bool
opens(const struct store *s, unsigned generation, struct err *why)
{
    struct xap_database *db = NULL;
    const bool ok = read_generation(s, generation, &db, why);
    xap_database_free(db);
    return ok;
}

/* A rebuild begins behind all that is there: nobody can tell what the stub should have named. */
static bool
rebuild_behind_all(struct store *s, unsigned named, struct err *err)
{
    unsigned newest;
    bool empty;
    if (!find_sound(s, &s->current, &empty, err) ||
        !generations_newest(s->dir, UINT_MAX, &newest, err))
        return false;
    s->generation = (newest > named ? newest : named) + 1;
    return true;
}

/* Finds the current generation. A rebuild makes good a stub that is damaged, or names what cannot
 * be opened; else that is an error, and nothing is removed that may be what is meant. */
static bool
find_current(struct store *s, bool rebuild, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    const char *hint = "";
    unsigned named = 0;
    if (layout_current(s->dir, &named, &why)) {
        why.code = ERR_NONE;
        if (opens(s, named, &why) || (rebuild && why.code == ERR_UNSUPPORTED)) {
            s->current = named;
            return true;
        }
        if (!tells_nothing(&why))
            why.code = ERR_CORRUPT;
    } else if (why.code == ERR_NOTFOUND) {
        why.code = ERR_NONE;
        if (adopt(s, &why))
            return true;
    } else if (why.code == ERR_CORRUPT) {
        hint = ": run the indexer with --rebuild, or remove it to go on with the newest generation "
               "that can be opened";
    }
    if (rebuild && why.code == ERR_CORRUPT)
        return rebuild_behind_all(s, named, err);
    if (why.code == ERR_CORRUPT && named > 0)
        return err_set(err, ERR_CORRUPT,
                       "%s: %s names gen-%u, which cannot be opened (%.200s): run the indexer with "
                       "--rebuild, or "
                       "remove %s to go on with the newest generation that can",
                       s->dir, LAYOUT_STUB, named, why.msg, LAYOUT_STUB);
    return err_set(err, why.code, "%s%s", why.msg, hint);
}

/* Removes old generations; one that resists is in nobody's way. */
static bool
clean(const struct store *s, struct err *err)
{
    struct err stays = {.code = ERR_NONE};
    const bool ok = generations_clean(s->dir, s->current, &stays, err);
    if (s->say && stays.code != ERR_NONE)
        s->say(s->report, stays.msg);
    return ok;
}

/* The number of a new generation. What stands in its place and cannot be removed is passed by. */
static bool
take_next(struct store *s, unsigned *next, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    unsigned newest;
    *next = s->current + 1;
    if (generations_remove(s->dir, *next, &why))
        return true;
    if (why.code == ERR_LOCKED || why.code == ERR_NOMEM) {
        if (err)
            *err = why;
        return false;
    }
    if (!generations_newest(s->dir, UINT_MAX, &newest, err))
        return false;
    *next = newest + 1;
    return true;
}

/* An index without articles gets its first ones in bulk. */
static bool
open_index(struct store *s, bool rebuild, struct err *err)
{
    bool empty = true;
    if (!find_current(s, rebuild, err))
        return false;
    if (s->generation > 0)
        return open_bulk(s, err);
    if (s->current == 0) {
        if (!open_unseen(s, 1, err) || !store_commit(s, err) || !layout_switch(s->dir, s->generation, err))
            return false;
        s->current = s->generation;
    } else if (!rebuild) {
        s->generation = s->current;
        if (!open_generation(s, XAP_DB_OPEN, err))
            return false;
    }
    if (!clean(s, err))
        return false;
    if (!rebuild && !is_empty(xap_writable_database_as_database(s->db), &empty, err))
        return false;
    if (!rebuild && !empty)
        return true;
    close_generation(s);
    return take_next(s, &s->generation, err) && open_bulk(s, err);
}

bool
store_is_bulk(const struct store *s)
{
    return s->bulk != NULL;
}

bool
store_open(struct store **out, const struct store_options *options, struct err *err)
{
    struct store *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return err_nomem(err);
    s->lock = s->hold = -1;
    s->dir = strdup(options->dir);
    s->pending_max = options->memory;
    s->say = options->say;
    s->report = options->report;
    const bool ok = (s->dir || err_nomem(err)) && namebook_new(&s->names, err) &&
                    layout_create(options->dir, err) && layout_may_be(options->dir, err) &&
                    lock_take(options->dir, options->command, options->lock_wait, options->stop,
                              &s->lock, err) &&
                    open_index(s, options->rebuild, err);
    if (!ok) {
        store_free(s);
        return false;
    }
    *out = s;
    return true;
}

bool
store_reader(const struct store *s, struct xap_database **out, struct err *err)
{
    struct xap_error error;
    *out = NULL;
    if (s->bulk)
        return xap_database_new(out, &error) == XAP_OK || xapian_failed(s, &error, err);
    char *path = layout_generation_path(s->dir, s->generation);
    if (!path)
        return err_nomem(err);
    const enum xap_code code = xap_database_new_open(path, XAP_DB_BACKEND_GLASS, out, &error);
    free(path);
    return code == XAP_OK || xapian_failed(s, &error, err);
}

bool
store_previous(const struct store *s, struct xap_database **out, struct err *err)
{
    *out = NULL;
    if (s->current == 0 || s->current == s->generation)
        return true;
    struct xap_error error;
    char *path = layout_generation_path(s->dir, s->current);
    if (!path)
        return err_nomem(err);
    const enum xap_code code = xap_database_new_open(path, XAP_DB_BACKEND_GLASS, out, &error);
    free(path);
    return code != XAP_OUT_OF_MEMORY || xapian_failed(s, &error, err);
}

/* ---- writing ---- */

static bool
uid_term(const char *uid, struct buf *term, struct err *err)
{
    schema_term(term, SCHEMA_UID, uid, strlen(uid));
    return buf_ok(term, "the uid", err);
}

bool
store_put(struct store *s, const struct document *d, bool *replaced, struct err *err)
{
    struct xap_error error;
    struct buf term;
    if (!namebook_add(s->names, d->names, d->names_len, d->scripts, err))
        return false;
    if (s->bulk)
        return bulk_add(s->bulk, d->uid, d->packed, replaced, err);
    buf_init(&term, SCHEMA_TERM_MAX);
    bool ok = uid_term(d->uid, &term, err);
    if (ok &&
        (xap_database_term_exists(xap_writable_database_as_database(s->db), term.data, term.len, replaced, &error) !=
             XAP_OK ||
         xap_writable_database_replace_document_by_term(s->db, term.data, term.len, d->xapian, NULL, &error) != XAP_OK))
        ok = xapian_failed(s, &error, err);
    buf_release(&term);
    s->pending += MEMORY_PER_BYTE * d->size + MEMORY_PER_ARTICLE;
    return ok;
}

bool
store_remove(struct store *s, const char *uid, struct err *err)
{
    struct xap_error error;
    struct buf term;
    buf_init(&term, SCHEMA_TERM_MAX);
    bool ok = uid_term(uid, &term, err);
    if (ok && xap_writable_database_delete_document_by_term(s->db, term.data, term.len, &error) != XAP_OK)
        ok = xapian_failed(s, &error, err);
    buf_release(&term);
    s->pending += 4 * MEMORY_PER_ARTICLE;
    return ok;
}

bool
store_remember(struct store *s, const char *key, size_t key_len, const char *value, size_t len, struct err *err)
{
    struct xap_error error;
    if (s->bulk)
        return bulk_remember(s->bulk, key, key_len, value, len, err);
    s->pending += len;
    return xap_writable_database_set_metadata(s->db, key, key_len, value, len, &error) == XAP_OK ||
           xapian_failed(s, &error, err);
}

bool
store_recall(struct store *s, const char *key, size_t key_len, const char **value, size_t *len, struct err *err)
{
    struct xap_error error;
    return xap_database_get_metadata(xap_writable_database_as_database(s->db), key, key_len, value, len, &error) ==
               XAP_OK ||
           xapian_failed(s, &error, err);
}

static bool
recall_for_names(void *arg, const char *key, size_t key_len, const char **value, size_t *len, struct err *err)
{
    return store_recall(arg, key, key_len, value, len, err);
}

static bool
remember_for_names(void *arg, const char *key, size_t key_len, const char *value, size_t len, struct err *err)
{
    return store_remember(arg, key, key_len, value, len, err);
}

/* Puts the names of the new articles beside the others. */
static bool
write_names(struct store *s, struct err *err)
{
    const struct namebook_keeper keeper = {s, s->bulk ? NULL : recall_for_names, remember_for_names};
    return namebook_write(s->names, &keeper, err);
}

bool
store_is_full(const struct store *s)
{
    return s->pending > s->pending_max;
}

bool
store_commit(struct store *s, struct err *err)
{
    struct xap_error error;
    if (s->bulk)
        return true; /* store_settle() commits all of it */
    if (!lock_is_held(s->dir, s->lock, err) || !write_names(s, err))
        return false;
    s->in_transaction = false;
    if (xap_writable_database_commit_transaction(s->db, &error) != XAP_OK)
        return xapian_failed(s, &error, err);
    return begin(s, err);
}

/* Of articles that came twice the last one stays. */
static bool
delete_superseded(struct store *s, struct err *err)
{
    struct xap_error error;
    size_t n;
    const uint32_t *docid = bulk_superseded(s->bulk, &n);
    for (size_t i = 0; i < n; i++) {
        if (xap_writable_database_delete_document(s->db, docid[i], &error) != XAP_OK)
            return xapian_failed(s, &error, err);
        s->pending += 4 * (size_t)MEMORY_PER_ARTICLE;
        if (!store_is_full(s))
            continue;
        s->in_transaction = false;
        if (xap_writable_database_commit_transaction(s->db, &error) != XAP_OK)
            return xapian_failed(s, &error, err);
        if (!begin(s, err))
            return false;
    }
    return true;
}

bool
store_settle(struct store *s, struct err *err)
{
    if (!s->bulk)
        return true;
    if (!write_names(s, err) || !bulk_finish(s->bulk, err) || !open_generation(s, XAP_DB_OPEN, err) || !delete_superseded(s, err))
        return false;
    bulk_free(s->bulk);
    s->bulk = NULL;
    return true;
}

/* ---- generations ---- */

/* One that does not open never takes the place of one that does. */
static bool
make_current(struct store *s, unsigned generation, struct err *err)
{
    if (!opens(s, generation, err) || !lock_is_held(s->dir, s->lock, err) ||
        !layout_switch(s->dir, generation, err))
        return false;
    s->current = generation;
    return clean(s, err);
}

bool
store_finish(struct store *s, struct err *err)
{
    return store_settle(s, err) && store_commit(s, err) && (s->generation == s->current || make_current(s, s->generation, err));
}

bool
store_compact(struct store *s, struct err *err)
{
    struct xap_database *db = NULL;
    struct xap_error error;
    unsigned next;
    if (s->bulk)
        return true; /* it has no articles: there is nothing to make smaller */
    if (!take_next(s, &next, err))
        return false;
    char *path = layout_generation_path(s->dir, next);
    bool ok = path || err_nomem(err);
    ok = ok && store_commit(s, err) && store_reader(s, &db, err);
    if (ok)
        close_generation(s); /* its folder may go now */
    if (ok && mkdir(path, 0777) != 0)
        ok = err_sys(err, errno, "%s", path);
    if (ok)
        s->generation = next;
    ok = ok && hold(s, err);
    if (ok && xap_database_compact(db, path, XAP_COMPACTOR_FULL | XAP_DBCOMPACT_NO_RENUMBER, 0, &error) != XAP_OK)
        ok = xapian_failed(s, &error, err);
    xap_database_free(db);
    free(path);
    return ok && make_current(s, next, err);
}

void
store_free(struct store *s)
{
    if (!s)
        return;
    close_generation(s);
    bulk_free(s->bulk);
    namebook_free(s->names);
    if (s->lock >= 0 && s->generation > s->current)
        generations_remove(s->dir, s->generation, NULL); /* it was not finished */
    lock_give(s->lock);
    free(s->dir);
    free(s);
}
