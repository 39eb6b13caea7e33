/* weight.cc - weighting schemes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

template <typename Scheme, typename... Parameters>
xap_code
make(xap_weight **weight, xap_error *error, Parameters... parameters) noexcept
{
    return guard(error, [&] {
        out_handle<xap_weight> made(weight);
        made.make(std::make_unique<Scheme>(parameters...));
    });
}

} // namespace

xap_code
xap_weight_new_bool(xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::BoolWeight>(weight, error);
}

xap_code
xap_weight_new_coord(xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::CoordWeight>(weight, error);
}

xap_code
xap_weight_new_bm25(double k1, double k2, double k3, double b, double min_normlen,
                    xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::BM25Weight>(weight, error, k1, k2, k3, b, min_normlen);
}

xap_code
xap_weight_new_bm25_plus(double k1, double k2, double k3, double b, double min_normlen,
                         double delta, xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::BM25PlusWeight>(weight, error, k1, k2, k3, b, min_normlen, delta);
}

xap_code
xap_weight_new_trad(double k, xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::TradWeight>(weight, error, k);
}

xap_code
xap_weight_new_tf_idf(const char *normalizations, xap_weight **weight, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_weight> made(weight);
        made.make(std::make_unique<Xapian::TfIdfWeight>(text(normalizations)));
    });
}

xap_code
xap_weight_new_in_l2(double c, xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::InL2Weight>(weight, error, c);
}

xap_code
xap_weight_new_if_b2(double c, xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::IfB2Weight>(weight, error, c);
}

xap_code
xap_weight_new_ine_b2(double c, xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::IneB2Weight>(weight, error, c);
}

xap_code
xap_weight_new_bb2(double c, xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::BB2Weight>(weight, error, c);
}

xap_code
xap_weight_new_dlh(xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::DLHWeight>(weight, error);
}

xap_code
xap_weight_new_dph(xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::DPHWeight>(weight, error);
}

xap_code
xap_weight_new_pl2(double c, xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::PL2Weight>(weight, error, c);
}

xap_code
xap_weight_new_pl2_plus(double c, double delta, xap_weight **weight, xap_error *error) noexcept
{
    return make<Xapian::PL2PlusWeight>(weight, error, c, delta);
}

void
xap_weight_free(xap_weight *weight) noexcept
{
    delete weight;
}

xap_code
xap_weight_name(const xap_weight *weight, const char **name, size_t *length,
                xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(name, length);
        const xap_weight &w = need(weight);
        lent = w.name = w.weight->name();
    });
}
