/* state.c - what was indexed of a file, as the index remembers it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "common/err-xapian.h"

#define VERSION 2
#define HEAD_BYTES (2 + 5 * 8 + 4)
#define COUNT_AT (HEAD_BYTES - 4)
#define MEMBER_BYTES (16 + 8)

void
state_release(struct state *s)
{
    free(s->member);
    *s = (struct state){.flags = 0};
}

static int64_t
nanoseconds(const struct timespec *t)
{
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

void
state_take(struct state *s, const struct stat *st)
{
    s->size = (uint64_t)st->st_size;
    s->mtime = nanoseconds(&st->st_mtim);
    s->ctime = nanoseconds(&st->st_ctim);
}

bool
state_is_as_old(const struct state *a, const struct state *b)
{
    return a->size == b->size && a->mtime == b->mtime && a->ctime == b->ctime;
}

void
state_key(struct buf *out, const char *path)
{
    const size_t len = strlen(path);
    buf_str(out, STATE_KEY_PREFIX);
    if (len <= STATE_KEY_PATH_MAX) {
        buf_add(out, path, len);
        return;
    }
    buf_add(out, path, STATE_KEY_PATH_MAX);
    buf_printf(out, "%016llx", (unsigned long long)XXH3_64bits(path, len));
}

static void
put_number(struct buf *out, uint64_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_ch(out, (char)(n >> (8 * i) & 0xff));
}

static uint64_t
get_number(const char *at, int bytes)
{
    uint64_t n = 0;
    for (int i = bytes - 1; i >= 0; i--)
        n = n << 8 | (unsigned char)at[i];
    return n;
}

void
state_print(const struct state *s, const char *path, struct buf *out)
{
    put_number(out, VERSION, 1);
    put_number(out, s->flags, 1);
    put_number(out, s->size, 8);
    put_number(out, (uint64_t)s->mtime, 8);
    put_number(out, (uint64_t)s->ctime, 8);
    put_number(out, s->content[0], 8);
    put_number(out, s->content[1], 8);
    put_number(out, s->n_members, 4);
    for (size_t i = 0; i < s->n_members; i++) {
        buf_add(out, s->member[i].uid, sizeof s->member[i].uid);
        put_number(out, s->member[i].hash, 8);
    }
    if (strlen(path) > STATE_KEY_PATH_MAX)
        buf_str(out, path);
}

unsigned
state_size_flags(size_t article_max)
{
    unsigned n = 1;
    while (n < 7 && article_max >= (size_t)2 << 20 << (n - 1))
        n++;
    return n << 4;
}

size_t
state_count(const char *value, size_t len)
{
    return len < HEAD_BYTES ? 0 : get_number(value + COUNT_AT, 4);
}

bool
state_parse(struct state *s, const char *value, size_t len, struct err *err)
{
    if (len < HEAD_BYTES || value[0] != VERSION)
        return err_set(err, ERR_CORRUPT, "what the index remembers of a file cannot be read");
    s->flags = (unsigned char)value[1];
    s->size = get_number(value + 2, 8);
    s->mtime = (int64_t)get_number(value + 10, 8);
    s->ctime = (int64_t)get_number(value + 18, 8);
    s->content[0] = get_number(value + 26, 8);
    s->content[1] = get_number(value + 34, 8);
    const size_t n = get_number(value + COUNT_AT, 4);
    if (n > (len - HEAD_BYTES) / MEMBER_BYTES)
        return err_set(err, ERR_CORRUPT, "what the index remembers of a file is cut off");
    s->member = n ? malloc(n * sizeof *s->member) : NULL;
    if (n && !s->member)
        return err_nomem(err);
    s->n_members = s->room_members = n;
    const char *at = value + HEAD_BYTES;
    for (size_t i = 0; i < n; i++, at += MEMBER_BYTES) {
        memcpy(s->member[i].uid, at, 16);
        s->member[i].hash = get_number(at + 16, 8);
        s->member[i].order = (uint32_t)i;
        s->member[i].seen = false;
        /* An uid that is listed twice, as it was once: nobody knows any more which the index has */
        if (i > 0 && memcmp(s->member[i - 1].uid, s->member[i].uid, 16) == 0)
            s->member[i - 1].hash = s->member[i].hash = 0;
    }
    return true;
}

