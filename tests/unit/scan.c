/* scan.c - tests of indexer/scan: which files are found under the paths a user names
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/buf.h"
#include "indexer/scan.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char dir[] = "/tmp/broadsheet-scan-XXXXXX";

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static int
make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/broadsheet-scan-XXXXXX");
    return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int
remove_dir(void **state)
{
    (void)state;
    return chdir("/") == 0 ? nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS) : -1;
}

/* A file at a path below the folder; parts of the path that end in '/' are made. */
static void
make_file(const char *path)
{
    char above[300];
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(above, sizeof above, "%.*s", (int)(slash - path), path);
        assert_true(mkdir(above, 0777) == 0 || errno == EEXIST);
    }
    if (path[strlen(path) - 1] == '/')
        return;
    const int fd = open(path, O_WRONLY | O_CREAT, 0666);
    assert_true(fd >= 0);
    close(fd);
}

static void
make_files(const char *const *paths, size_t n)
{
    for (size_t i = 0; i < n; i++)
        make_file(paths[i]);
}

struct found {
    struct buf text; /* paths, one a line; refused ones after '!', named ones after '=' */
    enum err_code fail_with;
};

static bool
on_file(void *arg, const char *path, const struct stat *st, bool named, struct err *err)
{
    struct found *f = arg;
    assert_true(S_ISREG(st->st_mode));
    buf_printf(&f->text, "%s%s\n", named ? "=" : "", path);
    return f->fail_with == ERR_NONE || err_set(err, f->fail_with, "failed");
}

static bool
on_refused(void *arg, const char *path, const char *why, struct err *err)
{
    (void)err;
    struct found *f = arg;
    assert_true(*why);
    buf_printf(&f->text, "!%s\n", path);
    return true;
}

static struct scan_counts
check(const char *root, const struct scan_rules *rules, const char *wanted)
{
    static const struct scan_rules none;
    struct found found = {.fail_with = ERR_NONE};
    struct scan_counts counts = {.files = 0};
    struct err err = {.code = ERR_NONE};
    const struct scan_sink sink = {&found, on_file, on_refused};
    buf_init(&found.text, BUF_MAX);
    if (!scan_root(root, rules ? rules : &none, &sink, &counts, &err))
        fail_msg("%s", err.msg);
    assert_string_equal(found.text.data, wanted);
    buf_release(&found.text);
    return counts;
}

static void
walks_folders_in_the_order_of_whole_paths(void **state)
{
    (void)state;
    static const char *const paths[] = {"a/c.txt", "a/b/z.txt", "a-b/x.txt", "a.txt",
                                        "a0.txt",  "a/b.txt",   "é.txt",     "Z.txt"};
    make_files(paths, COUNT(paths));
    const struct scan_counts counts = check(
        ".", NULL,
        "./Z.txt\n./a-b/x.txt\n./a.txt\n./a/b.txt\n./a/b/z.txt\n./a/c.txt\n./a0.txt\n./é.txt\n");
    assert_int_equal(counts.files, 8);
}

static void
takes_names_of_articles_only(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "a.txt",     "b.TXT",  "c.text", "d.json", "e.jsonl", "f.ndjson", "g.txt.gz", "h.jsonl.zst",
        "i.json.xz", ".j.txt", "k.pdf",  "l",      "m.txt~",  ".txt",     "n.gz",     "txt"};
    make_files(paths, COUNT(paths));
    const struct scan_counts counts = check(".", NULL,
                                            "./a.txt\n./b.TXT\n./c.text\n./d.json\n./e.jsonl\n./"
                                            "f.ndjson\n./g.txt.gz\n./h.jsonl.zst\n./i.json.xz\n");
    assert_int_equal(counts.ignored, 7);
}

static void
takes_a_file_that_is_named_whatever_its_name(void **state)
{
    (void)state;
    static const char *const globs[] = {"*"};
    const struct scan_rules rules = {.exclude = (char *const *)(uintptr_t)globs, .n_exclude = 1};
    make_file("k.pdf");
    assert_int_equal(check("k.pdf", &rules, "=k.pdf\n").files, 1);
}

