/* bulk.c - tests of indexer/store/bulk: what it writes is what Xapian's own writer would have written
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/store/bulk/bulk.h"
#include "indexer/store/bulk/code.h"
#include "indexer/store/bulk/positions.h"
#include "indexer/store/bulk/table.h"
#include "shim/xapian-c-write.h"

#define MUST(call) assert_int_equal((call), XAP_OK)

/* ---- articles made up ---- */

static uint64_t seed;

static uint32_t
draw(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 16) % below;
}

/* An article, in both forms. */
struct made {
    struct xap_document *document;
    struct packed *packed;
    char uid[33];
};

static struct terms terms;
static struct packer *packer;

static void
add(const char *name, size_t len, uint32_t position, uint32_t wdf)
{
    assert_true(terms_add(&terms, name, len, position, wdf, NULL));
}

/* Few words are frequent, most are rare; some are long, or are the same for a long way. */
static size_t
make_word(char word[300], uint32_t vocabulary)
{
    uint32_t n = draw(vocabulary);
    n = draw(n + 1);
    if (n % 97 == 5) {
        memset(word, 'a' + (int)(n % 3), 245);
        return 1 + n % 245;
    }
    return (size_t)snprintf(word, 300, "%s%u", n % 3 ? "w" : "\xd1\x81\xd0\xbb\xd0\xbe\xd0\xb2\xd0\xbe", n);
}

static void
make_terms(uint32_t n, uint32_t vocabulary)
{
    char word[300];
    uint32_t position = 0;
    assert_true(terms_start(&terms, NULL));
    for (uint32_t i = 0; i < n; i++) {
        size_t len = make_word(word, vocabulary);
        position += 1 + draw(40) / 38 * draw(3000);
        add(word, len, position, 1 + draw(50) / 49 * draw(300));
        if (draw(3) == 0) {
            word[0] = 'Z';
            add(word, len, 0, draw(3));
        }
    }
}

static void
make_document(struct made *m, const struct packed_value *value, size_t n_values, const char *data, size_t len)
{
    MUST(xap_document_new(&m->document, NULL));
    for (size_t i = 0; i < terms.n; i++) {
        const struct term *t = &terms.term[i];
        size_t n = 0;
        const uint32_t *positions = terms_positions(&terms, t, &n);
        if (n > 0)
            MUST(xap_document_add_postings(m->document, terms_name(&terms, t), t->len, positions, n, 0, NULL));
        MUST(xap_document_add_term(m->document, terms_name(&terms, t), t->len, t->wdf, NULL));
    }
    for (size_t i = 0; i < n_values; i++)
        MUST(xap_document_add_value(m->document, value[i].slot, value[i].bytes, value[i].len, NULL));
    MUST(xap_document_set_data(m->document, data, len, NULL));
}

static void
make(struct made *m, uint32_t number, uint32_t words, uint32_t vocabulary)
{
    struct packed_value value[3];
    size_t n_values = 0;
    static char data[400000];
    const size_t len = draw(20) == 0 ? draw(sizeof data) : draw(3000);
    const uint32_t letters = draw(2) ? 4 : 250;
    make_terms(words, vocabulary);
    for (size_t i = 0; i < len; i++)
        data[i] = (char)('a' + draw(letters));
    for (unsigned slot = 0; slot < 3; slot++)
        if (draw(3) > 0) {
            value[n_values].slot = slot == 2 ? 9 : slot;
            value[n_values].len = xap_sortable_serialise((double)draw(5000) - (slot == 1 ? 2500 : 0) + 1,
                                                         value[n_values].bytes);
            n_values++;
        }
    snprintf(m->uid, sizeof m->uid, "%032x", number);
    char q[40];
    snprintf(q, sizeof q, "Q%s", m->uid);
    add(q, strlen(q), 0, 0);
    make_document(m, value, n_values, data, len);
    struct err err = {.code = ERR_NONE};
    if (!packer_pack(packer, &terms, value, n_values, data, len, &m->packed, &err))
        fail_msg("%s", err.msg);
}

