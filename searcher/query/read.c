/* read.c - a query as people type it, read into a tree
 *
 * Recursive descent over the tokens of lex.c, one function for each rule of the grammar in
 * doc/query-language.md.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/read.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/utf8.h"
#include "searcher/query/reader.h"

/* Brackets within brackets that the stack bears whatever a caller asks for. */
#define DEPTH_CEILING 1000

static struct query_node *read_group(struct reader *r, const struct field *field);

/* ---- Small things ---- */

const struct lex_token *
reader_peek(const struct reader *r)
{
    return &r->lex.token[r->failed ? r->lex.n - 1 : r->at];
}

const struct lex_token *
reader_take(struct reader *r)
{
    const struct lex_token *t = reader_peek(r);
    if (t->kind != LEX_END)
        r->at++;
    return t;
}

void
reader_guess(struct reader *r, enum guess what, size_t from, size_t to)
{
    if (!r->failed && !note_guess(r->q, what, r->o->strict, from, to, r->err))
        r->failed = true;
}

struct query_node *
reader_node(struct reader *r, enum query_kind kind)
{
    struct query_node *node = r->failed ? NULL : tree_new(r->q, kind);
    if (!node && !r->failed) {
        r->failed = true;
        err_nomem(r->err);
    }
    return node;
}

struct query_node *
reader_combine(struct reader *r, enum query_kind kind, const struct tree_list *list)
{
    for (struct query_node *c = list->first; c; c = c->next)
        c->occur = QUERY_SHOULD;
    if (list->n <= 1)
        return list->first;
    struct query_node *node = reader_node(r, kind);
    if (node)
        tree_adopt(node, list);
    return node;
}

void
reader_boost(struct reader *r, struct query_node *node, const struct lex_token *t)
{
    const unsigned boost = t->suffix.boost;
    if (t->kind == LEX_CLOSE && (t->suffix.tilde || (boost > 0 && node->filter)))
        reader_guess(r, GUESS_SUFFIX, t->from, t->to);
    if (boost == 0 || node->filter)
        return;
    const unsigned long long product = (unsigned long long)(node->boost ? node->boost : 1000) * boost / 1000;
    node->boost = product < 1 ? 1 : product > QUERY_BOOST_MAX ? QUERY_BOOST_MAX : (unsigned)product;
    if (node->boost == 1000)
        node->boost = 0;
}

bool
reader_check_depth(struct reader *r, size_t more)
{
    if (r->depth + more > r->o->limits.depth && !r->failed) {
        err_set(r->err, ERR_ARG, "the query nests brackets more than %zu deep", r->o->limits.depth);
        r->failed = true;
    }
    return !r->failed;
}

/* ---- Groups ---- */

/* since: and until: side by side, of which the first is later, mean the time between them. */
static void
exchange_times(struct reader *r, const struct tree_list *group)
{
    struct query_node *since = NULL, *until = NULL;
    for (struct query_node *c = group->first; c; c = c->next) {
        if (c->kind != QUERY_DATE || c->occur == QUERY_MUST_NOT || (c->since && c->until))
            continue;
        struct query_node **end = c->since ? &since : &until;
        if (*end)
            return; /* more than one: they say what they say */
        *end = c;
    }
    if (!since || !until || !field_is_reversed(since->since, until->until))
        return;
    const char *later = since->since;
    since->since = until->until;
    until->until = later;
    reader_guess(r, GUESS_REVERSED_RANGE, since->from < until->from ? since->from : until->from,
                 since->to > until->to ? since->to : until->to);
}

