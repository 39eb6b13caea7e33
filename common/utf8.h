/* utf8.h - text from outside made safe to keep: valid UTF-8, no NUL, no control characters
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_UTF8_H
#define BS_COMMON_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"

/* Appends text to out: each ill-formed sequence becomes one U+FFFD (Unicode 15, table 3-8, "maximal subparts"), NUL too;
 * CR LF, CR, U+0085, U+2028 and U+2029 become LF; other C0 and C1 controls, DEL and noncharacters are left out, except
 * TAB; so are bidi embeddings, overrides and isolates (U+202A..E, U+2066..9), which could hide the order of what is shown.
 * U+FEFF, the byte order mark, is left out everywhere. Cleaned text stays what it is when it is cleaned again. Returns how many sequences were replaced by U+FFFD. */
size_t utf8_clean(struct buf *out, const char *text, size_t len);

/* Appends text with each ill-formed sequence and each NUL as one U+FFFD, and everything else as it is. Returns how many. */
size_t utf8_repair(struct buf *out, const char *text, size_t len);

/* Is it valid UTF-8? Surrogates and overlong forms are not. */
bool utf8_valid(const char *text, size_t len);

/* Appends cleaned text with each run of white space (Unicode's) as one blank, none at the ends. A no-break or thin space alone
 * between digits stays: it parts thousands. */
void utf8_squeeze(struct buf *out, const char *text, size_t len);

/* The code point at text[*at], moving *at on; text must be valid. */
uint32_t utf8_next(const char *text, size_t len, size_t *at);

/* Unicode white space (White_Space=yes). */
bool utf8_is_space(uint32_t c);

/* A letter (Alphabetic=yes) or a decimal digit, of any script. */
bool utf8_is_alnum(uint32_t c);

/* A lower-case letter, or one of a script without case. */
bool utf8_is_small_letter(uint32_t c);

/* Columns a text takes on a terminal: 2 for wide and full-width characters, 0 for marks and format characters. */
size_t utf8_columns(const char *text, size_t len);

/* Appends standard base64 with padding (RFC 4648). */
void utf8_base64(struct buf *out, const char *bytes, size_t len);

#endif
