/* inspect.c - questions about an index: is it sound, is it what is on disk, what is in it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/inspect.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <xxhash.h>

#include "common/article.h"
#include "common/err-xapian.h"
#include "common/layout.h"
#include "common/schema.h"
#include "indexer/read/read.h"
#include "indexer/scan.h"
#include "indexer/store/known.h"
#include "indexer/store/state.h"
#include "indexer/walker.h"
#include "shim/xapian-c-write.h"

/* The generation that a rebuild replaces may go between two of these steps: then there is a newer one. */
#define TRIES 10

bool
inspect_open(struct inspection *in, const char *dir, struct err *err)
{
    unsigned generation = 0;
    struct xap_error error;
    struct err why = {.code = ERR_MODIFIED};
    *in = (struct inspection){.hold = -1};
    for (int i = 0; i < TRIES && why.code == ERR_MODIFIED; i++) {
        if (!layout_current(dir, &generation, err))
            return false;
        why.code = ERR_NONE;
        layout_hold(dir, generation, &in->hold, &why);
    }
    in->path = layout_generation_path(dir, generation);
    if (!in->path)
        return err_nomem(err);
    if (why.code == ERR_NONE &&
        xap_database_new_open(in->path, XAP_DB_BACKEND_GLASS, &in->db, &error) != XAP_OK)
        err_xapian(&why, &error, "%s", dir);
    if (why.code == ERR_NONE)
        return true;
    /* The stub names it: that it is not there is damage */
    if (why.code == ERR_NOTFOUND || (why.code == ERR_MODIFIED && access(in->path, F_OK) != 0))
        why.code = ERR_CORRUPT;
    if (err)
        *err = why;
    return false;
}

void
inspect_close(struct inspection *in)
{
    xap_database_free(in->db);
    free(in->path);
    if (in->hold >= 0)
        close(in->hold);
    *in = (struct inspection){.hold = -1};
}

/* A name on a line of its own. */
static void
print_fault(const char *what, const char *name)
{
    printf("%s: ", what);
    for (const char *p = name; *p; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            printf("\\x%02x", (unsigned char)*p);
        else
            putchar(*p);
    }
    putchar('\n');
}

/* ---- check ---- */

/* An article that is not as its file was remembered. Another file may have it too, and have brought
 * what is there. */
struct odd {
    unsigned char uid[16];
    uint64_t hash; /* of what is there */
    bool explained;
};

struct check {
    struct xap_database *db;
    size_t faults;
    struct odd *odd; /* owned; by uid, once they are sorted */
    size_t n_odd, room_odd;
};

static void
fault(struct check *c, const char *what, const char *name)
{
    print_fault(what, name);
    c->faults++;
}

static int
odd_by_uid(const void *a, const void *b)
{
    return memcmp(((const struct odd *)a)->uid, ((const struct odd *)b)->uid,
                  sizeof((const struct odd *)a)->uid);
}

static struct odd *
find_odd(const struct check *c, const unsigned char uid[16])
{
    struct odd key = {.hash = 0};
    memcpy(key.uid, uid, sizeof key.uid);
    return c->n_odd ? bsearch(&key, c->odd, c->n_odd, sizeof key, odd_by_uid) : NULL;
}

static bool
note_odd(struct check *c, const struct state_member *m, uint64_t hash, struct err *err)
{
    if (c->n_odd == c->room_odd) {
        const size_t room = c->room_odd ? 2 * c->room_odd : 64;
        struct odd *more = realloc(c->odd, room * sizeof *more);
        if (!more)
            return err_nomem(err);
        c->odd = more;
        c->room_odd = room;
    }
    struct odd *o = &c->odd[c->n_odd++];
    *o = (struct odd){.hash = hash};
    memcpy(o->uid, m->uid, sizeof o->uid);
    return true;
}

/* The document with that term. *there: false where there is none. */
static enum xap_code
find_record(const struct check *c, const char *term, bool *there, uint64_t *hash,
            struct xap_error *error)
{
    struct xap_posting_iterator *it = NULL;
    struct xap_document *doc = NULL;
    const char *data;
    size_t len;
    xap_docid id;
    enum xap_code code = xap_database_postlist_begin(c->db, term, 33, &it, error);
    *there = code == XAP_OK && !xap_posting_iterator_at_end(it);
    if (*there && (code = xap_posting_iterator_get(it, &id, error)) == XAP_OK &&
        (code = xap_database_get_document(c->db, id, 0, &doc, error)) == XAP_OK &&
        (code = xap_document_get_data(doc, &data, &len, error)) == XAP_OK)
        *hash = XXH3_64bits(data, len);
    xap_document_free(doc);
    xap_posting_iterator_free(it);
    if (code != XAP_DOC_NOT_FOUND_ERROR)
        return code;
    *there = false;
    return XAP_OK;
}

