/* source.cc - posting sources
 *
 * Xapian's sources read what nobody has set when they are asked before init, or
 * before the first move: a handle knows how far it has come.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

/* The source, after init. */
template <typename Handle>
Handle &
initialised(Handle *source)
{
    Handle &s = need(source);
    if (!s.initialised)
        throw Xapian::InvalidOperationError("the posting source has not been given a database");
    return s;
}

/* The source, after a move. */
template <typename Handle>
Handle &
moved(Handle *source)
{
    Handle &s = initialised(source);
    if (!s.positioned)
        throw Xapian::InvalidOperationError("the posting source stands nowhere yet");
    return s;
}

/* The source, on a document. */
const xap_posting_source &
current(const xap_posting_source *source)
{
    const xap_posting_source &s = moved(source);
    if (s.source->at_end())
        throw Xapian::InvalidOperationError("the posting source is at its end");
    return s;
}

/* After a failed step it stands nowhere. */
template <typename Step>
void
move(xap_posting_source *source, Step step)
{
    xap_posting_source &s = initialised(source);
    if (s.positioned && s.source->at_end())
        return;
    s.positioned = false;
    s.positioned = step(*s.source);
}

template <typename Kind>
Kind &
as(const xap_posting_source &source)
{
    auto *kind = dynamic_cast<Kind *>(source.source.get());
    if (kind == nullptr)
        throw Xapian::InvalidOperationError("the posting source is of another kind");
    return *kind;
}

Xapian::ValuePostingSource &
over_values(const xap_posting_source &source)
{
    return as<Xapian::ValuePostingSource>(source);
}

} // namespace

/* ---- Kinds ---- */

xap_code
xap_value_posting_source_new(xap_valueno slot, xap_posting_source **source,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(source);
        made.make(make_counted<Xapian::PostingSource, Xapian::ValuePostingSource>(slot));
    });
}

xap_code
xap_value_weight_posting_source_new(xap_valueno slot, xap_posting_source **source,
                                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(source);
        made.make(make_counted<Xapian::PostingSource, Xapian::ValueWeightPostingSource>(slot));
    });
}

xap_code
xap_decreasing_value_weight_posting_source_new(xap_valueno slot, xap_docid range_start,
                                               xap_docid range_end, xap_posting_source **source,
                                               xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(source);
        made.make(make_counted<Xapian::PostingSource, Xapian::DecreasingValueWeightPostingSource>(
            slot, range_start, range_end));
    });
}

xap_code
xap_value_map_posting_source_new(xap_valueno slot, xap_posting_source **source,
                                 xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(source);
        made.make(make_counted<Xapian::PostingSource, Xapian::ValueMapPostingSource>(slot));
    });
}

xap_code
xap_value_map_posting_source_add_mapping(xap_posting_source *source, const char *key, size_t length,
                                         double weight, xap_error *error) noexcept
{
    return guard(error, [&] {
        as<Xapian::ValueMapPostingSource>(need(source)).add_mapping(bytes(key, length), weight);
    });
}

xap_code
xap_value_map_posting_source_clear_mappings(xap_posting_source *source, xap_error *error) noexcept
{
    return guard(error, [&] { as<Xapian::ValueMapPostingSource>(need(source)).clear_mappings(); });
}

xap_code
xap_value_map_posting_source_set_default_weight(xap_posting_source *source, double weight,
                                                xap_error *error) noexcept
{
    return guard(
        error, [&] { as<Xapian::ValueMapPostingSource>(need(source)).set_default_weight(weight); });
}

xap_code
xap_fixed_weight_posting_source_new(double weight, xap_posting_source **source,
                                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(source);
        if (!(weight >= 0))
            throw Xapian::InvalidArgumentError("the weight is negative");
        made.make(make_counted<Xapian::PostingSource, Xapian::FixedWeightPostingSource>(weight));
    });
}

void
xap_posting_source_free(xap_posting_source *source) noexcept
{
    delete source;
}

xap_code
xap_query_new_posting_source(const xap_posting_source *source, xap_query **query,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(Xapian::Query(need(source).source.get()));
    });
}

/* ---- Moving ---- */

xap_code
xap_posting_source_init(xap_posting_source *source, const xap_database *database,
                        xap_error *error) noexcept
{
    return guard(error, [&] {
        xap_posting_source &s = need(source);
        const Xapian::Database &d = need(database).database;
        if (d.size() != 1)
            throw Xapian::InvalidArgumentError("a posting source wants a database of one shard");
        s.initialised = s.positioned = false;
        s.source->init(d);
        s.initialised = true;
    });
}

xap_code
xap_posting_source_get_termfreq_min(const xap_posting_source *source, xap_doccount *number,
                                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> n(number);
        n = initialised(source).source->get_termfreq_min();
    });
}

xap_code
xap_posting_source_get_termfreq_est(const xap_posting_source *source, xap_doccount *number,
                                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> n(number);
        n = initialised(source).source->get_termfreq_est();
    });
}

xap_code
xap_posting_source_get_termfreq_max(const xap_posting_source *source, xap_doccount *number,
                                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> n(number);
        n = initialised(source).source->get_termfreq_max();
    });
}

