/* namebook.c - the names that were gathered, on their way into the index
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/namebook.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "common/buf.h"
#include "common/names.h"
#include "common/sound.h"

#define SLOTS ((size_t)1024)
#define VALUE_MAX ((size_t)1 << 30)

/* A name under one of its keys. */
struct entry {
    char key[SOUND_KEY_SIZE];
    uint8_t len;
    uint32_t at; /* in the arena */
};

struct namebook {
    struct buf arena; /* names with their line ends */
    uint32_t *slot;   /* where a name begins, + 1; 0: free */
    size_t n, n_slots;
    unsigned scripts;
};

bool
namebook_new(struct namebook **out, struct err *err)
{
    struct namebook *b = calloc(1, sizeof *b);
    *out = b;
    if (!b)
        return err_nomem(err);
    buf_init(&b->arena, 2 * NAMEBOOK_BYTES);
    return true;
}

void
namebook_free(struct namebook *b)
{
    if (!b)
        return;
    buf_release(&b->arena);
    free(b->slot);
    free(b);
}

/* ---- gathering ---- */

static size_t
length_at(const struct namebook *b, size_t at)
{
    const char *name = b->arena.data + at;
    return (size_t)((const char *)memchr(name, '\n', b->arena.len - at) - name);
}

static bool
grow(struct namebook *b)
{
    const size_t n = b->n_slots ? 4 * b->n_slots : SLOTS;
    uint32_t *slot = calloc(n, sizeof *slot);
    if (!slot)
        return false;
    for (size_t at = 0; at < b->arena.len;) {
        const size_t len = length_at(b, at);
        size_t i = XXH3_64bits(b->arena.data + at, len) & (n - 1);
        while (slot[i])
            i = (i + 1) & (n - 1);
        slot[i] = (uint32_t)at + 1;
        at += len + 1;
    }
    free(b->slot);
    b->slot = slot;
    b->n_slots = n;
    return true;
}

/* name: with its line end, len without. */
static bool
add(struct namebook *b, const char *name, size_t len)
{
    if (2 * (b->n + 1) > b->n_slots && !grow(b))
        return false;
    size_t i = XXH3_64bits(name, len) & (b->n_slots - 1);
    for (; b->slot[i]; i = (i + 1) & (b->n_slots - 1))
        if (memcmp(b->arena.data + b->slot[i] - 1, name, len + 1) == 0)
            return true;
    b->slot[i] = (uint32_t)b->arena.len + 1;
    b->n++;
    buf_add(&b->arena, name, len + 1);
    return !b->arena.failed;
}

bool
namebook_add(struct namebook *b, const char *names, size_t len, unsigned scripts, struct err *err)
{
    b->scripts |= scripts;
    if (len == 0) /* then names may be NULL, from which no end can be counted */
        return true;
    if (!buf_reserve(&b->arena, NAME_MAX_BYTES + 1)) /* names are compared with all that may follow there */
        return err_nomem(err);
    for (const char *end = names + len; names < end && b->arena.len < NAMEBOOK_BYTES;) {
        const size_t n = (size_t)((const char *)memchr(names, '\n', (size_t)(end - names)) - names);
        if (!add(b, names, n))
            return err_nomem(err);
        names += n + 1;
    }
    return true;
}

/* ---- writing ---- */

static int
by_key(const void *a, const void *b, void *arg)
{
    const struct entry *x = a, *y = b;
    const char *arena = arg;
    const int order = strcmp(x->key, y->key);
    if (order != 0)
        return order;
    const size_t len = x->len < y->len ? x->len : y->len;
    const int names = memcmp(arena + x->at, arena + y->at, len);
    return names != 0 ? names : (x->len > y->len) - (x->len < y->len);
}

