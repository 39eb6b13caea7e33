/* gone.h - files that were indexed and are there no more
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_GONE_H
#define BS_INDEXER_GONE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "common/err.h"
#include "indexer/options.h"
#include "indexer/report.h"
#include "indexer/store/removal.h"
#include "indexer/store/store.h"
#include "indexer/walker.h"

/* Removes what the walk did not meet of the files under the walked folders, and what is noted in `removal` already. Where a
 * whole root is missing or empty that was not, or more than the allowed share of its files is, nothing under it is removed:
 * this is said and counted in report->suspect_roots; a root that never existed is said and counted in
 * report->missing_roots. A file belongs to the innermost of the roots above it. In a rebuild, what the present generation
 * has and the new one has not counts as well: with report->suspect_roots > 0 the new one must not take its place. Needs
 * everything committed. However much is gone, what is noted at a time takes a sixteenth of the memory. *stop ends it early. */
bool gone_remove(struct store *s, const struct options *o, const struct walker *w, struct removal *removal,
                 const atomic_int *stop, struct report *report, struct err *err);

#endif
