/* uids.h - which article has which number, while a database is built
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_UIDS_H
#define BS_INDEXER_STORE_BULK_UIDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

struct uid_slot {
    unsigned char uid[16];
    uint32_t docid; /* 0: free */
};

/* Open addressing; 30 to 60 bytes an article. */
struct uids {
    struct uid_slot *slot; /* owned */
    size_t n_slots, n;
};

/* Gives the uid that docid; *before: the one that it had, or 0. */
bool uids_set(struct uids *u, const unsigned char uid[16], uint32_t docid, uint32_t *before, struct err *err);
void uids_release(struct uids *u); /* zeroed is fine */

#endif
