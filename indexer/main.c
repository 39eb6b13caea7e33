/* main.c - the indexer: reads news articles and indexes them for searching
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/layout.h"
#include "common/standard.h"
#include "indexer/info.h"
#include "indexer/inspect.h"
#include "indexer/options.h"
#include "indexer/report.h"
#include "indexer/run.h"
#include "indexer/store/store.h"
#include "indexer/update.h"

/* doc/broadsheet-indexer.1 says what each status means. */
static int
status_of(const struct err *err)
{
    switch (err->code) {
    case ERR_NONE:
        return 0;
    case ERR_ARG:
    case ERR_SYNTAX:
        return EX_USAGE;
    case ERR_NOTFOUND:
        return EX_NOINPUT;
    case ERR_LOCKED:
    case ERR_MODIFIED:
    case ERR_UNSUPPORTED:
        return EX_TEMPFAIL;
    case ERR_EXISTS:
        return EX_CANTCREAT;
    case ERR_PERM:
        return EX_NOPERM;
    case ERR_NOMEM:
    case ERR_IO:
    case ERR_CORRUPT:
        return EX_IOERR;
    default:
        return EX_SOFTWARE;
    }
}

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The command line on one line, for the lock. */
static void
join_arguments(struct buf *out, int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        buf_printf(out, "%s%s", i ? " " : "", argv[i]);
}

/* The signal that asked for the end; 0: none did. */
static atomic_int stopped_by;

static void
on_signal(int number)
{
    stopped_by = number;
}

/* The first signal ends the run with what is whole committed, a second one ends it at once. One
 * that is ignored (nohup) remains so. */
static void
catch_signals(void)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
    const struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) {
        struct sigaction before;
        if (sigaction(ending[i], NULL, &before) != 0 || before.sa_handler != SIG_IGN)
            sigaction(ending[i], &action, NULL);
    }
}

static int
fail(struct report *report, const struct err *err)
{
    report_error(report, err->msg);
    return status_of(err);
}

/* Another indexer is at work. Under -q the status alone says so, unless it was waited for in vain: cron sends a mail for
 * whatever is printed, and a run that finds the one before it is no news. */
static int
locked(const struct options *o, struct report *report, const struct err *err)
{
    if (o->skip_if_locked)
        return 0;
    if (o->level > REPORT_QUIET || o->lock_wait > 0)
        report_error(report, err->msg);
    return EX_TEMPFAIL;
}

static int
status_of_report(const struct report *report)
{
    if (report->suspect_roots > 0)
        return EX_TEMPFAIL;
    if (report->missing_roots > 0)
        return EX_NOINPUT;
    return report->refused > 0 ? EX_DATAERR : 0;
}

static int
print(const struct options *o, struct report *report)
{
    struct err err = {.code = ERR_NONE};
    if (!run(o, report, &err)) {
        const int failed = fail(report, &err);
        if (o->action == ACTION_DRY_RUN || o->action == ACTION_INDEX) /* a dump has standard output for itself */
            report_failure(report, err.msg, failed);
        return failed;
    }
    const int status = status_of_report(report);
    report_summary(report, false, status);
    return status;
}

/* Is there an index, or something that one could be made of? An index of a mistyped path would
 * answer that nothing is found. */
static bool
has_a_point(const struct options *o)
{
    struct err why = {.code = ERR_NONE};
    unsigned generation;
    bool any = layout_current(o->db, &generation, &why) || why.code != ERR_NOTFOUND;
    for (size_t i = 0; !any && i < o->n_paths; i++)
        any = access(o->path[i], R_OK) == 0;
    return any;
}

static int
update(const struct options *o, struct report *report, int argc, char **argv)
{
    struct err err = {.code = ERR_NONE};
    struct buf command;
    if (!has_a_point(o))
        return print(o, report); /* which says what is wrong with the paths */
    catch_signals();
    buf_init(&command, 1 << 22);
    join_arguments(&command, argc, argv);
    const bool ok = update_run(o, command.data, &stopped_by, report, &err);
    buf_release(&command);
    if (!ok) {
        const bool stopped = err.code == ERR_LOCKED && stopped_by;
        const int failed = stopped                  ? 128 + stopped_by
                           : err.code == ERR_LOCKED ? locked(o, report, &err)
                                                    : fail(report, &err);
        report_failure(report, stopped ? "stopped by a signal" : err.msg, failed);
        return failed;
    }
    const int status = stopped_by ? 128 + stopped_by : status_of_report(report);
    report_summary(report, true, status);
    return status;
}

