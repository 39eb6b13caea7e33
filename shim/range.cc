/* range.cc - ranges, as the query parser meets them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

static_assert(int{XAP_RP_SUFFIX} == int{Xapian::RP_SUFFIX}, "flag");
static_assert(int{XAP_RP_REPEATED} == int{Xapian::RP_REPEATED}, "flag");
static_assert(int{XAP_RP_DATE_PREFER_MDY} == int{Xapian::RP_DATE_PREFER_MDY}, "flag");

using namespace xap;

namespace
{

class own_range_processor : public Xapian::RangeProcessor
{
  public:
    own_range_processor(const shared_callbacks<xap_range_processor_functions> &c,
                        xap_valueno slot_number, const std::string &string, unsigned flags_of_range)
        : RangeProcessor(slot_number, string, flags_of_range), own_(c)
    {
    }

    Xapian::Query
    operator()(const std::string &begin, const std::string &end) override
    {
        return deferred(Xapian::Query(), [&] {
            handed_over<xap_query> query;
            call(own_->functions.process, own_->data, begin.data(), begin.size(), end.data(),
                 end.size(), query.place());
            return query.get() != nullptr ? query.get()->query
                                          : Xapian::Query(Xapian::Query::OP_INVALID);
        });
    }

  private:
    shared_callbacks<xap_range_processor_functions> own_;
};

template <typename Kind, typename... More>
xap_code
make(xap_range_processor **processor, xap_error *error, xap_valueno slot, const char *string,
     More... more) noexcept
{
    return guard(error, [&] {
        out_handle<xap_range_processor> made(processor);
        made.make(make_counted<Xapian::RangeProcessor, Kind>(slot, name_of(string), more...));
    });
}

} // namespace

xap_code
xap_range_processor_new(const xap_range_processor_functions *functions, void *data,
                        xap_valueno slot, const char *string, unsigned flags,
                        xap_range_processor **processor, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_range_processor> made(processor);
        const auto &f = need_functions(functions, "struct of range processor functions");
        need_function(f.process, "process");
        const auto own = share(f, data);
        made.make(make_counted<Xapian::RangeProcessor, own_range_processor>(
            own, slot, name_of(string), flags));
        own->own();
    });
}

xap_code
xap_range_processor_new_slot(xap_valueno slot, const char *string, unsigned flags,
                             xap_range_processor **processor, xap_error *error) noexcept
{
    return make<Xapian::RangeProcessor>(processor, error, slot, string, flags);
}

xap_code
xap_date_range_processor_new(xap_valueno slot, const char *string, unsigned flags, int epoch_year,
                             xap_range_processor **processor, xap_error *error) noexcept
{
    return make<Xapian::DateRangeProcessor>(processor, error, slot, string, flags, epoch_year);
}

xap_code
xap_number_range_processor_new(xap_valueno slot, const char *string, unsigned flags,
                               xap_range_processor **processor, xap_error *error) noexcept
{
    return make<Xapian::NumberRangeProcessor>(processor, error, slot, string, flags);
}

void
xap_range_processor_free(xap_range_processor *processor) noexcept
{
    delete processor;
}

xap_code
xap_range_processor_apply(const xap_range_processor *processor, const char *begin,
                          size_t begin_length, const char *end, size_t end_length,
                          xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make((*need(processor).processor)(bytes(begin, begin_length), bytes(end, end_length)));
    });
}

xap_code
xap_range_processor_check_range(const xap_range_processor *processor, const char *begin,
                                size_t begin_length, const char *end, size_t end_length,
                                xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(need(processor).processor->check_range(bytes(begin, begin_length),
                                                         bytes(end, end_length)));
    });
}
