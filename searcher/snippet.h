/* snippet.h - the passage of an article that answers a query best, with the matches marked
 *
 * The passage begins and ends at sentence boundaries of common/words; a sentence longer than the
 * room is cut between words, and a word longer than the room between characters. Offsets are bytes of UTF-8 and never fall
 * inside a character. Blanks, tabs and line ends are one blank.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_SNIPPET_H
#define BS_SEARCHER_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>

#include "common/article.h"
#include "common/err.h"
#include "common/words.h"
#include "searcher/plan/matcher.h"

struct mark {
    size_t from, to; /* bytes of the text, from <= at < to; never empty */
};

struct marked_text {
    char *text; /* owned; NULL: there is none */
    size_t len;
    struct mark *mark; /* owned; in order, not touching */
    size_t n_marks;
    bool cut_before, cut_after; /* the sentence began before, or goes on */
};

void marked_text_release(struct marked_text *t);

/* Marks all matches in a whole text, such as a headline. field: its name in the schema; language: the article's. */
bool snippet_mark(struct marked_text *out, const char *text, const char *field, const char *language,
                  struct words *words, struct matcher *m, struct err *err);

/* Finds the best passage of the article's body (or deck, or a caption, where only those match) of at most max_bytes bytes, and
 * SNIPPET_EDGE at either end for the marks around its words. Without a match anywhere: the beginning. */
#define SNIPPET_EDGE 16
bool snippet_make(struct marked_text *out, const struct article *a, size_t max_bytes, struct words *words,
                  struct matcher *m, struct err *err);

#endif
