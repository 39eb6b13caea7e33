/* text-reader.h - one plain text while it is told apart
 *
 * For the files text*.c alone. The passes share the paragraphs: each takes what is its own out of
 * the body (TEXT_USED) and fills the article. A failure is kept in `failed`, so that a pass can go
 * on and ask at its end; err is filled by then.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_TEXT_READER_H
#define BS_INDEXER_READ_TEXT_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/article.h"
#include "common/buf.h"
#include "common/err.h"
#include "indexer/read/text-layout.h"
#include "indexer/read/text-mark.h"

/* From so many columns on a paragraph is prose, if it ends like a sentence. */
#define PROSE_COLUMNS 100

struct text_reader {
    struct text_layout layout;
    struct article *a;
    struct err *err;
    struct buf note; /* on the author */
    size_t start;    /* where the body may have paragraphs: behind the title */
    size_t
        first; /* where the body begins in earnest: from here on there are no marks of the head */
    bool open_updated; /* "Updated:" stood alone: the next date is that one */
    bool failed;
};

struct text_span text_at(const struct text_reader *r, size_t i);
struct text_para *text_para_at(const struct text_reader *r, size_t i);

/* Marks a paragraph by how it looks at that place, and returns the mark. */
enum text_mark text_look(const struct text_reader *r, size_t i, enum text_where where);

/* Takes a paragraph out of the body. */
void text_use(const struct text_reader *r, size_t i);

/* Fill the article; a field that may be said twice is set once, a value of a list is added once. */
void text_set(struct text_reader *r, enum article_field f, struct text_span s);
void text_set_once(struct text_reader *r, enum article_field f, struct text_span s);
void text_add(struct text_reader *r, enum article_list l, struct text_span s);

/* The names of a byline, with what else stands in it. */
void text_add_authors(struct text_reader *r, struct text_span names);

/* Each tag of a list ("tea, coffee"). */
void text_add_tags(struct text_reader *r, struct text_span list);

/* Takes a paragraph out of the body for what its mark says it is. */
void text_apply(struct text_reader *r, size_t i);

/* text-head.c: sets the title and returns the first paragraph behind it. */
size_t text_read_title(struct text_reader *r);

/* Reads from that paragraph to where the body begins, which becomes r->first. */
void text_read_head(struct text_reader *r, size_t from);

/* text-tail.c: reads what stands below the body. */
void text_read_tail(struct text_reader *r);

#endif
