/* snippet.c - the passage of an article that answers a query best, with the matches marked
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "searcher/passages.h"
#include "searcher/tokens.h"

void
marked_text_release(struct marked_text *t)
{
    free(t->text);
    free(t->mark);
    *t = (struct marked_text){.len = 0};
}

void
snippets_release(struct snippets *s)
{
    for (size_t i = 0; i < s->n; i++)
        marked_text_release(&s->passage[i]);
    *s = (struct snippets){.n = 0};
}

/* Appends the bytes [from, to), blanks as one. */
static void
add_text(struct buf *out, const char *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!tokens_is_blank(text[i]))
            buf_ch(out, text[i]);
        else if (out->len > 0 && out->data[out->len - 1] != ' ')
            buf_ch(out, ' ');
}

/* Words that touch (Chinese) are one mark, and so are those of a phrase. */
static void
add_mark(struct marked_text *out, size_t from, size_t to, bool joined)
{
    if (out->n_marks > 0 && (joined || out->mark[out->n_marks - 1].to == from))
        out->mark[out->n_marks - 1].to = to;
    else if (from < to)
        out->mark[out->n_marks++] = (struct mark){from, to};
}

/* Copies text[from, to) with the marks of the tokens [first, last) in it. */
static bool
fill(struct marked_text *out, const char *text, size_t from, size_t to, const struct tokens *list,
     size_t first, size_t last, struct err *err)
{
    struct buf copy;
    size_t n = 0, at = from;
    for (size_t i = first; i < last; i++)
        n += list->t[i].match >= 0;
    out->mark = malloc((n + 1) * sizeof *out->mark);
    if (!out->mark)
        return err_nomem(err);
    buf_init(&copy, BUF_MAX);
    buf_reserve(&copy, to - from);
    for (size_t i = first; i < last && list->t[i].from < to; i++) {
        const struct token *t = &list->t[i];
        if (t->match < 0)
            continue;
        const size_t start_of_mark = t->from > at ? t->from : at,
                     end = t->reach < to ? t->reach : to;
        if (end <= start_of_mark)
            continue;
        add_text(&copy, text, at, start_of_mark);
        const size_t start = copy.len;
        at = end;
        add_text(&copy, text, start_of_mark, at);
        add_mark(out, start, copy.len, t->joined && i > first);
    }
    add_text(&copy, text, at, to);
    out->len = copy.len;
    const bool ok = buf_ok(&copy, "a passage", err);
    out->text = buf_take(&copy);
    if (ok && out->text)
        return true;
    marked_text_release(out);
    return ok ? err_nomem(err) : false;
}

bool
snippet_mark(struct marked_text *out, const char *text, const char *field, const char *language,
             struct words *words, struct matcher *m, struct err *err)
{
    struct tokens list = {.n = 0};
    const size_t len = strlen(text);
    *out = (struct marked_text){.len = 0};
    bool ok = matcher_language(m, words, language, err);
    matcher_start(m, field);
    if (ok && (!matcher_can_skim(m) || matcher_skim(m, text, len, 0) < len))
        ok = words_language(words, language, err) && tokens_of_all(&list, text, len, words, m, err);
    ok = ok && fill(out, text, 0, len, &list, 0, list.n, err);
    tokens_release(&list);
    return ok;
}

/* ---- passages ---- */

/* The texts of an article: the body, the deck, captions. In `sources` they stand as they are looked
 * for, `place` says how they are read. */
struct texts {
    struct source *source; /* owned */
    size_t n;
};

static void
texts_release(struct texts *t)
{
    for (size_t i = 0; i < t->n; i++)
        tokens_release(&t->source[i].list);
    free(t->source);
}

/* Adds a text, unless it has no word of the query and others have words. */
static bool
add_text_of(struct texts *t, const char *text, unsigned place, const char *field, size_t max,
            struct words *words, struct matcher *m, struct err *err)
{
    struct source *s = &t->source[t->n];
    const size_t len = strlen(text);
    matcher_start(m, field);
    if (len == 0 || (t->n > 0 && matcher_can_skim(m) && matcher_skim(m, text, len, 0) == len))
        return true;
    *s = (struct source){.text = text, .len = len, .place = place};
    const bool ok = tokens_near_matches(&s->list, text, len, field, max, words, m, err);
    if (!ok || s->list.n == 0)
        tokens_release(&s->list);
    else
        t->n++;
    return ok;
}

