/* field.h - the fields of queries: their names, and the dates behind some of them
 *
 * For lex.c and read.c alone.
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
    FIELD_PUBLISHED
};

struct field {
    enum field_meaning meaning;
    const struct schema_entry *entry; /* FIELD_ENTRY */
    size_t begin, end;                /* its name in the query, for lex.c to fill in */
};

/* The field of that name, or of that other name for it, in small letters or capitals. */
bool field_find(const char *text, size_t len, struct field *out);

/* What text behind since:, until: and published: means; "" for an open end. False: no date.
 * *reversed: the ends of a range were exchanged. */
bool field_dates(enum field_meaning meaning, const char *text, size_t len, char since[DATE_MAX],
                 char until[DATE_MAX], bool *reversed);

#endif
