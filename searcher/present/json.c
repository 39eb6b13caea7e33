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
#define OUTPUT_MAX ((size_t)1 << 20)

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

/* The members of the record that are wanted: without fields all but the body. */
static bool
add_record(json_t *hit, const struct article *a, const struct present_fields *fields)
{
    for (int f = 0; f < ARTICLE_FIELDS; f++) {
        const char *name = article_field_name((enum article_field)f);
        if (a->field[f] && fields_have(fields, name, f != ARTICLE_BODY) &&
            json_object_set_new(hit, name, json_string(a->field[f])) != 0)
            return false;
    }
    for (int l = 0; l < ARTICLE_LISTS; l++) {
        const struct article_values *values = &a->list[l];
        const char *name = article_list_name((enum article_list)l);
        if (values->n == 0 || !fields_have(fields, name, true))
            continue;
        json_t *list = json_array();
        for (size_t i = 0; list && i < values->n; i++)
            json_array_append_new(list, json_string(values->item[i]));
        if (json_object_set_new(hit, name, list) != 0)
            return false;
    }
    return true;
}

static void
add_snippets(json_t *hit, const struct hit *h)
{
    json_t *snippets = json_array();
    if (snippets && h->snippet.text)
        json_array_append_new(snippets, json_pack("{s:s%,s:o}", "text", h->snippet.text, h->snippet.len, "marks",
                                                  marks_json(&h->snippet)));
    json_object_set_new(hit, "snippets", snippets);
}

static void
add_explanation(json_t *hit, const struct hit *h)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < h->n_contributions; i++)
        json_array_append_new(
            list, json_pack("{s:s,s:f}", "part", h->contribution[i].text, "weight", h->contribution[i].weight));
    json_object_set_new(hit, "explain", list);
}

static json_t *
hit_json(const struct hit *h, const char *query_id, const struct present_fields *fields)
{
    json_t *hit = json_object();
    if (!hit)
        return NULL;
    if (query_id)
        json_object_set_new(hit, "query", json_string(query_id));
    if (fields_have(fields, "rank", true))
        json_object_set_new(hit, "rank", json_integer((json_int_t)h->rank));
    if (fields_have(fields, "score", true))
        json_object_set_new(hit, "score", json_real(h->score));
    if (!add_record(hit, &h->article, fields)) {
        json_decref(hit);
        return NULL;
    }
    if (fields_have(fields, "snippet", true))
        add_snippets(hit, h);
    if (h->n_contributions > 0)
        add_explanation(hit, h);
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
present_json(struct buf *out, const struct result *r, const struct present_fields *fields)
{
    json_t *hits = json_array();
    for (size_t i = 0; hits && i < r->n_hits; i++)
        json_array_append_new(hits, hit_json(&r->hit[i], NULL, fields));
    struct buf read;
    buf_init(&read, OUTPUT_MAX);
    query_print(&r->query, &read);
    json_t *whole =
        json_pack("{s:s,s:{s:I,s:s},s:{s:s,s:s,s:o},s:{s:I,s:b},s:o}", "schema", SCHEMA_NAME, "index", "revision",
                  (json_int_t)r->revision, "version", PACKAGE_VERSION, "query", "text", r->query.text, "read", read.data, "notes",
                  notes_json(&r->query), "total", "value", (json_int_t)r->total, "exact", r->total_exact, "hits", hits);
    buf_release(&read);
    if (r->query_id)
        json_object_set_new(json_object_get(whole, "query"), "id", json_string(r->query_id));
    dump(out, whole, JSON_INDENT(1));
    buf_ch(out, '\n');
}

void
present_jsonl(struct buf *out, const struct result *r, const struct present_fields *fields)
{
    for (size_t i = 0; i < r->n_hits; i++) {
        dump(out, hit_json(&r->hit[i], r->query_id, fields), JSON_COMPACT);
        buf_ch(out, '\n');
    }
}
