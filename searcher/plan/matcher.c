/* matcher.c - which words of an article did the query mean?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/matcher.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "searcher/plan/vocabulary.h"

#define WORDS_MAX 256

/* First letters of a word that are compared in skimming. */
#define START_MAX 16

struct wanted {
    enum matcher_how how;
    const struct schema_entry *field; /* NULL: any */
    bool elsewhere;                   /* it is not looked for in this text */
    char *raw, *term, *stem; /* owned; stem: in the present language, NULL before it is set */
    size_t raw_len, term_len, stem_len;
    double weight;
    size_t place, length; /* in its phrase, from 0, and how long that is */
    bool reached;         /* the text just read ends in the phrase up to this word */
    bool follows;         /* in a run, behind its first piece */
    size_t same_as;       /* matcher_same() */
    bool weak;            /* a piece of a run that says nothing alone */
    size_t chain;         /* so many pieces of the run end the text just read, this one last */
    unsigned char start[START_MAX]; /* words that are meant begin so, as letter_class() has it */
    size_t start_len;               /* 0: nobody knows */
};

struct matcher {
    struct wanted word[WORDS_MAX];
    size_t n;
    size_t phrase; /* its first word */
    char language[36];
    bool ready;
    bool plain;    /* the language's stemmer, if there is one, keeps the beginnings of words */
    bool read_all; /* matcher_read_all() */
    bool can_skim;
    bool first[256]; /* bytes that a word that is meant may begin with; ASCII only */
};

bool
matcher_new(struct matcher **out, struct err *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? true : err_nomem(err);
}

void
matcher_free(struct matcher *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->n; i++) {
        free(m->word[i].raw);
        free(m->word[i].term);
        free(m->word[i].stem);
    }
    free(m);
}

static char *
copy(const char *text, size_t len)
{
    char *out = malloc(len + 1);
    if (out) {
        memcpy(out, text, len);
        out[len] = '\0';
    }
    return out;
}

static bool
same(const char *a, size_t a_len, const char *b, size_t b_len)
{
    return a_len == b_len && memcmp(a, b, a_len) == 0;
}

bool
matcher_add(struct matcher *m, const struct schema_entry *field, enum matcher_how how,
            const char *raw, size_t raw_len, const char *term, size_t term_len, double weight,
            struct err *err)
{
    if (m->n == WORDS_MAX)
        return true;
    struct wanted *w = &m->word[m->n];
    *w = (struct wanted){.how = how,
                         .field = field,
                         .raw_len = raw_len,
                         .term_len = term_len,
                         .weight = weight,
                         .length = 1};
    w->raw = copy(raw, raw_len);
    w->term = copy(term, term_len);
    w->same_as = m->n;
    for (size_t i = 0; w->term && i < m->n && w->same_as == m->n; i++)
        if (same(m->word[i].term, m->word[i].term_len, term, term_len))
            w->same_as = m->word[i].same_as;
    m->n++; /* so that matcher_free() finds what there is */
    m->ready = false;
    return w->raw && w->term ? true : err_nomem(err);
}

void
matcher_begin_phrase(struct matcher *m)
{
    m->phrase = m->n;
}

/* What is elided before an apostrophe and has more letters than one. */
static bool
is_elided(const char *term, size_t len)
{
    static const char *const elided[] = {"qu",   "jusqu", "lorsqu", "puisqu", "all",   "dell",
                                         "nell", "sull",  "dall",   "un",     "quest", "quell"};
    for (size_t i = 0; i < sizeof elided / sizeof *elided; i++)
        if (same(term, len, elided[i], strlen(elided[i])))
            return true;
    return false;
}

static bool
is_one_letter(const char *term, size_t len)
{
    size_t letters = 0;
    for (size_t i = 0; i < len; i++)
        letters += ((unsigned char)term[i] & 0xc0) != 0x80;
    return letters == 1;
}

/* A piece of a run weighs so little beside its heaviest that it is as good as any word. */
#define COMMON_PIECE 0.25

/* Are the words before the phrase its own, in any form? Then they are the pieces of a run. */
static void
find_run(struct matcher *m)
{
    const size_t n = m->n - m->phrase;
    double most = 0;
    if (n < 2 || m->phrase < n)
        return;
    struct wanted *piece = &m->word[m->phrase - n];
    for (size_t i = 0; i < n; i++) {
        const struct wanted *typed = &m->word[m->phrase + i];
        if (piece[i].how != MATCH_STEM || piece[i].length > 1 || piece[i].field != typed->field ||
            !same(piece[i].raw, piece[i].raw_len, typed->raw, typed->raw_len))
            return;
        most = piece[i].weight > most ? piece[i].weight : most;
    }
    for (size_t i = 0; i < n; i++) {
        piece[i].follows = i > 0;
        piece[i].weak = piece[i].weight < COMMON_PIECE * most ||
                        is_one_letter(piece[i].term, piece[i].term_len) ||
                        (i + 1 < n && is_elided(piece[i].term, piece[i].term_len));
    }
}

