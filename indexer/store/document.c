/* document.c - an article as the terms, values and data of a Xapian document
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <xxhash.h>

#include "common/date.h"
#include "common/err-xapian.h"
#include "common/names.h"
#include "common/schema.h"
#include "common/words.h"
#include "indexer/store/bulk/pack.h"
#include "indexer/store/terms.h"

#define TERMS_BYTES_MAX ((size_t)1 << 30)

/* Value slots that an article may fill. */
#define VALUES_MAX 3

struct analysis {
    struct words *words;
    struct names *names;
    struct terms terms;
    struct packer *packer;
    struct buf scratch;
    struct buf record;
    uint32_t text_words; /* of the article that was gathered last, in its body */
};

bool
analysis_new(struct analysis **out, struct err *err)
{
    struct analysis *an = calloc(1, sizeof *an);
    *out = NULL;
    if (!an)
        return err_nomem(err);
    terms_init(&an->terms);
    buf_init(&an->scratch, TERMS_BYTES_MAX);
    buf_init(&an->record, TERMS_BYTES_MAX);
    if (!words_new(&an->words, err) || !names_new(&an->names, err) || !packer_new(&an->packer, err)) {
        analysis_free(an);
        return false;
    }
    *out = an;
    return true;
}

void
analysis_free(struct analysis *an)
{
    if (!an)
        return;
    words_free(an->words);
    names_free(an->names);
    packer_free(an->packer);
    terms_release(&an->terms);
    buf_release(&an->scratch);
    buf_release(&an->record);
    free(an);
}

/* ---- from the article to the table ---- */

static bool
add_prefixed(struct analysis *an, const char *prefix, const char *text, size_t len, uint32_t position,
             uint32_t weight, struct err *err)
{
    buf_clear(&an->scratch);
    schema_term(&an->scratch, prefix, text, len);
    return buf_ok(&an->scratch, "a term", err) &&
           terms_add(&an->terms, an->scratch.data, an->scratch.len, position, weight, err);
}

static bool
add_word(struct analysis *an, const struct schema_entry *e, const struct word *word, uint32_t position,
         struct err *err)
{
    if (e->how == SCHEMA_TEXT) {
        if (!terms_add(&an->terms, word->term, word->term_len, position, e->weight, err) ||
            (word->stem_len > 0 && !add_prefixed(an, SCHEMA_STEM, word->stem, word->stem_len, 0, e->weight, err)))
            return false;
        if (word->begins_sentence &&
            !terms_add(&an->terms, SCHEMA_SENTENCE, sizeof SCHEMA_SENTENCE - 1, position, 0, err))
            return false;
        if (word->begins_paragraph &&
            !terms_add(&an->terms, SCHEMA_PARAGRAPH, sizeof SCHEMA_PARAGRAPH - 1, position, 0, err))
            return false;
    }
    if (e->prefix[0] == '\0')
        return true;
    if (e->how == SCHEMA_TEXT && word->stem_len > 0) {
        char prefix[32];
        snprintf(prefix, sizeof prefix, SCHEMA_STEM "%s", e->prefix);
        if (!add_prefixed(an, prefix, word->stem, word->stem_len, 0, 0, err))
            return false;
    }
    return add_prefixed(an, e->prefix, word->term, word->term_len, position, e->how == SCHEMA_TEXT ? 0 : e->weight,
                        err);
}

/* The other form of a word, at the same place. */
static bool
add_other(struct analysis *an, const struct schema_entry *e, const struct word *word, uint32_t position, struct err *err)
{
    const struct word other = {.term = word->other, .term_len = word->other_len, .stem = word->other, .stem_len = word->other_len};
    return word->other_len == 0 || add_word(an, e, &other, position, err);
}

