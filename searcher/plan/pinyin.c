/* pinyin.c - Chinese words that were typed in pinyin
 *
 * Terms of Han are pairs of characters, so a list of names is not needed: of the characters that have the sound of each syllable
 * those are taken that the index has side by side.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/names.h"

#include <string.h>

#include "common/pinyin.h"

#define SYLLABLES_MAX 4
/* Chains of characters that are followed, and pairs that are looked up: what more costs is felt. */
#define CHAINS 64
#define LOOKUPS 4000
/* How many words are given. */
#define GIVEN 3
/* A word of two characters that is in no dictionary may be a chance: two words side by side. Long ones seldom are. */
#define SURE_LETTERS 6

struct chain {
    char text[3 * SYLLABLES_MAX]; /* each character has three bytes */
    size_t len;
    double articles; /* of the rarest pair */
};

struct pinyin {
    struct planner *p;
    const char *field;
    const char *word;
    size_t len;
    size_t lookups;
    size_t begin[SYLLABLES_MAX], end[SYLLABLES_MAX]; /* of each syllable */
    struct chain best[CHAINS];
    size_t n;
};

static void
put(char *out, char16_t c)
{
    out[0] = (char)(0xe0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3f));
    out[2] = (char)(0x80 | (c & 0x3f));
}

/* The most frequent ones stay. */
static void
keep(struct chain *list, size_t *n, const struct chain *c)
{
    size_t i = *n;
    for (; i > 0 && list[i - 1].articles < c->articles; i--)
        if (i < CHAINS)
            list[i] = list[i - 1];
    if (i == CHAINS)
        return;
    list[i] = *c;
    *n += *n < CHAINS;
}

/* Each chain with each character of one more syllable, where the index has the last two side by side. */
static bool
extend(struct pinyin *s, const struct chain *from, size_t n_from, const char *syllable, size_t len, struct chain *to,
       size_t *n_to, struct err *err)
{
    const char16_t *characters[2];
    const size_t lists = pinyin_characters(syllable, len, characters);
    *n_to = 0;
    for (size_t i = 0; i < n_from; i++)
        for (size_t l = 0; l < lists; l++)
            for (const char16_t *c = characters[l]; *c && s->lookups < LOOKUPS; c++) {
                struct chain next = from[i];
                double articles;
                put(next.text + next.len, *c);
                next.len += 3;
                s->lookups++;
                if (!plan_frequency(s->p, s->field, next.text + next.len - 6, 6, &articles, err))
                    return false;
                if (articles == 0)
                    continue;
                next.articles = articles < next.articles ? articles : next.articles;
                keep(to, n_to, &next);
            }
    return true;
}

/* The words of one way to part the letters into n syllables. */
static bool
follow(struct pinyin *s, size_t n, struct err *err)
{
    struct chain a[CHAINS], b[CHAINS], *from = a, *to = b;
    const char16_t *characters[2];
    const size_t lists = pinyin_characters(s->word, s->end[0], characters);
    for (size_t l = 0; l < lists; l++)
        for (const char16_t *c = characters[l]; *c; c++) { /* one by one: all first characters count */
            struct chain first = {.len = 3, .articles = s->p->articles};
            size_t n_from = 1;
            put(first.text, *c);
            from[0] = first;
            for (size_t i = 1; i < n && n_from > 0; i++) {
                struct chain *last = from;
                if (!extend(s, from, n_from, s->word + s->begin[i], s->end[i] - s->begin[i], to, &n_from, err))
                    return false;
                from = to;
                to = last;
            }
            for (size_t i = 0; i < n_from; i++)
                keep(s->best, &s->n, &from[i]);
        }
    return true;
}

/* Parts the letters from `at` on into syllables, in every way. */
static bool
part(struct pinyin *s, size_t at, size_t n, struct err *err)
{
    const char16_t *characters[2];
    if (at == s->len)
        return n < 2 || follow(s, n, err);
    if (s->word[at] == '\'' || s->word[at] == '-') /* Xi'an */
        return part(s, at + 1, n, err);
    if (n == SYLLABLES_MAX)
        return true;
    for (size_t len = s->len - at < 6 ? s->len - at : 6; len > 0; len--) {
        if (pinyin_characters(s->word + at, len, characters) == 0)
            continue;
        s->begin[n] = at;
        s->end[n] = at + len;
        if (!part(s, at + len, n + 1, err))
            return false;
    }
    return true;
}

/* Is it one word of ICU's dictionary? */
static bool
is_word(struct planner *p, const struct chain *c, bool *known, struct err *err)
{
    struct cut *cut = p->cut;
    const bool ok = cut_words(p, c->text, c->len, cut, err);
    *known = ok && cut->n_words == 1;
    buf_release(&cut->bytes);
    return ok;
}

bool
plan_pinyin(struct planner *p, const char *field, const char *word, size_t len,
            void (*found)(void *arg, const char *characters, size_t len), void *arg, struct err *err)
{
    struct pinyin s = {.p = p, .field = field, .word = word, .len = len};
    size_t given = 0;
    if (len < 4 || !part(&s, 0, 0, err))
        return len < 4;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < s.n && given < GIVEN; i++) {
            bool known;
            if (!is_word(p, &s.best[i], &known, err))
                return false;
            const bool sure = known || s.best[i].len > 6;
            if (round == 0 ? !sure : sure || len < SURE_LETTERS)
                continue;
            found(arg, s.best[i].text, s.best[i].len);
            given++;
        }
        if (given > 0)
            break;
    }
    return true;
}
