/* shim-mapping.cc - every exception becomes the code of its class
 *
 * The one test that looks inside the bindings: most of these exceptions cannot
 * be provoked from outside.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <cerrno>
#include <csetjmp>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

extern "C" {
#include <cmocka.h>
}

#include "shim/guard.h"

namespace
{

template <typename Thrown>
void
maps_to(xap_code expected, const char *type)
{
    xap_error error;
    const xap_code code =
        xap::guard(&error, [] { throw Thrown("the message", "the context", ENOSPC); });

    assert_int_equal(code, expected);
    assert_int_equal(error.code, expected);
    assert_string_equal(error.type, type);
    assert_string_equal(xap_code_name(expected), type);
    assert_string_equal(error.message, "the message");
    assert_string_equal(error.context, "the context");
    assert_string_equal(error.detail, std::strerror(ENOSPC));
    assert_int_equal(error.sys_errno, ENOSPC);
}

#define MAPS(name, code) maps_to<Xapian::name>(code, #name)

void
every_class(void **)
{
    MAPS(AssertionError, XAP_ASSERTION_ERROR);
    MAPS(InvalidArgumentError, XAP_INVALID_ARGUMENT_ERROR);
    MAPS(InvalidOperationError, XAP_INVALID_OPERATION_ERROR);
    MAPS(UnimplementedError, XAP_UNIMPLEMENTED_ERROR);
    MAPS(DatabaseError, XAP_DATABASE_ERROR);
    MAPS(DatabaseCorruptError, XAP_DATABASE_CORRUPT_ERROR);
    MAPS(DatabaseCreateError, XAP_DATABASE_CREATE_ERROR);
    MAPS(DatabaseLockError, XAP_DATABASE_LOCK_ERROR);
    MAPS(DatabaseModifiedError, XAP_DATABASE_MODIFIED_ERROR);
    MAPS(DatabaseOpeningError, XAP_DATABASE_OPENING_ERROR);
    MAPS(DatabaseVersionError, XAP_DATABASE_VERSION_ERROR);
    MAPS(DatabaseNotFoundError, XAP_DATABASE_NOT_FOUND_ERROR);
    MAPS(DatabaseClosedError, XAP_DATABASE_CLOSED_ERROR);
    MAPS(DocNotFoundError, XAP_DOC_NOT_FOUND_ERROR);
    MAPS(FeatureUnavailableError, XAP_FEATURE_UNAVAILABLE_ERROR);
    MAPS(InternalError, XAP_INTERNAL_ERROR);
    MAPS(NetworkError, XAP_NETWORK_ERROR);
    MAPS(NetworkTimeoutError, XAP_NETWORK_TIMEOUT_ERROR);
    MAPS(QueryParserError, XAP_QUERY_PARSER_ERROR);
    MAPS(SerialisationError, XAP_SERIALISATION_ERROR);
    MAPS(RangeError, XAP_RANGE_ERROR);
    MAPS(WildcardError, XAP_WILDCARD_ERROR);
}

/* What a later Xapian might add. */
struct NewLogicError : Xapian::LogicError {
    explicit NewLogicError(const std::string &m)
        : LogicError(m, std::string(), "\x08NewLogicError", 0)
    {
    }
};

struct NewRuntimeError : Xapian::RuntimeError {
    explicit NewRuntimeError(const std::string &m)
        : RuntimeError(m, std::string(), "\x0aNewRuntimeError", 0)
    {
    }
};

struct NewError : Xapian::Error {
    explicit NewError(const std::string &m) : Error(m, std::string(), "\x0aNewError", 0)
    {
    }
};

struct NewOpeningError : Xapian::DatabaseOpeningError {
    using DatabaseOpeningError::DatabaseOpeningError;
};

void
unknown_subclasses(void **)
{
    xap_error error;

    assert_int_equal(xap::guard(&error, [] { throw NewLogicError("a"); }), XAP_LOGIC_ERROR);
    assert_string_equal(error.type, "NewLogicError");
    assert_int_equal(xap::guard(&error, [] { throw NewRuntimeError("b"); }), XAP_RUNTIME_ERROR);
    assert_string_equal(error.type, "NewRuntimeError");
    assert_int_equal(xap::guard(&error, [] { throw NewError("c"); }), XAP_ERROR);
    assert_string_equal(error.message, "c");
    assert_string_equal(error.detail, "");
    assert_int_equal(error.sys_errno, 0);
    assert_int_equal(xap::guard(&error, [] { throw NewOpeningError("d", 0); }),
                     XAP_DATABASE_OPENING_ERROR);
}

