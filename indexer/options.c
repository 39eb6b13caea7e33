/* options.c - the command line of the indexer
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/language.h"
#include "common/settings.h"
#include "shim/xapian-c.h"

#define SHORT_OPTIONS "+0d:j:qv"

enum {
    OPT_CONFIG = 256,
    OPT_FORMAT,
    OPT_LANGUAGE,
    OPT_INCLUDE,
    OPT_EXCLUDE,
    OPT_MEMORY,
    OPT_LOCK_WAIT,
    OPT_DRY_RUN,
    OPT_REBUILD,
    OPT_KEEP_MISSING,
    OPT_SKIP_IF_LOCKED,
    OPT_MAX_DELETE,
    OPT_REPORT,
    OPT_PROGRESS,
    OPT_FILES_FROM,
    OPT_CHECK,
    OPT_VERIFY,
    OPT_COMPACT,
    OPT_DUMP,
    OPT_INFO,
    OPT_HELP,
    OPT_VERSION
};

static const struct option long_options[] = {
    {"db", required_argument, NULL, 'd'},
    {"config", required_argument, NULL, OPT_CONFIG},
    {"format", required_argument, NULL, OPT_FORMAT},
    {"language", required_argument, NULL, OPT_LANGUAGE},
    {"include", required_argument, NULL, OPT_INCLUDE},
    {"exclude", required_argument, NULL, OPT_EXCLUDE},
    {"memory", required_argument, NULL, OPT_MEMORY},
    {"lock-wait", required_argument, NULL, OPT_LOCK_WAIT},
    {"jobs", required_argument, NULL, 'j'},
    {"rebuild", no_argument, NULL, OPT_REBUILD},
    {"keep-missing", no_argument, NULL, OPT_KEEP_MISSING},
    {"skip-if-locked", no_argument, NULL, OPT_SKIP_IF_LOCKED},
    {"max-delete", required_argument, NULL, OPT_MAX_DELETE},
    {"report", required_argument, NULL, OPT_REPORT},
    {"progress", required_argument, NULL, OPT_PROGRESS},
    {"files-from", required_argument, NULL, OPT_FILES_FROM},
    {"null", no_argument, NULL, '0'},
    {"check", no_argument, NULL, OPT_CHECK},
    {"verify", no_argument, NULL, OPT_VERIFY},
    {"compact", no_argument, NULL, OPT_COMPACT},
    {"dry-run", no_argument, NULL, OPT_DRY_RUN},
    {"dump", optional_argument, NULL, OPT_DUMP},
    {"info", no_argument, NULL, OPT_INFO},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

void
options_print_help(const char *program)
{
    printf("Usage: %s [OPTION]... PATH...\n"
           "Read news articles under PATH (files or folders) and index them for searching.\n"
           "\n"
           "  -d, --db=DIR           the index (default: $BROADSHEET_DB, else the configured one,\n"
           "                         else ~/.local/share/broadsheet/index)\n"
           "      --format=FORMAT    text, json, jsonl or auto: by each file's name (default)\n"
           "      --language=TAG     of articles that do not say theirs, instead of guessing (en, zh, ...)\n"
           "      --include=GLOB     of folders take only files that match (may be repeated)\n"
           "      --exclude=GLOB     leave out files and folders that match (may be repeated)\n"
           "      --files-from=FILE  read more PATHs from FILE (- is standard input), one a line\n"
           "  -0, --null             PATHs in that file end in NUL\n"
           "  -j, --jobs=N           threads that read articles (default: one a processor)\n"
           "      --memory=SIZE      memory to use, about (default 512M)\n"
           "      --keep-missing     keep articles whose files are gone\n"
           "      --max-delete=PERCENT  do not believe it when more of the files are gone (default 50)\n"
           "      --lock-wait=SECONDS  wait for another indexer to finish (default 0)\n"
           "      --skip-if-locked   when another indexer is at work, end quietly with status 0\n"
           "      --rebuild          read everything anew, beside those who search\n"
           "      --report=text|json the summary as a line on standard error, or JSON on standard output\n"
           "      --progress=auto|always|never\n"
           "      --config=FILE      read options from FILE\n"
           "\n"
           "Instead of indexing:\n"
           "      --dry-run          read everything, say what is wrong, store nothing\n"
           "      --dump[=articles]  print the articles as they were understood, one JSON a line\n"
           "                         (without PATH: those in the index)\n"
           "      --dump=terms       print the terms that the articles under PATH are found by\n"
           "      --info             say what is in the index\n"
           "      --check            is the index sound?\n"
           "      --verify           is the index what is on disk? lists what is missing, stale, extra\n"
           "      --compact          write the index anew, as small as can be\n"
           "\n"
           "  -q, --quiet            say nothing but errors\n"
           "  -v, --verbose          say more\n"
           "      --help, --version\n"
           "\n"
           "Exit status: 0 done, 64 usage, 65 some input was refused and the rest indexed, 66 a PATH\n"
           "does not exist, 73/74 cannot create or read or write, 75 another indexer is at work,\n"
           "77 no permission.\n",
           program);
}

void
options_print_version(void)
{
    printf("%s %s (Xapian %s)\n", PACKAGE_NAME, PACKAGE_VERSION, xap_version_string());
}

static bool
push(char ***list, size_t *n, char *text, struct err *err)
{
    char **more = realloc(*list, (*n + 1) * sizeof *more);
    if (!more)
        return err_nomem(err);
    more[(*n)++] = text;
    *list = more;
    return true;
}

/* Bytes with an optional K, M or G (powers of 1024). */
static bool
parse_size(const char *text, size_t *out, struct err *err)
{
    char *end;
    errno = 0;
    const unsigned long long n = strtoull(text, &end, 10);
    unsigned shift = 0;
    if (*end == 'K' || *end == 'k')
        shift = 10;
    else if (*end == 'M' || *end == 'm')
        shift = 20;
    else if (*end == 'G' || *end == 'g')
        shift = 30;
    if (errno || !(text[0] >= '0' && text[0] <= '9') || end[shift ? 1 : 0] != '\0' || n > (SIZE_MAX >> shift))
        return err_set(err, ERR_ARG, "--memory=%s: not a size such as 512M", text);
    *out = (size_t)n << shift;
    return *out >= (size_t)16 << 20 || err_set(err, ERR_ARG, "--memory=%s: at least 16M are needed", text);
}

