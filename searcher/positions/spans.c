/* spans.c - lists of places in one article
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/positions/spans.h"

#include <stdlib.h>

bool
spans_add(struct spans *list, uint32_t from, uint32_t to, struct err *err)
{
    if (list->n == SPANS_MAX)
        return true;
    if (list->n == list->room) {
        const size_t room = list->room ? 2 * list->room : 32;
        struct span *more = realloc(list->span, room * sizeof *more);
        if (!more)
            return err_nomem(err);
        list->span = more;
        list->room = room;
    }
    list->span[list->n++] = (struct span){from, to};
    return true;
}

void
spans_clear(struct spans *list)
{
    list->n = 0;
}

void
spans_release(struct spans *list)
{
    free(list->span);
    *list = (struct spans){.n = 0};
}

static int
by_place(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

void
spans_sort(struct spans *list)
{
    size_t n = 0;
    if (list->n < 2)
        return;
    qsort(list->span, list->n, sizeof *list->span, by_place);
    for (size_t i = 0; i < list->n; i++)
        if (n == 0 || by_place(&list->span[n - 1], &list->span[i]) != 0)
            list->span[n++] = list->span[i];
    list->n = n;
}

void
spans_within(struct spans *list, uint32_t first, uint32_t last)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        if (list->span[i].from >= first && list->span[i].to <= last)
            list->span[n++] = list->span[i];
    list->n = n;
}

void
spans_followed(struct spans *list, const struct spans *other, uint32_t offset)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i < list->n; i++) {
        const uint32_t wanted = list->span[i].from + offset;
        while (k < other->n && other->span[k].from < wanted)
            k++;
        if (k < other->n && other->span[k].from == wanted)
            list->span[n++] = list->span[i];
    }
    list->n = n;
}