/* Chooses passages; what is not in the body is read only where the body's best passage has not
 * every word of the query. */
static bool
choose(struct choice *out, struct texts *t, const struct article *a, size_t max,
       struct words *words, struct matcher *m, struct err *err)
{
    const struct article_values *captions = &a->list[ARTICLE_CAPTION];
    *out = (struct choice){.n = 0};
    t->source = calloc(2 + captions->n, sizeof *t->source);
    if (!t->source)
        return err_nomem(err);
    if (!add_text_of(t, article_get(a, ARTICLE_BODY), 1, "body", max, words, m, err))
        return false;
    const bool more = a->field[ARTICLE_DECK] || captions->n > 0;
    if (more && t->n > 0 && passages_one(out, t->source, t->n, m, max))
        return true;
    bool ok = add_text_of(t, article_get(a, ARTICLE_DECK), 0, "deck", max, words, m, err);
    for (size_t i = 0; ok && i < captions->n; i++)
        ok = add_text_of(t, captions->item[i], 2 + (unsigned)i, "caption", max, words, m, err);
    if (ok)
        passages_choose(out, t->source, t->n, m, max);
    return ok;
}

bool
snippet_make(struct snippets *out, const struct article *a, size_t max_bytes, struct words *words,
             struct matcher *m, struct err *err)
{
    const char *language = article_get(a, ARTICLE_LANGUAGE);
    struct texts texts = {.n = 0};
    struct choice choice;
    *out = (struct snippets){.n = 0};
    bool ok = matcher_language(m, words, language, err) && words_language(words, language, err) &&
              choose(&choice, &texts, a, max_bytes, words, m, err);
    for (size_t i = 0; ok && i < choice.n; i++) {
        const struct passage *p = &choice.passage[i];
        struct marked_text *t = &out->passage[out->n];
        if (p->to <= p->from)
            continue;
        ok = fill(t, p->source->text, p->from, p->to, &p->source->list, p->first, p->last, err);
        t->cut_before = p->cut_before;
        t->cut_after = p->cut_after;
        out->n += ok;
    }
    texts_release(&texts);
    if (!ok)
        snippets_release(out);
    return ok;
}

/* ---- all passages in one line ---- */

bool
snippets_join(struct marked_text *out, const struct snippets *s, bool ends, struct err *err)
{
    struct buf text;
    size_t n_marks = 0;
    *out = (struct marked_text){.len = 0};
    if (s->n == 0)
        return true;
    for (size_t i = 0; i < s->n; i++)
        n_marks += s->passage[i].n_marks;
    out->mark = malloc((n_marks + 1) * sizeof *out->mark);
    if (!out->mark)
        return err_nomem(err);
    buf_init(&text, BUF_MAX);
    if (ends && s->passage[0].cut_before)
        buf_str(&text, &PASSAGES_BETWEEN[1]);
    for (size_t i = 0; i < s->n; i++) {
        const struct marked_text *t = &s->passage[i];
        if (i > 0)
            buf_str(&text, PASSAGES_BETWEEN);
        for (size_t k = 0; k < t->n_marks; k++)
            out->mark[out->n_marks++] =
                (struct mark){text.len + t->mark[k].from, text.len + t->mark[k].to};
        buf_add(&text, t->text, t->len);
    }
    if (ends && s->passage[s->n - 1].cut_after)
        buf_add(&text, PASSAGES_BETWEEN, strlen(PASSAGES_BETWEEN) - 1);
    out->len = text.len;
    const bool ok = buf_ok(&text, "passages", err);
    out->text = buf_take(&text);
    if (ok && out->text)
        return true;
    marked_text_release(out);
    return ok ? err_nomem(err) : false;
}
