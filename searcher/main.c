/* main.c - the searcher: answers queries from an index of news articles
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sysexits.h>
#include <unistd.h>

#include "common/standard.h"
#include "common/utf8.h"
#include "searcher/options.h"
#include "searcher/present/present.h"
#include "searcher/search.h"

#define NOTHING_FOUND 1
#define OUTPUT_MAX ((size_t)1 << 31)
#define LINE_ID_MAX ((size_t)1 << 20)

static const char *program;

/* One line on stderr: what was typed or read is in it, cleaned of what a terminal would act upon.
 */
__attribute__((format(printf, 1, 2))) static void
say(const char *format, ...)
{
    va_list args;
    char *text = NULL;
    struct buf clean, line;
    va_start(args, format);
    const int len = vasprintf(&text, format, args);
    va_end(args);
    buf_init(&clean, OUTPUT_MAX);
    buf_init(&line, OUTPUT_MAX);
    if (len >= 0)
        utf8_clean(&clean, text, (size_t)len);
    utf8_squeeze(&line, clean.data, clean.len);
    fprintf(stderr, "%s: %s\n", program, line.data);
    buf_release(&line);
    buf_release(&clean);
    if (len >= 0)
        free(text);
}

/* doc/broadsheet-searcher.1 says what each status means. */
static int
fail(const struct err *err)
{
    say("%s", err->msg);
    switch (err->code) {
    case ERR_ARG:
    case ERR_SYNTAX:
        return EX_USAGE;
    case ERR_NOTFOUND:
        return EX_NOINPUT;
    case ERR_BUG:
        return EX_SOFTWARE;
    default:
        return EX_IOERR;
    }
}

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The query as it was understood. Of a batch, the lines about it begin with its id. */
static void
print_reading(const struct result *r)
{
    const char *id = r->query_id;
    struct buf text;
    buf_init(&text, OUTPUT_MAX);
    query_print(&r->query, &text);
    say("%s%s%sread as: %s", id ? "query " : "", id ? id : "", id ? ": " : "",
        text.len ? text.data : "nothing");
    buf_release(&text);
}

static struct present_style
style_of(const struct options *o)
{
    struct present_style style = {.color = o->color == COLOR_ALWAYS, .columns = 80};
    struct winsize size;
    const char *no_color = getenv("NO_COLOR");
    if (isatty(STDOUT_FILENO)) {
        if (o->color == COLOR_AUTO)
            style.color = !no_color || no_color[0] == '\0';
        if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
            style.columns = size.ws_col < 120 ? size.ws_col : 120;
    }
    return style;
}

/* Everything at once: a full disk is noticed before the exit status is chosen. */
static int
print(const struct buf *out)
{
    struct err err = {.code = ERR_NONE};
    if (!buf_ok(out, "the answer", &err))
        return fail(&err);
    if (fwrite(out->data, 1, out->len, stdout) == out->len && fflush(stdout) == 0)
        return 0;
    err_sys(&err, errno, "standard output");
    err.code = ERR_IO;
    return fail(&err);
}

/* A batch tells of names in other scripts only where it is explained: they are no guess. */
static void
print_notes(const struct result *r, bool explained)
{
    const struct query *q = &r->query;
    const char *id = r->query_id;
    for (size_t i = 0; i < q->n_notes; i++)
        if (explained || !id || strcmp(q->note[i].code, "names") != 0)
            say("%s%s%snote: %s", id ? "query " : "", id ? id : "", id ? ": " : "",
                q->note[i].text);
}

/* Appends the answer in the wanted format. header: a table's line of names too. */
static void
present(struct buf *out, const struct options *o, const struct result *r, bool header)
{
    const struct present_style style = style_of(o);
    switch (o->format) {
    case FORMAT_TEXT:
        present_text(out, r, &style);
        break;
    case FORMAT_JSON:
        present_json(out, r, &o->fields);
        break;
    case FORMAT_JSONL:
        present_jsonl(out, r, &o->fields);
        break;
    case FORMAT_CSV:
        present_csv(out, r, &o->fields, header);
        break;
    case FORMAT_TSV:
        present_tsv(out, r, &o->fields, header);
        break;
    case FORMAT_TREC:
        present_trec(out, r, o->run_tag);
        break;
    }
}

