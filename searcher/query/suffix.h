/* suffix.h - what may stand directly behind a word, a quotation or a bracket: ~2 and ^0.5
 *
 * For lex.c alone. Only ASCII's marks count: the full-width ones are common punctuation.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_SUFFIX_H
#define BS_SEARCHER_QUERY_SUFFIX_H

#include <stdbool.h>
#include <stddef.h>

#include "searcher/query/marks.h"

struct suffix {
    bool tilde;      /* there was ~ */
    unsigned number; /* behind it */
    unsigned boost;  /* thousandths; 0: there was no ^ */
    bool clipped;    /* a number was too small, too large or too long; it is the nearest one that is
                        possible */
    bool useless;    /* a mark without a number that it can have was passed over */
};

/* Takes ~ and ^ with their numbers off the end of the run text[from, to), and punctuation behind
 * them, in any order; of several the last ~ and the last ^ count, so that what is left ends in
 * none. Returns where the rest ends; `to` where there are none. */
size_t suffix_of_run(const struct marks *m, size_t from, size_t to, struct suffix *out);

/* The same behind a quotation or bracket that ends at `at`; marks that say nothing are passed over.
 * Returns where to read on. */
size_t suffix_behind(const struct marks *m, size_t at, struct suffix *out);

/* Is the run a word with * or ? that stand for letters of it? */
bool suffix_is_pattern(const struct marks *m, size_t from, size_t to);

#endif
