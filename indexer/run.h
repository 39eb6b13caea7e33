/* run.h - read articles and print them, or only count them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_RUN_H
#define BS_INDEXER_RUN_H

#include <stdbool.h>

#include "common/err.h"
#include "indexer/options.h"
#include "indexer/report.h"

/* ACTION_DUMP, ACTION_DUMP_TERMS and ACTION_DRY_RUN. False: it had to stop. */
bool run(const struct options *o, struct report *report, struct err *err);

#endif
