/* shim-common.h - what the tests of the C bindings share
 *
 * A folder of its own for each test, and a small database of known contents.
 * Everything here fails the running test when it cannot do its job.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SHIM_COMMON_H
#define SHIM_COMMON_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h> /* wants the first four before it */

#include "shim/xapian-c-all.h"

/* A literal, or an array of char, as (bytes, length). */
#define S(literal) (literal), (sizeof(literal) - 1)

/* The call succeeds; else its message is shown. */
#define OK(call) shim_expect((call), XAP_OK, &error, #call, __FILE__, __LINE__)
/* The call fails with that code, and describes it in error. */
#define FAILS(expected, call) shim_expect((call), (expected), &error, #call, __FILE__, __LINE__)

void shim_expect(enum xap_code code, enum xap_code expected, struct xap_error *error,
                 const char *call, const char *file, int line);

/* The bytes are exactly those. */
#define assert_bytes(data, length, literal)                  \
    do {                                                     \
        assert_non_null(data);                               \
        assert_int_equal(length, sizeof(literal) - 1);       \
        assert_memory_equal(data, literal, sizeof(literal)); \
    } while (0)

/* Setup and teardown: *state is the path of a new, empty folder. */
int shim_setup(void **state);
int shim_teardown(void **state);

/* folder/name in a static buffer, one of four used in turn. */
const char *shim_path(void **state, const char *name);

/*
 * A committed database at path of five documents. Docid n has the terms "all"
 * and "only<n>", "even" or "odd" at positions 1 and 2n, "run" n times, the
 * boolean term "XB<n>", data "data <n>", value 0 "v<n>" and value 1 "even" or
 * "odd"; all words are spread so that document lengths differ.
 */
#define SHIM_DOCUMENTS 5
void shim_sample(const char *path);

/* That database in the test's folder, made and opened. */
struct xap_database *shim_open_sample(void **state);

/* One more document with the term "more", committed. */
void shim_commit_one_more(const char *path);

/* A term query, and its answers. */
struct xap_query *shim_term(const char *term);
struct xap_mset *shim_search(const struct xap_database *database, const struct xap_query *query);

/* The docids of the mset, in its order, as digits, in a static buffer. */
const char *shim_digits(const struct xap_mset *mset);

/* The wdf of the term, which must be there. */
xap_termcount shim_wdf_of(const struct xap_document *document, const char *term);

/*
 * The data of a test's own functions: how often they were called, what they
 * answer, and what has been destroyed.
 */
struct shim_own {
    unsigned calls, destroyed, cloned;
    enum xap_code fails; /* unless XAP_OK */
    const char *message; /* of the failure; NULL: none */
    char bytes[64];      /* what they lend */
    size_t length;
};

/* Counts a call and returns what it is to return. */
enum xap_code shim_own_called(struct shim_own *own, struct xap_error *error);
void shim_own_destroy(void *data);

#endif
