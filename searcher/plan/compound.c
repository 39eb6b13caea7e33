/* compound.c - several words in one run of letters: COVID-19, decision-makers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

/* What all words of a run count, in any form and anywhere, beside the words exactly as typed and side by side. Measured:
 * doc/ranking.md. */
#define APART_WEIGHT 0.3

/* All words, in any form and anywhere. */
static bool
apart_query(struct planner *p, const char *field, const char *text, const struct cut *cut, struct xap_query **out,
            struct err *err)
{
    struct xap_query **parts = plan_new_parts(cut->n, err);
    bool ok = parts != NULL;
    for (size_t i = 0; ok && i < cut->n; i++) {
        const struct cut_word *c = &cut->word[i];
        ok = plan_stem(p, field, text + c->from, c->to - c->from, &parts[i], err);
    }
    return plan_finish(XAP_QUERY_OP_AND, parts, cut->n, 0, ok, out, err);
}

bool
plan_compound(struct planner *p, const char *field, const char *text, const struct cut *cut, struct xap_query **out,
              struct err *err)
{
    struct xap_query *parts[2] = {NULL};
    const bool ok = apart_query(p, field, text, cut, &parts[0], err) && plan_scale(APART_WEIGHT, &parts[0], err) &&
                    plan_exact_phrase(p, field, text, cut, &parts[1], err) && plan_scale(1 - APART_WEIGHT, &parts[1], err);
    if (!ok)
        return plan_drop(parts, 2);
    return plan_combine(XAP_QUERY_OP_OR, parts, 2, 0, out, err);
}
