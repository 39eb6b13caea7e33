/* error.cc - the one place that catches, and turns exceptions into codes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include "guard.h"

namespace
{

/* Highest errno to compare texts with; Linux uses 1 to 133. */
constexpr int last_errno = 255;

void
copy(char *to, size_t size, const char *from, size_t length) noexcept
{
    size_t n = length < size ? length : size - 1;

    if (n < length) {
        /* do not cut inside a UTF-8 character */
        while (n > 0 && (static_cast<unsigned char>(from[n]) & 0xC0) == 0x80)
            n--;
    }
    for (size_t i = 0; i < n; i++)
        to[i] = from[i] != '\0' ? from[i] : '?';
    to[n] = '\0';
}

/* Xapian keeps the number to itself and gives its text only. */
int
errno_of_text(const char *wanted) noexcept
{
    for (int number = 1; number <= last_errno; number++) {
        char buffer[128];
        const char *known = strerror_r(number, buffer, sizeof buffer);
        if (std::strcmp(known, wanted) == 0)
            return number;
    }
    return 0;
}

xap_code
fill(xap_error *error, xap_code code, const char *type, const char *message,
     size_t message_length) noexcept
{
    if (error == nullptr)
        return code;
    error->code = code;
    error->sys_errno = 0;
    copy(error->type, sizeof error->type, type, std::strlen(type));
    copy(error->message, sizeof error->message, message, message_length);
    error->context[0] = '\0';
    error->detail[0] = '\0';
    return code;
}

xap_code
fill(xap_error *error, xap_code code, const char *message) noexcept
{
    return fill(error, code, xap_code_name(code), message, std::strlen(message));
}

xap_code
fill(xap_error *error, xap_code code, const Xapian::Error &thrown) noexcept
{
    fill(error, code, thrown.get_type(), thrown.get_msg().data(), thrown.get_msg().size());
    if (error == nullptr)
        return code;
    const std::string &context = thrown.get_context();
    copy(error->context, sizeof error->context, context.data(), context.size());
    try {
        /* made when asked for, which may fail for want of memory */
        const char *detail = thrown.get_error_string();
        if (detail != nullptr) {
            copy(error->detail, sizeof error->detail, detail, std::strlen(detail));
            error->sys_errno = errno_of_text(detail);
        }
    } catch (...) {
        error->detail[0] = '\0';
    }
    return code;
}

} // namespace

#define XAPIAN_CLASSES(ENTRY)                                     \
    ENTRY(AssertionError, XAP_ASSERTION_ERROR)                    \
    ENTRY(InvalidArgumentError, XAP_INVALID_ARGUMENT_ERROR)       \
    ENTRY(InvalidOperationError, XAP_INVALID_OPERATION_ERROR)     \
    ENTRY(UnimplementedError, XAP_UNIMPLEMENTED_ERROR)            \
    ENTRY(LogicError, XAP_LOGIC_ERROR)                            \
    ENTRY(DatabaseVersionError, XAP_DATABASE_VERSION_ERROR)       \
    ENTRY(DatabaseNotFoundError, XAP_DATABASE_NOT_FOUND_ERROR)    \
    ENTRY(DatabaseOpeningError, XAP_DATABASE_OPENING_ERROR)       \
    ENTRY(DatabaseCorruptError, XAP_DATABASE_CORRUPT_ERROR)       \
    ENTRY(DatabaseCreateError, XAP_DATABASE_CREATE_ERROR)         \
    ENTRY(DatabaseLockError, XAP_DATABASE_LOCK_ERROR)             \
    ENTRY(DatabaseModifiedError, XAP_DATABASE_MODIFIED_ERROR)     \
    ENTRY(DatabaseClosedError, XAP_DATABASE_CLOSED_ERROR)         \
    ENTRY(DatabaseError, XAP_DATABASE_ERROR)                      \
    ENTRY(DocNotFoundError, XAP_DOC_NOT_FOUND_ERROR)              \
    ENTRY(FeatureUnavailableError, XAP_FEATURE_UNAVAILABLE_ERROR) \
    ENTRY(InternalError, XAP_INTERNAL_ERROR)                      \
    ENTRY(NetworkTimeoutError, XAP_NETWORK_TIMEOUT_ERROR)         \
    ENTRY(NetworkError, XAP_NETWORK_ERROR)                        \
    ENTRY(QueryParserError, XAP_QUERY_PARSER_ERROR)               \
    ENTRY(SerialisationError, XAP_SERIALISATION_ERROR)            \
    ENTRY(RangeError, XAP_RANGE_ERROR)                            \
    ENTRY(WildcardError, XAP_WILDCARD_ERROR)                      \
    ENTRY(RuntimeError, XAP_RUNTIME_ERROR)                        \
    ENTRY(Error, XAP_ERROR)

xap_code
xap::report_current_exception(xap_error *error) noexcept
{
    /* a class stands in the list before the one it is derived from */
#define CATCH(class_name, code)              \
    catch (const Xapian::class_name &thrown) \
    {                                        \
        return fill(error, code, thrown);    \
    }
    try {
        throw;
    }
    XAPIAN_CLASSES(CATCH)
    catch (const xap::bad_handle &thrown)
    {
        const char end[] = " is NULL";
        char message[64];

        copy(message, sizeof message - sizeof end, thrown.what, std::strlen(thrown.what));
        std::memcpy(message + std::strlen(message), end, sizeof end);
        return fill(error, XAP_BAD_HANDLE, message);
    }
    catch (const xap::callback_failure &thrown)
    {
        if (error != nullptr)
            *error = thrown.error;
        return thrown.error.code;
    }
    catch (const std::bad_alloc &)
    {
        return fill(error, XAP_OUT_OF_MEMORY, "out of memory");
    }
    catch (const std::exception &thrown)
    {
        return fill(error, XAP_STD_EXCEPTION, thrown.what());
    }
    catch (...)
    {
        return fill(error, XAP_UNKNOWN, "an exception of unknown type");
    }
#undef CATCH
}

const char *
xap_code_name(xap_code code) noexcept
{
#define NAME(class_name, code) \
    case code:                 \
        return #class_name;
    switch (code) {
        XAPIAN_CLASSES(NAME)
    case XAP_OK:
        return "OK";
    case XAP_OUT_OF_MEMORY:
        return "OutOfMemory";
    case XAP_STD_EXCEPTION:
        return "StdException";
    case XAP_CALLBACK:
        return "Callback";
    case XAP_BAD_HANDLE:
        return "BadHandle";
    case XAP_UNKNOWN:
        break;
    }
#undef NAME
    return "Unknown";
}

size_t
xap_error_get_description(const xap_error *error, char *text, size_t size) noexcept
{
    if (error == nullptr) {
        if (text != nullptr && size != 0)
            text[0] = '\0';
        return 0;
    }
    const bool context = error->context[0] != '\0', detail = error->detail[0] != '\0';
    const int length =
        std::snprintf(text, text != nullptr ? size : 0, "%s: %s%s%s%s%s%s%s", error->type,
                      error->message, context ? " (context: " : "", error->context,
                      context ? ")" : "", detail ? " (" : "", error->detail, detail ? ")" : "");
    return length > 0 ? static_cast<size_t>(length) : 0;
}
