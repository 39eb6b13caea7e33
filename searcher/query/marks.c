/* marks.c - the characters that mean something in a query: quotation marks, signs, letters
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/marks.h"

#include <string.h>

#include "common/utf8.h"

static uint32_t
plain_form(uint32_t c)
{
    return c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c;
}

uint32_t
marks_next(const struct marks *m, size_t *at)
{
    return plain_form(utf8_next(m->text, m->len, at));
}

uint32_t
marks_at(const struct marks *m, size_t at)
{
    return at < m->len ? marks_next(m, &at) : 0;
}

/* Where the character before at begins. */
static size_t
back(const struct marks *m, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)m->text[at] & 0xc0) == 0x80);
    return at;
}

uint32_t
marks_before(const struct marks *m, size_t at)
{
    return at > 0 ? marks_at(m, back(m, at)) : 0;
}

size_t
marks_strip(const struct marks *m, size_t from, size_t to, const char *set)
{
    while (to > from) {
        const uint32_t c = marks_before(m, to);
        if (c == 0 || c >= 0x80 || !strchr(set, (int)c))
            break;
        to = back(m, to);
    }
    return to;
}

void
marks_trim(const struct marks *m, size_t *from, size_t *to)
{
    while (*to > *from && utf8_is_space(marks_before(m, *to)))
        *to = back(m, *to);
    while (*from < *to && utf8_is_space(marks_at(m, *from)))
        marks_next(m, from);
}

bool
marks_has_word(const struct marks *m, size_t from, size_t to)
{
    while (from < to)
        if (utf8_is_alnum(marks_next(m, &from)))
            return true;
    return false;
}

/* Kinds of quotation marks; each mark of a kind opens and closes, as languages and keyboards differ
 * in which does what. */
static int
quote_kind(uint32_t c)
{
    switch (c) {
    case '"':
    case 0x201c: /* “ */
    case 0x201d: /* ” */
    case 0x201e: /* „ */
    case 0x201f: /* ‟ */
    case 0x301d: /* 〝 */
    case 0x301e: /* 〞 */
    case 0x301f: /* 〟 */
        return 0;
    case 0xab: /* « */
    case 0xbb: /* » */
        return 1;
    case 0x300c: /* 「 */
    case 0x300d: /* 」 */
    case 0xff62: /* ｢ */
    case 0xff63: /* ｣ */
        return 2;
    case 0x300e: /* 『 */
    case 0x300f: /* 』 */
        return 3;
    default:
        return -1;
    }
}

static bool
is_hebrew_letter(uint32_t c)
{
    return c >= 0x5d0 && c <= 0x5ea;
}

/* The kind of the quotation mark at `at`, or -1; *next is behind the character. Hebrew
 * abbreviations are typed with a quotation mark before their last letter. */
static int
quote_at(const struct marks *m, size_t at, size_t *next)
{
    *next = at;
    const uint32_t c = marks_next(m, next);
    const int kind = quote_kind(c);
    if ((c == '"' || c == 0x201d) && is_hebrew_letter(marks_before(m, at)) &&
        is_hebrew_letter(marks_at(m, *next)))
        return -1;
    return kind;
}

bool
marks_is_quote(const struct marks *m, size_t at)
{
    size_t next;
    return quote_at(m, at, &next) >= 0;
}

bool
marks_quotation(struct marks *m, size_t at, size_t *inside, size_t *close, size_t *behind)
{
    if (at >= m->len)
        return false;
    const int kind = quote_at(m, at, inside);
    if (kind < 0 || m->none[kind])
        return false;
    for (*close = *inside; *close < m->len; *close = *behind)
        if (quote_at(m, *close, behind) == kind)
            return true;
    m->none[kind] = true;
    return false;
}

bool
marks_has_small_letter(struct marks *m)
{
    for (size_t at = 0; at < m->len;) {
        size_t inside, close, behind;
        if (marks_quotation(m, at, &inside, &close, &behind)) {
            at = behind;
            continue;
        }
        if (utf8_is_small_letter(marks_next(m, &at)))
            return true;
    }
    return false;
}

void
marks_quotes_for(const char *text, size_t len, const char **open, const char **close)
{
    static const char *const quotes[MARKS_QUOTES][2] = {
        {"\"", "\""}, {"«", "»"}, {"「", "」"}, {"『", "』"}};
    const struct marks m = {.text = text, .len = len};
    bool used[MARKS_QUOTES] = {false};
    for (size_t at = 0, next; at < len; at = next) {
        const int kind = quote_at(&m, at, &next);
        if (kind >= 0)
            used[kind] = true;
    }
    int kind = 0;
    while (kind < MARKS_QUOTES - 1 && used[kind])
        kind++;
    *open = quotes[kind][0];
    *close = quotes[kind][1];
}
