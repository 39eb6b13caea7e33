/* page.h - the pages: form, results, article, error
 *
 * All append a whole HTML document to a buffer, and fail with ERR_NOMEM, ERR_ARG (larger than the
 * buffer may be) or ERR_BUG.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_PAGE_H
#define BS_SEARCHER_CGI_PAGE_H

#include <stdbool.h>

#include "common/article.h"
#include "common/buf.h"
#include "common/err.h"
#include "searcher/cgi/ask.h"
#include "searcher/cgi/site.h"
#include "searcher/highlight.h"
#include "searcher/holdings.h"
#include "searcher/search.h"

/* What every page is made from. */
struct page {
    const struct site *site;
    const struct ask *ask;           /* NULL: the request was not even read */
    const struct holdings *holdings; /* NULL: no index was opened */
    const struct article *like;      /* the article that hits are like; NULL: none */
};

/* The form; with the answer to its question below, where there is one (result not NULL). */
bool page_search(struct buf *out, const struct page *p, const struct result *result,
                 struct err *err);

/* As much of an article as a page shows: what is longer is cut, and it is said where the rest is.
 */
#define PAGE_TEXT_MAX ((size_t)1 << 20)

/* marks: the words of the question in it. */
bool page_article(struct buf *out, const struct page *p, const struct article *article,
                  const struct highlight *marks, struct err *err);

/* message: one sentence, without a full stop, beginning small. */
bool page_error(struct buf *out, const struct page *p, int status, const char *message,
                struct err *err);

#endif
