/* schema.c - how articles become terms and values: the one table both programs read
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/schema.h"

#include <stdio.h>
#include <string.h>

#include <xxhash.h>

/* The headline's weight of 3 was measured: see doc/ranking.md. */
const struct schema_entry schema_entries[] = {
    {"title", ARTICLE_TITLE, -1, SCHEMA_TEXT, "S", 3},
    {"deck", ARTICLE_DECK, -1, SCHEMA_TEXT, "XDECK", 1},
    {"caption", -1, ARTICLE_CAPTION, SCHEMA_TEXT, "XCAPTION", 1},
    {"body", ARTICLE_BODY, -1, SCHEMA_TEXT, "", 1},
    {"author", -1, ARTICLE_AUTHOR, SCHEMA_TEXT, "A", 1},
    {"contributor", -1, ARTICLE_CONTRIBUTOR, SCHEMA_WORDS, "XCONTRIBUTOR", 1},
    {"tags", -1, ARTICLE_TAGS, SCHEMA_TEXT, "K", 1},
    {"section", ARTICLE_SECTION, -1, SCHEMA_WORDS, "XSECTION", 1},
    {"source", ARTICLE_SOURCE, -1, SCHEMA_WORDS, "XSOURCE", 1},
    {"dateline", ARTICLE_DATELINE, -1, SCHEMA_WORDS, "XDATELINE", 1},
    {"url", ARTICLE_URL, -1, SCHEMA_VALUE, "U", 0},
    {"id", ARTICLE_ID, -1, SCHEMA_VALUE, "XID", 0},
};
const size_t schema_n_entries = sizeof schema_entries / sizeof schema_entries[0];

void
schema_term(struct buf *out, const char *prefix, const char *value, size_t len)
{
    const size_t room = SCHEMA_TERM_MAX - strlen(prefix);
    buf_str(out, prefix);
    if (len <= room) {
        buf_add(out, value, len);
        return;
    }
    size_t cut = room - 16;
    while (cut > 0 && ((unsigned char)value[cut] & 0xc0) == 0x80)
        cut--;
    buf_add(out, value, cut);
    buf_printf(out, "%016llx", (unsigned long long)XXH3_64bits(value, len));
}

/* Did the record say its id? Else it is the path, and a copy has another. */
static bool
has_own_id(const struct article *a)
{
    const char *id = article_get(a, ARTICLE_ID), *path = article_get(a, ARTICLE_PATH);
    const size_t len = strlen(path);
    return *id && (strncmp(id, path, len) != 0 || (id[len] != '\0' && id[len] != '#'));
}

bool
schema_same(const struct article *a, enum schema_same kind, char value[SCHEMA_SAME_SIZE])
{
    const char *title = article_get(a, ARTICLE_TITLE);
    const char *other = article_get(a, kind == SCHEMA_SAME_ID ? ARTICLE_ID : ARTICLE_BODY);
    if (kind == SCHEMA_SAME_ID ? !*title || !has_own_id(a) : !*other)
        return false;
    const uint64_t seed = XXH3_64bits_withSeed(title, strlen(title), (XXH64_hash_t)kind);
    const uint64_t hash = XXH3_64bits_withSeed(other, strlen(other), seed);
    snprintf(value, SCHEMA_SAME_SIZE, "%016llx", (unsigned long long)hash);
    return true;
}

#define YEAR_1 (-INT64_C(62135596800)) /* its first second, in Unix time */

void
schema_time(enum schema_slot slot, int64_t seconds, char out[SCHEMA_TIME_BYTES])
{
    uint64_t number = seconds > YEAR_1 ? (uint64_t)(seconds - YEAR_1) : 0;
    if (slot == SCHEMA_SLOT_OLDNESS)
        number = ~number;
    for (int i = SCHEMA_TIME_BYTES - 1; i >= 0; i--) {
        out[i] = (char)(number & 0xff);
        number >>= 8;
    }
}

int64_t
schema_seconds(const char value[SCHEMA_TIME_BYTES])
{
    int64_t number = 0;
    for (int i = 0; i < SCHEMA_TIME_BYTES; i++)
        number = number << 8 | (unsigned char)value[i];
    return number + YEAR_1;
}

void
schema_count(uint32_t n, char out[SCHEMA_COUNT_BYTES])
{
    for (int i = SCHEMA_COUNT_BYTES - 1; i >= 0; i--) {
        out[i] = (char)(n & 0xff);
        n >>= 8;
    }
}

const struct schema_entry *
schema_find(const char *name, size_t len)
{
    for (size_t i = 0; i < schema_n_entries; i++)
        if (strlen(schema_entries[i].name) == len && memcmp(schema_entries[i].name, name, len) == 0)
            return &schema_entries[i];
    return NULL;
}
