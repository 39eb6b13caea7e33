/* suffix.c - what may stand directly behind a word, a quotation or a bracket: ~2 and ^0.5
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/suffix.h"

#include "common/utf8.h"
#include "searcher/query/read.h"

/* Letters up to which one may be wrong where ~ has no number; in longer words two. */
#define SHORT_WORD 5

/* That may stand behind a suffix. */
static const char punctuation[] = ".,;:?!";

static size_t
digits_end(const char *text, size_t at, size_t to)
{
    while (at < to && text[at] >= '0' && text[at] <= '9')
        at++;
    return at;
}

/* Never more than 10 * max + 9. */
static unsigned
digits_value(const char *text, size_t at, size_t to, unsigned max)
{
    unsigned n = 0;
    for (; at < to; at++)
        n = n > max ? n : 10 * n + (unsigned)(text[at] - '0');
    return n;
}

/* The number of a boost at text[at]: digits, perhaps a point and digits. Returns its end; `at`
 * where there is none. */
static size_t
read_boost(const char *text, size_t at, size_t to, struct suffix *out)
{
    const unsigned whole_max = QUERY_BOOST_MAX / 1000;
    const size_t whole = digits_end(text, at, to);
    size_t end = whole;
    if (whole == at)
        return at;
    unsigned boost = 1000 * digits_value(text, at, whole, whole_max), worth = 100;
    if (whole + 1 < to && text[whole] == '.' && digits_end(text, whole + 1, to) > whole + 1)
        end = digits_end(text, whole + 1, to);
    for (size_t i = whole + 1; i < end; i++, worth /= 10) {
        boost += worth * (unsigned)(text[i] - '0');
        out->clipped = out->clipped || worth == 0;
    }
    out->clipped = out->clipped || boost < 1 || boost > QUERY_BOOST_MAX;
    out->boost = boost < 1 ? 1 : boost > QUERY_BOOST_MAX ? QUERY_BOOST_MAX : boost;
    return end;
}

static void
set_number(struct suffix *out, unsigned number, unsigned min, unsigned max)
{
    out->tilde = true;
    out->clipped = out->clipped || number < min || number > max;
    out->number = number < min ? min : number > max ? max : number;
}

/* Where the last such mark stands; `to`: there is none. */
static size_t
last_mark(const char *text, size_t from, size_t to, char mark)
{
    for (size_t at = to; at > from; at--)
        if (text[at - 1] == mark)
            return at - 1;
    return to;
}

/* Letters and digits of a run; 0 where there are only digits, which have no spelling. */
static size_t
count_letters(const struct marks *m, size_t from, size_t to)
{
    size_t n = 0, digits = 0;
    for (size_t at = from; at < to;) {
        const uint32_t c = marks_next(m, &at);
        n += utf8_is_alnum(c);
        digits += c >= '0' && c <= '9';
    }
    return n == digits ? 0 : n;
}

/* A boost that ends at `end`. Returns where it begins; `end`: there is none. */
static size_t
find_boost(const struct marks *m, size_t from, size_t end, struct suffix *out)
{
    const size_t at = last_mark(m->text, from, end, '^');
    struct suffix read = *out;
    if (at + 1 >= end || !marks_has_word(m, from, at) ||
        read_boost(m->text, at + 1, end, &read) != end)
        return end;
    if (out->boost == 0)
        *out = read;
    return at;
}

/* The same for ~. */
static size_t
find_tilde(const struct marks *m, size_t from, size_t end, struct suffix *out)
{
    const size_t at = last_mark(m->text, from, end, '~');
    const size_t letters =
        at < end && digits_end(m->text, at + 1, end) == end ? count_letters(m, from, at) : 0;
    const unsigned fallback = letters > SHORT_WORD ? 2 : 1;
    if (letters == 0)
        return end;
    if (!out->tilde)
        set_number(out,
                   at + 1 == end ? fallback : digits_value(m->text, at + 1, end, QUERY_EDITS_MAX),
                   1, QUERY_EDITS_MAX);
    return at;
}

size_t
suffix_of_run(const struct marks *m, size_t from, size_t to, struct suffix *out)
{
    size_t rest = to;
    *out = (struct suffix){.tilde = false};
    for (;;) {
        const size_t end = marks_strip(m, from, rest, punctuation);
        size_t at = find_boost(m, from, end, out);
        if (at == end)
            at = find_tilde(m, from, end, out);
        if (at == end)
            return rest;
        rest = at;
    }
}

/* Does a number end here, and not go on as a word? */
static bool
ends_number(const struct marks *m, size_t at)
{
    return !utf8_is_alnum(marks_at(m, at));
}

size_t
suffix_behind(const struct marks *m, size_t at, struct suffix *out)
{
    *out = (struct suffix){.tilde = false};
    if (at < m->len && m->text[at] == '~') {
        const size_t end = digits_end(m->text, at + 1, m->len);
        if (end > at + 1 && ends_number(m, end)) {
            set_number(out, digits_value(m->text, at + 1, end, QUERY_NEAR_MAX), 0, QUERY_NEAR_MAX);
            at = end;
        }
    }
    if (at < m->len && m->text[at] == '^') {
        struct suffix read = *out;
        const size_t end = read_boost(m->text, at + 1, m->len, &read);
        if (end > at + 1 && ends_number(m, end)) {
            *out = read;
            at = end;
        }
    }
    return at;
}

bool
suffix_is_pattern(const struct marks *m, size_t from, size_t to)
{
    bool wildcard = false, letter = false;
    for (size_t at = from; at < to;) {
        const bool ascii_mark = m->text[at] == '*' || m->text[at] == '?';
        const uint32_t c = marks_next(m, &at);
        const bool accent = c >= 0x300 && c <= 0x36f;
        wildcard = wildcard || ascii_mark;
        letter = letter || utf8_is_alnum(c);
        if (!ascii_mark && !accent && !utf8_is_alnum(c))
            return false;
    }
    return wildcard && letter;
}
