/* moment.c - dates as people say them: yesterday, last month, 3 weeks ago
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/moment.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Longest text that is looked at, and the largest number in it. */
#define TEXT_MAX 40
#define NUMBER_MAX 9999

#define WORDS_IN_TEXT 6

/* Days of the calendar, counted from the first of January of the year 1, which is a Monday. */
struct day {
    int year, month, day; /* from 1 */
};

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static long
number_of(struct day d)
{
    const long before = d.year - 1;
    long n = before * 365 + before / 4 - before / 100 + before / 400;
    for (int month = 1; month < d.month; month++)
        n += days_in(d.year, month);
    return n + d.day - 1;
}

/* Goes so many days on; no more than some thousand of them. */
static struct day
plus_days(struct day d, long days)
{
    const long wanted = number_of(d) + days;
    struct day out = {d.year + (int)(days / 366) - (days < 0), 1, 1};
    while (out.year < 9999 && number_of((struct day){out.year + 1, 1, 1}) <= wanted)
        out.year++;
    long rest = wanted - number_of(out);
    for (; out.month < 12 && rest >= days_in(out.year, out.month); out.month++)
        rest -= days_in(out.year, out.month);
    out.day = (int)rest + 1;
    return out;
}

/* The same day so many months on, or the last of that month. */
static struct day
plus_months(struct day d, int months)
{
    const int month = d.year * 12 + d.month - 1 + months;
    struct day out = {month / 12, month % 12 + 1, d.day};
    if (out.year >= 1 && out.day > days_in(out.year, out.month))
        out.day = days_in(out.year, out.month);
    return out;
}

enum unit { DAY, WEEK, MONTH, YEAR, NO_UNIT };

static struct day
plus(struct day d, enum unit unit, int n)
{
    switch (unit) {
    case DAY:
        return plus_days(d, n);
    case WEEK:
        return plus_days(d, 7L * n);
    case MONTH:
        return plus_months(d, n);
    case YEAR:
    case NO_UNIT:
        break;
    }
    return plus_months(d, 12 * n);
}

/* ---- what is said ---- */

struct said {
    char text[TEXT_MAX + 1];
    const char *word[WORDS_IN_TEXT];
    size_t n;
    struct day today;
    struct day since, until;
    enum unit precision;
};

static bool
is(const struct said *s, size_t i, const char *word)
{
    return i < s->n && strcmp(s->word[i], word) == 0;
}

/* Small letters, cut at blanks. */
static bool
cut(struct said *s, const char *text, size_t len)
{
    bool inside = false;
    s->n = 0;
    if (len > TEXT_MAX)
        return false;
    for (size_t i = 0; i < len; i++) {
        const char c = text[i];
        const bool blank = c == ' ' || c == '-' || c == '_';
        s->text[i] = blank ? '\0' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        if (!blank && !inside && s->n == WORDS_IN_TEXT)
            return false;
        if (!blank && !inside)
            s->word[s->n++] = s->text + i;
        inside = !blank;
    }
    return s->n > 0;
}

