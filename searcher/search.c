/* search.c - one search of an index: from a query to ranked articles with their snippets
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/schema.h"
#include "common/utf8.h"
#include "common/words.h"
#include "searcher/explain.h"
#include "searcher/plan/plan.h"
#include "searcher/query/field.h"
#include "searcher/rank/enquire.h"
#include "searcher/rank/refine.h"
#include "searcher/session.h"
#include "shim/xapian-c.h"

/* Matches that are counted exactly before Xapian estimates: counting a thousand takes as long again
 * as finding the best ten. */
#define COUNTED 200

/* One search, in the making. */
struct search {
    struct session *session;
    const struct request *request;
    struct result *result;
};

/* ---- hits ---- */

static bool
fill_hit(const struct search *q, const struct xap_mset *mset, const struct ranked *ranked,
         struct matcher *matcher, struct hit *hit, struct err *err)
{
    const struct session *s = q->session;
    struct xap_document *doc = NULL;
    struct xap_error error;
    if (xap_mset_get_document(mset, ranked->index, &doc, &error) != XAP_OK) {
        xap_document_free(doc);
        return session_failed(s, &error, err);
    }
    hit->docid = ranked->docid;
    hit->score = ranked->weight;
    const unsigned all = (1U << ARTICLE_FIELDS) - 1, body = 1U << ARTICLE_BODY;
    const bool needs_body = q->request->bodies || q->request->also || q->request->snippet_bytes > 0;
    const unsigned fields = q->request->extra ? 0 : needs_body ? all : all & ~body;
    bool ok = session_load(s, doc, fields, &hit->article, err);
    xap_document_free(doc);
    if (ok && q->request->also)
        ok = also_find(&hit->also, s, &hit->article, hit->docid, err);
    if (!ok || q->request->snippet_bytes == 0)
        return ok;
    return snippet_mark(&hit->title, article_get(&hit->article, ARTICLE_TITLE), "title",
                        article_get(&hit->article, ARTICLE_LANGUAGE), s->words, matcher, err) &&
           snippet_make(&hit->snippets, &hit->article, q->request->snippet_bytes, s->words, matcher,
                        err);
}

static bool
fill_hits(const struct search *q, const struct xap_mset *mset, const struct ranking *ranking,
          struct matcher *matcher, struct err *err)
{
    struct result *r = q->result;
    const size_t first = q->request->offset, limit = q->request->limit;
    size_t end = ranking->n;
    if (end > first && end - first > limit)
        end = first + limit;
    r->hit = calloc(end > first ? end - first + 1 : 1, sizeof *r->hit);
    if (!r->hit)
        return err_nomem(err);
    for (size_t i = first; i < end; i++) {
        struct err why = {.code = ERR_NONE};
        struct hit *hit = &r->hit[r->n_hits++];
        hit->rank = (uint32_t)i + 1;
        if (fill_hit(q, mset, &ranking->hit[i], matcher, hit, &why))
            continue;
        if (why.code != ERR_NOTFOUND) {
            if (err)
                *err = why;
            return false;
        }
        r->n_hits--; /* deleted between ranking and reading */
        article_release(&hit->article);
        also_release(&hit->also);
    }
    return true;
}

static bool
note_index(const struct session *s, struct result *r, struct err *err)
{
    const char *uuid;
    xap_rev revision;
    struct xap_error error;
    if (xap_database_get_uuid(s->db, &uuid, NULL, &error) != XAP_OK ||
        xap_database_get_revision(s->db, &revision, &error) != XAP_OK)
        return session_failed(s, &error, err);
    snprintf(r->uuid, sizeof r->uuid, "%s", uuid);
    r->revision = revision;
    return true;
}

/* All hits up to those that are asked for, and those that may come before them when they are
 * refined. */
static bool
fetch(const struct search *q, const struct plan *plan, struct xap_enquire **enquire,
      struct xap_mset **mset, struct ranking *ranking, struct err *err)
{
    struct xap_error error;
    const struct session *s = q->session;
    const bool refined = q->request->sort == SORT_RELEVANCE && !plan->like;
    size_t wanted = (size_t)q->request->offset + q->request->limit;
    const size_t depth = refined ? refine_depth(plan, wanted) : 0;
    wanted = wanted > depth ? wanted : depth;
    bool ok = rank_enquire(s->db, plan, q->request->sort, enquire, err);
    if (ok &&
        xap_enquire_get_mset(*enquire, 0, (xap_doccount)(wanted < UINT32_MAX ? wanted : UINT32_MAX),
                             COUNTED, NULL, mset, &error) != XAP_OK)
        return session_failed(s, &error, err);
    ok = ok && refine_start(ranking, s->db, plan, depth, *mset, err) &&
         (!refined || refine_hits(ranking, err));
    if (!ok && err && err->code != ERR_NOMEM)
        err_prefix(err, "%s", s->dir);
    return ok;
}

/* The query with the better words in their places. */
static bool
correct(const struct plan *plan, struct result *r, struct err *err)
{
    struct buf text;
    size_t at = 0;
    if (plan->n_suggestions == 0)
        return true;
    buf_init(&text, 4 * QUERY_BYTES_MAX);
    for (size_t i = 0; i < plan->n_suggestions; i++) {
        const struct plan_suggestion *s = &plan->suggestion[i];
        if (s->from < at)
            continue;
        buf_add(&text, r->query.text + at, s->from - at);
        buf_str(&text, s->word);
        at = s->to;
    }
    buf_add(&text, r->query.text + at, r->query.len - at);
    if (!buf_ok(&text, "a suggestion", err)) {
        buf_release(&text);
        return false;
    }
    r->suggestion = buf_take(&text);
    return r->suggestion || err_nomem(err);
}

