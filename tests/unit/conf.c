/* conf.c - tests of common/conf: configuration files are read, refused with their line, and found
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

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

#include "common/conf.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct conf_key known[] = {
    {.name = "db"},
    {.name = "limit", .where = CONF_GLOBAL},
    {.name = "include", .repeatable = true},
    {.name = "strict", .takes = CONF_BOOL},
    {.name = "language", .where = CONF_SECTION},
    {.name = "run-tag"},
};

static bool
parse(struct conf *c, const char *text, struct err *err)
{
    *err = (struct err){.code = ERR_NONE};
    return conf_parse(c, "test.conf", text, strlen(text), known, COUNT(known), err);
}

static void
reads_keys_sections_and_comments(void **state)
{
    (void)state;
    struct conf c;
    struct err err;
    assert_true(parse(&c,
                      "\xef\xbb\xbf# ours\n"
                      "  db\t=  /var/lib/a b  \r\n"
                      "\n"
                      "limit=20\n"
                      "   # no key\n"
                      "include = *.json # all\n"
                      "include = caf\xc3\xa9=1\n"
                      "strict\n"
                      "[ index  reuters-2 ]\n"
                      "db = /srv/r\n"
                      "language = en\n"
                      "strict = off\n"
                      "[index empty]",
                      &err));
    assert_string_equal(c.name, "test.conf");
    assert_int_equal(c.entries, 8);
    assert_string_equal(conf_get(&c, NULL, "db"), "/var/lib/a b");
    assert_string_equal(conf_get(&c, NULL, "limit"), "20");
    assert_string_equal(conf_get(&c, NULL, "include"), "caf\xc3\xa9=1");
    assert_string_equal(conf_get(&c, "reuters-2", "db"), "/srv/r");
    assert_string_equal(conf_get(&c, "reuters-2", "language"), "en");
    assert_null(conf_get(&c, "reuters-2", "limit"));
    assert_null(conf_get(&c, "other", "db"));
    assert_null(conf_get(&c, NULL, "language"));
    assert_true(conf_get_bool(&c, NULL, "strict", false));
    assert_false(conf_get_bool(&c, "reuters-2", "strict", true));
    assert_true(conf_get_bool(&c, "empty", "strict", true));
    assert_int_equal(c.sections, 2);
    assert_true(conf_has_section(&c, "empty") && !conf_has_section(&c, "index"));
    conf_release(&c);
    assert_int_equal(c.entries, 0);
    conf_release(&c);
}

static void
keeps_the_order_of_the_file(void **state)
{
    (void)state;
    struct conf c;
    struct err err;
    assert_true(parse(&c, "include = a\ndb = b\n\ninclude = c\n[index x]\ninclude = d\n", &err));
    static const struct conf_entry expected[] = {
        {NULL, "include", "a", 1}, {NULL, "db", "b", 2}, {NULL, "include", "c", 4},
        {"x", "include", "d", 6},
    };
    assert_int_equal(c.entries, COUNT(expected));
    for (size_t i = 0; i < c.entries; i++) {
        assert_string_equal(c.entry[i].key, expected[i].key);
        assert_string_equal(c.entry[i].value, expected[i].value);
        assert_int_equal(c.entry[i].line, expected[i].line);
        assert_true(!c.entry[i].section == !expected[i].section);
    }
    assert_string_equal(c.entry[3].section, "x");
    conf_release(&c);
}

static void
takes_quotes_off(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"\"  blanks  \"", "  blanks  "}, {"\"\"", ""},         {"\"a \\\" b \\\\\"", "a \" b \\"},
        {"say \"hi\"", "say \"hi\""},     {"a\\b", "a\\b"},     {"\"#\"  ", "#"},
        {"\"a=b\"", "a=b"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[100];
        struct conf c;
        struct err err;
        snprintf(text, sizeof text, "run-tag = %s\n", cases[i][0]);
        assert_true(parse(&c, text, &err));
        assert_string_equal(conf_get(&c, NULL, "run-tag"), cases[i][1]);
        conf_release(&c);
    }
}

static void
refuses_with_file_line_and_reason(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"limt = 3", "test.conf:1: unknown key \"limt\", did you mean \"limit\"?"},
        {"\n# x\n--db = 3", "test.conf:3: unknown key \"--db\", did you mean \"db\"?"},
        {"run_tag = x", "test.conf:1: unknown key \"run_tag\", did you mean \"run-tag\"?"},
        {"colour = red", "test.conf:1: unknown key \"colour\""},
        {"= 3", "test.conf:1: there is no key before the ="},
        {"db", "test.conf:1: \"db\" needs a value"},
        {"db =  ", "test.conf:1: \"db\" needs a value"},
        {"db = a\ndb = b", "test.conf:2: \"db\" stands there a second time"},
        {"[index a]\ndb = a\nstrict\ndb = b", "test.conf:4: \"db\" stands there a second time"},
        {"strict = maybe", "test.conf:1: \"strict\" is yes or no, not \"maybe\""},
        {"strict =", "test.conf:1: \"strict\" is yes or no, not \"\""},
        {"language = en",
         "test.conf:1: \"language\" may only stand in a section [index NAME]"},
        {"[index a]\nlimit = 1",
         "test.conf:2: \"limit\" may only stand before the first section"},
        {"[index a", "test.conf:1: a section ends in ]"},
        {"[", "test.conf:1: a section ends in ]"},
        {"[]", "test.conf:1: unknown section \"\", only [index NAME] is known"},
        {"[indices a]", "test.conf:1: unknown section \"indices\", only [index NAME] is known"},
        {"[index]", "test.conf:1: the name of an index is 1 to 64 of the letters A-Z, a-z, 0-9, "
                    "_ and -"},
        {"[index ../a]", "test.conf:1: the name of an index is 1 to 64 of the letters A-Z, a-z, "
                         "0-9, _ and -"},
        {"[index a]\n[index b]\n[index a]", "test.conf:3: a second section [index a]"},
        {"db = \"a", "test.conf:1: the closing \" is missing"},
        {"db = \"a\\", "test.conf:1: inside \"\" only \\\" and \\\\ may follow a \\"},
        {"db = \"a\" b", "test.conf:1: something follows the closing \""},
        {"db = a\x1b[2J", "test.conf:1: there is a control character"},
        {"db = a\rlimit = 2", "test.conf:1: there is a control character"},
        {"db = \xff", "test.conf: not valid UTF-8"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct conf c;
        struct err err;
        assert_false(parse(&c, cases[i][0], &err));
        assert_int_equal(err.code, ERR_SYNTAX);
        assert_string_equal(err.msg, cases[i][1]);
        assert_true(!c.entry && !c.section && !c.name && !c.memory);
        assert_false(conf_parse(&c, "x", cases[i][0], strlen(cases[i][0]), known, COUNT(known),
                                NULL));
    }
    struct conf c;
    struct err err;
    assert_false(conf_parse(&c, "x", "db = a\0b", 8, known, COUNT(known), &err));
    assert_string_equal(err.msg, "x:1: there is a control character");
}

static void
keeps_to_its_limits(void **state)
{
    (void)state;
    struct conf c;
    struct err err;
    char *text = malloc(CONF_SIZE_MAX + 1);
    assert_non_null(text);
    memset(text, '\n', CONF_SIZE_MAX + 1);
    assert_true(conf_parse(&c, "x", text, CONF_SIZE_MAX, known, COUNT(known), &err));
    conf_release(&c);
    assert_false(conf_parse(&c, "x", text, CONF_SIZE_MAX + 1, known, COUNT(known), &err));
    assert_string_equal(err.msg, "x: larger than 1048576 bytes");
    size_t len = 0;
    for (int i = 0; i <= CONF_SECTIONS_MAX; i++)
        len += (size_t)snprintf(text + len, 20, "[index %d]\n", i);
    assert_false(conf_parse(&c, "x", text, len, known, COUNT(known), &err));
    assert_string_equal(err.msg, "x:1001: more than 1000 sections");
    /* A long file name leaves room for the reason. */
    memset(text, 'd', 4000);
    text[4000] = '\0';
    assert_false(conf_parse(&c, text, "nonsense", 8, known, COUNT(known), &err));
    assert_non_null(strstr(err.msg, "d:1: unknown key \"nonsense\""));
    free(text);
    assert_true(parse(&c, "", &err));
    assert_int_equal(c.entries, 0);
    conf_release(&c);
}

