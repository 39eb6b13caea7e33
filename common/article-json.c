/* article-json.c - the article record as JSON, both ways
 *
 * The aliases are those of schema.org's NewsArticle, news-please, trafilatura, newspaper, Anserini and of JSON Feed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/article.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <jansson.h>

#include "common/utf8.h"

/* How deep a value in extra may be nested: what is printed has to be read again, and inside of other JSON too. The
 * reader takes 2,048 levels. */
#define EXTRA_LEVELS 2000

enum kind {
    KIND_TEXT,    /* one text; an object stands for its "name" or "@id" */
    KIND_BODY,    /* one text, or a list of paragraphs */
    KIND_LIST,    /* any number of texts */
    KIND_KEYWORDS /* the same, or one text with commas */
};

struct alias {
    const char *name;
    enum kind kind;
    int target; /* an enum article_field, or an enum article_list for KIND_LIST and KIND_KEYWORDS */
};

/* In the order of preference: where two members mean the same field, the first one is taken, the other
 * goes to extra (lists take them all). */
static const struct alias aliases[] = {
    {"id", KIND_TEXT, ARTICLE_ID},
    {"_id", KIND_TEXT, ARTICLE_ID},
    {"docid", KIND_TEXT, ARTICLE_ID},
    {"docno", KIND_TEXT, ARTICLE_ID},
    {"guid", KIND_TEXT, ARTICLE_ID},
    {"url", KIND_TEXT, ARTICLE_URL},
    {"link", KIND_TEXT, ARTICLE_URL},
    {"canonical", KIND_TEXT, ARTICLE_URL},
    {"canonical_url", KIND_TEXT, ARTICLE_URL},
    {"canonical_link", KIND_TEXT, ARTICLE_URL},
    {"mainEntityOfPage", KIND_TEXT, ARTICLE_URL},
    {"path", KIND_TEXT, ARTICLE_PATH},
    {"path_bytes", KIND_TEXT, ARTICLE_PATH_BYTES},
    {"member", KIND_TEXT, ARTICLE_MEMBER},
    {"title", KIND_TEXT, ARTICLE_TITLE},
    {"headline", KIND_TEXT, ARTICLE_TITLE},
    {"name", KIND_TEXT, ARTICLE_TITLE},
    {"deck", KIND_TEXT, ARTICLE_DECK},
    {"subtitle", KIND_TEXT, ARTICLE_DECK},
    {"description", KIND_TEXT, ARTICLE_DECK},
    {"summary", KIND_TEXT, ARTICLE_DECK},
    {"abstract", KIND_TEXT, ARTICLE_DECK},
    {"excerpt", KIND_TEXT, ARTICLE_DECK},
    {"alternativeHeadline", KIND_TEXT, ARTICLE_DECK},
    {"published", KIND_TEXT, ARTICLE_PUBLISHED},
    {"datePublished", KIND_TEXT, ARTICLE_PUBLISHED},
    {"date_publish", KIND_TEXT, ARTICLE_PUBLISHED},
    {"date_published", KIND_TEXT, ARTICLE_PUBLISHED},
    {"publishing_date", KIND_TEXT, ARTICLE_PUBLISHED},
    {"publish_date", KIND_TEXT, ARTICLE_PUBLISHED},
    {"published_at", KIND_TEXT, ARTICLE_PUBLISHED},
    {"publishedAt", KIND_TEXT, ARTICLE_PUBLISHED},
    {"pubDate", KIND_TEXT, ARTICLE_PUBLISHED},
    {"date", KIND_TEXT, ARTICLE_PUBLISHED},
    {"updated", KIND_TEXT, ARTICLE_UPDATED},
    {"dateModified", KIND_TEXT, ARTICLE_UPDATED},
    {"date_modify", KIND_TEXT, ARTICLE_UPDATED},
    {"date_modified", KIND_TEXT, ARTICLE_UPDATED},
    {"updated_at", KIND_TEXT, ARTICLE_UPDATED},
    {"dateline", KIND_TEXT, ARTICLE_DATELINE},
    {"source", KIND_TEXT, ARTICLE_SOURCE},
    {"publisher", KIND_TEXT, ARTICLE_SOURCE},
    {"sitename", KIND_TEXT, ARTICLE_SOURCE},
    {"site_name", KIND_TEXT, ARTICLE_SOURCE},
    {"source_domain", KIND_TEXT, ARTICLE_SOURCE},
    {"hostname", KIND_TEXT, ARTICLE_SOURCE},
    {"section", KIND_TEXT, ARTICLE_SECTION},
    {"articleSection", KIND_TEXT, ARTICLE_SECTION},
    {"language", KIND_TEXT, ARTICLE_LANGUAGE},
    {"lang", KIND_TEXT, ARTICLE_LANGUAGE},
    {"inLanguage", KIND_TEXT, ARTICLE_LANGUAGE},
    {"body", KIND_BODY, ARTICLE_BODY},
    {"text", KIND_BODY, ARTICLE_BODY},
    {"content", KIND_BODY, ARTICLE_BODY},
    {"contents", KIND_BODY, ARTICLE_BODY},
    {"articleBody", KIND_BODY, ARTICLE_BODY},
    {"maintext", KIND_BODY, ARTICLE_BODY},
    {"content_text", KIND_BODY, ARTICLE_BODY},
    {"author", KIND_LIST, ARTICLE_AUTHOR},
    {"authors", KIND_LIST, ARTICLE_AUTHOR},
    {"byline", KIND_LIST, ARTICLE_AUTHOR},
    {"creator", KIND_LIST, ARTICLE_AUTHOR},
    {"contributor", KIND_LIST, ARTICLE_CONTRIBUTOR},
    {"contributors", KIND_LIST, ARTICLE_CONTRIBUTOR},
    {"tags", KIND_KEYWORDS, ARTICLE_TAGS},
    {"keywords", KIND_KEYWORDS, ARTICLE_TAGS},
    {"topics", KIND_KEYWORDS, ARTICLE_TAGS},
    {"topic", KIND_KEYWORDS, ARTICLE_TAGS},
    {"category", KIND_KEYWORDS, ARTICLE_TAGS},
    {"categories", KIND_KEYWORDS, ARTICLE_TAGS},
    {"caption", KIND_LIST, ARTICLE_CAPTION},
    {"captions", KIND_LIST, ARTICLE_CAPTION},
};

