/* forms.c - words that are like what was typed: * and ? among their letters, and letters that may
 * be wrong
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/vocabulary.h"

#include <string.h>

#include "common/utf8.h"

/* Appends the normal form of text[0, len), which must be one word. */
static bool
add_form(struct planner *p, const char *text, size_t len, char form[WORD_MAX + 1], size_t *at)
{
    struct word word;
    if (len == 0)
        return true;
    if (!cut_plain_word(p, NULL, text, len, &word, NULL) || word.to != len ||
        word.kind != WORD_SPACED || *at + word.term_len + 1 > WORD_MAX)
        return false;
    memcpy(form + *at, word.term, word.term_len);
    *at += word.term_len;
    return true;
}

bool
forms_normal(struct planner *p, const struct query_node *node, char form[WORD_MAX + 1], size_t *len)
{
    size_t from = 0;
    *len = 0;
    for (size_t i = 0; i <= node->len; i++) {
        const bool wildcard = node->kind == QUERY_PATTERN && i < node->len &&
                              (node->text[i] == '*' || node->text[i] == '?');
        if (i < node->len && !wildcard)
            continue;
        if (!add_form(p, node->text + from, i - from, form, len))
            return false;
        if (wildcard)
            form[(*len)++] = node->text[i];
        from = i + 1;
    }
    return *len > 0;
}

bool
forms_has(struct planner *p, const struct query_node *node)
{
    char form[WORD_MAX + 1];
    size_t len;
    return (node->kind == QUERY_PATTERN || node->kind == QUERY_FUZZY) &&
           forms_normal(p, node, form, &len);
}

bool
forms_fit(const char *pattern, size_t pattern_len, const char *word, size_t len)
{
    size_t at = 0, in = 0, star = pattern_len, tried = 0;
    while (in < len) {
        if (at < pattern_len && pattern[at] == '*') {
            star = at++;
            tried = in;
        } else if (at < pattern_len && pattern[at] == '?') {
            at++;
            utf8_next(word, len, &in);
        } else if (at < pattern_len && pattern[at] == word[in]) {
            at++;
            in++; /* the other bytes of a character are compared like the first */
        } else if (star < pattern_len) {
            at = star + 1;
            utf8_next(word, len, &tried);
            in = tried;
        } else {
            return false;
        }
    }
    while (at < pattern_len && pattern[at] == '*')
        at++;
    return at == pattern_len;
}

static size_t
decode(const char *text, size_t len, uint32_t out[WORD_MAX])
{
    size_t n = 0;
    for (size_t at = 0; at < len && n < WORD_MAX;)
        out[n++] = utf8_next(text, len, &at);
    return n;
}

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
    const unsigned d = a < b ? a : b;
    return d < c ? d : c;
}

unsigned
forms_edits(const char *a, size_t a_len, const char *b, size_t b_len, unsigned max)
{
    uint32_t x[WORD_MAX], y[WORD_MAX];
    unsigned rows[3][WORD_MAX + 1], *before = rows[0], *last = rows[1], *row = rows[2];
    const size_t n = decode(a, a_len, x), m = decode(b, b_len, y);
    if ((n > m ? n - m : m - n) > max)
        return max + 1;
    for (size_t k = 0; k <= m; k++)
        last[k] = (unsigned)k;
    for (size_t i = 1; i <= n; i++) {
        row[0] = (unsigned)i;
        unsigned lowest = row[0];
        for (size_t k = 1; k <= m; k++) {
            row[k] = least(last[k] + 1, row[k - 1] + 1, last[k - 1] + (x[i - 1] != y[k - 1]));
            if (i > 1 && k > 1 && x[i - 1] == y[k - 2] && x[i - 2] == y[k - 1] &&
                before[k - 2] + 1 < row[k])
                row[k] = before[k - 2] + 1;
            lowest = row[k] < lowest ? row[k] : lowest;
        }
        if (lowest > max + 1)
            return max + 1;
        unsigned *const spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[m] > max ? max + 1 : last[m];
}
