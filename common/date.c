/* date.c - dates as articles carry them, turned into ISO 8601 with the precision that is known
 *
 * The text is cut into tokens (date-scan.h); a reader walks over them with a handful of
 * patterns, each of which either moves on or leaves everything as it was. No pattern looks
 * further than a fixed number of tokens, so that trying all of them at every token of a line
 * stays linear.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/date.h"

#include <stdio.h>
#include <string.h>
#include <uchar.h>

#include "common/buf.h"
#include "common/date-names.h"
#include "common/date-scan.h"
#include "common/utf8.h"

#define YEAR_MIN 1000
#define YEAR_MAX 2999

#define DAY_SECONDS 86400

/* What is read. Parts that are not known are UNKNOWN. */
#define UNKNOWN (-1)

struct when {
    int year, month, day, hour, minute, second;
    bool zoned;
    int offset; /* minutes east, or DATE_ZONE_US - hours */
};

static const struct when nowhen = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, false, 0};

/* ---- The calendar ---- */

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_days(int year, int month)
{
    static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days since 1970-01-01 (proleptic Gregorian, as ISO 8601 has it). Years count from March, so
 * that the leap day is the last; 1970-01-01 is day 719468 of that count from the year 0. */
static int64_t
days_of(int year, int month, int day)
{
    const int64_t y = year - (month < 3);
    const int64_t m = (month + 9) % 12;
    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static void
date_of(int64_t days, int *year, int *month, int *day)
{
    int y = (int)((days + 719468) / 366);
    while (days_of(y + 1, 1, 1) <= days)
        y++;
    int m = 1;
    while (m < 12 && days_of(y, m + 1, 1) <= days)
        m++;
    *year = y;
    *month = m;
    *day = (int)(days - days_of(y, m, 1)) + 1;
}

/* The day of the n-th Sunday of a month; n = 0 is the last one. 1970-01-04 was a Sunday. */
static int
sunday(int year, int month, int n)
{
    const int64_t first = days_of(year, month, 1);
    int day = 1 + (int)((3 - first % 7 + 7) % 7);
    for (int i = 1; i != n && day + 7 <= month_days(year, month); i++)
        day += 7;
    return day;
}

/* Is it daylight saving time in the United States? Since 2007 from the second Sunday of March
 * to the first of November, since 1987 from the first of April, since 1967 from the last of
 * April, to the last of October (leaving aside the winters of 1974 and 1975); changes at 2:00. */
static bool
us_summer(const struct when *w)
{
    if (w->year < 1967)
        return false;
    const bool now = w->year >= 2007;
    const int from = now ? 3 : 4, to = now ? 11 : 10;
    if (w->month != from && w->month != to)
        return w->month > from && w->month < to;
    const int day = w->month == to ? sunday(w->year, to, now ? 1 : 0)
                                   : sunday(w->year, from, now ? 2 : w->year >= 1987 ? 1 : 0);
    const bool after = w->day != day ? w->day > day : w->hour >= 2;
    return after == (w->month == from);
}

static int64_t
seconds_of(const struct when *w)
{
    const int month = w->month == UNKNOWN ? 1 : w->month, day = w->day == UNKNOWN ? 1 : w->day;
    int64_t seconds = days_of(w->year, month, day) * DAY_SECONDS;
    if (w->hour != UNKNOWN)
        seconds += w->hour * 3600 + w->minute * 60;
    return w->second == UNKNOWN ? seconds : seconds + w->second;
}

static void
when_of(int64_t seconds, struct when *w)
{
    int64_t days = seconds / DAY_SECONDS, rest = seconds % DAY_SECONDS;
    if (rest < 0) {
        rest += DAY_SECONDS;
        days--;
    }
    date_of(days, &w->year, &w->month, &w->day);
    w->hour = (int)(rest / 3600);
    w->minute = (int)(rest / 60 % 60);
    w->second = (int)(rest % 60);
}

/* NULL, or why there is no such time. 24:00 and :60 are brought into form. */
static const char *
when_settle(struct when *w)
{
    if (w->year < YEAR_MIN || w->year > YEAR_MAX)
        return "the year is not between 1000 and 2999";
    if (w->month != UNKNOWN && (w->month < 1 || w->month > 12))
        return "there is no such month";
    if (w->day != UNKNOWN && (w->day < 1 || w->day > month_days(w->year, w->month)))
        return "there is no such day";
    if (w->hour == UNKNOWN)
        return NULL;
    if (w->second == 60)
        w->second = 59;
    if (w->hour > 24 || w->minute > 59 || w->second > 59 ||
        (w->hour == 24 && (w->minute > 0 || w->second > 0)))
        return "there is no such time of day";
    if (w->zoned && w->offset >= DATE_ZONE_US - 12)
        w->offset = (w->offset - DATE_ZONE_US + us_summer(w)) * 60;
    const bool exact = w->second != UNKNOWN;
    when_of(seconds_of(w) - (w->zoned ? w->offset * 60 : 0), w);
    w->second = exact ? w->second : UNKNOWN;
    if (w->year < YEAR_MIN || w->year > YEAR_MAX)
        return "the year in UTC is not between 1000 and 2999";
    return NULL;
}

static void
print(const struct when *w, char out[DATE_MAX])
{
    const char *zone = w->zoned ? "Z" : "";
    if (w->month == UNKNOWN)
        snprintf(out, DATE_MAX, "%04d", w->year);
    else if (w->day == UNKNOWN)
        snprintf(out, DATE_MAX, "%04d-%02d", w->year, w->month);
    else if (w->hour == UNKNOWN)
        snprintf(out, DATE_MAX, "%04d-%02d-%02d", w->year, w->month, w->day);
    else if (w->second == UNKNOWN)
        snprintf(out, DATE_MAX, "%04d-%02d-%02dT%02d:%02d%s", w->year, w->month, w->day, w->hour,
                 w->minute, zone);
    else
        snprintf(out, DATE_MAX, "%04d-%02d-%02dT%02d:%02d:%02d%s", w->year, w->month, w->day,
                 w->hour, w->minute, w->second, zone);
}

/* ---- Walking over tokens ---- */

struct reader {
    const struct date_scan *scan;
    const struct date_token *t; /* the next token; never beyond the DATE_END */
    bool careful;               /* a date is looked for, other text may stand around it */
    bool day_first;             /* 03/04/2023 is in April */
    bool numeric;               /* the date was digits and signs alone */
    bool year_first;
    bool short_year;
    const char *why; /* a pattern fitted, but there is no such date */
};

static bool
is_sign(const struct date_token *t, uint32_t sign)
{
    return t->kind == DATE_SIGN && t->sign == sign;
}

static bool
is_number(const struct date_token *t, int least, int most)
{
    return t->kind == DATE_NUMBER && t->digits >= least && t->digits <= most;
}

static bool
is_one_of(const struct date_token *t, const char *signs)
{
    return t->kind == DATE_SIGN && t->sign && t->sign < 0x80 && strchr(signs, (int)t->sign);
}

/* Nothing stands between this token and the one before. */
static bool
is_glued(const struct date_token *t)
{
    return t->kind != DATE_END && !t->spaced;
}

static bool
is_word(const struct reader *r, const struct date_token *t, const char *folded)
{
    return t->kind == DATE_WORD && strcmp(r->scan->letters + t->folded, folded) == 0;
}

static bool
has_class(const struct date_token *t, unsigned classes)
{
    return t->kind == DATE_WORD && (t->word & classes);
}

static bool
take_sign(struct reader *r, uint32_t sign)
{
    if (!is_sign(r->t, sign))
        return false;
    r->t++;
    return true;
}

/* One of several Han characters or Hangul syllables. */
static bool
take_any(struct reader *r, const char32_t *signs)
{
    for (; *signs; signs++)
        if (take_sign(r, *signs))
            return true;
    return false;
}

static bool
take_all(struct reader *r, const char32_t *signs)
{
    const struct date_token *t = r->t;
    for (; *signs; signs++)
        if (!is_sign(t++, *signs))
            return false;
    r->t = t;
    return true;
}

static bool
take_class(struct reader *r, unsigned classes)
{
    if (!has_class(r->t, classes))
        return false;
    r->t++;
    take_sign(r, '.');
    return true;
}

/* What may stand between the parts of a date: "13. of October, the". */
static void
take_gap(struct reader *r)
{
    for (int i = 0; i < 4; i++) {
        const struct date_token *t = r->t;
        const bool word = has_class(t, DATE_WORD_GAP) && !(t->what & DATE_NAME_MONTH);
        if (!word && !is_one_of(t, ",.-/'"))
            return;
        r->t++;
    }
}

/* ---- Parts of a date ---- */

/* The year a number stands for; two digits only where the caller says so. */
static bool
year_of(struct reader *r, const struct date_token *t, bool two_digits, int *year)
{
    if (!is_number(t, 4, 4) && !(two_digits && is_number(t, 2, 2)))
        return false;
    int y = (int)t->value;
    if (t->digits == 2)
        y += r->scan->thai ? 2500 : y < 50 ? 2000 : 1900;
    if (t->persian && y >= 1200 && y < 1500) {
        r->why = "the year is not of the Gregorian calendar";
        return false;
    }
    if (r->scan->thai && y >= 2443 && y < 2743)
        y -= 543;
    *year = y;
    return !r->careful || (y >= 1600 && y < 2200);
}

/* 令和5年, 民國112年; 元 is the first year. */
static bool
take_era(struct reader *r, int *year)
{
    static const struct {
        const char32_t *name;
        int before;
    } eras[] = {
        {U"令和", 2018}, {U"平成", 1988}, {U"昭和", 1925}, {U"大正", 1911},
        {U"明治", 1867}, {U"民國", 1911}, {U"民国", 1911},
    };
    const struct date_token *start = r->t;
    if (!take_all(r, U"中華"))
        take_all(r, U"中华");
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++) {
        if (!take_all(r, eras[i].name))
            continue;
        const bool number = is_number(r->t, 1, 3);
        if ((number || is_sign(r->t, U'元')) && is_sign(&r->t[1], U'年')) {
            *year = eras[i].before + (number ? (int)r->t->value : 1);
            r->t += 2;
            return true;
        }
        break;
    }
    r->t = start;
    return false;
}

static bool
take_year(struct reader *r, bool two_digits, int *year, bool *marked)
{
    if (!take_all(r, U"西暦") && !take_all(r, U"西元"))
        take_all(r, U"公元");
    *marked = true;
    if (take_era(r, year))
        return true;
    const struct date_token *t = r->t;
    if (!year_of(r, t, two_digits, year))
        return false;
    if (t->digits == 2 && (is_sign(&t[1], ':') || has_class(&t[1], DATE_WORD_HOUR) ||
                           (is_sign(&t[1], ',') && is_number(&t[2], 4, 4))))
        return false;
    r->t++;
    *marked = take_any(r, U"年년") || take_class(r, DATE_WORD_YEAR);
    return true;
}

/* 10月, 10월, tháng 10 */
static bool
take_month_number(struct reader *r, int *month)
{
    const struct date_token *t = r->t;
    if (is_number(t, 1, 2) && (is_sign(&t[1], U'月') || is_sign(&t[1], U'월'))) {
        *month = (int)t->value;
        r->t += 2;
        take_sign(r, U'份');
        return true;
    }
    if (has_class(t, DATE_WORD_MONTH) && is_number(&t[1], 1, 2)) {
        *month = (int)t[1].value;
        r->t += 2;
        return true;
    }
    return false;
}

/* dotted: a day with a full stop stands before it. plain: nobody would take it for another word. */
static bool
take_month(struct reader *r, bool dotted, int *month, bool *plain)
{
    const struct date_token *t = r->t;
    *plain = true;
    if (take_month_number(r, month))
        return true;
    if (t->kind != DATE_WORD || !(t->what & DATE_NAME_MONTH))
        return false;
    *month = dotted && t->croatian ? t->croatian : t->what & DATE_NAME_MONTH;
    if (*month > 12) {
        r->why = "the name of the month has two meanings";
        return false;
    }
    *plain = !(t->what & DATE_NAME_SHORT) || t->capital || is_sign(&t[t->span], '.');
    r->t += t->span;
    /* Arabic papers give both names: تشرين الأول/أكتوبر. */
    const bool bracket = is_sign(r->t, '(');
    if (bracket || is_sign(r->t, '/')) {
        const struct date_token *again = &r->t[1];
        if (again->kind == DATE_WORD && (again->what & DATE_NAME_MONTH) == *month)
            r->t = again + again->span;
        if (r->t > again && bracket)
            take_sign(r, ')');
    }
    return true;
}

static void
take_ordinal(struct reader *r)
{
    const struct date_token *t = r->t;
    const bool joint = (is_sign(t, '-') || is_sign(t, '.')) && is_glued(t);
    if (joint && has_class(&t[1], DATE_WORD_ORDINAL) && is_glued(&t[1]) &&
        (t->sign == '-' || is_word(r, &t[1], "o") || is_word(r, &t[1], "a")))
        r->t += 2;
    else if (has_class(t, DATE_WORD_ORDINAL) && is_glued(t))
        r->t++;
    else if (is_word(r, t, "d") && is_sign(&t[1], '.')) /* Lithuanian: 13 d. */
        r->t += 2;
    else
        take_any(r, U"日일號号o");
}

static bool
take_day(struct reader *r, int *day, bool *dotted)
{
    const struct date_token *t = r->t;
    if (!is_number(t, 1, 2) || is_sign(&t[1], ':') || is_sign(&t[1], U'月') ||
        is_sign(&t[1], U'월'))
        return false;
    *day = (int)t->value;
    *dotted = is_sign(&t[1], '.') && is_glued(&t[1]);
    r->t++;
    take_ordinal(r);
    return true;
}

/* 星期五, 周五, 金曜日, 금요일 */
static bool
take_weekday_signs(struct reader *r)
{
    const struct date_token *start = r->t;
    if (take_all(r, U"星期") || take_all(r, U"礼拜") || take_all(r, U"禮拜") ||
        take_any(r, U"周週")) {
        if (is_number(r->t, 1, 1) || is_sign(r->t, U'日') || is_sign(r->t, U'天')) {
            r->t++;
            return true;
        }
    } else if (take_any(r, U"月火水木金土日")) {
        if (take_sign(r, U'曜')) {
            take_sign(r, U'日');
            return true;
        }
    } else if (take_any(r, U"월화수목금토일") && take_all(r, U"요일")) {
        return true;
    }
    r->t = start;
    return false;
}

static bool
take_weekday_word(struct reader *r)
{
    const struct date_token *t = r->t;
    static const char thai_day[] = "วัน";
    if (t->kind != DATE_WORD)
        return false;
    if (t->what & DATE_NAME_WEEKDAY)
        r->t += t->span;
    else if (strncmp(r->scan->letters + t->folded, thai_day, sizeof thai_day - 1) == 0)
        r->t++;
    return r->t > t;
}

/* Also in brackets, and there as one character: (金), (금), (Fri) */
static bool
take_weekday(struct reader *r)
{
    const struct date_token *start = r->t;
    if (!take_sign(r, '('))
        return take_weekday_word(r) || take_weekday_signs(r);
    if (take_weekday_word(r) || take_weekday_signs(r) ||
        take_any(r, U"月火水木金土日월화수목금토일")) {
        take_sign(r, '.');
        if (take_sign(r, ')'))
            return true;
    }
    r->t = start;
    return false;
}

/* ---- Time of day ---- */

static bool
has_pair(const struct date_token *t, uint32_t sign)
{
    return is_sign(t, sign) && is_glued(t) && is_number(&t[1], 2, 2) && is_glued(&t[1]);
}

/* 0: neither; else the class, behind what says it. */
static unsigned
take_half_day(struct reader *r, bool before)
{
    const struct date_token *t = r->t;
    if (before) {
        if (take_all(r, U"오전") || take_all(r, U"上午") || take_all(r, U"午前") ||
            take_all(r, U"凌晨") || take_all(r, U"早上"))
            return DATE_WORD_AM;
        if (take_all(r, U"오후") || take_all(r, U"下午") || take_all(r, U"午後") ||
            take_all(r, U"晚上"))
            return DATE_WORD_PM;
        if (t->kind != DATE_WORD)
            return 0;
        if (!is_number(&t[1], 1, 2) && !(is_sign(&t[1], '.') && is_number(&t[2], 1, 2)))
            return 0;
    }
    const unsigned class = t->kind == DATE_WORD ? t->word & (DATE_WORD_AM | DATE_WORD_PM) : 0;
    if (class) {
        take_class(r, class);
        return class;
    }
    const bool a = is_word(r, t, "a");
    if (before || (!a && !is_word(r, t, "p")))
        return 0;
    t += is_sign(&t[1], '.') ? 2 : 1;
    if (!is_word(r, t, "m"))
        return 0;
    r->t = t + 1;
    take_sign(r, '.');
    return a ? DATE_WORD_AM : DATE_WORD_PM;
}

static void
take_fraction(struct reader *r)
{
    const struct date_token *t = r->t;
    if (is_one_of(t, ".,") && is_glued(t) && t[1].kind == DATE_NUMBER && is_glued(&t[1]))
        r->t += 2;
}

/* 3時4分5秒, 3시 반, 15h04, 15 Uhr, 15 Uhr 30: the hour is read. */
static bool
take_worded_clock(struct reader *r, struct when *w)
{
    const struct date_token *mark = r->t;
    if (take_any(r, U"時时点點시")) {
        if (is_number(r->t, 1, 2) && (is_sign(&r->t[1], U'分') || is_sign(&r->t[1], U'분'))) {
            w->minute = (int)r->t->value;
            r->t += 2;
        } else if (take_any(r, U"半반")) {
            w->minute = 30;
        }
        if (is_number(r->t, 1, 2) && (is_sign(&r->t[1], U'秒') || is_sign(&r->t[1], U'초'))) {
            w->second = (int)r->t->value;
            r->t += 2;
        }
        return true;
    }
    if (!has_class(mark, DATE_WORD_HOUR))
        return false;
    r->t++;
    take_sign(r, '.');
    if (is_number(r->t, 2, 2) && !is_sign(&r->t[1], ':')) {
        w->minute = (int)r->t->value;
        r->t++;
        take_class(r, DATE_WORD_MINUTE);
        if (is_number(r->t, 2, 2) && has_class(&r->t[1], DATE_WORD_SECOND)) {
            w->second = (int)r->t->value;
            r->t += 2;
        }
        return true;
    }
    /* "3 h" alone may be a duration. */
    return !r->careful || has_class(mark, DATE_WORD_CLOCK) || is_glued(mark);
}

/* 080000, 0800 or 08 behind a T */
static bool
take_basic_clock(struct reader *r, struct when *w)
{
    const struct date_token *t = r->t;
    if (t->kind != DATE_NUMBER || (t->digits != 4 && t->digits != 6 && t->digits != 2))
        return false;
    int64_t value = t->value;
    if (t->digits == 6) {
        w->second = (int)(value % 100);
        value /= 100;
    }
    w->minute = t->digits == 2 ? 0 : (int)(value % 100);
    w->hour = (int)(t->digits == 2 ? value : value / 100);
    r->t++;
    if (t->digits == 6)
        take_fraction(r);
    return true;
}

/* Hours, minutes and seconds in digits, or an hour alone; *sure: it cannot be anything but a
 * time. */
static bool
take_digits_clock(struct reader *r, struct when *w, bool *sure)
{
    *sure = true;
    if (!is_number(r->t, 1, 2))
        return false;
    w->hour = (int)r->t->value;
    w->minute = 0;
    r->t++;
    const uint32_t sign = has_pair(r->t, ':') ? ':' : has_pair(r->t, '.') ? '.' : 0;
    if (!sign) {
        *sure = take_worded_clock(r, w);
        return true;
    }
    *sure = sign == ':';
    w->minute = (int)r->t[1].value;
    r->t += 2;
    if (has_pair(r->t, sign)) {
        w->second = (int)r->t[1].value;
        r->t += 2;
        if (sign == ':')
            take_fraction(r);
    }
    return true;
}

/* A time of day without its zone. announced: a word before it says that one comes. */
static bool
take_clock(struct reader *r, struct when *w, bool announced)
{
    const struct date_token *start = r->t;
    struct when got = *w;
    bool sure;
    got.second = UNKNOWN;
    unsigned half = take_half_day(r, true);
    const struct date_token *digits = r->t;
    if (take_digits_clock(r, &got, &sure)) {
        const bool alone = r->t == digits + 1;
        if (!half)
            half = take_half_day(r, false);
        const bool marked = take_class(r, DATE_WORD_CLOCK);
        if (marked)
            take_class(r, DATE_WORD_CLOCK);
        if (half == DATE_WORD_PM && got.hour < 12)
            got.hour += 12;
        else if (half == DATE_WORD_AM && got.hour == 12)
            got.hour = 0;
        const bool wrong = half == DATE_WORD_AM && got.hour > 12;
        if (!wrong && (sure || half || marked || (!alone && (announced || !r->careful)))) {
            *w = got;
            return true;
        }
    }
    r->t = start;
    return false;
}

/* +0900, +09:00, +09; named: behind UTC or GMT, where +9 will do. */
static bool
take_offset(struct reader *r, bool named, bool iso, const struct when *w, int *offset)
{
    const struct date_token *t = r->t;
    if ((!is_sign(t, '+') && !is_sign(t, '-')) || !is_number(&t[1], named ? 1 : 2, 4) ||
        !is_glued(&t[1]) || t[1].digits == 3)
        return false;
    const bool colon = t[1].digits <= 2 && has_pair(&t[2], ':');
    /* "10:00-11:30" is more often from-to than an offset. */
    if (t->sign == '-' && t[1].digits < 4 && !named && !iso && w->second == UNKNOWN)
        return false;
    const int64_t n = t[1].value;
    const int hours = (int)(t[1].digits == 4 ? n / 100 : n);
    const int minutes = (int)(t[1].digits == 4 ? n % 100 : colon ? t[3].value : 0);
    if (hours > 15 || minutes > 59)
        return false;
    *offset = (hours * 60 + minutes) * (t->sign == '-' ? -1 : 1);
    r->t += colon ? 4 : 2;
    return true;
}

/* "[Europe/Berlin]", "(Korean Standard Time)" behind an offset */
static void
take_comment(struct reader *r)
{
    const struct date_token *t = r->t;
    const uint32_t end = is_sign(t, '[') ? ']' : is_sign(t, '(') ? ')' : 0;
    for (int i = 0; end && i < 12 && t->kind != DATE_END; i++)
        if (is_sign(++t, end)) {
            r->t = t + 1;
            return;
        }
}

/* ET, Eastern Time, Pacific Daylight Time, CEST, Z */
static bool
take_zone_name(struct reader *r, int *offset)
{
    const struct date_token *t = r->t;
    if (t->kind != DATE_WORD || t->zone == DATE_ZONE_NONE)
        return false;
    const bool us = t->zone >= DATE_ZONE_US - 12, spelt = us && t->to - t->from > 2;
    if (r->careful && !(spelt ? t->capital : t->capitals || is_word(r, t, "z")))
        return false;
    *offset = t->zone;
    r->t++;
    if (!us) {
        take_sign(r, '.');
        return true;
    }
    const bool standard = spelt && is_word(r, r->t, "standard");
    const bool daylight = spelt && is_word(r, r->t, "daylight");
    r->t += standard || daylight;
    r->t += is_word(r, r->t, "time");
    if (standard || daylight)
        *offset = (*offset - DATE_ZONE_US + daylight) * 60;
    return true;
}

static bool
take_zone(struct reader *r, struct when *w, bool iso)
{
    const struct date_token *start = r->t;
    const bool bracket = take_sign(r, '(');
    int offset = 0;
    bool found = take_zone_name(r, &offset);
    if (found && offset == 0 && take_offset(r, true, iso, w, &offset)) {
        take_comment(r);
    } else if (!found && take_offset(r, false, iso, w, &offset)) {
        int unused;
        found = true;
        take_comment(r);
        take_zone_name(r, &unused);
    }
    if (!found || (bracket && !take_sign(r, ')'))) {
        r->t = start;
        return false;
    }
    w->zoned = true;
    w->offset = offset;
    return true;
}

/* ---- Dates ---- */

static bool
is_separator(const struct date_token *t)
{
    return is_one_of(t, "-/.:");
}

/* A sign and a number as the next parts of a numeric date; loose: blanks may stand before the
 * number. */
static bool
follows(const struct reader *r, const struct date_token *t, int least, int most, bool loose)
{
    if (!is_separator(t) || !is_number(&t[1], least, most))
        return false;
    return !r->careful || (is_glued(t) && (is_glued(&t[1]) || (loose && t->sign == '.')));
}

/* 2023-10-13, 2023/10/13, 2023. 10. 13., 2023:10:13, 2023-10, 2023-286 */
static bool
take_numeric_year_first(struct reader *r, struct when *w)
{
    const struct date_token *t = r->t;
    if (!year_of(r, t, false, &w->year))
        return false;
    if (follows(r, &t[1], 1, 2, true) && follows(r, &t[3], 1, 2, true) && t[1].sign == t[3].sign) {
        w->month = (int)t[2].value;
        w->day = (int)t[4].value;
        r->t += 5;
        if (t[1].sign == '.' && is_sign(r->t, '.') &&
            !(r->t[1].kind == DATE_NUMBER && is_glued(&r->t[1])))
            r->t++;
        r->year_first = true;
        return true;
    }
    if (r->careful || !follows(r, &t[1], 1, 3, false) || t[1].sign == ':')
        return false;
    w->month = (int)t[2].value;
    r->t += 3;
    if (t[2].digits < 3)
        return true;
    const int64_t first = days_of(w->year, 1, 1);
    if (t[1].sign != '-' || t[2].value < 1 || t[2].value > days_of(w->year + 1, 1, 1) - first)
        return false;
    date_of(first + t[2].value - 1, &w->year, &w->month, &w->day);
    return true;
}

/* 10/14/2023, 14.10.2023, 14-10-23, 10/2023 */
static bool
take_numeric_year_last(struct reader *r, struct when *w)
{
    const struct date_token *t = r->t;
    if (!is_number(t, 1, 2) || is_sign(&t[1], ':'))
        return false;
    if (follows(r, &t[1], 4, 4, false) && (!r->careful || (t[1].sign == '/' && t->digits == 2))) {
        w->month = (int)t->value;
        r->t += 3;
        return year_of(r, &t[2], false, &w->year);
    }
    if (!follows(r, &t[1], 1, 2, true) || !follows(r, &t[3], 2, 4, true) ||
        t[1].sign != t[3].sign || !year_of(r, &t[4], true, &w->year))
        return false;
    r->short_year = t[4].digits == 2;
    const int a = (int)t[0].value, b = (int)t[2].value;
    const bool day_first = a > 12 || (b <= 12 && (t[1].sign != '/' || r->day_first));
    w->day = day_first ? a : b;
    w->month = day_first ? b : a;
    r->t += 5;
    take_class(r, DATE_WORD_YEAR);
    return true;
}

/* 20231013, and with the time 202310130800 and 20231013080000 */
static bool
take_compact(struct reader *r, struct when *w)
{
    const struct date_token *t = r->t;
    if (t->kind != DATE_NUMBER || t->persian ||
        (t->digits != 8 && t->digits != 12 && t->digits != 14) ||
        (r->careful && (t->digits != 8 || t->value < 16000000 || t->value > 21999999)))
        return false;
    int64_t n = t->value;
    if (t->digits == 14) {
        w->second = (int)(n % 100);
        n /= 100;
    }
    if (t->digits >= 12) {
        w->minute = (int)(n % 100);
        w->hour = (int)(n / 100 % 100);
        n /= 10000;
    }
    w->year = (int)(n / 10000);
    w->month = (int)(n / 100 % 100);
    w->day = (int)(n % 100);
    r->t++;
    return true;
}

static bool
take_numeric(struct reader *r, struct when *w)
{
    r->numeric = take_numeric_year_first(r, w) || take_numeric_year_last(r, w) ||
                 take_compact(r, w);
    return r->numeric;
}

/* The year behind day and month; asctime() and date(1) put the time before it. */
static bool
take_year_behind(struct reader *r, struct when *w, bool day_last)
{
    bool marked;
    const struct date_token *start = r->t;
    take_gap(r);
    /* "April 28-29" are two days. */
    const bool range = day_last && is_sign(start, '-') && is_number(r->t, 2, 2);
    if (!range && take_year(r, !r->careful, &w->year, &marked))
        return true;
    r->t = start;
    take_gap(r);
    if (!take_clock(r, w, false))
        return false;
    take_zone(r, w, false);
    take_sign(r, ',');
    return take_year(r, false, &w->year, &marked);
}

/* 13 October 2023, 13. Oktober 2023, 13 de octubre de 2023, 13-Oct-2023 */
static bool
take_day_first(struct reader *r, struct when *w)
{
    bool dotted, plain;
    if (!take_day(r, &w->day, &dotted))
        return false;
    take_gap(r);
    return take_month(r, dotted, &w->month, &plain) && take_year_behind(r, w, false);
}

/* October 13, 2023; Oct 13 08:00:00 2023; October 2023 */
static bool
take_month_first(struct reader *r, struct when *w)
{
    bool dotted, plain, marked;
    if (!take_month(r, false, &w->month, &plain))
        return false;
    const struct date_token *behind = r->t;
    take_gap(r);
    if (take_day(r, &w->day, &dotted) && take_year_behind(r, w, true))
        return true;
    r->t = behind;
    *w = (struct when){w->year, w->month, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, false, 0};
    take_gap(r);
    return (plain || !r->careful) && take_year(r, false, &w->year, &marked);
}

/* 2023年10月13日, 2023 October 13, 2023. gada 13. oktobris, 2023年10月 */
static bool
take_year_first(struct reader *r, struct when *w)
{
    bool marked, dotted, plain;
    if (!take_year(r, false, &w->year, &marked))
        return false;
    take_gap(r);
    const struct date_token *month = r->t;
    if (!take_month(r, false, &w->month, &plain)) {
        if (!take_day(r, &w->day, &dotted))
            return false;
        take_gap(r);
        return take_month(r, dotted, &w->month, &plain);
    }
    const struct date_token *behind = r->t;
    take_gap(r);
    if (take_day(r, &w->day, &dotted)) {
        /* "2023 March 5, 2024": the first year belongs to something else. */
        const struct date_token *next = r->t + is_sign(r->t, ',');
        return marked || !r->careful || !is_number(next, 4, 4);
    }
    r->t = behind;
    w->day = UNKNOWN;
    return marked || !r->careful || month->kind == DATE_NUMBER;
}

/* A year alone, or Unix time. */
static bool
take_alone(struct reader *r, struct when *w)
{
    bool marked;
    const struct date_token *t = r->t;
    if (r->careful)
        return false;
    if (take_year(r, false, &w->year, &marked))
        return true;
    if (!is_number(t, 10, 10) && !is_number(t, 13, 13))
        return false;
    when_of(t->digits == 13 ? t->value / 1000 : t->value, w);
    w->zoned = true;
    r->t++;
    take_fraction(r);
    return true;
}

static bool
take_date(struct reader *r, struct when *w)
{
    static bool (*const patterns[])(struct reader *, struct when *) = {
        take_numeric, take_day_first, take_month_first, take_year_first, take_alone,
    };
    const struct date_token *start = r->t;
    const struct when before = *w;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        r->numeric = r->year_first = r->short_year = false;
        if (patterns[i](r, w))
            return true;
        r->t = start;
        *w = before;
    }
    return false;
}

