/* fault.c - preloaded into a program: its n-th system call on files below a folder kills it, or fails
 *
 * FAULT_UNDER   the folder; only calls on what lies below it, or is it, count
 * FAULT_CALLS   which calls, as letters: w write, s sync, r rename, u unlink and rmdir, m mkdir, o open for writing,
 *               i open for reading, t truncate
 * FAULT_AT      the number of the call, from 1
 * FAULT_ERROR   0: SIGKILL; else this errno is what the call fails with
 * FAULT_STICKY  1: all later calls fail likewise, as on a full disk
 * FAULT_LOG     a line is appended to this file when the fault happens
 *
 * Linux only (/proc/self/fd). Compiled by the tests that use it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static int
is_below(const char *path)
{
    const char *under = getenv("FAULT_UNDER");
    const size_t len = under ? strlen(under) : 0;
    return len && strncmp(path, under, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

static int
is_fd_below(int fd)
{
    char name[64], path[PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    const ssize_t len = readlink(name, path, sizeof path - 1);
    if (len < 0)
        return 0;
    path[len] = '\0';
    return is_below(path);
}

static int
is_at_below(int fd, const char *path)
{
    return path[0] == '/' || fd == AT_FDCWD ? is_below(path) : is_fd_below(fd);
}

static void
tell(char call, long n)
{
    static long (*real_write)(int, const void *, size_t);
    const char *log = getenv("FAULT_LOG");
    char line[64];
    const int len = snprintf(line, sizeof line, "%c %ld\n", call, n);
    int (*real_open)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    real_write = (long (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    const int fd = log ? real_open(log, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;
    if (fd >= 0) {
        real_write(fd, line, (size_t)len);
        close(fd);
    }
}

/* Counts a call. Returns the errno to fail with, 0 to go on. */
static int
fault(char call)
{
    const char *which = getenv("FAULT_CALLS"), *at = getenv("FAULT_AT"), *error = getenv("FAULT_ERROR");
    if (!which || !at || !error || !strchr(which, call))
        return 0;
    const long n = atomic_fetch_add(&calls, 1) + 1, wanted = strtol(at, NULL, 10), code = strtol(error, NULL, 10);
    if (n < wanted || (n > wanted && !getenv("FAULT_STICKY")))
        return 0;
    if (n == wanted)
        tell(call, n);
    if (code == 0) {
        kill(getpid(), SIGKILL);
        for (;;)
            pause();
    }
    return (int)code;
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))
#define FAIL_IF(below, call)                                                                                           \
    do {                                                                                                               \
        const int failure = (below) ? fault(call) : 0;                                                                 \
        if (failure) {                                                                                                 \
            errno = failure;                                                                                           \
            return -1;                                                                                                 \
        }                                                                                                              \
    } while (0)

ssize_t
write(int fd, const void *bytes, size_t n)
{
    FAIL_IF(is_fd_below(fd), 'w');
    return REAL("write", ssize_t (*)(int, const void *, size_t))(fd, bytes, n);
}

ssize_t
pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    FAIL_IF(is_fd_below(fd), 'w');
    return REAL("pwrite", ssize_t (*)(int, const void *, size_t, off_t))(fd, bytes, n, at);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    FAIL_IF(is_fd_below(fd), 'w');
    return REAL("pwrite64", ssize_t (*)(int, const void *, size_t, off64_t))(fd, bytes, n, at);
}

int
fsync(int fd)
{
    FAIL_IF(is_fd_below(fd), 's');
    return REAL("fsync", int (*)(int))(fd);
}

int
fdatasync(int fd)
{
    FAIL_IF(is_fd_below(fd), 's');
    return REAL("fdatasync", int (*)(int))(fd);
}

int
ftruncate(int fd, off_t len)
{
    FAIL_IF(is_fd_below(fd), 't');
    return REAL("ftruncate", int (*)(int, off_t))(fd, len);
}

int
ftruncate64(int fd, off64_t len)
{
    FAIL_IF(is_fd_below(fd), 't');
    return REAL("ftruncate64", int (*)(int, off64_t))(fd, len);
}

int
rename(const char *from, const char *to)
{
    FAIL_IF(is_below(to), 'r');
    return REAL("rename", int (*)(const char *, const char *))(from, to);
}

int
renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    FAIL_IF(is_at_below(to_fd, to), 'r');
    return REAL("renameat", int (*)(int, const char *, int, const char *))(from_fd, from, to_fd, to);
}

int
unlink(const char *path)
{
    FAIL_IF(is_below(path), 'u');
    return REAL("unlink", int (*)(const char *))(path);
}

int
unlinkat(int fd, const char *path, int flags)
{
    FAIL_IF(is_at_below(fd, path), 'u');
    return REAL("unlinkat", int (*)(int, const char *, int))(fd, path, flags);
}

int
rmdir(const char *path)
{
    FAIL_IF(is_below(path), 'u');
    return REAL("rmdir", int (*)(const char *))(path);
}

int
mkdir(const char *path, mode_t mode)
{
    FAIL_IF(is_below(path), 'm');
    return REAL("mkdir", int (*)(const char *, mode_t))(path, mode);
}

static char
kind_of_open(int flags)
{
    return (flags & O_ACCMODE) == O_RDONLY ? 'i' : 'o';
}

#define DEFINE_OPEN(name)                                                                                              \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        va_list args;                                                                                                  \
        va_start(args, flags);                                                                                         \
        const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;                                  \
        va_end(args);                                                                                                  \
        FAIL_IF(is_below(path), kind_of_open(flags));                                                                  \
        return REAL(#name, int (*)(const char *, int, ...))(path, flags, mode);                                        \
    }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_OPENAT(name)                                                                                            \
    int name(int fd, const char *path, int flags, ...)                                                                 \
    {                                                                                                                  \
        va_list args;                                                                                                  \
        va_start(args, flags);                                                                                         \
        const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;                                  \
        va_end(args);                                                                                                  \
        FAIL_IF(is_at_below(fd, path), kind_of_open(flags));                                                           \
        return REAL(#name, int (*)(int, const char *, int, ...))(fd, path, flags, mode);                               \
    }
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)
