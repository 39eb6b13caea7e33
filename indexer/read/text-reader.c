/* text-reader.c - what the head, the body and the tail do alike: fill the article from paragraphs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/text-reader.h"

#include <string.h>

#include "common/utf8.h"

struct text_span
text_at(const struct text_reader *r, size_t i)
{
    return text_layout_span(&r->layout, i);
}

struct text_para *
text_para_at(const struct text_reader *r, size_t i)
{
    return &r->layout.para[i];
}

enum text_mark
text_look(const struct text_reader *r, size_t i, enum text_where where)
{
    text_para_at(r, i)->mark =
        (uint8_t)text_mark(text_at(r, i), text_para_at(r, i)->columns, where);
    return (enum text_mark)text_para_at(r, i)->mark;
}

void
text_use(const struct text_reader *r, size_t i)
{
    text_para_at(r, i)->role = TEXT_USED;
}

void
text_set(struct text_reader *r, enum article_field f, struct text_span s)
{
    r->failed = r->failed || !article_set(r->a, f, s.at, s.len, r->err);
}

/* For what may be said twice: the first time counts. */
void
text_set_once(struct text_reader *r, enum article_field f, struct text_span s)
{
    if (s.len > 0 && !r->a->field[f])
        text_set(r, f, s);
}

void
text_add(struct text_reader *r, enum article_list l, struct text_span s)
{
    s = text_trim(s);
    const struct article_values *values = &r->a->list[l];
    for (size_t i = 0; i < values->n; i++)
        if (text_same((struct text_span){values->item[i], strlen(values->item[i])}, s))
            return;
    if (s.len > 0)
        r->failed = r->failed || !article_add(r->a, l, s.at, s.len, r->err);
}

static void
set_dates(struct text_reader *r, const struct text_dates *dates)
{
    const bool swap = r->open_updated && dates->published[0] && !dates->updated[0];
    const char *published = swap ? "" : dates->published;
    const char *updated = swap ? dates->published : dates->updated;
    text_set_once(r, ARTICLE_PUBLISHED, (struct text_span){published, strlen(published)});
    text_set_once(r, ARTICLE_UPDATED, (struct text_span){updated, strlen(updated)});
    text_set_once(r, ARTICLE_SOURCE, dates->source);
    text_set_once(r, ARTICLE_DATELINE, dates->place);
    r->open_updated =
        dates->open_updated || (r->open_updated && !dates->published[0] && !dates->updated[0]);
}

/* Dates that stand in a line with names, and sources behind them: "By Jane Doe, The Courier | Oct.
 * 3, 2022". */
static void
set_byline_dates(struct text_reader *r, struct text_span names)
{
    struct text_dates dates;
    const size_t label = text_dates_label(names, 0);
    if (label != TEXT_NONE && text_dates(text_from(names, label), &dates)) {
        set_dates(r, &dates);
        return;
    }
    size_t from, to;
    dates = (struct text_dates){.open_published = false};
    if (date_find(names.at, names.len, &from, &to, dates.published))
        set_dates(r, &dates);
}

void
text_add_authors(struct text_reader *r, struct text_span names)
{
    struct text_span list = names, name;
    set_byline_dates(r, names);
    const size_t before = r->a->list[ARTICLE_AUTHOR].n;
    while (text_next_name(&list, &name)) {
        const bool known = r->a->list[ARTICLE_AUTHOR].n > before;
        if (known && text_is_agency(name))
            text_set_once(r, ARTICLE_SOURCE, name); /* "By Jane Doe, Associated Press" */
        else if (!known || text_is_name(name, 2, 7) || text_is_name(name, 1, 1))
            text_add(r, ARTICLE_AUTHOR, name);
    }
    if (r->a->list[ARTICLE_AUTHOR].n == before)
        text_add(r, ARTICLE_AUTHOR, names);
    /* 記者周昱廷／台北報導 */
    struct text_span place = text_filed_from(names);
    for (size_t at = 0; at < place.len;) {
        const uint32_t c = utf8_next(place.at, place.len, &at);
        if (c == 0xff0f || c == '/' || c == ' ')
            text_set_once(r, ARTICLE_DATELINE, text_trim(text_from(place, at)));
    }
}

static bool
add_contributors(void *arg, struct text_span names)
{
    struct text_reader *r = arg;
    struct text_span list = names, name;
    bool all_names = true;
    for (size_t n = 0; text_next_name(&list, &name); n++)
        all_names = all_names && (text_is_name(name, 1, 7) || text_is_agency(name));
    if (!all_names) /* "the Standard's correspondents in Marl and Stroud" */
        text_add(r, ARTICLE_CONTRIBUTOR, names);
    for (list = names; all_names && text_next_name(&list, &name);)
        text_add(r, ARTICLE_CONTRIBUTOR, name);
    return !r->failed;
}

void
text_add_tags(struct text_reader *r, struct text_span list)
{
    struct text_span tag;
    while (!r->failed && text_next_tag(&list, &tag))
        text_add(r, ARTICLE_TAGS, tag);
}

static void
apply_label(struct text_reader *r, struct text_span s)
{
    struct text_label label;
    if (!text_label(s, &label))
        return;
    if (label.kind == TEXT_LABEL_TAGS)
        text_add_tags(r, label.value);
    else
        text_set_once(r, label.field, label.value);
}

/* Takes a paragraph out of the body for what its mark says it is. */
void
text_apply(struct text_reader *r, size_t i)
{
    const struct text_span s = text_at(r, i);
    struct text_span names;
    struct text_dates dates;
    bool ok = true;
    text_use(r, i);
    switch ((enum text_mark)text_para_at(r, i)->mark) {
    case TEXT_MARK_DATE:
        if (text_dates(s, &dates))
            set_dates(r, &dates);
        break;
    case TEXT_MARK_LABEL:
        apply_label(r, s);
        break;
    case TEXT_MARK_BYLINE:
        if (text_byline(s, &names))
            text_add_authors(r, names);
        break;
    case TEXT_MARK_CAPTION:
    case TEXT_MARK_CREDIT:
        text_add(r, ARTICLE_CAPTION, s);
        break;
    case TEXT_MARK_CONTRIBUTOR:
        text_contributors(s, add_contributors, r, &ok);
        break;
    case TEXT_MARK_COPYRIGHT:
        text_set_once(r, ARTICLE_SOURCE, text_copyright(s));
        break;
    case TEXT_MARK_NONE:
    case TEXT_MARK_FURNITURE:
    case TEXT_MARK_TAGS:
    case TEXT_MARK_RELATED:
    case TEXT_MARK_AUTHOR:
        break;
    }
}
