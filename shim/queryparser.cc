/* queryparser.cc - from what people type to queries
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "callback.h"
#include "guard.h"
#include "handle.h"

using Xapian::Query;
using Xapian::QueryParser;

static_assert(int{XAP_QUERY_PARSER_FLAG_BOOLEAN} == int{QueryParser::FLAG_BOOLEAN}, "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_PHRASE} == int{QueryParser::FLAG_PHRASE}, "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_LOVEHATE} == int{QueryParser::FLAG_LOVEHATE}, "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_BOOLEAN_ANY_CASE} ==
                  int{QueryParser::FLAG_BOOLEAN_ANY_CASE},
              "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_WILDCARD} == int{QueryParser::FLAG_WILDCARD}, "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_PURE_NOT} == int{QueryParser::FLAG_PURE_NOT}, "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_PARTIAL} == int{QueryParser::FLAG_PARTIAL}, "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_SPELLING_CORRECTION} ==
                  int{QueryParser::FLAG_SPELLING_CORRECTION},
              "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_SYNONYM} == int{QueryParser::FLAG_SYNONYM}, "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_AUTO_SYNONYMS} == int{QueryParser::FLAG_AUTO_SYNONYMS},
              "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_AUTO_MULTIWORD_SYNONYMS} ==
                  int{QueryParser::FLAG_AUTO_MULTIWORD_SYNONYMS},
              "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_CJK_NGRAM} == int{QueryParser::FLAG_CJK_NGRAM}, "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_ACCUMULATE} == int{QueryParser::FLAG_ACCUMULATE}, "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_NO_POSITIONS} == int{QueryParser::FLAG_NO_POSITIONS},
              "flag");
static_assert(int{XAP_QUERY_PARSER_FLAG_DEFAULT} == int{QueryParser::FLAG_DEFAULT}, "flag");
static_assert(int{XAP_QUERY_PARSER_STEM_NONE} == int{QueryParser::STEM_NONE}, "strategy");
static_assert(int{XAP_QUERY_PARSER_STEM_SOME} == int{QueryParser::STEM_SOME}, "strategy");
static_assert(int{XAP_QUERY_PARSER_STEM_ALL} == int{QueryParser::STEM_ALL}, "strategy");
static_assert(int{XAP_QUERY_PARSER_STEM_ALL_Z} == int{QueryParser::STEM_ALL_Z}, "strategy");
static_assert(int{XAP_QUERY_PARSER_STEM_SOME_FULL_POS} == int{QueryParser::STEM_SOME_FULL_POS},
              "strategy");

using namespace xap;

namespace
{

/* A grouping: NULL is one of its own meaning. */
class grouping
{
  public:
    explicit grouping(const char *name) : given_(name != nullptr), name_(name_of(name))
    {
    }

    const std::string *
    get() const
    {
        return given_ ? &name_ : nullptr;
    }

  private:
    bool given_;
    std::string name_;
};

} // namespace

xap_code
xap_query_parser_new(xap_query_parser **parser, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query_parser> made(parser);
        made.make();
    });
}

void
xap_query_parser_free(xap_query_parser *parser) noexcept
{
    delete parser;
}

xap_code
xap_query_parser_set_stemmer(xap_query_parser *parser, const xap_stem *stem,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        need(parser).parser.set_stemmer(stem != nullptr ? stem->stem : Xapian::Stem());
    });
}

xap_code
xap_query_parser_set_stopper(xap_query_parser *parser, const xap_stopper *stopper,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        need(parser).parser.set_stopper(stopper != nullptr ? stopper->stopper.get() : nullptr);
    });
}

xap_code
xap_query_parser_set_stemming_strategy(xap_query_parser *parser,
                                       xap_query_parser_stem_strategy strategy,
                                       xap_error *error) noexcept
{
    return guard(error, [&] {
        QueryParser &p = need(parser).parser;
        const auto known =
            between(strategy, XAP_QUERY_PARSER_STEM_NONE, XAP_QUERY_PARSER_STEM_SOME_FULL_POS,
                    "no such stemming strategy");
        p.set_stemming_strategy(static_cast<QueryParser::stem_strategy>(known));
    });
}

