/* words-kinds.c - writing without blanks: which characters are given out one by one, and where one ends
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/words-state.h"

#include <unicode/uscript.h>

enum word_kind
words_kind_of(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    if (c < 0x0e00 || !u_isUAlphabetic(c))
        return WORD_SPACED;
    if (c >= 0x4e00 && c <= 0x9fff)
        return WORD_HAN;
    if (c >= 0xac00 && c <= 0xd7a3)
        return WORD_HANGUL;
    switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
        return WORD_HAN;
    case USCRIPT_HANGUL:
        return WORD_HANGUL;
    default:
        if (c == 0x30fc || c == 0xff70) /* the mark of long vowels in katakana */
            return WORD_HAN;
        return u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ? WORD_CLUSTER : WORD_SPACED;
    }
}

/* Does it belong to the character before it? So do invisible ones, the zero-width space between words of Khmer too. */
static bool
goes_with_the_last(UChar32 c)
{
    if (c < 0x80)
        return false;
    switch (u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_EXTEND:
    case U_GCB_SPACING_MARK:
    case U_GCB_ZWJ:
    case U_GCB_V: /* Hangul that is spelled out */
    case U_GCB_T:
        return true;
    default:
        return u_charType(c) == U_FORMAT_CHAR;
    }
}

size_t
words_end_of_character(const char *text, size_t len, size_t at)
{
    utf8_next(text, len, &at);
    while (at < len) {
        size_t next = at;
        if (!goes_with_the_last((UChar32)utf8_next(text, len, &next)))
            break;
        at = next;
    }
    return at;
}

size_t
words_length_of_kind(const char *word, size_t len, enum word_kind *kind)
{
    size_t at = 0;
    *kind = WORD_SPACED;
    while (at < len && (unsigned char)word[at] < 0xe0) /* no other kind has smaller bytes in front */
        at++;
    if (at == len)
        return len;
    size_t next = 0;
    *kind = words_kind_of((UChar32)utf8_next(word, len, &next));
    for (at = next; at < len; at = next) {
        next = at;
        const UChar32 c = (UChar32)utf8_next(word, len, &next);
        if (words_kind_of(c) != *kind && !goes_with_the_last(c))
            break;
    }
    return at;
}
