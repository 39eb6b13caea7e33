/* charset.h - text of an unknown encoding as UTF-8
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_CHARSET_H
#define BS_INDEXER_READ_CHARSET_H

#include <stdbool.h>

#include "common/buf.h"
#include "common/err.h"

/* The name of the encoding of a text that begins so, if it is UTF-16 or UTF-32, else NULL: by its byte order mark, UTF-16 without
 * one by its zero bytes, which no other text has. */
const char *charset_by_zeros(const char *text, size_t len);

/* What a text in one of the other encodings is in, by ICU's charset detector (its letter statistics; confidence of 10 of 100 at
 * least). name: empty where it is UTF-8, or UTF-8 with a few broken bytes, or nobody can tell, as with fewer than `least`
 * sequences that are no UTF-8. ERR_NOMEM, ERR_SYNTAX. */
bool charset_detect(const char *text, size_t len, size_t least, char name[32], struct err *err);

/* Converts text from an encoding that ICU knows. ERR_NOMEM, ERR_SYNTAX; ERR_ARG: it would be too long. */
bool charset_convert(struct buf *text, const char *name, struct err *err);

/* Converts text in place where it is not UTF-8. name: what it was, or empty where nothing was done. */
bool charset_to_utf8(struct buf *text, char name[32], struct err *err);

#endif
