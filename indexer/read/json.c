/* json.c - articles as JSON: one object a line, one after the other, or in a list
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "common/article.h"
#include "common/utf8.h"
#include "indexer/read/charset.h"
#include "indexer/read/entities.h"

/* Sequences that are no UTF-8 by which an encoding is told: one or two may be damage. */
#define BROKEN_MIN 3

/* Hashes of the ids seen in one file: open addressing, 0 is free. */
struct seen {
    uint64_t *slot;
    size_t room, n;
};

/* Adds the id; *before: it was there. */
static bool
seen_add(struct seen *s, const char *id, bool *before, struct err *err)
{
    if (2 * (s->n + 1) > s->room) {
        struct seen bigger = {.room = s->room ? 2 * s->room : 256};
        bigger.slot = calloc(bigger.room, sizeof *bigger.slot);
        if (!bigger.slot)
            return err_nomem(err);
        for (size_t i = 0; i < s->room; i++) {
            size_t at = s->slot[i] & (bigger.room - 1);
            while (s->slot[i] && bigger.slot[at])
                at = (at + 1) & (bigger.room - 1);
            if (s->slot[i])
                bigger.slot[at] = s->slot[i];
        }
        bigger.n = s->n;
        free(s->slot);
        *s = bigger;
    }
    uint64_t hash = XXH3_64bits(id, strlen(id));
    hash += hash == 0;
    size_t at = hash & (s->room - 1);
    while (s->slot[at] && s->slot[at] != hash)
        at = (at + 1) & (s->room - 1);
    *before = s->slot[at] == hash;
    if (!*before) {
        s->slot[at] = hash;
        s->n++;
    }
    return true;
}

struct records {
    const struct read_sink *sink;
    struct seen seen;
    const char *unit; /* "line" or "record" */
    size_t number;    /* of the present record, from 1 */
    size_t max;       /* bytes of one */
    bool cut_off;     /* the input ends inside the present one */
    char charset[32]; /* of the file, where it is not UTF-8 and was found out */
};

static bool
refuse_as(const struct records *r, enum err_code code, const char *why, struct err *err)
{
    char where[64];
    snprintf(where, sizeof where, "%s %zu", r->unit, r->number);
    return code != ERR_NONE ? read_tell_unread(r->sink, code, where, why, err)
                            : r->sink->refused(r->sink->arg, where, why, err);
}

static bool
refuse(const struct records *r, const char *why, struct err *err)
{
    return refuse_as(r, r->cut_off ? ERR_SYNTAX : ERR_NONE, why, err);
}

/* What a record is known by inside its file. */
static bool
name_member(struct records *r, const struct article *a, struct buf *member, struct err *err)
{
    bool before = false;
    const char *id = a->field[ARTICLE_ID];
    if (id && !seen_add(&r->seen, id, &before, err))
        return false;
    if (id)
        buf_str(member, id);
    if (!id || before)
        buf_printf(member, before ? "#%zu" : "%zu", r->number);
    return buf_ok(member, "an id", err);
}

/* A record as an article. Where it is not UTF-8, and the file's encoding can be told, it is converted. */
static bool
parse_record(struct records *r, struct article *a, const char *json, size_t len, struct err *why)
{
    struct buf utf8;
    if (utf8_valid(json, len))
        return article_parse(a, json, len, why) && entities_mend(a, why);
    if (r->charset[0] == '\0' && !charset_detect(json, len, BROKEN_MIN, r->charset, why))
        return false;
    buf_init(&utf8, BUF_MAX);
    buf_add(&utf8, json, len);
    const bool ok = buf_ok(&utf8, "a record", why) &&
                    (r->charset[0] == '\0' || charset_convert(&utf8, r->charset, why)) &&
                    article_parse(a, utf8.data, utf8.len, why) && entities_mend(a, why) &&
                    (r->charset[0] == '\0' || article_remark(a, why, "not UTF-8, read as %s", r->charset));
    buf_release(&utf8);
    return ok;
}

/* The encoding of the file, as far as its beginning tells; the next chunk stays to be read. */
static bool
sample_charset(struct records *r, struct input *in, struct err *err)
{
    const char *bytes;
    size_t len;
    if (!input_chunk(in, &bytes, &len, err))
        return false;
    input_unread(in, len);
    return charset_detect(bytes, len, BROKEN_MIN, r->charset, err);
}

