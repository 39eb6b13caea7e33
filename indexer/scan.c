/* scan.c - find the files under the paths a user names
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/scan.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "indexer/read/read.h"

#define PATH_LENGTH_MAX ((size_t)1 << 20)

struct scan {
    const struct scan_rules *rules;
    const struct scan_sink *sink;
    struct scan_counts *counts;
    struct stat index; /* the folder of the index */
    bool has_index;
    struct buf path;   /* where the walk stands */
    size_t root_len;   /* bytes of it that name the root */
};

struct entries {
    char **name; /* folders end in '/' */
    size_t n, room;
};

static void
entries_release(struct entries *e)
{
    for (size_t i = 0; i < e->n; i++)
        free(e->name[i]);
    free(e->name);
}

static int
by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
add_entry(struct entries *e, const char *name, bool folder)
{
    if (e->n == e->room) {
        const size_t room = e->room ? 2 * e->room : 32;
        char **more = realloc(e->name, room * sizeof *more);
        if (!more)
            return false;
        e->name = more;
        e->room = room;
    }
    struct buf text;
    buf_init(&text, PATH_LENGTH_MAX);
    buf_printf(&text, folder ? "%s/" : "%s", name);
    e->name[e->n] = buf_take(&text);
    return e->name[e->n] && ++e->n;
}

static bool
refuse(struct scan *s, const char *path, int errno_value, struct err *err)
{
    return s->sink->refused(s->sink->arg, path, strerror(errno_value), err);
}

/* Lists the folder at s->path. What it cannot list is refused, not a failure. */
static bool
list_folder(struct scan *s, struct entries *e, struct err *err)
{
    DIR *dir = opendir(s->path.data);
    if (!dir) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
            return err_set(err, ERR_NOMEM, "%s: %s", s->path.data, strerror(errno));
        return refuse(s, s->path.data, errno, err);
    }
    bool ok = true;
    for (;;) {
        errno = 0;
        const struct dirent *d = readdir(dir);
        if (!d) {
            if (errno != 0)
                ok = refuse(s, s->path.data, errno, err);
            break;
        }
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
            continue;
        bool folder = d->d_type == DT_DIR;
        if (d->d_type == DT_UNKNOWN) {
            struct stat st;
            folder = fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
        }
        if (!add_entry(e, d->d_name, folder)) {
            ok = err_nomem(err);
            break;
        }
    }
    closedir(dir);
    if (ok && e->n > 1)
        qsort(e->name, e->n, sizeof *e->name, by_bytes);
    return ok;
}

static bool
matches(char *const *globs, size_t n, const char *name, const char *below_root)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = strchr(globs[i], '/') ? below_root : name;
        if (fnmatch(globs[i], text, 0) == 0)
            return true;
    }
    return false;
}

/* May the file or folder at s->path, whose last part is name, be read? */
static bool
is_wanted(const struct scan *s, const char *name, bool folder)
{
    const char *below = s->path.data + s->root_len;
    below += *below == '/';
    if (matches(s->rules->exclude, s->rules->n_exclude, name, below))
        return false;
    if (folder)
        return true;
    if (s->rules->n_include > 0)
        return matches(s->rules->include, s->rules->n_include, name, below);
    return read_takes(name);
}

static bool scan_folder(struct scan *s, struct err *err);

static bool
scan_entry(struct scan *s, char *name, struct err *err)
{
    const size_t len = strlen(name);
    const bool folder = name[len - 1] == '/';
    if (folder)
        name[len - 1] = '\0';
    struct stat st;
    if (!is_wanted(s, name, folder)) {
        s->counts->ignored++;
        return true;
    }
    if (lstat(s->path.data, &st) != 0) /* gone since the folder was listed: no fault of anybody */
        return errno == ENOENT ? true : refuse(s, s->path.data, errno, err);
    if (S_ISLNK(st.st_mode)) {
        s->counts->links++;
        return true;
    }
    if (S_ISDIR(st.st_mode)) {
        if (s->has_index && st.st_dev == s->index.st_dev && st.st_ino == s->index.st_ino)
            return true;
        return scan_folder(s, err);
    }
    if (!S_ISREG(st.st_mode)) {
        s->counts->special++;
        return true;
    }
    s->counts->files++;
    return s->sink->file(s->sink->arg, s->path.data, &st, false, err);
}

static bool
scan_folder(struct scan *s, struct err *err)
{
    struct entries e = {.n = 0};
    bool ok = list_folder(s, &e, err);
    const size_t len = s->path.len;
    for (size_t i = 0; ok && i < e.n; i++) {
        if (s->path.data[len - 1] != '/')
            buf_ch(&s->path, '/');
        const size_t name_len = strlen(e.name[i]);
        buf_add(&s->path, e.name[i], e.name[i][name_len - 1] == '/' ? name_len - 1 : name_len);
        ok = buf_ok(&s->path, "a path", err) && scan_entry(s, e.name[i], err);
        buf_truncate(&s->path, len);
    }
    entries_release(&e);
    return ok;
}

/* Only a root that is not there is ERR_NOTFOUND. */
static bool
sink_failed(struct err *err)
{
    if (err && err->code == ERR_NOTFOUND)
        err->code = ERR_IO;
    return false;
}

bool
scan_root(const char *root, const struct scan_rules *rules, const struct scan_sink *sink,
          struct scan_counts *counts, struct err *err)
{
    struct stat st;
    if (stat(root, &st) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return err_sys(err, errno, "%s", root);
        return sink->refused(sink->arg, root, strerror(errno), err) || sink_failed(err);
    }
    if (S_ISREG(st.st_mode)) {
        counts->files++;
        return sink->file(sink->arg, root, &st, true, err) || sink_failed(err);
    }
    if (!S_ISDIR(st.st_mode)) {
        counts->special++;
        return sink->refused(sink->arg, root, "neither a file nor a folder", err) || sink_failed(err);
    }
    struct scan s = {.rules = rules, .sink = sink, .counts = counts};
    s.has_index = rules->index && stat(rules->index, &s.index) == 0;
    if (s.has_index && st.st_dev == s.index.st_dev && st.st_ino == s.index.st_ino)
        return sink->refused(sink->arg, root, "it is the index", err) || sink_failed(err);
    buf_init(&s.path, PATH_LENGTH_MAX);
    buf_str(&s.path, root);
    while (s.path.len > 1 && s.path.data[s.path.len - 1] == '/')
        buf_truncate(&s.path, s.path.len - 1);
    s.root_len = s.path.len;
    const bool ok = (buf_ok(&s.path, "a path", err) && scan_folder(&s, err)) || sink_failed(err);
    buf_release(&s.path);
    return ok;
}
