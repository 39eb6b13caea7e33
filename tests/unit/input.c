/* input.c - tests of indexer/read/input: the bytes of a file, decompressed where it is compressed
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
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <xxhash.h>

#include "indexer/read/input.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char dir[] = "/tmp/broadsheet-input-XXXXXX";
static char file[64];

static int
make_dir(void **state)
{
    (void)state;
    if (!mkdtemp(dir))
        return -1;
    snprintf(file, sizeof file, "%s/file", dir);
    return 0;
}

static int
remove_dir(void **state)
{
    (void)state;
    unlink(file);
    return rmdir(dir);
}

static void
write_bytes(const void *bytes, size_t len)
{
    FILE *out = fopen(file, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, len, out), len);
    assert_int_equal(fclose(out), 0);
}

static struct input *
open_file(void)
{
    struct input *in;
    struct err err = {.code = ERR_NONE};
    if (!input_open(&in, file, &err))
        fail_msg("%s", err.msg);
    return in;
}

/* "one\ntwo\n" and nothing, each as gzip, xz and Zstandard. */
struct bytes {
    const char *data;
    size_t len;
};
#define BYTES(literal)               \
    {                                \
        literal, sizeof(literal) - 1 \
    }
static const struct bytes two_lines[] = {
    BYTES("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\xcf\x4b\xe5\x2a\x29\xcf\xe7\x02\x00\xe6\x0b"
          "\xba\x12\x08\x00\x00\x00"),
    BYTES("\xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x1c\x00\x00\x00\x10\xcf"
          "\x58\xcc\x01\x00\x07\x6f\x6e"
          "\x65\x0a\x74\x77\x6f\x0a\x00\x51\xab\x9e\xaf\x57\x75\x70\x49\x00\x01\x20\x08\xbb\x19\xd9"
          "\xbb\x1f\xb6\xf3\x7d\x01\x00"
          "\x00\x00\x00\x04\x59\x5a"),
    BYTES("\x28\xb5\x2f\xfd\x24\x08\x41\x00\x00\x6f\x6e\x65\x0a\x74\x77\x6f\x0a\xe6\xa6\x0e\x40"),
};
static const struct bytes nothing[] = {
    BYTES(""),
    BYTES("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
    BYTES("\xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x00\x00\x00\x00\x1c\xdf\x44\x21\x1f\xb6"
          "\xf3\x7d\x01\x00\x00\x00\x00"
          "\x04\x59\x5a"),
    BYTES("\x28\xb5\x2f\xfd\x24\x00\x01\x00\x00\x99\xe9\xd8\x51"),
};

static void
reads_all_of_a_file(void **state)
{
    (void)state;
    static char bytes[200000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7 + i / 256);
    write_bytes(bytes, sizeof bytes);
    struct input *in = open_file();
    struct buf out;
    buf_init(&out, sizeof bytes);
    assert_true(input_all(in, &out, NULL));
    assert_int_equal(out.len, sizeof bytes);
    assert_memory_equal(out.data, bytes, sizeof bytes);
    assert_true(input_all(in, &out, NULL)); /* the end stays the end */
    assert_int_equal(out.len, sizeof bytes);
    buf_release(&out);
    input_close(in);
}

/* 100,000 characters of four bytes in UTF-8, with one byte order or the other, and half a one at the end. */
static void
decodes_utf16_and_utf32_across_chunks(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bom, *character;
        size_t bom_len, character_len, cut;
    } cases[] = {
        {"UTF-16", "\xff\xfe", "\x3d\xd8\x00\xde", 2, 4, 0},
        {"UTF-16", "\xfe\xff", "\xd8\x3d\xde\x00", 2, 4, 1},
        {"UTF-16", "\xfe\xff", "\xd8\x3d\xde\x00", 2, 4, 2},
        {"UTF-32", "\xff\xfe\0\0", "\x00\xf6\x01\x00", 4, 4, 0},
        {"UTF-32", "\0\0\xfe\xff", "\x00\x01\xf6\x00", 4, 4, 3},
        {"UTF-16LE", "a\0b\0c\0d\0", "e\0", 8, 2, 0},
        {"UTF-16BE", "\0a\0b\0c\0d", "\0e", 8, 2, 0},
    };
    static char bytes[400008];
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *name;
        struct buf out;
        const size_t n = 100000;
        const bool marked = cases[i].name[6] == '\0';
        const char *wanted = marked ? "\xf0\x9f\x98\x80" : "e";
        memcpy(bytes, cases[i].bom, cases[i].bom_len);
        for (size_t c = 0; c < n; c++)
            memcpy(bytes + cases[i].bom_len + c * cases[i].character_len, cases[i].character, cases[i].character_len);
        write_bytes(bytes, cases[i].bom_len + n * cases[i].character_len - cases[i].cut);
        struct input *in = open_file();
        assert_true(input_decode(in, &name, NULL));
        assert_string_equal(name, cases[i].name);
        buf_init(&out, sizeof bytes);
        assert_true(input_all(in, &out, NULL));
        const size_t start = marked ? 0 : 4, whole = n - (cases[i].cut > 0), len = strlen(wanted);
        assert_int_equal(out.len, start + whole * len + (cases[i].cut ? 3 : 0));
        assert_memory_equal(out.data, "abcd", start);
        for (size_t c = 0; c < whole; c++)
            assert_memory_equal(out.data + start + c * len, wanted, len);
        assert_string_equal(out.data + start + whole * len, cases[i].cut ? "\xef\xbf\xbd" : "");
        assert_true(input_all(in, &out, NULL)); /* the end stays the end */
        assert_int_equal(out.len, start + whole * len + (cases[i].cut ? 3 : 0));
        buf_release(&out);
        input_close(in);
    }
    write_bytes("one\ntwo", 7);
    struct input *in = open_file();
    const char *name, *all;
    size_t len;
    assert_true(input_decode(in, &name, NULL));
    assert_null(name);
    assert_true(input_chunk(in, &all, &len, NULL));
    assert_int_equal(len, 7);
    input_close(in);
}

