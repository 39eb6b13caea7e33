/* weight-own.cc - weighting schemes of the caller's own, and what all schemes can
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using namespace xap;

static_assert(XAP_WEIGHT_TOTAL_LENGTH == (XAP_WEIGHT_COLLECTION_SIZE | XAP_WEIGHT_AVERAGE_LENGTH),
              "flag");
static_assert(int{XAP_WEIGHT_TWO_STAGE_SMOOTHING} == int{Xapian::Weight::TWO_STAGE_SMOOTHING},
              "smoothing");
static_assert(int{XAP_WEIGHT_DIRICHLET_SMOOTHING} == int{Xapian::Weight::DIRICHLET_SMOOTHING},
              "smoothing");
static_assert(int{XAP_WEIGHT_ABSOLUTE_DISCOUNT_SMOOTHING} ==
                  int{Xapian::Weight::ABSOLUTE_DISCOUNT_SMOOTHING},
              "smoothing");
static_assert(int{XAP_WEIGHT_JELINEK_MERCER_SMOOTHING} ==
                  int{Xapian::Weight::JELINEK_MERCER_SMOOTHING},
              "smoothing");
static_assert(int{XAP_WEIGHT_DIRICHLET_PLUS_SMOOTHING} ==
                  int{Xapian::Weight::DIRICHLET_PLUS_SMOOTHING},
              "smoothing");

namespace
{

using functions_of_weight = xap_weight_functions;

/*
 * While Xapian builds a match it owns its parts by plain pointers: an exception
 * out of what it calls then would leave the database open, and locked, for ever.
 * Those failures are kept; get_sumpart and get_sumextra are called by a match
 * that has been built, and may throw.
 */
class own_weight : public Xapian::Weight
{
  public:
    own_weight(const shared_callbacks<functions_of_weight> &c, const std::string &name,
               unsigned needs)
        : own_(c), name_(name), needs_(needs), stats_()
    {
        static_assert(int{XAP_WEIGHT_COLLECTION_SIZE} == int{COLLECTION_SIZE}, "stat");
        static_assert(int{XAP_WEIGHT_RSET_SIZE} == int{RSET_SIZE}, "stat");
        static_assert(int{XAP_WEIGHT_AVERAGE_LENGTH} == int{AVERAGE_LENGTH}, "stat");
        static_assert(int{XAP_WEIGHT_TERMFREQ} == int{TERMFREQ}, "stat");
        static_assert(int{XAP_WEIGHT_RELTERMFREQ} == int{RELTERMFREQ}, "stat");
        static_assert(int{XAP_WEIGHT_QUERY_LENGTH} == int{QUERY_LENGTH}, "stat");
        static_assert(int{XAP_WEIGHT_WQF} == int{WQF}, "stat");
        static_assert(int{XAP_WEIGHT_WDF} == int{WDF}, "stat");
        static_assert(int{XAP_WEIGHT_DOC_LENGTH} == int{DOC_LENGTH}, "stat");
        static_assert(int{XAP_WEIGHT_DOC_LENGTH_MIN} == int{DOC_LENGTH_MIN}, "stat");
        static_assert(int{XAP_WEIGHT_DOC_LENGTH_MAX} == int{DOC_LENGTH_MAX}, "stat");
        static_assert(int{XAP_WEIGHT_WDF_MAX} == int{WDF_MAX}, "stat");
        static_assert(int{XAP_WEIGHT_COLLECTION_FREQ} == int{COLLECTION_FREQ}, "stat");
        static_assert(int{XAP_WEIGHT_UNIQUE_TERMS} == int{UNIQUE_TERMS}, "stat");
        for (unsigned flag = COLLECTION_SIZE; flag <= UNIQUE_TERMS; flag <<= 1) {
            if ((needs & flag) != 0)
                need_stat(static_cast<stat_flags>(flag));
        }
    }

    Weight *
    clone() const override
    {
        return new own_weight(cloned(own_), name_, needs_);
    }

    std::string
    name() const override
    {
        return name_;
    }

    std::string
    serialise() const override
    {
        return own_->functions.serialise != nullptr
                   ? call_for_bytes(own_->functions.serialise, own_->data)
                   : Weight::serialise();
    }

    Weight *
    unserialise(const std::string &serialised) const override
    {
        return new own_weight(unserialised(own_, serialised), name_, needs_);
    }

