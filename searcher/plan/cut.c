/* cut.c - the words of a leaf of the query
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <string.h>

#include "common/schema.h"

static bool
too_many_words(struct err *err)
{
    return err_set(err, ERR_ARG, "the query has more than %d words", QUERY_WORDS_MAX);
}

bool
cut_count(struct planner *p, size_t words, struct err *err)
{
    p->n_words += words;
    return p->n_words <= QUERY_WORDS_MAX || too_many_words(err);
}

/* Does text[0, len) stand in the query as it was typed? */
static bool
is_typed(const struct planner *p, const char *text, size_t len)
{
    const char *query = p->query->text;
    return query && text >= query && text + len <= query + p->query->len;
}

/* Who types US, and not everything in capitals, asks for the name alone. text: what the word was cut from. */
static void
ask_for_name(const struct planner *p, const char *text, size_t len, struct word *word)
{
    const struct query *q = p->query;
    if (!word->is_name)
        return;
    if (!word->dotted && is_typed(p, text, len)) {
        const size_t at = (size_t)(text - q->text);
        if (words_in_capitals(q->text, q->len, at + word->from, at + word->to))
            return;
    }
    word->term = word->stem = word->other;
    word->term_len = word->stem_len = word->other_len;
}

/* names: words in capitals may ask for names. */
static bool
cut_text(struct planner *p, const char *text, size_t len, bool names, struct cut *cut, struct err *err)
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
        if (names)
            ask_for_name(p, text, len, &word);
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

bool
cut_words(struct planner *p, const char *text, size_t len, struct cut *cut, struct err *err)
{
    return cut_text(p, text, len, true, cut, err);
}

/* Is it the last character of several? The pair before it says all of it. */
bool
cut_said_before(const struct cut *cut, size_t i)
{
    return i > 0 && i < cut->n && cut->word[i - 1].pair && !cut->word[i].pair;
}

/* The words of a leaf, counted: read.c sees runs of letters, which may be cut into many. */
bool
cut_node(struct planner *p, const struct query_node *node, struct cut *cut, struct err *err)
{
    if (!cut_text(p, node->text, node->len, node->kind != QUERY_PREFIX, cut, err))
        return false;
    return cut_count(p, cut->n_words, err);
}

/* A term of the index that is the form of a name in capitals (us.) stays what it is. */
static bool
keep_name(const struct planner *p, const char *text, size_t len, struct word *word)
{
    const char *name = len > 1 && text[len - 1] == '.' ? words_name_in_capitals(text, len - 1) : NULL;
    if (!name || is_typed(p, text, len))
        return false;
    *word = (struct word){.term = name, .term_len = len, .stem = name, .stem_len = len, .other = "", .to = len, .reach = len,
                          .begins_word = true, .position = 1};
    return true;
}

bool
cut_plain_word(struct planner *p, const char *language, const char *text, size_t len, struct word *word, struct err *err)
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

bool
cut_first_word(struct planner *p, const char *language, const char *text, size_t len, struct word *word, struct err *err)
{
    if (keep_name(p, text, len, word))
        return true;
    if (!cut_plain_word(p, language, text, len, word, err))
        return false;
    ask_for_name(p, text, len, word);
    return true;
}
