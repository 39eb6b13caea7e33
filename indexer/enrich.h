/* enrich.h - what an article does not say itself
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_ENRICH_H
#define BS_INDEXER_ENRICH_H

#include <stdbool.h>

#include "common/article.h"
#include "common/err.h"
#include "common/language.h"

/* Sets path, member, id and uid, and the language where none is known: `fallback` (BCP 47) if it is not NULL, else what the
 * words look like. */
bool enrich(struct article *a, const char *path, const char *member, const char *fallback,
            struct language *language, struct err *err);

#endif
