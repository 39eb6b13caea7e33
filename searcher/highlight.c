/* highlight.c - one article with the words of a query marked, to read it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/highlight.h"

#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "searcher/plan/plan.h"
#include "searcher/query/read.h"

struct marking {
    struct highlight *out;
    const struct request *request;
    const struct article *article;
    size_t max;
};

const char *
highlight_paragraph(const char *body, size_t *len)
{
    body += strspn(body, "\n");
    const char *end = strstr(body, "\n\n");
    *len = end ? (size_t)(end - body) : strlen(body);
    return *len > 0 ? body : NULL;
}

static bool
mark(const struct marking *m, struct marked_text *out, const char *field, const char *text,
     struct session *s, struct plan *plan, struct err *err)
{
    return snippet_mark(out, text, field, article_get(m->article, ARTICLE_LANGUAGE), s->words,
                        plan->matcher, err);
}

static bool
mark_body(const struct marking *m, struct session *s, struct plan *plan, struct err *err)
{
    const char *const body = article_get(m->article, ARTICLE_BODY);
    size_t n = 0, len;
    struct buf text;
    for (const char *p = body; (p = highlight_paragraph(p, &len)) != NULL; p += len)
        n++;
    m->out->paragraph = calloc(n + 1, sizeof *m->out->paragraph);
    if (!m->out->paragraph)
        return err_nomem(err);
    buf_init(&text, BUF_MAX);
    bool ok = true;
    for (const char *p = body;
         ok && (p = highlight_paragraph(p, &len)) != NULL && (size_t)(p - body) + len <= m->max;
         p += len) {
        buf_truncate(&text, 0);
        buf_add(&text, p, len);
        ok = buf_ok(&text, "a paragraph", err) &&
             mark(m, &m->out->paragraph[m->out->n_paragraphs], "body", text.data, s, plan, err);
        m->out->n_paragraphs += ok;
    }
    buf_release(&text);
    return ok;
}

static bool
highlight_once(struct session *s, void *arg, struct err *err)
{
    const struct marking *m = arg;
    const struct request *r = m->request;
    const struct plan_filter filter = {.names = !r->no_names, .without = r->without};
    struct query query;
    struct plan plan;
    highlight_release(m->out);
    if (!session_ready(s, err) || !query_read(&query, r->query, r->query_len, NULL, err))
        return false;
    bool ok = plan_make(&plan, &query, r->query_language, &filter, s->db, s->words, err);
    if (ok) {
        ok = mark(m, &m->out->title, "title", article_get(m->article, ARTICLE_TITLE), s, &plan,
                  err) &&
             mark_body(m, s, &plan, err);
        plan_release(&plan);
    }
    query_release(&query);
    if (!ok)
        highlight_release(m->out);
    return ok;
}

bool
highlight_make(struct highlight *out, struct session *s, const struct request *request,
               const struct article *a, size_t max, struct err *err)
{
    struct marking m = {out, request, a, max};
    struct err why = {.code = ERR_NONE};
    *out = (struct highlight){.n_paragraphs = 0};
    if (request->query_len == 0 || session_try(s, highlight_once, &m, &why) ||
        why.code == ERR_ARG || why.code == ERR_SYNTAX)
        return true;
    if (err)
        *err = why;
    return false;
}

void
highlight_release(struct highlight *h)
{
    marked_text_release(&h->title);
    for (size_t i = 0; i < h->n_paragraphs; i++)
        marked_text_release(&h->paragraph[i]);
    free(h->paragraph);
    *h = (struct highlight){.n_paragraphs = 0};
}
