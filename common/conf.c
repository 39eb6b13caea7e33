/* conf.c - configuration files, and where they and the index lie
 *
 * The text is copied once; keys and values are cut out of that copy in place.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/utf8.h"

#ifndef SYSCONFDIR
#define SYSCONFDIR "/etc"
#endif

/* How much of a name a message shows. */
#define SHOWN_MAX 200

/* The longest word that conf_nearest() compares. */
#define NEAREST_MAX 64

struct parser {
    struct conf *c;
    const struct conf_key *known;
    size_t n;
    size_t *seen; /* for each known key: 1 + the number of the section it was last seen in */
    size_t room;  /* entries allocated */
    unsigned line;
    struct err *err;
};

/* ---- Small helpers ---- */

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Cuts blanks off both ends of [*from, *to) and ends it with a NUL; **to must be writable. */
static char *
trim(char *from, char *to)
{
    while (from < to && is_blank(*from))
        from++;
    while (from < to && is_blank(to[-1]))
        to--;
    *to = '\0';
    return from;
}

/* The end of a long file name tells more than its beginning. */
static const char *
shown(const char *name)
{
    const size_t len = strlen(name);
    if (len <= SHOWN_MAX)
        return name;
    const char *tail = name + len - SHOWN_MAX;
    while ((*tail & 0xc0) == 0x80)
        tail++;
    return tail;
}

/* Puts "FILE:LINE" before the reason; the message is set already. Returns false. */
static bool
refuse(struct parser *p)
{
    return err_prefix(p->err, "%s:%u", shown(p->c->name), p->line);
}

