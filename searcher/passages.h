/* passages.h - which passages of an article answer a query best
 *
 * One where it has all words of the query that the article has, or nearly; else up to three that
 * have more of them together. They begin and end at sentence boundaries of common/words; a sentence
 * longer than the room is cut between words, and a word longer than the room between characters.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PASSAGES_H
#define BS_SEARCHER_PASSAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "searcher/plan/matcher.h"
#include "searcher/tokens.h"

#define PASSAGES_MAX 3

/* What stands between two passages, where they are shown in one line. */
#define PASSAGES_BETWEEN " ... "

/* A text that passages are taken from. */
struct source {
    const char *text; /* borrowed */
    size_t len;
    unsigned place; /* among the texts of the article, as they are read */
    struct tokens list;
};

struct passage {
    const struct source *source;
    size_t first, last;         /* its words */
    size_t from, to;            /* bytes of the text */
    bool cut_before, cut_after; /* the sentence began before, or goes on */
};

struct choice {
    struct passage passage[PASSAGES_MAX]; /* in the order of the article */
    size_t n;
};

/* Chooses passages of at most max_bytes bytes in all, with PASSAGES_BETWEEN between them. Of equal
 * ones those of the first sources are taken; without a match anywhere the beginning of the first
 * source that has words. */
void passages_choose(struct choice *out, struct source *sources, size_t n, const struct matcher *m,
                     size_t max_bytes);

/* The best single passage. Has it every word of the query? Then no other need be looked for. */
bool passages_one(struct choice *out, struct source *sources, size_t n, const struct matcher *m,
                  size_t max_bytes);

#endif