/* Adds the words of one value of a field; *base is the position before its first word and moves on. */
static bool
add_text(struct analysis *an, const struct schema_entry *e, const char *text, uint32_t *base, struct err *err)
{
    struct word word;
    struct err why = {.code = ERR_NONE};
    uint32_t last = 0;
    const bool named = e->how == SCHEMA_TEXT; /* the others' words are under their prefix alone */
    if (!words_start(an->words, text, strlen(text), err))
        return false;
    names_start(an->names, text,
                e->field == ARTICLE_BODY                        ? NAMES_TEXT
                : e->list >= 0 && e->list != ARTICLE_CAPTION ? NAMES_LIST
                                                             : NAMES_HEADLINE);
    while (words_next(an->words, &word, &why)) {
        if (!add_word(an, e, &word, *base + word.position, err) || !add_other(an, e, &word, *base + word.position, err) ||
             (named && !names_word(an->names, &word, err)))
            return false;
        last = word.position;
    }
    if (why.code != ERR_NONE) {
        if (err)
            *err = why;
        return false;
    }
    if (last > 0)
        *base += last + SCHEMA_GAP;
    return names_end(an->names, err);
}

static bool
add_value(struct analysis *an, const struct schema_entry *e, const char *text, uint32_t *base, struct err *err)
{
    if (e->how == SCHEMA_VALUE)
        return add_prefixed(an, e->prefix, text, strlen(text), 0, 0, err);
    return add_text(an, e, text, base, err);
}

static bool
add_entry(struct analysis *an, const struct schema_entry *e, const struct article *a, uint32_t *base,
          struct err *err)
{
    if (e->field >= 0)
        return a->field[e->field] ? add_value(an, e, a->field[e->field], base, err) : true;
    for (size_t i = 0; i < a->list[e->list].n; i++)
        if (!add_value(an, e, a->list[e->list].item[i], base, err))
            return false;
    return true;
}

/* The body, whose beginning, end and length are kept as well. */
static bool
add_body(struct analysis *an, const struct schema_entry *e, const struct article *a, uint32_t *base, struct err *err)
{
    const uint32_t before = *base;
    if (!add_entry(an, e, a, base, err))
        return false;
    an->text_words = *base > before ? *base - before - SCHEMA_GAP : 0;
    for (int end = 0; end < (an->text_words > 1 ? 2 : an->text_words > 0 ? 1 : 0); end++)
        if (!terms_add(&an->terms, SCHEMA_BODY, sizeof SCHEMA_BODY - 1, end ? before + an->text_words : before + 1, 0, err))
            return false;
    return true;
}

/* Year, month and day of publication, as far as they are known. */
static bool
add_dates(struct analysis *an, const char *iso, struct err *err)
{
    const size_t len = strlen(iso);
    if (len < 4)
        return true;
    char digits[9] = {iso[0], iso[1], iso[2], iso[3]};
    if (!add_prefixed(an, SCHEMA_YEAR, digits, 4, 0, 0, err))
        return false;
    if (len < 7)
        return true;
    memcpy(digits + 4, iso + 5, 2);
    if (!add_prefixed(an, SCHEMA_MONTH, digits, 6, 0, 0, err))
        return false;
    if (len < 10)
        return true;
    memcpy(digits + 6, iso + 8, 2);
    return add_prefixed(an, SCHEMA_DAY, digits, 8, 0, 0, err);
}

/* What tells that it lies elsewhere too. */
static bool
add_same(struct analysis *an, const struct article *a, struct err *err)
{
    char value[SCHEMA_SAME_SIZE];
    for (int kind = 0; kind < SCHEMA_SAMES; kind++)
        if (schema_same(a, (enum schema_same)kind, value) &&
            !add_prefixed(an, SCHEMA_SAME, value, strlen(value), 0, 0, err))
            return false;
    return true;
}

