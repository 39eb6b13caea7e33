/* date.h - dates as articles carry them, turned into ISO 8601 with the precision that is known
 *
 * "Our form" is one of these, and nothing else is ever written to `out`:
 *
 *     2023    2023-10    2023-10-13    2023-10-13T08:00    2023-10-13T08:00:00    ...Z
 *
 * A time with a zone or an offset is converted to UTC and ends in Z; a time without one keeps
 * none and is counted as UTC where a number is needed. Fractions of a second are dropped,
 * a leap second becomes :59, 24:00 is the next day's 00:00, an hour alone is the full hour.
 * Years run from 1000 to 2999 (also after conversion to UTC).
 *
 * What is read: ISO 8601 (basic, extended, ordinal; no week dates), RFC 2822, RFC 850, asctime,
 * date(1), JavaScript, EXIF and Apache log dates, dates in words in the languages of
 * common/date-names.c, with digits of any script, with 年月日 and 년월일, Japanese eras,
 * Chinese numerals, 民國 years, Thai Buddhist years (in Thai text only), and numbers alone:
 *
 *   - 10/14/2023, 14.10.2023, 14-10-2023: what is over 12 is the day. When both could be:
 *     with `.` and `-` the day comes first, with `/` the month; in a text whose language is
 *     known to write the day first, the day
 *   - two-digit years, behind day and month only: 00-49 are 2000-2049, 50-99 are 1950-1999
 *   - 10 digits are Unix seconds, 13 milliseconds; 8, 12 and 14 a compact date and time
 *   - names that are October in Croatian and November in Polish or Czech and the like: Croatian
 *     after a day with a full stop ("13. listopada"), else the larger language, and no date
 *     where that does not decide
 *   - years 1200 to 1499 in Persian digits are not of this calendar, and no date
 *   - CST is Central (US), IST Indian, BST British; ET, CT, MT, PT follow the United States'
 *     rules for daylight saving at that date
 *
 * A wrong day of the week is not an error. Nothing depends on the locale, TZ or the present
 * time; no memory is allocated but for the text of an error; time is linear in the text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_DATE_H
#define BS_COMMON_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

/* Bytes for any date in our form with its NUL. */
#define DATE_MAX 32

/* The longest text date_parse() looks at, without the white space around it, and how far
 * into a line date_find() looks; in bytes. */
#define DATE_TEXT_MAX 200
#define DATE_LINE_MAX 1000

/* The whole text is one date, white space around it allowed. False: ERR_SYNTAX with the reason,
 * `out` untouched. The text may be any bytes. */
bool date_parse(const char *text, size_t len, char out[DATE_MAX], struct err *err);

/* The same for a text in that language (BCP 47; NULL or "": not known): with `/` the day comes
 * first in all but Filipino and the English of no country, the United States, Canada and the
 * Philippines. */
bool date_parse_in(const char *language, const char *text, size_t len, char out[DATE_MAX],
                   struct err *err);

/* The first date inside a short line ("Published: October 13, 2023 | 3 min read"), with the
 * time and zone that belong to it: bytes [*from, *to). More careful than date_parse(): a year
 * needs a month beside it and lies between 1600 and 2199; two digits are a year only in numbers
 * with a time beside them (05.08.24, 14:47), and numbers alone count only in eight digits
 * (20231013). False: none, *from, *to and out untouched. from and to may be NULL. */
bool date_find(const char *text, size_t len, size_t *from, size_t *to, char out[DATE_MAX]);

/* The same for a line in that language, as date_parse_in() has it. */
bool date_find_in(const char *language, const char *text, size_t len, size_t *from, size_t *to,
                  char out[DATE_MAX]);

/* The time a date in our form covers: its first second and the first second after it, as Unix
 * time. False: not in our form. from and to may be NULL. */
bool date_range(const char *iso, int64_t *from, int64_t *to);

/* Is it in our form, and a day that exists? NULL is not. */
bool date_valid(const char *iso);

/* Unix time as 2023-10-13T08:00:00Z. What lies outside the years 1000 to 2999 becomes the
 * nearest second inside. */
void date_print_seconds(int64_t seconds, char out[DATE_MAX]);

#endif
