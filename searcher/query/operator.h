/* operator.h - the operators of queries: how they are spelled
 *
 * For lex.c, and for print.c, which has to know how its print will be read.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_OPERATOR_H
#define BS_SEARCHER_QUERY_OPERATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "searcher/query/lex.h"

struct operator
{
    enum lex_kind kind; /* LEX_RUN: it is none */
    enum query_near near;
    unsigned number;
    bool clipped; /* the number that was typed is not possible; this is the nearest one */
    bool always;  /* nobody means the word: it counts in a query without small letters too */
};

/* Which operator is spelled so? */
struct operator operator_read(const char *text, size_t len);

/* Is it an operator's name in capitals, without a number, S or P, or with one that it cannot have
 * (NEAR/1.5, W/s, PRE)? One with a comma behind it is a word. */
bool operator_is_broken(const char *text, size_t len);

/* Would it be an operator with a number, were it in capitals? */
bool operator_is_small(const char *text, size_t len);

#endif
