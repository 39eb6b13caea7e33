/* xapian-c-source.h - documents and weights that come from elsewhere than terms
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * A posting source goes forward through documents of one database, those that
 * match, and gives each a weight. Functions of the caller's: see "Callbacks" there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_SOURCE_H
#define XAPIAN_C_SOURCE_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_posting_source;
struct xap_registry;

struct xap_posting_source_functions {
    /* Full name of the kind of source, for remote databases and registries; may be NULL. */
    const char *name;
    /*
     * Goes to before the first document of database, which is lent for the call.
     * self is the source as the matcher uses it, perhaps a clone, lent for the
     * call too: to tell it the greatest weight with xap_posting_source_set_maxweight,
     * which is 0 otherwise. next, skip_to and check get it to lower that as they
     * move, so that a match ends as soon as nothing can be better.
     */
    enum xap_code (*init)(void *data, const struct xap_database *database,
                          struct xap_posting_source *self, struct xap_error *error);
    /* How many documents at least, about, and at most. */
    enum xap_code (*get_termfreq_min)(void *data, xap_doccount *count, struct xap_error *error);
    enum xap_code (*get_termfreq_est)(void *data, xap_doccount *count, struct xap_error *error);
    enum xap_code (*get_termfreq_max)(void *data, xap_doccount *count, struct xap_error *error);
    /* To the next document; those of less than min_weight may be left out. */
    enum xap_code (*next)(void *data, double min_weight, struct xap_posting_source *self,
                          struct xap_error *error);
    enum xap_code (*at_end)(void *data, bool *at_end, struct xap_error *error);
    /* Where it stands; 0, which is no document, is XAP_INVALID_ARGUMENT_ERROR. */
    enum xap_code (*get_docid)(void *data, xap_docid *docid, struct xap_error *error);
    /* From here on all may be NULL. Without get_weight all weights are 0. */
    enum xap_code (*get_weight)(void *data, double *weight, struct xap_error *error);
    /* To the first document that is not before docid. Without it: next, again and again. */
    enum xap_code (*skip_to)(void *data, xap_docid docid, double min_weight,
                             struct xap_posting_source *self, struct xap_error *error);
    /* As xap_value_iterator_check; without it: skip_to. */
    enum xap_code (*check)(void *data, xap_docid docid, double min_weight,
                           struct xap_posting_source *self, bool *positioned,
                           struct xap_error *error);
    /*
     * A copy of data. Without it a query over several shards is XAP_INVALID_OPERATION_ERROR,
     * and so is another match with the source by one of its own functions.
     */
    enum xap_code (*clone)(void *data, void **copy, struct xap_error *error);
    /* Its parameters as lent bytes; and data that such bytes describe. */
    enum xap_code (*serialise)(void *data, const char **bytes, size_t *length,
                               struct xap_error *error);
    enum xap_code (*unserialise)(void *data, const char *bytes, size_t length, void **made,
                                 struct xap_error *error);
    enum xap_code (*get_description)(void *data, const char **text, size_t *length,
                                     struct xap_error *error);
    void (*destroy)(void *data);
};

XAP_API enum xap_code xap_posting_source_new(const struct xap_posting_source_functions *functions,
                                             void *data, struct xap_posting_source **source,
                                             struct xap_error *error) XAP_NOEXCEPT;
