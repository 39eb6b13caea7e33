/* names.c - names in other scripts than the one they were typed in
 *
 * The index has a list of its names by their sound (common/names.h). A word of the query that may
 * be a name is compared with those that share its key, and the nearest few are looked for beside
 * it, for less weight. Chinese characters are found by their pinyin as well: those pairs of
 * characters that the index has. doc/words.md says what is found.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/names.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/exonym.h"
#include "common/names.h"
#include "common/pinyin.h"
#include "common/schema.h"
#include "common/sound.h"
#include "common/utf8.h"
#include "searcher/plan/named.h"
#include "searcher/plan/vocabulary.h"
#include "searcher/rank/bm25.h"

/* What a name in another script weighs beside the word itself, at most: one that sounds like it,
 * one that is known to be the same. */
#define SHARE 0.4
#define SHARE_KNOWN 0.5
/* Words of a query that are looked for in other scripts. */
#define NAMED_MAX 16
/* A word that so many of the articles have is no name. */
#define FREQUENT 0.1
#define FREQUENT_MIN 20
/* Of each script the nearest are taken, if they are not much farther than the first; of all scripts so many. Words of scripts without
 * capitals may be any words: then less far. */
#define NEAREST 4
#define FARTHER 0.12
#define FARTHER_OF_ALL 0.05
/* How much farther away a word is that half as many articles have. */
#define RARER 0.012

/* ---- names and other words ---- */

/* Articles that are looked into. */
#define SAMPLE 8

/* Does a text have the word as it is in its normal form: without a capital, and not as a part of
 * another? */
static bool
has_small(const char *text, size_t len, const char *word, size_t word_len)
{
    for (const char *end = text + len; text < end;) {
        const char *found = memmem(text, (size_t)(end - text), word, word_len);
        if (!found)
            return false;
        const char before = found > text ? found[-1] : ' ',
                   behind = found + word_len < end ? found[word_len] : ' ';
        /* behind an ASCII blank or mark; in addresses words have no capitals */
        if (memchr(" (\"'n", before, 5) && memchr(" ,.;:!?)\"'\\", behind, 11))
            return true;
        text = found + 1;
    }
    return false;
}

/* The list has every word that had a capital once, Ferry too. It is no name where the first
 * articles that have it write it without one, as often as not. */
static bool
is_common(const struct planner *p, const char *word, size_t len, bool *common, struct err *err)
{
    struct xap_posting_iterator *it = NULL;
    struct xap_error error;
    size_t n = 0, small = 0;
    enum xap_code code = xap_database_postlist_begin(p->db, word, len, &it, &error);
    while (code == XAP_OK && n < SAMPLE && !xap_posting_iterator_at_end(it)) {
        struct xap_document *doc = NULL;
        const char *text;
        size_t text_len;
        xap_docid id = 0;
        code = xap_posting_iterator_get(it, &id, &error);
        if (code == XAP_OK)
            code = xap_database_get_document(p->db, id, 0, &doc, &error);
        if (code == XAP_OK)
            code = xap_document_get_data(doc, &text, &text_len, &error);
        if (code == XAP_OK)
            small += has_small(text, text_len, word, len);
        xap_document_free(doc);
        n++;
        if (code == XAP_OK)
            code = xap_posting_iterator_next(it, &error);
    }
    xap_posting_iterator_free(it);
    *common = n > 0 && 2 * small >= n;
    return code == XAP_OK || plan_failed(&error, err);
}

/* ---- candidates as queries ---- */

/* The language of a stemmer that a script's words may need, as they change at their ends. */
static const char *
language_of(enum sound_script script)
{
    switch (script) {
    case SOUND_CYRILLIC:
        return "ru";
    case SOUND_ARABIC:
        return "ar";
    case SOUND_ARMENIAN:
        return "hy";
    default:
        return NULL;
    }
}

static bool
has_language(const struct planner *p, const char *language)
{
    for (size_t i = 0; language && i < p->n_languages; i++)
        if (strcmp(p->languages[i], language) == 0)
            return true;
    return false;
}

/* Is it one word between blanks? */
static bool
is_spaced(const struct candidate *c)
{
    return c->script < SOUND_HANGUL && !memchr(c->word, ' ', c->len) &&
           !memchr(c->word, '-', c->len);
}

