/* xapian-c-spy.h - looking at the documents that the matcher looks at
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * Spies that count values, and xap_enquire_add_matchspy, are there too.
 * Functions of the caller's: see "Callbacks" there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_SPY_H
#define XAPIAN_C_SPY_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_registry;

struct xap_match_spy_functions {
    /* Full name of the kind of spy, for remote databases and registries; may be NULL, as may all
     * that follow but observe. */
    const char *name;
    /* Sees document, which is lent for the call, and its weight. */
    enum xap_code (*observe)(void *data, const struct xap_document *document, double weight,
                             struct xap_error *error);
    /* A copy of data, without what it has seen. Without this function clones share data. */
    enum xap_code (*clone)(void *data, void **copy, struct xap_error *error);
    /* Its parameters as lent bytes; and data that such bytes describe. */
    enum xap_code (*serialise)(void *data, const char **bytes, size_t *length,
                               struct xap_error *error);
    enum xap_code (*unserialise)(void *data, const char *bytes, size_t length, void **made,
                                 struct xap_error *error);
    /* What it has seen as lent bytes; and adding what another has seen. */
    enum xap_code (*serialise_results)(void *data, const char **bytes, size_t *length,
                                       struct xap_error *error);
    enum xap_code (*merge_results)(void *data, const char *bytes, size_t length,
                                   struct xap_error *error);
    enum xap_code (*get_description)(void *data, const char **text, size_t *length,
                                     struct xap_error *error);
    void (*destroy)(void *data);
};

XAP_API enum xap_code xap_match_spy_new(const struct xap_match_spy_functions *functions, void *data,
                                        struct xap_match_spy **spy,
                                        struct xap_error *error) XAP_NOEXCEPT;
/* Shows document to the spy. */
XAP_API enum xap_code xap_match_spy_apply(struct xap_match_spy *spy,
                                          const struct xap_document *document, double weight,
                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_match_spy_clone(const struct xap_match_spy *spy,
                                          struct xap_match_spy **copy,
                                          struct xap_error *error) XAP_NOEXCEPT;
/* Lent, as are the other bytes. What a spy has no function for is XAP_UNIMPLEMENTED_ERROR. */
XAP_API enum xap_code xap_match_spy_name(const struct xap_match_spy *spy, const char **name,
                                         size_t *length, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_match_spy_serialise(const struct xap_match_spy *spy, const char **bytes,
                                              size_t *length, struct xap_error *error) XAP_NOEXCEPT;
/* A spy of the same kind, as bytes describe it. registry may be NULL. */
XAP_API enum xap_code xap_match_spy_unserialise(const struct xap_match_spy *spy, const char *bytes,
                                                size_t length, const struct xap_registry *registry,
                                                struct xap_match_spy **made,
                                                struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_match_spy_serialise_results(const struct xap_match_spy *spy,
                                                      const char **bytes, size_t *length,
                                                      struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_match_spy_merge_results(struct xap_match_spy *spy, const char *bytes,
                                                  size_t length,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_match_spy_get_description(const struct xap_match_spy *spy,
                                                    const char **text, size_t *length,
                                                    struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
