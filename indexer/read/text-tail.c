/* text-tail.c - what stands below the body of a plain text
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/text-reader.h"

#include <string.h>

/* How many paragraphs belong to the tail at most; a topic list may be long. */
#define TAIL_MAX 120

/* In which of the last paragraphs thanks are believed though something follows. */
#define THANKS_MAX 12

/* The longest tag, in columns. */
#define TAG_COLUMNS 60

static bool
begins_with_span(struct text_span s, struct text_span start)
{
    return start.len > 0 && s.len > start.len && text_same(text_first(s, start.len), start);
}

/* "Jane Doe is a reporter ..." */
static bool
is_note_on(struct text_span s, struct text_span name)
{
    static const char *const verbs[] = {
        "is", "was", "has", "covers", "reports", "writes", "works", "joined", "can", "can be",
        "lives", "edits", "teaches", "began", "started", "serves", "ist", "schreibt", "arbeitet",
        "est", "couvre", "es", "escribe", "é", "escreve", "è", "scrive", "is een", "är", "er", "—",
        "-", "(", ",", NULL};
    return begins_with_span(s, name) &&
           text_begins_any(text_trim(text_from(s, name.len)), verbs) > 0;
}

static void
add_note(struct text_reader *r, size_t i)
{
    if (r->note.len > 0)
        buf_ch(&r->note, ' ');
    buf_add(&r->note, text_at(r, i).at, text_at(r, i).len);
    text_use(r, i);
}

/* Still in the body, and without a mark. */
static bool
is_text(const struct text_reader *r, size_t i)
{
    return i < r->layout.n && text_para_at(r, i)->role == TEXT_BODY &&
           text_para_at(r, i)->mark == TEXT_MARK_NONE;
}

static bool
is_name_line(const struct text_reader *r, size_t i)
{
    return is_text(r, i) && text_para_at(r, i)->columns <= 60 && text_is_name(text_at(r, i), 2, 6);
}

/* Takes a name, its repetitions and the note that follows. */
static void
take_author(struct text_reader *r, size_t name, size_t from)
{
    const struct text_span s = text_at(r, name);
    text_add(r, ARTICLE_AUTHOR, s);
    text_use(r, name);
    for (size_t i = from; i < r->layout.n && i < from + 3; i++)
        if (is_text(r, i) && is_note_on(text_at(r, i), s))
            add_note(r, i);
        else if (text_para_at(r, i)->mark == TEXT_MARK_NONE && !text_same(text_at(r, i), s))
            break;
        else if (text_para_at(r, i)->mark == TEXT_MARK_NONE)
            text_use(r, i);
}

/* "By Jane Doe" with a note on her behind it. */
static void
read_signature(struct text_reader *r, size_t i)
{
    struct text_span names, name;
    if (text_byline(text_at(r, i), &names) && text_next_name(&names, &name) && is_text(r, i + 1) &&
        is_note_on(text_at(r, i + 1), name)) {
        text_apply(r, i);
        add_note(r, i + 1);
    }
}

/* Names at the end: repeated, labelled "Author", or followed by a note that begins with the name.
 */
static void
read_authors(struct text_reader *r, size_t from)
{
    const size_t n = r->layout.n;
    for (size_t i = from; i < n; i++) {
        if (text_para_at(r, i)->mark == TEXT_MARK_BYLINE)
            read_signature(r, i);
        if (text_para_at(r, i)->mark == TEXT_MARK_AUTHOR && i > from && is_name_line(r, i - 1)) {
            text_use(r, i);
            take_author(r, i - 1, i + 1);
        } else if (text_para_at(r, i)->mark == TEXT_MARK_AUTHOR && i + 1 < n &&
                   is_name_line(r, i + 1)) {
            text_use(r, i);
            take_author(r, i + 1, i + 2);
        } else if (is_name_line(r, i) && i + 1 < n &&
                   (text_same(text_at(r, i), text_at(r, i + 1)) ||
                    (is_text(r, i + 1) && is_note_on(text_at(r, i + 1), text_at(r, i))))) {
            take_author(r, i, i + 1);
        } else if (text_para_at(r, i)->mark == TEXT_MARK_AUTHOR && i > from &&
                   text_para_at(r, i - 1)->mark == TEXT_MARK_NONE &&
                   text_para_at(r, i - 1)->role == TEXT_USED) {
            text_use(r, i);
            take_author(r, i - 1, i + 1);
        }
    }
    const struct article_values *authors = &r->a->list[ARTICLE_AUTHOR];
    for (size_t i = n > from + 8 ? n - 8 : from; i < n; i++)
        for (size_t k = 0; i > r->first && k < authors->n && is_text(r, i); k++)
            if (is_note_on(text_at(r, i),
                           (struct text_span){authors->item[k], strlen(authors->item[k])}))
                add_note(r, i);
}

