/* info.h - what is in an index, for people
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_INFO_H
#define BS_INDEXER_INFO_H

#include <stdbool.h>

#include "common/err.h"

/* Prints it on stdout. ERR_NOTFOUND: there is no index. */
bool info_print(const char *dir, struct err *err);

/* Bytes that the current generation takes on disk; 0 where there is none. */
double info_size(const char *dir);

#endif
