/* options.h - the command line of the searcher
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_OPTIONS_H
#define BS_SEARCHER_OPTIONS_H

#include <stdbool.h>

#include "common/article.h"
#include "common/buf.h"
#include "common/conf.h"
#include "common/date.h"
#include "common/err.h"
#include "searcher/present/fields.h"
#include "searcher/request.h"

enum options_action {
    ACTION_SEARCH,
    ACTION_SHOW,
    ACTION_BATCH,
    ACTION_HELP,
    ACTION_VERSION
};

enum options_format {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_JSONL,
    FORMAT_CSV,
    FORMAT_TSV,
    FORMAT_TREC
};

enum options_color {
    COLOR_AUTO, /* on a terminal, unless $NO_COLOR is set */
    COLOR_ALWAYS,
    COLOR_NEVER
};

struct options {
    enum options_action action;
    enum options_format format;
    enum options_color color;
    struct request request;
    char *db;          /* owned */
    const char *show;  /* uid of the article to show */
    const char *batch; /* file of queries, "-" for standard input */
    const char *run_tag;
    struct present_fields fields; /* what to print of each hit; n 0: the format's own choice */
    char since[DATE_MAX], until[DATE_MAX]; /* request.since and until point here */
    char query_language[ARTICLE_PRIMARY_MAX]; /* request.query_language points here */
    const char *late_option; /* an argument behind the first word that looks like one of ours; NULL: none */
    struct buf query;  /* request.query lies in it */
    struct conf conf;  /* texts from the configuration lie in it */
};

/* ERR_ARG, ERR_SYNTAX, ERR_NOTFOUND: exit 64 with the message. Reads the query from standard input where it is "-". */
bool options_parse(struct options *o, int argc, char **argv, struct err *err);
void options_release(struct options *o);

void options_print_help(const char *program);
void options_print_version(void);

#endif
