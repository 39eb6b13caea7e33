/* places.c - where in an article the words of a query stand: the expression
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/positions/places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/positions/near.h"
#include "searcher/positions/tree.h"

bool
places_new(struct places **out, enum places_how how, unsigned number, struct err *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return err_nomem(err);
    (*out)->how = how;
    (*out)->number = number;
    return true;
}

void
places_rewind(struct places *p)
{
    for (size_t i = 0; i < p->n_words; i++) {
        xap_posting_iterator_free(p->word[i].it);
        p->word[i].it = NULL;
    }
    for (size_t i = 0; i < p->n_sides; i++)
        places_rewind(p->side[i]);
}

void
places_free(struct places *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->n_words; i++) {
        xap_posting_iterator_free(p->word[i].it);
        free(p->word[i].term);
    }
    for (size_t i = 0; i < p->n_sides; i++)
        places_free(p->side[i]);
    spans_release(&p->found);
    free(p->word);
    free(p->side);
    free(p->offset);
    free(p);
}

void
places_negate(struct places *p)
{
    p->negated = true;
}

bool
places_add_word(struct places *p, const char *term, size_t len, const char *language,
                struct err *err)
{
    if (p->n_words == p->words_room) {
        const size_t room = p->words_room ? 2 * p->words_room : 4;
        struct word_places *more = realloc(p->word, room * sizeof *more);
        if (!more)
            return err_nomem(err);
        p->word = more;
        p->words_room = room;
    }
    struct word_places *w = &p->word[p->n_words];
    *w = (struct word_places){.term = malloc(len + 1), .len = len};
    if (!w->term)
        return err_nomem(err);
    memcpy(w->term, term, len);
    w->term[len] = '\0';
    snprintf(w->language, sizeof w->language, "%s", language ? language : "");
    p->n_words++;
    return true;
}

static bool
is_near(enum places_how how)
{
    return how == PLACES_NEAR || how == PLACES_ORDERED || how == PLACES_SENTENCE ||
           how == PLACES_PARAGRAPH;
}

static bool
make_room(struct places *p)
{
    const size_t room = p->sides_room ? 2 * p->sides_room : 4;
    if (p->n_sides < p->sides_room)
        return true;
    struct places **more = realloc(p->side, room * sizeof(struct places *));
    if (!more)
        return false;
    p->side = more;
    unsigned *offsets = realloc(p->offset, room * sizeof *offsets);
    if (!offsets)
        return false;
    p->offset = offsets;
    p->sides_room = room;
    return true;
}

bool
places_add(struct places *p, struct places *side, unsigned offset, struct err *err)
{
    bool ok = true;
    if (is_near(p->how) && p->n_sides == NEAR_SIDES_MAX)
        ok =
            err_set(err, ERR_ARG,
                    "an operator has more than %d words or brackets near each other (limit: sides)",
                    NEAR_SIDES_MAX);
    if (ok && !make_room(p))
        ok = err_nomem(err);
    if (!ok) {
        places_free(side);
        return false;
    }
    p->side[p->n_sides] = side;
    p->offset[p->n_sides++] = offset;
    return true;
}
