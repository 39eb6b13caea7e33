/* xapian-c-sort.h - sorting what Xapian finds by keys that are made
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * Functions of the caller's: see "Callbacks" in xapian-c.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_SORT_H
#define XAPIAN_C_SORT_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_key_maker;

struct xap_key_maker_functions {
    /* The key of document, which is lent for the call; keys compare as bytes. */
    enum xap_code (*make)(void *data, const struct xap_document *document, const char **key,
                          size_t *length, struct xap_error *error);
    void (*destroy)(void *data); /* may be NULL */
};

XAP_API enum xap_code xap_key_maker_new(const struct xap_key_maker_functions *functions, void *data,
                                        struct xap_key_maker **maker,
                                        struct xap_error *error) XAP_NOEXCEPT;
/* Keys of the values of several slots, which are added in the order in which they count. */
XAP_API enum xap_code xap_multi_value_key_maker_new(struct xap_key_maker **maker,
                                                    struct xap_error *error) XAP_NOEXCEPT;
/* The same with these slots already added. */
XAP_API enum xap_code xap_multi_value_key_maker_new_slots(const xap_valueno *slots, size_t count,
                                                          struct xap_key_maker **maker,
                                                          struct xap_error *error) XAP_NOEXCEPT;
/* value: that of documents with none. Another kind of maker: XAP_INVALID_OPERATION_ERROR. */
XAP_API enum xap_code xap_multi_value_key_maker_add_value(struct xap_key_maker *maker,
                                                          xap_valueno slot, bool reverse,
                                                          const char *value, size_t length,
                                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_key_maker_free(struct xap_key_maker *maker) XAP_NOEXCEPT;
/* Lent. */
XAP_API enum xap_code xap_key_maker_apply(const struct xap_key_maker *maker,
                                          const struct xap_document *document, const char **key,
                                          size_t *length, struct xap_error *error) XAP_NOEXCEPT;

/* The enquire keeps the maker alive. The greatest key first if reverse. Not of remote databases. */
XAP_API enum xap_code xap_enquire_set_sort_by_key(struct xap_enquire *enquire,
                                                  const struct xap_key_maker *maker, bool reverse,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_enquire_set_sort_by_key_then_relevance(struct xap_enquire *enquire,
                                           const struct xap_key_maker *maker, bool reverse,
                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_enquire_set_sort_by_relevance_then_key(struct xap_enquire *enquire,
                                           const struct xap_key_maker *maker, bool reverse,
                                           struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
