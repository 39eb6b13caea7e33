/* date.c - tests of common/date: what newspapers write is read, and nothing else
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#include "common/date.h"
#include "common/date-names.h"
#include "common/date-scan.h"

struct pair {
    const char *text;
    const char *iso; /* NULL: no date */
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *
parsed(const char *text, char out[DATE_MAX], struct err *err)
{
    *err = (struct err){.code = ERR_NONE};
    return date_parse(text, strlen(text), out, err) ? out : NULL;
}

static void
check_pairs(const struct pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char out[DATE_MAX];
        struct err err;
        const char *got = parsed(pairs[i].text, out, &err);
        if ((got == NULL) != (pairs[i].iso == NULL) || (got && strcmp(got, pairs[i].iso) != 0))
            fail_msg("\"%s\" is %s, not %s", pairs[i].text, got ? got : err.msg, pairs[i].iso);
        if (!got)
            assert_int_equal(err.code, ERR_SYNTAX);
    }
}

static void
reads_iso_8601(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"2023", "2023"},
        {"2023-10", "2023-10"},
        {"2023-10-13", "2023-10-13"},
        {" \t2023-10-13\r\n", "2023-10-13"},
        {"20231013", "2023-10-13"},
        {"2023-286", "2023-10-13"},
        {"2024-366", "2024-12-31"},
        {"2023-366", NULL},
        {"2023-10-13T08:00Z", "2023-10-13T08:00Z"},
        {"2023-10-13T08:00:00Z", "2023-10-13T08:00:00Z"},
        {"2023-10-13t08:00:00z", "2023-10-13T08:00:00Z"},
        {"2023-10-13T08:00:00", "2023-10-13T08:00:00"},
        {"2023-10-13 08:00", "2023-10-13T08:00"},
        {"2023-10-13T08", "2023-10-13T08:00"},
        {"2023-10-13T08:00:00.123+09:00", "2023-10-12T23:00:00Z"},
        {"2023-10-13T08:00:00,5-0330", "2023-10-13T11:30:00Z"},
        {"2023-10-13T08:00-05", "2023-10-13T13:00Z"},
        {"2023-10-13 08:00-05:00", "2023-10-13T13:00Z"},
        {"2023-10-13T08:00\u221205:00", "2023-10-13T13:00Z"},
        {"20231013T080000Z", "2023-10-13T08:00:00Z"},
        {"20231013T0800+0900", "2023-10-12T23:00Z"},
        {"2023-10-13T24:00:00", "2023-10-14T00:00:00"},
        {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
        {"2023-12-31T20:00:00-05:00", "2024-01-01T01:00:00Z"},
        {"2024-03-01T00:30+01:00", "2024-02-29T23:30Z"},
        {"2023-10-13T08:00:00+09:00[Asia/Seoul]", "2023-10-12T23:00:00Z"},
        {"2023-10-13 08:00:00 +0000 UTC", "2023-10-13T08:00:00Z"},
        {"2023:10:13 08:00:00", "2023-10-13T08:00:00"},
    };
    check_pairs(pairs, COUNT(pairs));
}

static void
reads_the_dates_of_mail_and_programs(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"Fri, 13 Oct 2023 08:00:00 +0900", "2023-10-12T23:00:00Z"},
        {"Fri, 13 Oct 2023 08:00:00 GMT", "2023-10-13T08:00:00Z"},
        {"13 Oct 2023 08:00 EST", "2023-10-13T13:00Z"},
        {"13 Oct 2023 08:00:00 -0700 (PDT)", "2023-10-13T15:00:00Z"},
        {"13 Oct 99 08:00 Z", "1999-10-13T08:00Z"},
        {"Friday, 13-Oct-23 08:49:37 GMT", "2023-10-13T08:49:37Z"},
        {"Fri Oct 13 08:49:37 2023", "2023-10-13T08:49:37"},
        {"Tue Oct  3 08:49:37 2023 +0900", "2023-10-02T23:49:37Z"},
        {"Fri Oct 13 08:00:00 AM KST 2023", "2023-10-12T23:00:00Z"},
        {"Fri Oct 13 2023 08:00:00 GMT+0900 (Korean Standard Time)", "2023-10-12T23:00:00Z"},
        {"13/Oct/2023:08:00:00 +0000", "2023-10-13T08:00:00Z"},
        {"1697184000", "2023-10-13T08:00:00Z"},
        {"1697184000.75", "2023-10-13T08:00:00Z"},
        {"1697184000123", "2023-10-13T08:00:00Z"},
        {"20231013080000", "2023-10-13T08:00:00"},
        {"202310130800", "2023-10-13T08:00"},
    };
    check_pairs(pairs, COUNT(pairs));
}