static void
release(struct made *m)
{
    xap_document_free(m->document);
    packed_free(m->packed);
}

/* ---- a database as text ---- */

static void
print_bytes(struct buf *out, const char *bytes, size_t len)
{
    buf_printf(out, " %zu:", len);
    buf_add(out, bytes, len);
}

static void
print_positions(struct buf *out, struct xap_position_iterator *it)
{
    uint32_t position;
    for (; !xap_position_iterator_at_end(it); xap_position_iterator_next(it, NULL)) {
        MUST(xap_position_iterator_get(it, &position, NULL));
        buf_printf(out, " %u", position);
    }
    xap_position_iterator_free(it);
}

static void
print_postings(struct buf *out, const struct xap_database *db, const char *term, size_t len)
{
    struct xap_posting_iterator *it;
    struct xap_position_iterator *positions;
    uint32_t docid, wdf, length;
    MUST(xap_database_postlist_begin(db, term, len, &it, NULL));
    for (; !xap_posting_iterator_at_end(it); xap_posting_iterator_next(it, NULL)) {
        MUST(xap_posting_iterator_get(it, &docid, NULL));
        MUST(xap_posting_iterator_get_wdf(it, &wdf, NULL));
        MUST(xap_posting_iterator_get_doclength(it, &length, NULL));
        buf_printf(out, "\n  %u wdf %u of %u at", docid, wdf, length);
        if (len == 0)
            continue;
        MUST(xap_database_positionlist_begin(db, docid, term, len, &positions, NULL));
        print_positions(out, positions);
    }
    xap_posting_iterator_free(it);
}

static void
print_terms(struct buf *out, const struct xap_database *db)
{
    struct xap_term_iterator *it;
    const char *name;
    size_t len;
    uint32_t freq, all, max;
    MUST(xap_database_allterms_begin(db, "", 0, &it, NULL));
    for (; !xap_term_iterator_at_end(it); xap_term_iterator_next(it, NULL)) {
        MUST(xap_term_iterator_get(it, &name, &len, NULL));
        MUST(xap_database_get_termfreq(db, name, len, &freq, NULL));
        MUST(xap_database_get_collection_freq(db, name, len, &all, NULL));
        MUST(xap_database_get_wdf_upper_bound(db, name, len, &max, NULL));
        buf_str(out, "\nterm");
        print_bytes(out, name, len);
        buf_printf(out, " in %u, %u times, at most %u", freq, all, max);
        print_postings(out, db, name, len);
    }
    xap_term_iterator_free(it);
}

static void
print_document(struct buf *out, const struct xap_database *db, uint32_t docid)
{
    struct xap_document *document;
    struct xap_term_iterator *it;
    const char *bytes;
    size_t len;
    uint32_t number;
    if (xap_database_get_document(db, docid, 0, &document, NULL) != XAP_OK)
        return;
    buf_printf(out, "\ndocument %u", docid);
    MUST(xap_document_get_data(document, &bytes, &len, NULL));
    print_bytes(out, bytes, len);
    struct xap_value_iterator *values;
    MUST(xap_document_values_begin(document, &values, NULL));
    for (; !xap_value_iterator_at_end(values); xap_value_iterator_next(values, NULL)) {
        MUST(xap_value_iterator_get(values, &bytes, &len, NULL));
        MUST(xap_value_iterator_get_valueno(values, &number, NULL));
        buf_printf(out, "\n  value %u", number);
        print_bytes(out, bytes, len);
    }
    xap_value_iterator_free(values);
    MUST(xap_database_termlist_begin(db, docid, &it, NULL));
    for (; !xap_term_iterator_at_end(it); xap_term_iterator_next(it, NULL)) {
        MUST(xap_term_iterator_get(it, &bytes, &len, NULL));
        MUST(xap_term_iterator_get_wdf(it, &number, NULL));
        buf_str(out, "\n ");
        print_bytes(out, bytes, len);
        buf_printf(out, " %u", number);
    }
    xap_term_iterator_free(it);
    xap_document_free(document);
}

