/* run.c - read articles and print them, or only count them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common/buf.h"
#include "indexer/enrich.h"
#include "indexer/scan.h"
#include "indexer/store/document.h"

struct run {
    const struct options *o;
    struct report *report;
    struct language *language;
    struct analysis *analysis; /* ACTION_DUMP_TERMS */
    struct buf line;
    const char *path; /* of the file that is being read */
    size_t refused;   /* of it */
};

static bool
print_line(struct run *r, struct err *err)
{
    buf_ch(&r->line, '\n');
    if (!buf_ok(&r->line, "a record", err))
        return false;
    if (fwrite(r->line.data, 1, r->line.len, stdout) != r->line.len)
        return err_sys(err, errno, "standard output");
    return true;
}

static bool
deliver(struct run *r, const struct article *a, struct err *err)
{
    buf_clear(&r->line);
    switch (r->o->action) {
    case ACTION_DUMP:
        article_print(a, &r->line);
        return print_line(r, err);
    case ACTION_DUMP_TERMS:
        return document_print(r->analysis, a, &r->line, err) && print_line(r, err);
    default:
        return true;
    }
}

static bool
on_article(void *arg, struct article *a, const char *member, struct err *err)
{
    struct run *r = arg;
    if (!enrich(a, r->path, member, r->o->language, r->language, err))
        return false;
    r->report->articles++;
    r->report->bytes += strlen(article_get(a, ARTICLE_TITLE)) + strlen(article_get(a, ARTICLE_BODY));
    r->report->repaired += a->repaired > 0;
    r->report->remarks += a->note != NULL;
    if (a->repaired > 0)
        report_remark(r->report, r->path, member, "bytes that are not UTF-8 were replaced");
    if (a->note)
        report_remark(r->report, r->path, member, a->note);
    return deliver(r, a, err);
}

static bool
on_refused(void *arg, const char *member, const char *why, struct err *err)
{
    (void)err;
    struct run *r = arg;
    report_refused(r->report, r->path, member, why, &r->refused);
    return true;
}

static bool
on_file(void *arg, const char *path, const struct stat *st, bool named, struct err *err)
{
    (void)st;
    (void)named;
    struct run *r = arg;
    const struct read_sink sink = {.arg = r, .article = on_article, .refused = on_refused};
    r->path = path;
    r->refused = 0;
    const struct read_options options = {.format = r->o->format};
    const bool ok = read_file(path, &options, &sink, NULL, err);
    report_refused_more(r->report, path, r->refused);
    return ok;
}

static bool
on_unreadable(void *arg, const char *path, const char *why, struct err *err)
{
    (void)err;
    struct run *r = arg;
    report_refused(r->report, path, NULL, why, NULL);
    return true;
}

static bool
scan_all(struct run *r, struct err *err)
{
    const struct options *o = r->o;
    const struct scan_rules rules = {o->include, o->n_include, o->exclude, o->n_exclude, o->db};
    const struct scan_sink sink = {r, on_file, on_unreadable};
    for (size_t i = 0; i < o->n_paths; i++) {
        struct err why = {.code = ERR_NONE};
        if (scan_root(o->path[i], &rules, &sink, &r->report->scan, &why))
            continue;
        if (why.code != ERR_NOTFOUND) {
            if (err)
                *err = why;
            return false;
        }
        report_error(r->report, why.msg);
        r->report->missing_roots++;
    }
    return true;
}

bool
run(const struct options *o, struct report *report, struct err *err)
{
    struct run r = {.o = o, .report = report};
    buf_init(&r.line, (size_t)1 << 30);
    bool ok = language_new(&r.language, err);
    if (ok && o->action == ACTION_DUMP_TERMS)
        ok = analysis_new(&r.analysis, err);
    ok = ok && scan_all(&r, err);
    if (ok && fflush(stdout) != 0)
        ok = err_sys(err, errno, "standard output");
    analysis_free(r.analysis);
    language_free(r.language);
    buf_release(&r.line);
    return ok;
}
