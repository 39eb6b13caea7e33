/* pack.c - an article as the bulk store takes it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/pack.h"

#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "common/buf.h"
#include "common/schema.h"
#include "indexer/store/bulk/code.h"
#include "indexer/store/bulk/positions.h"

#define PACKED_MAX ((size_t)1 << 31)

/* Tags up to this are not worth compressing: glass's own bound. */
#define COMPRESS_MIN 18

/* Measured on reuters-financial-30k: higher levels save little of the lists and take much longer. */
#define COMPRESS_LEVEL 1

struct packer {
    struct libdeflate_compressor *compressor;
    struct buf postings, values, termlist, data; /* the last two: as they will be kept */
    struct buf plain;
};

bool
packer_new(struct packer **out, struct err *err)
{
    struct packer *p = calloc(1, sizeof *p);
    *out = p;
    if (!p)
        return err_nomem(err);
    buf_init(&p->postings, PACKED_MAX);
    buf_init(&p->values, PACKED_MAX);
    buf_init(&p->termlist, PACKED_MAX);
    buf_init(&p->data, PACKED_MAX);
    buf_init(&p->plain, PACKED_MAX);
    p->compressor = libdeflate_alloc_compressor(COMPRESS_LEVEL);
    return p->compressor || err_nomem(err);
}

void
packer_free(struct packer *p)
{
    if (!p)
        return;
    libdeflate_free_compressor(p->compressor);
    buf_release(&p->postings);
    buf_release(&p->values);
    buf_release(&p->termlist);
    buf_release(&p->data);
    buf_release(&p->plain);
    free(p);
}

void
packed_free(struct packed *p)
{
    free(p);
}

/* ---- the list of terms: xapian-core 1.4, backends/glass/glass_termlisttable.cc ---- */

static size_t
common_prefix(const char *a, size_t a_len, const char *b, size_t b_len)
{
    const size_t max = a_len < b_len ? a_len : b_len;
    size_t n = 0;
    while (n < max && a[n] == b[n])
        n++;
    return n;
}

/* Appends a term to the list; before: the one before it, NULL for the first. Room is there. */
static unsigned char *
list_term(unsigned char *p, const struct terms *terms, const struct term *t, const struct term *before)
{
    const char *name = terms_name(terms, t);
    size_t reused = 0;
    bool packed = false;
    if (before) {
        reused = common_prefix(terms_name(terms, before), before->len, name, t->len);
        const size_t both = (t->wdf + (size_t)1) * (before->len + 1) + reused;
        packed = t->wdf < 127 && both < 256;
        *p++ = (unsigned char)(packed ? both : reused);
    }
    *p++ = (unsigned char)(t->len - reused);
    memcpy(p, name + reused, t->len - reused);
    p += t->len - reused;
    return packed ? p : code_uint(p, t->wdf);
}

/* Appends a term with its positions. */
static bool
add_posting(struct packer *p, struct terms *terms, const struct term *t, struct err *err)
{
    size_t n = 0;
    const uint32_t *positions = t->n > 0 ? terms_positions(terms, t, &n) : NULL;
    if (t->n > 0 && !positions)
        return err_nomem(err);
    const size_t room = 1 + t->len + 2 * CODE_UINT_MAX + (n > 0 ? POSITIONS_BYTES(n) : 0);
    if (!buf_reserve(&p->postings, room) || !buf_reserve(&p->plain, t->len + 2 + CODE_UINT_MAX))
        return buf_ok(&p->postings, "the terms", err) && buf_ok(&p->plain, "the list of terms", err);
    unsigned char *const start = (unsigned char *)p->postings.data + p->postings.len;
    unsigned char *at = start;
    *at++ = (unsigned char)t->len;
    memcpy(at, terms_name(terms, t), t->len);
    at = code_uint(at + t->len, t->wdf);
    if (n == 0) {
        *at++ = 0;
    } else {
        unsigned char *const packed = at + CODE_UINT_MAX;
        const size_t len = positions_pack(positions, n, packed);
        at = code_uint(at, len);
        memmove(at, packed, len);
        at += len;
    }
    p->postings.len += (size_t)(at - start);
    return true;
}