void
matcher_end_phrase(struct matcher *m)
{
    for (size_t i = m->phrase; i < m->n; i++) {
        m->word[i].place = i - m->phrase;
        m->word[i].length = m->n - m->phrase;
    }
    find_run(m);
}

/* ---- skimming ---- */

/* Small letters and digits of ASCII as they are, capitals as small ones, y as i (cry, cries); else
 * 0. */
static unsigned char
letter_class(unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        c |= 0x20;
    if (c == 'y')
        return 'i';
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
}

/* What all words that w means begin with. Words of one English stem share all of it but its last
 * letter: Porter's stemmer takes endings off, and puts a letter at the end back (hoping, hope) or
 * makes it another (cries, cri; dying, die). */
static void
find_start(struct wanted *w)
{
    size_t n = 0, kept = w->how == MATCH_SIMILAR_1 || w->how == MATCH_SIMILAR_2 ? 0 : w->term_len;
    if (w->how == MATCH_STEM && w->stem_len <= kept)
        kept = w->stem_len > 1 ? w->stem_len - 1 : w->stem_len;
    while (n < kept && n < START_MAX) {
        const unsigned char c = letter_class((unsigned char)w->term[n]);
        if (c == 0 || (w->how == MATCH_STEM &&
                       (n >= w->stem_len || letter_class((unsigned char)w->stem[n]) != c)))
            break;
        w->start[n++] = c;
    }
    w->start_len = n;
}

bool
matcher_can_skim(const struct matcher *m)
{
    return m->can_skim;
}

void
matcher_read_all(struct matcher *m)
{
    m->read_all = true;
}

/* May the rest of a word be more than it seems: O'Neill, U.S., a soft hyphen, an accent? */
static bool
goes_on(const char *text, size_t len)
{
    const unsigned char c = len > 0 ? (unsigned char)text[0] : ' ';
    if (c >= 0x80)
        return true;
    return memchr(".,:;'_", c, 6) && len > 1 &&
           (letter_class((unsigned char)text[1]) || (unsigned char)text[1] >= 0x80);
}

static bool
may_begin(const struct wanted *w, const char *text, size_t len)
{
    size_t n = 0;
    while (n < w->start_len && n < len && letter_class((unsigned char)text[n]) == w->start[n])
        n++;
    return n == w->start_len || (n > 0 && (n == len || letter_class((unsigned char)text[n]) == 0) &&
                                 goes_on(text + n, len - n));
}

bool
matcher_may_match(const struct matcher *m, const char *text, size_t len)
{
    if (len == 0 || !m->first[(unsigned char)text[0]])
        return false;
    for (size_t i = 0; i < m->n; i++)
        if (!m->word[i].elsewhere && may_begin(&m->word[i], text, len))
            return true;
    return false;
}

/* Length of the punctuation at text[0] that is no ASCII and part of no word: dashes, quotation
 * marks, signs of money; or 0. */
static size_t
no_letter(const char *text, size_t len)
{
    if (len >= 3 && memcmp(text, "\xe2\x80", 2) == 0)
        return 3;
    /* no-break space, soft hyphen, § © « ® · » and £ ¥ */
    return len >= 2 && (unsigned char)text[0] == 0xc2 &&
                   memchr("\xa0\xa3\xa5\xa7\xa9\xab\xad\xae\xb7\xbb", text[1], 10)
               ? 2
               : 0;
}

size_t
matcher_skim(const struct matcher *m, const char *text, size_t len, size_t at)
{
    unsigned char before = at > 0 ? (unsigned char)text[at - 1] : ' ';
    while (at < len) {
        const unsigned char c = (unsigned char)text[at];
        if (!letter_class(before) && matcher_may_match(m, text + at, len - at))
            return at;
        if (c >= 0x80) {
            const size_t skip = no_letter(text + at, len - at);
            const bool inside = letter_class(before) && c >= 0xc3 &&
                                c <= 0xca; /* a Latin letter in a word that began before */
            if (skip == 0 && !inside)
                return at;
            at += skip ? skip - 1 : 1;
        }
        before = at < len ? (unsigned char)text[at] : c;
        at++;
    }
    return len;
}

