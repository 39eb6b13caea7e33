/* fuzz-query.c - any bytes as a query: something is read, and its print reads back to the same tree
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/date.h"
#include "common/utf8.h"
#include "searcher/query/read.h"

/* A Monday. */
#define NOW 1697443200

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool truth)
{
    if (!truth)
        abort();
}

static void
check_leaf(const struct query *q, const struct query_node *node)
{
    must(node->n_children == 0 && !node->first);
    if (node->kind == QUERY_DATE) {
        must(!node->field && (node->since || node->until));
        must((!node->since || date_valid(node->since)) &&
             (!node->until || date_valid(node->until)));
        return;
    }
    if (node->kind == QUERY_LENGTH) {
        must(!node->field && node->low <= node->high);
        return;
    }
    must(node->len > 0 && utf8_valid(node->text, node->len));
    must(node->text >= q->text && node->text + node->len <= q->text + q->len);
    must(node->kind != QUERY_VALUE || node->field);
    must(!node->field || (node->kind == QUERY_VALUE) == (node->field->how == SCHEMA_VALUE));
    must(!node->exact || node->kind == QUERY_WORD);
    must(node->kind == QUERY_PHRASE  ? node->number <= QUERY_NEAR_MAX
         : node->kind == QUERY_FUZZY ? node->number >= 1 && node->number <= QUERY_EDITS_MAX
                                     : node->number == 0);
}

/* Operators of places have numbers, and only words below them. */
static void
check_places(const struct query_node *node)
{
    const bool units = node->near == QUERY_NEAR_SENTENCE || node->near == QUERY_NEAR_PARAGRAPH;
    switch (node->kind) {
    case QUERY_NEAR:
        must(units ? node->number == 0 : node->number >= 1 && node->number <= QUERY_NEAR_MAX);
        must(!node->negated || node->n_children == 2);
        break;
    case QUERY_ATLEAST:
        must(node->number >= 1 && node->number <= QUERY_ATLEAST_MAX);
        break;
    case QUERY_FIRST:
        must(node->number >= 1 && node->number <= QUERY_FIRST_MAX);
        break;
    default:
        must(node->number == 0 && !node->negated && !node->exact);
        return;
    }
    for (const struct query_node *c = node->first; c; c = c->next)
        must(c->kind != QUERY_AND && c->kind != QUERY_NOT && c->kind != QUERY_ATLEAST && !c->filter);
}

/* The promises of read.h. Returns the depth. */
static size_t
check_tree(const struct query *q, const struct query_node *node)
{
    must(node->from < node->to && node->to <= q->len);
    must(node->boost <= QUERY_BOOST_MAX && node->boost != 1000 && (node->boost == 0 || !node->filter));
    if (node->kind <= QUERY_DATE) {
        check_leaf(q, node);
        return 1;
    }
    size_t n = 0, deepest = 0;
    bool filter = true;
    for (const struct query_node *c = node->first; c; c = c->next, n++) {
        const size_t depth = check_tree(q, c);
        deepest = depth > deepest ? depth : deepest;
        filter = filter && c->filter;
        must(node->kind == QUERY_GROUP || c->occur == QUERY_SHOULD);
        must(node->kind != QUERY_GROUP || c->occur != QUERY_SHOULD || !c->filter);
        must(c->from >= node->from && c->to <= node->to);
    }
    must(n == node->n_children && filter == node->filter && !node->field && !node->text);
    const bool unary = node->kind == QUERY_ATLEAST || node->kind == QUERY_FIRST;
    must(node->kind == QUERY_NOT     ? n == 2
         : node->kind == QUERY_GROUP ? n >= 1
         : unary                     ? n == 1
                                     : n >= 2);
    const struct query_node *one = node->first; /* a group of one says that it is excluded, or a
                                                   word that must stand as typed */
    must(n > 1 || unary || (one && (one->occur == QUERY_MUST_NOT || (one->occur == QUERY_MUST && one->kind == QUERY_WORD))));
    check_places(node);
    return deepest + 1;
}

static void
check_notes(const struct query *q)
{
    must(q->n_notes <= QUERY_NOTES_MAX);
    for (size_t i = 0; i < q->n_notes; i++) {
        const struct query_note *note = &q->note[i];
        must(note->code && note->text && note->from <= note->to && note->to <= q->len);
        must(i == 0 || note->from >= q->note[i - 1].from);
        must(utf8_valid(note->text, strlen(note->text)));
        must(utf8_valid(q->text + note->from, note->to - note->from));
    }
}

/* Reads what was printed, and prints it again. */
static void
check_print(const struct query *q)
{
    static const struct query_options wide = {.limits = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX}};
    struct buf first, second;
    struct query again;
    buf_init(&first, BUF_MAX);
    buf_init(&second, BUF_MAX);
    query_print(q, &first);
    must(query_read(&again, first.data, first.len, &wide, NULL));
    must(query_same(q->root, again.root));
    query_print(&again, &second);
    must(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
    query_release(&again);
    buf_release(&first);
    buf_release(&second);
}

static void
read_and_check(const char *text, size_t size, const struct query_options *o)
{
    struct query q;
    struct err err = {.code = ERR_NONE};
    const bool all = size <= QUERY_BYTES_MAX;
    if (query_read(&q, text, size, o, &err)) {
        must(q.text && utf8_valid(q.text, q.len) && all);
        for (size_t i = 0; i < q.n_notes; i++)
            must(!o->strict || !q.note[i].guess);
        must(!q.root || (q.root->occur == QUERY_SHOULD &&
                         check_tree(&q, q.root) <= 10 * (QUERY_DEPTH_MAX + 1)));
        check_notes(&q);
        check_print(&q);
        query_release(&q);
        return;
    }
    must(err.code == ERR_ARG || (err.code == ERR_SYNTAX && o->strict));
    must(!q.text && !q.root && !q.note && !q.memory);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct query_options full = {.now = NOW},
                                      words = {.syntax = QUERY_WORDS_ONLY},
                                      strict = {.strict = true, .now = NOW};
    /* A copy without a NUL behind it, so that reading on is noticed. */
    char *text = malloc(size ? size : 1);
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    read_and_check(text, size, &full);
    read_and_check(text, size, &words);
    read_and_check(text, size, &strict);
    free(text);
    return 0;
}
