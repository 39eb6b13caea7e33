/* input.c - the bytes of a file, decompressed where it is compressed
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <xxhash.h>

#include "indexer/read/charset.h"
#include "indexer/read/decode.h"

#define CHUNK 65536

struct input {
    int fd;
    struct archive *archive; /* NULL: the file is not compressed */
    struct decode *decode;   /* NULL: its bytes are handed out as they are */
    bool empty;              /* nothing was compressed: libarchive must not be asked for data */
    const char *chunk;       /* the last one */
    size_t chunk_len;
    size_t left;             /* bytes at its end that are yet to be read */
    XXH3_state_t *hash;      /* of what was read from fd */
    bool ended;              /* fd was read to its end */
    bool line_ended;         /* the last line had a newline */
    size_t n_raw;            /* bytes read from fd */
    size_t *eaten;           /* the caller's, or NULL */
    const atomic_int *stop;  /* the caller's, or NULL */
    char raw[CHUNK];         /* read from fd */
    char buffer[CHUNK];      /* decompressed */
    char utf8[CHUNK];        /* decoded */
};

static bool
is_compressed(const unsigned char *start, ssize_t len)
{
    return (len >= 2 && start[0] == 0x1f && start[1] == 0x8b) ||
           (len >= 4 && memcmp(start, "\x28\xb5\x2f\xfd", 4) == 0) ||
           (len >= 4 && (start[0] & 0xf0) == 0x50 && memcmp(start + 1, "\x2a\x4d\x18", 3) == 0) || /* a frame to skip */
           (len >= 6 && memcmp(start, "\xfd" "7zXZ", 6) == 0);
}

static bool
is_stopped(const struct input *in)
{
    return in->stop && *in->stop;
}

static bool
archive_failed(struct input *in, struct err *err)
{
    if (is_stopped(in))
        return err_set(err, ERR_LOCKED, "stopped");
    const int code = archive_errno(in->archive);
    if (code == ENOMEM)
        return err_nomem(err);
    const char *text = archive_error_string(in->archive);
    return err_set(err, code == EIO ? ERR_IO : ERR_SYNTAX, "compressed data: %s", text ? text : "damaged");
}

/* The next bytes of the file itself; 0 at its end, -1 with errno. */
static ssize_t
read_raw(struct input *in)
{
    ssize_t got;
    do
        got = read(in->fd, in->raw, CHUNK);
    while (got < 0 && errno == EINTR);
    if (got > 0) {
        XXH3_128bits_update(in->hash, in->raw, (size_t)got);
        in->n_raw += (size_t)got;
        if (in->eaten)
            *in->eaten += (size_t)got;
    }
    in->ended = in->ended || got == 0;
    return got;
}

static la_ssize_t
on_archive_read(struct archive *archive, void *arg, const void **bytes)
{
    struct input *in = arg;
    const ssize_t got = is_stopped(in) ? -1 : read_raw(in);
    if (got < 0)
        archive_set_error(archive, EIO, "%s", strerror(errno));
    *bytes = in->raw;
    return got;
}

static bool
open_archive(struct input *in, struct err *err)
{
    struct archive_entry *entry;
    in->archive = archive_read_new();
    if (!in->archive)
        return err_nomem(err);
    archive_read_support_filter_gzip(in->archive);
    archive_read_support_filter_zstd(in->archive);
    archive_read_support_filter_xz(in->archive);
    archive_read_support_format_raw(in->archive);
    archive_read_support_format_empty(in->archive);
    if (archive_read_open(in->archive, in, NULL, on_archive_read, NULL) != ARCHIVE_OK)
        return archive_failed(in, err);
    const int status = archive_read_next_header(in->archive, &entry);
    in->empty = status == ARCHIVE_EOF;
    return status == ARCHIVE_OK || in->empty || archive_failed(in, err);
}

static bool
open_input(struct input **out, const char *path, bool decompress, struct err *err)
{
    struct input *in = calloc(1, sizeof *in);
    *out = NULL;
    if (!in)
        return err_nomem(err);
    in->fd = -1;
    in->hash = XXH3_createState();
    if (!in->hash) {
        free(in);
        return err_nomem(err);
    }
    XXH3_128bits_reset(in->hash);
    unsigned char start[8];
    struct stat st;
    /* Not to hang on a FIFO that took the place of a file */
    in->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool ok = in->fd >= 0 && fstat(in->fd, &st) == 0;
    if (!ok) {
        const bool full = errno == EMFILE || errno == ENFILE || errno == ENOMEM;
        if (full)
            err_set(err, ERR_NOMEM, "%s: %s", path, strerror(errno));
        else
            err_set(err, ERR_IO, "%s", strerror(errno));
    } else if (!S_ISREG(st.st_mode)) {
        ok = err_set(err, ERR_SYNTAX, "not a regular file");
    } else {
        const ssize_t got = pread(in->fd, start, sizeof start, 0);
        if (got < 0)
            ok = err_set(err, ERR_IO, "%s", strerror(errno));
        else if (decompress && is_compressed(start, got))
            ok = open_archive(in, err);
    }
    if (!ok) {
        input_close(in);
        return false;
    }
    *out = in;
    return true;
}