static void
includes_and_excludes_by_name_and_by_path(void **state)
{
    (void)state;
    static const char *const paths[] = {"a.txt",    "b.html",    "x/a.txt",
                                        "x/b.html", "x/y/a.txt", "z/a.txt"};
    static const struct {
        const char *include, *exclude, *wanted;
    } cases[] = {
        {"*.html", NULL, "./b.html\n./x/b.html\n"},
        {"*", "a.txt", "./b.html\n./x/b.html\n"},
        {NULL, "x", "./a.txt\n./z/a.txt\n"},
        {NULL, "x/y", "./a.txt\n./x/a.txt\n./z/a.txt\n"},
        {NULL, "x/*.txt", "./a.txt\n./z/a.txt\n"}, /* '*' goes over '/' */
        {"x/*", NULL, "./x/a.txt\n./x/b.html\n./x/y/a.txt\n"},
        {NULL, "*", ""},
        {"[", "[", ""},
    };
    make_files(paths, COUNT(paths));
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *include[] = {(char *)(uintptr_t)cases[i].include},
             *exclude[] = {(char *)(uintptr_t)cases[i].exclude};
        const struct scan_rules rules = {.include = include,
                                         .n_include = cases[i].include != NULL,
                                         .exclude = exclude,
                                         .n_exclude = cases[i].exclude != NULL};
        check(".", &rules, cases[i].wanted);
    }
}

static void
does_not_follow_links_inside(void **state)
{
    (void)state;
    make_file("x/a.txt");
    assert_int_equal(symlink("a.txt", "x/link.txt"), 0);
    assert_int_equal(symlink("..", "x/loop.txt"), 0);
    assert_int_equal(symlink("loop2.txt", "x/loop2.txt"), 0);
    assert_int_equal(symlink("x", "root"), 0);
    assert_int_equal(symlink("x/a.txt", "file"), 0);
    assert_int_equal(check("x", NULL, "x/a.txt\n").links, 3);
    assert_int_equal(check("root", NULL, "root/a.txt\n").files, 1);
    assert_int_equal(check("file", NULL, "=file\n").files, 1);
    check("x/loop2.txt", NULL, "!x/loop2.txt\n");
}

static void
passes_over_what_is_neither_file_nor_folder(void **state)
{
    (void)state;
    make_file("a.txt");
    assert_int_equal(mkfifo("fifo.txt", 0666), 0);
    assert_int_equal(check(".", NULL, "./a.txt\n").special, 1);
    assert_int_equal(check("fifo.txt", NULL, "!fifo.txt\n").special, 1);
    assert_int_equal(check("/dev/null", NULL, "!/dev/null\n").special, 1);
}

static void
passes_over_the_index(void **state)
{
    (void)state;
    static const char *const paths[] = {"a.txt", "db/b.txt", "db2/c.txt"};
    make_files(paths, COUNT(paths));
    struct scan_rules rules = {.index = "./db2/../db"};
    check(".", &rules, "./a.txt\n./db2/c.txt\n");
    rules.index = "nowhere";
    check(".", &rules, "./a.txt\n./db/b.txt\n./db2/c.txt\n");
}

static void
takes_odd_names_as_they_are(void **state)
{
    (void)state;
    static const char *const paths[] = {"\x1b[31m.txt", "$(x).txt", "'\".txt",     "-rf.txt",
                                        "a\nb.txt",     "a b .txt", "\xff\xfe.txt"};
    make_files(paths, COUNT(paths));
    check(".", NULL,
          "./\x1b[31m.txt\n./$(x).txt\n./'\".txt\n./-rf.txt\n./a\nb.txt\n./a b "
          ".txt\n./\xff\xfe.txt\n");
}

static void
says_what_it_cannot_look_into(void **state)
{
    (void)state;
    static const char *const paths[] = {"a.txt", "x/b.txt", "z.txt"};
    make_files(paths, COUNT(paths));
    assert_int_equal(chmod("x", 0), 0);
    check(".", NULL, geteuid() == 0 ? "./a.txt\n./x/b.txt\n./z.txt\n" : "./a.txt\n!./x\n./z.txt\n");
    assert_int_equal(chmod("x", 0700), 0);
}

