/* table.c - a B-tree of glass, written once from its first key to its last
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/buf.h"
#include "indexer/store/bulk/code.h"

#define REVISION 1
#define HEADER 11
#define LEVELS 10 /* glass has no more */

/* Four items fit in a block: Xapian's updates rely on it. */
#define ITEM_MAX ((TABLE_BLOCK_SIZE - HEADER - 4 * 2) / 4)
#define ITEM_COMPRESSED 0x8000u
#define ITEM_LAST 0x4000u
#define ITEM_FIRST 0x2000u
#define COMPONENTS_MAX 65535

#define WRITE_BUFFER ((size_t)1 << 20)

/* A dividing key: the bytes, and the number of the component of the tag. */
struct divider {
    unsigned char key[CODE_KEY_MAX];
    size_t len;
    unsigned component;
};

/* The block of one level that is being filled: items from its end down, their offsets from the header up. */
struct level {
    unsigned char block[TABLE_BLOCK_SIZE];
    size_t items, low; /* low: where the lowest item begins */
    uint64_t written;  /* blocks of this level, before this one */
    struct divider before; /* what divides this block from the one before */
};

struct table {
    char *path;
    FILE *file;
    struct level *level[LEVELS];
    uint32_t blocks;
    uint64_t entries;
    unsigned char last[CODE_KEY_MAX]; /* the key of the last item */
    size_t last_len;
};

/* ---- blocks ---- */

static size_t
room_in(const struct level *l)
{
    return l->low - HEADER - 2 * l->items;
}

static void
start_block(struct level *l, const struct divider *before)
{
    l->items = 0;
    l->low = TABLE_BLOCK_SIZE;
    l->before = *before;
}

/* Room for an item, which takes 2 bytes more for its offset; there is room. */
static unsigned char *
add_item(struct level *l, size_t size)
{
    l->low -= size;
    code_be16(l->block + HEADER + 2 * l->items++, (unsigned)l->low);
    return l->block + l->low;
}

static bool
new_level(struct table *t, unsigned n, struct err *err)
{
    static const struct divider none = {.len = 0};
    if (n >= LEVELS)
        return err_set(err, ERR_IO, "%s: too large for Xapian's format", t->path);
    t->level[n] = malloc(sizeof *t->level[n]);
    if (!t->level[n])
        return err_nomem(err);
    t->level[n]->written = 0;
    start_block(t->level[n], &none);
    return true;
}

static bool
write_block(struct table *t, unsigned n, uint32_t *number, struct err *err)
{
    struct level *l = t->level[n];
    const size_t room = room_in(l);
    unsigned char *p = code_be32(l->block, REVISION);
    *p++ = (unsigned char)n;
    p = code_be16(p, (unsigned)room);
    p = code_be16(p, (unsigned)room);
    code_be16(p, (unsigned)(HEADER + 2 * l->items));
    memset(l->block + HEADER + 2 * l->items, 0, room);
    *number = t->blocks++;
    l->written++;
    if (t->blocks == 0)
        return err_set(err, ERR_IO, "%s: too large for Xapian's format", t->path);
    return fwrite(l->block, 1, TABLE_BLOCK_SIZE, t->file) == TABLE_BLOCK_SIZE ||
           err_sys(err, errno, "%s", t->path);
}

/* Adds a block of the level below to level n. The first of a branch block has no key: that went up. */
static bool
add_branch(struct table *t, unsigned n, const struct divider *before, uint32_t block, struct err *err)
{
    struct divider d = *before;
    for (;; n++) {
        if (n >= LEVELS || (!t->level[n] && !new_level(t, n, err)))
            return n < LEVELS ? false : err_set(err, ERR_IO, "%s: too large for Xapian's format", t->path);
        struct level *l = t->level[n];
        if (l->items == 0)
            l->before = d;
        const size_t len = l->items == 0 ? 0 : d.len;
        if (len + 7 + 2 <= room_in(l)) {
            unsigned char *p = code_be32(add_item(l, len + 7), block);
            *p++ = (unsigned char)len;
            memcpy(p, d.key, len);
            code_be16(p + len, l->items == 1 ? 0 : d.component);
            return true;
        }
        const struct divider up = l->before;
        uint32_t number;
        if (!write_block(t, n, &number, err))
            return false;
        start_block(l, &d);
        unsigned char *p = code_be32(add_item(l, 7), block);
        *p++ = 0;
        code_be16(p, 0);
        d = up;
        block = number;
    }
}

/* ---- leaves ---- */

/* The shortest key that divides the last item from the one to come. */
static void
divide(const struct table *t, const unsigned char *key, size_t len, unsigned component, struct divider *d)
{
    size_t same = 0;
    while (same < len && same < t->last_len && key[same] == t->last[same])
        same++;
    d->len = same < len ? same + 1 : len;
    memcpy(d->key, key, d->len);
    d->component = component;
}

/* Writes the leaf and starts the next one, before that item. */
static bool
next_leaf(struct table *t, const unsigned char *key, size_t len, unsigned component, struct err *err)
{
    struct level *l = t->level[0];
    struct divider d;
    uint32_t number;
    const struct divider before = l->before;
    if (!write_block(t, 0, &number, err) || !add_branch(t, 1, &before, number, err))
        return false;
    divide(t, key, len, component, &d);
    start_block(l, &d);
    return true;
}

