/* stopper.cc - stop words
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

class own_stopper : public Xapian::Stopper
{
  public:
    explicit own_stopper(const shared_callbacks<xap_stopper_functions> &c) : own_(c)
    {
    }

    bool
    operator()(const std::string &term) const override
    {
        return deferred(false, [&] {
            bool stop = false;
            call(own_->functions.is_stop_word, own_->data, term.data(), term.size(), &stop);
            return stop;
        });
    }

    std::string
    get_description() const override
    {
        return own_->functions.get_description != nullptr
                   ? call_for_bytes(own_->functions.get_description, own_->data)
                   : Stopper::get_description();
    }

  private:
    shared_callbacks<xap_stopper_functions> own_;
};

} // namespace

xap_code
xap_stopper_new(const xap_stopper_functions *functions, void *data, xap_stopper **stopper,
                xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_stopper> made(stopper);
        const auto &f = need_functions(functions, "struct of stopper functions");
        need_function(f.is_stop_word, "is_stop_word");
        const auto own = share(f, data);
        made.make(make_counted<Xapian::Stopper, own_stopper>(own));
        own->own();
    });
}

xap_code
xap_simple_stopper_new(xap_stopper **stopper, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_stopper> made(stopper);
        made.make(make_counted<Xapian::Stopper, Xapian::SimpleStopper>());
    });
}

xap_code
xap_simple_stopper_new_words(const char *const *words, const size_t *lengths, size_t number,
                             xap_stopper **stopper, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_stopper> made(stopper);
        const auto list = list_of_bytes(words, lengths, number);
        made.make(make_counted<Xapian::Stopper, Xapian::SimpleStopper>(list.begin(), list.end()));
    });
}

xap_code
xap_simple_stopper_add(xap_stopper *stopper, const char *word, size_t length,
                       xap_error *error) noexcept
{
    return guard(error, [&] {
        auto *simple = dynamic_cast<Xapian::SimpleStopper *>(need(stopper).stopper.get());
        if (simple == nullptr)
            throw Xapian::InvalidOperationError("the stopper is no list of words");
        simple->add(bytes(word, length));
    });
}

void
xap_stopper_free(xap_stopper *stopper) noexcept
{
    delete stopper;
}

xap_code
xap_stopper_apply(const xap_stopper *stopper, const char *term, size_t length, bool *stop,
                  xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(stop);
        answer = (*need(stopper).stopper)(bytes(term, length));
    });
}

xap_code
xap_stopper_get_description(const xap_stopper *stopper, const char **description, size_t *length,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_stopper &s = need(stopper);
        lent = s.description = s.stopper->get_description();
    });
}
