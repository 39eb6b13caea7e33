/* fuzz-date.c - any bytes as a date: what comes out is in our form, and in it means the same
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool truth)
{
    if (!truth)
        abort();
}

/* Our form is read back as itself, and covers some time. */
static void
check(const char *iso)
{
    char again[DATE_MAX], seconds[DATE_MAX];
    int64_t from, to;
    must(date_valid(iso));
    must(date_parse(iso, strlen(iso), again, NULL));
    must(strcmp(iso, again) == 0);
    must(date_range(iso, &from, &to));
    must(from < to);
    date_print_seconds(from, seconds);
    must(date_valid(seconds));
    must(strncmp(iso, seconds, strlen(iso) - (strchr(iso, 'Z') != NULL)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy without a NUL behind it, so that reading on is noticed. */
    char *text = malloc(size ? size : 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    char out[DATE_MAX], line[DATE_MAX];
    size_t from = 0, to = 0;
    struct err err = {.code = ERR_NONE};
    if (date_parse(text, size, out, &err))
        check(out);
    else
        must(err.code == ERR_SYNTAX);
    if (date_find(text, size, &from, &to, line)) {
        must(from < to && to <= size && to <= DATE_LINE_MAX);
        check(line);
    }
    if (date_parse_in("fr", text, size, out, NULL))
        check(out);
    if (size >= sizeof(int64_t)) {
        int64_t seconds;
        memcpy(&seconds, text, sizeof seconds);
        date_print_seconds(seconds, out);
        check(out);
    }
    free(text);
    return 0;
}
