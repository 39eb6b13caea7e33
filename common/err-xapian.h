/* err-xapian.h - an error of the shim as one of ours
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_ERR_XAPIAN_H
#define BS_COMMON_ERR_XAPIAN_H

#include "common/err.h"
#include "shim/xapian-c.h"

/* Fills *err with "`what`: message (errno text)". Returns false. */
_Bool err_xapian(struct err *err, const struct xap_error *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
