/* text.c - results as text that one likes to read
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/present/present.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/utf8.h"

#define BOLD "\033[1m"
#define MATCH "\033[1;31m"
#define DIM "\033[2m"
#define RESET "\033[0m"

/* Appends text in a style, if there is colour. */
static void
styled(struct buf *out, const struct present_style *style, const char *on, const char *text)
{
    if (style->color)
        buf_str(out, on);
    buf_str(out, text);
    if (style->color)
        buf_str(out, RESET);
}

/* A path as a person would type it: relative where it lies below the current folder, with control
 * characters shown. */
static void
add_path(struct buf *out, const char *path)
{
    char *cwd = getcwd(NULL, 0);
    const size_t len = cwd ? strlen(cwd) : 0;
    if (len > 1 && strncmp(path, cwd, len) == 0 && path[len] == '/')
        path += len + 1;
    free(cwd);
    for (const char *p = path; *p; p++) {
        if (*p == '\n')
            buf_str(out, "\\n");
        else if (*p == '\t')
            buf_str(out, "\\t");
        else
            buf_ch(out, *p);
    }
}

/* Text that is wrapped as it is written. */
struct wrap {
    struct buf *out;
    unsigned columns, indent;
    size_t used; /* columns of the present line */
};

static void
new_line(struct wrap *w)
{
    buf_ch(w->out, '\n');
    for (unsigned i = 0; i < w->indent; i++)
        buf_ch(w->out, ' ');
    w->used = w->indent;
}

#define ZERO_WIDTH_JOINER 0x200d

/* Marks that no line begins with: they close what stands before them. */
static bool
closes(uint32_t c)
{
    static const uint32_t marks[] = {
        0x3001, 0x3002, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011,
        0xff01, 0xff09, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff1f,
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == c)
            return true;
    return false;
}

/* Do the dots of what is left out stand there? They stay with the word before them. */
static bool
are_dots(const char *text, size_t len, size_t at)
{
    return len - at >= 3 && memcmp(text + at, "...", 3) == 0 &&
           (len - at == 3 || text[at + 3] == ' ');
}

/* Where the next break opportunity after `at` is: behind a blank, or behind a wide character with
 * its marks and what closes it. */
static size_t
next_break(const char *text, size_t len, size_t at)
{
    const size_t start = at;
    bool wide = false;
    while (at < len) {
        const size_t from = at;
        const uint32_t c = utf8_next(text, len, &at);
        const size_t columns = utf8_columns(text + from, at - from);
        if (utf8_is_space(c) &&
            (from == start || !are_dots(text, len, at) || are_dots(text, len, start)))
            return at;
        if (columns > 0 && wide && !closes(c))
            return from;
        wide = c == ZERO_WIDTH_JOINER ? false : wide || columns == 2;
    }
    return len;
}

/* Writes the bytes [from, to) with the marks that fall into them. *mark is the first mark that may.
 */
static void
add_marked(struct buf *out, const struct marked_text *t, size_t from, size_t to, size_t *mark,
           const struct present_style *style)
{
    size_t at = from;
    while (*mark < t->n_marks && t->mark[*mark].from < to) {
        const struct mark *m = &t->mark[*mark];
        const size_t start = m->from > at ? m->from : at, end = m->to < to ? m->to : to;
        buf_add(out, t->text + at, start - at);
        if (m->from >= from)
            buf_str(out, style->color ? MATCH : "*");
        buf_add(out, t->text + start, end - start);
        at = end;
        if (m->to > to)
            break; /* goes on behind the break */
        buf_str(out, style->color ? RESET : "*");
        (*mark)++;
    }
    buf_add(out, t->text + at, to - at);
}

/* Columns of the stars that begin and end marks in the bytes [from, to); the first mark that may is
 * `mark`. */
static size_t
star_columns(const struct marked_text *t, size_t mark, size_t from, size_t to,
             const struct present_style *style)
{
    size_t columns = 0;
    for (; !style->color && mark < t->n_marks && t->mark[mark].from < to; mark++)
        columns += (t->mark[mark].from >= from ? 1U : 0U) + (t->mark[mark].to <= to ? 1U : 0U);
    return columns;
}

static void
add_wrapped(struct wrap *w, const struct marked_text *t, const struct present_style *style)
{
    size_t mark = 0;
    for (size_t at = 0; at < t->len;) {
        const size_t next = next_break(t->text, t->len, at);
        size_t end = next;
        while (end > at && t->text[end - 1] == ' ')
            end--;
        const size_t stars = star_columns(t, mark, at, next, style);
        const size_t columns = utf8_columns(t->text + at, end - at) + stars;
        if (w->used + columns > w->columns && w->used > w->indent) {
            while (w->out->len > 0 && w->out->data[w->out->len - 1] == ' ')
                buf_truncate(w->out, w->out->len - 1);
            new_line(w);
        }
        add_marked(w->out, t, at, next, &mark, style);
        w->used += utf8_columns(t->text + at, next - at) + stars;
        at = next;
    }
    while (w->out->len > 0 && w->out->data[w->out->len - 1] == ' ')
        buf_truncate(w->out, w->out->len - 1);
}

