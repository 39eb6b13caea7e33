/* json.c - results as JSON
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/present/present.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#define SCHEMA_NAME "broadsheet.search/1"

static int
append(const char *bytes, size_t len, void *arg)
{
    struct buf *out = arg;
    buf_add(out, bytes, len);
    return out->failed ? -1 : 0;
}

static void
dump(struct buf *out, json_t *value, size_t flags)
{
    if (!value || json_dump_callback(value, append, out, flags | JSON_REAL_PRECISION(9)) != 0)
        out->failed = out->failed ? out->failed : ERR_NOMEM;
    json_decref(value);
}

static json_t *
marks_json(const struct marked_text *t)
{
    json_t *marks = json_array();
    for (size_t i = 0; marks && i < t->n_marks; i++)
        json_array_append_new(marks,
                              json_pack("[I,I]", (json_int_t)t->mark[i].from, (json_int_t)t->mark[i].to));
    return marks;
}

/* The record without its body. */
static bool
add_record(json_t *hit, const struct article *a)
{
    for (int f = 0; f < ARTICLE_BODY; f++)
        if (a->field[f] && json_object_set_new(hit, article_field_name((enum article_field)f),
                                               json_string(a->field[f])) != 0)
            return false;
    for (int l = 0; l < ARTICLE_LISTS; l++) {
        const struct article_values *values = &a->list[l];
        if (values->n == 0)
            continue;
        json_t *list = json_array();
        for (size_t i = 0; list && i < values->n; i++)
            json_array_append_new(list, json_string(values->item[i]));
        if (json_object_set_new(hit, article_list_name((enum article_list)l), list) != 0)
            return false;
    }
    return true;
}

static json_t *
hit_json(const struct hit *h)
{
    json_t *hit = json_pack("{s:I,s:f}", "rank", (json_int_t)h->rank, "score", h->score);
    if (!hit || !add_record(hit, &h->article)) {
        json_decref(hit);
        return NULL;
    }
    json_t *snippets = json_array();
    if (snippets && h->snippet.text)
        json_array_append_new(snippets, json_pack("{s:s%,s:o}", "text", h->snippet.text, h->snippet.len, "marks",
                                                  marks_json(&h->snippet)));
    json_object_set_new(hit, "snippets", snippets);
    return hit;
}

static json_t *
notes_json(const struct query *q)
{
    json_t *notes = json_array();
    for (size_t i = 0; notes && i < q->n_notes; i++)
        json_array_append_new(notes, json_pack("{s:s,s:s,s:I,s:I}", "code", q->note[i].code, "text", q->note[i].text,
                                               "from", (json_int_t)q->note[i].from, "to",
                                               (json_int_t)q->note[i].to));
    return notes;
}

void
present_json(struct buf *out, const struct result *r)
{
    json_t *hits = json_array();
    for (size_t i = 0; hits && i < r->n_hits; i++)
        json_array_append_new(hits, hit_json(&r->hit[i]));
    json_t *whole =
        json_pack("{s:s,s:{s:I,s:s},s:{s:s,s:o},s:{s:I,s:b},s:o}", "schema", SCHEMA_NAME, "index", "revision",
                  (json_int_t)r->revision, "version", PACKAGE_VERSION, "query", "text", r->query.text, "notes",
                  notes_json(&r->query), "total", "value", (json_int_t)r->total, "exact", r->total_exact, "hits", hits);
    dump(out, whole, JSON_INDENT(1));
    buf_ch(out, '\n');
}

void
present_jsonl(struct buf *out, const struct result *r)
{
    for (size_t i = 0; i < r->n_hits; i++) {
        dump(out, hit_json(&r->hit[i]), JSON_COMPACT);
        buf_ch(out, '\n');
    }
}
