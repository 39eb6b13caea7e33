/* stem.cc - stemmers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

class own_stem : public Xapian::StemImplementation
{
  public:
    explicit own_stem(const shared_callbacks<xap_stem_functions> &c) : own_(c)
    {
    }

    std::string
    operator()(const std::string &word) override
    {
        return deferred(word, [&] {
            return call_for_bytes(own_->functions.stem, own_->data, word.data(), word.size());
        });
    }

    std::string
    get_description() const override
    {
        return own_->functions.get_description != nullptr
                   ? call_for_bytes(own_->functions.get_description, own_->data)
                   : std::string("own");
    }

  private:
    shared_callbacks<xap_stem_functions> own_;
};

/* Takes what it makes. */
Xapian::Stem
stemming(const shared_callbacks<xap_stem_functions> &own)
{
    return Xapian::Stem(new own_stem(own));
}

} // namespace

xap_code
xap_stem_new(const char *language, xap_stem **stem, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_stem> made(stem);
        made.make(Xapian::Stem(text(language)));
    });
}

xap_code
xap_stem_new_none(xap_stem **stem, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_stem> made(stem);
        made.make(Xapian::Stem());
    });
}

xap_code
xap_stem_new_fallback(const char *language, bool fallback, xap_stem **stem,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_stem> made(stem);
        made.make(Xapian::Stem(text(language), fallback));
    });
}

xap_code
xap_stem_new_implementation(const xap_stem_functions *functions, void *data, xap_stem **stem,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_stem> made(stem);
        const auto &f = need_functions(functions, "struct of stem functions");
        need_function(f.stem, "stem");
        const auto own = share(f, data);
        made.make(stemming(own));
        own->own();
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
