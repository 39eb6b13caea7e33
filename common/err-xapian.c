/* err-xapian.c - an error of the shim as one of ours
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/err-xapian.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Xapian calls it a lock error too when the lock's file cannot be opened, on a full disk for instance. */
static bool
is_held(const struct xap_error *error)
{
    return !strstr(error->message, "Couldn't open lockfile") && !strstr(error->message, "not supported") &&
           !strstr(error->message, "too many open files");
}

static enum err_code
code_of(const struct xap_error *error)
{
    switch (error->code) {
    case XAP_OUT_OF_MEMORY:
        return ERR_NOMEM;
    case XAP_DATABASE_LOCK_ERROR:
        return is_held(error) ? ERR_LOCKED : ERR_IO;
    case XAP_DATABASE_CORRUPT_ERROR:
    case XAP_SERIALISATION_ERROR:
        return ERR_CORRUPT;
    case XAP_DATABASE_MODIFIED_ERROR:
        return ERR_MODIFIED;
    case XAP_DATABASE_NOT_FOUND_ERROR:
    case XAP_DOC_NOT_FOUND_ERROR:
        return ERR_NOTFOUND;
    case XAP_DATABASE_VERSION_ERROR:
    case XAP_UNIMPLEMENTED_ERROR:
    case XAP_FEATURE_UNAVAILABLE_ERROR:
        return ERR_UNSUPPORTED;
    case XAP_DATABASE_ERROR:
    case XAP_DATABASE_CREATE_ERROR:
    case XAP_DATABASE_OPENING_ERROR:
    case XAP_DATABASE_CLOSED_ERROR:
    case XAP_NETWORK_ERROR:
    case XAP_NETWORK_TIMEOUT_ERROR:
    case XAP_RANGE_ERROR:
        return error->sys_errno == EACCES || error->sys_errno == EPERM || error->sys_errno == EROFS ? ERR_PERM
                                                                                                   : ERR_IO;
    case XAP_QUERY_PARSER_ERROR:
    case XAP_WILDCARD_ERROR:
        return ERR_ARG;
    default:
        return ERR_BUG;
    }
}

_Bool
err_xapian(struct err *err, const struct xap_error *error, const char *format, ...)
{
    char what[256];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    const _Bool detailed = error->detail[0] != '\0';
    return err_set(err, code_of(error), "%s: %s%s%s%s", what, error->message, detailed ? " (" : "",
                   detailed ? error->detail : "", detailed ? ")" : "");
}
