/* matchspy.cc - counting values during a match
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using namespace xap;

xap_code
xap_value_count_match_spy_new(xap_valueno slot, xap_value_count_match_spy **spy,
                              xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_value_count_match_spy> made(spy);
        made.make(slot);
    });
}

void
xap_value_count_match_spy_free(xap_value_count_match_spy *spy) noexcept
{
    delete spy;
}

size_t
xap_value_count_match_spy_get_total(const xap_value_count_match_spy *spy) noexcept
{
    return ask<size_t>(0, [&] { return need(spy).spy->get_total(); });
}

xap_code
xap_value_count_match_spy_values_begin(const xap_value_count_match_spy *spy,
                                       xap_term_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        made.make(need(spy).spy->values_begin());
    });
}

xap_code
xap_value_count_match_spy_top_values_begin(const xap_value_count_match_spy *spy, size_t max_values,
                                           xap_term_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        made.make(need(spy).spy->top_values_begin(max_values));
    });
}
