/* replay.c - main() of the fuzzers in `make check`: feed every seed once
 *
 * Without libFuzzer a fuzzer is a test: one result for each file of tests/fuzz/seeds/NAME, where the program is named
 * fuzz-NAME.t. With arguments, the files named there are fed instead (to look at what a run of `make fuzz` found).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned tests;

/* The input is given in a block of exactly its size, so that ASan and valgrind see a read behind it. */
static void
feed(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    size_t size = 0;

    tests++;
    if (file == NULL) {
        printf("not ok %u - %s: %s\n", tests, path, strerror(errno));
        return;
    }
    for (;;) {
        uint8_t part[65536];
        const size_t n = fread(part, 1, sizeof part, file);
        uint8_t *more;

        if (n == 0)
            break;
        more = realloc(data, size + n);
        if (more == NULL)
            abort();
        data = more;
        memcpy(data + size, part, n);
        size += n;
    }
    fclose(file);
    printf("# %s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(data, size);
    printf("ok %u - survives %s\n", tests, path);
    free(data);
}

static int
visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void
feed_folder(const char *folder)
{
    struct dirent **entries = NULL;
    const int n = scandir(folder, &entries, visible, alphasort);

    for (int i = 0; i < n; i++) {
        char *path;

        if (asprintf(&path, "%s/%s", folder, entries[i]->d_name) < 0)
            abort();
        feed(path);
        free(path);
        free(entries[i]);
    }
    free(entries);
}

int
main(int argc, char **argv)
{
    static const uint8_t nothing[1];
    const char *top = getenv("top_srcdir");
    const char *name = strrchr(argv[0], '/');

    tests++;
    LLVMFuzzerTestOneInput(nothing, 0);
    printf("ok %u - survives an empty input\n", tests);
    if (argc > 1) {
        for (int i = 1; i < argc; i++)
            feed(argv[i]);
    } else {
        name = name == NULL ? argv[0] : name + 1;
        if (strncmp(name, "fuzz-", 5) == 0)
            name += 5;
        char *folder;
        if (asprintf(&folder, "%s/tests/fuzz/seeds/%.*s", top == NULL ? "." : top,
                     (int)strcspn(name, "."), name) < 0)
            abort();
        feed_folder(folder);
        if (tests == 1) {
            tests++;
            printf("not ok %u - there are seeds in %s\n", tests, folder);
        }
        free(folder);
    }
    printf("1..%u\n", tests);
    return 0;
}