void
state_path(struct buf *out, const char *key, size_t key_len, const char *value, size_t value_len)
{
    const size_t skip = strlen(STATE_KEY_PREFIX);
    if (key_len - skip <= STATE_KEY_PATH_MAX) {
        buf_add(out, key + skip, key_len - skip);
        return;
    }
    const size_t n = state_count(value, value_len);
    const size_t at = HEAD_BYTES + n * MEMBER_BYTES;
    if (at <= value_len)
        buf_add(out, value + at, value_len - at);
}

/* To the first key behind that one. */
static enum xap_code
skip_behind(struct xap_term_iterator *it, const char *after, size_t len, struct xap_error *error)
{
    const char *key;
    size_t key_len;
    enum xap_code code = xap_term_iterator_skip_to(it, after, len, error);
    if (code != XAP_OK || xap_term_iterator_at_end(it))
        return code;
    code = xap_term_iterator_get(it, &key, &key_len, error);
    if (code == XAP_OK && key_len == len && memcmp(key, after, len) == 0)
        code = xap_term_iterator_next(it, error);
    return code;
}

bool
state_each_after(const struct xap_database *db, const char *after, size_t len,
                 bool (*each)(void *arg, const struct state_entry *e, struct err *err), void *arg, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    bool ok = true;
    enum xap_code code =
        xap_database_metadata_keys_begin(db, STATE_KEY_PREFIX, strlen(STATE_KEY_PREFIX), &it, &error);
    if (code == XAP_OK && len > 0 && !xap_term_iterator_at_end(it))
        code = skip_behind(it, after, len, &error);
    while (ok && code == XAP_OK && !xap_term_iterator_at_end(it)) {
        struct state_entry e;
        code = xap_term_iterator_get(it, &e.key, &e.key_len, &error);
        if (code == XAP_OK)
            code = xap_database_get_metadata(db, e.key, e.key_len, &e.value, &e.len, &error);
        if (code == XAP_OK)
            ok = each(arg, &e, err);
        if (ok && code == XAP_OK)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    return code == XAP_OK ? ok : err_xapian(err, &error, "files of the index");
}

bool
state_each(const struct xap_database *db, bool (*each)(void *arg, const struct state_entry *e, struct err *err),
           void *arg, struct err *err)
{
    return state_each_after(db, NULL, 0, each, arg, err);
}

bool
state_add(struct state *s, const char *uid, uint64_t hash, struct err *err)
{
    if (s->n_members == s->room_members) {
        const size_t room = s->room_members ? 2 * s->room_members : 1;
        struct state_member *more = realloc(s->member, room * sizeof *more);
        if (!more)
            return err_nomem(err);
        s->member = more;
        s->room_members = room;
    }
    struct state_member *m = &s->member[s->n_members];
    if (!state_uid_bytes(uid, m->uid))
        return err_set(err, ERR_BUG, "%s:%d: uid %s", __FILE__, __LINE__, uid);
    m->hash = hash;
    m->order = (uint32_t)s->n_members;
    m->seen = false;
    s->n_members++;
    return true;
}

static int
by_uid(const void *a, const void *b)
{
    return memcmp(((const struct state_member *)a)->uid, ((const struct state_member *)b)->uid, 16);
}

static int
by_uid_and_order(const void *a, const void *b)
{
    const struct state_member *x = a, *y = b;
    const int uids = by_uid(a, b);
    return uids ? uids : (x->order > y->order) - (x->order < y->order);
}

void
state_sort(struct state *s)
{
    size_t kept = 0;
    if (s->n_members < 2)
        return;
    qsort(s->member, s->n_members, sizeof *s->member, by_uid_and_order);
    for (size_t i = 0; i < s->n_members; i++)
        if (i + 1 == s->n_members || by_uid(&s->member[i], &s->member[i + 1]) != 0)
            s->member[kept++] = s->member[i];
    s->n_members = kept;
}

struct state_member *
state_find(const struct state *sorted, const unsigned char uid[16])
{
    struct state_member key = {.hash = 0};
    memcpy(key.uid, uid, 16);
    return sorted->n_members ? bsearch(&key, sorted->member, sorted->n_members, sizeof key, by_uid) : NULL;
}

void
state_uid_text(const unsigned char uid[16], char text[33])
{
    for (int i = 0; i < 16; i++)
        snprintf(text + 2 * i, 3, "%02x", uid[i]);
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
state_uid_bytes(const char *text, unsigned char uid[16])
{
    for (int i = 0; i < 16; i++) {
        const int high = hex_digit(text[2 * i]);
        const int low = high < 0 ? -1 : hex_digit(text[2 * i + 1]);
        if (low < 0)
            return false;
        uid[i] = (unsigned char)(high << 4 | low);
    }
    return text[32] == '\0';
}
