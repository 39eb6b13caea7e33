/* request.h - what is asked of the searcher, whoever asks
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_REQUEST_H
#define BS_SEARCHER_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

/* Most hits that can be asked for at once. */
#define REQUEST_LIMIT_MAX 100000

struct request {
    const char *query;          /* any bytes */
    size_t query_len;
    const char *query_language; /* BCP 47, or NULL: each language of the index */
    bool plain_words;           /* no operators */
    bool strict;                /* refuse what would be guessed */
    unsigned limit, offset;
    size_t snippet_bytes;       /* 0: no snippets */
};

#endif
