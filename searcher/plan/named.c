/* named.c - names of the index that sound like a word
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/named.h"

#include <stdio.h>
#include <string.h>

#include "common/names.h"
#include "common/utf8.h"
#include "searcher/plan/stopwords.h"

/* Names of each script that are kept. */
#define OF_SCRIPT 16

bool
named_has_capitals(enum sound_script script)
{
    return script >= SOUND_LATIN && script <= SOUND_ARMENIAN;
}

bool
named_leaves_vowels_out(enum sound_script script)
{
    return script == SOUND_ARABIC || script == SOUND_HEBREW;
}

/* Words of few consonants are near to many others, and so are words without their vowels. */
static double
distance_max(const struct sound *a, const struct sound *b)
{
    const size_t x = sound_consonants(a), y = sound_consonants(b), n = x < y ? x : y;
    if (!named_has_capitals(a->script) &&
        !named_has_capitals(b->script)) /* nothing says that they are names at all */
        return n <= 3 ? 0.01 : 0.12;
    if (named_leaves_vowels_out(a->script) || named_leaves_vowels_out(b->script))
        return n <= 2 ? 0.06 : n == 3 ? 0.11 : 0.15;
    if (a->script == SOUND_HAN || b->script == SOUND_HAN) /* most words have two characters */
        return n <= 1 ? 0.02 : n == 2 ? 0.05 : n == 3 ? 0.15 : 0.18;
    if (n == 2 && (a->script == SOUND_DEVANAGARI || b->script == SOUND_DEVANAGARI))
        return 0.08;
    return n <= 1 ? 0.02 : n == 2 ? 0.14 : n == 3 ? 0.185 : 0.225;
}

/* Is it a vowel, or a letter that may stand for one? */
static bool
may_be_vowel(char c)
{
    return c != '\0' && strchr("aeiouyw", c) != NULL;
}

/* Do short words begin and end alike? Obama is not "bma", though Arabic may leave out the vowels
 * inside. */
static bool
same_ends(const struct sound *a, const struct sound *b)
{
    const size_t x = sound_consonants(a), y = sound_consonants(b);
    const size_t shortest = named_leaves_vowels_out(a->script) || named_leaves_vowels_out(b->script) ? 3 : 2;
    if ((x > shortest && y > shortest) || (named_has_capitals(a->script) && named_has_capitals(b->script)))
        return true;
    return may_be_vowel(a->row[0]) == may_be_vowel(b->row[0]) &&
           may_be_vowel(a->row[a->n - 1]) == may_be_vowel(b->row[b->n - 1]);
}

/* Words that join others or stand for them, in any language. */
bool
named_is_closed_class(const char *word, size_t len)
{
    char between[STOPWORDS_LETTERS + 3];
    const char *list;
    if (len > STOPWORDS_LETTERS)
        return false;
    between[0] = between[len + 1] = ' ';
    memcpy(between + 1, word, len);
    between[len + 2] = '\0';
    for (size_t i = 0; (list = stopwords_list(i)) != NULL; i++)
        if (strstr(list, between))
            return true;
    return false;
}

void
named_forget(struct named *named, size_t i)
{
    memmove(&named->best[i], &named->best[i + 1], (--named->n - i) * sizeof named->best[i]);
}

/* Makes room for one more of a script: the farthest goes. False: that would be the new one. */
static bool
make_room(struct named *named, enum sound_script script, double distance)
{
    size_t n = 0, last = 0;
    for (size_t i = 0; i < named->n; i++)
        if (named->best[i].script == script && !named->best[i].known) {
            n++;
            last = i;
        }
    if (n < OF_SCRIPT)
        return true;
    if (named->best[last].distance <= distance)
        return false;
    named_forget(named, last);
    return true;
}

