/* near.c - operators between words that have to do with their places in the text
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/reader.h"

/* Has all of it places in the text? */
static bool
has_places(const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
    case QUERY_PREFIX:
    case QUERY_PATTERN:
    case QUERY_FUZZY:
    case QUERY_NEAR:
    case QUERY_FIRST:
        return true;
    case QUERY_GROUP:
    case QUERY_OR:
        for (const struct query_node *c = node->first; c; c = c->next)
            if (c->occur != QUERY_SHOULD || !has_places(c))
                return false;
        return true;
    case QUERY_LENGTH:
    case QUERY_VALUE:
    case QUERY_DATE:
    case QUERY_AND:
    case QUERY_NOT:
    case QUERY_ATLEAST:
        return false;
    }
    return false;
}

/* Beside these operators a sign says nothing. */
static void
use_up_sign(struct reader *r, struct query_node *node)
{
    if (node->occur != QUERY_SHOULD)
        reader_guess(r, GUESS_SIGN_WITHOUT_EFFECT, node->from, node->to);
    node->occur = QUERY_SHOULD;
}

static bool
is_unary(const struct lex_token *t)
{
    return t->kind == LEX_ATLEAST || t->kind == LEX_FIRST;
}

/* [ 'ATLEAST/' n ] [ 'FIRST/' n ] signed */
static struct query_node *
read_unary(struct reader *r, const struct field *field)
{
    if (!is_unary(reader_peek(r)))
        return reader_signed(r, field);
    const struct lex_token *op = reader_take(r);
    while (is_unary(reader_peek(r)) &&
           !(op->kind == LEX_ATLEAST && reader_peek(r)->kind == LEX_FIRST)) {
        reader_guess(r, GUESS_OPERATOR_LEFT_OUT, reader_peek(r)->from, reader_peek(r)->to);
        reader_take(r);
    }
    struct query_node *inner = read_unary(r, field);
    if (!inner) {
        reader_guess(r, GUESS_OPERATOR_LEFT_OUT, op->from, op->to);
        return NULL;
    }
    if (!has_places(inner)) {
        reader_guess(r, GUESS_NO_PLACES, op->from, op->to);
        return inner;
    }
    use_up_sign(r, inner);
    struct tree_list list;
    struct query_node *node = reader_node(r, op->kind == LEX_ATLEAST ? QUERY_ATLEAST : QUERY_FIRST);
    if (!node)
        return NULL;
    tree_list_init(&list);
    tree_list_add(&list, inner);
    tree_adopt(node, &list);
    node->number = op->number;
    node->from = op->from;
    return node;
}

/* Is the next thing an operator of this file, perhaps with NOT? */
static bool
at_near(const struct reader *r, bool *negated)
{
    const struct lex_token *t = reader_peek(r);
    *negated = t->kind == LEX_NOT && t[1].kind == LEX_NEAR;
    return *negated || t->kind == LEX_NEAR;
}

static bool
is_same_operator(const struct lex_token *a, const struct lex_token *b)
{
    return a->near == b->near && a->number == b->number;
}

/* Sides without places: the first without the second, or all of them. Signs say so in any query,
 * which AND does not. */
static struct query_node *
join_without_places(struct reader *r, const struct tree_list *list, bool negated)
{
    for (struct query_node *c = list->first; c; c = c->next)
        c->occur = negated ? QUERY_SHOULD : QUERY_MUST;
    if (negated)
        list->first->next->occur = QUERY_MUST_NOT;
    return reader_group(r, list);
}

/* The sides as a node. */
static struct query_node *
join_sides(struct reader *r, const struct tree_list *list, const struct lex_token *op, bool negated)
{
    bool places = true;
    for (struct query_node *c = list->first; c; c = c->next) {
        use_up_sign(r, c);
        places = places && has_places(c);
    }
    if (!places) {
        reader_guess(r, GUESS_NEAR_AS_AND, op->from, op->to);
        return join_without_places(r, list, negated);
    }
    struct query_node *node = reader_node(r, QUERY_NEAR);
    if (!node)
        return NULL;
    tree_adopt(node, list);
    node->near = op->near;
    node->number = op->number;
    node->negated = negated;
    return node;
}

/* Goes on behind the left side with all that follows with the same operator. */
static struct query_node *
read_sides(struct reader *r, const struct field *field, struct query_node *left, bool negated)
{
    struct tree_list list;
    const struct lex_token *first = NULL;
    bool more = true;
    tree_list_init(&list);
    tree_list_add(&list, left);
    while (more) {
        if (negated)
            reader_take(r);
        const struct lex_token *op = reader_take(r);
        first = first ? first : op;
        reader_skip_operators(r);
        struct query_node *side = read_unary(r, field);
        if (side)
            tree_list_add(&list, side);
        else
            reader_guess(r, GUESS_OPERATOR_LEFT_OUT, op->from, op->to);
        bool not ;
        more = !negated && at_near(r, &not ) && !not &&is_same_operator(first, reader_peek(r));
    }
    return list.n > 1 ? join_sides(r, &list, first, negated) : left;
}

/* Unlike operators are as if there were a bracket around all that is on the left. */
struct query_node *
near_read(struct reader *r, const struct field *field)
{
    struct query_node *node = read_unary(r, field);
    bool negated;
    for (size_t n = 0; node && at_near(r, &negated); n++)
        node = reader_check_depth(r, n) ? read_sides(r, field, node, negated) : NULL;
    return node;
}
