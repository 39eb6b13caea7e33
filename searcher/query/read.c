/* read.c - a query as people type it, read into a tree
 *
 * Recursive descent over the tokens of lex.c, one function for each rule of the grammar in
 * doc/query-language.md. A function returns the node that it read, or NULL: there was none, or the
 * reader has failed. What a sign or NOT says about a node stands in its `occur` on the way up,
 * until the node that takes it in has made something of it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/read.h"

#include <stdlib.h>
#include <string.h>

#include "common/utf8.h"
#include "searcher/query/field.h"
#include "searcher/query/lex.h"
#include "searcher/query/note.h"
#include "searcher/query/tree.h"

/* Brackets within brackets that the stack bears whatever a caller asks for. */
#define DEPTH_CEILING 1000

struct reader {
    struct query *q;
    const struct query_options *o;
    struct err *err;
    struct lex lex;
    size_t at;    /* the next token */
    size_t depth; /* brackets that are open */
    bool failed;  /* err says why */
};

static struct query_node *read_group(struct reader *r, const struct field *field);

/* ---- Small things ---- */

static const struct lex_token *
peek(const struct reader *r)
{
    /* Nothing more for a reader that has failed: so every loop comes to its end. */
    return &r->lex.token[r->failed ? r->lex.n - 1 : r->at];
}

static const struct lex_token *
take(struct reader *r)
{
    const struct lex_token *t = peek(r);
    if (t->kind != LEX_END)
        r->at++;
    return t;
}

static void
guess(struct reader *r, enum guess what, size_t from, size_t to)
{
    if (!r->failed && !note_guess(r->q, what, r->o->strict, from, to, r->err))
        r->failed = true;
}

static struct query_node *
node_new(struct reader *r, enum query_kind kind)
{
    struct query_node *node = r->failed ? NULL : tree_new(r->q, kind);
    if (!node && !r->failed) {
        r->failed = true;
        err_nomem(r->err);
    }
    return node;
}

/* The list as a node of that kind; a list of one as that one. Their signs are used up. */
static struct query_node *
combine(struct reader *r, enum query_kind kind, const struct tree_list *list)
{
    for (struct query_node *c = list->first; c; c = c->next)
        c->occur = QUERY_SHOULD;
    if (list->n <= 1)
        return list->first;
    struct query_node *node = node_new(r, kind);
    if (node)
        tree_adopt(node, list);
    return node;
}

/* ---- Groups ---- */

static struct query_node *
finish_group(struct reader *r, const struct tree_list *list)
{
    struct tree_list group;
    if (!r->failed && !tree_require_filters(r->q, list, &group)) {
        r->failed = true;
        err_nomem(r->err);
    }
    if (r->failed || group.n == 0)
        return NULL;
    if (group.n == 1 && group.first->occur != QUERY_MUST_NOT) {
        group.first->occur = QUERY_SHOULD;
        return group.first;
    }
    struct query_node *node = node_new(r, QUERY_GROUP);
    if (!node)
        return NULL;
    tree_adopt(node, &group);
    bool only_excluded = true;
    for (const struct query_node *c = group.first; c; c = c->next)
        only_excluded = only_excluded && c->occur == QUERY_MUST_NOT;
    if (only_excluded)
        guess(r, GUESS_ONLY_EXCLUDED, node->from, node->to);
    return node;
}

/* What is excluded, as something that can stand by itself: all articles without it. */
static struct query_node *
all_without(struct reader *r, struct query_node *node)
{
    struct tree_list list;
    tree_list_init(&list);
    tree_list_add(&list, node);
    return finish_group(r, &list);
}

/* ---- Leaves ---- */

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

static struct query_node *
text_leaf(struct reader *r, const struct schema_entry *field, const struct lex_token *t)
{
    const bool value = field && field->how == SCHEMA_VALUE;
    if (value && t->star)
        guess(r, GUESS_STAR_AS_TEXT, t->from, t->to);
    struct query_node *node = node_new(r, value                   ? QUERY_VALUE
                                          : t->kind == LEX_QUOTED ? QUERY_PHRASE
                                          : t->star               ? QUERY_PREFIX
                                                                  : QUERY_WORD);
    if (!node)
        return NULL;
    node->field = field;
    node->text = r->q->text + t->begin;
    node->len = t->end - t->begin;
    node->filter = value;
    node->from = t->from;
    node->to = t->to;
    return node;
}

