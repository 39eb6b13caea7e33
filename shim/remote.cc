/* remote.cc - databases of other machines
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using namespace xap;

xap_code
xap_remote_open(const char *host, unsigned port, unsigned timeout, unsigned connect_timeout,
                xap_database **database, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_database> made(database);
        made.make(Xapian::Remote::open(text(host), port, timeout, connect_timeout));
    });
}

xap_code
xap_remote_open_program(const char *program, const char *arguments, unsigned timeout,
                        xap_database **database, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_database> made(database);
        made.make(Xapian::Remote::open(text(program), text(arguments), timeout));
    });
}

xap_code
xap_remote_open_writable(const char *host, unsigned port, unsigned timeout,
                         unsigned connect_timeout, unsigned flags, xap_writable_database **database,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_writable_database> made(database);
        made.make(Xapian::Remote::open_writable(text(host), port, timeout, connect_timeout,
                                                static_cast<int>(flags)));
    });
}

xap_code
xap_remote_open_writable_program(const char *program, const char *arguments, unsigned timeout,
                                 unsigned flags, xap_writable_database **database,
                                 xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_writable_database> made(database);
        made.make(Xapian::Remote::open_writable(text(program), text(arguments), timeout,
                                                static_cast<int>(flags)));
    });
}
