/* text-date.c - lines that say when an article was published or updated
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/read/text-mark.h"

/* A line with dates is no longer than this, in bytes. */
#define LINE_MAX_BYTES 240

/* The longest name of a source, in bytes. */
#define SOURCE_MAX 60

/* Blanks in such a line at most. */
#define WORDS_MAX 24

/* How long what is left of a segment may be once its date is read: "Uhr", "KST", "(updated)". */
#define LEFT_MAX 14

static const char *const published[] = {
    "published on", "published at", "published", "first published", "originally published",
    "publication date", "publish date", "date published", "release date", "posted on", "posted at",
    "posted", "issued", "filed", "veröffentlicht am", "veröffentlicht", "erschienen am",
    "erschienen", "erstellt am", "publié le", "publié", "paru le", "publicado el", "publicado em",
    "publicado", "publicada el", "pubblicato il", "pubblicato", "gepubliceerd op", "gepubliceerd",
    "publicerad", "publisert", "udgivet", "julkaistu", "опубликовано", "опубліковано",
    "дата публикации", "opublikowano", "data publikacji", "data publicării", "publikováno",
    "δημοσιεύτηκε", "δημοσιεύθηκε", "δημοσίευση", "yayınlanma", "yayın tarihi", "diterbitkan",
    "diposting", "đăng ngày", "发布时间", "发布日期", "发布于", "发表于", "发表时间", "发布",
    "發布時間", "發佈時間", "發布", "發佈", "公開日時", "公開日", "公開", "配信", "掲載", "投稿日",
    "입력", "등록", "기사입력", "승인", "발행", "نشر في", "نُشر في", "نُشر", "نشر", "تاريخ النشر",
    "פורסם ב", "פורסם", "เผยแพร่เมื่อ", "เผยแพร่", "प्रकाशित", "প্রকাশিত", "প্রকাশ", "გამოქვეყნდა", NULL};

/* Words for which there are other uses: labels only with a colon. */
static const char *const published_colon[] = {
    "date", "created", "data", "datum", "fecha", "dátum", "дата", "ημερομηνία", "tarih", "tanggal",
    "日期", "时间", "時間", "日付", "작성", "일시", "التاريخ", "תאריך", "วันที่", "दिनांक", NULL};

static const char *const updated[] = {
    "last updated on", "last updated at", "last updated", "last update", "updated on", "updated at",
    "updated", "last modified on", "last modified", "modified", "last revised", "aktualisiert am",
    "zuletzt aktualisiert am", "zuletzt aktualisiert", "aktualisiert", "mis à jour le",
    "mis à jour", "mise à jour le", "mise à jour", "modifié le", "actualizado el", "actualizado",
    "actualizada el", "atualizado em", "atualizado", "aggiornato il", "aggiornato",
    "laatst bijgewerkt", "bijgewerkt op", "bijgewerkt", "uppdaterad", "oppdatert", "opdateret",
    "päivitetty", "обновлено", "изменено", "оновлено", "zaktualizowano", "aktualizacja",
    "aktualizováno", "actualizat", "ενημερώθηκε", "ενημέρωση", "güncelleme tarihi", "güncelleme",
    "güncellendi", "diperbarui", "cập nhật", "更新时间", "更新時間", "更新日時", "更新日",
    "最終更新", "更新于", "更新於", "更新", "수정", "최종수정", "업데이트", "آخر تحديث",
    "تم التحديث", "تحديث", "עודכן ב", "עודכן", "อัปเดตเมื่อ", "อัปเดต", "अपडेट", "अद्यतन", "განახლდა",
    NULL};

static const char *const updated_colon[] = {"update", "stand", "revised", "edited", NULL};

/* Words between a label and its date. */
static const char *const fillers[] = {
    "on", "at", "am", "le", "el", "il", "em", "den", "der", "op", NULL};

