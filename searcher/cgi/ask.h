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

/* Bytes of a value that a field must have. */
#define ASK_FIELD_MAX 200

/* A search whose address is longer than this many bytes is not repeated in each link: pages stay
 * small. */
#define ASK_ADDRESS_LONG 400

/* Bytes of a passage: about three lines. */
#define ASK_SNIPPET_BYTES 280

struct ask {
    struct params params;
    bool is_long; /* over ASK_ADDRESS_LONG */
    unsigned page, n;
    const struct site_index *index; /* NULL: an unknown one */
    char since[DATE_MAX], until[DATE_MAX];
    struct request request; /* borrows from all of this */
};

/* The parameters that are fields of the record, which filter. */
#define ASK_FIELDS REQUEST_FIELDS_MAX
extern const enum param ask_fields[ASK_FIELDS];

/* Reads a query string. Where it asks for an article, what is wrong with the rest of a search is
 * passed over. ERR_ARG: a value that cannot be, or a limit, the message says which, for people;
 * ERR_NOTFOUND: no such index, or article; ERR_NOMEM. In any case *a is to be released and holds
 * what a page needs; it must not be moved. */
bool ask_read(struct ask *a, const char *query_string, const struct site *site, struct err *err);
void ask_release(struct ask *a);

/* Appends the address of a search like this one, relative to the page: on another page, or (not
 * NULL) for another query or in another order. */
void ask_address(struct buf *out, const struct ask *a, const char *query, unsigned page,
                 const char *sort);

/* The same without one of its filters. */
void ask_address_without(struct buf *out, const struct ask *a, enum param which);

/* Appends the address of an article, with the way back to this search unless that is long. */
void ask_article_address(struct buf *out, const struct ask *a, const char *uid);

/* Appends the address of a search for articles like that one. */
void ask_similar_address(struct buf *out, const struct ask *a, const char *uid);

/* Appends the address of the article that hits are like. */
void ask_like_address(struct buf *out, const struct ask *a);

/* Can it be a language that is asked for? */
bool ask_is_language(const char *text);

/* Can it be the uid of an article? */
bool ask_is_uid(const char *text);

#endif