static void
decompresses_by_content_whatever_the_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(two_lines); i++) {
        struct buf out;
        struct err err = {.code = ERR_NONE};
        write_bytes(two_lines[i].data, two_lines[i].len);
        struct input *in = open_file();
        buf_init(&out, 100);
        if (!input_all(in, &out, &err))
            fail_msg("%s", err.msg);
        assert_string_equal(out.data, "one\ntwo\n");
        assert_true(input_all(in, &out, NULL));
        assert_int_equal(out.len, 8);
        buf_release(&out);
        input_close(in);
    }
}

static void
reads_zstandard_behind_a_frame_to_be_skipped(void **state)
{
    (void)state;
    static const char bytes[] = "\x5e\x2a\x4d\x18\x03\x00\x00\x00xyz"
                                "\x28\xb5\x2f\xfd\x24\x08\x41\x00\x00\x6f\x6e\x65\x0a\x74\x77\x6f\x0a\xe6\xa6\x0e\x40";
    struct buf out;
    write_bytes(bytes, sizeof bytes - 1);
    struct input *in = open_file();
    buf_init(&out, 100);
    assert_true(input_all(in, &out, NULL));
    assert_string_equal(out.data, "one\ntwo\n");
    buf_release(&out);
    input_close(in);
}

/* What a signal handler sets ends it. */
static void
stops_when_asked_to(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(two_lines); i++) {
        atomic_int stop = 0;
        struct buf out;
        struct err err = {.code = ERR_NONE};
        write_bytes(two_lines[i].data, two_lines[i].len);
        struct input *in = open_file();
        input_stop(in, &stop);
        stop = 1;
        buf_init(&out, 100);
        assert_false(input_all(in, &out, &err));
        assert_int_equal(err.code, ERR_LOCKED);
        buf_release(&out);
        input_close(in);
    }
}

