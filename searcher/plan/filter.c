/* filter.c - what an article must be: dates, languages, values of fields
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/planner.h"

#include <ctype.h>
#include <string.h>

#include "common/article.h"
#include "common/date.h"
#include "common/schema.h"

bool
plan_date(const char *since, const char *until, struct xap_query **out, struct err *err)
{
    char low[SCHEMA_TIME_BYTES], high[SCHEMA_TIME_BYTES];
    int64_t from = 0, to = 0;
    struct xap_error error;
    const bool has_low = since && date_range(since, &from, NULL),
               has_high = until && date_range(until, NULL, &to);
    schema_time(SCHEMA_SLOT_PUBLISHED, from, low);
    schema_time(SCHEMA_SLOT_PUBLISHED, to - 1, high);
    enum xap_code code;
    if (has_high) /* articles without a date have no value, and are not "until" anything */
        code = xap_query_new_value_range(SCHEMA_SLOT_PUBLISHED, has_low ? low : "\0",
                                         has_low ? sizeof low : 1, high, sizeof high, out, &error);
    else
        code = xap_query_new_value_ge(SCHEMA_SLOT_PUBLISHED, low, sizeof low, out, &error);
    return code == XAP_OK || plan_failed(&error, err);
}

/* Articles are told apart by the primary subtag, in its shortest form; what is no tag is taken as
 * it is, in lower case. */
static bool
one_language(const char *tag, size_t len, struct xap_query **out, struct err *err)
{
    char primary[16];
    size_t n = 0;
    if (article_language(tag, len, primary))
        return plan_term(SCHEMA_LANGUAGE, primary, strlen(primary), out, err);
    while (n < len && n < sizeof primary && tag[n] != '-' && tag[n] != '_') {
        primary[n] = (char)tolower((unsigned char)tag[n]);
        n++;
    }
    return plan_term(SCHEMA_LANGUAGE, primary, n, out, err);
}

/* Tags with commas between are alternatives. */
static bool
language_query(const char *tags, size_t len, struct xap_query **out, struct err *err)
{
    struct xap_query **parts = plan_new_parts(len + 1, err);
    size_t n = 0;
    bool ok = parts != NULL;
    for (size_t from = 0, to = 0; ok && to <= len; to++)
        if (to == len || tags[to] == ',') {
            ok = to == from || one_language(tags + from, to - from, &parts[n++], err);
            from = to + 1;
        }
    return plan_finish(XAP_QUERY_OP_OR, parts, n, 0, ok, out, err);
}

bool
plan_length(const struct query_node *node, struct xap_query **out, struct err *err)
{
    char low[SCHEMA_COUNT_BYTES], high[SCHEMA_COUNT_BYTES];
    struct xap_error error;
    schema_count(node->low, low);
    schema_count(node->high, high);
    return xap_query_new_value_range(SCHEMA_SLOT_WORDS, low, sizeof low, high, sizeof high, out,
                                     &error) == XAP_OK ||
           plan_failed(&error, err);
}

bool
plan_value(const struct query_node *node, struct xap_query **out, struct err *err)
{
    if (node->field == &query_language_field)
        return language_query(node->text, node->len, out, err);
    return plan_term(node->field->prefix, node->text, node->len, out, err);
}

/* The field has that phrase. Nothing of it is marked in passages, and it weighs nothing. Without a
 * word nothing has it. */
static bool
field_query(struct planner *p, const struct request_field *f, struct xap_query **out,
            struct err *err)
{
    const struct schema_entry *entry = schema_find(f->name, strlen(f->name));
    struct xap_error error;
    *out = NULL;
    if (!entry)
        return err_set(err, ERR_BUG, "%s:%d: no field %s", __FILE__, __LINE__, f->name);
    p->excluding = true;
    const bool ok = cut_words(p, f->phrase, strlen(f->phrase), p->cut, err) &&
                    plan_exact_phrase(p, entry->prefix, f->phrase, p->cut, out, err);
    p->excluding = false;
    buf_release(&p->cut->bytes);
    if (ok && !*out && xap_query_new_match_nothing(out, &error) != XAP_OK)
        return plan_failed(&error, err);
    return ok;
}

/* Lets through only what the filter says; an empty query stays one. */
bool
plan_add_filter(struct planner *p, struct xap_query **query, const struct plan_filter *filter,
                struct err *err)
{
    struct xap_query *part = NULL;
    bool ok = true;
    if (*query && (filter->since || filter->until))
        ok = plan_date(filter->since, filter->until, &part, err) &&
             plan_join(XAP_QUERY_OP_FILTER, query, &part, err);
    if (ok && *query && filter->language)
        ok = language_query(filter->language, strlen(filter->language), &part, err) &&
             plan_join(XAP_QUERY_OP_FILTER, query, &part, err);
    for (size_t i = 0; ok && *query && i < filter->n_fields; i++)
        ok = field_query(p, &filter->field[i], &part, err) &&
             plan_join(XAP_QUERY_OP_FILTER, query, &part, err);
    return ok;
}
