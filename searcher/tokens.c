/* tokens.c - the words of an article's text, with those that the query means
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/tokens.h"

#include <stdlib.h>
#include <string.h>

/* Words of an article that are looked at: enough for the longest; memory is bounded by it. */
#define TOKENS_MAX ((size_t)1 << 20)

static bool
add_token(struct tokens *list, const struct token *token)
{
    if (list->n == list->room) {
        const size_t room = list->room ? 2 * list->room : 512;
        struct token *more = realloc(list->t, room * sizeof *more);
        if (!more)
            return false;
        list->t = more;
        list->room = room;
    }
    list->t[list->n++] = *token;
    return true;
}

static bool
is_wanted(const void *matcher, const char *text, size_t len)
{
    return matcher_may_match(matcher, text, len);
}

/* Adds the words of text[from, to), which begins where a sentence does, or a paragraph. */
static bool
tokenise_part(struct tokens *list, const char *text, size_t from, size_t to, bool paragraph,
              struct words *words, struct matcher *m, struct err *err)
{
    struct word word;
    struct err why = {.code = ERR_NONE};
    bool first = true;
    if (!words_start(words, text + from, to - from, err))
        return false;
    if (matcher_can_skim(m))
        words_pick(words, is_wanted, m);
    while (list->n < TOKENS_MAX && words_next(words, &word, &why)) {
        const struct token token = {.from = (uint32_t)(from + word.from),
                                    .to = (uint32_t)(from + word.to),
                                    .reach = (uint32_t)(from + word.reach),
                                    .match = -1,
                                    .sentence = word.begins_sentence,
                                    .paragraph = first ? paragraph : word.begins_paragraph,
                                    .inside = !word.begins_word};
        if (!add_token(list, &token))
            return err_nomem(err);
        first = false;
        size_t which = 0;
        const size_t n = matcher_next(m, &word, &which);
        for (size_t i = 0; i < n; i++) {
            struct token *t = &list->t[list->n - n + i];
            t->match = (int)(which + i);
            t->together = n > 1;
            t->joined = t->joined || (i > 0 && !t->sentence);
            t->reach = (uint32_t)matcher_reach(m, which + i, t->to, t->reach);
        }
    }
    if (why.code != ERR_NONE && err)
        *err = why;
    return why.code == ERR_NONE;
}

/* ---- skimming: words are found only near those that may match ---- */

/* Letters of a word behind which a full stop ends a sentence: no title, no initials. */
#define LONG_WORD 5

/* A stretch of text that begins where surely a paragraph does, or a sentence, whatever stands
 * before it; to the next one. */
struct chunk {
    size_t from;
    bool paragraph; /* begins one */
    bool near;      /* near a place where a word may match */
};

struct chunks {
    struct chunk *c;
    size_t n, room;
};

static bool
add_chunk(struct chunks *list, size_t from, bool paragraph)
{
    if (list->n == list->room) {
        const size_t room = list->room ? 2 * list->room : 64;
        struct chunk *more = realloc(list->c, room * sizeof *more);
        if (!more)
            return false;
        list->c = more;
        list->room = room;
    }
    list->c[list->n++] = (struct chunk){from, paragraph, false};
    return true;
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
tokens_is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* Do so many letters stand before text[at]? */
static bool
ends_long_word(const char *text, size_t from, size_t at)
{
    if (at - from < LONG_WORD)
        return false;
    for (size_t i = at - LONG_WORD; i < at; i++)
        if (!is_letter(text[i]))
            return false;
    return true;
}

/* Cuts a text into chunks. Each has a word. */
static bool
cut(struct chunks *list, const char *text, size_t len)
{
    if (!add_chunk(list, 0, true))
        return false;
    size_t word = len; /* behind the last word of this chunk; len: it has none yet */
    for (size_t at = 0; at < len; at++) {
        const size_t from = list->c[list->n - 1].from;
        if (is_letter(text[at])) {
            word = at + 1;
            continue;
        }
        if (word == len || (text[at] != '.' && text[at] != '\n'))
            continue;
        const bool stop = text[at] == '.' && ends_long_word(text, from, at);
        size_t next = at + (text[at] == '.'), newlines = 0;
        while (next < len && tokens_is_blank(text[next]))
            newlines += text[next++] == '\n';
        if (next < len &&
            (newlines > 1 || (stop && next > at + 1 && text[next] >= 'A' && text[next] <= 'Z'))) {
            if (!add_chunk(list, next, newlines > 1))
                return false;
            word = len;
            at = next - 1;
        }
    }
    return true;
}

static size_t
end_of_chunk(const struct chunks *list, size_t i, size_t len)
{
    return i + 1 < list->n ? list->c[i + 1].from : len;
}

/* Marks chunk i, those within `max` bytes of it, and one more: what stands behind a passage says
 * where it ends. */
static void
want_around(struct chunks *list, size_t i, size_t len, size_t max)
{
    const size_t from = list->c[i].from, to = end_of_chunk(list, i, len);
    for (size_t k = i; k > 0 && end_of_chunk(list, k - 1, len) + max > from; k--)
        list->c[k - 1].near = true;
    bool more = true;
    for (size_t k = i; k < list->n && more; k++) {
        list->c[k].near = true;
        more = list->c[k].from < to + max;
    }
}

/* Marks the chunks that a passage of so many bytes with a match could have words of, and the first
 * ones. */
static void
find_near(struct chunks *list, const char *text, size_t len, size_t max, const struct matcher *m)
{
    want_around(list, 0, len, max);
    for (size_t i = 0; i < list->n; i++) {
        const size_t end = end_of_chunk(list, i, len);
        if (matcher_skim(m, text, end, list->c[i].from) < end)
            want_around(list, i, len, max);
    }
}

bool
tokens_near_matches(struct tokens *list, const char *text, size_t len, const char *field,
                    size_t max, struct words *words, struct matcher *m, struct err *err)
{
    struct chunks chunks = {.n = 0};
    matcher_start(m, field);
    if (!matcher_can_skim(m))
        return tokenise_part(list, text, 0, len, true, words, m, err);
    bool ok = cut(&chunks, text, len) || err_nomem(err);
    if (ok)
        find_near(&chunks, text, len, max, m);
    for (size_t i = 0; ok && i < chunks.n;) {
        const struct chunk *first = &chunks.c[i++];
        if (!first->near)
            continue;
        while (i < chunks.n && chunks.c[i].near)
            i++;
        matcher_go_on(m);
        ok = tokenise_part(list, text, first->from, i < chunks.n ? chunks.c[i].from : len,
                           first->paragraph, words, m, err);
    }
    free(chunks.c);
    return ok;
}

bool
tokens_of_all(struct tokens *list, const char *text, size_t len, struct words *words,
              struct matcher *m, struct err *err)
{
    return tokenise_part(list, text, 0, len, true, words, m, err);
}

void
tokens_release(struct tokens *list)
{
    free(list->t);
    *list = (struct tokens){.n = 0};
}
