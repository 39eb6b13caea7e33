/* callback.cc - what a function of the caller's reports, made whole
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <cstring>

#include "callback.h"

namespace
{

template <size_t size>
void
complete(char (&text)[size], const char *otherwise) noexcept
{
    text[size - 1] = '\0';
    if (text[0] == '\0') {
        const size_t length = std::strlen(otherwise);
        const size_t n = length < size ? length : size - 1;
        std::memcpy(text, otherwise, n);
        text[n] = '\0';
    }
}

/* Whether code is one of ours: a number that is none has no name. */
bool
is_known(xap_code code) noexcept
{
    return code == XAP_UNKNOWN || std::strcmp(xap_code_name(code), xap_code_name(XAP_UNKNOWN)) != 0;
}

} // namespace

thread_local xap::deferral *xap::deferral::innermost = nullptr;

void
xap::throw_callback_failure(xap_code code, callback_failure &failure)
{
    xap_error &e = failure.error;

    e.code = is_known(code) ? code : XAP_CALLBACK;
    complete(e.type, xap_code_name(e.code));
    complete(e.message, "a function of the caller's failed");
    complete(e.context, "");
    complete(e.detail, "");
    throw failure;
}
