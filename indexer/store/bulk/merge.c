/* merge.c - many sources of postings as one
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/merge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/store/bulk/code.h"

#define WRITE_BUFFER ((size_t)1 << 18)

/* The sources that have the smallest key, in their order. */
struct group {
    struct source *source;
    size_t n;
    size_t *member; /* indices, n_members of them */
    size_t n_members;
};

static int
compare(const struct source *a, const struct source *b)
{
    const size_t len = a->key_len < b->key_len ? a->key_len : b->key_len;
    const int order = memcmp(a->key, b->key, len);
    return order != 0 ? order : (a->key_len > b->key_len) - (a->key_len < b->key_len);
}

static bool
group_start(struct group *g, struct source *source, size_t n, struct err *err)
{
    *g = (struct group){.source = source, .n = n};
    g->member = malloc((n + 1) * sizeof *g->member);
    if (!g->member)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (!source_next(&source[i], err))
            return false;
    return true;
}

/* n_members is 0 at the end. */
static void
group_find(struct group *g)
{
    g->n_members = 0;
    for (size_t i = 0; i < g->n; i++) {
        if (g->source[i].key_len == 0)
            continue;
        const int order = g->n_members == 0 ? 0 : compare(&g->source[i], &g->source[g->member[0]]);
        if (order < 0)
            g->n_members = 0;
        if (order <= 0)
            g->member[g->n_members++] = i;
    }
}

static bool
group_next(struct group *g, struct err *err)
{
    for (size_t i = 0; i < g->n_members; i++)
        if (!source_next(&g->source[g->member[i]], err))
            return false;
    return true;
}

static bool
is_metadata(const struct source *s)
{
    return s->key_len >= KEY_METADATA_LEN && memcmp(s->key, KEY_METADATA, KEY_METADATA_LEN) == 0;
}

static bool
give_metadata(struct group *g, const struct merge_sink *sink, struct err *err)
{
    struct source *s = &g->source[g->member[g->n_members - 1]];
    const unsigned char *value;
    size_t len;
    if (!sink->metadata)
        return true;
    return source_rest(s, &value, &len, err) &&
           (len == 0 || sink->metadata(sink->arg, s->key, s->key_len, value, len, err));
}

static bool
give_term(struct group *g, const struct merge_sink *sink, struct err *err)
{
    uint64_t termfreq = 0, collfreq = 0;
    struct posting p;
    const struct source *first = &g->source[g->member[0]];
    for (size_t i = 0; i < g->n_members; i++) {
        termfreq += g->source[g->member[i]].termfreq;
        collfreq += g->source[g->member[i]].collfreq;
    }
    if (!sink->term(sink->arg, (const char *)first->key, first->key_len, termfreq, collfreq, err))
        return false;
    for (size_t i = 0; i < g->n_members; i++) {
        struct source *s = &g->source[g->member[i]];
        for (uint64_t k = 0; k < s->termfreq; k++)
            if (!source_posting(s, &p, err) || !sink->posting(sink->arg, &p, err))
                return false;
    }
    return !sink->end || sink->end(sink->arg, err);
}

bool
merge_all(struct source *source, size_t n, const struct merge_sink *sink, struct err *err)
{
    struct group g;
    bool ok = group_start(&g, source, n, err);
    for (; ok; ok = group_next(&g, err)) {
        group_find(&g);
        if (g.n_members == 0)
            break;
        ok = is_metadata(&source[g.member[0]]) ? give_metadata(&g, sink, err) : give_term(&g, sink, err);
        if (!ok)
            break;
    }
    free(g.member);
    return ok;
}

/* ---- runs of runs ---- */

struct run {
    FILE *file;
    const char *path;
};

static bool
write_bytes(void *arg, const void *bytes, size_t len, struct err *err)
{
    const struct run *r = arg;
    return fwrite(bytes, 1, len, r->file) == len || err_sys(err, errno, "%s", r->path);
}

static bool
write_head(struct run *r, const struct source *s, uint64_t termfreq, uint64_t collfreq, uint64_t last, uint64_t bytes,
           struct err *err)
{
    unsigned char head[sizeof(uint16_t) + CODE_KEY_MAX + 4 * CODE_UINT_MAX], *p = head;
    const uint16_t len = (uint16_t)s->key_len;
    memcpy(p, &len, sizeof len);
    p += sizeof len;
    memcpy(p, s->key, len);
    p = code_uint(code_uint(code_uint(code_uint(p + len, termfreq), collfreq), last), bytes);
    return write_bytes(r, head, (size_t)(p - head), err);
}

static bool
write_uint(struct run *r, uint64_t number, struct err *err)
{
    unsigned char bytes[CODE_UINT_MAX];
    const unsigned char *end = code_uint(bytes, number);
    return write_bytes(r, bytes, (size_t)(end - bytes), err);
}

static size_t
uint_len(uint64_t number)
{
    unsigned char bytes[CODE_UINT_MAX];
    return (size_t)(code_uint(bytes, number) - bytes);
}

/* A source's first posting counts from 0: in the merged entry from the last one of the source before. */
static bool
recount(struct source *s, uint64_t last, uint64_t *number, size_t *skip, struct err *err)
{
    if (!source_peek(s, number, skip, err))
        return false;
    *number -= 2 * last;
    return true;
}

static bool
write_entry(struct run *r, struct group *g, struct err *err)
{
    uint64_t termfreq = 0, collfreq = 0, bytes = 0, last = 0, number;
    size_t skip;
    for (size_t i = 0; i < g->n_members; i++) {
        struct source *s = &g->source[g->member[i]];
        if (!recount(s, last, &number, &skip, err))
            return false;
        termfreq += s->termfreq;
        collfreq += s->collfreq;
        bytes += s->left - skip + uint_len(number);
        last = s->last;
    }
    if (!write_head(r, &g->source[g->member[0]], termfreq, collfreq, last, bytes, err))
        return false;
    last = 0;
    for (size_t i = 0; i < g->n_members; i++) {
        struct source *s = &g->source[g->member[i]];
        if (!recount(s, last, &number, &skip, err) || !write_uint(r, number, err) ||
            !source_copy(s, skip, write_bytes, r, err))
            return false;
        last = s->last;
    }
    return true;
}

static bool
write_metadata(struct run *r, struct group *g, struct err *err)
{
    struct source *s = &g->source[g->member[g->n_members - 1]];
    return write_head(r, s, 0, 0, 0, s->left, err) && source_copy(s, 0, write_bytes, r, err);
}

static bool
write_run(struct run *r, struct source *source, size_t n, struct err *err)
{
    static const uint16_t end = 0;
    struct group g;
    bool ok = group_start(&g, source, n, err);
    for (; ok; ok = group_next(&g, err)) {
        group_find(&g);
        if (g.n_members == 0)
            break;
        ok = is_metadata(&source[g.member[0]]) ? write_metadata(r, &g, err) : write_entry(r, &g, err);
        if (!ok)
            break;
    }
    free(g.member);
    return ok && write_bytes(r, &end, sizeof end, err);
}

bool
merge_to_run(struct source *source, size_t n, const char *path, struct err *err)
{
    struct run r = {fopen(path, "wbe"), path};
    if (!r.file)
        return err_sys(err, errno, "%s", path);
    setvbuf(r.file, NULL, _IOFBF, WRITE_BUFFER);
    bool ok = write_run(&r, source, n, err);
    if (fclose(r.file) != 0 && ok)
        ok = err_sys(err, errno, "%s", path);
    return ok;
}
