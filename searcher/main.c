/* main.c - the searcher: answers queries from an index of news articles
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sysexits.h>
#include <unistd.h>

#include "searcher/options.h"
#include "searcher/present/present.h"
#include "searcher/search.h"

#define NOTHING_FOUND 1
#define OUTPUT_MAX ((size_t)1 << 31)

static const char *program;

/* doc/broadsheet-searcher.1 says what each status means. */
static int
fail(const struct err *err)
{
    fprintf(stderr, "%s: %s\n", program, err->msg);
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

static void
print_notes(const struct query *q)
{
    for (size_t i = 0; i < q->n_notes; i++)
        fprintf(stderr, "%s: note: %s\n", program, q->note[i].text);
}

static int
search(const struct options *o)
{
    struct err err = {.code = ERR_NONE};
    struct result result;
    struct buf out;
    if (!search_run(&o->request, &result, &err))
        return fail(&err);
    const struct present_style style = style_of(o);
    buf_init(&out, OUTPUT_MAX);
    switch (o->format) {
    case FORMAT_TEXT:
        print_notes(&result.query);
        present_text(&out, &result, &style);
        if (result.n_hits == 0)
            fprintf(stderr, result.total > 0 ? "%s: no more articles\n" : "%s: nothing found\n", program);
        break;
    case FORMAT_JSON:
        present_json(&out, &result);
        break;
    case FORMAT_JSONL:
        print_notes(&result.query);
        present_jsonl(&out, &result);
        break;
    }
    int status = print(&out);
    if (status == 0 && result.n_hits == 0)
        status = NOTHING_FOUND;
    buf_release(&out);
    result_release(&result);
    return status;
}

static int
show(const struct options *o)
{
    struct err err = {.code = ERR_NONE};
    struct article article;
    struct buf out;
    article_init(&article);
    if (!search_show(&o->request, &article, &err)) {
        const int status = fail(&err);
        return err.code == ERR_NOTFOUND && strncmp(err.msg, "no article", 10) == 0 ? NOTHING_FOUND : status;
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

int
main(int argc, char **argv)
{
    struct err err = {.code = ERR_NONE};
    struct options o;
    int status = 0;
    program = base_name(argc > 0 ? argv[0] : "searcher");
    if (!options_parse(&o, argc, argv, &err)) {
        fprintf(stderr, "%s: %s\n", program, err.msg);
        status = EX_USAGE;
    } else if (o.action == ACTION_HELP) {
        options_print_help(program);
    } else if (o.action == ACTION_VERSION) {
        options_print_version();
    } else {
        status = o.action == ACTION_SHOW ? show(&o) : search(&o);
    }
    if (fflush(stdout) != 0 && status == 0)
        status = EX_IOERR;
    options_release(&o);
    return status;
}
