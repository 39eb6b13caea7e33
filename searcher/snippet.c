/* snippet.c - the passage of an article that answers a query best, with the matches marked
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/utf8.h"

/* Words of an article that are looked at: enough for the longest; memory is bounded by it. */
#define TOKENS_MAX ((size_t)1 << 20)

/* A repeated match is worth this much of a first one. */
#define REPEAT_WORTH 0.1

struct token {
    uint32_t from, to;
    uint32_t reach; /* where that which its term is of ends; with a match: where the mark does */
    int match;      /* number of the query's word, or -1 */
    bool sentence, paragraph;
    bool inside; /* a word, which goes on here */
    bool joined; /* with the match before it, in one mark: a phrase goes on here */
};

struct tokens {
    struct token *t;
    size_t n, room;
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
        const struct token token = {(uint32_t)(from + word.from),
                                    (uint32_t)(from + word.to),
                                    (uint32_t)(from + word.reach),
                                    -1,
                                    word.begins_sentence,
                                    first ? paragraph : word.begins_paragraph,
                                    !word.begins_word,
                                    false};
        if (!add_token(list, &token))
            return err_nomem(err);
        first = false;
        size_t which = 0;
        const size_t n = matcher_next(m, &word, &which);
        for (size_t i = 0; i < n; i++) {
            struct token *t = &list->t[list->n - n + i];
            t->match = (int)(which + i);
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

static bool
is_blank(char c)
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
        while (next < len && is_blank(text[next]))
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

/* Finds the words of a text: those that a passage of at most `max` bytes with a match could have,
 * and of the beginning. */
static bool
tokenise(struct tokens *list, const char *text, size_t len, const char *field, size_t max,
         struct words *words, struct matcher *m, struct err *err)
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

/* Appends the bytes [from, to), blanks as one. */
static void
add_text(struct buf *out, const char *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!is_blank(text[i]))
            buf_ch(out, text[i]);
        else if (out->len > 0 && out->data[out->len - 1] != ' ')
            buf_ch(out, ' ');
}

/* Words that touch (Chinese) are one mark, and so are those of a phrase. */
static void
add_mark(struct marked_text *out, size_t from, size_t to, bool joined)
{
    if (out->n_marks > 0 && (joined || out->mark[out->n_marks - 1].to == from))
        out->mark[out->n_marks - 1].to = to;
    else if (from < to)
        out->mark[out->n_marks++] = (struct mark){from, to};
}

/* Copies text[from, to) with the marks of the tokens [first, last) in it. */
static bool
fill(struct marked_text *out, const char *text, size_t from, size_t to, const struct tokens *list,
     size_t first, size_t last, struct err *err)
{
    struct buf copy;
    size_t n = 0, at = from;
    for (size_t i = first; i < last; i++)
        n += list->t[i].match >= 0;
    out->mark = malloc((n + 1) * sizeof *out->mark);
    if (!out->mark)
        return err_nomem(err);
    buf_init(&copy, BUF_MAX);
    buf_reserve(&copy, to - from);
    for (size_t i = first; i < last && list->t[i].from < to; i++) {
        const struct token *t = &list->t[i];
        if (t->match < 0)
            continue;
        const size_t start_of_mark = t->from > at ? t->from : at,
                     end = t->reach < to ? t->reach : to;
        if (end <= start_of_mark)
            continue;
        add_text(&copy, text, at, start_of_mark);
        const size_t start = copy.len;
        at = end;
        add_text(&copy, text, start_of_mark, at);
        add_mark(out, start, copy.len, t->joined && i > first);
    }
    add_text(&copy, text, at, to);
    out->len = copy.len;
    const bool ok = buf_ok(&copy, "a passage", err);
    out->text = buf_take(&copy);
    if (ok && out->text)
        return true;
    marked_text_release(out);
    return ok ? err_nomem(err) : false;
}

bool
snippet_mark(struct marked_text *out, const char *text, const char *field, const char *language,
             struct words *words, struct matcher *m, struct err *err)
{
    struct tokens list = {.n = 0};
    const size_t len = strlen(text);
    *out = (struct marked_text){.len = 0};
    bool ok = matcher_language(m, words, language, err);
    matcher_start(m, field);
    if (ok && (!matcher_can_skim(m) || matcher_skim(m, text, len, 0) < len))
        ok = words_language(words, language, err) &&
             tokenise_part(&list, text, 0, len, true, words, m, err);
    ok = ok && fill(out, text, 0, len, &list, 0, list.n, err);
    free(list.t);
    return ok;
}

/* Marks that open something: they belong to the word behind them. */
static const char *const openers[] = {
    "\"",
    "'",
    "(",
    "[",
    "{",
    "\xc2\xab" /* « */,
    "\xc2\xab ",
    "\xc2\xab\xc2\xa0",
    "\xc2\xab\xe2\x80\xaf",
    "\xc2\xbf" /* ¿ */,
    "\xc2\xa1" /* ¡ */,
    "\xe2\x80\x98" /* ‘ */,
    "\xe2\x80\x9a" /* ‚ */,
    "\xe2\x80\x9c" /* “ */,
    "\xe2\x80\x9e" /* „ */,
    "\xe3\x80\x88" /* 〈 */,
    "\xe3\x80\x8a" /* 《 */,
    "\xe3\x80\x8c" /* 「 */,
    "\xe3\x80\x8e" /* 『 */,
    "\xe3\x80\x90" /* 【 */,
    "\xef\xbc\x88" /* （ */,
};

/* Where the marks that open something begin, which end at `to`. */
static size_t
openers_before(const char *text, size_t floor, size_t to)
{
    size_t from = to;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof openers / sizeof *openers && !more; i++) {
            const size_t len = strlen(openers[i]);
            more = from - floor >= len && to - from + len <= SNIPPET_EDGE &&
                   memcmp(text + from - len, openers[i], len) == 0;
            from -= more ? len : 0;
        }
    }
    return from;
}

