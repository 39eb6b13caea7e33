/* buf.c - bytes that grow, up to a maximum given at birth
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/buf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char nothing[1];

void
buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.data = nothing, .max = max};
}

void
buf_release(struct buf *b)
{
    if (b->room)
        free(b->data);
    buf_init(b, b->max);
}

void
buf_clear(struct buf *b)
{
    b->failed = ERR_NONE;
    b->len = 0;
    if (b->room)
        b->data[0] = '\0';
}

void
buf_truncate(struct buf *b, size_t len)
{
    if (len < b->len) {
        b->len = len;
        b->data[len] = '\0';
    }
}

bool
buf_reserve(struct buf *b, size_t more)
{
    if (b->failed)
        return false;
    if (more > b->max - b->len) {
        b->failed = ERR_ARG;
        return false;
    }
    const size_t need = b->len + more + 1;
    if (need <= b->room)
        return true;
    size_t room = b->room ? b->room : 64;
    while (room < need)
        room += room / 2;
    char *data = realloc(b->room ? b->data : NULL, room);
    if (!data) {
        b->failed = ERR_NOMEM;
        return false;
    }
    data[b->len] = '\0';
    b->data = data;
    b->room = room;
    return true;
}

void
buf_add(struct buf *b, const void *bytes, size_t len)
{
    if (len == 0 || !buf_reserve(b, len))
        return;
    memcpy(b->data + b->len, bytes, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void
buf_str(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void
buf_ch(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    const int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0 && !b->failed) /* larger than printf can count, or no memory */
        b->failed = errno == ENOMEM ? ERR_NOMEM : ERR_ARG;
    if (len > 0 && buf_reserve(b, (size_t)len)) {
        vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

bool
buf_ok(const struct buf *b, const char *what, struct err *err)
{
    switch (b->failed) {
    case ERR_NONE:
        return true;
    case ERR_NOMEM:
        return err_nomem(err);
    default:
        return err_set(err, ERR_ARG, "%s is larger than %zu bytes", what, b->max);
    }
}

char *
buf_take(struct buf *b)
{
    char *data = NULL;
    if (!b->failed && buf_reserve(b, 0)) {
        data = b->data;
        b->room = 0;
    }
    buf_release(b);
    return data;
}