static bool
wrong_type(const char *name, const json_t *value, const char *wanted, struct err *err)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "an object", [JSON_ARRAY] = "a list",    [JSON_STRING] = "a text",
        [JSON_INTEGER] = "a number", [JSON_REAL] = "a number",   [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",      [JSON_NULL] = "null",
    };
    return err_set(err, ERR_SYNTAX, "\"%.40s\" is %s, not %s", name, names[json_typeof(value)], wanted);
}

/* An object that stands for a text: schema.org's Person, Organization, WebPage. */
static const json_t *
named(const json_t *value)
{
    if (!json_is_object(value))
        return value;
    const json_t *name = json_object_get(value, "name");
    return name ? name : json_object_get(value, "@id");
}

/* Numbers are fine where they name something: identifiers, and dates as seconds. */
static bool
number_text(enum article_field f, const json_t *value, struct buf *out)
{
    if (!json_is_integer(value) || (f != ARTICLE_ID && f != ARTICLE_PUBLISHED && f != ARTICLE_UPDATED))
        return false;
    buf_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return true;
}

static bool
set_text(struct article *a, const struct alias *alias, const json_t *value, struct err *err)
{
    const enum article_field f = (enum article_field)alias->target;
    const json_t *text = named(value);
    struct buf number;
    buf_init(&number, 64);
    bool ok;
    if (json_is_string(text))
        ok = article_set(a, f, json_string_value(text), json_string_length(text), err);
    else if (text && number_text(f, text, &number))
        ok = article_set(a, f, number.data, number.len, err);
    else
        ok = wrong_type(alias->name, value, "a text", err);
    buf_release(&number);
    return ok;
}

