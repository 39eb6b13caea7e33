/* layout.c - an index on disk: DIR/XAPIANDB names the generation, DIR/gen-N/ is it, DIR/lock is the writer's
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/layout.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/buf.h"

#define STUB_MAX 4096

char *
layout_path(const char *dir, const char *name)
{
    struct buf path;
    buf_init(&path, 1 << 20);
    buf_printf(&path, "%s/%s", dir, name);
    return buf_take(&path);
}

char *
layout_generation_path(const char *dir, unsigned n)
{
    struct buf path;
    buf_init(&path, 1 << 20);
    buf_printf(&path, "%s/gen-%u", dir, n);
    return buf_take(&path);
}

/* Reads "glass gen-N" (or auto) out of a stub; comments and empty lines are Xapian's to allow. */
static bool
parse_stub(const char *text, unsigned *n)
{
    static const char *const starts[] = {"glass gen-", "auto gen-"};
    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n')
        for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
            const size_t len = strlen(starts[i]);
            if (strncmp(line, starts[i], len) != 0 || line[len] < '1' || line[len] > '9')
                continue;
            char *end;
            errno = 0;
            const unsigned long value = strtoul(line + len, &end, 10);
            if (errno == 0 && value <= 1000000000 && (*end == '\n' || *end == '\0')) {
                *n = (unsigned)value;
                return true;
            }
        }
    return false;
}

bool
layout_current(const char *dir, unsigned *n, struct err *err)
{
    char text[STUB_MAX + 1];
    char *path = layout_path(dir, LAYOUT_STUB);
    if (!path)
        return err_nomem(err);
    bool ok = false;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t got = fd >= 0 ? read(fd, text, STUB_MAX) : -1;
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        err_set(err, ERR_NOTFOUND, "no index in %s", dir);
    else if (got < 0)
        err_sys(err, errno, "%s", path);
    else {
        text[got] = '\0';
        ok = parse_stub(text, n);
        if (!ok)
            err_set(err, ERR_CORRUPT, "%s: names no generation of an index", path);
    }
    if (fd >= 0)
        close(fd);
    free(path);
    return ok;
}

static bool
sync_folder(const char *dir, struct err *err)
{
    const int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_sys(err, errno, "%s", dir);
    const bool ok = fsync(fd) == 0 || errno == EINVAL || err_sys(err, errno, "%s: fsync", dir);
    close(fd);
    return ok;
}

static bool
write_file(const char *path, const char *text, size_t len, struct err *err)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_sys(err, errno, "%s", path);
    bool ok = true;
    errno = 0; /* a short write sets none */
    if (write(fd, text, len) != (ssize_t)len || fsync(fd) != 0)
        ok = err_sys(err, errno ? errno : ENOSPC, "%s", path);
    if (close(fd) != 0 && ok)
        ok = err_sys(err, errno, "%s", path);
    return ok;
}

bool
layout_switch(const char *dir, unsigned n, struct err *err)
{
    char *fresh = layout_path(dir, LAYOUT_STUB ".new");
    char *stub = layout_path(dir, LAYOUT_STUB);
    char *generation = layout_generation_path(dir, n);
    struct err why = {.code = ERR_NONE};
    struct buf text;
    buf_init(&text, STUB_MAX);
    buf_printf(&text, "glass gen-%u\n", n);
    bool ok = fresh && stub && generation ? buf_ok(&text, "stub", err) : err_nomem(err);
    if (ok && !sync_folder(generation, &why) && why.code != ERR_NOTFOUND)
        ok = err_set(err, why.code, "%s", why.msg);
    ok = ok && write_file(fresh, text.data, text.len, err);
    if (ok && rename(fresh, stub) != 0)
        ok = err_sys(err, errno, "%s: rename", stub);
    ok = ok && sync_folder(dir, err);
    buf_release(&text);
    free(fresh);
    free(stub);
    free(generation);
    return ok;
}

bool
layout_hold(const char *dir, unsigned n, int *fd, struct err *err)
{
    char *path = layout_generation_path(dir, n);
    *fd = -1;
    if (!path)
        return err_nomem(err);
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = true;
    if (folder < 0 && errno == ENOENT)
        ok = err_set(err, ERR_MODIFIED, "%s: gone", path);
    else if (folder < 0)
        ok = err_sys(err, errno, "%s", path);
    else if (flock(folder, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        ok = err_set(err, ERR_MODIFIED, "%s: is being removed", path);
    free(path);
    if (ok)
        *fd = folder;
    else if (folder >= 0)
        close(folder);
    return ok;
}

/* That something above it is missing or no folder is no index that was not found. */
static bool
cannot_create(int errno_value, const char *path, struct err *err)
{
    err_sys(err, errno_value, "%s: cannot create the folder", path);
    if (err && err->code == ERR_NOTFOUND)
        err->code = ERR_IO;
    return false;
}

bool
layout_create(const char *dir, struct err *err)
{
    char *path = strdup(dir);
    if (!path)
        return err_nomem(err);
    bool ok = true;
    for (char *p = path + 1; ok && path[0] != '\0'; p++) {
        const char kept = *p;
        if (kept != '/' && kept != '\0')
            continue;
        *p = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            ok = cannot_create(errno, path, err);
        *p = kept;
        if (kept == '\0')
            break;
    }
    struct stat st;
    if (ok && (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode)))
        ok = err_set(err, ERR_IO, "%s: not a folder", dir);
    free(path);
    return ok;
}

/* Is there a name in the folder but those that an empty disk has? */
static bool
has_something(const char *dir, bool *something, struct err *err)
{
    static const char *const nothing[] = {".", "..", "lost+found"};
    const struct dirent *entry;
    DIR *d = opendir(dir);
    *something = false;
    if (!d)
        return err_sys(err, errno, "%s", dir);
    while (!*something && (entry = readdir(d))) {
        *something = true;
        for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++)
            *something = *something && strcmp(entry->d_name, nothing[i]) != 0;
    }
    closedir(d);
    return true;
}

/* The lock is the first file of an index; it is looked for last, for another indexer may be making
 * it just now. */
bool
layout_may_be(const char *dir, struct err *err)
{
    static const char *const mark[] = {LAYOUT_STUB, LAYOUT_LOCK};
    bool something, ours = false;
    struct stat st;
    if (!has_something(dir, &something, err))
        return false;
    for (size_t i = 0; something && !ours && i < sizeof mark / sizeof mark[0]; i++) {
        char *path = layout_path(dir, mark[i]);
        if (!path)
            return err_nomem(err);
        ours = lstat(path, &st) == 0;
        free(path);
    }
    return !something || ours ||
           err_set(err, ERR_EXISTS,
                   "%s: a folder with other things in it, and no index: name an empty or a new "
                   "folder with --db",
                   dir);
}
