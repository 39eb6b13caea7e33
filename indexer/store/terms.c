/* terms.c - the terms of one article, gathered before a document is made of them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/terms.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#define BYTES_MAX ((size_t)1 << 30)

/* Slots of the table at its start, and how many are kept for the next article. */
#define SLOTS ((size_t)4096)
#define SLOTS_KEPT ((size_t)65536)

struct place {
    uint32_t position, next; /* index of the next place of the term */
};

void
terms_init(struct terms *t)
{
    *t = (struct terms){.n = 0};
    buf_init(&t->arena, BYTES_MAX);
}

void
terms_release(struct terms *t)
{
    buf_release(&t->arena);
    free(t->term);
    free(t->slot);
    free(t->place);
    free(t->positions);
    free(t->key);
    free(t->order);
}

/* After an article of a million words the table is made small again: clearing it costs its size. */
bool
terms_start(struct terms *t, struct err *err)
{
    buf_clear(&t->arena);
    t->n = t->n_places = 0;
    if (t->n_slots > 0 && t->n_slots <= SLOTS_KEPT) {
        memset(t->slot, 0, t->n_slots * sizeof *t->slot);
        return true;
    }
    free(t->slot);
    t->n_slots = 0;
    t->slot = calloc(SLOTS, sizeof *t->slot);
    if (!t->slot)
        return err_nomem(err);
    t->n_slots = SLOTS;
    return true;
}

static bool
grow_slots(struct terms *t)
{
    const size_t n = 2 * t->n_slots;
    uint32_t *slot = calloc(n, sizeof *slot);
    if (!slot)
        return false;
    for (size_t i = 0; i < t->n; i++) {
        size_t at = t->term[i].hash & (n - 1);
        while (slot[at])
            at = (at + 1) & (n - 1);
        slot[at] = (uint32_t)i + 1;
    }
    free(t->slot);
    t->slot = slot;
    t->n_slots = n;
    return true;
}

static struct term *
new_term(struct terms *t, uint64_t hash, const char *name, size_t len)
{
    if (t->n == t->room) {
        const size_t room = t->room ? 2 * t->room : 2048;
        struct term *more = realloc(t->term, room * sizeof *more);
        if (!more)
            return NULL;
        t->term = more;
        t->room = room;
    }
    if (!buf_reserve(&t->arena, len))
        return NULL;
    struct term *term = &t->term[t->n++];
    *term = (struct term){.hash = hash, .name = t->arena.len, .len = len};
    buf_add(&t->arena, name, len);
    return term;
}

/* The term of that name, made if need be. NULL: no memory. */
static struct term *
find_term(struct terms *t, const char *name, size_t len)
{
    if (2 * (t->n + 1) > t->n_slots && !grow_slots(t))
        return NULL;
    const uint64_t hash = XXH3_64bits(name, len);
    size_t at = hash & (t->n_slots - 1);
    while (t->slot[at]) {
        struct term *term = &t->term[t->slot[at] - 1];
        if (term->hash == hash && term->len == len && memcmp(t->arena.data + term->name, name, len) == 0)
            return term;
        at = (at + 1) & (t->n_slots - 1);
    }
    struct term *term = new_term(t, hash, name, len);
    if (term)
        t->slot[at] = (uint32_t)t->n;
    return term;
}

bool
terms_add(struct terms *t, const char *name, size_t len, uint32_t position, uint32_t wdf, struct err *err)
{
    struct term *term = find_term(t, name, len);
    if (!term)
        return err_nomem(err);
    term->wdf += wdf;
    if (position == 0)
        return true;
    if (t->n_places == t->room_places) {
        const size_t room = t->room_places ? 2 * t->room_places : 4096;
        struct place *more = realloc(t->place, room * sizeof *more);
        if (!more)
            return err_nomem(err);
        t->place = more;
        t->room_places = room;
    }
    const uint32_t at = (uint32_t)t->n_places++;
    t->place[at].position = position;
    if (term->n++ == 0)
        term->first = at;
    else
        t->place[term->last].next = at;
    term->last = at;
    return true;
}

static int
by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

const uint32_t *
terms_positions(struct terms *t, const struct term *term, size_t *n)
{
    if (term->n >= t->room_positions) {
        const size_t room = 2 * (size_t)term->n + 64;
        uint32_t *more = realloc(t->positions, room * sizeof *more);
        if (!more)
            return NULL;
        t->positions = more;
        t->room_positions = room;
    }
    bool ascending = true;
    uint32_t at = term->first;
    for (uint32_t i = 0; i < term->n; i++) {
        t->positions[i] = t->place[at].position;
        ascending = ascending && (i == 0 || t->positions[i] > t->positions[i - 1]);
        at = t->place[at].next;
    }
    *n = term->n;
    if (ascending)
        return t->positions;
    qsort(t->positions, term->n, sizeof *t->positions, by_number);
    *n = 0;
    for (uint32_t i = 0; i < term->n; i++)
        if (i == 0 || t->positions[i] != t->positions[*n - 1])
            t->positions[(*n)++] = t->positions[i];
    return t->positions;
}

/* ---- sorting ---- */

/* Names differ most often in their first eight bytes: those are compared as a number. */
struct sort_key {
    uint64_t head;
    uint32_t index;
};

static uint64_t
head_of(const char *name, size_t len)
{
    uint64_t head = 0;
    for (size_t i = 0; i < sizeof head; i++)
        head = head << 8 | (i < len ? (unsigned char)name[i] : 0);
    return head;
}

static int
by_name(const void *a, const void *b, void *arg)
{
    const struct sort_key *p = a, *q = b;
    if (p->head != q->head)
        return p->head < q->head ? -1 : 1;
    const struct terms *t = arg;
    const struct term *x = &t->term[p->index], *y = &t->term[q->index];
    const size_t len = x->len < y->len ? x->len : y->len;
    const int order = memcmp(terms_name(t, x), terms_name(t, y), len);
    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

const uint32_t *
terms_sort(struct terms *t)
{
    if (t->n > t->room_order || !t->order) {
        const size_t room = 2 * t->n + 1024;
        free(t->key);
        free(t->order);
        t->key = malloc(room * sizeof *t->key);
        t->order = malloc(room * sizeof *t->order);
        t->room_order = t->key && t->order ? room : 0;
        if (t->room_order == 0)
            return NULL;
    }
    for (size_t i = 0; i < t->n; i++)
        t->key[i] = (struct sort_key){head_of(terms_name(t, &t->term[i]), t->term[i].len), (uint32_t)i};
    qsort_r(t->key, t->n, sizeof *t->key, by_name, t);
    for (size_t i = 0; i < t->n; i++)
        t->order[i] = t->key[i].index;
    return t->order;
}
