/* characters.c - scripts without blanks, and Hangul: pairs of characters and words of the dictionary (doc/words.md)
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <stdio.h>

#include "common/schema.h"
#include "searcher/plan/cost.h"

/* What a pair of characters counts beside a word of the dictionary. Measured: doc/words.md. */
#define PAIR_WEIGHT 0.5
/* Single characters of Han and kana that are looked for wherever they stand; further ones as words and at the end of others. */
#define CHARACTERS_MAX 8

/* The stem of the character i: it alone, where it is a word, or where a Korean word begins. */
static bool
first_query(const char *field, const struct cut *cut, size_t i, struct xap_query **out, struct err *err)
{
    char prefix[32];
    snprintf(prefix, sizeof prefix, SCHEMA_STEM "%s", field);
    return plan_term(prefix, cut->bytes.data + cut->word[i].stem_at, cut->word[i].stem_len, out, err);
}

/* A single character: Han and kana wherever they stand, Hangul at the beginning of words, others as words. */
bool
plan_character(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, struct xap_query **out,
                struct err *err)
{
    const struct cut_word *c = &cut->word[i];
    const char *term = cut->bytes.data + c->at;
    struct xap_error error;
    struct buf start;
    if (c->kind != WORD_HAN || ++p->n_characters > CHARACTERS_MAX)
        return (c->stem_len == 0 || first_query(field, cut, i, out, err)) &&
               plan_remember(p, MATCH_STEM, text + c->from, c->to - c->from, term, c->len, p->articles / 2, err);
    buf_init(&start, 2 * SCHEMA_TERM_MAX);
    schema_term(&start, field, term, c->len);
    bool ok = buf_ok(&start, "a term", err) &&
              plan_remember(p, MATCH_PREFIX, text + c->from, c->to - c->from, term, c->len, p->articles / 2, err);
    if (ok && xap_query_new_wildcard(start.data, start.len, EXPANSIONS_MAX, XAP_QUERY_WILDCARD_LIMIT_MOST_FREQUENT,
                                     XAP_QUERY_OP_SYNONYM, out, &error) != XAP_OK)
        ok = plan_failed(&error, err);
    buf_release(&start);
    return ok;
}

/* The pairs of the characters [i, end), side by side; all together weigh what one does. *out is NULL where there are none. */
static bool
whole_word_query(struct planner *p, const char *field, const struct cut *cut, size_t i, size_t end,
                 struct xap_query **out, struct err *err)
{
    if (end - i > 2 && !cost_phrase(p, field, cut, i, end - 1, NULL, err))
        return false;
    struct xap_query **parts = plan_new_parts(end - i, err);
    size_t n = 0;
    bool ok = parts != NULL;
    for (; ok && i + 1 < end; i++)
        ok = plan_term(field, cut->bytes.data + cut->word[i].at, cut->word[i].len, &parts[n++], err);
    return plan_finish(XAP_QUERY_OP_PHRASE, parts, n, (unsigned)n, ok, out, err) && (n == 0 || plan_scale(1.0 / (double)n, out, err));
}

/* The pairs of the characters [i, end), as alternatives. */
static bool
pairs_query(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, size_t end,
            struct xap_query **out, struct err *err)
{
    struct xap_query **parts = plan_new_parts(end - i, err);
    size_t n = 0;
    bool ok = parts != NULL;
    for (; ok && i + 1 < end; i++)
        ok = plan_exact(p, field, text, cut, i, &parts[n++], err);
    return plan_finish(XAP_QUERY_OP_OR, parts, n, 0, ok, out, err);
}

/* The words of the dictionary among the characters [i, end), each wherever its characters stand so, as alternatives. */
static bool
dictionary_query(struct planner *p, const char *field, const struct cut *cut, size_t i, size_t end,
                 struct xap_query **out, struct err *err)
{
    struct xap_query **parts = plan_new_parts(2 * (end - i), err);
    size_t n = 0;
    bool ok = parts != NULL;
    while (ok && i < end) {
        size_t next = i + 1;
        while (next < end && !cut->word[next].begins_word)
            next++;
        if (cut->word[i].stem_len > 0)
            ok = first_query(field, cut, i, &parts[n++], err);
        ok = ok && whole_word_query(p, field, cut, i, next, &parts[n++], err);
        i = next;
    }
    return plan_finish(XAP_QUERY_OP_OR, parts, n, 0, ok, out, err);
}

/* Characters [i, end) of one kind that touch. What is found is what has a word of the dictionary, or a pair of Hangul; pairs that
 * go across words, and the first syllable of Korean words, add to the weight. */
bool
plan_characters(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, size_t end,
                 struct xap_query **out, struct err *err)
{
    struct xap_query *parts[2] = {NULL};
    if (end - i == 1)
        return plan_character(p, field, text, cut, i, out, err);
    const bool hangul = cut->word[i].kind == WORD_HANGUL;
    bool ok = pairs_query(p, field, text, cut, i, end, &parts[hangul ? 0 : 1], err);
    if (ok && hangul)
        ok = cut->word[i].stem_len == 0 || first_query(field, cut, i, &parts[1], err);
    else if (ok)
        ok = plan_scale(PAIR_WEIGHT, &parts[1], err) &&
             dictionary_query(p, field, cut, i, end, &parts[0], err);
    if (!ok)
        return plan_drop(parts, 2);
    return plan_combine(XAP_QUERY_OP_AND_MAYBE, parts, 2, 0, out, err);
}