static bool
gather(struct analysis *an, const struct article *a, struct err *err)
{
    const char *language = article_get(a, ARTICLE_LANGUAGE);
    uint32_t base = 0;
    names_article(an->names);
    if (!terms_start(&an->terms, err) || !words_language(an->words, language, err))
        return false;
    for (size_t i = 0; i < schema_n_entries; i++) {
        const struct schema_entry *e = &schema_entries[i];
        if (!(e->field == ARTICLE_BODY ? add_body(an, e, a, &base, err) : add_entry(an, e, a, &base, err)))
            return false;
    }
    const char *uid = article_get(a, ARTICLE_UID);
    const char *path = a->field[ARTICLE_PATH_BYTES] ? a->field[ARTICLE_PATH_BYTES] : article_get(a, ARTICLE_PATH);
    return add_prefixed(an, SCHEMA_UID, uid, strlen(uid), 0, 0, err) &&
           add_prefixed(an, SCHEMA_PATH, path, strlen(path), 0, 0, err) &&
           add_prefixed(an, SCHEMA_LANGUAGE, language, strcspn(language, "-"), 0, 0, err) &&
           add_dates(an, article_get(a, ARTICLE_PUBLISHED), err) && add_same(an, a, err) &&
           buf_ok(&an->terms.arena, "the terms", err);
}

/* ---- from the table to the document ---- */

static bool
put_term(struct analysis *an, const struct term *t, struct xap_document *doc, struct err *err)
{
    struct xap_error error;
    const char *name = terms_name(&an->terms, t);
    enum xap_code code = XAP_OK;
    if (t->n > 0) {
        size_t n;
        const uint32_t *positions = terms_positions(&an->terms, t, &n);
        if (!positions)
            return err_nomem(err);
        code = xap_document_add_postings(doc, name, t->len, positions, n, 0, &error);
    }
    if (code == XAP_OK && (t->wdf > 0 || t->n == 0))
        code = xap_document_add_term(doc, name, t->len, t->wdf, &error);
    return code == XAP_OK || err_xapian(err, &error, "term %.*s", (int)t->len, name);
}

/* The values of the article that was gathered, by slot; returns how many. */
static size_t
list_values(const struct analysis *an, const struct article *a, struct packed_value value[VALUES_MAX])
{
    int64_t from;
    size_t n = 0;
    for (unsigned slot = SCHEMA_SLOT_PUBLISHED; slot <= SCHEMA_SLOT_OLDNESS; slot++) {
        if (!date_range(a->field[ARTICLE_PUBLISHED], &from, NULL))
            break;
        value[n] = (struct packed_value){.slot = slot, .len = SCHEMA_TIME_BYTES};
        schema_time((enum schema_slot)slot, from, value[n++].bytes);
    }
    value[n] = (struct packed_value){.slot = SCHEMA_SLOT_WORDS, .len = SCHEMA_COUNT_BYTES};
    schema_count(an->text_words, value[n++].bytes);
    return n;
}

/* The record in an->record. */
static bool
print_record(struct analysis *an, const struct article *a, struct err *err)
{
    buf_clear(&an->record);
    article_print(a, &an->record);
    return buf_ok(&an->record, "the record", err);
}

bool
document_hash(struct analysis *an, const struct article *a, uint64_t *hash, struct err *err)
{
    if (!print_record(an, a, err))
        return false;
    *hash = XXH3_64bits(an->record.data, an->record.len);
    return true;
}

/* What both kinds of document have. */
static bool
identify(struct analysis *an, const struct article *a, struct document *out, struct err *err)
{
    if (!document_hash(an, a, &out->hash, err))
        return false;
    snprintf(out->uid, sizeof out->uid, "%s", article_get(a, ARTICLE_UID));
    out->size = an->record.len;
    const struct buf *names = names_list(an->names);
    out->scripts = names_scripts(an->names);
    if (names->len == 0)
        return true;
    out->names = malloc(names->len);
    if (!out->names)
        return err_nomem(err);
    memcpy(out->names, names->data, names->len);
    out->names_len = names->len;
    return true;
}

