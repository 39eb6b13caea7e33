/* article.h - the article record: what every reader makes, what is stored, printed and searched
 *
 * One record, one spelling (doc/article.schema.json). All strings are NUL-terminated,
 * valid UTF-8 without NUL and without control characters other than tab and newline: the setters
 * clean what comes from outside (utf8.h). NULL: not known. All strings are owned by the article.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_ARTICLE_H
#define BS_COMMON_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"

struct json_t;

/* Largest size of one article as it comes in, in bytes; a larger one is refused. */
#define ARTICLE_MAX BUF_MAX

/* The single-valued fields, in the order they are printed. */
enum article_field {
    ARTICLE_UID,        /* 32 hex digits, see article_identify() */
    ARTICLE_ID,         /* what the record itself says, else its URL, else path#member */
    ARTICLE_URL,
    ARTICLE_PATH,       /* lexically absolute */
    ARTICLE_PATH_BYTES, /* base64 of the path, only where it is not valid UTF-8 */
    ARTICLE_MEMBER,     /* which part of the file, where a file holds several articles */
    ARTICLE_TITLE,
    ARTICLE_DECK,
    ARTICLE_PUBLISHED,  /* ISO 8601 with the precision that is known */
    ARTICLE_UPDATED,
    ARTICLE_DATELINE,
    ARTICLE_SOURCE,
    ARTICLE_SECTION,
    ARTICLE_LANGUAGE,   /* BCP 47 */
    ARTICLE_BODY,       /* paragraphs separated by an empty line */
    ARTICLE_FIELDS
};

/* The fields with any number of values. */
enum article_list {
    ARTICLE_AUTHOR,
    ARTICLE_CONTRIBUTOR,
    ARTICLE_TAGS,
    ARTICLE_CAPTION,
    ARTICLE_LISTS
};

struct article_values {
    char **item; /* owned */
    size_t n;
};

struct article {
    char *field[ARTICLE_FIELDS];
    struct article_values list[ARTICLE_LISTS];
    struct json_t *extra; /* a JSON object of what has no field here, or NULL; owned */
    size_t repaired;      /* byte sequences that were not UTF-8, or NUL, and were replaced */
    char *note;           /* what was odd about it though it could be read, one line, or NULL; owned */
};

void article_init(struct article *a);
void article_release(struct article *a); /* zeroed articles are fine */

#define ARTICLE_TAG_MAX 35    /* bytes of a language's tag */
#define ARTICLE_PRIMARY_MAX 4 /* of its first part, with the NUL */

/* The first part of a language's tag, as articles of it are indexed: amh and am_ET are am. False:
 * no tag, or out of memory. */
bool article_language(const char *text, size_t len, char primary[ARTICLE_PRIMARY_MAX]);

/* Sets a field (replacing what was there) or adds to a list. The text is cleaned; white space at both
 * ends goes; in all but the body and the path runs of white space become one blank, the body is cut into paragraphs
 * (paragraphs.h), a path keeps every blank. Empty text sets nothing. Dates are parsed to ISO 8601: what is no date goes to extra under the
 * field's name and into the note. A language is brought into BCP 47's usual form (en_us -> en-US). */
bool article_set(struct article *a, enum article_field f, const char *text, size_t len, struct err *err);
bool article_add(struct article *a, enum article_list l, const char *text, size_t len, struct err *err);

/* The text of a field, "" where it is not known. Borrowed until the next set. */
const char *article_get(const struct article *a, enum article_field f);

/* Keeps a value in extra under that name (what is there already stays) or adds to the note. */
bool article_keep(struct article *a, const char *name, const char *text, struct err *err);
bool article_remark(struct article *a, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

const char *article_field_name(enum article_field f);
const char *article_list_name(enum article_list l);

/* Appends path as an absolute one, lexically: "." and empty parts go, ".." takes the part before it; the disk is
 * not asked. */
bool article_absolute_path(struct buf *out, const char *path, struct err *err);

/* Says where the article lies: path is made absolute (lexically, from cwd), bytes that are not UTF-8
 * are kept as path_bytes. A record that says its own path and member keeps them (a dump indexes to the same index).
 * Then sets id where there is none and uid = XXH3-128 of path NUL member NUL id in hex. `member` may be NULL. */
bool article_identify(struct article *a, const char *path, const char *member, struct err *err);

/* Reads one JSON value (an object) as an article: our own names and the usual aliases, unknown members to extra.
 * ERR_SYNTAX when it is not an article, saying which member is wrong. *a must be initialised; on failure its contents are
 * undefined but releasable. */
bool article_from_json(struct article *a, const struct json_t *value, struct err *err);

/* The same from the bytes of one JSON value; ERR_SYNTAX says where and why. Bytes that are not UTF-8 and halves of
 * surrogate pairs are repaired and counted, nesting deeper than 2,000 levels is refused. */
bool article_parse(struct article *a, const char *json, size_t len, struct err *err);

/* Reads a record that article_print() wrote, many times as fast as article_parse(): of its fields those whose bits (1 << f) are
 * in `fields`, all lists, nothing of extra, which is not even looked at. Other JSON is left to article_parse(). */
bool article_read(struct article *a, const char *json, size_t len, unsigned fields, struct err *err);

/* Appends the record as one line of JSON without the newline; what is not known is left out. */
void article_print(const struct article *a, struct buf *out);

#endif
