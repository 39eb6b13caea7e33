/* article.c - the article record: its fields, where it lies and what it is called
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/article.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uloc.h>
#include <unistd.h>

#include <jansson.h>
#include <xxhash.h>

#include "common/date.h"
#include "common/paragraphs.h"
#include "common/utf8.h"

static const char *const field_names[ARTICLE_FIELDS] = {
    "uid",       "id",      "url",      "path",   "path_bytes", "member",   "title", "deck",
    "published", "updated", "dateline", "source", "section",    "language", "body",
};

static const char *const list_names[ARTICLE_LISTS] = {"author", "contributor", "tags", "caption"};

const char *
article_field_name(enum article_field f)
{
    assert(f < ARTICLE_FIELDS);
    return field_names[f];
}

const char *
article_list_name(enum article_list l)
{
    assert(l < ARTICLE_LISTS);
    return list_names[l];
}

void
article_init(struct article *a)
{
    *a = (struct article){.repaired = 0};
}

void
article_release(struct article *a)
{
    for (size_t f = 0; f < ARTICLE_FIELDS; f++)
        free(a->field[f]);
    for (size_t l = 0; l < ARTICLE_LISTS; l++) {
        for (size_t i = 0; i < a->list[l].n; i++)
            free(a->list[l].item[i]);
        free(a->list[l].item);
    }
    json_decref(a->extra);
    free(a->note);
    article_init(a);
}

const char *
article_get(const struct article *a, enum article_field f)
{
    return a->field[f] ? a->field[f] : "";
}

bool
article_keep(struct article *a, const char *name, const char *text, struct err *err)
{
    if (!a->extra)
        a->extra = json_object();
    if (!a->extra || (!json_object_get(a->extra, name) &&
                      json_object_set_new(a->extra, name, json_string(text)) != 0))
        return err_nomem(err);
    return true;
}

bool
article_remark(struct article *a, struct err *err, const char *format, ...)
{
    struct buf note;
    buf_init(&note, 1024);
    if (a->note)
        buf_printf(&note, "%s; ", a->note);
    char text[300];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    buf_str(&note, text);
    if (note.failed == ERR_ARG) { /* enough said */
        buf_release(&note);
        return true;
    }
    char *whole = buf_take(&note);
    if (!whole)
        return err_nomem(err);
    free(a->note);
    a->note = whole;
    return true;
}

/* What is no date is kept as it was, where nothing is searched. */
static bool
set_date(struct article *a, enum article_field f, struct buf *text, struct err *err)
{
    char iso[DATE_MAX];
    struct err why = {.code = ERR_NONE};
    if (!date_parse(text->data, text->len, iso, &why)) {
        const bool ok = article_keep(a, field_names[f], text->data, err) &&
                        article_remark(a, err, "%s: %s", field_names[f], why.msg);
        buf_clear(text);
        return ok;
    }
    buf_clear(text);
    buf_str(text, iso);
    return true;
}

/* Languages of three letters that have two as well have those two: eng is en. */
static void
shorten_language(struct buf *text)
{
    char code[ULOC_LANG_CAPACITY], tag[4];
    UErrorCode error = U_ZERO_ERROR;
    if (strcspn(text->data, "-") != 3)
        return;
    memcpy(tag, text->data, 3);
    tag[3] = '\0';
    if (uloc_getLanguage(tag, code, (int32_t)sizeof code, &error) != 2 || U_FAILURE(error))
        return;
    memcpy(text->data, code, 2);
    memmove(text->data + 2, text->data + 3, text->len - 2);
    text->len--;
}

/* BCP 47 (RFC 5646, 2.1.1): language in lower case, region in capitals, script in title case. */
static void
set_language(struct buf *text)
{
    size_t part = 0;
    for (size_t i = 0; i <= text->len; i++) {
        const char c = text->data[i];
        if (c == '_')
            text->data[i] = '-';
        if (c != '_' && c != '-' && c != '\0') {
            text->data[i] = (char)tolower((unsigned char)c);
            continue;
        }
        if (part > 0 && i - part == 2)
            text->data[part + 1] = (char)toupper((unsigned char)text->data[part + 1]);
        if (part > 0 && (i - part == 2 || i - part == 4))
            text->data[part] = (char)toupper((unsigned char)text->data[part]);
        part = i + 1;
    }
    shorten_language(text);
}