static void
print_slot(struct buf *out, const struct xap_database *db, uint32_t slot)
{
    struct xap_value_iterator *it;
    const char *bytes;
    size_t len;
    uint32_t number;
    MUST(xap_database_get_value_freq(db, slot, &number, NULL));
    buf_printf(out, "\nslot %u: %u", slot, number);
    MUST(xap_database_get_value_lower_bound(db, slot, &bytes, &len, NULL));
    print_bytes(out, bytes, len);
    MUST(xap_database_get_value_upper_bound(db, slot, &bytes, &len, NULL));
    print_bytes(out, bytes, len);
    MUST(xap_database_valuestream_begin(db, slot, &it, NULL));
    for (; !xap_value_iterator_at_end(it); xap_value_iterator_next(it, NULL)) {
        MUST(xap_value_iterator_get(it, &bytes, &len, NULL));
        MUST(xap_value_iterator_get_docid(it, &number, NULL));
        buf_printf(out, "\n  %u", number);
        print_bytes(out, bytes, len);
    }
    xap_value_iterator_free(it);
}

static void
print_metadata(struct buf *out, const struct xap_database *db)
{
    struct xap_term_iterator *it;
    const char *key, *value;
    size_t key_len, len;
    MUST(xap_database_metadata_keys_begin(db, "", 0, &it, NULL));
    for (; !xap_term_iterator_at_end(it); xap_term_iterator_next(it, NULL)) {
        MUST(xap_term_iterator_get(it, &key, &key_len, NULL));
        MUST(xap_database_get_metadata(db, key, key_len, &value, &len, NULL));
        buf_str(out, "\nmetadata");
        print_bytes(out, key, key_len);
        print_bytes(out, value, len);
    }
    xap_term_iterator_free(it);
}

static void
print_database(struct buf *out, const struct xap_database *db)
{
    uint32_t documents, last, low, high;
    uint64_t length;
    bool positions;
    MUST(xap_database_get_doccount(db, &documents, NULL));
    MUST(xap_database_get_lastdocid(db, &last, NULL));
    MUST(xap_database_get_total_length(db, &length, NULL));
    MUST(xap_database_get_doclength_lower_bound(db, &low, NULL));
    MUST(xap_database_get_doclength_upper_bound(db, &high, NULL));
    MUST(xap_database_has_positions(db, &positions, NULL));
    buf_printf(out, "%u documents to %u, %llu words, %u to %u each, positions: %d", documents, last,
               (unsigned long long)length, low, high, positions);
    print_postings(out, db, "", 0);
    print_terms(out, db);
    for (uint32_t docid = 1; docid <= last; docid++)
        print_document(out, db, docid);
    for (uint32_t slot = 0; slot < 10; slot++)
        print_slot(out, db, slot);
    print_metadata(out, db);
}

/* The first line in which they differ, and the one before. */
static void
compare(const struct buf *got, const struct buf *wanted)
{
    assert_int_equal(got->failed, ERR_NONE);
    assert_int_equal(wanted->failed, ERR_NONE);
    size_t at = 0, line = 0;
    while (at < got->len && at < wanted->len && got->data[at] == wanted->data[at]) {
        if (got->data[at] == '\n')
            line = at;
        at++;
    }
    if (at < got->len || at < wanted->len)
        fail_msg("bulk: %.300s\nXapian: %.300s", got->data + line, wanted->data + line);
}

/* ---- both ways ---- */

static char folder[64];

static int
set_up(void **state)
{
    (void)state;
    seed = 88172645463325252;
    terms_init(&terms);
    snprintf(folder, sizeof folder, "/tmp/broadsheet-bulk-XXXXXX");
    return packer_new(&packer, NULL) && mkdtemp(folder) ? 0 : -1;
}