/* A number from least to most. */
static bool
parse_number(const char *name, const char *text, double least, double most, double *out, struct err *err)
{
    char *end;
    *out = strtod(text, &end);
    if (end == text || *end != '\0' || !(*out >= least && *out <= most))
        return err_set(err, ERR_ARG, "--%s=%s: not a number from %g to %g", name, text, least, most);
    return true;
}

static bool
parse_jobs(struct options *o, const char *text, struct err *err)
{
    double n;
    if (!parse_number("jobs", text, 1, 64, &n, err))
        return false;
    o->jobs = (unsigned)n;
    return (double)o->jobs == n || err_set(err, ERR_ARG, "--jobs=%s: not a whole number", text);
}

static bool
parse_report(struct options *o, const char *text, struct err *err)
{
    o->report_json = strcmp(text, "json") == 0;
    return o->report_json || strcmp(text, "text") == 0 ||
           err_set(err, ERR_ARG, "--report=%s: neither text nor json", text);
}

static bool
parse_progress(struct options *o, const char *text, struct err *err)
{
    const bool never = strcmp(text, "never") == 0, always = strcmp(text, "always") == 0;
    o->progress = always || (!never && isatty(STDERR_FILENO));
    return never || always || strcmp(text, "auto") == 0 ||
           err_set(err, ERR_ARG, "--progress=%s: not one of auto, always, never", text);
}

static bool
parse_seconds(const char *text, double *out, struct err *err)
{
    char *end;
    *out = strtod(text, &end);
    if (end == text || *end != '\0' || !(*out >= 0 && *out <= 1e9))
        return err_set(err, ERR_ARG, "--lock-wait=%s: not a number of seconds", text);
    return true;
}