/* Takes words off the beginning that say nothing about which days are meant: in, during, the. */
static bool
skip_articles(struct said *s)
{
    const size_t before = s->n;
    static const char *const words[] = {"in", "during", "the"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (s->n > 1 && is(s, 0, words[i])) {
            memmove(s->word, s->word + 1, (s->n - 1) * sizeof *s->word);
            s->n--;
        }
    return s->n < before;
}

static enum unit
unit_of(const struct said *s, size_t i)
{
    static const char *const names[] = {"day", "week", "month", "year"};
    for (int u = DAY; i < s->n && u < NO_UNIT; u++) {
        const size_t len = strlen(names[u]);
        if (strncmp(s->word[i], names[u], len) == 0 &&
            (s->word[i][len] == '\0' || strcmp(s->word[i] + len, "s") == 0))
            return (enum unit)u;
    }
    return NO_UNIT;
}

/* A number in digits or letters, or "a"; 0: none. */
static int
number_at(const struct said *s, size_t i)
{
    static const char *const numbers[] = {"one",   "two",   "three", "four", "five",   "six",
                                          "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
    int n = 0;
    if (is(s, i, "a") || is(s, i, "an"))
        return 1;
    for (int k = 0; k < 12; k++)
        if (is(s, i, numbers[k]))
            return k + 1;
    for (const char *c = i < s->n ? s->word[i] : ""; *c; c++) {
        if (*c < '0' || *c > '9' || n > NUMBER_MAX / 10)
            return 0;
        n = 10 * n + (*c - '0');
    }
    return n;
}

static void
set(struct said *s, struct day since, struct day until, enum unit precision)
{
    s->since = since;
    s->until = until;
    s->precision = precision;
}

/* Yesterday, and the like. */
static bool
read_day(struct said *s)
{
    static const char *const days[] = {"yesterday", "today", "tomorrow"};
    for (int i = 0; i < 3; i++)
        if (s->n == 1 && is(s, 0, days[i])) {
            const struct day d = plus_days(s->today, i - 1);
            set(s, d, d, DAY);
            return true;
        }
    return false;
}

/* Monday, last Monday. */
static bool
read_weekday(struct said *s)
{
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    const bool last = is(s, 0, "last");
    const long today = number_of(s->today) % 7;
    for (long i = 0; i < 7; i++)
        if (s->n == 1U + last && is(s, last, names[i])) {
            const struct day d = plus_days(s->today, -((today - i + 6) % 7 + 1));
            set(s, d, d, DAY);
            return true;
        }
    return false;
}

/* The months from `month` on, as many as that, of a year; more than twelve are those of the next
 * one. */
static void
set_months(struct said *s, int year, int month, int n)
{
    const struct day first = {year, month, 1};
    set(s, first, plus_months(first, n - 1), MONTH);
}

/* The last time that these months have begun, or with `over` are over. */
static void
set_last_months(struct said *s, int month, int n, bool over)
{
    int year = s->today.year;
    const int now = year * 12 + s->today.month - 1;
    while (year * 12 + month - 1 + (over ? n : 0) > now)
        year--;
    set_months(s, year, month, n);
}

/* October, last October. */
static bool
read_month(struct said *s)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    const bool last = is(s, 0, "last");
    for (int i = 0; i < 12; i++)
        if (s->n == 1U + last && is(s, last, names[i])) {
            set_last_months(s, i + 1, 1, last);
            return true;
        }
    return false;
}

/* Summer 2023, last winter, winter 2023-24: three months, those of winter in two years. */
static bool
read_season(struct said *s)
{
    static const struct {
        const char *name;
        int month;
    } seasons[] = {{"spring", 3}, {"summer", 6}, {"autumn", 9}, {"fall", 9}, {"winter", 12}};
    const bool last = is(s, 0, "last");
    for (size_t i = 0; i < sizeof seasons / sizeof *seasons; i++) {
        if (!is(s, last, seasons[i].name))
            continue;
        const int year = last || strlen(s->n > 1 ? s->word[1] : "") != 4 ? 0 : number_at(s, 1),
                  next = s->n == 3 ? number_at(s, 2) : 0;
        const bool two =
            s->n == 3 && seasons[i].month == 12 && (next == year + 1 || next == (year + 1) % 100);
        if (year > 0 && (s->n == 2 || two))
            set_months(s, year, seasons[i].month, 3);
        else if (s->n == 1U + last)
            set_last_months(s, seasons[i].month, 3, last);
        else
            return false;
        return true;
    }
    return false;
}

/* In 2023: whatever date stands behind the word that says nothing. */
static bool
read_date(const struct said *s, const char *text, size_t len, char date[DATE_MAX])
{
    const size_t skipped = (size_t)(s->word[0] - s->text);
    return date_parse(text + skipped, len - skipped, date, NULL);
}

/* This week, last month, next year. */
static bool
read_whole(struct said *s)
{
    const bool last = is(s, 0, "last") || is(s, 0, "past") || is(s, 0, "previous");
    const bool next = is(s, 0, "next") || is(s, 0, "coming");
    const enum unit unit = unit_of(s, 1);
    if (s->n != 2 || !(last || next || is(s, 0, "this")) || unit == NO_UNIT)
        return false;
    const struct day d = plus(s->today, unit, last ? -1 : next ? 1 : 0);
    if (unit == WEEK) {
        const struct day monday = plus_days(d, -(number_of(d) % 7));
        set(s, monday, plus_days(monday, 6), DAY);
    } else {
        set(s, d, d, unit);
    }
    return true;
}

/* Last 3 days: to today. 3 days ago. */
static bool
read_number(struct said *s)
{
    const bool last = is(s, 0, "last") || is(s, 0, "past"), ago = is(s, 2, "ago");
    const int n = number_at(s, last);
    const enum unit unit = unit_of(s, 1U + last);
    if (n == 0 || unit == NO_UNIT || last == ago || s->n != 3)
        return false;
    const struct day d = plus(s->today, unit, -n);
    set(s, d, ago ? d : s->today, DAY);
    return true;
}

/* 3d, 2w, 6m, 1y: so long ago. */
static bool
read_short(struct said *s)
{
    static const char units[] = "dwmy";
    const size_t len = s->n == 1 ? strlen(s->word[0]) : 0;
    const char *unit = len > 1 ? strchr(units, s->word[0][len - 1]) : NULL;
    if (!unit || !*unit)
        return false;
    s->text[(size_t)(s->word[0] - s->text) + len - 1] = '\0';
    const int n = number_at(s, 0);
    if (n == 0 || s->word[0][0] > '9')
        return false;
    const struct day d = plus(s->today, (enum unit)(unit - units), -n);
    set(s, d, d, DAY);
    return true;
}

/* False: before the years of date.h. */
static bool
print(const struct day *d, enum unit precision, char out[DATE_MAX])
{
    if (precision == YEAR)
        snprintf(out, DATE_MAX, "%04d", d->year);
    else if (precision == MONTH)
        snprintf(out, DATE_MAX, "%04d-%02d", d->year, d->month);
    else
        snprintf(out, DATE_MAX, "%04d-%02d-%02d", d->year, d->month, d->day);
    return date_valid(out);
}

bool
moment_read(const char *text, size_t len, int64_t now, char since[DATE_MAX], char until[DATE_MAX])
{
    struct said s = {.n = 0};
    struct tm tm;
    const time_t seconds = (time_t)now;
    if (!cut(&s, text, len) || !localtime_r(&seconds, &tm) || tm.tm_year < -800 ||
        tm.tm_year > 1000)
        return false;
    const bool skipped = skip_articles(&s);
    s.today = (struct day){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
    if (skipped && read_date(&s, text, len, since)) {
        memcpy(until, since, DATE_MAX);
        return true;
    }
    if (!read_day(&s) && !read_weekday(&s) && !read_whole(&s) && !read_number(&s) &&
        !read_month(&s) && !read_season(&s) && !read_short(&s))
        return false;
    return print(&s.since, s.precision, since) && print(&s.until, s.precision, until);
}

/* Digits at text[*at], moving *at on; 0 where there are none, or more than four. */
static int
take_number(const char *text, size_t len, size_t *at)
{
    int n = 0;
    const size_t from = *at;
    for (; *at < len && *at < from + 4 && text[*at] >= '0' && text[*at] <= '9'; ++*at)
        n = 10 * n + (text[*at] - '0');
    return n;
}

/* 03/04/2023, which is in March or in April. */
static bool
is_doubtful(const char *text, size_t len)
{
    size_t at = 0;
    const int first = take_number(text, len, &at);
    const char between = at < len ? text[at++] : '\0';
    const int second = take_number(text, len, &at);
    if (!between || !strchr("/.-", between) || at == len || text[at++] != between)
        return false;
    const size_t year = at;
    take_number(text, len, &at);
    return first >= 1 && first <= 12 && second >= 1 && second <= 12 && first != second &&
           at > year && at == len;
}

bool
moment_date(const char *text, size_t len, int64_t now, bool end, char out[DATE_MAX], bool *said,
            struct err *err)
{
    char since[DATE_MAX], until[DATE_MAX];
    *said = is_doubtful(text, len);
    if (date_parse(text, len, out, err))
        return true;
    if (!moment_read(text, len, now, since, until))
        return false;
    memcpy(out, end ? until : since, DATE_MAX);
    *said = true;
    return true;
}

bool
moment_beside(const char *date, bool after, char out[DATE_MAX])
{
    const size_t len = strlen(date);
    const enum unit unit = len == 4 ? YEAR : len == 7 ? MONTH : len == 10 ? DAY : NO_UNIT;
    size_t year = 0, month = 5, day = 8;
    if (unit == NO_UNIT)
        return false;
    struct day d = {take_number(date, len, &year),
                    unit <= MONTH ? take_number(date, len, &month) : 1,
                    unit == DAY ? take_number(date, len, &day) : 1};
    d = plus(d, unit, after ? 1 : -1);
    return print(&d, unit, out);
}
