/* gone.c - files that were indexed and are there no more
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/gone.h"

#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/err-xapian.h"
#include "indexer/store/state.h"

/* What the index knows under one root. */
struct tally {
    size_t known, gone;
    bool spared; /* nothing is removed */
};

struct gone {
    struct store *store;
    const struct options *o;
    const struct walker *w;
    struct report *report;
    struct xap_database *db;
    struct tally *tally; /* one for each root */
    struct buf path;
};

/* Calls `each` with every file the index knows: its key, value and root. */
static bool
for_each_file(struct gone *g,
              bool (*each)(struct gone *g, size_t root, bool met, const char *key, size_t key_len, const char *value,
                           size_t len, struct err *err),
              struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    bool ok = true;
    enum xap_code code =
        xap_database_metadata_keys_begin(g->db, STATE_KEY_PREFIX, strlen(STATE_KEY_PREFIX), &it, &error);
    while (ok && code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *key, *value;
        size_t key_len, len;
        code = xap_term_iterator_get(it, &key, &key_len, &error);
        if (code == XAP_OK)
            code = xap_database_get_metadata(g->db, key, key_len, &value, &len, &error);
        if (code != XAP_OK)
            break;
        buf_clear(&g->path);
        state_path(&g->path, key, key_len, value, len);
        const struct known_file *f = known_find_key(g->w->known, key, key_len);
        /* not known at the start of the run: it was indexed just now */
        const bool met = !f || f->met;
        for (size_t i = 0; ok && i < g->o->n_paths; i++)
            if (walker_is_under(g->path.data, g->w->root[i].absolute)) {
                ok = each(g, i, met, key, key_len, value, len, err);
                break;
            }
        if (ok)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    return code == XAP_OK ? ok : err_xapian(err, &error, "files of the index");
}

static bool
is_blind(const struct gone *g)
{
    for (size_t i = 0; i < g->w->n_blind; i++)
        if (walker_is_under(g->path.data, g->w->blind[i]))
            return true;
    return false;
}

static bool
count(struct gone *g, size_t root, bool met, const char *key, size_t key_len, const char *value, size_t len,
      struct err *err)
{
    (void)key;
    (void)key_len;
    (void)value;
    (void)len;
    (void)err;
    g->tally[root].known++;
    g->tally[root].gone += !met && !is_blind(g);
    return true;
}

static bool
remove_file(struct gone *g, size_t root, bool met, const char *key, size_t key_len, const char *value, size_t len,
            struct err *err)
{
    struct state s = {.flags = 0};
    char uid[33];
    if (met || g->tally[root].spared || is_blind(g))
        return true;
    bool ok = state_parse(&s, value, len, err);
    for (size_t i = 0; ok && i < s.n_members; i++) {
        state_uid_text(s.member[i].uid, uid);
        ok = store_remove(g->store, uid, err);
        g->report->removed += ok;
    }
    ok = ok && store_remember(g->store, key, key_len, "", 0, err);
    g->report->removed_files += ok;
    state_release(&s);
    return ok;
}

/* What looks like a disk that is not mounted is not believed. */
static void
judge(struct gone *g, size_t i)
{
    const struct walker_root *root = &g->w->root[i];
    struct tally *t = &g->tally[i];
    t->spared = true;
    if (root->missing && t->known == 0) {
        report_about(g->report, g->o->path[i], "no such file or folder");
        g->report->missing_roots++;
    } else if (root->missing) {
        report_about(g->report, g->o->path[i], "was indexed before and is missing now: nothing is removed");
        g->report->suspect_roots++;
    } else if (!root->folder || t->gone == 0 || g->o->keep_missing) {
        g->report->kept_missing += t->gone;
    } else if (100.0 * (double)t->gone > g->o->max_delete * (double)t->known) {
        struct buf text;
        buf_init(&text, 1000);
        buf_printf(&text, "%zu of %zu files are gone, more than %g%%: nothing is removed (--max-delete=100 removes them)",
                   t->gone, t->known, g->o->max_delete);
        report_about(g->report, g->o->path[i], text.data);
        buf_release(&text);
        g->report->suspect_roots++;
    } else {
        t->spared = false;
    }
}

bool
gone_remove(struct store *s, const struct options *o, const struct walker *w, struct report *report,
            struct err *err)
{
    struct gone g = {.store = s, .o = o, .w = w, .report = report};
    buf_init(&g.path, 1 << 21);
    g.tally = calloc(o->n_paths + 1, sizeof *g.tally);
    bool ok = g.tally || err_nomem(err);
    ok = ok && store_reader(s, &g.db, err) && for_each_file(&g, count, err);
    bool any = false;
    for (size_t i = 0; ok && i < o->n_paths; i++) {
        judge(&g, i);
        any = any || !g.tally[i].spared;
    }
    if (ok && any)
        ok = for_each_file(&g, remove_file, err);
    xap_database_free(g.db);
    buf_release(&g.path);
    free(g.tally);
    return ok;
}
