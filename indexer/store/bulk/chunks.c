/* chunks.c - lists of postings, in the pieces that glass keeps
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/chunks.h"

#include <string.h>

static void
begin(struct chunks *c, bool is_term, uint64_t termfreq, uint64_t collfreq)
{
    c->is_term = is_term;
    c->begun = false;
    c->termfreq = termfreq;
    c->collfreq = collfreq;
    c->len = 0;
}

void
chunks_term(struct chunks *c, const char *name, size_t len, uint64_t termfreq, uint64_t collfreq)
{
    c->key_len = (size_t)(code_sortable_bytes(c->key, name, len) - c->key);
    begin(c, true, termfreq, collfreq);
}

void
chunks_lengths(struct chunks *c)
{
    memcpy(c->key, "\0\xe0", 2);
    c->key_len = 2;
    begin(c, false, 0, 0);
}

/* A later chunk has its first docid in the key. */
static size_t
make_key(const struct chunks *c, unsigned char key[CODE_KEY_MAX + CODE_SORTABLE_UINT_MAX + 1])
{
    memcpy(key, c->key, c->key_len);
    unsigned char *p = key + c->key_len;
    if (c->begun && c->is_term)
        *p++ = '\0';
    if (c->begun)
        p = code_sortable_uint(p, c->first);
    return (size_t)(p - key);
}

static bool
write_chunk(struct chunks *c, bool last, struct err *err)
{
    unsigned char key[CODE_KEY_MAX + CODE_SORTABLE_UINT_MAX + 1];
    unsigned char tag[4 * CODE_UINT_MAX + 1 + sizeof c->bytes], *p = tag;
    const size_t key_len = make_key(c, key);
    if (!c->begun)
        p = code_uint(code_uint(code_uint(p, c->termfreq), c->collfreq), c->first - 1);
    *p++ = last ? '1' : '0';
    p = code_uint(p, c->last - c->first);
    memcpy(p, c->bytes, c->len);
    p += c->len;
    c->begun = true;
    c->len = 0;
    return table_add(c->table, key, key_len, tag, (size_t)(p - tag), false, err);
}

bool
chunks_add(struct chunks *c, uint32_t docid, uint32_t wdf, struct err *err)
{
    if (c->len >= CHUNK_BYTES && !write_chunk(c, false, err))
        return false;
    unsigned char *p = c->bytes + c->len;
    if (c->len == 0)
        c->first = docid;
    else
        p = code_uint(p, docid - c->last - 1);
    p = code_uint(p, wdf);
    c->len = (size_t)(p - c->bytes);
    c->last = docid;
    return true;
}

bool
chunks_end(struct chunks *c, struct err *err)
{
    return c->len == 0 || write_chunk(c, true, err);
}
