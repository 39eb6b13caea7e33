/* names.h - which words of an article may be names, for finding them in other scripts
 *
 * An index keeps the names of its articles by their sound (sound.h), so that a name that is typed in one script is found in articles that
 * write it in another. Where a script has capitals, words are taken that have one inside a sentence; else all words, and of the
 * scripts whose words are given out character by character runs of katakana, Korean words without their particles, and runs of the
 * Chinese characters that foreign names are written with. What is typed in pinyin needs no list: see pinyin.h.
 *
 * In the index: metadata under NAMES_KEY and one of sound_keys(): normal forms, each with a line end behind it. Names are added, and
 * go with --rebuild only: who uses them looks whether they are still in the index.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_NAMES_H
#define BS_COMMON_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/words.h"

#define NAMES_KEY "N"
/* Metadata: which scripts there are, in decimal, the bits 1 << enum sound_script. */
#define NAMES_KEY_SCRIPTS "broadsheet.scripts"

/* Longest name, in bytes; shortest, in sounds that are consonants. */
#define NAME_MAX_BYTES 60
#define NAME_MIN_CONSONANTS 2

/* What gathers the names of articles; serves one thread. A name is given out once, or a few times: not again for every article. */
struct names;

bool names_new(struct names **out, struct err *err);
void names_free(struct names *n);

/* Begins an article: forgets the list. */
void names_article(struct names *n);

enum names_of {
    NAMES_TEXT,     /* sentences */
    NAMES_HEADLINE, /* may have capitals everywhere: then they say nothing */
    NAMES_LIST      /* authors, keywords: the first word counts too */
};

/* Begins a text of it, which is borrowed to the end. */
void names_start(struct names *n, const char *text, enum names_of what);

/* The next word that words_next() gave. False: no memory. */
bool names_word(struct names *n, const struct word *word, struct err *err);

/* Ends the text. False: no memory. */
bool names_end(struct names *n, struct err *err);

/* The names of the article that may be new, each with a line end behind it; borrowed until the next article. */
const struct buf *names_list(const struct names *n);

/* The scripts of the article, as under NAMES_KEY_SCRIPTS. */
unsigned names_scripts(const struct names *n);

/* How many bytes of a Korean word (normal form) are left without its particle. */
size_t names_without_particle(const char *word, size_t len);

#endif
