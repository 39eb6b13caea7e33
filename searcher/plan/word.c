/* word.c - words and phrases
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/schema.h"
#include "searcher/plan/suggest.h"

/* Lists a word for the refining of ranks (searcher/rank). */
static bool
list_word(struct planner *p, const char *raw, size_t raw_len, const struct word *word, const char *stem, struct err *err)
{
    struct plan *plan = p->plan;
    struct plan_word *more = realloc(plan->word, (plan->n_words + 1) * sizeof *more);
    if (!more)
        return err_nomem(err);
    plan->word = more;
    struct plan_word *w = &plan->word[plan->n_words];
    *w = (struct plan_word){.len = word->term_len, .raw = raw, .raw_len = raw_len, .boost = p->boost};
    w->term = strdup(word->term);
    w->stem = strdup(stem);
    plan->n_words++; /* plan_release() frees what there is */
    return (w->term && w->stem) || err_nomem(err);
}

/* Arabic is written in more ways than its stemmer knows: a last yeh without its dots is another letter to it. */
static bool
has_other_spellings(const struct word *word)
{
    return word->term_len > 1 && (unsigned char)word->term[0] >= 0xd8 && (unsigned char)word->term[0] <= 0xdb;
}

bool
plan_stem(struct planner *p, const char *field, const char *raw, size_t raw_len, struct xap_query **out, struct err *err)
{
    struct xap_query *parts[LANGUAGES_MAX + 1] = {NULL};
    char seen[LANGUAGES_MAX][WORD_MAX + 1];
    char prefix[32];
    size_t n = 0;
    bool ok = true;
    double articles = 0, most = 0;
    snprintf(prefix, sizeof prefix, SCHEMA_STEM "%s", field);
    *out = NULL;
    for (size_t l = 0; ok && l < p->n_languages; l++) {
        struct word word;
        bool known = false;
        ok = cut_first_word(p, p->languages[l], raw, raw_len, &word, err);
        if (!ok || word.stem_len == 0)
            continue;
        for (size_t i = 0; i < n && !known; i++)
            known = strcmp(seen[i], word.stem) == 0;
        if (known)
            continue;
        memcpy(seen[n], word.stem, word.stem_len + 1);
        ok = plan_term(prefix, word.stem, word.stem_len, &parts[n++], err) &&
             plan_frequency(p, prefix, word.stem, word.stem_len, &articles, err);
        most = articles > most ? articles : most;
    }
    struct word word;
    ok = ok && cut_first_word(p, NULL, raw, raw_len, &word, err);
    if (ok && word.term_len > 0)
        ok = plan_remember(p, MATCH_STEM, raw, raw_len, word.term, word.term_len, most, err) &&
             (p->excluding || field[0] != '\0' || n == 0 || list_word(p, raw, raw_len, &word, seen[0], err));
    if (ok && has_other_spellings(&word))
        ok = plan_term(field, word.term, word.term_len, &parts[n++], err);
    if (!ok)
        return plan_drop(parts, n);
    if (field[0] == '\0' && n > 0)
        suggest_miss(p, raw, raw_len, most);
    return plan_combine(XAP_QUERY_OP_SYNONYM, parts, n, 0, out, err);
}

/* A word or pair of the cut, exactly. */
bool
plan_exact(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, struct xap_query **out,
            struct err *err)
{
    const struct cut_word *c = &cut->word[i];
    const char *term = cut->bytes.data + c->at;
    double articles;
    return plan_term(field, term, c->len, out, err) && plan_frequency(p, field, term, c->len, &articles, err) &&
           plan_remember(p, MATCH_EXACT, text + c->from, c->to - c->from, term, c->len, articles, err);
}

/* The first n words of the cut, exactly; NULL for what is said before. parts are the caller's to free, also after a failure. */
bool
plan_exact_words(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t n,
            struct xap_query **parts, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = cut_said_before(cut, i) ? i + 1 == cut->n || plan_remember(p, MATCH_ANY, "", 0, "", 0, p->articles, err)
                                    : plan_exact(p, field, text, cut, i, &parts[i], err);
    return ok;
}

/* The words of the cut, exactly, one after the other. Where the last character of several is left out, the pairs on both sides
 * leave no room for anything but it. */
