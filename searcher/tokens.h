/* tokens.h - the words of an article's text, with those that the query means
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_TOKENS_H
#define BS_SEARCHER_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "common/words.h"
#include "searcher/plan/matcher.h"

struct token {
    uint32_t from, to;
    uint32_t reach; /* where that which its term is of ends; with a match: where the mark does */
    int match;      /* number of the query's word, or -1 */
    bool sentence, paragraph;
    bool inside;   /* a word, which goes on here */
    bool together; /* with a match: it is of a phrase, or of a run */
    bool joined;   /* with the match before it, in one mark: a phrase goes on here */
    bool taken;    /* by a passage that was chosen */
};

struct tokens {
    struct token *t; /* owned */
    size_t n, room;
};

void tokens_release(struct tokens *list); /* zeroed is fine */

/* All words of a text, after matcher_start(). list: zeroed. */
bool tokens_of_all(struct tokens *list, const char *text, size_t len, struct words *words,
                   struct matcher *m, struct err *err);

/* Finds the words of a text of the field of that name: those that a passage of at most `max` bytes
 * with a match could have, and of the beginning. Where words are left out, a sentence ends and
 * begins. list: zeroed. */
bool tokens_near_matches(struct tokens *list, const char *text, size_t len, const char *field,
                         size_t max, struct words *words, struct matcher *m, struct err *err);

/* Blanks, tabs and line ends are one blank in what is shown. */
bool tokens_is_blank(char c);

#endif
