/* date-scan.c - text cut into the numbers, words and signs that dates are made of
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/date-scan.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "common/date-names.h"

#define COUNTLESS 99

/* Signs that have several shapes. */
static const struct {
    UChar32 shape, sign;
} signs[] = {
    {0x060c, ','}, {0x104a, ','},
    {0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'},
    {0x2015, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x02bc, '\''}, {0x2032, '\''}, {0x2212, '-'},
    {0x0970, '.'}, {0x3001, ','}, {0x3002, '.'}, {0xff08, '('}, {0xff09, ')'}, {0xff0b, '+'},
    {0xff0c, ','}, {0xff0d, '-'}, {0xff0e, '.'}, {0xff0f, '/'}, {0xff1a, ':'}, {0xff5c, '|'},
    {0x2022, '|'}, {0x00b7, '|'}, {0x30fb, '|'}, {0x2502, '|'}, {0x05f3, '\''}, {0x00b0, 'o'},
};

/* Chinese numerals: digits, then ten, twenty, thirty. */
static int
numeral(UChar32 c)
{
    static const UChar32 numerals[] = {0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d,
                                       0x4e03, 0x516b, 0x4e5d, 0x5341, 0x5eff, 0x5345};
    if (c == 0x96f6 || c == 0x25cb)
        return 0;
    for (int i = 0; i < (int)(sizeof numerals / sizeof *numerals); i++)
        if (numerals[i] == c)
            return i;
    return -1;
}

static UChar32
plain_sign(UChar32 c)
{
    for (size_t i = 0; c > 0x7f && i < sizeof signs / sizeof *signs; i++)
        if (signs[i].shape == c)
            return signs[i].sign;
    return c;
}

static bool
stands_alone(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || (c >= 0xac00 && c <= 0xd7a3);
}

static bool
is_dropped_mark(UChar32 c)
{
    return (c >= 0x0300 && c <= 0x036f) || (c >= 0x0591 && c <= 0x05c7) ||
           (c >= 0x064b && c <= 0x065f) || c == 0x0640 || c == 0x0670;
}

static bool
is_ignored(UChar32 c)
{
    return c > 0x7f && u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static bool
is_letter(UChar32 c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (stands_alone(c) || plain_sign(c) < 0x80)
        return false;
    return u_isUAlphabetic(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

struct fold {
    char *out;
    size_t len, size;
    bool full;
};

static void
fold_add(struct fold *f, UChar32 c)
{
    if (is_dropped_mark(c) || is_ignored(c))
        return;
    c = c == 0x131 ? 'i' : u_foldCase(c, U_FOLD_CASE_DEFAULT);
    uint8_t bytes[U8_MAX_LENGTH];
    size_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, (uint32_t)c);
    if (n >= f->size - f->len) {
        f->full = true;
        return;
    }
    memcpy(f->out + f->len, bytes, n);
    f->len += n;
    f->out[f->len] = '\0';
}

static void
fold_char(struct fold *f, UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar parts[32];
    UChar32 chars[32];
    int32_t n = -1;
    const UNormalizer2 *nfkd = c < 0x80 ? NULL : unorm2_getNFKDInstance(&status);
    if (nfkd && U_SUCCESS(status))
        n = unorm2_getDecomposition(nfkd, c, parts, 32, &status);
    if (n >= 0)
        u_strToUTF32(chars, 32, &n, parts, n, &status);
    if (n < 0 || U_FAILURE(status)) {
        fold_add(f, c);
        return;
    }
    for (int32_t i = 0; i < n; i++)
        fold_add(f, chars[i]);
}

struct cursor {
    const char *text;
    int32_t at, len;
};

/* The next character, -1 at the end; *next is behind it. Ill-formed bytes are U+FFFD. */
static UChar32
look(const struct cursor *k, int32_t at, int32_t *next)
{
    UChar32 c;
    if (at >= k->len)
        return -1;
    U8_NEXT_OR_FFFD((const uint8_t *)k->text, at, k->len, c);
    *next = at;
    return c;
}

static void
scan_number(struct cursor *k, struct date_token *t)
{
    int32_t next = 0;
    UChar32 zero = 0;
    for (UChar32 c; (c = look(k, k->at, &next)) >= 0; k->at = next) {
        const int32_t digit = u_charDigitValue(c);
        if (is_ignored(c))
            continue;
        if (digit < 0 || (t->digits && c - digit != zero))
            break;
        zero = c - digit;
        if (t->digits < 18) {
            t->value = t->value * 10 + digit;
            t->digits++;
        } else {
            t->digits = COUNTLESS;
        }
    }
    t->kind = DATE_NUMBER;
    t->ascii = zero == '0';
    t->persian = zero == 0x6f0;
}

/* 二〇二三 is 2023; 十三 is 13, 二十三 is 23, and so is 廿三. */
static void
scan_numerals(struct cursor *k, struct date_token *t)
{
    int32_t next = 0;
    bool tens = false;
    for (int n; (n = numeral(look(k, k->at, &next))) >= 0; k->at = next) {
        if (t->digits >= 8) {
            t->digits = COUNTLESS;
            continue;
        }
        if (n < 10) {
            t->value = tens ? t->value + n : t->value * 10 + n;
        } else {
            t->value = n > 10 ? (n - 9) * 10 : t->value ? t->value * 10 : 10;
            tens = true;
        }
        t->digits++;
    }
    if (tens && t->digits < 4)
        t->digits = 2;
    t->kind = DATE_NUMBER;
}

/* May the word go on behind the full stop at k->at: "p.m", "ต.ค"? Not behind "p.m" itself. */
static bool
is_short_form(const struct cursor *k, const struct fold *f, size_t letters)
{
    int32_t next = 0;
    if (letters == 0 || letters > 2 || (f->len == 2 && f->out[1] == 'm'))
        return false;
    return plain_sign(look(k, k->at, &next)) == '.' && is_letter(look(k, next, &next));
}

static void
scan_word(struct date_scan *s, struct cursor *k, struct date_token *t)
{
    struct fold f = {s->letters + s->letters_n, 0, sizeof s->letters - s->letters_n, false};
    if (f.size > DATE_NAME_MAX)
        f.size = DATE_NAME_MAX;
    t->kind = DATE_WORD;
    t->folded = (uint16_t)s->letters_n;
    t->capitals = true;
    size_t letters = 0;
    int32_t next = 0;
    for (UChar32 c; (c = look(k, k->at, &next)) >= 0; k->at = next) {
        if (is_short_form(k, &f, letters)) {
            letters = 0;
            continue;
        }
        if (!is_letter(c) && !is_ignored(c))
            break;
        if (f.len == 0 && letters == 0) {
            t->ascii = c < 0x80;
            t->capital = !u_isULowercase(c);
        }
        t->capitals = t->capitals && !u_isULowercase(c);
        s->thai = s->thai || (c >= 0xe00 && c <= 0xe7f);
        fold_char(&f, c);
        letters++;
    }
    f.out[f.full ? 0 : f.len] = '\0';
    s->letters_n += f.full ? 1 : f.len + 1;
    if (s->letters_n >= sizeof s->letters)
        s->letters_n = sizeof s->letters - 1;
}

static bool
is_joint(const struct date_token *t)
{
    return t->kind == DATE_SIGN && !t->spaced && (t->sign == '\'' || t->sign == '-');
}

/* Names of several words: the longest one that begins with token i. */
static void
find_name(struct date_scan *s, size_t i)
{
    struct date_token *t = &s->token[i];
    char name[DATE_NAME_WORDS * (DATE_NAME_MAX + 1)];
    size_t len = 0, words = 0;
    for (size_t k = i; words < DATE_NAME_WORDS && s->token[k].kind == DATE_WORD; k++) {
        const char *word = s->letters + s->token[k].folded;
        const size_t n = strlen(word);
        if (n == 0)
            break;
        if (words++)
            name[len++] = ' ';
        memcpy(name + len, word, n + 1);
        len += n;
        const unsigned what = date_name(name);
        if (what) {
            t->what = (uint8_t)what;
            t->croatian = (uint8_t)date_name_croatian(name);
            t->span = (uint8_t)(k - i + 1);
        }
        if (is_joint(&s->token[k + 1]) && !s->token[k + 2].spaced)
            k++;
    }
    t->word = (uint16_t)date_word(s->letters + t->folded);
    t->zone = (int16_t)date_zone(s->letters + t->folded);
}

static void
scan_token(struct date_scan *s, struct cursor *k, struct date_token *t)
{
    int32_t next = 0;
    const UChar32 c = look(k, k->at, &next);
    if (u_charDigitValue(c) >= 0) {
        scan_number(k, t);
        s->thai = s->thai || (c >= 0xe50 && c <= 0xe59);
    } else if (numeral(c) >= 0) {
        scan_numerals(k, t);
    } else if (is_letter(c)) {
        scan_word(s, k, t);
    } else {
        t->kind = DATE_SIGN;
        t->sign = (uint32_t)plain_sign(c);
        k->at = next;
    }
}

void
date_scan(struct date_scan *s, const char *text, size_t len)
{
    const bool cut = len > DATE_LINE_MAX;
    struct cursor k = {text, 0, (int32_t)(cut ? DATE_LINE_MAX : len)};
    s->n = 0;
    s->thai = false;
    s->letters_n = 0;
    bool spaced = false;
    int32_t next = 0;
    for (UChar32 c; (c = look(&k, k.at, &next)) >= 0;) {
        if (u_isUWhiteSpace(c) || is_ignored(c)) {
            spaced = spaced || !is_ignored(c);
            k.at = next;
            continue;
        }
        struct date_token *t = &s->token[s->n++];
        *t = (struct date_token){.spaced = spaced, .from = (uint16_t)k.at, .zone = DATE_ZONE_NONE};
        scan_token(s, &k, t);
        t->to = (uint16_t)k.at;
        spaced = false;
    }
    if (cut && s->n && s->token[s->n - 1].to == k.len)
        s->n--;
    s->token[s->n] = (struct date_token){.kind = DATE_END, .zone = DATE_ZONE_NONE, .spaced = true};
    for (size_t i = 0; i < s->n; i++)
        if (s->token[i].kind == DATE_WORD)
            find_name(s, i);
}

void
date_fold(const char *text, size_t len, char *out, size_t size)
{
    static const size_t most = DATE_LINE_MAX;
    struct date_scan s;
    date_scan(&s, text, len < most ? len : most);
    size_t used = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *word = s.letters + s.token[i].folded;
        const size_t n = s.token[i].kind == DATE_WORD ? strlen(word) : 0;
        if (n == 0 || n + 2 > size - used)
            continue;
        if (used)
            out[used++] = ' ';
        memcpy(out + used, word, n);
        used += n;
    }
    out[used] = '\0';
}