/* What is no date, as words: the name of the field and what stood behind it. */
static struct query_node *
no_date(struct reader *r, const struct field *field, const struct lex_token *t)
{
    const struct lex_token name = {
        .kind = LEX_RUN, .from = t->from, .to = t->to, .begin = field->begin, .end = field->end};
    struct tree_list list;
    struct query_node *first = text_leaf(r, NULL, &name), *second = text_leaf(r, NULL, t);
    guess(r, GUESS_BAD_DATE, t->from, t->to);
    if (!first || !second)
        return NULL;
    tree_list_init(&list);
    tree_list_add(&list, first);
    tree_list_add(&list, second);
    return finish_group(r, &list);
}

/* field: where the text is looked for; NULL: anywhere. */
static struct query_node *
leaf(struct reader *r, const struct field *field, const struct lex_token *t)
{
    char since[DATE_MAX], until[DATE_MAX];
    bool reversed;
    if (!field || field->meaning == FIELD_ENTRY)
        return text_leaf(r, field ? field->entry : NULL, t);
    if (!field_dates(field->meaning, r->q->text + t->begin, t->end - t->begin, since, until,
                     &reversed))
        return no_date(r, field, t);
    if (reversed)
        guess(r, GUESS_REVERSED_RANGE, t->from, t->to);
    if (t->star)
        guess(r, GUESS_STAR_AS_TEXT, t->from, t->to);
    struct query_node *node = node_new(r, QUERY_DATE);
    if (!node)
        return NULL;
    node->since = keep_date(r, since);
    node->until = keep_date(r, until);
    node->filter = true;
    node->from = t->from;
    node->to = t->to;
    return node;
}

/* ---- The grammar ---- */

/* '(' group ')' */
static struct query_node *
read_brackets(struct reader *r, const struct field *field)
{
    const struct lex_token *open = take(r);
    if (r->depth == r->o->limits.depth) {
        err_set(r->err, ERR_ARG, "the query nests brackets more than %zu deep", r->o->limits.depth);
        r->failed = true;
        return NULL;
    }
    r->depth++;
    struct query_node *node = read_group(r, field);
    r->depth--;
    const struct lex_token *close = peek(r);
    if (!node)
        guess(r, GUESS_EMPTY, open->begin, close->to);
    if (close->kind == LEX_CLOSE)
        take(r);
    else
        guess(r, GUESS_OPEN_BRACKET, open->begin, open->to);
    if (node && node->first) {
        node->from = open->from;
        node->to = close->kind == LEX_CLOSE ? close->to : r->q->len;
    }
    return node;
}

/* run | quotation | brackets */
static struct query_node *
read_text(struct reader *r, const struct field *field)
{
    switch (peek(r)->kind) {
    case LEX_RUN:
    case LEX_QUOTED:
        return leaf(r, field, take(r));
    case LEX_OPEN:
        return read_brackets(r, field);
    default:
        return NULL;
    }
}

/* field ':' text */
static struct query_node *
read_field(struct reader *r, const struct field *outer)
{
    const struct lex_token *t = take(r);
    struct query_node *node = read_text(r, &t->field);
    if (!node && !r->failed) { /* empty brackets: their note is there */
        guess(r, GUESS_FIELD_WITHOUT_VALUE, t->begin, t->to);
        node = leaf(r, outer, t);
    }
    if (node)
        node->from = t->from;
    return node;
}

/* { name ':' } [ field ':' ] text: the names are words beside the text */
static struct query_node *
read_stray(struct reader *r, const struct field *field)
{
    struct tree_list list;
    tree_list_init(&list);
    while (peek(r)->kind == LEX_STRAY) {
        struct query_node *name = leaf(r, field, take(r));
        if (name)
            tree_list_add(&list, name);
    }
    struct query_node *text =
        peek(r)->kind == LEX_FIELD ? read_field(r, field) : read_text(r, field);
    if (text)
        tree_list_add(&list, text);
    return finish_group(r, &list);
}

