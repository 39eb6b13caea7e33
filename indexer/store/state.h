/* state.h - what was indexed of a file, as the index remembers it
 *
 * One metadata entry a file. Key: 'F', then the absolute path; of a path longer than 200 bytes its first 200 and 16 hex
 * digits of its XXH3-64. Value, numbers little-endian: u8 version (2), u8 flags, u64 size, i64 mtime and i64 ctime in ns, u64 low and high half of the
 * XXH3-128 of the bytes as they lie on disk, u32 number of members, for each 16 bytes of uid and u64 hash of the
 * record; then the whole path, where the key has not all of it. doc/index-format.md.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_INDEXER_STORE_STATE_H
#define BS_INDEXER_STORE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "common/buf.h"
#include "common/err.h"
#include "shim/xapian-c.h"

#define STATE_KEY_PREFIX "F"
#define STATE_KEY_PATH_MAX 200

enum state_flags {
    STATE_RACY = 1,      /* it may have changed without its size or times telling: compare contents */
    STATE_PARTIAL = 2,   /* a run ended inside the file: read it again */
    STATE_REFUSED = 4,   /* something in it was refused */
    STATE_KEPT = 8,      /* articles that it lost are listed: they were kept */
    STATE_SIZE = 0x70    /* something was refused for its size: state_size_flags() of the limit; else 0 */
};

struct state_member {
    unsigned char uid[16];
    uint64_t hash;  /* XXH3-64 of the record as it is stored; 0: not known */
    uint32_t order; /* the number it was added as */
    bool seen;      /* the reader's: it came in the present run */
};

struct state {
    unsigned flags;
    uint64_t size;
    int64_t mtime, ctime; /* ns since 1970. ctime: files that change places keep their size and mtime */
    uint64_t content[2];
    struct state_member *member; /* owned */
    size_t n_members, room_members;
};

void state_release(struct state *s); /* zeroed is fine */

/* Takes size, mtime and ctime. */
void state_take(struct state *s, const struct stat *st);

/* Have both the same size, mtime and ctime? */
bool state_is_as_old(const struct state *a, const struct state *b);

/* Appends the key of an absolute path. */
void state_key(struct buf *out, const char *path);

/* Appends the value. */
void state_print(const struct state *s, const char *path, struct buf *out);

/* How large a limit on the size of an article is, from 1 MiB on in steps of two, for flags: a larger number is a larger limit. */
unsigned state_size_flags(size_t article_max);

/* The number of members that a value lists. */
size_t state_count(const char *value, size_t len);

/* Reads a value into a zeroed state. ERR_CORRUPT; ERR_NOMEM. */
bool state_parse(struct state *s, const char *value, size_t len, struct err *err);

/* The path of an entry: of the key, or of the value where the key has not all. Appends it. */
void state_path(struct buf *out, const char *key, size_t key_len, const char *value, size_t value_len);

/* An entry as it lies in the index; borrowed for the time of a call. */
struct state_entry {
    const char *key, *value;
    size_t key_len, len;
};

/* Calls `each` for every file that the index knows, in the order of the keys, until it fails. */
bool state_each(const struct xap_database *db, bool (*each)(void *arg, const struct state_entry *e, struct err *err),
                void *arg, struct err *err);

/* The same from the first key behind `after` on, which is not looked at any more when `each` is called; len 0: from the first. */
bool state_each_after(const struct xap_database *db, const char *after, size_t len,
                      bool (*each)(void *arg, const struct state_entry *e, struct err *err), void *arg, struct err *err);

/* Adds a member. uid: 32 hex digits. */
bool state_add(struct state *s, const char *uid, uint64_t hash, struct err *err);

/* Sorts members by uid, for state_find(); of those with the same uid the one that was added last stays. */
void state_sort(struct state *s);
struct state_member *state_find(const struct state *sorted, const unsigned char uid[16]);

/* 32 hex digits and back. */
void state_uid_text(const unsigned char uid[16], char text[33]);
bool state_uid_bytes(const char *text, unsigned char uid[16]);

#endif
