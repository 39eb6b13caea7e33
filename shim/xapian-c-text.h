/* xapian-c-text.h - from text to terms: stemmers of the caller's, stop words, the term generator
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * Xapian's own stemmers are there. Functions of the caller's: see "Callbacks" there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_TEXT_H
#define XAPIAN_C_TEXT_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_stopper;
struct xap_term_generator;
struct xap_utf8_iterator;
struct xap_writable_database;

/* ---- Stemmers of the caller's -------------------------------------------- */

struct xap_stem_functions {
    /* The stem of word, lent. */
    enum xap_code (*stem)(void *data, const char *word, size_t word_length, const char **result,
                          size_t *result_length, struct xap_error *error);
    enum xap_code (*get_description)(void *data, const char **text, size_t *length,
                                     struct xap_error *error); /* may be NULL */
    void (*destroy)(void *data);                               /* may be NULL */
};

XAP_API enum xap_code xap_stem_new_implementation(const struct xap_stem_functions *functions,
                                                  void *data, struct xap_stem **stem,
                                                  struct xap_error *error) XAP_NOEXCEPT;

/* ---- Stop words ---------------------------------------------------------- */

struct xap_stopper_functions {
    /* Whether term is a stop word. */
    enum xap_code (*is_stop_word)(void *data, const char *term, size_t length, bool *stop,
                                  struct xap_error *error);
    enum xap_code (*get_description)(void *data, const char **text, size_t *length,
                                     struct xap_error *error); /* may be NULL */
    void (*destroy)(void *data);                               /* may be NULL */
};

XAP_API enum xap_code xap_stopper_new(const struct xap_stopper_functions *functions, void *data,
                                      struct xap_stopper **stopper,
                                      struct xap_error *error) XAP_NOEXCEPT;
