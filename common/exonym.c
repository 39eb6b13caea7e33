/* exonym.c - names that are not alike in other languages: people, countries, cities
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/exonym.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>

#include "common/buf.h"
#include "common/exonym-table.h"
#include "common/fold.h"
#include "common/simplified.h"
#include "common/utf8.h"

#define NAME_MAX_UNITS 100
#define CODE_SIZE 64

/* Languages whose names of countries and cities are looked through. */
static const struct {
    enum sound_script script;
    char language[4];
} languages[] = {
    {SOUND_LATIN, "en"},      {SOUND_CYRILLIC, "ru"}, {SOUND_CYRILLIC, "uk"}, {SOUND_GREEK, "el"},
    {SOUND_ARMENIAN, "hy"},   {SOUND_HEBREW, "he"},   {SOUND_ARABIC, "ar"},   {SOUND_ARABIC, "fa"},
    {SOUND_DEVANAGARI, "hi"}, {SOUND_GEORGIAN, "ka"}, {SOUND_HANGUL, "ko"},   {SOUND_KANA, "ja"},
    {SOUND_HAN, "zh"},        {SOUND_HAN, "ja"},
};

/* The two kinds of places: where ICU has their names. */
static const struct {
    const char *package, *table;
    bool zones;
} kinds[] = {
    {U_ICUDATA_NAME "-region", "Countries", false},
    {U_ICUDATA_NAME "-zone", "zoneStrings", true},
};

#define KINDS (sizeof kinds / sizeof kinds[0])

/* What is looked for, and what was found: the key of a country (DE) or a zone (Europe:Berlin). */
struct search {
    const char *text;
    size_t len;
    uint32_t first;
    struct buf folded, plain; /* scratch */
    char code[CODE_SIZE];
    bool failed;
};

/* The normal form of a name in s->plain. */
static bool
normalize(struct search *s, const UChar *name, int32_t len)
{
    char utf8[3 * NAME_MAX_UNITS];
    int32_t n = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(utf8, sizeof utf8, &n, name, len, &status);
    buf_clear(&s->folded);
    buf_clear(&s->plain);
    if (U_FAILURE(status) || n > (int32_t)sizeof utf8)
        return false;
    s->failed = s->failed || !fold_case(&s->folded, utf8, (size_t)n, NULL) ||
                !fold_marks(&s->plain, s->folded.data, s->folded.len, NULL);
    return !s->failed;
}

/* A letter small, simplified and without its marks. */
static uint32_t
bare_letter(UChar c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar parts[8];
    UChar32 first = u_foldCase(c, U_FOLD_CASE_DEFAULT);
    if (first >= 0x80 && first < 0x3400) {
        const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
        if (U_SUCCESS(status) && unorm2_getDecomposition(nfd, first, parts, 8, &status) > 0 &&
            U_SUCCESS(status))
            first = parts[0];
    }
    return simplified((uint32_t)first);
}

static bool
is_it(struct search *s, const UChar *name, int32_t len)
{
    if (len <= 0 || len > NAME_MAX_UNITS)
        return false;
    /* most differ in their first letter; none of these scripts is beyond the first plane */
    if (bare_letter(name[0]) != s->first)
        return false;
    return normalize(s, name, len) && s->plain.len == s->len &&
           memcmp(s->plain.data, s->text, s->len) == 0;
}

/* The English name of a zone's city is most often the end of its key. */
static int32_t
city_of_key(const char *key, UChar name[NAME_MAX_UNITS])
{
    const char *city = strrchr(key, ':');
    int32_t n = 0;
    for (city = city ? city + 1 : key; *city && n < NAME_MAX_UNITS; city++)
        name[n++] = (UChar)(*city == '_' ? ' ' : *city);
    return n;
}

/* The name that an entry of a table has; NULL: none. */
static const UChar *
name_of(const UResourceBundle *entry, bool zones, int32_t *len)
{
    UErrorCode status = U_ZERO_ERROR;
    const UChar *name = zones ? ures_getStringByKey(entry, "ec", len, &status)
                              : ures_getString(entry, len, &status);
    return U_FAILURE(status) ? NULL : name;
}

static UResourceBundle *
open_table(size_t kind, const char *language)
{
    UErrorCode status = U_ZERO_ERROR;
    UResourceBundle *all = ures_open(kinds[kind].package, language, &status);
    UResourceBundle *table = ures_getByKey(all, kinds[kind].table, NULL, &status);
    ures_close(all);
    if (U_SUCCESS(status))
        return table;
    ures_close(table);
    return NULL;
}

