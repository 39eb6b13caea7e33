/* matcher.c - which words of an article did the query mean?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/matcher.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 256

struct wanted {
    enum matcher_how how;
    const struct schema_entry *field; /* NULL: any */
    bool elsewhere;                   /* it is not looked for in this text */
    char *raw, *term, *stem; /* owned; stem: in the present language, NULL before it is set */
    size_t raw_len, term_len, stem_len;
    double weight;
    size_t place, length; /* in its phrase, from 0, and how long that is */
    bool reached;         /* the text just read ends in the phrase up to this word */
};

struct matcher {
    struct wanted word[WORDS_MAX];
    size_t n;
    size_t phrase; /* its first word */
    char language[36];
    bool ready;
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

bool
matcher_add(struct matcher *m, const struct schema_entry *field, enum matcher_how how, const char *raw, size_t raw_len,
            const char *term, size_t term_len, double weight, struct err *err)
{
    if (m->n == WORDS_MAX)
        return true;
    struct wanted *w = &m->word[m->n];
    *w = (struct wanted){
        .how = how, .field = field, .raw_len = raw_len, .term_len = term_len, .weight = weight, .length = 1};
    w->raw = copy(raw, raw_len);
    w->term = copy(term, term_len);
    m->n++; /* so that matcher_free() finds what there is */
    m->ready = false;
    return w->raw && w->term ? true : err_nomem(err);
}

void
matcher_begin_phrase(struct matcher *m)
{
    m->phrase = m->n;
}

void
matcher_end_phrase(struct matcher *m)
{
    for (size_t i = m->phrase; i < m->n; i++) {
        m->word[i].place = i - m->phrase;
        m->word[i].length = m->n - m->phrase;
    }
}

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
        if (w->how != MATCH_STEM)
            continue;
        if (!words_start(words, w->raw, w->raw_len, err))
            return false;
        const bool found = words_next(words, &word, &why);
        if (why.code != ERR_NONE) {
            if (err)
                *err = why;
            return false;
        }
        w->stem = found ? copy(word.stem, word.stem_len) : copy("", 0);
        w->stem_len = found ? word.stem_len : 0;
        if (!w->stem)
            return err_nomem(err);
    }
    snprintf(m->language, sizeof m->language, "%s", language);
    m->ready = true;
    return true;
}

static bool
same(const char *a, size_t a_len, const char *b, size_t b_len)
{
    return a_len == b_len && memcmp(a, b, a_len) == 0;
}

static bool
means(const struct wanted *w, const struct word *word)
{
    if (w->elsewhere)
        return false;
    switch (w->how) {
    case MATCH_STEM:
        return (w->stem && same(w->stem, w->stem_len, word->stem, word->stem_len)) ||
               same(w->term, w->term_len, word->term, word->term_len);
    case MATCH_EXACT:
        return same(w->term, w->term_len, word->term, word->term_len);
    case MATCH_PREFIX:
        return word->term_len >= w->term_len && memcmp(w->term, word->term, w->term_len) == 0;
    }
    return false;
}

void
matcher_start(struct matcher *m, const char *field)
{
    for (size_t i = 0; i < m->n; i++) {
        struct wanted *w = &m->word[i];
        w->reached = false;
        w->elsewhere = w->field && strcmp(w->field->name, field) != 0;
    }
}

size_t
matcher_next(struct matcher *m, const struct word *word, size_t *which)
{
    size_t most = 0;
    /* From the end: what was reached of a phrase before this word is still known of the word before */
    for (size_t i = m->n; i-- > 0;) {
        struct wanted *w = &m->word[i];
        w->reached = (w->place == 0 || m->word[i - 1].reached) && means(w, word);
        if (w->reached && w->place + 1 == w->length && w->length >= most) {
            most = w->length;
            *which = i + 1 - most;
        }
    }
    return most;
}

size_t
matcher_count(const struct matcher *m)
{
    return m->n;
}

double
matcher_weight(const struct matcher *m, size_t i)
{
    return m->word[i].weight;
}
