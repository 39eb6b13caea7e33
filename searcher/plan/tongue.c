/* tongue.c - in which language is the query, and in which are the articles?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/schema.h"
#include "searcher/plan/stopwords.h"

/* Words of the query that are looked at. */
#define WORDS_MAX 64

/* A language of the index that has closed-class words. */
struct tongue {
    const char *name; /* as stopwords.h lists it */
    double articles;
    unsigned hits;
};

struct tongues {
    struct tongue tongue[LANGUAGES_MAX];
    size_t n;
};

static bool
add_tongue(struct planner *p, struct tongues *t, const char *tag, const char *term, size_t len, struct err *err)
{
    struct xap_error error;
    xap_doccount articles = 0;
    const char *name = stopwords_find(tag);
    if (!name || t->n == LANGUAGES_MAX)
        return true;
    if (xap_database_get_termfreq(p->db, term, len, &articles, &error) != XAP_OK)
        return plan_failed(&error, err);
    t->tongue[t->n++] = (struct tongue){name, articles, 0};
    return true;
}

/* Adds a language whose stems the index holds; that of the most articles comes first. */
static bool
language_of_index(struct planner *p, const char *tag, const char *term, size_t len, double *most, struct err *err)
{
    xap_doccount articles = 0;
    struct xap_error error;
    if (xap_database_get_termfreq(p->db, term, len, &articles, &error) != XAP_OK)
        return plan_failed(&error, err);
    if (p->n_languages == LANGUAGES_MAX - 1 || strlen(tag) >= sizeof p->languages[0])
        return true;
    memcpy(p->languages[p->n_languages], tag, strlen(tag) + 1);
    if (articles > *most) {
        memcpy(p->languages[p->n_languages], p->languages[0], sizeof p->languages[0]);
        memcpy(p->languages[0], tag, strlen(tag) + 1);
        *most = articles;
    }
    p->n_languages++;
    return true;
}

/* The languages of the index: those whose stems it holds, "" where it has articles without a stemmer; and those that have
 * closed-class words. */
static bool
list_languages(struct planner *p, struct tongues *t, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    bool plain = false, ok = true;
    double most = 0;
    enum xap_code code = xap_database_allterms_begin(p->db, SCHEMA_LANGUAGE, strlen(SCHEMA_LANGUAGE), &it, &error);
    while (ok && code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code != XAP_OK)
            break;
        const char *tag = term + strlen(SCHEMA_LANGUAGE);
        if (!words_has_stemmer(tag))
            plain = true;
        else
            ok = language_of_index(p, tag, term, len, &most, err);
        ok = ok && add_tongue(p, t, tag, term, len, err);
        code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    if (plain || p->n_languages == 0)
        p->languages[p->n_languages++][0] = '\0';
    return ok && (code == XAP_OK || plan_failed(&error, err));
}

/* Counts the closed-class words of each language in one leaf; *n are the words that were looked at.
 */
static bool
count_in_leaf(struct planner *p, const struct query_node *node, struct tongues *t, unsigned *n,
              struct err *err)
{
    struct word word;
    struct err why = {.code = ERR_NONE};
    if (!words_start(p->words, node->text, node->len, err))
        return false;
    for (; *n < WORDS_MAX && words_next(p->words, &word, &why); ++*n)
        for (size_t i = 0; i < t->n; i++)
            t->tongue[i].hits += stopwords_has(t->tongue[i].name, word.term, word.term_len);
    if (why.code != ERR_NONE && err)
        *err = why;
    return why.code == ERR_NONE;
}

/* The same in a part of the query: names of fields, dates and values are in no language. */
static bool
count_hits(struct planner *p, const struct query_node *node, struct tongues *t, unsigned *n,
           struct err *err)
{
    if (!node || node->kind == QUERY_DATE || node->kind == QUERY_LENGTH ||
        node->kind == QUERY_VALUE || node->stray)
        return true;
    if (!node->first)
        return count_in_leaf(p, node, t, n, err);
    for (const struct query_node *c = node->first; c; c = c->next)
        if (!count_hits(p, c, t, n, err))
            return false;
    return true;
}

/* A language of a tenth as many articles must have one closed-class word more. */
static const char *
most_likely(const struct tongues *t, double articles)
{
    const char *best = "en";
    double most = -HUGE_VAL;
    for (size_t i = 0; i < t->n; i++) {
        const double likely = t->tongue[i].hits + log10((t->tongue[i].articles + 1) / (articles + 1));
        if (likely > most) {
            most = likely;
            best = t->tongue[i].name;
        }
    }
    return best;
}

bool
plan_tongues(struct planner *p, const char *given, struct err *err)
{
    struct tongues t = {.n = 0};
    unsigned n = 0;
    if (given) {
        const char *name = stopwords_find(given);
        snprintf(p->languages[0], sizeof p->languages[0], "%.*s", (int)strcspn(given, "-_"), given);
        p->n_languages = 1;
        p->stop_language = name ? name : "und";
        return true;
    }
    if (!list_languages(p, &t, err))
        return false;
    if (t.n > 1 &&
        (!words_language(p->words, NULL, err) || !count_hits(p, p->query->root, &t, &n, err)))
        return false;
    p->stop_language = most_likely(&t, p->articles);
    return true;
}
