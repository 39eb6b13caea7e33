/* shim-maintain.c - checking and compacting, by descriptor and watched
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "shim-common.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Two shards that disagree about metadata. */
static struct xap_database *
shards(void **state)
{
    struct xap_error error;
    struct xap_database *both;

    OK(xap_database_new(&both, &error));
    for (int i = 0; i < 2; i++) {
        const char *path = shim_path(state, i == 0 ? "first" : "second");
        struct xap_writable_database *writable;
        struct xap_database *one;

        shim_sample(path);
        OK(xap_writable_database_new_open(path, XAP_DB_OPEN | XAP_DB_NO_SYNC, 0, &writable,
                                          &error));
        OK(xap_writable_database_set_metadata(writable, S("which"), i == 0 ? "one" : "two", 3,
                                              &error));
        OK(xap_writable_database_commit(writable, &error));
        xap_writable_database_free(writable);
        OK(xap_database_new_open(path, 0, &one, &error));
        OK(xap_database_add_database(both, one, &error));
        xap_database_free(one);
    }
    return both;
}

static int
open_file(void **state, const char *name)
{
    int fd = open(shim_path(state, name), O_RDWR | O_CREAT, 0600);

    assert_true(fd >= 0);
    return fd;
}

static bool
is_closed(int fd)
{
    return fcntl(fd, F_GETFD) == -1 && errno == EBADF;
}

static void
by_descriptor(void **state)
{
    struct xap_error error;
    struct xap_database *both = shards(state), *one;
    struct xap_document *document;
    const char *bytes;
    size_t length, errors;
    xap_doccount count;
    char *report;
    int fd = open_file(state, "single");

    OK(xap_database_compact_fd(both, fd, XAP_COMPACTOR_FULL, 0, &error));
    assert_true(is_closed(fd));
    fd = open_file(state, "single");
    OK(xap_database_check_fd(fd, XAP_DBCHECK_SHOW_STATS, &errors, &report, &error));
    assert_true(is_closed(fd));
    assert_int_equal(errors, 0);
    assert_non_null(strstr(report, "termlist"));
    xap_free(report);
    fd = open_file(state, "single");
    OK(xap_database_new_open_fd(fd, 0, &one, &error));
    OK(xap_database_get_doccount(one, &count, &error));
    assert_int_equal(count, 10);
    OK(xap_database_get_document(one, 8, 0, &document, &error));
    OK(xap_document_get_data(document, &bytes, &length, &error));
    assert_bytes(bytes, length, "data 3");
    xap_document_free(document);
    xap_database_free(one);
    assert_true(is_closed(fd));
    /* what is no database: the descriptor is taken all the same */
    fd = open_file(state, "empty");
    assert_int_not_equal(xap_database_check_fd(fd, 0, &errors, &report, &error), XAP_OK);
    assert_null(report);
    assert_int_equal(errors, 0);
    assert_true(is_closed(fd));
    fd = open_file(state, "empty");
    FAILS(XAP_BAD_HANDLE, xap_database_compact_fd(NULL, fd, 0, 0, &error));
    assert_true(is_closed(fd));
    fd = open_file(state, "empty");
    FAILS(XAP_BAD_HANDLE, xap_database_compact_fd_compactor(both, fd, 0, 0, NULL, &error));
    assert_true(is_closed(fd));
    xap_database_free(both);
}

/* How many descriptors the process has open. */
static unsigned
open_descriptors(void)
{
    unsigned open = 0;

    for (int fd = 0; fd < 1024; fd++)
        open += !is_closed(fd);
    return open;
}

static void
taken_whatever_happens(void **state)
{
    struct xap_error error;
    struct xap_database *both = shards(state), *none;
    struct xap_writable_database *memory;
    struct xap_compactor *compactor;
    const struct xap_compactor_functions silent = {NULL, NULL, NULL};
    unsigned before;
    int fd;

    OK(xap_compactor_new(&silent, NULL, &compactor, &error));
    OK(xap_database_new(&none, &error));
    OK(xap_writable_database_new_open("", XAP_DB_BACKEND_INMEMORY, 0, &memory, &error));
    before = open_descriptors();
    /* a kind that cannot be compacted */
    fd = open_file(state, "out");
    FAILS(XAP_DATABASE_ERROR,
          xap_database_compact_fd(xap_writable_database_as_database(memory), fd, 0, 0, &error));
    assert_true(is_closed(fd));
    fd = open_file(state, "out");
    FAILS(XAP_DATABASE_ERROR,
          xap_database_compact_fd_compactor(xap_writable_database_as_database(memory), fd, 0, 0,
                                            compactor, &error));
    assert_true(is_closed(fd));
    /* docids that overlap */
    fd = open_file(state, "out");
    FAILS(XAP_INVALID_OPERATION_ERROR,
          xap_database_compact_fd(both, fd, XAP_DBCOMPACT_NO_RENUMBER, 0, &error));
    assert_true(is_closed(fd));
    /* no shard */
    fd = open_file(state, "out");
    OK(xap_database_compact_fd(none, fd, 0, 0, &error));
    assert_true(is_closed(fd));
    /* what is no descriptor */
    assert_int_equal(xap_database_compact_fd(both, -1, 0, 0, &error), XAP_DATABASE_ERROR);
    assert_int_equal(error.sys_errno, EBADF);
    assert_int_equal(open_descriptors(), before);
    fd = open_file(state, "out");
    OK(xap_database_compact_fd(both, fd, 0, 0, &error));
    assert_true(is_closed(fd));
    assert_int_equal(open_descriptors(), before);
    xap_compactor_free(compactor);
    xap_writable_database_free(memory);
    xap_database_free(none);
    xap_database_free(both);
}

