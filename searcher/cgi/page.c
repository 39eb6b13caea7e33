/* page.c - the pages: form, results, article, error
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/page.h"

#include <stdio.h>
#include <string.h>

#include "searcher/cgi/answer.h"
#include "searcher/cgi/parts.h"
#include "searcher/cgi/tongue.h"

#define TITLE_SHOWN 400
#define QUESTION_SHOWN 200

/* Of an article's own page: bytes of a headline or a value, and values of one field. */
#define VALUE_SHOWN 2000
#define VALUES_SHOWN 200

/* What had to be guessed to read a question, that is told. */
#define NOTES_SHOWN 8
#define NOTE_SHOWN 300

/* Pages on either side of this one that are linked. */
#define PAGES_AROUND 3

/* Addresses are bounded by what a request may be. */
#define ADDRESS_MAX ((size_t)1 << 20)

static const char *
value(const struct page *p, enum param which)
{
    return p->ask ? params_get(&p->ask->params, which) : "";
}

/* What a filter is called where people read it. */
static const char *
label_of(enum param which)
{
    return which == PARAM_SECTION  ? "Section"
           : which == PARAM_SOURCE ? "Source"
           : which == PARAM_AUTHOR ? "Author"
           : which == PARAM_TAGS   ? "Topic"
           : which == PARAM_SINCE  ? "Published since"
           : which == PARAM_UNTIL  ? "Published until"
                                   : "Language";
}

/* What lets articles through, or not: the parameters that are removed one by one. */
#define FILTERS (3 + ASK_FIELDS)

static enum param
filter_of(size_t i)
{
    static const enum param others[] = {PARAM_SINCE, PARAM_UNTIL, PARAM_LANGUAGE};
    return i < 3 ? others[i] : ask_fields[i - 3];
}

static bool
is_filtered(const struct page *p)
{
    for (size_t i = 0; i < FILTERS; i++)
        if (*value(p, filter_of(i)))
            return true;
    return false;
}

/* Opens a link to an address that was made for it, and forgets the address. */
static void
open_link(struct html *h, struct buf *address, const char *rel)
{
    html_open(h, "a");
    html_attr(h, "href", address->data);
    html_attr(h, "rel", rel);
    h->out->failed = h->out->failed ? h->out->failed : address->failed;
    buf_release(address);
}

/* ---- the form ---- */

static void
add_option(struct html *h, const char *name, const char *text, bool selected)
{
    html_open(h, "option");
    html_attr(h, "value", name);
    if (selected)
        html_flag(h, "selected");
    html_str(h, text);
    html_close(h);
}

static void
add_text_field(struct html *h, const struct page *p, enum param which, const char *placeholder)
{
    html_open(h, "label");
    html_str(h, label_of(which));
    html_open(h, "input");
    html_attr(h, "type", "text");
    html_attr(h, "name", params_name(which));
    html_attr(h, "value", value(p, which));
    html_attr(h, "placeholder", placeholder);
    html_attr(h, "dir", "auto");
    html_attr(h, "autocomplete", "off");
    html_close(h);
}

/* The languages that the index has and a request may name; one that was asked for and that it does
 * not have too. */
static void
add_languages(struct html *h, const struct page *p)
{
    const char *asked = value(p, PARAM_LANGUAGE);
    bool seen = *asked == '\0';
    html_open(h, "label");
    html_str(h, "Language");
    html_open(h, "select");
    html_attr(h, "name", params_name(PARAM_LANGUAGE));
    add_option(h, "", "any", false);
    for (size_t i = 0; p->holdings && i < p->holdings->n_languages; i++) {
        const char *tag = p->holdings->language[i];
        if (!ask_is_language(tag))
            continue;
        add_option(h, tag, tongue_name(tag), strcmp(tag, asked) == 0);
        seen = seen || strcmp(tag, asked) == 0;
    }
    if (!seen && ask_is_language(asked))
        add_option(h, asked, asked, true);
    html_close(h);
    html_close(h);
}

