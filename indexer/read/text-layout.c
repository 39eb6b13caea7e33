/* text-layout.c - the lines of a plain text, put together to the paragraphs they were
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/text-layout.h"

#include <stdlib.h>
#include <string.h>

#include "common/utf8.h"
#include "indexer/read/text-mark.h"

/* Hard line breaks stand between these columns. */
#define WRAP_MIN 30
#define WRAP_MAX 120

/* How much room a full line may leave beyond what the next word takes: bad hyphenation, ragged
 * setting. */
#define SLACK 4

/* Among so many paragraphs from the start, and so near to their beginning, bylines and dates may
 * stand on lines of their own. */
#define HEAD_PARAS 10
#define HEAD_BYTES 1000

struct line {
    struct text_span text; /* trimmed, never empty */
    size_t indent, columns;
    bool apart; /* an empty line was before it */
};

/* The next line that is not empty. False: there is none. */
static bool
next_line(const char *text, size_t len, size_t *at, struct line *line)
{
    bool apart = false;
    while (*at < len) {
        const char *newline = memchr(text + *at, '\n', len - *at);
        const size_t end = newline ? (size_t)(newline - text) : len;
        const struct text_span all = {text + *at, end - *at};
        *at = newline ? end + 1 : len;
        const struct text_span trimmed = text_trim(all);
        if (trimmed.len == 0) {
            apart = true;
            continue;
        }
        const size_t blanks = (size_t)(trimmed.at - all.at);
        const bool tab = memchr(all.at, '\t', blanks) != NULL;
        line->text = trimmed;
        line->indent = tab ? 8 : utf8_columns(all.at, blanks);
        line->columns = trimmed.len > 4 * TEXT_COLUMNS_MAX ? TEXT_COLUMNS_MAX
                                                           : utf8_columns(trimmed.at, trimmed.len);
        if (line->columns > TEXT_COLUMNS_MAX)
            line->columns = TEXT_COLUMNS_MAX;
        line->apart = apart;
        return true;
    }
    return false;
}

/* Columns of the first thing that a line break may stand before. */
static size_t
first_word_columns(struct text_span s)
{
    if (text_is_unspaced(text_first_char(s)))
        return 2;
    size_t at = 0;
    const struct text_span word = text_word(text_first(s, 4 * WRAP_MAX), &at);
    return utf8_columns(word.at, word.len);
}

/* What tells wrapped text from one paragraph a line, counted over neighbouring lines. */
struct counts {
    size_t lines, longer, pairs, inside, lower, caseless;
    size_t width[WRAP_MAX + 1];   /* of the first line of a pair */
    size_t needed[WRAP_MAX + 41]; /* what it would take with the next line's first word */
};

static void
count_pair(struct counts *c, const struct line *last, const struct line *line)
{
    const size_t width = last->indent + last->columns;
    if (line->apart || width < WRAP_MIN || width > WRAP_MAX)
        return;
    size_t needed = width + 1 + first_word_columns(line->text);
    if (needed > WRAP_MAX + 40)
        needed = WRAP_MAX + 40;
    const uint32_t first = text_first_char(line->text);
    c->pairs++;
    c->width[width]++;
    c->needed[needed]++;
    c->inside += !text_ends_sentence(last->text);
    /* an indented line with one behind it that is not shows the same as a small letter */
    c->lower += text_is_lower(first) || last->indent >= line->indent + 2;
    c->caseless += text_is_letter(first) && !text_is_lower(first) && !text_is_upper(first);
}

/* Wrapped text fills its lines, breaks inside sentences and goes on in lower case. A list of
 * headlines does the second, verse the third; nothing but wrapped text does all. */
static void
decide(struct text_layout *l, const struct counts *c)
{
    size_t width = WRAP_MAX;
    for (size_t wider = 0; width > WRAP_MIN; width--) {
        wider += c->width[width];
        if (wider * 50 > c->pairs) /* a fiftieth may stick out */
            break;
    }
    size_t loose = 0;
    for (size_t i = 0; i + SLACK <= width; i++)
        loose += c->needed[i];
    const size_t full = c->pairs - loose;
    l->width = width;
    l->wrapped = c->pairs > 0 && c->longer <= 1 + c->lines / 10 && full * 10 >= c->pairs * 6 &&
                 c->inside * 2 >= c->pairs;
    if (c->caseless * 2 > c->pairs)
        l->wrapped = l->wrapped && c->pairs >= 3 && full * 10 >= c->pairs * 8;
    else
        l->wrapped = l->wrapped && (c->lower + c->caseless) * 10 >= c->pairs * 3;
}

static bool
is_capitals(struct text_span s)
{
    size_t upper = 0;
    for (size_t at = 0; at < s.len;) {
        const uint32_t c = utf8_next(s.at, s.len, &at);
        if (text_is_lower(c))
            return false;
        upper += text_is_upper(c);
    }
    return upper >= 5;
}

static bool
stands_alone(const struct line *line)
{
    return text_mark(line->text, line->columns, TEXT_HEAD) != TEXT_MARK_NONE;
}

/* "Decem-/ber", however short the line. */
static bool
is_divided(struct text_span last, struct text_span rest)
{
    return last.len > 2 && last.at[last.len - 1] == '-' && text_is_lower(text_first_char(rest)) &&
           text_is_letter(text_last_char(text_first(last, last.len - 1)));
}

