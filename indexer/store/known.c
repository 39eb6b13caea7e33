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
#include "common/err-xapian.h"
#include "indexer/store/state.h"

void
known_release(struct known *k)
{
    free(k->slot);
    *k = (struct known){.n = 0};
}

static XXH128_hash_t
hash_of(const char *key, size_t len)
{
    XXH128_hash_t h = XXH3_128bits(key, len);
    h.low64 += h.low64 == 0;
    return h;
}

/* The slot of that hash, or the free one where it would be. */
static struct known_file *
slot_of(const struct known *k, uint64_t low, uint64_t high)
{
    size_t at = low & (k->n_slots - 1);
    while (k->slot[at].hash[0] && (k->slot[at].hash[0] != low || k->slot[at].hash[1] != high))
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
        if (k->slot[i].hash[0])
            *slot_of(&bigger, k->slot[i].hash[0], k->slot[i].hash[1]) = k->slot[i];
    free(k->slot);
    *k = bigger;
    return true;
}

/* The numbers at the head of a value, without its members. */
static bool
add(struct known *k, const char *key, size_t key_len, const char *value, size_t value_len, struct err *err)
{
    struct state s = {.flags = 0};
    if (2 * (k->n + 1) > k->n_slots && !grow(k))
        return err_nomem(err);
    if (!state_parse(&s, value, value_len, err))
        return false;
    const XXH128_hash_t h = hash_of(key, key_len);
    struct known_file *f = slot_of(k, h.low64, h.high64);
    *f = (struct known_file){.hash = {h.low64, h.high64}, .size = s.size, .mtime = s.mtime, .flags = s.flags,
                             .members = (uint32_t)s.n_members};
    k->n++;
    state_release(&s);
    return true;
}

bool
known_load(struct known *k, const struct xap_database *db, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    bool ok = true;
    enum xap_code code =
        xap_database_metadata_keys_begin(db, STATE_KEY_PREFIX, strlen(STATE_KEY_PREFIX), &it, &error);
    *k = (struct known){.n = 0};
    while (ok && code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *key, *value;
        size_t key_len, value_len;
        code = xap_term_iterator_get(it, &key, &key_len, &error);
        if (code == XAP_OK)
            code = xap_database_get_metadata(db, key, key_len, &value, &value_len, &error);
        if (code == XAP_OK)
            ok = add(k, key, key_len, value, value_len, err);
        if (ok && code == XAP_OK)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    if (code != XAP_OK)
        ok = err_xapian(err, &error, "files of the index");
    if (!ok)
        known_release(k);
    return ok;
}

struct known_file *
known_find_key(const struct known *k, const char *key, size_t len)
{
    if (k->n == 0)
        return NULL;
    const XXH128_hash_t h = hash_of(key, len);
    struct known_file *f = slot_of(k, h.low64, h.high64);
    return f->hash[0] ? f : NULL;
}

struct known_file *
known_find(const struct known *k, const char *path)
{
    struct buf key;
    buf_init(&key, 1 << 10);
    state_key(&key, path);
    struct known_file *f = key.failed ? NULL : known_find_key(k, key.data, key.len);
    buf_release(&key);
    return f;
}