xap_code
xap_posting_source_next(xap_posting_source *source, double min_weight, xap_error *error) noexcept
{
    return guard(error, [&] {
        move(source, [&](auto &s) {
            s.next(min_weight);
            return true;
        });
    });
}

xap_code
xap_posting_source_skip_to(xap_posting_source *source, xap_docid docid, double min_weight,
                           xap_error *error) noexcept
{
    return guard(error, [&] {
        const bool started = initialised(source).positioned;
        move(source, [&](auto &s) {
            /* Xapian's own begins with get_docid() */
            if (!started)
                s.next(min_weight);
            if (!s.at_end())
                s.skip_to(docid, min_weight);
            return true;
        });
    });
}

xap_code
xap_posting_source_check(xap_posting_source *source, xap_docid docid, double min_weight,
                         bool *positioned, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(positioned);
        bool result = true;
        move(source, [&](auto &s) { return result = s.check(docid, min_weight); });
        answer = result;
    });
}

xap_code
xap_posting_source_at_end(const xap_posting_source *source, bool *at_end, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(at_end);
        answer = moved(source).source->at_end();
    });
}

xap_code
xap_posting_source_get_docid(const xap_posting_source *source, xap_docid *docid,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = current(source).source->get_docid();
    });
}

xap_code
xap_posting_source_get_weight(const xap_posting_source *source, double *weight,
                              xap_error *error) noexcept
{
    return guard(error, [&] {
        out<double> w(weight);
        w = current(source).source->get_weight();
    });
}

xap_code
xap_posting_source_set_maxweight(xap_posting_source *source, double weight,
                                 xap_error *error) noexcept
{
    return guard(error, [&] { need(source).source->set_maxweight(weight); });
}

double
xap_posting_source_get_maxweight(const xap_posting_source *source) noexcept
{
    return ask(0.0, [&] { return need(source).source->get_maxweight(); });
}

/* ---- Copies, names, bytes ---- */

xap_code
xap_posting_source_clone(const xap_posting_source *source, xap_posting_source **copy,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(copy);
        Xapian::PostingSource *clone = need(source).source->clone();
        if (clone != nullptr)
            made.make(count(clone));
    });
}

xap_code
xap_posting_source_name(const xap_posting_source *source, const char **name, size_t *length,
                        xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(name, length);
        const xap_posting_source &s = need(source);
        lent = s.name = s.source->name();
    });
}

xap_code
xap_posting_source_serialise(const xap_posting_source *source, const char **data, size_t *length,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(data, length);
        const xap_posting_source &s = need(source);
        lent = s.serialised = s.source->serialise();
    });
}

xap_code
xap_posting_source_unserialise(const xap_posting_source *source, const char *data, size_t length,
                               xap_posting_source **unserialised, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(unserialised);
        made.make(count(need(source).source->unserialise(bytes(data, length))));
    });
}

xap_code
xap_posting_source_unserialise_with_registry(const xap_posting_source *source, const char *data,
                                             size_t length, const xap_registry *registry,
                                             xap_posting_source **unserialised,
                                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_source> made(unserialised);
        made.make(count(need(source).source->unserialise_with_registry(bytes(data, length),
                                                                       need(registry).registry)));
    });
}

xap_code
xap_posting_source_get_description(const xap_posting_source *source, const char **description,
                                   size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_posting_source &s = need(source);
        lent = s.description = s.source->get_description();
    });
}

/* ---- Over values ---- */

xap_code
xap_value_posting_source_get_database(const xap_posting_source *source, xap_database **database,
                                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_database> made(database);
        made.make(over_values(initialised(source)).get_database());
    });
}

xap_code
xap_value_posting_source_get_slot(const xap_posting_source *source, xap_valueno *slot,
                                  xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_valueno> n(slot);
        n = over_values(need(source)).get_slot();
    });
}

xap_code
xap_value_posting_source_get_value(const xap_posting_source *source, const char **value,
                                   size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(value, length);
        const Xapian::ValuePostingSource &values = over_values(need(source));
        const xap_posting_source &s = current(source);
        lent = s.value = values.get_value();
    });
}

xap_code
xap_value_posting_source_done(xap_posting_source *source, xap_error *error) noexcept
{
    return guard(error, [&] {
        xap_posting_source &s = initialised(source);
        over_values(s).done();
        s.positioned = true;
    });
}

xap_code
xap_value_posting_source_get_started(const xap_posting_source *source, bool *started,
                                     xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(started);
        answer = over_values(initialised(source)).get_started();
    });
}

xap_code
xap_value_posting_source_set_termfreq_min(xap_posting_source *source, xap_doccount number,
                                          xap_error *error) noexcept
{
    return guard(error, [&] { over_values(initialised(source)).set_termfreq_min(number); });
}

xap_code
xap_value_posting_source_set_termfreq_est(xap_posting_source *source, xap_doccount number,
                                          xap_error *error) noexcept
{
    return guard(error, [&] { over_values(initialised(source)).set_termfreq_est(number); });
}

xap_code
xap_value_posting_source_set_termfreq_max(xap_posting_source *source, xap_doccount number,
                                          xap_error *error) noexcept
{
    return guard(error, [&] { over_values(initialised(source)).set_termfreq_max(number); });
}