static void
reads_english_newspapers(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"October 13, 2023", "2023-10-13"},
        {"OCTOBER 13, 2023", "2023-10-13"},
        {"October 2023", "2023-10"},
        {"13 October 2023", "2023-10-13"},
        {"13th of October, 2023", "2023-10-13"},
        {"Friday 13th October 2023", "2023-10-13"},
        {"Sept. 1st, 2023", "2023-09-01"},
        {"2023 Oct 13", "2023-10-13"},
        {"13-Oct-2023", "2023-10-13"},
        {"13 oct 23", "2023-10-13"},
        {"Oct. 13, 2023 3:04 p.m. ET", "2023-10-13T19:04Z"},
        {"Oct. 13, 2023, at 3:04 PM Eastern Daylight Time", "2023-10-13T19:04Z"},
        {"Oct 13, 2023 12:05AM", "2023-10-13T00:05"},
        {"Oct 13, 2023 12:05 P.M.", "2023-10-13T12:05"},
        {"Oct 13, 2023 | 3 pm", "2023-10-13T15:00"},
        {"October 13, 2023 08:00 am IST", "2023-10-13T02:30Z"},
        {"08:00 GMT, 13 October 2023", "2023-10-13T08:00Z"},
        {"3 am October 13, 2023", "2023-10-13T03:00"},
        {"10/13/2023 3:04:05 PM", "2023-10-13T15:04:05"},
        {"Tues., Oct 17, 2023", "2023-10-17"},
        {"May 1, 2023", "2023-05-01"},
        {"Oct 13, 2023,", "2023-10-13"},
        {"Oct 13, 2023 13:00 am", NULL},
        {"Apr. 28-29", NULL},
        {"October 13", NULL},
        {"13 Smarch 2023", NULL},
        {"Published: October 13, 2023", NULL},
    };
    check_pairs(pairs, COUNT(pairs));
}

static void
reads_european_languages(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"13. Oktober 2023, 15.04 Uhr", "2023-10-13T15:04"},
        {"Freitag, 13. Oktober 2023 um 15:04 Uhr", "2023-10-13T15:04"},
        {"3. Jänner 2023", "2023-01-03"},
        {"13 octobre 2023 à 15h04", "2023-10-13T15:04"},
        {"mar. 17 oct. 2023", "2023-10-17"},
        {"vendredi 1er février 2023", "2023-02-01"},
        {"le 13 fe\u0301vrier 2023", "2023-02-13"},
        {"13 de octubre de 2023", "2023-10-13"},
        {"viernes, 13 de octubre de 2023 a las 3:04 p. m.", "2023-10-13T15:04"},
        {"13 d’octubre de 2023", "2023-10-13"},
        {"13 de outubro de 2023 às 15h04", "2023-10-13T15:04"},
        {"sexta-feira, 13 de março de 2023", "2023-03-13"},
        {"1.º de outubro de 2023", "2023-10-01"},
        {"13 ottobre 2023 alle 15:04", "2023-10-13T15:04"},
        {"13 oktober 2023 om 15.04 uur", "2023-10-13T15:04"},
        {"13 oktober 2023 kl. 15.04", "2023-10-13T15:04"},
        {"13. lokakuuta 2023 klo 15.04", "2023-10-13T15:04"},
        {"13 октября 2023 г.", "2023-10-13"},
        {"13-го октября 2023 года, 15:04", "2023-10-13T15:04"},
        {"Пт, 13 окт. 2023, 15:04 МСК", "2023-10-13T12:04Z"},
        {"13 жовтня 2023 р.", "2023-10-13"},
        {"п’ятниця, 13 жовтня 2023", "2023-10-13"},
        {"13 лістапада 2023 г.", "2023-11-13"},
        {"13. октобра 2023.", "2023-10-13"},
        {"13 października 2023 r.", "2023-10-13"},
        {"13 listopada 2023", "2023-11-13"},
        {"13. listopada 2023.", "2023-10-13"},
        {"13. listopadu 2023", "2023-11-13"},
        {"13. listopad 2023", NULL},
        {"13 srp 2023", NULL},
        {"13. října 2023", "2023-10-13"},
        {"2023. október 13.", "2023-10-13"},
        {"2023 m. spalio 13 d.", "2023-10-13"},
        {"2023. gada 13. oktobris", "2023-10-13"},
        {"13 Οκτωβρίου 2023 3:04 μ.μ.", "2023-10-13T15:04"},
        {"13 EKİM 2023 Cuma", "2023-10-13"},
        {"13 KASIM 2023", "2023-11-13"},
        {"13 Deireadh Fómhair 2023", "2023-10-13"},
    };
    check_pairs(pairs, COUNT(pairs));
}