bool
input_open(struct input **out, const char *path, struct err *err)
{
    return open_input(out, path, true, err);
}

bool
input_open_raw(struct input **out, const char *path, struct err *err)
{
    return open_input(out, path, false, err);
}

void
input_watch(struct input *in, size_t *eaten)
{
    in->eaten = eaten;
    *eaten += in->n_raw;
}

void
input_stop(struct input *in, const atomic_int *stop)
{
    in->stop = stop;
}

bool
input_skip(struct input *in)
{
    const char *bytes;
    size_t len;
    do
        if (!input_chunk(in, &bytes, &len, NULL))
            return false;
    while (len > 0);
    return true;
}

void
input_close(struct input *in)
{
    if (!in)
        return;
    if (in->archive)
        archive_read_free(in->archive);
    decode_free(in->decode);
    if (in->fd >= 0)
        close(in->fd);
    XXH3_freeState(in->hash);
    free(in);
}

/* The next bytes of the file, decompressed; *len == 0: the end. */
static bool
read_bytes(struct input *in, const char **bytes, size_t *len, struct err *err)
{
    ssize_t got = 0;
    if (is_stopped(in))
        return err_set(err, ERR_LOCKED, "stopped");
    if (!in->empty)
        got = in->archive ? archive_read_data(in->archive, in->buffer, CHUNK) : read_raw(in);
    if (got < 0)
        return in->archive ? archive_failed(in, err) : err_set(err, ERR_IO, "%s", strerror(errno));
    *bytes = in->archive ? in->buffer : in->raw;
    *len = (size_t)got;
    return true;
}

/* The same, decoded. */
static bool
read_decoded(struct input *in, const char **bytes, size_t *len, struct err *err)
{
    const char *raw;
    size_t n = 1;
    *bytes = in->utf8;
    if (!decode_take(in->decode, in->utf8, CHUNK, len, err))
        return false;
    while (*len == 0 && n > 0) {
        if (!read_bytes(in, &raw, &n, err))
            return false;
        decode_give(in->decode, raw, n);
        if (!decode_take(in->decode, in->utf8, CHUNK, len, err))
            return false;
    }
    return true;
}

bool
input_decode(struct input *in, const char **name, struct err *err)
{
    const char *bytes;
    size_t len;
    *name = NULL;
    if (!input_chunk(in, &bytes, &len, err))
        return false;
    *name = charset_by_zeros(bytes, len);
    if (*name) {
        if (!decode_new(&in->decode, *name, err))
            return false;
        decode_give(in->decode, bytes, len);
    } else {
        input_unread(in, len);
    }
    return true;
}

bool
input_chunk(struct input *in, const char **bytes, size_t *len, struct err *err)
{
    if (in->left == 0) {
        size_t got;
        if (!(in->decode ? read_decoded(in, &in->chunk, &got, err) : read_bytes(in, &in->chunk, &got, err)))
            return false;
        in->chunk_len = in->left = got;
    }
    *bytes = in->chunk + in->chunk_len - in->left;
    *len = in->left;
    in->left = 0;
    return true;
}

bool
input_content(struct input *in, uint64_t content[2])
{
    if (!in->ended)
        return false;
    const XXH128_hash_t h = XXH3_128bits_digest(in->hash);
    content[0] = h.low64;
    content[1] = h.high64;
    return true;
}

void
input_unread(struct input *in, size_t n)
{
    in->left = n;
}

bool
input_all(struct input *in, struct buf *out, struct err *err)
{
    for (;;) {
        const char *bytes;
        size_t len;
        if (!input_chunk(in, &bytes, &len, err))
            return false;
        if (len == 0)
            return true;
        buf_add(out, bytes, len);
        if (out->failed)
            return buf_ok(out, "it", err);
    }
}

bool
input_line(struct input *in, struct buf *line, bool *end, bool *cut, struct err *err)
{
    buf_clear(line);
    *end = true;
    *cut = false;
    in->line_ended = false;
    for (;;) {
        const char *bytes;
        size_t len;
        if (!input_chunk(in, &bytes, &len, err))
            return false;
        if (len == 0)
            return true;
        *end = false;
        const char *newline = memchr(bytes, '\n', len);
        const size_t take = newline ? (size_t)(newline - bytes) : len;
        if (!*cut)
            buf_add(line, bytes, take);
        if (line->failed == ERR_NOMEM)
            return err_nomem(err);
        if (line->failed)
            *cut = true;
        if (newline) {
            in->line_ended = true;
            input_unread(in, len - take - 1);
            return true;
        }
    }
}

bool
input_line_ended(const struct input *in)
{
    return in->line_ended;
}
