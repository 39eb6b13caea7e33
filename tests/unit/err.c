/* err.c - tests of common/err: one line and one code
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/err-xapian.h"
#include "common/err.h"

static char long_text[2000];

static int
fill(void **state)
{
    (void)state;
    memset(long_text, 'x', sizeof long_text - 1);
    return 0;
}

static void
keeps_code_and_message(void **state)
{
    (void)state;
    struct err err = {.code = ERR_NONE};
    assert_false(err_set(&err, ERR_SYNTAX, "line %d: %s", 3, "no"));
    assert_int_equal(err.code, ERR_SYNTAX);
    assert_string_equal(err.msg, "line 3: no");
    assert_false(err_nomem(&err));
    assert_int_equal(err.code, ERR_NOMEM);
    assert_string_equal(err.msg, "out of memory");
}

static void
is_not_wanted_by_everybody(void **state)
{
    (void)state;
    struct xap_error error = {.code = XAP_DATABASE_LOCK_ERROR};
    assert_false(err_set(NULL, ERR_BUG, "x"));
    assert_false(err_sys(NULL, ENOENT, "x"));
    assert_false(err_prefix(NULL, "x"));
    assert_false(err_nomem(NULL));
    assert_false(err_xapian(NULL, &error, "x"));
}

static void
takes_its_code_from_the_system(void **state)
{
    (void)state;
    static const struct {
        int errno_value;
        enum err_code code;
    } cases[] = {
        {ENOENT, ERR_NOTFOUND}, {ENOTDIR, ERR_NOTFOUND}, {EACCES, ERR_PERM},
        {EPERM, ERR_PERM},      {EROFS, ERR_PERM},       {ENOMEM, ERR_NOMEM},
        {EIO, ERR_IO},          {ENOSPC, ERR_IO},        {ELOOP, ERR_IO},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err;
        char wanted[200];
        assert_false(err_sys(&err, cases[i].errno_value, "%s", "file"));
        snprintf(wanted, sizeof wanted, "file: %s", strerror(cases[i].errno_value));
        assert_string_equal(err.msg, wanted);
        assert_int_equal(err.code, cases[i].code);
    }
}

static void
puts_a_prefix_before_the_message(void **state)
{
    (void)state;
    struct err err;
    err_set(&err, ERR_IO, "no");
    assert_false(err_prefix(&err, "%s:%d", "file", 7));
    assert_string_equal(err.msg, "file:7: no");
    assert_int_equal(err.code, ERR_IO);
}

static void
cuts_what_is_too_long(void **state)
{
    (void)state;
    struct err err;
    err_set(&err, ERR_IO, "%s", long_text);
    assert_int_equal(strlen(err.msg), sizeof err.msg - 1);
    err_sys(&err, EIO, "%s", long_text);
    assert_int_equal(strlen(err.msg), sizeof err.msg - 1);
    err_set(&err, ERR_IO, "the end");
    err_prefix(&err, "%s", long_text);
    assert_int_equal(strlen(err.msg), sizeof err.msg / 2 - 1 + strlen(": the end"));
    err_prefix(&err, "%s", long_text);
    err_prefix(&err, "%s", long_text);
    assert_int_equal(strlen(err.msg), sizeof err.msg - 1);
}

static void
holds_no_control_characters(void **state)
{
    (void)state;
    struct err err;
    err_set(&err, ERR_IO, "a\nb\x1b[31m\x7f\tc");
    assert_string_equal(err.msg, "a?b?[31m??c");
    err_sys(&err, EIO, "a\nb");
    assert_non_null(strstr(err.msg, "a?b: "));
    err_set(&err, ERR_IO, "x");
    err_prefix(&err, "a\nb");
    assert_string_equal(err.msg, "a?b: x");
}

static void
takes_errors_of_xapian(void **state)
{
    (void)state;
    static const struct {
        enum xap_code xap;
        int sys_errno;
        enum err_code code;
    } cases[] = {
        {XAP_OUT_OF_MEMORY, 0, ERR_NOMEM},
        {XAP_DATABASE_LOCK_ERROR, 0, ERR_LOCKED},
        {XAP_DATABASE_CORRUPT_ERROR, 0, ERR_CORRUPT},
        {XAP_SERIALISATION_ERROR, 0, ERR_CORRUPT},
        {XAP_DATABASE_MODIFIED_ERROR, 0, ERR_MODIFIED},
        {XAP_DATABASE_NOT_FOUND_ERROR, 0, ERR_NOTFOUND},
        {XAP_DOC_NOT_FOUND_ERROR, 0, ERR_NOTFOUND},
        {XAP_DATABASE_VERSION_ERROR, 0, ERR_UNSUPPORTED},
        {XAP_DATABASE_ERROR, ENOSPC, ERR_IO},
        {XAP_DATABASE_ERROR, EACCES, ERR_PERM},
        {XAP_DATABASE_OPENING_ERROR, EROFS, ERR_PERM},
        {XAP_DATABASE_CREATE_ERROR, EPERM, ERR_PERM},
        {XAP_QUERY_PARSER_ERROR, 0, ERR_ARG},
        {XAP_WILDCARD_ERROR, 0, ERR_ARG},
        {XAP_ASSERTION_ERROR, 0, ERR_BUG},
        {XAP_BAD_HANDLE, 0, ERR_BUG},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err;
        const struct xap_error error = {.code = cases[i].xap,
                                        .sys_errno = cases[i].sys_errno,
                                        .message = "why",
                                        .detail = "detail"};
        assert_false(err_xapian(&err, &error, "%s", "index"));
        assert_int_equal(err.code, cases[i].code);
        assert_string_equal(err.msg, "index: why (detail)");
    }
    struct err err;
    err_xapian(&err, &(struct xap_error){.code = XAP_DATABASE_LOCK_ERROR, .message = "x: already locked"}, "index");
    assert_int_equal(err.code, ERR_LOCKED);
    err_xapian(&err, &(struct xap_error){.code = XAP_DATABASE_LOCK_ERROR,
                                         .message = "x: Couldn't open lockfile: No space left on device"}, "index");
    assert_int_equal(err.code, ERR_IO);
    err_xapian(&err, &(struct xap_error){.code = XAP_UNKNOWN, .message = "why"}, "index");
    assert_string_equal(err.msg, "index: why");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_code_and_message),
        cmocka_unit_test(is_not_wanted_by_everybody),
        cmocka_unit_test(takes_its_code_from_the_system),
        cmocka_unit_test(puts_a_prefix_before_the_message),
        cmocka_unit_test(cuts_what_is_too_long),
        cmocka_unit_test(holds_no_control_characters),
        cmocka_unit_test(takes_errors_of_xapian),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("err", tests, fill, NULL);
}
