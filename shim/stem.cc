/* stem.cc - stemmers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using namespace xap;

xap_code
xap_stem_new(const char *language, xap_stem **stem, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_stem> made(stem);
        made.make(text(language));
    });
}

xap_code
xap_stem_apply(const xap_stem *stem, const char *word, size_t word_length, const char **result,
               size_t *result_length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(result, result_length);
        const xap_stem &s = need(stem);
        lent = s.result = s.stem(bytes(word, word_length));
    });
}

bool
xap_stem_is_none(const xap_stem *stem) noexcept
{
    return ask(false, [&] { return need(stem).stem.is_none(); });
}

xap_code
xap_stem_get_description(const xap_stem *stem, const char **description, size_t *length,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_stem &s = need(stem);
        lent = s.description = s.stem.get_description();
    });
}

void
xap_stem_free(xap_stem *stem) noexcept
{
    delete stem;
}

const char *
xap_stem_get_available_languages(void) noexcept
{
    return ask<const char *>(nullptr, [] {
        static const std::string names = Xapian::Stem::get_available_languages();
        return names.c_str();
    });
}
