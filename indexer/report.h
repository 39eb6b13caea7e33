/* report.h - what a run of the indexer says: messages as it goes, a summary at its end
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_REPORT_H
#define BS_INDEXER_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "indexer/scan.h"

enum report_level {
    REPORT_QUIET,   /* errors and refused input only */
    REPORT_NORMAL,  /* and the summary */
    REPORT_VERBOSE  /* and each file, and what was odd about an article */
};

/* Why something was refused, without what is particular to one file. */
struct report_reason {
    char *why; /* owned */
    size_t n;
};

struct report_refusal {
    char *path, *member, *why; /* owned; member may be NULL */
};

#define REPORT_REASONS_MAX 16
#define REPORT_REFUSALS_MAX 1000

struct report {
    const char *program;
    enum report_level level;
    bool json;        /* the summary is one JSON object on stdout */
    bool progress;    /* a line on stderr that changes */
    bool progress_shown;
    struct timespec start, shown;
    size_t articles;  /* read */
    size_t bytes;     /* of their text */
    size_t added, replaced, removed, unchanged; /* articles */
    size_t copies;    /* articles of the index that are also elsewhere: under another path, or in the same file; where a run changed something */
    size_t removed_files;
    size_t refused;   /* files, folders and records that could not be read */
    size_t refused_before; /* files that were refused by an earlier run and have not changed */
    size_t kept_missing;   /* files that are gone and whose articles stay */
    size_t kept_articles;  /* articles that are gone from their files and stay */
    size_t repaired;  /* articles in which bytes that are not UTF-8 were replaced */
    size_t remarks;   /* articles with something odd in them */
    size_t missing_roots; /* never existed */
    size_t suspect_roots; /* were indexed and look as if they were not mounted; files that lost most of their articles */
    struct report_reason reason[REPORT_REASONS_MAX]; /* the first ones */
    size_t n_reasons;
    struct report_refusal *refusal; /* owned; the first ones, where there is to be a report in JSON */
    size_t n_refusals;
    struct scan_counts scan;
};

void report_start(struct report *r, const char *program, enum report_level level);

void report_release(struct report *r); /* zeroed is fine */

/* Of so many things that one file was refused for the messages are printed. */
#define REPORT_REFUSED_SAID 10

/* "program: path#member: why" on stderr, whatever the level, in printable characters; counts it. member may be NULL. of_file
 * counts what was refused of the file so far: from REPORT_REFUSED_SAID on nothing is printed. NULL: it always is. */
void report_refused(struct report *r, const char *path, const char *member, const char *why, size_t *of_file);

/* At the end of a file of which so much was refused: how much of that was not printed, if any. */
void report_refused_more(struct report *r, const char *path, size_t of_file);

/* The same for what is no error, at REPORT_VERBOSE only. */
void report_remark(struct report *r, const char *path, const char *member, const char *what);

/* "program: path: what" on stderr, whatever the level, not counted. */
void report_about(struct report *r, const char *path, const char *what);

/* "program: what" on stderr, whatever the level. */
void report_error(struct report *r, const char *what);

/* Brings the progress line up to date, a few times a second at most. eaten, whole: bytes on disk that were read, and that are to
 * be read in all (0: not known). */
void report_progress(struct report *r, size_t eaten, size_t whole);

/* Says on the progress line what takes its time now, without articles coming in. */
void report_phase(struct report *r, const char *what);

/* What came of it: a line on stderr, or JSON on stdout (doc/report.schema.json). stored: the index was written. status: the
 * exit status to come. */
void report_summary(struct report *r, bool stored, int status);

/* The same for a run that could not go on, which has said so itself: JSON where it is asked for, with the reason. */
void report_failure(struct report *r, const char *why, int status);

#endif
