/* vocabulary.c - the words of the index that one word of the query stands for
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "common/schema.h"

void
meant_init(struct meant *m)
{
    *m = (struct meant){.n = 0};
    buf_init(&m->bytes, (size_t)1 << 24);
}

void
meant_release(struct meant *m)
{
    buf_release(&m->bytes);
    free(m->word);
    *m = (struct meant){.n = 0};
}

static bool
add(struct meant *m, const char *term, size_t len, unsigned edits, xap_doccount articles,
    const char *language, struct err *err)
{
    if (m->n == m->room) {
        const size_t room = m->room ? 2 * m->room : 16;
        struct meant_word *more = realloc(m->word, room * sizeof *more);
        if (!more)
            return err_nomem(err);
        m->word = more;
        m->room = room;
    }
    m->word[m->n++] = (struct meant_word){m->bytes.len, len, edits, articles, language};
    buf_add(&m->bytes, term, len);
    return buf_ok(&m->bytes, "the words that are meant", err);
}

static bool
too_many(const struct vocabulary_test *test, struct err *err)
{
    struct buf text;
    buf_init(&text, 2 * QUERY_BYTES_MAX);
    query_print_node(test->node, &text);
    err_set(err, ERR_ARG, "%s stands for more than %zu words of the index (limit: expansions)",
            text.failed ? "a word" : text.data, test->max);
    buf_release(&text);
    return false;
}

/* Looks at the word that the iterator stands on. */
static bool
look(struct planner *p, struct xap_term_iterator *it, const char *term, size_t len,
     size_t prefix_len, const struct vocabulary_test *test, struct meant *out, struct err *err)
{
    struct xap_error error;
    bool wanted = false;
    unsigned edits = 0;
    xap_doccount articles = 0;
    if (++p->n_visited > VISITS_MAX)
        return err_set(err, ERR_ARG,
                       "the query looks at more than %d words of the index (limit: vocabulary)",
                       VISITS_MAX);
    if (!test->each(test->arg, term + prefix_len, len - prefix_len, &wanted, &edits, err))
        return false;
    if (!wanted)
        return true;
    if (test->max > 0 && out->n == test->max)
        return too_many(test, err);
    if (xap_term_iterator_get_termfreq(it, &articles, &error) != XAP_OK)
        return plan_failed(&error, err);
    return add(out, term, len, edits, articles, test->language, err);
}

/* Terms of other kinds begin with capitals: Z behind no prefix, and longer prefixes. */
static bool
is_other(const char *term, size_t len, size_t prefix_len)
{
    return len <= prefix_len || (term[prefix_len] >= 'A' && term[prefix_len] <= 'Z');
}

bool
vocabulary_find(struct planner *p, const char *field, const char *start, size_t start_len,
                const struct vocabulary_test *test, struct meant *out, struct err *err)
{
    const size_t prefix_len = strlen(field);
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    struct buf from;
    bool ok = true;
    buf_init(&from, 4 * SCHEMA_TERM_MAX);
    buf_str(&from, field);
    buf_add(&from, start, start_len);
    if (!buf_ok(&from, "a term", err))
        return false;
    enum xap_code code = xap_database_allterms_begin(p->db, from.data, from.len, &it, &error);
    while (ok && code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code != XAP_OK)
            break;
        if (is_other(term, len, prefix_len)) {
            buf_truncate(&from, prefix_len);
            buf_ch(&from, len <= prefix_len ? ' ' : '[');
            code = xap_term_iterator_skip_to(it, from.data, from.len, &error);
            continue;
        }
        ok = look(p, it, term, len, prefix_len, test, out, err);
        if (ok)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    buf_release(&from);
    return ok && (code == XAP_OK || plan_failed(&error, err));
}

bool
vocabulary_add(struct planner *p, const char *field, const char *word, size_t len,
               struct meant *out, struct err *err)
{
    struct buf term;
    struct xap_error error;
    xap_doccount articles = 0;
    buf_init(&term, 2 * SCHEMA_TERM_MAX);
    schema_term(&term, field, word, len);
    bool ok = buf_ok(&term, "a term", err);
    if (ok && xap_database_get_termfreq(p->db, term.data, term.len, &articles, &error) != XAP_OK)
        ok = plan_failed(&error, err);
    if (ok && articles > 0)
        ok = add(out, term.data, term.len, 0, articles, NULL, err);
    buf_release(&term);
    return ok;
}

static bool
take_all(void *arg, const char *word, size_t len, bool *wanted, unsigned *edits, struct err *err)
{
    (void)arg;
    (void)word;
    (void)len;
    (void)err;
    *wanted = true;
    *edits = 0;
    return true;
}

bool
vocabulary_begin(struct planner *p, const struct query_node *node, const char *start, size_t len,
                 struct meant *out, struct err *err)
{
    const struct vocabulary_test test = {.each = take_all, .node = node, .max = EXPANSIONS_MAX};
    return vocabulary_find(p, plan_prefix_of(node), start, len, &test, out, err);
}

double
meant_articles(const struct meant *m)
{
    double articles = 0;
    for (size_t i = 0; i < m->n; i++)
        articles += m->word[i].articles;
    return articles;
}

bool
meant_query(const struct meant *m, unsigned edits, struct xap_query **out, struct err *err)
{
    struct xap_query **parts = plan_new_parts(m->n, err);
    struct xap_error error;
    size_t n = 0;
    bool ok = parts != NULL;
    for (size_t i = 0; ok && i < m->n; i++)
        if (m->word[i].edits <= edits)
            ok = xap_query_new_term(m->bytes.data + m->word[i].at, m->word[i].len, 1, 0,
                                    &parts[n++], &error) == XAP_OK ||
                 plan_failed(&error, err);
    return plan_finish(XAP_QUERY_OP_SYNONYM, parts, n, 0, ok, out, err);
}

bool
meant_places(const struct meant *m, struct places **out, struct err *err)
{
    bool ok = places_new(out, PLACES_WORD, 0, err);
    for (size_t i = 0; ok && i < m->n; i++)
        ok = places_add_word(*out, m->bytes.data + m->word[i].at, m->word[i].len, m->word[i].language, err);
    if (!ok) {
        places_free(*out);
        *out = NULL;
    }
    return ok;
}
