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

bool
query_is_language(const char *text, size_t len)
{
    char primary[ARTICLE_PRIMARY_MAX];
    for (size_t from = 0, to = 0; to <= len; to++)
        if (to == len || text[to] == ',') {
            if (!article_language(text + from, to - from, primary))
                return false;
            from = to + 1;
        }
    return true;
}

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
    bool said;
    out[0] = '\0';
    if (len == 0)
        return true;
    if (!moment_date(text, len, now, last, out, &said, NULL))
        return false;
    range->said = range->said || said;
    return true;
}

/* The last end of 2023-10-01..10-15 begins as the first does: puts it together. False: it is not
 * such a one. */
static bool
complete_end(const char *first, size_t first_len, const char *last, size_t last_len,
             char out[DATE_MAX])
{
    static const char pattern[] = "dddd-dd-dd";
    const bool day = first_len == 10 && (last_len == 5 || last_len == 2),
               month = first_len == 7 && last_len == 2;
    if (!day && !month)
        return false;
    memcpy(out, first, first_len);
    memcpy(out + first_len - last_len, last, last_len);
    out[first_len] = '\0';
    for (size_t i = 0; i < first_len; i++)
        if (pattern[i] == '-' ? out[i] != '-' || first[i] != '-' : out[i] < '0' || out[i] > '9')
            return false;
    return date_valid(out);
}

static size_t
find_dots(const char *text, size_t len)
{
    size_t dots = 0;
    while (dots < len && !(text[dots] == '.' && dots + 1 < len && text[dots + 1] == '.'))
        dots++;
    return dots;
}

static void
exchange_ends(struct field_range *r)
{
    char swap[DATE_MAX];
    memcpy(swap, r->since, DATE_MAX);
    memcpy(r->since, r->until, DATE_MAX);
    memcpy(r->until, swap, DATE_MAX);
    r->reversed = true;
}

/* >2023, >=2023-10, <2023, <=2023, =2023 */
static bool
compared_date(const char *text, size_t len, int64_t now, struct field_range *r)
{
    const bool more = text[0] == '>', less = text[0] == '<';
    const size_t sign = 1U + ((more || less) && len > 1 && text[1] == '=');
    char date[DATE_MAX];
    if (len == sign ||
        (!less && !read_end(text + sign, len - sign, now, more && sign == 1, r->since, r)) ||
        (!more && !read_end(text + sign, len - sign, now, sign == 2 || !less, r->until, r)))
        return false;
    r->said = true;
    if (sign == 2 || (!more && !less))
        return true;
    memcpy(date, more ? r->since : r->until, DATE_MAX);
    return moment_beside(date, more, more ? r->since : r->until);
}

static bool
is_blank(char c)
{
    return c == ' ';
}

static bool
date_range_of(enum field_meaning meaning, const char *text, size_t len, int64_t now,
              struct field_range *r)
{
    const size_t dots = find_dots(text, len);
    if (len > 0 && meaning == FIELD_PUBLISHED && strchr("<>=", text[0]) && text[0])
        return compared_date(text, len, now, r);
    if (dots == len) /* one date */
        return len > 0 &&
               (meaning == FIELD_UNTIL || read_end(text, len, now, false, r->since, r)) &&
               (meaning == FIELD_SINCE || read_end(text, len, now, true, r->until, r));
    if (meaning != FIELD_PUBLISHED || len == 2)
        return false;
    size_t first = dots, behind = dots + 2;
    while (first > 0 && is_blank(text[first - 1]))
        first--;
    while (behind < len && is_blank(text[behind]))
        behind++;
    if (!read_end(text, first, now, false, r->since, r))
        return false;
    const bool completed = complete_end(text, first, text + behind, len - behind, r->until);
    if (!completed && !read_end(text + behind, len - behind, now, true, r->until, r))
        return false;
    r->said = r->said || completed || first < dots || behind > dots + 2;
    if (r->since[0] && r->until[0] && field_is_reversed(r->since, r->until))
        exchange_ends(r);
    return r->since[0] || r->until[0];
}

bool
field_is_reversed(const char *since, const char *until)
{
    int64_t from, to;
    return date_range(since, &from, NULL) && date_range(until, NULL, &to) && from >= to;
}

/* Digits, perhaps in groups of three with commas between. */
static bool
read_count(const char *text, size_t len, uint32_t *out)
{
    uint32_t n = 0;
    size_t digits = 0;
    const size_t first = len % 4; /* digits before the first comma */
    const bool grouped = memchr(text, ',', len) != NULL;
    for (size_t i = 0; i < len; i++) {
        const bool comma = grouped && i % 4 == first && i > 0;
        if (comma ? text[i] != ',' : text[i] < '0' || text[i] > '9')
            return false;
        if (!comma && ++digits <= COUNT_DIGITS)
            n = 10 * n + (uint32_t)(text[i] - '0');
    }
    *out = n;
    return digits > 0 && digits <= COUNT_DIGITS && (!grouped || first > 0);
}

/* 300, =300, 300..800, 300.., ..800, >300, >=300, <300, <=300 */
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
    size_t dots = find_dots(text, len), behind = dots + 2;
    if (dots == len) {
        const size_t one = len > 1 && text[0] == '=';
        const bool ok = read_count(text + one, len - one, &r->low);
        r->high = r->low;
        return ok;
    }
    while (dots > 0 && is_blank(text[dots - 1]))
        dots--;
    while (behind < len && is_blank(text[behind]))
        behind++;
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
