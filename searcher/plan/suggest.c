/* suggest.c - did you mean: words of the index in place of words of the query that find nothing
 *
 * The best is near in letters and frequent: log(articles) - 4 edits, and one more for the same first letter. A word that stands in
 * an article or two is replaced only by one that is far more frequent, and never where it is a name there: written with a
 * capital inside a sentence.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/article.h"
#include "common/fold.h"
#include "common/utf8.h"
#include "searcher/plan/vocabulary.h"

/* Articles that "next to nothing" may be, and how many times more those of a better word must be. */
#define RARE 2
#define RARE_TIMES 500

#define LETTERS_MIN 4     /* of a word that is looked at */
#define LETTERS_TWO 6     /* from here on two letters may be wrong */
#define EDIT_PRICE 4.0
#define FIRST_LETTER 1.0

void
suggest_miss(struct planner *p, const char *raw, size_t raw_len, double articles)
{
    const char *text = p->query->text;
    const bool rare = articles > 0 && articles <= RARE && p->articles >= RARE * RARE_TIMES;
    if (!p->suggest || p->excluding || p->n_missed == SUGGESTIONS_MAX || (articles > 0 && !rare) || !text ||
        raw < text || raw + raw_len > text + p->query->len)
        return;
    p->missed[p->n_missed++] = (struct missed){raw, raw_len, articles};
}

size_t
suggest_forget(const struct planner *p, const struct query_node *node)
{
    size_t n = p->n_missed;
    while (n > 0 && p->missed[n - 1].raw >= node->text && p->missed[n - 1].raw < node->text + node->len)
        n--;
    return n;
}

static size_t
count_letters(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] >= '0' && text[i] <= '9')
            return 0; /* numbers are not misspelt words */
        n += ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return n;
}

/* The best of the words, or NULL. */
static const struct meant_word *
choose(const struct meant *meant, const char *form, double articles)
{
    const struct meant_word *best = NULL;
    double most = -HUGE_VAL;
    for (size_t i = 0; i < meant->n; i++) {
        const struct meant_word *w = &meant->word[i];
        const char *word = meant->bytes.data + w->at;
        if (w->edits == 0 || word[w->len - 1] == '.' || /* a name in capitals is no word */
             (articles > 0 && (w->edits > 1 || w->articles < RARE_TIMES * articles)) ||
            (w->edits > 1 && w->articles < 2))
            continue;
        const double worth = log(w->articles) - EDIT_PRICE * w->edits + (word[0] == form[0] ? FIRST_LETTER : 0);
        if (worth > most) {
            most = worth;
            best = w;
        }
    }
    return best;
}

/* ---- names ---- */

/* Is the word at text[from, to) capitalised, and not because it begins a sentence? */
static bool
is_name_here(const char *text, size_t from, size_t to, bool *is, struct err *err)
{
    struct buf folded;
    *is = false;
    size_t before = from;
    while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\n'))
        before--;
    if (before == 0 || before == from || strchr(".!?:\"'", text[before - 1]) || (unsigned char)text[before - 1] >= 0x80)
        return true; /* a sentence may begin here */
    buf_init(&folded, 2 * SCHEMA_TERM_MAX);
    const bool ok = fold_case(&folded, text + from, to - from, err);
    *is = ok && folded.len == to - from && memcmp(folded.data, text + from, to - from) != 0;
    buf_release(&folded);
    return ok;
}

/* Looks through one text of an article for the word. */
static bool
find_name(struct planner *p, const char *text, const char *form, bool *is, struct err *err)
{
    struct word word;
    struct err why = {.code = ERR_NONE};
    if (!words_language(p->words, NULL, err) || !words_start(p->words, text, strlen(text), err))
        return false;
    bool ok = true;
    while (ok && !*is && words_next(p->words, &word, &why))
        if (strcmp(word.term, form) == 0)
            ok = is_name_here(text, word.from, word.to, is, err);
    if (why.code != ERR_NONE && err)
        *err = why;
    return ok && why.code == ERR_NONE;
}

/* Is the word a name in one of the few articles that have it? */
static bool
find_names(struct planner *p, const char *form, bool *is, struct err *err)
{
    struct xap_posting_iterator *it = NULL;
    struct xap_error error;
    bool ok = true;
    *is = false;
    enum xap_code code = xap_database_postlist_begin(p->db, form, strlen(form), &it, &error);
    while (ok && code == XAP_OK && !*is && !xap_posting_iterator_at_end(it)) {
        struct xap_document *doc = NULL;
        struct article a;
        const char *data = NULL;
        size_t len = 0;
        xap_docid docid = 0;
        code = xap_posting_iterator_get(it, &docid, &error);
        if (code == XAP_OK)
            code = xap_database_get_document(p->db, docid, 0, &doc, &error);
        if (code == XAP_OK)
            code = xap_document_get_data(doc, &data, &len, &error);
        article_init(&a);
        ok = code != XAP_OK || (article_parse(&a, data, len, err) && find_name(p, article_get(&a, ARTICLE_BODY), form, is, err));
        article_release(&a);
        xap_document_free(doc);
        if (ok && code == XAP_OK)
            code = xap_posting_iterator_next(it, &error);
    }
    xap_posting_iterator_free(it);
    return ok && (code == XAP_OK || plan_failed(&error, err));
}

/* ---- the whole ---- */

static bool
suggest(struct planner *p, const struct missed *missed, const char *word, size_t len, struct err *err)
{
    struct plan_suggestion *s = &p->plan->suggestion[p->plan->n_suggestions];
    s->from = (size_t)(missed->raw - p->query->text);
    s->to = s->from + missed->raw_len;
    s->word = strndup(word, len);
    if (!s->word)
        return err_nomem(err);
    if (missed->raw[0] >= 'A' && missed->raw[0] <= 'Z' && s->word[0] >= 'a' && s->word[0] <= 'z')
        s->word[0] = (char)(s->word[0] - 'a' + 'A'); /* as it was typed */
    p->plan->n_suggestions++;
    return true;
}

static bool
look_for(struct planner *p, const struct missed *missed, struct err *err)
{
    char form[WORD_MAX + 1];
    size_t len;
    bool name = false;
    struct meant meant;
    struct err why = {.code = ERR_NONE};
    struct query_node node = {.kind = QUERY_FUZZY, .text = missed->raw, .len = missed->raw_len};
    const size_t letters = count_letters(missed->raw, missed->raw_len);
    if (letters < LETTERS_MIN || !forms_normal(p, &node, form, &len))
        return true;
    form[len] = '\0';
    node.number = letters < LETTERS_TWO ? 1 : 2;
    meant_init(&meant);
    bool ok = similar_find(p, &node, &meant, &why);
    const struct meant_word *best = ok ? choose(&meant, form, missed->articles) : NULL;
    if (ok && best && missed->articles > 0)
        ok = find_names(p, form, &name, &why);
    if (ok && best && !name)
        ok = suggest(p, missed, meant.bytes.data + best->at, best->len, &why);
    meant_release(&meant);
    if (ok || why.code == ERR_ARG) /* an index of very many words: no suggestion */
        return true;
    if (err)
        *err = why;
    return false;
}

bool
suggest_make(struct planner *p, struct err *err)
{
    for (size_t i = 0; i < p->n_missed; i++)
        if (!look_for(p, &p->missed[i], err))
            return false;
    return true;
}
