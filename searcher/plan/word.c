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

/* A stem of more articles is not looked at in each: it is filtered by language. */
#define COUNTED_MAX 5000

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

/* The different stems that a word has in the languages of the index. */
struct word_stems {
    char stem[LANGUAGES_MAX][WORD_MAX + 1];
    size_t len[LANGUAGES_MAX];
    bool anywhere[LANGUAGES_MAX];          /* in articles of any language */
    size_t of[LANGUAGES_MAX];              /* of each language its stem, or LANGUAGES_MAX */
    size_t n;
};

static bool
find_stems(struct planner *p, const char *raw, size_t raw_len, struct word_stems *s, struct err *err)
{
    s->n = 0;
    for (size_t l = 0; l < p->n_languages; l++) {
        struct word word;
        size_t i = 0;
        s->of[l] = LANGUAGES_MAX;
        if (!cut_first_word(p, p->languages[l], raw, raw_len, &word, err))
            return false;
        if (word.stem_len == 0)
            continue;
        while (i < s->n && (s->len[i] != word.stem_len || memcmp(s->stem[i], word.stem, word.stem_len) != 0))
            i++;
        if (i == s->n) {
            memcpy(s->stem[i], word.stem, word.stem_len + 1);
            s->len[i] = word.stem_len;
            s->anywhere[i] = false;
            s->n++;
        }
        s->of[l] = i;
        s->anywhere[i] = s->anywhere[i] || l == 0 || p->languages[l][0] == '\0';
    }
    return true;
}

/* Has an article, from *it on, the other term too? Moves both on. */
static enum xap_code
meet(struct xap_posting_iterator *a, struct xap_posting_iterator *b, double *both, struct xap_error *error)
{
    enum xap_code code = XAP_OK;
    while (code == XAP_OK && !xap_posting_iterator_at_end(a) && !xap_posting_iterator_at_end(b)) {
        xap_docid x = 0, y = 0;
        code = xap_posting_iterator_get(a, &x, error);
        code = code == XAP_OK ? xap_posting_iterator_get(b, &y, error) : code;
        *both += code == XAP_OK && x == y;
        if (code == XAP_OK && x >= y)
            code = xap_posting_iterator_skip_to(b, x + (x == y), error);
        if (code == XAP_OK && x < y)
            code = xap_posting_iterator_skip_to(a, y, error);
        else if (code == XAP_OK && x == y)
            code = xap_posting_iterator_next(a, error);
    }
    return code;
}

/* Of the articles with the stem i, how many are in a language that it is a stem of? */
static bool
count_own(const struct planner *p, const char *prefix, const struct word_stems *s, size_t i, double *own, struct err *err)
{
    struct xap_error error;
    struct buf stem, language;
    enum xap_code code = XAP_OK;
    buf_init(&stem, 2 * SCHEMA_TERM_MAX);
    buf_init(&language, SCHEMA_TERM_MAX);
    schema_term(&stem, prefix, s->stem[i], s->len[i]);
    *own = 0;
    for (size_t l = 0; code == XAP_OK && !stem.failed && l < p->n_languages; l++) {
        struct xap_posting_iterator *a = NULL, *b = NULL;
        if (s->of[l] != i)
            continue;
        buf_clear(&language);
        schema_term(&language, SCHEMA_LANGUAGE, p->languages[l], strlen(p->languages[l]));
        code = xap_database_postlist_begin(p->db, stem.data, stem.len, &a, &error);
        if (code == XAP_OK)
            code = xap_database_postlist_begin(p->db, language.data, language.len, &b, &error);
        if (code == XAP_OK)
            code = meet(a, b, own, &error);
        xap_posting_iterator_free(a);
        xap_posting_iterator_free(b);
    }
    const bool ok = buf_ok(&stem, "a term", err) && buf_ok(&language, "a term", err);
    buf_release(&stem);
    buf_release(&language);
    return ok && (code == XAP_OK || plan_failed(&error, err));
}

/* Is the stem i of few languages worth anything in the others? German takes Biden for a form of "bid". *alone: only its own have it;
 * *none: they have it not. That of the language most articles are in, and the word as it is, are looked for in all of them, which is
 * quicker, and finds articles whose language was taken for another. */
