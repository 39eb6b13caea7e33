/* buf.h - bytes that grow, up to a maximum given at birth
 *
 * A struct buf keeps a sticky error: append as often as you like, ask once. After a
 * failure the contents stay what they were, further appends do nothing. The bytes are always
 * followed by a NUL that is not counted. `max` counts bytes; exceeding it is an error, never a crash.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_BUF_H
#define BS_COMMON_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"

struct buf {
    char *data;  /* owned; valid NUL-terminated text even when nothing was added (never NULL after init) */
    size_t len;  /* bytes in use, without the NUL */
    size_t room; /* bytes allocated; 0: data is a constant */
    size_t max;  /* len never exceeds this */
    enum err_code failed; /* sticky: ERR_NONE, ERR_NOMEM or ERR_ARG (over max) */
};

/* A default for buffers whose size outside data decides: 64 MiB. */
#define BUF_MAX ((size_t)64 << 20)

void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);      /* frees the contents; a zeroed or released buffer is fine */
void buf_clear(struct buf *b);        /* empties it and forgets the error, keeps the memory */
void buf_truncate(struct buf *b, size_t len); /* keeps the first len bytes, len <= b->len */

bool buf_reserve(struct buf *b, size_t more); /* room for `more` bytes after len; false: the error is kept */
void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_str(struct buf *b, const char *text);
void buf_ch(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* True when every append worked. Else fills err: "`what` is larger than N bytes" or "out of memory". */
bool buf_ok(const struct buf *b, const char *what, struct err *err);

/* Hands over the bytes (malloc'ed, NUL-terminated; free them) and empties the buffer.
 * NULL when an append failed or memory ran out. */
char *buf_take(struct buf *b);

#endif
