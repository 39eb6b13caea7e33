/* known.c - all files that the index knows, in memory, while a run goes over the disk
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/known.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "common/buf.h"

void
known_release(struct known *k)
{
    free(k->slot);
    *k = (struct known){.n = 0};
}

uint64_t
known_stamp(const struct state *s)
{
    const uint64_t numbers[] = {s->size, (uint64_t)s->mtime, (uint64_t)s->ctime};
    return XXH3_64bits(numbers, sizeof numbers);
}

/* A free entry of that key. */
static struct known_file
entry_of(const char *key, size_t len)
{
    const XXH128_hash_t h = XXH3_128bits(key, len);
    return (struct known_file){.hash = h.low64 + (h.low64 == 0), .more = h.high64 & 0x7fffff};
}

/* The slot of that hash, or the free one where it would be. */
static struct known_file *
slot_of(const struct known *k, const struct known_file *f)
{
    size_t at = f->hash & (k->n_slots - 1);
    while (k->slot[at].hash && (k->slot[at].hash != f->hash || k->slot[at].more != f->more))
        at = (at + 1) & (k->n_slots - 1);
    return &k->slot[at];
}

static bool
grow(struct known *k)
{
    struct known bigger = {.n_slots = k->n_slots ? 2 * k->n_slots : 1024, .n = k->n};
    bigger.slot = calloc(bigger.n_slots, sizeof *bigger.slot);
    if (!bigger.slot)
        return false;
    for (size_t i = 0; i < k->n_slots; i++)
        if (k->slot[i].hash)
            *slot_of(&bigger, &k->slot[i]) = k->slot[i];
    free(k->slot);
    *k = bigger;
    return true;
}

/* The slot of that key, filled with its hash where it was free. NULL: no memory. */
static struct known_file *
claim(struct known *k, const char *key, size_t key_len)
{
    if (4 * (k->n + 1) > 3 * k->n_slots && !grow(k))
        return NULL;
    const struct known_file fresh = entry_of(key, key_len);
    struct known_file *f = slot_of(k, &fresh);
    if (!f->hash) {
        *f = fresh;
        k->n++;
    }
    return f;
}

static bool
add(void *arg, const struct state_entry *e, struct err *err)
{
    struct known *k = arg;
    struct state s = {.flags = 0};
    if (!state_parse(&s, e->value, e->len, err))
        return false;
    struct known_file *f = claim(k, e->key, e->key_len);
    if (f) {
        f->stamp = known_stamp(&s);
        f->flags = s.flags & 0x7f;
        f->members = (uint32_t)s.n_members;
        f->indexed = true;
    }
    state_release(&s);
    return f || err_nomem(err);
}

bool
known_load(struct known *k, const struct xap_database *db, struct err *err)
{
    *k = (struct known){.n = 0};
    if (state_each(db, add, k, err))
        return true;
    known_release(k);
    return false;
}

struct known_file *
known_find_key(const struct known *k, const char *key, size_t len)
{
    if (k->n == 0)
        return NULL;
    const struct known_file wanted = entry_of(key, len);
    struct known_file *f = slot_of(k, &wanted);
    return f->hash ? f : NULL;
}

bool
known_all_met(const struct known *k)
{
    for (size_t i = 0; i < k->n_slots; i++)
        if (k->slot[i].indexed && !k->slot[i].met)
            return false;
    return true;
}

bool
known_meet(struct known *k, const char *path, struct known_file **file, struct err *err)
{
    struct buf key;
    buf_init(&key, 1 << 10);
    state_key(&key, path);
    *file = key.failed ? NULL : claim(k, key.data, key.len);
    buf_release(&key);
    return *file || err_nomem(err);
}
