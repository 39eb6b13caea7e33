/* xapian-c-write.h - change Xapian databases from C
 *
 * Everything that writes to disk: the writable database, checking (which can
 * repair) and compacting. Read xapian-c.h first: its rules of errors, results,
 * bytes, ownership and threads hold here. Documents are built with the
 * functions there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_WRITE_H
#define XAPIAN_C_WRITE_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_writable_database;

/*
 * For xap_writable_database_new_open: one of the first four, or-ed with others
 * and with a XAP_DB_BACKEND_... for a new database.
 */
enum {
    XAP_DB_CREATE_OR_OPEN = 0x00,
    XAP_DB_CREATE_OR_OVERWRITE = 0x01,
    XAP_DB_CREATE = 0x02,  /* one that exists: XAP_DATABASE_CREATE_ERROR */
    XAP_DB_OPEN = 0x03,    /* none there: XAP_DATABASE_NOT_FOUND_ERROR */
    XAP_DB_NO_SYNC = 0x04, /* commits may be lost in a crash */
    XAP_DB_FULL_SYNC = 0x08,
    XAP_DB_DANGEROUS = 0x10, /* in place: no readers, no cancel, no crash */
    XAP_DB_NO_TERMLIST = 0x20,
    XAP_DB_RETRY_LOCK = 0x40 /* wait for the lock, for ever if need be */
};

/* ---- Writable database --------------------------------------------------- */

/* Without any database in it: for xap_writable_database_add_database. */
XAP_API enum xap_code xap_writable_database_new(struct xap_writable_database **database,
                                                struct xap_error *error) XAP_NOEXCEPT;
/*
 * path: the database's folder, which is created if the flags say so, or a stub
 * file. block_size: power of two, 2048 to 65536, of a new database; 0 is 8192.
 * One writer at a time: XAP_DATABASE_LOCK_ERROR when another has it. The lock
 * is the kernel's (path/flintlock must never be removed) and goes when this
 * handle is closed or freed, or the process ends.
 */
XAP_API enum xap_code xap_writable_database_new_open(const char *path, unsigned flags,
                                                     int block_size,
                                                     struct xap_writable_database **database,
                                                     struct xap_error *error) XAP_NOEXCEPT;
/*
 * As close, but a failure to commit is lost: commit or close first. After a
 * failure that leaves half a batch, cancel the transaction before freeing, or
 * what there is will be committed.
 */
XAP_API void xap_writable_database_free(struct xap_writable_database *database) XAP_NOEXCEPT;
/*
 * To read what has been written, committed or not. Lent: part of database, not
 * to be freed, valid until that is. NULL for NULL. Iterators, enquires and so
 * on made from it keep the database open, and locked, until they are freed or
 * the database is closed.
 */
XAP_API const struct xap_database *
xap_writable_database_as_database(const struct xap_writable_database *database) XAP_NOEXCEPT;
/* Documents go to the shards in turn. */
XAP_API enum xap_code xap_writable_database_add_database(struct xap_writable_database *database,
                                                         const struct xap_writable_database *other,
                                                         struct xap_error *error) XAP_NOEXCEPT;
/* Commits, or in a transaction cancels; gives up the lock. */
XAP_API enum xap_code xap_writable_database_close(struct xap_writable_database *database,
                                                  struct xap_error *error) XAP_NOEXCEPT;

/*
 * Makes all changes so far visible to readers and, without XAP_DB_NO_SYNC,
 * durable. If it fails they are lost; when the disk is full the handle is of no
 * more use. Not allowed inside a transaction.
 */
XAP_API enum xap_code xap_writable_database_commit(struct xap_writable_database *database,
                                                   struct xap_error *error) XAP_NOEXCEPT;
/*
 * Changes until commit_transaction are one: all or none. With flushed, what was
 * before is committed first, and the transaction when it ends; without, later.
 * They do not nest.
 */
