/* document.c - an article as the terms, values and data of a Xapian document
 *
 * The postings are gathered in a table of our own first, so that Xapian's (a tree of strings) is asked once
 * a term and not once a word.
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
#include "common/schema.h"
#include "common/words.h"

#define TERMS_BYTES_MAX ((size_t)1 << 30)

/* Slots of the table of terms at its start, and how many are kept for the next article. */
#define SLOTS ((size_t)4096)
#define SLOTS_KEPT ((size_t)65536)

/* One distinct term of the article. */
struct term {
    uint64_t hash;
    size_t name, len;          /* in the arena */
    uint32_t wdf;
    uint32_t first, last, n;   /* chain of positions; n 0: none */
};

struct place {
    uint32_t position, next; /* index of the next place of the term */
};

struct analysis {
    struct words *words;
    struct buf arena;
    struct buf scratch;
    struct buf record;
    struct term *terms;
    size_t n_terms, room_terms;
    uint32_t *slots; /* index of a term + 1; 0: free */
    size_t n_slots;
    struct place *places;
    size_t n_places, room_places;
    uint32_t *positions; /* those of one term, as Xapian wants them */
    size_t room_positions;
};

bool
analysis_new(struct analysis **out, struct err *err)
{
    struct analysis *an = calloc(1, sizeof *an);
    *out = NULL;
    if (!an)
        return err_nomem(err);
    buf_init(&an->arena, TERMS_BYTES_MAX);
    buf_init(&an->scratch, TERMS_BYTES_MAX);
    buf_init(&an->record, TERMS_BYTES_MAX);
    if (!words_new(&an->words, err)) {
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
    buf_release(&an->arena);
    buf_release(&an->scratch);
    buf_release(&an->record);
    free(an->terms);
    free(an->slots);
    free(an->places);
    free(an->positions);
    free(an);
}

/* ---- the table of postings ---- */

/* An empty table. After an article of a million words it is made small again: clearing it costs its size. */
static bool
start_table(struct analysis *an, struct err *err)
{
    buf_clear(&an->arena);
    an->n_terms = an->n_places = 0;
    if (an->n_slots > 0 && an->n_slots <= SLOTS_KEPT) {
        memset(an->slots, 0, an->n_slots * sizeof *an->slots);
        return true;
    }
    free(an->slots);
    an->n_slots = 0;
    an->slots = calloc(SLOTS, sizeof *an->slots);
    if (!an->slots)
        return err_nomem(err);
    an->n_slots = SLOTS;
    return true;
}

static bool
grow_slots(struct analysis *an)
{
    const size_t n = 2 * an->n_slots;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < an->n_terms; i++) {
        size_t at = an->terms[i].hash & (n - 1);
        while (slots[at])
            at = (at + 1) & (n - 1);
        slots[at] = (uint32_t)i + 1;
    }
    free(an->slots);
    an->slots = slots;
    an->n_slots = n;
    return true;
}

static struct term *
new_term(struct analysis *an, uint64_t hash, const char *name, size_t len)
{
    if (an->n_terms == an->room_terms) {
        const size_t room = an->room_terms ? 2 * an->room_terms : 2048;
        struct term *more = realloc(an->terms, room * sizeof *more);
        if (!more)
            return NULL;
        an->terms = more;
        an->room_terms = room;
    }
    if (!buf_reserve(&an->arena, len))
        return NULL;
    struct term *t = &an->terms[an->n_terms++];
    *t = (struct term){.hash = hash, .name = an->arena.len, .len = len};
    buf_add(&an->arena, name, len);
    return t;
}

/* The term of that name, made if need be. NULL: no memory. */
static struct term *
find_term(struct analysis *an, const char *name, size_t len)
{
    if (2 * (an->n_terms + 1) > an->n_slots && !grow_slots(an))
        return NULL;
    const uint64_t hash = XXH3_64bits(name, len);
    size_t at = hash & (an->n_slots - 1);
    while (an->slots[at]) {
        struct term *t = &an->terms[an->slots[at] - 1];
        if (t->hash == hash && t->len == len && memcmp(an->arena.data + t->name, name, len) == 0)
            return t;
        at = (at + 1) & (an->n_slots - 1);
    }
    struct term *t = new_term(an, hash, name, len);
    if (t)
        an->slots[at] = (uint32_t)an->n_terms;
    return t;
}