static void
add_orders(struct html *h, const struct page *p)
{
    static const char *const orders[][2] = {
        {"relevance", "best match"}, {"newest", "newest"}, {"oldest", "oldest"}};
    html_open(h, "label");
    html_str(h, "Order");
    html_open(h, "select");
    html_attr(h, "name", params_name(PARAM_SORT));
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        add_option(h, orders[i][0], orders[i][1],
                   i > 0 && strcmp(value(p, PARAM_SORT), orders[i][0]) == 0);
    html_close(h);
    html_close(h);
}

static void
add_indexes(struct html *h, const struct page *p)
{
    if (p->site->n_indexes < 2)
        return;
    html_open(h, "label");
    html_attr(h, "class", "in");
    html_str(h, "Search in");
    html_open(h, "select");
    html_attr(h, "name", params_name(PARAM_INDEX));
    for (size_t i = 0; i < p->site->n_indexes; i++)
        add_option(h, p->site->index[i].name, p->site->index[i].title,
                   p->ask && p->ask->index == &p->site->index[i]);
    html_close(h);
    html_close(h);
}

/* focus: where the page is nothing but the form, typing goes to it at once. */
static void
add_form(struct html *h, const struct page *p, bool focus)
{
    const char *sort = value(p, PARAM_SORT);
    html_open(h, "form");
    html_attr(h, "role", "search");
    html_attr(h, "method", "get");
    html_attr(h, "id", "ask");
    html_open(h, "div");
    html_attr(h, "class", "ask");
    html_open(h, "label");
    html_attr(h, "class", "unseen");
    html_attr(h, "for", "q");
    html_str(h, "Words to look for");
    html_close(h);
    html_open(h, "input");
    html_attr(h, "type", "search");
    html_attr(h, "id", "q");
    html_attr(h, "name", params_name(PARAM_Q));
    html_attr(h, "value", value(p, PARAM_Q));
    html_attr(h, "dir", "auto");
    html_attr(h, "enterkeyhint", "search");
    if (focus)
        html_flag(h, "autofocus");
    html_open(h, "button");
    html_attr(h, "type", "submit");
    html_str(h, "Search");
    html_close(h);
    html_close(h);
    add_indexes(h, p);
    html_open(h, "details");
    if (is_filtered(p) || (*sort && strcmp(sort, "relevance") != 0))
        html_flag(h, "open");
    html_element(h, "summary", NULL, "Dates, language, order");
    html_open(h, "div");
    html_attr(h, "class", "more");
    add_text_field(h, p, PARAM_SINCE, "2023-10-13");
    add_text_field(h, p, PARAM_UNTIL, "2023-10-13");
    add_languages(h, p);
    add_orders(h, p);
    for (size_t i = 0; i < ASK_FIELDS; i++)
        if (*value(p, ask_fields[i]))
            add_text_field(h, p, ask_fields[i], NULL);
    html_close(h);
    html_close(h);
    if (*value(p, PARAM_N)) {
        html_open(h, "input");
        html_attr(h, "type", "hidden");
        html_attr(h, "name", params_name(PARAM_N));
        html_attr(h, "value", value(p, PARAM_N));
    }
    html_close(h);
}

/* ---- results ---- */

static void
add_link(struct html *h, const struct page *p, unsigned number, const char *sort, const char *rel,
         const char *text)
{
    struct buf address;
    html_str(h, " ");
    buf_init(&address, ADDRESS_MAX);
    ask_address(&address, p->ask, NULL, number, sort);
    open_link(h, &address, rel);
    html_str(h, text);
    html_close(h);
}

/* A link to another page; a button of the form where a link would repeat a long question. */
static void
add_page_link(struct html *h, const struct page *p, unsigned number, const char *rel,
              const char *text)
{
    if (!p->ask->is_long) {
        add_link(h, p, number, NULL, rel, text);
        return;
    }
    html_str(h, " ");
    html_open(h, "button");
    html_attr(h, "form", "ask");
    html_attr(h, "name", params_name(PARAM_PAGE));
    html_attr_number(h, "value", number);
    html_str(h, text);
    html_close(h);
}

