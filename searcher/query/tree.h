/* tree.h - the nodes of a query: where they are kept
 *
 * For read.c alone; what others need of the tree is in read.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_TREE_H
#define BS_SEARCHER_QUERY_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "searcher/query/read.h"

/* A node without children; belongs to q. NULL: out of memory. */
struct query_node *tree_new(struct query *q, enum query_kind kind);

/* A copy of a short text; belongs to q. NULL: out of memory. */
const char *tree_text(struct query *q, const char *text);

/* Nodes in the making: children in their order. */
struct tree_list {
    struct query_node *first, **end;
    size_t n;
};

void tree_list_init(struct tree_list *list);
void tree_list_add(struct tree_list *list, struct query_node *node);

/* Makes the list the children of a node that has none. */
void tree_adopt(struct query_node *parent, const struct tree_list *list);

/* The children of a group as the group is to have them: those that filter and have no sign are
 * required, several values of one field or several dates of publication among them are
 * alternatives. False: out of memory. */
bool tree_require_filters(struct query *q, const struct tree_list *from, struct tree_list *group);

void tree_release(struct query *q);

#endif
