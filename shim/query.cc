/* query.cc - queries
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using Xapian::Query;

static_assert(int{XAP_QUERY_OP_AND} == int{Query::OP_AND}, "op");
static_assert(int{XAP_QUERY_OP_OR} == int{Query::OP_OR}, "op");
static_assert(int{XAP_QUERY_OP_AND_NOT} == int{Query::OP_AND_NOT}, "op");
static_assert(int{XAP_QUERY_OP_XOR} == int{Query::OP_XOR}, "op");
static_assert(int{XAP_QUERY_OP_AND_MAYBE} == int{Query::OP_AND_MAYBE}, "op");
static_assert(int{XAP_QUERY_OP_FILTER} == int{Query::OP_FILTER}, "op");
static_assert(int{XAP_QUERY_OP_NEAR} == int{Query::OP_NEAR}, "op");
static_assert(int{XAP_QUERY_OP_PHRASE} == int{Query::OP_PHRASE}, "op");
static_assert(int{XAP_QUERY_OP_VALUE_RANGE} == int{Query::OP_VALUE_RANGE}, "op");
static_assert(int{XAP_QUERY_OP_SCALE_WEIGHT} == int{Query::OP_SCALE_WEIGHT}, "op");
static_assert(int{XAP_QUERY_OP_ELITE_SET} == int{Query::OP_ELITE_SET}, "op");
static_assert(int{XAP_QUERY_OP_VALUE_GE} == int{Query::OP_VALUE_GE}, "op");
static_assert(int{XAP_QUERY_OP_VALUE_LE} == int{Query::OP_VALUE_LE}, "op");
static_assert(int{XAP_QUERY_OP_SYNONYM} == int{Query::OP_SYNONYM}, "op");
static_assert(int{XAP_QUERY_OP_MAX} == int{Query::OP_MAX}, "op");
static_assert(int{XAP_QUERY_OP_WILDCARD} == int{Query::OP_WILDCARD}, "op");
static_assert(int{XAP_QUERY_OP_INVALID} == int{Query::OP_INVALID}, "op");
static_assert(int{XAP_QUERY_LEAF_TERM} == int{Query::LEAF_TERM}, "op");
static_assert(int{XAP_QUERY_LEAF_POSTING_SOURCE} == int{Query::LEAF_POSTING_SOURCE}, "op");
static_assert(int{XAP_QUERY_LEAF_MATCH_ALL} == int{Query::LEAF_MATCH_ALL}, "op");
static_assert(int{XAP_QUERY_LEAF_MATCH_NOTHING} == int{Query::LEAF_MATCH_NOTHING}, "op");
static_assert(int{XAP_QUERY_WILDCARD_LIMIT_ERROR} == int{Query::WILDCARD_LIMIT_ERROR}, "limit");
static_assert(int{XAP_QUERY_WILDCARD_LIMIT_FIRST} == int{Query::WILDCARD_LIMIT_FIRST}, "limit");
static_assert(int{XAP_QUERY_WILDCARD_LIMIT_MOST_FREQUENT} ==
                  int{Query::WILDCARD_LIMIT_MOST_FREQUENT},
              "limit");

using namespace xap;

namespace
{

/* An operator for Xapian, which says itself which it will not combine by. */
Query::op
combining(xap_query_op op)
{
    return static_cast<Query::op>(
        between(op, XAP_QUERY_OP_AND, XAP_QUERY_OP_WILDCARD, "no such operator"));
}

} // namespace

xap_code
xap_query_new_term(const char *term, size_t term_length, xap_termcount wqf, xap_termpos position,
                   xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(Query(bytes(term, term_length), wqf, position));
    });
}

xap_code
xap_query_new_match_all(xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        /* not Query::MatchAll: threads would share its count */
        made.make(Query(std::string()));
    });
}

xap_code
xap_query_new_match_nothing(xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(Query());
    });
}

xap_code
xap_query_new_invalid(xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(Query(Query::OP_INVALID));
    });
}

xap_code
xap_query_new_combine_terms(xap_query_op op, const char *const *terms, const size_t *lengths,
                            size_t count, xap_termcount parameter, xap_query **query,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        const auto list = list_of_bytes(terms, lengths, count);
        made.make(Query(combining(op), list.begin(), list.end(), parameter));
    });
}

