/* facts.c - what an index keeps of each article beside its words: its length and its values
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/facts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/store/bulk/code.h"

/* Slots have numbers below this, so that their codes sort as they do. */
#define SLOTS 16

/* A chunk of values ends when it has this many bytes. */
#define CHUNK_VALUES 2000

struct bound {
    unsigned char bytes[XAP_SORTABLE_MAX];
    size_t len;
};

struct slot {
    uint32_t count;
    struct bound lowest, highest;
};

struct facts {
    char *path;
    FILE *file; /* of each article: uint length, uint length of its values, the values (pack.h) */
    struct slot slot[SLOTS];
};

bool
facts_new(struct facts **out, const char *path, struct err *err)
{
    struct facts *f = calloc(1, sizeof *f);
    *out = f;
    if (!f)
        return err_nomem(err);
    f->path = strdup(path);
    if (!f->path)
        return err_nomem(err);
    f->file = fopen(path, "w+bxe");
    return f->file || err_sys(err, errno, "%s", path);
}

void
facts_free(struct facts *f)
{
    if (!f)
        return;
    if (f->file) {
        fclose(f->file);
        remove(f->path);
    }
    free(f->path);
    free(f);
}

/* ---- gathering ---- */

static int
compare(const struct bound *b, const unsigned char *bytes, size_t len)
{
    const int order = memcmp(b->bytes, bytes, b->len < len ? b->len : len);
    return order != 0 ? order : (b->len > len) - (b->len < len);
}

static void
set(struct bound *b, const unsigned char *bytes, size_t len)
{
    memcpy(b->bytes, bytes, len);
    b->len = len;
}

/* A value of the list at p; returns where the next one is. */
static const unsigned char *
next_value(const unsigned char *p, unsigned *slot, const unsigned char **bytes, size_t *len)
{
    *slot = *p++; /* below 128: a uint of one byte */
    *len = *p++;
    *bytes = p;
    return p + *len;
}

static void
count_value(struct slot *s, const unsigned char *bytes, size_t len)
{
    if (s->count == 0 || compare(&s->lowest, bytes, len) > 0)
        set(&s->lowest, bytes, len);
    if (s->count == 0 || compare(&s->highest, bytes, len) < 0)
        set(&s->highest, bytes, len);
    s->count++;
}

bool
facts_add(struct facts *f, const struct packed *article, struct err *err)
{
    unsigned char sizes[2 * CODE_UINT_MAX];
    const unsigned char *p = article->bytes + article->values.at, *const end = p + article->values.len;
    const size_t n = (size_t)(code_uint(code_uint(sizes, article->length), article->values.len) - sizes);
    if (fwrite(sizes, 1, n, f->file) != n || fwrite(p, 1, article->values.len, f->file) != article->values.len)
        return err_sys(err, errno, "%s", f->path);
    while (p < end) {
        unsigned slot;
        const unsigned char *bytes;
        size_t len;
        p = next_value(p, &slot, &bytes, &len);
        if (slot >= SLOTS)
            return err_set(err, ERR_BUG, "value slot %u", slot);
        count_value(&f->slot[slot], bytes, len);
    }
    return true;
}

/* ---- writing ---- */

/* The facts of one article, as they are read back. */
struct fact {
    uint32_t docid, length;
    unsigned char values[SLOTS * (2 + XAP_SORTABLE_MAX)];
    size_t len;
};

static bool
get_uint(struct facts *f, uint64_t *number)
{
    *number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const int c = getc(f->file);
        if (c == EOF)
            return false;
        *number |= (uint64_t)(c & 0x7f) << shift;
        if (!(c & 0x80))
            return true;
    }
    return false;
}

static bool
start_reading(struct facts *f, struct fact *fact, struct err *err)
{
    fact->docid = 0;
    return (fflush(f->file) == 0 && fseek(f->file, 0, SEEK_SET) == 0) || err_sys(err, errno, "%s", f->path);
}