/* A list of words, empty; and one that has some: lengths NULL: they end in NUL. */
XAP_API enum xap_code xap_simple_stopper_new(struct xap_stopper **stopper,
                                             struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_simple_stopper_new_words(const char *const *words, const size_t *lengths,
                                                   size_t count, struct xap_stopper **stopper,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/* Another kind of stopper: XAP_INVALID_OPERATION_ERROR. */
XAP_API enum xap_code xap_simple_stopper_add(struct xap_stopper *stopper, const char *word,
                                             size_t length, struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_stopper_free(struct xap_stopper *stopper) XAP_NOEXCEPT;
XAP_API enum xap_code xap_stopper_apply(const struct xap_stopper *stopper, const char *term,
                                        size_t length, bool *stop,
                                        struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_stopper_get_description(const struct xap_stopper *stopper,
                                                  const char **text, size_t *length,
                                                  struct xap_error *error) XAP_NOEXCEPT;

/* ---- Term generator ------------------------------------------------------ */

enum {
    XAP_TERM_GENERATOR_FLAG_SPELLING = 128, /* put the words into the spelling dictionary */
    XAP_TERM_GENERATOR_FLAG_CJK_NGRAM = 2048
};

/* Which words become stems: Z and the stem. The query parser must have the same. */
enum xap_term_generator_stem_strategy XAP_UNSIGNED {
    XAP_TERM_GENERATOR_STEM_NONE = 0,
    XAP_TERM_GENERATOR_STEM_SOME = 1, /* words, and stems without positions: Xapian's own */
    XAP_TERM_GENERATOR_STEM_ALL = 2,  /* stems only, without Z */
    XAP_TERM_GENERATOR_STEM_ALL_Z = 3,
    XAP_TERM_GENERATOR_STEM_SOME_FULL_POS = 4
};

enum xap_term_generator_stop_strategy XAP_UNSIGNED {
    XAP_TERM_GENERATOR_STOP_NONE = 0,
    XAP_TERM_GENERATOR_STOP_ALL = 1,
    XAP_TERM_GENERATOR_STOP_STEMMED = 2 /* no stems of stop words: Xapian's own */
};

XAP_API enum xap_code xap_term_generator_new(struct xap_term_generator **generator,
                                             struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_term_generator_free(struct xap_term_generator *generator) XAP_NOEXCEPT;
/* The generator keeps alive what these are given; stem and stopper may be NULL: none. */
XAP_API enum xap_code xap_term_generator_set_stemmer(struct xap_term_generator *generator,
                                                     const struct xap_stem *stem,
                                                     struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_term_generator_set_stopper(struct xap_term_generator *generator,
                                                     const struct xap_stopper *stopper,
                                                     struct xap_error *error) XAP_NOEXCEPT;
/* Terms go into document from now on, at positions from 1; also while it is in another handle. */
XAP_API enum xap_code xap_term_generator_set_document(struct xap_term_generator *generator,
                                                      const struct xap_document *document,
                                                      struct xap_error *error) XAP_NOEXCEPT;
/* The same document in a handle of its own. */
XAP_API enum xap_code xap_term_generator_get_document(const struct xap_term_generator *generator,
                                                      struct xap_document **document,
                                                      struct xap_error *error) XAP_NOEXCEPT;
/* Whose spelling dictionary FLAG_SPELLING means. The handle keeps it open. */
XAP_API enum xap_code xap_term_generator_set_database(struct xap_term_generator *generator,
                                                      const struct xap_writable_database *database,
                                                      struct xap_error *error) XAP_NOEXCEPT;
/* new flags = (old & mask) ^ toggle; old may be NULL. */
XAP_API enum xap_code xap_term_generator_set_flags(struct xap_term_generator *generator, int toggle,
                                                   int mask, int *old,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_term_generator_set_stemming_strategy(struct xap_term_generator *generator,
                                         enum xap_term_generator_stem_strategy strategy,
                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_term_generator_set_stopper_strategy(struct xap_term_generator *generator,
                                        enum xap_term_generator_stop_strategy strategy,
                                        struct xap_error *error) XAP_NOEXCEPT;
/* In bytes; longer words are left out. Xapian's own is 64. */
XAP_API enum xap_code xap_term_generator_set_max_word_length(struct xap_term_generator *generator,
                                                             unsigned length,
                                                             struct xap_error *error) XAP_NOEXCEPT;
/* text is UTF-8. prefix stands before each term. */
XAP_API enum xap_code xap_term_generator_index_text(struct xap_term_generator *generator,
                                                    const char *text, size_t text_length,
                                                    xap_termcount wdf_inc, const char *prefix,
                                                    size_t prefix_length,
                                                    struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_term_generator_index_text_without_positions(
    struct xap_term_generator *generator, const char *text, size_t text_length,
    xap_termcount wdf_inc, const char *prefix, size_t prefix_length,
    struct xap_error *error) XAP_NOEXCEPT;
/* The same from where the iterator stands, which does not move. */
XAP_API enum xap_code xap_term_generator_index_text_iterator(struct xap_term_generator *generator,
                                                             const struct xap_utf8_iterator *text,
                                                             xap_termcount wdf_inc,
                                                             const char *prefix,
                                                             size_t prefix_length,
                                                             struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_term_generator_index_text_without_positions_iterator(
    struct xap_term_generator *generator, const struct xap_utf8_iterator *text,
    xap_termcount wdf_inc, const char *prefix, size_t prefix_length,
    struct xap_error *error) XAP_NOEXCEPT;
/* A gap, so that no phrase goes over it. Xapian's own delta is 100. */
XAP_API enum xap_code xap_term_generator_increase_termpos(struct xap_term_generator *generator,
                                                          xap_termpos delta,
                                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API xap_termpos xap_term_generator_get_termpos(const struct xap_term_generator *generator)
    XAP_NOEXCEPT;
XAP_API enum xap_code xap_term_generator_set_termpos(struct xap_term_generator *generator,
                                                     xap_termpos position,
                                                     struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_term_generator_get_description(const struct xap_term_generator *generator,
                                                         const char **text, size_t *length,
                                                         struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
