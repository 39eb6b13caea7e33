/* plan.c - from a query as it was read to one that Xapian runs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/plan.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/date.h"
#include "common/err-xapian.h"
#include "common/schema.h"
#include "searcher/query/stopwords.h"

/* Languages of one index whose stems a word is looked for in. */
#define LANGUAGES_MAX 64
/* Words and single characters that one run of letters may be cut into: as many as a query has room for. */
#define CUT_MAX (QUERY_BYTES_MAX / 2)
/* What a pair of characters counts beside a word of the dictionary. Measured: doc/words.md. */
#define PAIR_WEIGHT 0.5
/* Words of the index that begin* may stand for: more cost seconds (doc/query-language.md). */
#define EXPANSIONS_MAX 1000
/* Single characters of Han and kana that are looked for wherever they stand; further ones as words and at the end of others. */
#define CHARACTERS_MAX 8

struct planner {
    const struct xap_database *db;
    struct words *words;
    struct query *query;
    struct matcher *matcher;
    struct plan *plan; /* where parts are listed */
    char languages[LANGUAGES_MAX][16]; /* "" is: words as they are */
    size_t n_languages;
    const char *stop_language; /* whose closed-class words are dropped */
    double articles;
    size_t n_words; /* that were planned */
    size_t n_characters; /* of CHARACTERS_MAX */
    bool excluding; /* inside what must not be there */
    const struct schema_entry *field; /* of the word that is planned; NULL: any */
    struct cut *cut; /* of the leaf that is planned */
};

static bool
xapian_failed(const struct xap_error *error, struct err *err)
{
    return err_xapian(err, error, "the query");
}

/* Takes over all of them; NULL ones are left out. *out is NULL where none is left. */
static bool
combine(enum xap_query_op op, struct xap_query **parts, size_t n, unsigned window, struct xap_query **out,
        struct err *err)
{
    struct xap_error error;
    size_t kept = 0;
    bool ok = true;
    *out = NULL;
    for (size_t i = 0; i < n; i++)
        if (parts[i])
            parts[kept++] = parts[i];
    if (kept == 1) {
        *out = parts[0];
        return true;
    }
    if (kept > 1)
        ok = xap_query_new_combine(op, parts, kept, window, out, &error) == XAP_OK ||
             xapian_failed(&error, err);
    for (size_t i = 0; i < kept; i++)
        xap_query_free(parts[i]);
    return ok;
}

/* Frees all parts, for a function that failed. */
static bool
drop(struct xap_query **parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        xap_query_free(parts[i]);
    return false;
}

/* Room for n parts, all NULL: on the heap, for planning goes deep. The caller hands it to finish(). */
static struct xap_query **
new_parts(size_t n, struct err *err)
{
    struct xap_query **parts = calloc(n + 1, sizeof *parts);
    if (!parts)
        err_nomem(err);
    return parts;
}

/* combine(), or drop() where something failed before; the room is freed. */
static bool
finish(enum xap_query_op op, struct xap_query **parts, size_t n, unsigned window, bool ok, struct xap_query **out, struct err *err)
{
    ok = ok ? combine(op, parts, n, window, out, err) : parts ? drop(parts, n) : false;
    free(parts);
    return ok;
}

static bool
term_query(const char *prefix, const char *text, size_t len, struct xap_query **out, struct err *err)
{
    struct buf term;
    struct xap_error error;
    buf_init(&term, 2 * SCHEMA_TERM_MAX);
    schema_term(&term, prefix, text, len);
    bool ok = buf_ok(&term, "a term", err);
    if (ok && xap_query_new_term(term.data, term.len, 1, 0, out, &error) != XAP_OK)
        ok = xapian_failed(&error, err);
    buf_release(&term);
    return ok;
}

/* In how many articles is the term? */
static bool
frequency(const struct planner *p, const char *prefix, const char *text, size_t len, double *out, struct err *err)
{
    struct buf term;
    struct xap_error error;
    xap_doccount n = 0;
    buf_init(&term, 2 * SCHEMA_TERM_MAX);
    schema_term(&term, prefix, text, len);
    bool ok = buf_ok(&term, "a term", err);
    if (ok && xap_database_get_termfreq(p->db, term.data, term.len, &n, &error) != XAP_OK)
        ok = xapian_failed(&error, err);
    buf_release(&term);
    *out = n;
    return ok;
}

/* How rare a word is, for choosing snippets: BM25's idf, never below 0. */
static double
rarity(const struct planner *p, double n)
{
    n = n < p->articles ? n : p->articles; /* words that begin so may be more than there are articles */
    return log(1 + (p->articles - n + 0.5) / (n + 0.5));
}