static bool
take_named_date(struct reader *r, struct when *w)
{
    const struct date_token *start = r->t;
    if (take_weekday(r)) {
        take_gap(r);
        if (take_date(r, w))
            return true;
        r->t = start;
    }
    if (!r->careful)
        take_gap(r);
    if (!take_date(r, w)) {
        r->t = start;
        return false;
    }
    return true;
}

/* The time behind a date, if there is one. */
static void
take_time_behind(struct reader *r, struct when *w)
{
    const struct date_token *start = r->t;
    if (w->day == UNKNOWN)
        return;
    const bool iso = is_word(r, r->t, "t") && is_glued(r->t) && is_glued(&r->t[1]);
    if (iso)
        r->t++;
    bool announced = iso;
    for (int i = 0; !iso && i < 4; i++) {
        const struct date_token *t = r->t;
        if (has_class(t, DATE_WORD_AT))
            announced = true;
        else if (!has_class(t, DATE_WORD_GAP) && !is_one_of(t, ",.-/|:;@("))
            break;
        r->t++;
    }
    const bool clock = take_clock(r, w, announced) || (iso && take_basic_clock(r, w));
    if (!clock) {
        r->t = start;
        return;
    }
    take_zone(r, w, iso || (r->numeric && r->year_first));
}

/* "08:00 GMT, 13 October 2023" */
static bool
take_time_first(struct reader *r, struct when *w)
{
    const struct date_token *start = r->t;
    if (take_clock(r, w, false)) {
        struct when date = nowhen;
        take_zone(r, w, false);
        take_sign(r, '|');
        take_gap(r);
        if (take_named_date(r, &date) && date.day != UNKNOWN && date.hour == UNKNOWN) {
            w->year = date.year;
            w->month = date.month;
            w->day = date.day;
            return true;
        }
    }
    r->t = start;
    *w = nowhen;
    return false;
}

