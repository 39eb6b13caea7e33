/* err.c - what went wrong, in one line and one code
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A file name may hold a newline or an escape sequence; a message goes to a terminal or a mail. */
static void
make_printable(char *text)
{
    for (unsigned char *p = (unsigned char *)text; *p; p++)
        if (*p < 0x20 || *p == 0x7f)
            *p = '?';
}

_Bool
err_set(struct err *err, enum err_code code, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        vsnprintf(err->msg, sizeof err->msg, format, args);
        va_end(args);
        make_printable(err->msg);
        err->code = code;
    }
    return 0;
}

static enum err_code
code_of_errno(int errno_value)
{
    switch (errno_value) {
    case ENOMEM:
        return ERR_NOMEM;
    case ENOENT:
    case ENOTDIR:
        return ERR_NOTFOUND;
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_PERM;
    default:
        return ERR_IO;
    }
}

_Bool
err_sys(struct err *err, int errno_value, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        vsnprintf(err->msg, sizeof err->msg, format, args);
        va_end(args);
        const size_t used = strlen(err->msg);
        snprintf(err->msg + used, sizeof err->msg - used, ": %s", strerror(errno_value));
        make_printable(err->msg);
        err->code = code_of_errno(errno_value);
    }
    return 0;
}

_Bool
err_prefix(struct err *err, const char *format, ...)
{
    if (err) {
        char before[sizeof err->msg / 2], message[sizeof err->msg];
        va_list args;
        va_start(args, format);
        vsnprintf(before, sizeof before, format, args);
        va_end(args);
        memcpy(message, err->msg, sizeof message);
        /* what does not fit is cut, at the end of the message */
        if (snprintf(err->msg, sizeof err->msg, "%s: %s", before, message) >= (int)sizeof err->msg)
            err->msg[sizeof err->msg - 1] = '\0';
        make_printable(err->msg);
    }
    return 0;
}

_Bool
err_nomem(struct err *err)
{
    return err_set(err, ERR_NOMEM, "out of memory");
}