static bool
set_body(struct article *a, const struct alias *alias, const json_t *value, struct err *err)
{
    if (!json_is_array(value))
        return set_text(a, alias, value, err);
    struct buf whole;
    buf_init(&whole, ARTICLE_MAX);
    bool ok = true;
    size_t i;
    json_t *paragraph;
    json_array_foreach(value, i, paragraph) {
        if (!json_is_string(paragraph)) {
            ok = wrong_type(alias->name, paragraph, "a paragraph of text", err);
            break;
        }
        buf_add(&whole, json_string_value(paragraph), json_string_length(paragraph));
        buf_str(&whole, "\n\n");
    }
    ok = ok && buf_ok(&whole, "the body", err) && article_set(a, ARTICLE_BODY, whole.data, whole.len, err);
    buf_release(&whole);
    return ok;
}

static bool
add_keywords(struct article *a, enum article_list l, const char *text, size_t len, struct err *err)
{
    for (size_t from = 0; from <= len;) {
        const char *comma = memchr(text + from, ',', len - from);
        const size_t to = comma ? (size_t)(comma - text) : len;
        if (!article_add(a, l, text + from, to - from, err))
            return false;
        from = to + 1;
    }
    return true;
}

/* "By Jane Doe", as papers print it, is Jane Doe. The names begin behind it. */
static size_t
by_length(enum article_list l, const char *text, size_t len)
{
    size_t at = 3;
    if (l != ARTICLE_AUTHOR || len < 4 || strncasecmp(text, "by ", 3) != 0)
        return 0;
    while (at < len && text[at] == ' ')
        at++;
    return at < len && !(text[at] >= 'a' && text[at] <= 'z') ? at : 0;
}

static bool
add_value(struct article *a, enum article_list l, const json_t *text, struct err *err)
{
    const char *s = json_string_value(text);
    const size_t len = json_string_length(text), by = by_length(l, s, len);
    return article_add(a, l, s + by, len - by, err);
}

static bool
add_values(struct article *a, const struct alias *alias, const json_t *value, struct err *err)
{
    const enum article_list l = (enum article_list)alias->target;
    const json_t *text = named(value);
    if (json_is_string(text))
        return alias->kind == KIND_KEYWORDS
                   ? add_keywords(a, l, json_string_value(text), json_string_length(text), err)
                   : add_value(a, l, text, err);
    if (!json_is_array(value))
        return wrong_type(alias->name, value, "a text or a list of texts", err);
    size_t i;
    json_t *item;
    json_array_foreach(value, i, item) {
        text = named(item);
        if (!text || json_is_null(text))
            continue;
        if (!json_is_string(text))
            return wrong_type(alias->name, item, "a text", err);
        if (!add_value(a, l, text, err))
            return false;
    }
    return true;
}

static bool
is_taken(const struct article *a, const struct alias *alias)
{
    return alias->kind <= KIND_BODY && a->field[alias->target];
}

/* Does it hold lists or objects inside each other more than so many times? */
static bool
is_deep(const json_t *value, unsigned levels)
{
    size_t i;
    const char *name;
    json_t *inner;
    if (!json_is_array(value) && !json_is_object(value))
        return false;
    if (levels == 0)
        return true;
    json_array_foreach(value, i, inner)
        if (is_deep(inner, levels - 1))
            return true;
    json_object_foreach((json_t *)value, name, inner)
        if (is_deep(inner, levels - 1))
            return true;
    return false;
}