static int
remove_entry(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static int
tear_down(void **state)
{
    (void)state;
    terms_release(&terms);
    packer_free(packer);
    packer_free(NULL);
    return nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *
path_of(const char *name)
{
    static char path[4][128];
    static unsigned n;
    snprintf(path[++n % 4], sizeof path[0], "%s/%s", folder, name);
    return path[n % 4];
}

struct pair {
    struct bulk *bulk;
    struct xap_writable_database *db;
    uint32_t number;
};

static void
open_pair(struct pair *p, size_t memory)
{
    struct err err = {.code = ERR_NONE};
    p->number = 0;
    MUST(xap_writable_database_new_open(path_of("xapian"), XAP_DB_CREATE_OR_OPEN | XAP_DB_BACKEND_GLASS | XAP_DB_NO_SYNC,
                                        0, &p->db, NULL));
    if (!bulk_new(&p->bulk, path_of("bulk"), memory, &err))
        fail_msg("%s", err.msg);
}

static void
add_article(struct pair *p, uint32_t words, uint32_t vocabulary)
{
    struct made m = {.uid = ""};
    struct err err = {.code = ERR_NONE};
    bool replaced;
    make(&m, p->number++, words, vocabulary);
    if (!bulk_add(p->bulk, m.uid, m.packed, &replaced, &err))
        fail_msg("%s", err.msg);
    assert_false(replaced);
    MUST(xap_writable_database_add_document(p->db, m.document, NULL, NULL));
    release(&m);
}

static void
remember(struct pair *p, const char *key, const char *value)
{
    assert_true(bulk_remember(p->bulk, key, strlen(key), value, strlen(value), NULL));
    MUST(xap_writable_database_set_metadata(p->db, key, strlen(key), value, strlen(value), NULL));
}

static void
check(const char *path)
{
    size_t errors;
    char *report;
    struct xap_error error;
    if (xap_database_check(path, XAP_DBCHECK_FULL_TREE, &errors, &report, &error) != XAP_OK)
        fail_msg("%s: %s", path, error.message);
    if (errors != 0)
        fail_msg("%s: %s", path, report);
    xap_free(report);
}

/* Do both have the same now? */
static void
compare_databases(const struct xap_writable_database *bulk, const struct xap_writable_database *wanted)
{
    struct buf a, b;
    buf_init(&a, (size_t)1 << 31);
    buf_init(&b, (size_t)1 << 31);
    print_database(&a, xap_writable_database_as_database(bulk));
    print_database(&b, xap_writable_database_as_database(wanted));
    compare(&a, &b);
    buf_release(&a);
    buf_release(&b);
}

static void
change(struct xap_writable_database *db, uint32_t docid, const struct xap_document *document)
{
    if (document)
        MUST(xap_writable_database_replace_document(db, docid, document, NULL));
    else
        xap_writable_database_delete_document(db, docid, NULL); /* it may be gone */
}

/* Changes of all kinds through the API; returns what they led to. */
static void
live_on(struct pair *p, struct xap_writable_database *bulk, uint32_t vocabulary)
{
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 40; i++) {
            struct made m = {.uid = ""};
            const uint32_t docid = 1 + draw(p->number + 10), kind = draw(3);
            make(&m, 1000000 + p->number + draw(1000000), 1 + draw(200), vocabulary);
            change(bulk, docid, kind > 0 ? m.document : NULL);
            change(p->db, docid, kind > 0 ? m.document : NULL);
            release(&m);
        }
        MUST(xap_writable_database_commit(bulk, NULL));
        MUST(xap_writable_database_commit(p->db, NULL));
        check(path_of("bulk"));
        compare_databases(bulk, p->db);
    }
}