/* Writes what is not broken, such as a path: on a line of its own where it does not fit. */
static void
add_whole(struct wrap *w, const char *text, size_t len)
{
    const size_t columns = utf8_columns(text, len);
    const bool blank = w->used > w->indent;
    if (blank && w->used + 1 + columns > w->columns)
        new_line(w);
    else if (blank) {
        buf_ch(w->out, ' ');
        w->used++;
    }
    buf_add(w->out, text, len);
    w->used += columns;
}

static void
add_plain(struct wrap *w, const char *text, size_t len, const struct present_style *style)
{
    const struct marked_text plain = {.text = (char *)(uintptr_t)text, .len = len};
    add_wrapped(w, &plain, style);
}

/* A file, with the part of it: what --explain and wrapping leave whole. */
static void
add_file(struct wrap *w, const char *path, const char *member)
{
    struct buf file;
    buf_init(&file, 1 << 23);
    add_path(&file, path);
    if (member) {
        buf_ch(&file, '#');
        add_path(&file, member);
    }
    add_whole(w, file.data, file.len);
    w->out->failed = w->out->failed ? w->out->failed : file.failed;
    buf_release(&file);
}

static void
add_facts(struct wrap *w, const struct article *a, const struct present_style *style)
{
    struct buf facts;
    buf_init(&facts, 1 << 23);
    if (a->field[ARTICLE_SOURCE])
        buf_printf(&facts, "%s, ", a->field[ARTICLE_SOURCE]);
    if (a->list[ARTICLE_AUTHOR].n > 0)
        buf_printf(&facts, "%s, ", a->list[ARTICLE_AUTHOR].item[0]);
    if (a->field[ARTICLE_PUBLISHED])
        buf_printf(&facts, "%.10s, ", a->field[ARTICLE_PUBLISHED]);
    new_line(w);
    if (style->color)
        buf_str(w->out, DIM);
    if (facts.len > 0) {
        add_plain(w, facts.data, facts.len, style);
        w->used--; /* the blank at the end is taken back */
    }
    /* the file stays on the line, however long it is: lines would else depend on where an archive lies */
    const unsigned columns = w->columns;
    w->columns = UINT_MAX;
    add_file(w, article_get(a, ARTICLE_PATH), a->field[ARTICLE_MEMBER]);
    w->columns = columns;
    if (style->color)
        buf_str(w->out, RESET);
    w->out->failed = w->out->failed ? w->out->failed : facts.failed;
    buf_release(&facts);
}

/* What gave the article its score; what follows the first line stands further in. */
static void
add_explanation(struct wrap *w, const struct hit *h)
{
    struct buf part;
    if (h->n_contributions == 0)
        return;
    buf_init(&part, 1 << 20);
    new_line(w);
    buf_printf(&part, "%.2f =", h->score);
    add_whole(w, part.data, part.len);
    w->indent += 4;
    for (size_t i = 0; i < h->n_contributions; i++) {
        buf_clear(&part);
        buf_printf(&part, "%s%s %.2f", i ? "+ " : "", h->contribution[i].text,
                   h->contribution[i].weight);
        add_whole(w, part.data, part.len);
    }
    w->indent -= 4;
    w->out->failed = w->out->failed ? w->out->failed : part.failed;
    buf_release(&part);
}

/* Where else the article lies: under the first of its copies that are shown. */
static void
add_also(struct wrap *w, const struct result *r, const struct hit *h)
{
    for (const struct hit *before = r->hit; before < h; before++)
        for (size_t i = 0; i < h->also.n; i++)
            if (strcmp(article_get(&before->article, ARTICLE_UID), h->also.place[i].uid) == 0)
                return;
    if (h->also.n == 0)
        return;
    new_line(w);
    buf_str(w->out, "also in:");
    w->used += strlen("also in:");
    for (size_t i = 0; i < h->also.n; i++) {
        add_file(w, h->also.place[i].path, h->also.place[i].member);
        if (i + 1 < h->also.n) {
            buf_ch(w->out, ',');
            w->used++;
        }
    }
}