struct query_node *
reader_group(struct reader *r, const struct tree_list *list)
{
    struct tree_list group;
    if (!r->failed && !tree_require_filters(r->q, list, &group)) {
        r->failed = true;
        err_nomem(r->err);
    }
    if (r->failed || group.n == 0)
        return NULL;
    exchange_times(r, &group);
    /* a word that must be there must stand as it was typed, alone too */
    const bool sign_tells = r->depth == 0 && group.first->occur == QUERY_MUST && group.first->kind == QUERY_WORD;
    if (group.n == 1 && group.first->occur != QUERY_MUST_NOT && !sign_tells) {
        group.first->occur = QUERY_SHOULD;
        return group.first;
    }
    struct query_node *node = reader_node(r, QUERY_GROUP);
    if (!node)
        return NULL;
    tree_adopt(node, &group);
    bool only_excluded = true;
    for (const struct query_node *c = group.first; c; c = c->next)
        only_excluded = only_excluded && c->occur == QUERY_MUST_NOT;
    if (only_excluded)
        reader_guess(r, GUESS_ONLY_EXCLUDED, node->from, node->to);
    return node;
}

/* What is excluded, as something that can stand by itself: all articles without it. */
static struct query_node *
all_without(struct reader *r, struct query_node *node)
{
    struct tree_list list;
    tree_list_init(&list);
    tree_list_add(&list, node);
    return reader_group(r, &list);
}

/* ---- The grammar ---- */

/* '(' group ')' */
static struct query_node *
read_brackets(struct reader *r, const struct field *field)
{
    const struct lex_token *open = reader_take(r);
    if (!reader_check_depth(r, 1))
        return NULL;
    r->depth++;
    struct query_node *node = read_group(r, field);
    r->depth--;
    const struct lex_token *close = reader_peek(r);
    if (!node)
        reader_guess(r, GUESS_EMPTY, open->begin, close->to);
    if (close->kind == LEX_CLOSE)
        reader_take(r);
    else
        reader_guess(r, GUESS_OPEN_BRACKET, open->begin, open->to);
    if (node && node->first) {
        node->from = open->from;
        node->to = close->kind == LEX_CLOSE ? close->to : r->q->len;
    }
    if (node && close->kind == LEX_CLOSE)
        reader_boost(r, node, close);
    return node;
}