static bool
keep_extra(struct article *a, const char *name, json_t *value, struct err *err)
{
    if (is_deep(value, EXTRA_LEVELS))
        return err_set(err, ERR_SYNTAX, "\"%.40s\" is nested deeper than %d levels", name, EXTRA_LEVELS);
    if (!a->extra)
        a->extra = json_object();
    if (!a->extra || (!json_object_get(a->extra, name) && json_object_set(a->extra, name, value) != 0))
        return err_nomem(err);
    return true;
}

static bool
take_alias(struct article *a, const struct alias *alias, json_t *value, struct err *err)
{
    if (json_is_null(value))
        return true;
    if (is_taken(a, alias))
        return keep_extra(a, alias->name, value, err);
    switch (alias->kind) {
    case KIND_TEXT:
        return set_text(a, alias, value, err);
    case KIND_BODY:
        return set_body(a, alias, value, err);
    default:
        return add_values(a, alias, value, err);
    }
}

static bool
is_known(const char *name)
{
    if (strcmp(name, "uid") == 0 || strcmp(name, "extra") == 0)
        return true;
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (strcmp(name, aliases[i].name) == 0)
            return true;
    return false;
}

static bool
take_extra(struct article *a, const json_t *object, struct err *err)
{
    const char *name;
    json_t *value;
    json_t *nested = json_object_get(object, "extra");
    if (json_is_object(nested)) {
        json_object_foreach(nested, name, value)
            if (!keep_extra(a, name, value, err))
                return false;
    } else if (nested && !keep_extra(a, "extra", nested, err)) {
        return false;
    }
    json_object_foreach((json_t *)object, name, value)
        if (!is_known(name) && !keep_extra(a, name, value, err))
            return false;
    return true;
}

bool
article_from_json(struct article *a, const json_t *object, struct err *err)
{
    if (!json_is_object(object))
        return err_set(err, ERR_SYNTAX, "not a JSON object");
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        json_t *value = json_object_get(object, aliases[i].name);
        if (value && !take_alias(a, &aliases[i], value, err))
            return false;
    }
    if (!take_extra(a, object, err))
        return false;
    if (!a->field[ARTICLE_TITLE] && !a->field[ARTICLE_BODY])
        return err_set(err, ERR_SYNTAX, "neither a title nor a body");
    return true;
}

/* \ud800..\udfff that are no pair are replaced by \ufffd: crawlers write them, JSON readers refuse them. */
static size_t
mend_surrogates(char *json, size_t len)
{
    size_t mended = 0;
    for (size_t i = 0; i + 5 < len; i++) {
        if (json[i] != '\\')
            continue;
        if (json[i + 1] != 'u') {
            i++; /* an escaped backslash escapes nothing itself */
            continue;
        }
        const bool high = (json[i + 2] == 'd' || json[i + 2] == 'D') && strchr("89abAB", json[i + 3]);
        const bool low = (json[i + 2] == 'd' || json[i + 2] == 'D') && strchr("cdefCDEF", json[i + 3]);
        const bool pair = high && i + 11 < len && json[i + 6] == '\\' && json[i + 7] == 'u' &&
                          (json[i + 8] == 'd' || json[i + 8] == 'D') && strchr("cdefCDEF", json[i + 9]);
        if (pair) {
            i += 11;
        } else if (high || low) {
            memcpy(json + i + 2, "fffd", 4);
            mended++;
        }
    }
    return mended;
}

/* Where memory runs out jansson takes the text for broken JSON, or says nothing: it is noted here. */
static _Thread_local bool starved;

static void *
note_malloc(size_t size)
{
    void *memory = malloc(size);
    starved = starved || !memory;
    return memory;
}

static void
note_memory(void)
{
    json_set_alloc_funcs(note_malloc, free);
}

/* Refuses what is not JSON. */
static bool
load_failed(const json_error_t *error, struct err *err)
{
    if (starved || json_error_code(error) == json_error_out_of_memory)
        return err_nomem(err);
    return err_set(err, ERR_SYNTAX, "not JSON: %s (line %d, column %d)", error->text, error->line, error->column);
}

