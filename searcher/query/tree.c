/* tree.c - the nodes of a query: kept and compared
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/tree.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- Memory ---- */

#define CHUNK_BYTES 8192

/* What is allocated is never given back one by one; a query is small. */
struct query_memory {
    struct query_memory *next;
    size_t used;
    _Alignas(max_align_t) char bytes[CHUNK_BYTES];
};

static void *
allocate(struct query *q, size_t size)
{
    size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (!q->memory || q->memory->used + size > CHUNK_BYTES) {
        struct query_memory *m = size > CHUNK_BYTES ? NULL : calloc(1, sizeof *m);
        if (!m)
            return NULL;
        m->next = q->memory;
        q->memory = m;
    }
    void *out = q->memory->bytes + q->memory->used;
    q->memory->used += size;
    return out;
}

struct query_node *
tree_new(struct query *q, enum query_kind kind)
{
    struct query_node *node = allocate(q, sizeof *node);
    if (node)
        node->kind = kind;
    return node;
}

const char *
tree_text(struct query *q, const char *text)
{
    const size_t size = strlen(text) + 1;
    char *out = allocate(q, size);
    return out ? memcpy(out, text, size) : NULL;
}

void
tree_release(struct query *q)
{
    while (q->memory) {
        struct query_memory *m = q->memory;
        q->memory = m->next;
        free(m);
    }
    q->root = NULL;
}

/* ---- Children ---- */

void
tree_list_init(struct tree_list *list)
{
    *list = (struct tree_list){.end = &list->first};
}

void
tree_list_add(struct tree_list *list, struct query_node *node)
{
    node->next = NULL;
    *list->end = node;
    list->end = &node->next;
    list->n++;
}

void
tree_adopt(struct query_node *parent, const struct tree_list *list)
{
    parent->first = list->first;
    parent->n_children = list->n;
    parent->filter = true;
    parent->from = list->first->from;
    parent->to = list->first->to;
    for (const struct query_node *c = list->first; c; c = c->next) {
        parent->filter = parent->filter && c->filter;
        if (c->from < parent->from)
            parent->from = c->from;
        if (c->to > parent->to)
            parent->to = c->to;
    }
}

/* ---- Filters in groups ---- */

/* Values of one field, or dates of publication, that stand in a group without a sign. */
struct choice {
    const struct schema_entry *field;
    struct query_node *node; /* in the group in their place, not filled in yet */
    struct tree_list list;
};

#define CHOICES_MAX 8 /* more than there are fields with values */

/* Puts a value to those of its field; the first one makes a place for them in the group. */
static bool
choose(struct query *q, struct choice *choice, size_t *n, struct query_node *value,
       struct tree_list *group)
{
    size_t i = 0;
    while (i < *n && choice[i].field != value->field)
        i++;
    assert(i < CHOICES_MAX);
    if (i == *n) {
        choice[i].field = value->field;
        choice[i].node = tree_new(q, QUERY_OR);
        if (!choice[i].node)
            return false;
        tree_list_init(&choice[i].list);
        tree_list_add(group, choice[i].node);
        (*n)++;
    }
    tree_list_add(&choice[i].list, value);
    return true;
}

bool
tree_require_filters(struct query *q, const struct tree_list *from, struct tree_list *group)
{
    struct choice choice[CHOICES_MAX];
    size_t n = 0;
    tree_list_init(group);
    for (struct query_node *c = from->first, *next; c; c = next) {
        next = c->next;
        const bool exclusive =
            c->kind == QUERY_VALUE || (c->kind == QUERY_DATE && c->since && c->until);
        if (c->occur == QUERY_SHOULD && exclusive) {
            if (!choose(q, choice, &n, c, group))
                return false;
            continue;
        }
        if (c->occur == QUERY_SHOULD && c->filter)
            c->occur = QUERY_MUST;
        tree_list_add(group, c);
    }
    for (size_t i = 0; i < n; i++) {
        struct query_node *next = choice[i].node->next;
        if (choice[i].list.n == 1)
            *choice[i].node = *choice[i].list.first;
        else
            tree_adopt(choice[i].node, &choice[i].list);
        choice[i].node->next = next;
        choice[i].node->occur = QUERY_MUST;
    }
    return true;
}

/* ---- Comparison ---- */

static bool
same_date(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool
query_same(const struct query_node *a, const struct query_node *b)
{
    if (!a || !b)
        return a == b;
    if (a->kind != b->kind || a->occur != b->occur || a->field != b->field || a->len != b->len ||
        a->n_children != b->n_children || a->filter != b->filter)
        return false;
    if (a->near != b->near || a->number != b->number || a->negated != b->negated || a->exact != b->exact || a->low != b->low || a->high != b->high ||
        a->boost != b->boost)
        return false;
    if (a->len > 0 && memcmp(a->text, b->text, a->len) != 0)
        return false;
    if (!same_date(a->since, b->since) || !same_date(a->until, b->until))
        return false;
    const struct query_node *of_b = b->first;
    for (const struct query_node *of_a = a->first; of_a; of_a = of_a->next, of_b = of_b->next)
        if (!query_same(of_a, of_b))
            return false;
    return true;
}
