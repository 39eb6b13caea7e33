/* stopwords.h - words that say nothing about what is looked for
 *
 * Closed-class words (articles, pronouns, prepositions, conjunctions, auxiliaries). They are in the index, so that
 * phrases find them; a query of other words is ranked without them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_STOPWORDS_H
#define BS_SEARCHER_QUERY_STOPWORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Is a normal form one of them, in that language (primary subtag of BCP 47; NULL: English)? */
bool stopwords_has(const char *language, const char *term, size_t len);

#endif
