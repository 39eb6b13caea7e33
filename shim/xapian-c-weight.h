/* xapian-c-weight.h - weighting schemes of the caller's own
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * Xapian's own schemes are there. Functions of the caller's: see "Callbacks" there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_WEIGHT_H
#define XAPIAN_C_WEIGHT_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a scheme needs to know; what it does not ask for may be 0. */
enum {
    XAP_WEIGHT_COLLECTION_SIZE = 1,
    XAP_WEIGHT_RSET_SIZE = 2,
    XAP_WEIGHT_AVERAGE_LENGTH = 4,
    XAP_WEIGHT_TERMFREQ = 8,
    XAP_WEIGHT_RELTERMFREQ = 16,
    XAP_WEIGHT_QUERY_LENGTH = 32,
    XAP_WEIGHT_WQF = 64,
    XAP_WEIGHT_WDF = 128,
    XAP_WEIGHT_DOC_LENGTH = 256,
    XAP_WEIGHT_DOC_LENGTH_MIN = 512,
    XAP_WEIGHT_DOC_LENGTH_MAX = 1024,
    XAP_WEIGHT_WDF_MAX = 2048,
    XAP_WEIGHT_COLLECTION_FREQ = 4096,
    XAP_WEIGHT_UNIQUE_TERMS = 8192,
    XAP_WEIGHT_TOTAL_LENGTH = 5
};

/* What is known of the collection, of one term of the query, and of the query. */
struct xap_weight_stats {
    double factor; /* of OP_SCALE_WEIGHT and such; 0 for the part that no term has */
    double average_length;
    xap_totallength total_length;
    xap_doccount collection_size;
    xap_doccount rset_size;
    xap_doccount termfreq;
    xap_doccount reltermfreq; /* in how many documents of the rset */
    xap_termcount collection_freq;
    xap_termcount query_length;
    xap_termcount wqf;
    xap_termcount doclength_lower_bound;
    xap_termcount doclength_upper_bound;
    xap_termcount wdf_upper_bound;
};

/*
 * The weight of a document is the sum over the terms of get_sumpart, and
 * get_sumextra once. One object stands for each term; without clone all have
 * the same data, which is enough when everything follows from stats.
 */
struct xap_weight_functions {
    /* Full name of the scheme, for remote databases and registries; may be NULL. */
    const char *name;
    /* What one term adds; document_length and unique_terms are of the document. */
    enum xap_code (*get_sumpart)(void *data, const struct xap_weight_stats *stats,
                                 xap_termcount wdf, xap_termcount document_length,
                                 xap_termcount unique_terms, double *weight,
                                 struct xap_error *error);
    /* The most that can be. Too little loses documents; a tight bound is quick. */
    enum xap_code (*get_maxpart)(void *data, const struct xap_weight_stats *stats, double *weight,
                                 struct xap_error *error);
    /* From here on all may be NULL. What the document adds by itself: both of them or neither. */
    enum xap_code (*get_sumextra)(void *data, const struct xap_weight_stats *stats,
                                  xap_termcount document_length, xap_termcount unique_terms,
                                  double *weight, struct xap_error *error);
    enum xap_code (*get_maxextra)(void *data, const struct xap_weight_stats *stats, double *weight,
                                  struct xap_error *error);
    /* Before the first of the others for a term. */
    enum xap_code (*init)(void *data, const struct xap_weight_stats *stats,
                          struct xap_error *error);
    enum xap_code (*clone)(void *data, void **copy, struct xap_error *error);
    /* Its parameters as lent bytes; and data that such bytes describe. */
    enum xap_code (*serialise)(void *data, const char **bytes, size_t *length,
                               struct xap_error *error);
    enum xap_code (*unserialise)(void *data, const char *bytes, size_t length, void **made,
                                 struct xap_error *error);
    void (*destroy)(void *data);
};

/* needs: XAP_WEIGHT_... or-ed. */
XAP_API enum xap_code xap_weight_new(const struct xap_weight_functions *functions, void *data,
                                     unsigned needs, struct xap_weight **weight,
                                     struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_clone(const struct xap_weight *weight, struct xap_weight **copy,
                                       struct xap_error *error) XAP_NOEXCEPT;
/* Lent. Without a function for it: XAP_UNIMPLEMENTED_ERROR. */
XAP_API enum xap_code xap_weight_serialise(const struct xap_weight *weight, const char **bytes,
                                           size_t *length, struct xap_error *error) XAP_NOEXCEPT;
/* A scheme of the same kind, with the parameters that bytes describe. */
XAP_API enum xap_code xap_weight_unserialise(const struct xap_weight *weight, const char *bytes,
                                             size_t length, struct xap_weight **made,
                                             struct xap_error *error) XAP_NOEXCEPT;

enum xap_weight_smoothing XAP_UNSIGNED {
    XAP_WEIGHT_TWO_STAGE_SMOOTHING = 1, /* Xapian's own */
    XAP_WEIGHT_DIRICHLET_SMOOTHING = 2,
    XAP_WEIGHT_ABSOLUTE_DISCOUNT_SMOOTHING = 3,
    XAP_WEIGHT_JELINEK_MERCER_SMOOTHING = 4,
    XAP_WEIGHT_DIRICHLET_PLUS_SMOOTHING = 5
};

/*
 * A unigram language model; Xapian's own parameters are 0, TWO_STAGE, -1, -1. Its
 * formulas are wrong in all of Xapian 1.4, and from 1.4.26 on it is deprecated.
 */
XAP_API enum xap_code xap_weight_new_lm(double param_log, enum xap_weight_smoothing smoothing,
                                        double param_smoothing1, double param_smoothing2,
                                        struct xap_weight **weight,
                                        struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
