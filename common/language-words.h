/* language-words.h - the language of a text by its commonest words, where they leave no doubt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_LANGUAGE_WORDS_H
#define BS_COMMON_LANGUAGE_WORDS_H

#include <stddef.h>

/* The tag of the language ("en"), or NULL: n-grams have to tell. text: lower case, UTF-8. */
const char *language_by_words(const char *text, size_t len);

#endif
