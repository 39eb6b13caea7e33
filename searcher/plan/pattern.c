/* pattern.c - words with * and ? among their letters
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <string.h>

#include "searcher/plan/vocabulary.h"

struct pattern {
    char form[WORD_MAX + 1];
    size_t len;
};

static bool
fits(void *arg, const char *word, size_t len, bool *wanted, unsigned *edits, struct err *err)
{
    const struct pattern *pattern = arg;
    (void)err;
    *wanted = forms_fit(pattern->form, pattern->len, word, len);
    *edits = 0;
    return true;
}

static bool
find(struct planner *p, const struct query_node *node, struct meant *out, struct err *err)
{
    struct pattern pattern;
    if (!forms_normal(p, node, pattern.form, &pattern.len))
        return true;
    pattern.form[pattern.len] = '\0';
    const struct vocabulary_test test = {fits, &pattern, node, EXPANSIONS_MAX, NULL};
    return vocabulary_find(p, plan_prefix_of(node), pattern.form, strcspn(pattern.form, "*?"),
                           &test, out, err);
}

/* Has it nothing but question marks, and them at its ends? */
static bool
is_between_marks(const struct query_node *node)
{
    size_t from = 0, to = node->len;
    while (from < to && node->text[from] == '?')
        from++;
    while (to > from && node->text[to - 1] == '?')
        to--;
    return to > from && !memchr(node->text + from, '?', to - from) && !memchr(node->text + from, '*', to - from);
}

/* The last ? may be that of a question: who was l?ghtning? *out is the pattern without it. */
static bool
is_question(const struct query_node *node, struct query_node *out)
{
    *out = *node;
    while (out->len > 0 && out->text[out->len - 1] == '?')
        out->len--;
    return node->kind == QUERY_PATTERN && out->len < node->len &&
           (memchr(out->text, '?', out->len) || memchr(out->text, '*', out->len)) && !is_between_marks(node);
}

bool
pattern_find(struct planner *p, const struct query_node *node, struct meant *out, struct err *err)
{
    struct query_node shorter;
    if (!find(p, node, out, err))
        return false;
    return out->n > 0 || !is_question(node, &shorter) || find(p, &shorter, out, err);
}

/* What cannot be looked for so is looked for as it is. */
static bool
note_as_text(struct planner *p, const struct query_node *node, struct err *err)
{
    return query_note(p->query,
                      node->kind == QUERY_PATTERN ? "wildcard-as-text" : "suffix-left-out",
                      node->from, node->to, err,
                      "'%.*s': only single words of scripts with blanks can be looked for so: the "
                      "marks are left out",
                      (int)node->len, node->text);
}

/* A question mark before or behind a word that no word fits is punctuation: ?transverse? */
static bool
note_no_pattern(struct planner *p, const struct query_node *node, struct err *err)
{
    return query_note(p->query, "wildcard-as-text", node->from, node->to, err,
                      "'%.*s': no word of the index fits: the marks are left out", (int)node->len, node->text);
}

static bool
note_question(struct planner *p, const struct query_node *node, struct err *err)
{
    return query_note(p->query, "wildcard-as-text", node->from, node->to, err,
                      "'%.*s': no word of the index fits: the last ? is left out", (int)node->len, node->text);
}

static bool
exact_instead(struct planner *p, const struct query_node *node, struct xap_query **out,
              struct err *err)
{
    return note_as_text(p, node, err) && plan_phrase(p, node, out, err);
}

bool
plan_pattern(struct planner *p, const struct query_node *node, struct xap_query **out,
             struct err *err)
{
    struct pattern pattern;
    struct query_node shorter;
    struct meant meant;
    if (!forms_normal(p, node, pattern.form, &pattern.len))
        return exact_instead(p, node, out, err);
    meant_init(&meant);
    bool ok = cut_count(p, 1, err) && find(p, node, &meant, err);
    if (ok && meant.n == 0 && is_question(node, &shorter))
        ok = note_question(p, node, err) && plan_pattern(p, &shorter, out, err);
    else if (ok && meant.n == 0 && is_between_marks(node))
        ok = note_no_pattern(p, node, err) && plan_word(p, node, out, err);
    else if (ok)
        ok = meant_query(&meant, 0, out, err) &&
             plan_remember(p, MATCH_PATTERN, node->text, node->len, pattern.form, pattern.len, meant_articles(&meant), err);
    meant_release(&meant);
    return ok;
}

/* ---- similar words ---- */

/* The nearest ones weigh as they do; each letter that is wrong takes as much again off. */
static bool
similar_query(const struct meant *meant, struct xap_query **out, struct err *err)
{
    struct xap_query **parts = plan_new_parts(QUERY_EDITS_MAX + 1, err);
    bool ok = parts != NULL;
    for (unsigned edits = 0; ok && edits <= QUERY_EDITS_MAX; edits++)
        ok = meant_query(meant, edits, &parts[edits], err) &&
             plan_scale(1.0 / (1 + edits), &parts[edits], err);
    return plan_finish(XAP_QUERY_OP_MAX, parts, QUERY_EDITS_MAX + 1, 0, ok, out, err);
}

bool
plan_similar(struct planner *p, const struct query_node *node, struct xap_query **out,
             struct err *err)
{
    char form[WORD_MAX + 1];
    size_t len;
    struct meant meant;
    if (!forms_normal(p, node, form, &len))
        return exact_instead(p, node, out, err);
    meant_init(&meant);
    const bool ok = cut_count(p, 1, err) && similar_find(p, node, &meant, err) &&
                    similar_query(&meant, out, err) &&
                    plan_remember(p, node->number > 1 ? MATCH_SIMILAR_2 : MATCH_SIMILAR_1,
                                  node->text, node->len, form, len, meant_articles(&meant), err);
    meant_release(&meant);
    return ok;
}
