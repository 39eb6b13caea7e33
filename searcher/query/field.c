/* field.c - the fields of queries: their names, and the dates behind some of them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/field.h"

#include <string.h>
#include <strings.h>

#include "searcher/query/moment.h"
#include "searcher/query/read.h"

/* Digits of a number of words. */
#define COUNT_DIGITS 9
#define COUNT_MAX 999999999

const struct schema_entry query_language_field = {"language",   ARTICLE_LANGUAGE, -1,
                                                  SCHEMA_VALUE, SCHEMA_LANGUAGE,  0};

static const struct schema_entry path_field = {"path",       ARTICLE_PATH, -1,
                                               SCHEMA_VALUE, SCHEMA_PATH,  0};

/* Other names of fields, and those that are not in the schema. */
static const struct {
    const char *name, *entry; /* entry: NULL where meaning says it all */
    enum field_meaning meaning;
} aliases[] = {
    {"headline", "title", FIELD_ENTRY}, {"standfirst", "deck", FIELD_ENTRY},
    {"summary", "deck", FIELD_ENTRY},   {"text", "body", FIELD_ENTRY},
    {"by", "author", FIELD_ENTRY},      {"byline", "author", FIELD_ENTRY},
    {"tag", "tags", FIELD_ENTRY},       {"keyword", "tags", FIELD_ENTRY},
    {"keywords", "tags", FIELD_ENTRY},  {"language", NULL, FIELD_ENTRY},
    {"lang", NULL, FIELD_ENTRY},        {"since", NULL, FIELD_SINCE},
    {"until", NULL, FIELD_UNTIL},       {"published", NULL, FIELD_PUBLISHED},
    {"date", NULL, FIELD_PUBLISHED},    {"words", NULL, FIELD_WORDS},
    {"length", NULL, FIELD_WORDS},
};

static bool
is_name(const char *name, const char *text, size_t len)
{
    return strlen(name) == len && strncasecmp(name, text, len) == 0;
}

bool
field_find(const char *text, size_t len, struct field *out)
{
    const char *name = NULL;
    *out = (struct field){.meaning = FIELD_ENTRY};
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (!is_name(aliases[i].name, text, len))
            continue;
        name = aliases[i].entry;
        out->meaning = aliases[i].meaning;
        if (!name) {
            out->entry = out->meaning == FIELD_ENTRY ? &query_language_field : NULL;
            return true;
        }
    }
    if (!name && is_name(path_field.name, text, len))
        out->entry = &path_field;
    for (size_t i = 0; i < schema_n_entries && !out->entry; i++)
        if (name ? strcmp(schema_entries[i].name, name) == 0
                 : is_name(schema_entries[i].name, text, len))
            out->entry = &schema_entries[i];
    return out->entry != NULL;
}

/* One end of a range, where that is the first or the last of the days that are said. */
static bool
read_end(const char *text, size_t len, int64_t now, bool last, char out[DATE_MAX],
         struct field_range *range)
{
    out[0] = '\0';
    if (len == 0 || date_parse(text, len, out, NULL))
        return true;
    range->said = moment_date(text, len, now, last, out, NULL);
    return range->said;
}

static size_t
find_dots(const char *text, size_t len)
{
    size_t dots = 0;
    while (dots < len && !(text[dots] == '.' && dots + 1 < len && text[dots + 1] == '.'))
        dots++;
    return dots;
}

static bool
date_range_of(enum field_meaning meaning, const char *text, size_t len, int64_t now,
              struct field_range *r)
{
    int64_t from, to;
    const size_t dots = find_dots(text, len);
    if (dots == len) /* one date */
        return len > 0 &&
               (meaning == FIELD_UNTIL || read_end(text, len, now, false, r->since, r)) &&
               (meaning == FIELD_SINCE || read_end(text, len, now, true, r->until, r));
    if (meaning != FIELD_PUBLISHED || len == 2 || !read_end(text, dots, now, false, r->since, r))
        return false;
    const bool said = r->said;
    if (!read_end(text + dots + 2, len - dots - 2, now, true, r->until, r))
        return false;
    r->said = r->said || said;
    if (r->since[0] && r->until[0] && date_range(r->since, &from, NULL) &&
        date_range(r->until, NULL, &to) && from >= to) {
        char swap[DATE_MAX];
        memcpy(swap, r->since, DATE_MAX);
        memcpy(r->since, r->until, DATE_MAX);
        memcpy(r->until, swap, DATE_MAX);
        r->reversed = true;
    }
    return r->since[0] || r->until[0];
}

static bool
read_count(const char *text, size_t len, uint32_t *out)
{
    uint32_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        n = 10 * n + (uint32_t)(text[i] - '0');
    }
    *out = n;
    return len > 0 && len <= COUNT_DIGITS;
}

/* 300, 300..800, 300.., ..800, >300, >=300, <300, <=300 */
static bool
count_range_of(const char *text, size_t len, struct field_range *r)
{
    const bool more = len > 1 && text[0] == '>', less = len > 1 && text[0] == '<',
               equal = len > 2 && text[1] == '=';
    const size_t sign = (size_t)(more || less) + ((more || less) && equal);
    if (more) {
        r->low = 0;
        if (!read_count(text + sign, len - sign, &r->low))
            return false;
        r->low += !equal && r->low < COUNT_MAX;
        return true;
    }
    if (less) {
        if (!read_count(text + sign, len - sign, &r->high) || (r->high == 0 && !equal))
            return false;
        r->high -= !equal;
        return true;
    }
    const size_t dots = find_dots(text, len);
    if (dots == len) {
        const bool ok = read_count(text, len, &r->low);
        r->high = r->low;
        return ok;
    }
    const size_t behind = dots + 2;
    if (len == 2 || (dots > 0 && !read_count(text, dots, &r->low)) ||
        (behind < len && !read_count(text + behind, len - behind, &r->high)))
        return false;
    r->reversed = r->low > r->high;
    if (r->reversed) {
        const uint32_t swap = r->low;
        r->low = r->high;
        r->high = swap;
    }
    return true;
}

bool
field_range(enum field_meaning meaning, const char *text, size_t len, int64_t now,
            struct field_range *out)
{
    *out = (struct field_range){.high = UINT32_MAX};
    if (len > 2 * DATE_TEXT_MAX + 2)
        return false;
    return meaning == FIELD_WORDS ? count_range_of(text, len, out)
                                  : date_range_of(meaning, text, len, now, out);
}