static bool
check_member(struct check *c, const struct state_member *m, const char *path, struct err *err)
{
    struct xap_error error;
    char term[34] = SCHEMA_UID;
    bool there;
    uint64_t hash = 0;
    state_uid_text(m->uid, term + 1);
    const enum xap_code code = find_record(c, term, &there, &hash, &error);
    if (code == XAP_OUT_OF_MEMORY || code == XAP_DATABASE_MODIFIED_ERROR)
        return err_xapian(err, &error, "articles of the index");
    if (code != XAP_OK)
        fault(c, "an article cannot be read", path);
    else if (!there)
        fault(c, "an article is lost", path);
    else if (m->hash != 0 && hash != m->hash)
        return note_odd(c, m, hash, err);
    return true;
}

static bool
check_entry(void *arg, const struct state_entry *e, struct err *err)
{
    struct check *c = arg;
    struct state s = {.flags = 0};
    struct buf path;
    bool ok = true;
    buf_init(&path, 1 << 21);
    state_path(&path, e->key, e->key_len, e->value, e->len);
    if (!state_parse(&s, e->value, e->len, err))
        fault(c, "cannot be read", path.data);
    for (size_t i = 0; ok && i < s.n_members; i++)
        ok = check_member(c, &s.member[i], path.data, err);
    state_release(&s);
    buf_release(&path);
    return ok;
}

static bool
explain(void *arg, const struct state_entry *e, struct err *err)
{
    struct check *c = arg;
    struct state s = {.flags = 0};
    (void)err;
    if (!state_parse(&s, e->value, e->len, NULL))
        return true; /* is a fault already */
    for (size_t i = 0; i < s.n_members; i++) {
        struct odd *o = find_odd(c, s.member[i].uid);
        if (o && o->hash == s.member[i].hash)
            o->explained = true;
    }
    state_release(&s);
    return true;
}

static bool
blame(void *arg, const struct state_entry *e, struct err *err)
{
    struct check *c = arg;
    struct state s = {.flags = 0};
    struct buf path;
    (void)err;
    if (!state_parse(&s, e->value, e->len, NULL))
        return true;
    buf_init(&path, 1 << 21);
    state_path(&path, e->key, e->key_len, e->value, e->len);
    for (size_t i = 0; i < s.n_members; i++) {
        const struct odd *o = find_odd(c, s.member[i].uid);
        if (o && !o->explained)
            fault(c, "an article is damaged", path.data);
    }
    state_release(&s);
    buf_release(&path);
    return true;
}

/* Is there, of each file that the index remembers, what it remembers? */
static bool
check_articles(struct check *c, struct err *err)
{
    bool ok = state_each(c->db, check_entry, c, err);
    if (ok && c->n_odd > 0) {
        size_t n = 0;
        qsort(c->odd, c->n_odd, sizeof *c->odd, odd_by_uid);
        for (size_t i = 0; i < c->n_odd; i++)
            if (i == 0 || odd_by_uid(&c->odd[i], &c->odd[n - 1]) != 0)
                c->odd[n++] = c->odd[i];
        c->n_odd = n;
        ok = state_each(c->db, explain, c, err) && state_each(c->db, blame, c, err);
    }
    free(c->odd);
    c->odd = NULL;
    return ok;
}

/* Xapian makes these tables with the first article, and takes one that is not there for one that is
 * empty. */
static bool
check_tables(struct check *c, const char *generation, struct err *err)
{
    static const char *const table[] = {"docdata.glass", "termlist.glass", "position.glass"};
    struct xap_error error;
    xap_doccount articles;
    double words;
    if (xap_database_get_doccount(c->db, &articles, &error) != XAP_OK ||
        xap_database_get_average_length(c->db, &words, &error) != XAP_OK)
        return err_xapian(err, &error, "%s", generation);
    for (size_t i = 0; articles > 0 && i < sizeof table / sizeof table[0]; i++) {
        char *path = layout_path(generation, table[i]);
        if (!path)
            return err_nomem(err);
        if (access(path, F_OK) != 0 && errno == ENOENT && (i < 2 || words > 0))
            fault(c, "a table is missing", path);
        free(path);
    }
    return true;
}

