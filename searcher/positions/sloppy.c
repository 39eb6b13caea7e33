/* sloppy.c - phrases with words moved: "a b c"~2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/positions/near.h"

#include <stdlib.h>

/* The first place of a side that is not before `position`. */
static size_t
first_at(const struct spans *side, int64_t position)
{
    size_t low = 0, high = side->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (side->span[middle].from < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
is_taken(const uint32_t *taken, const bool *has, size_t n, uint32_t position)
{
    for (size_t i = 0; i < n; i++)
        if (has[i] && taken[i] == position)
            return true;
    return false;
}

struct phrase {
    const struct spans *const *side;
    const uint32_t *offset;
    size_t n;
    uint32_t *taken; /* where each side stands; room for n */
    bool *has;       /* room for n */
};

/* Side `anchor` stands at `at`, and no side is moved further to the left than it: each other one
 * takes the first place that is left. */
static bool
fits(struct phrase *p, size_t anchor, uint32_t at, unsigned slop, uint64_t *work)
{
    const int64_t origin = (int64_t)at - p->offset[anchor];
    for (size_t i = 0; i < p->n; i++)
        p->has[i] = false;
    p->taken[anchor] = at;
    p->has[anchor] = true;
    for (size_t i = 0; i < p->n; i++) {
        if (i == anchor)
            continue;
        const int64_t from = origin + p->offset[i];
        size_t k = first_at(p->side[i], from);
        while (k < p->side[i]->n && is_taken(p->taken, p->has, p->n, p->side[i]->span[k].from))
            k++;
        *work += 8 + p->n;
        if (k == p->side[i]->n || p->side[i]->span[k].from > from + slop)
            return false;
        p->taken[i] = p->side[i]->span[k].from;
        p->has[i] = true;
    }
    return true;
}

static bool
add_stretch(const struct phrase *p, struct spans *out, struct err *err)
{
    uint32_t from = p->taken[0], to = p->taken[0];
    for (size_t i = 1; i < p->n; i++) {
        from = p->taken[i] < from ? p->taken[i] : from;
        to = p->taken[i] > to ? p->taken[i] : to;
    }
    return spans_add(out, from, to, err);
}

bool
near_sloppy(unsigned slop, const struct spans *const *side, const uint32_t *offset, size_t n,
            struct spans *out, uint64_t *work, struct err *err)
{
    struct phrase p = {side, offset, n, calloc(n + 1, sizeof *p.taken),
                       calloc(n + 1, sizeof *p.has)};
    bool ok = (p.taken && p.has) || err_nomem(err);
    for (size_t i = 0; ok && i < n; i++)
        for (size_t k = 0; ok && k < side[i]->n; k++)
            if (fits(&p, i, side[i]->span[k].from, slop, work))
                ok = add_stretch(&p, out, err);
    spans_sort(out);
    free(p.taken);
    free(p.has);
    return ok;
}
