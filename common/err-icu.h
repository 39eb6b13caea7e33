/* err-icu.h - a failure of ICU as an error of ours
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_ERR_ICU_H
#define BS_COMMON_ERR_ICU_H

#include <unicode/utypes.h>

#include "common/err.h"

/* Fills *err with "`step`: ICU's name of it": ERR_NOMEM where memory ran out, else the code. Returns false. */
static inline bool
err_icu(struct err *err, enum err_code code, const char *step, UErrorCode status)
{
    if (status == U_MEMORY_ALLOCATION_ERROR)
        return err_nomem(err);
    return err_set(err, code, "%s: %s", step, u_errorName(status));
}

#endif
