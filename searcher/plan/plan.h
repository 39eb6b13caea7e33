/* plan.h - from a query as it was read to one that Xapian runs
 *
 * A word means its stems in each language of the index (or in the query's own language), as one synonym; words side by side in
 * one run of letters (COVID-19) and phrases mean the exact words one after the other. Scripts without blanks, and Hangul, mean
 * pairs of characters and words of the dictionary as alternatives (doc/words.md). Closed-class words
 * are left out of ranking where other words remain. Dates mean the first second of publication in a value slot.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_PLAN_H
#define BS_SEARCHER_QUERY_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/words.h"
#include "searcher/plan/matcher.h"
#include "searcher/positions/places.h"
#include "searcher/query/read.h"
#include "searcher/request.h"
#include "shim/xapian-c.h"

/* A part of the query that gives weight by itself: a word, a phrase, a beginning. */
struct plan_part {
    struct xap_query *query; /* owned */
    char *text;              /* as it was typed; owned */
};

/* A word that may stand anywhere in an article and is not forbidden there. */
struct plan_word {
    char *term;      /* its normal form; owned */
    size_t len;
    char *stem;      /* one of its stems; owned */
    const char *raw; /* as it was typed; in the query */
    size_t raw_len;
    bool followed;   /* the next one of the list is the next one of the query */
    double boost;    /* what its weight is multiplied with */
};

/* Words of one query that better ones are suggested for. */
#define SUGGESTIONS_MAX 4

/* A word of the index to put in place of bytes from <= at < to of the query's text. */
struct plan_suggestion {
    size_t from, to;
    char *word; /* as an article writes it, in small letters but for a capital that was typed; owned */
};

/* What an article must be besides answering the query. */
struct plan_filter {
    const char *since, *until; /* date.h's form, or NULL */
    const char *language;      /* BCP 47, or NULL */
    const struct request_field *field;
    size_t n_fields;
    xap_docid similar;         /* articles like that one, the query being a filter; 0: none */
    bool suggest;              /* better words are wanted for those that find nothing */
    double half_life;          /* days in which what recent articles get is halved; 0: they get nothing */
    unsigned without;          /* parts of the ranking that are left out: enum request_part */
    bool names;                /* not a filter: names are found in other scripts too */
};

struct plan {
    struct xap_query *query; /* owned */
    struct matcher *matcher; /* owned */
    struct plan_part *part;  /* owned */
    size_t n_parts;
    struct plan_word *word;  /* owned; in the order of the query */
    size_t n_words;
    struct plan_suggestion suggestion[SUGGESTIONS_MAX]; /* in the order of the query */
    size_t n_suggestions;
    size_t n_named;   /* words of the matcher that are names in other scripts */
    double half_life; /* as in the filter */
    unsigned without;
    bool like;        /* the query is the words of an article, whose weights are chosen */
    const char *stop_language; /* whose closed-class words are dropped; static */
    struct places_budget *places; /* owned; what looking at places costs */
};

/* language: of the query's words, or NULL: each that the index holds. Notes are added to q. ERR_ARG: a limit was
 * passed, the message says which; ERR_MODIFIED and other errors of the index. */
bool plan_make(struct plan *out, struct query *q, const char *language, const struct plan_filter *filter,
               const struct xap_database *db, struct words *words, struct err *err);
void plan_release(struct plan *p);

#endif