static void
reads_asian_and_african_languages(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"2023年10月13日", "2023-10-13"},
        {"２０２３年１０月１３日", "2023-10-13"},
        {"2023年10月", "2023-10"},
        {"2023年10月13日(金) 15時04分", "2023-10-13T15:04"},
        {"2023年10月13日 星期五 下午3:04", "2023-10-13T15:04"},
        {"令和5年10月13日", "2023-10-13"},
        {"平成元年1月8日", "1989-01-08"},
        {"民國112年10月13日", "2023-10-13"},
        {"二〇二三年十月二十三日", "2023-10-23"},
        {"2023년 10월 13일 금요일 오후 3시 4분", "2023-10-13T15:04"},
        {"2023. 10. 13. 오후 3:04", "2023-10-13T15:04"},
        {"2023. 10. 13.", "2023-10-13"},
        {"13 أكتوبر 2023", "2023-10-13"},
        {"١٣ اكتوبر ٢٠٢٣", "2023-10-13"},
        {"الجمعة، 13 تشرين الأول/ أكتوبر 2023م", "2023-10-13"},
        {"13 باكتوبر 2023", NULL},
        {"13 באוקטובר 2023", "2023-10-13"},
        {"۱۳ اکتبر ۲۰۲۳", "2023-10-13"},
        {"۱۴۰۲/۰۷/۲۱", NULL},
        {"१३ अक्टूबर २०२३", "2023-10-13"},
        {"वीरवार 13 अक्टूबर 2023", NULL},
        {"১৩ অক্টোবর ২০২৩", "2023-10-13"},
        {"13 ตุลาคม 2566", "2023-10-13"},
        {"วันศุกร์ที่ 13 ตุลาคม พ.ศ. 2566 "
         "เวลา 15.04 น.",
         "2023-10-13T15:04"},
        {"13 ต.ค. 66", "2023-10-13"},
        {"๑๓ ตุลาคม ๒๕๖๖", "2023-10-13"},
        {"13 tháng 10 năm 2023", "2023-10-13"},
        {"Thứ Sáu, ngày 13 tháng 10, 2023", "2023-10-13"},
        {"13 tháng mười hai, 2023", "2023-12-13"},
        {"Jumat, 13 Okt 2023 15:04 WIB", "2023-10-13T08:04Z"},
        {"Ika-13 ng Oktubre 2023", "2023-10-13"},
    };
    check_pairs(pairs, COUNT(pairs));
}

static void
takes_numbers_for_day_and_month_as_documented(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"10/14/2023", "2023-10-14"}, {"14/10/2023", "2023-10-14"}, {"14.10.2023", "2023-10-14"},
        {"10.14.2023", "2023-10-14"}, {"03/04/2023", "2023-03-04"}, {"03.04.2023", "2023-04-03"},
        {"03-04-2023", "2023-04-03"}, {"2023/10/14", "2023-10-14"}, {"10/2023", "2023-10"},
        {"10/14/23", "2023-10-14"},   {"1.5.68", "1968-05-01"},     {"14/15/2023", NULL},
        {"14-10/2023", NULL},         {"10.12.20.23", NULL},
    };
    check_pairs(pairs, COUNT(pairs));
}

