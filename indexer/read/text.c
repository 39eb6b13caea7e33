/* text.c - one article as plain text: its head, its body and its tail
 *
 * The text is cleaned and cut into paragraphs (text-layout), each paragraph is looked at by itself
 * (text-mark and its like), and then three passes decide by where it stands: the head from the top,
 * the tail from the bottom, and what neither took is the body. A mark alone decides nothing: a name
 * is an author only beside a date, a label or itself again.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/text.h"

#include <string.h>

#include "common/utf8.h"
#include "indexer/read/text-reader.h"

/* Captions and furniture are looked for in that many paragraphs; a longer text is no article but a
 * heap of lines. */
#define MIDDLE_MAX 4096

static void
read_dateline(struct text_reader *r, size_t i)
{
    struct text_dateline d;
    if (!text_dateline(text_at(r, i), &d))
        return;
    text_set_once(r, ARTICLE_SOURCE, d.agency);
    if (d.names.len > 0 && r->a->list[ARTICLE_AUTHOR].n == 0)
        text_add_authors(r, d.names);
    if (d.place.len == 0)
        return;
    text_set_once(r, ARTICLE_DATELINE, d.place);
    struct text_dates dates = {.open_published = false};
    size_t from;
    if (date_find(d.place.at, d.place.len, &from, NULL, dates.published) &&
        strlen(dates.published) >= 10)
        text_set_once(r, ARTICLE_PUBLISHED,
                      (struct text_span){dates.published, strlen(dates.published)});
}

static void
read_body(struct text_reader *r)
{
    struct buf body;
    buf_init(&body, 2 * BUF_MAX);
    bool any = false;
    for (size_t i = r->start; i < r->layout.n && !r->failed; i++) {
        if (text_para_at(r, i)->role == TEXT_USED)
            continue;
        const enum text_mark mark = i > r->first && i < r->first + MIDDLE_MAX
                                        ? text_look(r, i, TEXT_MIDDLE)
                                        : TEXT_MARK_NONE;
        if (mark != TEXT_MARK_NONE) {
            text_apply(r, i);
            continue;
        }
        if (!any)
            read_dateline(r, i);
        else
            buf_str(&body, "\n\n");
        any = true;
        buf_add(&body, text_at(r, i).at, text_at(r, i).len);
    }
    if (!buf_ok(&body, "the body", r->err))
        r->failed = true;
    else if (any)
        text_set(r, ARTICLE_BODY, (struct text_span){body.data, body.len});
    buf_release(&body);
}

/* Control characters that no text has, more than a twentieth of it. */
static bool
is_binary(const char *text, size_t len)
{
    size_t odd = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)text[i];
        odd += (c < 0x20 && c != '\t' && c != '\n' && c != '\v' && c != '\f' && c != '\r') ||
               c == 0x7f;
    }
    return odd > 2 && odd > len / 20;
}

static bool
read_parts(struct text_reader *r)
{
    text_read_head(r, text_read_title(r));
    text_read_tail(r);
    read_body(r);
    return !r->failed;
}

bool
text_read(const char *text, size_t len, struct article *a, struct err *err)
{
    if (is_binary(text, len))
        return err_set(err, ERR_SYNTAX, "looks like binary data");
    struct buf cleaned;
    buf_init(&cleaned, ARTICLE_MAX);
    struct text_reader r = {.a = a, .err = err};
    buf_init(&r.note, ARTICLE_MAX);
    a->repaired += utf8_clean(&cleaned, text, len);
    bool ok = buf_ok(&cleaned, "the article", err);
    ok = ok && text_layout_make(&r.layout, cleaned.data, cleaned.len, err);
    if (ok && r.layout.n == 0)
        ok = err_set(err, ERR_SYNTAX, "no text in it");
    ok = ok && read_parts(&r);
    text_layout_release(&r.layout);
    buf_release(&r.note);
    buf_release(&cleaned);
    return ok;
}
