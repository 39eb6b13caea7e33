/* text-place.c - datelines: where a report was filed, when, and by which agency
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/utf8.h"
#include "indexer/read/text-mark.h"

/* A dateline takes no more of a paragraph than this, in bytes. */
#define DATELINE_MAX 160

/* Capitals before a colon or dash that are no place. */
static const char *const no_places[] = {
    "breaking", "breaking news", "update", "updated", "watch", "exclusive", "opinion", "note",
    "video", "photos", "photo", "analysis", "correction", "report", "listen", "read", "live",
    "editorial", "warning", "question", "answer", "editor's note", "explainer", "factbox",
    "timeline", "spoiler", "review", "more", "eilmeldung", "exklusiv", "urgent", "срочно", "tl;dr",
    "faq", "ceo", "usa today", "nasa", "nato", "eu", NULL};

/* What Chinese copy begins with before the place. */
static const char *const han_agencies[] = {
    "新华社", "新華社", "中新社", "中新网", "中新網", "中国新闻网", "人民网", "央视网", "路透社",
    "法新社", "美联社", "美聯社", "共同社", "塔斯社", "本报", "本報", "中央社", "中通社",
    "据新华社", "據新華社", "环球网", "联合早报", NULL};

static const char *const russian_agencies[] = {
    "риа новости", "тасс", "итар-тасс", "интерфакс", "regnum", "рбк", "белта", "укринформ", NULL};

static bool
is_dash(uint32_t c)
{
    return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0x2012 || c == 0x2212;
}

static size_t
next_char(struct text_span s, size_t at)
{
    utf8_next(s.at, s.len, &at);
    return at;
}

static size_t
skip_blanks(struct text_span s, size_t at)
{
    while (at < s.len && utf8_is_space(text_first_char(text_from(s, at))))
        at = next_char(s, at);
    return at;
}

/* DANDONG, McALLEN, SAINT-DENIS, D.C.; two capitals at least, small letters only in a Mc. */
static bool
is_capital_word(struct text_span word)
{
    size_t upper = 0, at = 0;
    if (word.len > 3 && (memcmp(word.at, "Mc", 2) == 0 || memcmp(word.at, "Mac", 3) == 0))
        at = word.at[1] == 'c' ? 2 : 3;
    while (at < word.len) {
        const uint32_t c = utf8_next(word.at, word.len, &at);
        if (text_is_lower(c) || (c >= '0' && c <= '9'))
            return false;
        if (!text_is_letter(c) && !strchr("'.-/", (int)(c < 0x80 ? c : '!')) && c != 0x2019)
            return false;
        upper += text_is_upper(c);
    }
    return upper >= 1;
}

/* The place proper, before the first comma. Loose: an agency in brackets follows, so small letters
 * are fine. */
static bool
is_place(struct text_span s, bool loose)
{
    static const char *const small[] = {
        "de", "del", "la", "le", "les", "el", "al", "am", "an", "der", "den", "do", "da", "of",
        "the", "and", "und", "et", "y", "sur", "на", "-", "/", NULL};
    size_t words = 0, capitals = 0;
    for (size_t at = 0; at < s.len; words++) {
        const struct text_span word = text_word(s, &at);
        if (word.len == 0)
            break;
        const uint32_t first = text_first_char(word);
        if (is_capital_word(word)) {
            capitals += word.len;
            continue;
        }
        if (text_is_any(word, small))
            continue;
        if (!loose || !text_is_letter(first) || text_is_lower(first))
            return false;
    }
    if (s.len == 0 || text_is_any(s, no_places) || text_begins_word(s, "by") > 0)
        return false;
    return loose ? words <= 5 && s.len <= 80 : words <= 5 && capitals >= 3;
}

/* What follows a comma: a region, a country, a date. */
static bool
is_region(struct text_span s)
{
    bool digits = false;
    size_t words = 0;
    for (size_t i = 0; i < s.len; i++)
        digits |= s.at[i] >= '0' && s.at[i] <= '9';
    for (size_t at = 0; at < s.len; words++) {
        const struct text_span word = text_word(s, &at);
        if (word.len > 0 && text_is_lower(text_first_char(word)) && !digits)
            return false;
    }
    return s.len > 0 && words <= 5;
}

