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

/* Puts a member into an object, or an item behind an array's last; takes the value, NULL too.
 * Memory that runs out is remembered by out: nothing is left out silently. */
static void
put(struct buf *out, json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0 && !out->failed)
        out->failed = ERR_NOMEM;
}

static void
push(struct buf *out, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0 && !out->failed)
        out->failed = ERR_NOMEM;
}

static json_t *
marks_json(struct buf *out, const struct marked_text *t)
{
    json_t *marks = json_array();
    for (size_t i = 0; i < t->n_marks; i++)
        push(out, marks,
             json_pack("[I,I]", (json_int_t)t->mark[i].from, (json_int_t)t->mark[i].to));
    return marks;
}

/* The members of the record that are wanted: without fields all but the body. */
static void
put_record(struct buf *out, json_t *hit, const struct article *a,
           const struct present_fields *fields)
{
    for (int f = 0; f < ARTICLE_FIELDS; f++) {
        const char *name = article_field_name((enum article_field)f);
        if (a->field[f] && fields_have(fields, name, f != ARTICLE_BODY))
            put(out, hit, name, json_string(a->field[f]));
    }
    for (int l = 0; l < ARTICLE_LISTS; l++) {
        const struct article_values *values = &a->list[l];
        const char *name = article_list_name((enum article_list)l);
        if (values->n == 0 || !fields_have(fields, name, true))
            continue;
        json_t *list = json_array();
        for (size_t i = 0; i < values->n; i++)
            push(out, list, json_string(values->item[i]));
        put(out, hit, name, list);
    }
}

static json_t *
snippets_json(struct buf *out, const struct hit *h)
{
    json_t *snippets = json_array();
    for (size_t i = 0; i < h->snippets.n; i++) {
        const struct marked_text *t = &h->snippets.passage[i];
        json_t *snippet = json_object();
        put(out, snippet, "text", json_stringn(t->text, t->len));
        put(out, snippet, "marks", marks_json(out, t));
        push(out, snippets, snippet);
    }
    return snippets;
}

static json_t *
explanation_json(struct buf *out, const struct hit *h)
{
    json_t *list = json_array();
    for (size_t i = 0; i < h->n_contributions; i++)
        push(out, list,
             json_pack("{s:s,s:f}", "part", h->contribution[i].text, "weight",
                       h->contribution[i].weight));
    return list;
}

static json_t *
also_json(struct buf *out, const struct also *also)
{
    json_t *list = json_array();
    for (size_t i = 0; i < also->n; i++)
        push(out, list,
             json_pack("{s:s,s:s}", "uid", also->place[i].uid, "path", also->place[i].path));
    return list;
}

static json_t *
hit_json(struct buf *out, const struct hit *h, const char *query_id,
         const struct present_fields *fields)
{
    json_t *hit = json_object();
    if (query_id)
        put(out, hit, "query", json_string(query_id));
    if (fields_have(fields, "rank", true))
        put(out, hit, "rank", json_integer((json_int_t)h->rank));
    if (fields_have(fields, "score", true))
        put(out, hit, "score", json_real(h->score));
    put_record(out, hit, &h->article, fields);
    if (h->article.extra && fields_have(fields, "extra", false))
        put(out, hit, "extra", json_incref(h->article.extra));
    if (fields_have(fields, "snippet", true))
        put(out, hit, "snippets", snippets_json(out, h));
    if (fields_have(fields, "also", false))
        put(out, hit, "also", also_json(out, &h->also));
    if (h->n_contributions > 0)
        put(out, hit, "explain", explanation_json(out, h));
    return hit;
}

static json_t *
query_json(struct buf *out, const struct result *r)
{
    const struct query *q = &r->query;
    json_t *query = json_object(), *notes = json_array();
    struct buf read;
    buf_init(&read, OUTPUT_MAX);
    query_print(q, &read);
    out->failed = out->failed ? out->failed : read.failed;
    for (size_t i = 0; i < q->n_notes; i++)
        push(out, notes,
             json_pack("{s:s,s:s,s:I,s:I}", "code", q->note[i].code, "text", q->note[i].text,
                       "from", (json_int_t)q->note[i].from, "to", (json_int_t)q->note[i].to));
    put(out, query, "text", json_stringn(q->text, q->len));
    put(out, query, "read", json_stringn(read.data, read.len));
    put(out, query, "notes", notes);
    if (r->suggestion)
        put(out, query, "suggestion", json_string(r->suggestion));
    if (r->query_id)
        put(out, query, "id", json_string(r->query_id));
    buf_release(&read);
    return query;
}

void
present_json(struct buf *out, const struct result *r, const struct present_fields *fields)
{
    json_t *whole = json_object(), *hits = json_array();
    for (size_t i = 0; i < r->n_hits; i++)
        push(out, hits, hit_json(out, &r->hit[i], NULL, fields));
    put(out, whole, "schema", json_string(SCHEMA_NAME));
    put(out, whole, "index",
        json_pack("{s:I,s:s}", "revision", (json_int_t)r->revision, "version", PACKAGE_VERSION));
    put(out, whole, "query", query_json(out, r));
    put(out, whole, "total",
        json_pack("{s:I,s:b}", "value", (json_int_t)r->total, "exact", r->total_exact));
    put(out, whole, "hits", hits);
    dump(out, whole, JSON_INDENT(1));
    buf_ch(out, '\n');
}

void
present_jsonl(struct buf *out, const struct result *r, const struct present_fields *fields)
{
    for (size_t i = 0; i < r->n_hits; i++) {
        dump(out, hit_json(out, &r->hit[i], r->query_id, fields), JSON_COMPACT);
        buf_ch(out, '\n');
    }
}
