/* report.c - what a run of the indexer says: messages as it goes, a summary at its end
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "common/buf.h"
#include "common/utf8.h"

/* Of the reasons for refusals, on the line. */
#define REASONS_SHOWN 4

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
report_release(struct report *r)
{
    for (size_t i = 0; i < r->n_reasons; i++)
        free(r->reason[i].why);
    for (size_t i = 0; i < r->n_refusals; i++) {
        free(r->refusal[i].path);
        free(r->refusal[i].member);
        free(r->refusal[i].why);
    }
    free(r->refusal);
    r->refusal = NULL;
    r->n_reasons = r->n_refusals = 0;
}

/* Counts a reason. "not JSON: ... near 'x' (line 1, column 2)" is one with all that is not JSON. Without memory, or room, a reason
 * is not listed; the refusal itself is counted all the same. */
static void
note_reason(struct report *r, const char *why)
{
    const char *colon = strpbrk(why, "('") ? strstr(why, ": ") : NULL;
    const size_t len = colon ? (size_t)(colon - why) : strlen(why);
    for (size_t i = 0; i < r->n_reasons; i++)
        if (strlen(r->reason[i].why) == len && memcmp(r->reason[i].why, why, len) == 0) {
            r->reason[i].n++;
            return;
        }
    if (r->n_reasons == REPORT_REASONS_MAX)
        return;
    r->reason[r->n_reasons].why = strndup(why, len);
    r->reason[r->n_reasons].n = 1;
    r->n_reasons += r->reason[r->n_reasons].why != NULL;
}

static void
note_refusal(struct report *r, const char *path, const char *member, const char *why)
{
    if (!r->json || r->n_refusals == REPORT_REFUSALS_MAX)
        return;
    if (!r->refusal)
        r->refusal = calloc(REPORT_REFUSALS_MAX, sizeof *r->refusal);
    if (!r->refusal)
        return;
    struct report_refusal *f = &r->refusal[r->n_refusals++];
    f->path = strdup(path);
    f->member = member ? strdup(member) : NULL;
    f->why = strdup(why);
}

void
report_refused(struct report *r, const char *path, const char *member, const char *why, size_t *of_file)
{
    r->refused++;
    note_reason(r, why);
    note_refusal(r, path, member, why);
    if (!of_file || ++*of_file <= REPORT_REFUSED_SAID)
        say(r, path, member, why);
}

