/* fuzz-snippet.c - any bytes as a query and an article: the passage keeps what snippet.h promises,
 * and an index of the article alone can be searched
 *
 * The first byte chooses the language and the room; the query ends at the first NUL; the text ends
 * at the next one, and captions follow.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/article.h"
#include "common/utf8.h"
#include "common/words.h"
#include "indexer/store/document.h"
#include "searcher/plan/plan.h"
#include "searcher/query/read.h"
#include "searcher/snippet.h"
#include "shim/xapian-c-write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct words *words;
static struct xap_database *db; /* without articles: enough to plan */

static void
must(bool truth)
{
    if (!truth)
        abort();
}

static bool
on_boundary(const struct marked_text *t, size_t at)
{
    return at == t->len || ((unsigned char)t->text[at] & 0xc0) != 0x80;
}

static void
check(const struct marked_text *t)
{
    size_t last = 0;
    must(t->text || (t->len == 0 && t->n_marks == 0));
    if (!t->text)
        return;
    must(t->text[t->len] == '\0' && strlen(t->text) == t->len && utf8_valid(t->text, t->len));
    for (size_t i = 0; i < t->n_marks; i++) {
        const struct mark *m = &t->mark[i];
        must(m->from < m->to && m->to <= t->len && (i == 0 || m->from > last));
        must(on_boundary(t, m->from) && on_boundary(t, m->to));
        last = m->to;
    }
}

/* Does a text have a word that the query means? */
static bool
has_match(struct matcher *m, const char *field, const char *text)
{
    struct word word;
    size_t which;
    bool found = false;
    must(words_start(words, text, strlen(text), NULL));
    matcher_start(m, field);
    while (words_next(words, &word, NULL))
        found = matcher_next(m, &word, &which) > 0 || found;
    return found;
}

/* Never longer than asked. Is there a mark in them? */
static bool
check_all(const struct snippets *s, size_t room)
{
    size_t bytes = 0;
    bool marked = false;
    struct marked_text line;
    must(s->n <= PASSAGES_MAX);
    for (size_t i = 0; i < s->n; i++) {
        check(&s->passage[i]);
        must(s->passage[i].len > 0);
        bytes += s->passage[i].len + (i > 0 ? strlen(PASSAGES_BETWEEN) : 0);
        marked = marked || s->passage[i].n_marks > 0;
    }
    must(bytes <= room);
    must(snippets_join(&line, s, false, NULL));
    check(&line);
    must(line.len == bytes);
    marked_text_release(&line);
    return marked;
}

static void
mark_all(const struct article *a, struct matcher *m, size_t room)
{
    struct marked_text t;
    const char *body = article_get(a, ARTICLE_BODY), *language = article_get(a, ARTICLE_LANGUAGE);
    must(snippet_mark(&t, body, "body", language, words, m, NULL));
    check(&t);
    must((t.n_marks > 0) == has_match(m, "body", body));
    const bool in_body = t.n_marks > 0;
    marked_text_release(&t);

    struct snippets s;
    must(snippet_make(&s, a, room, words, m, NULL));
    const bool marked = check_all(&s, room);
    must(!in_body || marked);
    for (size_t i = 0; i < a->list[ARTICLE_CAPTION].n && !marked; i++)
        must(!has_match(m, "caption", a->list[ARTICLE_CAPTION].item[i]));
    snippets_release(&s);
}

static void
must_be_same(const struct marked_text *a, const struct marked_text *b)
{
    must(a->len == b->len && a->n_marks == b->n_marks && a->cut_before == b->cut_before &&
         a->cut_after == b->cut_after);
    must(a->len == 0 || memcmp(a->text, b->text, a->len) == 0);
    for (size_t i = 0; i < a->n_marks; i++)
        must(a->mark[i].from == b->mark[i].from && a->mark[i].to == b->mark[i].to);
}

/* What is skimmed comes out as what is read from end to end. */
static void
skim(const struct article *a, struct matcher *m, size_t room)
{
    const char *body = article_get(a, ARTICLE_BODY), *language = article_get(a, ARTICLE_LANGUAGE);
    struct marked_text marked, all_marked;
    struct snippets passages, all_passages;
    must(snippet_mark(&marked, body, "body", language, words, m, NULL));
    must(snippet_make(&passages, a, room, words, m, NULL));
    matcher_read_all(m);
    must(snippet_mark(&all_marked, body, "body", language, words, m, NULL));
    must(snippet_make(&all_passages, a, room, words, m, NULL));
    must_be_same(&marked, &all_marked);
    must(passages.n == all_passages.n);
    for (size_t i = 0; i < passages.n; i++)
        must_be_same(&passages.passage[i], &all_passages.passage[i]);
    marked_text_release(&marked);
    snippets_release(&passages);
    marked_text_release(&all_marked);
    snippets_release(&all_passages);
}

