/* stems.c - the forms of a word that the index has
 *
 * Stems have no positions: where words must stand in certain places, each word of the index is
 * asked for its stem that might have the one that is looked for. Stemmers take endings off; the few
 * that take beginnings off as well make all words candidates.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/vocabulary.h"

#include <string.h>

#include "common/schema.h"
#include "common/utf8.h"

/* Stems of no more characters may come from words that share only their first one (lie, lying). */
#define SHORT_STEM 3

struct stems {
    struct planner *p;
    const char *language;
    struct word_form {
        char text[WORD_MAX + 1];
        size_t len;
    } stem[2]; /* of the word as it was typed, and of its normal form, which has lost its accents */
};

static bool
set_stem(struct stems *s, size_t i, const char *raw, size_t len, struct word *word, struct err *err)
{
    if (!cut_first_word(s->p, s->language, raw, len, word, err))
        return false;
    s->stem[i].len = word->stem_len;
    memcpy(s->stem[i].text, word->stem, word->stem_len);
    return true;
}

static bool
has_stem(void *arg, const char *term, size_t len, bool *wanted, unsigned *edits, struct err *err)
{
    struct stems *s = arg;
    struct word word;
    if (!cut_first_word(s->p, s->language, term, len, &word, err))
        return false;
    *edits = 0;
    for (size_t i = 0; i < 2 && !*wanted; i++)
        *wanted = word.stem_len > 0 && word.to == len && s->stem[i].len == word.stem_len &&
                  memcmp(s->stem[i].text, word.stem, word.stem_len) == 0;
    return true;
}

/* With what do all words begin that may have such a stem? */
static size_t
common_start(const char *language, const char *stem, size_t len)
{
    static const char *const whole[] = {"ar", "id", "ga", "ta"};
    size_t characters = 0, end = 0, last = 0, first = 0;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strncmp(language, whole[i], 2) == 0)
            return 0;
    while (end < len) {
        last = end;
        utf8_next(stem, len, &end);
        first = first ? first : end;
        characters++;
    }
    return characters > SHORT_STEM ? last : first;
}

/* The words of one language, where the index has the stem at all. */
static bool
find_in(struct stems *s, const char *field, const struct query_node *node, struct meant *out,
        struct err *err)
{
    struct word word;
    char prefix[32] = SCHEMA_STEM, term[WORD_MAX + 1];
    double articles[2] = {0};
    if (!set_stem(s, 0, node->text, node->len, &word, err) || word.term_len == 0)
        return word.term_len == 0;
    const size_t term_len = word.term_len;
    memcpy(term, word.term, term_len);
    if (!set_stem(s, 1, term, term_len, &word, err))
        return false;
    memcpy(prefix + 1, field, strlen(field) + 1);
    for (size_t i = 0; i < 2; i++)
        if (s->stem[i].len > 0 &&
            !plan_frequency(s->p, prefix, s->stem[i].text, s->stem[i].len, &articles[i], err))
            return false;
    if (articles[0] + articles[1] == 0)
        return true;
    const size_t start = common_start(s->language, s->stem[0].text, s->stem[0].len);
    const struct vocabulary_test test = {has_stem, s, node, EXPANSIONS_MAX, s->p->n_languages > 1 ? s->language : NULL};
    return vocabulary_find(s->p, field, s->stem[0].text, start, &test, out, err);
}

bool
stems_find(struct planner *p, const struct query_node *node, struct meant *out, struct err *err)
{
    const char *field = plan_prefix_of(node);
    struct word word;
    char term[WORD_MAX + 1];
    bool ok = cut_first_word(p, NULL, node->text, node->len, &word, err);
    const size_t term_len = ok ? word.term_len : 0;
    memcpy(term, ok ? word.term : "", term_len);
    ok = ok && (term_len == 0 || vocabulary_add(p, field, term, term_len, out, err));
    for (size_t i = 0; ok && term_len > 0 && i < p->n_languages; i++) {
        struct stems s = {.p = p, .language = p->languages[i]};
        if (p->languages[i][0] != '\0')
            ok = find_in(&s, field, node, out, err);
    }
    return ok;
}
