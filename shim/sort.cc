/* sort.cc - keys to sort by
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

class own_key_maker : public Xapian::KeyMaker
{
  public:
    explicit own_key_maker(const shared_callbacks<xap_key_maker_functions> &c) : own_(c)
    {
    }

    std::string
    operator()(const Xapian::Document &document) const override
    {
        const xap_document lent(document);
        const xap_document *const pointer = &lent;
        return call_for_bytes(own_->functions.make, own_->data, pointer);
    }

  private:
    shared_callbacks<xap_key_maker_functions> own_;
};

} // namespace

xap_code
xap_key_maker_new(const xap_key_maker_functions *functions, void *data, xap_key_maker **maker,
                  xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_key_maker> made(maker);
        const auto &f = need_functions(functions, "struct of key maker functions");
        need_function(f.make, "make");
        const auto own = share(f, data);
        made.make(make_counted<Xapian::KeyMaker, own_key_maker>(own));
        own->own();
    });
}

xap_code
xap_multi_value_key_maker_new(xap_key_maker **maker, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_key_maker> made(maker);
        made.make(make_counted<Xapian::KeyMaker, Xapian::MultiValueKeyMaker>());
    });
}

xap_code
xap_multi_value_key_maker_new_slots(const xap_valueno *slots, size_t count, xap_key_maker **maker,
                                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_key_maker> made(maker);
        check_length(slots, count, sizeof *slots);
        made.make(make_counted<Xapian::KeyMaker, Xapian::MultiValueKeyMaker>(slots, slots + count));
    });
}

xap_code
xap_multi_value_key_maker_add_value(xap_key_maker *maker, xap_valueno slot, bool reverse,
                                    const char *value, size_t length, xap_error *error) noexcept
{
    return guard(error, [&] {
        auto *several = dynamic_cast<Xapian::MultiValueKeyMaker *>(need(maker).maker.get());
        if (several == nullptr)
            throw Xapian::InvalidOperationError("the key maker is not of several values");
        several->add_value(slot, reverse, bytes(value, length));
    });
}

void
xap_key_maker_free(xap_key_maker *maker) noexcept
{
    delete maker;
}

xap_code
xap_key_maker_apply(const xap_key_maker *maker, const xap_document *document, const char **key,
                    size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(key, length);
        const xap_key_maker &m = need(maker);
        lent = m.key = (*m.maker)(need(document).document);
    });
}

xap_code
xap_enquire_set_sort_by_key(xap_enquire *enquire, const xap_key_maker *maker, bool reverse,
                            xap_error *error) noexcept
{
    return guard(error,
                 [&] { need(enquire).enquire.set_sort_by_key(need(maker).maker.get(), reverse); });
}

xap_code
xap_enquire_set_sort_by_key_then_relevance(xap_enquire *enquire, const xap_key_maker *maker,
                                           bool reverse, xap_error *error) noexcept
{
    return guard(error, [&] {
        need(enquire).enquire.set_sort_by_key_then_relevance(need(maker).maker.get(), reverse);
    });
}

xap_code
xap_enquire_set_sort_by_relevance_then_key(xap_enquire *enquire, const xap_key_maker *maker,
                                           bool reverse, xap_error *error) noexcept
{
    return guard(error, [&] {
        need(enquire).enquire.set_sort_by_relevance_then_key(need(maker).maker.get(), reverse);
    });
}
