/* text-span.c - pieces of text as the article reader compares them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/text-span.h"

#include <string.h>

#include "common/utf8.h"

/* Simple case mappings by block: enough to compare with the words of our tables and to tell a
 * capital. */
static uint32_t
fold(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c == '\t' || c == '\n' ? ' ' : c;
    if (c == 0x2018 || c == 0x2019 || c == 0x02bc)
        return '\'';
    if (utf8_is_space(c))
        return ' ';
    if ((c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x391 && c <= 0x3ab) ||
        (c >= 0x410 && c <= 0x42f))
        return c + 32;
    if (c >= 0x400 && c <= 0x40f)
        return c + 80;
    if (c >= 0x100 && c <= 0x17f && text_is_upper(c))
        return c + 1;
    return c;
}

/* Latin Extended-A comes in pairs, the capital first, which is even or odd by stretches. */
static bool
extended_is_upper(uint32_t c)
{
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
        return c % 2 == 1;
    return c != 0x130 && c != 0x138 && c != 0x178 && c % 2 == 0;
}

bool
text_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    if (c >= 0x100 && c <= 0x17f)
        return c == 0x130 || c == 0x178 || extended_is_upper(c);
    return (c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x386 && c <= 0x3ab && c != 0x390) ||
           (c >= 0x400 && c <= 0x42f) || (c >= 0x531 && c <= 0x556);
}

bool
text_is_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    if (c >= 0x100 && c <= 0x17f)
        return !text_is_upper(c);
    return (c >= 0xdf && c <= 0xff && c != 0xf7) || c == 0x390 || (c >= 0x3ac && c <= 0x3ce) ||
           (c >= 0x430 && c <= 0x45f) || (c >= 0x561 && c <= 0x587);
}

bool
text_is_unspaced(uint32_t c)
{
    return (c >= 0x0e00 && c <= 0x0eff) || (c >= 0x1000 && c <= 0x109f) ||
           (c >= 0x1780 && c <= 0x17ff) || (c >= 0x2e80 && c <= 0x9fff && c != 0x3000) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff01 && c <= 0xff9f) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

bool
text_is_letter(uint32_t c)
{
    if (c < 0xc0)
        return text_is_lower(c) || text_is_upper(c) || c == 0xaa || c == 0xba || c == 0xb5;
    if (c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x3004) ||
        (c >= 0x3008 && c <= 0x3020) || c == 0x30fb || (c >= 0xff00 && c <= 0xff20) || c >= 0x1f000)
        return c >= 0x20000 && c < 0x40000;
    return c != 0x060c && c != 0x061b && c != 0x061f && c != 0x06d4 && c != 0x0964 && c != 0xfffd;
}

/* A letter that would make another word of what is before it. */
static bool
goes_on(uint32_t c)
{
    return text_is_letter(c) && !text_is_unspaced(c);
}

struct text_span
text_from(struct text_span s, size_t from)
{
    if (from > s.len)
        from = s.len;
    return (struct text_span){s.at + from, s.len - from};
}

struct text_span
text_first(struct text_span s, size_t len)
{
    return (struct text_span){s.at, len < s.len ? len : s.len};
}

/* Where the last character begins. */
static size_t
last_start(struct text_span s)
{
    size_t at = s.len;
    while (at > 0 && ((unsigned char)s.at[at - 1] & 0xc0) == 0x80)
        at--;
    return at > 0 ? at - 1 : 0;
}

uint32_t
text_first_char(struct text_span s)
{
    size_t at = 0;
    return s.len > 0 ? utf8_next(s.at, s.len, &at) : 0;
}

uint32_t
text_last_char(struct text_span s)
{
    return text_first_char(text_from(s, last_start(s)));
}

struct text_span
text_trim(struct text_span s)
{
    for (size_t at = 0; at < s.len;) {
        if (!utf8_is_space(utf8_next(s.at, s.len, &at)))
            break;
        s = text_from(s, at);
        at = 0;
    }
    while (s.len > 0 && utf8_is_space(text_last_char(s)))
        s.len = last_start(s);
    return s;
}

/* Can a character whose first byte is `byte` be the same as one whose first byte in a literal is
 * `first`? */
static bool
may_begin(unsigned char byte, unsigned char first)
{
    if (byte < 0x80)
        return (byte >= 'A' && byte <= 'Z'     ? byte + 32
                : byte == '\t' || byte == '\n' ? ' '
                                               : byte) == first;
    return byte >= 0xc0 && (first >= 0x80 || first == ' ' || first == '\'');
}

size_t
text_begins(struct text_span s, const char *literal)
{
    if (s.len == 0 || !may_begin((unsigned char)s.at[0], (unsigned char)literal[0]))
        return 0; /* most comparisons end here, and there are many */
    const size_t n = strlen(literal);
    size_t at = 0;
    for (size_t i = 0; i < n;) {
        if (at >= s.len)
            return 0;
        if (fold(utf8_next(s.at, s.len, &at)) != utf8_next(literal, n, &i))
            return 0;
    }
    return at;
}

size_t
text_begins_word(struct text_span s, const char *literal)
{
    const size_t n = text_begins(s, literal);
    if (n == 0)
        return 0;
    const bool word = goes_on(text_last_char(text_first(s, n)));
    return word && goes_on(text_first_char(text_from(s, n))) ? 0 : n;
}