static enum xap_code
set_status(void *data, const char *table, const char *status, struct xap_error *error)
{
    struct shim_own *own = data;

    assert_non_null(status);
    if (strcmp(table, "postlist") == 0)
        own->length++;
    return shim_own_called(own, error);
}

/* All of them, with '+' between. */
static enum xap_code
resolve(void *data, const char *key, size_t key_length, const char *const *values,
        const size_t *lengths, size_t count, const char **value, size_t *value_length,
        struct xap_error *error)
{
    struct shim_own *own = data;
    size_t at = 0;

    (void)error;
    if (key_length != 5 || memcmp(key, "which", 5) != 0) {
        *value = values[0];
        *value_length = lengths[0];
        return XAP_OK;
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            own->bytes[at++] = '+';
        memcpy(own->bytes + at, values[i], lengths[i]);
        at += lengths[i];
    }
    *value = own->bytes;
    *value_length = at;
    return XAP_OK;
}

static const struct xap_compactor_functions functions = {set_status, resolve, shim_own_destroy};

static void
watched(void **state)
{
    static const struct xap_compactor_functions none = {NULL, NULL, NULL};
    static const char *const values[] = {"a", "b\0c"};
    static const size_t lengths[] = {1, 3};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *both = shards(state), *one;
    struct xap_compactor *compactor;
    const char *bytes;
    size_t length;
    int fd;

    OK(xap_compactor_new(&functions, &own, &compactor, &error));
    OK(xap_database_compact_compactor(both, shim_path(state, "out"), XAP_DBCOMPACT_MULTIPASS, 4096,
                                      compactor, &error));
    assert_true(own.length >= 2);
    OK(xap_database_new_open(shim_path(state, "out"), 0, &one, &error));
    OK(xap_database_get_metadata(one, S("which"), &bytes, &length, &error));
    assert_bytes(bytes, length, "one+two");
    OK(xap_database_get_metadata(one, S("key"), &bytes, &length, &error));
    assert_bytes(bytes, length, "value");
    xap_database_free(one);
    fd = open_file(state, "single");
    OK(xap_database_compact_fd_compactor(both, fd, 0, 0, compactor, &error));
    OK(xap_database_new_open(shim_path(state, "single"), 0, &one, &error));
    OK(xap_database_get_metadata(one, S("which"), &bytes, &length, &error));
    assert_bytes(bytes, length, "one+two");
    xap_database_free(one);
    /* by hand */
    own.calls = 0;
    OK(xap_compactor_set_status(compactor, "postlist", "", &error));
    assert_int_equal(own.calls, 1);
    OK(xap_compactor_resolve_duplicate_metadata(compactor, S("which"), values, lengths, 2, &bytes,
                                                &length, &error));
    assert_bytes(bytes, length, "a+b\0c");
    FAILS(XAP_INVALID_ARGUMENT_ERROR,
          xap_compactor_resolve_duplicate_metadata(compactor, S("which"), NULL, NULL, 0, &bytes,
                                                   &length, &error));
    assert_null(bytes);
    /* what it reports comes back */
    own.fails = XAP_INTERNAL_ERROR;
    own.message = "stop it";
    assert_int_equal(
        xap_database_compact_compactor(both, shim_path(state, "stopped"), 0, 0, compactor, &error),
        XAP_INTERNAL_ERROR);
    assert_string_equal(error.message, "stop it");
    xap_compactor_free(compactor);
    assert_int_equal(own.destroyed, 1);
    /* nothing to watch with: as Xapian does it */
    OK(xap_compactor_new(&none, NULL, &compactor, &error));
    OK(xap_compactor_set_status(compactor, "postlist", "", &error));
    OK(xap_compactor_resolve_duplicate_metadata(compactor, S("k"), values, NULL, 2, &bytes, &length,
                                                &error));
    assert_bytes(bytes, length, "a");
    OK(xap_database_compact_compactor(both, shim_path(state, "plain"), 0, 0, compactor, &error));
    OK(xap_database_new_open(shim_path(state, "plain"), 0, &one, &error));
    OK(xap_database_get_metadata(one, S("which"), &bytes, &length, &error));
    assert_bytes(bytes, length, "one");
    xap_database_free(one);
    xap_compactor_free(compactor);
    FAILS(XAP_BAD_HANDLE, xap_compactor_new(NULL, &own, &compactor, &error));
    xap_database_free(both);
}