XAP_API enum xap_code
xap_writable_database_begin_transaction(struct xap_writable_database *database, bool flushed,
                                        struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_writable_database_commit_transaction(struct xap_writable_database *database,
                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code
xap_writable_database_cancel_transaction(struct xap_writable_database *database,
                                         struct xap_error *error) XAP_NOEXCEPT;

/*
 * A term over 245 bytes is XAP_INVALID_ARGUMENT_ERROR here. One that only gets
 * too long because its NUL bytes count twice fails at the commit, which loses
 * the whole batch: check lengths before.
 */
XAP_API enum xap_code xap_writable_database_add_document(struct xap_writable_database *database,
                                                         const struct xap_document *document,
                                                         xap_docid *docid,
                                                         struct xap_error *error) XAP_NOEXCEPT;
/* Creates docid when it is not there. */
XAP_API enum xap_code xap_writable_database_replace_document(struct xap_writable_database *database,
                                                             xap_docid docid,
                                                             const struct xap_document *document,
                                                             struct xap_error *error) XAP_NOEXCEPT;
/*
 * Replaces all documents that have the term by this one, or adds it. The term
 * is not added to the document: it should have it.
 */
XAP_API enum xap_code xap_writable_database_replace_document_by_term(
    struct xap_writable_database *database, const char *term, size_t term_length,
    const struct xap_document *document, xap_docid *docid, struct xap_error *error) XAP_NOEXCEPT;
/* XAP_DOC_NOT_FOUND_ERROR when it is not there. */
XAP_API enum xap_code xap_writable_database_delete_document(struct xap_writable_database *database,
                                                            xap_docid docid,
                                                            struct xap_error *error) XAP_NOEXCEPT;
/* All that have the term; none is no error. */
XAP_API enum xap_code
xap_writable_database_delete_document_by_term(struct xap_writable_database *database,
                                              const char *term, size_t term_length,
                                              struct xap_error *error) XAP_NOEXCEPT;

/*
 * An empty value removes the key. A key is 1 byte to about 245, NUL bytes
 * counting twice; longer is XAP_INVALID_ARGUMENT_ERROR.
 */
XAP_API enum xap_code xap_writable_database_set_metadata(struct xap_writable_database *database,
                                                         const char *key, size_t key_length,
                                                         const char *value, size_t value_length,
                                                         struct xap_error *error) XAP_NOEXCEPT;

/*
 * Words and synonyms of more than 240 bytes are accepted here and make the next
 * commit fail, with all its changes lost: check lengths before.
 */
XAP_API enum xap_code xap_writable_database_add_spelling(struct xap_writable_database *database,
                                                         const char *word, size_t word_length,
                                                         xap_termcount freq_inc,
                                                         struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_writable_database_remove_spelling(struct xap_writable_database *database,
                                                            const char *word, size_t word_length,
                                                            xap_termcount freq_dec,
                                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_writable_database_add_synonym(struct xap_writable_database *database,
                                                        const char *term, size_t term_length,
                                                        const char *synonym, size_t synonym_length,
                                                        struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_writable_database_remove_synonym(struct xap_writable_database *database,
                                                           const char *term, size_t term_length,
                                                           const char *synonym,
                                                           size_t synonym_length,
                                                           struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_writable_database_clear_synonyms(struct xap_writable_database *database,
                                                           const char *term, size_t term_length,
                                                           struct xap_error *error) XAP_NOEXCEPT;

/* ---- Writable databases of other machines -------------------------------- */

/* As in xapian-c-remote.h, where the server was started with --writable; flags as for a local one.
 * Xapian's own timeout is 0. */
XAP_API enum xap_code xap_remote_open_writable(const char *host, unsigned port, unsigned timeout,
                                               unsigned connect_timeout, unsigned flags,
                                               struct xap_writable_database **database,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_remote_open_writable_program(const char *program, const char *arguments,
                                                       unsigned timeout, unsigned flags,
                                                       struct xap_writable_database **database,
                                                       struct xap_error *error) XAP_NOEXCEPT;

/* ---- Checking and compacting --------------------------------------------- */

enum {
    XAP_DBCHECK_SHORT_TREE = 1,
    XAP_DBCHECK_FULL_TREE = 2,
    XAP_DBCHECK_SHOW_FREELIST = 4,
    XAP_DBCHECK_SHOW_STATS = 8,
    XAP_DBCHECK_FIX = 16 /* try to repair: only with no writer about */
};

/*
 * Looks for damage in the database, or table, at path. errors: how many faults
 * it found; damage that makes it stop is a failure of the call, with
 * XAP_DATABASE_CORRUPT_ERROR or with XAP_DATABASE_ERROR and sys_errno 0. report,
 * if not NULL, receives what xapian-check would print: the caller frees it with
 * xap_free. It is NUL-terminated, and NULL when the call fails.
 */
XAP_API enum xap_code xap_database_check(const char *path, unsigned flags, size_t *errors,
                                         char **report, struct xap_error *error) XAP_NOEXCEPT;

/* The same for a single-file database at the descriptor's offset. Takes the descriptor, also on
 * failure. */
XAP_API enum xap_code xap_database_check_fd(int fd, unsigned flags, size_t *errors, char **report,
                                            struct xap_error *error) XAP_NOEXCEPT;

enum {
    /* how tight: one of these */
    XAP_COMPACTOR_STANDARD = 0,
    XAP_COMPACTOR_FULL = 1,
    XAP_COMPACTOR_FULLER = 2, /* larger and faulty before Xapian 1.4.31 */
    /* or-ed with these */
    XAP_DBCOMPACT_NO_RENUMBER = 4, /* keep the docids */
    XAP_DBCOMPACT_MULTIPASS = 8,
    XAP_DBCOMPACT_SINGLE_FILE = 16
};

/*
 * Writes a compact copy of the database, all shards merged into one, to output:
 * a folder (created) or a file. block_size as for a new database.
 */
XAP_API enum xap_code xap_database_compact(const struct xap_database *database, const char *output,
                                           unsigned flags, int block_size,
                                           struct xap_error *error) XAP_NOEXCEPT;

/* To a single-file database at the offset of fd, which must be open for reading and writing. Takes
 * fd, also on failure. */
XAP_API enum xap_code xap_database_compact_fd(const struct xap_database *database, int fd,
                                              unsigned flags, int block_size,
                                              struct xap_error *error) XAP_NOEXCEPT;

/* ---- Watching a compaction ----------------------------------------------- */

struct xap_compactor;

/*
 * Functions of the caller's: see "Callbacks" in xapian-c.h. Any may be NULL. A
 * compaction cannot be stopped: after a failure it runs to its end, without
 * calling them, and then fails with it; what it has written should be removed.
 */
struct xap_compactor_functions {
    /* What is being done to which table: "" when one begins, then what came of it. */
    enum xap_code (*set_status)(void *data, const char *table, const char *status,
                                struct xap_error *error);
    /* The one value, lent, for a metadata key that several shards have values for; without this
     * function the first. */
    enum xap_code (*resolve_duplicate_metadata)(void *data, const char *key, size_t key_length,
                                                const char *const *values, const size_t *lengths,
                                                size_t count, const char **value,
                                                size_t *value_length, struct xap_error *error);
    void (*destroy)(void *data);
};

XAP_API enum xap_code xap_compactor_new(const struct xap_compactor_functions *functions, void *data,
                                        struct xap_compactor **compactor,
                                        struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_compactor_free(struct xap_compactor *compactor) XAP_NOEXCEPT;
/* What Xapian would do. The second: values are those of key, of which there must be one at least;
 * the result is lent. */
XAP_API enum xap_code xap_compactor_set_status(struct xap_compactor *compactor, const char *table,
                                               const char *status,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_compactor_resolve_duplicate_metadata(
    struct xap_compactor *compactor, const char *key, size_t key_length, const char *const *values,
    const size_t *lengths, size_t count, const char **value, size_t *value_length,
    struct xap_error *error) XAP_NOEXCEPT;
/* The two above, telling and asking compactor. */
XAP_API enum xap_code xap_database_compact_compactor(const struct xap_database *database,
                                                     const char *output, unsigned flags,
                                                     int block_size,
                                                     struct xap_compactor *compactor,
                                                     struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_database_compact_fd_compactor(const struct xap_database *database, int fd,
                                                        unsigned flags, int block_size,
                                                        struct xap_compactor *compactor,
                                                        struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
