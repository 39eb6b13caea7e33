/* plan.c - from a query as it was read to one that Xapian runs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/plan.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/schema.h"
#include "searcher/plan/cost.h"
#include "searcher/plan/like.h"
#include "searcher/plan/names.h"
#include "searcher/plan/planner.h"
#include "searcher/plan/suggest.h"

bool
plan_list(struct planner *p, const char *text, const struct xap_query *query, struct err *err)
{
    struct plan *plan = p->plan;
    struct xap_error error;
    struct plan_part *more = realloc(plan->part, (plan->n_parts + 1) * sizeof *more);
    if (!more)
        return err_nomem(err);
    plan->part = more;
    struct plan_part *part = &plan->part[plan->n_parts];
    part->text = strdup(text);
    if (!part->text)
        return err_nomem(err);
    /* a copy: the same query, weighed as it is */
    if (xap_query_new_scale_weight(1, query, &part->query, &error) != XAP_OK) {
        free(part->text);
        return plan_failed(&error, err);
    }
    plan->n_parts++;
    return true;
}

/* Lists a leaf that gives weight, as it prints back. */
static bool
list_part(struct planner *p, const struct query_node *node, const struct xap_query *query, struct err *err)
{
    if (p->excluding || !query)
        return true;
    struct buf text;
    buf_init(&text, 2 * QUERY_BYTES_MAX);
    struct query_node bare = *node; /* without its sign */
    bare.occur = QUERY_SHOULD;
    query_print_node(&bare, &text);
    const bool ok = buf_ok(&text, "the query", err) && plan_list(p, text.data, query, err);
    buf_release(&text);
    return ok;
}

static bool
plan_leaf(struct planner *p, const struct query_node *node,
          bool (*leaf)(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err),
          struct xap_query **out, struct err *err)
{
    if (!plan_note_widened(p, node, err) || !leaf(p, node, out, err))
        return false;
    if (p->boost == 1)
        return list_part(p, node, *out, err);
    return plan_scale(p->boost, out, err) && list_part(p, node, *out, err);
}

/* Names that are found in another script are not misspelt. */
static bool
plan_other_scripts(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    const size_t parts = p->plan->n_parts;
    if (node->exact || p->placing)
        return true;
    if (!plan_names(p, node, out, err))
        return false;
    if (p->plan->n_parts > parts)
        p->n_missed = suggest_forget(p, node);
    return true;
}

/* What was typed as a field or as its value is not misspelt where it is no word. */
static bool
forget_stray(struct planner *p, const struct query_node *node, size_t missed)
{
    if (node->stray)
        p->n_missed = missed;
    return true;
}

static bool
plan_kind(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    const size_t missed = p->n_missed;
    switch (node->kind) {
    case QUERY_WORD:
        return cost_leaf(p, node, err) && plan_leaf(p, node, plan_word, out, err) &&
               plan_other_scripts(p, node, out, err) && forget_stray(p, node, missed);
    case QUERY_PHRASE:
        return cost_leaf(p, node, err) && plan_leaf(p, node, plan_phrase, out, err);
    case QUERY_PREFIX:
        return plan_leaf(p, node, plan_beginning, out, err);
    case QUERY_PATTERN:
        return plan_leaf(p, node, plan_pattern, out, err);
    case QUERY_FUZZY:
        return plan_leaf(p, node, plan_similar, out, err);
    case QUERY_DATE:
        return plan_date(node->since, node->until, out, err);
    case QUERY_LENGTH:
        return plan_length(node, out, err);
    case QUERY_VALUE:
        return cut_count(p, 1, err) && plan_value(node, out, err);
    case QUERY_GROUP:
        return plan_group(p, node, out, err);
    case QUERY_AND:
        return plan_operator(p, node, XAP_QUERY_OP_AND, out, err);
    case QUERY_OR:
        return plan_operator(p, node, XAP_QUERY_OP_OR, out, err);
    case QUERY_NOT:
        return plan_not(p, node, out, err);
    case QUERY_NEAR:
    case QUERY_ATLEAST:
    case QUERY_FIRST:
        return plan_near(p, node, out, err);
    }
    return err_set(err, ERR_BUG, "%s:%d: a node of kind %d", __FILE__, __LINE__, (int)node->kind);
}

bool
plan_node(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    const double boost = p->boost;
    *out = NULL;
    p->field = node->field && node->field->prefix[0] != '\0' ? node->field : NULL;
    if (node->boost > 0)
        p->boost *= node->boost / 1000.0;
    const bool ok = plan_kind(p, node, out, err);
    p->boost = boost;
    return ok;
}

/* Which words stand side by side in the query? */
static void
link_words(struct plan *plan, const struct query *q)
{
    for (size_t i = 0; i + 1 < plan->n_words; i++) {
        struct plan_word *w = &plan->word[i];
        const char *end = w->raw + w->raw_len, *next = plan->word[i + 1].raw;
        w->followed = w->raw >= q->text && end <= next && next < q->text + q->len;
        for (; w->followed && end < next; end++)
            w->followed = isspace((unsigned char)*end) != 0;
    }
}

bool
plan_make(struct plan *out, struct query *q, const char *language, const struct plan_filter *filter,
          const struct xap_database *db, struct words *words, struct err *err)
{
    struct planner p = {.db = db,
                        .words = words,
                        .query = q,
                        .plan = out,
                        .names = filter->names,
                        .suggest = filter->suggest,
                        .without = filter->without,
                        .boost = 1};
    struct xap_error error;
    xap_doccount articles = 0;
    *out = (struct plan){.query = NULL};
    p.cut = malloc(sizeof *p.cut);
    out->places = calloc(1, sizeof *out->places);
    bool ok = p.cut && out->places ? matcher_new(&p.matcher, err) : err_nomem(err);
    out->matcher = p.matcher;
    if (ok && xap_database_get_doccount(db, &articles, &error) != XAP_OK)
        ok = plan_failed(&error, err);
    p.articles = articles;
    out->without = filter->without;
    out->half_life = filter->half_life;
    out->like = filter->similar != 0;
    ok = ok && plan_tongues(&p, language, err);
    out->stop_language = p.stop_language;
    if (ok && q->root)
        ok = plan_node(&p, q->root, &out->query, err);
    if (ok && filter->similar)
        ok = like_make(&p, filter->similar, &out->query, err);
    ok = ok && suggest_make(&p, err) && plan_add_filter(&p, &out->query, filter, err);
    free(p.cut);
    link_words(out, q);
    if (ok && !out->query && xap_query_new_match_nothing(&out->query, &error) != XAP_OK)
        ok = plan_failed(&error, err);
    if (!ok)
        plan_release(out);
    return ok;
}

void
plan_forget_parts(struct plan *plan)
{
    for (size_t i = 0; i < plan->n_parts; i++) {
        xap_query_free(plan->part[i].query);
        free(plan->part[i].text);
    }
    free(plan->part);
    plan->part = NULL;
    plan->n_parts = 0;
}

void
plan_release(struct plan *p)
{
    for (size_t i = 0; i < p->n_suggestions; i++)
        free(p->suggestion[i].word);
    plan_forget_parts(p);
    for (size_t i = 0; i < p->n_words; i++) {
        free(p->word[i].term);
        free(p->word[i].stem);
    }
    free(p->word);
    xap_query_free(p->query);
    free(p->places);
    matcher_free(p->matcher);
    *p = (struct plan){.query = NULL};
}