/* Adds an occurrence; position 0: none is kept. */
static bool
add_posting(struct analysis *an, const char *name, size_t len, uint32_t position, uint32_t weight, struct err *err)
{
    struct term *t = find_term(an, name, len);
    if (!t)
        return err_nomem(err);
    t->wdf += weight;
    if (position == 0)
        return true;
    if (an->n_places == an->room_places) {
        const size_t room = an->room_places ? 2 * an->room_places : 4096;
        struct place *more = realloc(an->places, room * sizeof *more);
        if (!more)
            return err_nomem(err);
        an->places = more;
        an->room_places = room;
    }
    const uint32_t at = (uint32_t)an->n_places++;
    an->places[at].position = position;
    if (t->n++ == 0)
        t->first = at;
    else
        an->places[t->last].next = at;
    t->last = at;
    return true;
}

/* ---- from the article to the table ---- */

static bool
add_prefixed(struct analysis *an, const char *prefix, const char *text, size_t len, uint32_t position,
             uint32_t weight, struct err *err)
{
    buf_clear(&an->scratch);
    schema_term(&an->scratch, prefix, text, len);
    return buf_ok(&an->scratch, "a term", err) &&
           add_posting(an, an->scratch.data, an->scratch.len, position, weight, err);
}

static bool
add_word(struct analysis *an, const struct schema_entry *e, const struct word *word, uint32_t position,
         struct err *err)
{
    if (e->how == SCHEMA_TEXT) {
        if (!add_posting(an, word->term, word->term_len, position, e->weight, err) ||
            !add_prefixed(an, SCHEMA_STEM, word->stem, word->stem_len, 0, e->weight, err))
            return false;
        if (word->begins_sentence &&
            !add_posting(an, SCHEMA_SENTENCE, sizeof SCHEMA_SENTENCE - 1, position, 0, err))
            return false;
        if (word->begins_paragraph &&
            !add_posting(an, SCHEMA_PARAGRAPH, sizeof SCHEMA_PARAGRAPH - 1, position, 0, err))
            return false;
    }
    if (e->prefix[0] == '\0')
        return true;
    if (e->how == SCHEMA_TEXT) {
        char prefix[32];
        snprintf(prefix, sizeof prefix, SCHEMA_STEM "%s", e->prefix);
        if (!add_prefixed(an, prefix, word->stem, word->stem_len, 0, 0, err))
            return false;
    }
    return add_prefixed(an, e->prefix, word->term, word->term_len, position, e->how == SCHEMA_TEXT ? 0 : e->weight,
                        err);
}

