/* iterator.cc - iterators over terms, postings, positions and values
 *
 * Xapian's iterators crash when used at their end, and are in no defined state
 * once moving has failed: both is seen to here. Those over a document, and over
 * a database in memory, point into it: a handle knows when it has been changed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <new>

#include "guard.h"
#include "handle.h"

using namespace xap;

namespace
{

/* Apart from what calls it, which stays small enough for a loop of millions. */
[[noreturn]] void
throw_at_end()
{
    throw Xapian::InvalidOperationError("the iterator is at its end");
}

[[noreturn]] void
throw_changed()
{
    throw Xapian::InvalidOperationError("what the iterator goes through has been changed");
}

/* The handle, unless what it points into may be gone. */
template <typename Handle>
Handle &
unchanged(Handle *handle)
{
    Handle &h = need(handle);
    if (h.basis.changed != nullptr && *h.basis.changed)
        throw_changed();
    return h;
}

/* Makes kept what the iterator stands on, in its place: moving it there costs a tenth of a step. */
template <typename Iterator>
const std::string &
renew(std::string &kept, const Iterator &iterator)
{
    kept.~basic_string();
    try {
        new (&kept) std::string(*iterator);
    } catch (...) {
        new (&kept) std::string();
        throw;
    }
    return kept;
}

/* What every iterator of its kind is at its end. */
template <typename Iterator> const Iterator end_of = Iterator();

/* The handle, standing on an entry. */
template <typename Handle>
Handle &
current(Handle *handle)
{
    Handle &h = unchanged(handle);
    if (h.at_end)
        throw_at_end();
    return h;
}

template <typename Handle, typename Step>
void
move(Handle &handle, Step step)
{
    try {
        unchanged(&handle);
        step(handle.iterator);
        handle.at_end = handle.iterator == end_of<decltype(handle.iterator)>;
    } catch (...) {
        handle.iterator = decltype(handle.iterator)();
        handle.at_end = true;
        throw;
    }
}

template <typename Handle>
void
next(Handle *handle)
{
    Handle &h = need(handle);
    if (h.at_end)
        throw_at_end();
    move(h, [](auto &iterator) { ++iterator; });
}

template <typename Handle, typename Target>
void
skip_to(Handle *handle, const Target &target)
{
    Handle &h = need(handle);
    if (!h.at_end)
        move(h, [&](auto &iterator) { iterator.skip_to(target); });
}

} // namespace

/* ---- Terms ---- */

void
xap_term_iterator_free(xap_term_iterator *iterator) noexcept
{
    delete iterator;
}

bool
xap_term_iterator_at_end(const xap_term_iterator *iterator) noexcept
{
    return iterator == nullptr || iterator->at_end;
}

xap_code
xap_term_iterator_get(const xap_term_iterator *iterator, const char **term, size_t *length,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(term, length);
        const xap_term_iterator &i = current(iterator);
        lent = renew(i.term, i.iterator);
    });
}

xap_code
xap_term_iterator_next(xap_term_iterator *iterator, xap_error *error) noexcept
{
    return guard(error, [&] { next(iterator); });
}

xap_code
xap_term_iterator_skip_to(xap_term_iterator *iterator, const char *term, size_t length,
                          xap_error *error) noexcept
{
    return guard(error, [&] { skip_to(iterator, bytes(term, length)); });
}

xap_code
xap_term_iterator_get_wdf(const xap_term_iterator *iterator, xap_termcount *wdf,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(wdf);
        n = current(iterator).iterator.get_wdf();
    });
}

xap_code
xap_term_iterator_get_termfreq(const xap_term_iterator *iterator, xap_doccount *count,
                               xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_doccount> n(count);
        n = current(iterator).iterator.get_termfreq();
    });
}

xap_code
xap_term_iterator_positionlist_count(const xap_term_iterator *iterator, xap_termcount *count,
                                     xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(count);
        n = current(iterator).iterator.positionlist_count();
    });
}

xap_code
xap_term_iterator_positionlist_begin(const xap_term_iterator *iterator,
                                     xap_position_iterator **positions, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_position_iterator> made(positions);
        const auto &i = current(iterator);
        made.make(i.iterator.positionlist_begin(), i.basis);
    });
}

bool
xap_term_iterator_equal(const xap_term_iterator *first, const xap_term_iterator *second) noexcept
{
    return ask(false, [&] { return unchanged(first).iterator == unchanged(second).iterator; });
}

xap_code
xap_term_iterator_get_description(const xap_term_iterator *iterator, const char **description,
                                  size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_term_iterator &i = unchanged(iterator);
        lent = i.description = i.iterator.get_description();
    });
}

/* ---- Postings ---- */

void
xap_posting_iterator_free(xap_posting_iterator *iterator) noexcept
{
    delete iterator;
}

bool
xap_posting_iterator_at_end(const xap_posting_iterator *iterator) noexcept
{
    return iterator == nullptr || iterator->at_end;
}

xap_code
xap_posting_iterator_get(const xap_posting_iterator *iterator, xap_docid *docid,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = *current(iterator).iterator;
    });
}

xap_code
xap_posting_iterator_next(xap_posting_iterator *iterator, xap_error *error) noexcept
{
    return guard(error, [&] { next(iterator); });
}

