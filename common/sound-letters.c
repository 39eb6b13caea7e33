/* sound-letters.c - how a name sounds: the letters of each alphabet
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/sound.h"

/* From U+0430. */
static const char cyrillic[][4] = {
    "a", "b", "v", "g", "d", "e", "Z", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
    "f", "X", "T", "C", "S", "S", "", "i", "", "e", "yu", "ya", "e", "o", "J", "g", "e", "z", "i", "i",
    "y", "l", "n", "C", "k", "i", "w", "J",
};

/* From U+03B1. */
static const char greek[][4] = {
    "a", "v", "g", "d", "e", "z", "i", "t", "i", "k", "l", "m", "n", "ks", "o", "p", "r", "s", "s", "t", "i", "f",
    "X", "ps", "o",
};

/* From U+0561. */
static const char armenian[][4] = {
    "a", "b", "g", "d", "e", "z", "e", "i", "t", "Z", "i", "l", "X", "T", "k", "h", "z", "g", "C", "m",
    "y", "n", "S", "o", "C", "p", "J", "r", "s", "v", "t", "r", "T", "v", "p", "k", "o", "f", "yev",
};

/* From U+05D0. */
static const char hebrew[][4] = {
    "a", "b", "g", "d", "h", "w", "z", "X", "t", "y", "k", "k", "l", "m", "m", "n", "n", "s", "a", "p", "p", "T", "T",
    "k", "r", "S", "t",
};

/* From U+0621. */
static const char arabic[][4] = {
    "", "a", "a", "w", "a", "y", "a", "b", "a", "t", "t", "J", "h", "X", "d", "d", "r", "z", "s", "S",
    "s", "d", "t", "z", "a", "g", "g", "J", "S", "g", "g", "", "f", "k", "k", "l", "m", "n", "h", "w",
    "y", "y",
};

/* From U+0904: vowels and consonants; these have an a behind them where no sign of another vowel is. */
static const char devanagari[][4] = {
    "a", "a", "a", "i", "i", "u", "u", "ri", "l", "e", "e", "e", "ay", "o", "o", "o", "aw", "k", "k", "g",
    "g", "N", "C", "C", "J", "J", "n", "t", "t", "d", "d", "n", "t", "t", "d", "d", "n", "n", "p", "p",
    "b", "b", "m", "y", "r", "r", "l", "l", "l", "v", "S", "S", "s", "h",
};

/* From U+093E: signs of vowels. */
static const char devanagari_signs[][4] = {"a", "i", "i", "u", "u", "ri", "r", "e", "e", "e", "ay", "o", "o", "o", "aw", ""};

/* From U+10D0. */
static const char georgian[][4] = {
    "a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "Z", "r", "s", "t", "u",
    "p", "k", "g", "k", "S", "C", "T", "z", "T", "C", "X", "J", "h", "e", "y",
};

static const struct {
    enum sound_script script;
    uint32_t letter;
    char sounds[4];
} others[] = {
    {SOUND_CYRILLIC, 0x0491, "g"},  {SOUND_CYRILLIC, 0x0493, "g"}, {SOUND_CYRILLIC, 0x0495, "g"},
    {SOUND_CYRILLIC, 0x0497, "J"},  {SOUND_CYRILLIC, 0x049b, "k"}, {SOUND_CYRILLIC, 0x04a3, "N"},
    {SOUND_CYRILLIC, 0x04af, "u"},  {SOUND_CYRILLIC, 0x04b1, "u"}, {SOUND_CYRILLIC, 0x04b3, "h"},
    {SOUND_CYRILLIC, 0x04b7, "J"},  {SOUND_CYRILLIC, 0x04bb, "h"}, {SOUND_CYRILLIC, 0x04d9, "e"},
    {SOUND_CYRILLIC, 0x04e9, "o"},  {SOUND_LATIN, 0x0259, "e"},    {SOUND_ARABIC, 0x0679, "t"},
    {SOUND_ARABIC, 0x067e, "p"},    {SOUND_ARABIC, 0x0686, "C"},   {SOUND_ARABIC, 0x0688, "d"},
    {SOUND_ARABIC, 0x0691, "r"},    {SOUND_ARABIC, 0x0698, "Z"},   {SOUND_ARABIC, 0x06a4, "v"},
    {SOUND_ARABIC, 0x06af, "g"},    {SOUND_ARABIC, 0x06ba, "n"},   {SOUND_ARABIC, 0x06be, "h"},
    {SOUND_ARABIC, 0x06c6, "o"},    {SOUND_ARABIC, 0x06d2, "e"},   {SOUND_DEVANAGARI, 0x0901, "n"},
    {SOUND_DEVANAGARI, 0x0902, "n"}, {SOUND_DEVANAGARI, 0x0903, ""},
};

static const struct {
    enum sound_script script;
    uint32_t first;
    size_t n;
    const char (*sounds)[4];
} tables[] = {
    {SOUND_CYRILLIC, 0x0430, sizeof cyrillic / sizeof cyrillic[0], cyrillic},
    {SOUND_GREEK, 0x03b1, sizeof greek / sizeof greek[0], greek},
    {SOUND_ARMENIAN, 0x0561, sizeof armenian / sizeof armenian[0], armenian},
    {SOUND_HEBREW, 0x05d0, sizeof hebrew / sizeof hebrew[0], hebrew},
    {SOUND_ARABIC, 0x0621, sizeof arabic / sizeof arabic[0], arabic},
    {SOUND_DEVANAGARI, 0x0904, sizeof devanagari / sizeof devanagari[0], devanagari},
    {SOUND_DEVANAGARI, 0x093e, sizeof devanagari_signs / sizeof devanagari_signs[0], devanagari_signs},
    {SOUND_GEORGIAN, 0x10d0, sizeof georgian / sizeof georgian[0], georgian},
};

const char *
sound_letter(enum sound_script script, uint32_t c)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (tables[i].script == script && c >= tables[i].first && c - tables[i].first < tables[i].n)
            return tables[i].sounds[c - tables[i].first];
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (others[i].script == script && others[i].letter == c)
            return others[i].sounds;
    return NULL;
}