/* Keeps a word for the snippets. */
static bool
remember(struct planner *p, enum matcher_how how, const char *raw, size_t raw_len, const char *term, size_t term_len,
         double articles, struct err *err)
{
    return p->excluding || matcher_add(p->matcher, p->field, how, raw, raw_len, term, term_len, rarity(p, articles), err);
}

/* ---- words ---- */

/* One word or character of a cut. */
struct cut_word {
    size_t at, len;           /* the term in the bytes of the cut */
    size_t stem_at, stem_len; /* of a word that is cut into characters */
    size_t from, to;          /* in the text */
    enum word_kind kind;
    bool begins_word;
    bool pair; /* the term is of this character and the next one */
};

struct cut {
    struct buf bytes; /* the forms, one after the other */
    struct cut_word word[CUT_MAX];
    size_t n;
    size_t n_words; /* characters of one word are one */
    bool apart;     /* something stands between the words: a hyphen, a blank */
    bool unspaced;  /* there are words of a script without blanks: what is typed in one go may be a sentence */
};

static bool
too_many_words(struct err *err)
{
    return err_set(err, ERR_ARG, "the query has more than %d words", QUERY_WORDS_MAX);
}

static bool
cut_words(struct planner *p, const char *text, size_t len, struct cut *cut, struct err *err)
{
    struct word word;
    struct err why = {.code = ERR_NONE};
    cut->n = cut->n_words = 0;
    cut->apart = cut->unspaced = false;
    buf_init(&cut->bytes, (size_t)1 << 20);
    if (!words_language(p->words, NULL, err) || !words_start(p->words, text, len, err))
        return false;
    while (words_next(p->words, &word, &why)) {
        if (cut->n == CUT_MAX)
            return too_many_words(err);
        struct cut_word *c = &cut->word[cut->n];
        *c = (struct cut_word){.at = cut->bytes.len, .len = word.term_len, .stem_at = cut->bytes.len + word.term_len,
                               .stem_len = word.stem_len, .from = word.from, .to = word.to, .kind = word.kind,
                               .begins_word = word.begins_word, .pair = word.reach > word.to};
        cut->apart = cut->apart || (cut->n > 0 && word.from > c[-1].to);
        cut->unspaced = cut->unspaced || word.kind == WORD_HAN || word.kind == WORD_CLUSTER;
        buf_add(&cut->bytes, word.term, word.term_len);
        buf_add(&cut->bytes, word.stem, word.stem_len);
        cut->n++;
        cut->n_words += word.begins_word;
    }
    if (why.code != ERR_NONE) {
        if (err)
            *err = why;
        return false;
    }
    return buf_ok(&cut->bytes, "the query", err);
}

/* Is it the last character of several? The pair before it says all of it. */
static bool
is_said_before(const struct cut *cut, size_t i)
{
    return i > 0 && cut->word[i - 1].pair && !cut->word[i].pair;
}

/* The words of a leaf, counted: read.c sees runs of letters, which may be cut into many. */
static bool
cut_node(struct planner *p, const struct query_node *node, struct cut *cut, struct err *err)
{
    if (!cut_words(p, node->text, node->len, cut, err))
        return false;
    p->n_words += cut->n_words;
    return p->n_words <= QUERY_WORDS_MAX || too_many_words(err);
}

/* The first word of a text, in the forms it has in a language; its lengths are 0 where there is none. */
static bool
first_word(struct planner *p, const char *language, const char *text, size_t len, struct word *word, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    *word = (struct word){.term_len = 0};
    if (!words_language(p->words, language, err) || !words_start(p->words, text, len, err))
        return false;
    if (!words_next(p->words, word, &why))
        *word = (struct word){.term_len = 0};
    if (why.code != ERR_NONE && err)
        *err = why;
    return why.code == ERR_NONE;
}

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
    *w = (struct plan_word){.len = word->term_len, .raw = raw, .raw_len = raw_len};
    w->term = strdup(word->term);
    w->stem = strdup(stem);
    plan->n_words++; /* plan_release() frees what there is */
    return (w->term && w->stem) || err_nomem(err);
}

