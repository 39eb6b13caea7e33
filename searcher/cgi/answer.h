/* answer.h - what goes back to the web server
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_ANSWER_H
#define BS_SEARCHER_CGI_ANSWER_H

#include <stdbool.h>

#include "common/buf.h"

/* No answer is larger: an article of any size fits, as JSON whole and as a page as far as that
 * shows it. */
#define ANSWER_MAX (4 * BUF_MAX)

/* Those that are given: 200, 400, 404, 405, 413, 500, 503. */
struct answer {
    int status;
    bool json;               /* else HTML */
    const char *style_sheet; /* what the page takes its style from; NULL: from within */
    struct buf body;
};

/* "Bad Request" and the like. */
const char *answer_reason(int status);

/* Appends the answer as RFC 3875 wants it from a CGI program: Status, the other headers, an empty
 * line, the body. Headers are the same for all answers but for their values. */
void answer_print(struct buf *out, const struct answer *a, bool with_body);

#endif