/* One record of the file, refused where it is no article. */
static bool
take_record(struct records *r, const char *json, size_t len, struct err *err)
{
    struct article a;
    struct buf member;
    struct err why = {.code = ERR_NONE};
    article_init(&a);
    buf_init(&member, ARTICLE_MAX);
    bool ok;
    if (parse_record(r, &a, json, len, &why))
        ok = name_member(r, &a, &member, err) && r->sink->article(r->sink->arg, &a, member.data, err);
    else if (why.code == ERR_NOMEM)
        ok = err_nomem(err);
    else
        ok = refuse(r, why.msg, err);
    buf_release(&member);
    article_release(&a);
    return ok;
}

static bool
refuse_size(const struct records *r, struct err *err)
{
    char why[64];
    snprintf(why, sizeof why, "larger than %zu bytes", r->max);
    return refuse_as(r, ERR_ARG, why, err);
}

static bool
is_blank(const char *text, size_t len)
{
    return strspn(text, " \t\r\n") >= len;
}

/* Where a scan through JSON text stands: enough to find where a value ends. */
struct nesting {
    size_t depth;
    bool in_string, escaped;
};

static void
nesting_next(struct nesting *n, char c)
{
    if (n->in_string) {
        if (n->escaped)
            n->escaped = false;
        else if (c == '\\')
            n->escaped = true;
        else if (c == '"')
            n->in_string = false;
    } else if (c == '"') {
        n->in_string = true;
    } else if (c == '{' || c == '[') {
        n->depth++;
    } else if ((c == '}' || c == ']') && n->depth > 0) {
        n->depth--;
    }
}

/* Does the text end inside a value? */
static bool
ends_inside(const char *text, size_t len)
{
    struct nesting n = {.depth = 0};
    for (size_t i = 0; i < len; i++)
        nesting_next(&n, text[i]);
    return n.depth > 0 || n.in_string;
}

/* Lines until the end of the input; `line` is the first one, where it was read already. */
static bool
take_lines(struct records *r, struct input *in, struct buf *line, bool have_line, struct err *err)
{
    bool end = false, cut = false;
    r->unit = "line";
    for (;;) {
        if (!have_line && !input_line(in, line, &end, &cut, err))
            return false;
        if (!have_line && end)
            return true;
        have_line = false;
        r->number++;
        const bool bom = r->number == 1 && line->len >= 3 && memcmp(line->data, "\xef\xbb\xbf", 3) == 0;
        const size_t skip = bom ? 3 : 0;
        bool ok = true;
        r->cut_off = !input_line_ended(in) && ends_inside(line->data + skip, line->len - skip);
        if (cut)
            ok = refuse_size(r, err);
        else if (!is_blank(line->data + skip, line->len - skip))
            ok = take_record(r, line->data + skip, line->len - skip, err);
        if (!ok)
            return false;
    }
}

/* Is it one object, with nothing but white space behind it? */
static bool
is_one_object(const char *text, size_t len)
{
    struct nesting n = {.depth = 0};
    if (len == 0 || *text != '{')
        return false;
    for (size_t i = 0; i < len; i++) {
        nesting_next(&n, text[i]);
        if (n.depth == 0)
            return is_blank(text + i + 1, len - i - 1);
    }
    return false;
}

static bool
is_between_values(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',';
}

/* The state of take_values between two chunks. */
struct cutter {
    struct records *r;
    struct buf value;
    struct nesting nesting;
    bool too_large;
    bool in_list; /* the values stand in one list */
    bool ended;   /* the list was closed */
};

/* A value ended: hands it over. */
static bool
cut_value(struct cutter *c, struct err *err)
{
    c->r->number++;
    bool ok = c->too_large ? refuse_size(c->r, err)
                           : take_record(c->r, c->value.data, c->value.len, err);
    buf_clear(&c->value);
    c->nesting = (struct nesting){.depth = 0};
    c->too_large = false;
    return ok;
}

static bool
cut_next(struct cutter *c, char byte, struct err *err)
{
    const bool empty = c->value.len == 0 && !c->too_large;
    if (empty && is_between_values(byte))
        return true;
    if (empty && byte == '[' && !c->in_list && c->r->number == 0) {
        c->in_list = true;
        return true;
    }
    if (empty && byte == ']' && c->in_list) {
        c->ended = true;
        return true;
    }
    if (c->nesting.depth == 0 && !c->nesting.in_string && (is_between_values(byte) || byte == ']') && !empty)
        return cut_value(c, err) && cut_next(c, byte, err); /* a bare number or word ended */
    nesting_next(&c->nesting, byte);
    if (!c->too_large)
        buf_ch(&c->value, byte);
    if (c->value.failed == ERR_NOMEM)
        return err_nomem(err);
    c->too_large = c->too_large || c->value.failed;
    if (c->nesting.depth == 0 && !c->nesting.in_string && (byte == '}' || byte == ']' || byte == '"'))
        return cut_value(c, err);
    return true;
}

