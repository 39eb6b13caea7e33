/* fold.c - the normal form of one word
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "common/err-icu.h"
#include "common/simplified.h"
#include "common/utf8.h"

/* A word is short; what is longer than this is folded in pieces by its caller. NFKC makes at most 18 units of one. */
#define UNITS_MAX 512
#define FOLDED_MAX (18 * UNITS_MAX)

/* Appends UTF-16 as UTF-8. */
static bool
add_units(struct buf *out, const UChar *units, int32_t n, struct err *err)
{
    if (!buf_reserve(out, (size_t)n * 3))
        return buf_ok(out, "a word", err);
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = 0;
    u_strToUTF8WithSub(out->data + out->len, (int32_t)((size_t)n * 3), &len, units, n, 0xfffd, NULL, &status);
    if (U_FAILURE(status))
        return err_icu(err, ERR_BUG, "icu: UTF-8", status);
    out->len += (size_t)len;
    out->data[out->len] = '\0';
    return true;
}

/* The UTF-16 of text; *n is its length. */
static bool
to_units(const char *text, size_t len, UChar *units, int32_t *n, struct err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    if (len > UNITS_MAX)
        return err_set(err, ERR_BUG, "a word of %zu bytes to fold", len);
    u_strFromUTF8WithSub(units, UNITS_MAX, n, text, (int32_t)len, 0xfffd, NULL, &status);
    return U_FAILURE(status) ? err_icu(err, ERR_BUG, "icu: UTF-16", status) : true;
}

/* Digits of all scripts are those of ASCII. */
static UChar
plain_digit(UChar c)
{
    if (c < 0x0660 || U16_IS_SURROGATE(c))
        return c;
    const int32_t digit = u_charDigitValue(c);
    return digit < 0 || u_charType(c) != U_DECIMAL_DIGIT_NUMBER ? c : (UChar)('0' + digit);
}

/* Casefolding gives I with a dot above as i with one more dot: no word has that. */
static int32_t
tidy(UChar *units, int32_t len)
{
    int32_t n = 0;
    for (int32_t i = 0; i < len; i++)
        if (units[i] != 0x0307 || i == 0 || units[i - 1] != 'i')
            units[n++] = plain_digit(units[i]);
    return n;
}

bool
fold_case(struct buf *out, const char *text, size_t len, struct err *err)
{
    UChar units[UNITS_MAX], folded[FOLDED_MAX];
    int32_t n = 0;
    if (!to_units(text, len, units, &n, err))
        return false;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkc_cf = unorm2_getNFKCCasefoldInstance(&status);
    if (U_SUCCESS(status))
        n = unorm2_normalize(nfkc_cf, units, n, folded, FOLDED_MAX, &status);
    if (U_FAILURE(status))
        return err_icu(err, ERR_BUG, "icu: case folding", status);
    return add_units(out, folded, tidy(folded, n), err);
}

/* Letters that have no decomposition, as people type them who lack the key. */
static const struct {
    UChar letter;
    const char *plain; /* at most two ASCII letters */
} plain_letters[] = {
    {0x00e6, "ae"}, {0x00f0, "d"}, {0x00f8, "o"}, {0x00fe, "th"}, {0x0111, "d"}, {0x0127, "h"},
    {0x0131, "i"},  {0x0142, "l"}, {0x014b, "ng"}, {0x0153, "oe"}, {0x0167, "t"}, {0x0180, "b"},
    {0x0253, "b"},  {0x0257, "d"}, {0x0268, "i"}, {0x0199, "k"}, {0x01b4, "y"},
};

/* Letters of the Arabic script that are typed for one another. */
static UChar
plain_arabic(UChar c)
{
    switch (c) {
    case 0x0671: /* alef wasla */
        return 0x0627;
    case 0x0649: /* alef maksura */
    case 0x06cc: /* Farsi yeh */
        return 0x064a;
    case 0x0629: /* teh marbuta */
    case 0x06c1: /* heh goal, of Urdu */
    case 0x06c3: /* teh marbuta goal */
    case 0x06d5: /* ae, of Kurdish; with a hamza heh with yeh above */
        return 0x0647;
    case 0x06a9: /* keheh */
        return 0x0643;
    default:
        return c;
    }
}