/* Rather a paragraph than a headline or a topic. */
static bool
is_paragraph(struct text_span s, size_t columns)
{
    return text_ends_sentence(s) &&
           (columns >= PROSE_COLUMNS || (columns >= PROSE_COLUMNS / 2 && s.at[s.len - 1] != '?'));
}

/* "Related Topics" and "Related Stories" with what follows, when that is nothing but short lines.
 */
static size_t
read_lists(struct text_reader *r, size_t from)
{
    size_t cut = r->layout.n;
    for (size_t i = r->layout.n; i > from; i--) {
        const struct text_para *p = text_para_at(r, i - 1);
        const bool list = p->mark == TEXT_MARK_TAGS || p->mark == TEXT_MARK_RELATED;
        if (list && p->role == TEXT_BODY)
            cut = i - 1;
        if (is_text(r, i - 1) && is_paragraph(text_at(r, i - 1), p->columns))
            break;
    }
    enum text_mark list = TEXT_MARK_NONE;
    for (size_t i = cut; i < r->layout.n; i++) {
        const enum text_mark mark = (enum text_mark)text_para_at(r, i)->mark;
        if (text_para_at(r, i)->role == TEXT_USED)
            continue;
        if (mark == TEXT_MARK_TAGS || mark == TEXT_MARK_RELATED)
            list = mark;
        else if (mark == TEXT_MARK_NONE && list == TEXT_MARK_TAGS &&
                 text_para_at(r, i)->columns <= TAG_COLUMNS)
            text_add_tags(r, text_at(r, i));
        else if (mark == TEXT_MARK_NONE && list == TEXT_MARK_TAGS)
            continue; /* too long for a topic: in doubt, text */
        text_use(r, i);
        if (mark != TEXT_MARK_NONE)
            text_apply(r, i);
    }
    return cut;
}

/* From the end upwards what is no text; thanks also where something unknown follows them. */
static void
read_closing(struct text_reader *r, size_t from, size_t end)
{
    size_t closing = end;
    while (closing > from && !is_text(r, closing - 1) &&
           text_para_at(r, closing - 1)->mark != TEXT_MARK_AUTHOR)
        closing--;
    for (size_t i = from; i < end && !r->failed; i++) {
        const bool thanks =
            text_para_at(r, i)->mark == TEXT_MARK_CONTRIBUTOR && i + THANKS_MAX >= r->layout.n;
        if (text_para_at(r, i)->role == TEXT_BODY && (i >= closing || thanks))
            text_apply(r, i);
    }
}

void
text_read_tail(struct text_reader *r)
{
    const size_t n = r->layout.n;
    const size_t from = n > r->first + TAIL_MAX ? n - TAIL_MAX : r->first;
    for (size_t i = from; i < n; i++)
        if (text_para_at(r, i)->role == TEXT_BODY)
            text_look(r, i, TEXT_TAIL);
    /* the first paragraph of the body is never part of the tail */
    const size_t start = from == r->first && from < n ? from + 1 : from;
    if (start > from)
        text_para_at(r, from)->mark = TEXT_MARK_NONE;
    read_authors(r, start);
    const size_t cut = read_lists(r, start);
    read_closing(r, start, cut);
    if (r->note.len > 0 && !r->failed)
        r->failed = !article_keep(r->a, "author_note", r->note.data, r->err);
}
