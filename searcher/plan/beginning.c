/* beginning.c - words of which the beginning is given: begin*
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <stdlib.h>

#include "common/schema.h"

/* How many words of the index begin so? Counts no further than max + 1. */
static bool
count_expansions(const struct planner *p, const char *start, size_t len, size_t max, size_t *n, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    enum xap_code code = xap_database_allterms_begin(p->db, start, len, &it, &error);
    for (*n = 0; code == XAP_OK && *n <= max && !xap_term_iterator_at_end(it); ++*n)
        code = xap_term_iterator_next(it, &error);
    xap_term_iterator_free(it);
    return code == XAP_OK || plan_failed(&error, err);
}

/* The words of parts (the last of which is NULL), one after the other, before each word of the index that begins so: Xapian
 * has phrases of single words only. */
static bool
continue_phrase(struct planner *p, const struct buf *start, struct xap_query **parts, size_t n, struct xap_query **out,
                struct err *err)
{
    struct xap_query **phrases = calloc(EXPANSIONS_MAX + 1, sizeof *phrases);
    struct xap_term_iterator *it = NULL;
    struct xap_error error = {.code = XAP_OK};
    size_t found = 0;
    if (!phrases)
        return err_nomem(err);
    enum xap_code code = xap_database_allterms_begin(p->db, start->data, start->len, &it, &error);
    while (code == XAP_OK && found <= EXPANSIONS_MAX && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code == XAP_OK)
            code = xap_query_new_term(term, len, 1, 0, &parts[n - 1], &error);
        if (code == XAP_OK)
            code = xap_query_new_combine(XAP_QUERY_OP_PHRASE, parts, n, (unsigned)n, &phrases[found++], &error);
        xap_query_free(parts[n - 1]);
        parts[n - 1] = NULL;
        if (code == XAP_OK)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    bool ok = code == XAP_OK || plan_failed(&error, err);
    ok = ok ? plan_combine(XAP_QUERY_OP_OR, phrases, found, 0, out, err) : plan_drop(phrases, found);
    free(phrases);
    return ok;
}

/* Of several words (COVID-1*) the last one is the beginning; the others stand before it. */
static bool
beginning_query(struct planner *p, const struct query_node *node, const struct cut *cut, struct xap_query **out,
                struct err *err)
{
    struct xap_query **parts = plan_new_parts(cut->n, err);
    struct buf start;
    struct xap_error error;
    const size_t last = cut->n - 1;
    const char *term = cut->bytes.data + cut->word[last].at;
    const size_t len = cut->word[last].len;
    size_t n = 0;
    buf_init(&start, 2 * SCHEMA_TERM_MAX);
    schema_term(&start, plan_prefix_of(node), term, len);
    bool ok = parts && buf_ok(&start, "a term", err) && count_expansions(p, start.data, start.len, EXPANSIONS_MAX, &n, err);
    if (ok && n > EXPANSIONS_MAX)
        ok = err_set(err, ERR_ARG, "%.*s* stands for more than %d words of the index (limit: expansions)",
                     (int)node->len, node->text, EXPANSIONS_MAX);
    ok = ok && plan_exact_words(p, plan_prefix_of(node), node->text, cut, last, parts, err);
    if (ok && last > 0)
        ok = continue_phrase(p, &start, parts, cut->n, out, err);
    else if (ok && xap_query_new_wildcard(start.data, start.len, EXPANSIONS_MAX, XAP_QUERY_WILDCARD_LIMIT_FIRST,
                                          XAP_QUERY_OP_SYNONYM, out, &error) != XAP_OK)
        ok = plan_failed(&error, err);
    if (parts)
        plan_drop(parts, last);
    free(parts);
    buf_release(&start);
    return ok && plan_remember(p, MATCH_PREFIX, node->text, node->len, term, len, (double)n, err);
}

bool
plan_beginning(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct cut *cut = p->cut;
    bool ok = cut_node(p, node, cut, err);
    matcher_begin_phrase(p->matcher);
    if (ok && cut->n > 0 && cut->word[cut->n - 1].kind == WORD_SPACED)
        ok = beginning_query(p, node, cut, out, err);
    matcher_end_phrase(p->matcher);
    if (ok && cut->n == 1 && cut->word[0].kind != WORD_SPACED && plan_has_stems(node))
        ok = plan_character(p, plan_prefix_of(node), node->text, cut, 0, out, err);
    else if (ok && cut->n > 0 && cut->word[cut->n - 1].kind != WORD_SPACED) /* found wherever more characters follow */
        ok = plan_exact_phrase(p, plan_prefix_of(node), node->text, cut, out, err);
    buf_release(&cut->bytes);
    return ok;
}
