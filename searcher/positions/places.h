/* places.h - where in an article the words of a query stand
 *
 * An expression is a tree: words of the index at its leaves, above them what they must have to do
 * with each other. The index says where the words are; of an article that has what is asked for,
 * the expression is a list of places. Stems have no positions: who builds the expression gives all
 * words that are meant.
 *
 * Whoever needs to know where words stand asks here, so that where positions come from can change.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_POSITIONS_PLACES_H
#define BS_SEARCHER_POSITIONS_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "shim/xapian-c.h"

enum places_how {
    PLACES_WORD,      /* any of its words */
    PLACES_PHRASE,    /* the sides at their offsets, of `number` words in all */
    PLACES_MOVED,     /* the same, moved by at most `number` words in all */
    PLACES_ANY,       /* any of the sides */
    PLACES_NEAR,      /* all sides, at most `number` words from one to the next */
    PLACES_ORDERED,   /* the same in their order */
    PLACES_SENTENCE,  /* all sides, in one sentence */
    PLACES_PARAGRAPH, /* all sides, in one paragraph */
    PLACES_FIRST, /* the side, within the first `number` words of the text, or in what stands before
                     it */
    PLACES_ATLEAST /* the side, `number` times or more */
};

/* How much one search may compare, in steps of some nanoseconds: what takes two seconds is refused.
 */
#define PLACES_WORK_MAX 700000000

/* What is compared for one query. */
struct places_budget {
    double planned; /* what Xapian may compare for phrases, estimated before */
    uint64_t done;  /* what was compared here */
};

/* ERR_ARG: the budget is used up. */
bool places_too_many(struct err *err);

struct places;

bool places_new(struct places **out, enum places_how how, unsigned number, struct err *err);
void places_free(struct places *p);

/* The first side where the second is not near: for NEAR, ORDERED, SENTENCE, PARAGRAPH. */
void places_negate(struct places *p);

/* Adds a word of the index, with its prefix, to a PLACES_WORD. language: it counts only in articles of
 * that language (as SCHEMA_LANGUAGE has it); NULL: in all. */
bool places_add_word(struct places *p, const char *term, size_t len, const char *language,
                     struct err *err);

/* Adds a side, which it takes, also after a failure. offset: words behind the beginning of the
 * phrase. ERR_ARG: one side more than can be compared, the message says so. */
bool places_add(struct places *p, struct places *side, unsigned offset, struct err *err);

/* A query for the articles of db that have such a place: those among `candidates`, which has their
 * weights, may be NULL, and is taken, as the expression is, also after a failure. db is borrowed
 * until the last query is freed that has this one in it; the query works for it alone, and only in
 * one search at a time. *budget, which lives as long, is shared by all that are in one query: a
 * search in which they pass PLACES_WORK_MAX together fails with XAP_WILDCARD_ERROR. */
bool places_query(struct places *p, struct xap_query *candidates, const struct xap_database *db,
                  struct places_budget *budget, struct xap_query **out, struct err *err);

#endif
