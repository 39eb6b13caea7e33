/* text-thanks.c - lines that thank for help: "A and B contributed to this report."
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <string.h>

#include "indexer/read/text-mark.h"

/* Such lines are no longer than this, in bytes. */
#define CONTRIBUTORS_MAX 500

/* What follows the names in a thanking line. */
static const char *const contributed[] = {
    "contributed to this report", "contributed to this story", "contributed to this article",
    "contributed to this piece", "contributed to the report", "contributed to the story",
    "contributed to this post", "contributed reporting", "contributed research",
    "contributed reporting to this story", "contributed reporting from",
    "a contribué à cet article", "ont contribué à cet article", "a contribué à ce reportage",
    "ont contribué à ce reportage", "contribuyó a este reportaje", "contribuyeron a este reportaje",
    "contribuyó con este reportaje", "contribuyó a este informe", "contribuyeron a este informe",
    "contribuyeron con este reportaje", "contribuiu para esta reportagem",
    "contribuíram para esta reportagem", "hat zu diesem bericht beigetragen",
    "haben zu diesem bericht beigetragen", "hat an diesem artikel mitgearbeitet",
    "haben an diesem artikel mitgearbeitet", "ha contribuito a questo articolo",
    "hanno contribuito a questo articolo", NULL};

/* What such a line begins with. */
static const char *const reporting[] = {
    "additional reporting by", "additional reporting from", "reporting by",
    "reporting and writing by", "writing by", "editing by", "with reporting by",
    "with reporting from", "with additional reporting by", "with contributions from",
    "with files from", "with inputs from", "additional writing by", "edited by", "compiled by",
    "translated by", "translation by", "research by", "production by", "photography by",
    "additional editing by", "additional research by", "con información de", "com informações de",
    "mit material von", "mitarbeit:", "übersetzung:", "avec", "bearbeitet von", "reportage de",
    "reporte de", "reporte adicional de", "editado por", "reportagem de", "edição de", "editor:",
    "editors:", "редактор", "翻译：", "编辑：", "编辑:", "责任编辑：", "责任编辑:", "責任編輯：",
    "責任編輯:", "編輯：", "編輯:", NULL};

/* A line of names: only few words in small letters that are not among those that such lines are
 * made of. */
static bool
names_only(struct text_span s)
{
    static const char *const pronouns[] = {
        "he", "she", "they", "it", "who", "which", "that", "this", "these", "and", "but", "also",
        NULL};
    static const char *const small[] = {
        "in", "and", "the", "at", "of", "for", "from", "also", "all", "a", "und", "et", "y", "e",
        "staff", NULL};
    size_t strange = 0, at = 0;
    if (text_begins_any(s, pronouns) > 0 ||
        (text_is_lower(text_first_char(s)) && text_begins_word(s, "the") == 0))
        return false;
    while (at < s.len) {
        struct text_span word = text_word(s, &at);
        if (word.len > 0 && word.at[word.len - 1] == ',')
            word.len--;
        strange += text_is_lower(text_first_char(word)) && !text_is_any(word, small) &&
                   !text_is_role_word(word);
    }
    return s.len > 0 && strange <= 2;
}

static struct text_span
without_brackets(struct text_span s)
{
    s = text_trim(s);
    if (s.len > 0 && (s.at[0] == '(' || s.at[0] == '['))
        s = text_from(s, 1);
    else if (text_begins(s, "【") && text_ends(s, "】"))
        s = text_first(text_from(s, 3), s.len - 6);
    /* the other bracket may stand on another line */
    while (s.len > 0 && (s.at[s.len - 1] == '.' || s.at[s.len - 1] == ']' ||
                         (s.at[s.len - 1] == ')' && !memchr(s.at, '(', s.len))))
        s.len--;
    return text_trim(s);
}

/* "Jane Doe and Reuters contributed to this report": the names, empty when it is no such sentence.
 */
static struct text_span
thanked(struct text_span s)
{
    /* the words of the table have these in common */
    if (text_find(s, 0, "contribu") == TEXT_NONE && text_find(s, 0, "beigetragen") == TEXT_NONE &&
        text_find(s, 0, "mitgearbeitet") == TEXT_NONE)
        return (struct text_span){s.at, 0};
    for (size_t i = 0; contributed[i]; i++) {
        const size_t at = text_find_word(s, 0, contributed[i]);
        if (at == TEXT_NONE)
            continue;
        const struct text_span names = text_trim(text_first(s, at));
        const struct text_span found = text_from(s, at);
        const struct text_span rest =
            text_trim(text_from(found, text_begins(found, contributed[i])));
        if (rest.len > 0 && (rest.len > 40 || text_begins_word(rest, "from") == 0))
            continue;
        if (text_sentence(names, names.len) == names.len && names_only(names))
            return names;
    }
    return (struct text_span){s.at, 0};
}

/* Where the next "; Editing by ..." or ". Editing by ..." begins, *next its first byte behind the
 * mark. */
static size_t
reporting_end(struct text_span s, size_t *next)
{
    for (size_t at = 1; at < s.len; at++) {
        const struct text_span rest = text_trim(text_from(s, at + 1));
        if (strchr(";.,/)", s.at[at]) && text_begins_any(rest, reporting) > 0) {
            *next = s.len - rest.len;
            return at;
        }
        while (at + 1 < s.len && ((unsigned char)s.at[at + 1] & 0xc0) == 0x80)
            at++;
    }
    *next = s.len;
    return s.len;
}

static bool
reporting_line(struct text_span s, text_names_fn *take, void *arg, bool *ok)
{
    size_t lead = text_begins_any(s, reporting);
    if (lead == 0)
        return false;
    while (s.len > 0) {
        size_t next;
        const struct text_span part = text_first(s, reporting_end(s, &next));
        lead = text_begins_any(part, reporting);
        const struct text_span names = text_trim(text_from(part, lead));
        if (lead == 0 || !(take ? names.len > 0 : names_only(names)))
            return take != NULL;
        if (take && !(*ok = take(arg, names)))
            return true;
        s = text_from(s, next);
    }
    return true;
}

bool
text_contributors(struct text_span s, text_names_fn *take, void *arg, bool *ok)
{
    s = text_trim(s);
    if (s.len == 0 || s.len > CONTRIBUTORS_MAX)
        return false;
    s = without_brackets(s);
    if (reporting_line(s, NULL, NULL, NULL))
        return take ? reporting_line(s, take, arg, ok) : true;
    const struct text_span names = thanked(s);
    if (names.len > 0 && take)
        *ok = take(arg, names);
    return names.len > 0;
}
