/* sound.c - how a name sounds, whatever script it is written in
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/sound.h"

#include <string.h>

#include "common/pinyin.h"
#include "common/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum sound_script
sound_script_of(uint32_t c)
{
    static const struct {
        uint32_t first, last;
        enum sound_script script;
    } ranges[] = {
        {'a', 'z', SOUND_LATIN},
        {0x00df, 0x024f, SOUND_LATIN},
        {0x0250, 0x02af, SOUND_LATIN},
        {0x0370, 0x03ff, SOUND_GREEK},
        {0x0400, 0x052f, SOUND_CYRILLIC},
        {0x0561, 0x0587, SOUND_ARMENIAN},
        {0x05d0, 0x05ea, SOUND_HEBREW},
        {0x0620, 0x06d5, SOUND_ARABIC},
        {0x0900, 0x0963, SOUND_DEVANAGARI},
        {0x10d0, 0x10ff, SOUND_GEORGIAN},
        {0x3041, 0x3096, SOUND_KANA},
        {0x30a1, 0x30fc, SOUND_KANA},
        {0x3400, 0x9fff, SOUND_HAN},
        {0xac00, 0xd7a3, SOUND_HANGUL},
    };
    for (size_t i = 0; i < COUNT(ranges) && ranges[i].first <= c; i++)
        if (c <= ranges[i].last)
            return ranges[i].script;
    return SOUND_NONE;
}

static bool
is_vowel(char c)
{
    return c != '\0' && strchr("aeiou", c) != NULL;
}

/* ---- rows ---- */

static bool
add(struct sound *s, const char *sounds)
{
    for (; *sounds; sounds++) {
        if (s->n > 0 && s->row[s->n - 1] == *sounds && !is_vowel(*sounds)) /* doubled */
            continue;
        if (s->n == SOUND_MAX)
            return false;
        s->row[s->n++] = *sounds;
    }
    return true;
}

/* Spellings of more than one letter, the longer ones first. */
static const struct {
    char letters[5], sounds[3];
} spellings[] = {
    {"shch", "S"}, {"tsch", "C"}, {"sch", "S"}, {"tch", "C"}, {"dzh", "J"},
    {"sh", "S"},   {"zh", "Z"},   {"kh", "X"},  {"gh", "g"},  {"bh", "b"},
    {"dh", "d"},   {"th", "t"},   {"jh", "J"},  {"ph", "f"},  {"ch", "H"},
    {"ck", "k"},   {"cz", "C"},   {"sz", "S"},  {"ts", "T"},  {"tz", "T"},
    {"dz", "z"},   {"dj", "J"},   {"oo", "u"},  {"ou", "u"},  {"ee", "i"},
};

/* The sounds of the letter text[at] in Latin, which may depend on its neighbours. */
static void
latin_letter(const char *text, size_t len, size_t at, char sounds[3])
{
    const char c = text[at], next = at + 1 < len ? text[at + 1] : '\0';
    sounds[0] = c;
    sounds[1] = sounds[2] = '\0';
    if (c == '-')
        sounds[0] = '\0';
    else if (c == 'y')
        sounds[0] = is_vowel(next) ? 'y' : 'i';
    else if (c == 'h')
        sounds[0] = is_vowel(next) || next == 'y' ? 'h' : '\0';
    else if (c == 'x' && at > 0)
        memcpy(sounds, "ks", 2);
    else if (c == 'n' && next == 'g' && (at + 2 == len || !is_vowel(text[at + 2])))
        sounds[0] = 'N';
    else if (c == 'g' && at > 0 && text[at - 1] == 'n' && !is_vowel(next))
        sounds[0] = '\0';
}

static bool
add_latin(struct sound *s, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        const bool alone = at + 1 == len || strchr("hckzjsoue", text[at + 1]) == NULL;
        size_t i = alone ? COUNT(spellings) : 0, n = 1;
        char sounds[3];
        for (; i < COUNT(spellings); i++) {
            n = strlen(spellings[i].letters);
            if (n <= len - at && memcmp(text + at, spellings[i].letters, n) == 0)
                break;
        }
        if (i < COUNT(spellings)) {
            if (!add(s, spellings[i].sounds))
                return false;
            at += n;
            continue;
        }
        latin_letter(text, len, at, sounds);
        if (!add(s, sounds))
            return false;
        at++;
    }
    return true;
}

