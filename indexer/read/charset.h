/* charset.h - text of an unknown encoding as UTF-8
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_CHARSET_H
#define BS_INDEXER_READ_CHARSET_H

#include <stdbool.h>

#include "common/buf.h"
#include "common/err.h"

/* Converts text in place where it is not UTF-8: UTF-16 and UTF-32 by their byte order mark or by their zero bytes, others by
 * ICU's charset detector (its letter statistics; confidence of 10 of 100 at least). name: what it was,
 * or empty where nothing was done: it is UTF-8, or UTF-8 with a few broken bytes, or nobody can tell. */
bool charset_to_utf8(struct buf *text, char name[32], struct err *err);

#endif