/* Fails in its n-th call, n being length. */
static enum xap_code
fail_late(void *data, const char *table, const char *status, struct xap_error *error)
{
    struct shim_own *own = data;

    (void)table;
    (void)status;
    (void)error;
    return ++own->calls == own->length ? XAP_NETWORK_ERROR : XAP_OK;
}

static void
failures_leave_nothing_open(void **state)
{
    static const struct xap_compactor_functions late = {fail_late, NULL, NULL};
    struct xap_error error;
    struct shim_own own = {0};
    struct xap_database *both = shards(state);
    struct xap_compactor *compactor;
    unsigned before = open_descriptors();
    enum xap_code code, expected;

    OK(xap_compactor_new(&late, &own, &compactor, &error));
    do {
        own.length++;
        own.calls = 0;
        code =
            xap_database_compact_compactor(both, shim_path(state, "out"), 0, 0, compactor, &error);
        expected = own.calls < own.length ? XAP_OK : XAP_NETWORK_ERROR;
        FAILS(expected, code);
        /* nothing is called after the failure */
        assert_true(own.calls <= own.length);
        assert_int_equal(open_descriptors(), before);
        own.calls = 0;
        FAILS(expected, xap_database_compact_fd_compactor(both, open_file(state, "single"), 0, 0,
                                                          compactor, &error));
        assert_int_equal(open_descriptors(), before);
    } while (expected != XAP_OK);
    assert_true(own.length > 10);
    xap_compactor_free(compactor);
    xap_database_free(both);
}

/* A database of the documents 2 to 5. */
static struct xap_database *
without_the_first(void **state)
{
    struct xap_error error;
    const char *path = shim_path(state, "rest");
    struct xap_writable_database *writable;
    struct xap_database *database;

    shim_sample(path);
    OK(xap_writable_database_new_open(path, XAP_DB_OPEN | XAP_DB_NO_SYNC, 0, &writable, &error));
    OK(xap_writable_database_delete_document(writable, 1, &error));
    OK(xap_writable_database_close(writable, &error));
    xap_writable_database_free(writable);
    OK(xap_database_new_open(path, 0, &database, &error));
    return database;
}

/* The greatest docid of the database at path. */
static xap_docid
last_of(const char *path)
{
    struct xap_error error;
    struct xap_database *database;
    xap_docid last;

    OK(xap_database_new_open(path, 0, &database, &error));
    OK(xap_database_get_lastdocid(database, &last, &error));
    xap_database_free(database);
    return last;
}

static off_t
size_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_size;
}

static void
flags_and_block_sizes_count(void **state)
{
    static const struct xap_compactor_functions none = {NULL, NULL, NULL};
    struct xap_error error;
    struct xap_database *rest = without_the_first(state);
    struct xap_compactor *compactor;
    off_t sizes[2];

    OK(xap_compactor_new(&none, NULL, &compactor, &error));
    for (int keep = 0; keep < 2; keep++) {
        const unsigned flags = keep ? XAP_DBCOMPACT_NO_RENUMBER : 0;
        const xap_docid last = keep ? 5 : 4;
        const int block_size = keep ? 65536 : 2048;
        const char *folder = shim_path(state, keep ? "kept" : "anew");
        const char *one = shim_path(state, keep ? "kept-file" : "anew-file");

        OK(xap_database_compact_compactor(rest, folder, flags, block_size, compactor, &error));
        assert_int_equal(last_of(folder), last);
        folder = shim_path(state, keep ? "kept/postlist.glass" : "anew/postlist.glass");
        assert_int_equal(size_of(folder), block_size);
        OK(xap_database_compact_fd_compactor(rest,
                                             open_file(state, keep ? "kept-file" : "anew-file"),
                                             flags, block_size, compactor, &error));
        assert_int_equal(last_of(one), last);
        assert_int_equal(size_of(one) % block_size, 0);
        sizes[keep] = size_of(one);
        assert_int_equal(unlink(one), 0);
        OK(xap_database_compact_fd(rest, open_file(state, keep ? "kept-file" : "anew-file"), flags,
                                   block_size, &error));
        assert_int_equal(last_of(one), last);
        assert_int_equal(size_of(one), sizes[keep]);
    }
    assert_true(sizes[1] > 8 * sizes[0]);
    xap_compactor_free(compactor);
    xap_database_free(rest);
}

#define TEST(title, function)                            \
    {                                                    \
        title, function, shim_setup, shim_teardown, NULL \
    }

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST("by descriptor, which is taken", by_descriptor),
        TEST("a descriptor is taken, whatever happens", taken_whatever_happens),
        TEST("watched, and asked about metadata", watched),
        TEST("failures leave nothing open", failures_leave_nothing_open),
        {"flags and block sizes count", flags_and_block_sizes_count, shim_setup, shim_teardown,
         NULL},
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-maintain", tests, NULL, NULL);
}