bool
plan_exact_phrase(struct planner *p, const char *field, const char *text, const struct cut *cut, struct xap_query **out,
             struct err *err)
{
    if (cut->n == 1 && cut->word[0].kind == WORD_HAN)
        return plan_character(p, field, text, cut, 0, out, err);
    const size_t window = cut->n - (cut->n > 0 && cut_said_before(cut, cut->n - 1));
    struct xap_query **parts = plan_new_parts(cut->n, err);
    matcher_begin_phrase(p->matcher);
    const bool ok = parts && plan_exact_words(p, field, text, cut, cut->n, parts, err);
    matcher_end_phrase(p->matcher);
    return plan_finish(XAP_QUERY_OP_PHRASE, parts, cut->n, (unsigned)window, ok, out, err);
}

/* Words that touch: alternatives, like words with blanks between them. */
static bool
alternatives_query(struct planner *p, const char *field, const char *text, const struct cut *cut,
                   struct xap_query **out, struct err *err)
{
    struct xap_query **parts = plan_new_parts(cut->n, err);
    size_t n = 0;
    bool ok = parts != NULL;
    for (size_t i = 0, next; ok && i < cut->n; i = next) {
        const struct cut_word *c = &cut->word[i];
        for (next = i; cut->word[next].pair && next + 1 < cut->n;)
            next++;
        next++;
        ok = c->kind == WORD_SPACED ? plan_stem(p, field, text + c->from, c->to - c->from, &parts[n++], err)
                                    : plan_characters(p, field, text, cut, i, next, &parts[n++], err);
    }
    return plan_finish(XAP_QUERY_OP_OR, parts, n, 0, ok, out, err);
}

/* The prefix of a node's field; "" for the whole article. */
const char *
plan_prefix_of(const struct query_node *node)
{
    return node->field ? node->field->prefix : "";
}

/* Fields of names have exact words only. */
bool
plan_has_stems(const struct query_node *node)
{
    return !node->field || node->field->how == SCHEMA_TEXT;
}

/* The body has no terms of its own: a word of it is looked for in all parts, which is said. */
bool
plan_note_widened(struct planner *p, const struct query_node *node, struct err *err)
{
    if (!node->field || node->field->prefix[0] != '\0')
        return true;
    return query_note(p->query, "field-widened", node->from, node->to, err,
                      "%s: is not told apart from the other parts of an article: looked for in all of them",
                      node->field->name);
}

/* Several words between blanks, and nothing that says they must stand so. */
static bool
is_compound(const struct planner *p, const struct query_node *node, const struct cut *cut)
{
    bool spaced = cut->n > 1 && !p->excluding && !p->requiring && !p->placing && !node->exact && !(p->without & PART_COMPOUND) &&
                  plan_has_stems(node);
    for (size_t i = 0; spaced && i < cut->n; i++)
        spaced = cut->word[i].kind == WORD_SPACED;
    return spaced;
}

bool
plan_word(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct cut *cut = p->cut;
    bool ok = cut_node(p, node, cut, err);
    /* what must not be there is the whole of it */
    const bool whole = p->excluding && cut->n > 1 && cut->word[0].kind != WORD_SPACED;
    if (ok && cut->n == 1 && cut->word[0].kind == WORD_SPACED && plan_has_stems(node) && !node->exact)
        ok = plan_stem(p, plan_prefix_of(node), node->text, node->len, out, err);
    else if (ok && cut->n > 0 && (!cut->apart || cut->unspaced) && !whole && plan_has_stems(node) &&
             !node->exact)
        ok = alternatives_query(p, plan_prefix_of(node), node->text, cut, out, err);
    else if (ok && is_compound(p, node, cut))
        ok = plan_compound(p, plan_prefix_of(node), node->text, cut, out, err);
    else if (ok)
        ok = plan_exact_phrase(p, plan_prefix_of(node), node->text, cut, out, err);
    buf_release(&cut->bytes);
    return ok;
}

bool
plan_phrase(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct cut *cut = p->cut;
    bool ok = cut_node(p, node, cut, err);
    if (ok && node->kind == QUERY_PHRASE && node->number > 0 && cut->n > 1)
        ok = plan_moved(p, node, cut, out, err);
    else
        ok = ok && plan_exact_phrase(p, plan_prefix_of(node), node->text, cut, out, err);
    buf_release(&cut->bytes);
    return ok;
}