xap_code
xap_query_parser_set_default_op(xap_query_parser *parser, xap_query_op op,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        QueryParser &p = need(parser).parser;
        const auto known = between(op, XAP_QUERY_OP_AND, XAP_QUERY_OP_WILDCARD, "no such operator");
        p.set_default_op(static_cast<Query::op>(known));
    });
}

xap_query_op
xap_query_parser_get_default_op(const xap_query_parser *parser) noexcept
{
    return ask(XAP_QUERY_OP_INVALID,
               [&] { return static_cast<xap_query_op>(need(parser).parser.get_default_op()); });
}

xap_code
xap_query_parser_set_database(xap_query_parser *parser, const xap_database *database,
                              xap_error *error) noexcept
{
    return guard(error, [&] { need(parser).parser.set_database(need(database).database); });
}

xap_code
xap_query_parser_set_max_expansion(xap_query_parser *parser, xap_termcount max_expansion,
                                   xap_query_wildcard_limit limit, unsigned flags,
                                   xap_error *error) noexcept
{
    return guard(error, [&] {
        QueryParser &p = need(parser).parser;
        const auto known =
            between(limit, XAP_QUERY_WILDCARD_LIMIT_ERROR, XAP_QUERY_WILDCARD_LIMIT_MOST_FREQUENT,
                    "no such wildcard limit");
        p.set_max_expansion(max_expansion, static_cast<int>(known), flags);
    });
}

xap_code
xap_query_parser_parse_query(xap_query_parser *parser, const char *text, size_t text_length,
                             unsigned flags, const char *default_prefix, size_t prefix_length,
                             xap_query **query, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_query> made(query);
        QueryParser &p = need(parser).parser;
        const std::string typed = bytes(text, text_length);
        const std::string prefix = bytes(default_prefix, prefix_length);
        /* an exception out of stemmers and such would lose what has been parsed so far */
        made.make(deferring([&] { return p.parse_query(typed, flags, prefix); }));
    });
}

xap_code
xap_query_parser_add_prefix(xap_query_parser *parser, const char *field, const char *prefix,
                            xap_error *error) noexcept
{
    return guard(error, [&] { need(parser).parser.add_prefix(text(field), text(prefix)); });
}

xap_code
xap_query_parser_add_prefix_processor(xap_query_parser *parser, const char *field,
                                      const xap_field_processor *processor,
                                      xap_error *error) noexcept
{
    return guard(error, [&] {
        need(parser).parser.add_prefix(text(field), need(processor).processor.get());
    });
}

xap_code
xap_query_parser_add_boolean_prefix(xap_query_parser *parser, const char *field, const char *prefix,
                                    const char *group, xap_error *error) noexcept
{
    return guard(error, [&] {
        need(parser).parser.add_boolean_prefix(text(field), text(prefix), grouping(group).get());
    });
}

xap_code
xap_query_parser_add_boolean_prefix_processor(xap_query_parser *parser, const char *field,
                                              const xap_field_processor *processor,
                                              const char *group, xap_error *error) noexcept
{
    return guard(error, [&] {
        need(parser).parser.add_boolean_prefix(text(field), need(processor).processor.get(),
                                               grouping(group).get());
    });
}

xap_code
xap_query_parser_add_rangeprocessor(xap_query_parser *parser, const xap_range_processor *processor,
                                    const char *group, xap_error *error) noexcept
{
    return guard(error, [&] {
        need(parser).parser.add_rangeprocessor(need(processor).processor.get(),
                                               grouping(group).get());
    });
}

xap_code
xap_query_parser_stoplist_begin(const xap_query_parser *parser, xap_term_iterator **iterator,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        made.make(need(parser).parser.stoplist_begin());
    });
}

xap_code
xap_query_parser_unstem_begin(const xap_query_parser *parser, const char *term, size_t length,
                              xap_term_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        made.make(need(parser).parser.unstem_begin(bytes(term, length)));
    });
}

xap_code
xap_query_parser_get_corrected_query_string(const xap_query_parser *parser, const char **corrected,
                                            size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(corrected, length);
        const xap_query_parser &p = need(parser);
        lent = p.corrected = p.parser.get_corrected_query_string();
    });
}

xap_code
xap_query_parser_get_description(const xap_query_parser *parser, const char **description,
                                 size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_query_parser &p = need(parser);
        lent = p.description = p.parser.get_description();
    });
}