/* "Oct. 13", "13 октября": a date but for its year. */
static bool
is_day(struct text_span s)
{
    char text[DATELINE_MAX + 8], iso[DATE_MAX];
    if (s.len >= DATELINE_MAX)
        return false;
    const int n = snprintf(text, sizeof text, "%.*s 2000", (int)s.len, s.at);
    return n > 0 && date_parse(text, (size_t)n, iso, NULL) && strlen(iso) == 10;
}

/* Small letters in the place are fine as well where a day follows: "Toronto, March 12 - ". */
static bool
is_place_and_date(struct text_span s, bool loose)
{
    bool first = true;
    size_t parts = 0;
    size_t last = s.len;
    while (last > 0 && s.at[last - 1] != ',')
        last--;
    loose = loose || (last > 0 && is_day(text_trim(text_from(s, last))));
    for (size_t at = 0; at <= s.len; parts++) {
        const char *comma = memchr(s.at + at, ',', s.len - at);
        const size_t end = comma ? (size_t)(comma - s.at) : s.len;
        const struct text_span part = text_trim((struct text_span){s.at + at, end - at});
        if (first ? !is_place(part, loose) : !is_region(part))
            return false;
        first = false;
        at = end + 1;
    }
    return parts <= 4;
}

/* "(Reuters) - " at s[at]: fills the agency and returns the place behind the dash, 0: is none. */
static size_t
agency(struct text_span s, size_t at, bool lone, struct text_span *name)
{
    const char *close = memchr(s.at + at, ')', s.len - at);
    if (!close || (size_t)(close - s.at) - at > 42)
        return 0;
    const size_t end = (size_t)(close - s.at);
    const struct text_span inner = text_trim((struct text_span){s.at + at + 1, end - at - 1});
    size_t words = 0;
    for (size_t i = 0; i < inner.len; words++)
        text_word(inner, &i);
    if (inner.len < 2 || words > 4 || (text_is_lower(text_first_char(inner)) && inner.len > 6))
        return 0;
    size_t next = skip_blanks(s, end + 1);
    bool dash = false;
    while (next < s.len) {
        const uint32_t c = text_first_char(text_from(s, next));
        if (!is_dash(c) && c != '.' && c != ':' && c != '_')
            break;
        dash = true;
        next = next_char(s, next);
    }
    *name = inner;
    if (!dash && !lone)
        return 0;
    return skip_blanks(s, next);
}

/* "(CNN) The mayor" or "(CNN)The mayor": only capitals, or an agency everybody knows. */
static bool
agency_only(struct text_span s, struct text_dateline *d)
{
    struct text_span name;
    const size_t end = agency(s, 0, true, &name);
    if (end == 0 || end >= s.len || name.len > 20 ||
        (!is_capital_word(name) && !text_is_agency(name)))
        return false;
    const uint32_t next = text_first_char(text_from(s, end));
    if (text_is_lower(next) ||
        (!text_is_agency(name) && !is_dash(text_last_char(text_trim(text_first(s, end))))))
        return false;
    *d = (struct text_dateline){.place = {s.at, 0}, .agency = name, .names = {s.at, 0}, .end = end};
    return true;
}

/* What may follow the dash of Russian copy: "- РИА Новости." */
static size_t
agency_behind(struct text_span s, size_t at, struct text_span *name)
{
    const struct text_span rest = text_from(s, at);
    const size_t n = text_begins_any(rest, russian_agencies);
    if (n == 0 || n >= rest.len || rest.at[n] != '.')
        return at;
    *name = text_first(rest, n);
    return skip_blanks(s, at + n + 1);
}

