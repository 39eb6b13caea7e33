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
 * time zone of the process): today, yesterday, tomorrow; this, last or past week, month, year; last
 * 3 days (and so on); 3 days, three weeks, a year ago, and 3d, 3w, 3m, 3y for the same; the names of the days of the week, with or
 * without "last", which mean the one before today. Capitals do not matter, blanks may be - or _.
 * Weeks begin on Monday. since and until come out with the precision that was said; both are the
 * same where it is one day, month or year. False: none of these, or outside the years that date.h
 * knows. */
bool moment_read(const char *text, size_t len, int64_t now, char since[DATE_MAX],
                 char until[DATE_MAX]);

/* A date as date_parse() reads it, else one of these, of which `end` takes the last day.
 * ERR_SYNTAX: date_parse()'s. */
bool moment_date(const char *text, size_t len, int64_t now, bool end, char out[DATE_MAX],
                 struct err *err);

#endif
