/* snippet.h - the passages of an article that answer a query best, with the matches marked
 *
 * passages.h says how they are chosen. Offsets are bytes of UTF-8 and never fall inside a
 * character. Blanks, tabs and line ends are one blank.
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
#include "searcher/passages.h"
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

/* Marks all matches in a whole text, such as a headline. field: its name in the schema; language:
 * the article's. */
bool snippet_mark(struct marked_text *out, const char *text, const char *field,
                  const char *language, struct words *words, struct matcher *m, struct err *err);

/* Passages in the order of the article, deck, body and captions. */
struct snippets {
    struct marked_text passage[PASSAGES_MAX];
    size_t n;
};

void snippets_release(struct snippets *s);

/* Finds the best passages of the article, at most max_bytes bytes with PASSAGES_BETWEEN between
 * them. Without a match anywhere: the beginning. */
bool snippet_make(struct snippets *out, const struct article *a, size_t max_bytes,
                  struct words *words, struct matcher *m, struct err *err);

/* All passages as one text, with PASSAGES_BETWEEN between them; ends: dots where a sentence is cut
 * at the beginning or the end, too. A text of NULL where there are none. */
bool snippets_join(struct marked_text *out, const struct snippets *s, bool ends, struct err *err);

#endif
