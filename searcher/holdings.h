/* holdings.h - what an index has, to choose from
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_HOLDINGS_H
#define BS_SEARCHER_HOLDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "searcher/session.h"

/* No more languages than this are listed. */
#define HOLDINGS_LANGUAGES_MAX 200

struct holdings {
    uint64_t articles;
    char **language; /* owned: primary subtags, in the order of the alphabet */
    size_t n_languages;
};

/* Errors as for session_try(). */
bool holdings_list(struct session *s, struct holdings *out, struct err *err);
void holdings_release(struct holdings *h);

#endif