/* The stems of a word in all languages, as one synonym. */
static bool
stem_query(struct planner *p, const char *field, const char *raw, size_t raw_len, struct xap_query **out, struct err *err)
{
    struct xap_query *parts[LANGUAGES_MAX] = {NULL};
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
        ok = first_word(p, p->languages[l], raw, raw_len, &word, err);
        if (!ok || word.stem_len == 0)
            continue;
        for (size_t i = 0; i < n && !known; i++)
            known = strcmp(seen[i], word.stem) == 0;
        if (known)
            continue;
        memcpy(seen[n], word.stem, word.stem_len + 1);
        ok = term_query(prefix, word.stem, word.stem_len, &parts[n++], err) &&
             frequency(p, prefix, word.stem, word.stem_len, &articles, err);
        most = articles > most ? articles : most;
    }
    struct word word;
    ok = ok && first_word(p, NULL, raw, raw_len, &word, err);
    if (ok && word.term_len > 0)
        ok = remember(p, MATCH_STEM, raw, raw_len, word.term, word.term_len, most, err) &&
             (p->excluding || field[0] != '\0' || n == 0 || list_word(p, raw, raw_len, &word, seen[0], err));
    if (!ok)
        return drop(parts, n);
    return combine(XAP_QUERY_OP_SYNONYM, parts, n, 0, out, err);
}

/* A word or pair of the cut, exactly. */
static bool
exact_query(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, struct xap_query **out,
            struct err *err)
{
    const struct cut_word *c = &cut->word[i];
    const char *term = cut->bytes.data + c->at;
    double articles;
    return term_query(field, term, c->len, out, err) && frequency(p, field, term, c->len, &articles, err) &&
           remember(p, MATCH_EXACT, text + c->from, c->to - c->from, term, c->len, articles, err);
}

/* The first n words of the cut, exactly; NULL for what is said before. parts are the caller's to free, also after a failure. */
static bool
exact_words(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t n,
            struct xap_query **parts, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = is_said_before(cut, i) ? i + 1 == cut->n || remember(p, MATCH_ANY, "", 0, "", 0, p->articles, err)
                                    : exact_query(p, field, text, cut, i, &parts[i], err);
    return ok;
}

/* Takes a query over and gives it another weight; NULL stays so. */
static bool
scale(double factor, struct xap_query **query, struct err *err)
{
    struct xap_query *part = *query;
    struct xap_error error;
    *query = NULL;
    if (!part)
        return true;
    const bool ok = xap_query_new_scale_weight(factor, part, query, &error) == XAP_OK || xapian_failed(&error, err);
    xap_query_free(part);
    return ok;
}

/* The stem of the character i: it alone, where it is a word, or where a Korean word begins. */
static bool
first_query(const char *field, const struct cut *cut, size_t i, struct xap_query **out, struct err *err)
{
    char prefix[32];
    snprintf(prefix, sizeof prefix, SCHEMA_STEM "%s", field);
    return term_query(prefix, cut->bytes.data + cut->word[i].stem_at, cut->word[i].stem_len, out, err);
}

/* A single character: Han and kana wherever they stand, Hangul at the beginning of words, others as words. */
static bool
character_query(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, struct xap_query **out,
                struct err *err)
{
    const struct cut_word *c = &cut->word[i];
    const char *term = cut->bytes.data + c->at;
    struct xap_error error;
    struct buf start;
    if (c->kind != WORD_HAN || ++p->n_characters > CHARACTERS_MAX)
        return (c->stem_len == 0 || first_query(field, cut, i, out, err)) &&
               remember(p, MATCH_STEM, text + c->from, c->to - c->from, term, c->len, p->articles / 2, err);
    buf_init(&start, 2 * SCHEMA_TERM_MAX);
    schema_term(&start, field, term, c->len);
    bool ok = buf_ok(&start, "a term", err) &&
              remember(p, MATCH_PREFIX, text + c->from, c->to - c->from, term, c->len, p->articles / 2, err);
    if (ok && xap_query_new_wildcard(start.data, start.len, EXPANSIONS_MAX, XAP_QUERY_WILDCARD_LIMIT_MOST_FREQUENT,
                                     XAP_QUERY_OP_SYNONYM, out, &error) != XAP_OK)
        ok = xapian_failed(&error, err);
    buf_release(&start);
    return ok;
}

/* The words of the cut, exactly, one after the other. Where the last character of several is left out, the pairs on both sides
 * leave no room for anything but it. */
static bool
phrase_query(struct planner *p, const char *field, const char *text, const struct cut *cut, struct xap_query **out,
             struct err *err)
{
    if (cut->n == 1 && cut->word[0].kind == WORD_HAN)
        return character_query(p, field, text, cut, 0, out, err);
    const size_t window = cut->n - (cut->n > 0 && is_said_before(cut, cut->n - 1));
    struct xap_query **parts = new_parts(cut->n, err);
    matcher_begin_phrase(p->matcher);
    const bool ok = parts && exact_words(p, field, text, cut, cut->n, parts, err);
    matcher_end_phrase(p->matcher);
    return finish(XAP_QUERY_OP_PHRASE, parts, cut->n, (unsigned)window, ok, out, err);
}