static void
survives_a_chain_of_folders_longer_than_any_path(void **state)
{
    (void)state;
    char name[201];
    memset(name, 'd', 200);
    name[200] = '\0';
    for (int i = 0; i < 30; i++) {
        assert_int_equal(mkdir(name, 0777), 0);
        assert_int_equal(chdir(name), 0);
    }
    make_file("a.txt");
    assert_int_equal(chdir(dir), 0);
    struct found found = {.fail_with = ERR_NONE};
    struct scan_counts counts = {.files = 0};
    static const struct scan_rules rules;
    const struct scan_sink sink = {&found, on_file, on_refused};
    buf_init(&found.text, BUF_MAX);
    assert_true(scan_root(".", &rules, &sink, &counts, NULL));
    assert_true(found.text.data[0] == '!');
    assert_int_equal(strchr(found.text.data, '\n') - found.text.data, found.text.len - 1);
    buf_release(&found.text);
    for (int i = 0; i < 30; i++)
        assert_int_equal(chdir(name), 0);
    assert_int_equal(unlink("a.txt"), 0);
    for (int i = 0; i < 30; i++) {
        assert_int_equal(chdir(".."), 0);
        assert_int_equal(rmdir(name), 0);
    }
}

static void
says_when_a_root_is_not_there(void **state)
{
    (void)state;
    static const char *const roots[] = {"nowhere", "", "a.txt/x", "a.txt/"};
    make_file("a.txt");
    for (size_t i = 0; i < COUNT(roots); i++) {
        struct found found = {.fail_with = ERR_NONE};
        struct scan_counts counts = {.files = 0};
        struct err err = {.code = ERR_NONE};
        static const struct scan_rules rules;
        const struct scan_sink sink = {&found, on_file, on_refused};
        buf_init(&found.text, 100);
        assert_false(scan_root(roots[i], &rules, &sink, &counts, &err));
        assert_int_equal(err.code, ERR_NOTFOUND);
        assert_string_equal(found.text.data, "");
        buf_release(&found.text);
    }
}

/* Else a run would take it for a root that is not there, and go on. */
static void
stops_at_the_first_failure_and_never_calls_it_a_missing_root(void **state)
{
    (void)state;
    static const enum err_code codes[][2] = {
        {ERR_NOTFOUND, ERR_IO}, {ERR_IO, ERR_IO}, {ERR_NOMEM, ERR_NOMEM}};
    static const char *const roots[] = {".", "a.txt"};
    make_file("a.txt");
    make_file("b.txt");
    for (size_t i = 0; i < COUNT(codes) * COUNT(roots); i++) {
        struct found found = {.fail_with = codes[i / 2][0]};
        struct scan_counts counts = {.files = 0};
        struct err err = {.code = ERR_NONE};
        static const struct scan_rules rules;
        const struct scan_sink sink = {&found, on_file, on_refused};
        buf_init(&found.text, 100);
        assert_false(scan_root(roots[i % 2], &rules, &sink, &counts, &err));
        assert_int_equal(err.code, codes[i / 2][1]);
        assert_string_equal(found.text.data, i % 2 ? "=a.txt\n" : "./a.txt\n");
        buf_release(&found.text);
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_dir, remove_dir)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(walks_folders_in_the_order_of_whole_paths),
        TEST(takes_names_of_articles_only),
        TEST(takes_a_file_that_is_named_whatever_its_name),
        TEST(includes_and_excludes_by_name_and_by_path),
        TEST(does_not_follow_links_inside),
        TEST(passes_over_what_is_neither_file_nor_folder),
        TEST(passes_over_the_index),
        TEST(takes_odd_names_as_they_are),
        TEST(says_what_it_cannot_look_into),
        TEST(survives_a_chain_of_folders_longer_than_any_path),
        TEST(says_when_a_root_is_not_there),
        TEST(stops_at_the_first_failure_and_never_calls_it_a_missing_root),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
