/* near.c - what stands near what: the words of a part of the query, with their places
 *
 * Such a part becomes the articles that have all its words, as for AND, among which its places are
 * looked at.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include "searcher/plan/vocabulary.h"
#include "searcher/positions/places.h"

static bool build(struct planner *p, const struct query_node *node, struct places **out,
                  struct err *err);

/* ---- leaves ---- */

/* One word of the index. */
static bool
exact_places(struct planner *p, const char *field, const struct cut *cut, size_t i,
             struct places **out, struct err *err)
{
    struct meant meant;
    meant_init(&meant);
    const bool ok = vocabulary_add(p, field, cut->bytes.data + cut->word[i].at, cut->word[i].len,
                                   &meant, err) &&
                    meant_places(&meant, out, err);
    meant_release(&meant);
    return ok;
}

/* All words that begin like the word i. */
static bool
beginning_places(struct planner *p, const struct query_node *node, const struct cut *cut, size_t i,
                 struct places **out, struct err *err)
{
    struct meant meant;
    meant_init(&meant);
    const bool ok = vocabulary_begin(p, node, cut->bytes.data + cut->word[i].at, cut->word[i].len,
                                     &meant, err) &&
                    meant_places(&meant, out, err);
    meant_release(&meant);
    return ok;
}

static bool
form_places(struct planner *p, const struct query_node *node, struct places **out, struct err *err)
{
    struct meant meant;
    meant_init(&meant);
    bool ok = node->kind == QUERY_PATTERN ? pattern_find(p, node, &meant, err)
              : node->kind == QUERY_FUZZY ? similar_find(p, node, &meant, err)
                                          : stems_find(p, node, &meant, err);
    ok = ok && meant_places(&meant, out, err);
    meant_release(&meant);
    return ok;
}

/* The words of a cut, one after the other; of a beginning, the last is continued. */
static bool
phrase_places(struct planner *p, const struct query_node *node, const struct cut *cut,
              struct places **out, struct err *err)
{
    const bool moved = node->kind == QUERY_PHRASE && node->number > 0;
    struct places *phrase;
    if (!places_new(&phrase, moved ? PLACES_MOVED : PLACES_PHRASE,
                    (unsigned)(moved ? node->number : cut->n), err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < cut->n; i++) {
        const bool last = i + 1 == cut->n;
        const bool open =
            last && (node->kind == QUERY_PREFIX ? cut->word[i].kind == WORD_SPACED
                                                : cut->n == 1 && cut->word[i].kind == WORD_HAN);
        struct places *word = NULL;
        if (cut_said_before(cut, i))
            continue;
        ok = open ? beginning_places(p, node, cut, i, &word, err)
                  : exact_places(p, plan_prefix_of(node), cut, i, &word, err);
        ok = ok && places_add(phrase, word, (unsigned)i, err);
    }
    if (ok) {
        *out = phrase;
        return true;
    }
    places_free(phrase);
    return false;
}

static bool
leaf_places(struct planner *p, const struct query_node *node, struct places **out, struct err *err)
{
    struct cut *cut = p->cut;
    if (forms_has(p, node))
        return form_places(p, node, out, err);
    bool ok = cut_words(p, node->text, node->len, cut, err);
    const bool stems = ok && node->kind == QUERY_WORD && !node->exact && cut->n == 1 &&
                       cut->word[0].kind == WORD_SPACED && plan_has_stems(node);
    if (ok && cut->n > 0 && !stems)
        ok = phrase_places(p, node, cut, out, err);
    buf_release(&cut->bytes);
    return ok && (!stems || form_places(p, node, out, err));
}

/* ---- operators ---- */

static enum places_how
how_of(const struct query_node *node)
{
    static const enum places_how near[] = {[QUERY_NEAR_WORDS] = PLACES_NEAR,
                                           [QUERY_NEAR_ORDERED] = PLACES_ORDERED,
                                           [QUERY_NEAR_SENTENCE] = PLACES_SENTENCE,
                                           [QUERY_NEAR_PARAGRAPH] = PLACES_PARAGRAPH};
    if (node->kind == QUERY_NEAR)
        return near[node->near];
    return node->kind == QUERY_FIRST     ? PLACES_FIRST
           : node->kind == QUERY_ATLEAST ? PLACES_ATLEAST
                                         : PLACES_ANY;
}

/* All sides that are words at all. What is left of NEAR with one side is that side. */
static bool
operator_places(struct planner *p, const struct query_node *node, struct places **out,
                struct err *err)
{
    struct places *whole, *side = NULL;
    size_t n = 0;
    if (!places_new(&whole, how_of(node), node->number, err))
        return false;
    bool ok = true;
    for (const struct query_node *c = node->first; ok && c; c = c->next) {
        side = NULL;
        ok = build(p, c, &side, err);
        if (!ok || !side) {
            if (ok && node->negated && n == 0)
                break;
            continue;
        }
        ok = places_add(whole, side, 0, err);
        n++;
    }
    if (!ok || n == 0) {
        places_free(whole);
        return ok;
    }
    if (node->negated && n == 2)
        places_negate(whole);
    *out = whole;
    return true;
}

/* *out stays NULL where there is no word in it. */
static bool
build(struct planner *p, const struct query_node *node, struct places **out, struct err *err)
{
    return node->first ? operator_places(p, node, out, err) : leaf_places(p, node, out, err);
}

/* The articles that have the words, wherever they are. */
static bool
plan_candidates(struct planner *p, const struct query_node *node, struct xap_query **out,
                struct err *err)
{
    if (!node->negated)
        return plan_operator(p, node, XAP_QUERY_OP_AND, out, err);
    struct xap_query *unwanted = NULL; /* planned for its limits and notes */
    const bool ok =
        plan_node(p, node->first, out, err) && plan_excluded(p, node->first->next, &unwanted, err);
    xap_query_free(unwanted);
    return ok;
}

bool
plan_near(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct xap_query *candidates = NULL;
    struct places *places = NULL;
    const bool outermost = !p->placing;
    p->placing = true;
    bool ok = plan_candidates(p, node, &candidates, err);
    if (!outermost) {
        *out = candidates;
        return ok;
    }
    p->placing = false;
    ok = ok && build(p, node, &places, err);
    if (ok && places)
        return places_query(places, candidates, p->db, p->plan->places, out, err);
    xap_query_free(candidates);
    return ok;
}

bool
plan_moved(struct planner *p, const struct query_node *node, const struct cut *cut,
           struct xap_query **out, struct err *err)
{
    struct xap_query **parts = plan_new_parts(cut->n, err), *words = NULL;
    struct places *places = NULL;
    bool ok = parts != NULL;
    for (size_t i = 0; ok && i < cut->n; i++)
        ok = cut_said_before(cut, i) ||
             plan_exact(p, plan_prefix_of(node), node->text, cut, i, &parts[i], err);
    ok = plan_finish(XAP_QUERY_OP_AND, parts, cut->n, 0, ok, &words, err);
    if (!ok || p->placing) {
        *out = words;
        return ok;
    }
    if (phrase_places(p, node, cut, &places, err))
        return places_query(places, words, p->db, p->plan->places, out, err);
    xap_query_free(words);
    return false;
}
