/* named.h - a word that may be a name, and the names of the index that sound like it
 *
 * For names.c and its parts alone: named-words.c finds the words of a leaf that may be names, named.c compares them with the list of names
 * that the index has (common/names.h), names.c chooses among what was found and asks for it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PLAN_NAMED_H
#define BS_SEARCHER_PLAN_NAMED_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/names.h"
#include "common/sound.h"
#include "searcher/plan/planner.h"

/* Candidates of all scripts for one word. */
#define CANDIDATES 64

struct candidate {
    char word[NAME_MAX_BYTES + 1];
    size_t len;
    enum sound_script script;
    bool known; /* to be the same, however it sounds (exonym.h) */
    bool chosen;
    double distance;
    double articles; /* about how many have it */
};
/* A word that is looked for, and what was found for it: known ones first, then the nearest. */
struct named {
    char word[NAME_MAX_BYTES + 1];
    size_t len;
    char told[NAME_MAX_BYTES + 1]; /* the whole name, of several words perhaps */
    struct sound sound;
    bool sounds; /* it has consonants enough to be compared */
    bool listed; /* among the names of the index */
    struct candidate best[CANDIDATES];
    size_t n;
};
/* Words of one leaf. */
#define NAMED_WORDS_MAX 8

struct named_words {
    struct named word[NAMED_WORDS_MAX];
    size_t n;
};

/* The words of the present cut of the planner that may be names. text: what was cut. */
void named_gather(const struct planner *p, const char *text, struct named_words *words);

bool named_has_capitals(enum sound_script script);

/* Is it a script that leaves vowels out: Arabic, Hebrew? */
bool named_leaves_vowels_out(enum sound_script script);

/* Words that join others or stand for them, in any language. */
bool named_is_closed_class(const char *word, size_t len);

/* Keeps a candidate, if it is among the nearest of its script or known to be the same. */
void named_keep(struct named *named, const char *word, size_t len, double distance, bool known);

/* Drops the candidate i. */
void named_forget(struct named *named, size_t i);

/* Compares the word with the names of the index that share its key. */
bool named_compare_keys(const struct planner *p, struct named *named, struct err *err);

#endif