/* Faults outrank everything; they are on stdout. */
static int
check(const struct options *o, struct report *report)
{
    struct err err = {.code = ERR_NONE};
    size_t faults;
    if (!inspect_check(o->db, &faults, &err)) {
        const int status = fail(report, &err);
        return status == EX_SOFTWARE || err.code == ERR_UNSUPPORTED ? EX_IOERR : status;
    }
    if (o->level >= REPORT_NORMAL)
        fprintf(stderr, faults ? "%s: %zu faults found\n" : "%s: no fault found\n", report->program, faults);
    return faults ? EX_IOERR : 0;
}

static int
verify(const struct options *o, struct report *report)
{
    struct err err = {.code = ERR_NONE};
    size_t differences;
    if (!inspect_verify(o, &differences, &err))
        return fail(report, &err);
    if (o->level >= REPORT_NORMAL)
        fprintf(stderr, differences == 1 ? "%s: %zu difference\n" : differences ? "%s: %zu differences\n" : "%s: the index is what is on disk\n",
                report->program, differences);
    return differences ? 1 : 0;
}

static int
compact(const struct options *o, struct report *report, int argc, char **argv)
{
    struct err err = {.code = ERR_NONE};
    struct store *store = NULL;
    struct buf command;
    unsigned generation;
    buf_init(&command, 1 << 22);
    join_arguments(&command, argc, argv);
    const struct store_options options = {.dir = o->db,
                                          .command = command.data,
                                          .lock_wait = o->lock_wait,
                                          .memory = o->memory,
                                          .say = report_error,
                                          .report = report};
    const double before = info_size(o->db);
    /* compacting what is not there would make it */
    const bool ok = layout_current(o->db, &generation, &err) && store_open(&store, &options, &err) &&
                    store_compact(store, &err);
    store_free(store);
    buf_release(&command);
    if (!ok && err.code == ERR_LOCKED)
        return locked(o, report, &err);
    if (ok && o->level >= REPORT_NORMAL)
        fprintf(stderr, "%s: %.1f MB before, %.1f MB now\n", report->program, before / 1e6, info_size(o->db) / 1e6);
    return ok ? 0 : fail(report, &err);
}

static int
act(const struct options *o, struct report *report, int argc, char **argv)
{
    struct err err = {.code = ERR_NONE};
    switch (o->action) {
    case ACTION_INDEX:
        return update(o, report, argc, argv);
    case ACTION_DUMP:
        if (o->n_paths == 0)
            return inspect_dump(o->db, &err) ? 0 : fail(report, &err);
        return print(o, report);
    case ACTION_DUMP_TERMS:
    case ACTION_DRY_RUN:
        return print(o, report);
    case ACTION_INFO:
        return info_print(o->db, &err) ? 0 : fail(report, &err);
    case ACTION_CHECK:
        return check(o, report);
    case ACTION_VERIFY:
        return verify(o, report);
    case ACTION_COMPACT:
        return compact(o, report, argc, argv);
    case ACTION_HELP:
        options_print_help(report->program);
        return 0;
    case ACTION_VERSION:
        options_print_version();
        return 0;
    }
    return EX_SOFTWARE;
}

int
main(int argc, char **argv)
{
    struct err err = {.code = ERR_NONE};
    struct options o;
    struct report report = {.program = base_name(argc > 0 ? argv[0] : "indexer")};
    int status;
    standard_open();
    /* A file size limit is an error of write(2), not the end of the process. */
    signal(SIGXFSZ, SIG_IGN);
    if (!options_parse(&o, argc, argv, &err)) {
        report_error(&report, err.msg);
        status = err.code == ERR_NOMEM ? EX_IOERR : EX_USAGE;
    } else {
        report_start(&report, report.program, o.level);
        report.json = o.report_json;
        report.progress = o.progress && o.level > REPORT_QUIET;
        status = act(&o, &report, argc, argv);
    }
    if (fflush(stdout) != 0 && status == 0) {
        report_error(&report, "standard output: cannot write");
        status = EX_IOERR;
    }
    options_release(&o);
    report_release(&report);
    return status;
}