/* Actions exclude each other. */
static bool
set_action(struct options *o, enum options_action action, const char *name, struct err *err)
{
    if (o->action != ACTION_INDEX && o->action != action)
        return err_set(err, ERR_ARG, "%s cannot be had together with another thing to do instead of indexing", name);
    o->action = action;
    return true;
}

static bool
parse_dump(struct options *o, const char *what, struct err *err)
{
    if (!what || strcmp(what, "articles") == 0)
        return set_action(o, ACTION_DUMP, "--dump", err);
    if (strcmp(what, "terms") == 0)
        return set_action(o, ACTION_DUMP_TERMS, "--dump=terms", err);
    return err_set(err, ERR_ARG, "--dump=%s: neither articles nor terms", what);
}

/* Well-formed BCP 47, of a language that ICU knows. */
static bool
check_language(const char *tag, struct err *err)
{
    return language_is_tag(tag) || err_set(err, ERR_ARG, "--language=%s: not a language tag such as en or pt-BR", tag);
}

static bool
apply(void *options, int option, char *arg, struct err *err)
{
    struct options *o = options;
    switch (option) {
    case 'd':
        free(o->db);
        o->db = strdup(arg);
        return o->db ? true : err_nomem(err);
    case OPT_FORMAT:
        return read_format_named(arg, &o->format) ||
               err_set(err, ERR_ARG, "--format=%s: not one of text, json, jsonl, auto", arg);
    case OPT_LANGUAGE:
        o->language = arg;
        return check_language(arg, err);
    case OPT_INCLUDE:
        return push(&o->include, &o->n_include, arg, err);
    case OPT_EXCLUDE:
        return push(&o->exclude, &o->n_exclude, arg, err);
    case OPT_MEMORY:
        return parse_size(arg, &o->memory, err);
    case OPT_LOCK_WAIT:
        return parse_seconds(arg, &o->lock_wait, err);
    case 'j':
        return parse_jobs(o, arg, err);
    case '0':
        o->null_separated = true;
        return true;
    case OPT_FILES_FROM:
        o->files_from_name = arg;
        return true;
    case OPT_REBUILD:
        o->rebuild = true;
        return true;
    case OPT_KEEP_MISSING:
        o->keep_missing = true;
        return true;
    case OPT_SKIP_IF_LOCKED:
        o->skip_if_locked = true;
        return true;
    case OPT_MAX_DELETE:
        return parse_number("max-delete", arg, 0, 100, &o->max_delete, err);
    case OPT_REPORT:
        return parse_report(o, arg, err);
    case OPT_PROGRESS:
        return parse_progress(o, arg, err);
    case OPT_CHECK:
        return set_action(o, ACTION_CHECK, "--check", err);
    case OPT_VERIFY:
        return set_action(o, ACTION_VERIFY, "--verify", err);
    case OPT_COMPACT:
        return set_action(o, ACTION_COMPACT, "--compact", err);
    case OPT_DRY_RUN:
        return set_action(o, ACTION_DRY_RUN, "--dry-run", err);
    case OPT_DUMP:
        return parse_dump(o, arg, err);
    case OPT_INFO:
        return set_action(o, ACTION_INFO, "--info", err);
    case 'q':
        o->level = REPORT_QUIET;
        return true;
    case 'v':
        o->level = REPORT_VERBOSE;
        return true;
    case OPT_HELP:
        o->action = ACTION_HELP;
        return true;
    case OPT_VERSION:
        o->action = ACTION_VERSION;
        return true;
    default:
        return err_set(err, ERR_ARG, "try --help");
    }
}

/* The argument of --config, wherever it stands among the options. */
static const char *
find_configuration(int argc, char **argv)
{
    const char *file = NULL;
    int option;
    opterr = 0;
    optind = 0;
    while ((option = getopt_long(argc, argv, SHORT_OPTIONS, long_options, NULL)) != -1)
        if (option == OPT_CONFIG)
            file = optarg;
    opterr = 1;
    optind = 0;
    return file;
}