/* *more is false at the end. */
static bool
read_fact(struct facts *f, struct fact *fact, bool *more, struct err *err)
{
    uint64_t length, len;
    *more = get_uint(f, &length);
    if (!*more)
        return !ferror(f->file) || err_sys(err, errno, "%s", f->path);
    if (!get_uint(f, &len) || len > sizeof fact->values || fread(fact->values, 1, (size_t)len, f->file) != len)
        return err_set(err, ERR_CORRUPT, "%s: ends too early", f->path);
    fact->docid++;
    fact->length = (uint32_t)length;
    fact->len = (size_t)len;
    return true;
}

/* The value of a slot; *len 0: it has none. */
static const unsigned char *
find_value(const struct fact *fact, unsigned slot, size_t *len)
{
    const unsigned char *p = fact->values, *const end = p + fact->len;
    while (p < end) {
        unsigned found;
        const unsigned char *bytes;
        p = next_value(p, &found, &bytes, len);
        if (found == slot)
            return bytes;
    }
    *len = 0;
    return p;
}

static unsigned char *
code_bytes(unsigned char *p, const unsigned char *bytes, size_t len)
{
    p = code_uint(p, len);
    memcpy(p, bytes, len);
    return p + len;
}

/* 00 D0 and the slot: how many values it has, the lowest, and the highest where it is another. */
static bool
write_statistics(const struct facts *f, struct table *t, struct err *err)
{
    for (unsigned slot = 0; slot < SLOTS; slot++) {
        const struct slot *s = &f->slot[slot];
        unsigned char key[2 + CODE_UINT_MAX] = {0x00, 0xd0}, tag[3 * CODE_UINT_MAX + 2 * XAP_SORTABLE_MAX];
        if (s->count == 0)
            continue;
        const size_t key_len = (size_t)(code_uint_last(key + 2, slot) - key);
        unsigned char *p = code_bytes(code_uint(tag, s->count), s->lowest.bytes, s->lowest.len);
        if (compare(&s->lowest, s->highest.bytes, s->highest.len) != 0) {
            memcpy(p, s->highest.bytes, s->highest.len);
            p += s->highest.len;
        }
        if (!table_add(t, key, key_len, tag, (size_t)(p - tag), false, err))
            return false;
    }
    return true;
}

/* 00 D8, the slot and the first docid: its value, and those of the articles behind. */
static bool
write_values(struct facts *f, struct table *t, unsigned slot, struct err *err)
{
    unsigned char key[2 + CODE_UINT_MAX + CODE_SORTABLE_UINT_MAX] = {0x00, 0xd8};
    unsigned char tag[CHUNK_VALUES + 2 * CODE_UINT_MAX + XAP_SORTABLE_MAX], *p = tag;
    size_t key_len = 0;
    uint32_t last = 0;
    struct fact fact;
    bool more = true;
    if (!start_reading(f, &fact, err))
        return false;
    while (more) {
        size_t len = 0;
        if (!read_fact(f, &fact, &more, err))
            return false;
        const unsigned char *value = more ? find_value(&fact, slot, &len) : NULL;
        if (p > tag && (!more || (len > 0 && p - tag >= CHUNK_VALUES))) {
            if (!table_add(t, key, key_len, tag, (size_t)(p - tag), false, err))
                return false;
            p = tag;
        }
        if (len == 0)
            continue;
        if (p == tag)
            key_len = (size_t)(code_sortable_uint(code_uint(key + 2, slot), fact.docid) - key);
        else
            p = code_uint(p, fact.docid - last - 1);
        p = code_bytes(p, value, len);
        last = fact.docid;
    }
    return true;
}

static bool
write_lengths(struct facts *f, struct chunks *chunks, struct err *err)
{
    struct fact fact;
    bool more;
    chunks_lengths(chunks);
    if (!start_reading(f, &fact, err))
        return false;
    for (;;) {
        if (!read_fact(f, &fact, &more, err))
            return false;
        if (!more)
            return chunks_end(chunks, err);
        if (!chunks_add(chunks, fact.docid, fact.length, err))
            return false;
    }
}

bool
facts_write(struct facts *f, struct chunks *chunks, struct table *postlist, struct err *err)
{
    if (!write_statistics(f, postlist, err))
        return false;
    for (unsigned slot = 0; slot < SLOTS; slot++)
        if (f->slot[slot].count > 0 && !write_values(f, postlist, slot, err))
            return false;
    return write_lengths(f, chunks, err);
}
