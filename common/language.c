/* language.c - which language a text is in
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/language.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libexttextcat/textcat.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

#include "common/buf.h"
#include "common/language-words.h"
#include "common/utf8.h"

/* How much of a text is looked at; more letters change the answer rarely and cost time. */
#define SAMPLE_BYTES 1200
/* Below this many letters n-grams guess. */
#define LETTERS_MIN 25

struct language {
    void *textcat; /* NULL: not loaded yet, or no fingerprints on this system */
    bool loaded;   /* or tried to */
    char tag[16];
};

bool
language_is_tag(const char *tag)
{
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    const size_t primary = strcspn(tag, "-");
    uloc_forLanguageTag(tag, locale, sizeof locale, &parsed, &status);
    return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && (size_t)parsed == strlen(tag) &&
           primary >= 2 && primary <= 3 && uloc_getISO3Language(locale)[0] != '\0';
}

bool
language_new(struct language **out, struct err *err)
{
    struct language *l = calloc(1, sizeof *l);
    *out = l;
    if (!l)
        return err_nomem(err);
    return true;
}

/* Most articles need no fingerprints, and loading them takes longer than reading a few. */
static bool
load(struct language *l, struct err *err)
{
    if (l->loaded)
        return true;
    l->textcat = special_textcat_Init(LIBEXTTEXTCAT_DATADIR "/fpdb.conf", LIBEXTTEXTCAT_DATADIR "/");
    if (!l->textcat && access(LIBEXTTEXTCAT_DATADIR "/fpdb.conf", F_OK) == 0)
        return err_set(err, ERR_IO, "%s: the fingerprints of languages cannot be loaded", LIBEXTTEXTCAT_DATADIR);
    l->loaded = true;
    return true;
}

void
language_free(struct language *l)
{
    if (!l)
        return;
    if (l->textcat)
        textcat_Done(l->textcat);
    free(l);
}

/* Scripts that newspapers of one language use. */
static const struct {
    UScriptCode script;
    const char *tag;
} script_languages[] = {
    {USCRIPT_HANGUL, "ko"},   {USCRIPT_THAI, "th"},     {USCRIPT_LAO, "lo"},      {USCRIPT_KHMER, "km"},
    {USCRIPT_MYANMAR, "my"},  {USCRIPT_GREEK, "el"},    {USCRIPT_HEBREW, "he"},   {USCRIPT_GEORGIAN, "ka"},
    {USCRIPT_ARMENIAN, "hy"}, {USCRIPT_TAMIL, "ta"},    {USCRIPT_TELUGU, "te"},   {USCRIPT_KANNADA, "kn"},
    {USCRIPT_BENGALI, "bn"},  {USCRIPT_GUJARATI, "gu"}, {USCRIPT_GURMUKHI, "pa"}, {USCRIPT_MALAYALAM, "ml"},
    {USCRIPT_SINHALA, "si"},  {USCRIPT_TIBETAN, "bo"},
};

/* Counts the letters of the text's beginning by script, and lower-cases them into sample. */
static size_t
survey(const char *text, size_t len, size_t counts[USCRIPT_CODE_LIMIT], struct buf *sample)
{
    size_t letters = 0;
    for (size_t at = 0; at < len && sample->len < SAMPLE_BYTES;) {
        const UChar32 c = (UChar32)utf8_next(text, len, &at);
        if (u_isalpha(c)) {
            UErrorCode status = U_ZERO_ERROR;
            const UScriptCode script = uscript_getScript(c, &status);
            if (U_SUCCESS(status) && script >= 0 && script < USCRIPT_CODE_LIMIT)
                counts[script]++;
            letters++;
        }
        const UChar32 lower = u_tolower(c);
        char bytes[4];
        int n = 0;
        if (lower < 0x80)
            bytes[n++] = (char)lower;
        else if (lower < 0x800)
            bytes[n++] = (char)(0xc0 | lower >> 6);
        else if (lower < 0x10000)
            bytes[n++] = (char)(0xe0 | lower >> 12);
        else
            bytes[n++] = (char)(0xf0 | lower >> 18);
        for (int shift = lower < 0x80 ? -6 : lower < 0x800 ? 0 : lower < 0x10000 ? 6 : 12; shift >= 0; shift -= 6)
            bytes[n++] = (char)(0x80 | (lower >> shift & 0x3f));
        buf_add(sample, bytes, (size_t)n);
    }
    return letters;
}

static const char *
by_script(const size_t counts[USCRIPT_CODE_LIMIT], size_t letters)
{
    const size_t kana = counts[USCRIPT_HIRAGANA] + counts[USCRIPT_KATAKANA];
    const size_t han = counts[USCRIPT_HAN];
    if ((han + kana) * 2 > letters)
        return kana * 10 > han + kana ? "ja" : "zh"; /* Japanese prose is about half kana */
    if ((han + counts[USCRIPT_HANGUL]) * 2 > letters && counts[USCRIPT_HANGUL] > han)
        return "ko";
    for (size_t i = 0; i < sizeof script_languages / sizeof script_languages[0]; i++)
        if (counts[script_languages[i].script] * 2 > letters)
            return script_languages[i].tag;
    return NULL;
}

/* Fingerprints that news in a larger language is taken for, and the language it is. */
static const char *
larger_language(const char *tag)
{
    static const char *const pairs[][2] = {{"sco", "en"}, {"nds", "de"}, {"bar", "de"}, {"ast", "es"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strcmp(pairs[i][0], tag) == 0)
            return pairs[i][1];
    return tag;
}

/* The first answer of "[en--utf8][nl--utf8]..." as a language tag. */
static bool
first_answer(const char *answer, char tag[16])
{
    if (answer[0] != '[')
        return false; /* SHORT or UNKNOWN */
    const size_t len = strcspn(answer + 1, "-]");
    if (len < 2 || len > 8)
        return false;
    memcpy(tag, answer + 1, len);
    tag[len] = '\0';
    return true;
}

bool
language_detect(struct language *l, const char *text, size_t len, const char **tag, struct err *err)
{
    size_t counts[USCRIPT_CODE_LIMIT] = {0};
    struct buf sample;
    buf_init(&sample, 2 * SAMPLE_BYTES);
    const size_t letters = survey(text, len, counts, &sample);
    bool ok = buf_ok(&sample, "a sample of the text", err);
    *tag = letters > 0 ? by_script(counts, letters) : NULL;
    const bool undecided = ok && !*tag && letters >= LETTERS_MIN;
    if (undecided)
        *tag = language_by_words(sample.data, sample.len);
    if (undecided && !*tag) {
        ok = load(l, err);
        char *answer = l->textcat ? textcat_Classify(l->textcat, sample.data, sample.len) : NULL;
        if (answer && first_answer(answer, l->tag))
            *tag = larger_language(l->tag);
    }
    buf_release(&sample);
    return ok;
}