static bool
add_terms(struct packer *p, struct terms *terms, struct packed *head, struct err *err)
{
    const uint32_t *order = terms_sort(terms);
    const struct term *before = NULL;
    unsigned char sizes[2 * CODE_UINT_MAX];
    uint64_t length = 0;
    if (!order)
        return err_nomem(err);
    for (size_t i = 0; i < terms->n; i++) {
        const struct term *t = &terms->term[i];
        length += t->wdf;
        head->wdf_max = t->wdf > head->wdf_max ? t->wdf : head->wdf_max;
    }
    if (length > UINT32_MAX)
        return err_set(err, ERR_ARG, "the article has more than %u words", UINT32_MAX);
    head->n_terms = (uint32_t)terms->n;
    head->length = (uint32_t)length;
    if (terms->n > 0)
        buf_add(&p->plain, sizes, (size_t)(code_uint(code_uint(sizes, length), terms->n) - sizes));
    for (size_t i = 0; i < terms->n; i++) {
        const struct term *t = &terms->term[order[i]];
        if (t->len == 0 || t->len > SCHEMA_TERM_MAX || memchr(terms_name(terms, t), '\0', t->len))
            return err_set(err, ERR_ARG, "a term of %zu bytes", t->len);
        if (!add_posting(p, terms, t, err))
            return false;
        unsigned char *const at = (unsigned char *)p->plain.data + p->plain.len;
        p->plain.len += (size_t)(list_term(at, terms, t, before) - at);
        before = t;
    }
    return buf_ok(&p->plain, "the list of terms", err);
}

/* ---- one block of memory ---- */

/* Compresses where that makes it smaller. */
static bool
compress(struct packer *p, const char *bytes, size_t len, struct buf *out, bool *compressed, struct err *err)
{
    *compressed = false;
    if (len > COMPRESS_MIN) {
        if (!buf_reserve(out, len))
            return buf_ok(out, "an article", err);
        out->len = libdeflate_deflate_compress(p->compressor, bytes, len, out->data, len - 1);
        *compressed = out->len > 0;
    }
    if (!*compressed)
        buf_add(out, bytes, len);
    return buf_ok(out, "an article", err);
}

static void
place(struct packed_part *part, const struct buf *from, size_t *size)
{
    part->at = *size;
    part->len = from->len;
    *size += from->len;
}

static struct packed *
assemble(const struct packer *p, const struct packed *head, const struct terms *terms)
{
    struct packed whole = *head;
    size_t size = 0;
    place(&whole.postings, &p->postings, &size);
    place(&whole.values, &p->values, &size);
    place(&whole.termlist, &p->termlist, &size);
    place(&whole.data, &p->data, &size);
    whole.size = sizeof whole + terms->n * sizeof whole.hash[0] + size;
    struct packed *out = malloc(whole.size);
    if (!out)
        return NULL;
    *out = whole;
    for (size_t i = 0; i < terms->n; i++)
        out->hash[i] = terms->term[terms->order[i]].hash;
    unsigned char *bytes = (unsigned char *)&out->hash[terms->n];
    memcpy(bytes + whole.postings.at, p->postings.data, p->postings.len);
    memcpy(bytes + whole.values.at, p->values.data, p->values.len);
    memcpy(bytes + whole.termlist.at, p->termlist.data, p->termlist.len);
    memcpy(bytes + whole.data.at, p->data.data, p->data.len);
    out->bytes = bytes;
    return out;
}

bool
packer_pack(struct packer *p, struct terms *terms, const struct packed_value *value, size_t n_values,
            const char *data, size_t len, struct packed **out, struct err *err)
{
    struct packed head = {.size = 0};
    buf_clear(&p->postings);
    buf_clear(&p->values);
    buf_clear(&p->termlist);
    buf_clear(&p->data);
    buf_clear(&p->plain);
    *out = NULL;
    for (size_t i = 0; i < n_values; i++) {
        unsigned char slot[CODE_UINT_MAX];
        buf_add(&p->values, slot, (size_t)(code_uint(slot, value[i].slot) - slot));
        buf_ch(&p->values, (char)value[i].len);
        buf_add(&p->values, value[i].bytes, value[i].len);
    }
    if (!add_terms(p, terms, &head, err) || !buf_ok(&p->values, "the values", err) ||
        !compress(p, p->plain.data, p->plain.len, &p->termlist, &head.termlist.compressed, err) ||
        !compress(p, data, len, &p->data, &head.data.compressed, err))
        return false;
    *out = assemble(p, &head, terms);
    return *out || err_nomem(err);
}