/* All names under all their keys, sorted; NULL: no memory. The caller frees it. */
static struct entry *
list(const struct namebook *b, size_t *n)
{
    struct entry *entries = NULL;
    size_t room = 0;
    *n = 0;
    for (size_t at = 0; at < b->arena.len;) {
        char key[SOUND_KEYS_MAX][SOUND_KEY_SIZE];
        struct sound sound;
        const size_t len = length_at(b, at);
        const bool known = sound_of(&sound, b->arena.data + at, len) && sound_consonants(&sound) >= NAME_MIN_CONSONANTS;
        const size_t keys = known ? sound_keys(&sound, key) : 0;
        if (*n + keys >= room) {
            room = 2 * room + 1024;
            struct entry *more = realloc(entries, room * sizeof *more);
            if (!more) {
                free(entries);
                return NULL;
            }
            entries = more;
        }
        for (size_t i = 0; i < keys; i++) {
            struct entry *e = &entries[(*n)++];
            *e = (struct entry){.len = (uint8_t)len, .at = (uint32_t)at};
            memcpy(e->key, key[i], sizeof e->key);
        }
        at += len + 1;
    }
    if (!entries)
        entries = calloc(1, sizeof *entries);
    else
        qsort_r(entries, *n, sizeof *entries, by_key, b->arena.data);
    return entries;
}

/* Is the name, with its line end, among those of a value? */
static bool
holds(const char *value, size_t len, const char *name, size_t name_len)
{
    for (const char *end = value + len; value < end;) {
        const char *found = memmem(value, (size_t)(end - value), name, name_len);
        if (!found)
            return false;
        if (found == value || found[-1] == '\n')
            return true;
        value = found + 1;
    }
    return false;
}

/* The names of one key: those that are kept, and the new ones behind them. */
static bool
write_key(const struct namebook *b, const struct entry *e, size_t n, const struct namebook_keeper *keeper, struct buf *value,
          struct err *err)
{
    char key[sizeof NAMES_KEY + SOUND_KEY_SIZE];
    const size_t key_len = (size_t)snprintf(key, sizeof key, NAMES_KEY "%s", e->key);
    const char *kept = "";
    size_t kept_len = 0;
    if (keeper->recall && !keeper->recall(keeper->arg, key, key_len, &kept, &kept_len, err))
        return false;
    buf_clear(value);
    buf_add(value, kept, kept_len);
    for (size_t i = 0; i < n; i++)
        if (!holds(value->data, kept_len, b->arena.data + e[i].at, e[i].len + (size_t)1))
            buf_add(value, b->arena.data + e[i].at, e[i].len + (size_t)1);
    if (!buf_ok(value, "the names", err))
        return false;
    return value->len == kept_len || keeper->remember(keeper->arg, key, key_len, value->data, value->len, err);
}

static bool
write_scripts(const struct namebook *b, const struct namebook_keeper *keeper, struct err *err)
{
    static const char key[] = NAMES_KEY_SCRIPTS;
    const char *kept = "";
    size_t len = 0;
    char number[16];
    if (keeper->recall && !keeper->recall(keeper->arg, key, sizeof key - 1, &kept, &len, err))
        return false;
    const unsigned long before = strtoul(kept, NULL, 10);
    if ((before | b->scripts) == before)
        return true;
    const int n = snprintf(number, sizeof number, "%lu", before | b->scripts);
    return keeper->remember(keeper->arg, key, sizeof key - 1, number, (size_t)n, err);
}

bool
namebook_write(struct namebook *b, const struct namebook_keeper *keeper, struct err *err)
{
    struct buf value;
    size_t n = 0;
    if (b->n == 0 && b->scripts == 0)
        return true;
    struct entry *e = list(b, &n);
    buf_init(&value, VALUE_MAX);
    bool ok = (e || err_nomem(err)) && write_scripts(b, keeper, err);
    for (size_t i = 0, next; ok && i < n; i = next) {
        for (next = i + 1; next < n && strcmp(e[next].key, e[i].key) == 0;)
            next++;
        ok = write_key(b, e + i, next - i, keeper, &value, err);
    }
    buf_release(&value);
    free(e);
    buf_clear(&b->arena);
    free(b->slot);
    b->slot = NULL;
    b->n = b->n_slots = 0;
    b->scripts = 0;
    return ok;
}
