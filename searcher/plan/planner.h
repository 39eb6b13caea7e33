/* planner.h - what the files of plan/ share: the planner, the words of a leaf, queries of Xapian put together
 *
 * For plan/ alone; what others need is in plan.h. Functions that give *out hand it over; it is NULL where nothing is asked for.
 * False: they failed, err says why, and *out is not to be used.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PLAN_PLANNER_H
#define BS_SEARCHER_PLAN_PLANNER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/words.h"
#include "searcher/plan/matcher.h"
#include "searcher/plan/plan.h"
#include "searcher/query/read.h"
#include "searcher/request.h"
#include "shim/xapian-c.h"

/* Languages of one index whose stems a word is looked for in. */
#define LANGUAGES_MAX 64
/* Words and single characters that one run of letters may be cut into: as many as a query has room for. */
#define CUT_MAX (QUERY_BYTES_MAX / 2)
/* Words of the index that begin* may stand for: more cost seconds (doc/query-language.md). */
#define EXPANSIONS_MAX 1000
/* Words of the index that one query may look at to find those that it stands for: more takes seconds. */
#define VISITS_MAX 5000000

/* A word that few articles have, or none. */
struct missed {
    const char *raw; /* in the text of the query */
    size_t raw_len;
    double articles;
};

struct planner {
    const struct xap_database *db;
    struct words *words;
    struct query *query;
    struct matcher *matcher;
    struct plan *plan; /* where parts are listed */
    char languages[LANGUAGES_MAX][16]; /* "" is: words as they are */
    size_t n_languages;
    const char *stop_language; /* whose closed-class words are dropped; static */
    double articles;
    size_t n_words; /* that were planned */
    size_t phrase_words; /* of them in phrases */
    size_t n_characters; /* that were looked for wherever they stand */
    bool suggest; /* better words are wanted for those that are missed */
    struct missed missed[SUGGESTIONS_MAX];
    size_t n_missed;
    unsigned without; /* enum request_part */
    bool names;          /* look for names in other scripts (names.h) */
    bool scripts_known;
    unsigned scripts;    /* of the index, once they are known */
    size_t n_named;      /* words that were looked for in other scripts */
    const struct query_node *named_to; /* the last word of a name of several words that was looked for */
    bool excluding; /* inside what must not be there */
    bool requiring; /* inside what must be there, or be there together */
    bool placing;   /* inside what has to do with places: only which articles have the words is planned */
    double boost;   /* what weights are multiplied with */
    size_t n_visited; /* words of the index that were looked at */
    const struct schema_entry *field; /* of the word that is planned; NULL: any */
    struct cut *cut; /* of the leaf that is planned */
};

/* ---- compose.c: queries put together ---- */

bool plan_failed(const struct xap_error *error, struct err *err);

/* Takes over all of them; NULL ones are left out. *out is NULL where none is left. */
bool plan_combine(enum xap_query_op op, struct xap_query **parts, size_t n, unsigned window, struct xap_query **out,
                  struct err *err);

/* Frees all parts, for a function that failed: false. */
bool plan_drop(struct xap_query **parts, size_t n);

/* Room for n parts, all NULL: on the heap, for planning goes deep. The caller hands it to plan_finish(). */
struct xap_query **plan_new_parts(size_t n, struct err *err);

/* plan_combine(), or plan_drop() where something failed before; the room is freed. */
bool plan_finish(enum xap_query_op op, struct xap_query **parts, size_t n, unsigned window, bool ok, struct xap_query **out,
                 struct err *err);

/* Joins two that may be NULL into the left one; both are taken over. */
bool plan_join(enum xap_query_op op, struct xap_query **left, struct xap_query **right, struct err *err);

/* Takes a query over and gives it another weight; NULL stays so. */
bool plan_scale(double factor, struct xap_query **query, struct err *err);

bool plan_term(const char *prefix, const char *text, size_t len, struct xap_query **out, struct err *err);

/* In how many articles is the term? */
bool plan_frequency(const struct planner *p, const char *prefix, const char *text, size_t len, double *out, struct err *err);

/* Keeps a word for the snippets. */
bool plan_remember(struct planner *p, enum matcher_how how, const char *raw, size_t raw_len, const char *term, size_t term_len,
                   double articles, struct err *err);

/* ---- cut.c: the words of a leaf ---- */

/* One word or character of a cut. */
struct cut_word {
    size_t at, len;           /* the term in the bytes of the cut */
    size_t stem_at, stem_len; /* of a word that is cut into characters */
    size_t from, to;          /* in the text */
    enum word_kind kind;
    bool begins_word;
    bool pair; /* the term is of this character and the next one */
};