/* The paths of --files-from, one a line, or with -0 one before each NUL. */
static bool
read_files_from(struct options *o, struct err *err)
{
    FILE *f = strcmp(o->files_from_name, "-") == 0 ? stdin : fopen(o->files_from_name, "re");
    char chunk[4096];
    size_t got;
    if (!f)
        return err_sys(err, errno, "%s", o->files_from_name);
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(&o->files_from, chunk, got);
    bool ok = !ferror(f) || err_sys(err, errno, "%s", o->files_from_name);
    if (f != stdin)
        fclose(f);
    ok = ok && buf_ok(&o->files_from, "--files-from", err);
    const char end = o->null_separated ? '\0' : '\n';
    char *at = o->files_from.data;
    for (char *const stop = at + o->files_from.len; ok && at < stop;) {
        char *next = memchr(at, end, (size_t)(stop - at));
        if (!next)
            next = stop;
        *next = '\0';
        if (*at != '\0')
            ok = push(&o->path, &o->n_paths, at, err);
        at = next + 1;
    }
    return ok;
}

/* Does the action go with paths, and paths with the action? */
static bool
check_paths(const struct options *o, struct err *err)
{
    const bool alone = o->action == ACTION_INFO || o->action == ACTION_CHECK || o->action == ACTION_COMPACT;
    if (alone && o->n_paths > 0)
        return err_set(err, ERR_ARG, "--info, --check and --compact take no PATH");
    if (!alone && o->n_paths == 0 && !o->files_from_name && o->action != ACTION_DUMP)
        return err_set(err, ERR_ARG, "no PATH given; try --help");
    for (size_t i = 0; i < o->n_paths; i++)
        if (o->path[i][0] == '\0')
            return err_set(err, ERR_ARG, "a PATH that is empty");
    if (o->rebuild && o->action != ACTION_INDEX)
        return err_set(err, ERR_ARG, "--rebuild is of no use where nothing is indexed");
    if (o->null_separated && !o->files_from_name)
        return err_set(err, ERR_ARG, "-0 is of no use without --files-from");
    return true;
}

static unsigned
processors(void)
{
    const long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 8 ? 8 : (unsigned)n;
}

bool
options_parse(struct options *o, int argc, char **argv, struct err *err)
{
    *o = (struct options){.level = REPORT_NORMAL, .memory = (size_t)512 << 20, .max_delete = 50};
    o->jobs = processors();
    o->progress = isatty(STDERR_FILENO);
    buf_init(&o->files_from, (size_t)1 << 30);
    const char *file = find_configuration(argc, argv);
    int option;
    while ((option = getopt_long(argc, argv, SHORT_OPTIONS, long_options, NULL)) != -1) {
        if (option == '?')
            return err_set(err, ERR_ARG, "try --help");
        if (option == OPT_HELP || option == OPT_VERSION)
            return apply(o, option, NULL, err);
    }
    if (!settings_apply(&o->conf, file, long_options, apply, o, err))
        return false;
    optind = 0;
    while ((option = getopt_long(argc, argv, SHORT_OPTIONS, long_options, NULL)) != -1)
        if (option != OPT_CONFIG && !apply(o, option, optarg, err))
            return false;
    for (int i = optind; i < argc; i++)
        if (!push(&o->path, &o->n_paths, argv[i], err))
            return false;
    if (o->files_from_name && !read_files_from(o, err))
        return false;
    if (!check_paths(o, err))
        return false;
    char *db = o->db;
    o->db = NULL;
    const bool ok = conf_default_index(&o->db, db, conf_get(&o->conf, NULL, "db"), err);
    free(db);
    return ok;
}

const char *
options_no_such_path(const char *path)
{
    return path[0] == '-' ? "no such file or folder (options stand before the paths)" : "no such file or folder";
}

void
options_release(struct options *o)
{
    free(o->db);
    free(o->include);
    free(o->path);
    buf_release(&o->files_from);
    free(o->exclude);
    conf_release(&o->conf);
}
