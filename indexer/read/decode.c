/* decode.c - a stream of UTF-16 or UTF-32 as UTF-8, chunk by chunk
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/decode.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ucnv.h>

#include "common/err-icu.h"

#define PIVOT 4096

struct decode {
    UConverter *from, *to;
    const char *next, *end; /* what was given and not used yet */
    bool last;              /* nothing comes behind it */
    bool fresh;             /* nothing was converted yet */
    bool ended;             /* all was converted */
    UChar pivot[PIVOT], *pivot_next, *pivot_end; /* what is between the two */
};

bool
decode_new(struct decode **out, const char *name, struct err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    struct decode *d = calloc(1, sizeof *d);
    *out = NULL;
    if (!d)
        return err_nomem(err);
    d->from = ucnv_open(name, &status);
    d->to = ucnv_open("UTF-8", &status);
    d->pivot_next = d->pivot_end = d->pivot;
    d->next = d->end = name;
    d->fresh = true;
    if (U_FAILURE(status)) {
        decode_free(d);
        return err_icu(err, ERR_SYNTAX, "charset", status);
    }
    *out = d;
    return true;
}

void
decode_free(struct decode *d)
{
    if (!d)
        return;
    if (d->from)
        ucnv_close(d->from);
    if (d->to)
        ucnv_close(d->to);
    free(d);
}

void
decode_give(struct decode *d, const char *bytes, size_t len)
{
    d->last = len == 0;
    if (len > 0) {
        d->next = bytes;
        d->end = bytes + len;
    }
}

bool
decode_take(struct decode *d, char *out, size_t room, size_t *len, struct err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    char *to = out;
    *len = 0;
    if (d->ended)
        return true;
    ucnv_convertEx(d->to, d->from, &to, out + room, &d->next, d->end, d->pivot, &d->pivot_next, &d->pivot_end,
                   d->pivot + PIVOT, d->fresh, d->last, &status);
    d->fresh = false;
    if (status == U_TRUNCATED_CHAR_FOUND && out + room - to >= 3) { /* half a character at the end */
        memcpy(to, "\xef\xbf\xbd", 3);
        to += 3;
        status = U_ZERO_ERROR;
    }
    *len = (size_t)(to - out);
    d->ended = d->last && U_SUCCESS(status);
    return U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR || err_icu(err, ERR_SYNTAX, "charset", status);
}