/* Says how a date beside the query was read. */
static bool
note_date(struct query *q, const char *name, const char *said, const char *date, struct err *err)
{
    struct buf text;
    if (!said)
        return true;
    buf_init(&text, QUERY_BYTES_MAX);
    utf8_clean(&text, said, strlen(said));
    const bool ok =
        query_note(q, "date-read", 0, 0, err, "%s '%s' is read as %s", name, text.data, date);
    buf_release(&text);
    return ok;
}

/* The time that is asked for beside the query; ends that are the wrong way round are exchanged,
 * which is a guess. */
static bool
read_times(const struct request *request, struct query *q, struct plan_filter *filter,
           struct err *err)
{
    filter->since = request->since;
    filter->until = request->until;
    if (!note_date(q, "since", request->since_said, request->since, err) ||
        !note_date(q, "until", request->until_said, request->until, err))
        return false;
    if (!request->since || !request->until || !field_is_reversed(request->since, request->until))
        return true;
    if (request->strict)
        return err_set(err, ERR_SYNTAX, "query refused: since %s is later than until %s",
                       request->since, request->until);
    filter->since = request->until;
    filter->until = request->since;
    return query_note(q, "reversed-range", 0, 0, err,
                      "since %s is later than until %s: the ends are exchanged", request->since,
                      request->until);
}

static bool
rank(const struct search *q, struct err *err)
{
    const struct session *s = q->session;
    struct plan_filter filter = {.language = q->request->language,
                                 .field = q->request->field,
                                 .n_fields = q->request->n_fields,
                                 .names = !q->request->no_names,
                                 .suggest = q->request->suggest,
                                 .half_life = q->request->half_life,
                                 .without = q->request->without};
    struct result *r = q->result;
    struct plan plan;
    struct xap_enquire *enquire = NULL;
    struct xap_mset *mset = NULL;
    struct ranking ranking = {.n = 0};
    if (!read_times(q->request, &r->query, &filter, err))
        return false;
    if (q->request->similar && !session_find(s, q->request->similar, &filter.similar, err))
        return false;
    if (q->request->similar && filter.similar == 0) {
        r->no_such_article = true;
        return true;
    }
    if (!plan_make(&plan, &r->query, q->request->query_language, &filter, s->db, s->words, err)) {
        if (err && err->code != ERR_ARG && err->code != ERR_NOMEM) /* the index, not the query */
            err_prefix(err, "%s", s->dir);
        return false;
    }
    bool ok = correct(&plan, r, err) && fetch(q, &plan, &enquire, &mset, &ranking, err);
    if (ok) {
        r->total = xap_mset_get_matches_estimated(mset);
        r->total_exact =
            xap_mset_get_matches_lower_bound(mset) == xap_mset_get_matches_upper_bound(mset);
        ok = fill_hits(q, mset, &ranking, plan.matcher, err) &&
             (!q->request->explain || explain_hits(s, &plan, &ranking, r, err));
    }
    refine_release(&ranking);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    plan_release(&plan);
    return ok;
}

static bool
search_once(struct session *s, void *arg, struct err *err)
{
    const struct search *q = arg;
    const struct query_options options = {.syntax = q->request->plain_words ? QUERY_WORDS_ONLY
                                                                            : QUERY_FULL,
                                          .strict = q->request->strict};
    *q->result = (struct result){.by_date = q->request->sort != SORT_RELEVANCE};
    if (!query_read(&q->result->query, q->request->query, q->request->query_len, &options, err))
        return false;
    const bool ok = session_ready(s, err) && note_index(s, q->result, err) && rank(q, err);
    if (!ok)
        result_release(q->result);
    return ok;
}

bool
search_run(struct session *s, const struct request *request, struct result *out, struct err *err)
{
    *out = (struct result){.n_hits = 0};
    struct search q = {s, request, out};
    return session_try(s, search_once, &q, err);
}

struct show {
    const char *uid;
    bool found;
    struct article *article;
};

static bool
show_once(struct session *s, void *arg, struct err *err)
{
    struct show *show = arg;
    struct xap_document *doc = NULL;
    struct xap_error error;
    xap_docid id;
    article_release(show->article);
    if (!session_ready(s, err) || !session_find(s, show->uid, &id, err))
        return false;
    show->found = id != 0;
    if (id == 0)
        return true;
    const bool ok = xap_database_get_document(s->db, id, 0, &doc, &error) == XAP_OK
                        ? session_load(s, doc, 0, show->article, err)
                        : session_failed(s, &error, err);
    xap_document_free(doc);
    return ok;
}

bool
search_show(struct session *s, const char *uid, bool *found, struct article *out, struct err *err)
{
    struct show show = {uid, false, out};
    const bool ok = session_try(s, show_once, &show, err);
    *found = show.found;
    return ok;
}

void
result_release(struct result *r)
{
    for (size_t i = 0; i < r->n_hits; i++) {
        article_release(&r->hit[i].article);
        also_release(&r->hit[i].also);
        marked_text_release(&r->hit[i].title);
        snippets_release(&r->hit[i].snippets);
        for (size_t c = 0; c < r->hit[i].n_contributions; c++)
            free(r->hit[i].contribution[c].text);
        free(r->hit[i].contribution);
    }
    free(r->hit);
    free(r->suggestion);
    query_release(&r->query);
    *r = (struct result){.n_hits = 0};
}
