/* merge.h - many sources of postings as one
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_MERGE_H
#define BS_INDEXER_STORE_BULK_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "indexer/store/bulk/source.h"

/* What takes the merged entries, in the order of their keys. NULL: not wanted. */
struct merge_sink {
    void *arg;
    bool (*metadata)(void *arg, const unsigned char *key, size_t key_len, const unsigned char *value, size_t len,
                     struct err *err);
    bool (*term)(void *arg, const char *name, size_t len, uint64_t termfreq, uint64_t collfreq, struct err *err);
    bool (*posting)(void *arg, const struct posting *p, struct err *err);
    bool (*end)(void *arg, struct err *err); /* of the term */
};

/* Goes through all entries. The sources follow each other in docid; of metadata the last counts. */
bool merge_all(struct source *source, size_t n, const struct merge_sink *sink, struct err *err);

/* Writes them as one run. */
bool merge_to_run(struct source *source, size_t n, const char *path, struct err *err);

#endif