/* Is there a dash at `at` that ends a dateline? Returns the place behind it, 0: no. */
static size_t
dash_end(struct text_span s, size_t at)
{
    const uint32_t c = text_first_char(text_from(s, at));
    const bool blank_before = at > 0 && utf8_is_space(text_last_char(text_first(s, at)));
    size_t next = next_char(s, at);
    if (c == ':')
        return next < s.len && s.at[next] == ' ' ? skip_blanks(s, next) : 0;
    if (!is_dash(c) && c != '_')
        return 0;
    const bool twice = next < s.len && s.at[next] == '-';
    if (twice)
        next++;
    const bool blank_after = next < s.len && utf8_is_space(text_first_char(text_from(s, next)));
    if (c == 0x2014 || c == 0x2015 || twice || blank_after)
        return blank_after || blank_before || c == 0x2014 || twice ? skip_blanks(s, next) : 0;
    return 0;
}

/* Cuts "By Jane Doe" off the start of "By Jane Doe LONDON": the place is in capitals, the name is
 * not. */
static struct text_span
cut_byline(struct text_span *place)
{
    const size_t by = text_begins_any(*place, (const char *const[]){"by", NULL});
    for (size_t at = by; by > 0 && at < place->len;) {
        const struct text_span names = text_trim((struct text_span){place->at + by, at - by});
        const size_t from = skip_blanks(*place, at);
        const struct text_span word = text_word(*place, &at);
        if (names.len > 0 && word.len > 2 && is_capital_word(word) && text_is_name(names, 2, 9)) {
            *place = text_from(*place, from);
            return names;
        }
    }
    return (struct text_span){place->at, 0};
}

/* SEOUL, Oct. 13 (Reuters) - ; LONDON — ; МОСКВА, 13 окт - РИА Новости. ; МОСКВА, 13 октября.
 * /ТАСС/. */
static bool
western(struct text_span s, struct text_dateline *d)
{
    if (text_first_char(s) == '(')
        return agency_only(s, d);
    for (size_t at = 0; at < s.len; at = next_char(s, at)) {
        const char c = s.at[at];
        if (c == '!' || c == '?' || c == '"')
            return false;
        const struct text_span place = text_trim(text_first(s, at));
        struct text_span name = {s.at, 0};
        size_t end = 0;
        bool loose = false;
        if (c == '(') {
            end = agency(s, at, false, &name);
            loose = true;
            if (end == 0)
                return false;
        } else if (text_begins(text_from(s, at), ". /")) {
            const struct text_span rest = text_from(s, at + 3);
            const char *slash = memchr(rest.at, '/', rest.len < 30 ? rest.len : 30);
            if (slash) {
                name = text_first(rest, (size_t)(slash - rest.at));
                end = skip_blanks(s, at + 3 + name.len + 1 +
                                         (slash + 1 < s.at + s.len && slash[1] == '.'));
            }
        } else {
            end = dash_end(s, at);
            if (end > 0)
                end = agency_behind(s, end, &name);
        }
        if (end == 0)
            continue;
        struct text_span shown = place;
        while (shown.len > 0 &&
               (shown.at[shown.len - 1] == ',' || is_dash((unsigned char)shown.at[shown.len - 1])))
            shown = text_trim(text_first(shown, shown.len - 1));
        const struct text_span names = cut_byline(&shown);
        if (!is_place_and_date(shown, loose) || end >= s.len)
            return false;
        *d = (struct text_dateline){.place = shown, .agency = name, .names = names, .end = end};
        return true;
    }
    return false;
}

static bool
is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

/* The start of "10月13日" that ends before s[end]; TEXT_NONE: no day and month stand there. */
static size_t
han_date_start(struct text_span s, size_t end)
{
    size_t start = TEXT_NONE, digits = 0;
    for (size_t at = end; at > 0;) {
        size_t from = at - 1;
        while (from > 0 && ((unsigned char)s.at[from] & 0xc0) == 0x80)
            from--;
        const uint32_t c = text_first_char(text_from(s, from));
        if (!is_digit(c) && c != 0x6708 && c != 0x65e5 && c != 0x5e74) /* month, day, year */
            break;
        digits += is_digit(c);
        start = is_digit(c) ? from : start;
        at = from;
    }
    return digits > 0 ? start : TEXT_NONE;
}

