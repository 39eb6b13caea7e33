/* text-label.c - lines that say what they are: "Source: ...", "Tags: ...", copyright
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <string.h>

#include "common/utf8.h"
#include "indexer/read/text-mark.h"

/* The longest value, in bytes. */
#define SHORT_MAX 240

static const char *const tags[] = {
    "related topics", "topics", "topic", "tags", "tag", "related tags", "keywords", "key words",
    "in this article", "more about", "filed under", "filed to", "more on these topics",
    "explore more on these topics", "themen", "schlagworte", "schlagwörter", "stichworte",
    "mots-clés", "mots clés", "thèmes", "sur le même thème", "etiquetas", "temas", "palabras clave",
    "tópicos", "assuntos", "palavras-chave", "argomenti", "parole chiave", "теги", "темы",
    "ключевые слова", "метки", "теґи", "标签", "关键词", "关键字", "標籤", "關鍵字", "タグ",
    "関連タグ", "キーワード", "トピックス", "태그", "관련태그", "관련 태그", "키워드", "وسوم",
    "الوسوم", "كلمات مفتاحية", "مواضيع", "תגיות", "נושאים", "แท็ก", "टैग", "ετικέτες", "etiketler",
    "trefwoorden", "ämnen", "emneord", "słowa kluczowe", "tagi", NULL};

static const char *const rights[] = {
    "all rights reserved", "alle rechte vorbehalten", "tous droits réservés",
    "todos los derechos reservados", "todos os direitos reservados", "tutti i diritti riservati",
    "все права защищены", "版权所有", "無断転載", "无断转载", "未经授权", "무단전재", "무단 전재",
    "جميع الحقوق محفوظة", "כל הזכויות שמורות", NULL};

static const char *const copyrights[] = {
    "copyright", "copyright:", "(c)", "©", "ⓒ", "&copy;", "<저작권자", "저작권자", NULL};

bool
text_names_year(struct text_span s)
{
    for (size_t i = 0; i + 4 <= s.len; i++)
        if ((memcmp(s.at + i, "19", 2) == 0 || memcmp(s.at + i, "20", 2) == 0) &&
            strspn(s.at + i, "0123456789") == 4)
            return true;
    return false;
}

bool
text_is_copyright(struct text_span s, enum text_where where)
{
    if (text_has_any(s, rights))
        return true;
    const size_t lead = text_begins_any(s, copyrights);
    if (lead == 0)
        return false;
    const struct text_span rest = text_trim(text_from(s, lead));
    const bool word = text_is_letter(text_last_char(text_first(s, lead)));
    if (rest.len == 0)
        return true;
    return text_names_year(text_first(s, 100)) || text_begins(rest, "©") ||
           text_begins(rest, "(c)") || text_begins_word(rest, "by") ||
           (!word && where == TEXT_TAIL);
}

struct text_span
text_copyright(struct text_span s)
{
    static const char *const words[] = {
        "copyright", "by", "the copyright of", "(c)", "©", "ⓒ", NULL};
    const struct text_span none = {s.at, 0};
    if (text_begins_any(s, copyrights) == 0)
        return none;
    for (;;) {
        s = text_trim(s);
        const size_t n = text_begins_any(s, words);
        const size_t digits = strspn(s.at, "0123456789-,.:&; ");
        const size_t skip = n > 0 ? n : digits < s.len ? digits : s.len;
        if (skip == 0)
            break;
        s = text_from(s, skip);
    }
    size_t end = 0;
    while (end < s.len && !strchr(".,|;(", s.at[end]) && (unsigned char)s.at[end] != 0xe2)
        end++;
    s = text_trim(text_first(s, end));
    for (size_t i = 0; rights[i]; i++) {
        const size_t at = text_find_word(s, 0, rights[i]);
        if (at != TEXT_NONE)
            s = text_trim(text_first(s, at));
    }
    return text_is_name(s, 1, 7) ? s : none;
}

/* Bytes behind the label and its colon, 0: there is none. */
size_t
text_label_value(struct text_span s, size_t label)
{
    const struct text_span rest = text_trim(text_from(s, label));
    size_t at = 0;
    if (label == 0 || rest.len == 0)
        return 0;
    const uint32_t c = utf8_next(rest.at, rest.len, &at);
    if (c != ':' && c != 0xff1a)
        return 0;
    const struct text_span value = text_trim(text_from(rest, at));
    return value.len > 0 ? s.len - value.len : 0;
}

bool
text_label(struct text_span s, struct text_label *label)
{
    static const struct {
        enum article_field field;
        const char *words[20];
    } labels[] = {
        {ARTICLE_TITLE,
         {"title", "subject", "betreff", "objet", "headline", "titel", "titre", "título", "titolo",
          "заголовок", "标题", "標題", "タイトル", "제목", "العنوان"}},
        {ARTICLE_DECK,
         {"subtitle", "subheadline", "summary", "description", "abstract", "teaser", "deck",
          "standfirst", "摘要", "副标题"}},
        {ARTICLE_SOURCE,
         {"source", "sources", "publication", "newspaper", "publisher", "quelle", "fuente", "fonte",
          "bron", "источник", "джерело", "来源", "來源", "出典", "출처", "المصدر", "מקור", "πηγή",
          "kaynak"}},
        {ARTICLE_SECTION,
         {"section", "category", "rubrik", "ressort", "rubrique", "sección", "seção", "рубрика",
          "栏目", "분류"}},
        {ARTICLE_URL, {"url", "link", "permalink"}},
        {ARTICLE_DATELINE, {"dateline", "location", "place"}},
    };
    *label = (struct text_label){.kind = TEXT_LABEL_NONE};
    if (s.len > 1000)
        return false;
    if (text_begins(s, "http") > 0 && s.len > 10 && memchr(s.at, '/', s.len) &&
        !memchr(s.at, ' ', s.len)) {
        *label = (struct text_label){TEXT_LABEL_FIELD, ARTICLE_URL, s};
        return true;
    }
    size_t value = text_label_value(s, text_begins_any(s, tags));
    if (value > 0) {
        label->kind = TEXT_LABEL_TAGS;
        label->value = text_from(s, value);
        return true;
    }
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        value = text_label_value(s, text_begins_any(s, labels[i].words));
        if (value == 0)
            continue;
        label->kind = TEXT_LABEL_FIELD;
        label->field = labels[i].field;
        label->value = text_from(s, value);
        /* a value that does not look like one is an ordinary sentence */
        if (label->field == ARTICLE_URL)
            return text_begins(label->value, "http") > 0 &&
                   !memchr(label->value.at, ' ', label->value.len);
        return label->value.len <= SHORT_MAX || label->field == ARTICLE_DECK;
    }
    return false;
}

bool
text_next_tag(struct text_span *list, struct text_span *tag)
{
    static const char *const marks[] = {",", ";", "|", "、", "，", "；", "،", "·", "•", NULL};
    while ((*list = text_trim(*list)).len > 0) {
        size_t end = list->len, next = list->len;
        for (size_t i = 0; marks[i]; i++) {
            const size_t at = text_find(text_first(*list, end), 0, marks[i]);
            if (at != TEXT_NONE) {
                end = at;
                next = at + strlen(marks[i]);
            }
        }
        *tag = text_trim(text_first(*list, end));
        *list = text_from(*list, next);
        while (tag->len > 0 && (tag->at[0] == '#' || tag->at[0] == '*' || tag->at[0] == '-'))
            *tag = text_trim(text_from(*tag, 1));
        if (tag->len > 0)
            return true;
    }
    return false;
}

bool
text_is_tags_header(struct text_span s)
{
    return text_is_any(s, tags);
}
