/* field.cc - fields, as the query parser meets them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

class own_field_processor : public Xapian::FieldProcessor
{
  public:
    explicit own_field_processor(const shared_callbacks<xap_field_processor_functions> &c) : own_(c)
    {
    }

    Xapian::Query
    operator()(const std::string &text) override
    {
        return deferred(Xapian::Query(), [&] {
            handed_over<xap_query> query;
            call(own_->functions.process, own_->data, text.data(), text.size(), query.place());
            if (query.get() == nullptr)
                throw Xapian::InvalidArgumentError("the field processor gave no query");
            return query.get()->query;
        });
    }

  private:
    shared_callbacks<xap_field_processor_functions> own_;
};

} // namespace

xap_code
xap_field_processor_new(const xap_field_processor_functions *functions, void *data,
                        xap_field_processor **processor, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_field_processor> made(processor);
        const auto &f = need_functions(functions, "struct of field processor functions");
        need_function(f.process, "process");
        const auto own = share(f, data);
        made.make(make_counted<Xapian::FieldProcessor, own_field_processor>(own));
        own->own();
    });
}

void
xap_field_processor_free(xap_field_processor *processor) noexcept
{
    delete processor;
}

xap_code
xap_field_processor_apply(const xap_field_processor *processor, const char *text, size_t length,
                          xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make((*need(processor).processor)(bytes(text, length)));
    });
}