/* Where the passage of the tokens [first, last) ends in the text: with the punctuation behind its
 * last word. */
static size_t
end_of(const struct tokens *list, size_t last, const char *text, size_t len)
{
    const size_t floor = list->t[last - 1].to;
    size_t to = last < list->n ? list->t[last].from : len;
    if (last < list->n && !list->t[last].sentence) /* cut inside a sentence: only the words */
        return floor;
    const char *newline = memchr(text + floor, '\n', to - floor);
    if (newline)
        to = (size_t)(newline - text);
    else if (last < list->n)
        to = openers_before(text, floor, to);
    if (to - floor > SNIPPET_EDGE) {
        to = floor + SNIPPET_EDGE;
        while (to > floor && !is_blank(text[to]))
            to--;
    }
    while (to > floor && is_blank(text[to - 1]))
        to--;
    return to;
}

/* Where it begins: with what stands right before its first word, up to a blank; or with the marks
 * that open something. */
static size_t
start_of(const struct tokens *list, size_t first, const char *text)
{
    const size_t floor = first > 0 ? list->t[first - 1].to : 0, word = list->t[first].from;
    size_t from = word;
    while (from > floor && word - from < SNIPPET_EDGE && !is_blank(text[from - 1]))
        from--;
    return openers_before(text, floor, from == 0 || is_blank(text[from - 1]) ? from : word);
}

/* A word longer than the room ends between two characters. */
static size_t
shorten(const char *text, size_t from, size_t to, size_t max)
{
    if (to - from <= max + 2 * SNIPPET_EDGE)
        return to;
    to = from + max;
    size_t start = to;
    for (;;) {
        while (start > from && ((unsigned char)text[start] & 0xc0) == 0x80)
            start--;
        size_t next = start;
        utf8_next(text, start + 4, &next);
        if (start == from || utf8_columns(text + start, next - start) > 0)
            break;
        start--; /* a mark belongs to the letter before it */
    }
    while (to > from && ((unsigned char)text[to] & 0xc0) == 0x80)
        to--;
    return start > from ? start : to;
}

struct passage {
    size_t first, last; /* tokens */
    double worth;
    bool crosses; /* goes on in the next paragraph */
};

/* How much the matches in the passage are worth: each word of the query once, a little for repeats.
 */
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

/* As many whole sentences from `first` as there is room for; one that is too long is cut. A passage
 * stays in its paragraph unless that is very short. */
static size_t
passage_end(const struct tokens *list, size_t first, size_t max)
{
    size_t last = first;
    while (last < list->n) {
        const size_t next = sentence_end(list, last);
        const size_t bytes = list->t[next - 1].to - list->t[first].from;
        if (last > first && (bytes > max || (list->t[last].paragraph &&
                                             list->t[last - 1].to - list->t[first].from > max / 4)))
            break;
        last = next;
        if (bytes > max)
            break;
    }
    return last;
}

