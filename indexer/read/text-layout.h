/* text-layout.h - the lines of a plain text, put together to the paragraphs they were
 *
 * For the files text*.c alone. Empty lines separate paragraphs. Without hard line breaks each line
 * is a paragraph; text wrapped to a width (old wire copy, mail) is joined line by line, and an
 * indented line or a line that had room for the next word begins a new paragraph.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_TEXT_LAYOUT_H
#define BS_INDEXER_READ_TEXT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "indexer/read/text-span.h"

/* What a paragraph becomes; text.c decides. */
enum text_role {
    TEXT_BODY,
    TEXT_USED /* went into a field, or is page furniture */
};

struct text_para {
    uint32_t from, len; /* bytes of text_layout.joined */
    uint16_t
        columns;  /* on a terminal; exact up to TEXT_COLUMNS_MAX, which means "that many or more" */
    uint8_t mark; /* enum text_mark */
    uint8_t role : 7;  /* enum text_role */
    uint8_t apart : 1; /* there was an empty line before it */
};

#define TEXT_COLUMNS_MAX 2000

/* A zeroed one is empty. */
struct text_layout {
    struct buf joined;      /* the paragraphs' text, one after the other */
    struct text_para *para; /* owned */
    size_t n, room;
    bool wrapped;
    size_t width; /* of wrapped text, in columns */
};

/* text is cleaned UTF-8 and at most BUF_MAX bytes. The layout must be released also after a
 * failure. */
bool text_layout_make(struct text_layout *l, const char *text, size_t len, struct err *err);
void text_layout_release(struct text_layout *l);

struct text_span text_layout_span(const struct text_layout *l, size_t para);

#endif