static void
add_passages(struct wrap *w, const struct hit *h, const struct present_style *style)
{
    struct marked_text t;
    if (!snippets_join(&t, &h->snippets, true, NULL))
        w->out->failed = w->out->failed ? w->out->failed : ERR_NOMEM;
    if (t.len > 0) {
        new_line(w);
        add_wrapped(w, &t, style);
    }
    marked_text_release(&t);
}

static void
add_hit(struct buf *out, const struct result *r, const struct hit *h,
        const struct present_style *style)
{
    struct marked_text title = h->title;
    const size_t start = out->len;
    struct wrap w = {.out = out, .columns = style->columns, .indent = 4};
    buf_printf(out, "%2u. ", h->rank);
    w.used = out->len - start;
    title.n_marks = 0; /* the headline stands out as it is */
    if (style->color)
        buf_str(out, BOLD);
    if (title.len > 0)
        add_wrapped(&w, &title, style);
    else
        buf_str(out, "(no headline)");
    if (style->color)
        buf_str(out, RESET);
    add_facts(&w, &h->article, style);
    add_explanation(&w, h);
    add_passages(&w, h, style);
    add_also(&w, r, h);
    buf_str(out, "\n\n");
}

void
present_text(struct buf *out, const struct result *r, const struct present_style *style)
{
    if (r->query_id) {
        styled(out, style, BOLD, r->query_id);
        buf_printf(out, ": %s\n%s", r->query.text, r->n_hits == 0 ? "nothing found\n\n" : "\n");
    }
    for (size_t i = 0; i < r->n_hits; i++)
        add_hit(out, r, &r->hit[i], style);
    if (r->n_hits == 0)
        return;
    const unsigned first = r->hit[0].rank, last = r->hit[r->n_hits - 1].rank;
    buf_printf(out, "%u-%u of %s%llu article%s\n", first, last, r->total_exact ? "" : "about ",
               (unsigned long long)r->total, r->total == 1 ? "" : "s");
    if (r->query_id)
        buf_ch(out, '\n');
}

static void
add_list(struct buf *out, const char *name, const struct article_values *values)
{
    for (size_t i = 0; i < values->n; i++)
        buf_printf(out, "%s%s", i ? "; " : name, values->item[i]);
    if (values->n > 0)
        buf_ch(out, '\n');
}

static void
add_paragraph(struct buf *out, const char *text, size_t len, const struct present_style *style)
{
    struct wrap w = {.out = out, .columns = style->columns};
    const struct marked_text plain = {.text = (char *)(uintptr_t)text, .len = len};
    add_wrapped(&w, &plain, style);
    buf_ch(out, '\n');
}

void
present_article_text(struct buf *out, const struct article *a, const struct present_style *style)
{
    static const struct {
        enum article_field field;
        const char *name;
    } lines[] = {
        {ARTICLE_PUBLISHED, "Published: "}, {ARTICLE_UPDATED, "Updated: "},
        {ARTICLE_SOURCE, "Source: "},       {ARTICLE_SECTION, "Section: "},
        {ARTICLE_LANGUAGE, "Language: "},   {ARTICLE_URL, "URL: "},
    };
    styled(out, style, BOLD, article_get(a, ARTICLE_TITLE));
    buf_ch(out, '\n');
    if (a->field[ARTICLE_DECK])
        add_paragraph(out, a->field[ARTICLE_DECK], strlen(a->field[ARTICLE_DECK]), style);
    buf_ch(out, '\n');
    add_list(out, "By: ", &a->list[ARTICLE_AUTHOR]);
    add_list(out, "With: ", &a->list[ARTICLE_CONTRIBUTOR]);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (a->field[lines[i].field])
            buf_printf(out, "%s%s\n", lines[i].name, a->field[lines[i].field]);
    add_list(out, "Tags: ", &a->list[ARTICLE_TAGS]);
    buf_str(out, "File: ");
    add_path(out, article_get(a, ARTICLE_PATH));
    if (a->field[ARTICLE_MEMBER]) {
        buf_ch(out, '#');
        add_path(out, a->field[ARTICLE_MEMBER]);
    }
    buf_str(out, "\n");
    const char *body = article_get(a, ARTICLE_BODY);
    for (const char *p = body; *p;) {
        const char *end = strstr(p, "\n\n");
        const size_t len = end ? (size_t)(end - p) : strlen(p);
        buf_ch(out, '\n');
        add_paragraph(out, p, len, style);
        p += len;
        p += strspn(p, "\n");
    }
    for (size_t i = 0; i < a->list[ARTICLE_CAPTION].n; i++) {
        buf_str(out, "\n[");
        add_paragraph(out, a->list[ARTICLE_CAPTION].item[i],
                      strlen(a->list[ARTICLE_CAPTION].item[i]), style);
        buf_truncate(out, out->len - 1);
        buf_str(out, "]\n");
    }
}
