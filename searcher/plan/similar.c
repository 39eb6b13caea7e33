/* similar.c - the words of the index that differ in a letter or two
 *
 * The words come in the order of the alphabet. Rows of the table of distances belong to the first
 * letters of a word: of the next word only those are worked out that it does not begin with as
 * well, and none where the common beginning is too far off already.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "common/utf8.h"

/* Words that one with ~ may stand for: the nearest, and of these the most frequent. */
#define SIMILAR_MAX 50

/* Distances are counted to here. */
#define FAR 200

struct similar {
    uint32_t wanted[WORD_MAX];
    size_t n;
    unsigned max;
    uint32_t word[WORD_MAX]; /* the present one */
    size_t len;
    size_t rows; /* that are right for the present word, without the first one */
    size_t dead; /* letters after which no word can be near any more; FAR + 1: nobody knows */
    unsigned char row[WORD_MAX + 1][WORD_MAX + 1];
    unsigned char lowest[WORD_MAX + 1]; /* of each row */
};

static unsigned char
plus(unsigned char a, bool more)
{
    return (unsigned char)(a < FAR ? a + more : FAR);
}

/* The row behind the first i letters of the word. */
static void
work_out(struct similar *s, size_t i)
{
    unsigned char *row = s->row[i], *last = s->row[i - 1];
    row[0] = plus(last[0], true);
    s->lowest[i] = row[0];
    for (size_t k = 1; k <= s->n; k++) {
        const unsigned char side = plus(last[k] < row[k - 1] ? last[k] : row[k - 1], true),
                            across = plus(last[k - 1], s->word[i - 1] != s->wanted[k - 1]);
        row[k] = side < across ? side : across;
        if (i > 1 && k > 1 && s->word[i - 1] == s->wanted[k - 2] &&
            s->word[i - 2] == s->wanted[k - 1]) {
            const unsigned char exchanged = plus(s->row[i - 2][k - 2], true);
            row[k] = exchanged < row[k] ? exchanged : row[k];
        }
        s->lowest[i] = row[k] < s->lowest[i] ? row[k] : s->lowest[i];
    }
}

/* Takes the next word in; the rows of what it has in common with the one before stay. */
static void
take(struct similar *s, const char *word, size_t len)
{
    size_t n = 0, common = 0;
    bool same = true;
    for (size_t at = 0; at < len && n < WORD_MAX; n++) {
        const uint32_t c = utf8_next(word, len, &at);
        same = same && n < s->len && s->word[n] == c;
        common += same;
        s->word[n] = c;
    }
    s->len = n;
    s->rows = common < s->rows ? common : s->rows;
    if (common < s->dead)
        s->dead = FAR + 1;
}

static bool
is_near(void *arg, const char *word, size_t len, bool *wanted, unsigned *edits, struct err *err)
{
    struct similar *s = arg;
    (void)err;
    take(s, word, len);
    if (s->dead <= s->len || s->len > s->n + s->max || s->n > s->len + s->max)
        return true;
    while (s->rows < s->len) {
        const size_t i = ++s->rows;
        work_out(s, i);
        if (s->lowest[i] > s->max && s->lowest[i - 1] >= s->max) {
            s->dead = i;
            return true;
        }
    }
    *edits = s->row[s->len][s->n];
    *wanted = *edits <= s->max;
    return true;
}

static int
by_worth(const void *a, const void *b)
{
    const struct meant_word *x = a, *y = b;
    if (x->edits != y->edits)
        return x->edits < y->edits ? -1 : 1;
    if (x->articles != y->articles)
        return x->articles > y->articles ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

bool
similar_find(struct planner *p, const struct query_node *node, struct meant *out, struct err *err)
{
    char form[WORD_MAX + 1];
    size_t len;
    struct similar *s = calloc(1, sizeof *s);
    if (!s)
        return err_nomem(err);
    bool ok = true;
    if (forms_normal(p, node, form, &len)) {
        for (size_t at = 0; at < len;)
            s->wanted[s->n++] = utf8_next(form, len, &at);
        s->max = node->number;
        s->dead = FAR + 1;
        for (size_t k = 0; k <= s->n; k++)
            s->row[0][k] = (unsigned char)k;
        const struct vocabulary_test test = {is_near, s, node, 0, NULL};
        ok = vocabulary_find(p, plan_prefix_of(node), "", 0, &test, out, err);
    }
    free(s);
    if (ok && out->n > 0)
        qsort(out->word, out->n, sizeof *out->word, by_worth);
    if (out->n > SIMILAR_MAX)
        out->n = SIMILAR_MAX;
    return ok;
}
