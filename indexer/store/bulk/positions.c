/* positions.c - the places of a term in an article, as glass packs them
 *
 * The last position as a number, then interpolative coding (Moffat and Stuiver, "Binary Interpolative Coding for
 * Effective Index Compression", 2000) as in xapian-core 1.4, backends/glass/glass_positionlist.cc and bitstream.cc.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/positions.h"

#include "indexer/store/bulk/code.h"

struct bits {
    unsigned char *p;
    uint64_t waiting; /* the lowest bit goes first */
    unsigned n;       /* bits that wait, fewer than 8 between calls */
};

static void
put_bits(struct bits *b, uint32_t number, unsigned n)
{
    b->waiting |= (uint64_t)number << b->n;
    b->n += n;
    for (; b->n >= 8; b->n -= 8) {
        *b->p++ = (unsigned char)b->waiting;
        b->waiting >>= 8;
    }
}

/* A number below `outof`: the middle ones, as many as there are codes to spare, take a bit less. */
static void
put_code(struct bits *b, uint32_t number, uint32_t outof)
{
    if (outof <= 1)
        return;
    const unsigned n = 32 - (unsigned)__builtin_clz(outof - 1);
    const uint32_t spare = (uint32_t)(((uint64_t)1 << n) - outof);
    const uint32_t middle = (outof - spare) / 2;
    if (spare == 0 || number < middle)
        put_bits(b, number, n);
    else if (number < middle + spare)
        put_bits(b, number, n - 1);
    else
        put_bits(b, (number - middle - spare) + ((uint32_t)1 << (n - 1)), n);
}

/* The positions between the j-th and the k-th, which are known. */
static void
put_between(struct bits *b, const uint32_t *pos, size_t j, size_t k)
{
    while (j + 1 < k) {
        const size_t m = j + (k - j) / 2;
        put_code(b, pos[m] - (pos[j] + (uint32_t)(m - j)), pos[k] - pos[j] - (uint32_t)(k - j) + 1);
        put_between(b, pos, j, m); /* halves: at most 32 deep */
        j = m;
    }
}

size_t
positions_pack(const uint32_t *position, size_t n, unsigned char *out)
{
    const uint32_t first = position[0], last = position[n - 1];
    struct bits b = {.p = code_uint(out, last)};
    if (n == 1)
        return (size_t)(b.p - out);
    put_code(&b, first, last);
    put_code(&b, (uint32_t)n - 2, last - first);
    put_between(&b, position, 0, n - 1);
    if (b.n > 0)
        *b.p++ = (unsigned char)b.waiting;
    return (size_t)(b.p - out);
}