/* A second look at JSON that was refused with *error: what can be repaired is. */
static bool
load_repaired(struct article *a, const char *json, size_t len, json_t **value, json_error_t *error, struct err *err)
{
    struct buf text;
    buf_init(&text, 3 * ARTICLE_MAX);
    const size_t replaced = utf8_repair(&text, json, len);
    bool ok = buf_ok(&text, "it", err);
    if (ok) {
        const size_t mended = mend_surrogates(text.data, text.len);
        *value = json_loadb(text.data, text.len, JSON_ALLOW_NUL, error);
        ok = *value || load_failed(error, err);
        a->repaired += ok ? replaced + mended : 0;
    }
    buf_release(&text);
    return ok;
}

bool
article_parse(struct article *a, const char *json, size_t len, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    json_error_t error;
    pthread_once(&once, note_memory);
    starved = false;
    json_t *value = json_loadb(json, len, JSON_ALLOW_NUL, &error);
    if (!value) {
        const enum json_error_code code = json_error_code(&error);
        if (starved || (code != json_error_invalid_utf8 && code != json_error_invalid_syntax))
            return load_failed(&error, err);
        if (!load_repaired(a, json, len, &value, &error, err))
            return false;
    }
    /* a string that could not grow lacks characters, and nobody says so */
    const bool ok = !starved && article_from_json(a, value, err);
    json_decref(value);
    return ok || (starved ? err_nomem(err) : false);
}

static int
append(const char *bytes, size_t len, void *arg)
{
    struct buf *out = arg;
    buf_add(out, bytes, len);
    return out->failed ? -1 : 0;
}

static void
print_text(struct buf *out, const char *text)
{
    json_t *value = json_string(text);
    if (!value || json_dump_callback(value, append, out, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
        out->failed = out->failed ? out->failed : ERR_NOMEM;
    json_decref(value);
}

/* The name of a member, after a comma where it is not the first. */
static void
print_key(struct buf *out, size_t start, const char *name)
{
    buf_printf(out, out->len > start + 1 ? ",\"%s\":" : "\"%s\":", name);
}

static void
print_list(struct buf *out, size_t start, enum article_list l, const struct article_values *values)
{
    if (values->n == 0)
        return;
    print_key(out, start, article_list_name(l));
    for (size_t i = 0; i < values->n; i++) {
        buf_ch(out, i > 0 ? ',' : '[');
        print_text(out, values->item[i]);
    }
    buf_ch(out, ']');
}

static void
print_field(struct buf *out, size_t start, const struct article *a, enum article_field f)
{
    if (!a->field[f])
        return;
    print_key(out, start, article_field_name(f));
    print_text(out, a->field[f]);
}

void
article_print(const struct article *a, struct buf *out)
{
    const size_t start = out->len;
    buf_ch(out, '{');
    for (int f = 0; f < ARTICLE_PUBLISHED; f++)
        print_field(out, start, a, (enum article_field)f);
    print_list(out, start, ARTICLE_AUTHOR, &a->list[ARTICLE_AUTHOR]);
    print_list(out, start, ARTICLE_CONTRIBUTOR, &a->list[ARTICLE_CONTRIBUTOR]);
    for (int f = ARTICLE_PUBLISHED; f < ARTICLE_BODY; f++)
        print_field(out, start, a, (enum article_field)f);
    print_list(out, start, ARTICLE_TAGS, &a->list[ARTICLE_TAGS]);
    print_list(out, start, ARTICLE_CAPTION, &a->list[ARTICLE_CAPTION]);
    print_field(out, start, a, ARTICLE_BODY);
    if (a->extra && json_object_size(a->extra) > 0) {
        print_key(out, start, "extra");
        if (json_dump_callback(a->extra, append, out, JSON_COMPACT) != 0)
            out->failed = out->failed ? out->failed : ERR_NOMEM;
    }
    buf_ch(out, '}');
}