void
report_refused_more(struct report *r, const char *path, size_t of_file)
{
    char what[64];
    if (of_file <= REPORT_REFUSED_SAID)
        return;
    const size_t more = of_file - REPORT_REFUSED_SAID;
    snprintf(what, sizeof what, "%zu more record%s refused", more, more == 1 ? " was" : "s were");
    say(r, path, NULL, what);
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

/* "40 s", "12 min", "3 h 5 min" */
static void
print_time_left(double seconds)
{
    const long minutes = (long)(seconds / 60 + 0.5);
    if (seconds < 100)
        fprintf(stderr, ", about %.0f s left", seconds < 1 ? 1 : seconds);
    else if (minutes < 100)
        fprintf(stderr, ", about %ld min left", minutes);
    else
        fprintf(stderr, ", about %ld h %ld min left", minutes / 60, minutes % 60);
}

/* "\r", the program, what came in so far. */
static void
print_progress(struct report *r)
{
    clock_gettime(CLOCK_MONOTONIC, &r->shown);
    fprintf(stderr, "\r\033[K%s: %zu articles, %.1f MB", r->program, r->articles, (double)r->bytes / 1e6);
    r->progress_shown = true;
}

void
report_phase(struct report *r, const char *what)
{
    if (!r->progress)
        return;
    print_progress(r);
    fprintf(stderr, ", %s", what);
    fflush(stderr);
}

void
report_progress(struct report *r, size_t eaten, size_t whole)
{
    if (!r->progress || (r->shown.tv_sec != 0 && seconds_since(&r->shown) < 0.2))
        return;
    print_progress(r);
    const double seconds = seconds_since(&r->start);
    fprintf(stderr, ", %.2f MB/s", seconds > 0 ? (double)r->bytes / 1e6 / seconds : 0);
    if (eaten > 0 && whole > eaten && seconds > 2)
        print_time_left(seconds * (double)(whole - eaten) / (double)eaten);
    fflush(stderr);
}

static void
add_speed(struct buf *line, const struct report *r, double seconds)
{
    buf_printf(line, "; %.1f s", seconds);
    if (seconds > 1 && r->bytes > 0)
        buf_printf(line, ", %.2f MB of text a second", (double)r->bytes / 1e6 / seconds);
}

static int
by_count(const void *a, const void *b)
{
    const struct report_reason *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp(x->why, y->why);
}

/* " (5 not JSON, 2 no text in it)", where there are several. */
static void
add_reasons(struct buf *out, const struct report *r)
{
    size_t listed = 0;
    if (r->refused < 2 || r->n_reasons == 0)
        return;
    for (size_t i = 0; i < r->n_reasons && i < REASONS_SHOWN; i++) {
        buf_printf(out, "%s%zu ", i ? ", " : " (", r->reason[i].n);
        add_shown(out, r->reason[i].why);
        listed += r->reason[i].n;
    }
    if (listed < r->refused)
        buf_printf(out, ", %zu other", r->refused - listed);
    buf_ch(out, ')');
}

static void
print_line(struct report *r, bool stored, double seconds, int status)
{
    struct buf line;
    buf_init(&line, 1 << 16);
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
    add_count(&line, r->copies, "in the index also elsewhere"); /* of all, not of this run */
    add_count(&line, r->refused, "refused");
    add_reasons(&line, r);
    add_count(&line, r->refused_before,
              r->refused_before == 1 ? "file in which something was refused before, unchanged"
                                     : "files in which something was refused before, unchanged");
    add_count(&line, r->kept_missing, "files gone and kept");
    add_count(&line, r->kept_articles, "articles gone from their files and kept");
    add_count(&line, r->repaired, "repaired (bytes that are not UTF-8)");
    add_count(&line, r->remarks, r->level >= REPORT_VERBOSE ? "with remarks" : "with remarks (-v shows them)");
    add_count(&line, r->scan.ignored, "passed over by their names");
    add_count(&line, r->scan.links, "links not followed");
    add_count(&line, r->scan.special, "neither file nor folder");
    add_speed(&line, r, seconds);
    if (status > 128)
        buf_str(&line, "; stopped before its end, the next run carries on");
    report_error(r, line.data);
    buf_release(&line);
}

/* A text from outside as it may be shown, NULL for NULL. */
static json_t *
shown_json(const char *text)
{
    struct buf shown;
    if (!text)
        return json_null();
    buf_init(&shown, 1 << 22);
    add_shown(&shown, text);
    json_t *string = json_stringn(shown.data, shown.len);
    buf_release(&shown);
    return string;
}

static void
print_value(const char *name, json_t *value)
{
    char *text = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    printf(",\"%s\":%s", name, text ? text : "null");
    free(text);
    json_decref(value);
}

static void
print_refusals(const struct report *r)
{
    json_t *reasons = json_array(), *refusals = json_array();
    for (size_t i = 0; i < r->n_reasons; i++)
        json_array_append_new(reasons, json_pack("{s:o,s:I}", "why", shown_json(r->reason[i].why), "count",
                                                 (json_int_t)r->reason[i].n));
    for (size_t i = 0; i < r->n_refusals; i++) {
        const struct report_refusal *f = &r->refusal[i];
        json_t *refusal = json_pack("{s:o,s:o}", "path", shown_json(f->path), "why", shown_json(f->why));
        if (refusal && f->member)
            json_object_set_new(refusal, "member", shown_json(f->member));
        json_array_append_new(refusals, refusal);
    }
    print_value("reasons", reasons);
    print_value("refusals", refusals);
}

/* why: what ended the run before its time, or NULL. */
static void
print_json(const struct report *r, const char *why, double seconds, int status)
{
    printf("{\"schema\":\"broadsheet.report/1\",\"status\":%d,\"files\":%zu,\"articles\":%zu,\"added\":%zu,"
           "\"replaced\":%zu,\"removed\":%zu,\"unchanged\":%zu,\"copies\":%zu,\"removed_files\":%zu,\"kept_missing\":%zu,"
           "\"kept_articles\":%zu,"
           "\"refused\":%zu,\"refused_before\":%zu,\"repaired\":%zu,\"remarks\":%zu,\"ignored\":%zu,\"links\":%zu,"
           "\"special\":%zu,\"missing_roots\":%zu,\"suspect_roots\":%zu,\"text_bytes\":%zu,\"seconds\":%.3f",
           status, r->scan.files, r->articles, r->added, r->replaced, r->removed, r->unchanged, r->copies,
           r->removed_files, r->kept_missing, r->kept_articles, r->refused, r->refused_before, r->repaired, r->remarks, r->scan.ignored, r->scan.links,
           r->scan.special, r->missing_roots, r->suspect_roots, r->bytes, seconds);
    if (why)
        print_value("error", shown_json(why));
    print_refusals(r);
    printf("}\n");
}

void
report_summary(struct report *r, bool stored, int status)
{
    const double seconds = seconds_since(&r->start);
    hide_progress(r);
    if (r->n_reasons > 1)
        qsort(r->reason, r->n_reasons, sizeof r->reason[0], by_count);
    if (r->json)
        print_json(r, NULL, seconds, status);
    else if (r->level >= REPORT_NORMAL)
        print_line(r, stored, seconds, status);
}

void
report_failure(struct report *r, const char *why, int status)
{
    hide_progress(r);
    if (r->json)
        print_json(r, why, seconds_since(&r->start), status);
}