/* Adds the words of one value of a field; *base is the position before its first word and moves on. */
static bool
add_text(struct analysis *an, const struct schema_entry *e, const char *text, uint32_t *base, struct err *err)
{
    struct word word;
    struct err why = {.code = ERR_NONE};
    uint32_t last = 0;
    if (!words_start(an->words, text, strlen(text), err))
        return false;
    while (words_next(an->words, &word, &why)) {
        if (!add_word(an, e, &word, *base + word.position, err))
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
    return true;
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

static bool
gather(struct analysis *an, const struct article *a, struct err *err)
{
    const char *language = article_get(a, ARTICLE_LANGUAGE);
    uint32_t base = 0;
    if (!start_table(an, err) || !words_language(an->words, language, err))
        return false;
    for (size_t i = 0; i < schema_n_entries; i++)
        if (!add_entry(an, &schema_entries[i], a, &base, err))
            return false;
    const char *uid = article_get(a, ARTICLE_UID);
    const char *path = a->field[ARTICLE_PATH_BYTES] ? a->field[ARTICLE_PATH_BYTES] : article_get(a, ARTICLE_PATH);
    return add_prefixed(an, SCHEMA_UID, uid, strlen(uid), 0, 0, err) &&
           add_prefixed(an, SCHEMA_PATH, path, strlen(path), 0, 0, err) &&
           add_prefixed(an, SCHEMA_LANGUAGE, language, strcspn(language, "-"), 0, 0, err) &&
           add_dates(an, article_get(a, ARTICLE_PUBLISHED), err) && buf_ok(&an->arena, "the terms", err);
}

/* ---- from the table to the document ---- */

/* The positions of a term in an->positions. */
static bool
list_positions(struct analysis *an, const struct term *t, struct err *err)
{
    if (t->n > an->room_positions) {
        uint32_t *more = realloc(an->positions, 2 * (size_t)t->n * sizeof *more);
        if (!more)
            return err_nomem(err);
        an->positions = more;
        an->room_positions = 2 * (size_t)t->n;
    }
    uint32_t at = t->first;
    for (uint32_t i = 0; i < t->n; i++) {
        an->positions[i] = an->places[at].position;
        at = an->places[at].next;
    }
    return true;
}

static bool
put_term(struct analysis *an, const struct term *t, struct xap_document *doc, struct err *err)
{
    struct xap_error error;
    const char *name = an->arena.data + t->name;
    enum xap_code code = XAP_OK;
    if (t->n > 0) {
        if (!list_positions(an, t, err))
            return false;
        code = xap_document_add_postings(doc, name, t->len, an->positions, t->n, 0, &error);
    }
    if (code == XAP_OK && (t->wdf > 0 || t->n == 0))
        code = xap_document_add_term(doc, name, t->len, t->wdf, &error);
    return code == XAP_OK || err_xapian(err, &error, "term %.*s", (int)t->len, name);
}

static bool
put_number(struct xap_document *doc, enum schema_slot slot, double number, struct err *err)
{
    char bytes[XAP_SORTABLE_MAX];
    struct xap_error error;
    const size_t len = xap_sortable_serialise(number, bytes);
    return xap_document_add_value(doc, slot, bytes, len, &error) == XAP_OK ||
           err_xapian(err, &error, "value %d", (int)slot);
}

static bool
put_values(struct xap_document *doc, const struct article *a, struct err *err)
{
    int64_t from, to;
    if (!date_range(a->field[ARTICLE_PUBLISHED], &from, &to))
        return true;
    return put_number(doc, SCHEMA_SLOT_PUBLISHED, (double)from, err) &&
           put_number(doc, SCHEMA_SLOT_OLDNESS, -(double)from, err);
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

bool
document_build(struct analysis *an, const struct article *a, struct document *out, struct err *err)
{
    struct xap_error error;
    *out = (struct document){.xapian = NULL};
    if (!gather(an, a, err))
        return false;
    if (xap_document_new(&out->xapian, &error) != XAP_OK)
        return err_xapian(err, &error, "document");
    bool ok = true;
    for (size_t i = 0; ok && i < an->n_terms; i++)
        ok = put_term(an, &an->terms[i], out->xapian, err);
    ok = ok && put_values(out->xapian, a, err) && document_hash(an, a, &out->hash, err);
    if (ok && xap_document_set_data(out->xapian, an->record.data, an->record.len, &error) != XAP_OK)
        ok = err_xapian(err, &error, "the record");
    if (!ok) {
        document_release(out);
        return false;
    }
    snprintf(out->uid, sizeof out->uid, "%s", article_get(a, ARTICLE_UID));
    out->size = an->record.len;
    return true;
}

void
document_release(struct document *d)
{
    xap_document_free(d->xapian);
    *d = (struct document){.xapian = NULL};
}

static json_t *
term_json(struct analysis *an, const struct term *t)
{
    json_t *places = json_array();
    for (uint32_t i = 0; places && i < t->n; i++)
        if (json_array_append_new(places, json_integer(an->positions[i])) != 0) {
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

/* The numbers of put_values(). */
static json_t *
values_json(const struct article *a)
{
    int64_t from;
    char slot[16];
    if (!date_range(a->field[ARTICLE_PUBLISHED], &from, NULL))
        return json_object();
    snprintf(slot, sizeof slot, "%d", (int)SCHEMA_SLOT_PUBLISHED);
    return json_pack("{s:I}", slot, (json_int_t)from);
}

bool
document_print(struct analysis *an, const struct article *a, struct buf *out, struct err *err)
{
    if (!gather(an, a, err))
        return false;
    json_t *terms = json_object();
    bool ok = terms != NULL;
    for (size_t i = 0; ok && i < an->n_terms; i++) {
        const struct term *t = &an->terms[i];
        ok = list_positions(an, t, err) &&
             json_object_setn_new(terms, an->arena.data + t->name, t->len, term_json(an, t)) == 0;
    }
    json_t *values = ok ? values_json(a) : NULL;
    json_t *line = ok ? json_pack("{s:s,s:O,s:o}", "uid", article_get(a, ARTICLE_UID), "terms", terms, "values", values)
                      : NULL;
    if (!line || json_dump_callback(line, append, out, JSON_COMPACT | JSON_SORT_KEYS) != 0)
        ok = err_nomem(err);
    json_decref(terms);
    json_decref(line);
    return ok;
}
