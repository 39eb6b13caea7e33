/* read.h - a query as people type it, read into a tree
 *
 * doc/query-language.md is the language. Reading is lenient: any bytes give some query, and every
 * guess that was made is a note; so is how a date was read that depends on the present time. With `strict` the first guess refuses the query instead. Only
 * limits, and memory, refuse in both cases.
 *
 * What the tree promises:
 *  - Words are not cut yet: the text of QUERY_WORD goes through common/words, which may find
 * several words in it that then stand side by side (COVID-19), or in rare cases none (the node is
 * then as if it were not there). What has neither a letter nor a digit is left out by the reader.
 *  - QUERY_AND and QUERY_OR have two or more children, QUERY_NOT has two, QUERY_GROUP has one or
 *    more. A group of one has that one excluded, or, at the top, is one word that is required. A group may have nothing but excluded children: it
 *    then means every article without them.
 *  - A field before brackets has been handed down to the words inside. Only leaves have a field.
 *  - Dates and exact values that stand in a group without a sign are required (QUERY_MUST): they
 *    filter. Before that, several values of one field, and several published:, have been joined by
 *    QUERY_OR.
 *  - QUERY_NEAR has two or more children (with `negated` two), QUERY_ATLEAST and QUERY_FIRST one. They,
 *    and all below them, have places in the text: words, phrases, beginnings, patterns, similar words,
 *    QUERY_OR and QUERY_GROUP of such without signs, QUERY_NEAR, QUERY_FIRST.
 *  - The depth of the tree is at most 10 * (limits.depth + 1).
 *
 * Nodes, their texts and dates are owned by the query and live until it is released; a struct query
 * may be moved.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_READ_H
#define BS_SEARCHER_QUERY_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/schema.h"

enum query_kind {
    /* Leaves */
    QUERY_WORD,    /* text: a run without blanks, to be cut by common/words */
    QUERY_PHRASE,  /* text: words that stand side by side in this order, without the quotes; number: how
                      many places they may be moved in all */
    QUERY_PREFIX,  /* text: a run that was followed by *; of several words, the last is continued */
    QUERY_PATTERN, /* text: letters, * for any number of them, ? for one */
    QUERY_FUZZY,   /* text: a run; number: letters that may be wrong */
    QUERY_LENGTH,  /* the body has low to high words, both included */
    QUERY_VALUE,   /* text: the value of a field with SCHEMA_VALUE, whole and as it was typed */
    QUERY_DATE,    /* since, until: published in that time, both ends included; one may be NULL */
    /* With children */
    QUERY_GROUP,   /* what stands side by side; occur says what each is */
    QUERY_AND,     /* all of them */
    QUERY_OR,      /* any of them */
    QUERY_NOT,     /* the first without the second */
    QUERY_NEAR,    /* all of them, near each other; near, number and negated say how */
    QUERY_ATLEAST, /* number times or more */
    QUERY_FIRST    /* within the first `number` words of the text */
};

/* What children of QUERY_NEAR have to do with each other. */
enum query_near {
    QUERY_NEAR_WORDS,    /* one at most number words from the next, in any order */
    QUERY_NEAR_ORDERED,  /* the same, in this order */
    QUERY_NEAR_SENTENCE, /* in one sentence */
    QUERY_NEAR_PARAGRAPH
};

/* What a child is to its QUERY_GROUP. Children of others, and the root, are QUERY_SHOULD. */
enum query_occur {
    QUERY_SHOULD,  /* where none is required, one of these is needed; the others help ranking */
    QUERY_MUST,    /* required: + */
    QUERY_MUST_NOT /* excluded: - and NOT */
};

struct query_node {
    enum query_kind kind;
    enum query_occur occur;
    /* Leaves but dates: NULL for any field, an entry of the schema, or &query_language_field. */
    const struct schema_entry *field;
    const char *text; /* leaves but dates: len bytes of UTF-8, not NUL-terminated */
    size_t len;
    const char *since, *until; /* dates: in date.h's form, with the precision that was given */
    enum query_near near;      /* QUERY_NEAR */
    unsigned number;           /* of the kinds above; 0 for QUERY_NEAR in sentences and paragraphs */
    unsigned boost;            /* thousandths that its weight is multiplied with; 0: none */
    bool negated;              /* QUERY_NEAR: the first where the second is not near */
    bool exact;                /* QUERY_WORD: not its other forms */
    uint32_t low, high;        /* QUERY_LENGTH; UINT32_MAX: open */
    size_t from, to; /* bytes from <= at < to of query.text, with signs, quotes and brackets */
    bool stray; /* a word that was typed as a field or as its value, and could not be read so; not a
                   part of the tree that query_same() compares */
    bool filter;     /* nothing but dates and exact values in here */
    size_t n_children;
    struct query_node *first, *next; /* first child; next child of the same parent */
};

