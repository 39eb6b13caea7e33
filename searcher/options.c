/* options.c - the command line of the searcher
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/settings.h"
#include "searcher/query/moment.h"
#include "searcher/query/read.h"
#include "shim/xapian-c.h"

/* More than any query that is answered; query/read.h refuses long before. */
#define INPUT_BYTES_MAX ((size_t)1 << 20)

#define SHORT_OPTIONS "+d:n:"

/* Bytes of a passage: about three lines of a terminal. */
#define SNIPPET_BYTES 240

/* Days of --recent: news are of interest for about a month. */
#define RECENT_DAYS 30

enum {
    OPT_CONFIG = 256,
    OPT_COLOR,
    OPT_FORMAT,
    OPT_OFFSET,
    OPT_QUERY_LANGUAGE,
    OPT_BATCH,
    OPT_EXPLAIN,
    OPT_FIELDS,
    OPT_LANGUAGE,
    OPT_NAMES,
    OPT_SINCE,
    OPT_SORT,
    OPT_UNTIL,
    OPT_RECENT,
    OPT_RUN_TAG,
    OPT_SIMILAR,
    OPT_WITHOUT,
    OPT_SHOW,
    OPT_STRICT,
    OPT_SYNTAX,
    OPT_HELP,
    OPT_VERSION
};