/* The pairs of the characters [i, end), side by side; all together weigh what one does. *out is NULL where there are none. */
static bool
whole_word_query(const char *field, const struct cut *cut, size_t i, size_t end, struct xap_query **out, struct err *err)
{
    struct xap_query **parts = new_parts(end - i, err);
    size_t n = 0;
    bool ok = parts != NULL;
    for (; ok && i + 1 < end; i++)
        ok = term_query(field, cut->bytes.data + cut->word[i].at, cut->word[i].len, &parts[n++], err);
    return finish(XAP_QUERY_OP_PHRASE, parts, n, (unsigned)n, ok, out, err) && (n == 0 || scale(1.0 / (double)n, out, err));
}

/* The pairs of the characters [i, end), as alternatives. */
static bool
pairs_query(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, size_t end,
            struct xap_query **out, struct err *err)
{
    struct xap_query **parts = new_parts(end - i, err);
    size_t n = 0;
    bool ok = parts != NULL;
    for (; ok && i + 1 < end; i++)
        ok = exact_query(p, field, text, cut, i, &parts[n++], err);
    return finish(XAP_QUERY_OP_OR, parts, n, 0, ok, out, err);
}

/* The words of the dictionary among the characters [i, end), each wherever its characters stand so, as alternatives. */
static bool
dictionary_query(const char *field, const struct cut *cut, size_t i, size_t end, struct xap_query **out, struct err *err)
{
    struct xap_query **parts = new_parts(2 * (end - i), err);
    size_t n = 0;
    bool ok = parts != NULL;
    while (ok && i < end) {
        size_t next = i + 1;
        while (next < end && !cut->word[next].begins_word)
            next++;
        if (cut->word[i].stem_len > 0)
            ok = first_query(field, cut, i, &parts[n++], err);
        ok = ok && whole_word_query(field, cut, i, next, &parts[n++], err);
        i = next;
    }
    return finish(XAP_QUERY_OP_OR, parts, n, 0, ok, out, err);
}

/* Characters [i, end) of one kind that touch. What is found is what has a word of the dictionary, or a pair of Hangul; pairs that
 * go across words, and the first syllable of Korean words, add to the weight. */
static bool
characters_query(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, size_t end,
                 struct xap_query **out, struct err *err)
{
    struct xap_query *parts[2] = {NULL};
    if (end - i == 1)
        return character_query(p, field, text, cut, i, out, err);
    const bool hangul = cut->word[i].kind == WORD_HANGUL;
    bool ok = pairs_query(p, field, text, cut, i, end, &parts[hangul ? 0 : 1], err);
    if (ok && hangul)
        ok = cut->word[i].stem_len == 0 || first_query(field, cut, i, &parts[1], err);
    else if (ok)
        ok = scale(PAIR_WEIGHT, &parts[1], err) && dictionary_query(field, cut, i, end, &parts[0], err);
    if (!ok)
        return drop(parts, 2);
    return combine(XAP_QUERY_OP_AND_MAYBE, parts, 2, 0, out, err);
}

/* Words that touch: alternatives, like words with blanks between them. */
static bool
alternatives_query(struct planner *p, const char *field, const char *text, const struct cut *cut,
                   struct xap_query **out, struct err *err)
{
    struct xap_query **parts = new_parts(cut->n, err);
    size_t n = 0;
    bool ok = parts != NULL;
    for (size_t i = 0, next; ok && i < cut->n; i = next) {
        const struct cut_word *c = &cut->word[i];
        for (next = i; cut->word[next].pair && next + 1 < cut->n;)
            next++;
        next++;
        ok = c->kind == WORD_SPACED ? stem_query(p, field, text + c->from, c->to - c->from, &parts[n++], err)
                                    : characters_query(p, field, text, cut, i, next, &parts[n++], err);
    }
    return finish(XAP_QUERY_OP_OR, parts, n, 0, ok, out, err);
}

/* The prefix of a node's field; "" for the whole article. */
static const char *
prefix_of(const struct query_node *node)
{
    return node->field ? node->field->prefix : "";
}

/* Fields of names have exact words only. */
static bool
has_stems(const struct query_node *node)
{
    return !node->field || node->field->how == SCHEMA_TEXT;
}

/* The body has no terms of its own: a word of it is looked for in all parts, which is said. */
static bool
note_widened(struct planner *p, const struct query_node *node, struct err *err)
{
    if (!node->field || node->field->prefix[0] != '\0')
        return true;
    return query_note(p->query, "field-widened", node->from, node->to, err,
                      "%s: is not told apart from the other parts of an article: looked for in all of them",
                      node->field->name);
}

