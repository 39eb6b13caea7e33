/* html.h - writes HTML in which nothing from outside can become markup
 *
 * There is no way to write markup but through these functions: names of elements and attributes are literals of the
 * program, and everything else is escaped as it is written. An address that is not http, https or relative to the page
 * itself is never written: its attribute is left out, and what would have been a link is text.
 *
 * Elements are closed by the writer, each in its place. Errors are sticky (buf.h): write the whole page and ask once, with
 * html_end(). Elements that have no end tag (input, link, meta) are opened by html_open() like all others and need no
 * html_close().
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_HTML_H
#define BS_SEARCHER_CGI_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"

/* Elements within elements. */
#define HTML_DEPTH_MAX 32

struct html {
    struct buf *out;
    const char *open[HTML_DEPTH_MAX];
    size_t depth;
    bool in_tag;   /* a start tag is not finished: attributes may follow */
    bool wrong;    /* the program wrote something impossible */
};

/* Begins a document with its doctype. out is the caller's. */
void html_begin(struct html *h, struct buf *out);

/* Opens an element. name: a literal, small letters and digits. */
void html_open(struct html *h, const char *name);

/* Attributes of the element just opened. name: a literal. href, src and action take an address; NULL writes nothing. */
void html_attr(struct html *h, const char *name, const char *value);
void html_attr_number(struct html *h, const char *name, unsigned long long value);
void html_flag(struct html *h, const char *name); /* one without a value */

/* Text inside the innermost element: valid UTF-8. */
void html_text(struct html *h, const char *text, size_t len);
void html_str(struct html *h, const char *text);
void html_number(struct html *h, unsigned long long number);

/* Closes the innermost element. */
void html_close(struct html *h);

/* An element with nothing but text. class: NULL for none. */
void html_element(struct html *h, const char *name, const char *class, const char *text);

/* A whole style element. css: a literal of the program. */
void html_style(struct html *h, const char *css);

/* Ends the document, closing what is open. False: memory, or the buffer's maximum (ERR_ARG), or ERR_BUG. */
bool html_end(struct html *h, struct err *err);

/* May it be the address of a link: http, https, or what begins with ? or a single /. */
bool html_address_ok(const char *address);

#endif
