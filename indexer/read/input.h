/* input.h - the bytes of a file, decompressed where it is compressed
 *
 * gzip, Zstandard and xz are recognised by their first bytes, whatever the name says.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_INPUT_H
#define BS_INDEXER_READ_INPUT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"

struct input;

/* ERR_IO; ERR_NOMEM, also where too many files are open, which is no fault of this one; ERR_SYNTAX: not a regular file. */
bool input_open(struct input **out, const char *path, struct err *err);
void input_close(struct input *in); /* NULL is fine */

/* Adds to *eaten what is read of the file as it lies on disk, what was read already included. */
void input_watch(struct input *in, size_t *eaten);

/* Ends the reading with ERR_LOCKED at the next chunk once *stop is not 0; NULL: never. */
void input_stop(struct input *in, const atomic_int *stop);

/* The same as input_open() without decompression. */
bool input_open_raw(struct input **out, const char *path, struct err *err);

/* Reads on to the end. False: it cannot be read. */
bool input_skip(struct input *in);

/* Points *bytes at the next bytes, *len > 0, valid until the next call; *len == 0: the end. ERR_SYNTAX when compressed data is
 * damaged. */
bool input_chunk(struct input *in, const char **bytes, size_t *len, struct err *err);

/* From here on its bytes are UTF-8 if they were UTF-16 or UTF-32; to be called before the first chunk. name: which, borrowed; NULL:
 * neither. */
bool input_decode(struct input *in, const char **name, struct err *err);

/* XXH3-128 of the bytes of the file as they lie on disk; false: it was not read to its end. */
bool input_content(struct input *in, uint64_t content[2]);

/* Gives back the last n bytes of the chunk that input_chunk() handed out last. */
void input_unread(struct input *in, size_t n);

/* Appends all that is left; ERR_ARG when that is more than out->max. */
bool input_all(struct input *in, struct buf *out, struct err *err);

/* The next line without its newline, replacing what is in `line`. *end: there was none. *cut: it was longer than line->max; it
 * is read to its end and its beginning kept. */
bool input_line(struct input *in, struct buf *line, bool *end, bool *cut, struct err *err);

/* Did the line that input_line() gave last end in a newline? The last one of a file that is cut off does not. */
bool input_line_ended(const struct input *in);

#endif
