/* json-reader.c - tests of indexer/read/json: articles as JSON, one a line, one after the other, in
 * a list
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
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/read/input.h"
#include "indexer/read/json.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum how { LINES, VALUES };

/* What a reader told, one line each: "member=title" or "!member: why". */
struct told {
    struct buf text;
    size_t stop_after; /* articles; the sink fails then */
};

static bool
on_article(void *arg, struct article *a, const char *member, struct err *err)
{
    struct told *t = arg;
    if (t->stop_after > 0 && --t->stop_after == 0)
        return err_set(err, ERR_IO, "enough");
    buf_printf(&t->text, "%s=%.20s\n", member, article_get(a, ARTICLE_TITLE));
    return true;
}

static bool
on_refused(void *arg, const char *member, const char *why, struct err *err)
{
    (void)err;
    struct told *t = arg;
    buf_printf(&t->text, "!%s: %s\n", member ? member : "", why);
    return true;
}

/* Reads bytes as if they were a file, into *told. */
static bool
read_bytes(enum how how, const char *bytes, size_t len, size_t record_max, struct told *told,
           struct err *err)
{
    char path[64];
    struct input *in = NULL;
    const struct read_sink sink = {.arg = told, .article = on_article, .refused = on_refused};
    const int fd = memfd_create("json", MFD_CLOEXEC);
    assert_true(fd >= 0);
    for (size_t done = 0; done < len;) {
        const ssize_t n = write(fd, bytes + done, len - done);
        assert_true(n > 0);
        done += (size_t)n;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    assert_true(input_open(&in, path, err));
    buf_init(&told->text, BUF_MAX);
    const bool ok = how == LINES ? json_read_lines(in, record_max, &sink, err)
                                 : json_read_values(in, record_max, &sink, err);
    input_close(in);
    close(fd);
    return ok;
}

struct golden {
    const char *json;
    const char *told; /* refusals up to their first words */
};

/* Compares line by line; a line that is wanted need only be the beginning of what was told. */
static bool
matches(const char *got, const char *wanted)
{
    while (*wanted) {
        const size_t n = strcspn(wanted, "\n"), m = strcspn(got, "\n");
        if (m < n || memcmp(got, wanted, n) != 0 || (m > n && *wanted != '!'))
            return false;
        got += m + (got[m] == '\n');
        wanted += n + (wanted[n] == '\n');
    }
    return *got == '\0';
}

static void
check(enum how how, const struct golden *golden, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct told told = {.stop_after = 0};
        struct err err = {.code = ERR_NONE};
        assert_true(
            read_bytes(how, golden[i].json, strlen(golden[i].json), ARTICLE_MAX, &told, &err));
        if (!matches(told.text.data, golden[i].told))
            fail_msg("%s gives\n%snot\n%s", golden[i].json, told.text.data, golden[i].told);
        buf_release(&told.text);
    }
}

#define A "{\"title\":\"A\"}"
#define B "{\"title\":\"B\"}"
#define C "{\"title\":\"C\"}"

static void
reads_one_object_a_line(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {A "\n" B "\n", "1=A\n2=B\n"},
        {A "\r\n" B, "1=A\n2=B\n"},
        {"\xef\xbb\xbf" A "\n" B, "1=A\n2=B\n"},
        {"\n" A "\n \t\n" B "\n\n", "2=A\n4=B\n"},
        {" " A " \n", "1=A\n"},
    };
    check(LINES, golden, COUNT(golden));
    check(VALUES, golden, COUNT(golden));
}

static void
loses_only_the_broken_line(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {A "\n{\"title\":\n" C "\n", "1=A\n!line 2: not JSON\n3=C\n"},
        {A "\n[1]\n7\nnull\n" B "\n",
         "1=A\n!line 2: not a JSON object\n!line 3: not\n!line 4: not\n5=B\n"},
        {A "\n{}\n" B "\n", "1=A\n!line 2: neither a title nor a body\n3=B\n"},
        {A " " B "\n" C "\n", "!line 1: not JSON\n2=C\n"},
    };
    check(LINES, golden, COUNT(golden));
    check(VALUES, golden, COUNT(golden) - 1);
}

static void
reads_objects_one_after_the_other(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {A B C, "1=A\n2=B\n3=C\n"},
        {A " " B "\t" C "\n", "1=A\n2=B\n3=C\n"},
        {A ",\n" B ",\n" C "\n", "1=A\n2=B\n3=C\n"},
        {"{\n  \"title\":\n \"A\"\n}\n{\n\"title\":\"B\"}", "1=A\n2=B\n"},
        {"\xef\xbb\xbf\n\n{\n\"title\":\"A\"}\n" B, "1=A\n2=B\n"},
        {"{\"title\":\"}{][\\\"\\\\\"}" B, "1=}{][\"\\\n2=B\n"},
    };
    check(VALUES, golden, COUNT(golden));
}

