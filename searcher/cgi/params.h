/* params.h - what a request asks for, as it came: the parameters of a query string
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_PARAMS_H
#define BS_SEARCHER_CGI_PARAMS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"

/* Bytes of a query string, and parameters in it. */
#define PARAMS_BYTES_MAX ((size_t)64 << 10)
#define PARAMS_MAX 100

enum param {
    PARAM_Q,
    PARAM_INDEX,
    PARAM_PAGE,
    PARAM_N,
    PARAM_SORT,
    PARAM_SINCE,
    PARAM_UNTIL,
    PARAM_LANGUAGE,
    PARAM_SECTION,
    PARAM_SOURCE,
    PARAM_AUTHOR,
    PARAM_TAGS,
    PARAM_FORMAT,
    PARAM_ID,
    PARAM_SIMILAR,
    PARAMS
};

/* Values are valid UTF-8 without control characters (utf8_clean), white space at their ends is gone
 * and in all but q runs of it are one blank. "": not given, or empty, which is the same. */
struct params {
    struct buf value[PARAMS];
};

/* Reads application/x-www-form-urlencoded text, as URL Standard has it: a broken %-escape stays as
 * it is. Unknown names are passed over. ERR_ARG: over a limit, which the message names, or one of
 * ours is there twice. In any case *p is to be released, and what was read before the error is in
 * it. */
bool params_parse(struct params *p, const char *query_string, struct err *err);
void params_release(struct params *p);

/* Appends the first value of that name, whatever else the query string has and whether or not it
 * can be read. */
void params_first(struct buf *out, const char *query_string, enum param which);

const char *params_get(const struct params *p, enum param which);
const char *params_name(enum param which);

/* Appends "?name=value" or "&name=value" with the value percent-encoded. *first: nothing was
 * appended so far. */
void params_append(struct buf *out, bool *first, const char *name, const char *value);

#endif
