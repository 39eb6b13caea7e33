/* near.c - places that are near each other: NEAR, PRE, W/S, W/P
 *
 * Chains of places, each behind the one before it, are built from left to right. Of the chains that
 * end at one place and have the same sides, only the one that begins last is kept: it is the
 * shortest.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/positions/near.h"

#include <stdlib.h>
#include <string.h>

/* Numbers in the table of one article: 16 MiB. */
#define TABLE_MAX ((size_t)1 << 22)

/* A place of one side. */
struct event {
    uint32_t from, to;
    uint32_t unit; /* which sentence it is in */
    unsigned side;
};

struct chains {
    const struct near_rule *rule;
    struct event *event; /* owned; in the order of their beginnings */
    size_t n;
    size_t masks;     /* sets of sides */
    uint32_t *start;  /* owned; masks for each event: where the shortest chain of these sides begins
                         that ends there; 0: none */
    uint32_t longest; /* place, in words without the first */
};

/* The number of the last beginning that is not behind a position; 0: before the first one. */
static uint32_t
unit_of(const struct spans *unit, uint32_t position)
{
    size_t low = 0, high = unit->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (unit->span[middle].from <= position)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static int
by_beginning(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (x->side > y->side) - (x->side < y->side);
}

/* All places, without those that go over the end of a sentence. */
static bool
collect(struct chains *c, const struct spans *const *side, size_t n, struct err *err)
{
    const struct spans *unit = c->rule->unit;
    size_t room = 0;
    for (size_t i = 0; i < n; i++)
        room += side[i]->n;
    c->event = malloc((room + 1) * sizeof *c->event);
    if (!c->event)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < side[i]->n; k++) {
            const struct span s = side[i]->span[k];
            const uint32_t in = unit ? unit_of(unit, s.from) : 0;
            if (unit && unit_of(unit, s.to) != in)
                continue;
            c->event[c->n++] = (struct event){s.from, s.to, in, (unsigned)i};
            c->longest = s.to - s.from > c->longest ? s.to - s.from : c->longest;
        }
    qsort(c->event, c->n, sizeof *c->event, by_beginning);
    if (c->n > TABLE_MAX / c->masks)
        c->n = TABLE_MAX / c->masks;
    c->start = calloc(c->n * c->masks + 1, sizeof *c->start);
    return c->start || err_nomem(err);
}

/* Takes over, for chains that end at event i, those that ended before it. */
static void
lengthen(const struct chains *c, size_t i, const uint32_t *before)
{
    const size_t bit = (size_t)1 << c->event[i].side;
    uint32_t *own = c->start + i * c->masks;
    if (c->rule->ordered) {
        const uint32_t start = bit > 1 ? before[bit - 1] : 0;
        own[2 * bit - 1] = start > own[2 * bit - 1] ? start : own[2 * bit - 1];
        return;
    }
    for (size_t mask = 1; mask < c->masks; mask++)
        if (!(mask & bit) && before[mask] > own[mask | bit])
            own[mask | bit] = before[mask];
}

/* Looks back as far as the distance allows. */
static void
look_back(const struct chains *c, size_t i, uint64_t *work)
{
    const struct event *e = &c->event[i];
    const uint32_t reach = c->rule->distance + c->longest;
    for (size_t k = i; k-- > 0 && e->from - c->event[k].from <= reach;) {
        const struct event *b = &c->event[k];
        *work += c->rule->ordered ? 1 : c->masks;
        if (b->to < e->from && e->from - b->to <= c->rule->distance && b->unit == e->unit)
            lengthen(c, i, c->start + k * c->masks);
    }
}

static void
merge(uint32_t *best, const uint32_t *other, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (other[i] > best[i])
            best[i] = other[i];
}

/* Where a place ends. */
struct ending {
    uint32_t to;
    size_t event;
};

static int
by_end(const void *a, const void *b)
{
    const struct ending *x = a, *y = b;
    return (x->to > y->to) - (x->to < y->to);
}

/* Where the distance does not matter: the best of all that ended before, in the same sentence. */
static bool
chain_in_units(const struct chains *c, uint64_t *work, struct err *err)
{
    uint32_t best[(size_t)1 << NEAR_SIDES_MAX] = {0}, unit = 0;
    size_t ended = 0;
    struct ending *end = malloc((c->n + 1) * sizeof *end);
    if (!end)
        return err_nomem(err);
    for (size_t i = 0; i < c->n; i++)
        end[i] = (struct ending){c->event[i].to, i};
    qsort(end, c->n, sizeof *end, by_end);
    for (size_t i = 0; i < c->n; i++) {
        const struct event *e = &c->event[i];
        if (e->unit != unit)
            memset(best, 0, sizeof best);
        unit = e->unit;
        for (; end[ended].to < e->from; ended++)
            if (c->event[end[ended].event].unit == unit)
                merge(best, c->start + end[ended].event * c->masks, c->masks);
        if (!c->rule->ordered || e->side == 0)
            c->start[i * c->masks + ((size_t)1 << e->side)] = e->from;
        lengthen(c, i, best);
        *work += 2 * c->masks;
    }
    free(end);
    return true;
}

bool
near_find(const struct near_rule *rule, const struct spans *const *side, size_t n,
          struct spans *out, uint64_t *work, struct err *err)
{
    struct chains c = {.rule = rule, .masks = (size_t)1 << n};
    bool ok = collect(&c, side, n, err);
    *work += 8 * c.n;
    if (ok && rule->distance == 0)
        ok = chain_in_units(&c, work, err);
    for (size_t i = 0; ok && i < c.n; i++) {
        const struct event *e = &c.event[i];
        if (rule->distance > 0) {
            if (!rule->ordered || e->side == 0)
                c.start[i * c.masks + ((size_t)1 << e->side)] = e->from;
            look_back(&c, i, work);
        }
        const uint32_t start = c.start[(i + 1) * c.masks - 1];
        if (start > 0)
            ok = spans_add(out, start, e->to, err);
    }
    spans_sort(out);
    free(c.event);
    free(c.start);
    return ok;
}

/* ---- NOT NEAR ---- */

static bool
are_near(const struct near_rule *rule, const struct span *a, const struct span *b)
{
    if (a->from == b->from && a->to == b->to)
        return false;
    if (rule->ordered && b->from <= a->to)
        return false;
    if (rule->unit && unit_of(rule->unit, a->from) != unit_of(rule->unit, b->from))
        return false;
    if (rule->distance == 0)
        return true;
    return b->from > a->to ? b->from - a->to <= rule->distance
                           : a->from <= b->to || a->from - b->to <= rule->distance;
}

void
near_exclude(const struct near_rule *rule, struct spans *list, const struct spans *other,
             uint64_t *work)
{
    size_t n = 0, first = 0;
    uint32_t longest = 0;
    for (size_t k = 0; k < other->n; k++) {
        const uint32_t length = other->span[k].to - other->span[k].from;
        longest = length > longest ? length : longest;
    }
    for (size_t i = 0; i < list->n; i++) {
        const struct span *a = &list->span[i];
        bool near = false;
        while (rule->distance > 0 && first < other->n &&
               (uint64_t)other->span[first].from + longest + rule->distance < a->from)
            first++;
        for (size_t k = first; k < other->n && !near; k++) {
            const struct span *b = &other->span[k];
            if (rule->distance > 0 && b->from > a->to && b->from - a->to > rule->distance)
                break;
            near = are_near(rule, a, b);
            ++*work;
        }
        if (!near)
            list->span[n++] = *a;
    }
    list->n = n;
}
