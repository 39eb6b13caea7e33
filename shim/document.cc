/* document.cc - documents: being built, or from a database
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

/* The document, whose terms are about to be changed. */
Xapian::Document &
changing_terms(xap_document *document)
{
    xap_document &d = need(document);
    if (d.changes != nullptr)
        d.changes->terms.note();
    return d.document;
}

/* The same for its values. */
Xapian::Document &
changing_values(xap_document *document)
{
    xap_document &d = need(document);
    if (d.changes != nullptr)
        d.changes->values.note();
    return d.document;
}

} // namespace

xap_code
xap_document_new(xap_document **document, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_document> made(document);
        made.make();
    });
}

xap_code
xap_document_new_unserialise(const char *data, size_t length, xap_document **document,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_document> made(document);
        made.make(Xapian::Document::unserialise(bytes(data, length)));
    });
}

void
xap_document_free(xap_document *document) noexcept
{
    delete document;
}

xap_code
xap_document_add_term(xap_document *document, const char *term, size_t term_length,
                      xap_termcount wdf_inc, xap_error *error) noexcept
{
    return guard(error,
                 [&] { changing_terms(document).add_term(bytes(term, term_length), wdf_inc); });
}

xap_code
xap_document_add_boolean_term(xap_document *document, const char *term, size_t term_length,
                              xap_error *error) noexcept
{
    return guard(error,
                 [&] { changing_terms(document).add_boolean_term(bytes(term, term_length)); });
}

xap_code
xap_document_add_posting(xap_document *document, const char *term, size_t term_length,
                         xap_termpos position, xap_termcount wdf_inc, xap_error *error) noexcept
{
    return guard(error, [&] {
        changing_terms(document).add_posting(bytes(term, term_length), position, wdf_inc);
    });
}

xap_code
xap_document_add_postings(xap_document *document, const char *term, size_t term_length,
                          const xap_termpos *positions, size_t count, xap_termcount wdf_inc,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        Xapian::Document &d = changing_terms(document);
        check_length(positions, count, sizeof *positions);
        const std::string name = bytes(term, term_length);
        for (size_t i = 0; i < count; i++)
            d.add_posting(name, positions[i], wdf_inc);
    });
}

xap_code
xap_document_remove_posting(xap_document *document, const char *term, size_t term_length,
                            xap_termpos position, xap_termcount wdf_dec, xap_error *error) noexcept
{
    return guard(error, [&] {
        changing_terms(document).remove_posting(bytes(term, term_length), position, wdf_dec);
    });
}

xap_code
xap_document_remove_postings(xap_document *document, const char *term, size_t term_length,
                             xap_termpos first, xap_termpos last, xap_termcount wdf_dec,
                             xap_termpos *removed, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termpos> n(removed);
        n = changing_terms(document).remove_postings(bytes(term, term_length), first, last,
                                                     wdf_dec);
    });
}

xap_code
xap_document_remove_term(xap_document *document, const char *term, size_t term_length,
                         xap_error *error) noexcept
{
    return guard(error, [&] { changing_terms(document).remove_term(bytes(term, term_length)); });
}

xap_code
xap_document_clear_terms(xap_document *document, xap_error *error) noexcept
{
    return guard(error, [&] { changing_terms(document).clear_terms(); });
}

xap_code
xap_document_add_value(xap_document *document, xap_valueno slot, const char *value,
                       size_t value_length, xap_error *error) noexcept
{
    return guard(error,
                 [&] { changing_values(document).add_value(slot, bytes(value, value_length)); });
}

xap_code
xap_document_remove_value(xap_document *document, xap_valueno slot, xap_error *error) noexcept
{
    return guard(error, [&] { changing_values(document).remove_value(slot); });
}

xap_code
xap_document_clear_values(xap_document *document, xap_error *error) noexcept
{
    return guard(error, [&] { changing_values(document).clear_values(); });
}

xap_code
xap_document_set_data(xap_document *document, const char *data, size_t length,
                      xap_error *error) noexcept
{
    return guard(error, [&] { need(document).document.set_data(bytes(data, length)); });
}

xap_code
xap_document_get_value(const xap_document *document, xap_valueno slot, const char **value,
                       size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(value, length);
        const xap_document &d = need(document);
        lent = d.value = d.document.get_value(slot);
    });
}

xap_code
xap_document_get_data(const xap_document *document, const char **data, size_t *length,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(data, length);
        const xap_document &d = need(document);
        lent = d.data = d.document.get_data();
    });
}

xap_code
xap_document_get_docid(const xap_document *document, xap_docid *docid, xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = need(document).document.get_docid();
    });
}

xap_code
xap_document_termlist_count(const xap_document *document, xap_termcount *count,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(count);
        n = need(document).document.termlist_count();
    });
}

xap_code
xap_document_termlist_begin(const xap_document *document, xap_term_iterator **iterator,
                            xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_term_iterator> made(iterator);
        const xap_document &d = need(document);
        made.make(d.document.termlist_begin(), d.watched()->terms.watch(d.document));
    });
}

xap_code
xap_document_values_count(const xap_document *document, xap_termcount *count,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(count);
        n = need(document).document.values_count();
    });
}

xap_code
xap_document_values_begin(const xap_document *document, xap_value_iterator **iterator,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_value_iterator> made(iterator);
        const xap_document &d = need(document);
        made.make(d.document.values_begin(), d.watched()->values.watch(d.document));
    });
}

xap_code
xap_document_serialise(const xap_document *document, const char **data, size_t *length,
                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(data, length);
        const xap_document &d = need(document);
        lent = d.serialised = d.document.serialise();
    });
}

xap_code
xap_document_get_description(const xap_document *document, const char **description, size_t *length,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_document &d = need(document);
        lent = d.description = d.document.get_description();
    });
}
