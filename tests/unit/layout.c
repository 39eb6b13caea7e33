/* layout.c - tests of common/layout: an index on disk
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/layout.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char dir[] = "/tmp/broadsheet-layout-XXXXXX";
static char db[64]; /* a folder in it, new for each test */

static int
make_dir(void **state)
{
    (void)state;
    return mkdtemp(dir) ? 0 : -1;
}

static int
remove_dir(void **state)
{
    (void)state;
    return rmdir(dir);
}

static int
make_db(void **state)
{
    (void)state;
    snprintf(db, sizeof db, "%s/db", dir);
    return mkdir(db, 0777);
}

static int
remove_db(void **state)
{
    (void)state;
    static const char *const names[] = {"XAPIANDB", "XAPIANDB.new"};
    char path[100];
    for (size_t i = 0; i < COUNT(names); i++) {
        snprintf(path, sizeof path, "%s/%s", db, names[i]);
        unlink(path);
    }
    return rmdir(db);
}

static void
write_stub(const char *text)
{
    char path[100];
    snprintf(path, sizeof path, "%s/XAPIANDB", db);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void
names_what_lies_in_an_index(void **state)
{
    (void)state;
    char *path = layout_path("/a/b", LAYOUT_LOCK);
    assert_string_equal(path, "/a/b/lock");
    free(path);
    path = layout_generation_path("/a/b", 12);
    assert_string_equal(path, "/a/b/gen-12");
    free(path);
}

static void
says_where_there_is_no_index(void **state)
{
    (void)state;
    struct err err = {.code = ERR_NONE};
    unsigned n = 7;
    assert_false(layout_current(db, &n, &err));
    assert_int_equal(err.code, ERR_NOTFOUND);
    assert_non_null(strstr(err.msg, db));
    assert_false(layout_current("/nowhere/at/all", &n, &err));
    assert_int_equal(err.code, ERR_NOTFOUND);
    assert_false(layout_current("/dev/null", &n, &err));
    assert_int_equal(err.code, ERR_NOTFOUND);
    assert_int_equal(n, 7);
}

static void
switches_from_generation_to_generation(void **state)
{
    (void)state;
    struct err err = {.code = ERR_NONE};
    static const unsigned generations[] = {1, 2, 10, 1000000000, 3};
    for (size_t i = 0; i < COUNT(generations); i++) {
        unsigned n = 0;
        assert_true(layout_switch(db, generations[i], &err));
        assert_true(layout_current(db, &n, &err));
        assert_int_equal(n, generations[i]);
    }
}

static void
leaves_nothing_but_the_stub(void **state)
{
    (void)state;
    char path[100], text[100];
    assert_true(layout_switch(db, 5, NULL));
    snprintf(path, sizeof path, "%s/XAPIANDB.new", db);
    assert_int_equal(access(path, F_OK), -1);
    snprintf(path, sizeof path, "%s/XAPIANDB", db);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, "glass gen-5\n");
}

static void
reads_what_xapian_allows_in_a_stub(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned n;
    } cases[] = {
        {"glass gen-3\n", 3},
        {"glass gen-3", 3},
        {"auto gen-12\n", 12},
        {"# a remark\n\nglass gen-4\n", 4},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned n = 0;
        write_stub(cases[i].text);
        assert_true(layout_current(db, &n, NULL));
        assert_int_equal(n, cases[i].n);
    }
}

static void
refuses_a_stub_that_is_not_ours(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "\n",
                                        "glass gen-\n",
                                        "glass gen-0\n",
                                        "glass gen-x\n",
                                        "glass gen-1x\n",
                                        "glass gen--1\n",
                                        "glass gen-1000000001\n",
                                        "glass gen-99999999999999999999999\n",
                                        "glass gen-../../x\n",
                                        "glass /etc\n",
                                        " glass gen-1\n",
                                        "remote :1234\n"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        unsigned n = 7;
        struct err err = {.code = ERR_NONE};
        write_stub(texts[i]);
        assert_false(layout_current(db, &n, &err));
        assert_int_equal(err.code, ERR_CORRUPT);
        assert_int_equal(n, 7);
    }
}

