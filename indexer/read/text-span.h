/* text-span.h - pieces of text as the article reader compares them
 *
 * For the files text*.c alone. A span is a piece of valid, cleaned UTF-8 that somebody else owns.
 * Literals to compare with are given in lower case with straight apostrophes; the text may be in
 * any case (Latin, Greek, Cyrillic), with curly apostrophes and with non-breaking or wide blanks.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_TEXT_SPAN_H
#define BS_INDEXER_READ_TEXT_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_span {
    const char *at;
    size_t len;
};

/* Where something was not found. */
#define TEXT_NONE ((size_t)-1)

bool text_is_lower(uint32_t c); /* false for letters without case too */
bool text_is_upper(uint32_t c);
bool text_is_letter(uint32_t c);

/* Scripts written without blanks between words: Han, Kana, Thai, Lao, Khmer, Myanmar. */
bool text_is_unspaced(uint32_t c);

/* Without white space at its ends. */
struct text_span text_trim(struct text_span s);

/* From byte `from` to the end; from the start, `len` bytes. Both clamp. */
struct text_span text_from(struct text_span s, size_t from);
struct text_span text_first(struct text_span s, size_t len);

uint32_t text_first_char(struct text_span s); /* 0: empty */
uint32_t text_last_char(struct text_span s);

/* Bytes of s that the literal covers at its start, 0: does not begin so. */
size_t text_begins(struct text_span s, const char *literal);

/* The same, and the word ends there (a letter must not follow in scripts that put blanks between
 * words). */
size_t text_begins_word(struct text_span s, const char *literal);

bool text_is(struct text_span s, const char *literal);
bool text_ends(struct text_span s, const char *literal);
bool text_same(struct text_span a, struct text_span b); /* but for case and white space */

/* The first place of the literal at or after byte `from`; as a word: nothing that belongs to the
 * word on either side. TEXT_NONE: not there. Costs len(s) * len(literal): for short spans. */
size_t text_find(struct text_span s, size_t from, const char *literal);
size_t text_find_word(struct text_span s, size_t from, const char *literal);

/* Does one of a NULL-terminated table of literals begin it (text_begins_word: bytes, or 0), or is
 * it one? */
size_t text_begins_any(struct text_span s, const char *const table[]);
bool text_is_any(struct text_span s, const char *const table[]);

/* Does one of the table stand in it as a word? For short spans. */
bool text_has_any(struct text_span s, const char *const table[]);

/* Does the text end as a sentence does: with a full stop or the like, quotes and brackets behind it
 * allowed? */
bool text_ends_sentence(struct text_span s);

/* Bytes of the first sentence; the whole length when there is only one (or none that ends). Looks
 * at no more than `most` bytes: TEXT_NONE when the sentence does not end there. */
size_t text_sentence(struct text_span s, size_t most);

/* The next word (a run without white space) at or after *at, moving *at behind it; empty at the
 * end. */
struct text_span text_word(struct text_span s, size_t *at);

#endif
