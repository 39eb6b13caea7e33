/* code.h - numbers and strings as glass, Xapian's format on disk, writes them
 *
 * Source of each layout: xapian-core 1.4, common/pack.h. Each function writes at p and returns the byte behind.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_BULK_CODE_H
#define BS_INDEXER_STORE_BULK_CODE_H

#include <stddef.h>
#include <stdint.h>

#define CODE_UINT_MAX 10         /* bytes that code_uint() writes at most */
#define CODE_SORTABLE_UINT_MAX 5 /* of a number of 32 bits */
#define CODE_KEY_MAX 255         /* bytes of a key of a table */

/* 7 bits a byte, the lowest first; the top bit says that more follow. */
static inline unsigned char *
code_uint(unsigned char *p, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *p++ = (unsigned char)(number | 0x80);
    *p++ = (unsigned char)number;
    return p;
}

/* The lowest byte first, without high zero bytes: 0 has none. */
static inline unsigned char *
code_uint_last(unsigned char *p, uint64_t number)
{
    for (; number != 0; number >>= 8)
        *p++ = (unsigned char)number;
    return p;
}

/* Sorts bytewise as the numbers do: 2 bytes below 2^15; else n bytes for up to 7n+1 bits, whose first begins with n - 2
 * bits 1 and one 0; the highest byte first. */
static inline unsigned char *
code_sortable_uint(unsigned char *p, uint32_t number)
{
    unsigned n = 2;
    while (n < CODE_SORTABLE_UINT_MAX && (uint64_t)number >> (7 * n + 1) != 0)
        n++;
    const unsigned char ones = (unsigned char)(0xff00 >> (n - 2));
    for (unsigned i = n; i-- > 0;) {
        const unsigned shift = 8 * i;
        *p++ = (unsigned char)(shift < 32 ? number >> shift : 0);
    }
    p[-(int)n] |= ones;
    return p;
}

/* 00 becomes 00 FF; the final 00 that ends it where something follows is the caller's. Up to twice the length. */
static inline unsigned char *
code_sortable_bytes(unsigned char *p, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        *p++ = (unsigned char)bytes[i];
        if (bytes[i] == '\0')
            *p++ = 0xff;
    }
    return p;
}

static inline unsigned char *
code_be16(unsigned char *p, unsigned number)
{
    *p++ = (unsigned char)(number >> 8);
    *p++ = (unsigned char)number;
    return p;
}

static inline unsigned char *
code_be32(unsigned char *p, uint32_t number)
{
    return code_be16(code_be16(p, number >> 16), number & 0xffff);
}

#endif