static const struct option long_options[] = {
    {"db", required_argument, NULL, 'd'},
    {"limit", required_argument, NULL, 'n'},
    {"config", required_argument, NULL, OPT_CONFIG},
    {"color", optional_argument, NULL, OPT_COLOR},
    {"format", required_argument, NULL, OPT_FORMAT},
    {"offset", required_argument, NULL, OPT_OFFSET},
    {"query-language", required_argument, NULL, OPT_QUERY_LANGUAGE},
    {"explain", no_argument, NULL, OPT_EXPLAIN},
    {"fields", required_argument, NULL, OPT_FIELDS},
    {"language", required_argument, NULL, OPT_LANGUAGE},
    {"names", required_argument, NULL, OPT_NAMES},
    {"since", required_argument, NULL, OPT_SINCE},
    {"sort", required_argument, NULL, OPT_SORT},
    {"until", required_argument, NULL, OPT_UNTIL},
    {"batch", required_argument, NULL, OPT_BATCH},
    {"run-tag", required_argument, NULL, OPT_RUN_TAG},
    {"recent", optional_argument, NULL, OPT_RECENT},
    {"similar", required_argument, NULL, OPT_SIMILAR},
    {"without", required_argument, NULL, OPT_WITHOUT},
    {"show", required_argument, NULL, OPT_SHOW},
    {"strict", no_argument, NULL, OPT_STRICT},
    {"syntax", required_argument, NULL, OPT_SYNTAX},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

void
options_print_help(const char *program)
{
    printf("Usage: %s [OPTION]... QUERY...\n"
           "Show the articles that answer a query best, best first.\n"
           "\n"
           "  -d, --db=DIR         the index (default: $BROADSHEET_DB, else the configured\n"
           "                       one, else ~/.local/share/broadsheet/index)\n"
           "  -n, --limit=N        show at most N articles (default 10)\n"
           "      --offset=N       leave out the first N\n"
           "      --sort=ORDER     relevance (default), newest or oldest, by publication\n"
           "      --recent[=DAYS]  prefer recent articles: what they get for it halves in\n"
           "                       DAYS (30) days\n"
           "      --since=DATE     published then or later (2023, 2023-10, 2023-10-13,\n"
           "                       yesterday, \"3 weeks ago\")\n"
           "      --until=DATE     published then or earlier; the whole year, month or day\n"
           "      --language=TAG   articles in that language only (en, zh)\n"
           "      --explain        say how the query was read, and what each of its words\n"
           "                       gave each article\n"
           "      --format=FORMAT  text (default), json, jsonl, csv, tsv or trec\n"
           "      --fields=NAME,...  what to print of each article in json, jsonl, csv, tsv:\n"
           "                       rank, score, snippet, or a member of the record\n"
           "      --color=WHEN     auto (default), always or never\n"
           "      --query-language=TAG  the language of the query's words (default: each\n"
           "                       language of the index)\n"
           "      --names=auto|never  never: no names in other scripts than the query's\n"
           "      --syntax=full|words  words: nothing in the query is an operator\n"
           "      --strict         refuse a query that leaves something to guess\n"
           "      --show=UID       show one article in full\n"
           "      --similar=UID    articles like that one, best first; a QUERY is a filter\n"
           "      --batch=FILE     answer each line of FILE (- is standard input): a query,\n"
           "                       or an id, a TAB and a query\n"
           "      --run-tag=TAG    the last column of trec (default broadsheet)\n"
           "      --without=PART,...  leave parts of the ranking out: floor, exact, beside,\n"
           "                       near, feedback, stopwords, compound\n"
           "      --config=FILE    read options from FILE\n"
           "      --help, --version\n"
           "\n"
           "Options come before the QUERY. Its words are alternatives: articles with more\n"
           "of them come first. \"a phrase\", +required, -excluded, AND OR NOT and ( ),\n"
           "title:word, begin*, wom?n, similr~, =this-form, a NEAR/5 b, a PRE/5 b, a W/S b\n"
           "(one sentence), FIRST/50 a, ATLEAST/3 a, a^2, since:2023-10, words:>300.\n"
           "A QUERY of - is read from standard input.\n"
           "\n"
           "Exit status: 0 found, 1 nothing found, 64 usage, 66 no index, 70 bug, 74 cannot\n"
           "read or write, damaged index or one of another version.\n",
           program);
}

void
options_print_version(void)
{
    printf("%s %s (Xapian %s)\n", PACKAGE_NAME, PACKAGE_VERSION, xap_version_string());
}

static bool
parse_number(const char *name, const char *text, unsigned long max, unsigned *out, struct err *err)
{
    char *end;
    errno = 0;
    const unsigned long n = strtoul(text, &end, 10);
    if (errno || end == text || *end != '\0' || text[0] == '-' || n > max)
        return err_set(err, ERR_ARG, "--%s=%s: not a number from 0 to %lu", name, text, max);
    *out = (unsigned)n;
    return true;
}

/* Picks the number of a word in a list that ends in NULL. */
static bool
choose(const char *option, const char *word, const char *const *words, unsigned *out, struct err *err)
{
    for (*out = 0; words[*out]; ++*out)
        if (strcmp(words[*out], word) == 0)
            return true;
    struct buf list;
    buf_init(&list, 1000);
    for (size_t i = 0; words[i]; i++)
        buf_printf(&list, "%s%s", i ? ", " : "", words[i]);
    err_set(err, ERR_ARG, "--%s=%s: not one of %s", option, word, list.data);
    buf_release(&list);
    return false;
}

/* Parts of the ranking, with commas between. */
static bool
parse_parts(const char *list, unsigned *out, struct err *err)
{
    static const char *const parts[] = {"floor", "exact", "beside", "near", "feedback", "stopwords", "compound", NULL};
    for (size_t len; *list; list += len + (list[len] == ',')) {
        char name[40];
        unsigned which;
        len = strcspn(list, ",");
        snprintf(name, sizeof name, "%.*s", (int)(len < sizeof name ? len : sizeof name - 1), list);
        if (!choose("without", name, parts, &which, err))
            return false;
        *out |= 1U << which;
    }
    return true;
}

/* *said: what was typed, where it should be told how it was read. */
static bool
parse_date(const char *name, const char *text, char out[DATE_MAX], const char **said,
           struct err *err)
{
    bool tell;
    if (!moment_date(text, strlen(text), (int64_t)time(NULL), strcmp(name, "until") == 0, out,
                     &tell, err))
        return err_prefix(err, "--%s=%s", name, text);
    *said = tell ? text : NULL;
    return true;
}

static bool
apply(void *options, int option, char *arg, struct err *err)
{
    struct options *o = options;
    static const char *const formats[] = {"text", "json", "jsonl", "csv", "tsv", "trec", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    static const char *const syntaxes[] = {"full", "words", NULL};
    static const char *const names[] = {"auto", "never", NULL};
    static const char *const sorts[] = {"relevance", "newest", "oldest", NULL};
    unsigned choice = 1;
    switch (option) {
    case 'd':
        free(o->db);
        o->db = strdup(arg);
        return o->db ? true : err_nomem(err);
    case 'n':
        return parse_number("limit", arg, REQUEST_LIMIT_MAX, &o->request.limit, err);
    case OPT_OFFSET:
        return parse_number("offset", arg, 1000000000, &o->request.offset, err);
    case OPT_FORMAT:
        if (!choose("format", arg, formats, &choice, err))
            return false;
        o->format = (enum options_format)choice;
        return true;
    case OPT_COLOR:
        if (!choose("color", arg ? arg : "always", colors, &choice, err))
            return false;
        o->color = (enum options_color)choice;
        return true;
    case OPT_SYNTAX:
        if (!choose("syntax", arg, syntaxes, &choice, err))
            return false;
        o->request.plain_words = choice == 1;
        return true;
    case OPT_NAMES:
        if (!choose("names", arg, names, &choice, err))
            return false;
        o->request.no_names = choice == 1;
        return true;
    case OPT_SORT:
        if (!choose("sort", arg, sorts, &choice, err))
            return false;
        o->request.sort = (enum request_sort)choice;
        return true;
    case OPT_SINCE:
        o->request.since = o->since;
        return parse_date("since", arg, o->since, &o->request.since_said, err);
    case OPT_UNTIL:
        o->request.until = o->until;
        return parse_date("until", arg, o->until, &o->request.until_said, err);
    case OPT_LANGUAGE:
        o->request.language = arg;
        return query_is_language(arg, strlen(arg)) ||
               err_set(err, ERR_ARG, "--language=%s: not a language tag such as en", arg);
    case OPT_EXPLAIN:
        o->request.explain = true;
        return true;
    case OPT_FIELDS:
        return fields_parse(&o->fields, arg, err);
    case OPT_STRICT:
        o->request.strict = true;
        return true;
    case OPT_QUERY_LANGUAGE:
        o->request.query_language = o->query_language;
        return article_language(arg, strlen(arg), o->query_language) ||
               err_set(err, ERR_ARG, "--query-language=%s: not a language tag such as en", arg);
    case OPT_BATCH:
        o->batch = arg;
        o->action = ACTION_BATCH;
        return true;
    case OPT_RUN_TAG:
        o->run_tag = arg;
        return (arg[0] != '\0' && strpbrk(arg, " \t\n") == NULL) ||
               err_set(err, ERR_ARG, "--run-tag=%s: blanks are not allowed", arg);
    case OPT_SHOW:
        o->show = arg;
        o->action = ACTION_SHOW;
        return true;
    case OPT_RECENT:
        if (arg && (!parse_number("recent", arg, 1000000, &choice, err) || choice == 0))
            return choice == 0 ? err_set(err, ERR_ARG, "--recent=%s: not a number of days from 1 on", arg) : false;
        o->request.half_life = arg ? choice : RECENT_DAYS;
        return true;
    case OPT_SIMILAR:
        o->request.similar = arg;
        return true;
    case OPT_WITHOUT:
        return parse_parts(arg, &o->request.without, err);
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

/* One of our options, behind the first word? Then it is read as a part of the query, which may surprise. */
static bool
looks_like_option(const char *text)
{
    if (text[0] != '-')
        return false;
    if (text[1] != '-')
        return (text[1] == 'n' || text[1] == 'd') && text[2] == '\0';
    char name[40];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text + 2, "="), text + 2);
    return settings_option(long_options, name) != NULL;
}

/* Several arguments are one query, with blanks between; "-" alone is standard input. */
static bool
gather_query(struct options *o, int argc, char **argv, struct err *err)
{
    buf_init(&o->query, INPUT_BYTES_MAX);
    if (argc == 1 && strcmp(argv[0], "-") == 0) {
        char chunk[4096];
        size_t got;
        while ((got = fread(chunk, 1, sizeof chunk, stdin)) > 0)
            buf_add(&o->query, chunk, got);
        if (ferror(stdin))
            return err_sys(err, errno, "standard input");
    }
    else {
        for (int i = 0; i < argc; i++) {
            if (i > 0)
                buf_ch(&o->query, ' ');
            buf_str(&o->query, argv[i]);
        }
    }
    for (int i = 1; i < argc; i++)
        if (looks_like_option(argv[i]))
            o->late_option = argv[i];
    o->request.query = o->query.data;
    o->request.query_len = o->query.len;
    return buf_ok(&o->query, "the query", err);
}

/* The argument of --config; and whether help or the version is wanted, or an option is wrong. */
static bool
look_ahead(struct options *o, int argc, char **argv, const char **file, struct err *err)
{
    int option;
    optind = 0;
    while ((option = getopt_long(argc, argv, SHORT_OPTIONS, long_options, NULL)) != -1) {
        if (option == '?')
            return err_set(err, ERR_ARG, "try --help; a QUERY that begins with - goes behind --");
        if (option == OPT_CONFIG)
            *file = optarg;
        if (option == OPT_HELP || option == OPT_VERSION)
            return apply(o, option, NULL, err);
    }
    return true;
}

bool
options_parse(struct options *o, int argc, char **argv, struct err *err)
{
    *o = (struct options){.request = {.limit = 10, .snippet_bytes = SNIPPET_BYTES}, .run_tag = "broadsheet"};
    buf_init(&o->query, INPUT_BYTES_MAX);
    const char *file = NULL;
    if (!look_ahead(o, argc, argv, &file, err))
        return false;
    if (o->action == ACTION_HELP || o->action == ACTION_VERSION)
        return true;
    if (!settings_apply(&o->conf, file, long_options, apply, o, err))
        return false;
    int option;
    optind = 0;
    while ((option = getopt_long(argc, argv, SHORT_OPTIONS, long_options, NULL)) != -1)
        if (option != OPT_CONFIG && !apply(o, option, optarg, err))
            return false;
    if (o->action == ACTION_SEARCH && optind == argc && !o->request.similar)
        return err_set(err, ERR_ARG, "no QUERY given; try --help");
    if (o->action != ACTION_SEARCH && optind < argc)
        return err_set(err, ERR_ARG, "--show and --batch take no QUERY");
    if (!gather_query(o, argc - optind, argv + optind, err))
        return false;
    char *db = o->db;
    o->db = NULL;
    const bool ok = conf_default_index(&o->db, db, conf_get(&o->conf, NULL, "db"), err);
    free(db);
    return ok;
}

void
options_release(struct options *o)
{
    free(o->db);
    buf_release(&o->query);
    conf_release(&o->conf);
}
