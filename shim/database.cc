/* database.cc - databases, as far as they are only read
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

static_assert(XAP_DB_BACKEND_GLASS == Xapian::DB_BACKEND_GLASS, "flag");
static_assert(XAP_DB_BACKEND_CHERT == Xapian::DB_BACKEND_CHERT, "flag");
static_assert(XAP_DB_BACKEND_STUB == Xapian::DB_BACKEND_STUB, "flag");
static_assert(XAP_DB_BACKEND_INMEMORY == Xapian::DB_BACKEND_INMEMORY, "flag");
static_assert(XAP_DOC_ASSUME_VALID == Xapian::DOC_ASSUME_VALID, "flag");

using namespace xap;

xap_code
xap_database_new(xap_database **database, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_database> made(database);
        made.make();
    });
}

xap_code
xap_database_new_open(const char *path, unsigned flags, xap_database **database,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_database> made(database);
        made.make(Xapian::Database(text(path), static_cast<int>(flags)));
    });
}

xap_code
xap_database_new_open_fd(int fd, unsigned flags, xap_database **database, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_database *> cleared(database);
        /* before anything can fail: Xapian closes fd whatever happens */
        Xapian::Database opened(fd, static_cast<int>(flags));
        out_handle<xap_database> made(database);
        made.make(opened);
    });
}

void
xap_database_free(xap_database *database) noexcept
{
    delete database;
}

xap_code
xap_database_add_database(xap_database *database, const xap_database *other,
                          xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.add_database(need(other).database); });
}

size_t
xap_database_size(const xap_database *database) noexcept
{
    return ask<size_t>(0, [&] { return need(database).database.size(); });
}

xap_code
xap_database_reopen(xap_database *database, bool *reopened, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> changed(reopened);
        changed = need(database).database.reopen();
    });
}

xap_code
xap_database_close(xap_database *database, xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.close(); });
}

xap_code
xap_database_keep_alive(xap_database *database, xap_error *error) noexcept
{
    return guard(error, [&] { need(database).database.keep_alive(); });
}

xap_code
xap_database_get_description(const xap_database *database, const char **description, size_t *length,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_database &d = need(database);
        lent = d.description = d.database.get_description();
    });
}

xap_code
xap_database_get_doccount(const xap_database *database, xap_doccount *count,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> n(count);
        n = need(database).database.get_doccount();
    });
}

xap_code
xap_database_get_lastdocid(const xap_database *database, xap_docid *docid,
                           xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = need(database).database.get_lastdocid();
    });
}

xap_code
xap_database_get_average_length(const xap_database *database, double *length,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        out<double> n(length);
        n = need(database).database.get_average_length();
    });
}

xap_code
xap_database_get_total_length(const xap_database *database, xap_totallength *length,
                              xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_totallength> n(length);
        n = need(database).database.get_total_length();
    });
}

xap_code
xap_database_get_doclength(const xap_database *database, xap_docid docid, xap_termcount *length,
                           xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(length);
        n = need(database).database.get_doclength(docid);
    });
}

xap_code
xap_database_get_doclength_lower_bound(const xap_database *database, xap_termcount *length,
                                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(length);
        n = need(database).database.get_doclength_lower_bound();
    });
}

xap_code
xap_database_get_doclength_upper_bound(const xap_database *database, xap_termcount *length,
                                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(length);
        n = need(database).database.get_doclength_upper_bound();
    });
}

xap_code
xap_database_get_unique_terms(const xap_database *database, xap_docid docid, xap_termcount *count,
                              xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(count);
        n = need(database).database.get_unique_terms(docid);
    });
}

xap_code
xap_database_get_termfreq(const xap_database *database, const char *term, size_t term_length,
                          xap_doccount *count, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> n(count);
        n = need(database).database.get_termfreq(bytes(term, term_length));
    });
}

xap_code
xap_database_get_collection_freq(const xap_database *database, const char *term, size_t term_length,
                                 xap_termcount *count, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(count);
        n = need(database).database.get_collection_freq(bytes(term, term_length));
    });
}

xap_code
xap_database_get_wdf_upper_bound(const xap_database *database, const char *term, size_t term_length,
                                 xap_termcount *wdf, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(wdf);
        n = need(database).database.get_wdf_upper_bound(bytes(term, term_length));
    });
}

xap_code
xap_database_term_exists(const xap_database *database, const char *term, size_t term_length,
                         bool *exists, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(exists);
        answer = need(database).database.term_exists(bytes(term, term_length));
    });
}

xap_code
xap_database_has_positions(const xap_database *database, bool *has, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(has);
        answer = need(database).database.has_positions();
    });
}

