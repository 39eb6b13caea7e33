/* source.c - where in an article the words of a query stand: the query of it
 *
 * Xapian joins the words of the query first, as AND does, and asks this source about each article
 * that has them: it is said to know all articles, so it comes last.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/positions/places.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/err-xapian.h"
#include "searcher/positions/tree.h"
#include "shim/xapian-c-source.h"

/* Looking at an article at all costs as much as so many comparisons. */
#define LOOKING 1000

static const char too_many[] = "the query compares the places of too many words (limit: places)";

struct source {
    struct places *places; /* owned */
    struct places_article article;
    struct places_budget *budget; /* of all sources of the query */
    xap_docid last; /* of the index */
    xap_doccount n; /* articles of it */
    xap_docid at;   /* where it stands; 0: before the first */
    bool placed;    /* and what is there has such a place */
    bool ended;
};

static enum xap_code
out_of_memory(struct xap_error *error)
{
    *error = (struct xap_error){.code = XAP_OUT_OF_MEMORY};
    snprintf(error->message, sizeof error->message, "out of memory");
    return error->code;
}

bool
places_too_many(struct err *err)
{
    return err_set(err, ERR_ARG, "%s", too_many);
}

/* Is the limit passed, or will it be by far? A quarter of it spent tells what the rest of the index takes: all sources go
 * through the articles together. */
static bool
is_too_much(const struct source *s)
{
    const double spent = s->budget->planned + (double)s->budget->done;
    const double in_all = (double)s->budget->done / (double)s->article.docid * (double)s->last;
    return spent > PLACES_WORK_MAX || (spent > PLACES_WORK_MAX / 4.0 && in_all > 2.0 * PLACES_WORK_MAX);
}

/* Does the article have such a place? */
static enum xap_code
look(struct source *s, xap_docid docid, bool *found, struct xap_error *error)
{
    struct places_article *a = &s->article;
    a->docid = docid;
    a->has_sentences = a->has_paragraphs = false;
    a->error.code = XAP_OK;
    a->work = LOOKING;
    *found = false;
    if (!places_find(s->places, a, NULL)) {
        *error = a->error;
        return a->error.code != XAP_OK ? a->error.code : out_of_memory(error);
    }
    s->budget->done += a->work;
    if (is_too_much(s)) {
        *error = (struct xap_error){.code = XAP_WILDCARD_ERROR};
        snprintf(error->message, sizeof error->message, "%s", too_many);
        return error->code;
    }
    *found = s->places->found.n > 0;
    return XAP_OK;
}

static void
forget_languages(struct places_article *a)
{
    for (size_t i = 0; i < a->n_languages; i++)
        xap_posting_iterator_free(a->language[i].it);
    a->n_languages = 0;
}

/* ---- what Xapian calls ---- */

static enum xap_code
source_init(void *data, const struct xap_database *database, struct xap_posting_source *self,
            struct xap_error *error)
{
    struct source *s = data;
    (void)database; /* lent for this call; it is the same index */
    (void)self;
    places_rewind(s->places);
    forget_languages(&s->article);
    s->budget->done = 0; /* all begin before the first goes on */
    s->at = 0;
    s->placed = s->ended = false;
    const enum xap_code code = xap_database_get_lastdocid(s->article.db, &s->last, error);
    return code == XAP_OK ? xap_database_get_doccount(s->article.db, &s->n, error) : code;
}

static enum xap_code
source_min(void *data, xap_doccount *count, struct xap_error *error)
{
    (void)data;
    (void)error;
    *count = 0;
    return XAP_OK;
}

static enum xap_code
source_max(void *data, xap_doccount *count, struct xap_error *error)
{
    const struct source *s = data;
    (void)error;
    *count = s->n;
    return XAP_OK;
}

/* To the first article from docid on. */
static enum xap_code
go_to(struct source *s, xap_docid docid, struct xap_error *error)
{
    for (; docid != 0 && docid <= s->last; docid++) {
        bool found;
        const enum xap_code code = look(s, docid, &found, error);
        if (code != XAP_OK)
            return code;
        if (found) {
            s->at = docid;
            s->placed = true;
            return XAP_OK;
        }
    }
    s->ended = true;
    return XAP_OK;
}

static enum xap_code
source_next(void *data, double min_weight, struct xap_posting_source *self, struct xap_error *error)
{
    struct source *s = data;
    (void)min_weight;
    (void)self;
    return go_to(s, s->at + 1, error);
}

static enum xap_code
source_skip_to(void *data, xap_docid docid, double min_weight, struct xap_posting_source *self,
               struct xap_error *error)
{
    struct source *s = data;
    (void)min_weight;
    (void)self;
    if (s->ended || (s->at >= docid && s->placed))
        return XAP_OK;
    return go_to(s, s->at >= docid ? s->at + 1 : docid, error);
}

static enum xap_code
source_check(void *data, xap_docid docid, double min_weight, struct xap_posting_source *self,
             bool *positioned, struct xap_error *error)
{
    struct source *s = data;
    (void)min_weight;
    (void)self;
    *positioned = s->ended || s->placed;
    if (s->ended || s->at >= docid)
        return XAP_OK;
    s->at = docid;
    const enum xap_code code = look(s, docid, &s->placed, error);
    *positioned = s->placed;
    return code;
}

static enum xap_code
source_at_end(void *data, bool *at_end, struct xap_error *error)
{
    const struct source *s = data;
    (void)error;
    *at_end = s->ended;
    return XAP_OK;
}

static enum xap_code
source_docid(void *data, xap_docid *docid, struct xap_error *error)
{
    const struct source *s = data;
    (void)error;
    *docid = s->at;
    return XAP_OK;
}

static void
source_free(void *data)
{
    struct source *s = data;
    places_free(s->places);
    forget_languages(&s->article);
    spans_release(&s->article.sentences);
    spans_release(&s->article.paragraphs);
    free(s);
}

static bool
new_source(struct places *p, const struct xap_database *db, struct places_budget *budget,
           struct xap_query **out, struct xap_error *error)
{
    static const struct xap_posting_source_functions functions = {
        .init = source_init,
        .get_termfreq_min = source_min,
        .get_termfreq_est = source_max,
        .get_termfreq_max = source_max,
        .next = source_next,
        .at_end = source_at_end,
        .get_docid = source_docid,
        .skip_to = source_skip_to,
        .check = source_check,
        .destroy = source_free,
    };
    struct xap_posting_source *source = NULL;
    struct source *s = calloc(1, sizeof *s);
    if (!s) {
        out_of_memory(error);
        places_free(p);
        return false;
    }
    s->places = p;
    s->article.db = db;
    s->budget = budget;
    if (xap_posting_source_new(&functions, s, &source, error) != XAP_OK) {
        source_free(s);
        return false;
    }
    const bool ok = xap_query_new_posting_source(source, out, error) == XAP_OK;
    xap_posting_source_free(source);
    return ok;
}

bool
places_query(struct places *p, struct xap_query *candidates, const struct xap_database *db,
             struct places_budget *budget, struct xap_query **out, struct err *err)
{
    struct xap_query *parts[2] = {candidates, NULL};
    struct xap_error error;
    bool ok = true;
    *out = NULL;
    if (!candidates)
        places_free(p);
    else if (!new_source(p, db, budget, &parts[1], &error) ||
             xap_query_new_combine(XAP_QUERY_OP_FILTER, parts, 2, 0, out, &error) != XAP_OK)
        ok = err_xapian(err, &error, "the query");
    xap_query_free(parts[0]);
    xap_query_free(parts[1]);
    return ok;
}
