/* xapian-c-registry.h - finding kinds of weights, sources, spies and metrics by name
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * What is serialised names the kinds it is made of; a registry knows them:
 * Xapian's own, and those that are registered.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_REGISTRY_H
#define XAPIAN_C_REGISTRY_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_lat_long_metric;
struct xap_posting_source;
struct xap_registry;

XAP_API enum xap_code xap_registry_new(struct xap_registry **registry,
                                       struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_registry_free(struct xap_registry *registry) XAP_NOEXCEPT;
/* The registry keeps a clone; what has no name, or cannot be cloned, is an error. */
XAP_API enum xap_code xap_registry_register_weighting_scheme(struct xap_registry *registry,
                                                             const struct xap_weight *weight,
                                                             struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_registry_register_posting_source(struct xap_registry *registry,
                                                           const struct xap_posting_source *source,
                                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_registry_register_match_spy(struct xap_registry *registry,
                                                      const struct xap_match_spy *spy,
                                                      struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_registry_register_lat_long_metric(struct xap_registry *registry,
                                      const struct xap_lat_long_metric *metric,
                                      struct xap_error *error) XAP_NOEXCEPT;
/* A clone of what is registered by that name; NULL, and XAP_OK, if nothing is. */
XAP_API enum xap_code xap_registry_get_weighting_scheme(const struct xap_registry *registry,
                                                        const char *name,
                                                        struct xap_weight **weight,
                                                        struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_registry_get_posting_source(const struct xap_registry *registry,
                                                      const char *name,
                                                      struct xap_posting_source **source,
                                                      struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_registry_get_match_spy(const struct xap_registry *registry,
                                                 const char *name, struct xap_match_spy **spy,
                                                 struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_registry_get_lat_long_metric(const struct xap_registry *registry,
                                                       const char *name,
                                                       struct xap_lat_long_metric **metric,
                                                       struct xap_error *error) XAP_NOEXCEPT;

/* xap_query_new_unserialise, of queries with posting sources that registry knows. */
XAP_API enum xap_code xap_query_new_unserialise_registry(const char *bytes, size_t length,
                                                         const struct xap_registry *registry,
                                                         struct xap_query **query,
                                                         struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
