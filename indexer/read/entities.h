/* entities.h - character references of HTML that were left in the texts of a record
 *
 * Records that were made from web pages often hold `&quot;` or `&#8220;` where the page had a character. In the texts that
 * people read they become the character; identifiers, URLs and paths stay as they are.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_ENTITIES_H
#define BS_INDEXER_READ_ENTITIES_H

#include <stdbool.h>

#include "common/article.h"
#include "common/err.h"

/* Decodes the references of HTML 4 (by name) and those by number, each closed by a semicolon; what they make with the text
 * around them is decoded again (`&amp;quot;`), so that doing it twice changes nothing. Others stay. */
bool entities_mend(struct article *a, struct err *err);

#endif