/* Characters or words side by side are as frequent as the rarest of them. */
static bool
count_several(struct planner *p, const char *field, struct candidate *c, struct err *err)
{
    struct cut *cut = p->cut;
    bool ok = cut_words(p, c->word, c->len, cut, err);
    c->articles = ok && cut->n > 1 ? p->articles : 0;
    for (size_t i = 0; ok && i < cut->n; i++) {
        double articles = 0;
        if (cut_said_before(cut, i))
            continue;
        ok = plan_frequency(p, field, cut->bytes.data + cut->word[i].at, cut->word[i].len,
                            &articles, err);
        c->articles = articles < c->articles ? articles : c->articles;
    }
    buf_release(&cut->bytes);
    return ok;
}

/* How many articles have it: 0 where it cannot be meant. */
static bool
count_articles(struct planner *p, const char *field, struct candidate *c, struct err *err)
{
    if (!is_spaced(c))
        return count_several(p, field, c, err);
    bool common = false;
    if (!plan_frequency(p, field, c->word, c->len, &c->articles, err))
        return false;
    if (c->articles > 0 && !c->known && named_has_capitals(c->script) &&
        !is_common(p, c->word, c->len, &common, err))
        return false;
    const bool frequent =
        !c->known && c->articles > FREQUENT_MIN && c->articles > FREQUENT * p->articles;
    /* a name may be written like one: Kyiv in Persian like "how" in Arabic */
    if (common || frequent ||
        (c->known && !named_has_capitals(c->script) && named_is_closed_class(c->word, c->len)))
        c->articles = 0;
    return true;
}

/* A word between blanks: as it is, and by its stem. */
static bool
spaced_query(struct planner *p, const char *field, const struct candidate *c,
             struct xap_query **out, struct err *err)
{
    struct xap_query *parts[2] = {NULL};
    struct word word;
    char prefix[32];
    snprintf(prefix, sizeof prefix, SCHEMA_STEM "%s", field);
    bool ok = plan_term(field, c->word, c->len, &parts[0], err);
    if (ok && has_language(p, language_of(c->script)))
        ok = cut_first_word(p, language_of(c->script), c->word, c->len, &word, err) &&
             (word.stem_len == 0 || plan_term(prefix, word.stem, word.stem_len, &parts[1], err));
    ok = ok && plan_remember(p, MATCH_STEM, c->word, c->len, c->word, c->len, c->articles, err);
    return ok ? plan_combine(XAP_QUERY_OP_SYNONYM, parts, 2, 0, out, err) : plan_drop(parts, 2);
}

static bool
several_query(struct planner *p, const char *field, const struct candidate *c,
              struct xap_query **out, struct err *err)
{
    struct cut *cut = p->cut;
    bool ok = cut_words(p, c->word, c->len, cut, err) &&
              plan_exact_phrase(p, field, c->word, cut, out, err);
    if (ok && *out && cut->n > 2)
        ok = plan_scale(1.0 / (double)(cut->n - 1), out, err);
    buf_release(&cut->bytes);
    return ok;
}

/* articles: that have the word or any of the candidates. All of them weigh as one word that is in
 * so many: a rare one weighs no more than a frequent one that is as near. */
static bool
candidate_query(struct planner *p, const char *field, const struct candidate *c, double articles,
                struct xap_query **out, struct err *err)
{
    const size_t words = p->plan->n_named;
    const size_t before = matcher_count(p->matcher);
    *out = NULL;
    if (!(is_spaced(c) ? spaced_query(p, field, c, out, err)
                       : several_query(p, field, c, out, err)))
        return false;
    p->plan->n_named = words + matcher_count(p->matcher) - before;
    if (!*out)
        return true;
    const double all = bm25_idf(articles, p->articles), own = bm25_idf(c->articles, p->articles);
    const double near = c->known ? SHARE_KNOWN : SHARE * (1 - c->distance) * (1 - c->distance);
    return plan_scale(p->boost * near * (own > all ? all / own : 1), out, err);
}

/* ---- which candidates ---- */

/* Does a word change at its end, so that others that begin alike are forms of it? */
static bool
has_endings(enum sound_script script)
{
    return named_has_capitals(script) || script == SOUND_GEORGIAN || script == SOUND_DEVANAGARI;
}

/* Do they differ in their ends only: the last letter of the shorter one, and what is behind it? */
static bool
begin_alike(const struct candidate *a, const struct candidate *b)
{
    const size_t len = a->len < b->len ? a->len : b->len;
    size_t n = 0;
    while (n < len && a->word[n] == b->word[n])
        n++;
    return n + 3 >= len && n >= 4;
}

/* Shorter words are others when they differ in a letter; fewer letters say as much where vowels are
 * left out. */
#define VARIANT_LETTERS 6
#define VARIANT_CONSONANTS 5

