/* generations.c - old and unfinished generations of an index
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/generations.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "common/layout.h"

/* What NFS makes of a file that is removed while somebody has it open: it goes by itself. */
#define NFS_REMOVED ".nfs*"

/* All that Xapian and bulk/ write into a generation. */
static const char *const ours[] = {"*.glass", "iamglass",  "iamglass.tmp", "flintlock",
                                   "v.tmp",   "facts.tmp", "run-*.tmp",    NFS_REMOVED};

static bool
is_ours(const char *name)
{
    bool is = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
    for (size_t i = 0; !is && i < sizeof ours / sizeof ours[0]; i++)
        is = fnmatch(ours[i], name, 0) == 0;
    return is;
}

/* Has the folder something in it that no indexer wrote? */
static bool
holds_nothing_else(DIR *dir, const char *path, struct err *err)
{
    const struct dirent *d;
    while ((d = readdir(dir)))
        if (!is_ours(d->d_name))
            return err_set(err, ERR_EXISTS,
                           "%s: holds %s, which is no file of an index: it is not removed", path,
                           d->d_name);
    rewinddir(dir);
    return true;
}

/* Removes the files of a folder, then the folder. */
static bool
remove_folder(const char *path, struct err *err)
{
    DIR *dir = opendir(path);
    const struct dirent *d;
    if (!dir)
        return errno == ENOENT ? true : err_sys(err, errno, "%s", path);
    bool ok = holds_nothing_else(dir, path, err);
    while (ok && (d = readdir(dir)))
        if (strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0 &&
            fnmatch(NFS_REMOVED, d->d_name, 0) != 0 && unlinkat(dirfd(dir), d->d_name, 0) != 0 &&
            errno != ENOENT)
            ok = err_sys(err, errno, "%s/%s: cannot remove", path, d->d_name);
    closedir(dir);
    if (ok && rmdir(path) != 0 && errno != ENOENT)
        ok = err_sys(err, errno, "%s: cannot remove", path);
    return ok;
}

bool
generations_remove(const char *dir, unsigned n, struct err *err)
{
    struct err why = {.code = ERR_NONE};
    unsigned current;
    if (layout_current(dir, &current, &why) ? current == n
                                            : why.code != ERR_NOTFOUND && why.code != ERR_CORRUPT)
        return true; /* a stub that was renamed and not synced counts: readers follow it */
    char *path = layout_generation_path(dir, n);
    if (!path)
        return err_nomem(err);
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = true;
    if (fd < 0)
        ok = errno == ENOENT || err_sys(err, errno, "%s", path);
    else if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        ok = err_set(err, ERR_LOCKED, "%s: another indexer is at work (in %s)", dir, path);
    else
        ok = remove_folder(path, err);
    if (fd >= 0)
        close(fd);
    free(path);
    return ok;
}

/* Removes it unless somebody reads it. */
static bool
remove_unread(const char *dir, unsigned n, struct err *err)
{
    char *path = layout_generation_path(dir, n);
    if (!path)
        return err_nomem(err);
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = true;
    if (fd < 0)
        ok = errno == ENOENT || err_sys(err, errno, "%s", path);
    else if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        ok = remove_folder(path, err); /* held all the while: who comes now sees that it goes */
    if (fd >= 0)
        close(fd);
    free(path);
    return ok;
}

/* The number in "gen-N", 0 for another name. */
static unsigned
generation_of(const char *name)
{
    if (strncmp(name, "gen-", 4) != 0 || name[4] < '1' || name[4] > '9')
        return 0;
    char *end;
    errno = 0;
    const unsigned long n = strtoul(name + 4, &end, 10);
    return errno == 0 && *end == '\0' && n <= 1000000000 ? (unsigned)n : 0;
}

bool
generations_clean(const char *dir, unsigned current, struct err *stays, struct err *err)
{
    DIR *d = opendir(dir);
    const struct dirent *entry;
    if (!d)
        return err_sys(err, errno, "%s", dir);
    while ((entry = readdir(d))) {
        const unsigned n = generation_of(entry->d_name);
        if (n != 0 && n != current)
            remove_unread(dir, n, stays);
    }
    closedir(d);
    return true;
}

bool
generations_newest(const char *dir, unsigned below, unsigned *newest, struct err *err)
{
    DIR *d = opendir(dir);
    const struct dirent *entry;
    *newest = 0;
    if (!d)
        return err_sys(err, errno, "%s", dir);
    while ((entry = readdir(d))) {
        const unsigned n = generation_of(entry->d_name);
        if (n > *newest && n < below)
            *newest = n;
    }
    closedir(d);
    return true;
}