static char
plain(char c)
{
    return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be changed, added, left out or swapped with their neighbour. */
static size_t
distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t rows[3][NEAREST_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t k = 0; k <= b_len; k++)
        last[k] = k;
    for (size_t i = 1; i <= a_len; i++) {
        now[0] = i;
        for (size_t k = 1; k <= b_len; k++) {
            const char x = plain(a[i - 1]), y = plain(b[k - 1]);
            now[k] = least(least(now[k - 1], last[k]) + 1, last[k - 1] + (x != y));
            if (i > 1 && k > 1 && x == plain(b[k - 2]) && plain(a[i - 2]) == y)
                now[k] = least(now[k], before[k - 2] + 1);
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[b_len];
}

const char *
conf_nearest(const char *word, const struct conf_key *known, size_t n)
{
    const char *nearest = NULL;
    while (*word == '-')
        word++;
    const size_t len = strlen(word);
    if (len == 0 || len > NEAREST_MAX)
        return NULL;
    size_t best = least((len + 2) / 3, 3) + 1;
    for (size_t i = 0; i < n; i++) {
        const size_t known_len = strlen(known[i].name);
        if (known_len > NEAREST_MAX)
            continue;
        const bool begins = len >= 3 && strncmp(known[i].name, word, len) == 0;
        const size_t d = begins ? 1 : distance(word, len, known[i].name, known_len);
        if (d < best && d < len) {
            best = d;
            nearest = known[i].name;
        }
    }
    return nearest;
}

bool
conf_name_valid(const char *name)
{
    if (!name)
        return false;
    size_t len = 0;
    for (; name[len]; len++) {
        const char c = name[len];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (len >= CONF_NAME_MAX || !(letter || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return len > 0;
}

/* ---- Reading ---- */

/* "[index NAME]"; line is writable. */
static bool
read_section(struct parser *p, char *line)
{
    struct conf *c = p->c;
    char *end = line + strlen(line);
    if (end[-1] != ']') {
        err_set(p->err, ERR_SYNTAX, "a section ends in ]");
        return refuse(p);
    }
    char *kind = trim(line + 1, end - 1);
    char *name = kind + strcspn(kind, " \t");
    if (*name)
        *name++ = '\0';
    name += strspn(name, " \t");
    if (strcmp(kind, "index") != 0) {
        err_set(p->err, ERR_SYNTAX, "unknown section \"%.64s\", only [index NAME] is known", kind);
        return refuse(p);
    }
    if (!conf_name_valid(name)) {
        err_set(p->err, ERR_SYNTAX,
                "the name of an index is 1 to %d of the letters A-Z, a-z, 0-9, _ and -",
                CONF_NAME_MAX);
        return refuse(p);
    }
    if (conf_has_section(c, name)) {
        err_set(p->err, ERR_SYNTAX, "a second section [index %s]", name);
        return refuse(p);
    }
    if (c->sections == CONF_SECTIONS_MAX) {
        err_set(p->err, ERR_SYNTAX, "more than %d sections", CONF_SECTIONS_MAX);
        return refuse(p);
    }
    c->section[c->sections++] = name;
    return true;
}

/* Takes the quotes off, in place. */
static bool
unquote(struct parser *p, char *value)
{
    char *to = value;
    const char *from = value + 1;
    for (; *from && *from != '"'; from++) {
        if (*from == '\\') {
            from++;
            if (*from != '"' && *from != '\\') {
                err_set(p->err, ERR_SYNTAX, "inside \"\" only \\\" and \\\\ may follow a \\");
                return refuse(p);
            }
        }
        *to++ = *from;
    }
    if (*from != '"' || from[1]) {
        err_set(p->err, ERR_SYNTAX,
                *from ? "something follows the closing \"" : "the closing \" is missing");
        return refuse(p);
    }
    *to = '\0';
    return true;
}

/* value NULL: the line had no "=". Leaves what the entry says in *result. */
static bool
read_value(struct parser *p, const struct conf_key *key, char *value, const char **result)
{
    static const char *const words[] = {"yes", "true", "on", "1", "no", "false", "off", "0"};
    const bool quoted = value && *value == '"';
    if (quoted && !unquote(p, value))
        return false;
    if (key->takes == CONF_BOOL) {
        *result = value ? NULL : "yes";
        for (size_t i = 0; value && i < sizeof words / sizeof *words; i++)
            if (strcmp(value, words[i]) == 0)
                *result = i < 4 ? "yes" : "no";
        if (*result)
            return true;
        err_set(p->err, ERR_SYNTAX, "\"%s\" is yes or no, not \"%.64s\"", key->name, value);
        return refuse(p);
    }
    *result = value;
    if (value && (*value || quoted))
        return true;
    err_set(p->err, ERR_SYNTAX, "\"%s\" needs a value", key->name);
    return refuse(p);
}

static const struct conf_key *
find_key(struct parser *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->known[i].name, name) == 0)
            return &p->known[i];
    const char *nearest = conf_nearest(name, p->known, p->n);
    if (nearest)
        err_set(p->err, ERR_SYNTAX, "unknown key \"%.64s\", did you mean \"%s\"?", name, nearest);
    else
        err_set(p->err, ERR_SYNTAX, "unknown key \"%.64s\"", name);
    refuse(p);
    return NULL;
}

static bool
add_entry(struct parser *p, const char *key, const char *value)
{
    struct conf *c = p->c;
    if (c->entries == p->room) {
        const size_t room = p->room ? 2 * p->room : 16;
        struct conf_entry *entry = reallocarray(c->entry, room, sizeof *entry);
        if (!entry)
            return err_nomem(p->err);
        c->entry = entry;
        p->room = room;
    }
    c->entry[c->entries++] = (struct conf_entry){
        .section = c->sections ? c->section[c->sections - 1] : NULL,
        .key = key,
        .value = value,
        .line = p->line,
    };
    return true;
}

/* "key = value" or "key"; line is writable, end its NUL. */
static bool
read_entry(struct parser *p, char *line, char *end)
{
    const struct conf *c = p->c;
    char *equals = strchr(line, '=');
    char *name = trim(line, equals ? equals : end);
    if (!*name) {
        err_set(p->err, ERR_SYNTAX, "there is no key before the =");
        return refuse(p);
    }
    const struct conf_key *key = find_key(p, name);
    if (!key)
        return false;
    if (key->where == (c->sections ? CONF_GLOBAL : CONF_SECTION)) {
        err_set(p->err, ERR_SYNTAX,
                c->sections ? "\"%s\" may only stand before the first section"
                            : "\"%s\" may only stand in a section [index NAME]", key->name);
        return refuse(p);
    }
    size_t *seen = &p->seen[key - p->known];
    if (*seen == c->sections + 1 && !key->repeatable) {
        err_set(p->err, ERR_SYNTAX, "\"%s\" stands there a second time", key->name);
        return refuse(p);
    }
    *seen = c->sections + 1;
    const char *value = NULL;
    return read_value(p, key, equals ? trim(equals + 1, end) : NULL, &value) &&
           add_entry(p, key->name, value);
}

/* One line, [line, end), *end being its newline or the last NUL. */
static bool
read_line(struct parser *p, char *line, char *end)
{
    if (end > line && end[-1] == '\r')
        end--;
    for (const char *at = line; at < end; at++)
        if (((unsigned char)*at < 0x20 && *at != '\t') || *at == 0x7f) {
            err_set(p->err, ERR_SYNTAX, "there is a control character");
            return refuse(p);
        }
    line = trim(line, end);
    if (!*line || *line == '#')
        return true;
    return *line == '[' ? read_section(p, line) : read_entry(p, line, line + strlen(line));
}

static bool
read_lines(struct parser *p, size_t len)
{
    char *at = p->c->memory;
    char *const end = at + len;
    if (len >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    while (at < end) {
        char *newline = memchr(at, '\n', (size_t)(end - at));
        char *stop = newline ? newline : end;
        p->line++;
        if (!read_line(p, at, stop))
            return false;
        at = stop + 1;
    }
    return true;
}

bool
conf_parse(struct conf *c, const char *name, const char *text, size_t len,
           const struct conf_key *known, size_t n, struct err *err)
{
    *c = (struct conf){0};
    if (len > CONF_SIZE_MAX)
        return err_set(err, ERR_SYNTAX, "%s: larger than %zu bytes", shown(name), CONF_SIZE_MAX);
    if (!utf8_valid(text, len))
        return err_set(err, ERR_SYNTAX, "%s: not valid UTF-8", shown(name));
    struct parser p = {.c = c, .known = known, .n = n, .err = err};
    char *copy = malloc(len + 1);
    c->memory = copy;
    c->name = strdup(name);
    c->section = calloc(CONF_SECTIONS_MAX, sizeof *c->section);
    p.seen = calloc(n + 1, sizeof *p.seen);
    bool done = false;
    if (!copy || !c->name || !c->section || !p.seen) {
        err_nomem(err);
    } else {
        if (len)
            memcpy(copy, text, len);
        copy[len] = '\0';
        done = read_lines(&p, len);
    }
    free(p.seen);
    if (!done)
        conf_release(c);
    return done;
}

bool
conf_load(struct conf *c, const char *path, const struct conf_key *known, size_t n,
          struct err *err)
{
    *c = (struct conf){0};
    if (!path)
        return true;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_sys(err, errno, "cannot open the configuration %s", shown(path));
    struct buf text;
    buf_init(&text, CONF_SIZE_MAX + 1);
    bool done = false;
    ssize_t got = 0;
    do {
        const size_t want = least(65536, text.max - text.len);
        if (!buf_reserve(&text, want)) {
            err_nomem(err);
            goto out;
        }
        got = read(fd, text.data + text.len, want);
        if (got > 0)
            text.len += (size_t)got;
    } while ((got > 0 && text.len < text.max) || (got < 0 && errno == EINTR));
    if (got < 0)
        err_sys(err, errno, "cannot read the configuration %s", shown(path));
    else
        done = conf_parse(c, path, text.data, text.len, known, n, err);
out:
    buf_release(&text);
    close(fd);
    return done;
}

/* ---- Asking ---- */

const char *
conf_get(const struct conf *c, const char *section, const char *key)
{
    for (size_t i = c->entries; i-- > 0;) {
        const struct conf_entry *e = &c->entry[i];
        const bool same = e->section && section ? strcmp(e->section, section) == 0
                                                : !e->section && !section;
        if (same && strcmp(e->key, key) == 0)
            return e->value;
    }
    return NULL;
}

bool
conf_get_bool(const struct conf *c, const char *section, const char *key, bool otherwise)
{
    const char *value = conf_get(c, section, key);
    return value ? strcmp(value, "yes") == 0 : otherwise;
}

bool
conf_has_section(const struct conf *c, const char *section)
{
    for (size_t i = 0; i < c->sections; i++)
        if (strcmp(c->section[i], section) == 0)
            return true;
    return false;
}

void
conf_release(struct conf *c)
{
    free(c->entry);
    free(c->section);
    free(c->name);
    free(c->memory);
    *c = (struct conf){0};
}

/* ---- Where things lie ---- */

static const char *
variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* ${NAME:-$HOME/otherwise}/broadsheet/leaf. *path stays NULL when neither variable helps. */
static bool
xdg_path(char **path, const char *name, const char *otherwise, const char *leaf, struct err *err)
{
    const char *folder = variable(name), *home = variable("HOME");
    *path = NULL;
    struct buf b;
    buf_init(&b, 65536);
    if (folder && *folder == '/')
        buf_printf(&b, "%s/broadsheet/%s", folder, leaf);
    else if (home && *home == '/')
        buf_printf(&b, "%s/%s/broadsheet/%s", home, otherwise, leaf);
    else
        return true;
    const bool fits = buf_ok(&b, "a path", err);
    *path = buf_take(&b);
    return *path || (fits && err_nomem(err));
}

static bool
copy_path(char **path, const char *text, struct err *err)
{
    *path = strdup(text);
    return *path || err_nomem(err);
}

bool
conf_find(char **path, const char *option, const char *env_value, struct err *err)
{
    struct stat st;
    *path = NULL;
    const char *named = option ? option : env_value && *env_value ? env_value : NULL;
    if (named) {
        if (!*named)
            return err_set(err, ERR_ARG, "the name of the configuration is empty");
        if (stat(named, &st) != 0)
            return err_sys(err, errno, "cannot open the configuration %s", shown(named));
        return copy_path(path, named, err);
    }
    if (!xdg_path(path, "XDG_CONFIG_HOME", ".config", "config", err))
        return false;
    if (*path && stat(*path, &st) == 0)
        return true;
    free(*path);
    *path = NULL;
    static const char system_wide[] = SYSCONFDIR "/broadsheet/config";
    return stat(system_wide, &st) != 0 || copy_path(path, system_wide, err);
}

bool
conf_default_index(char **dir, const char *option, const char *configured, struct err *err)
{
    *dir = NULL;
    if (option && !*option)
        return err_set(err, ERR_ARG, "the name of the index is empty");
    const char *named = option ? option : variable("BROADSHEET_DB");
    if (!named && configured && *configured)
        named = configured;
    if (named)
        return copy_path(dir, named, err);
    if (!xdg_path(dir, "XDG_DATA_HOME", ".local/share", "index", err))
        return false;
    return *dir || err_set(err, ERR_ARG, "no index is named, and there is no $HOME to look in");
}
