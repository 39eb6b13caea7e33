/* cost.c - what it may cost to look at the places of words, estimated before it is done
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/cost.h"

#include "common/schema.h"
#include "searcher/positions/places.h"

/* Steps to find the places of a word in an article, and to read one of them. Measured: 30,000
 * articles with "the" and "of" are looked at in a twentieth of a second. */
#define FINDING 300
#define READING 10

/* In how many articles the word i is, and how often in one of them. */
static bool
count_word(const struct planner *p, const char *field, const struct cut *cut, size_t i,
           double *articles, double *places, struct err *err)
{
    struct buf term;
    struct xap_error error;
    xap_doccount n = 0;
    xap_termcount all = 0;
    buf_init(&term, 2 * SCHEMA_TERM_MAX);
    schema_term(&term, field, cut->bytes.data + cut->word[i].at, cut->word[i].len);
    bool ok = buf_ok(&term, "a term", err);
    if (ok &&
        (xap_database_get_termfreq(p->db, term.data, term.len, &n, &error) != XAP_OK ||
         xap_database_get_collection_freq(p->db, term.data, term.len, &all, &error) != XAP_OK))
        ok = plan_failed(&error, err);
    buf_release(&term);
    *articles = n;
    *places = n > 0 ? (double)all / n : 0;
    return ok;
}

bool
cost_phrase(struct planner *p, const char *field, const struct cut *cut, size_t i, size_t end,
            const struct cost_words *next, struct err *err)
{
    double articles = p->articles, steps = next ? FINDING : 0;
    size_t words = next ? 1 : 0;
    for (; i < end; i++) {
        double having = 0, places = 0;
        if (cut_said_before(cut, i))
            continue;
        if (!count_word(p, field, cut, i, &having, &places, err))
            return false;
        articles = having < articles ? having : articles;
        steps += FINDING + READING * places;
        words++;
    }
    if (next)
        articles = articles * (double)next->n < next->articles ? articles * (double)next->n
                                                               : next->articles;
    p->phrase_words += words;
    if (p->phrase_words <= COST_FREE_WORDS)
        return true;
    if (words > 2) /* in most articles two of the words say that the phrase is not there */
        steps *= (2 + (double)(words - 2) / 8) / (double)words;
    p->plan->places->planned += articles * steps;
    return p->plan->places->planned <= PLACES_WORK_MAX || places_too_many(err);
}

/* Will the words be asked for side by side, and not as alternatives? (word.c) */
static bool
is_phrase(const struct planner *p, const struct query_node *node, const struct cut *cut)
{
    if (cut->n < 2 || node->kind == QUERY_PHRASE)
        return cut->n > 1 && node->number == 0;
    return node->exact || !plan_has_stems(node) || (p->excluding && cut->unspaced) ||
           (cut->apart && !cut->unspaced);
}

bool
cost_leaf(struct planner *p, const struct query_node *node, struct err *err)
{
    struct cut *cut = p->cut;
    bool ok = cut_words(p, node->text, node->len, cut, err);
    if (ok && is_phrase(p, node, cut))
        ok = cost_phrase(p, plan_prefix_of(node), cut, 0, cut->n, NULL, err);
    buf_release(&cut->bytes);
    return ok;
}
