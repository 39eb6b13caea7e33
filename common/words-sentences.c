/* words-sentences.c - where sentences and paragraphs begin
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/words-state.h"

/* Is it a word that is written with a dot? */
static bool
is_title_word(const char *word, size_t len)
{
    static const char titles[][5] = {
        "mr", "mrs", "ms", "dr", "st", "gen", "lt", "col", "sgt", "maj", "capt", "sen", "rep", "gov",
        "prof", "rev", "hon", "jr", "sr", "inc", "corp", "co", "ltd", "no", "vs", "jan", "feb", "mar",
        "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "bzw", "nr", "mme", "mlle",
        "abt", "ave", "avv", "bd", "blvd", "bspw", "cf", "cpl", "dept", "dott", "dra", "evtl", "fr", "geb", "ggf", "hr",
        "hrsg", "ing", "inkl", "kap", "lic", "mt", "num", "okt", "pag", "pvt", "sog", "sra", "sres", "str", "vgl", "zb", "zt",
    };
    if (len < 2 || len >= sizeof titles[0])
        return false;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (titles[i][0] == word[0] && memcmp(titles[i], word, len) == 0 && titles[i][len] == '\0')
            return true;
    return false;
}

/* The same for a word of ASCII as it stands in the text: Mr, Dr's. */
static bool
is_raw_title(const char *raw, size_t len)
{
    char lower[8];
    if (len > 2 && raw[len - 2] == '\'' && (raw[len - 1] | 0x20) == 's')
        len -= 2;
    if (len > sizeof lower)
        return false;
    for (size_t i = 0; i < len; i++)
        lower[i] = (char)(raw[i] | 0x20);
    return is_title_word(lower, len);
}

/* Does a Greek letter stand before text[at]? */
static bool
is_greek_before(const char *text, size_t at)
{
    if (at < 2)
        return false;
    const unsigned char a = (unsigned char)text[at - 2], b = (unsigned char)text[at - 1];
    return (b & 0xc0) == 0x80 && (a == 0xce || a == 0xcf || (at > 2 && (a & 0xc0) == 0x80 && (unsigned char)text[at - 3] == 0xe1));
}

void
words_look_at_gap(const struct words *w, size_t from, size_t to, struct word *word)
{
    bool stop = false, full = false, space = false;
    int newlines = 0;
    if (to - from == 1 && w->text[from] == ' ') { /* as nearly always */
        word->begins_paragraph = word->begins_sentence = false;
        return;
    }
    for (size_t at = from; at < to;) {
        const uint32_t c = utf8_next(w->text, to, &at);
        switch (c) {
        case '\n':
            newlines++;
            space = true;
            break;
        case '.':
            stop = true;
            space = false;
            break;
        case '!':
        case '?':
        case 0x203c: /* two exclamation marks, and the like */
        case 0x2047:
        case 0x2048:
        case 0x2049:
        case 0x2026: /* three dots */
        case 0x0589: /* Armenian */
        case 0x061f: /* Arabic */
        case 0x06d4:
        case 0x0964: /* Devanagari */
        case 0x0965:
        case 0x104b: /* Myanmar */
        case 0x1362: /* Ethiopic */
        case 0x17d4: /* Khmer */
            stop = full = true;
            space = false;
            break;
        case 0x3002: /* Chinese and Japanese, without a blank behind */
        case 0xff01:
        case 0xff1f:
        case 0xff61:
            stop = full = space = true;
            break;
        case ';': /* a Greek question */
            if (is_greek_before(w->text, at - 1)) {
                stop = full = true;
                space = false;
            }
            break;
        case 0x037e:
            stop = full = true;
            space = false;
            break;
        default:
            space = space || utf8_is_space(c);
        }
    }
    word->begins_paragraph = newlines > 1;
    word->begins_sentence = newlines > 1 || (stop && space && (full || !w->last_was_short));
}

/* Is the dot behind this word its own? */
static bool
is_short_form(const char *raw, size_t len, const struct word *word)
{
    size_t at = 0;
    if (len > 1 && word->term_len == 0) /* nobody wanted to know its form: it is ASCII */
        return is_raw_title(raw, len) || (words_is_initials(raw, len) && memchr(raw, '.', len));
    const UChar32 first = (UChar32)utf8_next(raw, len, &at);
    if (is_title_word(word->term, word->term_len))
        return true;
    /* A single letter of a script without capitals is as likely a word. */
    return words_is_initials(raw, len) && (memchr(raw, '.', len) || u_hasBinaryProperty(first, UCHAR_CASED));
}

/* May it be a number of order, in a language that writes these with a dot: Am 3. Oktober? A year is none. */
static bool
is_ordinal(const struct words *w, const char *raw, size_t len)
{
    return w->ordinal && len <= 2 && is_ascii_digit(raw[0]) && is_ascii_digit(raw[len - 1]);
}

/* Sentences do not begin in small letters. Georgian's have capitals, but never at the beginning of anything. */
bool
words_begins_small(const char *text, size_t len)
{
    size_t at = 0;
    const UChar32 c = (UChar32)utf8_next(text, len, &at);
    return u_islower(c) && u_totitle(c) != c;
}

bool
words_has_own_dot(const struct words *w, const char *raw, size_t len, const struct word *word)
{
    return is_ordinal(w, raw, len) || is_short_form(raw, len, word);
}
