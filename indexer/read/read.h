/* read.h - from a file to article records, whatever its format
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_READ_READ_H
#define BS_INDEXER_READ_READ_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/article.h"
#include "common/err.h"

enum read_format {
    READ_AUTO, /* by the name of the file, else by its first byte */
    READ_TEXT, /* one article as plain text (text.h) */
    READ_JSON, /* objects one after the other or in a list (json.h) */
    READ_JSONL /* one object a line */
};

/* What a reader tells as it goes. False stops it: the error is passed on. */
struct read_sink {
    void *arg;
    /* An article, without its uid. Borrowed until the return. */
    bool (*article)(void *arg, struct article *a, const char *member, struct err *err);
    /* Something that is not an article: the whole file (member NULL) or one record of it. */
    bool (*refused)(void *arg, const char *member, const char *why, struct err *err);
    /* The file was not read to its end, so that nothing can be said of all it holds. code: ERR_IO, it cannot be opened or read
     * on; ERR_SYNTAX, it is empty, cut off or damaged; ERR_ARG, something is larger than article_max. member: the record that is
     * meant, or NULL. NULL: refused() is told. */
    bool (*unread)(void *arg, enum err_code code, const char *member, const char *why, struct err *err);
};

/* Tells the sink so, or refuses where it does not want to know. */
bool read_tell_unread(const struct read_sink *sink, enum err_code code, const char *member, const char *why,
                      struct err *err);

/* The format of that name ("text", "json", "jsonl", "auto"); false: there is none. */
bool read_format_named(const char *name, enum read_format *format);

/* Is the name of a file one that is read when a folder is walked? (.txt .text .json .jsonl .ndjson, each also .gz .zst .xz) */
bool read_takes(const char *name);

struct read_options {
    enum read_format format;
    size_t article_max; /* bytes of one article as it comes in; a larger one is refused. At most ARTICLE_MAX; 0 is that */
    size_t *eaten;      /* grows by the bytes of the file on disk as they are read; may be NULL */
    const atomic_int *stop; /* set by a signal handler: read_file() ends with ERR_LOCKED; may be NULL */
};

/* Reads a file to its end. What is wrong with the file goes to the sink; false only when the sink failed, memory ran
 * out or it was stopped. content: XXH3-128 of the file's bytes, 0 where it was not read to its end; may be NULL. */
bool read_file(const char *path, const struct read_options *options, const struct read_sink *sink,
               uint64_t content[2], struct err *err);

/* XXH3-128 of a file's bytes. False: it cannot be read, or *stop was set (stop may be NULL). */
bool read_content(const char *path, const atomic_int *stop, uint64_t content[2]);

#endif
