/* lock.c - one writer to an index
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/date.h"
#include "common/layout.h"

#define HOLDER_MAX 2000

/* Who holds it, as the holder wrote it, on one line. */
static bool
held(int fd, const char *dir, struct err *err)
{
    char text[HOLDER_MAX + 1];
    const ssize_t got = pread(fd, text, HOLDER_MAX, 0);
    size_t len = got > 0 ? (size_t)got : 0;
    while (len > 0 && text[len - 1] == '\n')
        len--;
    text[len] = '\0';
    struct buf line;
    buf_init(&line, 2 * HOLDER_MAX + 1);
    for (size_t i = 0; i < len; i++)
        buf_str(&line, text[i] == '\n' ? ", " : (const char[]){text[i], '\0'});
    err_set(err, ERR_LOCKED, "%s: another indexer is at work (%s)", dir,
            line.len > 0 ? line.data : "unknown");
    buf_release(&line);
    return false;
}

static bool
write_holder(int fd, const char *path, const char *command, struct err *err)
{
    char host[256] = "", start[DATE_MAX];
    struct buf text;
    gethostname(host, sizeof host - 1);
    date_print_seconds((int64_t)time(NULL), start);
    buf_init(&text, HOLDER_MAX);
    buf_printf(&text, "pid %ld\nhost %s\nstart %s\ncommand %.1500s\n", (long)getpid(), host, start, command);
    bool ok = buf_ok(&text, "the lock", err);
    errno = 0; /* a short write sets none */
    if (ok && (ftruncate(fd, 0) != 0 || pwrite(fd, text.data, text.len, 0) != (ssize_t)text.len))
        ok = err_sys(err, errno ? errno : ENOSPC, "%s", path);
    buf_release(&text);
    return ok;
}

static double
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Is it still the file of that name? */
static bool
is_in_place(const char *path, int fd)
{
    struct stat there, here;
    return fstat(fd, &here) == 0 && stat(path, &there) == 0 && here.st_dev == there.st_dev &&
           here.st_ino == there.st_ino;
}

bool
lock_is_held(const char *dir, int fd, struct err *err)
{
    char *path = layout_path(dir, LAYOUT_LOCK);
    if (!path)
        return err_nomem(err);
    const bool held =
        is_in_place(path, fd) || err_set(err, ERR_MODIFIED,
                                         "%s: was removed or replaced while this indexer was at "
                                         "work, and another one may write now: "
                                         "what it had not committed is left to the next run",
                                         path);
    free(path);
    return held;
}

bool
lock_take(const char *dir, const char *command, double wait_seconds, const atomic_int *stop, int *fd,
          struct err *err)
{
    const double deadline = now() + wait_seconds;
    char *path = layout_path(dir, LAYOUT_LOCK);
    *fd = -1;
    if (!path)
        return err_nomem(err);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    bool ok = lock >= 0 || err_sys(err, errno, "%s", path);
    while (ok) {
        struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        if (fcntl(lock, F_OFD_SETLK, &range) == 0) {
            if (is_in_place(path, lock))
                break;
            close(lock); /* whoever removed it made way for somebody else */
            lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
            ok = lock >= 0 || err_sys(err, errno, "%s", path);
        } else if (errno != EAGAIN && errno != EACCES && errno != EINTR)
            ok = err_sys(err, errno, "%s: cannot lock", path);
        else if (now() >= deadline || (stop && *stop))
            ok = held(lock, dir, err);
        else /* a signal ends it early, and one that came before it is seen soon enough */
            nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    }
    ok = ok && write_holder(lock, path, command, err);
    free(path);
    if (!ok && lock >= 0)
        close(lock);
    if (ok)
        *fd = lock;
    return ok;
}

void
lock_give(int fd)
{
    if (fd >= 0)
        close(fd);
}