/* A newspaper or the like is known by one of these words, or by beginning with one of those. */
static const char *const papers[] = {
    "times", "post", "courier", "news", "herald", "journal", "tribune", "gazette", "chronicle",
    "press", "daily", "weekly", "telegraph", "guardian", "observer", "standard", "mail", "express",
    "review", "magazine", "today", "globe", "mirror", "examiner", "inquirer", "register",
    "sentinel", "zeitung", "tageblatt", "anzeiger", "diario", "jornal", "radio", "tv", "agency",
    NULL};
static const char *const articles[] = {
    "the", "le", "el", "la", "die", "der", "das", "il", "o", NULL};

bool
text_is_paper(struct text_span s)
{
    size_t at = 0;
    bool paper = text_is_any(text_word(s, &at), articles) || text_is_agency(s);
    for (at = 0; at < s.len && s.len < 100;)
        paper |= text_is_any(text_word(s, &at), papers);
    const uint32_t last = text_last_char(s); /* 新华网, 江岸日报 */
    paper |= s.len <= 40 && (last == 0x7f51 || last == 0x7db2 || last == 0x62a5 || last == 0x5831 ||
                             last == 0x793e);
    return paper && text_is_name(s, 1, 6);
}

static bool
separates(uint32_t c)
{
    return c == '|' || c == 0xb7 || c == 0x2022 || c == 0x25cf || c == 0xff5c || c == '/' ||
           c == ';';
}

static bool
is_junk(uint32_t c)
{
    return separates(c) || c == ' ' || c == '\t' || c == 0xa0 || c == 0x3000 || c == ',' ||
           c == '-' || c == 0x2013 || c == 0x2014 || c == ':' || c == 0xff1a || c == '(' ||
           c == ')' || c == '[' || c == ']' || c == '.' || c == 0x3010 || c == 0x3011 ||
           c == 0xff08 || c == 0xff09;
}

static struct text_span
strip_junk(struct text_span s)
{
    s = text_trim(s);
    while (s.len > 0 && is_junk(text_first_char(s))) {
        size_t n = 1;
        while (n < s.len && ((unsigned char)s.at[n] & 0xc0) == 0x80)
            n++;
        s = text_trim(text_from(s, n));
    }
    while (s.len > 0 && is_junk(text_last_char(s))) {
        s.len--;
        while (s.len > 0 && ((unsigned char)s.at[s.len] & 0xc0) == 0x80)
            s.len--;
        s = text_trim(s);
    }
    return s;
}

enum date_label { LABEL_NONE, LABEL_PUBLISHED, LABEL_UPDATED };

static size_t
with_colon(struct text_span s, size_t n)
{
    if (n == 0)
        return 0;
    const uint32_t c = text_first_char(text_trim(text_from(s, n)));
    return c == ':' || c == 0xff1a ? n : 0;
}

static enum date_label
date_label(struct text_span s, size_t *bytes)
{
    const size_t p = text_begins_any(s, published), u = text_begins_any(s, updated);
    const size_t pc = with_colon(s, text_begins_any(s, published_colon));
    const size_t uc = with_colon(s, text_begins_any(s, updated_colon));
    *bytes = p > pc ? p : pc;
    if (u > *bytes || uc > *bytes) {
        *bytes = u > uc ? u : uc;
        return LABEL_UPDATED;
    }
    return *bytes > 0 ? LABEL_PUBLISHED : LABEL_NONE;
}

size_t
text_dates_label(struct text_span s, size_t from)
{
    for (size_t at = from; at < s.len && at < LINE_MAX_BYTES;) {
        size_t bytes;
        const struct text_span rest = text_from(s, at);
        const bool starts = at == 0 || is_junk(text_last_char(text_first(s, at)));
        if (starts && date_label(rest, &bytes) != LABEL_NONE)
            return at;
        at++;
        while (at < s.len && ((unsigned char)s.at[at] & 0xc0) == 0x80)
            at++;
    }
    return TEXT_NONE;
}

static bool
is_digits(struct text_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len > 0;
}

