/* beginning.c - words of which the beginning is given: begin*
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <stdlib.h>

#include "common/schema.h"
#include "searcher/plan/cost.h"

/* How many words of the index begin so, and how many articles have them, each counted for itself?
 * Counts no further than max + 1. */
static bool
count_expansions(const struct planner *p, const char *start, size_t len, size_t max,
                 struct cost_words *found, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    enum xap_code code = xap_database_allterms_begin(p->db, start, len, &it, &error);
    *found = (struct cost_words){.n = 0};
    for (; code == XAP_OK && found->n <= max && !xap_term_iterator_at_end(it); found->n++) {
        xap_doccount having = 0;
        code = xap_term_iterator_get_termfreq(it, &having, &error);
        found->articles += having;
        if (code == XAP_OK)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    return code == XAP_OK || plan_failed(&error, err);
}

/* The words of parts (the last of which is NULL, as others may be), one after the other, before
 * each word of the index that begins so: Xapian has phrases of single words only. */
static bool
continue_phrase(const struct planner *p, const struct buf *start, struct xap_query **parts,
                size_t n, struct xap_query **out, struct err *err)
{
    struct xap_query **phrases = calloc(EXPANSIONS_MAX + 1, sizeof *phrases),
                     **words = plan_new_parts(n, err);
    struct xap_term_iterator *it = NULL;
    struct xap_error error = {.code = XAP_OK};
    size_t found = 0, before = 0;
    if (!phrases || !words) {
        free(phrases);
        free(words);
        return err_nomem(err);
    }
    for (size_t i = 0; i + 1 < n; i++)
        if (parts[i])
            words[before++] = parts[i]; /* lent */
    enum xap_code code = xap_database_allterms_begin(p->db, start->data, start->len, &it, &error);
    while (code == XAP_OK && found <= EXPANSIONS_MAX && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code == XAP_OK)
            code = xap_query_new_term(term, len, 1, 0, &words[before], &error);
        if (code == XAP_OK)
            code = xap_query_new_combine(XAP_QUERY_OP_PHRASE, words, before + 1, (unsigned)n,
                                         &phrases[found++], &error);
        xap_query_free(words[before]);
        words[before] = NULL;
        if (code == XAP_OK)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    bool ok = code == XAP_OK || plan_failed(&error, err);
    ok = ok ? plan_combine(XAP_QUERY_OP_OR, phrases, found, 0, out, err) : plan_drop(phrases, found);
    free(phrases);
    free(words);
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
    struct cost_words found = {.n = 0};
    buf_init(&start, 2 * SCHEMA_TERM_MAX);
    schema_term(&start, plan_prefix_of(node), term, len);
    bool ok = parts && buf_ok(&start, "a term", err) &&
              count_expansions(p, start.data, start.len, EXPANSIONS_MAX, &found, err);
    if (ok && found.n > EXPANSIONS_MAX)
        ok = err_set(err, ERR_ARG, "%.*s* stands for more than %d words of the index (limit: expansions)",
                     (int)node->len, node->text, EXPANSIONS_MAX);
    if (ok && last > 0)
        ok = cost_phrase(p, plan_prefix_of(node), cut, 0, last, &found, err);
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
    return ok &&
           plan_remember(p, MATCH_PREFIX, node->text, node->len, term, len, (double)found.n, err);
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