xap_code
xap_query_new_combine(xap_query_op op, xap_query *const *parts, size_t count,
                      xap_termcount parameter, xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        if (parts == nullptr && count != 0)
            throw bad_handle{"array of queries"};
        check_length(parts, count, sizeof *parts);
        std::vector<Query> copies;
        copies.reserve(count);
        for (size_t i = 0; i < count; i++)
            copies.push_back(need(parts[i]).query);
        made.make(Query(combining(op), copies.begin(), copies.end(), parameter));
    });
}

xap_code
xap_query_new_scale_weight(double factor, const xap_query *part, xap_query **query,
                           xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(Query(factor, need(part).query));
    });
}

xap_code
xap_query_new_value_range(xap_valueno slot, const char *low, size_t low_length, const char *high,
                          size_t high_length, xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(
            Query(Query::OP_VALUE_RANGE, slot, bytes(low, low_length), bytes(high, high_length)));
    });
}

xap_code
xap_query_new_value_ge(xap_valueno slot, const char *low, size_t low_length, xap_query **query,
                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(Query(Query::OP_VALUE_GE, slot, bytes(low, low_length)));
    });
}

xap_code
xap_query_new_value_le(xap_valueno slot, const char *high, size_t high_length, xap_query **query,
                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(Query(Query::OP_VALUE_LE, slot, bytes(high, high_length)));
    });
}

xap_code
xap_query_new_wildcard(const char *prefix, size_t prefix_length, xap_termcount max_expansion,
                       xap_query_wildcard_limit limit, xap_query_op combiner, xap_query **query,
                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        /* Xapian checks neither of these two before the match */
        if (limit > XAP_QUERY_WILDCARD_LIMIT_MOST_FREQUENT)
            throw Xapian::InvalidArgumentError("no such wildcard limit");
        if (combiner != XAP_QUERY_OP_SYNONYM && combiner != XAP_QUERY_OP_OR &&
            combiner != XAP_QUERY_OP_MAX)
            throw Xapian::InvalidArgumentError("a wildcard's combiner is SYNONYM, OR or MAX");
        made.make(Query(Query::OP_WILDCARD, bytes(prefix, prefix_length), max_expansion,
                        static_cast<int>(limit), static_cast<Query::op>(combiner)));
    });
}

xap_code
xap_query_new_unserialise(const char *data, size_t length, xap_query **query,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        made.make(Query::unserialise(bytes(data, length)));
    });
}

void
xap_query_free(xap_query *query) noexcept
{
    delete query;
}

xap_code
xap_query_serialise(const xap_query *query, const char **data, size_t *length,
                    xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(data, length);
        const xap_query &q = need(query);
        lent = q.serialised = q.query.serialise();
    });
}

xap_code
xap_query_get_description(const xap_query *query, const char **description, size_t *length,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_query &q = need(query);
        lent = q.description = q.query.get_description();
    });
}

xap_code
xap_query_get_terms_begin(const xap_query *query, xap_term_iterator **iterator,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        made.make(need(query).query.get_terms_begin());
    });
}

xap_code
xap_query_get_unique_terms_begin(const xap_query *query, xap_term_iterator **iterator,
                                 xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        made.make(need(query).query.get_unique_terms_begin());
    });
}

bool
xap_query_empty(const xap_query *query) noexcept
{
    return ask(false, [&] { return need(query).query.empty(); });
}

xap_termcount
xap_query_get_length(const xap_query *query) noexcept
{
    return ask<xap_termcount>(0, [&] { return need(query).query.get_length(); });
}

xap_query_op
xap_query_get_type(const xap_query *query) noexcept
{
    return ask(XAP_QUERY_OP_INVALID,
               [&] { return static_cast<xap_query_op>(need(query).query.get_type()); });
}

size_t
xap_query_get_num_subqueries(const xap_query *query) noexcept
{
    return ask<size_t>(0, [&] { return need(query).query.get_num_subqueries(); });
}

xap_code
xap_query_get_subquery(const xap_query *query, size_t n, xap_query **part,
                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(part);
        const Query &q = need(query).query;
        if (n >= q.get_num_subqueries())
            throw Xapian::RangeError("the query has no such part");
        made.make(q.get_subquery(n));
    });
}