bool
article_language(const char *text, size_t len, char primary[ARTICLE_PRIMARY_MAX])
{
    struct buf tag;
    size_t n = 0;
    while (n < len && isalpha((unsigned char)text[n]))
        n++;
    bool ok = (n == 2 || n == 3) && len <= ARTICLE_TAG_MAX &&
              (n == len || text[n] == '-' || text[n] == '_');
    for (size_t i = n; ok && i < len; i++)
        ok =
            isalnum((unsigned char)text[i]) || ((text[i] == '-' || text[i] == '_') && i + 1 < len &&
                                                isalnum((unsigned char)text[i + 1]));
    buf_init(&tag, ARTICLE_TAG_MAX + 1);
    buf_add(&tag, text, len <= ARTICLE_TAG_MAX ? len : 0);
    ok = ok && !tag.failed;
    if (ok) {
        set_language(&tag);
        snprintf(primary, ARTICLE_PRIMARY_MAX, "%.*s", (int)strcspn(tag.data, "-"), tag.data);
    }
    buf_release(&tag);
    return ok;
}

/* Cleans text into out as the field wants it. */
static bool
clean(struct article *a, enum article_field f, const char *text, size_t len, struct buf *out, struct err *err)
{
    struct buf cleaned;
    buf_init(&cleaned, 3 * ARTICLE_MAX); /* an ill-formed byte becomes three */
    a->repaired += utf8_clean(&cleaned, text, len);
    if (f == ARTICLE_BODY)
        paragraphs_normalise(out, cleaned.data, cleaned.len);
    else if (f == ARTICLE_PATH) /* blanks tell files apart */
        buf_add(out, cleaned.data, cleaned.len);
    else
        utf8_squeeze(out, cleaned.data, cleaned.len);
    bool ok = buf_ok(&cleaned, "a field", err) && buf_ok(out, "a field", err);
    buf_release(&cleaned);
    if (ok && out->len > 0 && (f == ARTICLE_PUBLISHED || f == ARTICLE_UPDATED))
        ok = set_date(a, f, out, err);
    if (f == ARTICLE_LANGUAGE)
        set_language(out);
    return ok;
}

bool
article_set(struct article *a, enum article_field f, const char *text, size_t len, struct err *err)
{
    assert(f < ARTICLE_FIELDS);
    struct buf out;
    buf_init(&out, 4 * ARTICLE_MAX);
    bool ok = clean(a, f, text, len, &out, err);
    if (ok && out.len > 0) {
        char *value = buf_take(&out);
        if (value) {
            free(a->field[f]);
            a->field[f] = value;
        } else {
            ok = err_nomem(err);
        }
    }
    buf_release(&out);
    return ok;
}

bool
article_add(struct article *a, enum article_list l, const char *text, size_t len, struct err *err)
{
    assert(l < ARTICLE_LISTS);
    struct article_values *values = &a->list[l];
    struct buf out;
    buf_init(&out, 3 * ARTICLE_MAX);
    bool ok = clean(a, ARTICLE_TITLE, text, len, &out, err);
    if (ok && out.len > 0) {
        char *value = buf_take(&out);
        char **item = value ? realloc(values->item, (values->n + 1) * sizeof *item) : NULL;
        if (item) {
            values->item = item;
            item[values->n++] = value;
        } else {
            free(value);
            ok = err_nomem(err);
        }
    }
    buf_release(&out);
    return ok;
}