/* Known ones first, then the nearest. */
void
named_keep(struct named *named, const char *word, size_t len, double distance, bool known)
{
    size_t at = 0;
    if (len == 0 || len > NAME_MAX_BYTES)
        return;
    const enum sound_script script = sound_script_of(utf8_next(word, len, &at));
    for (size_t k = 0; k < named->n; k++)
        if (named->best[k].len == len && memcmp(named->best[k].word, word, len) == 0) {
            if (named->best[k].known || (!known && named->best[k].distance <= distance))
                return;
            named_forget(named, k);
        }
    if (!known && !make_room(named, script, distance))
        return;
    size_t i = named->n;
    for (; i > 0 && !(named->best[i - 1].known && !known) &&
           ((known && !named->best[i - 1].known) || named->best[i - 1].distance > distance);
         i--)
        if (i < CANDIDATES)
            named->best[i] = named->best[i - 1];
    if (i == CANDIDATES)
        return;
    struct candidate *c = &named->best[i];
    *c = (struct candidate){.len = len, .distance = distance, .script = script, .known = known};
    memcpy(c->word, word, len);
    named->n += named->n < CANDIDATES;
}

/* Arabic words with the article are most often no names of others. */
static double
article_costs(const struct named *named, const char *word, size_t len)
{
    static const char al[] = "\u0627\u0644";
    const bool has = len > 4 && memcmp(word, al, 4) == 0;
    return has && !(named->len > 2 && memcmp(named->word, "al", 2) == 0) ? 0.03 : 0;
}

/* Most Chinese words have two characters: to be a name they have to sound as pinyin spells them. */
#define PINYIN_MAX 0.03

/* One name of the list. */
static void
compare(struct named *named, const char *word, size_t len)
{
    struct sound sound;
    size_t at = 0;
    const enum sound_script script = sound_script_of(utf8_next(word, len, &at));
    if (script == named->sound.script) {
        named->listed = named->listed || (len == named->len && memcmp(word, named->word, len) == 0);
        return;
    }
    if (!sound_of(&sound, word, len))
        return;
    const double distance = sound_distance(&named->sound, &sound) + article_costs(named, word, len);
    const bool two_characters = named->sound.script == SOUND_HAN && named->len <= 6;
    if (distance <= (two_characters ? PINYIN_MAX : distance_max(&named->sound, &sound)) &&
        same_ends(&named->sound, &sound) && !named_is_closed_class(word, len))
        named_keep(named, word, len, distance, false);
}

static void
compare_all(struct named *named, const char *names, size_t len)
{
    const char *const end = names + len;
    for (const char *name = names; name < end;) {
        const char *line = memchr(name, '\n', (size_t)(end - name));
        if (!line)
            return;
        compare(named, name, (size_t)(line - name));
        name = line + 1;
    }
}

/* All lists whose keys begin so. */
static bool
compare_key(const struct planner *p, struct named *named, const char *key, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error = {.code = XAP_OK};
    char prefix[sizeof NAMES_KEY + SOUND_KEY_SIZE];
    const size_t len =
        (size_t)snprintf(prefix, sizeof prefix, NAMES_KEY "%.*s", SOUND_KEY_SHARED, key);
    enum xap_code code = xap_database_metadata_keys_begin(p->db, prefix, len, &it, &error);
    while (code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *name, *value;
        size_t name_len, value_len;
        code = xap_term_iterator_get(it, &name, &name_len, &error);
        const bool shorter =
            len < sizeof NAMES_KEY - 1 + SOUND_KEY_SHARED; /* then it is the whole key */
        if (code == XAP_OK && (!shorter || name_len == len)) {
            code = xap_database_get_metadata(p->db, name, name_len, &value, &value_len, &error);
            if (code == XAP_OK)
                compare_all(named, value, value_len);
        }
        if (code == XAP_OK && shorter)
            break;
        if (code == XAP_OK)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    return code == XAP_OK || plan_failed(&error, err);
}

bool
named_compare_keys(const struct planner *p, struct named *named, struct err *err)
{
    char key[SOUND_KEYS_MAX][SOUND_KEY_SIZE];
    const size_t n = sound_keys(&named->sound, key);
    for (size_t i = 0; i < n; i++) {
        bool known = false;
        for (size_t k = 0; k < i && !known; k++)
            known = strncmp(key[k], key[i], SOUND_KEY_SHARED) == 0;
        if (!known && !compare_key(p, named, key[i], err))
            return false;
    }
    return true;
}