static void
suggests_the_nearest_key(void **state)
{
    (void)state;
    static const struct conf_key options[] = {
        {.name = "limit"}, {.name = "language"}, {.name = "query-language"}, {.name = "lock-wait"},
        {.name = "since"}, {.name = "db"},
    };
    static const char *const cases[][2] = {
        {"limti", "limit"},      {"Limit", "limit"},   {"--langauge", "language"},
        {"lang", "language"},    {"lock_wait", "lock-wait"}, {"sinse", "since"},
        {"query-lang", "query-language"}, {"dbb", "db"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(conf_nearest(cases[i][0], options, COUNT(options)), cases[i][1]);
    static const char *const far[] = {"", "--", "x", "zz", "colour", "offset"};
    for (size_t i = 0; i < COUNT(far); i++)
        assert_null(conf_nearest(far[i], options, COUNT(options)));
    char longer[200];
    memset(longer, 'l', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_null(conf_nearest(longer, options, COUNT(options)));
}

static void
knows_names_of_indexes(void **state)
{
    (void)state;
    char name[CONF_NAME_MAX + 2];
    memset(name, 'a', sizeof name);
    name[CONF_NAME_MAX] = '\0';
    assert_true(conf_name_valid(name) && conf_name_valid("A-z_09"));
    name[CONF_NAME_MAX] = 'a';
    name[CONF_NAME_MAX + 1] = '\0';
    assert_false(conf_name_valid(name) || conf_name_valid("") || conf_name_valid(NULL));
    assert_false(conf_name_valid("a b") || conf_name_valid("..") || conf_name_valid("\xc3\xa9"));
}

/* A temporary folder as $HOME, nothing else set. */
static char home[] = "/tmp/conf-XXXXXX";

static int
set_up_home(void **state)
{
    (void)state;
    memcpy(home + sizeof home - 7, "XXXXXX", 6);
    static const char *const names[] = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "BROADSHEET_DB"};
    for (size_t i = 0; i < COUNT(names); i++)
        unsetenv(names[i]);
    return !mkdtemp(home) || setenv("HOME", home, 1) != 0;
}

static const char *
inside(const char *path)
{
    static char whole[sizeof home + 100];
    snprintf(whole, sizeof whole, "%s/%s", home, path);
    return whole;
}

static int
tear_down_home(void **state)
{
    (void)state;
    unlink(inside(".config/broadsheet/config"));
    unlink(inside("named"));
    rmdir(inside(".config/broadsheet"));
    rmdir(inside(".config"));
    return rmdir(home);
}

static void
write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fputs(text, f) >= 0, 1);
    assert_int_equal(fclose(f), 0);
}