struct cut {
    struct buf bytes; /* the forms, one after the other */
    struct cut_word word[CUT_MAX];
    size_t n;
    size_t n_words; /* characters of one word are one */
    bool apart;     /* something stands between the words: a hyphen, a blank */
    bool unspaced;  /* there are words of a script without blanks: what is typed in one go may be a sentence */
};

/* Its bytes are the caller's to release, also after a failure. */
bool cut_words(struct planner *p, const char *text, size_t len, struct cut *cut, struct err *err);

/* The words of a leaf, counted: read.c sees runs of letters, which may be cut into many. */
bool cut_node(struct planner *p, const struct query_node *node, struct cut *cut, struct err *err);

/* Counts words that are looked for; ERR_ARG: there are more than QUERY_WORDS_MAX. */
bool cut_count(struct planner *p, size_t words, struct err *err);

/* Is it the last character of several? The pair before it says all of it. */
bool cut_said_before(const struct cut *cut, size_t i);

/* The first word of a text, in the forms it has in a language; its lengths are 0 where there is none. Of a name in capitals (US)
 * term and stem are the form that says so, us.; not in the second function. */
bool cut_first_word(struct planner *p, const char *language, const char *text, size_t len, struct word *word, struct err *err);
bool cut_plain_word(struct planner *p, const char *language, const char *text, size_t len, struct word *word, struct err *err);

/* ---- word.c, characters.c, beginning.c, pattern.c: leaves. field: the prefix of its terms, "" for the whole article ---- */

bool plan_word(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);
bool plan_phrase(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);
bool plan_beginning(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);
bool plan_pattern(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);
bool plan_similar(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);

/* The prefix of a node's field; "" for the whole article. */
const char *plan_prefix_of(const struct query_node *node);

/* Fields of names have exact words only. */
bool plan_has_stems(const struct query_node *node);

/* The body has no terms of its own: a word of it is looked for in all parts, which is said. */
bool plan_note_widened(struct planner *p, const struct query_node *node, struct err *err);

/* A word or pair of the cut, exactly. */
bool plan_exact(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, struct xap_query **out,
                struct err *err);

/* The first n words of the cut, exactly; NULL for what is said before. parts are the caller's to free, also after a failure. */
bool plan_exact_words(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t n,
                      struct xap_query **parts, struct err *err);

/* The words of the cut, exactly, one after the other. */
bool plan_exact_phrase(struct planner *p, const char *field, const char *text, const struct cut *cut, struct xap_query **out,
                       struct err *err);

/* Several words in one run: all of them, in any form; more where they stand side by side as typed. */
bool plan_compound(struct planner *p, const char *field, const char *text, const struct cut *cut, struct xap_query **out,
                   struct err *err);

/* The stems of a word in all languages, as one synonym. */
bool plan_stem(struct planner *p, const char *field, const char *raw, size_t raw_len, struct xap_query **out, struct err *err);

/* A single character: Han and kana wherever they stand, Hangul at the beginning of words, others as words. */
bool plan_character(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i,
                    struct xap_query **out, struct err *err);

/* Characters [i, end) of one kind that touch. */
bool plan_characters(struct planner *p, const char *field, const char *text, const struct cut *cut, size_t i, size_t end,
                     struct xap_query **out, struct err *err);

/* Lists a part that gives weight, for --explain. */
bool plan_list(struct planner *p, const char *text, const struct xap_query *query, struct err *err);
void plan_forget_parts(struct plan *plan);

/* ---- tongue.c: languages ---- */

/* Chooses the languages whose stems a word is looked for in, and the one whose closed-class words are dropped: that which is
 * given, else of those that the index holds the one most of whose closed-class words the query has. */
bool plan_tongues(struct planner *p, const char *given, struct err *err);

/* ---- filter.c: what an article must be ---- */

bool plan_date(const char *since, const char *until, struct xap_query **out, struct err *err);
bool plan_value(const struct query_node *node, struct xap_query **out, struct err *err);
bool plan_length(const struct query_node *node, struct xap_query **out, struct err *err);

/* Lets through only what the filter says; an empty query stays one. */
bool plan_add_filter(struct planner *p, struct xap_query **query, const struct plan_filter *filter, struct err *err);

/* ---- near.c: what has to do with places ---- */

/* A QUERY_NEAR, QUERY_FIRST or QUERY_ATLEAST. */
bool plan_near(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);

/* The words of a phrase that may be moved. */
bool plan_moved(struct planner *p, const struct query_node *node, const struct cut *cut, struct xap_query **out,
                struct err *err);

/* ---- group.c and plan.c: nodes with children, and any node ---- */

/* What must not be in an article is not marked in it. */
bool plan_excluded(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);

bool plan_group(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);
bool plan_operator(struct planner *p, const struct query_node *node, enum xap_query_op op, struct xap_query **out,
                   struct err *err);
bool plan_not(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);
bool plan_node(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);

#endif