/* Does the line go on with the paragraph that `last` ended so far? */
static bool
continues(const struct text_layout *l, const struct line *last, const struct line *line)
{
    if (!l->wrapped || line->apart || line->indent > last->indent + 1)
        return false;
    if (is_divided(last->text, line->text))
        return true;
    const size_t width = last->indent + last->columns;
    const bool full = width + 1 + first_word_columns(line->text) + SLACK > l->width;
    const size_t so_far = l->joined.len - l->para[l->n - 1].from;
    if (l->n <= HEAD_PARAS && so_far <= HEAD_BYTES) {
        const bool capitals = is_capitals(last->text);
        if (capitals && !is_capitals(line->text))
            return false;
        /* a date may also end a line, or a paragraph */
        const bool first = so_far == last->text.len;
        if ((first && stands_alone(last)) ||
            ((l->n == 1 || !full || text_ends_sentence(last->text)) && stands_alone(line)))
            return false;
        if (capitals && l->n == 1)
            return true;
    }
    return full || (width * 2 >= l->width && !text_ends_sentence(last->text) &&
                    text_is_lower(text_first_char(line->text)));
}

/* What is left of a word that was divided at the end of a line; no word itself. Wire services and
 * typists break at hyphens that belong there ("oil-/rich"): everywhere else the hyphen stays. */
static bool
is_fragment(struct text_span rest)
{
    static const char *const fragments[] = {
        "ber", "bers", "tion", "tions", "sion", "sions", "ment", "ments", "ing", "ings", "ed", "er",
        "ers", "ly", "ity", "ities", "ty", "ties", "ness", "al", "ally", "ate", "ated", "ates",
        "ating", "ation", "ations", "ble", "bly", "tive", "tives", "ture", "tures", "ance", "ence",
        "ences", "ous", "ious", "cial", "tial", "ery", "ary", "ory", "ist", "ists", "ism", "ize",
        "ized", "nize", "nized", "nise", "nised", "ning", "ting", "ring", "ding", "ling", "ming",
        "sing", "cing", "ving", "ted", "ded", "sive", "dent", "dents", "gent", "tor", "tors", "ter",
        "ters", "der", "ders", "ner", "ners", "lar", "nal", "ic", "ics", "ical", "uary", "ruary",
        "tember", "vember", "cember", "tober", "gust", NULL};
    size_t letters = 0;
    while (letters < rest.len && text_is_lower((unsigned char)rest.at[letters]))
        letters++;
    return text_is_any(text_first(rest, letters), fragments);
}

/* What goes between the line before and this one: a blank, or nothing where none is written or a
 * word was divided. */
static void
add_joint(struct text_layout *l, struct text_span rest)
{
    struct text_para *para = &l->para[l->n - 1];
    const struct text_span last = {l->joined.data + para->from, l->joined.len - para->from};
    const uint32_t before = text_last_char(last), after = text_first_char(rest);
    if (text_is_unspaced(before) && text_is_unspaced(after))
        return;
    const uint32_t letter = text_last_char(text_first(last, last.len - 1));
    if (before == 0xad || (before == '-' && text_is_letter(letter) && text_is_letter(after))) {
        if (before == '-' && text_is_lower(letter) && is_fragment(rest))
            buf_truncate(&l->joined, l->joined.len - 1);
        return;
    }
    buf_ch(&l->joined, ' ');
}

static bool
add_para(struct text_layout *l, bool apart)
{
    if (l->n == l->room) {
        const size_t room = l->room ? l->room + l->room / 2 : 64;
        struct text_para *para = realloc(l->para, room * sizeof *para);
        if (!para)
            return false;
        l->para = para;
        l->room = room;
    }
    l->para[l->n++] = (struct text_para){.from = (uint32_t)l->joined.len, .apart = apart};
    return true;
}

static void
end_para(struct text_layout *l, size_t columns)
{
    if (l->n == 0)
        return;
    struct text_para *para = &l->para[l->n - 1];
    para->len = (uint32_t)l->joined.len - para->from;
    para->columns = (uint16_t)(columns < TEXT_COLUMNS_MAX ? columns : TEXT_COLUMNS_MAX);
}

bool
text_layout_make(struct text_layout *l, const char *text, size_t len, struct err *err)
{
    struct counts counts = {.lines = 0};
    struct line line, last = {.columns = 0};
    for (size_t at = 0; next_line(text, len, &at, &line); last = line) {
        if (counts.lines++ > 0)
            count_pair(&counts, &last, &line);
        counts.longer += line.columns > WRAP_MAX;
    }
    decide(l, &counts);

    buf_init(&l->joined, BUF_MAX);
    buf_reserve(&l->joined, len < BUF_MAX ? len : BUF_MAX);
    size_t columns = 0;
    for (size_t at = 0; next_line(text, len, &at, &line); last = line) {
        if (l->n > 0 && continues(l, &last, &line)) {
            add_joint(l, line.text);
            columns += 1 + line.columns;
        } else {
            end_para(l, columns);
            if (!add_para(l, line.apart))
                return err_nomem(err);
            columns = line.columns;
        }
        buf_add(&l->joined, line.text.at, line.text.len);
    }
    end_para(l, columns);
    return buf_ok(&l->joined, "the article", err);
}

void
text_layout_release(struct text_layout *l)
{
    buf_release(&l->joined);
    free(l->para);
    *l = (struct text_layout){.n = 0};
}

struct text_span
text_layout_span(const struct text_layout *l, size_t para)
{
    return (struct text_span){l->joined.data + l->para[para].from, l->para[para].len};
}
