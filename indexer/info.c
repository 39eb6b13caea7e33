/* info.c - what is in an index, for people
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/info.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/buf.h"
#include "common/err-xapian.h"
#include "common/layout.h"
#include "common/schema.h"
#include "indexer/copies.h"
#include "indexer/inspect.h"

/* Bytes of the files in a folder. */
static double
folder_size(const char *path)
{
    double size = 0;
    DIR *dir = opendir(path);
    const struct dirent *d;
    while (dir && (d = readdir(dir))) {
        struct stat st;
        if (fstatat(dirfd(dir), d->d_name, &st, 0) == 0 && S_ISREG(st.st_mode))
            size += (double)st.st_size;
    }
    if (dir)
        closedir(dir);
    return size;
}

/* "en 61, zh 4", in the order of the tags. */
static bool
add_languages(const struct xap_database *db, struct buf *out, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    enum xap_code code = xap_database_allterms_begin(db, SCHEMA_LANGUAGE, strlen(SCHEMA_LANGUAGE), &it, &error);
    while (code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        xap_doccount n;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code == XAP_OK)
            code = xap_term_iterator_get_termfreq(it, &n, &error);
        if (code != XAP_OK)
            break;
        const size_t skip = strlen(SCHEMA_LANGUAGE);
        buf_printf(out, "%s%.*s %u", out->len ? ", " : "", len > skip ? (int)(len - skip) : 7,
                   len > skip ? term + skip : "unknown", n);
        code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    return code == XAP_OK || err_xapian(err, &error, "languages");
}

static bool
print_database(const char *dir, const char *path, const struct xap_database *db, struct err *err)
{
    xap_doccount articles = 0;
    size_t copies = 0;
    xap_rev revision = 0;
    double length = 0;
    const char *uuid = "", *format = "", *analysis = "";
    struct buf languages;
    struct xap_error error;
    buf_init(&languages, 65536);
    bool ok = xap_database_get_doccount(db, &articles, &error) == XAP_OK &&
              xap_database_get_average_length(db, &length, &error) == XAP_OK &&
              xap_database_get_revision(db, &revision, &error) == XAP_OK &&
              xap_database_get_uuid(db, &uuid, NULL, &error) == XAP_OK;
    if (!ok)
        err_xapian(err, &error, "%s", dir);
    ok = ok && add_languages(db, &languages, err) && copies_count(db, &copies, err);
    if (ok) {
        printf("index:      %s\n", dir);
        printf("data:       %s\n", path);
        printf("articles:   %u\n", articles);
        printf("copies:     %zu%s\n", copies, copies ? " articles that are also elsewhere in the index" : "");
        printf("languages:  %s\n", languages.len ? languages.data : "none");
        printf("size:       %.1f MB\n", folder_size(path) / 1e6);
        printf("revision:   %llu\n", (unsigned long long)revision);
        printf("uuid:       %s\n", uuid);
        xap_database_get_metadata(db, SCHEMA_KEY_FORMAT, strlen(SCHEMA_KEY_FORMAT), &format, NULL, NULL);
        printf("format:     %s\n", format);
        xap_database_get_metadata(db, SCHEMA_KEY_ANALYSIS, strlen(SCHEMA_KEY_ANALYSIS), &analysis, NULL, NULL);
        printf("analysis:   %s\n", analysis);
    }
    buf_release(&languages);
    return ok;
}

double
info_size(const char *dir)
{
    unsigned generation;
    char *path = layout_current(dir, &generation, NULL) ? layout_generation_path(dir, generation) : NULL;
    const double size = path ? folder_size(path) : 0;
    free(path);
    return size;
}

bool
info_print(const char *dir, struct err *err)
{
    struct inspection in;
    struct err why = {.code = ERR_NONE};
    int tries = 0;
    bool ok = inspect_open(&in, dir, &why);
    while (ok && !print_database(dir, in.path, in.db, &why))
        ok = inspect_again(&in, dir, &tries, &why);
    if (!ok && err)
        *err = why;
    inspect_close(&in);
    return ok;
}