static void
takes_the_day_first_where_the_language_does(void **state)
{
    (void)state;
    static const struct {
        const char *language, *iso;
    } cases[] = {
        {NULL, "2023-03-04"}, {"", "2023-03-04"},      {"en", "2023-03-04"},
        {"fr", "2023-04-03"}, {"en-US", "2023-03-04"}, {"en-GB", "2023-04-03"},
        {"vi", "2023-04-03"}, {"fil", "2023-03-04"},   {"pt-BR", "2023-04-03"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[DATE_MAX];
        assert_true(date_parse_in(cases[i].language, "03/04/2023", 10, out, NULL));
        assert_string_equal(out, cases[i].iso);
        assert_true(date_find_in(cases[i].language, ": 03/04/2023", 12, NULL, NULL, out));
        assert_string_equal(out, cases[i].iso);
        assert_true(date_parse_in(cases[i].language, "03/14/2023", 10, out, NULL));
        assert_string_equal(out, "2023-03-14");
    }
}

static void
refuses_what_does_not_exist(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } cases[] = {
        {"", "it is empty"},
        {" \n", "it is empty"},
        {"2023-13-45", "there is no such month"},
        {"2023-00-10", "there is no such month"},
        {"2023-04-31", "there is no such day"},
        {"30 February 2023", "there is no such day"},
        {"Feb 29, 1900", "there is no such day"},
        {"2023-10-00", "there is no such day"},
        {"2023-10-13T25:00", "there is no such time of day"},
        {"2023-10-13T08:60", "there is no such time of day"},
        {"2023-10-13T24:00:01", "there is no such time of day"},
        {"0999-12-31", "the year is not between 1000 and 2999"},
        {"3000-01-01", "the year is not between 1000 and 2999"},
        {"2999-12-31T23:00-05:00", "the year in UTC is not between 1000 and 2999"},
        {"۲۱/۰۷/۱۴۰۲", "the year is not of the Gregorian calendar"},
        {"13. lis 2023", "the name of the month has two meanings"},
        {"2023-10-13 and more", "something else stands around it"},
        {"yesterday", "no form of date that is known"},
        {"\xff\xfe 2023", "no form of date that is known"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[DATE_MAX] = "untouched";
        struct err err;
        assert_null(parsed(cases[i].text, out, &err));
        assert_int_equal(err.code, ERR_SYNTAX);
        assert_non_null(strstr(err.msg, cases[i].why));
        assert_string_equal(out, "untouched");
    }
    char longer[DATE_TEXT_MAX + 2], out[DATE_MAX];
    assert_false(date_parse("2023\0", 5, out, NULL));
    memset(longer, '0', sizeof longer);
    assert_false(date_parse(longer, sizeof longer, out, NULL));
}

/* The second Sunday of March and the first of November at 2:00, and the older rules. */
static void
knows_daylight_saving_in_the_united_states(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"March 12, 2023 1:59 a.m. ET", "2023-03-12T06:59Z"},
        {"March 12, 2023 3:00 a.m. ET", "2023-03-12T07:00Z"},
        {"Nov. 5, 2023 1:00 a.m. ET", "2023-11-05T05:00Z"},
        {"Nov. 5, 2023 3:00 p.m. PT", "2023-11-05T23:00Z"},
        {"July 4, 2023 9 am CT", "2023-07-04T14:00Z"},
        {"April 1, 2006 12:00 pm ET", "2006-04-01T17:00Z"},
        {"April 3, 2006 12:00 pm ET", "2006-04-03T16:00Z"},
        {"October 29, 2006 12:00 pm ET", "2006-10-29T17:00Z"},
        {"April 28, 1985 12:00 pm MT", "1985-04-28T18:00Z"},
        {"July 4, 1950 12:00 pm ET", "1950-07-04T17:00Z"},
        {"July 4, 2023 9:00 Mountain Standard Time", "2023-07-04T16:00Z"},
    };
    check_pairs(pairs, COUNT(pairs));
}

