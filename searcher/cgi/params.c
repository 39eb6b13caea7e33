/* params.c - what a request asks for, as it came: the parameters of a query string
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/params.h"

#include <string.h>

#include "common/utf8.h"

/* Cleaning makes three bytes of one that is not UTF-8. */
#define VALUE_MAX (3 * PARAMS_BYTES_MAX)

static const char *const names[PARAMS] = {
    [PARAM_Q] = "q",
    [PARAM_INDEX] = "index",
    [PARAM_PAGE] = "page",
    [PARAM_N] = "n",
    [PARAM_SORT] = "sort",
    [PARAM_SINCE] = "since",
    [PARAM_UNTIL] = "until",
    [PARAM_LANGUAGE] = "language",
    [PARAM_SECTION] = "section",
    [PARAM_SOURCE] = "source",
    [PARAM_AUTHOR] = "author",
    [PARAM_TAGS] = "tags",
    [PARAM_FORMAT] = "format",
    [PARAM_ID] = "id",
    [PARAM_SIMILAR] = "similar",
};

const char *
params_name(enum param which)
{
    return names[which];
}

const char *
params_get(const struct params *p, enum param which)
{
    return p->value[which].data;
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
decode(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        int high = -1, low = -1;
        if (text[i] == '%' && len - i > 2) {
            high = hex_digit(text[i + 1]);
            low = hex_digit(text[i + 2]);
        }
        if (high >= 0 && low >= 0) {
            buf_ch(out, (char)(unsigned char)(high << 4 | low));
            i += 2;
        } else {
            buf_ch(out, text[i] == '+' ? ' ' : text[i]);
        }
    }
}

/* Appends text without white space at its ends. */
static void
add_trimmed(struct buf *out, const char *text, size_t len)
{
    size_t from = len, to = 0;
    for (size_t at = 0; at < len;) {
        const size_t start = at;
        if (utf8_is_space(utf8_next(text, len, &at)))
            continue;
        from = start < from ? start : from;
        to = at;
    }
    if (from < to)
        buf_add(out, text + from, to - from);
}

/* Which parameter is "name=value"? PARAMS: none of ours. */
static int
which_is(const char *pair, size_t len)
{
    const char *equals = memchr(pair, '=', len);
    struct buf name;
    buf_init(&name, VALUE_MAX);
    decode(&name, pair, equals ? (size_t)(equals - pair) : len);
    int which = 0;
    while (which < PARAMS &&
           (strlen(names[which]) != name.len || memcmp(names[which], name.data, name.len) != 0))
        which++;
    buf_release(&name);
    return which;
}

/* Appends the value of "name=value". */
static void
add_value(struct buf *out, int which, const char *pair, size_t len)
{
    const char *equals = memchr(pair, '=', len);
    struct buf raw, clean;
    buf_init(&raw, VALUE_MAX);
    buf_init(&clean, VALUE_MAX);
    if (equals)
        decode(&raw, equals + 1, len - (size_t)(equals - pair) - 1);
    utf8_clean(&clean, raw.data, raw.len);
    if (which == PARAM_Q)
        add_trimmed(out, clean.data, clean.len);
    else
        utf8_squeeze(out, clean.data, clean.len);
    if (!out->failed)
        out->failed = raw.failed ? raw.failed : clean.failed;
    buf_release(&raw);
    buf_release(&clean);
}

/* One "name=value"; *given: which were there before. */
static bool
read_pair(struct params *p, const char *pair, size_t len, bool given[PARAMS], struct err *err)
{
    const int which = which_is(pair, len);
    if (which == PARAMS)
        return true;
    if (given[which])
        return err_set(err, ERR_ARG, "\"%s\" is there twice", names[which]);
    given[which] = true;
    add_value(&p->value[which], which, pair, len);
    return buf_ok(&p->value[which], "a parameter", err);
}

void
params_first(struct buf *out, const char *query_string, enum param which)
{
    for (const char *at = query_string; *at;) {
        const size_t len = strcspn(at, "&");
        if (which_is(at, len) == (int)which) {
            add_value(out, (int)which, at, len);
            return;
        }
        at += len + (at[len] == '&' ? 1 : 0);
    }
}

bool
params_parse(struct params *p, const char *query_string, struct err *err)
{
    bool given[PARAMS] = {false};
    size_t n = 0;
    for (int i = 0; i < PARAMS; i++)
        buf_init(&p->value[i], VALUE_MAX);
    if (strnlen(query_string, PARAMS_BYTES_MAX + 1) > PARAMS_BYTES_MAX)
        return err_set(err, ERR_ARG, "the request is longer than %zu bytes", PARAMS_BYTES_MAX);
    for (const char *at = query_string; *at;) {
        const size_t len = strcspn(at, "&");
        if (len > 0 && ++n > PARAMS_MAX)
            return err_set(err, ERR_ARG, "the request has more than %d parameters", PARAMS_MAX);
        if (len > 0 && !read_pair(p, at, len, given, err))
            return false;
        at += len + (at[len] == '&' ? 1 : 0);
    }
    return true;
}

void
params_release(struct params *p)
{
    for (int i = 0; i < PARAMS; i++)
        buf_release(&p->value[i]);
}

void
params_append(struct buf *out, bool *first, const char *name, const char *value)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    buf_printf(out, "%c%s=", *first ? '?' : '&', name);
    *first = false;
    for (const char *p = value; *p; p++) {
        if (*p == ' ')
            buf_ch(out, '+');
        else if (strchr(plain, *p))
            buf_ch(out, *p);
        else
            buf_printf(out, "%%%02X", (unsigned char)*p);
    }
}
