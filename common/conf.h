/* conf.h - configuration files, and where they and the index lie
 *
 *     # a comment: a line that begins with #, blanks before it allowed
 *     db = /var/lib/broadsheet/index
 *     limit = 20
 *     run-tag = " keeps its blanks "
 *     strict                          the same as strict = yes, for keys without an argument
 *
 *     [index reuters]
 *     db = /srv/reuters
 *
 * Keys are the long options without their dashes. Lines end in LF or CR LF; blanks around keys
 * and values are dropped; a value in "" keeps its blanks, and \" and \\ in it are " and \. A #
 * inside a value is part of the value. Lines before the first section belong to no section. Two
 * sections of one name, a key twice in one section (unless it is repeatable), an unknown key or
 * section, a value too much or too little: ERR_SYNTAX with "FILE:LINE: reason". Files are UTF-8
 * (a BOM is allowed) and at most CONF_SIZE_MAX bytes.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_CONF_H
#define BS_COMMON_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"

#define CONF_SIZE_MAX ((size_t)1 << 20)

/* The longest name in [index NAME]. */
#define CONF_NAME_MAX 64

/* No more sections than this in a file. */
#define CONF_SECTIONS_MAX 1000

/* What a key takes. */
enum conf_takes {
    CONF_VALUE, /* any text that is not empty; empty text only as "" */
    CONF_BOOL   /* yes, true, on, 1 or no, false, off, 0; kept as "yes" or "no" */
};

/* Where a key may stand. */
enum conf_where {
    CONF_ANYWHERE,
    CONF_GLOBAL, /* before the first section only */
    CONF_SECTION /* inside [index NAME] only */
};

/* A key the caller knows. Zeros mean: one value, anywhere, once. */
struct conf_key {
    const char *name;
    enum conf_takes takes;
    enum conf_where where;
    bool repeatable;
};

struct conf_entry {
    const char *section; /* NULL before the first section; else the NAME of [index NAME] */
    const char *key;
    const char *value;
    unsigned line; /* from 1, for messages */
};

/* A zeroed struct conf is an empty one. Everything in it is owned and lives until
 * conf_release(). */
struct conf {
    struct conf_entry *entry; /* in the order of the file */
    size_t entries;
    char **section; /* the names, in the order of the file; also of sections without entries */
    size_t sections;
    char *name; /* the file, for messages; NULL when empty */
    void *memory; /* what the strings above lie in */
};

/* Reads the file at path. c is filled on success and left empty on failure; what it held before
 * is not freed. ERR_NOTFOUND, ERR_PERM, ERR_IO, ERR_SYNTAX or ERR_NOMEM. path NULL: success, an
 * empty c. */
bool conf_load(struct conf *c, const char *path, const struct conf_key *known, size_t n,
               struct err *err);

/* The same for text that is in memory; name stands for the file in messages. */
bool conf_parse(struct conf *c, const char *name, const char *text, size_t len,
                const struct conf_key *known, size_t n, struct err *err);

/* The (last) value of a key in a section, NULL section: before the first one. NULL: not there.
 * No falling back from a section to the global keys. */
const char *conf_get(const struct conf *c, const char *section, const char *key);

/* conf_get() of a CONF_BOOL key; `otherwise` when it is not there. */
bool conf_get_bool(const struct conf *c, const char *section, const char *key, bool otherwise);

/* Is there a section [index NAME], be it an empty one? */
bool conf_has_section(const struct conf *c, const char *section);

/* May it be the NAME of [index NAME]: ^[A-Za-z0-9_-]{1,64}$? NULL may not. */
bool conf_name_valid(const char *name);

/* Frees the contents and leaves an empty c. */
void conf_release(struct conf *c);

/* The known key nearest to word (a misspelling), NULL when none is near. Also good for options. */
const char *conf_nearest(const char *word, const struct conf_key *known, size_t n);

/* Which file to load: `option` (--config) if it is not NULL, else env_value
 * ($BROADSHEET_CONFIG) if it is neither NULL nor empty, else
 * ${XDG_CONFIG_HOME:-$HOME/.config}/broadsheet/config if it exists, else
 * SYSCONFDIR/broadsheet/config (/etc when the macro is not defined) if it exists, else *path =
 * NULL, which is success. The caller frees *path. A named file that is missing: ERR_NOTFOUND;
 * an empty --config: ERR_ARG. */
bool conf_find(char **path, const char *option, const char *env_value, struct err *err);

/* Which index to use: `option` (--db), else $BROADSHEET_DB, else `configured` (conf_get(c,
 * NULL, "db")), else ${XDG_DATA_HOME:-$HOME/.local/share}/broadsheet/index. Empty variables
 * count as unset, relative XDG folders are ignored (XDG Base Directory Specification). Nothing
 * is looked up on disk. The caller frees *dir. ERR_ARG: `option` is empty, or there is nothing
 * to go by (neither variable nor $HOME). */
bool conf_default_index(char **dir, const char *option, const char *configured, struct err *err);

#endif
