/* err.h - what went wrong, in one line and one code
 *
 * A failing function fills the caller's struct err and returns false (or NULL);
 * on success it leaves it alone. The pointer may be NULL where nobody wants to know.
 * A message is one line, lower case, without a full stop: which object, which
 * step, why. It never holds control characters: names from outside are
 * made printable on the way in.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_ERR_H
#define BS_COMMON_ERR_H

#include <stdarg.h>

/* Each code is one that some caller acts on. */
enum err_code {
    ERR_NONE = 0,
    ERR_NOMEM,       /* out of memory */
    ERR_ARG,         /* the caller (in the end the user) asked for something impossible */
    ERR_IO,          /* the system refused to read or write */
    ERR_PERM,        /* the same, because of permissions */
    ERR_LOCKED,      /* somebody else is writing */
    ERR_CORRUPT,     /* what was read is damaged */
    ERR_MODIFIED,    /* the index moved on while it was read: do the whole thing again */
    ERR_SYNTAX,      /* outside text that does not follow its format */
    ERR_NOTFOUND,    /* it is not there */
    ERR_EXISTS,      /* something else is where it should be */
    ERR_UNSUPPORTED, /* another version, or a feature that is not there */
    ERR_BUG          /* we are at fault */
};

struct err {
    enum err_code code;
    char msg[512];
};

/* Fills *err (if it is not NULL). Always returns false, so that `return err_set(...)` reads well. */
_Bool err_set(struct err *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a failed system call: appends ": " and the text of errno_value;
 * ENOMEM, ENOENT and EACCES/EPERM/EROFS pick NOMEM, NOTFOUND and PERM, the rest is IO. */
_Bool err_sys(struct err *err, int errno_value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "format: " before the message that is there. Returns false. */
_Bool err_prefix(struct err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Out of memory. Returns false. */
_Bool err_nomem(struct err *err);

#endif
