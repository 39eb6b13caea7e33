/* named-words.c - the words of a leaf of the query that may be names
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/named.h"

#include <string.h>

#include "common/names.h"
#include "common/utf8.h"
#include "searcher/plan/stopwords.h"

static void
begin_word(struct named_words *l)
{
    if (l->n < NAMED_WORDS_MAX)
        l->word[l->n].len = 0;
}

static void
add_to_word(struct named_words *l, const char *bytes, size_t len)
{
    if (l->n == NAMED_WORDS_MAX || l->word[l->n].len > NAME_MAX_BYTES)
        return;
    struct named *named = &l->word[l->n];
    if (named->len + len <= NAME_MAX_BYTES)
        memcpy(named->word + named->len, bytes, len);
    named->len += len; /* too long: end_word() drops it */
}

static void
end_word(struct named_words *l)
{
    struct named *named = &l->word[l->n];
    if (l->n == NAMED_WORDS_MAX || named->len == 0 || named->len > NAME_MAX_BYTES)
        return;
    named->n = 0;
    named->listed = false;
    memcpy(named->told, named->word, named->len);
    named->told[named->len] = '\0';
    named->sounds = sound_of(&named->sound, named->word, named->len) &&
                    sound_consonants(&named->sound) >= NAME_MIN_CONSONANTS;
    if (named->sound.script == SOUND_NONE)
        return;
    for (size_t i = 0; i < l->n; i++)
        if (l->word[i].len == named->len && memcmp(l->word[i].word, named->word, named->len) == 0)
            return;
    l->n++;
}

/* Words between blanks, with a hyphen between (Jong-un): one name. */
static void
gather_spaced(const struct planner *p, const char *text, struct named_words *l)
{
    const struct cut *cut = p->cut;
    begin_word(l);
    for (size_t i = 0; i < cut->n; i++) {
        const struct cut_word *c = &cut->word[i];
        if (c->kind != WORD_SPACED || (i > 0 && (c->from != c[-1].to + 1 || text[c[-1].to] != '-')))
            return;
        if (i > 0)
            add_to_word(l, "-", 1);
        add_to_word(l, cut->bytes.data + cut->word[i].at, cut->word[i].len);
    }
    if (cut->n == 1 && stopwords_has(p->stop_language, cut->bytes.data, cut->word[0].len))
        return;
    end_word(l);
}

/* The character that a term of two begins with: *len of its bytes. */
static const char *
character(const struct cut *cut, size_t i, size_t *len, enum sound_script *script)
{
    const char *term = cut->bytes.data + cut->word[i].at;
    *len = 0;
    *script = sound_script_of(utf8_next(term, cut->word[i].len, len));
    if (*script == SOUND_NONE && *len == 3 &&
        memcmp(term, "\xe3\x83\xbc", 3) == 0) /* the mark of a long vowel */
        *script = SOUND_KANA;
    return term;
}

static void
add_range(const struct cut *cut, struct named_words *l, size_t from, size_t to)
{
    size_t len;
    enum sound_script script = SOUND_NONE;
    begin_word(l);
    for (size_t i = from; i < to; i++) {
        const char *bytes = character(cut, i, &len, &script);
        add_to_word(l, bytes, len);
    }
    if (l->n < NAMED_WORDS_MAX && script == SOUND_HANGUL && l->word[l->n].len <= NAME_MAX_BYTES)
        l->word[l->n].len = names_without_particle(l->word[l->n].word, l->word[l->n].len);
    end_word(l);
}

/* The names of most Chinese families. */
static bool
is_surname(const char *character, size_t len)
{
    static const char surnames[] =
        "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
        "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万"
        "段雷钱汤尹黎易常武乔贺赖龚文习安朴温薄庄严施牛洪葛倪尤俞柳鲁岳翟";
    for (size_t i = 0; len == 3 && i + 3 < sizeof surnames; i += 3)
        if (memcmp(surnames + i, character, 3) == 0)
            return true;
    return false;
}

/* A Chinese or Korean name too without its first character, which is the family's. */
static void
add_name(const struct cut *cut, struct named_words *l, size_t from, size_t to)
{
    size_t len;
    enum sound_script script;
    add_range(cut, l, from, to);
    const char *first = character(cut, from, &len, &script);
    if (to - from == 3 && (script != SOUND_HAN || is_surname(first, len)))
        add_range(cut, l, from + 1, to);
}

/* Characters of one script that touch, as a whole, and the words of the dictionary among them. */
#define WHOLE_MAX 10

static void
gather_characters(const struct planner *p, struct named_words *l)
{
    const struct cut *cut = p->cut;
    for (size_t from = 0, to; from < cut->n; from = to) {
        enum sound_script first, script;
        size_t len;
        character(cut, from, &len, &first);
        for (to = from + 1; to < cut->n && cut->word[to].from == cut->word[to - 1].to; to++) {
            character(cut, to, &len, &script);
            if (script != first || (script == SOUND_HANGUL && cut->word[to].begins_word))
                break;
        }
        if (cut->word[from].kind == WORD_SPACED || first == SOUND_NONE || to - from < 2)
            continue;
        if (to - from <= WHOLE_MAX)
            add_name(cut, l, from, to);
        for (size_t i = from, next; first == SOUND_HAN && i < to; i = next) {
            for (next = i + 1; next < to && !cut->word[next].begins_word;)
                next++;
            if (next - i >= 2)
                add_name(cut, l, i, next);
        }
    }
}

void
named_gather(const struct planner *p, const char *text, struct named_words *words)
{
    words->n = 0;
    if (p->cut->n > 0 && p->cut->word[0].kind == WORD_SPACED)
        gather_spaced(p, text, words);
    else
        gather_characters(p, words);
}
