/* stopwords.h - words that say nothing about what is looked for
 *
 * Closed-class words (articles, pronouns, prepositions, conjunctions, auxiliaries). They are in the index, so that
 * phrases find them; a query of other words is ranked without them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PLAN_STOPWORDS_H
#define BS_SEARCHER_PLAN_STOPWORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Is a normal form one of them, in that language (BCP 47; its primary subtag counts)? False for languages without a list. */
bool stopwords_has(const char *language, const char *term, size_t len);

/* The language as it is listed: static; NULL where it has no list. */
const char *stopwords_find(const char *language);

/* The words of the list i, from 0, with a blank before and behind each; NULL: there is none. */
const char *stopwords_list(size_t i);

/* Bytes of the longest word. */
#define STOPWORDS_LETTERS 40

#endif