bool
article_absolute_path(struct buf *out, const char *path, struct err *err)
{
    struct buf whole;
    buf_init(&whole, 1 << 20);
    if (path[0] != '/') {
        char *cwd = getcwd(NULL, 0);
        if (!cwd)
            return err_sys(err, errno, "current folder");
        buf_printf(&whole, "%s/", cwd);
        free(cwd);
    }
    buf_str(&whole, path);
    for (const char *p = whole.data; *p;) {
        const size_t len = strcspn(p, "/");
        if (len == 2 && memcmp(p, "..", 2) == 0) {
            size_t end = out->len;
            while (end > 0 && out->data[end - 1] != '/')
                end--;
            buf_truncate(out, end > 0 ? end - 1 : 0);
        } else if (len > 0 && !(len == 1 && *p == '.')) {
            buf_ch(out, '/');
            buf_add(out, p, len);
        }
        p += len;
        p += *p == '/';
    }
    if (out->len == 0)
        buf_ch(out, '/');
    const bool ok = buf_ok(&whole, "a path", err) && buf_ok(out, "a path", err);
    buf_release(&whole);
    return ok;
}

static bool
set_path(struct article *a, const char *path, struct err *err)
{
    struct buf absolute, shown, bytes;
    buf_init(&absolute, 1 << 20);
    buf_init(&shown, 1 << 22);
    buf_init(&bytes, 1 << 22);
    bool ok = article_absolute_path(&absolute, path, err);
    utf8_clean(&shown, absolute.data, absolute.len);
    if (shown.len != absolute.len || memcmp(shown.data, absolute.data, shown.len) != 0)
        utf8_base64(&bytes, absolute.data, absolute.len);
    ok = ok && buf_ok(&shown, "a path", err) && buf_ok(&bytes, "a path", err);
    if (ok && !(a->field[ARTICLE_PATH] = buf_take(&shown)))
        ok = err_nomem(err);
    if (ok && bytes.len > 0 && !(a->field[ARTICLE_PATH_BYTES] = buf_take(&bytes)))
        ok = err_nomem(err);
    buf_release(&absolute);
    buf_release(&shown);
    buf_release(&bytes);
    return ok;
}

static bool
set_uid(struct article *a, struct err *err)
{
    const char *path = a->field[ARTICLE_PATH_BYTES] ? a->field[ARTICLE_PATH_BYTES] : article_get(a, ARTICLE_PATH);
    const char *member = article_get(a, ARTICLE_MEMBER);
    const char *id = article_get(a, ARTICLE_ID);
    XXH3_state_t *state = XXH3_createState();
    if (!state)
        return err_nomem(err);
    XXH3_128bits_reset(state);
    XXH3_128bits_update(state, path, strlen(path) + 1);
    XXH3_128bits_update(state, member, strlen(member) + 1);
    XXH3_128bits_update(state, id, strlen(id));
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state));
    XXH3_freeState(state);
    struct buf hex;
    buf_init(&hex, 64);
    for (size_t i = 0; i < sizeof canonical.digest; i++)
        buf_printf(&hex, "%02x", canonical.digest[i]);
    free(a->field[ARTICLE_UID]);
    a->field[ARTICLE_UID] = buf_take(&hex);
    return a->field[ARTICLE_UID] ? true : err_nomem(err);
}

bool
article_identify(struct article *a, const char *path, const char *member, struct err *err)
{
    if (!a->field[ARTICLE_PATH]) {
        free(a->field[ARTICLE_PATH_BYTES]);
        a->field[ARTICLE_PATH_BYTES] = NULL;
        if (!set_path(a, path, err))
            return false;
        if (member && !a->field[ARTICLE_MEMBER] &&
            !article_set(a, ARTICLE_MEMBER, member, strlen(member), err))
            return false;
    }
    if (!a->field[ARTICLE_ID]) {
        struct buf id;
        buf_init(&id, 2 * ARTICLE_MAX);
        if (a->field[ARTICLE_URL])
            buf_str(&id, a->field[ARTICLE_URL]);
        else if (a->field[ARTICLE_MEMBER])
            buf_printf(&id, "%s#%s", a->field[ARTICLE_PATH], a->field[ARTICLE_MEMBER]);
        else
            buf_str(&id, a->field[ARTICLE_PATH]);
        /* As any id that is read: one that is printed and read again stays the same. */
        const bool ok = buf_ok(&id, "an id", err) && article_set(a, ARTICLE_ID, id.data, id.len, err);
        buf_release(&id);
        if (!ok)
            return false;
    }
    return set_uid(a, err);
}