/* [ '+' | '-' ] ( field | text ) */
static struct query_node *
read_signed(struct reader *r, const struct field *field)
{
    const struct lex_token *t = peek(r);
    struct query_node *node = t->kind == LEX_FIELD   ? read_field(r, field)
                              : t->kind == LEX_STRAY ? read_stray(r, field)
                                                     : read_text(r, field);
    if (!node || !t->sign)
        return node;
    node->occur = t->sign == '+' ? QUERY_MUST : QUERY_MUST_NOT;
    node->from = t->from;
    return node;
}

/* [ 'NOT' ] signed */
static struct query_node *
read_not(struct reader *r, const struct field *field)
{
    if (peek(r)->kind != LEX_NOT)
        return read_signed(r, field);
    const struct lex_token *not = take(r);
    while (peek(r)->kind == LEX_NOT) {
        guess(r, GUESS_OPERATOR_LEFT_OUT, peek(r)->from, peek(r)->to);
        take(r);
    }
    struct query_node *node = read_signed(r, field);
    if (!node) {
        guess(r, GUESS_OPERATOR_LEFT_OUT, not ->from, not ->to);
        return NULL;
    }
    if (node->occur != QUERY_SHOULD)
        guess(r, GUESS_SIGN_WITHOUT_EFFECT, node->from, node->to);
    node->occur = QUERY_MUST_NOT;
    node->from = not ->from;
    return node;
}

/* Leaves out AND and OR that stand where something to search for should be. */
static void
skip_operators(struct reader *r)
{
    while (peek(r)->kind == LEX_AND || peek(r)->kind == LEX_OR) {
        guess(r, GUESS_OPERATOR_LEFT_OUT, peek(r)->from, peek(r)->to);
        take(r);
    }
}

static void
add_operand(struct reader *r, struct tree_list *wanted, struct tree_list *unwanted,
            struct query_node *node)
{
    if (node->occur == QUERY_MUST)
        guess(r, GUESS_SIGN_WITHOUT_EFFECT, node->from, node->to);
    tree_list_add(node->occur == QUERY_MUST_NOT ? unwanted : wanted, node);
}

/* not { 'AND' not } */
static struct query_node *
read_and(struct reader *r, const struct field *field)
{
    struct tree_list wanted, unwanted;
    tree_list_init(&wanted);
    tree_list_init(&unwanted);
    struct query_node *node = read_not(r, field);
    if (!node || peek(r)->kind != LEX_AND)
        return node;
    add_operand(r, &wanted, &unwanted, node);
    while (peek(r)->kind == LEX_AND) {
        const struct lex_token *and = take(r);
        skip_operators(r);
        node = read_not(r, field);
        if (node)
            add_operand(r, &wanted, &unwanted, node);
        else
            guess(r, GUESS_OPERATOR_LEFT_OUT, and->from, and->to);
    }
    const bool alone = wanted.n + unwanted.n == 1;
    if (alone)
        return wanted.n ? wanted.first : unwanted.first;
    struct query_node *left = combine(r, QUERY_AND, &wanted),
                      *right = combine(r, QUERY_OR, &unwanted);
    if (r->failed)
        return NULL;
    if (!left)
        right->occur = QUERY_MUST_NOT;
    if (!left || !right)
        return left ? left : right;
    struct tree_list both;
    tree_list_init(&both);
    tree_list_add(&both, left);
    tree_list_add(&both, right);
    return combine(r, QUERY_NOT, &both);
}

/* What stands beside OR. */
static void
add_alternative(struct reader *r, struct tree_list *list, struct query_node *node)
{
    if (node->occur == QUERY_MUST)
        guess(r, GUESS_SIGN_WITHOUT_EFFECT, node->from, node->to);
    else if (node->occur == QUERY_MUST_NOT)
        node = all_without(r, node);
    if (node)
        tree_list_add(list, node);
}

