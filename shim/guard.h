/* guard.h - where C++ exceptions become error codes, and results reach C
 *
 * An exported function is one call of guard() (or of ask(), for those that
 * cannot fail) with a lambda that first takes its out-parameters, which clears
 * them, and then its handles, so that results are defined however it ends.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAP_GUARD_H
#define XAP_GUARD_H

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <xapian.h>

#include "xapian-c.h"

namespace xap
{

/* Thrown for a NULL handle, or a NULL place for a new one. */
struct bad_handle {
    const char *what; /* static */
};

/* Thrown when a function of the caller's reported failure: what it reported. */
struct callback_failure {
    xap_error error;
};

/*
 * Turns the exception being handled into its code and describes it in error,
 * unless that is NULL. To be called inside a catch clause. Allocates nothing
 * that it cannot do without.
 */
xap_code report_current_exception(xap_error *error) noexcept;

template <typename Call>
xap_code
guard(xap_error *error, Call call) noexcept
{
    try {
        call();
        return XAP_OK;
    } catch (...) {
        return report_current_exception(error);
    }
}

/* For functions that return their answer: fallback if there is none. */
template <typename Answer, typename Call>
Answer
ask(Answer fallback, Call call) noexcept
{
    Answer answer = fallback;
    guard(nullptr, [&] { answer = call(); });
    return answer;
}

/* The object behind a handle; every handle struct has its name in what. */
template <typename Handle>
Handle &
need(Handle *handle)
{
    if (handle == nullptr)
        throw bad_handle{std::remove_const_t<Handle>::what};
    return *handle;
}

/* An out-parameter of a plain type. */
template <typename Value> class out
{
  public:
    explicit out(Value *place) : place_(place)
    {
        if (place_ != nullptr)
            *place_ = Value();
    }

    void
    operator=(Value value)
    {
        if (place_ != nullptr)
            *place_ = value;
    }

  private:
    Value *place_;
};

/* The out-parameter that receives a new handle. */
template <typename Handle> class out_handle
{
  public:
    explicit out_handle(Handle **place) : place_(place)
    {
        if (place_ == nullptr)
            throw bad_handle{"place for the new handle"};
        *place_ = nullptr;
    }

    template <typename... Arguments>
    void
    make(Arguments &&...arguments)
    {
        *place_ = new Handle(std::forward<Arguments>(arguments)...);
    }

  private:
    Handle **place_;
};

/* Two out-parameters that receive lent bytes. */
class out_bytes
{
  public:
    out_bytes(const char **data, size_t *length) : data_(data), length_(length)
    {
    }

    /* kept: in the handle, where it stays */
    void
    operator=(const std::string &kept)
    {
        data_ = kept.c_str();
        length_ = kept.size();
    }

  private:
    out<const char *> data_;
    out<size_t> length_;
};

/*
 * For whatever comes as (pointer, length): count objects of that size. No object
 * of C is larger than PTRDIFF_MAX, and beyond it data + count is before data: a
 * length like that, such as a -1 in disguise, must not be read by.
 */
inline void
check_length(const void *data, size_t count, size_t size = 1)
{
    if (data == nullptr && count != 0)
        throw Xapian::InvalidArgumentError("the bytes or list are NULL but have a length");
    if (count > static_cast<size_t>(PTRDIFF_MAX) / size)
        throw Xapian::InvalidArgumentError("a length is greater than any object");
}

/* Bytes from the caller. */
inline std::string
bytes(const char *data, size_t length)
{
    check_length(data, length);
    return data != nullptr ? std::string(data, length) : std::string();
}

/* Many of them; without lengths each ends in NUL. */
std::vector<std::string> list_of_bytes(const char *const *data, const size_t *lengths,
                                       size_t count);

/* Bytes for the caller, who frees them with xap_free; a NUL follows them. */
char *allocated(const std::string &kept);

/* An out-parameter that receives such bytes. */
class out_allocated
{
  public:
    out_allocated(char **data, size_t *length)
        : data_(data), length_(length), wanted_(data != nullptr)
    {
    }

    void
    operator=(const std::string &result)
    {
        if (wanted_)
            data_ = allocated(result);
        length_ = result.size();
    }

  private:
    out<char *> data_;
    out<size_t> length_;
    bool wanted_;
};

/* An enum value from the caller, who may have invented it. */
template <typename Enum>
Enum
between(Enum value, Enum first, Enum last, const char *otherwise)
{
    if (value < first || value > last)
        throw Xapian::InvalidArgumentError(otherwise);
    return value;
}

/* A path or name from the caller. */
inline std::string
text(const char *string)
{
    if (string == nullptr)
        throw Xapian::InvalidArgumentError("a path or name is NULL");
    return std::string(string);
}

} // namespace xap

#endif
