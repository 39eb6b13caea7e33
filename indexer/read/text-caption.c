/* text-caption.c - captions of photographs, known by their credits
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <string.h>

#include "indexer/read/text-mark.h"

/* Longer paragraphs, in columns, are no captions. */
#define CAPTION_HEAD 700
#define CAPTION_BODY 450

/* The longest credit, in bytes. */
#define CREDIT_MAX 120

/* What a caption or its credit begins with. */
static const char *const photo[] = {
    "photo:", "photo by", "photo credit", "photo courtesy", "photo illustration", "photograph:",
    "photograph by", "photographs by", "photos:", "photos by", "photo/", "photo ©", "picture:",
    "picture by", "image:", "image by", "image credit", "image source", "image courtesy", "images:",
    "credit:", "credits:", "caption:", "file photo", "file image", "ap photo", "courtesy of",
    "courtesy:", "screenshot", "illustration:", "illustration by", "graphic:", "foto:", "fotos:",
    "foto de", "foto von", "foto ©", "fotografía:", "fotografia:", "fotó:", "bild:", "bilder:",
    "bildquelle", "symbolbild", "archivbild", "crédit photo", "crédits photo", "crédit :",
    "crédit:", "crédits :", "crédits:", "photo :", "photo d'archives", "imagen:", "imagem:",
    "immagine:", "фото:", "фото ", "фотография:", "ілюстрація:", "зображення:", "图：", "图/",
    "图／", "图为", "图片来源", "图片：", "圖：", "圖／", "圖/", "圖為", "圖片來源", "攝影", "摄影",
    "資料照", "资料图", "新华社发", "写真：", "写真＝", "写真=", "撮影", "사진=", "사진:", "사진 =",
    "사진：", "صورة:", "الصورة:", "תמונה:", "צילום:", "ภาพ:", "φωτογραφία:", "φωτο:", "reuters/",
    "©", NULL};

/* Houses whose name in a credit leaves no doubt. */
static const char *const houses[] = {
    "getty images", "getty", "afp", "ap", "reuters", "epa", "epa-efe", "efe", "xinhua", "tass",
    "dpa", "bloomberg", "shutterstock", "istock", "alamy", "corbis", "ansa", "lehtikuva",
    "keystone", "imago", "upi", "zuma", "zuma press", "sipa", "sipa usa", "picture alliance",
    "anadolu", "yonhap", "kyodo", "pool", "handout", "the canadian press", "pa wire", "unsplash",
    "flickr", "wikimedia commons", "adobe stock", NULL};

/* "Photo Name/AFP", "STR/AFP via Getty Images": capitals, a slash or "via", nothing that is a
 * sentence. */
static bool
is_credit(struct text_span s, bool alone)
{
    static const char *const small[] = {
        "via", "for", "of", "the", "and", "de", "by", "courtesy", "para", "pour", "für", "von",
        "par", "por", "through", "file", "handout", NULL};
    s = text_trim(s);
    if (s.len > 0 && s.at[s.len - 1] == '.')
        s.len--;
    if (s.len < 4 || s.len > CREDIT_MAX)
        return false;
    bool joined = false;
    size_t words = 0;
    for (size_t at = 0; at < s.len;) {
        const struct text_span word = text_word(s, &at);
        const uint32_t first = text_first_char(word);
        if (word.len == 0)
            break;
        const char *slash = memchr(word.at, '/', word.len);
        const size_t before = slash ? (size_t)(slash - word.at) : 0;
        if (text_is_lower(first) && !text_is_any(word, small) && !text_is_any(word, houses) &&
            !text_is_any(text_first(word, before), houses))
            return false;
        if (!text_is_letter(first) &&
            (words == 0 || first == '(' || (first >= '0' && first <= '9')))
            return false;
        joined |= slash && before > 0 && before + 1 < word.len &&
                  text_is_letter(text_first_char(text_from(word, before + 1))) &&
                  text_is_letter(text_last_char(text_first(word, before)));
        joined |= words > 0 && at < s.len && text_is(word, "via");
        words++;
    }
    /* a heading can look like that ("Iran/Contra"); it does not name an agency */
    return joined && words <= 12 && (!alone || text_has_any(s, houses));
}

/* The last bracketed part or the last sentence. */
static struct text_span
last_part(struct text_span s)
{
    struct text_span t = s;
    if (t.len > 0 && t.at[t.len - 1] == '.')
        t.len--;
    const uint32_t last = text_last_char(t);
    const bool wide = last == 0xff09 || last == 0x3011;
    if (last == ')' || last == ']' || wide) {
        t.len -= wide ? 3 : 1;
        for (size_t at = t.len; at > 0 && t.len - at < CREDIT_MAX + 60; at--) {
            const struct text_span rest = text_from(t, at - 1);
            if (rest.at[0] == '(' || rest.at[0] == '[' || text_begins(rest, "（") ||
                text_begins(rest, "【"))
                return text_from(rest, (unsigned char)rest.at[0] < 0x80 ? 1 : 3);
        }
        t = s;
    }
    for (size_t at = t.len; at > 1 && t.len - at < CREDIT_MAX + 60; at--) {
        const struct text_span rest = text_from(t, at);
        const char c = t.at[at - 1];
        if (rest.len > 3 &&
            (((c == '.' || c == '!' || c == '?' || c == '|' || c == ';') && rest.at[0] == ' ')))
            return text_trim(rest);
        if (rest.len > 3 && (text_begins(rest, "。") || text_begins(rest, "”")) &&
            text_from(rest, 3).len > 0)
            return text_trim(text_from(rest, 3));
    }
    return s;
}

static size_t
begins_photo(struct text_span s)
{
    size_t longest = 0;
    for (size_t i = 0; photo[i]; i++) {
        const size_t n = text_begins(s, photo[i]);
        if (n > longest)
            longest = n;
    }
    return longest;
}

static enum text_mark
caption(struct text_span s, size_t columns)
{
    struct text_span start = s;
    if (s.at[0] == '(' || s.at[0] == '[')
        start = text_from(s, 1);
    const size_t lead = begins_photo(start);
    if (lead > 0 && columns <= 300 &&
        !(text_begins(start, "©") && text_names_year(text_first(s, 80))))
        return columns <= 80 ? TEXT_MARK_CREDIT : TEXT_MARK_CAPTION;
    const struct text_span last = last_part(s);
    if (last.len > CREDIT_MAX)
        return TEXT_MARK_NONE;
    if (text_ends(last, "摄") || text_ends(last, "攝") || text_ends(last, "撮影"))
        return TEXT_MARK_CAPTION;
    const bool alone = last.at == s.at;
    if (begins_photo(last) > 0 && !alone)
        return TEXT_MARK_CAPTION;
    if (is_credit(last, alone))
        return alone ? TEXT_MARK_CREDIT : TEXT_MARK_CAPTION;
    return TEXT_MARK_NONE;
}

enum text_mark
text_caption(struct text_span s, size_t columns, enum text_where where)
{
    struct text_dateline d;
    if (s.len == 0 || columns > (where == TEXT_HEAD ? CAPTION_HEAD : CAPTION_BODY))
        return TEXT_MARK_NONE;
    const enum text_mark mark = caption(s, columns);
    if (mark != TEXT_MARK_NONE && text_dateline(s, &d) && d.place.len > 0)
        return TEXT_MARK_NONE;
    return mark;
}
