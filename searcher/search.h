/* search.h - one search of an index: from a query to ranked articles with their snippets
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_SEARCH_H
#define BS_SEARCHER_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/article.h"
#include "common/err.h"
#include "searcher/also.h"
#include "searcher/query/read.h"
#include "searcher/request.h"
#include "searcher/session.h"
#include "searcher/snippet.h"

/* What one word, phrase or beginning of the query gave a hit. */
struct contribution {
    char *text; /* as the query prints back; owned */
    double weight;
};

struct hit {
    uint32_t rank; /* from 1 */
    double score;
    uint32_t docid; /* in the revision that was searched */
    struct article article;
    struct marked_text title;
    struct snippets snippets;
    struct also also;                  /* only where request.also asked for it */
    struct contribution *contribution; /* owned; only where request.explain asked for it */
    size_t n_contributions;
};

struct result {
    char uuid[40];
    uint64_t revision;  /* of the index that was searched */
    struct query query; /* as it was read */
    const char *
        query_id; /* which query of a batch it answers, NULL outside one; the caller's, not owned */
    struct hit *hit; /* owned */
    size_t n_hits;
    uint64_t total;
    bool total_exact;
    char *suggestion;     /* owned: the query with better words, where request.suggest asked for it and there are any */
    bool by_date;         /* the hits are in the order of their dates, not of their scores */
    bool no_such_article; /* of request.similar */
};

/* Searches. The index may be written to at the same time: a search that it moved under is done
 * again from the start. ERR_NOTFOUND: no index; ERR_UNSUPPORTED: made by another version;
 * ERR_CORRUPT, ERR_IO, ERR_PERM; ERR_ARG, ERR_SYNTAX: the query is over a limit or refused. */
bool search_run(struct session *s, const struct request *request, struct result *out,
                struct err *err);

/* The article of that uid. *found: there is one. */
bool search_show(struct session *s, const char *uid, bool *found, struct article *out,
                 struct err *err);

void result_release(struct result *r);

#endif