static void
finds_the_first_date_in_a_line(void **state)
{
    (void)state;
    static const struct {
        const char *line, *part, *iso;
    } cases[] = {
        {"Published: October 13, 2023 | 3 min read", "October 13, 2023", "2023-10-13"},
        {"Published 13 October 2023Updated 3 hours ago", "13 October 2023", "2023-10-13"},
        {"By J. Smith, AP  Oct. 13, 2023 3:04 p.m. ET - 2 comments",
         "Oct. 13, 2023 3:04 p.m. ET", "2023-10-13T19:04Z"},
        {"DANDONG, China (Reuters) - 13 Oct 2023 - Police", "13 Oct 2023", "2023-10-13"},
        {"입력2023.10.13. 오후 3:04 수정2023.10.14", "2023.10.13. 오후 3:04",
         "2023-10-13T15:04"},
        {"Updated 10:00 GMT, 13 October 2023 by us", "10:00 GMT, 13 October 2023",
         "2023-10-13T10:00Z"},
        {"Open 13 Oct 2023 10:00-11:30", "13 Oct 2023 10:00", "2023-10-13T10:00"},
        {"https://x.org/2023/10/13/12053", "2023/10/13", "2023-10-13"},
        {"/news/20231013/a.html", "20231013", "2023-10-13"},
        {"Copyright 2023 March 5, 2024", "March 5, 2024", "2024-03-05"},
        {"配信 2023年10月13日(金) 15:04 更新", "2023年10月13日(金) 15:04",
         "2023-10-13T15:04"},
        {"Stand: Freitag, 13. Oktober 2023, 15.04 Uhr | dpa",
         "Freitag, 13. Oktober 2023, 15.04 Uhr", "2023-10-13T15:04"},
        {"Not 30 February 2023 but 1 March 2023", "1 March 2023", "2023-03-01"},
        {"Publisert: 05.08.24 kl. 14:47", "05.08.24 kl. 14:47", "2024-08-05T14:47"},
        {"V Praze 31. 10. 2025 17:46", "31. 10. 2025 17:46", "2025-10-31T17:46"},
        {"vom 1.10.2023-3.10.2023", "1.10.2023", "2023-10-01"},
        {"In May 2023 it rained", "May 2023", "2023-05"},
        {"13 octobre 2023 à 15h04 est paru", "13 octobre 2023 à 15h04", "2023-10-13T15:04"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *line = cases[i].line;
        char out[DATE_MAX] = "none";
        size_t from = 0, to = 0;
        if (!date_find(line, strlen(line), &from, &to, out) || strcmp(out, cases[i].iso) != 0)
            fail_msg("\"%s\": %s, not %s", line, out, cases[i].iso);
        assert_int_equal(to - from, strlen(cases[i].part));
        assert_memory_equal(line + from, cases[i].part, to - from);
    }
    char out[DATE_MAX];
    assert_true(date_find("on 2023-10-13", 13, NULL, NULL, out));
}

static void
finds_no_date_where_there_is_none(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "", "2023", "It was 2023 when", "the 2019-20 season", "sold out 2021", "10.12.2023.1",
        "id 120231013", "x2023-10-13", "2023-10-13x", "call 1697184000", "30 February 2023",
        "May 13", "1 may 203", "tel. 20231399", "v1.2.2023", "10/14/23", "in October 1492",
    };
    for (size_t i = 0; i < COUNT(lines); i++) {
        char out[DATE_MAX] = "untouched";
        size_t from = 7, to = 8;
        if (date_find(lines[i], strlen(lines[i]), &from, &to, out))
            fail_msg("\"%s\": %s", lines[i], out);
        assert_true(from == 7 && to == 8);
        assert_string_equal(out, "untouched");
    }
}

