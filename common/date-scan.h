/* date-scan.h - text cut into the numbers, words and signs that dates are made of
 *
 * For date.c alone. A word is a run of letters, folded: compatibility forms undone, lower case,
 * without the accents of Latin, Greek and Cyrillic, Arabic and Hebrew points, and tatweel;
 * dotless i is i. Very short letters with full stops are one word ("p.m." is "pm", "ต.ค." is
 * "ตค"). Han characters and Hangul syllables stand alone. Numbers are runs of decimal digits of
 * one script, or of Chinese numerals. Signs are brought to their ASCII form. White space and
 * invisible characters separate nothing but are noted.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_DATE_SCAN_H
#define BS_COMMON_DATE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/date.h"

enum date_kind {
    DATE_END, /* behind the last token */
    DATE_NUMBER,
    DATE_WORD,
    DATE_SIGN /* one character that is neither; Han and Hangul as well */
};

struct date_token {
    uint8_t kind;     /* enum date_kind */
    bool spaced;      /* white space before it */
    bool capital;     /* a word that does not begin with a lower-case letter */
    bool capitals;    /* a word without lower-case letters */
    bool ascii;       /* an ASCII letter or digit, or a word or number that begins with one */
    bool persian;     /* a number in Persian digits */
    uint8_t digits;   /* a number's; 99 when there are too many to count */
    uint8_t what;     /* a word's date_name() */
    uint8_t croatian; /* a word's date_name_croatian() */
    uint8_t span;     /* how many tokens that name takes */
    uint16_t word;    /* a word's date_word() */
    int16_t zone;     /* a word's date_zone() */
    uint16_t from, to; /* bytes of the text */
    uint16_t folded;  /* a word's place in letters[] */
    uint32_t sign;    /* a sign's code point */
    int64_t value;    /* a number's */
};

#define DATE_LETTERS_MAX (2 * DATE_LINE_MAX)

struct date_scan {
    struct date_token token[DATE_LINE_MAX + 1]; /* token[n] is DATE_END */
    size_t n;
    bool thai;                      /* there are Thai letters or digits */
    char letters[DATE_LETTERS_MAX]; /* folded words, each with its NUL; what is too long is "" */
    size_t letters_n;
};

/* Any bytes; no more than DATE_LINE_MAX of them are looked at. What the end cuts in two is left
 * out. */
void date_scan(struct date_scan *s, const char *text, size_t len);

/* Folds a whole name; out is NUL-terminated, cut where it does not fit. For tests of the tables. */
void date_fold(const char *text, size_t len, char *out, size_t size);

#endif
