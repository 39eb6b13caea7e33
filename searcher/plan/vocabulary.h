/* vocabulary.h - the words of the index that one word of the query stands for
 *
 * For plan/ alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PLAN_VOCABULARY_H
#define BS_SEARCHER_PLAN_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"
#include "searcher/plan/planner.h"
#include "searcher/positions/places.h"

struct meant_word {
    size_t at, len; /* the term in bytes */
    unsigned edits; /* letters that are not as asked for */
    xap_doccount articles;
    const char *language; /* it counts in articles of this one only; NULL: in all; borrowed */
};

/* Zeroed, it has no words. */
struct meant {
    struct buf bytes; /* the terms, with their prefix */
    struct meant_word *word;
    size_t n, room;
};

void meant_init(struct meant *m);
void meant_release(struct meant *m);

/* Looks at each word of a field that begins so. `each` says through *wanted which ones are meant,
 * and how far they are from what was asked for. ERR_ARG: over VISITS_MAX for the whole query, or,
 * where max is not 0, more than max are meant; the message says so and names the node. */
struct vocabulary_test {
    bool (*each)(void *arg, const char *word, size_t len, bool *wanted, unsigned *edits,
                 struct err *err);
    void *arg;
    const struct query_node *node;
    size_t max;
    const char *language; /* of the words that are found, as in struct meant_word */
};
bool vocabulary_find(struct planner *p, const char *field, const char *start, size_t start_len,
                     const struct vocabulary_test *test, struct meant *out, struct err *err);

/* Adds a word, if the index has it. */
bool vocabulary_add(struct planner *p, const char *field, const char *word, size_t len,
                    struct meant *out, struct err *err);

/* How many articles have one of them, at most. */
double meant_articles(const struct meant *m);

/* The words with at most so many edits, as one synonym; and as places. *out is NULL where there are
 * none. */
bool meant_query(const struct meant *m, unsigned edits, struct xap_query **out, struct err *err);
bool meant_places(const struct meant *m, struct places **out, struct err *err);

/* The words that begin so, at most EXPANSIONS_MAX. */
bool vocabulary_begin(struct planner *p, const struct query_node *node, const char *start,
                      size_t len, struct meant *out, struct err *err);

/* ---- stems.c, pattern.c, similar.c: the words of the index that a node stands for ---- */

/* Those that have a stem in common with it, in one of the languages of the index. */
bool stems_find(struct planner *p, const struct query_node *node, struct meant *out,
                struct err *err);
bool pattern_find(struct planner *p, const struct query_node *node, struct meant *out,
                  struct err *err);
bool similar_find(struct planner *p, const struct query_node *node, struct meant *out,
                  struct err *err);

/* ---- forms.c ---- */

/* Is it a pattern or a similar word that can be looked for: one word of a script with blanks?
 * Others are exact. */
bool forms_has(struct planner *p, const struct query_node *node);

/* The normal form of a pattern, with its * and ?, or of a word. False: it has none; err is not set.
 */
bool forms_normal(struct planner *p, const struct query_node *node, char form[WORD_MAX + 1],
                  size_t *len);

/* Does a word in normal form fit the pattern? */
bool forms_fit(const char *pattern, size_t pattern_len, const char *word, size_t len);

/* Letters to change, add, leave out, or exchange with the next one, to make one of the other: more
 * than max is max + 1. Words of at most WORD_MAX bytes. */
unsigned forms_edits(const char *a, size_t a_len, const char *b, size_t b_len, unsigned max);

#endif