/* Date and time, in any order. */
static bool
take_all_parts(struct reader *r, struct when *w)
{
    *w = nowhen;
    if (!take_named_date(r, w))
        return take_time_first(r, w);
    const struct date_token *end = r->t;
    if (w->hour != UNKNOWN) {
        if (!w->zoned)
            take_zone(r, w, false);
        return true;
    }
    take_gap(r);
    if (!take_weekday(r))
        r->t = end;
    take_time_behind(r, w);
    return true;
}

/* ---- Public ---- */

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
refuse(struct err *err, const char *text, size_t len, const char *why)
{
    struct buf shown;
    buf_init(&shown, 3 * DATE_TEXT_MAX);
    utf8_clean(&shown, text, len);
    err_set(err, ERR_SYNTAX, "not a date: \"%.300s\": %s", shown.data, why);
    buf_release(&shown);
    return false;
}

/* Does 03/04/2023 mean April in that language? */
static bool
writes_day_first(const char *language)
{
    static const char *const others[] = {"",      "und",   "en",  "en-US",
                                         "en-CA", "en-PH", "fil", "fil-PH"};
    for (size_t i = 0; language && i < sizeof others / sizeof *others; i++)
        if (strcmp(language, others[i]) == 0)
            return false;
    return language != NULL;
}

