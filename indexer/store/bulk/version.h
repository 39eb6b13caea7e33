/* version.h - the file that makes tables a database of glass
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_VERSION_H
#define BS_INDEXER_STORE_BULK_VERSION_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "indexer/store/bulk/table.h"

/* In the order in which the file has them. */
enum version_table {
    VERSION_POSTLIST,
    VERSION_DOCDATA,
    VERSION_TERMLIST,
    VERSION_POSITION,
    VERSION_SPELLING,
    VERSION_SYNONYM,
    VERSION_TABLES
};

struct version {
    struct table_root root[VERSION_TABLES]; /* zeroed: there is no such table */
    uint32_t documents, last_docid;
    uint32_t length_min, length_max; /* of documents; min of those that are not empty */
    uint32_t wdf_max;
    uint64_t length; /* of all documents */
};

/* Writes DIR/iamglass, whole or not at all, to the disk itself. */
bool version_write(const char *dir, const struct version *v, struct err *err);

#endif
