/* snippet.c - the passage of an article that answers a query best, with the matches marked
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "common/buf.h"

/* Words of an article that are looked at: enough for the longest; memory is bounded by it. */
#define TOKENS_MAX ((size_t)1 << 20)

/* A repeated match is worth this much of a first one. */
#define REPEAT_WORTH 0.1

struct token {
    uint32_t from, to;
    int match; /* number of the query's word, or -1 */
    bool sentence, paragraph;
};

struct tokens {
    struct token *t;
    size_t n, room;
    size_t matches;
};

void
marked_text_release(struct marked_text *t)
{
    free(t->text);
    free(t->mark);
    *t = (struct marked_text){.len = 0};
}

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
    list->matches += token->match >= 0;
    return true;
}

static bool
tokenise(struct tokens *list, const char *text, size_t len, struct words *words, const struct matcher *m,
         struct err *err)
{
    struct word word;
    struct err why = {.code = ERR_NONE};
    if (!words_start(words, text, len, err))
        return false;
    while (list->n < TOKENS_MAX && words_next(words, &word, &why)) {
        const struct token token = {(uint32_t)word.from, (uint32_t)word.to, matcher_find(m, &word),
                                    word.begins_sentence, word.begins_paragraph};
        if (!add_token(list, &token))
            return err_nomem(err);
    }
    if (why.code != ERR_NONE && err)
        *err = why;
    return why.code == ERR_NONE;
}

/* Copies text[from, to) with the marks of the tokens [first, last) in it. */
static bool
fill(struct marked_text *out, const char *text, size_t from, size_t to, const struct tokens *list, size_t first,
     size_t last, struct err *err)
{
    size_t n = 0;
    for (size_t i = first; i < last; i++)
        n += list->t[i].match >= 0;
    out->text = malloc(to - from + 1);
    out->mark = n ? malloc(n * sizeof *out->mark) : NULL;
    if (!out->text || (n && !out->mark)) {
        marked_text_release(out);
        return err_nomem(err);
    }
    memcpy(out->text, text + from, to - from);
    out->text[to - from] = '\0';
    out->len = to - from;
    for (size_t i = 0; i < out->len; i++)
        if (out->text[i] == '\n')
            out->text[i] = ' ';
    for (size_t i = first; i < last; i++) {
        if (list->t[i].match < 0)
            continue;
        out->mark[out->n_marks++] = (struct mark){list->t[i].from - from, list->t[i].to - from};
    }
    return true;
}

bool
snippet_mark(struct marked_text *out, const char *text, const char *language, struct words *words,
             struct matcher *m, struct err *err)
{
    struct tokens list = {.n = 0};
    const size_t len = strlen(text);
    *out = (struct marked_text){.len = 0};
    const bool ok = matcher_language(m, words, language, err) && words_language(words, language, err) &&
                    tokenise(&list, text, len, words, m, err) &&
                    fill(out, text, 0, len, &list, 0, list.n, err);
    free(list.t);
    return ok;
}

/* Where the passage of the tokens [first, last) ends in the text: with the punctuation behind its last word. */
static size_t
end_of(const struct tokens *list, size_t last, const char *text, size_t len)
{
    size_t to = last < list->n ? list->t[last].from : len;
    if (last < list->n && !list->t[last].sentence) /* cut inside a sentence: only the words */
        to = list->t[last - 1].to;
    const char *newline = memchr(text + list->t[last - 1].to, '\n', to - list->t[last - 1].to);
    if (newline)
        to = (size_t)(newline - text);
    while (to > list->t[last - 1].to && (text[to - 1] == ' ' || text[to - 1] == '\n'))
        to--;
    /* What opens the next sentence is not ours: a quotation mark or a bracket after a blank */
    size_t blank = to;
    while (blank > list->t[last - 1].to && text[blank - 1] != ' ')
        blank--;
    if (last < list->n && blank > list->t[last - 1].to && to - blank <= 3)
        to = blank - 1;
    return to;
}

/* Where it begins: with an opening quotation mark or bracket right before its first word. */
static size_t
start_of(const struct tokens *list, size_t first, const char *text)
{
    const size_t floor = first > 0 ? list->t[first - 1].to : 0;
    size_t from = list->t[first].from;
    while (from > floor && text[from - 1] != ' ' && text[from - 1] != '\n')
        from--;
    return from > floor || floor == 0 ? from : list->t[first].from;
}

struct passage {
    size_t first, last; /* tokens */
    double worth;
};

