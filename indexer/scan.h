/* scan.h - find the files under the paths a user names
 *
 * Files come in a fixed order: names sorted by bytes, a folder as if its name ended in '/', so that a walk and a
 * list of full paths sort alike. Symbolic links given as a root are followed, those inside are not; devices, FIFOs,
 * sockets and the index itself are passed over. All of that is counted.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_SCAN_H
#define BS_INDEXER_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "common/err.h"

struct scan_rules {
    char *const *include; /* globs (fnmatch, FNM_PERIOD off); none: every name read_takes() knows */
    size_t n_include;
    char *const *exclude; /* globs for names, or for paths below the root where they hold a '/'; folders too */
    size_t n_exclude;
    const char *index;    /* folder of the index, or NULL */
};

struct scan_counts {
    size_t files;   /* handed over */
    size_t ignored; /* by rule or by name */
    size_t links;
    size_t special; /* devices, FIFOs, sockets */
};

struct scan_sink {
    void *arg;
    /* A file; named: the user gave this very path. False stops the scan, with err filled. */
    bool (*file)(void *arg, const char *path, const struct stat *st, bool named, struct err *err);
    /* Something that cannot be looked at; the scan goes on. */
    bool (*refused)(void *arg, const char *path, const char *why, struct err *err);
};

/* Walks one root. False: a sink failed, memory is out, or ERR_NOTFOUND: the root itself is not there. */
bool scan_root(const char *root, const struct scan_rules *rules, const struct scan_sink *sink,
               struct scan_counts *counts, struct err *err);

#endif
