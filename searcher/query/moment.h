/* moment.h - dates as people say them: yesterday, last month, 3 weeks ago
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_QUERY_MOMENT_H
#define BS_SEARCHER_QUERY_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/date.h"
#include "common/err.h"

/* Reads a text that means a day or some days seen from now (Unix time; the calendar is that of the
 * time zone of the process): today, yesterday, tomorrow; this, last, past or next week, month,
 * year; last 3 days (and so on); 3 days, three weeks, a year ago, and 3d, 3w, 3m, 3y for the same;
 * the names of the days of the week, with or without "last", which mean the one before today; the
 * names of months, which mean the one that has begun last, with "last" the one that was over last;
 * summer 2023, last winter, winter 2023-24. In, during and the may stand before, also before a date
 * as date_parse() reads it. Capitals do not matter, blanks may be - or _. Weeks begin on Monday.
 * since and until come out with the precision that was said; both are the same where it is one day,
 * month or year. False: none of these, or outside the years that date.h knows. */
bool moment_read(const char *text, size_t len, int64_t now, char since[DATE_MAX],
                 char until[DATE_MAX]);

/* A date as date_parse() reads it, else one of these, of which `end` takes the last day. *said: how
 * it was read should be told, for it depends on the present time, or on whether days or months come
 * first (03/04/2023). ERR_SYNTAX: date_parse()'s. */
bool moment_date(const char *text, size_t len, int64_t now, bool end, char out[DATE_MAX],
                 bool *said, struct err *err);

/* The year, month or day, in date.h's form, before or after that one. False: it has a time of day,
 * or it is the last or first that date.h knows. */
bool moment_beside(const char *date, bool after, char out[DATE_MAX]);

#endif