static void
takes_nothing_for_an_empty_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(nothing); i++) {
        struct buf out;
        struct err err = {.code = ERR_NONE};
        write_bytes(nothing[i].data, nothing[i].len);
        struct input *in = open_file();
        buf_init(&out, 100);
        if (!input_all(in, &out, &err))
            fail_msg("case %zu: %s", i, err.msg);
        assert_int_equal(out.len, 0);
        buf_release(&out);
        input_close(in);
    }
}

static void
says_when_compressed_data_is_cut_off_or_damaged(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(two_lines); i++)
        for (size_t len = 10; len < two_lines[i].len; len++) {
            struct buf out;
            struct input *in;
            struct err err = {.code = ERR_NONE};
            buf_init(&out, 100);
            write_bytes(two_lines[i].data, len);
            const bool ok = input_open(&in, file, &err) && input_all(in, &out, &err);
            if (!ok) {
                assert_int_equal(err.code, ERR_SYNTAX);
                assert_memory_equal(err.msg, "compressed data: ", 17);
            } else if (strcmp(out.data, "one\ntwo\n") != 0) { /* only a check sum may be missing */
                fail_msg("case %zu: of %zu bytes \"%s\"", i, len, out.data);
            }
            buf_release(&out);
            input_close(in);
        }
}

static void
stops_at_the_size_of_the_buffer(void **state)
{
    (void)state;
    struct buf out;
    struct err err = {.code = ERR_NONE};
    write_bytes("one\ntwo\n", 8);
    struct input *in = open_file();
    buf_init(&out, 7);
    assert_false(input_all(in, &out, &err));
    assert_int_equal(err.code, ERR_ARG);
    buf_release(&out);
    input_close(in);
}

static void
gives_back_what_was_not_used(void **state)
{
    (void)state;
    const char *bytes;
    size_t len;
    write_bytes("one\ntwo\n", 8);
    struct input *in = open_file();
    assert_true(input_chunk(in, &bytes, &len, NULL));
    assert_int_equal(len, 8);
    input_unread(in, 5);
    assert_true(input_chunk(in, &bytes, &len, NULL));
    assert_int_equal(len, 5);
    assert_memory_equal(bytes, "\ntwo\n", 5);
    input_unread(in, 0);
    assert_true(input_chunk(in, &bytes, &len, NULL));
    assert_int_equal(len, 0);
    input_close(in);
}

static void
reads_line_by_line(void **state)
{
    (void)state;
    static const char text[] = "one\n\n\0x\ntwo\r\nno newline";
    static const char *const lines[] = {"one", "", "\0x", "two\r", "no newline"};
    static const size_t lens[] = {3, 0, 2, 4, 10};
    struct buf line;
    bool end, cut;
    write_bytes(text, sizeof text - 1);
    struct input *in = open_file();
    buf_init(&line, 100);
    for (size_t i = 0; i < COUNT(lines); i++) {
        assert_true(input_line(in, &line, &end, &cut, NULL));
        assert_false(end);
        assert_false(cut);
        assert_int_equal(line.len, lens[i]);
        assert_memory_equal(line.data, lines[i], lens[i]);
    }
    assert_true(input_line(in, &line, &end, &cut, NULL));
    assert_true(end);
    buf_release(&line);
    input_close(in);
}

/* Lines that begin and end around the pieces in which a file is read. */
static void
reads_lines_of_every_length(void **state)
{
    (void)state;
    struct buf text, line;
    bool end, cut;
    buf_init(&text, BUF_MAX);
    buf_init(&line, 150000);
    for (size_t len = 65530; len < 65545; len++) {
        for (size_t i = 0; i < len; i++)
            buf_ch(&text, 'x');
        buf_ch(&text, '\n');
    }
    write_bytes(text.data, text.len);
    struct input *in = open_file();
    for (size_t len = 65530; len < 65545; len++) {
        assert_true(input_line(in, &line, &end, &cut, NULL));
        assert_false(end || cut);
        assert_int_equal(line.len, len);
    }
    assert_true(input_line(in, &line, &end, &cut, NULL));
    assert_true(end);
    buf_release(&line);
    buf_release(&text);
    input_close(in);
}

