/* utf8.c - text from outside made safe to keep: valid UTF-8, no NUL, no control characters
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/utf8.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* ICU counts in int32_t; callers cap their texts far below that. */
#define ICU_MAX ((size_t)INT32_MAX)

/* U+FFFD */
#define REPLACEMENT "\xef\xbf\xbd"

static bool
is_left_out(UChar32 c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c <= 0x9f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || U_IS_UNICODE_NONCHAR(c);
}

/* Bytes from the start that need no work: printable ASCII, tab and newline. */
static size_t
plain_run(const char *text, size_t len)
{
    size_t n = 0;
    while (n < len && ((text[n] >= 0x20 && text[n] < 0x7f) || text[n] == '\n' || text[n] == '\t'))
        n++;
    return n;
}

static void
add_code_point(struct buf *out, UChar32 c)
{
    uint8_t bytes[U8_MAX_LENGTH];
    const uint32_t code = (uint32_t)c;
    size_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, code);
    buf_add(out, bytes, n);
}

/* tidy: with line ends as \n and without characters that are left out. */
static size_t
repair(struct buf *out, const char *text, size_t len, bool tidy)
{
    size_t replaced = 0;
    if (len > ICU_MAX) {
        out->failed = ERR_ARG;
        return 0;
    }
    for (size_t at = 0; at < len;) {
        const size_t plain = plain_run(text + at, len - at);
        buf_add(out, text + at, plain);
        at += plain;
        if (at >= len)
            break;
        int32_t next = (int32_t)at;
        UChar32 c;
        U8_NEXT((const uint8_t *)text, next, (int32_t)len, c);
        if (c <= 0) {
            buf_str(out, REPLACEMENT);
            replaced++;
        } else if (tidy && c == '\r') {
            if ((size_t)next < len && text[next] == '\n')
                next++;
            buf_ch(out, '\n');
        } else if (tidy && (c == 0x85 || c == 0x2028 || c == 0x2029)) {
            buf_ch(out, '\n');
        } else if (!tidy || !is_left_out(c)) {
            buf_add(out, text + at, (size_t)next - at);
        }
        at = (size_t)next;
    }
    return replaced;
}

size_t
utf8_clean(struct buf *out, const char *text, size_t len)
{
    return repair(out, text, len, true);
}

size_t
utf8_repair(struct buf *out, const char *text, size_t len)
{
    return repair(out, text, len, false);
}

bool
utf8_valid(const char *text, size_t len)
{
    if (len > ICU_MAX)
        return false;
    for (int32_t at = 0; (size_t)at < len;) {
        UChar32 c;
        U8_NEXT((const uint8_t *)text, at, (int32_t)len, c);
        if (c < 0)
            return false;
    }
    return true;
}

uint32_t
utf8_next(const char *text, size_t len, size_t *at)
{
    int32_t next = (int32_t)*at;
    UChar32 c;
    U8_NEXT_OR_FFFD((const uint8_t *)text, next, (int32_t)len, c);
    *at = (size_t)next;
    return (uint32_t)c;
}

bool
utf8_is_space(uint32_t c)
{
    return u_isUWhiteSpace((UChar32)c);
}

bool
utf8_is_alnum(uint32_t c)
{
    return u_isUAlphabetic((UChar32)c) || u_isdigit((UChar32)c);
}

bool
utf8_is_small_letter(uint32_t c)
{
    const int8_t type = u_charType((UChar32)c);
    return type == U_LOWERCASE_LETTER || type == U_OTHER_LETTER;
}

/* Blanks that part thousands: no-break, thin, narrow no-break. */
static bool
parts_thousands(uint32_t c)
{
    return c == 0xa0 || c == 0x2009 || c == 0x202f;
}

void
utf8_squeeze(struct buf *out, const char *text, size_t len)
{
    uint32_t blank = 0, last = 0; /* the blank to write: the first of several is a plain one then */
    for (size_t at = 0; at < len;) {
        const uint32_t c = utf8_next(text, len, &at);
        if (utf8_is_space(c)) {
            blank = last == 0 ? 0 : blank == 0 ? c : ' ';
            continue;
        }
        if (blank)
            add_code_point(out, parts_thousands(blank) && u_isdigit((UChar32)last) && u_isdigit((UChar32)c) ? (UChar32)blank : ' ');
        blank = 0;
        last = c;
        add_code_point(out, (UChar32)c);
    }
}

size_t
utf8_columns(const char *text, size_t len)
{
    size_t columns = 0;
    for (size_t at = 0; at < len;) {
        if (text[at] >= ' ' && text[at] < 0x7f) {
            columns++;
            at++;
            continue;
        }
        const UChar32 c = (UChar32)utf8_next(text, len, &at);
        const int8_t type = u_charType(c);
        if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
            type == U_CONTROL_CHAR)
            continue;
        const int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
        columns += width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
    }
    return columns;
}

void
utf8_base64(struct buf *out, const char *bytes, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < len; i += 3) {
        const size_t n = len - i < 3 ? len - i : 3;
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < n ? (unsigned char)bytes[i + k] : 0U);
        for (size_t k = 0; k < 4; k++)
            buf_ch(out, k <= n ? digits[bits >> (18 - 6 * k) & 63] : '=');
    }
}
