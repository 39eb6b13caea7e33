/* decode.h - a stream of UTF-16 or UTF-32 as UTF-8, chunk by chunk
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_DECODE_H
#define BS_INDEXER_READ_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"

struct decode;

/* name: an encoding that ICU knows, such as "UTF-16LE". ERR_NOMEM, ERR_SYNTAX. */
bool decode_new(struct decode **out, const char *name, struct err *err);
void decode_free(struct decode *d); /* NULL is fine */

/* Gives it the next bytes, borrowed until decode_take() has found nothing more; len 0: there are no more. What was given
 * before must be used up. */
void decode_give(struct decode *d, const char *bytes, size_t len);

/* Up to `room` bytes of UTF-8, at least 4: how many. 0: what was given is used up. What is no character comes as U+FFFD. */
bool decode_take(struct decode *d, char *out, size_t room, size_t *len, struct err *err);

#endif
