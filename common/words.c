/* words.c - cut text into words, the same way for articles and for queries
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/words-state.h"

#include <stdlib.h>

bool
words_new(struct words **out, struct err *err)
{
    struct words *w = calloc(1, sizeof *w);
    *out = NULL;
    if (!w)
        return err_nomem(err);
    buf_init(&w->arena, MEMO_BYTES + 65536);
    buf_init(&w->folded, 65536);
    buf_init(&w->plain, 65536);
    buf_init(&w->first, 2 * 65536);
    buf_init(&w->longest, 2 * 65536);
    w->text_provider = (UText)UTEXT_INITIALIZER;
    w->n_slots = MEMO_SLOTS_MIN;
    w->memos = calloc(w->n_slots, sizeof *w->memos);
    if (!w->memos) {
        words_free(w);
        return err_nomem(err);
    }
    *out = w;
    return true;
}

void
words_free(struct words *w)
{
    if (!w)
        return;
    if (w->breaks)
        ubrk_close(w->breaks);
    if (w->provider_open)
        utext_close(&w->text_provider);
    xap_stem_free(w->stemmer);
    buf_release(&w->arena);
    buf_release(&w->folded);
    buf_release(&w->plain);
    buf_release(&w->first);
    buf_release(&w->longest);
    free(w->memos);
    free(w);
}

/* ---- finding words ---- */

bool
words_start(struct words *w, const char *text, size_t len, struct err *err)
{
    if (len > (size_t)1 << 30)
        return err_set(err, ERR_ARG, "text of %zu bytes is too long", len);
    w->text = text;
    w->len = len;
    w->at = w->run_to = w->stretch_from = w->stretch_to = 0;
    w->piece_from = w->piece_to = w->last_to = 0;
    w->char_from = w->char_to = 0;
    w->position = 0;
    w->last_was_short = false;
    w->wanted = NULL;
    return true;
}

void
words_pick(struct words *w, bool (*wanted)(const void *arg, const char *text, size_t len), const void *arg)
{
    w->wanted = wanted;
    w->wanted_arg = arg;
}

void
words_icu_alone(struct words *w, bool alone)
{
    w->icu_alone = alone;
}

/* ---- handing them out ---- */

/* Names of capitals that are words of every sentence in small letters. With a dot behind they are terms: no word ends in one. */
static const char *const names_in_capitals[] = {"in.", "is.", "it.", "me.", "or.", "us.", "who."};

/* Bytes on each side of a word that say whether all is written in capitals. */
#define AROUND 80

/* Longer words than this are in capitals only because everything is: US, NATO, but not SENATE. */
#define INITIALS_MAX 3

bool
words_in_capitals(const char *text, size_t len, size_t from, size_t to)
{
    size_t small = 0, capital = 0, run = 0;
    const size_t end = len - to > AROUND ? to + AROUND : len;
    for (size_t at = from > AROUND ? from - AROUND : 0; at < end; at++) {
        if (at == from) {
            at = to;
            run = 0;
            if (at == end)
                break;
        }
        small += text[at] >= 'a' && text[at] <= 'z';
        run = text[at] >= 'A' && text[at] <= 'Z' ? run + 1 : 0;
        capital += run > INITIALS_MAX ? (run == INITIALS_MAX + 1 ? run : 1) : 0;
    }
    return capital > small;
}

/* Is a word of ASCII written in capitals or with dots, but for a possessive ending? */
static bool
is_in_capitals(const char *raw, size_t len, bool *dotted)
{
    bool small = false;
    const size_t mark = len > 4 ? apostrophe(raw + len - 4, 4) : 0;
    if (len > 2 && raw[len - 1] == 's' && raw[len - 2] == '\'')
        len -= 2;
    else if (mark == 3 && raw[len - 1] == 's')
        len -= 4;
    *dotted = false;
    for (size_t i = 0; i < len; i++) {
        *dotted = *dotted || raw[i] == '.';
        small = small || (raw[i] >= 'a' && raw[i] <= 'z');
        if (raw[i] != '.' && !is_ascii_letter(raw[i]))
            return false;
    }
    return *dotted || !small;
}

const char *
words_name_in_capitals(const char *term, size_t len)
{
    for (size_t i = 0; len > 1 && len < 4 && i < sizeof names_in_capitals / sizeof names_in_capitals[0]; i++)
        if (memcmp(names_in_capitals[i], term, len) == 0 && names_in_capitals[i][len] == '.')
            return names_in_capitals[i];
    return NULL;
}

