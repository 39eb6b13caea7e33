/* text-mark.c - what a single paragraph of a plain text looks like, whatever stands around it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/text-mark.h"

#include <string.h>

#include "common/utf8.h"

/* Longer paragraphs, in bytes, are never furniture, labels or headers of lists. */
#define SHORT_MAX 240

/* Longer paragraphs, in columns, are nothing but text. */
#define COLUMNS_MAX 700

/* Never a heading or a sentence of an article. */
static const char *const furniture[] = {
    "advertisement", "advertisements", "advertisement - scroll to continue",
    "story continues below advertisement", "article continues below advertisement",
    "article continues after advertisement", "article continues below", "story continues below",
    "continue reading", "continue reading below", "continue reading the main story",
    "share this article", "share this story", "share on facebook", "share on twitter", "share on x",
    "share via email", "print this article", "email this article", "listen to this article",
    "save article", "gift article", "give this article", "image caption", "image caption,",
    "copy link", "link copied", "skip to content", "skip to main content", "skip advertisement",
    "leave a comment", "view comments", "show comments", "post a comment", "click to share",
    "sign up for our newsletter", "subscribe to our newsletter", "anzeige", "werbung", "publicité",
    "publicidad", "publicidade", "pubblicità", "реклама", "广告", "廣告", "広告", "광고", "إعلان",
    "reklama", "reklam", "annons", "advertentie", "artikel teilen", "artikel drucken",
    "partager cet article", "compartir este artículo", NULL};

/* Buttons at both ends of a page; words that an article may have as a heading. */
static const char *const buttons[] = {
    "share", "share this", "tweet", "email", "e-mail", "print", "save", "listen", "play", "pause",
    "mute", "unmute", "follow", "follow us", "subscribe", "sign up", "sign in", "log in",
    "comments", "comment", "facebook", "twitter", "whatsapp", "linkedin", "reddit", "telegram",
    "pinterest", "flipboard", "messenger", "more", "close", "menu", "home", "search", "font size",
    "text size", "a a a", "aa", "live", "video", "body", "teilen", "drucken", "merken", "partager",
    "imprimer", "compartir", "compartilhar", "condividi", "поделиться", "分享", "打印", "收藏",
    "공유", "シェア", "مشاركة", "loading", "read more", NULL};

static const char *const ends[] = {
    "###", "-30-", "- 30 -", "—30—", "–30–", "(end)", "end", "ends", "-end-", "- end -", "(ends)",
    "***", "* * *", "#", "##", "####", "■", "完", "（完）", "(完)", "(끝)", "<끝>", "(fin)", NULL};

/* One line that leads to another article. */
static const char *const see_also[] = {
    "read more", "read also", "also read", "related", "see also", "read next", "lire aussi",
    "à lire aussi", "lesen sie auch", "lesen sie mehr", "mehr zum thema", "lea también",
    "lee también", "leia também", "leia mais", "leggi anche", "читайте также", "lees ook",
    "läs också", "czytaj też", "czytaj także", "延伸阅读", "延伸閱讀", "关联阅读",
    "あわせて読みたい", "اقرأ أيضا", "اقرأ أيضاً", NULL};

static const char *const related[] = {
    "related articles", "related stories", "related news", "related content", "related links",
    "related coverage", "related posts", "related reading", "related", "more on this",
    "more on this story", "more on this topic", "more stories", "more news",
    "more from this author", "more from the web", "you may also like", "you might also like",
    "you may also be interested in", "recommended", "recommended for you", "recommended stories",
    "recommended reading", "most read", "most popular", "most viewed", "trending", "trending now",
    "trending stories", "latest news", "latest stories", "top stories", "read more",
    "editors' picks", "editor's picks", "up next", "read next", "see also", "further reading",
    "also read", "from around the web", "sponsored", "sponsored content", "promoted stories",
    "mehr zum thema", "lesen sie auch", "weitere artikel", "das könnte sie auch interessieren",
    "lire aussi", "à lire aussi", "sur le même sujet", "te puede interesar", "más noticias",
    "noticias relacionadas", "lea también", "leia também", "leia mais", "notícias relacionadas",
    "leggi anche", "читайте также", "по теме", "материалы по теме", "相关新闻", "相关阅读",
    "相关报道", "相关文章", "延伸阅读", "推荐阅读", "相關新聞", "相關報導", "延伸閱讀", "関連記事",
    "関連ニュース", "あわせて読みたい", "관련기사", "관련 기사", "많이 본 뉴스", "اقرأ أيضا",
    "اقرأ أيضاً", "مواضيع ذات صلة", "אולי יעניין אותך", "ข่าวที่เกี่ยวข้อง", "lees ook", NULL};

