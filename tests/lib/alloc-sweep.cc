/* alloc-sweep.cc - make the n-th C++ allocation of a program fail
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* dladdr */
#endif
#include "alloc-sweep.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include <dlfcn.h>
#include <execinfo.h>
#include <unistd.h>

namespace
{

/* A block that was allocated while armed. */
struct entry {
    void *block; /* nullptr: never used; gone: may be used again */
    bool library;
};

/* Open addressing; far more than any scenario has alive at once. */
constexpr size_t ledger_size = size_t{1} << 17;
entry ledger[ledger_size];
char gone_mark;
void *const gone = &gone_mark;

bool armed;
alloc_sweep_mode mode;
size_t until_failure; /* 1: the next one; 0: it has happened */
size_t fired;
bool library_failed; /* whose was the last allocation that failed? */
int terminate_status;

size_t
place_of(const void *block)
{
    return reinterpret_cast<uintptr_t>(block) / 16 * 2654435761u % ledger_size;
}

void
note(void *block, bool library)
{
    size_t at = place_of(block);

    for (size_t i = 0; i < ledger_size; i++, at = (at + 1) % ledger_size) {
        if (ledger[at].block == nullptr || ledger[at].block == gone) {
            ledger[at] = {block, library};
            return;
        }
    }
    std::abort();
}

void
forget(const void *block)
{
    size_t at = place_of(block);

    for (size_t i = 0; i < ledger_size; i++, at = (at + 1) % ledger_size) {
        if (ledger[at].block == nullptr)
            return; /* from before */
        if (ledger[at].block == block) {
            ledger[at].block = gone;
            return;
        }
    }
}

/* Whether the code that called operator new from caller is a library's, or was called by libxapian.
 */
bool
is_library(const void *caller)
{
    void *frames[48];
    const int depth = backtrace(frames, 48);
    Dl_info self, other;
    bool nearest = true;
    int i = 0;

    while (i < depth && frames[i] != caller)
        i++;
    if (dladdr(reinterpret_cast<const void *>(&place_of), &self) == 0)
        std::abort();
    for (; i < depth; i++) {
        if (dladdr(frames[i], &other) == 0 || other.dli_fname == nullptr)
            continue;
        if (std::strstr(other.dli_fname, "/libstdc++.") != nullptr ||
            std::strstr(other.dli_fname, "/libc++.") != nullptr)
            continue;
        if (nearest && other.dli_fbase != self.dli_fbase)
            return true;
        nearest = false;
        /* what a virtual function makes for Xapian is Xapian's */
        if (std::strstr(other.dli_fname, "/libxapian.") != nullptr)
            return true;
    }
    return false;
}

bool
fails_now()
{
    if (until_failure > 1) {
        until_failure--;
        return false;
    }
    if (until_failure == 0 && mode == ALLOC_SWEEP_ONCE)
        return false;
    until_failure = 0;
    fired++;
    return true;
}

void *
take(size_t size, const void *caller) noexcept
{
    bool library = false;

    if (armed) {
        library = is_library(caller);
        if (fails_now()) {
            library_failed = library;
            return nullptr;
        }
    }
    void *block = std::malloc(size != 0 ? size : 1);
    if (armed && block != nullptr)
        note(block, library);
    return block;
}

void *
take_or_throw(size_t size, const void *caller)
{
    void *block = take(size, caller);
    if (block == nullptr)
        throw std::bad_alloc();
    return block;
}

void
give_back(void *block) noexcept
{
    if (armed && block != nullptr)
        forget(block);
    std::free(block);
}

[[noreturn]] void
terminated()
{
    if (armed && library_failed)
        _exit(terminate_status);
    std::abort();
}

} // namespace

void
alloc_sweep_arm(size_t n, enum alloc_sweep_mode how)
{
    std::memset(ledger, 0, sizeof ledger);
    mode = how;
    until_failure = n;
    fired = 0;
    library_failed = false;
    armed = true;
}

void
alloc_sweep_disarm(struct alloc_sweep_result *result)
{
    armed = false;
    *result = {fired, 0, 0};
    for (const entry &e : ledger) {
        if (e.block == nullptr || e.block == gone)
            continue;
        if (e.library)
            result->library_leaked++;
        else
            result->leaked++;
    }
}

void
alloc_sweep_exit_on_terminate(int status)
{
    terminate_status = status;
    std::set_terminate(terminated);
}

void *
operator new(size_t size)
{
    return take_or_throw(size, __builtin_return_address(0));
}

void *
operator new[](size_t size)
{
    return take_or_throw(size, __builtin_return_address(0));
}

void *
operator new(size_t size, const std::nothrow_t &) noexcept
{
    return take(size, __builtin_return_address(0));
}

void *
operator new[](size_t size, const std::nothrow_t &) noexcept
{
    return take(size, __builtin_return_address(0));
}

void
operator delete(void *block) noexcept
{
    give_back(block);
}

void
operator delete[](void *block) noexcept
{
    give_back(block);
}

void
operator delete(void *block, size_t) noexcept
{
    give_back(block);
}

void
operator delete[](void *block, size_t) noexcept
{
    give_back(block);
}

void
operator delete(void *block, const std::nothrow_t &) noexcept
{
    give_back(block);
}

void
operator delete[](void *block, const std::nothrow_t &) noexcept
{
    give_back(block);
}
