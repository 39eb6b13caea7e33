/* highlight.h - one article with the words of a query marked, to read it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_HIGHLIGHT_H
#define BS_SEARCHER_HIGHLIGHT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/article.h"
#include "common/err.h"
#include "searcher/request.h"
#include "searcher/session.h"
#include "searcher/snippet.h"

struct highlight {
    struct marked_text title;      /* text NULL: as it is */
    struct marked_text *paragraph; /* owned; the first ones of the body, in order */
    size_t n_paragraphs;
};

/* The next paragraph of a body, without what lies between two: *len bytes from the pointer that is
 * returned. NULL: none is left. */
const char *highlight_paragraph(const char *body, size_t *len);

/* Marks the words of request->query in the headline and in the first max bytes of the body. A query
 * that is refused, or empty, marks nothing. Errors as for search_run(), but for those of the query.
 * *out is to be released in any case. */
bool highlight_make(struct highlight *out, struct session *s, const struct request *request,
                    const struct article *a, size_t max, struct err *err);
void highlight_release(struct highlight *h);

#endif
