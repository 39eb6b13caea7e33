/* bytes.cc - bytes that come from the caller, and go to him
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <cstdlib>
#include <cstring>
#include <new>

#include "guard.h"

std::vector<std::string>
xap::list_of_bytes(const char *const *data, const size_t *lengths, size_t count)
{
    std::vector<std::string> list;

    check_length(data, count, sizeof *data);
    list.reserve(count);
    for (size_t i = 0; i < count; i++)
        list.push_back(lengths != nullptr ? bytes(data[i], lengths[i]) : text(data[i]));
    return list;
}

char *
xap::allocated(const std::string &kept)
{
    char *copy = static_cast<char *>(std::malloc(kept.size() + 1));
    if (copy == nullptr)
        throw std::bad_alloc();
    std::memcpy(copy, kept.c_str(), kept.size() + 1);
    return copy;
}

void
xap_free(void *memory) noexcept
{
    std::free(memory);
}
