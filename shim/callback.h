/* callback.h - functions of the caller's that Xapian calls
 *
 * A class of Xapian's that is meant to be derived from is, in C, a struct of
 * functions and a pointer of the caller's. What a function reports as its
 * failure travels through Xapian as an exception, and comes out of the guard as
 * that failure. Where Xapian would lose what it holds, an exception must not
 * travel: there the failure is kept until Xapian has returned (deferring).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAP_CALLBACK_H
#define XAP_CALLBACK_H

#include <exception>
#include <memory>
#include <string>

#include "guard.h"

namespace xap
{

/*
 * Keeps the first failure of a function of the caller's while one call of
 * Xapian's is at work in this thread. They nest, as a function of the caller's
 * may use the library too.
 */
class deferral
{
  public:
    deferral() noexcept : outer_(innermost)
    {
        innermost = this;
    }

    deferral(const deferral &) = delete;
    void operator=(const deferral &) = delete;

    ~deferral()
    {
        innermost = outer_;
        while (guests_ != nullptr) {
            guest *const first = guests_;
            guests_ = first->next_;
            first->host_ = nullptr;
            first->call_ended();
        }
    }

    /* What wants to know when the call has ended, however it did; nothing is allocated for it. */
    class guest
    {
      public:
        guest() = default;
        guest(const guest &) = delete;
        void operator=(const guest &) = delete;

        virtual ~guest() = default;

      private:
        friend class deferral;
        virtual void call_ended() noexcept = 0;
        guest *next_ = nullptr;
        const deferral *host_ = nullptr;
    };

    /* The guest stays where it is until the call has ended. False: it is another call's. */
    bool
    invite(guest &g) noexcept
    {
        if (g.host_ != nullptr)
            return g.host_ == this;
        g.host_ = this;
        g.next_ = guests_;
        guests_ = &g;
        return true;
    }

    /* That of the call at work, or NULL. */
    static deferral *
    current() noexcept
    {
        return innermost;
    }

    bool
    failed() const noexcept
    {
        return failure_ != nullptr;
    }

    /* Inside a catch clause. */
    void
    keep() noexcept
    {
        failure_ = std::current_exception();
    }

    /* Throws what was kept, if anything was. */
    void
    rethrow() const
    {
        if (failed())
            std::rethrow_exception(failure_);
    }

    /* For as long as a function of the caller's runs: its own calls fail at once. */
    class pause
    {
      public:
        pause() noexcept : paused_(innermost)
        {
            innermost = nullptr;
        }

        pause(const pause &) = delete;
        void operator=(const pause &) = delete;

        ~pause()
        {
            innermost = paused_;
        }

      private:
        deferral *paused_;
    };

  private:
    static thread_local deferral *innermost;
    deferral *outer_;
    guest *guests_ = nullptr;
    std::exception_ptr failure_;
};

/* What use, a call of Xapian's, returns; a failure that was kept meanwhile is thrown instead. */
template <typename Use>
auto
deferring(Use use)
{
    deferral keeper;
    auto result = [&] {
        try {
            return use();
        } catch (...) {
            keeper.rethrow();
            throw;
        }
    }();
    keeper.rethrow();
    return result;
}

/*
 * What step, a call of the caller's function, answers. Inside deferring() its
 * failure is kept and the answer is otherwise, which does no harm; so it is from
 * then on, without asking.
 */
template <typename Answer, typename Step>
Answer
deferred(Answer otherwise, Step step)
{
    deferral *const keeper = deferral::current();

    if (keeper == nullptr)
        return step();
    if (!keeper->failed()) {
        try {
            return step();
        } catch (...) {
            keeper->keep();
        }
    }
    return otherwise;
}

/* Throws what a function that returned code, and wrote to failure, meant. */
[[noreturn]] void throw_callback_failure(xap_code code, callback_failure &failure);

/* Runs a function of the caller's, which no failure is kept for. */
template <typename Function, typename... Arguments>
xap_code
run(Function *function, Arguments... arguments)
{
    const deferral::pause pause;

    return function(arguments...);
}

