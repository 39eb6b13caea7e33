/* tongue.h - what a language calls itself, and which way it is written
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_TONGUE_H
#define BS_SEARCHER_CGI_TONGUE_H

#include <stdbool.h>

/* Its name in itself, by the primary subtag of a BCP 47 tag; the tag where we do not know. */
const char *tongue_name(const char *tag);

/* Is it written from right to left? */
bool tongue_from_right(const char *tag);

#endif
