/* layout.h - an index on disk: DIR/XAPIANDB names the generation, DIR/gen-N/ is it, DIR/lock is the writer's
 *
 * DIR/XAPIANDB is a Xapian stub file, so that Xapian's own tools take DIR. It is replaced by rename, never changed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_LAYOUT_H
#define BS_COMMON_LAYOUT_H

#include <stdbool.h>

#include "common/err.h"

#define LAYOUT_STUB "XAPIANDB"
#define LAYOUT_LOCK "lock"

/* `dir/name`, malloc'ed; NULL when memory is out. */
char *layout_path(const char *dir, const char *name);

/* The folder of generation n, malloc'ed; NULL when memory is out. */
char *layout_generation_path(const char *dir, unsigned n);

/* Which generation the stub names. False with ERR_NOTFOUND when there is no index, ERR_CORRUPT when the stub
 * is not one of ours. */
bool layout_current(const char *dir, unsigned *n, struct err *err);

/* Makes generation n the current one: syncs its folder, writes a new stub, syncs it, renames it into place, syncs
 * the folder. */
bool layout_switch(const char *dir, unsigned n, struct err *err);

/* Holds a generation for reading or writing: while *fd is open nobody removes it. A read-only or
 * odd file system that cannot lock is fine, nobody removes anything there. False with ERR_MODIFIED
 * when the generation is going: look again which is the current one. */
bool layout_hold(const char *dir, unsigned n, int *fd, struct err *err);

/* Creates the folder and those above it. */
bool layout_create(const char *dir, struct err *err);

/* May an index be in that folder, or come to be there? One that has other things in it and no file
 * of an index is left alone: ERR_EXISTS. */
bool layout_may_be(const char *dir, struct err *err);

#endif
