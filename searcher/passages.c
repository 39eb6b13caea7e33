/* passages.c - which passages of an article answer a query best
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/passages.h"

#include <string.h>

#include "common/utf8.h"

/* Words of a query that are told apart: as many as the matcher keeps. */
#define MATCHES_MAX 256

/* A repeated match is worth this much of a first one, so many times. */
#define REPEAT_WORTH 0.1
#define REPEATS_MAX 3

/* A word in its phrase, or beside its neighbour in a run, is worth this much of the word alone. */
#define TOGETHER_WORTH 1.25

/* Another passage has to bring this much of what all words are worth. */
#define GAIN_MIN 0.1

/* Passages that are shorter say nothing. */
#define ROOM_MIN 40

/* Most bytes that punctuation adds to a passage at either end. */
#define EDGE 16

/* ---- what the words of passages are worth ---- */

struct cover {
    double value[MATCHES_MAX]; /* of each word of the query; 0: not there yet */
    unsigned char repeats[MATCHES_MAX];
    double distinct, repeated;
};

static void
add_to_cover(struct cover *c, const struct tokens *list, size_t first, size_t last,
             const struct matcher *m)
{
    for (size_t i = first; i < last; i++) {
        const struct token *t = &list->t[i];
        if (t->match < 0 || t->match >= MATCHES_MAX)
            continue;
        const size_t word = matcher_same(m, (size_t)t->match);
        const double weight = matcher_weight(m, word),
                     value = t->together ? TOGETHER_WORTH * weight : weight;
        if (value > c->value[word]) {
            c->distinct += value - c->value[word];
            c->value[word] = value;
        } else if (c->repeats[word] < REPEATS_MAX) {
            c->repeats[word]++;
            c->repeated += REPEAT_WORTH * weight;
        }
    }
}

/* How much more there is with these words than without; *distinct: with words that were not there.
 */
static double
gain(const struct cover *before, const struct tokens *list, size_t first, size_t last,
     const struct matcher *m, double *distinct)
{
    *distinct = 0;
    while (first < last && list->t[first].match < 0)
        first++;
    if (first == last)
        return 0;
    struct cover with = *before;
    add_to_cover(&with, list, first, last, m);
    *distinct = with.distinct - before->distinct;
    return *distinct + with.repeated - before->repeated;
}

/* Is every word of the query there? */
static bool
is_all(const struct cover *c, const struct matcher *m)
{
    for (size_t i = 0; i < matcher_count(m) && i < MATCHES_MAX; i++)
        if (matcher_same(m, i) == i && c->value[i] <= 0)
            return false;
    return true;
}

/* ---- where a passage begins and ends ---- */

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

/* May one of them end at `to`, by its last bytes? Before most passages stands a letter, a dot or a blank. */
static bool
may_end_opener(const char *text, size_t floor, size_t to)
{
    const unsigned char last = to > floor ? (unsigned char)text[to - 1] : '.';
    if (last == ' ')
        return to - floor > 2 && text[to - 2] == '\xab';
    return last >= 0x80 || memchr("\"'([{", last, 5);
}