static void
loads_files(void **state)
{
    (void)state;
    struct conf c;
    struct err err;
    assert_true(conf_load(&c, NULL, known, COUNT(known), &err));
    assert_int_equal(c.entries, 0);
    write_file(inside("named"), "db = /a\n");
    assert_true(conf_load(&c, inside("named"), known, COUNT(known), &err));
    assert_string_equal(conf_get(&c, NULL, "db"), "/a");
    assert_string_equal(c.name, inside("named"));
    conf_release(&c);
    write_file(inside("named"), "\nnope = /a\n");
    assert_false(conf_load(&c, inside("named"), known, COUNT(known), &err));
    assert_int_equal(err.code, ERR_SYNTAX);
    assert_non_null(strstr(err.msg, "/named:2: unknown key \"nope\""));
    assert_false(conf_load(&c, inside("missing"), known, COUNT(known), &err));
    assert_int_equal(err.code, ERR_NOTFOUND);
    assert_false(conf_load(&c, home, known, COUNT(known), &err));
    assert_int_equal(err.code, ERR_IO);
    FILE *f = fopen(inside("named"), "w");
    assert_non_null(f);
    for (size_t i = 0; i < CONF_SIZE_MAX / 8 + 1; i++)
        fputs("# 23456\n", f);
    fclose(f);
    assert_false(conf_load(&c, inside("named"), known, COUNT(known), &err));
    assert_non_null(strstr(err.msg, "larger than 1048576 bytes"));
}

