/* serve.h - from a request to its answer
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_SERVE_H
#define BS_SEARCHER_CGI_SERVE_H

#include <stdbool.h>

#include "common/err.h"
#include "searcher/cgi/answer.h"
#include "searcher/cgi/site.h"

/* All that is looked at of what a web server says (RFC 3875): cookies and other headers are not.
 * NULL: not there. */
struct cgi_request {
    const char *method;         /* REQUEST_METHOD */
    const char *query;          /* QUERY_STRING */
    const char *content_length; /* CONTENT_LENGTH; a body is never read */
};

/* Seconds of processor time that a request may take. The limits on queries (doc/query-language.md)
 * keep below it; this is for what they do not foresee. */
#define SERVE_SECONDS_MAX 10

/* Answers, whatever happens. site NULL: the configuration cannot be used, *log says why. *log: what
 * the administrator should know and the reader should not; code ERR_NONE for nothing. The caller
 * releases a->body. */
void serve(struct answer *a, const struct cgi_request *r, const struct site *site, struct err *log);

/* The answer to a request that takes more than it may, in the format that it asks for. site NULL:
 * not known yet. The caller releases a->body. */
void serve_too_costly(struct answer *a, const struct cgi_request *r, const struct site *site);

#endif