bool
date_parse(const char *text, size_t len, char out[DATE_MAX], struct err *err)
{
    return date_parse_in(NULL, text, len, out, err);
}

bool
date_parse_in(const char *language, const char *text, size_t len, char out[DATE_MAX],
              struct err *err)
{
    while (len && is_blank(*text)) {
        text++;
        len--;
    }
    while (len && is_blank(text[len - 1]))
        len--;
    if (len == 0)
        return err_set(err, ERR_SYNTAX, "not a date: it is empty");
    if (len > DATE_TEXT_MAX)
        return err_set(err, ERR_SYNTAX, "not a date: it has %zu bytes", len);
    struct date_scan scan;
    struct when w;
    date_scan(&scan, text, len);
    struct reader r = {.scan = &scan, .t = scan.token, .day_first = writes_day_first(language)};
    const char *why;
    const bool found = take_all_parts(&r, &w);
    while (is_one_of(r.t, ".,)]"))
        r.t++;
    if (found && r.t->kind == DATE_END)
        why = when_settle(&w);
    else if (r.why)
        why = r.why;
    else
        why = found ? "something else stands around it" : "no form of date that is known";
    if (why)
        return refuse(err, text, len, why);
    print(&w, out);
    return true;
}

/* Could the date begin here, or is this the middle of a longer number or word? */
static bool
may_begin(const struct date_scan *s, size_t i, const struct reader *r)
{
    const struct date_token *t = &s->token[i];
    if (i == 0 || !r->numeric || !is_glued(t))
        return true;
    if (t[-1].kind != DATE_SIGN)
        return !t[-1].ascii;
    return !(is_separator(&t[-1]) && i > 1 && t[-2].kind == DATE_NUMBER && is_glued(&t[-1])) &&
           t[-1].sign != '_';
}

