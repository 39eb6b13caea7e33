/* article-read.c - stored records read fast: the JSON that article_print() writes, and no other
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/article.h"
#include "common/utf8.h"

enum outcome {
    DONE,
    STRANGE, /* not as article_print() writes it */
    STARVED
};

struct reader {
    const char *at, *end;
};

static bool
take(struct reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

/* The bytes between quotation marks, still escaped. */
static bool
take_string(struct reader *r, const char **text, size_t *len)
{
    if (!take(r, '"'))
        return false;
    *text = r->at;
    for (const char *quote; (quote = memchr(r->at, '"', (size_t)(r->end - r->at))) != NULL;) {
        const char *before = quote;
        while (before > *text && before[-1] == '\\')
            before--;
        r->at = quote + 1;
        *len = (size_t)(quote - *text);
        if ((quote - before) % 2 == 0)
            return true;
    }
    return false;
}

/* What a letter behind a backslash stands for; 0: nothing that we write. */
static char
escaped(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case '"':
    case '\\':
    case '/':
        return c;
    default:
        return 0;
    }
}

/* Records were clean when they were written. The disk may have changed them since. */
static enum outcome
clean(char **text, size_t len)
{
    struct buf cleaned;
    buf_init(&cleaned, 3 * ARTICLE_MAX);
    utf8_clean(&cleaned, *text, len);
    free(*text);
    *text = buf_take(&cleaned);
    buf_release(&cleaned);
    return *text ? DONE : STARVED;
}

static enum outcome
unescape(char **out, const char *text, size_t len)
{
    size_t n = 0;
    unsigned odd = 0;
    if (len == 0)
        return STRANGE;
    *out = malloc(len + 1);
    if (!*out)
        return STARVED;
    for (size_t i = 0; i < len; i++)
        odd |= (unsigned char)(text[i] - 0x20) >= 0x7f - 0x20;
    for (size_t i = 0; i < len;) {
        const char *slash = memchr(text + i, '\\', len - i);
        const size_t run = slash ? (size_t)(slash - text) - i : len - i;
        memcpy(*out + n, text + i, run);
        n += run;
        i += run;
        if (slash && ((*out)[n++] = escaped(text[i + 1])) == 0)
            return STRANGE;
        i += slash ? 2 : 0;
    }
    (*out)[n] = '\0';
    return odd ? clean(out, n) : DONE;
}

/* Takes over the value. */
static enum outcome
add(struct article_values *values, char *value)
{
    char **item = realloc(values->item, (values->n + 1) * sizeof *item);
    if (!item) {
        free(value);
        return STARVED;
    }
    values->item = item;
    item[values->n++] = value;
    return DONE;
}

static enum outcome
read_list(struct reader *r, struct article_values *values)
{
    const char *text;
    size_t len;
    if (values->n > 0 || !take(r, '['))
        return STRANGE;
    do {
        char *value = NULL;
        if (!take_string(r, &text, &len))
            return STRANGE;
        enum outcome outcome = unescape(&value, text, len);
        if (outcome == DONE)
            outcome = add(values, value);
        else
            free(value);
        if (outcome != DONE)
            return outcome;
    } while (take(r, ','));
    return take(r, ']') ? DONE : STRANGE;
}

static bool
is_named(const char *name, const char *text, size_t len)
{
    return strlen(name) == len && memcmp(name, text, len) == 0;
}

static enum outcome
read_member(struct reader *r, struct article *a, unsigned fields)
{
    const char *name, *text;
    size_t name_len, len;
    if (!take_string(r, &name, &name_len) || !take(r, ':'))
        return STRANGE;
    for (int f = 0; f < ARTICLE_FIELDS; f++) {
        if (!is_named(article_field_name((enum article_field)f), name, name_len))
            continue;
        if (a->field[f] || !take_string(r, &text, &len))
            return STRANGE;
        return fields >> f & 1 ? unescape(&a->field[f], text, len) : DONE;
    }
    for (int l = 0; l < ARTICLE_LISTS; l++)
        if (is_named(article_list_name((enum article_list)l), name, name_len))
            return read_list(r, &a->list[l]);
    if (!is_named("extra", name, name_len))
        return STRANGE;
    r->at = r->end - 1; /* it comes last */
    return DONE;
}

bool
article_read(struct article *a, const char *json, size_t len, unsigned fields, struct err *err)
{
    struct reader r = {json, json + len};
    enum outcome outcome = take(&r, '{') ? DONE : STRANGE;
    while (outcome == DONE) {
        outcome = read_member(&r, a, fields);
        if (outcome == DONE && !take(&r, ','))
            break;
    }
    if (outcome == DONE && take(&r, '}') && r.at == r.end)
        return true;
    article_release(a);
    return outcome == STARVED ? err_nomem(err) : article_parse(a, json, len, err);
}