static bool
judge(const struct planner *p, const char *prefix, const struct word_stems *s, size_t i, double articles, bool *alone, bool *none,
      struct err *err)
{
    double own = articles;
    *alone = s->anywhere[i];
    *none = false;
    if (s->anywhere[i] || articles > COUNTED_MAX)
        return true;
    if (articles > 0 && !count_own(p, prefix, s, i, &own, err))
        return false;
    *none = own == 0;
    *alone = own >= articles;
    return true;
}

/* The stem i in articles of its languages. */
static bool
query_in_languages(const struct planner *p, const char *prefix, const struct word_stems *s, size_t i, struct xap_query **out,
                   struct err *err)
{
    struct xap_query *languages[LANGUAGES_MAX] = {NULL}, *any = NULL;
    bool ok = plan_term(prefix, s->stem[i], s->len[i], out, err);
    for (size_t l = 0; ok && l < p->n_languages; l++)
        if (s->of[l] == i)
            ok = plan_term(SCHEMA_LANGUAGE, p->languages[l], strlen(p->languages[l]), &languages[l], err);
    if (!ok)
        plan_drop(languages, LANGUAGES_MAX);
    if (ok && plan_combine(XAP_QUERY_OP_OR, languages, LANGUAGES_MAX, 0, &any, err))
        return plan_join(XAP_QUERY_OP_FILTER, out, &any, err);
    xap_query_free(*out);
    *out = NULL;
    return false;
}

/* One query for all stems, and for the word as it is where these miss articles that have it: stems are made with the accents that an
 * article has, and a query may lack (sequia, of which no stem is that of sequía). Xapian guesses how frequent a filtered term is, and for rare ones guesses none: those are weighed by themselves,
 * not as one synonym with the others. */
static bool
stems_query(struct planner *p, const char *field, const struct word *word, const struct word_stems *s, double *most,
            struct xap_query **out, struct err *err)
{
    struct xap_query *parts[LANGUAGES_MAX + 1] = {NULL}, *apart[LANGUAGES_MAX + 1] = {NULL};
    double sum = 0, exact = 0;
    char prefix[32];
    bool ok = true;
    snprintf(prefix, sizeof prefix, SCHEMA_STEM "%s", field);
    for (size_t i = 0; ok && i < s->n; i++) {
        double articles = 0;
        bool alone, none;
        ok = plan_frequency(p, prefix, s->stem[i], s->len[i], &articles, err) &&
             judge(p, prefix, s, i, articles, &alone, &none, err);
        if (ok && !none) {
            ok = alone ? plan_term(prefix, s->stem[i], s->len[i], &parts[i + 1], err)
                       : query_in_languages(p, prefix, s, i, &apart[i + 1], err);
            *most = articles > *most ? articles : *most;
            sum += articles;
        }
    }
    ok = ok && plan_frequency(p, field, word->term, word->term_len, &exact, err);
    if (ok && word->term_len > 0 && (exact > sum || has_other_spellings(word)))
        ok = plan_term(field, word->term, word->term_len, &parts[0], err);
    if (!ok) {
        plan_drop(apart, LANGUAGES_MAX + 1);
        return plan_drop(parts, LANGUAGES_MAX + 1);
    }
    if (plan_combine(XAP_QUERY_OP_SYNONYM, parts, LANGUAGES_MAX + 1, 0, &apart[0], err))
        return plan_combine(XAP_QUERY_OP_MAX, apart, LANGUAGES_MAX + 1, 0, out, err);
    return plan_drop(apart, LANGUAGES_MAX + 1);
}

bool
plan_stem(struct planner *p, const char *field, const char *raw, size_t raw_len, struct xap_query **out, struct err *err)
{
    struct word_stems s;
    struct word word;
    double most = 0;
    *out = NULL;
    if (!find_stems(p, raw, raw_len, &s, err) || !cut_first_word(p, NULL, raw, raw_len, &word, err) ||
        !stems_query(p, field, &word, &s, &most, out, err))
        return false;
    bool ok = true;
    if (word.term_len > 0)
        ok = plan_remember(p, MATCH_STEM, raw, raw_len, word.term, word.term_len, most, err) &&
             (p->excluding || field[0] != '\0' || s.n == 0 || list_word(p, raw, raw_len, &word, s.stem[0], err));
    if (!ok) {
        xap_query_free(*out);
        *out = NULL;
    } else if (field[0] == '\0' && s.n > 0) {
        suggest_miss(p, raw, raw_len, most);
    }
    return ok;
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
