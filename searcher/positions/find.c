/* find.c - where in an article the words of a query stand: looking
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/positions/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/schema.h"
#include "searcher/positions/near.h"

/* Reading a position takes as long as so many comparisons. */
#define READING 8
/* And coming to a list of them. */
#define OPENING 1500

/* ---- words ---- */

static bool
read_positions(struct xap_position_iterator *it, struct spans *out, struct places_article *a,
               struct err *err)
{
    while (!xap_position_iterator_at_end(it)) {
        xap_termpos at = 0;
        if (xap_position_iterator_get(it, &at, &a->error) != XAP_OK)
            return false;
        if (!spans_add(out, at, at, err))
            return false;
        if (xap_position_iterator_next(it, &a->error) != XAP_OK)
            return false;
        a->work += READING;
    }
    return true;
}

/* Goes on to the article, or the first one behind it that has the word. */
static bool
come_to(struct word_places *w, struct places_article *a)
{
    if (w->it && (w->at == 0 || w->at >= a->docid))
        return true;
    a->work += READING;
    if (!w->it) {
        if (xap_database_postlist_begin(a->db, w->term, w->len, &w->it, &a->error) != XAP_OK)
            return false;
        w->at = 0;
    }
    if (!xap_posting_iterator_at_end(w->it) &&
        xap_posting_iterator_skip_to(w->it, a->docid, &a->error) != XAP_OK)
        return false;
    w->at = 0;
    return xap_posting_iterator_at_end(w->it) ||
           xap_posting_iterator_get(w->it, &w->at, &a->error) == XAP_OK;
}

/* Is the article in that language? */
static bool
is_in_language(struct places_article *a, const char *language, bool *is)
{
    size_t i = 0;
    while (i < a->n_languages && strcmp(a->language[i].language, language) != 0)
        i++;
    *is = true;
    if (i == PLACES_LANGUAGES_MAX)
        return true;
    struct language_places *l = &a->language[i];
    if (i == a->n_languages) {
        char term[sizeof SCHEMA_LANGUAGE + sizeof l->language];
        const int len = snprintf(term, sizeof term, SCHEMA_LANGUAGE "%s", language);
        *l = (struct language_places){.it = NULL};
        snprintf(l->language, sizeof l->language, "%s", language);
        if (xap_database_postlist_begin(a->db, term, (size_t)len, &l->it, &a->error) != XAP_OK)
            return false;
        a->n_languages++;
        if (!xap_posting_iterator_at_end(l->it) &&
            xap_posting_iterator_get(l->it, &l->at, &a->error) != XAP_OK)
            return false;
    }
    if (l->at != 0 && l->at < a->docid) {
        if (xap_posting_iterator_skip_to(l->it, a->docid, &a->error) != XAP_OK)
            return false;
        l->at = 0;
        if (!xap_posting_iterator_at_end(l->it) &&
            xap_posting_iterator_get(l->it, &l->at, &a->error) != XAP_OK)
            return false;
    }
    *is = l->at == a->docid;
    return true;
}

static bool
find_words(struct places *p, struct places_article *a, struct err *err)
{
    size_t lists = 0;
    a->work += p->n_words;
    for (size_t i = 0; i < p->n_words; i++) {
        struct word_places *w = &p->word[i];
        struct xap_position_iterator *it = NULL;
        if (!come_to(w, a))
            return false;
        bool counts = w->at == a->docid;
        if (counts && w->language[0] != '\0' && !is_in_language(a, w->language, &counts))
            return false;
        if (!counts)
            continue;
        a->work += OPENING;
        bool ok = xap_posting_iterator_positionlist_begin(w->it, &it, &a->error) == XAP_OK;
        ok = ok && read_positions(it, &p->found, a, err);
        xap_position_iterator_free(it);
        if (!ok)
            return false;
        lists++;
    }
    if (lists > 1)
        spans_sort(&p->found);
    return true;
}

/* Positions that are no word's: where sentences begin, and the like. */
static bool
read_marks(const char *term, struct spans *out, struct places_article *a, struct err *err)
{
    struct xap_position_iterator *it = NULL;
    spans_clear(out);
    a->work += OPENING;
    bool ok = xap_database_positionlist_begin(a->db, a->docid, term, strlen(term), &it,
                                              &a->error) == XAP_OK;
    ok = ok && read_positions(it, out, a, err);
    xap_position_iterator_free(it);
    return ok;
}

/* ---- sides ---- */

/* Looks for all sides; stops at the first one that is nowhere: *all says whether there was none. */
static bool
find_sides(struct places *p, struct places_article *a, size_t n, bool *all, struct err *err)
{
    *all = true;
    for (size_t i = 0; i < n && *all; i++) {
        if (!places_find(p->side[i], a, err))
            return false;
        *all = p->side[i]->found.n > 0;
    }
    return true;
}

/* The places of the side i, as the list of p. */
static void
move_found(struct places *p, size_t i)
{
    const struct spans own = p->found;
    p->found = p->side[i]->found;
    p->side[i]->found = own;
}

