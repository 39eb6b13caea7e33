/* words.h - cut text into words, the same way for articles and for queries
 *
 * Words are found by ICU's word break (UAX #29 and its dictionaries for Han, kana, Thai, Lao, Khmer and Myanmar). On top of that
 * (doc/words.md says it with examples):
 *  - initials lose their dots (U.N. is un), other words with dots, low lines or at-signs are their parts side by side;
 *  - digits lose the commas between them (34,000 is 34000), and keep their point (3.5); in languages that have it the other way round
 *    34.000 is 34000 and 3,5 is 3.5, and the other form of such a word is what it would be in English;
 *  - 34'000 and 34 000 with a space that does not break, or a thin one, are 34000; so is 1.234.567 a number in all languages;
 *  - US, IT, WHO, IS, IN, OR, ME in capitals, where not all is, or with dots, are names: their other form has a dot behind (us.);
 *  - small digits belong to the letters before them (CO2), raised ones to those of a unit (m2);
 *  - apostrophes of all kinds are one, and so are the quotation marks inside Hebrew abbreviations;
 *  - a possessive 's is dropped, an article elided before a word (l'homme, dell'arte) is a word of its own;
 *  - soft hyphens and other invisible format characters never split a word.
 * The normal form is NFKC_Casefold with combining marks dropped in Latin, Greek, Cyrillic, Arabic and Hebrew (й, ї, ў, ѓ, ќ stay
 * letters), the few Latin letters that have no decomposition spelled out (ø is o, ł is l, æ is ae), Arabic letters that are
 * typed for one another as one (alefs, yehs, kafs, heh and teh marbuta), and traditional Chinese characters as simplified ones.
 * The stem is Snowball's for the language, of the casefolded form, with its marks dropped afterwards; without a language it
 * is the normal form.
 * Han, kana, Hangul, and the scripts of South East Asia that write no blanks are given out character by character (a letter with
 * its marks), for the dictionary cuts the same words elsewhere in another sentence. The term of a character is it and the next one of
 * its kind, even where a word ends between them; of the last one it alone. So any piece of a text is found as a phrase. The stem is
 * empty, but for a character that is a word by itself, and for the first syllable of a Korean word: there it is that character.
 * A word longer than WORD_MAX bytes is cut there and ends in a hash of the whole; its stem is its normal form.
 * A sentence ends at . ! ? and their like in other scripts, where a blank follows (Chinese and Japanese need none); not at
 * the dot of initials or of a title such as Mr., nor, in languages that write it, of an ordinal number, and not before a small letter.
 *
 * A struct words serves one thread.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_WORDS_H
#define BS_COMMON_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

/* Longest normal form or stem, in bytes: leaves room for any prefix in Xapian's 245. */
#define WORD_MAX 200

/* Grows when the same text may come out as other words: an index made by another version must be rebuilt. */
#define WORDS_VERSION 4

enum word_kind {
    WORD_SPACED, /* a word as it is; the others are single characters */
    WORD_HAN,    /* kana too */
    WORD_HANGUL,
    WORD_CLUSTER /* Thai, Lao, Khmer, Myanmar */
};

struct word {
    const char *term; /* normal form, NUL-terminated; borrowed until the next call of words_next */
    size_t term_len;
    const char *stem; /* likewise; the normal form where there is no stemmer for the language; "" inside a word */
    size_t stem_len;
    const char *other; /* another form that it has at the same place, without a stem; "": none */
    size_t other_len;
    bool is_name;      /* that is of a name in capitals (US): one who writes so asks for it alone. Else it is of a number */
    bool dotted;       /* a name with dots (U.S.): whatever stands around, that is what it is */
    size_t from, to;  /* where it stands in the text: bytes from <= at < to */
    size_t reach;     /* where that which the term is of ends: `to`, or behind the next character */
    enum word_kind kind;
    bool begins_word; /* false inside one that is given out character by character */
    uint32_t position; /* 1 for the first word of a text, then one more each */
    bool begins_sentence;
    bool begins_paragraph; /* then also a sentence */
};

struct words;

bool words_new(struct words **out, struct err *err);
void words_free(struct words *w);

/* Chooses the stemmer for what follows: a BCP 47 tag; NULL, "" and languages without a stemmer mean none. */
bool words_language(struct words *w, const char *language, struct err *err);

/* Is there a stemmer for this language? */
bool words_has_stemmer(const char *language);

/* Begins a text (valid UTF-8, at most 2^30 bytes), borrowed until the next start or the free. */
bool words_start(struct words *w, const char *text, size_t len, struct err *err);

/* Asks before the forms of a word are worked out, which costs most: of a word of nothing but ASCII at text[0, len), where `wanted`
 * says no, term and stem come empty. For the words of this text, up to the next words_start(). */
void words_pick(struct words *w, bool (*wanted)(const void *arg, const char *text, size_t len), const void *arg);

/* Is the text around text[from, to) written in capitals altogether? Then those of the word say nothing. */
bool words_in_capitals(const char *text, size_t len, size_t from, size_t to);

/* The form (us.) of the name that a normal form (us) may be, written in capitals; NULL: it is none. */
const char *words_name_in_capitals(const char *term, size_t len);

/* For tests: ICU finds all words of the texts that follow. Otherwise only those near what is not ASCII; in ASCII the same words
 * are found without it. */
void words_icu_alone(struct words *w, bool alone);

/* The next word. False at the end of the text, or on failure: then err->code is set (clear it before). */
bool words_next(struct words *w, struct word *word, struct err *err);

#endif
