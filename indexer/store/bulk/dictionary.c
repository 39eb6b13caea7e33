/* dictionary.c - an inverted index in memory: for each key the postings that were added, in their order
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/dictionary.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "indexer/store/bulk/code.h"

#define SLOTS ((size_t)1 << 16)

/* The pool's blocks. What is larger gets a block of its own. */
#define BLOCK ((size_t)1 << 20)

/* Bytes of a slice; the next of a chain has twice as many, up to the second. Behind each slice lies a link to the next. */
#define SLICE_MIN 16
#define SLICE_MAX 65536
#define LINK sizeof(unsigned char *)

/* How many terms ahead memory is asked for: the table does not fit the cache. */
#define AHEAD 8

struct slot {
    uint32_t hash; /* the high half */
    uint32_t entry; /* index + 1; 0: free */
};

struct block {
    struct block *next;
    size_t size;
};

/* Keys differ most often in their first eight bytes: those are compared as a number, and lie side by side. */
struct sort_key {
    uint64_t head;
    const struct entry *entry;
};

struct dictionary {
    struct slot *slot;
    size_t n_slots;
    struct entry *entry;
    size_t n, room;
    const struct entry **sorted;
    struct block *blocks;
    unsigned char *free; /* in the first block */
    size_t left;
    size_t pool;         /* bytes of all blocks */
};

bool
dictionary_new(struct dictionary **out, struct err *err)
{
    struct dictionary *d = calloc(1, sizeof *d);
    *out = d;
    return d || err_nomem(err);
}

void
dictionary_clear(struct dictionary *d)
{
    while (d->blocks) {
        struct block *next = d->blocks->next;
        free(d->blocks);
        d->blocks = next;
    }
    free(d->slot);
    free(d->entry);
    free(d->sorted);
    *d = (struct dictionary){.slot = NULL};
}

void
dictionary_free(struct dictionary *d)
{
    if (!d)
        return;
    dictionary_clear(d);
    free(d);
}

size_t
dictionary_memory(const struct dictionary *d)
{
    /* n: what sorting will take */
    return d->pool + d->n_slots * sizeof *d->slot + d->room * sizeof *d->entry + d->n * (sizeof(void *) + 2 * sizeof(struct sort_key));
}

/* ---- memory ---- */

static unsigned char *
take(struct dictionary *d, size_t size)
{
    if (size > d->left) {
        const size_t more = size > BLOCK - sizeof(struct block) ? size + sizeof(struct block) : BLOCK;
        struct block *b = malloc(more);
        if (!b)
            return NULL;
        *b = (struct block){d->blocks, more};
        d->blocks = b;
        d->pool += more;
        d->free = (unsigned char *)(b + 1);
        d->left = more - sizeof *b;
    }
    unsigned char *p = d->free;
    d->free += size;
    d->left -= size;
    return p;
}

static bool
first_slice(struct dictionary *d, struct entry *e, uint32_t size)
{
    e->first = e->tail = take(d, size + LINK);
    e->slice_left = e->slice_size = size;
    return e->first != NULL;
}

static bool
next_slice(struct dictionary *d, struct entry *e)
{
    const uint32_t size = e->slice_size >= SLICE_MAX ? SLICE_MAX : 2 * e->slice_size;
    unsigned char *slice = take(d, size + LINK);
    if (!slice)
        return false;
    memcpy(e->tail, &slice, sizeof slice); /* the slice is full: its tail is its link */
    e->tail = slice;
    e->slice_left = e->slice_size = size;
    return true;
}

static bool
append(struct dictionary *d, struct entry *e, const unsigned char *bytes, size_t len)
{
    e->bytes += len;
    while (len > e->slice_left) {
        const size_t fits = e->slice_left;
        memcpy(e->tail, bytes, fits);
        e->tail += fits;
        bytes += fits;
        len -= fits;
        if (!next_slice(d, e))
            return false;
    }
    memcpy(e->tail, bytes, len);
    e->tail += len;
    e->slice_left -= (uint32_t)len;
    return true;
}

