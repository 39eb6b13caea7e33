/* writable.cc - everything that changes a database on disk
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

static_assert(XAP_DB_CREATE_OR_OPEN == Xapian::DB_CREATE_OR_OPEN, "flag");
static_assert(XAP_DB_CREATE_OR_OVERWRITE == Xapian::DB_CREATE_OR_OVERWRITE, "flag");
static_assert(XAP_DB_CREATE == Xapian::DB_CREATE, "flag");
static_assert(XAP_DB_OPEN == Xapian::DB_OPEN, "flag");
static_assert(XAP_DB_NO_SYNC == Xapian::DB_NO_SYNC, "flag");
static_assert(XAP_DB_FULL_SYNC == Xapian::DB_FULL_SYNC, "flag");
static_assert(XAP_DB_DANGEROUS == Xapian::DB_DANGEROUS, "flag");
static_assert(XAP_DB_NO_TERMLIST == Xapian::DB_NO_TERMLIST, "flag");
static_assert(XAP_DB_RETRY_LOCK == Xapian::DB_RETRY_LOCK, "flag");

using namespace xap;

namespace
{

/* The database, which is about to be changed. */
Xapian::WritableDatabase &
changing(xap_writable_database *database)
{
    xap_writable_database &d = need(database);
    d.view.changes.note();
    return d.database;
}

/* Whether flags ask for a database in memory: the kind is a number in some of the bits. */
bool
is_in_memory(unsigned flags)
{
    constexpr unsigned kinds = XAP_DB_BACKEND_GLASS | XAP_DB_BACKEND_STUB | XAP_DB_BACKEND_INMEMORY;

    return (flags & kinds) == XAP_DB_BACKEND_INMEMORY;
}

} // namespace

xap_code
xap_writable_database_new(xap_writable_database **database, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_writable_database> made(database);
        made.make(Xapian::WritableDatabase());
    });
}

xap_code
xap_writable_database_new_open(const char *path, unsigned flags, int block_size,
                               xap_writable_database **database, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_writable_database> made(database);
        made.make(Xapian::WritableDatabase(text(path), static_cast<int>(flags), block_size),
                  is_in_memory(flags));
    });
}

void
xap_writable_database_free(xap_writable_database *database) noexcept
{
    delete database;
}

const xap_database *
xap_writable_database_as_database(const xap_writable_database *database) noexcept
{
    return database != nullptr ? &database->view : nullptr;
}

xap_code
xap_writable_database_add_database(xap_writable_database *database,
                                   const xap_writable_database *other, xap_error *error) noexcept
{
    return guard(error, [&] {
        xap_writable_database &d = need(database);
        const xap_writable_database &added = need(other);
        /* the view last: it must not differ if memory runs out */
        Xapian::Database view(d.database);
        view.add_database(added.database);
        d.database.add_database(added.database);
        d.view.database = std::move(view);
        d.view.in_memory = d.view.in_memory || added.view.in_memory;
    });
}

xap_code
xap_writable_database_close(xap_writable_database *database, xap_error *error) noexcept
{
    return guard(error, [&] { changing(database).close(); });
}

xap_code
xap_writable_database_commit(xap_writable_database *database, xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.commit(); });
}

xap_code
xap_writable_database_begin_transaction(xap_writable_database *database, bool flushed,
                                        xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.begin_transaction(flushed); });
}

xap_code
xap_writable_database_commit_transaction(xap_writable_database *database, xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.commit_transaction(); });
}

xap_code
xap_writable_database_cancel_transaction(xap_writable_database *database, xap_error *error) noexcept
{
    return guard(error, [&] { changing(database).cancel_transaction(); });
}

xap_code
xap_writable_database_add_document(xap_writable_database *database, const xap_document *document,
                                   xap_docid *docid, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = changing(database).add_document(need(document).document);
    });
}

xap_code
xap_writable_database_replace_document(xap_writable_database *database, xap_docid docid,
                                       const xap_document *document, xap_error *error) noexcept
{
    return guard(error,
                 [&] { changing(database).replace_document(docid, need(document).document); });
}

xap_code
xap_writable_database_replace_document_by_term(xap_writable_database *database, const char *term,
                                               size_t term_length, const xap_document *document,
                                               xap_docid *docid, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = changing(database).replace_document(bytes(term, term_length), need(document).document);
    });
}

xap_code
xap_writable_database_delete_document(xap_writable_database *database, xap_docid docid,
                                      xap_error *error) noexcept
{
    return guard(error, [&] { changing(database).delete_document(docid); });
}

xap_code
xap_writable_database_delete_document_by_term(xap_writable_database *database, const char *term,
                                              size_t term_length, xap_error *error) noexcept
{
    return guard(error, [&] { changing(database).delete_document(bytes(term, term_length)); });
}

xap_code
xap_writable_database_set_metadata(xap_writable_database *database, const char *key,
                                   size_t key_length, const char *value, size_t value_length,
                                   xap_error *error) noexcept
{
    return guard(error, [&] {
        changing(database).set_metadata(bytes(key, key_length), bytes(value, value_length));
    });
}

xap_code
xap_writable_database_add_spelling(xap_writable_database *database, const char *word,
                                   size_t word_length, xap_termcount freq_inc,
                                   xap_error *error) noexcept
{
    return guard(error,
                 [&] { need(database).database.add_spelling(bytes(word, word_length), freq_inc); });
}

xap_code
xap_writable_database_remove_spelling(xap_writable_database *database, const char *word,
                                      size_t word_length, xap_termcount freq_dec,
                                      xap_error *error) noexcept
{
    return guard(error, [&] {
        need(database).database.remove_spelling(bytes(word, word_length), freq_dec);
    });
}

xap_code
xap_writable_database_add_synonym(xap_writable_database *database, const char *term,
                                  size_t term_length, const char *synonym, size_t synonym_length,
                                  xap_error *error) noexcept
{
    return guard(error, [&] {
        need(database).database.add_synonym(bytes(term, term_length),
                                            bytes(synonym, synonym_length));
    });
}

xap_code
xap_writable_database_remove_synonym(xap_writable_database *database, const char *term,
                                     size_t term_length, const char *synonym, size_t synonym_length,
                                     xap_error *error) noexcept
{
    return guard(error, [&] {
        need(database).database.remove_synonym(bytes(term, term_length),
                                               bytes(synonym, synonym_length));
    });
}

xap_code
xap_writable_database_clear_synonyms(xap_writable_database *database, const char *term,
                                     size_t term_length, xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.clear_synonyms(bytes(term, term_length)); });
}
