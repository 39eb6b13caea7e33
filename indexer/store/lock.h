/* lock.h - one writer to an index
 *
 * DIR/lock holds who has it (pid, host, start, command), is locked with an open file description lock, which the kernel
 * gives back when the holder dies, and is never removed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_LOCK_H
#define BS_INDEXER_STORE_LOCK_H

#include <stdatomic.h>
#include <stdbool.h>

#include "common/err.h"

/* Takes the lock; *fd holds it until it is closed. ERR_LOCKED names the holder. command: the caller's, for others
 * to read. wait_seconds: how long to try (0: once). *stop, set by a signal handler, ends the waiting; may be NULL. */
bool lock_take(const char *dir, const char *command, double wait_seconds, const atomic_int *stop, int *fd,
               struct err *err);
void lock_give(int fd);

/* Is it still so? ERR_MODIFIED: somebody removed the file, and others can take the lock. */
bool lock_is_held(const char *dir, int fd, struct err *err);

#endif
