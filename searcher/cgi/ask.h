/* ask.h - a request whose every parameter has been checked
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_ASK_H
#define BS_SEARCHER_CGI_ASK_H

#include <stdbool.h>

#include "common/date.h"
#include "common/err.h"
#include "searcher/cgi/params.h"
#include "searcher/cgi/site.h"
#include "searcher/request.h"

/* Articles on a page, where nobody says and at most; and how far down pages go. */
#define ASK_N_DEFAULT 10
#define ASK_N_MAX 100
#define ASK_DEEPEST 10000

/* Bytes of a passage: about three lines. */
#define ASK_SNIPPET_BYTES 280

struct ask {
    struct params params;
    bool json;
    unsigned page, n;
    const struct site_index *index; /* NULL: an unknown one */
    char since[DATE_MAX], until[DATE_MAX];
    struct request request; /* borrows from all of this */
};

/* Reads a query string. ERR_ARG: a value that cannot be, or a limit, the message says which, for people; ERR_NOTFOUND: no such
 * index, or article; ERR_NOMEM. In any case *a is to be released and holds what a page needs; it must not be moved. */
bool ask_read(struct ask *a, const char *query_string, const struct site *site, struct err *err);
void ask_release(struct ask *a);

/* Appends the address of a search like this one, relative to the page: on another page, or (not NULL) for another query or in
 * another order. */
void ask_address(struct buf *out, const struct ask *a, const char *query, unsigned page, const char *sort);

/* Appends the address of an article, with the way back to this search. */
void ask_article_address(struct buf *out, const struct ask *a, const char *uid);

/* Appends the address of a search for articles like that one. */
void ask_similar_address(struct buf *out, const struct ask *a, const char *uid);

/* Can it be the uid of an article? */
bool ask_is_uid(const char *text);

#endif
