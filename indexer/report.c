/* report.c - what a run of the indexer says: messages as it goes, a summary at its end
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/buf.h"
#include "common/utf8.h"

void
report_start(struct report *r, const char *program, enum report_level level)
{
    *r = (struct report){.program = program, .level = level};
    clock_gettime(CLOCK_MONOTONIC, &r->start);
}

/* A name as it may be shown on a terminal: control characters as \n, \t, \xHH, bytes that are not UTF-8 as U+FFFD. */
static void
add_shown(struct buf *out, const char *text)
{
    struct buf valid;
    buf_init(&valid, 1 << 22);
    for (const char *p = text; *p; p++) {
        const unsigned char c = (unsigned char)*p;
        if (c == '\n')
            buf_str(&valid, "\\n");
        else if (c == '\t')
            buf_str(&valid, "\\t");
        else if (c < 0x20 || c == 0x7f)
            buf_printf(&valid, "\\x%02x", c);
        else
            buf_ch(&valid, *p);
    }
    utf8_clean(out, valid.data, valid.len);
    buf_release(&valid);
}

/* Wipes the progress line, so that a message does not run into it. */
static void
hide_progress(struct report *r)
{
    if (r->progress_shown)
        fputs("\r\033[K", stderr);
    r->progress_shown = false;
}

static void
say(struct report *r, const char *path, const char *member, const char *what)
{
    struct buf line;
    hide_progress(r);
    buf_init(&line, 1 << 23);
    buf_printf(&line, "%s: ", r->program);
    if (path) {
        add_shown(&line, path);
        if (member) {
            buf_ch(&line, '#');
            add_shown(&line, member);
        }
        buf_str(&line, ": ");
    }
    add_shown(&line, what);
    buf_ch(&line, '\n');
    fwrite(line.data, 1, line.len, stderr);
    buf_release(&line);
}

void
report_refused(struct report *r, const char *path, const char *member, const char *why)
{
    r->refused++;
    say(r, path, member, why);
}

void
report_remark(struct report *r, const char *path, const char *member, const char *what)
{
    if (r->level >= REPORT_VERBOSE)
        say(r, path, member, what);
}

void
report_about(struct report *r, const char *path, const char *what)
{
    say(r, path, NULL, what);
}

void
report_error(struct report *r, const char *what)
{
    say(r, NULL, NULL, what);
}

static const char *
plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* Appends ", N what" unless N is 0. */
static void
add_count(struct buf *out, size_t n, const char *what)
{
    if (n > 0)
        buf_printf(out, ", %zu %s", n, what);
}

static double
seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

void
report_progress(struct report *r, size_t bytes)
{
    if (!r->progress || (r->shown.tv_sec != 0 && seconds_since(&r->shown) < 0.2))
        return;
    clock_gettime(CLOCK_MONOTONIC, &r->shown);
    const double seconds = seconds_since(&r->start);
    const double speed = seconds > 0 ? (double)r->bytes / seconds : 0;
    fprintf(stderr, "\r\033[K%s: %zu articles, %.1f MB, %.2f MB/s", r->program, r->articles, (double)r->bytes / 1e6,
            speed / 1e6);
    /* The text is most of a file of text; compressed files have more of it than they seem to */
    if (speed > 0 && bytes > r->bytes && seconds > 2)
        fprintf(stderr, ", about %.0f s left", (double)(bytes - r->bytes) / speed);
    fflush(stderr);
    r->progress_shown = true;
}

static void
add_speed(struct buf *line, const struct report *r, double seconds)
{
    buf_printf(line, "; %.1f s", seconds);
    if (seconds > 1 && r->bytes > 0)
        buf_printf(line, ", %.2f MB of text a second", (double)r->bytes / 1e6 / seconds);
}

static void
print_line(struct report *r, bool stored, double seconds)
{
    struct buf line;
    buf_init(&line, 4096);
    if (stored) {
        buf_printf(&line, "%zu file%s: %zu article%s added", r->scan.files, plural(r->scan.files), r->added,
                   plural(r->added));
        add_count(&line, r->replaced, "replaced");
        add_count(&line, r->removed, "removed");
        add_count(&line, r->unchanged, "unchanged");
    } else {
        buf_printf(&line, "%zu file%s: %zu article%s read", r->scan.files, plural(r->scan.files), r->articles,
                   plural(r->articles));
    }
    add_count(&line, r->copies, "also under another path");
    add_count(&line, r->refused, "refused");
    add_count(&line, r->refused_before, "refused before and unchanged");
    add_count(&line, r->kept_missing, "files gone and kept");
    add_count(&line, r->repaired, "repaired (bytes that are not UTF-8)");
    add_count(&line, r->remarks, "with remarks (-v shows them)");
    add_count(&line, r->scan.ignored, "of other names passed over");
    add_count(&line, r->scan.links, "links not followed");
    add_count(&line, r->scan.special, "neither file nor folder");
    add_speed(&line, r, seconds);
    report_error(r, line.data);
    buf_release(&line);
}

static void
print_json(const struct report *r, double seconds, int status)
{
    printf("{\"schema\":\"broadsheet.report/1\",\"status\":%d,\"files\":%zu,\"articles\":%zu,\"added\":%zu,"
           "\"replaced\":%zu,\"removed\":%zu,\"unchanged\":%zu,\"copies\":%zu,\"removed_files\":%zu,\"kept_missing\":%zu,"
           "\"refused\":%zu,\"refused_before\":%zu,\"repaired\":%zu,\"remarks\":%zu,\"ignored\":%zu,\"links\":%zu,"
           "\"special\":%zu,\"missing_roots\":%zu,\"suspect_roots\":%zu,\"text_bytes\":%zu,\"seconds\":%.3f}\n",
           status, r->scan.files, r->articles, r->added, r->replaced, r->removed, r->unchanged, r->copies,
           r->removed_files, r->kept_missing, r->refused, r->refused_before, r->repaired, r->remarks, r->scan.ignored, r->scan.links,
           r->scan.special, r->missing_roots, r->suspect_roots, r->bytes, seconds);
}

void
report_summary(struct report *r, bool stored, int status)
{
    const double seconds = seconds_since(&r->start);
    hide_progress(r);
    if (r->json)
        print_json(r, seconds, status);
    else if (r->level >= REPORT_NORMAL)
        print_line(r, stored, seconds);
}
