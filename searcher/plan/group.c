/* group.c - what holds several parts of a query together: AND, OR, NOT, signs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <stdlib.h>
#include <string.h>

#include "common/fold.h"
#include "common/utf8.h"
#include "searcher/plan/stopwords.h"
#include "searcher/query/marks.h"
#include "searcher/query/operator.h"

bool
plan_excluded(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    const bool before = p->excluding;
    p->excluding = true;
    const bool ok = plan_node(p, node, out, err);
    p->excluding = before;
    return ok;
}

/* What must be in an article must be there as it was typed. */
static bool
plan_required(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    const bool before = p->requiring;
    p->requiring = true;
    const bool ok = plan_node(p, node, out, err);
    p->requiring = before;
    return ok;
}

/* Is it written in capitals, like a name, in a query that is not? WHO vaccines. */
static bool
is_in_capitals(const struct planner *p, const struct query_node *node)
{
    struct marks query = {.text = p->query->text, .len = p->query->len},
                 word = {.text = node->text, .len = node->len};
    size_t letters = 0;
    for (size_t at = 0; at < node->len;)
        letters += utf8_is_alnum(marks_next(&word, &at));
    /* an operator with a comma behind it is just the word */
    const bool word_of_operator = operator_read(node->text, node->len).kind != LEX_RUN;
    return letters > 1 && !word_of_operator && !marks_has_small_letter(&word) &&
           marks_has_small_letter(&query);
}

/* Closed-class words that are names and months as well, where they have a capital: Theresa May, floods in May. */
static bool
is_capitalised_name(const struct query_node *node, const char *word, size_t len)
{
    static const char *const names[] = {"may", "will"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == len && memcmp(names[i], word, len) == 0)
            return fold_is_capital(node->text, node->len);
    return false;
}

/* *stop: it is one closed-class word that nothing is asked of. */
static bool
find_stop(struct planner *p, const struct query_node *node, bool *stop, struct err *err)
{
    struct cut *cut = p->cut;
    *stop = false;
    if (node->kind != QUERY_WORD || node->field || node->occur != QUERY_SHOULD || node->exact || p->placing ||
        (p->without & PART_STOPWORDS))
        return true;
    const bool ok = cut_words(p, node->text, node->len, cut, err);
    *stop = ok && cut->n == 1 && !is_in_capitals(p, node) &&
            !is_capitalised_name(node, cut->bytes.data, cut->word[0].len) &&
            stopwords_has(p->stop_language, cut->bytes.data, cut->word[0].len);
    buf_release(&cut->bytes);
    return ok;
}

enum bin { BIN_SHOULD, BIN_MUST, BIN_NOT, BIN_FILTER, BINS };

static enum bin
bin_of(const struct query_node *child)
{
    if (child->occur == QUERY_MUST_NOT)
        return BIN_NOT;
    if (child->filter)
        return BIN_FILTER;
    return child->occur == QUERY_MUST ? BIN_MUST : BIN_SHOULD;
}

/* Plans the children of one bin and joins them. */
static bool
plan_bin(struct planner *p, const struct query_node *group, enum bin bin, bool drop_stops, struct xap_query **out,
         struct err *err)
{
    struct xap_query **parts = calloc(group->n_children + 1, sizeof *parts);
    size_t n = 0;
    bool ok = parts != NULL || err_nomem(err);
    *out = NULL;
    for (const struct query_node *child = group->first; ok && child; child = child->next) {
        bool stop = false;
        if (bin_of(child) != bin)
            continue;
        if (bin == BIN_SHOULD && drop_stops)
            ok = find_stop(p, child, &stop, err);
        if (!ok || stop)
            continue;
        if (bin == BIN_NOT)
            ok = plan_excluded(p, child, &parts[n++], err);
        else if (bin == BIN_MUST)
            ok = plan_required(p, child, &parts[n++], err);
        else
            ok = plan_node(p, child, &parts[n++], err);
    }
    if (ok)
        ok = plan_combine(bin == BIN_MUST || bin == BIN_FILTER ? XAP_QUERY_OP_AND : XAP_QUERY_OP_OR, parts, n, 0, out, err);
    else
        for (size_t i = 0; parts && i < n; i++)
            xap_query_free(parts[i]);
    free(parts);
    return ok;
}

bool
plan_group(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct xap_query *bins[BINS] = {NULL};
    struct xap_error error;
    bool ok = true, others = false, stop = false;
    for (const struct query_node *child = node->first; ok && child && !others; child = child->next) {
        ok = find_stop(p, child, &stop, err);
        others = bin_of(child) == BIN_SHOULD && !stop;
    }
    for (int b = 0; ok && b < BINS; b++)
        ok = plan_bin(p, node, (enum bin)b, others, &bins[b], err);
    if (ok)
        ok = plan_join(XAP_QUERY_OP_AND_MAYBE, &bins[BIN_MUST], &bins[BIN_SHOULD], err);
    if (ok && !bins[BIN_MUST] && (bins[BIN_NOT] || bins[BIN_FILTER]))
        ok = xap_query_new_match_all(&bins[BIN_MUST], &error) == XAP_OK || plan_failed(&error, err);
    ok = ok && plan_join(XAP_QUERY_OP_FILTER, &bins[BIN_MUST], &bins[BIN_FILTER], err);
    ok = ok && plan_join(XAP_QUERY_OP_AND_NOT, &bins[BIN_MUST], &bins[BIN_NOT], err);
    if (ok)
        *out = bins[BIN_MUST];
    else
        for (int b = 0; b < BINS; b++)
            xap_query_free(bins[b]);
    return ok;
}

bool
plan_operator(struct planner *p, const struct query_node *node, enum xap_query_op op, struct xap_query **out,
              struct err *err)
{
    struct xap_query **parts = calloc(node->n_children + 1, sizeof *parts);
    bool ok = parts != NULL || err_nomem(err);
    size_t n = 0;
    for (const struct query_node *child = node->first; ok && child; child = child->next)
        ok = op == XAP_QUERY_OP_AND ? plan_required(p, child, &parts[n++], err) : plan_node(p, child, &parts[n++], err);
    if (ok)
        ok = plan_combine(op, parts, n, 0, out, err);
    else
        for (size_t i = 0; parts && i < n; i++)
            xap_query_free(parts[i]);
    free(parts);
    return ok;
}

/* left AND NOT right; all of left where right is nothing. */
bool
plan_not(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct xap_query *left = NULL, *right = NULL;
    bool ok = plan_node(p, node->first, &left, err) && plan_excluded(p, node->first->next, &right, err);
    if (ok && left) {
        ok = plan_join(XAP_QUERY_OP_AND_NOT, &left, &right, err);
        *out = left;
        return ok;
    }
    xap_query_free(left);
    xap_query_free(right);
    return ok;
}
