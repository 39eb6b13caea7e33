/* compose.c - queries of Xapian put together
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <math.h>
#include <stdlib.h>

#include "common/err-xapian.h"
#include "common/schema.h"

bool
plan_failed(const struct xap_error *error, struct err *err)
{
    return err_xapian(err, error, "the query");
}

/* Takes over all of them; NULL ones are left out. *out is NULL where none is left. */
bool
plan_combine(enum xap_query_op op, struct xap_query **parts, size_t n, unsigned window, struct xap_query **out,
        struct err *err)
{
    struct xap_error error;
    size_t kept = 0;
    bool ok = true;
    *out = NULL;
    for (size_t i = 0; i < n; i++)
        if (parts[i])
            parts[kept++] = parts[i];
    if (kept == 1) {
        *out = parts[0];
        return true;
    }
    if (kept > 1)
        ok = xap_query_new_combine(op, parts, kept, window, out, &error) == XAP_OK ||
             plan_failed(&error, err);
    for (size_t i = 0; i < kept; i++)
        xap_query_free(parts[i]);
    return ok;
}

/* Frees all parts, for a function that failed. */
bool
plan_drop(struct xap_query **parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        xap_query_free(parts[i]);
    return false;
}

/* Room for n parts, all NULL: on the heap, for planning goes deep. The caller hands it to plan_finish(). */
struct xap_query **
plan_new_parts(size_t n, struct err *err)
{
    struct xap_query **parts = calloc(n + 1, sizeof *parts);
    if (!parts)
        err_nomem(err);
    return parts;
}

/* plan_combine(), or plan_drop() where something failed before; the room is freed. */
bool
plan_finish(enum xap_query_op op, struct xap_query **parts, size_t n, unsigned window, bool ok, struct xap_query **out, struct err *err)
{
    ok = ok ? plan_combine(op, parts, n, window, out, err) : parts ? plan_drop(parts, n) : false;
    free(parts);
    return ok;
}

/* Joins two that may be NULL into the left one; both are taken over. */
bool
plan_join(enum xap_query_op op, struct xap_query **left, struct xap_query **right, struct err *err)
{
    struct xap_query *parts[2] = {*left, *right};
    *left = *right = NULL;
    return plan_combine(op, parts, 2, 0, left, err);
}

/* Takes a query over and gives it another weight; NULL stays so. */
bool
plan_scale(double factor, struct xap_query **query, struct err *err)
{
    struct xap_query *part = *query;
    struct xap_error error;
    *query = NULL;
    if (!part)
        return true;
    const bool ok = xap_query_new_scale_weight(factor, part, query, &error) == XAP_OK || plan_failed(&error, err);
    xap_query_free(part);
    return ok;
}

bool
plan_term(const char *prefix, const char *text, size_t len, struct xap_query **out, struct err *err)
{
    struct buf term;
    struct xap_error error;
    buf_init(&term, 2 * SCHEMA_TERM_MAX);
    schema_term(&term, prefix, text, len);
    bool ok = buf_ok(&term, "a term", err);
    if (ok && xap_query_new_term(term.data, term.len, 1, 0, out, &error) != XAP_OK)
        ok = plan_failed(&error, err);
    buf_release(&term);
    return ok;
}

/* In how many articles is the term? */
bool
plan_frequency(const struct planner *p, const char *prefix, const char *text, size_t len, double *out, struct err *err)
{
    struct buf term;
    struct xap_error error;
    xap_doccount n = 0;
    buf_init(&term, 2 * SCHEMA_TERM_MAX);
    schema_term(&term, prefix, text, len);
    bool ok = buf_ok(&term, "a term", err);
    if (ok && xap_database_get_termfreq(p->db, term.data, term.len, &n, &error) != XAP_OK)
        ok = plan_failed(&error, err);
    buf_release(&term);
    *out = n;
    return ok;
}

/* How rare a word is, for choosing snippets: BM25's idf, never below 0. */
static double
rarity(const struct planner *p, double n)
{
    n = n < p->articles ? n : p->articles; /* words that begin so may be more than there are articles */
    return log(1 + (p->articles - n + 0.5) / (n + 0.5));
}

/* Keeps a word for the snippets. */
bool
plan_remember(struct planner *p, enum matcher_how how, const char *raw, size_t raw_len, const char *term, size_t term_len,
         double articles, struct err *err)
{
    return p->excluding || matcher_add(p->matcher, p->field, how, raw, raw_len, term, term_len, rarity(p, articles), err);
}