/* Bytes that an item has beside its part of the tag. */
static size_t
item_head(size_t key_len, bool first)
{
    return 2 + 1 + key_len + (first ? 0 : 2);
}

static bool
add_component(struct table *t, const unsigned char *key, size_t key_len, unsigned component, unsigned flags,
              const unsigned char *tag, size_t tag_len, struct err *err)
{
    const size_t size = item_head(key_len, component == 1) + tag_len;
    if (size + 2 > room_in(t->level[0]) && !next_leaf(t, key, key_len, component, err))
        return false;
    unsigned char *p = code_be16(add_item(t->level[0], size), (unsigned)(size - 3) | flags);
    *p++ = (unsigned char)key_len;
    memcpy(p, key, key_len);
    p += key_len;
    if (component > 1)
        p = code_be16(p, component);
    memcpy(p, tag, tag_len);
    memcpy(t->last, key, key_len);
    t->last_len = key_len;
    return true;
}

/* How much of a tag goes into its first component: as much as fits, or what fills the leaf where that makes no more
 * components. */
static size_t
first_part(const struct table *t, size_t key_len, size_t tag_len)
{
    const size_t max = ITEM_MAX - item_head(key_len, true), next = ITEM_MAX - item_head(key_len, false);
    if (tag_len <= max)
        return tag_len;
    const size_t spare = (next - (tag_len - max) % next) % next;
    const size_t room = room_in(t->level[0]), head = item_head(key_len, true) + 2;
    if (room <= head || room - head >= max)
        return max;
    return room - head >= max - spare ? room - head : max;
}

bool
table_add(struct table *t, const void *key, size_t key_len, const void *tag, size_t tag_len, bool compressed,
          struct err *err)
{
    const size_t common = key_len < t->last_len ? key_len : t->last_len;
    if (key_len == 0 || key_len > CODE_KEY_MAX)
        return err_set(err, ERR_BUG, "%s: a key of %zu bytes", t->path, key_len);
    const int order = memcmp(t->last, key, common);
    if (order > 0 || (order == 0 && t->last_len >= key_len))
        return err_set(err, ERR_BUG, "%s: keys out of order", t->path);
    const size_t next = ITEM_MAX - item_head(key_len, false);
    size_t part = first_part(t, key_len, tag_len);
    if ((tag_len - part) / next >= COMPONENTS_MAX)
        return err_set(err, ERR_ARG, "%s: an entry of %zu bytes", t->path, tag_len);
    const unsigned flags = compressed ? ITEM_COMPRESSED : 0;
    const unsigned char *from = tag;
    for (unsigned component = 1;; component++) {
        const unsigned place = (component == 1 ? ITEM_FIRST : 0) | (part == tag_len ? ITEM_LAST : 0);
        if (!add_component(t, key, key_len, component, flags | place, from, part, err))
            return false;
        from += part;
        tag_len -= part;
        if (tag_len == 0)
            break;
        part = tag_len < next ? tag_len : next;
    }
    t->entries++;
    return true;
}

/* ---- begin and end ---- */

bool
table_new(struct table **out, const char *dir, const char *name, struct err *err)
{
    struct table *t = calloc(1, sizeof *t);
    *out = t;
    if (!t)
        return err_nomem(err);
    struct buf path;
    buf_init(&path, BUF_MAX);
    buf_printf(&path, "%s/%s.glass", dir, name);
    t->path = buf_take(&path);
    buf_release(&path);
    if (!t->path || !new_level(t, 0, err))
        return err_nomem(err);
    t->file = fopen(t->path, "wbxe");
    if (!t->file)
        return err_sys(err, errno, "%s", t->path);
    if (setvbuf(t->file, NULL, _IOFBF, WRITE_BUFFER) != 0)
        return err_nomem(err);
    /* Each table begins with an item that is no entry: no key, no tag */
    unsigned char *p = code_be16(add_item(t->level[0], 3), ITEM_FIRST | ITEM_LAST);
    *p = 0;
    return true;
}

bool
table_finish(struct table *t, struct table_root *root, struct err *err)
{
    uint32_t number = 0;
    unsigned n = 0;
    for (;; n++) {
        const struct divider before = t->level[n]->before;
        if (!write_block(t, n, &number, err))
            return false;
        if (t->level[n]->written == 1)
            break;
        if (!add_branch(t, n + 1, &before, number, err))
            return false;
    }
    *root = (struct table_root){number, n, t->entries, t->blocks};
    if (fflush(t->file) != 0 || fsync(fileno(t->file)) != 0)
        return err_sys(err, errno, "%s", t->path);
    FILE *file = t->file;
    t->file = NULL;
    return fclose(file) == 0 || err_sys(err, errno, "%s", t->path);
}

void
table_free(struct table *t)
{
    if (!t)
        return;
    if (t->file)
        fclose(t->file);
    for (unsigned n = 0; n < LEVELS; n++)
        free(t->level[n]);
    free(t->path);
    free(t);
}
