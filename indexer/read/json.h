/* json.h - articles as JSON: one object a line, one after the other, or in a list
 *
 * A record is known by its "id"; one without is known by the number of its line or, where values do not have a line each,
 * of its value, from 1. Where two records of a file
 * have the same id both are kept: the later one is known by id and number. Records larger than record_max bytes are refused.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_JSON_H
#define BS_INDEXER_READ_JSON_H

#include <stdbool.h>

#include "common/err.h"
#include "indexer/read/input.h"
#include "indexer/read/read.h"

/* One object a line. A line that is no article is refused, as "line N"; the others are read. */
bool json_read_lines(struct input *in, size_t record_max, const struct read_sink *sink, struct err *err);

/* Objects one after the other, with blanks, line ends or commas between them, or one list of them; white space
 * inside is free. Where each line holds an object it is read as json_read_lines() does, so that a broken line loses
 * only itself. */
bool json_read_values(struct input *in, size_t record_max, const struct read_sink *sink, struct err *err);

#endif