/* run | quotation | brackets */
static struct query_node *
read_text(struct reader *r, const struct field *field)
{
    switch (reader_peek(r)->kind) {
    case LEX_RUN:
    case LEX_QUOTED:
        return leaf_read(r, field, reader_take(r));
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
    const struct lex_token *t = reader_take(r);
    struct query_node *node = read_text(r, &t->field);
    if (!node && !r->failed) { /* empty brackets: their note is there */
        reader_guess(r, GUESS_FIELD_WITHOUT_VALUE, t->begin, t->to);
        node = leaf_read(r, outer, t);
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
    while (reader_peek(r)->kind == LEX_STRAY) {
        struct query_node *name = leaf_read(r, field, reader_take(r));
        if (name)
            tree_list_add(&list, name);
    }
    struct query_node *text =
        reader_peek(r)->kind == LEX_FIELD ? read_field(r, field) : read_text(r, field);
    if (text && !text->first)
        text->stray = true;
    if (text)
        tree_list_add(&list, text);
    return reader_group(r, &list);
}

/* [ '+' | '-' ] ( field | text ) */
struct query_node *
reader_signed(struct reader *r, const struct field *field)
{
    const struct lex_token *t = reader_peek(r);
    struct query_node *node = t->kind == LEX_FIELD   ? read_field(r, field)
                              : t->kind == LEX_STRAY ? read_stray(r, field)
                                                     : read_text(r, field);
    if (!node || !t->sign)
        return node;
    node->occur = t->sign == '+' ? QUERY_MUST : QUERY_MUST_NOT;
    node->from = t->from;
    return node;
}

/* [ 'NOT' ] near */
static struct query_node *
read_not(struct reader *r, const struct field *field)
{
    if (reader_peek(r)->kind != LEX_NOT)
        return near_read(r, field);
    const struct lex_token *not = reader_take(r);
    while (reader_peek(r)->kind == LEX_NOT) {
        reader_guess(r, GUESS_OPERATOR_LEFT_OUT, reader_peek(r)->from, reader_peek(r)->to);
        reader_take(r);
    }
    struct query_node *node = near_read(r, field);
    if (!node) {
        reader_guess(r, GUESS_OPERATOR_LEFT_OUT, not ->from, not ->to);
        return NULL;
    }
    if (node->occur != QUERY_SHOULD)
        reader_guess(r, GUESS_SIGN_WITHOUT_EFFECT, node->from, node->to);
    node->occur = QUERY_MUST_NOT;
    node->from = not ->from;
    return node;
}

void
reader_skip_operators(struct reader *r)
{
    while (reader_peek(r)->kind == LEX_AND || reader_peek(r)->kind == LEX_OR || reader_peek(r)->kind == LEX_NEAR) {
        reader_guess(r, GUESS_OPERATOR_LEFT_OUT, reader_peek(r)->from, reader_peek(r)->to);
        reader_take(r);
    }
}

static void
add_operand(struct reader *r, struct tree_list *wanted, struct tree_list *unwanted,
            struct query_node *node)
{
    if (node->occur == QUERY_MUST)
        reader_guess(r, GUESS_SIGN_WITHOUT_EFFECT, node->from, node->to);
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
    if (!node || reader_peek(r)->kind != LEX_AND)
        return node;
    add_operand(r, &wanted, &unwanted, node);
    while (reader_peek(r)->kind == LEX_AND) {
        const struct lex_token *and = reader_take(r);
        reader_skip_operators(r);
        node = read_not(r, field);
        if (node)
            add_operand(r, &wanted, &unwanted, node);
        else
            reader_guess(r, GUESS_OPERATOR_LEFT_OUT, and->from, and->to);
    }
    const bool alone = wanted.n + unwanted.n == 1;
    if (alone)
        return wanted.n ? wanted.first : unwanted.first;
    exchange_times(r, &wanted);
    struct query_node *left = reader_combine(r, QUERY_AND, &wanted),
                      *right = reader_combine(r, QUERY_OR, &unwanted);
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
    return reader_combine(r, QUERY_NOT, &both);
}

/* What stands beside OR. */
static void
add_alternative(struct reader *r, struct tree_list *list, struct query_node *node)
{
    if (node->occur == QUERY_MUST)
        reader_guess(r, GUESS_SIGN_WITHOUT_EFFECT, node->from, node->to);
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
    if (!node || reader_peek(r)->kind != LEX_OR)
        return node;
    struct tree_list list;
    tree_list_init(&list);
    struct query_node *first = node;
    while (reader_peek(r)->kind == LEX_OR) {
        const struct lex_token * or = reader_take(r);
        reader_skip_operators(r);
        node = read_and(r, field);
        if (!node) {
            reader_guess(r, GUESS_OPERATOR_LEFT_OUT, or->from, or->to);
            continue;
        }
        if (first)
            add_alternative(r, &list, first);
        first = NULL;
        add_alternative(r, &list, node);
    }
    return first ? first : reader_combine(r, QUERY_OR, &list);
}

/* { or }, to the end of the query or a closing bracket */
static struct query_node *
read_group(struct reader *r, const struct field *field)
{
    struct tree_list list;
    tree_list_init(&list);
    for (;;) {
        reader_skip_operators(r);
        const struct lex_token *t = reader_peek(r);
        if (t->kind == LEX_END || (t->kind == LEX_CLOSE && r->depth > 0))
            break;
        if (t->kind == LEX_CLOSE) {
            reader_guess(r, GUESS_CLOSING_BRACKET, t->from, t->to);
            reader_take(r);
            continue;
        }
        struct query_node *node = read_or(r, field);
        if (node)
            tree_list_add(&list, node);
    }
    return r->failed ? NULL : reader_group(r, &list);
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
    if (out.now == 0)
        out.now = (int64_t)time(NULL);
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
        reader_guess(r, GUESS_INVALID_TEXT, 0, r->q->len);
    return !r->failed;
}

static bool
has_guess(const struct query *q)
{
    for (size_t i = 0; i < q->n_notes; i++)
        if (q->note[i].guess)
            return true;
    return false;
}

/* Refuses the query for its first guess. */
static void
refuse(struct reader *r)
{
    const struct query_note *note = r->q->note;
    size_t characters = 1;
    while (!note->guess)
        note++;
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
        if (!r.failed && options.strict && has_guess(q))
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