/* What was chosen beside the question, each with a link to the same search without it. */
static void
add_filters(struct html *h, const struct page *p)
{
    if (!is_filtered(p) || p->ask->is_long)
        return;
    html_open(h, "p");
    html_attr(h, "class", "chosen");
    html_str(h, "Only:");
    for (size_t i = 0; i < FILTERS; i++) {
        const enum param which = filter_of(i);
        struct buf address;
        if (!*value(p, which))
            continue;
        html_str(h, " ");
        buf_init(&address, ADDRESS_MAX);
        ask_address_without(&address, p->ask, which);
        open_link(h, &address, "nofollow");
        html_str(h, label_of(which));
        html_str(h, ": ");
        html_element(h, "bdi", NULL,
                     which == PARAM_LANGUAGE ? tongue_name(value(p, which)) : value(p, which));
        html_element(h, "span", "unseen", ", remove");
        html_close(h);
    }
    html_close(h);
}

static void
add_notes(struct html *h, const struct query *q)
{
    for (size_t i = 0; i < q->n_notes && i < NOTES_SHOWN; i++) {
        html_open(h, "p");
        html_attr(h, "class", "note");
        html_attr(h, "dir", "auto");
        parts_beginning(h, q->note[i].text, NOTE_SHOWN);
        html_close(h);
    }
}

static void
add_suggestion(struct html *h, const struct page *p, const struct result *r)
{
    struct buf address;
    if (!r->suggestion || p->ask->is_long)
        return;
    buf_init(&address, ADDRESS_MAX);
    ask_address(&address, p->ask, r->suggestion, 1, NULL);
    html_open(h, "p");
    html_str(h, "Did you mean ");
    open_link(h, &address, NULL);
    html_attr(h, "dir", "auto");
    html_str(h, r->suggestion);
    html_close(h);
    html_str(h, "?");
    html_close(h);
}

static void
add_count(struct html *h, const struct page *p, const struct result *r)
{
    static const char *const orders[][2] = {
        {"relevance", "best match"}, {"newest", "newest"}, {"oldest", "oldest"}};
    html_open(h, "div");
    html_attr(h, "class", "count");
    html_open(h, "p");
    html_attr(h, "role", "status");
    parts_number(h, r->hit[0].rank);
    html_str(h, "–");
    parts_number(h, r->hit[r->n_hits - 1].rank);
    html_str(h, r->total_exact ? " of " : " of about ");
    parts_number(h, r->total);
    html_str(h, r->total == 1 ? " article" : " articles");
    html_close(h);
    if (!p->ask->is_long) {
        html_open(h, "p");
        html_str(h, "Order:");
        for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
            if (p->ask->request.sort == (enum request_sort)i) {
                html_str(h, " ");
                html_element(h, "b", NULL, orders[i][1]);
            } else {
                add_link(h, p, 1, orders[i][0], NULL, orders[i][1]);
            }
        }
        html_close(h);
    }
    html_close(h);
}

static void
add_passages(struct html *h, const struct hit *hit)
{
    const struct snippets *s = &hit->snippets;
    if (s->n == 0)
        return;
    parts_text(h, "p", "passage", &hit->article);
    if (s->passage[0].cut_before)
        html_str(h, "… ");
    for (size_t i = 0; i < s->n; i++) {
        if (i > 0)
            html_str(h, " … ");
        parts_marked(h, &s->passage[i], 0);
    }
    if (s->passage[s->n - 1].cut_after)
        html_str(h, " …");
    html_close(h);
}

static void
add_hit(struct html *h, const struct page *p, const struct hit *hit)
{
    struct buf address;
    buf_init(&address, ADDRESS_MAX);
    ask_article_address(&address, p->ask, article_get(&hit->article, ARTICLE_UID));
    html_open(h, "li");
    parts_direction(h, &hit->article);
    parts_text(h, "h2", NULL, &hit->article);
    open_link(h, &address, NULL);
    if (hit->title.len > 0)
        parts_marked(h, &hit->title, TITLE_SHOWN);
    else
        html_str(h, "(no headline)");
    html_close(h);
    html_close(h);
    parts_facts(h, p, &hit->article);
    add_passages(h, hit);
    html_close(h);
}