static size_t
variant_letters(enum sound_script script)
{
    return named_leaves_vowels_out(script) ? VARIANT_CONSONANTS : VARIANT_LETTERS;
}

static size_t
count_letters(const struct candidate *c)
{
    size_t n = 0;
    for (size_t at = 0; at < c->len; n++)
        utf8_next(c->word, c->len, &at);
    return n;
}

/* Where a name is known in a script, what only sounds like it is another one: but for forms of it,
 * and for another spelling. That the index has none of the known ones changes nothing. */
static bool
is_another(const struct named *named, const struct candidate *c)
{
    bool known = false;
    for (size_t i = 0; i < named->n; i++) {
        const struct candidate *k = &named->best[i];
        if (!k->known || k->script != c->script)
            continue;
        if (has_endings(c->script) && begin_alike(k, c))
            return false;
        if (count_letters(k) >= variant_letters(c->script) &&
            forms_edits(k->word, k->len, c->word, c->len, 1) <= 1)
            return false;
        known = true;
    }
    return known;
}

/* Of the words of a script without capitals most are no names. What is near, but much rarer than
 * another one, is farther. */
static void
weigh_frequencies(struct named *named, enum sound_script script)
{
    double most = 0;
    for (size_t i = 0; i < named->n; i++)
        if (named->best[i].script == script && !named->best[i].known &&
            named->best[i].articles > most)
            most = named->best[i].articles;
    for (size_t i = 0; i < named->n; i++)
        if (named->best[i].script == script && !named->best[i].known && named->best[i].articles > 0)
            named->best[i].distance += RARER * log2(most / named->best[i].articles);
}

/* Those that are known, and of the others the nearest of a script. */
static void
choose_of(struct named *named, enum sound_script script)
{
    const bool any_word = script >= SOUND_HEBREW && script <= SOUND_GEORGIAN;
    const double farther = any_word || script == SOUND_HAN ? FARTHER_OF_ALL : FARTHER;
    double first = 1;
    if (!named_has_capitals(script))
        weigh_frequencies(named, script);
    for (size_t i = 0; i < named->n; i++) {
        struct candidate *c = &named->best[i];
        if (c->script != script || c->articles == 0)
            continue;
        c->chosen = c->known || !is_another(named, c);
        if (c->chosen && !c->known && c->distance < first)
            first = c->distance;
    }
    for (size_t i = 0; i < named->n; i++) {
        struct candidate *c = &named->best[i];
        size_t nearer = 0;
        if (c->script != script || !c->chosen || c->known)
            continue;
        for (size_t k = 0; k < named->n; k++) {
            const struct candidate *other = &named->best[k];
            nearer += other->script == script && other->chosen && !other->known &&
                      (other->distance < c->distance || (other->distance <= c->distance && k < i));
        }
        c->chosen = nearer < NEAREST && c->distance <= first + farther;
    }
}

/* What a candidate is in the script of the word that is looked for. */
struct meaning {
    const struct named *named;
    bool known, same;
};

static void
add_meaning(void *arg, const char *name, size_t len)
{
    struct meaning *m = arg;
    struct candidate a = {.len = len}, b = {.len = m->named->len};
    if (len > NAME_MAX_BYTES)
        return;
    memcpy(a.word, name, len);
    memcpy(b.word, m->named->word, b.len);
    m->known = true;
    m->same = m->same || (has_endings(m->named->sound.script) && begin_alike(&a, &b)) ||
              (count_letters(&a) >= variant_letters(m->named->sound.script) &&
               forms_edits(a.word, a.len, b.word, b.len, 1) <= 1);
}

/* Beijing sounds like the word for background, but it is known to be another. */
static void
leave_others_out(struct named *named)
{
    for (size_t i = 0; i < named->n; i++) {
        struct candidate *c = &named->best[i];
        struct meaning m = {.named = named};
        if (c->known || c->articles == 0)
            continue;
        exonym_in_table(c->word, c->len, 1U << named->sound.script, add_meaning, &m);
        if (m.known && !m.same)
            c->articles = 0;
    }
}

/* Chooses; returns how many articles have one of them, at most. */
static double
choose(struct named *named)
{
    double articles = 0;
    leave_others_out(named);
    for (size_t script = SOUND_LATIN; script <= SOUND_HAN; script++)
        choose_of(named, (enum sound_script)script);
    for (size_t i = 0; i < named->n; i++)
        articles += named->best[i].chosen ? named->best[i].articles : 0;
    return articles;
}

/* ---- the word ---- */

