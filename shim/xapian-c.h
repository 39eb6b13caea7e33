/* xapian-c.h - search Xapian databases from C: what every program needs
 *
 * Plain C bindings for libxapian 1.4.22 and later 1.4 releases. What changes a
 * database is declared in xapian-c-write.h; a program that does not include it
 * cannot write to one. Each subject beyond the common has a header of its own,
 * xapian-c-SUBJECT.h; xapian-c-all.h is all of them.
 *
 * Names: Xapian::Database::get_doccount is xap_database_get_doccount, and so
 * on; overloads have a word that tells them apart. The constructor of a class is
 * xap_CLASS_new, whatever it is derived from: xap_simple_stopper_new. Only Xapian's
 * weighting schemes are named as kinds of weight, xap_weight_new_SCHEME, without
 * the word Weight of their class: BM25PlusWeight is xap_weight_new_bm25_plus. What
 * takes functions of the caller's is the plain xap_CLASS_new of the class it stands
 * for, but xap_stem_new_implementation. What a function does beyond
 * what is said here is what Xapian's own documentation says of its namesake.
 *
 * Errors: a function that can fail returns an enum xap_code, XAP_OK being 0,
 * and takes a struct xap_error as its last parameter, which may be NULL. The
 * struct is the caller's, needs no preparation and is written only on failure.
 * No C++ exception ever leaves the library. The few functions that return
 * something else cannot fail; with a NULL handle they return 0, false or NULL,
 * at_end true.
 *
 * Results: go to out-parameters, the last parameters before the error. On
 * failure they are set to 0, false or NULL. An out-parameter may be NULL when
 * its result is not wanted, except the one that receives a new handle: that is
 * XAP_BAD_HANDLE, as is a NULL handle.
 *
 * Bytes: terms, values, keys and data are (pointer, length) and may hold NUL
 * bytes; NULL with length 0 is the empty string. A length beyond PTRDIFF_MAX, as no
 * object has, is XAP_INVALID_ARGUMENT_ERROR. Bytes that come out are lent:
 * the handle keeps them, a NUL follows them, and they stay valid until the same
 * function is called again on the same handle or the handle is freed; those of
 * an iterator also only until it is moved.
 *
 * Ownership: what a function hands over through its last out-parameter as a
 * pointer to a handle (..._new..., ..._begin, ..._get_mset and so on) belongs to
 * the caller, who frees it with the ..._free of its type. Free accepts NULL.
 * Handles keep alive what they need: they may be freed in any order, a database
 * before its iterators, an enquire before its mset.
 *
 * Iterators stand on their first entry when new. Ask at_end before get and
 * next; these at the end are XAP_INVALID_OPERATION_ERROR. skip_to moves forward
 * to the first entry that is not before its target, and does nothing at the
 * end. An iterator whose next or skip_to failed is at its end, so loops finish.
 * Over the terms, positions or values of a document, and over a database in memory,
 * it is of no use once these have been changed: XAP_INVALID_OPERATION_ERROR, then
 * at its end. This is known of changes through the handle it comes from, and of
 * what a term generator does to its document; not of changes through other handles
 * to the same (a second xap_mset_get_document of one item), nor of documents and
 * msets from a database in memory: there no iterator may be used after a change.
 *
 * Callbacks: a class that Xapian wants to be derived from is a struct of
 * functions, which is copied with its name, and a pointer data, which each of them is given and
 * which belongs to the object from then on: destroy is called for it when nothing
 * uses it any more (not when making the object fails). A function returns XAP_OK,
 * or the code of its failure; it may fill in error, whose type and message are
 * made up otherwise. The failure stops the operation and comes back from it as it
 * is; a code that is none becomes XAP_CALLBACK. Where Xapian cannot be stopped at
 * once, it goes on for a while, but calls no function of the caller's any more.
 * What a function lends must stay
 * until it is called again. It may use other handles, not those at work; it must
 * not leave by longjmp.
 *
 * Threads: there are no locks inside. Use a handle, and everything made from
 * it, in one thread at a time.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_H
#define XAPIAN_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define XAP_NOEXCEPT noexcept
#define XAP_UNSIGNED : unsigned /* as in C, where any number may come */
extern "C" {
#else
#define XAP_NOEXCEPT
#define XAP_UNSIGNED
#endif

#if defined(__GNUC__)
#define XAP_API __attribute__((visibility("default")))
#else
#define XAP_API
#endif

/* Xapian's numbers. A Xapian built with 64-bit ids is refused at compile time. */
typedef uint32_t xap_docid; /* from 1; 0 is no document */
typedef uint32_t xap_doccount;
typedef uint32_t xap_termcount;
typedef uint32_t xap_termpos;
typedef uint32_t xap_valueno; /* number of a value slot */
typedef uint64_t xap_totallength;
typedef uint64_t xap_rev; /* grows with each commit */

#define XAP_BAD_VALUENO UINT32_MAX /* "no slot" */

struct xap_database;
struct xap_document;
struct xap_enquire;
struct xap_eset;
struct xap_match_spy;
struct xap_mset;
struct xap_position_iterator;
struct xap_posting_iterator;
struct xap_query;
struct xap_rset;
struct xap_stem;
struct xap_term_iterator;
struct xap_value_iterator;
struct xap_weight;

/* ---- Errors ------------------------------------------------------------ */

/*
 * One code for each Xapian error class, numbered for good. The three that have
 * subclasses only (LOGIC, RUNTIME, ERROR) stand for subclasses this version of
 * the bindings does not know.
 */
enum xap_code XAP_UNSIGNED {
    XAP_OK = 0,

    /* the caller's mistakes */
    XAP_ASSERTION_ERROR = 1,
    XAP_INVALID_ARGUMENT_ERROR = 2,
    XAP_INVALID_OPERATION_ERROR = 3,
    XAP_UNIMPLEMENTED_ERROR = 4, /* by this kind of database */

    /* databases */
    XAP_DATABASE_ERROR = 10, /* I/O, disk full: see detail, sys_errno */
    XAP_DATABASE_CORRUPT_ERROR = 11,
    XAP_DATABASE_CREATE_ERROR = 12,
    XAP_DATABASE_LOCK_ERROR = 13,     /* another writer has it */
    XAP_DATABASE_MODIFIED_ERROR = 14, /* reopen and start the search again */
    XAP_DATABASE_OPENING_ERROR = 15,
    XAP_DATABASE_VERSION_ERROR = 16, /* format of another Xapian */
    XAP_DATABASE_NOT_FOUND_ERROR = 17,
    XAP_DATABASE_CLOSED_ERROR = 18,

    /* the rest of Xapian's */
    XAP_DOC_NOT_FOUND_ERROR = 20,
    XAP_FEATURE_UNAVAILABLE_ERROR = 21,
    XAP_INTERNAL_ERROR = 22,
    XAP_NETWORK_ERROR = 23,
    XAP_NETWORK_TIMEOUT_ERROR = 24,
    XAP_QUERY_PARSER_ERROR = 25,
    XAP_SERIALISATION_ERROR = 26,
    XAP_RANGE_ERROR = 27,    /* here: index of an item that is not there */
    XAP_WILDCARD_ERROR = 28, /* expands to more terms than allowed */
    XAP_LOGIC_ERROR = 30,
    XAP_RUNTIME_ERROR = 31,
    XAP_ERROR = 32,

    /* not Xapian's */
    XAP_OUT_OF_MEMORY = 40,
    XAP_STD_EXCEPTION = 41, /* another C++ standard exception */
    XAP_UNKNOWN = 42,       /* something else was thrown */
    XAP_CALLBACK = 43,      /* a function of the caller's reported failure */
    XAP_BAD_HANDLE = 44     /* a handle, or the place for one, is NULL */
};

/*
 * Every text ends in NUL, is cut to fit (never inside a UTF-8 character) and
 * has '?' where the original had a NUL byte. Texts that Xapian does not give
 * are empty.
 */
struct xap_error {
    enum xap_code code;
    int sys_errno;     /* the errno behind it, 0 if none is known */
    char type[32];     /* "DatabaseLockError" */
    char message[512]; /* for people */
    char context[256]; /* which server, which file: often empty */
    char detail[128];  /* text of the errno: "No space left on device" */
};

/* "DatabaseLockError" for XAP_DATABASE_LOCK_ERROR; never NULL. Static. */
XAP_API const char *xap_code_name(enum xap_code code) XAP_NOEXCEPT;
/*
 * "DatabaseLockError: message (context: ...) (errno text)" into text, cut to
 * fit and NUL-terminated; returns its whole length, as snprintf does. text may
 * be NULL if size is 0. A NULL error is described as "".
 */
XAP_API size_t xap_error_get_description(const struct xap_error *error, char *text,
                                         size_t size) XAP_NOEXCEPT;

/* Frees what a function says is to be freed with xap_free; NULL is fine. */
XAP_API void xap_free(void *memory) XAP_NOEXCEPT;

/* ---- Version of the Xapian library this program runs with ----------------- */

XAP_API const char *xap_version_string(void) XAP_NOEXCEPT;
XAP_API int xap_major_version(void) XAP_NOEXCEPT;
XAP_API int xap_minor_version(void) XAP_NOEXCEPT;
XAP_API int xap_revision(void) XAP_NOEXCEPT;

/* ---- Numbers as values that sort --------------------------------------- */

#define XAP_SORTABLE_MAX 9 /* bytes a number can need */

/*
 * Writes number into bytes so that byte order is numeric order, and returns
 * how many of the XAP_SORTABLE_MAX bytes it used: 0 for -infinity and for NaN.
 * A NULL bytes returns 0.
 */
XAP_API size_t xap_sortable_serialise(double number, char bytes[XAP_SORTABLE_MAX]) XAP_NOEXCEPT;
/* Any bytes give some number; only serialised ones give a meaningful one. */
XAP_API double xap_sortable_unserialise(const char *bytes, size_t length) XAP_NOEXCEPT;

/* ---- Stem --------------------------------------------------------------- */

/*
 * language: English name or two-letter code ("english", "en"), "none" changes
 * nothing; XAP_INVALID_ARGUMENT_ERROR for one that Xapian has no stemmer for.
 */
XAP_API enum xap_code xap_stem_new(const char *language, struct xap_stem **stem,
                                   struct xap_error *error) XAP_NOEXCEPT;
/* One that changes nothing. */
XAP_API enum xap_code xap_stem_new_none(struct xap_stem **stem,
                                        struct xap_error *error) XAP_NOEXCEPT;
/* With fallback, an unknown language gives a stemmer that changes nothing. */
XAP_API enum xap_code xap_stem_new_fallback(const char *language, bool fallback,
                                            struct xap_stem **stem,
                                            struct xap_error *error) XAP_NOEXCEPT;
/* word: UTF-8, already in lower case. The result is lent. */
XAP_API enum xap_code xap_stem_apply(const struct xap_stem *stem, const char *word,
                                     size_t word_length, const char **result, size_t *result_length,
                                     struct xap_error *error) XAP_NOEXCEPT;
XAP_API bool xap_stem_is_none(const struct xap_stem *stem) XAP_NOEXCEPT;
XAP_API enum xap_code xap_stem_get_description(const struct xap_stem *stem, const char **text,
                                               size_t *length,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_stem_free(struct xap_stem *stem) XAP_NOEXCEPT;
/* English names with blanks between. Static; NULL when memory ran out. */
XAP_API const char *xap_stem_get_available_languages(void) XAP_NOEXCEPT;

/* ---- Document ------------------------------------------------------------ */

/*
 * A document being built, or one from a database. One from a database is
 * fetched lazily: its getters can fail with XAP_DATABASE_MODIFIED_ERROR or
 * XAP_DOC_NOT_FOUND_ERROR. Changing it changes no database.
 */
XAP_API enum xap_code xap_document_new(struct xap_document **document,
                                       struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_document_free(struct xap_document *document) XAP_NOEXCEPT;

/*
 * Terms: 1 to 245 bytes, each NUL byte counting twice. An empty one is refused
 * here, one that is too long only by xap_writable_database_add_document.
 */
XAP_API enum xap_code xap_document_add_term(struct xap_document *document, const char *term,
                                            size_t term_length, xap_termcount wdf_inc,
                                            struct xap_error *error) XAP_NOEXCEPT;
/* A term that filters and does not count in the document's length. */
XAP_API enum xap_code xap_document_add_boolean_term(struct xap_document *document, const char *term,
                                                    size_t term_length,
                                                    struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_document_add_posting(struct xap_document *document, const char *term,
                                               size_t term_length, xap_termpos position,
                                               xap_termcount wdf_inc,
                                               struct xap_error *error) XAP_NOEXCEPT;
/*
 * The same for count positions at once, in any order; wdf_inc is added for
 * each. Quicker than single calls. With count 0 nothing is added. After a
 * failure some of the positions may be in.
 */
XAP_API enum xap_code xap_document_add_postings(struct xap_document *document, const char *term,
                                                size_t term_length, const xap_termpos *positions,
                                                size_t count, xap_termcount wdf_inc,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* The posting must be there; wdf does not go below 0, the term stays. */
XAP_API enum xap_code xap_document_remove_posting(struct xap_document *document, const char *term,
                                                  size_t term_length, xap_termpos position,
                                                  xap_termcount wdf_dec,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_document_remove_postings(struct xap_document *document, const char *term,
                                                   size_t term_length, xap_termpos first,
                                                   xap_termpos last, xap_termcount wdf_dec,
                                                   xap_termpos *removed,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/* The term must be there. */
XAP_API enum xap_code xap_document_remove_term(struct xap_document *document, const char *term,
                                               size_t term_length,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_document_clear_terms(struct xap_document *document,
                                               struct xap_error *error) XAP_NOEXCEPT;

/* Replaces the slot's value; an empty one removes it. */
XAP_API enum xap_code xap_document_add_value(struct xap_document *document, xap_valueno slot,
                                             const char *value, size_t value_length,
                                             struct xap_error *error) XAP_NOEXCEPT;
/* The value must be there. */
XAP_API enum xap_code xap_document_remove_value(struct xap_document *document, xap_valueno slot,
                                                struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_document_clear_values(struct xap_document *document,
                                                struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_document_set_data(struct xap_document *document, const char *data,
                                            size_t length, struct xap_error *error) XAP_NOEXCEPT;

/* Lent. An absent value is empty. */
XAP_API enum xap_code xap_document_get_value(const struct xap_document *document, xap_valueno slot,
                                             const char **value, size_t *length,
                                             struct xap_error *error) XAP_NOEXCEPT;
/* Lent. */
XAP_API enum xap_code xap_document_get_data(const struct xap_document *document, const char **data,
                                            size_t *length, struct xap_error *error) XAP_NOEXCEPT;
/* 0 when it is from no database; else the id in its own shard. */
XAP_API enum xap_code xap_document_get_docid(const struct xap_document *document, xap_docid *docid,
                                             struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_document_termlist_count(const struct xap_document *document,
                                                  xap_termcount *count,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_document_termlist_begin(const struct xap_document *document,
                                                  struct xap_term_iterator **iterator,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_document_values_count(const struct xap_document *document,
                                                xap_termcount *count,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* Ordered by slot. */
XAP_API enum xap_code xap_document_values_begin(const struct xap_document *document,
                                                struct xap_value_iterator **iterator,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* Terms, values and data as lent bytes, to be read by the same release. */
XAP_API enum xap_code xap_document_serialise(const struct xap_document *document,
                                             const char **bytes, size_t *length,
                                             struct xap_error *error) XAP_NOEXCEPT;
/* bytes must come from a trusted place: crafted ones can crash Xapian. */
XAP_API enum xap_code xap_document_new_unserialise(const char *bytes, size_t length,
                                                   struct xap_document **document,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_document_get_description(const struct xap_document *document,
                                                   const char **text, size_t *length,
                                                   struct xap_error *error) XAP_NOEXCEPT;

/* ---- Database, reading --------------------------------------------------- */

/* Kinds of database, for the flags of xap_database_new_open; 0 finds out. */
enum {
    XAP_DB_BACKEND_GLASS = 0x100,
    XAP_DB_BACKEND_CHERT = 0x200,
    XAP_DB_BACKEND_STUB = 0x300,
    XAP_DB_BACKEND_INMEMORY = 0x400 /* empty; the path is ignored */
};

/* Without any database in it: for xap_database_add_database. */
XAP_API enum xap_code xap_database_new(struct xap_database **database,
                                       struct xap_error *error) XAP_NOEXCEPT;
/*
 * path: a database's folder, a stub file or a folder with one, or a single-file
 * database. Sees the last commit. No such path, or a folder without a database:
 * XAP_DATABASE_NOT_FOUND_ERROR; a file that is something else:
 * XAP_DATABASE_OPENING_ERROR.
 */
XAP_API enum xap_code xap_database_new_open(const char *path, unsigned flags,
                                            struct xap_database **database,
                                            struct xap_error *error) XAP_NOEXCEPT;
/*
 * A single-file database at the descriptor's offset. Takes the descriptor, also
 * on failure.
 */
XAP_API enum xap_code xap_database_new_open_fd(int fd, unsigned flags,
                                               struct xap_database **database,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_database_free(struct xap_database *database) XAP_NOEXCEPT;
/* Search other too, as one more shard. other stays the caller's. */
XAP_API enum xap_code xap_database_add_database(struct xap_database *database,
                                                const struct xap_database *other,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* How many shards. */
XAP_API size_t xap_database_size(const struct xap_database *database) XAP_NOEXCEPT;
/*
 * Moves to the last commit: what to do after XAP_DATABASE_MODIFIED_ERROR, which
 * comes when two commits have happened since. Does not read a stub file again.
 * reopened is false when nothing can have changed.
 */
XAP_API enum xap_code xap_database_reopen(struct xap_database *database, bool *reopened,
                                          struct xap_error *error) XAP_NOEXCEPT;
/* For good; later calls fail with XAP_DATABASE_CLOSED_ERROR or use a cache. */
XAP_API enum xap_code xap_database_close(struct xap_database *database,
                                         struct xap_error *error) XAP_NOEXCEPT;
/* Keeps remote databases from timing out. */
XAP_API enum xap_code xap_database_keep_alive(struct xap_database *database,
                                              struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_description(const struct xap_database *database,
                                                   const char **text, size_t *length,
                                                   struct xap_error *error) XAP_NOEXCEPT;

XAP_API enum xap_code xap_database_get_doccount(const struct xap_database *database,
                                                xap_doccount *count,
                                                struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_lastdocid(const struct xap_database *database,
                                                 xap_docid *docid,
                                                 struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_average_length(const struct xap_database *database,
                                                      double *length,
                                                      struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_total_length(const struct xap_database *database,
                                                    xap_totallength *length,
                                                    struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_doclength(const struct xap_database *database,
                                                 xap_docid docid, xap_termcount *length,
                                                 struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_doclength_lower_bound(const struct xap_database *database,
                                                             xap_termcount *length,
                                                             struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_doclength_upper_bound(const struct xap_database *database,
                                                             xap_termcount *length,
                                                             struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_unique_terms(const struct xap_database *database,
                                                    xap_docid docid, xap_termcount *count,
                                                    struct xap_error *error) XAP_NOEXCEPT;
/* In how many documents; 0 for a term that is not there. */
XAP_API enum xap_code xap_database_get_termfreq(const struct xap_database *database,
                                                const char *term, size_t term_length,
                                                xap_doccount *count,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* Sum of the wdf over all documents. */
XAP_API enum xap_code xap_database_get_collection_freq(const struct xap_database *database,
                                                       const char *term, size_t term_length,
                                                       xap_termcount *count,
                                                       struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_wdf_upper_bound(const struct xap_database *database,
                                                       const char *term, size_t term_length,
                                                       xap_termcount *wdf,
                                                       struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_term_exists(const struct xap_database *database,
                                               const char *term, size_t term_length, bool *exists,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_has_positions(const struct xap_database *database, bool *has,
                                                 struct xap_error *error) XAP_NOEXCEPT;
/* How many documents have a value in slot; and bounds of these values, lent. */
XAP_API enum xap_code xap_database_get_value_freq(const struct xap_database *database,
                                                  xap_valueno slot, xap_doccount *count,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_value_lower_bound(const struct xap_database *database,
                                                         xap_valueno slot, const char **value,
                                                         size_t *length,
                                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_get_value_upper_bound(const struct xap_database *database,
                                                         xap_valueno slot, const char **value,
                                                         size_t *length,
                                                         struct xap_error *error) XAP_NOEXCEPT;

enum {
    XAP_DOC_ASSUME_VALID = 1 /* docid is known to exist: do not check */
};

/* flags: 0 or XAP_DOC_ASSUME_VALID. */
XAP_API enum xap_code xap_database_get_document(const struct xap_database *database,
                                                xap_docid docid, unsigned flags,
                                                struct xap_document **document,
                                                struct xap_error *error) XAP_NOEXCEPT;

/* Lent. An absent key gives the empty value; an empty key is refused. */
XAP_API enum xap_code xap_database_get_metadata(const struct xap_database *database,
                                                const char *key, size_t key_length,
                                                const char **value, size_t *length,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* Keys that start with prefix, in byte order. */
XAP_API enum xap_code xap_database_metadata_keys_begin(const struct xap_database *database,
                                                       const char *prefix, size_t prefix_length,
                                                       struct xap_term_iterator **iterator,
                                                       struct xap_error *error) XAP_NOEXCEPT;
/* Terms that start with prefix, in byte order; has get_termfreq. */
XAP_API enum xap_code xap_database_allterms_begin(const struct xap_database *database,
                                                  const char *prefix, size_t prefix_length,
                                                  struct xap_term_iterator **iterator,
                                                  struct xap_error *error) XAP_NOEXCEPT;
/* The terms of a document. */
XAP_API enum xap_code xap_database_termlist_begin(const struct xap_database *database,
                                                  xap_docid docid,
                                                  struct xap_term_iterator **iterator,
                                                  struct xap_error *error) XAP_NOEXCEPT;
/* The documents of a term; of the empty term: all documents. */
XAP_API enum xap_code xap_database_postlist_begin(const struct xap_database *database,
                                                  const char *term, size_t term_length,
                                                  struct xap_posting_iterator **iterator,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_positionlist_begin(const struct xap_database *database,
                                                      xap_docid docid, const char *term,
                                                      size_t term_length,
                                                      struct xap_position_iterator **iterator,
                                                      struct xap_error *error) XAP_NOEXCEPT;
/* The values in slot, ordered by document. */
XAP_API enum xap_code xap_database_valuestream_begin(const struct xap_database *database,
                                                     xap_valueno slot,
                                                     struct xap_value_iterator **iterator,
                                                     struct xap_error *error) XAP_NOEXCEPT;

/* Lent; empty when there is none. max_edit_distance: Xapian's own is 2. */
XAP_API enum xap_code xap_database_get_spelling_suggestion(const struct xap_database *database,
                                                           const char *word, size_t word_length,
                                                           unsigned max_edit_distance,
                                                           const char **suggestion, size_t *length,
                                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_spellings_begin(const struct xap_database *database,
                                                   struct xap_term_iterator **iterator,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_synonyms_begin(const struct xap_database *database,
                                                  const char *term, size_t term_length,
                                                  struct xap_term_iterator **iterator,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_synonym_keys_begin(const struct xap_database *database,
                                                      const char *prefix, size_t prefix_length,
                                                      struct xap_term_iterator **iterator,
                                                      struct xap_error *error) XAP_NOEXCEPT;

/* Lent. Several shards give several, with ':' between. */
XAP_API enum xap_code xap_database_get_uuid(const struct xap_database *database, const char **uuid,
                                            size_t *length, struct xap_error *error) XAP_NOEXCEPT;
/* One glass or chert shard only. */
XAP_API enum xap_code xap_database_get_revision(const struct xap_database *database,
                                                xap_rev *revision,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* Whether some writer has the lock. */
XAP_API enum xap_code xap_database_locked(const struct xap_database *database, bool *locked,
                                          struct xap_error *error) XAP_NOEXCEPT;

/* ---- Term iterator ------------------------------------------------------- */

XAP_API void xap_term_iterator_free(struct xap_term_iterator *iterator) XAP_NOEXCEPT;
XAP_API bool xap_term_iterator_at_end(const struct xap_term_iterator *iterator) XAP_NOEXCEPT;
/* Lent until the iterator moves. */
XAP_API enum xap_code xap_term_iterator_get(const struct xap_term_iterator *iterator,
                                            const char **term, size_t *length,
                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_term_iterator_next(struct xap_term_iterator *iterator,
                                             struct xap_error *error) XAP_NOEXCEPT;
/* Not of queries' terms and synonyms: XAP_INVALID_OPERATION_ERROR. */
XAP_API enum xap_code xap_term_iterator_skip_to(struct xap_term_iterator *iterator,
                                                const char *term, size_t length,
                                                struct xap_error *error) XAP_NOEXCEPT;
/*
 * What else is known depends on where the iterator comes from: wdf and
 * positions for a document's terms, termfreq for these, for all terms and for
 * spellings, and as the count of a match spy's values. Where it is not known:
 * XAP_INVALID_OPERATION_ERROR, or for the wdf of a query's terms 1.
 */
XAP_API enum xap_code xap_term_iterator_get_wdf(const struct xap_term_iterator *iterator,
                                                xap_termcount *wdf,
                                                struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_term_iterator_get_termfreq(const struct xap_term_iterator *iterator,
                                                     xap_doccount *count,
                                                     struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_term_iterator_positionlist_count(const struct xap_term_iterator *iterator,
                                                           xap_termcount *count,
                                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_term_iterator_positionlist_begin(const struct xap_term_iterator *iterator,
                                                           struct xap_position_iterator **positions,
                                                           struct xap_error *error) XAP_NOEXCEPT;
/* Whether both are at their end, or are one and the same. */
XAP_API bool xap_term_iterator_equal(const struct xap_term_iterator *first,
                                     const struct xap_term_iterator *second) XAP_NOEXCEPT;
/* Lent; for people. */
XAP_API enum xap_code xap_term_iterator_get_description(const struct xap_term_iterator *iterator,
                                                        const char **text, size_t *length,
                                                        struct xap_error *error) XAP_NOEXCEPT;

/* ---- Posting iterator ---------------------------------------------------- */

XAP_API void xap_posting_iterator_free(struct xap_posting_iterator *iterator) XAP_NOEXCEPT;
XAP_API bool xap_posting_iterator_at_end(const struct xap_posting_iterator *iterator) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_iterator_get(const struct xap_posting_iterator *iterator,
                                               xap_docid *docid,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_iterator_next(struct xap_posting_iterator *iterator,
                                                struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_iterator_skip_to(struct xap_posting_iterator *iterator,
                                                   xap_docid docid,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_posting_iterator_get_wdf(const struct xap_posting_iterator *iterator,
                                                   xap_termcount *wdf,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_posting_iterator_get_doclength(const struct xap_posting_iterator *iterator,
                                   xap_termcount *length, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_posting_iterator_get_unique_terms(const struct xap_posting_iterator *iterator,
                                      xap_termcount *count, struct xap_error *error) XAP_NOEXCEPT;
/* The term's positions in the document the iterator stands on. */
XAP_API enum xap_code
xap_posting_iterator_positionlist_begin(const struct xap_posting_iterator *iterator,
                                        struct xap_position_iterator **positions,
                                        struct xap_error *error) XAP_NOEXCEPT;
/* Whether both are at their end, or are one and the same. */
XAP_API bool xap_posting_iterator_equal(const struct xap_posting_iterator *first,
                                        const struct xap_posting_iterator *second) XAP_NOEXCEPT;
/* Lent; for people. */
XAP_API enum xap_code
xap_posting_iterator_get_description(const struct xap_posting_iterator *iterator, const char **text,
                                     size_t *length, struct xap_error *error) XAP_NOEXCEPT;

/* ---- Position iterator --------------------------------------------------- */

XAP_API void xap_position_iterator_free(struct xap_position_iterator *iterator) XAP_NOEXCEPT;
XAP_API bool
xap_position_iterator_at_end(const struct xap_position_iterator *iterator) XAP_NOEXCEPT;
XAP_API enum xap_code xap_position_iterator_get(const struct xap_position_iterator *iterator,
                                                xap_termpos *position,
                                                struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_position_iterator_next(struct xap_position_iterator *iterator,
                                                 struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_position_iterator_skip_to(struct xap_position_iterator *iterator,
                                                    xap_termpos position,
                                                    struct xap_error *error) XAP_NOEXCEPT;
/* Whether both are at their end, or are one and the same. */
XAP_API bool xap_position_iterator_equal(const struct xap_position_iterator *first,
                                         const struct xap_position_iterator *second) XAP_NOEXCEPT;
/* Lent; for people. */
XAP_API enum xap_code
xap_position_iterator_get_description(const struct xap_position_iterator *iterator,
                                      const char **text, size_t *length,
                                      struct xap_error *error) XAP_NOEXCEPT;

/* ---- Value iterator ------------------------------------------------------ */

XAP_API void xap_value_iterator_free(struct xap_value_iterator *iterator) XAP_NOEXCEPT;
XAP_API bool xap_value_iterator_at_end(const struct xap_value_iterator *iterator) XAP_NOEXCEPT;
/* Lent until the iterator moves. */
XAP_API enum xap_code xap_value_iterator_get(const struct xap_value_iterator *iterator,
                                             const char **value, size_t *length,
                                             struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_value_iterator_next(struct xap_value_iterator *iterator,
                                              struct xap_error *error) XAP_NOEXCEPT;
/* docid in a value stream, slot in the values of a document. */
XAP_API enum xap_code xap_value_iterator_skip_to(struct xap_value_iterator *iterator,
                                                 uint32_t docid_or_slot,
                                                 struct xap_error *error) XAP_NOEXCEPT;
/*
 * Value streams only. Like skip_to where that is cheap (then positioned is
 * true); else positioned says whether docid, which must exist, has a value, and
 * when it has none nothing but next, skip_to, check and free may follow.
 */
XAP_API enum xap_code xap_value_iterator_check(struct xap_value_iterator *iterator, xap_docid docid,
                                               bool *positioned,
                                               struct xap_error *error) XAP_NOEXCEPT;
/* Value streams only: else XAP_INVALID_OPERATION_ERROR. */
XAP_API enum xap_code xap_value_iterator_get_docid(const struct xap_value_iterator *iterator,
                                                   xap_docid *docid,
                                                   struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_value_iterator_get_valueno(const struct xap_value_iterator *iterator,
                                                     xap_valueno *slot,
                                                     struct xap_error *error) XAP_NOEXCEPT;
/* Whether both are at their end, or are one and the same. */
XAP_API bool xap_value_iterator_equal(const struct xap_value_iterator *first,
                                      const struct xap_value_iterator *second) XAP_NOEXCEPT;
/* Lent; for people. */
XAP_API enum xap_code xap_value_iterator_get_description(const struct xap_value_iterator *iterator,
                                                         const char **text, size_t *length,
                                                         struct xap_error *error) XAP_NOEXCEPT;

/* ---- Query --------------------------------------------------------------- */

/* The kinds of query that combine others, and what get_type answers. */
enum xap_query_op XAP_UNSIGNED {
    XAP_QUERY_OP_AND = 0,
    XAP_QUERY_OP_OR = 1,
    XAP_QUERY_OP_AND_NOT = 2,
    XAP_QUERY_OP_XOR = 3,
    XAP_QUERY_OP_AND_MAYBE = 4,
    XAP_QUERY_OP_FILTER = 5,
    XAP_QUERY_OP_NEAR = 6,
    XAP_QUERY_OP_PHRASE = 7,
    XAP_QUERY_OP_VALUE_RANGE = 8,
    XAP_QUERY_OP_SCALE_WEIGHT = 9,
    XAP_QUERY_OP_ELITE_SET = 10,
    XAP_QUERY_OP_VALUE_GE = 11,
    XAP_QUERY_OP_VALUE_LE = 12,
    XAP_QUERY_OP_SYNONYM = 13, /* scores as one term; ignores wqf */
    XAP_QUERY_OP_MAX = 14,
    XAP_QUERY_OP_WILDCARD = 15,
    XAP_QUERY_OP_INVALID = 99,
    XAP_QUERY_LEAF_TERM = 100,
    XAP_QUERY_LEAF_POSTING_SOURCE = 101,
    XAP_QUERY_LEAF_MATCH_ALL = 102,
    XAP_QUERY_LEAF_MATCH_NOTHING = 103
};

/* What to do when a wildcard expands to more than max_expansion terms. */
enum xap_query_wildcard_limit XAP_UNSIGNED {
    XAP_QUERY_WILDCARD_LIMIT_ERROR = 0, /* XAP_WILDCARD_ERROR from get_mset */
    XAP_QUERY_WILDCARD_LIMIT_FIRST = 1, /* in byte order */
    XAP_QUERY_WILDCARD_LIMIT_MOST_FREQUENT = 2
};

/*
 * A query never changes; combining others copies what is needed of them (it is
 * cheap), so they can be freed at once.
 * Some 10,000 queries nested in each other overflow the stack inside Xapian,
 * which no error code can report: bound the depth of what users may ask.
 *
 * wqf: how often the term stands in the query, mostly 1. position: orders
 * get_terms_begin. The empty term matches all documents.
 */
XAP_API enum xap_code xap_query_new_term(const char *term, size_t term_length, xap_termcount wqf,
                                         xap_termpos position, struct xap_query **query,
                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_query_new_match_all(struct xap_query **query,
                                              struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_query_new_match_nothing(struct xap_query **query,
                                                  struct xap_error *error) XAP_NOEXCEPT;
/*
 * Of no meaning: what a range processor answers when a range is not its own.
 * Searching with it is XAP_INVALID_OPERATION_ERROR.
 */
XAP_API enum xap_code xap_query_new_invalid(struct xap_query **query,
                                            struct xap_error *error) XAP_NOEXCEPT;
/*
 * parameter: the window of NEAR and PHRASE (0: as many as there are parts), the
 * size of ELITE_SET (0: 10); 0 for other operators. count 0 matches nothing.
 * VALUE_..., SCALE_WEIGHT and WILDCARD have constructors of their own.
 */
XAP_API enum xap_code xap_query_new_combine(enum xap_query_op op, struct xap_query *const *parts,
                                            size_t count, xap_termcount parameter,
                                            struct xap_query **query,
                                            struct xap_error *error) XAP_NOEXCEPT;
/* The same of count terms, each with wqf 1; lengths NULL: they end in NUL. */
XAP_API enum xap_code xap_query_new_combine_terms(enum xap_query_op op, const char *const *terms,
                                                  const size_t *lengths, size_t count,
                                                  xap_termcount parameter, struct xap_query **query,
                                                  struct xap_error *error) XAP_NOEXCEPT;
/* factor >= 0; with 0 the part only filters. */
XAP_API enum xap_code xap_query_new_scale_weight(double factor, const struct xap_query *part,
                                                 struct xap_query **query,
                                                 struct xap_error *error) XAP_NOEXCEPT;
/* Values compare as bytes; both limits are included. */
XAP_API enum xap_code xap_query_new_value_range(xap_valueno slot, const char *low,
                                                size_t low_length, const char *high,
                                                size_t high_length, struct xap_query **query,
                                                struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_query_new_value_ge(xap_valueno slot, const char *low, size_t low_length,
                                             struct xap_query **query,
                                             struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_query_new_value_le(xap_valueno slot, const char *high, size_t high_length,
                                             struct xap_query **query,
                                             struct xap_error *error) XAP_NOEXCEPT;
/*
 * All terms that start with prefix, joined by combiner: SYNONYM, OR or MAX.
 * max_expansion 0 is without limit. The limit holds for each shard.
 * MOST_FREQUENT is as slow as no limit; with OR or MAX each match leaks, inside
 * Xapian 1.4.22, some 120 bytes for each term left out.
 */
XAP_API enum xap_code xap_query_new_wildcard(const char *prefix, size_t prefix_length,
                                             xap_termcount max_expansion,
                                             enum xap_query_wildcard_limit limit,
                                             enum xap_query_op combiner, struct xap_query **query,
                                             struct xap_error *error) XAP_NOEXCEPT;
/* bytes must come from a trusted place: crafted ones can crash Xapian. */
XAP_API enum xap_code xap_query_new_unserialise(const char *bytes, size_t length,
                                                struct xap_query **query,
                                                struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_query_free(struct xap_query *query) XAP_NOEXCEPT;

/* Lent. */
XAP_API enum xap_code xap_query_serialise(const struct xap_query *query, const char **bytes,
                                          size_t *length, struct xap_error *error) XAP_NOEXCEPT;
/* Lent; for people: "Query((forced OR repatriation))". */
XAP_API enum xap_code xap_query_get_description(const struct xap_query *query, const char **text,
                                                size_t *length,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* In the order of their positions, one for each position. */
XAP_API enum xap_code xap_query_get_terms_begin(const struct xap_query *query,
                                                struct xap_term_iterator **iterator,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* In byte order, each once. */
XAP_API enum xap_code xap_query_get_unique_terms_begin(const struct xap_query *query,
                                                       struct xap_term_iterator **iterator,
                                                       struct xap_error *error) XAP_NOEXCEPT;
/* Whether it is the query that matches nothing. */
XAP_API bool xap_query_empty(const struct xap_query *query) XAP_NOEXCEPT;
/* Sum of the wqf of its terms. */
XAP_API xap_termcount xap_query_get_length(const struct xap_query *query) XAP_NOEXCEPT;
/* XAP_QUERY_OP_INVALID for a NULL handle. */
XAP_API enum xap_query_op xap_query_get_type(const struct xap_query *query) XAP_NOEXCEPT;
XAP_API size_t xap_query_get_num_subqueries(const struct xap_query *query) XAP_NOEXCEPT;
/* n from 0; XAP_RANGE_ERROR beyond. */
XAP_API enum xap_code xap_query_get_subquery(const struct xap_query *query, size_t n,
                                             struct xap_query **part,
                                             struct xap_error *error) XAP_NOEXCEPT;

/* ---- Weighting schemes --------------------------------------------------- */

/*
 * Formulas: Xapian's <xapian/weight.h>. Xapian's own parameters are k1 = k3 = 1,
 * k2 = 0, b = min_normlen = 0.5, delta = 1, c = 1, k = 1. Negative ones are
 * XAP_INVALID_ARGUMENT_ERROR or taken as 0.
 */
XAP_API enum xap_code xap_weight_new_bool(struct xap_weight **weight,
                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_coord(struct xap_weight **weight,
                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_bm25(double k1, double k2, double k3, double b,
                                          double min_normlen, struct xap_weight **weight,
                                          struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_bm25_plus(double k1, double k2, double k3, double b,
                                               double min_normlen, double delta,
                                               struct xap_weight **weight,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_trad(double k, struct xap_weight **weight,
                                          struct xap_error *error) XAP_NOEXCEPT;
/* normalizations: three letters, "ntn" in Xapian. */
XAP_API enum xap_code xap_weight_new_tf_idf(const char *normalizations, struct xap_weight **weight,
                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_in_l2(double c, struct xap_weight **weight,
                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_if_b2(double c, struct xap_weight **weight,
                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_ine_b2(double c, struct xap_weight **weight,
                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_bb2(double c, struct xap_weight **weight,
                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_dlh(struct xap_weight **weight,
                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_dph(struct xap_weight **weight,
                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_weight_new_pl2(double c, struct xap_weight **weight,
                                         struct xap_error *error) XAP_NOEXCEPT;
/* Before Xapian 1.4.26: 0 for rare terms. */
XAP_API enum xap_code xap_weight_new_pl2_plus(double c, double delta, struct xap_weight **weight,
                                              struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_weight_free(struct xap_weight *weight) XAP_NOEXCEPT;
/* Lent: "Xapian::BM25Weight". */
XAP_API enum xap_code xap_weight_name(const struct xap_weight *weight, const char **name,
                                      size_t *length, struct xap_error *error) XAP_NOEXCEPT;

/* ---- Relevance set ------------------------------------------------------- */

XAP_API enum xap_code xap_rset_new(struct xap_rset **rset, struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_rset_free(struct xap_rset *rset) XAP_NOEXCEPT;
/* docid 0 is XAP_INVALID_ARGUMENT_ERROR. */
XAP_API enum xap_code xap_rset_add_document(struct xap_rset *rset, xap_docid docid,
                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_rset_remove_document(struct xap_rset *rset, xap_docid docid,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API bool xap_rset_contains(const struct xap_rset *rset, xap_docid docid) XAP_NOEXCEPT;
XAP_API xap_doccount xap_rset_size(const struct xap_rset *rset) XAP_NOEXCEPT;
XAP_API bool xap_rset_empty(const struct xap_rset *rset) XAP_NOEXCEPT;
/* The same three for the item of an mset. */
XAP_API enum xap_code xap_rset_add_document_item(struct xap_rset *rset, const struct xap_mset *mset,
                                                 xap_doccount index,
                                                 struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_rset_remove_document_item(struct xap_rset *rset,
                                                    const struct xap_mset *mset, xap_doccount index,
                                                    struct xap_error *error) XAP_NOEXCEPT;
/* false too for an item that is not there. */
XAP_API bool xap_rset_contains_item(const struct xap_rset *rset, const struct xap_mset *mset,
                                    xap_doccount index) XAP_NOEXCEPT;
XAP_API enum xap_code xap_rset_get_description(const struct xap_rset *rset, const char **text,
                                               size_t *length,
                                               struct xap_error *error) XAP_NOEXCEPT;

/* ---- Enquire ------------------------------------------------------------- */

enum xap_enquire_docid_order XAP_UNSIGNED {
    XAP_ENQUIRE_DESCENDING = 0,
    XAP_ENQUIRE_ASCENDING = 1, /* Xapian's own */
    XAP_ENQUIRE_DONT_CARE = 2  /* the quickest */
};

/* A database without shards is XAP_INVALID_ARGUMENT_ERROR. */
XAP_API enum xap_code xap_enquire_new(const struct xap_database *database,
                                      struct xap_enquire **enquire,
                                      struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_enquire_free(struct xap_enquire *enquire) XAP_NOEXCEPT;
/* query_length 0: the sum of its wqf. The query may be freed. */
XAP_API enum xap_code xap_enquire_set_query(struct xap_enquire *enquire,
                                            const struct xap_query *query,
                                            xap_termcount query_length,
                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_enquire_get_query(const struct xap_enquire *enquire,
                                            struct xap_query **query,
                                            struct xap_error *error) XAP_NOEXCEPT;
/* The weight may be freed. Without this: BM25 with Xapian's parameters. */
XAP_API enum xap_code xap_enquire_set_weighting_scheme(struct xap_enquire *enquire,
                                                       const struct xap_weight *weight,
                                                       struct xap_error *error) XAP_NOEXCEPT;
/* name: "trad" (with k; Xapian's own, k = 1) or "bo1". */
XAP_API enum xap_code xap_enquire_set_expansion_scheme(struct xap_enquire *enquire,
                                                       const char *name, double k,
                                                       struct xap_error *error) XAP_NOEXCEPT;
/* Keeps the best max documents of each value; XAP_BAD_VALUENO: no collapsing. */
XAP_API enum xap_code xap_enquire_set_collapse_key(struct xap_enquire *enquire, xap_valueno slot,
                                                   xap_doccount max,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/* Among documents that are equal otherwise. */
XAP_API enum xap_code xap_enquire_set_docid_order(struct xap_enquire *enquire,
                                                  enum xap_enquire_docid_order order,
                                                  struct xap_error *error) XAP_NOEXCEPT;
/* 0 is no cut-off. */
XAP_API enum xap_code xap_enquire_set_cutoff(struct xap_enquire *enquire, int percent,
                                             double weight, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_enquire_set_sort_by_relevance(struct xap_enquire *enquire,
                                                        struct xap_error *error) XAP_NOEXCEPT;
/* Values compare as bytes, the greatest first if reverse. */
XAP_API enum xap_code xap_enquire_set_sort_by_value(struct xap_enquire *enquire, xap_valueno slot,
                                                    bool reverse,
                                                    struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_enquire_set_sort_by_value_then_relevance(struct xap_enquire *enquire, xap_valueno slot,
                                             bool reverse, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_enquire_set_sort_by_relevance_then_value(struct xap_enquire *enquire, xap_valueno slot,
                                             bool reverse, struct xap_error *error) XAP_NOEXCEPT;
/*
 * After so many seconds check_at_least counts no more; 0 is no limit. It does
 * not stop a match: an expensive wildcard runs on.
 */
XAP_API enum xap_code xap_enquire_set_time_limit(struct xap_enquire *enquire, double seconds,
                                                 struct xap_error *error) XAP_NOEXCEPT;
/* The enquire keeps the spy alive and filling until clear_matchspies. */
XAP_API enum xap_code xap_enquire_add_matchspy(struct xap_enquire *enquire,
                                               struct xap_match_spy *spy,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_enquire_clear_matchspies(struct xap_enquire *enquire,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/*
 * The hits first, first + 1 ... (from 0), at most max_items. check_at_least:
 * look at so many matches so that the estimates are exact up to there. rset may
 * be NULL.
 */
XAP_API enum xap_code xap_enquire_get_mset(const struct xap_enquire *enquire, xap_doccount first,
                                           xap_doccount max_items, xap_doccount check_at_least,
                                           const struct xap_rset *rset, struct xap_mset **mset,
                                           struct xap_error *error) XAP_NOEXCEPT;

enum { XAP_ENQUIRE_INCLUDE_QUERY_TERMS = 1, XAP_ENQUIRE_USE_EXACT_TERMFREQ = 2 };

/* The best terms to add to the query, of at least min_weight (mostly 0). */
XAP_API enum xap_code xap_enquire_get_eset(const struct xap_enquire *enquire,
                                           xap_termcount max_items, const struct xap_rset *rset,
                                           unsigned flags, double min_weight,
                                           struct xap_eset **eset,
                                           struct xap_error *error) XAP_NOEXCEPT;
/* The query's terms that are in the document, in the query's order. */
XAP_API enum xap_code xap_enquire_get_matching_terms_begin(const struct xap_enquire *enquire,
                                                           xap_docid docid,
                                                           struct xap_term_iterator **iterator,
                                                           struct xap_error *error) XAP_NOEXCEPT;
/* The same for the item of an mset. */
XAP_API enum xap_code xap_enquire_get_matching_terms_begin_item(
    const struct xap_enquire *enquire, const struct xap_mset *mset, xap_doccount index,
    struct xap_term_iterator **iterator, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_enquire_get_description(const struct xap_enquire *enquire,
                                                  const char **text, size_t *length,
                                                  struct xap_error *error) XAP_NOEXCEPT;

/* ---- Match set ----------------------------------------------------------- */

/* Items are asked for by index, from 0; XAP_RANGE_ERROR beyond the size. */
/* An empty one; the others come from xap_enquire_get_mset. */
XAP_API enum xap_code xap_mset_new(struct xap_mset **mset, struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_mset_free(struct xap_mset *mset) XAP_NOEXCEPT;
XAP_API xap_doccount xap_mset_size(const struct xap_mset *mset) XAP_NOEXCEPT;
XAP_API bool xap_mset_empty(const struct xap_mset *mset) XAP_NOEXCEPT;
/* The first that was asked for. */
XAP_API xap_doccount xap_mset_get_firstitem(const struct xap_mset *mset) XAP_NOEXCEPT;
/* How many documents match in all; after and before collapsing. */
XAP_API xap_doccount xap_mset_get_matches_lower_bound(const struct xap_mset *mset) XAP_NOEXCEPT;
XAP_API xap_doccount xap_mset_get_matches_estimated(const struct xap_mset *mset) XAP_NOEXCEPT;
XAP_API xap_doccount xap_mset_get_matches_upper_bound(const struct xap_mset *mset) XAP_NOEXCEPT;
XAP_API xap_doccount xap_mset_get_uncollapsed_matches_lower_bound(const struct xap_mset *mset)
    XAP_NOEXCEPT;
XAP_API xap_doccount xap_mset_get_uncollapsed_matches_estimated(const struct xap_mset *mset)
    XAP_NOEXCEPT;
XAP_API xap_doccount xap_mset_get_uncollapsed_matches_upper_bound(const struct xap_mset *mset)
    XAP_NOEXCEPT;
XAP_API double xap_mset_get_max_attained(const struct xap_mset *mset) XAP_NOEXCEPT;
XAP_API double xap_mset_get_max_possible(const struct xap_mset *mset) XAP_NOEXCEPT;
/* Of a term of the query; cached, so cheaper than asking the database. */
XAP_API enum xap_code xap_mset_get_termfreq(const struct xap_mset *mset, const char *term,
                                            size_t term_length, xap_doccount *count,
                                            struct xap_error *error) XAP_NOEXCEPT;
/* The most a term of the query can add; others: XAP_INVALID_ARGUMENT_ERROR. */
XAP_API enum xap_code xap_mset_get_termweight(const struct xap_mset *mset, const char *term,
                                              size_t term_length, double *weight,
                                              struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_mset_convert_to_percent(const struct xap_mset *mset, double weight,
                                                  int *percent,
                                                  struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_mset_convert_to_percent_item(const struct xap_mset *mset,
                                                       xap_doccount index, int *percent,
                                                       struct xap_error *error) XAP_NOEXCEPT;
/*
 * Hint: all documents will be asked for. Does nothing unless firstitem is 0, as
 * Xapian 1.4 reads outside its array then; it has no fetch of a part for the
 * same sort of reason.
 */
XAP_API enum xap_code xap_mset_fetch(const struct xap_mset *mset,
                                     struct xap_error *error) XAP_NOEXCEPT;

XAP_API enum xap_code xap_mset_get_docid(const struct xap_mset *mset, xap_doccount index,
                                         xap_docid *docid, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_mset_get_weight(const struct xap_mset *mset, xap_doccount index,
                                          double *weight, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_mset_get_percent(const struct xap_mset *mset, xap_doccount index,
                                           int *percent, struct xap_error *error) XAP_NOEXCEPT;
/* Place among all hits, from 0: firstitem + index. */
XAP_API enum xap_code xap_mset_get_rank(const struct xap_mset *mset, xap_doccount index,
                                        xap_doccount *rank, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_mset_get_document(const struct xap_mset *mset, xap_doccount index,
                                            struct xap_document **document,
                                            struct xap_error *error) XAP_NOEXCEPT;
/* A lower bound of how many documents collapsing hid behind this one. */
XAP_API enum xap_code xap_mset_get_collapse_count(const struct xap_mset *mset, xap_doccount index,
                                                  xap_doccount *count,
                                                  struct xap_error *error) XAP_NOEXCEPT;
/* Lent. */
XAP_API enum xap_code xap_mset_get_collapse_key(const struct xap_mset *mset, xap_doccount index,
                                                const char **key, size_t *length,
                                                struct xap_error *error) XAP_NOEXCEPT;
/* Lent; empty when sorted by relevance. */
XAP_API enum xap_code xap_mset_get_sort_key(const struct xap_mset *mset, xap_doccount index,
                                            const char **key, size_t *length,
                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_mset_get_description(const struct xap_mset *mset, const char **text,
                                               size_t *length,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_mset_item_get_description(const struct xap_mset *mset, xap_doccount index,
                                                    const char **text, size_t *length,
                                                    struct xap_error *error) XAP_NOEXCEPT;

enum {
    XAP_MSET_SNIPPET_BACKGROUND_MODEL = 1,    /* words that are not asked for weigh too */
    XAP_MSET_SNIPPET_EXHAUSTIVE = 2,          /* look at all of the text */
    XAP_MSET_SNIPPET_EMPTY_WITHOUT_MATCH = 4, /* nothing, rather than a passage without a match */
    XAP_MSET_SNIPPET_CJK_NGRAM = 2048         /* as the term generator's and the parser's */
};

/*
 * The passage of text, which is UTF-8, that shows the query best, of about
 * length bytes. stem: that of the query, or NULL. hi_start and hi_end stand
 * around what matches, omit where something is left out; NULL are Xapian's own:
 * "<b>", "</b>" and "...". Xapian's own flags are BACKGROUND_MODEL and EXHAUSTIVE.
 * <, > and & of the text become HTML entities; before Xapian 1.4.32 not so when
 * hi_start and hi_end are both empty and the text is no longer than length. The
 * result is lent.
 */
XAP_API enum xap_code xap_mset_snippet(const struct xap_mset *mset, const char *text,
                                       size_t text_length, size_t length,
                                       const struct xap_stem *stem, unsigned flags,
                                       const char *hi_start, const char *hi_end, const char *omit,
                                       const char **snippet, size_t *snippet_length,
                                       struct xap_error *error) XAP_NOEXCEPT;

/* ---- Expand set ---------------------------------------------------------- */

/* An empty one; the others come from xap_enquire_get_eset. */
XAP_API enum xap_code xap_eset_new(struct xap_eset **eset, struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_eset_free(struct xap_eset *eset) XAP_NOEXCEPT;
XAP_API xap_termcount xap_eset_size(const struct xap_eset *eset) XAP_NOEXCEPT;
XAP_API bool xap_eset_empty(const struct xap_eset *eset) XAP_NOEXCEPT;
/* What the size could have been at most without max_items. */
XAP_API xap_termcount xap_eset_get_ebound(const struct xap_eset *eset) XAP_NOEXCEPT;
/* Lent. The best term has index 0. */
XAP_API enum xap_code xap_eset_get_term(const struct xap_eset *eset, xap_termcount index,
                                        const char **term, size_t *length,
                                        struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_eset_get_weight(const struct xap_eset *eset, xap_termcount index,
                                          double *weight, struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_eset_get_description(const struct xap_eset *eset, const char **text,
                                               size_t *length,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_eset_item_get_description(const struct xap_eset *eset,
                                                    xap_termcount index, const char **text,
                                                    size_t *length,
                                                    struct xap_error *error) XAP_NOEXCEPT;

/* ---- Counting values during a match -------------------------------------- */

/*
 * Counts the values of slot among the documents the matcher looks at: for
 * facets. Give check_at_least as the database's doccount to see all of them.
 * Counts add up over matches.
 */
XAP_API enum xap_code xap_value_count_match_spy_new(xap_valueno slot, struct xap_match_spy **spy,
                                                    struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_match_spy_free(struct xap_match_spy *spy) XAP_NOEXCEPT;
/*
 * Documents looked at, with or without a value. These three, of a spy of another kind: 0 and
 * XAP_INVALID_OPERATION_ERROR.
 */
XAP_API size_t xap_value_count_match_spy_get_total(const struct xap_match_spy *spy) XAP_NOEXCEPT;
/* The values in byte order; the iterator's termfreq is the count. */
XAP_API enum xap_code xap_value_count_match_spy_values_begin(const struct xap_match_spy *spy,
                                                             struct xap_term_iterator **iterator,
                                                             struct xap_error *error) XAP_NOEXCEPT;
/* The max_values most frequent, the most frequent first. */
XAP_API enum xap_code
xap_value_count_match_spy_top_values_begin(const struct xap_match_spy *spy, size_t max_values,
                                           struct xap_term_iterator **iterator,
                                           struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