/* Values until the end of the input; `start` holds the bytes that were read already. */
static bool
take_values(struct records *r, struct input *in, const struct buf *start, struct err *err)
{
    struct cutter c = {.r = r};
    buf_init(&c.value, r->max);
    r->unit = "record";
    bool ok = true;
    for (size_t i = 0; ok && i < start->len; i++)
        ok = cut_next(&c, start->data[i], err);
    ok = ok && cut_next(&c, '\n', err);
    const char *bytes;
    size_t len;
    while (ok && (ok = input_chunk(in, &bytes, &len, err)) && len > 0)
        for (size_t i = 0; ok && i < len; i++)
            ok = cut_next(&c, bytes[i], err);
    if (ok && (c.value.len > 0 || c.too_large)) {
        r->number++;
        r->cut_off = c.in_list || c.nesting.depth > 0 || c.nesting.in_string;
        ok = c.too_large ? refuse_size(r, err)
                         : take_record(r, c.value.data, c.value.len, err);
    } else if (ok && c.in_list && !c.ended) {
        ok = read_tell_unread(r->sink, ERR_SYNTAX, NULL, "the list is cut off", err);
    } else if (ok && r->number == 0) {
        ok = r->sink->refused(r->sink->arg, NULL, "no article in it", err);
    }
    buf_release(&c.value);
    return ok;
}

bool
json_read_lines(struct input *in, size_t record_max, const struct read_sink *sink, struct err *err)
{
    struct records r = {.sink = sink, .max = record_max};
    struct buf line;
    buf_init(&line, record_max);
    bool ok = sample_charset(&r, in, err) && take_lines(&r, in, &line, false, err);
    if (ok && r.number == 0)
        ok = read_tell_unread(sink, ERR_SYNTAX, NULL, "the file is empty", err);
    buf_release(&line);
    free(r.seen.slot);
    return ok;
}

/* Bytes of white space, and of a byte order mark before it, that a text begins with. */
static size_t
blank_start(const char *text, size_t len)
{
    size_t at = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < len && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
        at++;
    return at;
}

/* Is it a list? Then it is not looked at by lines: it may be a single one, of any length. */
static bool
begins_list(struct input *in, bool *list, struct err *err)
{
    const char *bytes;
    size_t len;
    if (!input_chunk(in, &bytes, &len, err))
        return false;
    const size_t at = blank_start(bytes, len);
    *list = at < len && bytes[at] == '[';
    input_unread(in, *list ? len - at : len);
    return true;
}

/* Values of which the first line tells whether each has a line of its own. */
static bool
take_by_first_line(struct records *r, struct input *in, struct buf *first, struct err *err)
{
    bool end, cut, ok;
    while ((ok = input_line(in, first, &end, &cut, err)) && !end && !cut && is_blank(first->data, first->len))
        r->number++; /* of lines */
    if (!ok)
        return false;
    if (end)
        return read_tell_unread(r->sink, ERR_SYNTAX, NULL, "the file is empty", err);
    if (cut) {
        r->unit = "line";
        r->number++;
        return refuse_size(r, err) && take_lines(r, in, first, false, err);
    }
    const size_t blank = blank_start(first->data, first->len);
    if (is_one_object(first->data + blank, first->len - blank))
        return take_lines(r, in, first, true, err);
    memmove(first->data, first->data + blank, first->len - blank + 1);
    first->len -= blank;
    r->number = 0;
    return take_values(r, in, first, err);
}

bool
json_read_values(struct input *in, size_t record_max, const struct read_sink *sink, struct err *err)
{
    struct records r = {.sink = sink, .max = record_max};
    struct buf first;
    bool list;
    buf_init(&first, record_max);
    bool ok = sample_charset(&r, in, err) && begins_list(in, &list, err);
    if (ok)
        ok = list ? take_values(&r, in, &first, err) : take_by_first_line(&r, in, &first, err);
    buf_release(&first);
    free(r.seen.slot);
    return ok;
}