static bool
add_hangul(struct sound *s, uint32_t c)
{
    static const char onsets[19][2] = {"g", "k", "n", "d", "t", "r", "m", "b", "p", "s",
                                       "s", "",  "J", "J", "C", "k", "t", "p", "h"};
    static const char vowels[21][3] = {"a",  "e",  "ya", "ye", "o",  "e",  "yo",
                                       "ye", "o",  "wa", "we", "we", "yo", "u",
                                       "wo", "we", "wi", "yu", "u",  "i",  "i"};
    static const char codas[28][3] = {"",  "k", "k", "k", "n", "n", "n", "t", "l", "k",
                                      "m", "l", "l", "l", "p", "l", "m", "p", "p", "t",
                                      "t", "N", "t", "t", "k", "t", "p", ""};
    const uint32_t i = c - 0xac00;
    const bool liquid =
        i / 588 == 5 && s->n > 0 && s->row[s->n - 1] == 'l'; /* behind another it is said as one */
    return add(s, liquid ? "" : onsets[i / 588]) && add(s, vowels[i / 28 % 21]) &&
           add(s, codas[i % 28]);
}

static bool
add_kana(struct sound *s, uint32_t c)
{
    /* From U+30A1; a small letter takes the vowel before it away */
    static const char kana[][3] = {
        "a",  "a",  "i",  "i",  "u",  "u",  "e",  "e",  "o",  "o",  "ka", "ga", "ki", "gi", "ku",
        "gu", "ke", "ge", "ko", "go", "sa", "za", "Si", "Ji", "su", "zu", "se", "ze", "so", "zo",
        "ta", "da", "Ci", "Ji", "",   "Tu", "zu", "te", "de", "to", "do", "na", "ni", "nu", "ne",
        "no", "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu", "he", "be", "pe", "ho", "bo",
        "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu", "yo", "yo", "ra", "ri", "ru",
        "re", "ro", "wa", "wa", "i",  "e",  "o",  "n",  "vu", "ka", "ke",
    };
    const uint32_t katakana = c < 0x30a1 ? c + 0x60 : c;
    if (katakana < 0x30a1 || katakana - 0x30a1 >= COUNT(kana))
        return c == 0x30fc || c == 0x30fb; /* the mark of a long vowel, a dot between words */
    const bool vowel = katakana <= 0x30a9 && (katakana - 0x30a1) % 2 == 0;
    const bool y = katakana == 0x30e3 || katakana == 0x30e5 || katakana == 0x30e7;
    const char *sounds = kana[katakana - 0x30a1];
    if ((vowel || y) && s->n > 0 && is_vowel(s->row[s->n - 1])) {
        s->n--;
        if (y && s->n > 0 && strchr("SCJ", s->row[s->n - 1]))
            sounds++;
    }
    return add(s, sounds);
}

static bool
is_devanagari_consonant(uint32_t c)
{
    return (c >= 0x0915 && c <= 0x0939) || (c >= 0x0958 && c <= 0x095f);
}

/* Two letters of Greek, Cyrillic or Armenian that are one sound; *n: how many were read. NULL: they
 * are not. */
static const char *
pair_of_letters(const uint32_t *c, size_t left, bool first, size_t *n)
{
    static const struct {
        uint32_t a, b;
        const char *initial, *inside;
    } pairs[] = {
        {0x03bf, 0x03c5, "u", "u"},  {0x03bc, 0x03c0, "b", "b"},   {0x03bd, 0x03c4, "d", "nd"},
        {0x03b3, 0x03ba, "g", "Ng"}, {0x03b3, 0x03b3, "g", "Ng"},  {0x03c4, 0x03b6, "T", "T"},
        {0x03c4, 0x03c3, "T", "T"},  {0x03b1, 0x03c5, "av", "av"}, {0x03b5, 0x03c5, "ev", "ev"},
        {0x03b1, 0x03b9, "e", "e"},  {0x03b5, 0x03b9, "i", "i"},   {0x03bf, 0x03b9, "i", "i"},
        {0x0627, 0x0648, "o", "aw"}, {0x0627, 0x064a, "i", "ay"}, /* an alef at the beginning
                                                                     carries a vowel */
        {0x05d0, 0x05d5, "o", "aw"}, {0x05d0, 0x05d9, "i", "ay"},  {0x0434, 0x0436, "J", "J"},
        {0x0442, 0x0441, "T", "T"},  {0x0578, 0x0582, "u", "u"},
    };
    for (size_t i = 0; left > 1 && i < COUNT(pairs); i++)
        if (pairs[i].a == c[0] && pairs[i].b == c[1]) {
            *n = 2;
            return first ? pairs[i].initial : pairs[i].inside;
        }
    return NULL;
}