static bool
may_end(const struct reader *r)
{
    const struct date_token *t = r->t;
    if (!r->numeric || !is_glued(t))
        return true;
    if (t->kind != DATE_SIGN)
        return !t->ascii;
    const bool folder = r->year_first && (t->sign == '/' || t->sign == '-');
    const bool range = t->sign == '-' && t - r->scan->token >= 5 && is_one_of(&t[-2], "./");
    return folder || range || !(is_separator(t) && t[1].kind == DATE_NUMBER && is_glued(&t[1]));
}

bool
date_find(const char *text, size_t len, size_t *from, size_t *to, char out[DATE_MAX])
{
    return date_find_in(NULL, text, len, from, to, out);
}

bool
date_find_in(const char *language, const char *text, size_t len, size_t *from, size_t *to,
             char out[DATE_MAX])
{
    const bool day_first = writes_day_first(language);
    struct date_scan scan;
    date_scan(&scan, text, len);
    for (size_t i = 0; i < scan.n; i++) {
        struct reader r = {.scan = &scan, .t = &scan.token[i]};
        r.careful = true;
        r.day_first = day_first;
        struct when w;
        if (!take_all_parts(&r, &w) || !may_begin(&scan, i, &r) || !may_end(&r) ||
            (r.short_year && w.hour == UNKNOWN))
            continue;
        if (when_settle(&w)) {
            /* "30 February 2023" does not hold "February 2023". */
            i = (size_t)(r.t - scan.token) - 1;
            continue;
        }
        if (from)
            *from = scan.token[i].from;
        if (to)
            *to = r.t[-1].to;
        print(&w, out);
        return true;
    }
    return false;
}