void
not_xapians(void **)
{
    xap_error error;

    assert_int_equal(xap::guard(&error, [] { throw std::bad_alloc(); }), XAP_OUT_OF_MEMORY);
    assert_string_equal(error.type, "OutOfMemory");
    assert_string_equal(error.message, "out of memory");
    assert_int_equal(xap::guard(&error, [] { throw std::length_error("long"); }),
                     XAP_STD_EXCEPTION);
    assert_string_equal(error.message, "long");
    assert_int_equal(xap::guard(&error, [] { throw 42; }), XAP_UNKNOWN);
    assert_string_equal(error.type, "Unknown");
    assert_int_equal(xap::guard(nullptr, [] { throw 42; }), XAP_UNKNOWN);
    assert_int_equal(xap::guard(nullptr, [] { throw Xapian::RangeError("x"); }), XAP_RANGE_ERROR);
    assert_int_equal(xap::guard(&error, [] { throw xap::bad_handle{"thing"}; }), XAP_BAD_HANDLE);
    assert_string_equal(error.message, "thing is NULL");
}

void
long_texts(void **)
{
    xap_error error;
    /* 0xC3 0xA9 is one character; the cut falls inside one of the two */
    for (size_t shift = 0; shift < 2; shift++) {
        std::string text(shift, 'a');
        while (text.size() < 2000)
            text += "\xC3\xA9";
        xap::guard(&error, [&] { throw Xapian::DatabaseError(text, text); });
        assert_int_equal(std::strlen(error.message), sizeof error.message - 2 + shift % 2);
        assert_memory_equal(error.message, text.data(), std::strlen(error.message));
        assert_int_equal(error.message[std::strlen(error.message) - 1], '\xA9');
        assert_int_equal(error.context[std::strlen(error.context) - 1], '\xA9');
    }
    xap::guard(&error, [&] { throw Xapian::DatabaseError(std::string("a\0b", 3)); });
    assert_string_equal(error.message, "a?b");
}

void
success_leaves_error(void **)
{
    xap_error error;

    std::memset(&error, 'x', sizeof error);
    assert_int_equal(xap::guard(&error, [] {}), XAP_OK);
    assert_int_equal(error.message[0], 'x');
}

void
errno_text_of_a_name_lookup(void **)
{
    /* negative: a code of getaddrinfo, which has no errno */
    xap_error error;

    xap::guard(&error, [] { throw Xapian::NetworkError("m", "c", -2); });
    assert_string_not_equal(error.detail, "");
    assert_int_equal(error.sys_errno, 0);
}

void
names(void **)
{
    assert_string_equal(xap_code_name(XAP_OK), "OK");
    assert_string_equal(xap_code_name(XAP_LOGIC_ERROR), "LogicError");
    assert_string_equal(xap_code_name(XAP_RUNTIME_ERROR), "RuntimeError");
    assert_string_equal(xap_code_name(XAP_ERROR), "Error");
    assert_string_equal(xap_code_name(XAP_STD_EXCEPTION), "StdException");
    assert_string_equal(xap_code_name(XAP_CALLBACK), "Callback");
    assert_string_equal(xap_code_name(XAP_BAD_HANDLE), "BadHandle");
    assert_string_equal(xap_code_name(XAP_UNKNOWN), "Unknown");
    assert_string_equal(xap_code_name(static_cast<xap_code>(63)), "Unknown");
}

CMUnitTest
test(const char *title, CMUnitTestFunction function)
{
    return {title, function, nullptr, nullptr, nullptr};
}

} // namespace

int
main()
{
    const CMUnitTest tests[] = {
        test("each of Xapian's error classes has its code, with message, "
             "context and errno",
             every_class),
        test("a class that is not known has the code of its nearest parent", unknown_subclasses),
        test("other exceptions, and NULL handles, have codes too", not_xapians),
        test("a long text is cut between characters, a NUL byte is '?'", long_texts),
        test("success does not touch the error", success_leaves_error),
        test("an error of a name look-up has a text and no errno", errno_text_of_a_name_lookup),
        test("every code has a name", names),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shim-mapping", tests, nullptr, nullptr);
}