/* A letter of the alphabets; *n: how many characters were read. False: not known. */
static bool
add_letter(struct sound *s, const uint32_t *c, size_t left, bool first, size_t *n)
{
    const char *sounds = pair_of_letters(c, left, first, n);
    if (!sounds)
        sounds = sound_letter(s->script, c[0]);
    if (s->script == SOUND_DEVANAGARI &&
        (c[0] == 0x093c || c[0] == 0x200d)) /* nukta: z for j, f for p */
        return true;
    if (!sounds)
        return false;
    if ((s->script == SOUND_ARABIC || s->script == SOUND_HEBREW) && left == 1 && !first &&
        sounds[0] == 'h')
        sounds = "a";
    if (!add(s, sounds))
        return false;
    size_t next = 1;
    while (next < left && c[next] == 0x093c)
        next++;
    /* The vowel that is not written: not at the end, not before a sign of another one or of none */
    if (is_devanagari_consonant(c[0]) && next < left && !(c[next] >= 0x093e && c[next] <= 0x094d))
        return add(s, "a");
    return true;
}

/* The article of Arabic is no part of a name: Latin letters leave it out, or write it apart. */
static size_t
article_of(const struct sound *s, const uint32_t *c, size_t n)
{
    return s->script == SOUND_ARABIC && n > 4 && c[0] == 0x0627 && c[1] == 0x0644 ? 2 : 0;
}

static bool
add_characters(struct sound *s, const uint32_t *c, size_t count)
{
    const size_t start = article_of(s, c, count);
    for (size_t i = start; i < count;) {
        size_t n = 1;
        bool known = true;
        if (s->script == SOUND_HANGUL)
            known = add_hangul(s, c[i]);
        else if (s->script == SOUND_KANA)
            known = add_kana(s, c[i]);
        else
            known = add_letter(s, c + i, count - i, i == start, &n);
        if (!known)
            return false;
        i += n;
    }
    return true;
}

/* The syllables of Han, or the letters of Latin, as Latin spells them. */
static bool
add_spelled(struct sound *s, const uint32_t *c, size_t count)
{
    char text[4 * SOUND_MAX];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const char ascii[2] = {(char)c[i], '\0'};
        const char *sounds = c[i] < 0x80              ? ascii
                             : s->script == SOUND_HAN ? pinyin_of(c[i])
                                                      : sound_letter(SOUND_LATIN, c[i]);
        if (!sounds)
            return false;
        if (s->script == SOUND_HAN && !add_latin(s, sounds, strlen(sounds)))
            return false;
        memcpy(text + n, sounds, strlen(sounds));
        n += s->script == SOUND_HAN ? 0 : strlen(sounds);
    }
    return add_latin(s, text, n);
}

bool
sound_of(struct sound *out, const char *word, size_t len)
{
    uint32_t c[SOUND_MAX + 1];
    size_t n = 0;
    *out = (struct sound){.script = SOUND_NONE};
    for (size_t at = 0; at < len;) {
        if (n == SOUND_MAX)
            return false;
        c[n] = utf8_next(word, len, &at);
        const enum sound_script script = sound_script_of(c[n]);
        const bool apostrophe = c[n] == '\'' || c[n] == '-';
        if (apostrophe && out->script == SOUND_LATIN) { /* it parts syllables: Xi'an, Jong-un */
            c[n++] = '-';
            continue;
        }
        if (apostrophe || (c[n] == 0x30fb && n > 0))
            continue;
        if (script == SOUND_NONE || (n > 0 && script != out->script))
            return false;
        out->script = script;
        n++;
    }
    if (n == 0)
        return false;
    const bool spelled = out->script == SOUND_LATIN || out->script == SOUND_HAN;
    const bool known = spelled ? add_spelled(out, c, n) : add_characters(out, c, n);
    out->row[out->n] = '\0';
    return known && out->n > 0;
}

/* ---- keys ---- */

/* The coarse kinds of consonants that a sound may be, '-' for none: most probable first. */
static const char *
kinds_of(const struct sound *s, size_t i)
{
    const char next = s->row[i + 1];
    const bool first = i == 0;
    switch (s->row[i]) {
    case 'p':
    case 'b':
    case 'f':
    case 'v':
        return "P";
    case 'w':
        return "P-";
    case 'm':
        return "M";
    case 'n':
    case 'N': /* before a p it is an m as often */
        return next != '\0' && strchr("pbmfv", next) ? "M" : "N";
    case 't':
    case 'd':
        return "T";
    case 'C':
    case 'J':
    case 'T': /* kana have no ti and tu */
        return s->script == SOUND_KANA ? "ST" : "S";
    case 's':
    case 'z':
    case 'S':
    case 'Z':
        return "S";
    case 'k':
    case 'g':
        return "K";
    case 'X':
        return "K-";
    case 'h':
        return first ? "-K" : "-";
    case 'l':
    case 'r':
        return "L";
    case 'c':
        return "KS";
    case 'H':
        return "SK";
    case 'j':
        return "SK-";
    case 'x':
        return "SK";
    case 'q':
        return "KS";
    default:
        return "-";
    }
}

