/* xapian-c-decide.h - leaving documents, and terms, out of what Xapian finds
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * Functions of the caller's: see "Callbacks" in xapian-c.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_DECIDE_H
#define XAPIAN_C_DECIDE_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_match_decider;
struct xap_expand_decider;

/* ---- Match decider ------------------------------------------------------- */

struct xap_match_decider_functions {
    /* Whether document, which is lent for the call, may be in the mset. */
    enum xap_code (*decide)(void *data, const struct xap_document *document, bool *wanted,
                            struct xap_error *error);
    void (*destroy)(void *data); /* may be NULL */
};

XAP_API enum xap_code xap_match_decider_new(const struct xap_match_decider_functions *functions,
                                            void *data, struct xap_match_decider **decider,
                                            struct xap_error *error) XAP_NOEXCEPT;
/* Wants documents by whether their value in slot is one of a set: those that have it, or (inclusive
 * false) the others. */
XAP_API enum xap_code xap_value_set_match_decider_new(xap_valueno slot, bool inclusive,
                                                      struct xap_match_decider **decider,
                                                      struct xap_error *error) XAP_NOEXCEPT;
/* Of the set. Another kind of decider: XAP_INVALID_OPERATION_ERROR. */
XAP_API enum xap_code xap_value_set_match_decider_add_value(struct xap_match_decider *decider,
                                                            const char *value, size_t length,
                                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_value_set_match_decider_remove_value(struct xap_match_decider *decider, const char *value,
                                         size_t length, struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_match_decider_free(struct xap_match_decider *decider) XAP_NOEXCEPT;
XAP_API enum xap_code xap_match_decider_apply(const struct xap_match_decider *decider,
                                              const struct xap_document *document, bool *wanted,
                                              struct xap_error *error) XAP_NOEXCEPT;
/*
 * xap_enquire_get_mset, of documents that the decider, which may be NULL, wants.
 * It is asked for documents that match well enough only. Not of remote databases:
 * XAP_UNIMPLEMENTED_ERROR.
 */
XAP_API enum xap_code
xap_enquire_get_mset_decider(const struct xap_enquire *enquire, xap_doccount first,
                             xap_doccount max_items, xap_doccount check_at_least,
                             const struct xap_rset *rset, const struct xap_match_decider *decider,
                             struct xap_mset **mset, struct xap_error *error) XAP_NOEXCEPT;

/* ---- Expand decider ------------------------------------------------------ */

struct xap_expand_decider_functions {
    /* Whether the term may be in the eset. */
    enum xap_code (*decide)(void *data, const char *term, size_t length, bool *wanted,
                            struct xap_error *error);
    void (*destroy)(void *data); /* may be NULL */
};

XAP_API enum xap_code xap_expand_decider_new(const struct xap_expand_decider_functions *functions,
                                             void *data, struct xap_expand_decider **decider,
                                             struct xap_error *error) XAP_NOEXCEPT;
/* Wants what both want; second is asked only if first does. Keeps both alive. */
XAP_API enum xap_code xap_expand_decider_and_new(const struct xap_expand_decider *first,
                                                 const struct xap_expand_decider *second,
                                                 struct xap_expand_decider **decider,
                                                 struct xap_error *error) XAP_NOEXCEPT;
/* Wants all but these terms; lengths NULL: they end in NUL. */
XAP_API enum xap_code xap_expand_decider_filter_terms_new(const char *const *terms,
                                                          const size_t *lengths, size_t count,
                                                          struct xap_expand_decider **decider,
                                                          struct xap_error *error) XAP_NOEXCEPT;
/* Wants terms that start with prefix. */
XAP_API enum xap_code xap_expand_decider_filter_prefix_new(const char *prefix, size_t length,
                                                           struct xap_expand_decider **decider,
                                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_expand_decider_free(struct xap_expand_decider *decider) XAP_NOEXCEPT;
XAP_API enum xap_code xap_expand_decider_apply(const struct xap_expand_decider *decider,
                                               const char *term, size_t length, bool *wanted,
                                               struct xap_error *error) XAP_NOEXCEPT;
/* xap_enquire_get_eset, of terms that the decider, which may be NULL, wants. */
XAP_API enum xap_code xap_enquire_get_eset_decider(const struct xap_enquire *enquire,
                                                   xap_termcount max_items,
                                                   const struct xap_rset *rset, unsigned flags,
                                                   const struct xap_expand_decider *decider,
                                                   double min_weight, struct xap_eset **eset,
                                                   struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