static void
add_pages(struct html *h, const struct page *p, const struct result *r)
{
    const unsigned now = p->ask->page, n = p->ask->n;
    const uint64_t reachable = r->total < ASK_DEEPEST ? r->total : ASK_DEEPEST;
    unsigned last = (unsigned)((reachable + n - 1) / n);
    if (last > ASK_DEEPEST / n)
        last = ASK_DEEPEST / n;
    if (last <= 1 && now == 1)
        return;
    html_open(h, "nav");
    html_attr(h, "class", "pages");
    html_attr(h, "aria-label", "Pages");
    if (now > 1)
        add_page_link(h, p, now - 1, "prev", "Previous");
    if (now > PAGES_AROUND + 1) {
        add_page_link(h, p, 1, NULL, "1");
        html_str(h, now > PAGES_AROUND + 2 ? " …" : "");
    }
    for (unsigned i = now > PAGES_AROUND ? now - PAGES_AROUND : 1;
         i <= last && i <= now + PAGES_AROUND; i++) {
        char number[16];
        snprintf(number, sizeof number, "%u", i);
        if (i == now) {
            html_str(h, " ");
            html_open(h, "b");
            html_attr(h, "aria-current", "page");
            html_str(h, number);
            html_close(h);
        } else {
            add_page_link(h, p, i, NULL, number);
        }
    }
    if (now < last)
        add_page_link(h, p, now + 1, "next", "Next");
    html_close(h);
}

static void
add_nothing(struct html *h, const struct page *p, const struct result *r)
{
    html_open(h, "div");
    html_attr(h, "class", "none");
    html_attr(h, "role", "status");
    html_element(h, "h1", NULL, r->total > 0 ? "No more articles" : "Nothing found");
    html_open(h, "p");
    if (r->total > 0) {
        add_page_link(h, p, 1, NULL, "Back to the first page");
    } else {
        const bool similar = p->ask->request.similar != NULL, asked = *value(p, PARAM_Q) != '\0';
        html_str(h, similar && !asked ? "No article is like that one"
                    : similar         ? "No article that is like that one answers "
                                      : "No article answers ");
        if (asked) {
            html_open(h, "q");
            html_attr(h, "dir", "auto");
            parts_beginning(h, value(p, PARAM_Q), QUESTION_SHOWN);
            html_close(h);
        }
        html_str(
            h, is_filtered(p)
                   ? " with what was chosen beside it. Leave some of that out, or try other words."
               : asked ? ". Try other words, or fewer that are required."
                       : ".");
    }
    html_close(h);
    html_close(h);
}

/* What the query language has, in one line. */
static void
add_hint(struct html *h)
{
    static const char *const examples[] = {"\"a phrase\"", "+required", "-excluded",
                                           "title:word",   "begin*",    "this NEAR/5 that",
                                           "since:2023-10"};
    html_open(h, "p");
    html_attr(h, "class", "note");
    html_str(h, "Articles with more of the words come first. Also: ");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        html_str(h, i ? ", " : "");
        html_element(h, "code", NULL, examples[i]);
    }
    html_str(h, ".");
    html_close(h);
}

/* Which article hits are like, and the way back to it. */
static void
add_like(struct html *h, const struct page *p, const char *element)
{
    const char *title = article_get(p->like, ARTICLE_TITLE);
    struct buf address;
    buf_init(&address, ADDRESS_MAX);
    ask_like_address(&address, p->ask);
    html_open(h, element);
    html_attr(h, "class", "like");
    html_str(h, "Articles like ");
    open_link(h, &address, NULL);
    html_attr(h, "lang", article_get(p->like, ARTICLE_LANGUAGE));
    html_attr(h, "dir", "auto");
    parts_beginning(h, *title ? title : "that one", TITLE_SHOWN);
    html_close(h);
    html_close(h);
}

static void
add_hits(struct html *h, const struct page *p, const struct result *result)
{
    if (p->like)
        add_like(h, p, "h1");
    else
        html_element(h, "h1", "unseen", "Articles found");
    add_count(h, p, result);
    html_open(h, "ol");
    html_attr(h, "class", "hits");
    html_attr_number(h, "start", result->hit[0].rank);
    for (size_t i = 0; i < result->n_hits; i++)
        add_hit(h, p, &result->hit[i]);
    html_close(h);
    add_pages(h, p, result);
}

