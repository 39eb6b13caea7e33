/* tree.h - an expression of places, and what it is in one article
 *
 * For the files of positions/ alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_POSITIONS_TREE_H
#define BS_SEARCHER_POSITIONS_TREE_H

#include "searcher/positions/places.h"
#include "searcher/positions/spans.h"

/* A word of the index, and the article with it that was come to last. */
struct word_places {
    char *term; /* owned */
    size_t len;
    char language[16]; /* of the articles where it counts; "": all */
    struct xap_posting_iterator *it; /* owned; NULL before the first article */
    xap_docid at;                    /* 0: at the end */
};

struct places {
    enum places_how how;
    unsigned number;
    bool negated;
    struct word_places *word; /* owned */
    size_t n_words, words_room;
    struct places **side; /* owned, and what they point to */
    unsigned *offset;     /* owned */
    size_t n_sides, sides_room;
    struct spans found; /* in the present article */
};

/* Languages that are asked for; words of further ones count in all articles. */
#define PLACES_LANGUAGES_MAX 32

/* Articles of one language, and the one that was come to last. */
struct language_places {
    char language[16];
    struct xap_posting_iterator *it; /* owned */
    xap_docid at;                    /* 0: at the end */
};

/* The article that is looked at. */
struct places_article {
    const struct xap_database *db;
    xap_docid docid;
    bool has_sentences, has_paragraphs; /* they have been read */
    struct spans sentences, paragraphs; /* beginnings */
    uint64_t work;                      /* done for this article */
    struct language_places language[PLACES_LANGUAGES_MAX];
    size_t n_languages;
    struct xap_error error;             /* why reading failed */
};

/* Forgets which article was come to last: articles are only looked at in their order. */
void places_rewind(struct places *p);

/* Fills in p->found. False: error of the index in a->error, or out of memory in err. */
bool places_find(struct places *p, struct places_article *a, struct err *err);

#endif
