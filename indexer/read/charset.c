/* charset.c - text of an unknown encoding as UTF-8
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/charset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "common/err-icu.h"
#include "common/utf8.h"

/* What the detector looks at; it needs no more. */
#define SAMPLE_BYTES 65536
#define CONFIDENCE_MIN 10

/* Text in which at most one in so many sequences beyond ASCII is broken is UTF-8 that was damaged: in other encodings
 * few of them are whole by chance. */
#define BROKEN_SHARE 2

/* Counts the sequences beyond ASCII, and those of them that are no UTF-8. */
static void
count_sequences(const char *text, size_t len, size_t *all, size_t *broken)
{
    *all = *broken = 0;
    for (size_t at = 0; at < len;) {
        if ((unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        const size_t from = at;
        const uint32_t c = utf8_next(text, len, &at);
        ++*all;
        *broken += c == 0xfffd && memcmp(text + from, "\xef\xbf\xbd", at - from < 3 ? at - from : 3) != 0;
    }
}

const char *
charset_by_zeros(const char *text, size_t len)
{
    if (len >= 4 && (memcmp(text, "\xff\xfe\0\0", 4) == 0 || memcmp(text, "\0\0\xfe\xff", 4) == 0))
        return "UTF-32";
    if (len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0))
        return "UTF-16";
    size_t zeros[2] = {0, 0};
    const size_t n = len < SAMPLE_BYTES ? len & ~(size_t)1 : SAMPLE_BYTES;
    for (size_t i = 0; i < n; i++)
        zeros[i & 1] += text[i] == '\0';
    if (n >= 8 && zeros[1] * 10 > n * 2 && zeros[0] * 100 < n)
        return "UTF-16LE";
    if (n >= 8 && zeros[0] * 10 > n * 2 && zeros[1] * 100 < n)
        return "UTF-16BE";
    return NULL;
}

/* ICU's best guess, or an empty name. */
static bool
by_letters(const char *text, size_t len, char name[32], struct err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    const UCharsetMatch *match = NULL;
    if (U_SUCCESS(status))
        ucsdet_setText(detector, text, (int32_t)(len < SAMPLE_BYTES ? len : SAMPLE_BYTES), &status);
    if (U_SUCCESS(status))
        match = ucsdet_detect(detector, &status);
    if (U_SUCCESS(status) && match && ucsdet_getConfidence(match, &status) >= CONFIDENCE_MIN)
        snprintf(name, 32, "%s", ucsdet_getName(match, &status));
    if (detector)
        ucsdet_close(detector);
    return U_SUCCESS(status) || err_icu(err, ERR_SYNTAX, "charset", status);
}

bool
charset_convert(struct buf *text, const char *name, struct err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    if (text->len > (size_t)INT32_MAX / 4)
        return err_set(err, ERR_ARG, "text of %zu bytes in %s is too long", text->len, name);
    const int32_t room = (int32_t)text->len * 3 + 16;
    char *out = malloc((size_t)room);
    if (!out)
        return err_nomem(err);
    const int32_t len = ucnv_convert("UTF-8", name, out, room, text->data, (int32_t)text->len, &status);
    bool ok = U_SUCCESS(status) || err_icu(err, ERR_SYNTAX, name, status);
    if (ok) {
        buf_clear(text);
        buf_add(text, out, (size_t)len);
        ok = buf_ok(text, "the text as UTF-8", err);
    }
    free(out);
    return ok;
}

bool
charset_detect(const char *text, size_t len, size_t least, char name[32], struct err *err)
{
    size_t all, broken;
    name[0] = '\0';
    count_sequences(text, len, &all, &broken);
    if (broken < least || broken * BROKEN_SHARE <= all || memchr(text, '\0', len))
        return true;
    if (!by_letters(text, len, name, err))
        return false;
    if (strcmp(name, "UTF-8") == 0)
        name[0] = '\0';
    return true;
}

bool
charset_to_utf8(struct buf *text, char name[32], struct err *err)
{
    const char *wide = charset_by_zeros(text->data, text->len);
    if (wide)
        snprintf(name, 32, "%s", wide);
    else if (!charset_detect(text->data, text->len, 1, name, err))
        return false;
    return name[0] == '\0' || charset_convert(text, name, err);
}
