/* fields.h - which parts of a hit are printed
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PRESENT_FIELDS_H
#define BS_SEARCHER_PRESENT_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/article.h"
#include "common/err.h"

#define FIELDS_MAX 32

/* One column: a field or a list of the record, or something of the hit. */
struct present_field {
    enum {
        FIELD_RANK,
        FIELD_SCORE,
        FIELD_SNIPPET,
        FIELD_ALSO,
        FIELD_EXTRA,
        FIELD_RECORD,
        FIELD_LIST
    } kind;
    int which; /* enum article_field or article_list */
    const char *name;
};

struct present_fields {
    struct present_field field[FIELDS_MAX];
    size_t n;
};

/* Reads names with commas between them. ERR_ARG names one that is unknown. */
bool fields_parse(struct present_fields *out, const char *names, struct err *err);

/* Is it among them? With none given: `otherwise`. */
bool fields_have(const struct present_fields *f, const char *name, bool otherwise);

#endif
