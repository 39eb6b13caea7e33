/* suggest.c - did you mean: words of the index in place of words of the query that find nothing
 *
 * The best is near in letters and frequent: log(articles) - 4 edits, and one more for the same first letter. A word that stands in
 * an article or two is replaced only by one that is far more frequent, and never where it is a name there: written with a
 * capital inside a sentence. It is shown as an article writes it: with its accents.
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

/* Ways in which a word is written that are counted. */
#define WRITTEN_MAX 4

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

/* What is looked for in the articles that have a word. */
struct look {
    const char *form; /* of the word */
    /* At the word at text[from, to). */
    bool (*at)(struct look *look, const char *text, size_t from, size_t to, struct err *err);
    bool done;        /* no more is wanted */
    unsigned articles_max;
    struct written {
        char word[WORD_MAX + 1];
        unsigned times;
    } written[WRITTEN_MAX];
    size_t n;
};

static bool
look_through(struct planner *p, struct look *look, const char *text, struct err *err)
{
    struct word word;
    struct err why = {.code = ERR_NONE};
    if (!words_language(p->words, NULL, err) || !words_start(p->words, text, strlen(text), err))
        return false;
    bool ok = true;
    while (ok && !look->done && words_next(p->words, &word, &why))
        if (strcmp(word.term, look->form) == 0)
            ok = look->at(look, text, word.from, word.to, err);
    if (why.code != ERR_NONE && err)
        *err = why;
    return ok && why.code == ERR_NONE;
}

/* Looks at the word where the first articles that have it write it. */
static bool
look_at_articles(struct planner *p, struct look *look, struct err *err)
{
    struct xap_posting_iterator *it = NULL;
    struct xap_error error;
    bool ok = true;
    enum xap_code code = xap_database_postlist_begin(p->db, look->form, strlen(look->form), &it, &error);
    for (unsigned n = 0; ok && code == XAP_OK && !look->done && n < look->articles_max && !xap_posting_iterator_at_end(it); n++) {
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
        ok = code != XAP_OK ||
             (article_read(&a, data, len, 1U << ARTICLE_BODY | 1U << ARTICLE_TITLE, err) &&
              look_through(p, look, article_get(&a, ARTICLE_BODY), err) &&
              look_through(p, look, article_get(&a, ARTICLE_TITLE), err));
        article_release(&a);
        xap_document_free(doc);
        if (ok && code == XAP_OK)
            code = xap_posting_iterator_next(it, &error);
    }
    xap_posting_iterator_free(it);
    return ok && (code == XAP_OK || plan_failed(&error, err));
}

static bool
find_name(struct look *look, const char *text, size_t from, size_t to, struct err *err)
{
    return is_name_here(text, from, to, &look->done, err);
}

/* Is the word a name in one of the few articles that have it? */
static bool
find_names(struct planner *p, const char *form, bool *is, struct err *err)
{
    struct look look = {.form = form, .at = find_name, .articles_max = RARE};
    const bool ok = look_at_articles(p, &look, err);
    *is = look.done;
    return ok;
}

/* ---- how a word is written ---- */

/* Counts how the word is written here, but for its capitals; with a possessive ending it is another one. */
static bool
count_written(struct look *look, const char *text, size_t from, size_t to, struct err *err)
{
    struct buf small;
    size_t i = 0;
    if (to - from > WORD_MAX || (text[to - 1] == 's' && look->form[strlen(look->form) - 1] != 's'))
        return true;
    buf_init(&small, 4 * WORD_MAX);
    const bool ok = fold_small(&small, text + from, to - from, err);
    while (ok && i < look->n && strcmp(look->written[i].word, small.data) != 0)
        i++;
    if (ok && i < WRITTEN_MAX && small.len > 0 && small.len <= WORD_MAX && !strstr(small.data, "\xc2\xad")) {
        if (i == look->n)
            memcpy(look->written[look->n++].word, small.data, small.len + 1);
        look->written[i].times++;
    }
    buf_release(&small);
    return ok;
}

/* Puts the form that the articles write most in place of the normal form. */
static bool
find_written(struct planner *p, char form[WORD_MAX + 1], struct err *err)
{
    struct look look = {.form = form, .at = count_written, .articles_max = 1};
    size_t best = 0;
    if (!look_at_articles(p, &look, err))
        return false;
    for (size_t i = 1; i < look.n; i++)
        if (look.written[i].times > look.written[best].times)
            best = i;
    if (look.n > 0)
        memcpy(form, look.written[best].word, strlen(look.written[best].word) + 1);
    return true;
}

/* ---- the whole ---- */

/* A copy of the word, with a capital if one was typed; NULL: no memory. */
static char *
as_typed(const char *word, const char *raw, size_t raw_len)
{
    struct buf out;
    buf_init(&out, 4 * WORD_MAX);
    if (fold_is_capital(raw, raw_len))
        fold_capital(&out, word, strlen(word));
    else
        buf_str(&out, word);
    return buf_take(&out);
}

static bool
suggest(struct planner *p, const struct missed *missed, const char *word, size_t len, struct err *err)
{
    struct plan_suggestion *s = &p->plan->suggestion[p->plan->n_suggestions];
    char written[WORD_MAX + 1];
    if (len > WORD_MAX)
        return true;
    memcpy(written, word, len);
    written[len] = '\0';
    if (!find_written(p, written, err))
        return false;
    s->from = (size_t)(missed->raw - p->query->text);
    s->to = s->from + missed->raw_len;
    s->word = as_typed(written, missed->raw, missed->raw_len);
    if (!s->word)
        return err_nomem(err);
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