/*
 * Calls a function of the caller's, whose last parameter is the error. Not after
 * a failure that was kept: that is thrown again.
 */
template <typename Function, typename... Arguments>
void
call(Function *function, Arguments... arguments)
{
    callback_failure failure;

    if (deferral::current() != nullptr)
        deferral::current()->rethrow();
    failure.error = xap_error();
    const xap_code code = run(function, arguments..., &failure.error);
    if (code != XAP_OK)
        throw_callback_failure(code, failure);
}

/* The same for a function whose result, before the error, is lent bytes. */
template <typename Function, typename... Arguments>
std::string
call_for_bytes(Function *function, Arguments... arguments)
{
    const char *data = nullptr;
    size_t length = 0;

    call(function, arguments..., &data, &length);
    return bytes(data, length);
}

/* A handle that a function of the caller's hands over, also when it fails after that. */
template <typename Handle> class handed_over
{
  public:
    handed_over() = default;
    handed_over(const handed_over &) = delete;
    void operator=(const handed_over &) = delete;

    ~handed_over()
    {
        delete handle_;
    }

    Handle **
    place()
    {
        return &handle_;
    }

    Handle *
    get() const
    {
        return handle_;
    }

  private:
    Handle *handle_ = nullptr;
};

/* The functions must be there: which names them. */
template <typename Functions>
const Functions &
need_functions(const Functions *functions, const char *which)
{
    if (functions == nullptr)
        throw bad_handle{which};
    return *functions;
}

template <typename Function>
void
need_function(Function *function, const char *which)
{
    if (function == nullptr)
        throw Xapian::InvalidArgumentError(std::string(which) + " is NULL");
}

/* The caller's functions and pointer; shared between an object and its clones. */
template <typename Functions> class callbacks
{
  public:
    callbacks(const Functions &f, void *d) : functions(f), data(d)
    {
    }

    callbacks(const callbacks &) = delete;
    void operator=(const callbacks &) = delete;

    ~callbacks()
    {
        if (owned_ && functions.destroy != nullptr)
            functions.destroy(data);
    }

    /* From now on data is destroyed with this: nothing can fail any more. */
    void
    own() noexcept
    {
        owned_ = true;
    }

    const Functions functions;
    void *data;

  private:
    bool owned_ = false;
};

template <typename Functions> using shared_callbacks = std::shared_ptr<callbacks<Functions>>;

/* A new one, which does not own data yet. */
template <typename Functions>
shared_callbacks<Functions>
share(const Functions &functions, void *data)
{
    return std::make_shared<callbacks<Functions>>(functions, data);
}

/*
 * That of a clone: with data of its own if there is a function to make it. Xapian
 * clones in the midst of building a match, so the failure is kept inside deferring().
 */
template <typename Functions>
shared_callbacks<Functions>
cloned(const shared_callbacks<Functions> &original)
{
    if (original->functions.clone == nullptr)
        return original;
    shared_callbacks<Functions> copy = share(original->functions, nullptr);
    return deferred(original, [&] {
        call(copy->functions.clone, original->data, &copy->data);
        copy->own();
        return copy;
    });
}

/* That of what bytes describe: always with data of its own. */
template <typename Functions>
shared_callbacks<Functions>
unserialised(const shared_callbacks<Functions> &pattern, const std::string &serialised)
{
    if (pattern->functions.unserialise == nullptr)
        throw Xapian::UnimplementedError("no unserialise function");
    shared_callbacks<Functions> made = share(pattern->functions, nullptr);
    call(made->functions.unserialise, pattern->data, serialised.data(), serialised.size(),
         &made->data);
    made->own();
    return made;
}

/*
 * The name a struct of functions has, or none. The string is the caller's and may
 * be gone after ..._new: clones get the copy that was made there.
 */
inline std::string
name_of(const char *name)
{
    return name != nullptr ? std::string(name) : std::string();
}

} // namespace xap

#endif