static const char *const author_labels[] = {
    "author", "authors", "about the author", "about the authors", "autor", "autorin",
    "über den autor", "über die autorin", "auteur", "à propos de l'auteur", "sobre el autor",
    "sobre la autora", "sobre o autor", "автор", "об авторе", "staff writer", "senior reporter",
    "reporter", "作者", "作者简介", "关于作者", NULL};

/* Without the colon, arrow or dots that a button may end with. */
static struct text_span
strip_end(struct text_span s)
{
    for (;;) {
        s = text_trim(s);
        const uint32_t c = text_last_char(s);
        if (s.len == 0 ||
            !(c == ':' || c == 0xff1a || c == 0x2026 || c == 0xbb || c == 0x203a || c == '>' ||
              (c >= 0x2190 && c <= 0x21ff) || (c >= 0x25b0 && c <= 0x25cf)))
            return s;
        s.len--;
        while (s.len > 0 && ((unsigned char)s.at[s.len] & 0xc0) == 0x80)
            s.len--;
    }
}

/* "___", "* * *", "-----": a line drawn with characters. */
static bool
is_rule(struct text_span s)
{
    size_t drawn = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != ' ' && !strchr("_-=*~.", s.at[i]))
            return false;
        drawn += s.at[i] != ' ';
    }
    return drawn >= 3;
}

/* What only stands at one of the ends of a text. */
static enum text_mark
mark_at_end(struct text_span s, enum text_where where)
{
    const struct text_span bare = strip_end(s);
    struct text_dates dates;
    struct text_label label;
    struct text_span names;
    const bool tail = where == TEXT_TAIL;
    if (tail && text_is_tags_header(bare))
        return TEXT_MARK_TAGS;
    if (tail && text_is_any(bare, related))
        return TEXT_MARK_RELATED;
    if (tail && text_is_any(bare, author_labels))
        return TEXT_MARK_AUTHOR;
    if (text_is_any(bare, buttons) || (tail && text_is_any(s, ends)))
        return TEXT_MARK_FURNITURE;
    /* a table may end with a month */
    if (text_dates(s, &dates) &&
        !(tail && !dates.labelled && dates.published[0] && strlen(dates.published) < 10))
        return TEXT_MARK_DATE;
    if (text_label(s, &label) &&
        (!tail || label.field == ARTICLE_SOURCE || label.kind == TEXT_LABEL_TAGS))
        return TEXT_MARK_LABEL;
    if (text_byline(s, &names))
        return TEXT_MARK_BYLINE;
    return TEXT_MARK_NONE;
}

enum text_mark
text_mark(struct text_span s, size_t columns, enum text_where where)
{
    s = text_trim(s);
    if (s.len == 0)
        return TEXT_MARK_FURNITURE;
    if (columns > COLUMNS_MAX)
        return TEXT_MARK_NONE;
    if (s.len <= SHORT_MAX) {
        if (is_rule(s) || text_is_any(strip_end(s), furniture) ||
            text_label_value(s, text_begins_any(s, see_also)) > 0)
            return TEXT_MARK_FURNITURE;
        const enum text_mark mark = where == TEXT_MIDDLE ? TEXT_MARK_NONE : mark_at_end(s, where);
        if (mark != TEXT_MARK_NONE)
            return mark;
    }
    struct text_label label;
    if (where != TEXT_MIDDLE && text_label(s, &label) && label.kind == TEXT_LABEL_TAGS)
        return TEXT_MARK_LABEL;
    if (where != TEXT_MIDDLE && columns <= 400 && text_is_copyright(s, where))
        return TEXT_MARK_COPYRIGHT;
    if (where == TEXT_TAIL && text_contributors(s, NULL, NULL, NULL))
        return TEXT_MARK_CONTRIBUTOR;
    return text_caption(s, columns, where);
}
