/* fold.h - the normal form of one word
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_FOLD_H
#define BS_COMMON_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"

/* Appends NFKC_Casefold of the text (Unicode 15, UAX #44: compatibility forms, case and invisible format characters gone; of the
 * Turkish capital with a dot, its dot too), with the digits of all scripts as those of ASCII. */
bool fold_case(struct buf *out, const char *text, size_t len, struct err *err);

/* Appends casefolded text with the combining marks dropped that readers leave out when they type, letters without a
 * decomposition spelled out, and what is written in two ways in one: Arabic letters, traditional Chinese characters; words.h
 * says which. What comes out of it stays as it is when it is put in again. */
bool fold_marks(struct buf *out, const char *casefolded, size_t len, struct err *err);

/* For showing words. Appends the text (at most 512 bytes) in small letters, with marks and a final sigma. */
bool fold_small(struct buf *out, const char *text, size_t len, struct err *err);

/* Appends the text with a capital in front. */
void fold_capital(struct buf *out, const char *text, size_t len);

/* Does the text begin with a capital? */
bool fold_is_capital(const char *text, size_t len);

#endif