/* й, ї, ў, ѓ, ќ are letters of their own, not accented ones. */
static bool
mark_is_letter(UChar32 base, UChar32 mark)
{
    switch (mark) {
    case 0x0306: /* breve */
        return base == 0x0438 || base == 0x0443;
    case 0x0308: /* diaeresis */
        return base == 0x0456;
    case 0x0301: /* acute */
        return base == 0x0433 || base == 0x043a;
    default:
        return false;
    }
}

static bool
drops_mark(UChar32 base, UScriptCode script, UChar32 mark)
{
    switch (script) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
        return true;
    case USCRIPT_CYRILLIC:
        return !mark_is_letter(base, mark);
    case USCRIPT_DEVANAGARI:
        return mark == 0x093c; /* nukta */
    default:
        return false;
    }
}

static int32_t
add_plain(UChar *out, int32_t n, UChar c)
{
    if (c >= 0x3400) {
        out[n++] = (UChar)simplified(c);
        return n;
    }
    for (size_t i = 0; i < sizeof plain_letters / sizeof plain_letters[0]; i++)
        if (plain_letters[i].letter == c) {
            for (const char *p = plain_letters[i].plain; *p; p++)
                out[n++] = (UChar)*p;
            return n;
        }
    out[n++] = plain_arabic(c);
    return n;
}

/* Drops marks from decomposed text; out has room for twice as much. */
static int32_t
drop_marks(const UChar *in, int32_t len, UChar *out)
{
    UChar32 base = 0;
    UScriptCode script = USCRIPT_COMMON;
    int32_t n = 0;
    for (int32_t at = 0; at < len;) {
        const int32_t from = at;
        UChar32 c = in[at++];
        if ((c & 0xfc00) == 0xd800 && at < len)
            c = U16_GET_SUPPLEMENTARY(c, in[at++]);
        if (u_charType(c) == U_NON_SPACING_MARK) {
            if (drops_mark(base, script, c))
                continue;
        } else if (c == 0x0640) { /* tatweel only stretches a word */
            continue;
        } else {
            UErrorCode status = U_ZERO_ERROR;
            base = c;
            script = uscript_getScript(c, &status);
        }
        if (at - from == 1)
            n = add_plain(out, n, in[from]);
        else
            for (int32_t i = from; i < at; i++)
                out[n++] = in[i];
    }
    return n;
}

bool
fold_marks(struct buf *out, const char *casefolded, size_t len, struct err *err)
{
    UChar units[UNITS_MAX], decomposed[FOLDED_MAX], plain[2 * FOLDED_MAX];
    int32_t n = 0;
    if (!to_units(casefolded, len, units, &n, err))
        return false;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    if (U_SUCCESS(status))
        n = unorm2_normalize(nfd, units, n, decomposed, FOLDED_MAX, &status);
    if (U_SUCCESS(status)) {
        n = drop_marks(decomposed, n, plain);
        n = unorm2_normalize(nfc, plain, n, decomposed, FOLDED_MAX, &status);
    }
    if (U_FAILURE(status))
        return err_icu(err, ERR_BUG, "icu: dropping marks", status);
    return add_units(out, decomposed, n, err);
}

bool
fold_small(struct buf *out, const char *text, size_t len, struct err *err)
{
    UChar units[UNITS_MAX], small[3 * UNITS_MAX];
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = 0;
    if (!to_units(text, len, units, &n, err))
        return false;
    n = u_strToLower(small, 3 * UNITS_MAX, units, n, "", &status);
    if (U_FAILURE(status))
        return err_icu(err, ERR_BUG, "icu: small letters", status);
    return add_units(out, small, n, err);
}

void
fold_capital(struct buf *out, const char *text, size_t len)
{
    uint8_t first[U8_MAX_LENGTH];
    size_t at = 0;
    int32_t n = 0;
    if (len == 0)
        return;
    U8_APPEND_UNSAFE(first, n, (uint32_t)u_totitle((UChar32)utf8_next(text, len, &at)));
    buf_add(out, (const char *)first, (size_t)n);
    buf_add(out, text + at, len - at);
}

bool
fold_is_capital(const char *text, size_t len)
{
    size_t at = 0;
    return len > 0 && u_isUUppercase((UChar32)utf8_next(text, len, &at));
}
