/* search.c - one search of an index: from a query to ranked articles with their snippets
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/err-xapian.h"
#include "common/layout.h"
#include "common/schema.h"
#include "common/words.h"
#include "searcher/plan/plan.h"
#include "searcher/rank/bm25.h"
#include "searcher/rank/refine.h"
#include "shim/xapian-c.h"

/* A query of few words names what an article should have all of: there BM25+ (Lv and Zhai 2011) gives each word that is
 * there at all a share of its idf, so that long articles with all words come before short ones with some. */
#define FEW_WORDS 4
#define FEW_WORDS_DELTA 0.5

/* Matches that are counted exactly before Xapian estimates: counting a thousand takes as long again as finding the best ten. */
#define COUNTED 200

/* How often a search is done again when the index moved under it: a writer commits every few seconds at most. */
#define TRIES 20

struct session {
    const char *dir;
    const struct request *request; /* the present one */
    struct xap_database *db;
    struct words *words;
    int hold; /* keeps the generation from being removed */
};

static bool
xapian_failed(const struct session *s, const struct xap_error *error, struct err *err)
{
    return err_xapian(err, error, "%s", s->dir);
}

/* ---- opening ---- */

static bool
metadata_number(const struct session *s, const char *key, unsigned long *number, struct err *err)
{
    const char *value;
    struct xap_error error;
    if (xap_database_get_metadata(s->db, key, strlen(key), &value, NULL, &error) != XAP_OK)
        return xapian_failed(s, &error, err);
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
                   "%s: made by another version (format %lu, analysis %lu; this one reads %d, %d): index the "
                   "articles again into a new folder",
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
        ok = xapian_failed(s, &error, err);
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

/* ---- hits ---- */

/* The record has its path, member and id, from which the uid follows; it is there as it was written, too. */
static bool
has_uid(const struct article *a)
{
    const char *uid = article_get(a, ARTICLE_UID);
    return strlen(uid) == 32 && strspn(uid, "0123456789abcdef") == 32;
}

/* fields: a bit for each that is needed; 0: everything. */
static bool
load_article(const struct session *s, const struct xap_document *doc, unsigned fields, struct article *a, struct err *err)
{
    const char *data;
    size_t len;
    struct xap_error error;
    struct err why = {.code = ERR_NONE};
    if (xap_document_get_data(doc, &data, &len, &error) != XAP_OK)
        return xapian_failed(s, &error, err);
    const bool read = fields ? article_read(a, data, len, fields, &why) : article_parse(a, data, len, &why);
    if (read && (has_uid(a) || article_identify(a, article_get(a, ARTICLE_PATH), NULL, &why)))
        return true;
    if (why.code == ERR_NOMEM)
        return err_nomem(err);
    return err_set(err, ERR_CORRUPT, "%s: a stored article cannot be read: %s", s->dir, why.msg);
}

static bool
fill_hit(const struct session *s, const struct xap_mset *mset, const struct ranked *ranked, struct matcher *matcher,
         struct hit *hit, struct err *err)
{
    struct xap_document *doc = NULL;
    struct xap_error error;
    if (xap_mset_get_document(mset, ranked->index, &doc, &error) != XAP_OK) {
        xap_document_free(doc);
        return xapian_failed(s, &error, err);
    }
    hit->docid = ranked->docid;
    hit->score = ranked->weight;
    const unsigned all = (1U << ARTICLE_FIELDS) - 1, body = 1U << ARTICLE_BODY;
    const bool needs_body = s->request->bodies || s->request->also || s->request->snippet_bytes > 0;
    bool ok = load_article(s, doc, needs_body ? all : all & ~body, &hit->article, err);
    xap_document_free(doc);
    if (ok && s->request->also)
        ok = also_find(&hit->also, s->db, &hit->article, hit->docid, err);
    if (!ok || s->request->snippet_bytes == 0)
        return ok;
    return snippet_mark(&hit->title, article_get(&hit->article, ARTICLE_TITLE), "title",
                        article_get(&hit->article, ARTICLE_LANGUAGE), s->words, matcher, err) &&
           snippet_make(&hit->snippet, &hit->article, s->request->snippet_bytes, s->words, matcher, err);
}

static bool
fill_hits(const struct session *s, const struct xap_mset *mset, const struct ranking *ranking, struct matcher *matcher,
          struct result *r, struct err *err)
{
    const size_t first = s->request->offset, limit = s->request->limit;
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
        if (fill_hit(s, mset, &ranking->hit[i], matcher, hit, &why))
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

/* ---- one try ---- */

static bool
set_up(const struct session *s, const struct plan *plan, struct xap_enquire **out, struct err *err)
{
    struct xap_weight *weight = NULL;
    struct xap_error error;
    const double delta = matcher_count(plan->matcher) <= FEW_WORDS ? FEW_WORDS_DELTA : 0;
    bool ok = xap_enquire_new(s->db, out, &error) == XAP_OK &&
              xap_weight_new_bm25_plus(BM25_K1, BM25_K2, BM25_K3, BM25_B, BM25_MIN_NORMLEN, delta, &weight, &error) ==
                  XAP_OK &&
              xap_enquire_set_weighting_scheme(*out, weight, &error) == XAP_OK &&
              xap_enquire_set_query(*out, plan->query, 0, &error) == XAP_OK;
    xap_weight_free(weight);
    if (ok && s->request->sort == SORT_NEWEST)
        ok = xap_enquire_set_sort_by_value_then_relevance(*out, SCHEMA_SLOT_PUBLISHED, true, &error) == XAP_OK;
    else if (ok && s->request->sort == SORT_OLDEST)
        ok = xap_enquire_set_sort_by_value_then_relevance(*out, SCHEMA_SLOT_OLDNESS, true, &error) == XAP_OK;
    return ok || xapian_failed(s, &error, err);
}

/* ---- explaining ---- */

/* A query for just the hits, by their uids. */
static bool
hits_query(const struct session *s, const struct result *r, struct xap_query **out, struct err *err)
{
    struct xap_query **parts = calloc(r->n_hits + 1, sizeof *parts);
    struct xap_error error;
    bool ok = parts != NULL || err_nomem(err);
    size_t n = 0;
    *out = NULL;
    for (size_t i = 0; ok && i < r->n_hits; i++) {
        char term[64];
        const int len = snprintf(term, sizeof term, SCHEMA_UID "%s", article_get(&r->hit[i].article, ARTICLE_UID));
        ok = xap_query_new_term(term, (size_t)len, 1, 0, &parts[n], &error) == XAP_OK;
        n += ok;
        if (!ok)
            xapian_failed(s, &error, err);
    }
    if (ok && xap_query_new_combine(XAP_QUERY_OP_OR, parts, n, 0, out, &error) != XAP_OK)
        ok = xapian_failed(s, &error, err);
    for (size_t i = 0; i < n; i++)
        xap_query_free(parts[i]);
    free(parts);
    return ok;
}

static bool
add_contribution(struct hit *hit, const char *text, double weight, struct err *err)
{
    struct contribution *more = realloc(hit->contribution, (hit->n_contributions + 1) * sizeof *more);
    if (!more)
        return err_nomem(err);
    hit->contribution = more;
    more[hit->n_contributions].weight = weight;
    more[hit->n_contributions].text = strdup(text);
    if (!more[hit->n_contributions].text)
        return err_nomem(err);
    hit->n_contributions++;
    return true;
}

/* What one part gives each hit: the part alone is asked for, among the hits. */
static bool
explain_part(const struct session *s, const struct plan *plan, const struct plan_part *part,
             const struct xap_query *hits, struct result *r, struct err *err)
{
    struct xap_query *parts[2] = {part->query, (struct xap_query *)(uintptr_t)hits};
    struct plan alone = {.matcher = plan->matcher};
    struct xap_enquire *enquire = NULL;
    struct xap_mset *mset = NULL;
    struct xap_error error;
    bool ok = xap_query_new_combine(XAP_QUERY_OP_FILTER, parts, 2, 0, &alone.query, &error) == XAP_OK ||
              xapian_failed(s, &error, err);
    ok = ok && set_up(s, &alone, &enquire, err);
    if (ok && xap_enquire_get_mset(enquire, 0, (xap_doccount)r->n_hits, 0, NULL, &mset, &error) != XAP_OK)
        ok = xapian_failed(s, &error, err);
    for (xap_doccount i = 0; ok && i < xap_mset_size(mset); i++) {
        xap_docid id = 0;
        double weight = 0;
        if (xap_mset_get_docid(mset, i, &id, &error) != XAP_OK ||
            xap_mset_get_weight(mset, i, &weight, &error) != XAP_OK)
            ok = xapian_failed(s, &error, err);
        for (size_t h = 0; ok && h < r->n_hits; h++)
            if (r->hit[h].docid == id)
                ok = add_contribution(&r->hit[h], part->text, weight, err);
    }
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    xap_query_free(alone.query);
    return ok;
}

/* What the hits got when they were refined. */
static bool
explain_refinements(const struct ranking *ranking, struct result *r, struct err *err)
{
    for (size_t i = 0; i < r->n_hits; i++) {
        struct hit *hit = &r->hit[i];
        const struct ranked *ranked = &ranking->hit[hit->rank - 1];
        if ((ranked->exact > 0 && !add_contribution(hit, "(words as they were typed)", ranked->exact, err)) ||
            (ranked->phrases > 0 && !add_contribution(hit, "(words side by side)", ranked->phrases, err)) ||
            (ranked->feedback > 0 && !add_contribution(hit, "(words of the first hits)", ranked->feedback, err)))
            return false;
    }
    return true;
}

static bool
explain_hits(const struct session *s, const struct plan *plan, const struct ranking *ranking, struct result *r,
             struct err *err)
{
    struct xap_query *hits = NULL;
    if (r->n_hits == 0)
        return true;
    bool ok = hits_query(s, r, &hits, err);
    for (size_t i = 0; ok && i < plan->n_parts; i++)
        ok = explain_part(s, plan, &plan->part[i], hits, r, err);
    xap_query_free(hits);
    return ok && explain_refinements(ranking, r, err);
}

static bool
note_index(const struct session *s, struct result *r, struct err *err)
{
    const char *uuid;
    xap_rev revision;
    struct xap_error error;
    if (xap_database_get_uuid(s->db, &uuid, NULL, &error) != XAP_OK ||
        xap_database_get_revision(s->db, &revision, &error) != XAP_OK)
        return xapian_failed(s, &error, err);
    snprintf(r->uuid, sizeof r->uuid, "%s", uuid);
    r->revision = revision;
    return true;
}

/* All hits up to those that are asked for, and those that may come before them when they are refined. */
static bool
fetch(const struct session *s, const struct plan *plan, const struct xap_enquire *enquire, struct xap_mset **mset,
      struct ranking *ranking, struct err *err)
{
    struct xap_error error;
    const bool refined = s->request->sort == SORT_RELEVANCE;
    size_t wanted = (size_t)s->request->offset + s->request->limit;
    const size_t depth = refined ? refine_depth(plan) : 0;
    wanted = wanted > depth ? wanted : depth;
    if (xap_enquire_get_mset(enquire, 0, (xap_doccount)(wanted < UINT32_MAX ? wanted : UINT32_MAX), COUNTED, NULL, mset,
                             &error) != XAP_OK)
        return xapian_failed(s, &error, err);
    if (refine_start(ranking, s->db, plan, *mset, err) && (!refined || refine_hits(ranking, err)))
        return true;
    if (err && err->code != ERR_NOMEM)
        err_prefix(err, "%s", s->dir);
    return false;
}

static bool
rank(const struct session *s, struct result *r, struct err *err)
{
    const struct request *q = s->request;
    const struct plan_filter filter = {q->since, q->until, q->language};
    struct plan plan;
    struct xap_enquire *enquire = NULL;
    struct xap_mset *mset = NULL;
    struct ranking ranking = {.n = 0};
    if (!plan_make(&plan, &r->query, q->query_language, &filter, s->db, s->words, err)) {
        if (err && err->code != ERR_ARG && err->code != ERR_NOMEM) /* the index, not the query */
            err_prefix(err, "%s", s->dir);
        return false;
    }
    bool ok = set_up(s, &plan, &enquire, err) && fetch(s, &plan, enquire, &mset, &ranking, err);
    if (ok) {
        r->total = xap_mset_get_matches_estimated(mset);
        r->total_exact = xap_mset_get_matches_lower_bound(mset) == xap_mset_get_matches_upper_bound(mset);
        ok = fill_hits(s, mset, &ranking, plan.matcher, r, err) && (!q->explain || explain_hits(s, &plan, &ranking, r, err));
    }
    refine_release(&ranking);
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    plan_release(&plan);
    return ok;
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

static bool
try_search(struct session *s, struct result *r, struct err *err)
{
    const struct request *q = s->request;
    const struct query_options options = {.syntax = q->plain_words ? QUERY_WORDS_ONLY : QUERY_FULL,
                                          .strict = q->strict};
    *r = (struct result){.n_hits = 0};
    if (!query_read(&r->query, q->query, q->query_len, &options, err))
        return false;
    const bool ok = (s->db || session_open(s, err)) && note_index(s, r, err) && rank(s, r, err);
    if (!ok) {
        session_close(s);
        result_release(r);
    }
    return ok;
}

bool
search_run(struct session *s, const struct request *request, struct result *out, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    bool ok = false;
    s->request = request;
    for (int i = 0; i < TRIES && !ok; i++) {
        ok = try_search(s, out, &why);
        if (!ok && why.code != ERR_MODIFIED)
            break;
    }
    if (!ok && err)
        *err = why;
    return ok;
}

/* ---- one article ---- */

static bool
find_uid(const struct session *s, const char *uid, bool *found, struct article *out, struct err *err)
{
    struct xap_posting_iterator *it = NULL;
    struct xap_document *doc = NULL;
    struct xap_error error;
    struct buf term;
    xap_docid id = 0;
    buf_init(&term, 2 * SCHEMA_TERM_MAX);
    schema_term(&term, SCHEMA_UID, uid, strlen(uid));
    bool ok = buf_ok(&term, "a term", err);
    if (ok && xap_database_postlist_begin(s->db, term.data, term.len, &it, &error) != XAP_OK)
        ok = xapian_failed(s, &error, err);
    buf_release(&term);
    *found = ok && !xap_posting_iterator_at_end(it);
    if (*found && (xap_posting_iterator_get(it, &id, &error) != XAP_OK ||
                   xap_database_get_document(s->db, id, 0, &doc, &error) != XAP_OK))
        ok = xapian_failed(s, &error, err);
    if (ok && *found)
        ok = load_article(s, doc, 0, out, err);
    xap_document_free(doc);
    xap_posting_iterator_free(it);
    return ok;
}

bool
search_show(struct session *s, const char *uid, bool *found, struct article *out, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    bool ok = false;
    for (int i = 0; i < TRIES && !ok; i++) {
        article_release(out);
        ok = (s->db || session_open(s, &why)) && find_uid(s, uid, found, out, &why);
        if (!ok)
            session_close(s);
        if (!ok && why.code != ERR_MODIFIED)
            break;
    }
    if (!ok && err)
        *err = why;
    return ok;
}

/* ---- what there is ---- */

static bool
list_languages(const struct session *s, struct holdings *out, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    enum xap_code code = xap_database_allterms_begin(s->db, SCHEMA_LANGUAGE, strlen(SCHEMA_LANGUAGE), &it, &error);
    out->language = calloc(HOLDINGS_LANGUAGES_MAX, sizeof *out->language);
    bool ok = out->language || err_nomem(err);
    while (ok && code == XAP_OK && !xap_term_iterator_at_end(it) && out->n_languages < HOLDINGS_LANGUAGES_MAX) {
        const char *term;
        size_t len;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code != XAP_OK)
            break;
        out->language[out->n_languages] = strdup(term + strlen(SCHEMA_LANGUAGE));
        ok = out->language[out->n_languages] || err_nomem(err);
        out->n_languages += ok ? 1 : 0;
        code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    return ok && (code == XAP_OK || xapian_failed(s, &error, err));
}

static bool
list_holdings(const struct session *s, struct holdings *out, struct err *err)
{
    struct xap_error error;
    xap_doccount articles = 0;
    if (xap_database_get_doccount(s->db, &articles, &error) != XAP_OK)
        return xapian_failed(s, &error, err);
    out->articles = articles;
    return list_languages(s, out, err);
}

bool
search_holdings(struct session *s, struct holdings *out, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    bool ok = false;
    *out = (struct holdings){.articles = 0};
    for (int i = 0; i < TRIES && !ok; i++) {
        ok = (s->db || session_open(s, &why)) && list_holdings(s, out, &why);
        if (ok)
            break;
        holdings_release(out);
        session_close(s);
        if (why.code != ERR_MODIFIED)
            break;
    }
    if (!ok && err)
        *err = why;
    return ok;
}

void
holdings_release(struct holdings *h)
{
    for (size_t i = 0; i < h->n_languages; i++)
        free(h->language[i]);
    free(h->language);
    *h = (struct holdings){.articles = 0};
}

void
result_release(struct result *r)
{
    for (size_t i = 0; i < r->n_hits; i++) {
        article_release(&r->hit[i].article);
        also_release(&r->hit[i].also);
        marked_text_release(&r->hit[i].title);
        marked_text_release(&r->hit[i].snippet);
        for (size_t c = 0; c < r->hit[i].n_contributions; c++)
            free(r->hit[i].contribution[c].text);
        free(r->hit[i].contribution);
    }
    free(r->hit);
    query_release(&r->query);
    *r = (struct result){.n_hits = 0};
}
