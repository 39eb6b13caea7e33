/* marks.h - the characters that mean something in a query: quotation marks, signs, letters
 *
 * For the files that read queries, and plan/group.c. Full-width forms of ASCII count as what they
 * look like.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_MARKS_H
#define BS_SEARCHER_QUERY_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MARKS_QUOTES 4 /* kinds of quotation marks */

/* A text and what is known about it: so that looking for a mark that is not there happens once. Set
 * text and len. */
struct marks {
    const char *text; /* valid UTF-8 */
    size_t len;
    bool none[MARKS_QUOTES]; /* no more quotation marks of this kind */
};

/* The character at text[*at], moving *at on; a full-width form as its ASCII. */
uint32_t marks_next(const struct marks *m, size_t *at);

/* The character at text[at], or before it; 0 at the end, or the beginning. */
uint32_t marks_at(const struct marks *m, size_t at);
uint32_t marks_before(const struct marks *m, size_t at);

/* Moves `to` back to behind the last character between from and to that is not one of set (ASCII).
 */
size_t marks_strip(const struct marks *m, size_t from, size_t to, const char *set);

/* The same for white space at both ends. */
void marks_trim(const struct marks *m, size_t *from, size_t *to);

/* Is there a letter or a digit? */
bool marks_has_word(const struct marks *m, size_t from, size_t to);

/* Is it a quotation mark, opening or closing? Not inside a Hebrew abbreviation. */
bool marks_is_quote(const struct marks *m, size_t at);

/* A quotation that opens at `at`: what is inside, and behind it. False: no quotation mark, or one
 * without its other half. */
bool marks_quotation(struct marks *m, size_t at, size_t *inside, size_t *close, size_t *behind);

/* Is there a letter outside quotations that is not a capital one? */
bool marks_has_small_letter(struct marks *m);

/* Quotation marks of a kind that does not occur in text. */
void marks_quotes_for(const char *text, size_t len, const char **open, const char **close);

#endif
