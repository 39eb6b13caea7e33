/* positions.h - the places of a term in an article, as glass packs them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_POSITIONS_H
#define BS_INDEXER_STORE_BULK_POSITIONS_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that n positions take at most. */
#define POSITIONS_BYTES(n) (4 * (size_t)(n) + 24)

/* Writes n >= 1 positions, strictly ascending; returns the number of bytes. */
size_t positions_pack(const uint32_t *position, size_t n, unsigned char *out);

#endif
