/* parts.h - what several pages have in them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_PARTS_H
#define BS_SEARCHER_CGI_PARTS_H

#include <stdbool.h>

#include "common/article.h"
#include "searcher/cgi/html.h"
#include "searcher/cgi/page.h"
#include "searcher/snippet.h"

/* Begins a page: everything down to where its own content goes. about: what stands before the
 * site's name in the title; NULL: the page is about the site itself, whose name is its headline. */
void parts_begin(struct html *h, struct buf *out, const struct page *p, const char *about);

/* The foot of the page, and its end. */
bool parts_end(struct html *h, const struct page *p, struct err *err);

/* Text with its matches marked, at most max bytes of it (0: all). */
void parts_marked(struct html *h, const struct marked_text *t, size_t max);

/* The beginning of a text, at most max bytes, with an ellipsis where it goes on. */
void parts_beginning(struct html *h, const char *text, size_t max);

/* Opens a paragraph of what is known about an article. */
void parts_facts_begin(struct html *h);

/* One line: date, source, authors and language, as far as they are known. */
void parts_facts(struct html *h, const struct page *p, const struct article *a);

/* 2023-10-13T08:00:00Z as "13 October 2023", with the time where that is wanted. */
void parts_date(struct html *h, const char *iso, bool with_time);

/* 12,345 */
void parts_number(struct html *h, unsigned long long n);

/* dir of an element that holds an article, whose language may run from the right. */
void parts_direction(struct html *h, const struct article *a);

/* Opens an element with text of the article, in its language. class: NULL for none. */
void parts_text(struct html *h, const char *element, const char *class, const struct article *a);

#endif
