/* parts.c - what several pages have in them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/cgi/style.h"
#include "searcher/cgi/tongue.h"

/* What is shown of a title at the top of the window. */
#define ABOUT_SHOWN 120

/* What is shown of a name, and how many names. */
#define NAME_MAX_SHOWN 120
#define NAMES_SHOWN 4

#define ISO_DAY_LEN 10

static void
meta(struct html *h, const char *name, const char *content)
{
    html_open(h, "meta");
    html_attr(h, "name", name);
    html_attr(h, "content", content);
}

static void
add_head(struct html *h, const struct page *p, const char *about)
{
    html_open(h, "head");
    html_open(h, "meta");
    html_attr(h, "charset", "utf-8");
    meta(h, "viewport", "width=device-width, initial-scale=1");
    meta(h, "color-scheme", "light dark");
    meta(h, "robots", "noindex");
    html_open(h, "title");
    if (about && *about) {
        parts_beginning(h, about, ABOUT_SHOWN);
        html_str(h, " - ");
    }
    html_str(h, p->site->title);
    html_close(h);
    if (p->site->style_sheet) {
        html_open(h, "link");
        html_attr(h, "rel", "stylesheet");
        html_attr(h, "href", p->site->style_sheet);
    } else {
        html_style(h, style_css);
    }
    html_close(h);
}

void
parts_begin(struct html *h, struct buf *out, const struct page *p, const char *about)
{
    html_begin(h, out);
    html_open(h, "html");
    html_attr(h, "lang", "en");
    add_head(h, p, about);
    html_open(h, "body");
    html_open(h, "header");
    html_open(h, about ? "p" : "h1");
    html_open(h, "a");
    html_attr(h, "href", "?");
    html_attr(h, "dir", "auto");
    html_str(h, p->site->title);
    html_close(h);
    html_close(h);
    html_close(h);
    html_open(h, "main");
}

bool
parts_end(struct html *h, const struct page *p, struct err *err)
{
    html_close(h); /* main */
    if (p->holdings) {
        html_open(h, "footer");
        html_open(h, "p");
        parts_number(h, p->holdings->articles);
        html_str(h, p->holdings->articles == 1 ? " article" : " articles");
        if (p->holdings->n_languages > 1) {
            html_str(h, " in ");
            html_number(h, p->holdings->n_languages);
            html_str(h, " languages");
        }
        html_close(h);
        html_close(h);
    }
    return html_end(h, err);
}

void
parts_number(struct html *h, unsigned long long n)
{
    char digits[32], grouped[48];
    const size_t len = (size_t)snprintf(digits, sizeof digits, "%llu", n);
    size_t at = 0;
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            grouped[at++] = ',';
        grouped[at++] = digits[i];
    }
    html_text(h, grouped, at);
}

/* How many bytes of text to show: all, or max of them and no part of a character. */
static size_t
shown(const char *text, size_t len, size_t max)
{
    if (max == 0 || len <= max)
        return len;
    while (max > 0 && ((unsigned char)text[max] & 0xc0) == 0x80)
        max--;
    return max;
}

void
parts_beginning(struct html *h, const char *text, size_t max)
{
    const size_t len = strlen(text), end = shown(text, len, max);
    html_text(h, text, end);
    if (end < len)
        html_str(h, "…");
}

void
parts_marked(struct html *h, const struct marked_text *t, size_t max)
{
    const size_t end = shown(t->text, t->len, max);
    size_t at = 0;
    for (size_t i = 0; i < t->n_marks && t->mark[i].to <= end; i++) {
        html_text(h, t->text + at, t->mark[i].from - at);
        html_open(h, "mark");
        html_text(h, t->text + t->mark[i].from, t->mark[i].to - t->mark[i].from);
        html_close(h);
        at = t->mark[i].to;
    }
    html_text(h, t->text + at, end - at);
    if (end < t->len)
        html_str(h, " …");
}

void
parts_date(struct html *h, const char *iso, bool with_time)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    char day[ISO_DAY_LEN + 1], text[64];
    snprintf(day, sizeof day, "%.*s", ISO_DAY_LEN, iso);
    const size_t len = strlen(day);
    const unsigned long month = len >= 7 ? strtoul(day + 5, NULL, 10) : 0;
    if (month < 1 || month > 12)
        snprintf(text, sizeof text, "%.4s", day);
    else if (len < ISO_DAY_LEN)
        snprintf(text, sizeof text, "%s %.4s", months[month - 1], day);
    else
        snprintf(text, sizeof text, "%lu %s %.4s", strtoul(day + 8, NULL, 10), months[month - 1],
                 day);
    html_open(h, "time");
    html_attr(h, "datetime", day);
    html_attr(h, "dir", "ltr");
    html_str(h, text);
    html_close(h);
    if (with_time && strlen(iso) >= 16) {
        html_str(h, ", ");
        html_text(h, iso + 11, 5);
        if (iso[strlen(iso) - 1] == 'Z')
            html_str(h, " UTC");
    }
}

/* A name among others: its direction is its own. */
static void
add_name(struct html *h, const char *name)
{
    html_open(h, "bdi");
    parts_beginning(h, name, NAME_MAX_SHOWN);
    html_close(h);
}

static void
separate(struct html *h, bool *first)
{
    if (!*first)
        html_str(h, " · ");
    *first = false;
}

void
parts_facts_begin(struct html *h)
{
    html_open(h, "p");
    html_attr(h, "class", "facts");
}

void
parts_facts(struct html *h, const struct page *p, const struct article *a)
{
    const struct article_values *authors = &a->list[ARTICLE_AUTHOR];
    const char *published = article_get(a, ARTICLE_PUBLISHED),
               *updated = article_get(a, ARTICLE_UPDATED), *source = article_get(a, ARTICLE_SOURCE),
               *language = article_get(a, ARTICLE_LANGUAGE);
    bool first = true;
    if (!*published && !*updated && !*source && authors->n == 0 && !*language)
        return;
    parts_facts_begin(h);
    if (*published || *updated) {
        separate(h, &first);
        html_str(h, *published ? "" : "Updated ");
        parts_date(h, *published ? published : updated, false);
    }
    if (*source) {
        separate(h, &first);
        add_name(h, source);
    }
    if (authors->n > 0)
        separate(h, &first);
    for (size_t i = 0; i < authors->n && i < NAMES_SHOWN; i++) {
        if (i > 0)
            html_str(h, ", ");
        add_name(h, authors->item[i]);
    }
    if (authors->n > NAMES_SHOWN)
        html_str(h, " and others");
    if (*language && p->holdings && p->holdings->n_languages > 1) {
        separate(h, &first);
        html_open(h, "bdi");
        html_attr(h, "lang", language);
        html_str(h, tongue_name(language));
        html_close(h);
    }
    html_close(h);
}

void
parts_direction(struct html *h, const struct article *a)
{
    if (tongue_from_right(article_get(a, ARTICLE_LANGUAGE)))
        html_attr(h, "dir", "rtl");
}

void
parts_text(struct html *h, const char *element, const char *class, const struct article *a)
{
    html_open(h, element);
    html_attr(h, "class", class);
    html_attr(h, "lang", article_get(a, ARTICLE_LANGUAGE)); /* unknown: not the page's */
    html_attr(h, "dir", "auto");
}