/* What the window is called. */
static void
begin_search(struct html *h, struct buf *out, const struct page *p, const struct result *result)
{
    struct buf about;
    buf_init(&about, 4 * BUF_MAX);
    if (p->like)
        buf_printf(&about, "Articles like %s",
                   p->like->field[ARTICLE_TITLE] ? p->like->field[ARTICLE_TITLE] : "that one");
    parts_begin(h, out, p, p->like ? about.data : result ? value(p, PARAM_Q) : NULL);
    buf_release(&about);
}

bool
page_search(struct buf *out, const struct page *p, const struct result *result, struct err *err)
{
    struct html h;
    begin_search(&h, out, p, result);
    add_form(&h, p, !result);
    if (!result)
        add_hint(&h);
    if (result) {
        add_filters(&h, p);
        add_notes(&h, &result->query);
        add_suggestion(&h, p, result);
        if (result->n_hits > 0) {
            add_hits(&h, p, result);
        } else {
            if (p->like)
                add_like(&h, p, "p");
            add_nothing(&h, p, result);
        }
    }
    return parts_end(&h, p, err);
}

/* ---- one article ---- */

static void
add_values(struct html *h, const char *label, const struct article_values *values)
{
    if (values->n == 0)
        return;
    parts_facts_begin(h);
    html_str(h, label);
    for (size_t i = 0; i < values->n && i < VALUES_SHOWN; i++) {
        html_str(h, i ? ", " : " ");
        html_open(h, "bdi");
        parts_beginning(h, values->item[i], VALUE_SHOWN);
        html_close(h);
    }
    html_str(h, values->n > VALUES_SHOWN ? " and others" : "");
    html_close(h);
}

static void
add_field(struct html *h, const char *label, const char *text)
{
    if (!text)
        return;
    parts_facts_begin(h);
    html_str(h, label);
    html_str(h, " ");
    html_open(h, "bdi");
    parts_beginning(h, text, VALUE_SHOWN);
    html_close(h);
    html_close(h);
}

/* How much of a text to show: all of it, or up to `room` bytes and no part of a character. */
static size_t
fitting(const char *text, size_t len, size_t room)
{
    if (len <= room)
        return len;
    while (room > 0 && ((unsigned char)text[room] & 0xc0) == 0x80)
        room--;
    return room;
}

static void
add_body(struct html *h, const struct article *a, const struct highlight *marks)
{
    const char *const body = article_get(a, ARTICLE_BODY);
    size_t n = 0, len, left = PAGE_TEXT_MAX;
    html_open(h, "div");
    html_attr(h, "class", "text");
    html_attr(h, "lang", article_get(a, ARTICLE_LANGUAGE));
    for (const char *p = body; left > 0 && (p = highlight_paragraph(p, &len)) != NULL; p += len) {
        const size_t shown = fitting(p, len, left);
        html_open(h, "p");
        html_attr(h, "dir", "auto");
        if (n < marks->n_paragraphs)
            parts_marked(h, &marks->paragraph[n++], 0);
        else
            html_text(h, p, shown);
        html_close(h);
        left = shown < len ? 0 : left - len;
    }
    html_close(h);
    if (strlen(body) > PAGE_TEXT_MAX)
        html_element(h, "p", "note",
                     "The article goes on: this page shows the beginning of it. All of it is there "
                     "with format=json.");
}

static void
add_captions(struct html *h, const struct article *a)
{
    const struct article_values *captions = &a->list[ARTICLE_CAPTION];
    for (size_t i = 0; i < captions->n && i < VALUES_SHOWN; i++) {
        parts_text(h, "figure", NULL, a);
        html_open(h, "figcaption");
        parts_beginning(h, captions->item[i], VALUE_SHOWN);
        html_close(h);
        html_close(h);
    }
}

static void
add_similar(struct html *h, const struct page *p, const struct article *a)
{
    struct buf address;
    buf_init(&address, ADDRESS_MAX);
    ask_similar_address(&address, p->ask, article_get(a, ARTICLE_UID));
    html_open(h, "p");
    html_attr(h, "class", "way");
    open_link(h, &address, "nofollow");
    html_str(h, "More like this");
    html_close(h);
    html_close(h);
}

