/* like.c - articles like one: a query of its most telling words
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/like.h"

#include <stdlib.h>
#include <string.h>

#include "common/schema.h"
#include "searcher/plan/stopwords.h"
#include "searcher/rank/bm25.h"

#define LETTERS_MIN 3 /* of a stem; shorter ones are seldom what an article is about */

struct telling {
    char term[SCHEMA_TERM_MAX + 1]; /* with its prefix */
    size_t len;
    double weight; /* what it gives the article itself */
};

struct like {
    struct planner *p;
    double length, mean_length;
    struct telling *word; /* owned; the heaviest first; LIKE_STEMS and one more */
    size_t n;
};

/* Is it a stem that stands anywhere in the article, and long enough? */
static bool
is_telling(const struct like *l, const char *term, size_t len)
{
    size_t letters = 0;
    if (len < 2 || term[0] != SCHEMA_STEM[0] || (term[1] >= 'A' && term[1] <= 'Z')) /* a field's */
        return false;
    for (size_t i = 1; i < len; i++)
        letters += ((unsigned char)term[i] & 0xc0) != 0x80;
    const bool ascii = letters == len - 1;
    return (letters >= LETTERS_MIN || !ascii) && !stopwords_has(l->p->stop_language, term + 1, len - 1);
}

/* Keeps it among the heaviest. */
static void
keep(struct like *l, const struct telling *word)
{
    size_t i = l->n;
    while (i > 0 && l->word[i - 1].weight < word->weight) {
        l->word[i] = l->word[i - 1];
        i--;
    }
    l->word[i] = *word;
    if (l->n < LIKE_STEMS)
        l->n++;
}

static bool
take(struct like *l, const char *term, size_t len, double tf, struct err *err)
{
    struct telling word = {.len = len};
    struct xap_error error;
    xap_doccount articles = 0;
    if (!is_telling(l, term, len))
        return true;
    if (xap_database_get_termfreq(l->p->db, term, len, &articles, &error) != XAP_OK)
        return plan_failed(&error, err);
    if (articles < 2) /* nobody else has it */
        return true;
    memcpy(word.term, term, len);
    word.weight = bm25_idf(articles, l->p->articles) * bm25_saturation(tf, l->length, l->mean_length);
    if (word.weight > 0)
        keep(l, &word);
    return true;
}

static bool
take_all(struct like *l, xap_docid docid, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    bool ok = true;
    enum xap_code code = xap_database_termlist_begin(l->p->db, docid, &it, &error);
    if (code == XAP_OK && !xap_term_iterator_at_end(it))
        code = xap_term_iterator_skip_to(it, SCHEMA_STEM, strlen(SCHEMA_STEM), &error);
    while (ok && code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        xap_termcount wdf = 0;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code == XAP_OK)
            code = xap_term_iterator_get_wdf(it, &wdf, &error);
        ok = code != XAP_OK || take(l, term, len, wdf, err);
        if (ok && code == XAP_OK)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    return ok && (code == XAP_OK || plan_failed(&error, err));
}

/* The words as alternatives, each as heavy as it is in the article, listed as parts. */
static bool
words_query(struct like *l, struct xap_query **out, struct err *err)
{
    struct xap_query **parts = plan_new_parts(l->n, err);
    bool ok = parts != NULL;
    for (size_t i = 0; ok && i < l->n; i++) {
        const struct telling *word = &l->word[i];
        ok = plan_term("", word->term, word->len, &parts[i], err) &&
             plan_scale(word->weight / l->word[0].weight, &parts[i], err) &&
             plan_list(l->p, word->term + strlen(SCHEMA_STEM), parts[i], err);
    }
    return plan_finish(XAP_QUERY_OP_OR, parts, l->n, 0, ok, out, err);
}

/* The article and its copies: those that share the number of its text. */
static bool
copies_query(const struct like *l, xap_docid docid, struct xap_query **out, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    struct xap_query **parts = plan_new_parts(SCHEMA_SAMES + 1, err);
    static const char *const prefix[] = {SCHEMA_UID, SCHEMA_SAME};
    size_t n = 0;
    bool ok = parts != NULL;
    for (size_t i = 0; ok && i < sizeof prefix / sizeof *prefix; i++) {
        enum xap_code code = xap_database_termlist_begin(l->p->db, docid, &it, &error);
        if (code == XAP_OK && !xap_term_iterator_at_end(it))
            code = xap_term_iterator_skip_to(it, prefix[i], strlen(prefix[i]), &error);
        while (ok && code == XAP_OK && n <= SCHEMA_SAMES && !xap_term_iterator_at_end(it)) {
            const char *term;
            size_t len;
            code = xap_term_iterator_get(it, &term, &len, &error);
            if (code != XAP_OK || len < strlen(prefix[i]) || memcmp(term, prefix[i], strlen(prefix[i])) != 0)
                break;
            ok = plan_term("", term, len, &parts[n++], err);
            if (ok)
                code = xap_term_iterator_next(it, &error);
        }
        xap_term_iterator_free(it);
        it = NULL;
        ok = ok && (code == XAP_OK || plan_failed(&error, err));
    }
    return plan_finish(XAP_QUERY_OP_OR, parts, n, 0, ok, out, err);
}

/* The article's language. */
static const char *
tongue_of(const struct planner *p, xap_docid docid)
{
    struct xap_term_iterator *it = NULL;
    const char *tongue = NULL, *term;
    size_t len;
    if (xap_database_termlist_begin(p->db, docid, &it, NULL) == XAP_OK && !xap_term_iterator_at_end(it) &&
        xap_term_iterator_skip_to(it, SCHEMA_LANGUAGE, strlen(SCHEMA_LANGUAGE), NULL) == XAP_OK &&
        !xap_term_iterator_at_end(it) && xap_term_iterator_get(it, &term, &len, NULL) == XAP_OK &&
        strncmp(term, SCHEMA_LANGUAGE, strlen(SCHEMA_LANGUAGE)) == 0)
        tongue = stopwords_find(term + strlen(SCHEMA_LANGUAGE));
    xap_term_iterator_free(it);
    return tongue ? tongue : p->stop_language;
}

bool
like_make(struct planner *p, xap_docid docid, struct xap_query **query, struct err *err)
{
    struct like l = {.p = p};
    struct xap_query *words = NULL, *copies = NULL;
    struct xap_error error;
    xap_termcount length = 0;
    plan_forget_parts(p->plan); /* a filter gives no weight */
    if (xap_database_get_average_length(p->db, &l.mean_length, &error) != XAP_OK ||
        xap_database_get_doclength(p->db, docid, &length, &error) != XAP_OK)
        return plan_failed(&error, err);
    l.length = length;
    p->stop_language = tongue_of(p, docid);
    l.word = malloc((LIKE_STEMS + 1) * sizeof *l.word);
    bool ok = (l.word || err_nomem(err)) && take_all(&l, docid, err) && words_query(&l, &words, err) &&
              copies_query(&l, docid, &copies, err);
    free(l.word);
    if (ok && words)
        ok = plan_join(XAP_QUERY_OP_AND_NOT, &words, &copies, err) &&
             (!*query || plan_join(XAP_QUERY_OP_FILTER, &words, query, err));
    else if (ok) { /* nobody else has any of its words */
        xap_query_free(copies);
        copies = NULL;
    }
    if (ok) {
        xap_query_free(*query);
        *query = words;
        return true;
    }
    xap_query_free(words);
    xap_query_free(copies);
    return false;
}
