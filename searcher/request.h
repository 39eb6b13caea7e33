/* request.h - what is asked of the searcher, whoever asks
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_REQUEST_H
#define BS_SEARCHER_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

/* Most hits that can be asked for at once. */
#define REQUEST_LIMIT_MAX 100000

enum request_sort {
    SORT_RELEVANCE,
    SORT_NEWEST, /* by date of publication; articles without one come last */
    SORT_OLDEST
};

/* Parts of the ranking (doc/ranking.md) that can be left out, to measure what each is good for. */
enum request_part {
    PART_FLOOR = 1 << 0,     /* BM25+ for few words */
    PART_EXACT = 1 << 1,     /* words as they were typed */
    PART_BESIDE = 1 << 2,    /* words side by side */
    PART_NEAR = 1 << 3,      /* words near each other */
    PART_FEEDBACK = 1 << 4,  /* words of the first hits */
    PART_STOPWORDS = 1 << 5, /* closed-class words left out */
    PART_COMPOUND = 1 << 6   /* words of one run in any form, and apart */
};

/* A filter: a phrase that a field must have. */
struct request_field {
    const char *name; /* as the schema has it */
    const char *phrase;
};

#define REQUEST_FIELDS_MAX 4

struct request {
    const char *query; /* any bytes */
    size_t query_len;
    const char *query_language; /* BCP 47, or NULL: each language of the index */
    bool plain_words;           /* no operators */
    bool strict;                /* refuse what would be guessed */
    enum request_sort sort;
    const char *since, *until;  /* filters, in date.h's form; both ends belong to the range; NULL: open */
    const char *since_said,
        *until_said; /* as they were typed, where it should be told how they were read; else NULL */
    const char *language;       /* filter: BCP 47, its primary subtag counts, or several with commas
                                   between; NULL: all */
    struct request_field field[REQUEST_FIELDS_MAX]; /* filters */
    size_t n_fields;
    bool no_names;              /* look for names in the script they are typed in only */
    bool also;                  /* say where else each hit lies */
    double half_life;           /* recent articles first, so many days halving what they get for it; 0: not asked for */
    unsigned without;           /* enum request_part, joined by | */
    const char *similar;        /* uid of the article that hits must be like, or NULL; the query is a filter then */
    bool suggest;               /* a better spelling is wanted where words find nothing */
    bool explain;               /* say what each word gave each hit */
    unsigned limit, offset;
    size_t snippet_bytes; /* most bytes of all passages of a hit; 0: none */
    bool extra;           /* hits have what has no field of its own */
    bool bodies;          /* hits have their text; with snippets they have it anyway */
};

#endif
