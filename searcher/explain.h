/* explain.h - what each part of a query gave each hit
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_EXPLAIN_H
#define BS_SEARCHER_EXPLAIN_H

#include <stdbool.h>

#include "common/err.h"
#include "searcher/plan/plan.h"
#include "searcher/rank/refine.h"
#include "searcher/search.h"
#include "searcher/session.h"

/* Lists the contributions of each hit; their sum is its score. */
bool explain_hits(const struct session *s, const struct plan *plan, const struct ranking *ranking, struct result *r,
                  struct err *err);

#endif