static void
finds_the_configuration(void **state)
{
    (void)state;
    char *path = NULL;
    struct err err;
    /* None named, none there (a system-wide one may be). */
    assert_true(conf_find(&path, NULL, NULL, &err));
    assert_true(!path || strncmp(path, home, strlen(home)) != 0);
    free(path);
    assert_int_equal(mkdir(inside(".config"), 0700), 0);
    assert_int_equal(mkdir(inside(".config/broadsheet"), 0700), 0);
    write_file(inside(".config/broadsheet/config"), "");
    write_file(inside("named"), "");
    assert_true(conf_find(&path, NULL, "", &err));
    assert_string_equal(path, inside(".config/broadsheet/config"));
    free(path);
    /* $XDG_CONFIG_HOME takes its place; a relative one does not count. */
    setenv("XDG_CONFIG_HOME", "relative", 1);
    assert_true(conf_find(&path, NULL, NULL, &err));
    assert_string_equal(path, inside(".config/broadsheet/config"));
    free(path);
    setenv("XDG_CONFIG_HOME", inside("nothing"), 1);
    assert_true(conf_find(&path, NULL, NULL, &err));
    assert_true(!path || strncmp(path, home, strlen(home)) != 0);
    free(path);
    setenv("XDG_CONFIG_HOME", inside(".config"), 1);
    setenv("HOME", "/nonexistent", 1);
    assert_true(conf_find(&path, NULL, NULL, &err));
    assert_string_equal(path, inside(".config/broadsheet/config"));
    free(path);
    /* What is named comes first, --config before the variable, and must be there. */
    assert_true(conf_find(&path, NULL, inside("named"), &err));
    assert_string_equal(path, inside("named"));
    free(path);
    assert_true(conf_find(&path, inside("named"), "/nonexistent/file", &err));
    assert_string_equal(path, inside("named"));
    free(path);
    assert_false(conf_find(&path, NULL, "/nonexistent/file", &err));
    assert_int_equal(err.code, ERR_NOTFOUND);
    assert_null(path);
    assert_false(conf_find(&path, "/nonexistent/file", NULL, &err));
    assert_int_equal(err.code, ERR_NOTFOUND);
    assert_false(conf_find(&path, "", NULL, &err));
    assert_int_equal(err.code, ERR_ARG);
}

static void
check_index(const char *option, const char *configured, const char *expected)
{
    char *dir = NULL;
    struct err err = {.code = ERR_NONE};
    assert_true(conf_default_index(&dir, option, configured, &err));
    assert_string_equal(dir, expected);
    free(dir);
}

static void
picks_the_index(void **state)
{
    (void)state;
    check_index(NULL, NULL, inside(".local/share/broadsheet/index"));
    check_index(NULL, "", inside(".local/share/broadsheet/index"));
    setenv("XDG_DATA_HOME", "relative", 1);
    check_index(NULL, NULL, inside(".local/share/broadsheet/index"));
    setenv("XDG_DATA_HOME", "/data", 1);
    check_index(NULL, NULL, "/data/broadsheet/index");
    check_index(NULL, "/configured", "/configured");
    setenv("BROADSHEET_DB", "/variable", 1);
    check_index(NULL, "/configured", "/variable");
    check_index("given", "/configured", "given");
    setenv("BROADSHEET_DB", "", 1);
    check_index(NULL, "/configured", "/configured");

    char *dir = NULL;
    struct err err;
    assert_false(conf_default_index(&dir, "", "/configured", &err));
    assert_int_equal(err.code, ERR_ARG);
    unsetenv("XDG_DATA_HOME");
    unsetenv("HOME");
    assert_false(conf_default_index(&dir, NULL, NULL, &err));
    assert_int_equal(err.code, ERR_ARG);
    assert_null(dir);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_keys_sections_and_comments),
        cmocka_unit_test(keeps_the_order_of_the_file),
        cmocka_unit_test(takes_quotes_off),
        cmocka_unit_test(refuses_with_file_line_and_reason),
        cmocka_unit_test(keeps_to_its_limits),
        cmocka_unit_test(suggests_the_nearest_key),
        cmocka_unit_test(knows_names_of_indexes),
        cmocka_unit_test_setup_teardown(loads_files, set_up_home, tear_down_home),
        cmocka_unit_test_setup_teardown(finds_the_configuration, set_up_home, tear_down_home),
        cmocka_unit_test_setup_teardown(picks_the_index, set_up_home, tear_down_home),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("conf", tests, NULL, NULL);
}