/* Were there commits, or is another generation the current one? Then blocks that were checked may have been written over. */
static bool
has_moved(const char *dir, const struct inspection *before)
{
    struct inspection now;
    xap_rev was = 0, is = 0;
    const bool moved = inspect_open(&now, dir, NULL) &&
                       xap_database_get_revision(before->db, &was, NULL) == XAP_OK &&
                       xap_database_get_revision(now.db, &is, NULL) == XAP_OK &&
                       (strcmp(before->path, now.path) != 0 || was != is);
    inspect_close(&now);
    return moved;
}

bool
inspect_again(struct inspection *in, const char *dir, int *tries, struct err *err)
{
    const bool moved =
        err->code == ERR_MODIFIED || (err->code == ERR_CORRUPT && in->db && has_moved(dir, in));
    if (!moved || ++*tries > TRIES)
        return false;
    inspect_close(in);
    *err = (struct err){.code = ERR_NONE};
    return inspect_open(in, dir, err);
}

/* What a look through an index comes to. */
struct finding {
    bool ok;
    size_t faults;
    struct err err;
};

/* Prints the faults it finds, unless an indexer made them. */
static void
look_through(const char *dir, const struct inspection *in, struct finding *f)
{
    struct check c = {.db = in->db};
    struct xap_error error;
    char *report = NULL;
    f->ok = xap_database_check(in->path, XAP_DBCHECK_FULL_TREE, &f->faults, &report, &error) == XAP_OK ||
            err_xapian(&f->err, &error, "%s", in->path);
    if (f->ok && f->faults > 0 && !has_moved(dir, in))
        printf("%s\n", report);
    f->ok = f->ok && check_tables(&c, in->path, &f->err) && check_articles(&c, &f->err);
    f->faults += c.faults;
    xap_free(report);
}

