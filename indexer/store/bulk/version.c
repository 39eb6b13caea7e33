/* version.c - the file that makes tables a database of glass
 *
 * Layout: xapian-core 1.4, backends/glass/glass_version.cc.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/version.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "common/buf.h"
#include "indexer/store/bulk/code.h"

#define REVISION 1
#define FORMAT 0x046e /* 2016-03-14 */
#define ROOT_FAKE 1
#define ROOT_SEQUENTIAL 2

static void
add_uint(struct buf *out, uint64_t number)
{
    unsigned char bytes[CODE_UINT_MAX];
    buf_add(out, bytes, (size_t)(code_uint(bytes, number) - bytes));
}

static void
add_root(struct buf *out, enum version_table table, const struct table_root *r)
{
    const bool exists = r->blocks > 0;
    add_uint(out, r->root);
    add_uint(out, (uint64_t)r->level << 2 | ROOT_SEQUENTIAL | (exists ? 0 : ROOT_FAKE));
    add_uint(out, r->entries);
    add_uint(out, TABLE_BLOCK_SIZE >> 11);
    add_uint(out, table == VERSION_POSTLIST || table == VERSION_POSITION ? 0 : 18); /* smallest tag to compress */
    if (!exists) {
        add_uint(out, 0);
        return;
    }
    /* The list of free blocks: none */
    struct buf list;
    buf_init(&list, BUF_MAX);
    add_uint(&list, REVISION);
    add_uint(&list, r->blocks);
    for (int i = 0; i < 4; i++)
        add_uint(&list, 0);
    add_uint(out, list.len);
    buf_add(out, list.data, list.len);
    out->failed = out->failed ? out->failed : list.failed;
    buf_release(&list);
}

static bool
print(const struct version *v, struct buf *out, struct err *err)
{
    unsigned char uuid[16], format[2];
    if (getrandom(uuid, sizeof uuid, 0) != (ssize_t)sizeof uuid)
        return err_sys(err, errno, "random numbers");
    uuid[6] = (unsigned char)(0x40 | (uuid[6] & 0x0f)); /* RFC 4122, version 4 */
    uuid[8] = (unsigned char)(0x80 | (uuid[8] & 0x3f));
    code_be16(format, FORMAT);
    buf_str(out, "\x0f\x0dXapian Glass");
    buf_add(out, format, sizeof format);
    buf_add(out, uuid, sizeof uuid);
    add_uint(out, REVISION);
    for (int i = 0; i < VERSION_TABLES; i++)
        add_root(out, (enum version_table)i, &v->root[i]);
    add_uint(out, v->documents);
    add_uint(out, v->last_docid - v->documents);
    add_uint(out, v->length_min);
    add_uint(out, v->wdf_max);
    add_uint(out, v->length_max - v->wdf_max);
    add_uint(out, 0); /* no changesets */
    add_uint(out, v->length);
    add_uint(out, 0); /* no spellings */
    return buf_ok(out, "the version file", err);
}

static bool
sync_folder(const char *dir, struct err *err)
{
    const int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_sys(err, errno, "%s", dir);
    const bool ok = fsync(fd) == 0 || err_sys(err, errno, "%s", dir);
    close(fd);
    return ok;
}

static bool
write_file(const char *path, const struct buf *bytes, struct err *err)
{
    FILE *f = fopen(path, "wbe");
    if (!f)
        return err_sys(err, errno, "%s", path);
    bool ok = (fwrite(bytes->data, 1, bytes->len, f) == bytes->len && fflush(f) == 0 && fsync(fileno(f)) == 0) ||
              err_sys(err, errno, "%s", path);
    if (fclose(f) != 0 && ok)
        ok = err_sys(err, errno, "%s", path);
    return ok;
}

bool
version_write(const char *dir, const struct version *v, struct err *err)
{
    struct buf bytes, from, to;
    buf_init(&bytes, BUF_MAX);
    buf_init(&from, BUF_MAX);
    buf_init(&to, BUF_MAX);
    buf_printf(&from, "%s/v.tmp", dir);
    buf_printf(&to, "%s/iamglass", dir);
    bool ok = print(v, &bytes, err) && buf_ok(&from, "a path", err) && buf_ok(&to, "a path", err) &&
              write_file(from.data, &bytes, err);
    if (ok && rename(from.data, to.data) != 0)
        ok = err_sys(err, errno, "%s", to.data);
    ok = ok && sync_folder(dir, err);
    buf_release(&bytes);
    buf_release(&from);
    buf_release(&to);
    return ok;
}