/* "0:00", "3:45", "12:30 PM": a player or a clock without its date. */
static bool
is_time(struct text_span s)
{
    size_t digits = 0, colons = 0, i = 0;
    for (; i < s.len && (s.at[i] == ':' || (s.at[i] >= '0' && s.at[i] <= '9')); i++) {
        digits += s.at[i] != ':';
        colons += s.at[i] == ':';
    }
    static const char *const halves[] = {"am", "pm", "a.m.", "p.m.", "a.m", "p.m", "uhr", NULL};
    const struct text_span rest = text_trim(text_from(s, i));
    return colons >= 1 && colons <= 2 && digits >= 2 && digits <= 6 && digits > colons &&
           (rest.len == 0 || text_is_any(rest, halves));
}

/* "3 min read", "5 minutes", "2 hours ago", "12 comments". */
static bool
is_count(struct text_span s)
{
    static const char *const units[] = {
        "min", "mins", "minute", "minutes", "minuten", "hour", "hours", "day", "days", "week",
        "weeks", "hrs", "comment", "comments", "share", "shares", "views", "likes", "kommentare",
        "commentaires", "comentarios", NULL};
    size_t at = 0;
    struct text_span word = text_word(s, &at);
    static const char *const leads[] = {
        "reading time", "read time", "lesezeit", "temps de lecture", NULL};
    const size_t lead = text_begins_any(s, leads);
    if (lead > 0) {
        s = strip_junk(text_from(s, lead));
        at = 0;
        word = text_word(s, &at);
    }
    if (!is_digits(word) || s.len > 40)
        return false;
    word = text_word(s, &at);
    if (word.len > 0 && word.at[word.len - 1] == '.')
        word.len--;
    return (word.len == 0 && lead > 0) || text_is_any(word, units);
}

/* Behind a date without a label: a zone, "Uhr", "local time", but no "was a Friday". */
static bool
goes_with_date(struct text_span left)
{
    static const char *const words[] = {
        "uhr", "h", "hrs", "hours", "local", "time", "am", "pm", "года", "г", "р", NULL};
    for (size_t at = 0; at < left.len;) {
        const struct text_span word = text_word(left, &at);
        if (text_is_lower(text_first_char(word)) && !text_is_any(word, words))
            return false;
    }
    return true;
}

/* The whole segment is one date, or one with a few characters behind it that mean nothing to us. */
static bool
segment_date(struct text_span s, bool labelled, char out[DATE_MAX])
{
    const size_t filler = text_begins_any(s, fillers);
    if (filler > 0)
        s = strip_junk(text_from(s, filler));
    if (s.len == 0 || (is_digits(s) && !labelled))
        return false;
    char iso[DATE_MAX];
    size_t from, to;
    if (date_parse(s.at, s.len, iso, NULL) && (labelled || strlen(iso) >= 10 || s.len > 6)) {
        memcpy(out, iso, sizeof iso);
        return true;
    }
    if (!date_find(s.at, s.len, &from, &to, iso) || from > (labelled ? LEFT_MAX : 0U))
        return false;
    const struct text_span left = strip_junk(text_from(s, to));
    if (left.len > LEFT_MAX && !is_count(left) && !is_time(left))
        return false;
    if (!labelled && (strlen(iso) < 10 || !goes_with_date(left) ||
                      text_is_letter(text_first_char(text_from(s, to)))))
        return false;
    memcpy(out, iso, sizeof iso);
    return true;
}

/* "The Eastgate Courier, April 2, 2024", "New Delhi, April 2, 2024" */
static bool
segment_place(struct text_span s, struct text_dates *dates, char out[DATE_MAX])
{
    size_t from, to;
    char iso[DATE_MAX];
    if (!date_find(s.at, s.len, &from, &to, iso) || from < 3 || strlen(iso) < 10 ||
        strip_junk(text_from(s, to)).len > 0 ||
        !is_junk(text_last_char(text_trim(text_first(s, from)))))
        return false;
    const struct text_span name = strip_junk(text_first(s, from));
    const bool paper = text_is_paper(name);
    if (!paper && !text_is_name(name, 1, 3))
        return false;
    if (paper)
        dates->source = name;
    else
        dates->place = s;
    memcpy(out, iso, sizeof iso);
    return true;
}

