/* exonym-table.h - people and places that are in the news, as they are written in several scripts
 *
 * For exonym.c alone. Facts, gathered by hand: who was head of a state or government, or spoken of
 * as much, in the last fifty years; parties and institutions; cities and regions that ICU has no
 * names of, or few. No common words, and no names that many people have.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_EXONYM_TABLE_H
#define BS_COMMON_EXONYM_TABLE_H

/* Bytes of the longest name. */
#define EXONYM_TABLE_NAME 80

/* Names of one person or place, with | between; in normal form (words.h), with blanks for hyphens.
 * A name behind a > is looked for, but is not given to those that look for another: Xi is most
 * often one man, but the numeral XI is too. Words that change at their ends have their cases. NULL
 * ends the table. */
extern const char *const exonym_table[];

#endif
