/* xapian-c-parse.h - from what people type to queries: the query parser, ranges, fields
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * Functions of the caller's: see "Callbacks" there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_PARSE_H
#define XAPIAN_C_PARSE_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_field_processor;
struct xap_query_parser;
struct xap_range_processor;
struct xap_stopper;

/* ---- Ranges -------------------------------------------------------------- */

enum {
    XAP_RP_SUFFIX = 1,         /* the string stands behind */
    XAP_RP_REPEATED = 2,       /* on both ends: "$1..$5" */
    XAP_RP_DATE_PREFER_MDY = 4 /* 02/03/2026 is in February */
};

struct xap_range_processor_functions {
    /*
     * The query for the range, which the library frees, also when the function
     * fails; NULL for one that is not this processor's business. An open end is
     * empty.
     */
    enum xap_code (*process)(void *data, const char *begin, size_t begin_length, const char *end,
                             size_t end_length, struct xap_query **query, struct xap_error *error);
    void (*destroy)(void *data); /* may be NULL */
};

/* slot, string and flags are for xap_range_processor_check_range; string may be NULL. */
XAP_API enum xap_code xap_range_processor_new(const struct xap_range_processor_functions *functions,
                                              void *data, xap_valueno slot, const char *string,
                                              unsigned flags,
                                              struct xap_range_processor **processor,
                                              struct xap_error *error) XAP_NOEXCEPT;
/* Ranges of the values of slot as they are; of dates as YYYYMMDD; of numbers as
 * xap_sortable_serialise makes them. */
