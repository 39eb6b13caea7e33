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

/* Pages on either side of this one that are linked. */
#define PAGES_AROUND 3

/* Addresses are bounded by what a request may be. */
#define ADDRESS_MAX ((size_t)1 << 20)

static const char *
value(const struct page *p, enum param which)
{
    return p->ask ? params_get(&p->ask->params, which) : "";
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
add_date_field(struct html *h, const struct page *p, enum param which, const char *label)
{
    html_open(h, "label");
    html_str(h, label);
    html_open(h, "input");
    html_attr(h, "type", "text");
    html_attr(h, "name", params_name(which));
    html_attr(h, "value", value(p, which));
    html_attr(h, "placeholder", "2023-10-13");
    html_attr(h, "autocomplete", "off");
    html_close(h);
}

/* The languages that the index has; one that was asked for and that it does not have too. */
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
        add_option(h, tag, tongue_name(tag), strcmp(tag, asked) == 0);
        seen = seen || strcmp(tag, asked) == 0;
    }
    if (!seen)
        add_option(h, asked, asked, true);
    html_close(h);
    html_close(h);
}

static void
add_orders(struct html *h, const struct page *p)
{
    static const char *const orders[][2] = {
        {"relevance", "best match"}, {"newest", "newest first"}, {"oldest", "oldest first"}};
    html_open(h, "label");
    html_str(h, "Order");
    html_open(h, "select");
    html_attr(h, "name", params_name(PARAM_SORT));
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        add_option(h, orders[i][0], orders[i][1], i > 0 && strcmp(value(p, PARAM_SORT), orders[i][0]) == 0);
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
    const bool chosen = *value(p, PARAM_SINCE) || *value(p, PARAM_UNTIL) || *value(p, PARAM_LANGUAGE);
    html_open(h, "form");
    html_attr(h, "role", "search");
    html_attr(h, "method", "get");
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
    if (chosen)
        html_flag(h, "open");
    html_element(h, "summary", NULL, "Dates, language, order");
    html_open(h, "div");
    html_attr(h, "class", "more");
    add_date_field(h, p, PARAM_SINCE, "Published since");
    add_date_field(h, p, PARAM_UNTIL, "until");
    add_languages(h, p);
    add_orders(h, p);
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
add_link(struct html *h, const struct page *p, unsigned number, const char *sort, const char *rel, const char *text)
{
    struct buf address;
    buf_init(&address, ADDRESS_MAX);
    ask_address(&address, p->ask, NULL, number, sort);
    html_open(h, "a");
    html_attr(h, "href", address.data);
    html_attr(h, "rel", rel);
    html_str(h, text);
    html_close(h);
    h->out->failed = h->out->failed ? h->out->failed : address.failed;
    buf_release(&address);
}

static void
add_notes(struct html *h, const struct query *q)
{
    for (size_t i = 0; i < q->n_notes; i++) {
        html_open(h, "p");
        html_attr(h, "class", "note");
        html_attr(h, "dir", "auto");
        html_str(h, q->note[i].text);
        html_close(h);
    }
}

static void
add_suggestion(struct html *h, const struct page *p, const struct result *r)
{
    struct buf address;
    if (!r->suggestion)
        return;
    buf_init(&address, ADDRESS_MAX);
    ask_address(&address, p->ask, r->suggestion, 1, NULL);
    html_open(h, "p");
    html_str(h, "Did you mean ");
    html_open(h, "a");
    html_attr(h, "href", address.data);
    html_attr(h, "dir", "auto");
    html_str(h, r->suggestion);
    html_close(h);
    html_str(h, "?");
    html_close(h);
    h->out->failed = h->out->failed ? h->out->failed : address.failed;
    buf_release(&address);
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
    html_open(h, "p");
    html_str(h, "Order:");
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (p->ask->request.sort == (enum request_sort)i)
            html_element(h, "b", NULL, orders[i][1]);
        else
            add_link(h, p, 1, orders[i][0], NULL, orders[i][1]);
    }
    html_close(h);
    html_close(h);
}

static void
add_passage(struct html *h, const struct hit *hit)
{
    const struct marked_text *t = &hit->snippet;
    if (t->len == 0)
        return;
    parts_text(h, "p", "passage", &hit->article);
    if (t->cut_before)
        html_str(h, "… ");
    parts_marked(h, t, 0);
    if (t->cut_after)
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
    html_open(h, "a");
    html_attr(h, "href", address.data);
    if (hit->title.len > 0)
        parts_marked(h, &hit->title, TITLE_SHOWN);
    else
        html_str(h, "(no headline)");
    html_close(h);
    html_close(h);
    parts_facts(h, p, &hit->article);
    add_passage(h, hit);
    html_close(h);
    h->out->failed = h->out->failed ? h->out->failed : address.failed;
    buf_release(&address);
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
        add_link(h, p, now - 1, NULL, "prev", "Previous");
    for (unsigned i = now > PAGES_AROUND ? now - PAGES_AROUND : 1; i <= last && i <= now + PAGES_AROUND; i++) {
        char number[16];
        snprintf(number, sizeof number, "%u", i);
        if (i == now) {
            html_open(h, "b");
            html_attr(h, "aria-current", "page");
            html_str(h, number);
            html_close(h);
        } else {
            add_link(h, p, i, NULL, NULL, number);
        }
    }
    if (now < last)
        add_link(h, p, now + 1, NULL, "next", "Next");
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
        add_link(h, p, 1, NULL, NULL, "Back to the first page");
    } else {
        if (p->ask->request.similar) {
            html_str(h, "No article is like that one");
        } else {
            html_str(h, "No article answers ");
            html_element(h, "q", NULL, value(p, PARAM_Q));
        }
        html_str(h, p->ask->request.since || p->ask->request.until || p->ask->request.language
                        ? " with the dates and the language chosen. Leave one of them out, or try other words."
                        : ". Try other words, or fewer that are required.");
    }
    html_close(h);
    html_close(h);
}