/* May it be a name? Of scripts with capitals the index knows: it has the word with a capital inside
 * a sentence, or not at all. */
static bool
may_be_name(const struct planner *p, const struct named *named, double articles)
{
    if (articles > FREQUENT_MIN && articles > FREQUENT * p->articles)
        return false;
    if (named_has_capitals(named->sound.script))
        return named->listed || articles == 0;
    return true;
}

/* The characters of a word in pinyin. */
static void
add_characters(void *arg, const char *characters, size_t len)
{
    named_keep(arg, characters, len, 0, false);
}

/* The same person or place, however it sounds. */
static void
add_known(void *arg, const char *name, size_t len)
{
    named_keep(arg, name, len, 0, true);
}

static bool
tell(struct planner *p, const struct query_node *node, const struct named *named,
     const struct xap_query *query, struct err *err)
{
    struct buf list;
    buf_init(&list, (size_t)CANDIDATES * (NAME_MAX_BYTES + 3));
    for (size_t i = 0; i < named->n; i++)
        if (named->best[i].chosen) {
            buf_str(&list, list.len > 0 ? ", " : "");
            buf_add(&list, named->best[i].word, named->best[i].len);
        }
    const bool ok =
        buf_ok(&list, "a note", err) &&
        query_note(p->query, "names", node->from, node->to, err,
                   "'%s' is looked for in other scripts too: %s", named->told, list.data) &&
        plan_list(p, list.data, query, err);
    buf_release(&list);
    return ok;
}

/* Compares it as it would be typed in pinyin, too: shang hai is not Shanghai, g before h is hard to
 * hear. */
static bool
compare_pinyin(const struct planner *p, struct named *named, struct err *err)
{
    struct sound syllables = named->sound;
    char text[8 * NAME_MAX_BYTES / 3];
    size_t n = 0;
    for (size_t at = 0; at < named->len;) {
        const char *syllable = pinyin_of(utf8_next(named->word, named->len, &at));
        for (; syllable && *syllable && n < sizeof text; syllable++)
            text[n++] = *syllable;
    }
    bool ok = true;
    if (sound_of(&named->sound, text, n)) {
        named->sound.script = SOUND_HAN;
        ok = named_compare_keys(p, named, err);
    }
    named->sound = syllables;
    return ok;
}

/* Adds the words of the next node to a name: Kong to Hong, Jong-un to Kim. False: it is none that
 * may be a part of it. */
static bool
join_next(struct planner *p, const struct query_node *node, const struct query_node *next,
          char *text, size_t *len)
{
    struct cut *cut = p->cut;
    bool ok = next->kind == QUERY_WORD && next->occur == node->occur &&
              next->field == node->field && cut_words(p, next->text, next->len, cut, NULL) &&
              cut->n > 0;
    for (size_t i = 0; ok && i < cut->n; i++) {
        const struct cut_word *c = &cut->word[i];
        ok = c->kind == WORD_SPACED && *len + 1 + c->len <= NAME_MAX_BYTES &&
             (i == 0 || (c->from == c[-1].to + 1 && next->text[c[-1].to] == '-'));
        if (!ok)
            break;
        text[(*len)++] = i == 0 ? ' ' : '-';
        memcpy(text + *len, cut->bytes.data + c->at, c->len);
        *len += c->len;
    }
    buf_release(&cut->bytes);
    return ok;
}

/* Words of the query that are one name: Ho Chi Minh City. */
#define JOINED_MAX 4

/* Names that the word has in other scripts, whatever they sound like; as a part of a name of
 * several words, those of all of them. */
static bool
add_exonyms(struct planner *p, const struct query_node *node, struct named *named, struct err *err)
{
    char text[NAME_MAX_BYTES + 1];
    size_t len = named->len;
    const struct query_node *next = node->next;
    const enum sound_script script = named->sound.script;
    memcpy(text, named->word, len);
    for (int i = 1; i < JOINED_MAX && next && join_next(p, node, next, text, &len);
         i++, next = next->next) {
        if (!exonym_find(text, len, script, p->scripts, add_known, named, err))
            return false;
        if (named->n > 0) {
            p->named_to = next;
            memcpy(named->told, text, len);
            named->told[len] = '\0';
            return true;
        }
    }
    return exonym_find(named->word, named->len, script, p->scripts, add_known, named, err);
}