XAP_API enum xap_code xap_range_processor_new_slot(xap_valueno slot, const char *string,
                                                   unsigned flags,
                                                   struct xap_range_processor **processor,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/* epoch_year: the first a year of two digits can be; Xapian's own is 1970. */
XAP_API enum xap_code xap_date_range_processor_new(xap_valueno slot, const char *string,
                                                   unsigned flags, int epoch_year,
                                                   struct xap_range_processor **processor,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_number_range_processor_new(xap_valueno slot, const char *string,
                                                     unsigned flags,
                                                     struct xap_range_processor **processor,
                                                     struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_range_processor_free(struct xap_range_processor *processor) XAP_NOEXCEPT;
/* The query for a range whose string is already gone; of type XAP_QUERY_OP_INVALID if it is none.
 */
XAP_API enum xap_code xap_range_processor_apply(const struct xap_range_processor *processor,
                                                const char *begin, size_t begin_length,
                                                const char *end, size_t end_length,
                                                struct xap_query **query,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* The same, which first looks for the string and takes it away. */
XAP_API enum xap_code xap_range_processor_check_range(const struct xap_range_processor *processor,
                                                      const char *begin, size_t begin_length,
                                                      const char *end, size_t end_length,
                                                      struct xap_query **query,
                                                      struct xap_error *error) XAP_NOEXCEPT;

/* ---- Fields -------------------------------------------------------------- */

struct xap_field_processor_functions {
    /* The query for what stands behind the field's name, which the library frees, also when the
     * function fails. */
    enum xap_code (*process)(void *data, const char *text, size_t length, struct xap_query **query,
                             struct xap_error *error);
    void (*destroy)(void *data); /* may be NULL */
};

XAP_API enum xap_code xap_field_processor_new(const struct xap_field_processor_functions *functions,
                                              void *data, struct xap_field_processor **processor,
                                              struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_field_processor_free(struct xap_field_processor *processor) XAP_NOEXCEPT;
XAP_API enum xap_code xap_field_processor_apply(const struct xap_field_processor *processor,
                                                const char *text, size_t length,
                                                struct xap_query **query,
                                                struct xap_error *error) XAP_NOEXCEPT;

/* ---- Query parser -------------------------------------------------------- */

enum {
    XAP_QUERY_PARSER_FLAG_BOOLEAN = 1,
    XAP_QUERY_PARSER_FLAG_PHRASE = 2,
    XAP_QUERY_PARSER_FLAG_LOVEHATE = 4,
    XAP_QUERY_PARSER_FLAG_BOOLEAN_ANY_CASE = 8,
    XAP_QUERY_PARSER_FLAG_WILDCARD = 16,
    XAP_QUERY_PARSER_FLAG_PURE_NOT = 32,
    XAP_QUERY_PARSER_FLAG_PARTIAL = 64,
    XAP_QUERY_PARSER_FLAG_SPELLING_CORRECTION = 128,
    XAP_QUERY_PARSER_FLAG_SYNONYM = 256,
    XAP_QUERY_PARSER_FLAG_AUTO_SYNONYMS = 512,
    XAP_QUERY_PARSER_FLAG_AUTO_MULTIWORD_SYNONYMS = 1024,
    XAP_QUERY_PARSER_FLAG_CJK_NGRAM = 2048,
    XAP_QUERY_PARSER_FLAG_ACCUMULATE = 0x10000,
    XAP_QUERY_PARSER_FLAG_NO_POSITIONS = 0x20000,
    XAP_QUERY_PARSER_FLAG_DEFAULT = 7 /* PHRASE, BOOLEAN, LOVEHATE: Xapian's own */
};

/* As the term generator's. */
enum xap_query_parser_stem_strategy XAP_UNSIGNED {
    XAP_QUERY_PARSER_STEM_NONE = 0,
    XAP_QUERY_PARSER_STEM_SOME = 1,
    XAP_QUERY_PARSER_STEM_ALL = 2,
    XAP_QUERY_PARSER_STEM_ALL_Z = 3,
    XAP_QUERY_PARSER_STEM_SOME_FULL_POS = 4
};

XAP_API enum xap_code xap_query_parser_new(struct xap_query_parser **parser,
                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_query_parser_free(struct xap_query_parser *parser) XAP_NOEXCEPT;
/* The parser keeps alive what these, and the add_... below, are given. stem and stopper may be
 * NULL: none. */
XAP_API enum xap_code xap_query_parser_set_stemmer(struct xap_query_parser *parser,
                                                   const struct xap_stem *stem,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_query_parser_set_stopper(struct xap_query_parser *parser,
                                                   const struct xap_stopper *stopper,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_query_parser_set_stemming_strategy(struct xap_query_parser *parser,
                                       enum xap_query_parser_stem_strategy strategy,
                                       struct xap_error *error) XAP_NOEXCEPT;
/* AND, OR (Xapian's own), NEAR, PHRASE, ELITE_SET, SYNONYM or MAX. */
XAP_API enum xap_code xap_query_parser_set_default_op(struct xap_query_parser *parser,
                                                      enum xap_query_op op,
                                                      struct xap_error *error) XAP_NOEXCEPT;
/* XAP_QUERY_OP_INVALID for a NULL handle. */
XAP_API enum xap_query_op
xap_query_parser_get_default_op(const struct xap_query_parser *parser) XAP_NOEXCEPT;
/* For spelling and synonyms. */
XAP_API enum xap_code xap_query_parser_set_database(struct xap_query_parser *parser,
                                                    const struct xap_database *database,
                                                    struct xap_error *error) XAP_NOEXCEPT;
/* flags: FLAG_WILDCARD or FLAG_PARTIAL or both. max_expansion 0, Xapian's own for wildcards, is
 * without limit. */
XAP_API enum xap_code xap_query_parser_set_max_expansion(struct xap_query_parser *parser,
                                                         xap_termcount max_expansion,
                                                         enum xap_query_wildcard_limit limit,
                                                         unsigned flags,
                                                         struct xap_error *error) XAP_NOEXCEPT;
/*
 * XAP_QUERY_PARSER_ERROR, with a message for people, if text, which is UTF-8, is
 * not understood. When memory runs out in here Xapian 1.4.22 may crash. Thousands of nested
 * brackets overflow the stack: bound the length of what users may ask.
 */
XAP_API enum xap_code xap_query_parser_parse_query(struct xap_query_parser *parser,
                                                   const char *text, size_t text_length,
                                                   unsigned flags, const char *default_prefix,
                                                   size_t prefix_length, struct xap_query **query,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/* field is what people type before ':'; "" is text without a field. */
XAP_API enum xap_code xap_query_parser_add_prefix(struct xap_query_parser *parser,
                                                  const char *field, const char *prefix,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_query_parser_add_prefix_processor(struct xap_query_parser *parser, const char *field,
                                      const struct xap_field_processor *processor,
                                      struct xap_error *error) XAP_NOEXCEPT;
/* Filters; those of one grouping are joined by OR, groupings by AND. grouping NULL: by field; "":
 * by AND always. */
XAP_API enum xap_code xap_query_parser_add_boolean_prefix(struct xap_query_parser *parser,
                                                          const char *field, const char *prefix,
                                                          const char *grouping,
                                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_query_parser_add_boolean_prefix_processor(
    struct xap_query_parser *parser, const char *field, const struct xap_field_processor *processor,
    const char *grouping, struct xap_error *error) XAP_NOEXCEPT;
/* Processors are asked in the order in which they were added. grouping NULL: by slot. */
XAP_API enum xap_code
xap_query_parser_add_rangeprocessor(struct xap_query_parser *parser,
                                    const struct xap_range_processor *processor,
                                    const char *grouping, struct xap_error *error) XAP_NOEXCEPT;
/* Of the last query: its stop words, and the words that became this term. */
XAP_API enum xap_code xap_query_parser_stoplist_begin(const struct xap_query_parser *parser,
                                                      struct xap_term_iterator **iterator,
                                                      struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_query_parser_unstem_begin(const struct xap_query_parser *parser,
                                                    const char *term, size_t length,
                                                    struct xap_term_iterator **iterator,
                                                    struct xap_error *error) XAP_NOEXCEPT;
/* Lent. The last query with its spelling corrected; empty if there was nothing to correct. */
XAP_API enum xap_code
xap_query_parser_get_corrected_query_string(const struct xap_query_parser *parser,
                                            const char **text, size_t *length,
                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_query_parser_get_description(const struct xap_query_parser *parser,
                                                       const char **text, size_t *length,
                                                       struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
