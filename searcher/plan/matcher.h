/* matcher.h - which words of an article did the query mean?
 *
 * Holds the words of a query as they were planned, so that snippets mark what the index matched: by
 * stem in the article's own language, by exact form and side by side inside phrases, by beginning
 * for word*.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_MATCHER_H
#define BS_SEARCHER_QUERY_MATCHER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/schema.h"
#include "common/words.h"

struct matcher;

enum matcher_how {
    MATCH_STEM,      /* the same stem, or the same normal form */
    MATCH_EXACT,     /* the same normal form */
    MATCH_PREFIX,    /* a normal form that begins so */
    MATCH_ANY,       /* in a phrase: whatever stands there */
    MATCH_PATTERN,   /* a normal form that fits, with * and ? */
    MATCH_SIMILAR_1, /* a normal form with at most one letter wrong */
    MATCH_SIMILAR_2
};

bool matcher_new(struct matcher **out, struct err *err);
void matcher_free(struct matcher *m);

/* Adds a word of the query as it was typed (of the text, when it is one word) with its normal form.
 * field: the only one it is looked for in, or NULL; borrowed. weight: how rare it is, > 0. At most
 * 256 are kept; more are left out of snippets. */
bool matcher_add(struct matcher *m, const struct schema_entry *field, enum matcher_how how,
                 const char *raw, size_t raw_len, const char *term, size_t term_len, double weight,
                 struct err *err);

/* Gets ready for articles of a language (BCP 47, may be ""): stems the words for it. */
bool matcher_language(struct matcher *m, struct words *words, const char *language,
                      struct err *err);

/* Words added between these two are a phrase: they count side by side only, in this order. Where
 * the same words in any form were added right before it, they are the pieces of one run of letters
 * (AT&T, l'énergie). A piece of one letter, an elided one, and one that is common beside the others
 * counts only side by side with its neighbour in the run. */
void matcher_begin_phrase(struct matcher *m);
void matcher_end_phrase(struct matcher *m);

/* Begins a text, whose words then follow one by one: one of the field of that name, as the schema
 * has it. */
void matcher_start(struct matcher *m, const char *field);

/* Goes on in the same text behind words that were left out: no phrase crosses them. */
void matcher_go_on(struct matcher *m);

/* A text can be skimmed where a look at the first letters of a word tells that it is not meant:
 * English, and languages without a stemmer, with words of the query that begin in ASCII. Ask after
 * matcher_language() and matcher_start(). */
bool matcher_can_skim(const struct matcher *m);

/* Finds the next place in text[at, len) where a word that is meant may begin; len: there is none.
 * Wherever a word begins that matcher_next() would count, this stops; it stops elsewhere too. */
size_t matcher_skim(const struct matcher *m, const char *text, size_t len, size_t at);

/* The same for the word at text[0]: may it be meant? len: of the word, or of more. */
bool matcher_may_match(const struct matcher *m, const char *text, size_t len);

/* For tests: nothing can be skimmed from now on. */
void matcher_read_all(struct matcher *m);

/* How many words of the text, up to and with this one, did the query mean? 0: not this one. More
 * than one: a phrase ends here, or several pieces of a run do. *which: the number (from 0) of the
 * first one's word in the query; the others' follow. */
size_t matcher_next(struct matcher *m, const struct word *word, size_t *which);

/* Where does the mark of a word end that the query's word i matched: with the word, or with all
 * that its term is of? */
size_t matcher_reach(const struct matcher *m, size_t i, size_t to, size_t reach);

size_t matcher_count(const struct matcher *m);
/* The number of the first word of the query that has the same normal form as word i: i, where there
 * is none before it. */
size_t matcher_same(const struct matcher *m, size_t i);

double matcher_weight(const struct matcher *m, size_t i);

#endif
