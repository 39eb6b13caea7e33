/* paragraphs.h - body text as it comes, cut into paragraphs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_PARAGRAPHS_H
#define BS_COMMON_PARAGRAPHS_H

#include "common/buf.h"

/* Appends text (valid, cleaned UTF-8) to out as paragraphs, one line each, with one empty line between them and
 * none at the ends. An empty line ends a paragraph; so does a line that begins indented. A line break
 * inside is joined where the text was wrapped to a width, and ends a paragraph where each line is one.
 * Paragraphs made by this function come out as they went in. */
void paragraphs_normalise(struct buf *out, const char *text, size_t len);

#endif
