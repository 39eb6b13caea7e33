/* also.c - where else an article of the index lies
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/also.h"

#include <stdlib.h>
#include <string.h>

#include "common/schema.h"

/* The documents found so far, in order. */
struct documents {
    xap_docid id[ALSO_MAX];
    size_t n;
};

void
also_release(struct also *also)
{
    for (size_t i = 0; i < also->n; i++) {
        free(also->place[i].uid);
        free(also->place[i].path);
        free(also->place[i].member);
    }
    free(also->place);
    *also = (struct also){.n = 0};
}

static void
insert(struct documents *d, xap_docid id)
{
    size_t at = d->n;
    while (at > 0 && d->id[at - 1] > id)
        at--;
    if (d->n == ALSO_MAX || (at > 0 && d->id[at - 1] == id))
        return;
    memmove(d->id + at + 1, d->id + at, (d->n - at) * sizeof *d->id);
    d->id[at] = id;
    d->n++;
}

/* Adds the other documents that have a term. */
static bool
add_documents(struct documents *d, const struct session *s, const char *value, xap_docid own,
              struct err *err)
{
    char term[sizeof SCHEMA_SAME + SCHEMA_SAME_SIZE] = SCHEMA_SAME;
    struct xap_posting_iterator *it = NULL;
    struct xap_error error;
    memcpy(term + strlen(SCHEMA_SAME), value, SCHEMA_SAME_SIZE);
    enum xap_code code = xap_database_postlist_begin(s->db, term, strlen(term), &it, &error);
    while (code == XAP_OK && d->n < ALSO_MAX && !xap_posting_iterator_at_end(it)) {
        xap_docid id = 0;
        code = xap_posting_iterator_get(it, &id, &error);
        if (code == XAP_OK && id != own)
            insert(d, id);
        if (code == XAP_OK)
            code = xap_posting_iterator_next(it, &error);
    }
    xap_posting_iterator_free(it);
    return code == XAP_OK || session_failed(s, &error, err);
}

static bool
add_place(struct also *out, const struct session *s, xap_docid id, struct err *err)
{
    const unsigned where = 1U << ARTICLE_UID | 1U << ARTICLE_ID | 1U << ARTICLE_PATH |
                           1U << ARTICLE_PATH_BYTES | 1U << ARTICLE_MEMBER;
    struct xap_document *doc = NULL;
    struct xap_error error;
    struct article a;
    article_init(&a);
    bool ok = xap_database_get_document(s->db, id, 0, &doc, &error) == XAP_OK
                  ? session_load(s, doc, where, &a, err)
                  : session_failed(s, &error, err);
    if (ok) {
        struct also_place *place = &out->place[out->n++];
        place->uid = strdup(article_get(&a, ARTICLE_UID));
        place->path = strdup(article_get(&a, ARTICLE_PATH));
        place->member = a.field[ARTICLE_MEMBER] ? strdup(a.field[ARTICLE_MEMBER]) : NULL;
        ok = (place->uid && place->path && (place->member || !a.field[ARTICLE_MEMBER])) ||
             err_nomem(err);
    }
    article_release(&a);
    xap_document_free(doc);
    return ok;
}

bool
also_find(struct also *out, const struct session *s, const struct article *a, xap_docid docid,
          struct err *err)
{
    struct documents d = {.n = 0};
    char value[SCHEMA_SAME_SIZE];
    for (int kind = 0; kind < SCHEMA_SAMES; kind++)
        if (schema_same(a, (enum schema_same)kind, value) &&
            !add_documents(&d, s, value, docid, err))
            return false;
    if (d.n == 0)
        return true;
    out->place = calloc(d.n, sizeof *out->place);
    if (!out->place)
        return err_nomem(err);
    for (size_t i = 0; i < d.n; i++)
        if (!add_place(out, s, d.id[i], err)) {
            if (err && err->code == ERR_NOTFOUND)
                err->code = ERR_MODIFIED;
            return false;
        }
    return true;
}