    double
    get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                Xapian::termcount unique) const override
    {
        return ask_for(own_->functions.get_sumpart, wdf, length, unique);
    }

    double
    get_maxpart() const override
    {
        return deferred(0.0, [&] { return ask_for(own_->functions.get_maxpart); });
    }

    double
    get_sumextra(Xapian::termcount length, Xapian::termcount unique) const override
    {
        return own_->functions.get_sumextra != nullptr
                   ? ask_for(own_->functions.get_sumextra, length, unique)
                   : 0;
    }

    double
    get_maxextra() const override
    {
        if (own_->functions.get_maxextra == nullptr)
            return 0;
        return deferred(0.0, [&] { return ask_for(own_->functions.get_maxextra); });
    }

  protected:
    void
    init(double factor) override
    {
        stats_.factor = factor;
        /* what was not asked for may hold anything */
        stats_.collection_size = known(COLLECTION_SIZE, get_collection_size());
        stats_.rset_size = known(RSET_SIZE, get_rset_size());
        stats_.average_length = known(AVERAGE_LENGTH, get_average_length());
        stats_.termfreq = known(TERMFREQ, get_termfreq());
        stats_.reltermfreq = known(RELTERMFREQ, get_reltermfreq());
        stats_.query_length = known(QUERY_LENGTH, get_query_length());
        stats_.wqf = known(WQF, get_wqf());
        stats_.doclength_lower_bound = known(DOC_LENGTH_MIN, get_doclength_lower_bound());
        stats_.doclength_upper_bound = known(DOC_LENGTH_MAX, get_doclength_upper_bound());
        stats_.wdf_upper_bound = known(WDF_MAX, get_wdf_upper_bound());
        stats_.collection_freq = known(COLLECTION_FREQ, get_collection_freq());
        if ((needs_ & TOTAL_LENGTH) == TOTAL_LENGTH)
            stats_.total_length = get_total_length();
        if (own_->functions.init != nullptr)
            deferred(true, [&] {
                call(own_->functions.init, own_->data,
                     static_cast<const xap_weight_stats *>(&stats_));
                return true;
            });
    }

  private:
    template <typename Value>
    Value
    known(stat_flags flag, Value value) const
    {
        return (needs_ & flag) != 0 ? value : Value();
    }

    template <typename Function, typename... Arguments>
    double
    ask_for(Function *function, Arguments... arguments) const
    {
        double weight = 0;
        call(function, own_->data, &stats_, arguments..., &weight);
        return weight;
    }

    shared_callbacks<functions_of_weight> own_;
    std::string name_;
    unsigned needs_;
    xap_weight_stats stats_;
};

} // namespace

xap_code
xap_weight_new(const xap_weight_functions *functions, void *data, unsigned needs,
               xap_weight **weight, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_weight> made(weight);
        const auto &f = need_functions(functions, "struct of weight functions");
        need_function(f.get_sumpart, "get_sumpart");
        need_function(f.get_maxpart, "get_maxpart");
        if ((f.get_sumextra == nullptr) != (f.get_maxextra == nullptr))
            throw Xapian::InvalidArgumentError("of get_sumextra and get_maxextra one is NULL");
        const auto own = share(f, data);
        made.make(std::make_unique<own_weight>(own, name_of(f.name), needs));
        own->own();
    });
}

xap_code
xap_weight_new_lm(double param_log, xap_weight_smoothing smoothing, double param_smoothing1,
                  double param_smoothing2, xap_weight **weight, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_weight> made(weight);
        const auto kind = between(smoothing, XAP_WEIGHT_TWO_STAGE_SMOOTHING,
                                  XAP_WEIGHT_DIRICHLET_PLUS_SMOOTHING, "no such smoothing");
        made.make(std::make_unique<Xapian::LMWeight>(
            param_log, static_cast<Xapian::Weight::type_smoothing>(kind), param_smoothing1,
            param_smoothing2));
    });
}

xap_code
xap_weight_clone(const xap_weight *weight, xap_weight **copy, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_weight> made(copy);
        made.make(std::unique_ptr<Xapian::Weight>(need(weight).weight->clone()));
    });
}

xap_code
xap_weight_serialise(const xap_weight *weight, const char **data, size_t *length,
                     xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(data, length);
        const xap_weight &w = need(weight);
        lent = w.serialised = w.weight->serialise();
    });
}

xap_code
xap_weight_unserialise(const xap_weight *weight, const char *data, size_t length,
                       xap_weight **unserialised_weight, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_weight> made(unserialised_weight);
        made.make(
            std::unique_ptr<Xapian::Weight>(need(weight).weight->unserialise(bytes(data, length))));
    });
}