/* 新华社北京10月13日电, （中新社上海10月13日讯） */
static bool
han(struct text_span s, struct text_dateline *d)
{
    static const char *const marks[] = {"日电", "日電", "日讯", "日訊", NULL};
    size_t end = TEXT_NONE;
    for (size_t i = 0; end == TEXT_NONE && marks[i]; i++)
        end = text_find(text_first(s, 120), 0, marks[i]);
    if (end == TEXT_NONE)
        return false;
    const size_t date = han_date_start(s, end);
    struct text_span name = {s.at, 0};
    size_t from = 0;
    if (text_begins(s, "（") || text_begins(s, "【"))
        from = 3;
    for (size_t i = 0; han_agencies[i]; i++)
        if (text_begins(text_from(s, from), han_agencies[i])) {
            name = text_first(text_from(s, from), strlen(han_agencies[i]));
            from += name.len;
            break;
        }
    from = skip_blanks(s, from);
    if (date == TEXT_NONE || date <= from || date - from > 30)
        return false;
    for (size_t at = from; at < date;) {
        const uint32_t c = utf8_next(s.at, s.len, &at);
        if (!text_is_letter(c) && !utf8_is_space(c) && c != 0xff0f && c != '/')
            return false;
    }
    if (text_find(text_first(s, date), from, "记者") != TEXT_NONE ||
        text_find(text_first(s, date), from, "記者") != TEXT_NONE)
        return false;
    d->place = (struct text_span){s.at + from, end + 3 - from};
    d->agency = text_begins(name, "本") ? (struct text_span){s.at, 0} : name;
    d->end = end + 6;
    return true;
}

/* (서울=연합뉴스) 이도현 기자 = , 【ワシントン＝共同】 */
static bool
bracketed(struct text_span s, struct text_dateline *d)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}, {"【", "】"}, {"（", "）"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const size_t open = text_begins(s, pairs[i][0]);
        const size_t close = open ? text_find(text_first(s, 90), open, pairs[i][1]) : TEXT_NONE;
        if (close == TEXT_NONE)
            continue;
        const struct text_span inner = text_first(s, close);
        size_t wide = 1, equals = text_find(inner, open, "=");
        if (equals == TEXT_NONE) {
            equals = text_find(inner, open, "＝");
            wide = 3;
        }
        if (equals == TEXT_NONE || equals == open || equals - open > 40)
            return false;
        d->place = text_trim((struct text_span){s.at + open, equals - open});
        size_t at = equals + wide;
        const struct text_span name = text_word(inner, &at);
        const uint32_t c = text_first_char(name);
        const bool hangul = c >= 0xac00 && c <= 0xd7a3;
        d->agency = hangul ? name : (struct text_span){s.at, 0};
        d->end = close + strlen(pairs[i][1]);
        return d->place.len > 0;
    }
    return false;
}

/* नागपुर। इस साल ... */
static bool
danda(struct text_span s, struct text_dateline *d)
{
    const size_t end = text_find(text_first(s, 60), 0, "।");
    if (end == TEXT_NONE || end == 0 || end + 3 >= s.len)
        return false;
    const struct text_span place = text_first(s, end);
    size_t at = 0;
    text_word(place, &at);
    text_word(place, &at);
    if (at < end || text_first_char(s) < 0x900 || text_first_char(s) > 0xdff)
        return false;
    *d = (struct text_dateline){
        .place = place, .agency = {s.at, 0}, .names = {s.at, 0}, .end = end + 3};
    return true;
}

bool
text_dateline(struct text_span s, struct text_dateline *d)
{
    *d = (struct text_dateline){.place = {s.at, 0}, .agency = {s.at, 0}, .names = {s.at, 0}};
    const struct text_span start = text_first(s, DATELINE_MAX);
    size_t whole = start.len;
    while (whole < s.len && whole > 0 && ((unsigned char)s.at[whole] & 0xc0) == 0x80)
        whole--;
    const struct text_span cut = text_first(s, whole);
    return bracketed(cut, d) || han(cut, d) || western(cut, d) || danda(cut, d);
}