static bool
plan_word(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct cut *cut = p->cut;
    bool ok = cut_node(p, node, cut, err);
    /* what must not be there is the whole of it */
    const bool whole = p->excluding && cut->n > 1 && cut->word[0].kind != WORD_SPACED;
    if (ok && cut->n == 1 && cut->word[0].kind == WORD_SPACED && has_stems(node))
        ok = stem_query(p, prefix_of(node), node->text, node->len, out, err);
    else if (ok && cut->n > 0 && (!cut->apart || cut->unspaced) && !whole && has_stems(node))
        ok = alternatives_query(p, prefix_of(node), node->text, cut, out, err);
    else if (ok)
        ok = phrase_query(p, prefix_of(node), node->text, cut, out, err);
    buf_release(&cut->bytes);
    return ok;
}

static bool
plan_phrase(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct cut *cut = p->cut;
    bool ok = cut_node(p, node, cut, err);
    ok = ok && phrase_query(p, prefix_of(node), node->text, cut, out, err);
    buf_release(&cut->bytes);
    return ok;
}

/* How many words of the index begin so? Counts no further than max + 1. */
static bool
count_expansions(const struct planner *p, const char *start, size_t len, size_t max, size_t *n, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    enum xap_code code = xap_database_allterms_begin(p->db, start, len, &it, &error);
    for (*n = 0; code == XAP_OK && *n <= max && !xap_term_iterator_at_end(it); ++*n)
        code = xap_term_iterator_next(it, &error);
    xap_term_iterator_free(it);
    return code == XAP_OK || xapian_failed(&error, err);
}

/* The words of parts (the last of which is NULL), one after the other, before each word of the index that begins so: Xapian
 * has phrases of single words only. */
static bool
continue_phrase(struct planner *p, const struct buf *start, struct xap_query **parts, size_t n, struct xap_query **out,
                struct err *err)
{
    struct xap_query **phrases = calloc(EXPANSIONS_MAX + 1, sizeof *phrases);
    struct xap_term_iterator *it = NULL;
    struct xap_error error = {.code = XAP_OK};
    size_t found = 0;
    if (!phrases)
        return err_nomem(err);
    enum xap_code code = xap_database_allterms_begin(p->db, start->data, start->len, &it, &error);
    while (code == XAP_OK && found <= EXPANSIONS_MAX && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code == XAP_OK)
            code = xap_query_new_term(term, len, 1, 0, &parts[n - 1], &error);
        if (code == XAP_OK)
            code = xap_query_new_combine(XAP_QUERY_OP_PHRASE, parts, n, (unsigned)n, &phrases[found++], &error);
        xap_query_free(parts[n - 1]);
        parts[n - 1] = NULL;
        if (code == XAP_OK)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    bool ok = code == XAP_OK || xapian_failed(&error, err);
    ok = ok ? combine(XAP_QUERY_OP_OR, phrases, found, 0, out, err) : drop(phrases, found);
    free(phrases);
    return ok;
}

/* Of several words (COVID-1*) the last one is the beginning; the others stand before it. */
static bool
beginning_query(struct planner *p, const struct query_node *node, const struct cut *cut, struct xap_query **out,
                struct err *err)
{
    struct xap_query **parts = new_parts(cut->n, err);
    struct buf start;
    struct xap_error error;
    const size_t last = cut->n - 1;
    const char *term = cut->bytes.data + cut->word[last].at;
    const size_t len = cut->word[last].len;
    size_t n = 0;
    buf_init(&start, 2 * SCHEMA_TERM_MAX);
    schema_term(&start, prefix_of(node), term, len);
    bool ok = parts && buf_ok(&start, "a term", err) && count_expansions(p, start.data, start.len, EXPANSIONS_MAX, &n, err);
    if (ok && n > EXPANSIONS_MAX)
        ok = err_set(err, ERR_ARG, "%.*s* stands for more than %d words of the index (limit: expansions)",
                     (int)node->len, node->text, EXPANSIONS_MAX);
    ok = ok && exact_words(p, prefix_of(node), node->text, cut, last, parts, err);
    if (ok && last > 0)
        ok = continue_phrase(p, &start, parts, cut->n, out, err);
    else if (ok && xap_query_new_wildcard(start.data, start.len, EXPANSIONS_MAX, XAP_QUERY_WILDCARD_LIMIT_FIRST,
                                          XAP_QUERY_OP_SYNONYM, out, &error) != XAP_OK)
        ok = xapian_failed(&error, err);
    if (parts)
        drop(parts, last);
    free(parts);
    buf_release(&start);
    return ok && remember(p, MATCH_PREFIX, node->text, node->len, term, len, (double)n, err);
}