/* Finishes both, compares them, and lives on with them. */
static void
close_pair(struct pair *p, uint32_t vocabulary)
{
    struct err err = {.code = ERR_NONE};
    struct xap_writable_database *bulk;
    if (!bulk_finish(p->bulk, &err))
        fail_msg("%s", err.msg);
    bulk_free(p->bulk);
    MUST(xap_writable_database_commit(p->db, NULL));
    check(path_of("bulk"));
    struct xap_error error;
    if (xap_writable_database_new_open(path_of("bulk"), XAP_DB_OPEN | XAP_DB_NO_SYNC, 0, &bulk, &error) != XAP_OK)
        fail_msg("%s", error.message);
    compare_databases(bulk, p->db);
    live_on(p, bulk, vocabulary);
    xap_writable_database_free(bulk);
    xap_writable_database_free(p->db);
}

static void
an_empty_one_has_its_metadata(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p, 1 << 20);
    remember(&p, "Key", "value");
    remember(&p, "Gone", "x");
    remember(&p, "Gone", "");
    close_pair(&p, 20);
}

/* Each article is a run of its own. */
static void
few_files_may_be_open(void **state)
{
    (void)state;
    struct pair p;
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    const struct rlimit few = {40, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    open_pair(&p, 1);
    for (int i = 0; i < 60; i++)
        add_article(&p, 1 + draw(50), 100);
    close_pair(&p, 100);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

static void
articles_are_what_xapian_would_have_written(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p, (size_t)1 << 30);
    for (int i = 0; i < 400; i++) {
        char key[20], value[40];
        add_article(&p, i % 50 == 7 ? 0 : 1 + draw(300), 5000);
        snprintf(key, sizeof key, "Ffile%d", i % 170);
        snprintf(value, sizeof value, "%u", draw(1000000));
        remember(&p, key, value);
    }
    close_pair(&p, 5000);
}

/* Three words in all articles: lists of many chunks. */
static void
long_lists_of_postings(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p, (size_t)1 << 30);
    for (int i = 0; i < 4000; i++)
        add_article(&p, 3, 3);
    close_pair(&p, 3);
}

/* Articles of many words, with tags of many components. */
static void
long_articles(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p, (size_t)1 << 30);
    add_article(&p, 60000, 40);
    add_article(&p, 30000, 20000);
    add_article(&p, 5, 10);
    close_pair(&p, 100);
}

/* Memory for next to nothing: so many runs that they are merged, twice. */
static void
runs_on_disk(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p, 1);
    for (int i = 0; i < 150; i++) {
        add_article(&p, 1 + draw(60), 300);
        if (i % 3 == 0)
            remember(&p, i % 2 ? "one" : "two", i % 7 ? "a value" : "");
    }
    close_pair(&p, 300);
}

static void
the_last_of_a_uid_counts(void **state)
{
    (void)state;
    struct bulk *b;
    struct made m = {.uid = ""};
    bool replaced;
    size_t n;
    assert_true(bulk_new(&b, path_of("twice"), 1 << 20, NULL));
    for (uint32_t i = 0; i < 6; i++) {
        make(&m, i % 3, 5, 10);
        assert_true(bulk_add(b, m.uid, m.packed, &replaced, NULL));
        assert_int_equal(replaced, i >= 3);
        release(&m);
    }
    const uint32_t *docid = bulk_superseded(b, &n);
    assert_int_equal(n, 3);
    assert_int_equal(docid[0], 1);
    assert_int_equal(docid[2], 3);
    assert_true(bulk_finish(b, NULL));
    bulk_free(b);
    check(path_of("twice"));
}

static void
half_a_database_leaves_no_temporary_files(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p, 1);
    for (int i = 0; i < 5; i++)
        add_article(&p, 9, 10);
    assert_int_equal(access(path_of("bulk/run-0.tmp"), F_OK), 0);
    bulk_free(p.bulk);
    bulk_free(NULL);
    assert_int_not_equal(access(path_of("bulk/run-0.tmp"), F_OK), 0);
    assert_int_not_equal(access(path_of("bulk/facts.tmp"), F_OK), 0);
    assert_int_not_equal(access(path_of("bulk/iamglass"), F_OK), 0);
    xap_writable_database_free(p.db);
}