static void
looks_at_no_more_than_it_says(void **state)
{
    (void)state;
    char line[DATE_LINE_MAX + 20], out[DATE_MAX];
    memset(line, ' ', sizeof line);
    memcpy(line + DATE_LINE_MAX - 10, "2023-10-13", 10);
    size_t to = 0;
    assert_true(date_find(line, DATE_LINE_MAX, NULL, &to, out));
    assert_int_equal(to, DATE_LINE_MAX);
    memset(line, ' ', sizeof line);
    memcpy(line + DATE_LINE_MAX - 9, "2023-10-13", 10);
    assert_false(date_find(line, sizeof line, NULL, NULL, out));
}

static void
says_what_time_a_date_covers(void **state)
{
    (void)state;
    static const struct {
        const char *iso;
        int64_t from, to;
    } cases[] = {
        {"1970", 0, INT64_C(365) * 86400},
        {"2024-02", 1706745600, 1706745600 + 29 * 86400},
        {"2023-10-13", 1697155200, 1697155200 + 86400},
        {"2023-10-13T08:00", 1697184000, 1697184060},
        {"2023-10-13T08:00Z", 1697184000, 1697184060},
        {"2023-10-13T08:00:01Z", 1697184001, 1697184002},
        {"1969-12-31T23:59:59", -1, 0},
        {"1000", INT64_C(-30610224000), INT64_C(-30610224000) + INT64_C(365) * 86400},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t from = 0, to = 0;
        assert_true(date_range(cases[i].iso, &from, &to));
        assert_true(from == cases[i].from && to == cases[i].to);
        assert_true(date_valid(cases[i].iso));
    }
    static const char *const bad[] = {
        "", "202", "2023-", "2023-1", "2023-13", "2023-02-30", "2023-10-13T", "2023-10-13T08",
        "2023-10-13T08:00:60", "2023-10-13T24:00", "2023-10Z", "2023-10-13T08:00z", " 2023",
        "2023-10-13T08:00+09:00", "2023-10-13 08:00", "0999", "3000", "2023-10-13T08:00Z ",
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_false(date_valid(bad[i]));
        assert_false(date_range(bad[i], NULL, NULL));
    }
    assert_false(date_valid(NULL));
}

/* Every day of 2,000 years, against gmtime() and against our own reading. */
static void
counts_days_like_the_c_library(void **state)
{
    (void)state;
    char out[DATE_MAX], expected[DATE_MAX];
    for (int64_t day = -354285; day < 376200; day++) {
        const time_t seconds = (time_t)(day * 86400 + 45296);
        struct tm tm;
        int64_t from;
        assert_non_null(gmtime_r(&seconds, &tm));
        strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%SZ", &tm);
        date_print_seconds(seconds, out);
        if (strcmp(out, expected) != 0)
            fail_msg("%s is not %s", out, expected);
        assert_true(date_range(out, &from, NULL) && from == seconds);
    }
    date_print_seconds(INT64_MIN, out);
    assert_string_equal(out, "1000-01-01T00:00:00Z");
    date_print_seconds(INT64_MAX, out);
    assert_string_equal(out, "2999-12-31T23:59:59Z");
}

static void
keeps_its_names_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < date_names_n; i++) {
        const char *name = date_names[i].name;
        char folded[2 * DATE_NAME_MAX];
        assert_true(i == 0 || strcmp(date_names[i - 1].name, name) < 0);
        assert_true((date_names[i].what & DATE_NAME_MONTH) <= 12 && date_names[i].what);
        date_fold(name, strlen(name), folded, sizeof folded);
        assert_string_equal(folded, name);
        assert_int_equal(date_name(name), date_names[i].what);
    }
    /* The first and the last of the other tables, and one between. */
    assert_true(date_word("a") && date_word("r") && date_word("เวลา") && !date_word("aa"));
    assert_true(date_zone("acdt") == 630 && date_zone("kst") == 540 && date_zone("мск") == 180);
    assert_true(date_zone("xyz") == DATE_ZONE_NONE && date_name_croatian("listopada") == 10);
}

