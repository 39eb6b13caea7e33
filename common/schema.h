/* schema.h - how articles become terms and values: the one table both programs read
 *
 * Terms follow Xapian's conventions (its document "termprefixes"): words of the article have no prefix and keep their
 * positions, their stems stand under Z without, fields under the prefixes below. A prefix of several letters begins
 * with X and is followed by ':' where the term begins with a capital or a colon (it never does: terms are casefolded).
 * doc/index-format.md says the same in prose.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_SCHEMA_H
#define BS_COMMON_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/article.h"
#include "common/buf.h"

/* Grows when terms, values, stored records or metadata change their meaning. */
#define SCHEMA_VERSION 3

/* Metadata of the index. */
#define SCHEMA_KEY_FORMAT "broadsheet.format"     /* SCHEMA_VERSION in decimal */
#define SCHEMA_KEY_ANALYSIS "broadsheet.analysis" /* WORDS_VERSION in decimal */

/* Longest term that Xapian takes, in bytes. */
#define SCHEMA_TERM_MAX 245

enum schema_how {
    SCHEMA_TEXT,   /* words with positions, unprefixed, stems under Z; both once more under the prefix, if any */
    SCHEMA_WORDS,  /* words under the prefix only, with positions */
    SCHEMA_VALUE   /* one boolean term: the prefix and the value, casefolded where `fold` says so */
};

/* One field of the record. Exactly one of field and list is used; the other is -1. */
struct schema_entry {
    const char *name;   /* as the record spells it, and as a query does: name:word */
    int field;          /* enum article_field */
    int list;           /* enum article_list */
    enum schema_how how;
    const char *prefix; /* "" for none */
    unsigned weight;    /* within-document frequency that each occurrence counts in ranking */
};

/* All fields that are searched, in the order in which they take positions. */
extern const struct schema_entry schema_entries[];
extern const size_t schema_n_entries;

/* Terms that are not a field's. */
#define SCHEMA_STEM "Z"
#define SCHEMA_UID "Q"          /* unique */
#define SCHEMA_PATH "P"         /* the file; all its articles */
#define SCHEMA_LANGUAGE "L"     /* primary subtag */
#define SCHEMA_DAY "D"          /* YYYYMMDD of publication, where the day is known */
#define SCHEMA_MONTH "M"        /* YYYYMM */
#define SCHEMA_YEAR "Y"         /* YYYY */
#define SCHEMA_SAME "XSAME"     /* schema_same(); shared by the copies of an article */
#define SCHEMA_SENTENCE "XSENT" /* its positions are those of the first words of sentences */
#define SCHEMA_PARAGRAPH "XPARA"
#define SCHEMA_BODY "XBODY" /* positions of the first and the last word of the body */

/* Positions between two fields: no phrase and no sentence crosses. */
#define SCHEMA_GAP 100

/* Value slots. */
enum schema_slot {
    SCHEMA_SLOT_PUBLISHED = 0, /* first second of the date of publication */
    SCHEMA_SLOT_OLDNESS = 1,   /* how old that is: greatest first is oldest first, with those without a date last */
    SCHEMA_SLOT_WORDS = 2      /* how many words the body has */
};

/* Writes what a slot holds for a date that begins at that second of Unix time (of the years 1 to 9999): bytes that sort as the
 * numbers do. Xapian's own sortable_serialise does not, before 1970: Xapian 1.4.22 has -631152001 behind -631152000. */
#define SCHEMA_TIME_BYTES 5
void schema_time(enum schema_slot slot, int64_t seconds, char out[SCHEMA_TIME_BYTES]);

/* Reads what SCHEMA_SLOT_PUBLISHED holds. */
int64_t schema_seconds(const char value[SCHEMA_TIME_BYTES]);

/* The same for a number of words. */
#define SCHEMA_COUNT_BYTES 4
void schema_count(uint32_t n, char out[SCHEMA_COUNT_BYTES]);

/* Appends prefix and value as one term of at most SCHEMA_TERM_MAX bytes: a longer value is cut and ends in
 * 16 hex digits of its XXH3-64; NUL bytes do not occur. */
void schema_term(struct buf *out, const char *prefix, const char *value, size_t len);

/* What copies of one article have in common, wherever they lie. */
enum schema_same {
    SCHEMA_SAME_TEXT, /* headline and body, byte for byte as they are stored; an article without a body has none */
    SCHEMA_SAME_ID,   /* the headline and the id that the record says itself: alone an id may be a mere number */
    SCHEMA_SAMES
};

#define SCHEMA_SAME_SIZE 17

/* 16 hex digits, as they stand under SCHEMA_SAME. False: the article has nothing of that kind. */
bool schema_same(const struct article *a, enum schema_same kind, char value[SCHEMA_SAME_SIZE]);

/* The entry of that name, or NULL. */
const struct schema_entry *schema_find(const char *name, size_t len);

#endif