xap_code
xap_database_get_value_freq(const xap_database *database, xap_valueno slot, xap_doccount *count,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> n(count);
        n = need(database).database.get_value_freq(slot);
    });
}

xap_code
xap_database_get_value_lower_bound(const xap_database *database, xap_valueno slot,
                                   const char **value, size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(value, length);
        const xap_database &d = need(database);
        lent = d.low = d.database.get_value_lower_bound(slot);
    });
}

xap_code
xap_database_get_value_upper_bound(const xap_database *database, xap_valueno slot,
                                   const char **value, size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(value, length);
        const xap_database &d = need(database);
        lent = d.high = d.database.get_value_upper_bound(slot);
    });
}

xap_code
xap_database_get_document(const xap_database *database, xap_docid docid, unsigned flags,
                          xap_document **document, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_document> made(document);
        made.make(need(database).database.get_document(docid, flags));
    });
}

xap_code
xap_database_get_metadata(const xap_database *database, const char *key, size_t key_length,
                          const char **value, size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(value, length);
        const xap_database &d = need(database);
        lent = d.metadata = d.database.get_metadata(bytes(key, key_length));
    });
}

xap_code
xap_database_metadata_keys_begin(const xap_database *database, const char *prefix,
                                 size_t prefix_length, xap_term_iterator **iterator,
                                 xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        const xap_database &d = need(database);
        made.make(d.database.metadata_keys_begin(bytes(prefix, prefix_length)), d.watch());
    });
}

xap_code
xap_database_allterms_begin(const xap_database *database, const char *prefix, size_t prefix_length,
                            xap_term_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        const xap_database &d = need(database);
        made.make(d.database.allterms_begin(bytes(prefix, prefix_length)), d.watch());
    });
}

xap_code
xap_database_termlist_begin(const xap_database *database, xap_docid docid,
                            xap_term_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        const xap_database &d = need(database);
        made.make(d.database.termlist_begin(docid), d.watch());
    });
}

xap_code
xap_database_postlist_begin(const xap_database *database, const char *term, size_t term_length,
                            xap_posting_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_posting_iterator> made(iterator);
        const xap_database &d = need(database);
        made.make(d.database.postlist_begin(bytes(term, term_length)), d.watch());
    });
}

xap_code
xap_database_positionlist_begin(const xap_database *database, xap_docid docid, const char *term,
                                size_t term_length, xap_position_iterator **iterator,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_position_iterator> made(iterator);
        const xap_database &d = need(database);
        made.make(d.database.positionlist_begin(docid, bytes(term, term_length)), d.watch());
    });
}

xap_code
xap_database_valuestream_begin(const xap_database *database, xap_valueno slot,
                               xap_value_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_value_iterator> made(iterator);
        const xap_database &d = need(database);
        made.make(d.database.valuestream_begin(slot), d.watch());
    });
}

xap_code
xap_database_get_spelling_suggestion(const xap_database *database, const char *word,
                                     size_t word_length, unsigned max_edit_distance,
                                     const char **suggestion, size_t *length,
                                     xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(suggestion, length);
        const xap_database &d = need(database);
        lent = d.suggestion =
            d.database.get_spelling_suggestion(bytes(word, word_length), max_edit_distance);
    });
}

xap_code
xap_database_spellings_begin(const xap_database *database, xap_term_iterator **iterator,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        const xap_database &d = need(database);
        made.make(d.database.spellings_begin(), d.watch());
    });
}

xap_code
xap_database_synonyms_begin(const xap_database *database, const char *term, size_t term_length,
                            xap_term_iterator **iterator, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        const xap_database &d = need(database);
        made.make(d.database.synonyms_begin(bytes(term, term_length)), d.watch());
    });
}

xap_code
xap_database_synonym_keys_begin(const xap_database *database, const char *prefix,
                                size_t prefix_length, xap_term_iterator **iterator,
                                xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        const xap_database &d = need(database);
        made.make(d.database.synonym_keys_begin(bytes(prefix, prefix_length)), d.watch());
    });
}

xap_code
xap_database_get_uuid(const xap_database *database, const char **uuid, size_t *length,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(uuid, length);
        const xap_database &d = need(database);
        lent = d.uuid = d.database.get_uuid();
    });
}

xap_code
xap_database_get_revision(const xap_database *database, xap_rev *revision,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_rev> n(revision);
        n = need(database).database.get_revision();
    });
}

xap_code
xap_database_locked(const xap_database *database, bool *locked, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(locked);
        answer = need(database).database.locked();
    });
}