/* The field language: of queries, a SCHEMA_VALUE with the prefix SCHEMA_LANGUAGE; its value is a
 * tag as it was typed (en, pt-BR). */
extern const struct schema_entry query_language_field;

/* Is it the tag of a language, or several with commas between? */
bool query_is_language(const char *text, size_t len);

/* A guess, or something else that should be told with the answer. */
struct query_note {
    const char *code; /* short and stable, for programs (doc/query-language.md); a literal */
    char *text;       /* one sentence for people, without a full stop; owned */
    bool guess;       /* --strict would refuse it */
    size_t from, to;  /* bytes from <= at < to of query.text */
};

/* Notes beyond this many are not kept; the last one then says so. */
#define QUERY_NOTES_MAX 64

struct query {
    char *text; /* owned: as cleaned UTF-8 (common/utf8.h), NUL-terminated; NULL before reading */
    size_t len;
    const struct query_node *root; /* NULL: an empty query */
    struct query_note *note; /* owned, in the order of the text; those added later at the end */
    size_t n_notes;
    struct query_memory *memory; /* owned: the nodes */
};

enum query_syntax {
    QUERY_FULL, /* the whole language */
    /* Nothing but words: operators are words; signs, quotes, brackets, colons of fields and stars
     * are punctuation. The only guess then is invalid-text. */
    QUERY_WORDS_ONLY
};

#define QUERY_BYTES_MAX 4096
#define QUERY_RUNS_MAX 1024 /* runs of letters, those inside quotes too */
#define QUERY_WORDS_MAX 256 /* words that are looked for: plan.h */
#define QUERY_PREFIXES_MAX 8 /* words with *, ? or ~ */
#define QUERY_DEPTH_MAX 64 /* brackets within brackets */

/* Greatest numbers behind operators, ~ and ^; greater ones count as these. A distance is less than SCHEMA_GAP: nothing is near
 * over the end of a field. */
#define QUERY_NEAR_MAX 99
#define QUERY_NEAR_DEFAULT 10
#define QUERY_ATLEAST_MAX 999
#define QUERY_FIRST_MAX 9999
#define QUERY_EDITS_MAX 2
#define QUERY_BOOST_MAX 1000000 /* thousandths; the least is 1 */

/* 0: the number above. A depth over 1000 counts as 1000, and may take 1 MiB of stack; 64 takes 64
 * KiB. */
struct query_limits {
    size_t bytes, words, prefixes, depth;
};

struct query_options {
    enum query_syntax syntax;
    bool strict; /* refuse what would be a guess */
    struct query_limits limits;
    int64_t now; /* Unix time that "yesterday" is seen from; 0: the system's clock */
};

/* Reads any bytes into *q, which need not be initialised. o may be NULL: all zero. ERR_ARG: over a
 * limit, the message says which and its value; ERR_SYNTAX: strict, the message says at which
 * character (from 1) and why; ERR_NOMEM. After a failure *q is empty. Takes time linear in len. */
bool query_read(struct query *q, const char *text, size_t len, const struct query_options *o,
                struct err *err);

/* Frees the contents; a zeroed or released query is fine. */
void query_release(struct query *q);

/* Appends the query in its canonical spelling: read with QUERY_FULL (and limits that are wide
 * enough, since fields before brackets are spelled out) it gives the same tree. Nothing for an
 * empty query. */
void query_print(const struct query *q, struct buf *out);

/* The same for a part of the query. */
void query_print_node(const struct query_node *node, struct buf *out);

/* Are the trees the same, where they stand in the text aside? NULL is the empty tree. */
bool query_same(const struct query_node *a, const struct query_node *b);

/* Adds a note, for those who work with the query later. code must be a literal. False: ERR_NOMEM.
 */
bool query_note(struct query *q, const char *code, size_t from, size_t to, struct err *err,
                const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
