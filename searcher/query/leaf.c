/* leaf.c - the leaves of a query: words, phrases, values, dates
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/reader.h"

#include <string.h>

static const char *
keep_date(struct reader *r, const char *date)
{
    const char *kept = date[0] ? tree_text(r->q, date) : NULL;
    if (date[0] && !kept && !r->failed) {
        r->failed = true;
        err_nomem(r->err);
    }
    return kept;
}

static enum query_kind
kind_of(bool value, const struct lex_token *t)
{
    if (value)
        return QUERY_VALUE;
    if (t->kind == LEX_QUOTED)
        return QUERY_PHRASE;
    if (t->star || t->pattern)
        return t->star ? QUERY_PREFIX : QUERY_PATTERN;
    return t->suffix.tilde ? QUERY_FUZZY : QUERY_WORD;
}

static struct query_node *
text_leaf(struct reader *r, const struct schema_entry *field, const struct lex_token *t)
{
    const bool value = field && field->how == SCHEMA_VALUE;
    if (value && (t->star || t->pattern))
        reader_guess(r, GUESS_STAR_AS_TEXT, t->from, t->to);
    if (value && (t->suffix.tilde || t->suffix.boost))
        reader_guess(r, GUESS_SUFFIX, t->from, t->to);
    if (field == &query_language_field &&
        !query_is_language(r->q->text + t->begin, t->end - t->begin))
        reader_guess(r, GUESS_BAD_LANGUAGE, t->from, t->to);
    struct query_node *node = reader_node(r, kind_of(value, t));
    if (!node)
        return NULL;
    node->exact = node->kind == QUERY_WORD && t->exact;
    node->number = value ? 0 : t->suffix.number;
    node->field = field;
    node->stray = t->stray || t->kind == LEX_STRAY;
    node->text = r->q->text + t->begin;
    node->len = t->end - t->begin;
    node->filter = value;
    node->from = t->from;
    node->to = t->to;
    if (!value)
        reader_boost(r, node, t);
    return node;
}

/* What is no date or number, as words: the name of the field and what stood behind it. */
static struct query_node *
no_range(struct reader *r, const struct field *field, const struct lex_token *t)
{
    const struct lex_token name = {
        .kind = LEX_STRAY, .from = t->from, .to = t->to, .begin = field->begin, .end = field->end};
    struct tree_list list;
    struct query_node *first = text_leaf(r, NULL, &name), *second = text_leaf(r, NULL, t);
    reader_guess(r, field->meaning == FIELD_WORDS ? GUESS_BAD_NUMBER : GUESS_BAD_DATE, t->from,
                 t->to);
    if (!first || !second)
        return NULL;
    second->stray = true;
    tree_list_init(&list);
    tree_list_add(&list, first);
    tree_list_add(&list, second);
    return reader_group(r, &list);
}

/* Says how a date was read that depends on the present time. */
static void
say_date(struct reader *r, const struct query_node *node)
{
    struct buf printed;
    buf_init(&printed, 4 * DATE_MAX);
    query_print_node(node, &printed);
    if (!r->failed &&
        !note_said(r->q, node->from, node->to, printed.failed ? "" : printed.data, r->err))
        r->failed = true;
    buf_release(&printed);
}

static struct query_node *
range_leaf(struct reader *r, const struct field *field, const struct field_range *range,
           const struct lex_token *t)
{
    struct query_node *node =
        reader_node(r, field->meaning == FIELD_WORDS ? QUERY_LENGTH : QUERY_DATE);
    if (!node)
        return NULL;
    if (node->kind == QUERY_DATE) {
        node->since = keep_date(r, range->since);
        node->until = keep_date(r, range->until);
    } else {
        node->low = range->low;
        node->high = range->high;
    }
    node->filter = true;
    node->from = t->from;
    node->to = t->to;
    if (range->said && !r->failed)
        say_date(r, node);
    return node;
}

struct query_node *
leaf_read(struct reader *r, const struct field *field, const struct lex_token *t)
{
    struct field_range range;
    if (!field || field->meaning == FIELD_ENTRY)
        return text_leaf(r, field ? field->entry : NULL, t);
    if (!field_range(field->meaning, r->q->text + t->begin, t->end - t->begin, r->o->now, &range))
        return no_range(r, field, t);
    if (range.reversed)
        reader_guess(r, GUESS_REVERSED_RANGE, t->from, t->to);
    if (t->star)
        reader_guess(r, GUESS_STAR_AS_TEXT, t->from, t->to);
    if (t->suffix.tilde || t->suffix.boost)
        reader_guess(r, GUESS_SUFFIX, t->from, t->to);
    return range_leaf(r, field, &range, t);
}