/* What comes of one more sound: each key so far with each of its kinds. */
static size_t
extend(char key[SOUND_KEYS_MAX][SOUND_KEY_SIZE], size_t n, const char *kinds)
{
    const size_t before = n;
    for (size_t k = 1; kinds[k]; k++)
        for (size_t i = 0; i < before && n < SOUND_KEYS_MAX; i++) {
            const size_t len = strlen(key[i]);
            if (len == SOUND_KEY_SIZE - 1)
                continue;
            memcpy(key[n], key[i], SOUND_KEY_SIZE);
            if (kinds[k] != '-') {
                key[n][len] = kinds[k];
                key[n][len + 1] = '\0';
            }
            n++;
        }
    for (size_t i = 0; i < before; i++) {
        const size_t len = strlen(key[i]);
        if (len == SOUND_KEY_SIZE - 1 || kinds[0] == '-')
            continue;
        key[i][len] = kinds[0];
        key[i][len + 1] = '\0';
    }
    return n;
}

size_t
sound_keys(const struct sound *s, char key[SOUND_KEYS_MAX][SOUND_KEY_SIZE])
{
    size_t n = 1, kept = 0;
    memset(key, 0, (size_t)SOUND_KEYS_MAX * SOUND_KEY_SIZE);
    for (size_t i = 0; i < s->n; i++) {
        const char *kinds = kinds_of(s, i);
        /* kana and Hangul put a u between consonants */
        const size_t back = i > 1 && s->script >= SOUND_HANGUL && s->row[i - 1] == 'u' ? 2 : 1;
        const char before = i >= back ? kinds_of(s, i - back)[0] : '-';
        if (kinds[0] == before &&
            (before == 'L' || (before != '-' && back == 1))) /* ts, nn, rl: said as one */
            continue;
        n = extend(key, n, kinds);
    }
    for (size_t i = 0; i < n; i++) {
        bool known = key[i][0] == '\0';
        for (size_t k = 0; k < kept && !known; k++)
            known = strcmp(key[k], key[i]) == 0;
        if (!known)
            memmove(key[kept++], key[i], SOUND_KEY_SIZE);
    }
    return kept;
}

size_t
sound_consonants(const struct sound *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += !is_vowel(s->row[i]) && s->row[i] != 'y';
    return n;
}

/* ---- distance ---- */

/* Vowels count little, and less where a script leaves some out or has to put some in. What Arabic
 * writes of them counts: it writes the long ones, and most of a foreign name. */
struct weights {
    double vowel; /* what a vowel adds to the length of a word */
    double extra, extra_y,
        extra_w;  /* what one costs that the other word has not, of sounds a to u, of y and of w */
    double other; /* what one costs that is another one */
};

static struct weights
weights_for(const struct sound *s, const struct sound *other)
{
    if (s->script == SOUND_ARABIC)
        return (struct weights){0.2, 0.3, 0.25, 0.3, 0.3};
    if (s->script == SOUND_HEBREW)
        return (struct weights){0.2, 0.12, 0.2, 0.25, 0.15};
    if (other->script == SOUND_ARABIC)
        return (struct weights){0.2, 0.14, 0.12, 0.3, 0.3};
    if (other->script == SOUND_HEBREW)
        return (struct weights){0.2, 0.09, 0.12, 0.3, 0.3};
    if (s->script >= SOUND_HANGUL || other->script >= SOUND_HANGUL)
        return (struct weights){0.4, 0.2, 0.15, 0.5, 0.24};
    return (struct weights){0.5, 0.35, 0.15, 0.5, 0.3};
}

static double
weight_of(char c, const struct weights *w)
{
    if (is_vowel(c))
        return w->vowel;
    return c == 'y' ? 0.3 : c == 'h' || c == 'w' ? 0.6 : 1;
}

static double
extra(char c, const struct weights *w)
{
    if (is_vowel(c))
        return w->extra;
    switch (c) {
    case 'y':
        return w->extra_y;
    case 'h':
        return 0.3;
    case 'w':
        return w->extra_w;
    case 'j':
        return 0.5;
    default:
        return 0.9;
    }
}

