/* lex.h - a query cut into words, quotations, brackets, fields and operators
 *
 * For the files that read queries alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_LEX_H
#define BS_SEARCHER_QUERY_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "searcher/query/field.h"
#include "searcher/query/read.h"
#include "searcher/query/suffix.h"

enum lex_kind {
    LEX_END,    /* behind the last token */
    LEX_RUN,    /* text without blanks that has a letter or digit */
    LEX_QUOTED, /* the same, with blanks */
    LEX_FIELD,  /* a field; the next token is RUN, QUOTED or OPEN and its value */
    LEX_STRAY, /* what stands before a colon and is no field, or whose value is none; the next token
                  as for FIELD, or these two */
    LEX_OPEN,
    LEX_CLOSE,
    LEX_AND,
    LEX_OR,
    LEX_NOT,
    LEX_NEAR, /* all of its kind: PRE, W */
    LEX_ATLEAST,
    LEX_FIRST
};

struct lex_token {
    enum lex_kind kind;
    char sign;          /* + or - before RUN, QUOTED, FIELD, STRAY, OPEN; else 0 */
    bool star;          /* RUN: a * was behind it */
    bool pattern;       /* RUN: * or ? stand for letters in it */
    bool stray;         /* RUN: the name of a field, or a value, that could not be read as one */
    bool exact;         /* RUN: a = was before it */
    enum query_near near; /* NEAR */
    unsigned number;      /* NEAR, ATLEAST, FIRST; 0: none */
    struct suffix suffix; /* RUN, QUOTED, CLOSE */
    struct field field; /* FIELD */
    size_t from, to;    /* bytes of the query, sign and quotes included */
    size_t begin, end;  /* RUN, QUOTED, FIELD, STRAY, OPEN, CLOSE: the text in it, never empty */
};

struct lex {
    struct lex_token *token; /* owned; the last one is LEX_END */
    size_t n, room;
};

/* Cuts q->text. Counts words and prefixes against the limits, none of which may be 0; guesses
 * become notes. ERR_ARG: over a limit; ERR_NOMEM. Release *l in both cases. */
bool lex_read(struct lex *l, struct query *q, const struct query_options *o, struct err *err);

void lex_release(struct lex *l);

#endif