/* Looks for the text among the names of a language, or among the cities of keys. */
static bool
look_through(struct search *s, size_t kind, const char *language, bool keys)
{
    UResourceBundle *table = open_table(kind, language), *entry = NULL;
    UErrorCode status = U_ZERO_ERROR;
    bool found = false;
    while (table && !found && ures_hasNext(table)) {
        UChar city[NAME_MAX_UNITS];
        int32_t len = 0;
        entry = ures_getNextResource(table, entry, &status);
        const char *key = U_SUCCESS(status) ? ures_getKey(entry) : NULL;
        if (!key)
            break;
        if (kinds[kind].zones && (!strchr(key, ':') || strncmp(key, "meta:", 5) == 0))
            continue;
        const UChar *name = keys ? city : name_of(entry, kinds[kind].zones, &len);
        if (keys)
            len = city_of_key(key, city);
        found = name && is_it(s, name, len) && strlen(key) < sizeof s->code;
        if (found)
            memcpy(s->code, key, strlen(key) + 1);
    }
    ures_close(entry);
    ures_close(table);
    return found;
}

/* Gives the name of the place in a language. */
static void
give(struct search *s, size_t kind, size_t language, unsigned scripts,
     void (*found)(void *arg, const char *name, size_t len), void *arg)
{
    UResourceBundle *table = open_table(kind, languages[language].language);
    UErrorCode status = U_ZERO_ERROR;
    UChar city[NAME_MAX_UNITS];
    int32_t len = 0;
    UResourceBundle *entry = table ? ures_getByKey(table, s->code, NULL, &status) : NULL;
    const UChar *name = entry && U_SUCCESS(status) ? name_of(entry, kinds[kind].zones, &len) : NULL;
    if (!name && kinds[kind].zones && languages[language].script == SOUND_LATIN) {
        len = city_of_key(s->code, city);
        name = city;
    }
    if (name && len <= NAME_MAX_UNITS && normalize(s, name, len) && s->plain.len > 0) {
        size_t at = 0;
        const enum sound_script script =
            sound_script_of(utf8_next(s->plain.data, s->plain.len, &at));
        if (script != SOUND_NONE && scripts & 1U << script)
            found(arg, s->plain.data, s->plain.len);
    }
    ures_close(entry);
    ures_close(table);
}

/* Is it one of the names of a language? */
static bool
is_name_of(struct search *s, size_t kind, size_t language)
{
    if (look_through(s, kind, languages[language].language, false))
        return true;
    /* English has names of its own for few cities only; all keys are where a language has to spell
     * all of them */
    return kinds[kind].zones && languages[language].script == SOUND_LATIN &&
           look_through(s, kind, "ru", true);
}

/* ---- the table ---- */

/* Where an entry of the table has the name; NULL: nowhere. */
static const char *
place_in(const char *entry, const char *name, size_t len)
{
    for (const char *at = entry; (at = strchr(at, name[0])) != NULL; at++)
        if ((at == entry || at[-1] == '|' || at[-1] == '>') && strncmp(at, name, len) == 0 &&
            (at[len] == '|' || at[len] == '\0'))
            return at;
    return NULL;
}

/* Gives the names of an entry in the scripts that are wanted. */
static void
give_entry(const char *entry, unsigned scripts,
           void (*found)(void *arg, const char *name, size_t len), void *arg)
{
    for (const char *name = entry; *name; name += *name == '|') {
        const size_t len = strcspn(name, "|");
        size_t at = 0;
        const enum sound_script script =
            sound_script_of(utf8_next(name, len, &at)); /* none: it begins with a > */
        if (script != SOUND_NONE && scripts & 1U << script)
            found(arg, name, len);
        name += len;
    }
}

/* All entries are looked through: some hundred thousand letters, which takes less time than to read
 * one of ICU's tables. */
void
exonym_in_table(const char *text, size_t len, unsigned scripts,
                void (*found)(void *arg, const char *name, size_t len), void *arg)
{
    char name[EXONYM_TABLE_NAME + 1];
    if (len > EXONYM_TABLE_NAME)
        return;
    for (size_t i = 0; i < len; i++)
        name[i] = text[i] == '-' ? ' ' : text[i];
    name[len] = '\0';
    for (size_t i = 0; exonym_table[i]; i++)
        if (place_in(exonym_table[i], name, len))
            give_entry(exonym_table[i], scripts, found, arg);
}

bool
exonym_find(const char *text, size_t len, enum sound_script from, unsigned scripts,
            void (*found)(void *arg, const char *name, size_t len), void *arg, struct err *err)
{
    struct search s = {.text = text, .len = len};
    size_t at = 0;
    if (len == 0)
        return true;
    exonym_in_table(text, len, scripts & ~(1U << from), found, arg);
    s.first = utf8_next(text, len, &at);
    buf_init(&s.folded, 65536);
    buf_init(&s.plain, 65536);
    for (size_t kind = 0; kind < KINDS; kind++)
        for (size_t l = 0; l < sizeof languages / sizeof languages[0]; l++) {
            if (languages[l].script != from || !is_name_of(&s, kind, l))
                continue;
            for (size_t other = 0; other < sizeof languages / sizeof languages[0]; other++)
                give(&s, kind, other, scripts & ~(1U << from), found, arg);
            break;
        }
    buf_release(&s.folded);
    buf_release(&s.plain);
    return !s.failed || err_nomem(err);
}