/* Pairs of sounds that stand for each other, and what that costs; either way round. */
static const struct {
    char sounds[3];
    float cost;
} near[] = {
    {"pb", .3F},  {"td", .3F},  {"kg", .3F},  {"fv", .3F},  {"sz", .3F},  {"SZ", .2F},
    {"CJ", .25F}, {"vw", .1F},  {"bv", .3F},  {"pf", .3F},  {"fh", .4F},  {"fw", .4F},
    {"bw", .5F},  {"sS", .25F}, {"TC", .3F},  {"Ts", .25F}, {"Tz", .3F},  {"zJ", .25F},
    {"ZJ", .15F}, {"CS", .3F},  {"zZ", .25F}, {"sC", .5F},  {"sT", .25F}, {"kX", .25F},
    {"gX", .4F},  {"hX", .1F},  {"gh", .3F},  {"kh", .5F},  {"nN", .15F}, {"nm", .4F},
    {"mN", .6F},  {"lr", .3F},  {"uw", .1F},  {"ow", .15F}, {"iy", .1F},  {"ey", .2F},
    {"ck", .05F}, {"cs", .15F}, {"cT", .15F}, {"cC", .2F},  {"cS", .3F},  {"cg", .3F},
    {"cz", .3F},  {"HC", .0F},  {"HS", .15F}, {"HX", .1F},  {"Hk", .2F},  {"Hh", .2F},
    {"HJ", .25F}, {"HZ", .35F}, {"HT", .3F},  {"jJ", .0F},  {"jZ", .1F},  {"jy", .1F},
    {"jX", .2F},  {"jh", .2F},  {"jC", .25F}, {"jk", .5F},  {"jg", .3F},  {"ji", .15F},
    {"jz", .25F}, {"jT", .3F},  {"xs", .15F}, {"xS", .1F},  {"xz", .2F},  {"xk", .4F},
    {"xh", .3F},  {"xC", .3F},  {"xZ", .2F},  {"qk", .0F},  {"qC", .1F},  {"qg", .2F},
    {"qJ", .3F},  {"qT", .3F},  {"ei", .1F},  {"ou", .1F},  {"ao", .2F},  {"ae", .2F},
    {"tT", .4F},  {"dz", .5F},  {"dJ", .5F},  {"tC", .5F},  {"ts", .6F},  {"sX", .6F},
    {"gk", .3F},  {"gJ", .35F}, {"gZ", .5F},  {"ks", .7F},  {"kJ", .6F},  {"kC", .6F},
};

/* 0 to 1; 2: they have nothing to do with each other. */
static double
instead(char a, char b, const struct weights *w)
{
    if (a == b)
        return 0;
    for (size_t i = 0; i < COUNT(near); i++)
        if ((near[i].sounds[0] == a && near[i].sounds[1] == b) ||
            (near[i].sounds[0] == b && near[i].sounds[1] == a))
            return (double)near[i].cost * (is_vowel(a) && is_vowel(b) ? 3 * w->other : 1);
    if (is_vowel(a) && is_vowel(b))
        return w->other;
    return is_vowel(a) || is_vowel(b) ? 2 : 1;
}

static double
sum_of(const struct sound *s, const struct weights *w)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += weight_of(s->row[i], w);
    return sum;
}

double
sound_distance(const struct sound *a, const struct sound *b)
{
    const struct weights of_a = weights_for(a, b), of_b = weights_for(b, a);
    const struct weights *of_vowels = of_a.other > of_b.other ? &of_a : &of_b;
    double row[SOUND_MAX + 1];
    row[0] = 0;
    for (size_t k = 0; k < b->n; k++)
        row[k + 1] = row[k] + extra(b->row[k], &of_b);
    for (size_t i = 0; i < a->n; i++) {
        double before = row[0];
        const double more = extra(a->row[i], &of_a);
        row[0] += more;
        for (size_t k = 0; k < b->n; k++) {
            const double left = row[k] + extra(b->row[k], &of_b), above = row[k + 1] + more;
            double best = before + instead(a->row[i], b->row[k], of_vowels);
            before = row[k + 1];
            best = left < best ? left : best;
            row[k + 1] = above < best ? above : best;
        }
    }
    const double sum = (sum_of(a, &of_a) + sum_of(b, &of_b)) / 2;
    const double distance = sum > 0 ? row[b->n] / sum : 1;
    return distance < 1 ? distance : 1;
}
