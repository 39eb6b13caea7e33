/* print.c - a query in its canonical spelling
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <string.h>

#include "searcher/query/marks.h"
#include "searcher/query/operator.h"
#include "searcher/query/read.h"

/* An operator's word is printed with a comma where it would be read as the operator: no operator
 * has one. */
struct printer {
    struct buf *out;
    bool escape; /* put the commas */
    bool met;    /* such a word was there */
    bool near;   /* NEAR may follow, before which NOT is an operator in any query */
};

static void
print_quoted(struct buf *out, const char *text, size_t len)
{
    const char *open, *close;
    marks_quotes_for(text, len, &open, &close);
    buf_str(out, open);
    buf_add(out, text, len);
    buf_str(out, close);
}

static void
print_date(struct buf *out, const struct query_node *node)
{
    if (!node->until)
        buf_printf(out, "since:%s", node->since);
    else if (!node->since)
        buf_printf(out, "until:%s", node->until);
    else if (strcmp(node->since, node->until) == 0)
        buf_printf(out, "published:%s", node->since);
    else
        buf_printf(out, "published:%s..%s", node->since, node->until);
}

/* Does a number follow, which would be read as the end of an open range? */
static bool
is_before_number(const struct query_node *node)
{
    const struct query_node *next = node->next;
    if (!next || next->first || !next->text || next->field)
        return false;
    const unsigned char c = (unsigned char)next->text[0];
    return (c >= '0' && c <= '9') || c == '.' || c >= 0x80;
}

static void
print_length(struct buf *out, const struct query_node *node)
{
    buf_str(out, "words:");
    if (node->high == UINT32_MAX && node->low != node->high && is_before_number(node)) {
        buf_printf(out, ">=%lu", (unsigned long)node->low);
        return;
    }
    if (node->low > 0 || node->high == UINT32_MAX || node->high == 0)
        buf_printf(out, "%lu", (unsigned long)node->low);
    if (node->low != node->high)
        buf_str(out, "..");
    if (node->high != UINT32_MAX && node->low != node->high)
        buf_printf(out, "%lu", (unsigned long)node->high);
}

/* Can the value stand without quotation marks? */
static bool
is_plain(const char *text, size_t len)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#@!$&'+,;=%";
    for (size_t i = 0; i < len; i++)
        if (text[i] == '\0' || !strchr(plain, text[i]))
            return false;
    return true;
}

/* Behind id: and the like a ~ would be read as what it is behind a word; addresses and paths have
 * it. */
static bool
ends_like_suffix(const struct query_node *node)
{
    return memchr(node->text, '~', node->len) && node->field->field != ARTICLE_URL &&
           node->field->field != ARTICLE_PATH;
}

/* Thousandths as a decimal number. */
static void
print_boost(struct buf *out, unsigned boost)
{
    unsigned rest = boost % 1000, digits = 3;
    if (boost == 0)
        return;
    buf_printf(out, "^%u", boost / 1000);
    for (; rest > 0 && rest % 10 == 0; rest /= 10)
        digits--;
    if (rest > 0)
        buf_printf(out, ".%0*u", (int)digits, rest);
}

static void
print_leaf(struct printer *p, const struct query_node *node)
{
    struct buf *out = p->out;
    if (node->kind == QUERY_DATE) {
        print_date(out, node);
        return;
    }
    if (node->kind == QUERY_LENGTH) {
        print_length(out, node);
        return;
    }
    if (node->field) {
        buf_str(out, node->field->name);
        buf_ch(out, ':');
    }
    if (node->exact)
        buf_ch(out, '=');
    if (node->kind == QUERY_PHRASE ||
        (node->kind == QUERY_VALUE && (!is_plain(node->text, node->len) || ends_like_suffix(node))))
        print_quoted(out, node->text, node->len);
    else
        buf_add(out, node->text, node->len);
    if (node->kind == QUERY_PREFIX)
        buf_ch(out, '*');
    if (node->kind == QUERY_FUZZY || (node->kind == QUERY_PHRASE && node->number > 0))
        buf_printf(out, "~%u", node->number);
    print_boost(out, node->boost);
    if (node->kind == QUERY_WORD && !node->field && !node->exact && node->boost == 0 &&
        node->occur == QUERY_SHOULD) {
        const struct operator o = operator_read(node->text, node->len);
        p->met = p->met || o.kind != LEX_RUN;
        if (o.always || (p->near && o.kind == LEX_NOT) || (p->escape && o.kind != LEX_RUN))
            buf_ch(out, ',');
    }
}

static void
print_between(struct buf *out, const struct query_node *node)
{
    static const char *const between[] = {
        [QUERY_GROUP] = " ", [QUERY_AND] = " AND ", [QUERY_OR] = " OR ", [QUERY_NOT] = " AND NOT "};
    static const char *const near[] = {[QUERY_NEAR_WORDS] = "NEAR/",
                                       [QUERY_NEAR_ORDERED] = "PRE/",
                                       [QUERY_NEAR_SENTENCE] = "W/S",
                                       [QUERY_NEAR_PARAGRAPH] = "W/P"};
    if (node->kind != QUERY_NEAR) {
        buf_str(out, between[node->kind]);
        return;
    }
    buf_printf(out, " %s%s", node->negated ? "NOT " : "", near[node->near]);
    if (node->number > 0)
        buf_printf(out, "%u", node->number);
    buf_ch(out, ' ');
}

static void
print_tree(struct printer *p, const struct query_node *node, bool brackets)
{
    if (node->occur != QUERY_SHOULD)
        buf_ch(p->out, node->occur == QUERY_MUST ? '+' : '-');
    if (!node->first) {
        print_leaf(p, node);
        return;
    }
    if (brackets)
        buf_ch(p->out, '(');
    if (node->kind == QUERY_ATLEAST || node->kind == QUERY_FIRST)
        buf_printf(p->out, "%s/%u ", node->kind == QUERY_FIRST ? "FIRST" : "ATLEAST", node->number);
    for (const struct query_node *child = node->first; child; child = child->next) {
        if (child != node->first)
            print_between(p->out, node);
        p->near = node->kind == QUERY_NEAR;
        print_tree(p, child, true);
    }
    if (brackets) {
        buf_ch(p->out, ')');
        print_boost(p->out, node->boost);
    }
}

void
query_print_node(const struct query_node *node, struct buf *out)
{
    if (!node)
        return;
    const size_t start = out->len;
    struct printer p = {.out = out};
    const bool brackets = node->first && (node->occur != QUERY_SHOULD || node->boost > 0);
    print_tree(&p, node, brackets);
    struct marks printed = {.text = out->data + start, .len = out->len - start};
    if (p.met && !out->failed && marks_has_small_letter(&printed)) {
        buf_truncate(out, start);
        p.escape = true;
        print_tree(&p, node, brackets);
    }
}

void
query_print(const struct query *q, struct buf *out)
{
    query_print_node(q->root, out);
}