/* and { 'OR' and } */
static struct query_node *
read_or(struct reader *r, const struct field *field)
{
    struct query_node *node = read_and(r, field);
    if (!node || peek(r)->kind != LEX_OR)
        return node;
    struct tree_list list;
    tree_list_init(&list);
    struct query_node *first = node;
    while (peek(r)->kind == LEX_OR) {
        const struct lex_token * or = take(r);
        skip_operators(r);
        node = read_and(r, field);
        if (!node) {
            guess(r, GUESS_OPERATOR_LEFT_OUT, or->from, or->to);
            continue;
        }
        if (first)
            add_alternative(r, &list, first);
        first = NULL;
        add_alternative(r, &list, node);
    }
    return first ? first : combine(r, QUERY_OR, &list);
}

/* { or }, to the end of the query or a closing bracket */
static struct query_node *
read_group(struct reader *r, const struct field *field)
{
    struct tree_list list;
    tree_list_init(&list);
    for (;;) {
        skip_operators(r);
        const struct lex_token *t = peek(r);
        if (t->kind == LEX_END || (t->kind == LEX_CLOSE && r->depth > 0))
            break;
        if (t->kind == LEX_CLOSE) {
            guess(r, GUESS_CLOSING_BRACKET, t->from, t->to);
            take(r);
            continue;
        }
        struct query_node *node = read_or(r, field);
        if (node)
            tree_list_add(&list, node);
    }
    return r->failed ? NULL : finish_group(r, &list);
}

/* ---- The whole ---- */

static struct query_options
with_defaults(const struct query_options *o)
{
    struct query_options out = o ? *o : (struct query_options){.syntax = QUERY_FULL};
    struct query_limits *l = &out.limits;
    l->bytes = l->bytes ? l->bytes : QUERY_BYTES_MAX;
    l->words = l->words ? l->words : QUERY_RUNS_MAX;
    l->prefixes = l->prefixes ? l->prefixes : QUERY_PREFIXES_MAX;
    l->depth = l->depth ? l->depth : QUERY_DEPTH_MAX;
    if (l->depth > DEPTH_CEILING)
        l->depth = DEPTH_CEILING;
    return out;
}

/* Lines of a query mean nothing: a print of it is one line. Byte order marks are left out wherever
 * they are, since a print may begin anywhere. */
static bool
clean(struct reader *r, const char *text, size_t len)
{
    struct buf b;
    buf_init(&b, BUF_MAX);
    const size_t replaced = utf8_clean(&b, text, len);
    size_t kept = 0;
    for (size_t i = 0; i < b.len; i++) {
        const char c = b.data[i];
        if (b.len - i >= 3 && memcmp(b.data + i, "\xef\xbb\xbf", 3) == 0)
            i += 2;
        else
            b.data[kept++] = c == '\n' || c == '\t' ? ' ' : c;
    }
    buf_truncate(&b, kept);
    r->q->len = b.len;
    r->q->text = buf_take(&b);
    if (!r->q->text)
        return err_nomem(r->err);
    if (replaced)
        guess(r, GUESS_INVALID_TEXT, 0, r->q->len);
    return !r->failed;
}

/* Refuses the query for its first guess. */
static void
refuse(struct reader *r)
{
    const struct query_note *note = &r->q->note[0];
    size_t characters = 1;
    for (size_t at = 0; at < note->from; characters++)
        utf8_next(r->q->text, r->q->len, &at);
    err_set(r->err, ERR_SYNTAX, "query refused at character %zu: %s", characters, note->text);
    r->failed = true;
}

bool
query_read(struct query *q, const char *text, size_t len, const struct query_options *o,
           struct err *err)
{
    const struct query_options options = with_defaults(o);
    struct reader r = {.q = q, .o = &options, .err = err};
    *q = (struct query){.text = NULL};
    if (len > options.limits.bytes)
        return err_set(err, ERR_ARG, "the query is longer than %zu bytes", options.limits.bytes);
    if (clean(&r, text, len) && lex_read(&r.lex, q, &options, err)) {
        q->root = read_group(&r, NULL);
        note_sort(q);
        if (!r.failed && options.strict && q->n_notes > 0)
            refuse(&r);
    } else {
        r.failed = true;
    }
    lex_release(&r.lex);
    if (r.failed)
        query_release(q);
    return !r.failed;
}

void
query_release(struct query *q)
{
    free(q->text);
    note_release(q);
    tree_release(q);
    *q = (struct query){.text = NULL};
}