void
dictionary_bytes(const struct entry *e, struct buf *out)
{
    const unsigned char *slice = e->first;
    uint64_t left = e->bytes;
    for (size_t size = SLICE_MIN; left > 0; size = size >= SLICE_MAX ? SLICE_MAX : 2 * size) {
        const size_t n = left < size ? (size_t)left : size;
        buf_add(out, slice, n);
        left -= n;
        const unsigned char *link = slice + size;
        if (left > 0)
            memcpy(&slice, link, sizeof slice);
    }
}

/* ---- the table ---- */

static bool
grow_slots(struct dictionary *d)
{
    const size_t n = d->n_slots ? 2 * d->n_slots : SLOTS;
    struct slot *slot = calloc(n, sizeof *slot);
    if (!slot)
        return false;
    for (size_t i = 0; i < d->n_slots; i++) {
        if (d->slot[i].entry == 0)
            continue;
        const struct entry *e = &d->entry[d->slot[i].entry - 1];
        size_t at = XXH3_64bits(e->key, e->key_len) & (n - 1);
        while (slot[at].entry)
            at = (at + 1) & (n - 1);
        slot[at] = d->slot[i];
    }
    free(d->slot);
    d->slot = slot;
    d->n_slots = n;
    return true;
}

static struct entry *
new_entry(struct dictionary *d, const char *key, size_t len)
{
    if (d->n == d->room) {
        const size_t room = d->room ? 2 * d->room : 32768;
        struct entry *more = realloc(d->entry, room * sizeof *more);
        if (!more)
            return NULL;
        d->entry = more;
        d->room = room;
    }
    unsigned char *name = take(d, len);
    if (!name)
        return NULL;
    memcpy(name, key, len);
    struct entry *e = &d->entry[d->n];
    *e = (struct entry){.key = (const char *)name, .key_len = (uint16_t)len};
    if (!first_slice(d, e, SLICE_MIN))
        return NULL;
    d->n++;
    return e;
}

/* The entry of a key, made if need be. NULL: no memory. */
static struct entry *
find(struct dictionary *d, uint64_t hash, const char *key, size_t len)
{
    if (3 * (d->n + 1) > 2 * d->n_slots && !grow_slots(d))
        return NULL;
    const uint32_t high = (uint32_t)(hash >> 32);
    size_t at = hash & (d->n_slots - 1);
    for (; d->slot[at].entry; at = (at + 1) & (d->n_slots - 1)) {
        struct entry *e = &d->entry[d->slot[at].entry - 1];
        if (d->slot[at].hash == high && e->key_len == len && memcmp(e->key, key, len) == 0)
            return e;
    }
    struct entry *e = new_entry(d, key, len);
    if (e)
        d->slot[at] = (struct slot){high, (uint32_t)d->n};
    return e;
}

static void
prefetch_slot(const struct dictionary *d, uint64_t hash)
{
    __builtin_prefetch(&d->slot[hash & (d->n_slots - 1)]);
}

static void
prefetch_entry(const struct dictionary *d, uint64_t hash)
{
    const uint32_t i = d->slot[hash & (d->n_slots - 1)].entry;
    if (i != 0)
        __builtin_prefetch(&d->entry[i - 1]);
}

static void
prefetch_bytes(const struct dictionary *d, uint64_t hash)
{
    const uint32_t i = d->slot[hash & (d->n_slots - 1)].entry;
    if (i == 0)
        return;
    __builtin_prefetch(d->entry[i - 1].key);
    __builtin_prefetch(d->entry[i - 1].tail, 1);
}

static const unsigned char *
get_uint(const unsigned char *p, uint64_t *number)
{
    *number = 0;
    unsigned shift = 0;
    for (; *p & 0x80; shift += 7)
        *number |= (uint64_t)(*p++ & 0x7f) << shift;
    *number |= (uint64_t)*p++ << shift;
    return p;
}