static void
creates_a_folder_and_those_above(void **state)
{
    (void)state;
    static const char *const below[] = {"a", "a/b/c", "a//b/./c/", "d/../e"};
    static const char *const gone[] = {"a/b/c", "a/b", "a", "d", "e"};
    struct err err = {.code = ERR_NONE};
    char path[100];
    for (size_t i = 0; i < COUNT(below); i++) {
        struct stat st;
        snprintf(path, sizeof path, "%s/%s", db, below[i]);
        if (!layout_create(path, &err))
            fail_msg("%s", err.msg);
        assert_true(layout_create(path, &err));
        assert_true(stat(path, &st) == 0 && S_ISDIR(st.st_mode));
    }
    for (size_t i = 0; i < COUNT(gone); i++) {
        snprintf(path, sizeof path, "%s/%s", db, gone[i]);
        assert_int_equal(rmdir(path), 0);
    }
}

static void
says_why_a_folder_cannot_be_created(void **state)
{
    (void)state;
    struct err err = {.code = ERR_NONE};
    assert_false(layout_create("/dev/null", &err));
    assert_int_equal(err.code, ERR_IO);
    assert_non_null(strstr(err.msg, "not a folder"));
    assert_false(layout_create("/dev/null/x", &err));
    assert_false(layout_create("/proc/nowhere/x", &err));
    assert_non_null(strstr(err.msg, "/proc/nowhere"));
    assert_false(layout_create("", &err));
}

static void
says_why_it_cannot_switch(void **state)
{
    (void)state;
    struct err err = {.code = ERR_NONE};
    assert_false(layout_switch("/nowhere/at/all", 1, &err));
    assert_int_equal(err.code, ERR_NOTFOUND);
    char path[100];
    snprintf(path, sizeof path, "%s/XAPIANDB", db);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_false(layout_switch(db, 1, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_non_null(strstr(err.msg, "XAPIANDB"));
    assert_int_equal(rmdir(path), 0);
}

static void
holds_a_generation_against_its_removal(void **state)
{
    (void)state;
    struct err err = {.code = ERR_NONE};
    int fd, other;
    assert_false(layout_hold(db, 1, &fd, &err));
    assert_int_equal(err.code, ERR_MODIFIED);
    assert_int_equal(fd, -1);
    char *path = layout_generation_path(db, 1);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_true(layout_hold(db, 1, &fd, &err));
    assert_true(layout_hold(db, 1, &other, &err));
    const int remover = open(path, O_RDONLY | O_DIRECTORY);
    assert_true(remover >= 0);
    assert_int_equal(flock(remover, LOCK_EX | LOCK_NB), -1);
    close(fd);
    close(other);
    assert_int_equal(flock(remover, LOCK_EX | LOCK_NB), 0);
    assert_false(layout_hold(db, 1, &fd, &err));
    assert_int_equal(err.code, ERR_MODIFIED);
    close(remover);
    assert_int_equal(rmdir(path), 0);
    free(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_what_lies_in_an_index, make_db, remove_db),
        cmocka_unit_test_setup_teardown(says_where_there_is_no_index, make_db, remove_db),
        cmocka_unit_test_setup_teardown(switches_from_generation_to_generation, make_db, remove_db),
        cmocka_unit_test_setup_teardown(leaves_nothing_but_the_stub, make_db, remove_db),
        cmocka_unit_test_setup_teardown(reads_what_xapian_allows_in_a_stub, make_db, remove_db),
        cmocka_unit_test_setup_teardown(refuses_a_stub_that_is_not_ours, make_db, remove_db),
        cmocka_unit_test_setup_teardown(creates_a_folder_and_those_above, make_db, remove_db),
        cmocka_unit_test_setup_teardown(says_why_a_folder_cannot_be_created, make_db, remove_db),
        cmocka_unit_test_setup_teardown(says_why_it_cannot_switch, make_db, remove_db),
        cmocka_unit_test_setup_teardown(holds_a_generation_against_its_removal, make_db, remove_db),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("layout", tests, make_dir, remove_dir);
}
