/* reader.h - what the files that read a query share
 *
 * For read.c, leaf.c and near.c alone. A function that reads returns the node that it read, or
 * NULL: there was none, or the reader has failed. What a sign or NOT says about a node stands in
 * its `occur` on the way up, until the node that takes it in has made something of it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_READER_H
#define BS_SEARCHER_QUERY_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "searcher/query/field.h"
#include "searcher/query/lex.h"
#include "searcher/query/note.h"
#include "searcher/query/read.h"
#include "searcher/query/tree.h"

struct reader {
    struct query *q;
    const struct query_options *o;
    struct err *err;
    struct lex lex;
    size_t at;    /* the next token */
    size_t depth; /* brackets that are open */
    bool failed;  /* err says why */
};

/* The next token, and the same moving on. Nothing more for a reader that has failed: so every loop
 * comes to its end. */
const struct lex_token *reader_peek(const struct reader *r);
const struct lex_token *reader_take(struct reader *r);

void reader_guess(struct reader *r, enum guess what, size_t from, size_t to);

/* A new node; NULL: the reader has failed. */
struct query_node *reader_node(struct reader *r, enum query_kind kind);

/* The list as a node of that kind; a list of one as that one. Their signs are used up. */
struct query_node *reader_combine(struct reader *r, enum query_kind kind,
                                  const struct tree_list *list);

/* The list as a group. */
struct query_node *reader_group(struct reader *r, const struct tree_list *list);

/* Leaves out operators that stand where something to search for should be. */
void reader_skip_operators(struct reader *r);

/* Multiplies the weight of a node with what stands behind it. */
void reader_boost(struct reader *r, struct query_node *node, const struct lex_token *t);

/* Counts brackets within brackets; `more` that are not open yet. False: too many, the reader has
 * failed. */
bool reader_check_depth(struct reader *r, size_t more);

/* [ '+' | '-' ] ( field | text ) */
struct query_node *reader_signed(struct reader *r, const struct field *field);

/* ---- leaf.c ---- */

/* A run or a quotation. field: where the text is looked for; NULL: anywhere. */
struct query_node *leaf_read(struct reader *r, const struct field *field,
                             const struct lex_token *t);

/* ---- near.c ---- */

/* unary { ( near | 'NOT' near ) unary } */
struct query_node *near_read(struct reader *r, const struct field *field);

#endif