/* A sentence longer than the room: the stretch of it that is worth most, with some words before the
 * first match. */
static struct passage
cut_sentence(const struct tokens *list, const struct matcher *m, size_t first, size_t last,
             size_t max)
{
    struct passage best = {first, first + 1, -1, false};
    for (size_t i = first; i < last; i++) {
        if (i > first && list->t[i].match < 0)
            continue;
        size_t from = i;
        while (from > first && list->t[i].to - list->t[from - 1].from < max / 4)
            from--;
        while (from < i && list->t[from].inside)
            from++;
        while (from > first && list->t[from].inside && list->t[i].to - list->t[from - 1].from < max)
            from--;
        size_t to = i + 1;
        while (to < last && list->t[to].to - list->t[from].from <= max)
            to++;
        while (to > i + 1 && to < last && list->t[to].inside)
            to--;
        const double worth = worth_of(list, m, from, to);
        if (worth > best.worth)
            best = (struct passage){from, to, worth, false};
    }
    return best;
}

/* Is p better than the best one before it? Of equal ones the first, but one that stays in its
 * paragraph before one that does not. */
static bool
is_better(const struct passage *p, const struct passage *best)
{
    return p->worth > best->worth ||
           (p->worth > 0 && p->worth >= best->worth && best->crosses && !p->crosses);
}

/* Tries the passage that begins at each sentence. */
static struct passage
best_passage(const struct tokens *list, const struct matcher *m, size_t max)
{
    struct passage best = {0, 0, -1, false};
    for (size_t i = 0; i < list->n; i = sentence_end(list, i)) {
        const size_t last = passage_end(list, i, max);
        struct passage p = {i, last, worth_of(list, m, i, last), false};
        for (size_t k = i + 1; k < last; k++)
            p.crosses = p.crosses || list->t[k].paragraph;
        if (!is_better(&p, &best))
            continue;
        if (list->t[last - 1].to - list->t[i].from > max)
            p = cut_sentence(list, m, i, last, max);
        if (is_better(&p, &best))
            best = p;
    }
    return best;
}

/* The best passage of one text. *worth stays below 0 where there are no words. */
static bool
passage_of(struct marked_text *out, const char *text, const char *field, size_t max,
           struct words *words, struct matcher *m, double *worth, struct err *err)
{
    struct tokens list = {.n = 0};
    const size_t len = strlen(text);
    bool ok = tokenise(&list, text, len, field, max, words, m, err);
    if (ok && list.n > 0) {
        const struct passage p = best_passage(&list, m, max);
        const size_t from = start_of(&list, p.first, text), end = end_of(&list, p.last, text, len);
        const size_t to = shorten(text, from, end, max);
        *worth = p.worth;
        ok = fill(out, text, from, to, &list, p.first, p.last, err);
        out->cut_before = !list.t[p.first].sentence;
        out->cut_after = to < end || (p.last < list.n && !list.t[p.last].sentence);
    }
    free(list.t);
    return ok;
}

/* The texts passages are taken from, in the order of their worth; NULL behind the last one. */
static const char *
text_of(const struct article *a, size_t i)
{
    const struct article_values *captions = &a->list[ARTICLE_CAPTION];
    if (i < 2)
        return article_get(a, i == 0 ? ARTICLE_BODY : ARTICLE_DECK);
    return i - 2 < captions->n ? captions->item[i - 2] : NULL;
}

bool
snippet_make(struct marked_text *out, const struct article *a, size_t max_bytes,
             struct words *words, struct matcher *m, struct err *err)
{
    static const char *const fields[] = {"body", "deck", "caption"}; /* in the order of text_of() */
    const char *language = article_get(a, ARTICLE_LANGUAGE), *text;
    double best = -1;
    *out = (struct marked_text){.len = 0};
    if (!matcher_language(m, words, language, err) || !words_language(words, language, err))
        return false;
    for (size_t i = 0; best <= 0 && (text = text_of(a, i)) != NULL; i++) {
        struct marked_text candidate = {.len = 0};
        double worth = -1;
        if (!passage_of(&candidate, text, fields[i < 2 ? i : 2], max_bytes, words, m, &worth,
                        err)) {
            marked_text_release(out);
            return false;
        }
        if (worth > best) {
            marked_text_release(out);
            *out = candidate;
            best = worth;
        } else {
            marked_text_release(&candidate);
        }
    }
    return true;
}