static int
search(struct session *s, const struct options *o)
{
    struct err err = {.code = ERR_NONE};
    struct result result;
    struct buf out;
    if (!search_run(s, &o->request, &result, &err))
        return fail(&err);
    if (o->late_option)
        say("note: %s stands behind a word and is read as a part of the query; options come first",
            o->late_option);
    if (o->format != FORMAT_JSON)
        print_notes(&result, o->request.explain);
    if (result.suggestion && o->format != FORMAT_JSON)
        say("did you mean: %s", result.suggestion);
    if (o->request.explain && o->format == FORMAT_TEXT)
        print_reading(&result);
    buf_init(&out, OUTPUT_MAX);
    present(&out, o, &result, true);
    if (result.no_such_article)
        say("no article %s", o->request.similar);
    else if (result.n_hits == 0 && o->format == FORMAT_TEXT && (result.total == 0 || o->request.limit > 0))
        fprintf(stderr, result.total > 0 ? "%s: no more articles\n" : "%s: nothing found\n", program);
    int status = print(&out);
    if (status == 0 && result.n_hits == 0 && (result.total == 0 || o->request.limit > 0))
        status = NOTHING_FOUND;
    buf_release(&out);
    result_release(&result);
    return status;
}

/* The id of a line of a batch: what stands before its TAB, fit to be printed, else the number of
 * the line. */
static bool
line_id(struct buf *id, const char *line, const char *tab, size_t number, struct err *err)
{
    struct buf clean;
    buf_init(id, LINE_ID_MAX);
    buf_init(&clean, LINE_ID_MAX);
    if (tab)
        utf8_clean(&clean, line, (size_t)(tab - line));
    utf8_squeeze(id, clean.data, clean.len);
    id->failed = id->failed ? id->failed : clean.failed;
    buf_release(&clean);
    if (id->len == 0)
        buf_printf(id, "%zu", number);
    return buf_ok(id, "the id of a query", err);
}

/* One line of a batch: a query, or an id, a TAB and a query. *found: one had articles. */
static int
search_line(struct session *s, const struct options *o, const char *line, size_t len, size_t number,
            bool *found)
{
    struct err err = {.code = ERR_NONE};
    struct result result;
    struct buf id, out;
    struct request request = o->request;
    const char *tab = memchr(line, '\t', len);
    request.query = tab ? tab + 1 : line;
    request.query_len = tab ? len - (size_t)(tab + 1 - line) : len;
    int status = EX_USAGE;
    if (!line_id(&id, line, tab, number, &err) || !search_run(s, &request, &result, &err)) {
        if (err.code == ERR_ARG || err.code == ERR_SYNTAX)
            say("query %s: %s", id.data, err.msg);
        else if (err.code == ERR_BUG) { /* of this query; the others may be well */
            say("query %s: %s", id.data, err.msg);
            status = EX_SOFTWARE;
        } else
            status = fail(&err);
        buf_release(&id);
        return status;
    }
    *found = *found || result.n_hits > 0;
    result.query_id = id.data;
    if (o->format != FORMAT_JSON)
        print_notes(&result, o->request.explain);
    if (o->format != FORMAT_JSON && o->request.explain)
        print_reading(&result);
    buf_init(&out, OUTPUT_MAX);
    present(&out, o, &result, false);
    status = print(&out);
    buf_release(&out);
    buf_release(&id);
    result_release(&result);
    return status;
}

/* A table has its line of names whatever becomes of the queries. */
static int
print_header(const struct options *o)
{
    const struct result nothing = {.query_id = ""};
    struct buf out;
    buf_init(&out, OUTPUT_MAX);
    if (o->format == FORMAT_CSV || o->format == FORMAT_TSV)
        present(&out, o, &nothing, true);
    const int status = print(&out);
    buf_release(&out);
    return status;
}

