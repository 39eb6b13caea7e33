/* exonym.h - names that are not alike in other languages: Germany, Германия, 德国; Putin, 普京
 *
 * From a table of people and places that are in the news (exonym-table.h), and from the names that
 * ICU has of regions and of the cities of its time zones (Unicode's CLDR).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_EXONYM_H
#define BS_COMMON_EXONYM_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/sound.h"

/* Calls `found` with the names in the scripts of a set (bits 1 << enum sound_script) of what a text
 * of normal forms is the name of, with blanks between: in normal form themselves, several words
 * with blanks between. from: the script of the text. False: no memory. */
bool exonym_find(const char *text, size_t len, enum sound_script from, unsigned scripts,
                 void (*found)(void *arg, const char *name, size_t len), void *arg,
                 struct err *err);

/* The same, of what the table alone has: a tenth of a millisecond at most. */
void exonym_in_table(const char *text, size_t len, unsigned scripts,
                     void (*found)(void *arg, const char *name, size_t len), void *arg);

#endif