/* Where the marks that open something begin, which end at `to`. */
static size_t
openers_before(const char *text, size_t floor, size_t to)
{
    size_t from = to;
    for (bool more = may_end_opener(text, floor, to); more;) {
        more = false;
        for (size_t i = 0; i < sizeof openers / sizeof *openers && !more; i++) {
            const size_t len = strlen(openers[i]);
            more = from - floor >= len && to - from + len <= EDGE &&
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
    if (to - floor > EDGE) {
        to = floor + EDGE;
        while (to > floor && !tokens_is_blank(text[to]))
            to--;
    }
    while (to > floor && tokens_is_blank(text[to - 1]))
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
    while (from > floor && word - from < EDGE && !tokens_is_blank(text[from - 1]))
        from--;
    return openers_before(text, floor, from == 0 || tokens_is_blank(text[from - 1]) ? from : word);
}

/* A word longer than the room ends between two characters. */
static size_t
shorten(const char *text, size_t from, size_t to, size_t max)
{
    if (to - from <= max)
        return to;
    const size_t len = to;
    to = from + max;
    size_t start = to;
    for (;;) {
        while (start > from && ((unsigned char)text[start] & 0xc0) == 0x80)
            start--;
        size_t next = start;
        utf8_next(text, len, &next);
        if (start == from || utf8_columns(text + start, next - start) > 0)
            break;
        start--; /* a mark belongs to the letter before it */
    }
    while (to > from && ((unsigned char)text[to] & 0xc0) == 0x80)
        to--;
    return start > from ? start : to;
}

/* ---- one passage ---- */

/* What passages are looked for with. */
struct search {
    const struct matcher *m;
    const struct cover *before; /* what the passages chosen have */
    size_t max;
};

struct candidate {
    struct source *source; /* NULL: none */
    size_t first, last;
    double worth, distinct;
    bool crosses; /* goes on in the next paragraph */
};

/* Bytes of the words [first, last) with their punctuation. */
static size_t
extent(const struct source *s, size_t first, size_t last)
{
    return end_of(&s->list, last, s->text, s->len) - start_of(&s->list, first, s->text);
}

/* The end of the sentence that goes on at word i, or of what is free of it. */
static size_t
stretch_end(const struct tokens *list, size_t i)
{
    do
        i++;
    while (i < list->n && !list->t[i].sentence && list->t[i].taken == list->t[i - 1].taken);
    return i;
}

/* As many whole sentences from `first` as there is room for; one that is too long is cut. A passage
 * stays in its paragraph unless that is very short. */
static size_t
passage_end(const struct source *s, size_t first, size_t max)
{
    const struct tokens *list = &s->list;
    size_t last = first;
    while (last < list->n && !list->t[last].taken) {
        const size_t next = stretch_end(list, last), bytes = extent(s, first, next);
        if (last > first && (bytes > max || (list->t[last].paragraph &&
                                             list->t[last - 1].to - list->t[first].from > max / 4)))
            break;
        last = next;
        if (bytes > max)
            break;
    }
    return last;
}

static void
weigh(struct candidate *c, const struct search *q)
{
    c->worth = gain(q->before, &c->source->list, c->first, c->last, q->m, &c->distinct);
}

/* The stretch around word i: some words before it, and then as many as there is room for. */
static struct candidate
stretch_around(struct source *s, size_t i, size_t first, size_t last, size_t max)
{
    const struct tokens *list = &s->list;
    size_t from = i, to = i + 1;
    while (from > first && list->t[i].to - list->t[from - 1].from < max / 4)
        from--;
    while (from < i && list->t[from].inside)
        from++;
    while (from > first && list->t[from].inside && list->t[i].to - list->t[from - 1].from < max)
        from--;
    while (to < last && list->t[to].to - list->t[from].from <= max)
        to++;
    while (to > i + 1 && to < last && list->t[to].inside)
        to--;
    while (to > i + 1 && extent(s, from, to) > max)
        to--;
    while (from < i && extent(s, from, to) > max)
        from++;
    return (struct candidate){.source = s, .first = from, .last = to};
}

/* Is c better than the best one before it? Of equal ones the first, but one that stays in its
 * paragraph before one that does not. */
static bool
is_better(const struct candidate *c, const struct candidate *best)
{
    return !best->source || c->worth > best->worth ||
           (c->worth > 0 && c->worth >= best->worth && best->crosses && !c->crosses);
}

/* A sentence longer than the room: the stretch of it that is worth most. */
static struct candidate
cut_sentence(const struct search *q, struct source *s, size_t first, size_t last)
{
    struct candidate best = {.source = NULL};
    for (size_t i = first; i < last; i++) {
        if (i > first && s->list.t[i].match < 0)
            continue;
        struct candidate c = stretch_around(s, i, first, last, q->max);
        weigh(&c, q);
        if (is_better(&c, &best))
            best = c;
    }
    return best;
}

/* Tries the passage that begins at each sentence of a text. */
static void
look_for_better(struct candidate *best, const struct search *q, struct source *s)
{
    const struct tokens *list = &s->list;
    for (size_t i = 0; i < list->n; i = stretch_end(list, i)) {
        if (list->t[i].taken)
            continue;
        struct candidate c = {.source = s, .first = i, .last = passage_end(s, i, q->max)};
        weigh(&c, q);
        /* Before the first match: the beginning, and more of it than a dateline */
        if (!best->source && c.worth <= 0 && c.last < list->n && extent(s, i, c.last) < q->max / 4)
            c.last = stretch_end(list, c.last);
        for (size_t k = i + 1; k < c.last; k++)
            c.crosses = c.crosses || list->t[k].paragraph;
        if (!is_better(&c, best))
            continue;
        if (extent(s, c.first, c.last) > q->max)
            c = cut_sentence(q, s, c.first, c.last);
        if (is_better(&c, best))
            *best = c;
    }
}

/* ---- several passages ---- */

/* The bytes of a passage, not more than max: without its punctuation, or without the end of a word,
 * where that is too much. */
static void
set_bytes(struct passage *p, size_t max)
{
    const struct source *s = p->source;
    const struct tokens *list = &s->list;
    p->from = start_of(list, p->first, s->text);
    const size_t end = end_of(list, p->last, s->text, s->len);
    p->to = end;
    if (p->to - p->from > max)
        p->to = list->t[p->last - 1].to;
    if (p->to - p->from > max)
        p->from = list->t[p->first].from;
    const size_t whole = p->to;
    p->to = shorten(s->text, p->from, p->to, max);
    p->cut_before = !list->t[p->first].sentence;
    p->cut_after = p->to < whole || (p->last < list->n && !list->t[p->last].sentence);
}

static void
take(struct passage *p, bool taken)
{
    struct source *s = (struct source *)(uintptr_t)p->source;
    for (size_t i = p->first; i < p->last; i++)
        s->list.t[i].taken = taken;
}

static size_t
bytes_of(const struct choice *c)
{
    size_t bytes = 0;
    for (size_t i = 0; i < c->n; i++)
        bytes += c->passage[i].to - c->passage[i].from + (i > 0 ? strlen(PASSAGES_BETWEEN) : 0);
    return bytes;
}

/* Gives a passage `room` more bytes: the whole of its sentence, or else more words of it behind. */
static void
widen(struct passage *p, size_t room)
{
    const struct source *s = p->source;
    const struct tokens *list = &s->list;
    const size_t max = p->to - p->from + room;
    size_t first = p->first, last = p->last;
    while (first > 0 && !list->t[first].sentence && !list->t[first - 1].taken)
        first--;
    while (last < list->n && !list->t[last].sentence && !list->t[last].taken)
        last++;
    if (extent(s, first, last) > max) {
        first = p->first;
        last = p->last;
        while (last < list->n && !list->t[last].sentence && !list->t[last].taken &&
               extent(s, first, last + 1) <= max)
            last++;
        while (last > p->last && last < list->n && list->t[last].inside)
            last--;
    }
    take(p, false);
    p->first = first;
    p->last = last;
    take(p, true);
    set_bytes(p, max);
}

static bool
is_before(const struct passage *a, const struct passage *b)
{
    return a->source->place < b->source->place || (a->source == b->source && a->first < b->first);
}

/* Puts the passages in order; those that touch are one. */
static void
arrange(struct choice *c)
{
    for (size_t i = 1; i < c->n; i++)
        for (size_t k = i; k > 0 && is_before(&c->passage[k], &c->passage[k - 1]); k--) {
            const struct passage p = c->passage[k];
            c->passage[k] = c->passage[k - 1];
            c->passage[k - 1] = p;
        }
    for (size_t i = 0; i + 1 < c->n;) {
        struct passage *a = &c->passage[i], *b = a + 1;
        const size_t apart = a->to - a->from + strlen(PASSAGES_BETWEEN) + b->to - b->from;
        if (a->source != b->source || a->last != b->first ||
            extent(a->source, a->first, b->last) > apart) {
            i++;
            continue;
        }
        a->last = b->last;
        set_bytes(a, apart);
        c->n--;
        memmove(b, b + 1, (c->n - i - 1) * sizeof *b);
    }
}

/* Up to k passages, each with its share of the room, the one first that brings most. */
static void
choose(struct choice *out, struct cover *cover, struct source *sources, size_t n,
       const struct matcher *m, size_t max, size_t k)
{
    size_t room = max - (k - 1) * strlen(PASSAGES_BETWEEN);
    *out = (struct choice){.n = 0};
    *cover = (struct cover){.distinct = 0};
    for (size_t left = k; left > 0; left--) {
        const struct search q = {m, cover, room / left};
        struct candidate best = {.source = NULL};
        for (size_t i = 0; i < n; i++)
            look_for_better(&best, &q, &sources[i]);
        if (!best.source || (out->n > 0 && best.distinct <= 0))
            break;
        struct passage *p = &out->passage[out->n++];
        *p = (struct passage){.source = best.source, .first = best.first, .last = best.last};
        set_bytes(p, q.max);
        take(p, true);
        add_to_cover(cover, &best.source->list, best.first, best.last, m);
        room -= p->to - p->from;
    }
    for (size_t i = 0; i < out->n && out->n > 1; i++)
        widen(&out->passage[i], max - bytes_of(out));
    for (size_t i = 0; i < out->n; i++)
        take(&out->passage[i], false);
    arrange(out);
}

bool
passages_one(struct choice *out, struct source *sources, size_t n, const struct matcher *m,
             size_t max_bytes)
{
    struct cover cover;
    choose(out, &cover, sources, n, m, max_bytes, 1);
    return is_all(&cover, m);
}

void
passages_choose(struct choice *out, struct source *sources, size_t n, const struct matcher *m,
                size_t max_bytes)
{
    struct cover cover, everything = {.distinct = 0};
    choose(out, &cover, sources, n, m, max_bytes, 1);
    for (size_t i = 0; i < n; i++)
        add_to_cover(&everything, &sources[i].list, 0, sources[i].list.n, m);
    for (size_t k = 2; k <= PASSAGES_MAX; k++) {
        struct choice more;
        struct cover more_cover;
        if (max_bytes / k < ROOM_MIN ||
            everything.distinct - cover.distinct < GAIN_MIN * everything.distinct)
            break;
        choose(&more, &more_cover, sources, n, m, max_bytes, k);
        if (more_cover.distinct >= cover.distinct + GAIN_MIN * everything.distinct) {
            *out = more;
            cover = more_cover;
        }
    }
}
