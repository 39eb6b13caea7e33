/* language.h - which language a text is in
 *
 * By script first (a text in Hangul is Korean), then, where languages share a script, by the commonest words
 * (language-words.h) and, where these leave a doubt, by libexttextcat's n-grams on the
 * lower-cased beginning of the text (all-capitals English is not recognised otherwise). Uses the fingerprints of the package
 * libexttextcat-data; where they are missing only scripts are told apart.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_LANGUAGE_H
#define BS_COMMON_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"

struct language;

/* Is it a well-formed BCP 47 tag of a language with two or three letters that ICU knows? */
bool language_is_tag(const char *tag);

bool language_new(struct language **out, struct err *err);
void language_free(struct language *l);

/* *tag is a BCP 47 tag, borrowed until the next call, or NULL where the text is too short or undecided. text is valid UTF-8.
 * ERR_NOMEM; ERR_IO: the fingerprints, which the first call loads that needs them, are there and cannot be loaded. */
bool language_detect(struct language *l, const char *text, size_t len, const char **tag, struct err *err);

#endif