/* How much the matches in the passage are worth: each word of the query once, a little for repeats. */
static double
worth_of(const struct tokens *list, const struct matcher *m, size_t first, size_t last)
{
    bool seen[256] = {false};
    double worth = 0;
    for (size_t i = first; i < last; i++) {
        const int match = list->t[i].match;
        if (match < 0 || match >= 256)
            continue;
        const double weight = matcher_weight(m, (size_t)match);
        worth += seen[match] ? weight * REPEAT_WORTH : weight;
        seen[match] = true;
    }
    return worth;
}

/* The end of the sentence that begins at token i. */
static size_t
sentence_end(const struct tokens *list, size_t i)
{
    do
        i++;
    while (i < list->n && !list->t[i].sentence);
    return i;
}

/* As many whole sentences from `first` as there is room for; one that is too long is cut. A passage stays in its paragraph unless
 * that is very short. */
static size_t
passage_end(const struct tokens *list, size_t first, size_t max)
{
    size_t last = first;
    while (last < list->n) {
        const size_t next = sentence_end(list, last);
        const size_t bytes = list->t[next - 1].to - list->t[first].from;
        if (last > first && (bytes > max || (list->t[last].paragraph && list->t[last - 1].to - list->t[first].from > max / 4)))
            break;
        last = next;
        if (bytes > max)
            break;
    }
    return last;
}

/* A sentence longer than the room: the stretch of it that is worth most, with some words before the first match. */
static struct passage
cut_sentence(const struct tokens *list, const struct matcher *m, size_t first, size_t last, size_t max)
{
    struct passage best = {first, first + 1, -1};
    for (size_t i = first; i < last; i++) {
        if (i > first && list->t[i].match < 0)
            continue;
        size_t from = i;
        while (from > first && list->t[i].to - list->t[from - 1].from < max / 4)
            from--;
        size_t to = i + 1;
        while (to < last && list->t[to].to - list->t[from].from <= max)
            to++;
        const double worth = worth_of(list, m, from, to);
        if (worth > best.worth)
            best = (struct passage){from, to, worth};
    }
    return best;
}

/* Tries the passage that begins at each sentence with a match near. */
static struct passage
best_passage(const struct tokens *list, const struct matcher *m, size_t max)
{
    struct passage best = {0, 0, -1};
    for (size_t i = 0; i < list->n; i = sentence_end(list, i)) {
        const size_t last = passage_end(list, i, max);
        struct passage p = {i, last, worth_of(list, m, i, last)};
        if (p.worth <= best.worth)
            continue;
        if (list->t[last - 1].to - list->t[i].from > max)
            p = cut_sentence(list, m, i, last, max);
        if (p.worth > best.worth)
            best = p;
    }
    return best;
}

/* The best passage of one text. *worth stays below 0 where there are no words. */
static bool
passage_of(struct marked_text *out, const char *text, size_t max, struct words *words, const struct matcher *m,
           double *worth, struct err *err)
{
    struct tokens list = {.n = 0};
    const size_t len = strlen(text);
    bool ok = tokenise(&list, text, len, words, m, err);
    if (ok && list.n > 0) {
        const struct passage p = best_passage(&list, m, max);
        const size_t from = start_of(&list, p.first, text), to = end_of(&list, p.last, text, len);
        *worth = p.worth;
        ok = fill(out, text, from, to, &list, p.first, p.last, err);
        out->cut_before = !list.t[p.first].sentence;
        out->cut_after = p.last < list.n && !list.t[p.last].sentence;
    }
    free(list.t);
    return ok;
}

bool
snippet_make(struct marked_text *out, const struct article *a, size_t max_bytes, struct words *words,
             struct matcher *m, struct err *err)
{
    const char *language = article_get(a, ARTICLE_LANGUAGE);
    const struct article_values *captions = &a->list[ARTICLE_CAPTION];
    const char *text[3] = {article_get(a, ARTICLE_BODY), article_get(a, ARTICLE_DECK),
                           captions->n > 0 ? captions->item[0] : ""};
    *out = (struct marked_text){.len = 0};
    if (!matcher_language(m, words, language, err) || !words_language(words, language, err))
        return false;
    double best = -1;
    for (size_t i = 0; i < 3; i++) {
        struct marked_text candidate = {.len = 0};
        double worth = -1;
        if (!passage_of(&candidate, text[i], max_bytes, words, m, &worth, err)) {
            marked_text_release(out);
            return false;
        }
        /* The body is preferred: the others only where it has no match at all */
        if (worth > best && (best <= 0)) {
            marked_text_release(out);
            *out = candidate;
            best = worth;
        } else {
            marked_text_release(&candidate);
        }
        if (best > 0)
            break;
    }
    return true;
}
