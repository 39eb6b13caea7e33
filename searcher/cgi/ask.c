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
#include "searcher/query/read.h"

#define DIGITS "0123456789"

#define UID_LEN 32 /* XXH3-128 in hex: article.h */

static const char *const sorts[] = {
    [SORT_RELEVANCE] = "relevance", [SORT_NEWEST] = "newest", [SORT_OLDEST] = "oldest"};

const enum param ask_fields[ASK_FIELDS] = {PARAM_SECTION, PARAM_SOURCE, PARAM_AUTHOR, PARAM_TAGS};

static const char *
value(const struct ask *a, enum param which)
{
    return params_get(&a->params, which);
}

/* A number from 1 to max, `otherwise` where none is given. */
static bool
read_number(const struct ask *a, enum param which, unsigned otherwise, unsigned max, unsigned *out,
            struct err *err)
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
    bool said;
    if (!moment_date(text, strlen(text), (int64_t)time(NULL), which == PARAM_UNTIL, out, &said,
                     NULL))
        return err_set(err, ERR_ARG, "\"%s\" is a date such as 2023, 2023-10 or 2023-10-13", params_name(which));
    *filter = out;
    if (said)
        *(which == PARAM_UNTIL ? &a->request.until_said : &a->request.since_said) = text;
    return true;
}

/* A tag of BCP 47, as far as its shape goes; or several. */
bool
ask_is_language(const char *text)
{
    return query_is_language(text, strlen(text));
}

static bool
read_language(struct ask *a, struct err *err)
{
    const char *text = value(a, PARAM_LANGUAGE);
    if (!*text)
        return true;
    if (!ask_is_language(text))
        return err_set(err, ERR_ARG, "\"language\" is a tag such as en, de or zh");
    a->request.language = text;
    return true;
}

static bool
read_field(struct ask *a, enum param which, struct err *err)
{
    const char *text = value(a, which);
    if (!*text)
        return true;
    if (strlen(text) > ASK_FIELD_MAX)
        return err_set(err, ERR_ARG, "\"%s\" is longer than %d bytes", params_name(which),
                       ASK_FIELD_MAX);
    a->request.field[a->request.n_fields++] = (struct request_field){params_name(which), text};
    return true;
}

static bool
read_format(const struct ask *a, struct err *err)
{
    const char *text = value(a, PARAM_FORMAT);
    return !*text || strcmp(text, "json") == 0 || strcmp(text, "html") == 0 ||
           err_set(err, ERR_ARG, "\"format\" is html or json");
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
    if (!ask_is_uid(uid))
        return err_set(err, ERR_NOTFOUND, "there is no article of that id");
    a->request.similar = uid;
    a->request.suggest = false;
    return true;
}

static bool
read_one(struct ask *a, enum param which, struct err *err)
{
    switch (which) {
    case PARAM_N:
        return read_number(a, which, ASK_N_DEFAULT, ASK_N_MAX, &a->n, err);
    case PARAM_PAGE:
        return read_number(a, which, 1, ASK_DEEPEST / a->n, &a->page, err);
    case PARAM_SORT:
        return read_sort(a, err);
    case PARAM_SINCE:
        return read_date(a, which, a->since, &a->request.since, err);
    case PARAM_UNTIL:
        return read_date(a, which, a->until, &a->request.until, err);
    case PARAM_LANGUAGE:
        return read_language(a, err);
    case PARAM_SIMILAR:
        return read_similar(a, err);
    default:
        return read_field(a, which, err);
    }
}

/* All but q, index, format and id: the first that is wrong refuses the request, unless that is for
 * an article. */
static bool
read_search(struct ask *a, struct err *err)
{
    static const enum param read[] = {PARAM_N,      PARAM_PAGE,     PARAM_SORT,    PARAM_SINCE,
                                      PARAM_UNTIL,  PARAM_LANGUAGE, PARAM_SECTION, PARAM_SOURCE,
                                      PARAM_AUTHOR, PARAM_TAGS,     PARAM_SIMILAR};
    const bool lenient = *value(a, PARAM_ID) != '\0';
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        if (read_one(a, read[i], lenient ? NULL : err))
            continue;
        if (!lenient)
            return false;
        buf_truncate(&a->params.value[read[i]], 0); /* as if it were not there, in links too */
    }
    return true;
}

static bool
is_long(const struct ask *a)
{
    struct buf address;
    buf_init(&address, ASK_ADDRESS_LONG);
    ask_address(&address, a, NULL, 1, NULL);
    const bool answer = address.failed;
    buf_release(&address);
    return answer;
}

bool
ask_read(struct ask *a, const char *query_string, const struct site *site, struct err *err)
{
    *a = (struct ask){.page = 1,
                      .n = ASK_N_DEFAULT,
                      .request = {.snippet_bytes = ASK_SNIPPET_BYTES, .suggest = true}};
    a->index = &site->index[0];
    a->request.no_names = site->no_names;
    const bool parsed = params_parse(&a->params, query_string, err);
    if (!parsed)
        return false;
    a->request.query = value(a, PARAM_Q);
    a->request.query_len = strlen(a->request.query);
    if (!read_format(a, err))
        return false;
    a->index = site_find(site, value(a, PARAM_INDEX));
    if (!a->index)
        return err_set(err, ERR_NOTFOUND, "there is no index of that name");
    const bool readable = read_search(a, err);
    a->request.limit = a->n;
    a->request.offset = (a->page - 1) * a->n;
    a->is_long = is_long(a);
    return readable;
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

/* without: a parameter that is left out; PARAMS: none. */
static void
append_search(struct buf *out, const struct ask *a, const char *query, unsigned page,
              const char *sort, enum param without)
{
    static const enum param kept[] = {PARAM_SIMILAR, PARAM_INDEX,    PARAM_N,       PARAM_SINCE,
                                      PARAM_UNTIL,   PARAM_LANGUAGE, PARAM_SECTION, PARAM_SOURCE,
                                      PARAM_AUTHOR,  PARAM_TAGS};
    bool first = true;
    params_append(out, &first, params_name(PARAM_Q), query ? query : value(a, PARAM_Q));
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (kept[i] != without)
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
ask_address(struct buf *out, const struct ask *a, const char *query, unsigned page,
            const char *sort)
{
    append_search(out, a, query, page, sort, PARAMS);
}

void
ask_address_without(struct buf *out, const struct ask *a, enum param which)
{
    append_search(out, a, NULL, 1, NULL, which);
}

void
ask_article_address(struct buf *out, const struct ask *a, const char *uid)
{
    bool first = true;
    params_append(out, &first, params_name(PARAM_ID), uid);
    if (a->is_long) {
        append_given(out, &first, a, PARAM_INDEX);
        return;
    }
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

void
ask_like_address(struct buf *out, const struct ask *a)
{
    bool first = true;
    params_append(out, &first, params_name(PARAM_ID), value(a, PARAM_SIMILAR));
    append_given(out, &first, a, PARAM_INDEX);
    append_given(out, &first, a, PARAM_N);
}