static void
reads_a_list(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"[" A "," B "]", "1=A\n2=B\n"},
        {"\xef\xbb\xbf \n[\n" A ",\n" B "\n]\n", "1=A\n2=B\n"},
        {"[" A ",7," B "]", "1=A\n!record 2: not\n3=B\n"},
        {"[" A ",[" B "]," C "]", "1=A\n!record 2: not a JSON object\n3=C\n"},
        {"[" A ",null]", "1=A\n!record 2: not\n"},
        {"[\"x\"," B "]", "!record 1: not\n2=B\n"},
    };
    check(VALUES, golden, COUNT(golden));
}

static void
says_what_is_empty_or_cut_off(void **state)
{
    (void)state;
    static const struct golden both[] = {
        {"", "!: the file is empty\n"},
    };
    static const struct golden values[] = {
        {"\n \n", "!: the file is empty\n"},
        {"[]", "!: no article in it\n"},
        {"[", "!: the list is cut off\n"},
        {"[" A ",", "1=A\n!: the list is cut off\n"},
        {"[" A ",{\"title\":\"B", "1=A\n!record 2: not JSON\n"},
        {"{\"title\":\"A", "!record 1: not JSON\n"},
        {"{\"title\":\"A\"", "!record 1: not JSON\n"},
        {"x", "!record 1: not JSON\n"},
        {"]", "!record 1: not JSON\n"},
        {"{]" A, "!record 1: not JSON\n2=A\n"},
    };
    check(LINES, both, COUNT(both));
    check(VALUES, both, COUNT(both));
    check(VALUES, values, COUNT(values));
}

static void
knows_records_by_id_and_by_number(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"{\"title\":\"A\",\"id\":\"x\"}\n" B "\n{\"title\":\"C\",\"id\":7}\n", "x=A\n2=B\n7=C\n"},
        {"{\"title\":\"A\",\"id\":\"x\"}\n{\"title\":\"B\",\"id\":\"x\"}\n{\"title\":\"C\",\"id\":"
         "\"x\"}\n",
         "x=A\nx#2=B\nx#3=C\n"},
        {"{\"title\":\"A\",\"id\":\"\"}\n", "1=A\n"},
    };
    check(LINES, golden, COUNT(golden));
}

static void
tells_many_ids_apart(void **state)
{
    (void)state;
    struct buf json, wanted;
    struct told told = {.stop_after = 0};
    buf_init(&json, BUF_MAX);
    buf_init(&wanted, BUF_MAX);
    for (unsigned i = 0; i < 5000; i++) {
        buf_printf(&json, "{\"title\":\"T\",\"id\":%u}\n", i % 3000);
        buf_printf(&wanted, i < 3000 ? "%u=T\n" : "%u#%u=T\n", i % 3000, i + 1);
    }
    assert_true(read_bytes(LINES, json.data, json.len, ARTICLE_MAX, &told, NULL));
    assert_string_equal(told.text.data, wanted.data);
    buf_release(&json);
    buf_release(&wanted);
    buf_release(&told.text);
}

/* {"title":"T","body":"xxx..."} of so many bytes. */
static void
add_large(struct buf *json, size_t len)
{
    static const char start[] = "{\"title\":\"T\",\"body\":\"";
    buf_str(json, start);
    for (size_t i = 0; i < len - sizeof start - 1; i++)
        buf_ch(json, 'x');
    buf_str(json, "\"}");
}

