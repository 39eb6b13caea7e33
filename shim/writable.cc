/* writable.cc - everything that changes a database on disk
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <cstdlib>
#include <cstring>
#include <new>
#include <sstream>

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
static_assert(XAP_DBCHECK_SHORT_TREE == Xapian::DBCHECK_SHORT_TREE, "flag");
static_assert(XAP_DBCHECK_FULL_TREE == Xapian::DBCHECK_FULL_TREE, "flag");
static_assert(XAP_DBCHECK_SHOW_FREELIST == Xapian::DBCHECK_SHOW_FREELIST, "flag");
static_assert(XAP_DBCHECK_SHOW_STATS == Xapian::DBCHECK_SHOW_STATS, "flag");
static_assert(XAP_DBCHECK_FIX == Xapian::DBCHECK_FIX, "flag");
static_assert(int{XAP_COMPACTOR_STANDARD} == int{Xapian::Compactor::STANDARD}, "flag");
static_assert(int{XAP_COMPACTOR_FULL} == int{Xapian::Compactor::FULL}, "flag");
static_assert(int{XAP_COMPACTOR_FULLER} == int{Xapian::Compactor::FULLER}, "flag");
static_assert(XAP_DBCOMPACT_NO_RENUMBER == Xapian::DBCOMPACT_NO_RENUMBER, "flag");
static_assert(XAP_DBCOMPACT_MULTIPASS == Xapian::DBCOMPACT_MULTIPASS, "flag");
static_assert(XAP_DBCOMPACT_SINGLE_FILE == Xapian::DBCOMPACT_SINGLE_FILE, "flag");

using namespace xap;

xap_code
xap_writable_database_new_open(const char *path, unsigned flags, int block_size,
                               xap_writable_database **database, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_writable_database> made(database);
        made.make(Xapian::WritableDatabase(text(path), static_cast<int>(flags), block_size));
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
    });
}

xap_code
xap_writable_database_close(xap_writable_database *database, xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.close(); });
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
    return guard(error, [&] { need(database).database.cancel_transaction(); });
}

xap_code
xap_writable_database_add_document(xap_writable_database *database, const xap_document *document,
                                   xap_docid *docid, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = need(database).database.add_document(need(document).document);
    });
}

xap_code
xap_writable_database_replace_document(xap_writable_database *database, xap_docid docid,
                                       const xap_document *document, xap_error *error) noexcept
{
    return guard(error,
                 [&] { need(database).database.replace_document(docid, need(document).document); });
}

xap_code
xap_writable_database_replace_document_by_term(xap_writable_database *database, const char *term,
                                               size_t term_length, const xap_document *document,
                                               xap_docid *docid, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = need(database).database.replace_document(bytes(term, term_length),
                                                      need(document).document);
    });
}

xap_code
xap_writable_database_delete_document(xap_writable_database *database, xap_docid docid,
                                      xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.delete_document(docid); });
}

xap_code
xap_writable_database_delete_document_by_term(xap_writable_database *database, const char *term,
                                              size_t term_length, xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.delete_document(bytes(term, term_length)); });
}

xap_code
xap_writable_database_set_metadata(xap_writable_database *database, const char *key,
                                   size_t key_length, const char *value, size_t value_length,
                                   xap_error *error) noexcept
{
    return guard(error, [&] {
        need(database).database.set_metadata(bytes(key, key_length), bytes(value, value_length));
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

xap_code
xap_database_check(const char *path, unsigned flags, size_t *errors, char **report,
                   xap_error *error) noexcept
{
    return guard(error, [&] {
        out<size_t> found(errors);
        out<char *> printed(report);
        std::ostringstream stream;
        const size_t n = Xapian::Database::check(text(path), static_cast<int>(flags), &stream);
        if (!stream)
            throw std::bad_alloc(); /* streams swallow it */
        if (report != nullptr) {
            const std::string &talk = stream.str();
            char *copy = static_cast<char *>(std::malloc(talk.size() + 1));
            if (copy == nullptr)
                throw std::bad_alloc();
            std::memcpy(copy, talk.c_str(), talk.size() + 1);
            printed = copy;
        }
        found = n;
    });
}

void
xap_free(void *memory) noexcept
{
    std::free(memory);
}

xap_code
xap_database_compact(const xap_database *database, const char *output, unsigned flags,
                     int block_size, xap_error *error) noexcept
{
    return guard(error, [&] {
        /* compact() is not const in 1.4, though it changes nothing */
        Xapian::Database source(need(database).database);
        source.compact(text(output), flags, block_size);
    });
}