/* Languages whose dates ICU writes in Gregorian years. */
static const char *const locales[] = {
    "af", "am", "ar", "ar_DZ", "ar_LB", "ar_MA", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy",
    "da", "de", "de_AT", "el", "en", "en_GB", "en_IN", "es", "es_MX", "et", "fi", "fil", "fr",
    "fr_CA", "ga", "gl", "gu", "he", "hi", "hu", "hy", "id", "is", "it", "ja", "jv", "ka", "kk",
    "km", "kn", "ko", "ky", "lo", "lt", "lv", "mk", "ml", "mr", "ms", "my", "nb", "ne", "nl",
    "nn", "or", "pa", "pl", "pt", "pt_PT", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr",
    "sr_Latn", "sv", "sw", "ta", "te", "th", "tk", "tr", "uk", "ur", "uz", "vi", "zh", "zh_TW",
};

static void
check_locale(const char *locale, UDateFormatStyle style)
{
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format = udat_open(UDAT_NONE, style, locale, u"UTC", -1, NULL, 0, &status);
    assert_true(U_SUCCESS(status));
    for (int month = 1; month <= 12; month++) {
        char iso[DATE_MAX], text[256], out[DATE_MAX];
        UChar wide[128];
        int64_t from;
        struct err err;
        int32_t len;
        snprintf(iso, sizeof iso, "2023-%02d-%02d", month, 14 + month);
        assert_true(date_range(iso, &from, NULL));
        const int32_t n = udat_format(format, (UDate)(from * 1000), wide, 128, NULL, &status);
        u_strToUTF8(text, sizeof text, &len, wide, n, &status);
        assert_true(U_SUCCESS(status));
        const char *got = parsed(text, out, &err);
        if (!got || strcmp(got, iso) != 0)
            fail_msg("%s: \"%s\" is %s, not %s", locale, text, got ? got : err.msg, iso);
        char line[300];
        snprintf(line, sizeof line, "| %s |", text);
        if (style != UDAT_MEDIUM && (!date_find(line, strlen(line), NULL, NULL, out) ||
                                     strcmp(out, iso) != 0))
            fail_msg("%s: \"%s\" is not found", locale, line);
    }
    udat_close(format);
}

static void
reads_what_icu_writes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(locales); i++) {
        check_locale(locales[i], UDAT_FULL);
        check_locale(locales[i], UDAT_LONG);
        check_locale(locales[i], UDAT_MEDIUM);
    }
}

/* Neither TZ nor the locale's language changes anything. */
static void
depends_on_nothing_around_it(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC", "Asia/Seoul", "America/New_York"};
    for (size_t i = 0; i < COUNT(zones); i++) {
        char out[DATE_MAX];
        struct err err;
        setenv("TZ", zones[i], 1);
        tzset();
        assert_string_equal(parsed("13 Oct 2023 08:00", out, &err), "2023-10-13T08:00");
        assert_string_equal(parsed("13 Oct 2023 08:00 KST", out, &err), "2023-10-12T23:00Z");
        date_print_seconds(1697184000, out);
        assert_string_equal(out, "2023-10-13T08:00:00Z");
    }
    unsetenv("TZ");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_iso_8601),
        cmocka_unit_test(reads_the_dates_of_mail_and_programs),
        cmocka_unit_test(reads_english_newspapers),
        cmocka_unit_test(reads_european_languages),
        cmocka_unit_test(reads_asian_and_african_languages),
        cmocka_unit_test(takes_numbers_for_day_and_month_as_documented),
        cmocka_unit_test(takes_the_day_first_where_the_language_does),
        cmocka_unit_test(refuses_what_does_not_exist),
        cmocka_unit_test(knows_daylight_saving_in_the_united_states),
        cmocka_unit_test(finds_the_first_date_in_a_line),
        cmocka_unit_test(finds_no_date_where_there_is_none),
        cmocka_unit_test(looks_at_no_more_than_it_says),
        cmocka_unit_test(says_what_time_a_date_covers),
        cmocka_unit_test(counts_days_like_the_c_library),
        cmocka_unit_test(keeps_its_names_in_order),
        cmocka_unit_test(reads_what_icu_writes),
        cmocka_unit_test(depends_on_nothing_around_it),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