/* n digits; false: something else stands there. */
static bool
read_digits(const char **p, int n, int *value)
{
    *value = 0;
    for (; n > 0; n--, (*p)++) {
        if (**p < '0' || **p > '9')
            return false;
        *value = *value * 10 + (**p - '0');
    }
    return true;
}

static bool
read_part(const char **p, char before, int *value)
{
    if (**p != before)
        return false;
    (*p)++;
    return read_digits(p, 2, value);
}

/* Our form, strictly. */
static bool
read_iso(const char *p, struct when *w)
{
    *w = nowhen;
    if (!p || !read_digits(&p, 4, &w->year))
        return false;
    if (*p && !read_part(&p, '-', &w->month))
        return false;
    if (*p && !read_part(&p, '-', &w->day))
        return false;
    if (*p) {
        if (!read_part(&p, 'T', &w->hour) || !read_part(&p, ':', &w->minute))
            return false;
        if (*p == ':' && !read_part(&p, ':', &w->second))
            return false;
        if (*p == 'Z')
            p++;
    }
    return !*p && w->hour < 24 && w->second < 60 && !when_settle(w);
}

bool
date_range(const char *iso, int64_t *from, int64_t *to)
{
    struct when w;
    if (!read_iso(iso, &w))
        return false;
    const int64_t first = seconds_of(&w);
    int64_t length = DAY_SECONDS;
    if (w.month == UNKNOWN)
        length *= is_leap(w.year) ? 366 : 365;
    else if (w.day == UNKNOWN)
        length *= month_days(w.year, w.month);
    else if (w.hour != UNKNOWN)
        length = w.second == UNKNOWN ? 60 : 1;
    if (from)
        *from = first;
    if (to)
        *to = first + length;
    return true;
}

bool
date_valid(const char *iso)
{
    struct when w;
    return read_iso(iso, &w);
}

void
date_print_seconds(int64_t seconds, char out[DATE_MAX])
{
    const int64_t least = days_of(YEAR_MIN, 1, 1) * DAY_SECONDS;
    const int64_t most = days_of(YEAR_MAX + 1, 1, 1) * DAY_SECONDS - 1;
    struct when w = nowhen;
    when_of(seconds < least ? least : seconds > most ? most : seconds, &w);
    w.zoned = true;
    print(&w, out);
}