static bool
find_phrase(struct places *p, struct places_article *a, struct err *err)
{
    bool all;
    if (!find_sides(p, a, p->n_sides, &all, err))
        return false;
    if (!all || p->n_sides == 0)
        return true;
    move_found(p, 0);
    for (size_t i = 1; i < p->n_sides; i++) {
        a->work += p->found.n + p->side[i]->found.n;
        spans_followed(&p->found, &p->side[i]->found, p->offset[i] - p->offset[0]);
    }
    for (size_t i = 0; i < p->found.n; i++)
        p->found.span[i].to = p->found.span[i].from + p->number - 1;
    return true;
}

static bool
find_moved(struct places *p, struct places_article *a, struct err *err)
{
    bool all;
    const struct spans **list = calloc(p->n_sides + 1, sizeof(struct spans *));
    bool ok = list || err_nomem(err);
    ok = ok && find_sides(p, a, p->n_sides, &all, err);
    for (size_t i = 0; ok && i < p->n_sides; i++)
        list[i] = &p->side[i]->found;
    if (ok && all)
        ok = near_sloppy(p->number, list, p->offset, p->n_sides, &p->found, &a->work, err);
    free(list);
    return ok;
}

static bool
find_any(struct places *p, struct places_article *a, struct err *err)
{
    for (size_t i = 0; i < p->n_sides; i++) {
        const struct spans *found = &p->side[i]->found;
        if (!places_find(p->side[i], a, err))
            return false;
        for (size_t k = 0; k < found->n; k++)
            if (!spans_add(&p->found, found->span[k].from, found->span[k].to, err))
                return false;
        a->work += found->n;
    }
    spans_sort(&p->found);
    return true;
}

/* ---- operators ---- */

static bool
make_rule(const struct places *p, struct places_article *a, struct near_rule *rule, struct err *err)
{
    *rule = (struct near_rule){.ordered = p->how == PLACES_ORDERED};
    if (p->how == PLACES_SENTENCE) {
        rule->unit = &a->sentences;
        if (!a->has_sentences && !read_marks(SCHEMA_SENTENCE, &a->sentences, a, err))
            return false;
        a->has_sentences = true;
    } else if (p->how == PLACES_PARAGRAPH) {
        rule->unit = &a->paragraphs;
        if (!a->has_paragraphs && !read_marks(SCHEMA_PARAGRAPH, &a->paragraphs, a, err))
            return false;
        a->has_paragraphs = true;
    } else {
        rule->distance = p->number;
    }
    return true;
}

static bool
find_near(struct places *p, struct places_article *a, struct err *err)
{
    const struct spans *list[NEAR_SIDES_MAX];
    struct near_rule rule;
    bool all;
    if (!find_sides(p, a, p->negated ? 1 : p->n_sides, &all, err))
        return false;
    if (!all)
        return true;
    if (!make_rule(p, a, &rule, err))
        return false;
    if (p->negated) {
        if (!places_find(p->side[1], a, err))
            return false;
        move_found(p, 0);
        near_exclude(&rule, &p->found, &p->side[1]->found, &a->work);
        return true;
    }
    for (size_t i = 0; i < p->n_sides; i++)
        list[i] = &p->side[i]->found;
    return near_find(&rule, list, p->n_sides, &p->found, &a->work, err);
}

/* The text is marked by its first and its last word; without one, all is before it. */
static bool
find_first(struct places *p, struct places_article *a, struct err *err)
{
    struct spans text = {.n = 0};
    bool all, ok = find_sides(p, a, 1, &all, err);
    if (!ok || !all)
        return ok;
    ok = read_marks(SCHEMA_BODY, &text, a, err);
    move_found(p, 0);
    if (ok && text.n > 0) {
        const uint32_t last = text.span[text.n - 1].from,
                       wanted = text.span[0].from + p->number - 1;
        spans_within(&p->found, 1, wanted < last ? wanted : last);
    }
    spans_release(&text);
    return ok;
}

bool
places_find(struct places *p, struct places_article *a, struct err *err)
{
    bool all;
    spans_clear(&p->found);
    switch (p->how) {
    case PLACES_WORD:
        return find_words(p, a, err);
    case PLACES_PHRASE:
        return find_phrase(p, a, err);
    case PLACES_MOVED:
        return find_moved(p, a, err);
    case PLACES_ANY:
        return find_any(p, a, err);
    case PLACES_NEAR:
    case PLACES_ORDERED:
    case PLACES_SENTENCE:
    case PLACES_PARAGRAPH:
        return find_near(p, a, err);
    case PLACES_FIRST:
        return find_first(p, a, err);
    case PLACES_ATLEAST:
        if (!find_sides(p, a, 1, &all, err))
            return false;
        move_found(p, 0);
        if (p->found.n < p->number)
            spans_clear(&p->found);
        return true;
    }
    return true;
}
