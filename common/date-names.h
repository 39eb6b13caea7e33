/* date-names.h - what months, days of the week, time zones and the little words of dates are called
 *
 * For date.c alone. Names are looked up folded as date-scan.h says: lower case, without accents,
 * without full stops; where a name has several words there is one blank between them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_DATE_NAMES_H
#define BS_COMMON_DATE_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* What date_name() answers: a month, a day of the week, or a word that is both (French "mar."). */
enum {
    DATE_NAME_MONTH = 0x0f,   /* mask: 1 to 12, 0 no month */
    DATE_NAME_WEEKDAY = 0x10, /* also, or only, a day of the week */
    DATE_NAME_SHORT = 0x20    /* the month is abbreviated */
};

/* The longest name, in bytes and in words. */
#define DATE_NAME_MAX 64
#define DATE_NAME_WORDS 4

struct date_name {
    const char *name;
    uint8_t what;
};

/* Months and days of the week, sorted by the bytes of the name. */
extern const struct date_name date_names[];
extern const size_t date_names_n;

/* 0: no such name. */
unsigned date_name(const char *folded);

/* The month that a name means in Croatian where it means another one elsewhere; else 0. */
unsigned date_name_croatian(const char *folded);

/* Little words; a word may be several of these. */
enum {
    DATE_WORD_GAP = 0x01,     /* between the parts of a date: of, de, the, année */
    DATE_WORD_AT = 0x02,      /* before a time: at, um, à */
    DATE_WORD_ORDINAL = 0x04, /* right behind a day's number: st, nd, er, го */
    DATE_WORD_YEAR = 0x08,    /* behind a year: г, року */
    DATE_WORD_CLOCK = 0x10,   /* behind a time: Uhr, hrs, น */
    DATE_WORD_HOUR = 0x20,    /* between hours and minutes: h */
    DATE_WORD_MINUTE = 0x40,  /* behind minutes: min */
    DATE_WORD_SECOND = 0x80,  /* behind seconds: s */
    DATE_WORD_AM = 0x100,
    DATE_WORD_PM = 0x200,
    DATE_WORD_MONTH = 0x400   /* before a month's number: tháng */
};

/* 0: no such word. */
unsigned date_word(const char *folded);

/* Offsets of zones that change with the season in the United States: standard time is
 * DATE_ZONE_US minus the hours west of Greenwich. */
#define DATE_ZONE_US 10000
#define DATE_ZONE_NONE 20000

/* Minutes east of Greenwich; or DATE_ZONE_US - 5 for ET, - 6 for CT and so on; or
 * DATE_ZONE_NONE. */
int date_zone(const char *folded);

#endif
