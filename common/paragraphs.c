/* paragraphs.c - body text as it comes, cut into paragraphs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/paragraphs.h"

#include <string.h>

#include <unicode/uchar.h>

#include "common/utf8.h"

/* Shorter lines that end without punctuation are headings, not lines of a wrapped paragraph. */
#define WRAPPED_MIN 40
/* The first line of an agency's text is what its dateline, which was cut off, left of a line. */
#define FIRST_MIN 20
/* Nobody wraps wider than this. */
#define WRAPPED_MAX 120

struct line {
    const char *text; /* without white space at its end */
    size_t len;
    bool indented; /* begins with a tab or at least two blanks */
};

/* The line at text[*at], moving *at behind its newline. */
static struct line
next_line(const char *text, size_t len, size_t *at)
{
    const char *from = text + *at;
    const char *newline = memchr(from, '\n', len - *at);
    struct line line = {.text = from, .len = newline ? (size_t)(newline - from) : len - *at};
    *at += line.len + (newline ? 1 : 0);
    while (line.len > 0 && (line.text[line.len - 1] == ' ' || line.text[line.len - 1] == '\t'))
        line.len--;
    line.indented = line.len > 2 && (line.text[0] == '\t' || (line.text[0] == ' ' && line.text[1] == ' '));
    return line;
}

static bool
ends_with(const struct line *line, const char *text)
{
    const size_t len = strlen(text);
    return line->len >= len && memcmp(line->text + line->len - len, text, len) == 0;
}

static bool
ends_a_sentence(const struct line *line)
{
    static const char *const ends[] = {
        ".", "!", "?", ":", ";", "\"", ")", "\u201d", "\u2019", "\u00bb", "\u2026", "\u3002",
        "\uff01", "\uff1f", "\u300d", "\uff09", "\u061f", "\u06d4", "\u0964", "\u1362",
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (ends_with(line, ends[i]))
            return true;
    return false;
}

/* Was the text wrapped to a width? Then most of its line breaks stand inside sentences. */
static bool
is_wrapped(const char *text, size_t len)
{
    size_t breaks = 0, inside = 0;
    struct line last = {.len = 0};
    for (size_t at = 0; at < len;) {
        const struct line line = next_line(text, len, &at);
        if (last.len > 0 && line.len > 0) {
            breaks++;
            if (!ends_a_sentence(&last) && last.len <= (size_t)4 * WRAPPED_MAX)
                inside++;
        }
        last = line;
    }
    return breaks > 0 && inside * 2 >= breaks;
}

/* A small letter begins no paragraph: what is before it is no heading, however short. */
static bool
goes_on(const struct line *line)
{
    size_t at = 0;
    return u_islower((UChar32)utf8_next(line->text, line->len, &at));
}

static bool
begins_paragraph(const struct line *last, bool first, const struct line *line, bool wrapped)
{
    if (last->len == 0 || line->indented)
        return true;
    if (!wrapped)
        return true;
    return !ends_a_sentence(last) && utf8_columns(last->text, last->len) < (first ? FIRST_MIN : WRAPPED_MIN) && !goes_on(line);
}

/* Chinese and Japanese are wrapped without a blank. */
static bool
joins_without_blank(const struct line *last, const struct line *line)
{
    size_t end = last->len;
    while (end > 0 && ((unsigned char)last->text[end - 1] & 0xc0) == 0x80)
        end--;
    if (end > 0)
        end--;
    size_t first = 0;
    utf8_next(line->text, line->len, &first);
    return utf8_columns(last->text + end, last->len - end) == 2 && utf8_columns(line->text, first) == 2;
}

void
paragraphs_normalise(struct buf *out, const char *text, size_t len)
{
    const bool wrapped = is_wrapped(text, len);
    const size_t start = out->len;
    struct line last = {.len = 0};
    size_t lines = 0; /* that are not empty */
    for (size_t at = 0; at < len;) {
        struct line line = next_line(text, len, &at);
        const size_t before = out->len;
        if (line.len > 0 && before > start) {
            if (begins_paragraph(&last, lines == 1, &line, wrapped))
                buf_str(out, "\n\n");
            else if (!joins_without_blank(&last, &line))
                buf_ch(out, ' ');
        }
        const size_t glued = out->len;
        utf8_squeeze(out, line.text, line.len);
        if (out->len == glued) { /* nothing but white space */
            buf_truncate(out, before);
            line.len = 0;
        }
        lines += line.len > 0;
        last = line;
    }
}