static bool
read_segment(struct text_span s, struct text_dates *dates)
{
    size_t bytes;
    s = strip_junk(s);
    const enum date_label label = date_label(s, &bytes);
    if (label != LABEL_NONE)
        s = strip_junk(text_from(s, bytes));
    dates->labelled |= label != LABEL_NONE;
    if (s.len == 0) {
        dates->open_published = label == LABEL_PUBLISHED;
        dates->open_updated = label == LABEL_UPDATED;
        return true;
    }
    if (is_time(s) || is_count(s))
        return true;
    struct text_label source;
    if (text_label(s, &source) && source.kind == TEXT_LABEL_FIELD &&
        source.field == ARTICLE_SOURCE && source.value.len <= SOURCE_MAX) {
        dates->source = source.value;
        return true;
    }
    if (text_is_paper(s) && dates->source.len == 0) {
        dates->source = s;
        return true;
    }
    char iso[DATE_MAX];
    if (!segment_date(s, label != LABEL_NONE, iso) && !segment_place(s, dates, iso))
        return false;
    char *to = label == LABEL_UPDATED ? dates->updated : dates->published;
    if (label == LABEL_NONE && dates->published[0])
        to = dates->updated;
    if (!to[0])
        memcpy(to, iso, sizeof iso);
    return true;
}

/* Where the segment that begins s ends: before a separator with blanks around it, or before another
 * label. */
static size_t
segment_end(struct text_span s)
{
    size_t bytes;
    date_label(s, &bytes);
    static const char *const sources[] = {"来源", "來源", "source:", "quelle:", "fuente:", NULL};
    size_t label = text_dates_label(s, bytes > 0 ? bytes : 1);
    for (size_t i = 0; sources[i]; i++) {
        const size_t at = text_find(s, 1, sources[i]);
        label = at < label ? at : label;
    }
    for (size_t at = 1; at < s.len && at < label; at++) {
        if (((unsigned char)s.at[at] & 0xc0) == 0x80)
            continue;
        const uint32_t c = text_first_char(text_from(s, at));
        if (separates(c) &&
            (c != '/' || (s.at[at - 1] == ' ' && at + 1 < s.len && s.at[at + 1] == ' ')))
            return at;
    }
    return label < s.len ? label : s.len;
}

/* What most paragraphs are not, told before anything costs time: a label or a number, and few
 * words. */
static bool
may_be_dates(struct text_span s)
{
    size_t bytes, words = 0, digits = 0;
    for (size_t i = 0; i < s.len; i++) {
        words += s.at[i] == ' ';
        digits += s.at[i] >= '0' && s.at[i] <= '9';
    }
    if (words > WORDS_MAX)
        return false;
    return digits > 0 || date_label(s, &bytes) != LABEL_NONE ||
           date_find(s.at, s.len, NULL, NULL, (char[DATE_MAX]){0});
}

bool
text_dates(struct text_span s, struct text_dates *dates)
{
    *dates = (struct text_dates){.open_published = false};
    const bool sentence = text_ends(s, ".") && !text_ends(s, "m."); /* not "p.m." */
    s = strip_junk(s);
    if (s.len == 0 || s.len > LINE_MAX_BYTES || !may_be_dates(s))
        return false;
    while (s.len > 0) {
        const size_t end = segment_end(s);
        if (!read_segment(text_first(s, end), dates))
            return false;
        const struct text_span rest = text_from(s, end);
        s = strip_junk(rest);
    }
    if (!dates->labelled && !dates->published[0] && dates->source.len > 0)
        return false;
    /* "July 1985." is the end of something rather than a date */
    return dates->labelled || !sentence;
}