xap_code
xap_posting_iterator_skip_to(xap_posting_iterator *iterator, xap_docid docid,
                             xap_error *error) noexcept
{
    return guard(error, [&] { skip_to(iterator, docid); });
}

xap_code
xap_posting_iterator_get_wdf(const xap_posting_iterator *iterator, xap_termcount *wdf,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(wdf);
        n = current(iterator).iterator.get_wdf();
    });
}

xap_code
xap_posting_iterator_get_doclength(const xap_posting_iterator *iterator, xap_termcount *length,
                                   xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(length);
        n = current(iterator).iterator.get_doclength();
    });
}

xap_code
xap_posting_iterator_get_unique_terms(const xap_posting_iterator *iterator, xap_termcount *count,
                                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termcount> n(count);
        n = current(iterator).iterator.get_unique_terms();
    });
}

xap_code
xap_posting_iterator_positionlist_begin(const xap_posting_iterator *iterator,
                                        xap_position_iterator **positions,
                                        xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_position_iterator> made(positions);
        const auto &i = current(iterator);
        made.make(i.iterator.positionlist_begin(), i.basis);
    });
}

bool
xap_posting_iterator_equal(const xap_posting_iterator *first,
                           const xap_posting_iterator *second) noexcept
{
    return ask(false, [&] { return unchanged(first).iterator == unchanged(second).iterator; });
}

xap_code
xap_posting_iterator_get_description(const xap_posting_iterator *iterator, const char **description,
                                     size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_posting_iterator &i = unchanged(iterator);
        lent = i.description = i.iterator.get_description();
    });
}

/* ---- Positions ---- */

void
xap_position_iterator_free(xap_position_iterator *iterator) noexcept
{
    delete iterator;
}

bool
xap_position_iterator_at_end(const xap_position_iterator *iterator) noexcept
{
    return iterator == nullptr || iterator->at_end;
}

xap_code
xap_position_iterator_get(const xap_position_iterator *iterator, xap_termpos *position,
                          xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_termpos> n(position);
        n = *current(iterator).iterator;
    });
}

xap_code
xap_position_iterator_next(xap_position_iterator *iterator, xap_error *error) noexcept
{
    return guard(error, [&] { next(iterator); });
}

xap_code
xap_position_iterator_skip_to(xap_position_iterator *iterator, xap_termpos position,
                              xap_error *error) noexcept
{
    return guard(error, [&] { skip_to(iterator, position); });
}

bool
xap_position_iterator_equal(const xap_position_iterator *first,
                            const xap_position_iterator *second) noexcept
{
    return ask(false, [&] { return unchanged(first).iterator == unchanged(second).iterator; });
}

xap_code
xap_position_iterator_get_description(const xap_position_iterator *iterator,
                                      const char **description, size_t *length,
                                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_position_iterator &i = unchanged(iterator);
        lent = i.description = i.iterator.get_description();
    });
}

/* ---- Values ---- */

void
xap_value_iterator_free(xap_value_iterator *iterator) noexcept
{
    delete iterator;
}

bool
xap_value_iterator_at_end(const xap_value_iterator *iterator) noexcept
{
    return iterator == nullptr || iterator->at_end;
}

xap_code
xap_value_iterator_get(const xap_value_iterator *iterator, const char **value, size_t *length,
                       xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(value, length);
        const xap_value_iterator &i = current(iterator);
        lent = renew(i.value, i.iterator);
    });
}

xap_code
xap_value_iterator_next(xap_value_iterator *iterator, xap_error *error) noexcept
{
    return guard(error, [&] { next(iterator); });
}

xap_code
xap_value_iterator_skip_to(xap_value_iterator *iterator, uint32_t docid_or_slot,
                           xap_error *error) noexcept
{
    return guard(error, [&] { skip_to(iterator, docid_or_slot); });
}

xap_code
xap_value_iterator_check(xap_value_iterator *iterator, xap_docid docid, bool *positioned,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out<bool> answer(positioned);
        xap_value_iterator &h = need(iterator);
        if (!h.at_end)
            move(h, [&](auto &i) { answer = i.check(docid); });
    });
}

xap_code
xap_value_iterator_get_docid(const xap_value_iterator *iterator, xap_docid *docid,
                             xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_docid> id(docid);
        id = current(iterator).iterator.get_docid();
    });
}

xap_code
xap_value_iterator_get_valueno(const xap_value_iterator *iterator, xap_valueno *slot,
                               xap_error *error) noexcept
{
    return guard(error, [&] {
        out<xap_valueno> n(slot);
        n = current(iterator).iterator.get_valueno();
    });
}

bool
xap_value_iterator_equal(const xap_value_iterator *first, const xap_value_iterator *second) noexcept
{
    return ask(false, [&] { return unchanged(first).iterator == unchanged(second).iterator; });
}

xap_code
xap_value_iterator_get_description(const xap_value_iterator *iterator, const char **description,
                                   size_t *length, xap_error *error) noexcept
{
    return guard(error, [&] {
        out_bytes lent(description, length);
        const xap_value_iterator &i = unchanged(iterator);
        lent = i.description = i.iterator.get_description();
    });
}