static void
reads_on_behind_a_line_that_is_too_long(void **state)
{
    (void)state;
    static char bytes[200005];
    struct buf line;
    bool end, cut;
    memset(bytes, 'x', sizeof bytes);
    bytes[10] = bytes[200000] = '\n';
    write_bytes(bytes, sizeof bytes);
    struct input *in = open_file();
    buf_init(&line, 10);
    assert_true(input_line(in, &line, &end, &cut, NULL));
    assert_false(end || cut);
    assert_true(input_line(in, &line, &end, &cut, NULL));
    assert_true(!end && cut);
    assert_true(input_line(in, &line, &end, &cut, NULL));
    assert_false(end || cut);
    assert_string_equal(line.data, "xxxx");
    buf_release(&line);
    input_close(in);
}

static void
opens_regular_files_only(void **state)
{
    (void)state;
    struct input *in;
    struct err err = {.code = ERR_NONE};
    char fifo[80];
    assert_false(input_open(&in, dir, &err));
    assert_string_equal(err.msg, "not a regular file");
    assert_null(in);
    assert_false(input_open(&in, "/dev/null", &err));
    assert_string_equal(err.msg, "not a regular file");
    snprintf(fifo, sizeof fifo, "%s/fifo", dir);
    assert_int_equal(mkfifo(fifo, 0666), 0);
    assert_false(input_open(&in, fifo, &err)); /* and does not wait for a writer */
    assert_string_equal(err.msg, "not a regular file");
    unlink(fifo);
    assert_false(input_open(&in, "/nowhere/at/all", &err));
    assert_string_equal(err.msg, "No such file or directory");
    input_close(NULL);
}

static void
knows_the_content_of_what_lies_on_disk(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(two_lines); i++) {
        const XXH128_hash_t wanted = XXH3_128bits(two_lines[i].data, two_lines[i].len);
        uint64_t content[2];
        struct buf out;
        buf_init(&out, 100);
        write_bytes(two_lines[i].data, two_lines[i].len);
        struct input *in = open_file();
        assert_true(input_all(in, &out, NULL));
        assert_true(input_content(in, content));
        assert_true(content[0] == wanted.low64 && content[1] == wanted.high64);
        input_close(in);
        assert_true(input_open_raw(&in, file, NULL));
        assert_false(input_content(in, content));
        assert_true(input_skip(in));
        assert_true(input_content(in, content));
        assert_true(content[0] == wanted.low64 && content[1] == wanted.high64);
        input_close(in);
        buf_release(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_all_of_a_file),
        cmocka_unit_test(decodes_utf16_and_utf32_across_chunks),
        cmocka_unit_test(decompresses_by_content_whatever_the_name),
        cmocka_unit_test(reads_zstandard_behind_a_frame_to_be_skipped),
        cmocka_unit_test(stops_when_asked_to),
        cmocka_unit_test(takes_nothing_for_an_empty_file),
        cmocka_unit_test(says_when_compressed_data_is_cut_off_or_damaged),
        cmocka_unit_test(stops_at_the_size_of_the_buffer),
        cmocka_unit_test(gives_back_what_was_not_used),
        cmocka_unit_test(reads_line_by_line),
        cmocka_unit_test(reads_lines_of_every_length),
        cmocka_unit_test(reads_on_behind_a_line_that_is_too_long),
        cmocka_unit_test(opens_regular_files_only),
        cmocka_unit_test(knows_the_content_of_what_lies_on_disk),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("input", tests, make_dir, remove_dir);
}