/* Is the article found by the query, in an index of its own? A query may be too dear: then it is
 * not. */
static bool
is_found(const struct xap_database *own, const struct query *q, const char *language)
{
    const struct plan_filter none = {.since = NULL};
    struct plan plan;
    struct xap_enquire *enquire = NULL;
    struct xap_mset *mset = NULL;
    struct xap_error error;
    struct query copy = *q;
    copy.note = NULL; /* planning adds notes */
    copy.n_notes = 0;
    const bool made = plan_make(&plan, &copy, language, &none, own, words, NULL);
    bool found = false;
    if (made && plan.query) {
        must(xap_enquire_new(own, &enquire, &error) == XAP_OK &&
             xap_enquire_set_query(enquire, plan.query, 0, &error) == XAP_OK);
        const enum xap_code code = xap_enquire_get_mset(enquire, 0, 10, 10, NULL, &mset, &error);
        must(code == XAP_OK || code == XAP_WILDCARD_ERROR);
        found = code == XAP_OK && xap_mset_size(mset) > 0;
    }
    xap_mset_free(mset);
    xap_enquire_free(enquire);
    if (made)
        plan_release(&plan);
    for (size_t i = 0; i < copy.n_notes; i++)
        free(copy.note[i].text);
    free(copy.note);
    return found;
}

static void
search(struct article *a, const struct query *q, const char *language)
{
    static struct analysis *analysis;
    struct xap_writable_database *own = NULL;
    struct document d;
    struct xap_error error;
    must(analysis || analysis_new(&analysis, NULL));
    must(article_set(a, ARTICLE_ID, "1", 1, NULL) && article_identify(a, "/a", "1", NULL));
    must(document_build(analysis, a, &d, NULL));
    must(xap_writable_database_new_open("", XAP_DB_CREATE | XAP_DB_BACKEND_INMEMORY, 0, &own,
                                        &error) == XAP_OK);
    must(xap_writable_database_add_document(own, d.xapian, NULL, &error) == XAP_OK);
    is_found(xap_writable_database_as_database(own), q, language);
    document_release(&d);
    xap_writable_database_free(own);
}

static const char *
until_nul(const char **at, const char *end, size_t *len)
{
    const char *from = *at, *nul = from < end ? memchr(from, '\0', (size_t)(end - from)) : NULL;
    *len = (size_t)((nul ? nul : end) - from);
    *at = nul ? nul + 1 : end;
    return from;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"", "en", "de", "fr", "ru", "ar", "zh", "ja"};
    const char *at = (const char *)data + 1, *end = (const char *)data + size, *part;
    const struct plan_filter none = {.since = NULL};
    struct article a;
    struct query q;
    struct plan plan;
    size_t len;
    if (!words && (!words_new(&words, NULL) || xap_database_new(&db, NULL) != XAP_OK))
        abort();
    if (size == 0)
        return 0;
    part = until_nul(&at, end, &len);
    if (!query_read(&q, part, len, NULL, NULL))
        return 0;
    article_init(&a);
    const char *language = languages[data[0] % 8];
    must(article_set(&a, ARTICLE_LANGUAGE, language, strlen(language), NULL));
    part = until_nul(&at, end, &len);
    must(article_set(&a, ARTICLE_BODY, part, len, NULL));
    while (at < end) {
        part = until_nul(&at, end, &len);
        must(article_add(&a, ARTICLE_CAPTION, part, len, NULL));
    }
    if (plan_make(&plan, &q, data[0] & 8 ? NULL : language, &none, db, words, NULL)) {
        mark_all(&a, plan.matcher, (size_t)16 << (data[0] >> 4 & 7));
        skim(&a, plan.matcher, (size_t)16 << (data[0] >> 4 & 7));
        plan_release(&plan);
    }
    search(&a, &q, data[0] & 8 ? NULL : language);
    query_release(&q);
    article_release(&a);
    return 0;
}
