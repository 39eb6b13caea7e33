/* fuzz-text.c - any bytes as a plain text article
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/date.h"
#include "common/utf8.h"
#include "indexer/read/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
    if (!holds)
        abort();
}

static void
check_value(const char *value)
{
    check(value[0] != '\0' && utf8_valid(value, strlen(value)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct article a;
    struct err err = {.code = ERR_NONE};
    article_init(&a);
    if (text_read((const char *)data, size, &a, &err)) {
        check(a.field[ARTICLE_TITLE] != NULL);
        check(a.note == NULL); /* a date that is no date */
        for (size_t f = 0; f < ARTICLE_FIELDS; f++)
            if (a.field[f])
                check_value(a.field[f]);
        for (size_t l = 0; l < ARTICLE_LISTS; l++)
            for (size_t i = 0; i < a.list[l].n; i++)
                check_value(a.list[l].item[i]);
        check(!a.field[ARTICLE_PUBLISHED] || date_valid(a.field[ARTICLE_PUBLISHED]));
        check(!a.field[ARTICLE_UPDATED] || date_valid(a.field[ARTICLE_UPDATED]));
        check(!strstr(article_get(&a, ARTICLE_BODY), "\n\n\n"));
    } else {
        check(err.code == ERR_SYNTAX && err.msg[0] != '\0');
    }
    article_release(&a);
    return 0;
}