static void
what_cannot_be_is_refused(void **state)
{
    (void)state;
    struct err err = {.code = ERR_NONE};
    struct packed *packed = NULL;
    struct bulk *b;
    char name[300];
    memset(name, 'x', sizeof name);
    assert_true(terms_start(&terms, NULL));
    add(name, 246, 0, 0);
    assert_false(packer_pack(packer, &terms, NULL, 0, "", 0, &packed, &err));
    assert_int_equal(err.code, ERR_ARG);
    assert_null(packed);
    assert_true(terms_start(&terms, NULL));
    add("a\0b", 3, 0, 0);
    assert_false(packer_pack(packer, &terms, NULL, 0, "", 0, &packed, &err));
    assert_int_equal(err.code, ERR_ARG);
    assert_false(bulk_new(&b, folder, 1, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_non_null(strstr(err.msg, folder));
    bulk_free(b);
    struct table *t;
    assert_true(table_new(&t, folder, "order", NULL));
    assert_true(table_add(t, "b", 1, "", 0, false, NULL));
    assert_false(table_add(t, "b", 1, "", 0, false, &err));
    assert_int_equal(err.code, ERR_BUG);
    assert_false(table_add(t, "a", 1, "", 0, false, &err));
    assert_false(table_add(t, "", 0, "", 0, false, &err));
    table_free(t);
}

/* Against values worked out by hand from the format's description. */
static void
numbers_are_coded_as_glass_does(void **state)
{
    (void)state;
    static const struct {
        uint32_t number;
        size_t len;
        unsigned char bytes[CODE_SORTABLE_UINT_MAX];
    } sortable[] = {{0, 2, {0, 0}},
                    {0x7fff, 2, {0x7f, 0xff}},
                    {0x8000, 3, {0x80, 0x80, 0}},
                    {0x3fffff, 3, {0xbf, 0xff, 0xff}},
                    {0x400000, 4, {0xc0, 0x40, 0, 0}},
                    {0x1fffffff, 4, {0xdf, 0xff, 0xff, 0xff}},
                    {0x20000000, 5, {0xe0, 0x20, 0, 0, 0}},
                    {0xffffffff, 5, {0xe0, 0xff, 0xff, 0xff, 0xff}}};
    unsigned char out[POSITIONS_BYTES(2)];
    for (size_t i = 0; i < sizeof sortable / sizeof *sortable; i++) {
        assert_int_equal(code_sortable_uint(out, sortable[i].number) - out, sortable[i].len);
        assert_memory_equal(out, sortable[i].bytes, sortable[i].len);
    }
    assert_int_equal(code_uint(out, 300) - out, 2);
    assert_memory_equal(out, "\xac\x02", 2);
    assert_int_equal(code_uint_last(out, 0x102) - out, 2);
    assert_memory_equal(out, "\x02\x01", 2);
    assert_int_equal(code_sortable_bytes(out, "a\0b", 3) - out, 4);
    assert_memory_equal(out, "a\0\xff"
                             "b",
                        4);
    /* 4 and 6: last 6; first 4 of 6 (3 bits, 2 spare: the middle two, 2 and 3, take 2 bits; 4 is coded 0 + 4); no more
     * between 0 and 1 of 2 */
    const uint32_t two[] = {4, 6};
    assert_int_equal(positions_pack(two, 1, out), 1);
    assert_int_equal(out[0], 4);
    assert_int_equal(positions_pack(two, 2, out), 2);
    assert_int_equal(out[0], 6);
    assert_int_equal(out[1], 4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_are_coded_as_glass_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_one_has_its_metadata, set_up, tear_down),
        cmocka_unit_test_setup_teardown(few_files_may_be_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(articles_are_what_xapian_would_have_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_lists_of_postings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_articles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(runs_on_disk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_last_of_a_uid_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(half_a_database_leaves_no_temporary_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_is_refused, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("bulk", tests, NULL, NULL);
}