/* A query that is refused, or that fails for a fault of ours, is reported and the batch goes on;
 * anything else ends it. */
static int
batch(struct session *s, const struct options *o)
{
    struct err err = {.code = ERR_NONE};
    FILE *f = strcmp(o->batch, "-") == 0 ? stdin : fopen(o->batch, "re");
    char *line = NULL;
    size_t room = 0, number = 0;
    bool found = false, refused = false, bug = false;
    int status = 0;
    if (!f) {
        err_sys(&err, errno, "%s", o->batch);
        return fail(&err);
    }
    status = print_header(o);
    for (ssize_t len; status == 0 && (len = getline(&line, &room, f)) >= 0;) {
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            line[--len] = '\0';
        number++;
        status = len > 0 ? search_line(s, o, line, (size_t)len, number, &found) : 0;
        refused = refused || status == EX_USAGE;
        bug = bug || status == EX_SOFTWARE;
        status = status == EX_USAGE || status == EX_SOFTWARE ? 0 : status;
    }
    if (status == 0 && ferror(f)) {
        err_sys(&err, errno, "%s", o->batch);
        status = fail(&err);
    }
    free(line);
    if (f != stdin)
        fclose(f);
    if (status != 0)
        return status;
    return bug ? EX_SOFTWARE : refused ? EX_USAGE : found ? 0 : NOTHING_FOUND;
}

static int
show(struct session *s, const struct options *o)
{
    struct err err = {.code = ERR_NONE};
    struct article article;
    struct buf out;
    bool found;
    article_init(&article);
    if (!search_show(s, o->show, &found, &article, &err)) {
        article_release(&article);
        return fail(&err);
    }
    if (!found) {
        say("no article %s", o->show);
        return NOTHING_FOUND;
    }
    const struct present_style style = style_of(o);
    buf_init(&out, OUTPUT_MAX);
    if (o->format == FORMAT_TEXT) {
        present_article_text(&out, &article, &style);
    } else {
        article_print(&article, &out);
        buf_ch(&out, '\n');
    }
    const int status = print(&out);
    buf_release(&out);
    article_release(&article);
    return status;
}

/* Does the answer show that part of a hit? usual: the format does where no fields were named. */
static bool
shows(const struct options *o, const char *name, bool usual)
{
    return o->format == FORMAT_TEXT || o->format == FORMAT_TREC
               ? usual
               : fields_have(&o->fields, name, usual);
}

static int
act(struct options *o)
{
    struct err err = {.code = ERR_NONE};
    struct session *s = NULL;
    int status = 0;
    if (o->action == ACTION_HELP) {
        options_print_help(program);
        return 0;
    }
    if (o->action == ACTION_VERSION) {
        options_print_version();
        return 0;
    }
    if (!shows(o, "snippet",
               o->format == FORMAT_TEXT || o->format == FORMAT_JSON || o->format == FORMAT_JSONL))
        o->request.snippet_bytes = 0;
    o->request.bodies = shows(o, "body", false);
    o->request.extra = shows(o, "extra", false);
    o->request.also = shows(o, "also", o->format == FORMAT_TEXT && o->action == ACTION_SEARCH);
    o->request.suggest = o->action == ACTION_SEARCH && !o->request.similar;
    if (!session_new(&s, o->db, &err))
        return fail(&err);
    if (o->action == ACTION_SHOW)
        status = show(s, o);
    else
        status = o->action == ACTION_BATCH ? batch(s, o) : search(s, o);
    session_free(s);
    return status;
}

int
main(int argc, char **argv)
{
    struct err err = {.code = ERR_NONE};
    struct options o;
    int status = 0;
    standard_open();
    program = base_name(argc > 0 ? argv[0] : "searcher");
    if (!options_parse(&o, argc, argv, &err)) {
        say("%s", err.msg);
        status = EX_USAGE;
    } else {
        status = act(&o);
    }
    if (fflush(stdout) != 0 && status == 0) {
        err_sys(&err, errno, "standard output");
        err.code = ERR_IO;
        status = fail(&err);
    }
    options_release(&o);
    return status;
}