static bool
plan_prefix(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct cut *cut = p->cut;
    bool ok = cut_node(p, node, cut, err);
    matcher_begin_phrase(p->matcher);
    if (ok && cut->n > 0 && cut->word[cut->n - 1].kind == WORD_SPACED)
        ok = beginning_query(p, node, cut, out, err);
    matcher_end_phrase(p->matcher);
    if (ok && cut->n == 1 && cut->word[0].kind != WORD_SPACED && has_stems(node))
        ok = character_query(p, prefix_of(node), node->text, cut, 0, out, err);
    else if (ok && cut->n > 0 && cut->word[cut->n - 1].kind != WORD_SPACED) /* found wherever more characters follow */
        ok = phrase_query(p, prefix_of(node), node->text, cut, out, err);
    buf_release(&cut->bytes);
    return ok;
}

/* ---- filters ---- */

static bool
date_query(const char *since, const char *until, struct xap_query **out, struct err *err)
{
    char low[SCHEMA_TIME_BYTES], high[SCHEMA_TIME_BYTES];
    int64_t from = 0, to = 0;
    struct xap_error error;
    const bool has_low = since && date_range(since, &from, NULL), has_high = until && date_range(until, NULL, &to);
    schema_time(SCHEMA_SLOT_PUBLISHED, from, low);
    schema_time(SCHEMA_SLOT_PUBLISHED, to - 1, high);
    enum xap_code code;
    if (has_high) /* articles without a date have no value, and are not "until" anything */
        code = xap_query_new_value_range(SCHEMA_SLOT_PUBLISHED, has_low ? low : "\0", has_low ? sizeof low : 1, high,
                                         sizeof high, out, &error);
    else
        code = xap_query_new_value_ge(SCHEMA_SLOT_PUBLISHED, low, sizeof low, out, &error);
    return code == XAP_OK || xapian_failed(&error, err);
}

/* Articles are told apart by the primary subtag, in lower case. */
static bool
language_query(const char *tag, size_t len, struct xap_query **out, struct err *err)
{
    char primary[16];
    size_t n = 0;
    while (n < len && n < sizeof primary && tag[n] != '-' && tag[n] != '_') {
        primary[n] = (char)tolower((unsigned char)tag[n]);
        n++;
    }
    return term_query(SCHEMA_LANGUAGE, primary, n, out, err);
}

static bool
plan_value(const struct query_node *node, struct xap_query **out, struct err *err)
{
    if (node->field == &query_language_field)
        return language_query(node->text, node->len, out, err);
    return term_query(node->field->prefix, node->text, node->len, out, err);
}

/* ---- combinations ---- */

static bool plan_node(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);

/* What must not be in an article is not marked in it. */
static bool
plan_excluded(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    const bool before = p->excluding;
    p->excluding = true;
    const bool ok = plan_node(p, node, out, err);
    p->excluding = before;
    return ok;
}

/* *stop: it is one closed-class word that nothing is asked of. */
static bool
find_stop(struct planner *p, const struct query_node *node, bool *stop, struct err *err)
{
    struct cut *cut = p->cut;
    *stop = false;
    if (node->kind != QUERY_WORD || node->field || node->occur != QUERY_SHOULD)
        return true;
    const bool ok = cut_words(p, node->text, node->len, cut, err);
    *stop = ok && cut->n == 1 && stopwords_has(p->stop_language, cut->bytes.data, cut->word[0].len);
    buf_release(&cut->bytes);
    return ok;
}

enum bin { BIN_SHOULD, BIN_MUST, BIN_NOT, BIN_FILTER, BINS };

static enum bin
bin_of(const struct query_node *child)
{
    if (child->occur == QUERY_MUST_NOT)
        return BIN_NOT;
    if (child->filter)
        return BIN_FILTER;
    return child->occur == QUERY_MUST ? BIN_MUST : BIN_SHOULD;
}

/* Plans the children of one bin and joins them. */
static bool
plan_bin(struct planner *p, const struct query_node *group, enum bin bin, bool drop_stops, struct xap_query **out,
         struct err *err)
{
    struct xap_query **parts = calloc(group->n_children + 1, sizeof *parts);
    size_t n = 0;
    bool ok = parts != NULL || err_nomem(err);
    *out = NULL;
    for (const struct query_node *child = group->first; ok && child; child = child->next) {
        bool stop = false;
        if (bin_of(child) != bin)
            continue;
        if (bin == BIN_SHOULD && drop_stops)
            ok = find_stop(p, child, &stop, err);
        if (!ok || stop)
            continue;
        ok = bin == BIN_NOT ? plan_excluded(p, child, &parts[n++], err) : plan_node(p, child, &parts[n++], err);
    }
    if (ok)
        ok = combine(bin == BIN_MUST || bin == BIN_FILTER ? XAP_QUERY_OP_AND : XAP_QUERY_OP_OR, parts, n, 0, out, err);
    else
        for (size_t i = 0; parts && i < n; i++)
            xap_query_free(parts[i]);
    free(parts);
    return ok;
}