static bool
write_all(int fd, const void *bytes, size_t len)
{
    for (const char *p = bytes; len > 0;) {
        const ssize_t n = write(fd, p, len);
        if (n < 0 && errno != EINTR)
            return false;
        p += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

static bool
read_all(int fd, void *bytes, size_t len)
{
    for (char *p = bytes; len > 0;) {
        const ssize_t n = read(fd, p, len);
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        p += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* How the process ended that was to say what it found, and did not. */
static void
found_nothing(const char *path, int status, struct finding *f)
{
    *f = (struct finding){.faults = 0};
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL && WTERMSIG(status) != SIGTERM)
        err_set(&f->err, ERR_CORRUPT, "%s: damaged: Xapian crashed on it (%s)", path, strsignal(WTERMSIG(status)));
    else
        err_set(&f->err, ERR_IO, "%s: the process that checks it was ended", path);
}

/* In a process of its own: Xapian 1.4 believes what a damaged block says, and reads where there is no memory. */
static bool
look_apart(const char *dir, const struct inspection *in, struct finding *f, struct err *err)
{
    int end[2], status;
    pid_t pid;
    if (pipe(end) != 0)
        return err_sys(err, errno, "a pipe");
    fflush(stdout);
    pid = fork();
    if (pid < 0) {
        err_sys(err, errno, "a process to check with");
        close(end[0]);
        close(end[1]);
        return false;
    }
    if (pid == 0) {
        close(end[0]);
        look_through(dir, in, f);
        const bool said = fflush(stdout) == 0 || err_sys(&f->err, errno, "standard output");
        f->ok = f->ok && said;
        _exit(write_all(end[1], f, sizeof *f) ? 0 : 1);
    }
    close(end[1]);
    const bool told = read_all(end[0], f, sizeof *f);
    close(end[0]);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return err_sys(err, errno, "the process that checks");
    if (!told)
        found_nothing(in->path, status, f);
    return true;
}

bool
inspect_check(const char *dir, size_t *faults, struct err *err)
{
    struct inspection in;
    struct finding f = {.faults = 0};
    bool ok = inspect_open(&in, dir, err) && look_apart(dir, &in, &f, err);
    if (ok && !f.ok) {
        ok = false;
        if (err)
            *err = f.err;
    }
    if ((!ok || f.faults > 0) && in.db && has_moved(dir, &in)) {
        f.faults = 0;
        ok = err_set(err, ERR_MODIFIED, "%s: an indexer wrote while it was checked", dir);
    }
    *faults = f.faults;
    inspect_close(&in);
    return ok;
}

/* ---- verify ---- */

struct verify {
    const struct options *o;
    struct inspection in;
    struct known known;
    bool *missing; /* owned; for each path: it is not there, and nothing under it was indexed so far as is known */
    struct buf absolute, key;
    struct buf last; /* key that was looked at */
    size_t differences;
};

static void
differ(struct verify *v, const char *what, const char *path)
{
    print_fault(what, path);
    v->differences++;
}

/* Was it refused when it was indexed, as it could not be read to its end, and is it what it was then? */
static bool
is_unreadable_still(const struct state *s, const struct state *now)
{
    return s->flags & STATE_REFUSED && (s->content[0] | s->content[1]) == 0 &&
           (s->flags & STATE_PARTIAL || state_is_as_old(s, now));
}

/* What is wrong with the file, NULL: it has the bytes that were indexed. sure: nothing speaks against that. */
static bool
compare(struct verify *v, const char *path, const struct state *now, bool sure, const char **wrong, struct err *err)
{
    const char *value;
    size_t len;
    uint64_t content[2];
    struct state s = {.flags = 0};
    struct xap_error error;
    struct err why = {.code = ERR_NONE};
    int tries = 0;
    while (xap_database_get_metadata(v->in.db, v->key.data, v->key.len, &value, &len, &error) != XAP_OK) {
        err_xapian(&why, &error, "files of the index");
        if (!inspect_again(&v->in, v->o->db, &tries, &why))
            return err_set(err, why.code, "%s", why.msg);
    }
    const bool parsed = len > 0 && state_parse(&s, value, len, NULL);
    *wrong = "stale";
    if (parsed && is_unreadable_still(&s, now))
        *wrong = "unreadable";
    else if (parsed && sure)
        *wrong = NULL;
    else if (faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0)
        *wrong = "unreadable";
    else if (parsed && s.size == now->size) {
        if (!read_content(path, NULL, content))
            *wrong = "unreadable";
        else if (content[0] == s.content[0] && content[1] == s.content[1])
            *wrong = NULL;
    }
    state_release(&s);
    return true;
}

/* Its absolute path, its key and what is known of it. */
static bool
meet(struct verify *v, const char *path, struct known_file **f, struct err *err)
{
    buf_clear(&v->absolute);
    buf_clear(&v->key);
    if (!article_absolute_path(&v->absolute, path, err))
        return false;
    state_key(&v->key, v->absolute.data);
    return buf_ok(&v->key, "a key", err) && known_meet(&v->known, v->absolute.data, f, err);
}

static bool
verify_file(void *arg, const char *path, const struct stat *st, bool named, struct err *err)
{
    (void)named;
    struct verify *v = arg;
    struct known_file *f;
    struct state now = {.flags = 0};
    if (!meet(v, path, &f, err))
        return false;
    if (f->met) /* under another path, too */
        return true;
    f->met = true;
    state_take(&now, st);
    if (!f->indexed) {
        differ(v, "missing", v->absolute.data);
        return true;
    }
    const bool sure = f->stamp == known_stamp(&now) && !(f->flags & (STATE_RACY | STATE_PARTIAL));
    const char *wrong = NULL;
    if ((!sure || f->flags & STATE_REFUSED) && !compare(v, path, &now, sure, &wrong, err))
        return false;
    if (wrong)
        differ(v, wrong, v->absolute.data);
    return true;
}

static bool
verify_unreadable(void *arg, const char *path, const char *why, struct err *err)
{
    (void)why;
    struct verify *v = arg;
    struct known_file *f;
    if (!meet(v, path, &f, err))
        return false;
    if (!f->met)
        differ(v, "unreadable", v->absolute.data);
    f->met = true;
    return true;
}

static bool
verify_entry(void *arg, const struct state_entry *e, struct err *err)
{
    struct verify *v = arg;
    const struct known_file *f = known_find_key(&v->known, e->key, e->key_len);
    bool said = f && f->met;
    buf_clear(&v->last);
    buf_add(&v->last, e->key, e->key_len);
    buf_clear(&v->key);
    state_path(&v->key, e->key, e->key_len, e->value, e->len);
    for (size_t i = 0; i < v->o->n_paths; i++) {
        buf_clear(&v->absolute);
        if (!article_absolute_path(&v->absolute, v->o->path[i], err))
            return false;
        if (!walker_is_under(v->key.data, v->absolute.data))
            continue;
        v->missing[i] = false;
        if (!said)
            differ(v, "extra", v->key.data);
        said = true;
    }
    return true;
}

bool
inspect_verify(const struct options *o, size_t *differences, struct err *err)
{
    struct verify v = {.o = o};
    struct scan_counts counts = {0};
    const struct scan_rules rules = {o->include, o->n_include, o->exclude, o->n_exclude, o->db};
    const struct scan_sink sink = {&v, verify_file, verify_unreadable};
    struct err why = {.code = ERR_NONE};
    int tries = 0;
    buf_init(&v.absolute, 1 << 21);
    buf_init(&v.key, 1 << 21);
    buf_init(&v.last, 1 << 10);
    v.missing = calloc(o->n_paths + 1, sizeof *v.missing);
    bool ok = (v.missing || err_nomem(&why)) && inspect_open(&v.in, o->db, &why);
    while (ok && !known_load(&v.known, v.in.db, &why))
        ok = inspect_again(&v.in, o->db, &tries, &why);
    for (size_t i = 0; ok && i < o->n_paths; i++) {
        ok = scan_root(o->path[i], &rules, &sink, &counts, &why);
        v.missing[i] = !ok && why.code == ERR_NOTFOUND;
        ok = ok || v.missing[i];
    }
    tries = 0;
    while (ok && !state_each_after(v.in.db, v.last.data, v.last.len, verify_entry, &v, &why))
        ok = inspect_again(&v.in, o->db, &tries, &why);
    for (size_t i = 0; ok && i < o->n_paths; i++) /* what was never indexed */
        if (v.missing[i])
            ok = err_set(&why, ERR_NOTFOUND, "%s: %s", o->path[i], options_no_such_path(o->path[i]));
    free(v.missing);
    if (!ok && err)
        *err = why;
    *differences = v.differences;
    known_release(&v.known);
    inspect_close(&v.in);
    buf_release(&v.absolute);
    buf_release(&v.key);
    buf_release(&v.last);
    return ok;
}

/* ---- dump ---- */

/* The stored record of the document with that term. */
static bool
print_record(struct xap_database *db, const char *term, size_t len, struct err *err)
{
    struct xap_posting_iterator *it = NULL;
    struct xap_document *doc = NULL;
    struct xap_error error;
    const char *data;
    size_t data_len;
    xap_docid id;
    bool ok = xap_database_postlist_begin(db, term, len, &it, &error) == XAP_OK;
    if (ok && xap_posting_iterator_at_end(it)) {
        xap_posting_iterator_free(it);
        return err_set(err, ERR_CORRUPT, "%.*s: a term of the index without its article", (int)len, term);
    }
    ok = ok && xap_posting_iterator_get(it, &id, &error) == XAP_OK &&
              xap_database_get_document(db, id, 0, &doc, &error) == XAP_OK &&
              xap_document_get_data(doc, &data, &data_len, &error) == XAP_OK;
    if (!ok && error.code == XAP_DOC_NOT_FOUND_ERROR)
        err_set(err, ERR_CORRUPT, "%.*s: a term of the index without its article", (int)len, term);
    else if (!ok)
        err_xapian(err, &error, "an article of the index");
    else if (fwrite(data, 1, data_len, stdout) != data_len || putchar('\n') == EOF)
        ok = err_sys(err, errno, "standard output");
    xap_document_free(doc);
    xap_posting_iterator_free(it);
    return ok;
}

/* The articles behind the term `last`, which moves on with each that was printed. */
static bool
dump_rest(struct xap_database *db, struct buf *last, int *tries, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    bool ok = true;
    enum xap_code code =
        xap_database_allterms_begin(db, SCHEMA_UID, strlen(SCHEMA_UID), &it, &error);
    if (code == XAP_OK && last->len > 0 && !xap_term_iterator_at_end(it))
        code = xap_term_iterator_skip_to(it, last->data, last->len, &error);
    while (ok && code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        code = xap_term_iterator_get(it, &term, &len, &error);
        const bool printed =
            code == XAP_OK && len == last->len && memcmp(term, last->data, len) == 0;
        if (code == XAP_OK && !printed && (ok = print_record(db, term, len, err))) {
            buf_clear(last);
            buf_add(last, term, len);
            *tries = 0;
        }
        if (ok && code == XAP_OK)
            code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    return code == XAP_OK ? ok : err_xapian(err, &error, "articles of the index");
}

bool
inspect_dump(const char *dir, struct err *err)
{
    struct inspection in;
    struct err why = {.code = ERR_NONE};
    struct buf last;
    int tries = 0;
    buf_init(&last, SCHEMA_TERM_MAX);
    bool ok = inspect_open(&in, dir, &why);
    while (ok && !dump_rest(in.db, &last, &tries, &why))
        ok = inspect_again(&in, dir, &tries, &why);
    if (!ok && err)
        *err = why;
    buf_release(&last);
    inspect_close(&in);
    return ok;
}
