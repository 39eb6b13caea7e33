/* source.c - postings in the order of their keys, from memory or from a run on disk
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "indexer/store/bulk/code.h"

#define READ_AHEAD ((size_t)1 << 16)
#define BYTES_MAX ((size_t)1 << 32)

void
source_memory(struct source *s, const struct entry *const *entry, size_t n)
{
    *s = (struct source){.entry = entry, .n = n, .fd = -1};
    buf_init(&s->bytes, BYTES_MAX);
}

bool
source_run(struct source *s, const char *path, struct err *err)
{
    *s = (struct source){.fd = -1};
    buf_init(&s->bytes, BYTES_MAX);
    s->path = strdup(path);
    if (!s->path)
        return err_nomem(err);
    s->fd = open(path, O_RDONLY | O_CLOEXEC);
    return s->fd >= 0 || err_sys(err, errno, "%s", path);
}

void
source_release(struct source *s)
{
    if (s->path && s->fd >= 0)
        close(s->fd);
    free(s->path);
    buf_release(&s->bytes);
}

static bool
fail(const struct source *s, struct err *err)
{
    if (s->bytes.failed)
        return buf_ok(&s->bytes, "postings", err);
    return err_set(err, ERR_CORRUPT, "%s: ends too early", s->path ? s->path : "postings in memory");
}

/* Has n bytes more at hand, or as many as there are. */
static bool
fill(struct source *s, size_t n, struct err *err)
{
    if (s->bytes.len - s->at >= n || !s->path)
        return true;
    memmove(s->bytes.data, s->bytes.data + s->at, s->bytes.len - s->at);
    buf_truncate(&s->bytes, s->bytes.len - s->at);
    s->at = 0;
    while (!s->end && s->bytes.len < n) {
        if (!buf_reserve(&s->bytes, READ_AHEAD))
            return fail(s, err);
        const ssize_t got = read(s->fd, s->bytes.data + s->bytes.len, READ_AHEAD);
        if (got < 0 && errno != EINTR)
            return err_sys(err, errno, "%s", s->path);
        s->end = got == 0;
        s->bytes.len += got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* A number from what is at hand. */
static bool
get_uint(struct source *s, uint64_t *number, struct err *err)
{
    *number = 0;
    for (unsigned shift = 0; s->at < s->bytes.len && shift < 64; shift += 7) {
        const unsigned char byte = (unsigned char)s->bytes.data[s->at++];
        *number |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return true;
    }
    return fail(s, err);
}

static bool
next_in_memory(struct source *s, struct err *err)
{
    if (s->next == s->n) {
        s->key_len = 0;
        return true;
    }
    const struct entry *e = s->entry[s->next++];
    memcpy(s->key, e->key, e->key_len);
    s->key_len = e->key_len;
    s->termfreq = e->termfreq;
    s->collfreq = e->collfreq;
    s->last = e->last;
    s->left = e->bytes;
    buf_clear(&s->bytes);
    s->at = 0;
    dictionary_bytes(e, &s->bytes);
    return s->bytes.failed ? fail(s, err) : true;
}

static bool
discard(struct source *s, struct err *err)
{
    while (s->left > 0) {
        if (!fill(s, 1, err))
            return false;
        const size_t have = s->bytes.len - s->at, n = s->left < have ? (size_t)s->left : have;
        if (n == 0)
            return fail(s, err);
        s->at += n;
        s->left -= n;
    }
    return true;
}

bool
source_next(struct source *s, struct err *err)
{
    s->docid = 0;
    if (!s->path)
        return next_in_memory(s, err);
    uint16_t len;
    if (!discard(s, err) || !fill(s, sizeof len + CODE_KEY_MAX + 4 * CODE_UINT_MAX, err))
        return false;
    if (s->bytes.len - s->at < sizeof len)
        return fail(s, err);
    memcpy(&len, s->bytes.data + s->at, sizeof len);
    s->at += sizeof len;
    if (len > CODE_KEY_MAX || len > s->bytes.len - s->at)
        return fail(s, err);
    memcpy(s->key, s->bytes.data + s->at, len);
    s->at += len;
    s->key_len = len;
    return len == 0 || (get_uint(s, &s->termfreq, err) && get_uint(s, &s->collfreq, err) &&
                        get_uint(s, &s->last, err) && get_uint(s, &s->left, err));
}

bool
source_posting(struct source *s, struct posting *p, struct err *err)
{
    const size_t head_max = 3 * CODE_UINT_MAX;
    uint64_t gap, wdf = 1, len;
    if (!fill(s, s->left < head_max ? (size_t)s->left : head_max, err))
        return false;
    const size_t start = s->at;
    if (!get_uint(s, &gap, err) || (!(gap & 1) && !get_uint(s, &wdf, err)) || !get_uint(s, &len, err))
        return false;
    const uint64_t head = s->at - start;
    if (head + len > s->left)
        return fail(s, err);
    s->left -= head + len;
    if (!fill(s, (size_t)len, err))
        return false;
    if (s->bytes.len - s->at < len)
        return fail(s, err);
    s->docid += (uint32_t)(gap >> 1);
    *p = (struct posting){s->docid, (uint32_t)wdf, (const unsigned char *)s->bytes.data + s->at, (size_t)len};
    s->at += (size_t)len;
    return true;
}

bool
source_rest(struct source *s, const unsigned char **bytes, size_t *len, struct err *err)
{
    *len = (size_t)s->left;
    if (!fill(s, *len, err))
        return false;
    if (s->bytes.len - s->at < *len)
        return fail(s, err);
    *bytes = (const unsigned char *)s->bytes.data + s->at;
    s->at += *len;
    s->left = 0;
    return true;
}

bool
source_peek(struct source *s, uint64_t *number, size_t *len, struct err *err)
{
    if (!fill(s, s->left < CODE_UINT_MAX ? (size_t)s->left : CODE_UINT_MAX, err))
        return false;
    const size_t start = s->at;
    const bool ok = get_uint(s, number, err);
    *len = s->at - start;
    s->at = start;
    return ok;
}

bool
source_copy(struct source *s, size_t skip, bool (*write)(void *arg, const void *bytes, size_t len, struct err *err),
            void *arg, struct err *err)
{
    s->at += skip; /* source_peek() has it at hand */
    s->left -= skip;
    while (s->left > 0) {
        if (!fill(s, 1, err))
            return false;
        const size_t have = s->bytes.len - s->at, n = s->left < have ? (size_t)s->left : have;
        if (n == 0)
            return fail(s, err);
        if (!write(arg, s->bytes.data + s->at, n, err))
            return false;
        s->at += n;
        s->left -= n;
    }
    return true;
}
