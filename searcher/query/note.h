/* note.h - the guesses that reading a query takes, each with its code and its words
 *
 * For lex.c and read.c alone. The codes are listed for users in doc/query-language.md.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_NOTE_H
#define BS_SEARCHER_QUERY_NOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "searcher/query/read.h"

enum guess {
    GUESS_INVALID_TEXT,
    GUESS_OPERATOR_AS_WORD,
    GUESS_OPERATOR_LEFT_OUT,
    GUESS_NOT_AN_OPERATOR,
    GUESS_SIGN_ALONE,
    GUESS_SIGN_REPEATED,
    GUESS_SIGN_INSIDE,
    GUESS_SIGN_WITHOUT_EFFECT,
    GUESS_ONLY_EXCLUDED,
    GUESS_UNBALANCED_QUOTE,
    GUESS_OPEN_BRACKET,
    GUESS_CLOSING_BRACKET,
    GUESS_EMPTY,
    GUESS_UNKNOWN_FIELD,
    GUESS_FIELD_WITHOUT_VALUE,
    GUESS_BAD_DATE,
    GUESS_BAD_NUMBER,
    GUESS_BAD_LANGUAGE,
    GUESS_REVERSED_RANGE,
    GUESS_STAR_AS_TEXT,
    GUESS_SMALL_OPERATOR,
    GUESS_BROKEN_OPERATOR,
    GUESS_NUMBER_CLIPPED,
    GUESS_NEAR_AS_AND,
    GUESS_NO_PLACES,
    GUESS_SUFFIX
};

/* Notes that bytes from <= at < to of q->text were guessed at. With `strict` the note says only
 * what was found, not what was made of it. False: ERR_NOMEM. */
bool note_guess(struct query *q, enum guess guess, bool strict, size_t from, size_t to,
                struct err *err);

/* Notes how something was read that needed no guess: with `strict` it does not refuse. */
bool note_said(struct query *q, size_t from, size_t to, const char *read, struct err *err);

/* Puts the notes in the order of the text. */
void note_sort(struct query *q);

void note_release(struct query *q);

#endif