static bool
fill(struct analysis *an, const struct article *a, struct xap_document *doc, struct err *err)
{
    struct xap_error error;
    struct packed_value value[VALUES_MAX];
    const size_t n_values = list_values(an, a, value);
    for (size_t i = 0; i < an->terms.n; i++)
        if (!put_term(an, &an->terms.term[i], doc, err))
            return false;
    for (size_t i = 0; i < n_values; i++)
        if (xap_document_add_value(doc, value[i].slot, value[i].bytes, value[i].len, &error) != XAP_OK)
            return err_xapian(err, &error, "value %u", value[i].slot);
    return xap_document_set_data(doc, an->record.data, an->record.len, &error) == XAP_OK ||
           err_xapian(err, &error, "the record");
}

bool
document_build(struct analysis *an, const struct article *a, struct document *out, struct err *err)
{
    struct xap_error error;
    *out = (struct document){.xapian = NULL};
    bool ok = gather(an, a, err) && identify(an, a, out, err);
    if (ok && xap_document_new(&out->xapian, &error) != XAP_OK)
        ok = err_xapian(err, &error, "document");
    ok = ok && fill(an, a, out->xapian, err);
    if (!ok)
        document_release(out);
    return ok;
}

bool
document_pack(struct analysis *an, const struct article *a, struct document *out, struct err *err)
{
    struct packed_value value[VALUES_MAX];
    *out = (struct document){.xapian = NULL};
    const bool ok = gather(an, a, err) && identify(an, a, out, err) &&
                    packer_pack(an->packer, &an->terms, value, list_values(an, a, value), an->record.data, an->record.len,
                                &out->packed, err);
    if (!ok)
        document_release(out);
    return ok;
}

void
document_release(struct document *d)
{
    xap_document_free(d->xapian);
    packed_free(d->packed);
    free(d->names);
    *d = (struct document){.xapian = NULL};
}

static json_t *
term_json(struct analysis *an, const struct term *t)
{
    size_t n;
    const uint32_t *positions = terms_positions(&an->terms, t, &n);
    json_t *places = positions ? json_array() : NULL;
    for (size_t i = 0; places && i < n; i++)
        if (json_array_append_new(places, json_integer(positions[i])) != 0) {
            json_decref(places);
            return NULL;
        }
    return places ? json_pack("[i,o]", (int)t->wdf, places) : NULL;
}

static int
append(const char *bytes, size_t len, void *arg)
{
    struct buf *out = arg;
    buf_add(out, bytes, len);
    return out->failed ? -1 : 0;
}

/* The numbers behind list_values(). */
static json_t *
values_json(const struct analysis *an, const struct article *a)
{
    int64_t from;
    char published[16], words[16];
    snprintf(published, sizeof published, "%d", (int)SCHEMA_SLOT_PUBLISHED);
    snprintf(words, sizeof words, "%d", (int)SCHEMA_SLOT_WORDS);
    if (!date_range(a->field[ARTICLE_PUBLISHED], &from, NULL))
        return json_pack("{s:I}", words, (json_int_t)an->text_words);
    return json_pack("{s:I,s:I}", published, (json_int_t)from, words, (json_int_t)an->text_words);
}

bool
document_print(struct analysis *an, const struct article *a, struct buf *out, struct err *err)
{
    if (!gather(an, a, err))
        return false;
    json_t *terms = json_object();
    bool ok = terms != NULL;
    for (size_t i = 0; ok && i < an->terms.n; i++) {
        const struct term *t = &an->terms.term[i];
        ok = json_object_setn_new(terms, terms_name(&an->terms, t), t->len, term_json(an, t)) == 0;
    }
    json_t *values = ok ? values_json(an, a) : NULL;
    json_t *line = ok ? json_pack("{s:s,s:O,s:o}", "uid", article_get(a, ARTICLE_UID), "terms", terms, "values", values)
                      : NULL;
    if (!line || json_dump_callback(line, append, out, JSON_COMPACT | JSON_SORT_KEYS) != 0)
        ok = err_nomem(err);
    json_decref(terms);
    json_decref(line);
    return ok;
}