static void
refuses_records_over_the_limit_and_reads_on(void **state)
{
    (void)state;
    static const struct {
        enum how how;
        const char *before, *between, *after, *told;
    } cases[] = {
        {LINES, A "\n", "\n", "\n" B, "1=A\n2=T\n!line 3: larger than 100000 bytes\n4=B\n"},
        {VALUES, A "\n", "\n", "\n" B, "1=A\n2=T\n!line 3: larger than 100000 bytes\n4=B\n"},
        {VALUES, "[" A ",", ",", "," B "]", "1=A\n2=T\n!record 3: larger than 100000 bytes\n4=B\n"},
        {VALUES, "[\n" A ",\n", "\n,\n", "\n," B "]",
         "1=A\n2=T\n!record 3: larger than 100000 bytes\n4=B\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf json;
        struct told told = {.stop_after = 0};
        buf_init(&json, BUF_MAX);
        buf_str(&json, cases[i].before);
        add_large(&json, 100000);
        buf_str(&json, cases[i].between);
        add_large(&json, 100001);
        buf_str(&json, cases[i].after);
        assert_true(read_bytes(cases[i].how, json.data, json.len, 100000, &told, NULL));
        assert_string_equal(told.text.data, cases[i].told);
        buf_release(&json);
        buf_release(&told.text);
    }
}

static void
reads_a_list_on_one_line_that_is_longer_than_any_record(void **state)
{
    (void)state;
    struct buf json;
    struct told told = {.stop_after = 0};
    buf_init(&json, BUF_MAX);
    buf_ch(&json, '[');
    for (size_t i = 0; i < 5; i++) {
        buf_str(&json, i ? "," : "");
        add_large(&json, 90000);
    }
    buf_ch(&json, ']');
    assert_true(read_bytes(VALUES, json.data, json.len, 100000, &told, NULL));
    assert_string_equal(told.text.data, "1=T\n2=T\n3=T\n4=T\n5=T\n");
    buf_release(&json);
    buf_release(&told.text);
}

static void
goes_on_behind_a_first_line_that_is_too_long(void **state)
{
    (void)state;
    struct buf json;
    struct told told = {.stop_after = 0};
    buf_init(&json, BUF_MAX);
    add_large(&json, 200000);
    buf_str(&json, "\n" B "\n");
    assert_true(read_bytes(VALUES, json.data, json.len, 100000, &told, NULL));
    assert_string_equal(told.text.data, "!line 1: larger than 100000 bytes\n2=B\n");
    buf_release(&json);
    buf_release(&told.text);
}

static void
survives_nesting_without_end(void **state)
{
    (void)state;
    struct buf json;
    struct told told = {.stop_after = 0};
    buf_init(&json, BUF_MAX);
    buf_str(&json, "{\"title\":\"A\",\"x\":");
    for (size_t i = 0; i < 100000; i++)
        buf_ch(&json, '[');
    for (size_t i = 0; i < 100000; i++)
        buf_ch(&json, ']');
    buf_str(&json, "}\n" B "\n");
    for (int how = LINES; how <= VALUES; how++) {
        assert_true(read_bytes((enum how)how, json.data, json.len, ARTICLE_MAX, &told, NULL));
        assert_true(matches(told.text.data, "!line 1: not JSON\n2=B\n"));
        buf_release(&told.text);
    }
    buf_release(&json);
}

static void
takes_nul_bytes_and_bad_utf8(void **state)
{
    (void)state;
    static const char json[] =
        "{\"title\":\"A\xff\"}\n{\"title\":\"B\"}\0\n{\"title\":\"C\0\"}\n\0\n" A;
    for (int how = LINES; how <= VALUES; how++) {
        struct told told = {.stop_after = 0};
        assert_true(read_bytes((enum how)how, json, sizeof json - 1, ARTICLE_MAX, &told, NULL));
        assert_true(matches(
            told.text.data,
            "1=A\xef\xbf\xbd\n!line 2: not JSON\n3=C\xef\xbf\xbd\n!line 4: not JSON\n5=A\n"));
        buf_release(&told.text);
    }
}

static void
one_or_two_bytes_tell_no_encoding_but_the_file_does(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"{\"title\":\"caf\xe9 \xe0\"}\n{\"title\":\"x\"}", "1=caf\xef\xbf\xbd \xef\xbf\xbd\n2=x\n"},
        {"{\"title\":\"le caf\xe9\"}\n{\"title\":\"Les \xe9l\xe8ves de la ville\"}\n{\"title\":\"\xc3\xa9t\xc3\xa9\"}",
         "1=le caf\xc3\xa9\n2=Les \xc3\xa9l\xc3\xa8ves de la v\n3=\xc3\xa9t\xc3\xa9\n"},
    };
    check(LINES, golden, COUNT(golden));
    check(VALUES, golden, COUNT(golden));
}

static void
stops_when_its_reader_fails(void **state)
{
    (void)state;
    for (int how = LINES; how <= VALUES; how++) {
        struct told told = {.stop_after = 2};
        struct err err = {.code = ERR_NONE};
        const char *json = how == LINES ? A "\n" B "\n" C "\n" : "[" A "," B "," C "]";
        assert_false(read_bytes((enum how)how, json, strlen(json), ARTICLE_MAX, &told, &err));
        assert_string_equal(err.msg, "enough");
        assert_string_equal(told.text.data, "1=A\n");
        buf_release(&told.text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_one_object_a_line),
        cmocka_unit_test(loses_only_the_broken_line),
        cmocka_unit_test(reads_objects_one_after_the_other),
        cmocka_unit_test(reads_a_list),
        cmocka_unit_test(says_what_is_empty_or_cut_off),
        cmocka_unit_test(knows_records_by_id_and_by_number),
        cmocka_unit_test(tells_many_ids_apart),
        cmocka_unit_test(refuses_records_over_the_limit_and_reads_on),
        cmocka_unit_test(reads_a_list_on_one_line_that_is_longer_than_any_record),
        cmocka_unit_test(goes_on_behind_a_first_line_that_is_too_long),
        cmocka_unit_test(survives_nesting_without_end),
        cmocka_unit_test(takes_nul_bytes_and_bad_utf8),
        cmocka_unit_test(one_or_two_bytes_tell_no_encoding_but_the_file_does),
        cmocka_unit_test(stops_when_its_reader_fails),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("json-reader", tests, NULL, NULL);
}