/* Joins two that may be NULL into the left one; both are taken over. */
static bool
join(enum xap_query_op op, struct xap_query **left, struct xap_query **right, struct err *err)
{
    struct xap_query *parts[2] = {*left, *right};
    *left = *right = NULL;
    return combine(op, parts, 2, 0, left, err);
}

static bool
plan_group(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct xap_query *bins[BINS] = {NULL};
    struct xap_error error;
    bool ok = true, others = false, stop = false;
    for (const struct query_node *child = node->first; ok && child && !others; child = child->next) {
        ok = find_stop(p, child, &stop, err);
        others = bin_of(child) == BIN_SHOULD && !stop;
    }
    for (int b = 0; ok && b < BINS; b++)
        ok = plan_bin(p, node, (enum bin)b, others, &bins[b], err);
    if (ok)
        ok = join(XAP_QUERY_OP_AND_MAYBE, &bins[BIN_MUST], &bins[BIN_SHOULD], err);
    if (ok && !bins[BIN_MUST] && (bins[BIN_NOT] || bins[BIN_FILTER]))
        ok = xap_query_new_match_all(&bins[BIN_MUST], &error) == XAP_OK || xapian_failed(&error, err);
    ok = ok && join(XAP_QUERY_OP_FILTER, &bins[BIN_MUST], &bins[BIN_FILTER], err);
    ok = ok && join(XAP_QUERY_OP_AND_NOT, &bins[BIN_MUST], &bins[BIN_NOT], err);
    if (ok)
        *out = bins[BIN_MUST];
    else
        for (int b = 0; b < BINS; b++)
            xap_query_free(bins[b]);
    return ok;
}

static bool
plan_operator(struct planner *p, const struct query_node *node, enum xap_query_op op, struct xap_query **out,
              struct err *err)
{
    struct xap_query **parts = calloc(node->n_children + 1, sizeof *parts);
    bool ok = parts != NULL || err_nomem(err);
    size_t n = 0;
    for (const struct query_node *child = node->first; ok && child; child = child->next)
        ok = plan_node(p, child, &parts[n++], err);
    if (ok)
        ok = combine(op, parts, n, 0, out, err);
    else
        for (size_t i = 0; parts && i < n; i++)
            xap_query_free(parts[i]);
    free(parts);
    return ok;
}

/* left AND NOT right; all of left where right is nothing. */
static bool
plan_not(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    struct xap_query *left = NULL, *right = NULL;
    bool ok = plan_node(p, node->first, &left, err) && plan_excluded(p, node->first->next, &right, err);
    if (ok && left) {
        ok = join(XAP_QUERY_OP_AND_NOT, &left, &right, err);
        *out = left;
        return ok;
    }
    xap_query_free(left);
    xap_query_free(right);
    return ok;
}

/* Lists a part that gives weight, for --explain. */
static bool
list_part(struct planner *p, const struct query_node *node, const struct xap_query *query, struct err *err)
{
    struct plan *plan = p->plan;
    struct xap_error error;
    if (p->excluding || !query)
        return true;
    struct plan_part *more = realloc(plan->part, (plan->n_parts + 1) * sizeof *more);
    if (!more)
        return err_nomem(err);
    plan->part = more;
    struct plan_part *part = &plan->part[plan->n_parts];
    struct buf text;
    buf_init(&text, 2 * QUERY_BYTES_MAX);
    struct query_node bare = *node; /* without its sign */
    bare.occur = QUERY_SHOULD;
    query_print_node(&bare, &text);
    part->text = buf_take(&text);
    if (!part->text)
        return err_nomem(err);
    /* a copy: the same query, weighed as it is */
    if (xap_query_new_scale_weight(1, query, &part->query, &error) != XAP_OK) {
        free(part->text);
        return xapian_failed(&error, err);
    }
    plan->n_parts++;
    return true;
}