/* Where it was published. */
static void
add_original(struct html *h, const struct article *a)
{
    const char *url = article_get(a, ARTICLE_URL);
    const char *host = strstr(url, "://");
    if (!host || !html_address_ok(url))
        return;
    host += 3;
    const size_t len = strcspn(host, "/?#");
    html_open(h, "p");
    html_attr(h, "class", "way");
    html_open(h, "a");
    html_attr(h, "href", url);
    html_attr(h, "rel", "noreferrer nofollow external");
    html_str(h, "The original at ");
    html_open(h, "bdi");
    html_attr(h, "dir", "ltr");
    html_text(h, host, fitting(host, len, QUESTION_SHOWN));
    html_close(h);
    html_close(h);
    html_close(h);
}

static void
add_where(struct html *h, const struct page *p, const struct article *a)
{
    if (a->field[ARTICLE_UPDATED]) {
        parts_facts_begin(h);
        html_str(h, "Updated ");
        parts_date(h, a->field[ARTICLE_UPDATED], true);
        html_close(h);
    }
    add_field(h, "Section:", a->field[ARTICLE_SECTION]);
    add_values(h, "With", &a->list[ARTICLE_CONTRIBUTOR]);
    add_values(h, "Topics:", &a->list[ARTICLE_TAGS]);
    if (p->site->show_paths) {
        add_field(h, "File:", a->field[ARTICLE_PATH]);
        add_field(h, "Part:", a->field[ARTICLE_MEMBER]);
    }
}

bool
page_article(struct buf *out, const struct page *p, const struct article *a,
             const struct highlight *marks, struct err *err)
{
    struct html h;
    const char *title = article_get(a, ARTICLE_TITLE);
    parts_begin(&h, out, p, title);
    add_form(&h, p, false);
    if (*value(p, PARAM_Q) || p->ask->request.similar) {
        html_open(&h, "p");
        html_attr(&h, "class", "way");
        add_link(&h, p, p->ask->page, NULL, NULL, "Back to the results");
        html_close(&h);
    }
    html_open(&h, "article");
    parts_direction(&h, a);
    parts_text(&h, "h1", NULL, a);
    if (marks->title.len > 0)
        parts_marked(&h, &marks->title, VALUE_SHOWN);
    else
        parts_beginning(&h, *title ? title : "(no headline)", VALUE_SHOWN);
    html_close(&h);
    if (a->field[ARTICLE_DECK]) {
        parts_text(&h, "p", "deck", a);
        parts_beginning(&h, a->field[ARTICLE_DECK], VALUE_SHOWN);
        html_close(&h);
    }
    parts_facts(&h, p, a);
    add_original(&h, a);
    add_body(&h, a, marks);
    add_captions(&h, a);
    add_where(&h, p, a);
    add_similar(&h, p, a);
    html_close(&h);
    return parts_end(&h, p, err);
}

/* ---- errors ---- */

bool
page_error(struct buf *out, const struct page *p, int status, const char *message, struct err *err)
{
    struct html h;
    char headline[64];
    snprintf(headline, sizeof headline, "%s",
             status == 400   ? "This cannot be searched for"
             : status == 404 ? "Not here"
             : status == 503 ? "No search at the moment"
             : status == 500 ? "Something went wrong"
                             : answer_reason(status));
    parts_begin(&h, out, p, headline);
    add_form(&h, p, false);
    html_open(&h, "div");
    html_attr(&h, "class", "wrong");
    html_attr(&h, "role", "alert");
    html_element(&h, "h1", NULL, headline);
    html_open(&h, "p");
    html_attr(&h, "dir", "auto");
    const char capital =
        message[0] >= 'a' && message[0] <= 'z' ? (char)(message[0] - 'a' + 'A') : message[0];
    html_text(&h, &capital, 1);
    html_str(&h, message + 1);
    html_str(&h, ".");
    html_close(&h);
    html_close(&h);
    return parts_end(&h, p, err);
}
