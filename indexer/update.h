/* update.h - bring an index up to date with the files under some paths
 *
 * One thread walks the disk, some read articles and turn them into documents, the caller's thread writes. What waits
 * between them is bounded, so that memory is whatever the articles are.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_UPDATE_H
#define BS_INDEXER_UPDATE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "common/err.h"
#include "indexer/options.h"
#include "indexer/report.h"

/* From so many articles on a file that lost more of them than --max-delete allows is not believed. */
#define UPDATE_MANY_MEMBERS 20

/* Adds what is new, replaces what changed, removes what is gone, commits. False: it had to stop; what was
 * committed stays, and the next run carries on. *stop: set by a signal handler, ends the run early with what is whole
 * committed. */
bool update_run(const struct options *o, const char *command, const atomic_int *stop, struct report *report,
                struct err *err);

#endif