/* What the query language has, in one line. */
static void
add_hint(struct html *h)
{
    static const char *const examples[] = {"\"a phrase\"", "+required", "-excluded", "title:word", "begin*", "this NEAR/5 that", "since:2023-10"};
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

bool
page_search(struct buf *out, const struct page *p, const struct result *result, struct err *err)
{
    struct html h;
    parts_begin(&h, out, p, result ? value(p, PARAM_Q) : NULL);
    add_form(&h, p, !result);
    if (!result)
        add_hint(&h);
    if (result) {
        add_notes(&h, &result->query);
        add_suggestion(&h, p, result);
        if (result->n_hits == 0) {
            add_nothing(&h, p, result);
        } else {
            const bool similar = p->ask->request.similar != NULL;
            html_element(&h, "h1", similar ? NULL : "unseen", similar ? "Articles like that one" : "Articles found");
            add_count(&h, p, result);
            html_open(&h, "ol");
            html_attr(&h, "class", "hits");
            html_attr_number(&h, "start", result->hit[0].rank);
            for (size_t i = 0; i < result->n_hits; i++)
                add_hit(&h, p, &result->hit[i]);
            html_close(&h);
            add_pages(&h, p, result);
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
    for (size_t i = 0; i < values->n; i++) {
        html_str(h, i ? ", " : " ");
        html_element(h, "bdi", NULL, values->item[i]);
    }
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
    html_element(h, "bdi", NULL, text);
    html_close(h);
}

static void
add_body(struct html *h, const struct article *a)
{
    const char *body = article_get(a, ARTICLE_BODY);
    html_open(h, "div");
    html_attr(h, "class", "text");
    html_attr(h, "lang", a->field[ARTICLE_LANGUAGE]);
    while (*body) {
        const char *end = strstr(body, "\n\n");
        const size_t len = end ? (size_t)(end - body) : strlen(body);
        html_open(h, "p");
        html_attr(h, "dir", "auto");
        html_text(h, body, len);
        html_close(h);
        body += len;
        body += strspn(body, "\n");
    }
    html_close(h);
}

static void
add_captions(struct html *h, const struct article *a)
{
    const struct article_values *captions = &a->list[ARTICLE_CAPTION];
    for (size_t i = 0; i < captions->n; i++) {
        parts_text(h, "figure", NULL, a);
        html_element(h, "figcaption", NULL, captions->item[i]);
        html_close(h);
    }
}

static void
add_similar(struct html *h, const struct page *p, const struct article *a)
{
    struct buf address;
    buf_init(&address, ADDRESS_MAX);
    ask_similar_address(&address, p->ask, article_get(a, ARTICLE_UID));
    parts_facts_begin(h);
    html_open(h, "a");
    html_attr(h, "href", address.data);
    html_attr(h, "rel", "nofollow");
    html_str(h, "More like this");
    html_close(h);
    html_close(h);
    h->out->failed = h->out->failed ? h->out->failed : address.failed;
    buf_release(&address);
}

static void
add_where(struct html *h, const struct page *p, const struct article *a)
{
    const char *url = article_get(a, ARTICLE_URL);
    if (a->field[ARTICLE_UPDATED]) {
        parts_facts_begin(h);
        html_str(h, "Updated ");
        parts_date(h, a->field[ARTICLE_UPDATED], true);
        html_close(h);
    }
    add_field(h, "Section:", a->field[ARTICLE_SECTION]);
    add_values(h, "With", &a->list[ARTICLE_CONTRIBUTOR]);
    add_values(h, "Topics:", &a->list[ARTICLE_TAGS]);
    if (*url && html_address_ok(url) && strchr(url, ':')) {
        parts_facts_begin(h);
        html_open(h, "a");
        html_attr(h, "href", url);
        html_attr(h, "rel", "noreferrer nofollow external");
        html_attr(h, "dir", "ltr");
        html_str(h, url);
        html_close(h);
        html_close(h);
    }
    if (p->site->show_paths) {
        add_field(h, "File:", a->field[ARTICLE_PATH]);
        add_field(h, "Part:", a->field[ARTICLE_MEMBER]);
    }
}

bool
page_article(struct buf *out, const struct page *p, const struct article *a, struct err *err)
{
    struct html h;
    const char *title = article_get(a, ARTICLE_TITLE);
    parts_begin(&h, out, p, title);
    add_form(&h, p, false);
    if (*value(p, PARAM_Q)) {
        parts_facts_begin(&h);
        add_link(&h, p, p->ask->page, NULL, NULL, "Back to the results");
        html_close(&h);
    }
    html_open(&h, "article");
    parts_direction(&h, a);
    parts_text(&h, "h1", NULL, a);
    html_str(&h, *title ? title : "(no headline)");
    html_close(&h);
    if (a->field[ARTICLE_DECK]) {
        parts_text(&h, "p", "deck", a);
        html_str(&h, a->field[ARTICLE_DECK]);
        html_close(&h);
    }
    parts_facts(&h, p, a);
    add_body(&h, a);
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
    snprintf(headline, sizeof headline, "%s", status == 400   ? "This cannot be searched for"
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
    const char capital = message[0] >= 'a' && message[0] <= 'z' ? (char)(message[0] - 'a' + 'A') : message[0];
    html_text(&h, &capital, 1);
    html_str(&h, message + 1);
    html_str(&h, ".");
    html_close(&h);
    html_close(&h);
    return parts_end(&h, p, err);
}
