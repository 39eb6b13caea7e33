/* options.h - the command line of the indexer
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_OPTIONS_H
#define BS_INDEXER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/conf.h"
#include "common/err.h"
#include "indexer/read/read.h"
#include "indexer/report.h"

enum options_action {
    ACTION_INDEX,
    ACTION_DUMP,       /* the records, as JSON Lines on stdout */
    ACTION_DUMP_TERMS, /* the terms, likewise */
    ACTION_DRY_RUN,    /* read and count, store nothing */
    ACTION_INFO,       /* what is in the index */
    ACTION_CHECK,      /* is the index sound? */
    ACTION_VERIFY,     /* is the index what is on disk? */
    ACTION_COMPACT,    /* write it anew, as small as can be */
    ACTION_HELP,
    ACTION_VERSION
};

struct options {
    enum options_action action;
    char *db; /* owned */
    enum read_format format;
    const char *language;
    char **include, **exclude; /* owned arrays of borrowed texts */
    size_t n_include, n_exclude;
    enum report_level level;
    double lock_wait;
    size_t memory; /* bytes */
    unsigned jobs; /* threads that read */
    bool rebuild, keep_missing, skip_if_locked;
    double max_delete; /* percent */
    bool report_json;
    bool progress;
    char **path; /* owned array of texts: of argv, and of files_from */
    size_t n_paths;
    struct buf files_from; /* the texts of --files-from */
    const char *files_from_name;
    bool null_separated;
    struct conf conf; /* what texts from the configuration lie in */
};

/* ERR_ARG with a message for the user: exit 64. ERR_NOTFOUND: a --config that is not there. */
bool options_parse(struct options *o, int argc, char **argv, struct err *err);
void options_release(struct options *o);

/* What to say of a PATH that is not there; it may be an option that came too late. */
const char *options_no_such_path(const char *path);

void options_print_help(const char *program);
void options_print_version(void);

#endif
