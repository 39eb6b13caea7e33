/* text.h - one article as plain text: typed, saved from a web page, or wire copy
 *
 * Plain text says nothing about its parts; they are recognised by where they stand and how they
 * look. The first line is the title. Around the body these are taken out, in many languages:
 *
 *   head  the deck (between title and repeated title, or before a byline, a date or a dateline),
 * bylines, dates, captions known by their credit, "Label: value" lines, buttons and players tail "X
 * contributed to this report.", "(Reporting by X; Editing by Y)", bylines, a note on the author
 *         (extra.author_note), copyright, "Related Topics" (tags), "Related Stories" and the like
 *
 * What is in doubt stays in the body; only page furniture is dropped. A dateline ("SEOUL, Oct. 13
 * (Reuters) - ") is copied, not cut: the body keeps it. Hard-wrapped lines are joined to
 * paragraphs. A text that is one long paragraph is its own title's source: the title is its first
 * sentence, the body all of it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_TEXT_H
#define BS_INDEXER_READ_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/article.h"
#include "common/err.h"

/* Reads the bytes of a file into an initialised, empty article: title, deck, caption[], author[],
 * contributor[], published, updated, dateline, tags[], source, section, url, body. Bytes that are
 * not UTF-8 are repaired and counted. ERR_SYNTAX: "no text in it", "looks like binary data";
 * ERR_ARG: larger than ARTICLE_MAX; ERR_NOMEM. On failure the article's contents are undefined but
 * releasable. Time is linear in len. */
bool text_read(const char *text, size_t len, struct article *a, struct err *err);

#endif
