/* html.c - writes HTML in which nothing from outside can become markup
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/html.h"

#include <string.h>
#include <strings.h>

static bool
one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* A name that cannot end a tag or an attribute, should one ever not be a literal. */
static bool
is_name(const char *name)
{
    return name[0] && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static void
add_escaped(struct buf *out, const char *text, size_t len)
{
    for (size_t from = 0; from < len;) {
        size_t to = from;
        const char *instead = NULL;
        for (; to < len && !instead; to++) {
            switch (text[to]) {
            case '&':
                instead = "&amp;";
                break;
            case '<':
                instead = "&lt;";
                break;
            case '>':
                instead = "&gt;";
                break;
            case '"':
                instead = "&quot;";
                break;
            case '\'':
                instead = "&#39;";
                break;
            default:
                break;
            }
        }
        buf_add(out, text + from, to - from - (instead ? 1 : 0));
        if (instead)
            buf_str(out, instead);
        from = to;
    }
}

/* Finishes the start tag. */
static void
finish_tag(struct html *h)
{
    if (h->in_tag)
        buf_ch(h->out, '>');
    h->in_tag = false;
}

void
html_begin(struct html *h, struct buf *out)
{
    *h = (struct html){.out = out};
    buf_str(out, "<!DOCTYPE html>\n");
}

void
html_open(struct html *h, const char *name)
{
    static const char *const without_end[] = {"input", "link", "meta", NULL};
    static const char *const own_line[] = {
        "article", "aside", "body", "details", "div",  "figure", "footer", "form", "h1", "h2",   "head", "header",
        "html",    "li",    "link", "main",    "meta", "nav",    "ol",     "p",    "ul", "title", NULL};
    finish_tag(h);
    if (!is_name(name) || h->depth == HTML_DEPTH_MAX) {
        h->wrong = true;
        return;
    }
    if (h->depth > 0 && one_of(name, own_line))
        buf_ch(h->out, '\n');
    buf_ch(h->out, '<');
    buf_str(h->out, name);
    h->in_tag = true;
    if (!one_of(name, without_end))
        h->open[h->depth++] = name;
}

bool
html_address_ok(const char *address)
{
    if (address[0] == '?')
        return true;
    if (address[0] == '/')
        return address[1] != '/' && address[1] != '\\';
    return strncasecmp(address, "http://", 7) == 0 || strncasecmp(address, "https://", 8) == 0;
}

void
html_attr(struct html *h, const char *name, const char *value)
{
    static const char *const addresses[] = {"href", "src", "action", "formaction", "cite", "poster", "data", NULL};
    if (!value)
        return;
    /* What a browser would run has no place here at all */
    if (!h->in_tag || !is_name(name) || strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0) {
        h->wrong = true;
        return;
    }
    if (one_of(name, addresses) && !html_address_ok(value))
        return;
    buf_ch(h->out, ' ');
    buf_str(h->out, name);
    buf_str(h->out, "=\"");
    add_escaped(h->out, value, strlen(value));
    buf_ch(h->out, '"');
}

void
html_attr_number(struct html *h, const char *name, unsigned long long value)
{
    struct buf text;
    buf_init(&text, 32);
    buf_printf(&text, "%llu", value);
    html_attr(h, name, text.data);
    h->out->failed = h->out->failed ? h->out->failed : text.failed;
    buf_release(&text);
}

void
html_flag(struct html *h, const char *name)
{
    if (!h->in_tag || !is_name(name)) {
        h->wrong = true;
        return;
    }
    buf_ch(h->out, ' ');
    buf_str(h->out, name);
}

void
html_text(struct html *h, const char *text, size_t len)
{
    finish_tag(h);
    add_escaped(h->out, text, len);
}

void
html_str(struct html *h, const char *text)
{
    html_text(h, text, strlen(text));
}

void
html_number(struct html *h, unsigned long long number)
{
    finish_tag(h);
    buf_printf(h->out, "%llu", number);
}

void
html_close(struct html *h)
{
    finish_tag(h);
    if (h->depth == 0) {
        h->wrong = true;
        return;
    }
    buf_printf(h->out, "</%s>", h->open[--h->depth]);
}

void
html_element(struct html *h, const char *name, const char *class, const char *text)
{
    html_open(h, name);
    html_attr(h, "class", class);
    html_str(h, text);
    html_close(h);
}

void
html_style(struct html *h, const char *css)
{
    html_open(h, "style");
    finish_tag(h);
    if (strchr(css, '<'))
        h->wrong = true;
    else
        buf_str(h->out, css);
    html_close(h);
}

bool
html_end(struct html *h, struct err *err)
{
    while (h->depth > 0)
        html_close(h);
    buf_ch(h->out, '\n');
    if (h->wrong)
        return err_set(err, ERR_BUG, "%s: a page was written wrong", __FILE__);
    return buf_ok(h->out, "the page", err);
}