/* Looks for what sounds like it. */
static bool
add_sounds(struct planner *p, const char *field, struct named *named, double articles,
           struct err *err)
{
    bool common = false;
    if (!named->sounds)
        return true;
    if (!named_compare_keys(p, named, err) ||
        (named->sound.script == SOUND_HAN && !compare_pinyin(p, named, err)))
        return false;
    bool wanted = may_be_name(p, named, articles);
    if (wanted && named->listed) {
        if (!is_common(p, named->word, named->len, &common, err))
            return false;
        wanted = !common;
    }
    if (wanted && named->sound.script == SOUND_LATIN && p->scripts & 1U << SOUND_HAN)
        return plan_pinyin(p, field, named->word, named->len, add_characters, named, err);
    for (size_t i = named->n; !wanted && i-- > 0;)
        if (!named->best[i].known)
            named_forget(named, i);
    return true;
}

/* Is it a part of a name of several words that was looked for at the first of them? */
static bool
is_named(const struct planner *p, const struct query_node *node)
{
    for (const struct query_node *n = node; n && p->named_to; n = n->next)
        if (n == p->named_to)
            return true;
    return false;
}

/* Looks for one word in other scripts and puts what is found beside *out. */
static bool
add_named(struct planner *p, const struct query_node *node, struct named *named,
          struct xap_query **out, struct err *err)
{
    const char *field = plan_prefix_of(node);
    struct xap_query *parts[CANDIDATES] = {NULL}, *all = NULL;
    const struct query_node *named_to = p->named_to;
    struct candidate own = {.len = named->len, .script = named->sound.script, .known = true};
    memcpy(own.word, named->word, named->len);
    bool ok = (is_spaced(&own) ? plan_frequency(p, "", own.word, own.len, &own.articles, err)
                               : count_several(p, "", &own, err)) &&
              add_exonyms(p, node, named, err);
    if (ok && p->named_to == named_to)
        ok = add_sounds(p, field, named, own.articles, err);
    for (size_t i = 0; ok && i < named->n; i++)
        ok = count_articles(p, field, &named->best[i], err);
    if (!ok)
        return false;
    double articles = own.articles + choose(named);
    articles = articles < p->articles ? articles : p->articles;
    for (size_t i = 0; ok && i < named->n; i++)
        if (named->best[i].chosen)
            ok = candidate_query(p, field, &named->best[i], articles, &parts[i], err);
    if (!ok)
        return plan_drop(parts, CANDIDATES);
    if (!plan_combine(XAP_QUERY_OP_MAX, parts, CANDIDATES, 0, &all, err))
        return false;
    if (!all)
        return true;
    if (tell(p, node, named, all, err))
        return plan_join(XAP_QUERY_OP_OR, out, &all, err);
    xap_query_free(all);
    return false;
}
/* ---- the whole ---- */

/* Which scripts has the index? 0 where it has no list of names, or names are not wanted. */
static bool
read_scripts(struct planner *p, struct err *err)
{
    const char *value;
    struct xap_error error;
    p->scripts_known = true;
    if (xap_database_get_metadata(p->db, NAMES_KEY_SCRIPTS, strlen(NAMES_KEY_SCRIPTS), &value, NULL,
                                  &error) != XAP_OK)
        return plan_failed(&error, err);
    p->scripts = (unsigned)strtoul(value, NULL, 10);
    return true;
}

static bool
has_known(const struct named *named)
{
    for (size_t i = 0; i < named->n; i++)
        if (named->best[i].known && named->best[i].chosen)
            return true;
    return false;
}

/* Is it a part of a name that is known and found? Then it is none by itself. */
static bool
is_part_of_known(const struct named_words *l, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        const struct named *whole = &l->word[k];
        if (has_known(whole) && memmem(whole->word, whole->len, l->word[i].word, l->word[i].len))
            return true;
    }
    return false;
}

bool
plan_names(struct planner *p, const struct query_node *node, struct xap_query **out,
           struct err *err)
{
    struct named_words words;
    if (!p->names || p->excluding || !plan_has_stems(node) || p->n_named >= NAMED_MAX ||
        is_named(p, node))
        return true;
    if (!p->scripts_known && !read_scripts(p, err))
        return false;
    if ((p->scripts & (p->scripts - 1)) == 0 &&
        p->scripts != 0) /* one script only: nothing to find */
        return true;
    bool ok = cut_words(p, node->text, node->len, p->cut, err);
    words.n = 0;
    if (ok)
        named_gather(p, node->text, &words);
    buf_release(&p->cut->bytes);
    for (size_t i = 0; ok && i < words.n && p->n_named < NAMED_MAX; i++)
        if (!is_part_of_known(&words, i)) {
            ok = add_named(p, node, &words.word[i], out, err);
            p->n_named++;
        }
    return ok;
}