/* U.S. and US are the country as well as the word. */
static void
find_name(const struct words *w, size_t from, size_t to, struct word *word)
{
    bool dotted;
    if (word->kind != WORD_SPACED || word->term_len < 2 || word->term_len > 3 || to - from > 8 ||
        !is_in_capitals(w->text + from, to - from, &dotted))
        return;
    const char *name = words_name_in_capitals(word->term, word->term_len);
    if (!name || (!dotted && words_in_capitals(w->text, w->len, from, to)))
        return;
    word->other = name;
    word->other_len = word->term_len + 1;
    word->is_name = true;
    word->dotted = dotted;
}

/* Does nobody want to know the forms of the word at text[from, to)? A word that begins in an ASCII letter or digit has one. */
static bool
is_left_out(const struct words *w, size_t from, size_t to)
{
    const char *raw = w->text + from;
    return w->wanted && is_ascii_alnum((unsigned char)raw[0]) && is_ascii(raw, to - from) &&
           !w->wanted(w->wanted_arg, raw, to - from);
}

/* The forms of the next character of a word that is given out character by character. */
static bool
next_character(struct words *w, size_t *from, size_t *to, struct word *word, struct err *err)
{
    *from = w->char_from;
    const size_t end = words_end_of_character(w->text, w->len, *from);
    size_t next = end;
    *to = w->char_from = end < w->char_to ? end : w->char_to;
    word->kind = w->kind;
    word->begins_word = *from == w->word_from;
    word->reach = *to;
    if (end < w->len && words_kind_of((UChar32)utf8_next(w->text, w->len, &next)) == w->kind)
        word->reach = words_end_of_character(w->text, w->len, end);
    buf_clear(&w->first);
    if (word->begins_word && (w->kind == WORD_HANGUL || *to == w->char_to)) {
        if (!words_forms(w, *from, *to, word, err))
            return false;
        buf_add(&w->first, word->term, word->term_len);
    }
    const size_t stem_len = w->first.len;
    buf_ch(&w->first, '\0');
    if (!buf_ok(&w->first, "a word", err) || !words_forms(w, *from, word->reach, word, err))
        return false;
    word->stem = w->first.data;
    word->stem_len = stem_len;
    return true;
}

/* The next word with its forms; *left_out: nobody wants to know them. */
static bool
next_forms(struct words *w, size_t *from, size_t *to, struct word *word, bool *left_out, struct err *err)
{
    *left_out = false;
    word->other = "";
    word->other_len = 0;
    word->is_name = word->dotted = false;
    if (w->char_from < w->char_to)
        return next_character(w, from, to, word, err);
    if (!words_next_piece(w, from, to, &word->kind, err))
        return false;
    if (word->kind != WORD_SPACED) {
        w->char_from = w->word_from = *from;
        w->char_to = *to;
        w->kind = word->kind;
        return next_character(w, from, to, word, err);
    }
    word->begins_word = true;
    word->reach = *to;
    *left_out = is_left_out(w, *from, *to);
    if (!*left_out)
        return words_forms(w, *from, *to, word, err);
    word->term = word->stem = "";
    word->term_len = word->stem_len = 0;
    return true;
}

bool
words_next(struct words *w, struct word *word, struct err *err)
{
    size_t from, to;
    bool left_out;
    do { /* a raw word may have no normal form: one of invisible characters only */
        if (!next_forms(w, &from, &to, word, &left_out, err))
            return false;
    } while (word->term_len == 0 && !left_out);
    const char *raw = w->text + from;
    word->from = from;
    word->to = to;
    find_name(w, from, to, word);
    words_look_at_gap(w, w->last_to, from, word);
    if (w->position == 0)
        word->begins_paragraph = word->begins_sentence = true;
    else if (!word->begins_paragraph && word->begins_sentence && words_begins_small(raw, to - from))
        word->begins_sentence = false;
    /* asked only where a dot may follow */
    w->last_was_short = word->kind == WORD_SPACED &&
                        !(to + 1 < w->len && w->text[to] == ' ' && is_ascii_alnum((unsigned char)w->text[to + 1])) &&
                        words_has_own_dot(w, raw, to - from, word);
    w->last_to = to;
    word->position = ++w->position;
    return true;
}
