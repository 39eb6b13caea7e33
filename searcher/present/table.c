/* table.c - results as comma-separated and tab-separated values
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/present/present.h"

#include <string.h>

#include <jansson.h>

/* What is printed where nobody says. */
#define DEFAULT_FIELDS "rank,score,published,source,title,path,member,uid"

struct table {
    char between;
    const char *end;
    void (*add)(struct buf *out, const char *text);
};

/* RFC 4180: quoted where it has a comma, a quote or a line end; quotes are doubled. */
static void
add_csv(struct buf *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        buf_str(out, text);
        return;
    }
    buf_ch(out, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            buf_ch(out, '"');
        buf_ch(out, *p);
    }
    buf_ch(out, '"');
}

static void
add_tsv(struct buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\t')
            buf_str(out, "\\t");
        else if (*p == '\n')
            buf_str(out, "\\n");
        else if (*p == '\\')
            buf_str(out, "\\\\");
        else
            buf_ch(out, *p);
    }
}

static int
append(const char *bytes, size_t len, void *arg)
{
    struct buf *out = arg;
    buf_add(out, bytes, len);
    return out->failed ? -1 : 0;
}

static void
add_json(struct buf *out, const json_t *object)
{
    if (object && json_dump_callback(object, append, out, JSON_COMPACT) != 0 && !out->failed)
        out->failed = ERR_NOMEM;
}

static void
add_value(const struct table *t, struct buf *out, const struct hit *h,
          const struct present_field *f)
{
    struct buf joined;
    buf_init(&joined, (size_t)1 << 30);
    switch (f->kind) {
    case FIELD_RANK:
        buf_printf(&joined, "%u", h->rank);
        break;
    case FIELD_SCORE:
        buf_printf(&joined, "%.6f", h->score);
        break;
    case FIELD_SNIPPET:
        for (size_t i = 0; i < h->snippets.n; i++)
            buf_printf(&joined, "%s%s", i ? PASSAGES_BETWEEN : "", h->snippets.passage[i].text);
        break;
    case FIELD_ALSO:
        for (size_t i = 0; i < h->also.n; i++)
            buf_printf(&joined, "%s%s", i ? "; " : "", h->also.place[i].path);
        break;
    case FIELD_EXTRA:
        add_json(&joined, h->article.extra);
        break;
    case FIELD_RECORD:
        buf_str(&joined, article_get(&h->article, (enum article_field)f->which));
        break;
    case FIELD_LIST:
        for (size_t i = 0; i < h->article.list[f->which].n; i++)
            buf_printf(&joined, "%s%s", i ? "; " : "", h->article.list[f->which].item[i]);
        break;
    }
    t->add(out, joined.data);
    out->failed = out->failed ? out->failed : joined.failed;
    buf_release(&joined);
}

static void
add_table(const struct table *t, struct buf *out, const struct result *r,
          const struct present_fields *fields, bool header)
{
    struct present_fields usual;
    if (fields->n == 0) {
        fields_parse(&usual, DEFAULT_FIELDS, NULL);
        fields = &usual;
    }
    if (header && r->query_id)
        buf_printf(out, "query%c", t->between);
    for (size_t f = 0; header && f < fields->n; f++) {
        if (f > 0)
            buf_ch(out, t->between);
        buf_str(out, fields->field[f].name);
    }
    if (header)
        buf_str(out, t->end);
    for (size_t i = 0; i < r->n_hits; i++) {
        if (r->query_id) {
            t->add(out, r->query_id);
            buf_ch(out, t->between);
        }
        for (size_t f = 0; f < fields->n; f++) {
            if (f > 0)
                buf_ch(out, t->between);
            add_value(t, out, &r->hit[i], &fields->field[f]);
        }
        buf_str(out, t->end);
    }
}

void
present_csv(struct buf *out, const struct result *r, const struct present_fields *fields,
            bool header)
{
    static const struct table csv = {',', "\r\n", add_csv};
    add_table(&csv, out, r, fields, header);
}

void
present_tsv(struct buf *out, const struct result *r, const struct present_fields *fields,
            bool header)
{
    static const struct table tsv = {'\t', "\n", add_tsv};
    add_table(&tsv, out, r, fields, header);
}
