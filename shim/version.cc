/* version.cc - version of the Xapian library, and numbers that sort
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <cmath>
#include <cstring>

#include "guard.h"

/* The C types are fixed; a Xapian built with wider ones would not fit them. */
static_assert(sizeof(Xapian::docid) == sizeof(xap_docid), "docid");
static_assert(sizeof(Xapian::doccount) == sizeof(xap_doccount), "doccount");
static_assert(sizeof(Xapian::termcount) == sizeof(xap_termcount), "termcount");
static_assert(sizeof(Xapian::termpos) == sizeof(xap_termpos), "termpos");
static_assert(sizeof(Xapian::valueno) == sizeof(xap_valueno), "valueno");
static_assert(sizeof(Xapian::totallength) == sizeof(xap_totallength), "totallength");
static_assert(sizeof(Xapian::rev) <= sizeof(xap_rev), "rev");
static_assert(Xapian::BAD_VALUENO == XAP_BAD_VALUENO, "BAD_VALUENO");

using namespace xap;

const char *
xap_version_string(void) noexcept
{
    return ask<const char *>("", [] { return Xapian::version_string(); });
}

int
xap_major_version(void) noexcept
{
    return ask(0, [] { return Xapian::major_version(); });
}

int
xap_minor_version(void) noexcept
{
    return ask(0, [] { return Xapian::minor_version(); });
}

int
xap_revision(void) noexcept
{
    return ask(0, [] { return Xapian::revision(); });
}

size_t
xap_sortable_serialise(double number, char bytes[XAP_SORTABLE_MAX]) noexcept
{
    return ask<size_t>(0, [&]() -> size_t {
        if (bytes == nullptr || std::isnan(number))
            return 0;
        const std::string serialised = Xapian::sortable_serialise(number);
        std::memcpy(bytes, serialised.data(), serialised.size());
        return serialised.size();
    });
}

double
xap_sortable_unserialise(const char *data, size_t length) noexcept
{
    return ask(-HUGE_VAL, [&] { return Xapian::sortable_unserialise(bytes(data, length)); });
}
