/* session.c - an index that is open for searching
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/err-xapian.h"
#include "common/layout.h"
#include "common/schema.h"

/* How often something is done again when the index moved under it: a writer commits every few seconds at most. */
#define TRIES 20

bool
session_failed(const struct session *s, const struct xap_error *error, struct err *err)
{
    if (error->code == XAP_WILDCARD_ERROR) /* the query, not the index */
        return err_set(err, ERR_ARG, "%s", error->message);
    return err_xapian(err, error, "%s", s->dir);
}

static bool
metadata_number(const struct session *s, const char *key, unsigned long *number, struct err *err)
{
    const char *value;
    struct xap_error error;
    if (xap_database_get_metadata(s->db, key, strlen(key), &value, NULL, &error) != XAP_OK)
        return session_failed(s, &error, err);
    *number = strtoul(value, NULL, 10);
    return true;
}

static bool
check_versions(const struct session *s, struct err *err)
{
    unsigned long format, analysis;
    if (!metadata_number(s, SCHEMA_KEY_FORMAT, &format, err) ||
        !metadata_number(s, SCHEMA_KEY_ANALYSIS, &analysis, err))
        return false;
    if (format == SCHEMA_VERSION && analysis == WORDS_VERSION)
        return true;
    return err_set(err, ERR_UNSUPPORTED,
                   "%s: made by another version (format %lu, analysis %lu; this one reads %d, %d): "
                   "run the indexer with --rebuild over the articles' paths",
                   s->dir, format, analysis, SCHEMA_VERSION, WORDS_VERSION);
}

/* Opens the generation that is current now. One that went in between counts as an index that moved on. */
static bool
session_open(struct session *s, struct err *err)
{
    unsigned generation;
    struct xap_error error;
    if (!layout_current(s->dir, &generation, err))
        return false;
    char *path = layout_generation_path(s->dir, generation);
    if (!path)
        return err_nomem(err);
    bool ok = layout_hold(s->dir, generation, &s->hold, err);
    if (ok && xap_database_new_open(path, XAP_DB_BACKEND_GLASS, &s->db, &error) != XAP_OK)
        ok = session_failed(s, &error, err);
    free(path);
    if (ok)
        return check_versions(s, err);
    /* What the stub names is not there: it moved on, or the index is damaged */
    unsigned now;
    const bool moved = layout_current(s->dir, &now, NULL) && now != generation;
    if (err && (err->code == ERR_NOTFOUND || err->code == ERR_MODIFIED) && !moved)
        err->code = ERR_CORRUPT;
    else if (err && moved)
        err->code = ERR_MODIFIED;
    return false;
}

static void
session_close(struct session *s)
{
    xap_database_free(s->db);
    s->db = NULL;
    if (s->hold >= 0)
        close(s->hold);
    s->hold = -1;
}

bool
session_new(struct session **out, const char *dir, struct err *err)
{
    struct session *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return err_nomem(err);
    s->dir = dir;
    s->hold = -1;
    if (!words_new(&s->words, err)) {
        free(s);
        return false;
    }
    *out = s;
    return true;
}

void
session_free(struct session *s)
{
    if (!s)
        return;
    session_close(s);
    words_free(s->words);
    free(s);
}

bool
session_ready(struct session *s, struct err *err)
{
    return s->db || session_open(s, err);
}

bool
session_try(struct session *s, bool (*what)(struct session *s, void *arg, struct err *err), void *arg, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    bool ok = false;
    for (int i = 0; i < TRIES && !ok; i++) {
        ok = what(s, arg, &why);
        if (!ok && why.code != ERR_ARG && why.code != ERR_SYNTAX) /* the index, not what was asked */
            session_close(s);
        if (!ok && why.code != ERR_MODIFIED)
            break;
    }
    if (!ok && err)
        *err = why;
    return ok;
}

/* ---- articles ---- */

/* The record has its path, member and id, from which the uid follows; it is there as it was written, too. */
static bool
has_uid(const struct article *a)
{
    const char *uid = article_get(a, ARTICLE_UID);
    return strlen(uid) == 32 && strspn(uid, "0123456789abcdef") == 32;
}

bool
session_load(const struct session *s, const struct xap_document *doc, unsigned fields, struct article *a, struct err *err)
{
    const char *data;
    size_t len;
    struct xap_error error;
    struct err why = {.code = ERR_NONE};
    if (xap_document_get_data(doc, &data, &len, &error) != XAP_OK)
        return session_failed(s, &error, err);
    const bool read = fields ? article_read(a, data, len, fields, &why) : article_parse(a, data, len, &why);
    if (read && (has_uid(a) || article_identify(a, article_get(a, ARTICLE_PATH), NULL, &why)))
        return true;
    if (why.code == ERR_NOMEM)
        return err_nomem(err);
    return err_set(err, ERR_CORRUPT, "%s: a stored article cannot be read: %s", s->dir, why.msg);
}

bool
session_find(const struct session *s, const char *uid, xap_docid *out, struct err *err)
{
    struct xap_posting_iterator *it = NULL;
    struct xap_error error;
    struct buf term;
    *out = 0;
    buf_init(&term, 2 * SCHEMA_TERM_MAX);
    schema_term(&term, SCHEMA_UID, uid, strlen(uid));
    bool ok = buf_ok(&term, "a term", err);
    if (ok && xap_database_postlist_begin(s->db, term.data, term.len, &it, &error) != XAP_OK)
        ok = session_failed(s, &error, err);
    buf_release(&term);
    if (ok && !xap_posting_iterator_at_end(it) && xap_posting_iterator_get(it, out, &error) != XAP_OK)
        ok = session_failed(s, &error, err);
    xap_posting_iterator_free(it);
    return ok;
}
