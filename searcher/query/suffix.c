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

/* Behind a number as people write it: a sign, digits, a point and digits. *whole: its digits before
 * the point. `at`: there is none. */
static size_t
number_end(const char *text, size_t at, size_t to, size_t *whole, size_t *whole_end)
{
    *whole = at + (at < to && (text[at] == '-' || text[at] == '+'));
    *whole_end = digits_end(text, *whole, to);
    if (*whole_end == *whole)
        return at;
    if (*whole_end + 1 < to && text[*whole_end] == '.' &&
        digits_end(text, *whole_end + 1, to) > *whole_end + 1)
        return digits_end(text, *whole_end + 1, to);
    return *whole_end;
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
    size_t first, whole;
    const size_t end = number_end(text, at, to, &first, &whole);
    if (end == at)
        return at;
    unsigned boost = 1000 * digits_value(text, first, whole, whole_max), worth = 100;
    for (size_t i = whole + 1; i < end; i++, worth /= 10) {
        boost += worth * (unsigned)(text[i] - '0');
        out->clipped = out->clipped || worth == 0;
    }
    if (text[at] == '-')
        boost = 0;
    out->clipped = out->clipped || boost < 1 || boost > QUERY_BOOST_MAX;
    out->boost = boost < 1 ? 1 : boost > QUERY_BOOST_MAX ? QUERY_BOOST_MAX : boost;
    return end;
}

/* The number of a ~ at text[at], with as many digits as matter for max; parts of one are too exact.
 * Returns its end; `at` where there is none. */
static size_t
read_number(const char *text, size_t at, size_t to, unsigned max, unsigned *number, bool *clipped)
{
    size_t first, whole;
    const size_t end = number_end(text, at, to, &first, &whole);
    *number = end > at && text[at] != '-' ? digits_value(text, first, whole, max) : 0;
    *clipped = end > whole || (end > at && text[at] == '-');
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
    unsigned number = 0;
    bool clipped = false;
    const bool given = at + 1 < end;
    if (at == end ||
        (given && read_number(m->text, at + 1, end, QUERY_EDITS_MAX, &number, &clipped) != end))
        return end;
    const size_t letters = count_letters(m, from, at);
    if (letters == 0)
        return end;
    if (!out->tilde) {
        set_number(out, given ? number : letters > SHORT_WORD ? 2 : 1, 1, QUERY_EDITS_MAX);
        out->clipped = out->clipped || clipped;
    }
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

/* A ~ or ^ at `at` that says nothing, with the number behind it if there is one. */
static size_t
skip_mark(const struct marks *m, size_t at, struct suffix *out)
{
    size_t first, whole;
    if (at == m->len || (m->text[at] != '~' && m->text[at] != '^'))
        return at;
    const size_t end = number_end(m->text, at + 1, m->len, &first, &whole);
    out->useless = true;
    return end > at + 1 && ends_number(m, end) ? end : at + 1;
}

size_t
suffix_behind(const struct marks *m, size_t at, struct suffix *out)
{
    *out = (struct suffix){.tilde = false};
    if (at < m->len && m->text[at] == '~') {
        unsigned number;
        bool clipped;
        const size_t end = read_number(m->text, at + 1, m->len, QUERY_NEAR_MAX, &number, &clipped);
        if (end > at + 1 && ends_number(m, end)) {
            set_number(out, number, 0, QUERY_NEAR_MAX);
            out->clipped = out->clipped || clipped;
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
    for (size_t next; (next = skip_mark(m, at, out)) != at;)
        at = next;
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
