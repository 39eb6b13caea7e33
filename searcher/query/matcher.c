/* matcher.c - which words of an article did the query mean?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/matcher.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 256

struct wanted {
    enum matcher_how how;
    char *raw, *term, *stem; /* owned; stem: in the present language, NULL before it is set */
    size_t raw_len, term_len, stem_len;
    double weight;
};

struct matcher {
    struct wanted word[WORDS_MAX];
    size_t n;
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
matcher_add(struct matcher *m, enum matcher_how how, const char *raw, size_t raw_len, const char *term,
            size_t term_len, double weight, struct err *err)
{
    if (m->n == WORDS_MAX)
        return true;
    struct wanted *w = &m->word[m->n];
    *w = (struct wanted){.how = how, .raw_len = raw_len, .term_len = term_len, .weight = weight};
    w->raw = copy(raw, raw_len);
    w->term = copy(term, term_len);
    m->n++; /* so that matcher_free() finds what there is */
    m->ready = false;
    return w->raw && w->term ? true : err_nomem(err);
}

bool
matcher_language(struct matcher *m, struct words *words, const char *language, struct err *err)
{
    if (m->ready && strcmp(m->language, language) == 0)
        return true;
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
        w->stem = found ? copy(word.stem, word.stem_len) : copy("", 0);
        w->stem_len = found ? word.stem_len : 0;
        if (!w->stem)
            return err_nomem(err);
    }
    strncpy(m->language, language, sizeof m->language - 1);
    m->ready = true;
    return true;
}

static bool
same(const char *a, size_t a_len, const char *b, size_t b_len)
{
    return a_len == b_len && memcmp(a, b, a_len) == 0;
}

int
matcher_find(const struct matcher *m, const struct word *word)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct wanted *w = &m->word[i];
        bool found = false;
        switch (w->how) {
        case MATCH_STEM:
            found = (w->stem && same(w->stem, w->stem_len, word->stem, word->stem_len)) ||
                    same(w->term, w->term_len, word->term, word->term_len);
            break;
        case MATCH_EXACT:
            found = same(w->term, w->term_len, word->term, word->term_len);
            break;
        case MATCH_PREFIX:
            found = word->term_len >= w->term_len && memcmp(w->term, word->term, w->term_len) == 0;
            break;
        }
        if (found)
            return (int)i;
    }
    return -1;
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
