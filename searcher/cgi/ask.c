/* ask.c - a request whose every parameter has been checked
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/ask.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "searcher/query/moment.h"

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

#define UID_LEN 32 /* XXH3-128 in hex: article.h */

static const char *const sorts[] = {
    [SORT_RELEVANCE] = "relevance", [SORT_NEWEST] = "newest", [SORT_OLDEST] = "oldest"};

static const char *
value(const struct ask *a, enum param which)
{
    return params_get(&a->params, which);
}

/* A number from 1 to max, `otherwise` where none is given. */
static bool
read_number(const struct ask *a, enum param which, unsigned otherwise, unsigned max, unsigned *out, struct err *err)
{
    const char *text = value(a, which);
    const size_t len = strlen(text);
    unsigned n = 0;
    *out = otherwise;
    if (len == 0)
        return true;
    bool ok = len <= 9 && strspn(text, DIGITS) == len;
    for (size_t i = 0; ok && i < len; i++)
        n = 10 * n + (unsigned)(text[i] - '0');
    if (!ok || n < 1 || n > max)
        return err_set(err, ERR_ARG, "\"%s\" is a number from 1 to %u", params_name(which), max);
    *out = n;
    return true;
}

static bool
read_sort(struct ask *a, struct err *err)
{
    const char *text = value(a, PARAM_SORT);
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        if (*text && strcmp(text, sorts[i]) != 0)
            continue;
        a->request.sort = (enum request_sort)i;
        return true;
    }
    return err_set(err, ERR_ARG, "\"sort\" is relevance, newest or oldest");
}

static bool
read_date(struct ask *a, enum param which, char out[DATE_MAX], const char **filter, struct err *err)
{
    const char *text = value(a, which);
    if (!*text)
        return true;
    if (!moment_date(text, strlen(text), (int64_t)time(NULL), which == PARAM_UNTIL, out, NULL))
        return err_set(err, ERR_ARG, "\"%s\" is a date such as 2023, 2023-10 or 2023-10-13", params_name(which));
    *filter = out;
    return true;
}

/* A tag of BCP 47, as far as its shape goes. */
static bool
read_language(struct ask *a, struct err *err)
{
    const char *text = value(a, PARAM_LANGUAGE);
    const size_t primary = strspn(text, LETTERS);
    if (!*text)
        return true;
    if (primary < 2 || primary > 8 || strlen(text) > 35 || (text[primary] && text[primary] != '-') ||
        text[strspn(text, LETTERS DIGITS "-")])
        return err_set(err, ERR_ARG, "\"language\" is a tag such as en, de or zh");
    a->request.language = text;
    return true;
}

static bool
read_format(const struct ask *a, struct err *err)
{
    const char *text = value(a, PARAM_FORMAT);
    return !*text || a->json || strcmp(text, "html") == 0 || err_set(err, ERR_ARG, "\"format\" is html or json");
}

bool
ask_is_uid(const char *text)
{
    return strlen(text) == UID_LEN && text[strspn(text, "0123456789abcdef")] == '\0';
}

static bool
read_similar(struct ask *a, struct err *err)
{
    const char *uid = value(a, PARAM_SIMILAR);
    if (!*uid)
        return true;
    a->request.similar = uid;
    a->request.suggest = false;
    return ask_is_uid(uid) || err_set(err, ERR_NOTFOUND, "there is no article of that id");
}

bool
ask_read(struct ask *a, const char *query_string, const struct site *site, struct err *err)
{
    *a = (struct ask){.page = 1, .n = ASK_N_DEFAULT, .request = {.snippet_bytes = ASK_SNIPPET_BYTES, .suggest = true}};
    a->index = &site->index[0];
    a->request.no_names = site->no_names;
    const bool parsed = params_parse(&a->params, query_string, err);
    a->json = strcmp(value(a, PARAM_FORMAT), "json") == 0; /* errors too are told so */
    if (!parsed)
        return false;
    a->request.query = value(a, PARAM_Q);
    a->request.query_len = strlen(a->request.query);
    if (!read_format(a, err))
        return false;
    a->index = site_find(site, value(a, PARAM_INDEX));
    if (!a->index)
        return err_set(err, ERR_NOTFOUND, "there is no index of that name");
    if (!read_number(a, PARAM_N, ASK_N_DEFAULT, ASK_N_MAX, &a->n, err) ||
        !read_number(a, PARAM_PAGE, 1, ASK_DEEPEST / a->n, &a->page, err) || !read_sort(a, err) ||
        !read_date(a, PARAM_SINCE, a->since, &a->request.since, err) ||
        !read_date(a, PARAM_UNTIL, a->until, &a->request.until, err) || !read_language(a, err) ||
        !read_similar(a, err))
        return false;
    a->request.limit = a->n;
    a->request.offset = (a->page - 1) * a->n;
    return true;
}

void
ask_release(struct ask *a)
{
    params_release(&a->params);
}

static void
append_given(struct buf *out, bool *first, const struct ask *a, enum param which)
{
    if (*value(a, which))
        params_append(out, first, params_name(which), value(a, which));
}

void
ask_address(struct buf *out, const struct ask *a, const char *query, unsigned page, const char *sort)
{
    static const enum param kept[] = {PARAM_SIMILAR, PARAM_INDEX, PARAM_N, PARAM_SINCE, PARAM_UNTIL, PARAM_LANGUAGE};
    bool first = true;
    params_append(out, &first, params_name(PARAM_Q), query ? query : value(a, PARAM_Q));
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        append_given(out, &first, a, kept[i]);
    sort = sort ? sort : sorts[a->request.sort];
    if (strcmp(sort, sorts[SORT_RELEVANCE]) != 0)
        params_append(out, &first, params_name(PARAM_SORT), sort);
    if (page > 1) {
        char number[16];
        snprintf(number, sizeof number, "%u", page);
        params_append(out, &first, params_name(PARAM_PAGE), number);
    }
}

void
ask_article_address(struct buf *out, const struct ask *a, const char *uid)
{
    bool first = true;
    params_append(out, &first, params_name(PARAM_ID), uid);
    for (int i = 0; i < PARAMS; i++)
        if (i != PARAM_ID && i != PARAM_FORMAT)
            append_given(out, &first, a, (enum param)i);
}

void
ask_similar_address(struct buf *out, const struct ask *a, const char *uid)
{
    bool first = true;
    params_append(out, &first, params_name(PARAM_SIMILAR), uid);
    append_given(out, &first, a, PARAM_INDEX);
    append_given(out, &first, a, PARAM_N);
}
