/* field.h - the fields of queries: their names, and the dates behind some of them
 *
 * For the files that read queries alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_FIELD_H
#define BS_SEARCHER_QUERY_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/date.h"
#include "common/schema.h"

enum field_meaning {
    FIELD_ENTRY, /* a field of the schema, or query_language_field */
    FIELD_SINCE,
    FIELD_UNTIL,
    FIELD_PUBLISHED,
    FIELD_WORDS /* number of words */
};

struct field {
    enum field_meaning meaning;
    const struct schema_entry *entry; /* FIELD_ENTRY */
    size_t begin, end;                /* its name in the query, for lex.c to fill in */
};

/* The field of that name, or of that other name for it, in small letters or capitals. */
bool field_find(const char *text, size_t len, struct field *out);

/* A range behind a field. */
struct field_range {
    char since[DATE_MAX], until[DATE_MAX]; /* "" for an open end */
    uint32_t low, high;                    /* FIELD_WORDS: UINT32_MAX for an open end */
    bool reversed;                         /* its ends were exchanged */
    bool said; /* how it was read should be told: it depends on the present time, or
                  might be meant otherwise */
};

/* Does a time end before it begins? Dates in date.h's form. */
bool field_is_reversed(const char *since, const char *until);

/* What text behind since:, until:, published: and words: means, seen from now (Unix time). False:
 * no date, or number. */
bool field_range(enum field_meaning meaning, const char *text, size_t len, int64_t now,
                 struct field_range *out);

#endif
