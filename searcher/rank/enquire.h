/* enquire.h - the first ranking, Xapian's: BM25
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_RANK_ENQUIRE_H
#define BS_SEARCHER_RANK_ENQUIRE_H

#include <stdbool.h>

#include "common/err.h"
#include "searcher/plan/plan.h"
#include "searcher/request.h"
#include "shim/xapian-c.h"

/* Gets ready to ask for a plan's query, weighed as doc/ranking.md says. The caller frees it. */
bool rank_enquire(const struct xap_database *db, const struct plan *plan, enum request_sort sort, struct xap_enquire **out,
                  struct err *err);

#endif