/* All documents with a value in slot, weight 0. */
XAP_API enum xap_code xap_value_posting_source_new(xap_valueno slot,
                                                   struct xap_posting_source **source,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/* The same, weighing what the value is by xap_sortable_unserialise. */
XAP_API enum xap_code xap_value_weight_posting_source_new(xap_valueno slot,
                                                          struct xap_posting_source **source,
                                                          struct xap_error *error) XAP_NOEXCEPT;
/*
 * The same where weights never rise from one document to the next, in the docids
 * range_start to range_end; 0, 0 is all. The match ends as soon as none can be better.
 */
XAP_API enum xap_code xap_decreasing_value_weight_posting_source_new(
    xap_valueno slot, xap_docid range_start, xap_docid range_end,
    struct xap_posting_source **source, struct xap_error *error) XAP_NOEXCEPT;
/* Weighs values by a table. */
XAP_API enum xap_code xap_value_map_posting_source_new(xap_valueno slot,
                                                       struct xap_posting_source **source,
                                                       struct xap_error *error) XAP_NOEXCEPT;
/* Another kind of source: XAP_INVALID_OPERATION_ERROR. */
XAP_API enum xap_code
xap_value_map_posting_source_add_mapping(struct xap_posting_source *source, const char *key,
                                         size_t length, double weight,
                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_value_map_posting_source_clear_mappings(struct xap_posting_source *source,
                                            struct xap_error *error) XAP_NOEXCEPT;
/* Of values that are not in the table. */
XAP_API enum xap_code
xap_value_map_posting_source_set_default_weight(struct xap_posting_source *source, double weight,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* All documents, each of that weight, which must not be negative. */
XAP_API enum xap_code xap_fixed_weight_posting_source_new(double weight,
                                                          struct xap_posting_source **source,
                                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_posting_source_free(struct xap_posting_source *source) XAP_NOEXCEPT;

/* What the source returns. The query keeps it alive; do not use it otherwise during a match. */
XAP_API enum xap_code xap_query_new_posting_source(const struct xap_posting_source *source,
                                                   struct xap_query **query,
                                                   struct xap_error *error) XAP_NOEXCEPT;

/*
 * By hand, as the matcher does it: init, then next, skip_to or check, then until
 * at_end the others. What comes too early is XAP_INVALID_OPERATION_ERROR. A
 * database of one shard.
 */
XAP_API enum xap_code xap_posting_source_init(struct xap_posting_source *source,
                                              const struct xap_database *database,
                                              struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_get_termfreq_min(const struct xap_posting_source *source,
                                                          xap_doccount *count,
                                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_get_termfreq_est(const struct xap_posting_source *source,
                                                          xap_doccount *count,
                                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_get_termfreq_max(const struct xap_posting_source *source,
                                                          xap_doccount *count,
                                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_next(struct xap_posting_source *source, double min_weight,
                                              struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_skip_to(struct xap_posting_source *source, xap_docid docid,
                                                 double min_weight,
                                                 struct xap_error *error) XAP_NOEXCEPT;
/* docid must exist. After positioned false only next, skip_to, check and free may follow. */
XAP_API enum xap_code xap_posting_source_check(struct xap_posting_source *source, xap_docid docid,
                                               double min_weight, bool *positioned,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_at_end(const struct xap_posting_source *source,
                                                bool *at_end, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_get_docid(const struct xap_posting_source *source,
                                                   xap_docid *docid,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_get_weight(const struct xap_posting_source *source,
                                                    double *weight,
                                                    struct xap_error *error) XAP_NOEXCEPT;
/* No weight may be greater from now on; it may only fall until the next init. */
XAP_API enum xap_code xap_posting_source_set_maxweight(struct xap_posting_source *source,
                                                       double weight,
                                                       struct xap_error *error) XAP_NOEXCEPT;
XAP_API double
xap_posting_source_get_maxweight(const struct xap_posting_source *source) XAP_NOEXCEPT;
/* NULL for a source that cannot be cloned. */
XAP_API enum xap_code xap_posting_source_clone(const struct xap_posting_source *source,
                                               struct xap_posting_source **copy,
                                               struct xap_error *error) XAP_NOEXCEPT;
/* Lent, as are the other bytes; empty where there is none. */
XAP_API enum xap_code xap_posting_source_name(const struct xap_posting_source *source,
                                              const char **name, size_t *length,
                                              struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_serialise(const struct xap_posting_source *source,
                                                   const char **bytes, size_t *length,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/* A source of the same kind, as bytes describe it; the second for kinds that hold others, which
 * registry knows. */
XAP_API enum xap_code xap_posting_source_unserialise(const struct xap_posting_source *source,
                                                     const char *bytes, size_t length,
                                                     struct xap_posting_source **made,
                                                     struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_unserialise_with_registry(
    const struct xap_posting_source *source, const char *bytes, size_t length,
    const struct xap_registry *registry, struct xap_posting_source **made,
    struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_source_get_description(const struct xap_posting_source *source,
                                                         const char **text, size_t *length,
                                                         struct xap_error *error) XAP_NOEXCEPT;

/* Of sources over values only: others are XAP_INVALID_OPERATION_ERROR. */
XAP_API enum xap_code xap_value_posting_source_get_database(const struct xap_posting_source *source,
                                                            struct xap_database **database,
                                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_value_posting_source_get_slot(const struct xap_posting_source *source,
                                                        xap_valueno *slot,
                                                        struct xap_error *error) XAP_NOEXCEPT;
/* Lent: the value of the document it stands on. */
XAP_API enum xap_code xap_value_posting_source_get_value(const struct xap_posting_source *source,
                                                         const char **value, size_t *length,
                                                         struct xap_error *error) XAP_NOEXCEPT;
/* Goes to the end. */
XAP_API enum xap_code xap_value_posting_source_done(struct xap_posting_source *source,
                                                    struct xap_error *error) XAP_NOEXCEPT;
/* Whether it has moved since init. */
XAP_API enum xap_code xap_value_posting_source_get_started(const struct xap_posting_source *source,
                                                           bool *started,
                                                           struct xap_error *error) XAP_NOEXCEPT;
/* After init, where more is known than Xapian can know. */
XAP_API enum xap_code
xap_value_posting_source_set_termfreq_min(struct xap_posting_source *source, xap_doccount count,
                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_value_posting_source_set_termfreq_est(struct xap_posting_source *source, xap_doccount count,
                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_value_posting_source_set_termfreq_max(struct xap_posting_source *source, xap_doccount count,
                                          struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