static bool
plan_node(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err)
{
    *out = NULL;
    p->field = node->field && node->field->prefix[0] != '\0' ? node->field : NULL;
    switch (node->kind) {
    case QUERY_WORD:
        return note_widened(p, node, err) && plan_word(p, node, out, err) && list_part(p, node, *out, err);
    case QUERY_PHRASE:
        return note_widened(p, node, err) && plan_phrase(p, node, out, err) && list_part(p, node, *out, err);
    case QUERY_PREFIX:
        return note_widened(p, node, err) && plan_prefix(p, node, out, err) && list_part(p, node, *out, err);
    case QUERY_DATE:
        return date_query(node->since, node->until, out, err);
    case QUERY_VALUE:
        return plan_value(node, out, err);
    case QUERY_GROUP:
        return plan_group(p, node, out, err);
    case QUERY_AND:
        return plan_operator(p, node, XAP_QUERY_OP_AND, out, err);
    case QUERY_OR:
        return plan_operator(p, node, XAP_QUERY_OP_OR, out, err);
    case QUERY_NOT:
        return plan_not(p, node, out, err);
    }
    return err_set(err, ERR_BUG, "%s:%d: a node of kind %d", __FILE__, __LINE__, (int)node->kind);
}

/* ---- the whole ---- */

/* The languages whose stems the index holds; "" where it has articles without a stemmer. */
static bool
list_languages(struct planner *p, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    bool plain = false;
    enum xap_code code = xap_database_allterms_begin(p->db, SCHEMA_LANGUAGE, strlen(SCHEMA_LANGUAGE), &it, &error);
    while (code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code != XAP_OK)
            break;
        const char *tag = term + strlen(SCHEMA_LANGUAGE);
        if (!words_has_stemmer(tag))
            plain = true;
        else if (p->n_languages < LANGUAGES_MAX - 1 && strlen(tag) < sizeof p->languages[0])
            memcpy(p->languages[p->n_languages++], tag, strlen(tag) + 1);
        code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    if (plain || p->n_languages == 0)
        p->languages[p->n_languages++][0] = '\0';
    return code == XAP_OK || xapian_failed(&error, err);
}

/* Lets through only what the filter says; an empty query stays one. */
static bool
add_filter(struct xap_query **query, const struct plan_filter *filter, struct err *err)
{
    struct xap_query *part = NULL;
    bool ok = true;
    if (*query && (filter->since || filter->until))
        ok = date_query(filter->since, filter->until, &part, err) && join(XAP_QUERY_OP_FILTER, query, &part, err);
    if (ok && *query && filter->language)
        ok = language_query(filter->language, strlen(filter->language), &part, err) &&
             join(XAP_QUERY_OP_FILTER, query, &part, err);
    return ok;
}

/* Which words stand side by side in the query? */
static void
link_words(struct plan *plan, const struct query *q)
{
    for (size_t i = 0; i + 1 < plan->n_words; i++) {
        struct plan_word *w = &plan->word[i];
        const char *end = w->raw + w->raw_len, *next = plan->word[i + 1].raw;
        w->followed = w->raw >= q->text && end <= next && next < q->text + q->len;
        for (; w->followed && end < next; end++)
            w->followed = isspace((unsigned char)*end) != 0;
    }
}

bool
plan_make(struct plan *out, struct query *q, const char *language, const struct plan_filter *filter,
          const struct xap_database *db, struct words *words, struct err *err)
{
    struct planner p = {.db = db, .words = words, .query = q, .plan = out, .stop_language = language};
    struct xap_error error;
    xap_doccount articles = 0;
    *out = (struct plan){.query = NULL};
    p.cut = malloc(sizeof *p.cut);
    bool ok = p.cut ? matcher_new(&p.matcher, err) : err_nomem(err);
    out->matcher = p.matcher;
    if (ok && xap_database_get_doccount(db, &articles, &error) != XAP_OK)
        ok = xapian_failed(&error, err);
    p.articles = articles;
    out->stop_language = language;
    if (language) {
        snprintf(p.languages[0], sizeof p.languages[0], "%.*s", (int)strcspn(language, "-_"), language);
        p.n_languages = 1;
    } else {
        ok = ok && list_languages(&p, err);
    }
    if (ok && q->root)
        ok = plan_node(&p, q->root, &out->query, err) && add_filter(&out->query, filter, err);
    free(p.cut);
    link_words(out, q);
    if (ok && !out->query && xap_query_new_match_nothing(&out->query, &error) != XAP_OK)
        ok = xapian_failed(&error, err);
    if (!ok)
        plan_release(out);
    return ok;
}

void
plan_release(struct plan *p)
{
    for (size_t i = 0; i < p->n_parts; i++) {
        xap_query_free(p->part[i].query);
        free(p->part[i].text);
    }
    free(p->part);
    for (size_t i = 0; i < p->n_words; i++) {
        free(p->word[i].term);
        free(p->word[i].stem);
    }
    free(p->word);
    xap_query_free(p->query);
    matcher_free(p->matcher);
    *p = (struct plan){.query = NULL};
}
