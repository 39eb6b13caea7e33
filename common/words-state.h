/* words-state.h - what the parts of words.c share: where the cutting of a text stands, and the forms remembered
 *
 * words.c hands out the words; words-tokens.c finds them, by ICU's rules and with ours, words-kinds.c tells those apart that are given
 * out character by character; words-forms.c makes their forms; words-sentences.c sees where sentences begin.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_WORDS_STATE_H
#define BS_COMMON_WORDS_STATE_H

#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "common/buf.h"
#include "common/utf8.h"
#include "common/words.h"
#include "shim/xapian-c.h"

/* News repeats its words: the forms of a raw word are remembered, in a table that grows up to this many slots and
 * bytes, then starts afresh. It begins small: a searcher sees few words in many languages. */
#define MEMO_SLOTS_MIN 512
#define MEMO_SLOTS_MAX 65536
#define MEMO_BYTES ((size_t)4 << 20)

/* How numbers are written. */
#define NUMBER_COMMA 1u /* a comma before decimals */
#define NUMBER_DOTS 2u  /* dots between thousands */

struct memo {
    uint64_t hash; /* of the raw word; 0: the slot is free */
    uint32_t raw, raw_len;
    uint32_t term, term_len; /* offsets into the arena */
    uint32_t stem, stem_len;
    uint32_t other, other_len; /* of length 0: there is none */
};

struct words {
    UBreakIterator *breaks; /* opened by the first text that is not ASCII; NULL before */
    UText text_provider;
    bool provider_open;
    struct xap_stem *stemmer; /* NULL: none */
    char language[16];
    unsigned numbers; /* how the language writes them: NUMBER_... */
    bool ordinal; /* it writes a dot behind ordinal numbers */

    const char *text;
    size_t len;
    size_t at; /* where the next run of ASCII, or the next stretch for ICU, is looked for */
    size_t run_to;                     /* the present run of ASCII ends there; up to `at`: there is none */
    size_t stretch_from, stretch_to;   /* what ICU is at work on; the same: nothing */
    bool icu_alone;                    /* words_icu_alone() */
    size_t piece_from, piece_to; /* what is left of the token that ICU found */
    bool initials;               /* the token is U.N or the like */
    bool mixed;                  /* the token has words of two kinds, and the first was returned */
    size_t char_from, char_to;   /* what is left of the word that is given out character by character */
    enum word_kind kind;         /* of its characters */
    size_t word_from;
    size_t last_to;              /* end of the word returned last */
    uint32_t position;
    bool last_was_short; /* the word returned last is written with a dot: a single letter, U.S, Mr */
    bool (*wanted)(const void *arg, const char *text, size_t len); /* NULL: all */
    const void *wanted_arg;

    struct memo *memos;
    size_t n_memos, n_slots; /* n_slots: a power of two */
    struct buf arena;
    struct buf folded, plain; /* scratch */
    struct buf first;         /* the stem of that word */
    struct buf longest;       /* the form of a word that is too long to be remembered */
};

/* ---- words-forms.c */

/* Forgets all forms: the language is another one, or they have become too many. */
void words_forget(struct words *w);

/* Fills in the forms of the word at text[from..to). */
bool words_forms(struct words *w, size_t from, size_t to, struct word *word, struct err *err);

/* ---- words-kinds.c */

enum word_kind words_kind_of(UChar32 c);

/* Where the character at text[at] ends, with its marks. */
size_t words_end_of_character(const char *text, size_t len, size_t at);

/* How many bytes of a word are of the kind it begins with. */
size_t words_length_of_kind(const char *word, size_t len, enum word_kind *kind);

/* ---- words-tokens.c */

/* The next word of the text as bytes, all of one kind. False at the end, or on failure: then err->code is set. */
bool words_next_piece(struct words *w, size_t *from, size_t *to, enum word_kind *kind, struct err *err);

/* Are all parts between dots single letters (U.N, u.s.a)? */
bool words_is_initials(const char *token, size_t len);

/* ---- words-sentences.c */

/* What stands between two words says whether a sentence or a paragraph ended there. */
void words_look_at_gap(const struct words *w, size_t from, size_t to, struct word *word);

/* Is a dot behind the word its own: Mr, U.S, the 3. of an order? */
bool words_has_own_dot(const struct words *w, const char *raw, size_t len, const struct word *word);

/* Sentences do not begin in small letters. */
bool words_begins_small(const char *text, size_t len);

/* ---- characters */

static inline bool
is_ascii_alnum(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool
is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* Is the character at text[at] a digit of any script? */
static inline bool
is_digit_at(const char *text, size_t len, size_t at)
{
    return at < len && u_isdigit((UChar32)utf8_next(text, len, &at));
}

/* Length of the apostrophe at text[0], or 0. */
static inline size_t
apostrophe(const char *text, size_t len)
{
    if (len > 0 && text[0] == '\'')
        return 1;
    return len >= 3 && memcmp(text, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

#endif
