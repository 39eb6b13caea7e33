/* field.c - the fields of queries: their names, and the dates behind some of them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/field.h"

#include <string.h>
#include <strings.h>

#include "searcher/query/read.h"

const struct schema_entry query_language_field = {"language",   ARTICLE_LANGUAGE, -1,
                                                  SCHEMA_VALUE, SCHEMA_LANGUAGE,  0};

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
    {"date", NULL, FIELD_PUBLISHED},
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
    for (size_t i = 0; i < schema_n_entries && !out->entry; i++)
        if (name ? strcmp(schema_entries[i].name, name) == 0
                 : is_name(schema_entries[i].name, text, len))
            out->entry = &schema_entries[i];
    return out->entry != NULL;
}

static bool
read_date(const char *text, size_t len, char out[DATE_MAX])
{
    out[0] = '\0';
    return len == 0 || date_parse(text, len, out, NULL);
}

bool
field_dates(enum field_meaning meaning, const char *text, size_t len, char since[DATE_MAX],
            char until[DATE_MAX], bool *reversed)
{
    int64_t from, to;
    size_t dots = 0;
    since[0] = until[0] = '\0';
    *reversed = false;
    if (len > 2 * DATE_TEXT_MAX + 2)
        return false;
    while (dots < len && !(text[dots] == '.' && dots + 1 < len && text[dots + 1] == '.'))
        dots++;
    if (dots == len) { /* one date */
        char *one = meaning == FIELD_UNTIL ? until : since;
        if (!date_parse(text, len, one, NULL))
            return false;
        if (meaning == FIELD_PUBLISHED)
            memcpy(until, since, DATE_MAX);
        return true;
    }
    if (meaning != FIELD_PUBLISHED || len == 2 || !read_date(text, dots, since) ||
        !read_date(text + dots + 2, len - dots - 2, until))
        return false;
    if (since[0] && until[0] && date_range(since, &from, NULL) && date_range(until, NULL, &to) &&
        from >= to) {
        char swap[DATE_MAX];
        memcpy(swap, since, DATE_MAX);
        memcpy(since, until, DATE_MAX);
        memcpy(until, swap, DATE_MAX);
        *reversed = true;
    }
    return since[0] || until[0];
}