static void
start_skimming(struct matcher *m)
{
    m->can_skim = m->ready && m->plain && !m->read_all;
    memset(m->first, 0, sizeof m->first);
    for (size_t i = 0; i < m->n; i++) {
        const struct wanted *w = &m->word[i];
        if (w->elsewhere)
            continue;
        m->can_skim = m->can_skim && w->start_len > 0;
        for (int c = 0; c < 0x80; c++)
            if (w->start_len > 0 && letter_class((unsigned char)c) == w->start[0])
                m->first[c] = true;
    }
}

/* ---- matching ---- */

bool
matcher_language(struct matcher *m, struct words *words, const char *language, struct err *err)
{
    if (m->ready && strcmp(m->language, language) == 0)
        return true;
    m->ready = false;
    if (!words_language(words, language, err))
        return false;
    for (size_t i = 0; i < m->n; i++) {
        struct wanted *w = &m->word[i];
        struct word word;
        struct err why = {.code = ERR_NONE};
        free(w->stem);
        w->stem = NULL;
        w->stem_len = 0;
        if (w->how != MATCH_STEM) {
            find_start(w);
            continue;
        }
        if (!words_start(words, w->raw, w->raw_len, err))
            return false;
        const bool found = words_next(words, &word, &why);
        if (why.code != ERR_NONE) {
            if (err)
                *err = why;
            return false;
        }
        if (found && same(w->term, w->term_len, word.other, word.other_len)) { /* a name in capitals */
            word.stem = word.other;
            word.stem_len = word.other_len;
        }
        w->stem = found ? copy(word.stem, word.stem_len) : copy("", 0);
        w->stem_len = found ? word.stem_len : 0;
        if (!w->stem)
            return err_nomem(err);
        find_start(w);
    }
    m->plain = !words_has_stemmer(language) || strncasecmp(language, "en", 2) == 0;
    snprintf(m->language, sizeof m->language, "%s", language);
    m->ready = true;
    return true;
}

static bool
means(const struct wanted *w, const struct word *word)
{
    if (w->elsewhere || word->term_len == 0)
        return false;
    switch (w->how) {
    case MATCH_STEM:
        return (w->stem && same(w->stem, w->stem_len, word->stem, word->stem_len)) ||
               same(w->term, w->term_len, word->term, word->term_len) ||
               same(w->term, w->term_len, word->other, word->other_len);
    case MATCH_EXACT:
        return same(w->term, w->term_len, word->term, word->term_len) ||
               same(w->term, w->term_len, word->other, word->other_len);
    case MATCH_PREFIX:
        return word->term_len >= w->term_len && memcmp(w->term, word->term, w->term_len) == 0;
    case MATCH_ANY:
        return true;
    case MATCH_PATTERN:
        return forms_fit(w->term, w->term_len, word->term, word->term_len);
    case MATCH_SIMILAR_1:
        return forms_edits(w->term, w->term_len, word->term, word->term_len, 1) <= 1;
    case MATCH_SIMILAR_2:
        return forms_edits(w->term, w->term_len, word->term, word->term_len, 2) <= 2;
    }
    return false;
}

void
matcher_start(struct matcher *m, const char *field)
{
    for (size_t i = 0; i < m->n; i++) {
        struct wanted *w = &m->word[i];
        w->reached = false;
        w->chain = 0;
        w->elsewhere = w->field && strcmp(w->field->name, field) != 0;
    }
    start_skimming(m);
}

void
matcher_go_on(struct matcher *m)
{
    for (size_t i = 0; i < m->n; i++) {
        m->word[i].reached = false;
        m->word[i].chain = 0;
    }
}

size_t
matcher_next(struct matcher *m, const struct word *word, size_t *which)
{
    size_t most = 0;
    /* From the end: what was reached of a phrase before this word is still known of the word before
     */
    for (size_t i = m->n; i-- > 0;) {
        struct wanted *w = &m->word[i];
        w->reached = (w->place == 0 || m->word[i - 1].reached) && means(w, word);
        if (!w->reached || w->place + 1 < w->length) {
            w->chain = 0;
            continue;
        }
        w->chain = w->follows ? m->word[i - 1].chain + 1 : 1;
        const size_t length = w->length > w->chain ? w->length : w->chain;
        /* Of equal ones the first, but the phrase before its pieces */
        const bool longer = length > most || (length == most && w->chain < 2);
        if (longer && (length > 1 || !w->weak)) {
            most = length;
            *which = i + 1 - most;
        }
    }
    return most;
}

size_t
matcher_reach(const struct matcher *m, size_t i, size_t to, size_t reach)
{
    return m->word[i].how == MATCH_EXACT ? reach : to;
}

size_t
matcher_count(const struct matcher *m)
{
    return m->n;
}

size_t
matcher_same(const struct matcher *m, size_t i)
{
    return m->word[i].same_as;
}

double
matcher_weight(const struct matcher *m, size_t i)
{
    return m->word[i].weight;
}