bool
text_is(struct text_span s, const char *literal)
{
    return s.len > 0 && text_begins(s, literal) == s.len;
}

size_t
text_find(struct text_span s, size_t from, const char *literal)
{
    for (size_t at = from; at < s.len; at++)
        if (may_begin((unsigned char)s.at[at], (unsigned char)literal[0]) &&
            text_begins(text_from(s, at), literal))
            return at;
    return TEXT_NONE;
}

size_t
text_find_word(struct text_span s, size_t from, const char *literal)
{
    for (size_t at = from; at < s.len; at++)
        if (may_begin((unsigned char)s.at[at], (unsigned char)literal[0]) &&
            text_begins_word(text_from(s, at), literal) &&
            (at == 0 || !goes_on(text_last_char(text_first(s, at)))))
            return at;
    return TEXT_NONE;
}

bool
text_ends(struct text_span s, const char *literal)
{
    /* A character of ours and its literal may differ in bytes (apostrophes), so a few starts are
     * tried. */
    const size_t n = strlen(literal);
    for (size_t extra = 0; extra <= 4; extra++) {
        const size_t from = s.len + 2 > n + extra ? s.len + 2 - n - extra : 0;
        if (from < s.len && ((unsigned char)s.at[from] & 0xc0) != 0x80 &&
            text_is(text_from(s, from), literal))
            return true;
    }
    return false;
}

bool
text_same(struct text_span a, struct text_span b)
{
    size_t i = 0, k = 0;
    a = text_trim(a);
    b = text_trim(b);
    while (i < a.len && k < b.len) {
        const uint32_t c = fold(utf8_next(a.at, a.len, &i));
        const uint32_t d = fold(utf8_next(b.at, b.len, &k));
        if (c != d)
            return false;
        while (c == ' ' && i < a.len && fold(text_first_char(text_from(a, i))) == ' ')
            utf8_next(a.at, a.len, &i);
        while (c == ' ' && k < b.len && fold(text_first_char(text_from(b, k))) == ' ')
            utf8_next(b.at, b.len, &k);
    }
    return i == a.len && k == b.len;
}

size_t
text_begins_any(struct text_span s, const char *const table[])
{
    size_t longest = 0;
    for (; *table; table++) {
        const size_t n = text_begins_word(s, *table);
        if (n > longest)
            longest = n;
    }
    return longest;
}

bool
text_is_any(struct text_span s, const char *const table[])
{
    for (; *table; table++)
        if (text_is(s, *table))
            return true;
    return false;
}

bool
text_has_any(struct text_span s, const char *const table[])
{
    for (; *table; table++)
        if (text_find_word(s, 0, *table) != TEXT_NONE)
            return true;
    return false;
}

static bool
closes(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201d ||
           c == 0x201c || c == 0xbb || c == 0xab || c == 0x300d || c == 0x300f || c == 0xff09;
}

/* Ends a sentence: full stops, exclamation and question marks of the larger scripts. */
static bool
stops(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xff01 ||
           c == 0xff1f || c == 0x061f || c == 0x06d4 || c == 0x0964 || c == 0x1362;
}

bool
text_ends_sentence(struct text_span s)
{
    s = text_trim(s);
    while (s.len > 0 && closes(text_last_char(s)))
        s.len = last_start(s);
    return s.len > 0 && stops(text_last_char(s));
}

/* "Mr.", "Oct.", "U.S.", an initial: a full stop after one to three letters that begin with a
 * capital, or after a letter with another full stop before it. */
static bool
abbreviates(struct text_span s, size_t stop)
{
    size_t from = stop;
    while (from > 0 && stop - from < 40 && s.at[from - 1] != ' ')
        from--;
    const struct text_span word = {s.at + from, stop - from};
    if (word.len == 0 || memchr(word.at, '.', word.len))
        return true;
    size_t letters = 0;
    for (size_t at = 0; at < word.len; letters++)
        utf8_next(word.at, word.len, &at);
    static const char *const known[] = {"sept", "prof", "capt", "calif", "mass", "corp", NULL};
    return (letters <= 3 && text_is_upper(text_first_char(word))) || text_is_any(word, known);
}

size_t
text_sentence(struct text_span s, size_t most)
{
    for (size_t at = 0; at < s.len && at < most;) {
        const size_t stop = at;
        const uint32_t c = utf8_next(s.at, s.len, &at);
        if (!stops(c) || (c == '.' && abbreviates(s, stop)))
            continue;
        size_t end = at;
        while (end < s.len && closes(text_first_char(text_from(s, end))))
            utf8_next(s.at, s.len, &end);
        if (end >= s.len)
            break;
        size_t next = end;
        const uint32_t blank = utf8_next(s.at, s.len, &next);
        if (c > 0x3000 ||
            (utf8_is_space(blank) && !text_is_lower(text_first_char(text_from(s, next)))))
            return end;
    }
    return s.len <= most ? s.len : TEXT_NONE;
}

struct text_span
text_word(struct text_span s, size_t *at)
{
    size_t from = *at, next = from;
    while (next < s.len && utf8_is_space(utf8_next(s.at, s.len, &next)))
        from = next;
    size_t to = from;
    for (next = from; next < s.len && !utf8_is_space(utf8_next(s.at, s.len, &next)); to = next)
        ;
    *at = to;
    return (struct text_span){s.at + from, to - from};
}
