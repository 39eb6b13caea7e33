/* fuzz-json.c - any bytes as a JSON file: what is read is printed, and read again as the same
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/date.h"
#include "common/utf8.h"
#include "indexer/read/input.h"
#include "indexer/read/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small, so that records are refused for their size too. */
#define RECORD_MAX 2000

static void
must(bool truth)
{
    if (!truth)
        abort();
}

/* Text that may be kept: valid, and with nothing in it that could control a terminal. */
static void
check_text(const char *text, bool lines)
{
    const size_t len = strlen(text);
    must(len > 0 && utf8_valid(text, len));
    for (size_t i = 0; i < len; i++)
        must((unsigned char)text[i] >= 0x20 || (lines && (text[i] == '\n' || text[i] == '\t')));
}

static void
check_fields(const struct article *a)
{
    for (int f = 0; f < ARTICLE_FIELDS; f++)
        if (a->field[f])
            check_text(a->field[f], f == ARTICLE_BODY || f == ARTICLE_PATH);
    for (size_t l = 0; l < ARTICLE_LISTS; l++)
        for (size_t i = 0; i < a->list[l].n; i++)
            check_text(a->list[l].item[i], false);
    must(!a->field[ARTICLE_PUBLISHED] || date_valid(a->field[ARTICLE_PUBLISHED]));
    must(!a->field[ARTICLE_UPDATED] || date_valid(a->field[ARTICLE_UPDATED]));
}

static bool
on_article(void *arg, struct article *a, const char *member, struct err *err)
{
    size_t *articles = arg;
    struct article again;
    struct buf once, twice;
    struct err why = {.code = ERR_NONE};
    ++*articles;
    must(member && article_identify(a, "/file", member, err) &&
         strlen(a->field[ARTICLE_UID]) == 32);
    check_fields(a);
    buf_init(&once, BUF_MAX);
    buf_init(&twice, BUF_MAX);
    article_init(&again);
    article_print(a, &once);
    must(buf_ok(&once, "it", NULL) && !memchr(once.data, '\n', once.len));
    must(article_parse(&again, once.data, once.len, &why) && again.repaired == 0);
    must(article_identify(&again, "/other", "other", &why));
    article_print(&again, &twice);
    must(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    article_release(&again);
    buf_release(&once);
    buf_release(&twice);
    return true;
}

static bool
on_refused(void *arg, const char *member, const char *why, struct err *err)
{
    size_t *articles = arg;
    (void)err;
    ++*articles;
    must((!member || *member) && *why);
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd = -1;
    static char path[64];
    if (fd < 0) {
        fd = memfd_create("json", MFD_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    must(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
    for (int lines = 0; lines < 2; lines++) {
        struct input *in;
        struct err err = {.code = ERR_NONE};
        size_t told = 0;
        const struct read_sink sink = {.arg = &told, .article = on_article, .refused = on_refused};
        if (!input_open(&in, path, NULL))
            continue;
        const bool ok = lines ? json_read_lines(in, RECORD_MAX, &sink, &err)
                              : json_read_values(in, RECORD_MAX, &sink, &err);
        must(ok || err.code == ERR_SYNTAX); /* damaged compressed data */
        must(!ok || lines || told > 0);     /* nothing is passed over in silence */
        input_close(in);
    }
    return 0;
}