bool
dictionary_add(struct dictionary *d, uint32_t docid, const struct packed *article, struct err *err)
{
    const unsigned char *p = article->bytes + article->postings.at;
    if (d->n_slots == 0 && !grow_slots(d))
        return err_nomem(err);
    for (uint32_t i = 0; i < article->n_terms; i++) {
        if (i + 3 * AHEAD < article->n_terms) {
            prefetch_slot(d, article->hash[i + 3 * AHEAD]);
            prefetch_entry(d, article->hash[i + 2 * AHEAD]);
            prefetch_bytes(d, article->hash[i + AHEAD]);
        }
        uint64_t wdf, len;
        const size_t name_len = *p++;
        const unsigned char *name = p;
        p = get_uint(p + name_len, &wdf);
        const unsigned char *from = p;
        p = get_uint(p, &len) + len;
        struct entry *e = find(d, article->hash[i], (const char *)name, name_len);
        if (!e)
            return err_nomem(err);
        unsigned char head[2 * CODE_UINT_MAX], *h = code_uint(head, (uint64_t)(docid - e->last) * 2 + (wdf == 1));
        if (wdf != 1)
            h = code_uint(h, wdf);
        e->last = docid;
        e->termfreq++;
        e->collfreq += wdf;
        if (!append(d, e, head, (size_t)(h - head)) || !append(d, e, from, (size_t)(p - from)))
            return err_nomem(err);
    }
    return true;
}

bool
dictionary_remember(struct dictionary *d, const char *key, size_t key_len, const char *value, size_t len,
                    struct err *err)
{
    char name[CODE_KEY_MAX] = KEY_METADATA;
    if (key_len > sizeof name - KEY_METADATA_LEN)
        return err_set(err, ERR_BUG, "a key of %zu bytes", key_len);
    memcpy(name + KEY_METADATA_LEN, key, key_len);
    const size_t n = KEY_METADATA_LEN + key_len;
    struct entry *e = find(d, XXH3_64bits(name, n), name, n);
    if (!e)
        return err_nomem(err);
    /* The slices of the value before are lost until the next dictionary_clear(); a file's is replaced once or twice. */
    if (e->bytes > 0 && !first_slice(d, e, SLICE_MIN))
        return err_nomem(err);
    e->bytes = 0;
    return append(d, e, (const unsigned char *)value, len) || err_nomem(err);
}

/* ---- order ---- */

static uint64_t
head_of(const struct entry *e)
{
    uint64_t head = 0;
    for (size_t i = 0; i < sizeof head; i++)
        head = head << 8 | (i < e->key_len ? (unsigned char)e->key[i] : 0);
    return head;
}

static int
by_key(const void *a, const void *b)
{
    const struct sort_key *p = a, *q = b;
    if (p->head != q->head)
        return p->head < q->head ? -1 : 1;
    const struct entry *x = p->entry, *y = q->entry;
    const size_t len = x->key_len < y->key_len ? x->key_len : y->key_len;
    const int order = memcmp(x->key, y->key, len);
    return order != 0 ? order : (x->key_len > y->key_len) - (x->key_len < y->key_len);
}

const struct entry *const *
dictionary_sort(struct dictionary *d, size_t *n)
{
    struct sort_key *key = malloc((d->n + 1) * sizeof *key);
    free(d->sorted);
    d->sorted = malloc((d->n + 1) * sizeof *d->sorted);
    *n = d->n;
    if (!key || !d->sorted) {
        free(key);
        return NULL;
    }
    for (size_t i = 0; i < d->n; i++)
        key[i] = (struct sort_key){head_of(&d->entry[i]), &d->entry[i]};
    qsort(key, d->n, sizeof *key, by_key);
    for (size_t i = 0; i < d->n; i++)
        d->sorted[i] = key[i].entry;
    free(key);
    return d->sorted;
}
