/* unicode.cc - characters, and walking through UTF-8
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "guard.h"
#include "handle.h"
#include <cstring>

static_assert(int{XAP_UNICODE_UNASSIGNED} == int{Xapian::Unicode::UNASSIGNED}, "category");
static_assert(int{XAP_UNICODE_UPPERCASE_LETTER} == int{Xapian::Unicode::UPPERCASE_LETTER},
              "category");
static_assert(int{XAP_UNICODE_LOWERCASE_LETTER} == int{Xapian::Unicode::LOWERCASE_LETTER},
              "category");
static_assert(int{XAP_UNICODE_TITLECASE_LETTER} == int{Xapian::Unicode::TITLECASE_LETTER},
              "category");
static_assert(int{XAP_UNICODE_MODIFIER_LETTER} == int{Xapian::Unicode::MODIFIER_LETTER},
              "category");
static_assert(int{XAP_UNICODE_OTHER_LETTER} == int{Xapian::Unicode::OTHER_LETTER}, "category");
static_assert(int{XAP_UNICODE_NON_SPACING_MARK} == int{Xapian::Unicode::NON_SPACING_MARK},
              "category");
static_assert(int{XAP_UNICODE_ENCLOSING_MARK} == int{Xapian::Unicode::ENCLOSING_MARK}, "category");
static_assert(int{XAP_UNICODE_COMBINING_SPACING_MARK} ==
                  int{Xapian::Unicode::COMBINING_SPACING_MARK},
              "category");
static_assert(int{XAP_UNICODE_DECIMAL_DIGIT_NUMBER} == int{Xapian::Unicode::DECIMAL_DIGIT_NUMBER},
              "category");
static_assert(int{XAP_UNICODE_LETTER_NUMBER} == int{Xapian::Unicode::LETTER_NUMBER}, "category");
static_assert(int{XAP_UNICODE_OTHER_NUMBER} == int{Xapian::Unicode::OTHER_NUMBER}, "category");
static_assert(int{XAP_UNICODE_SPACE_SEPARATOR} == int{Xapian::Unicode::SPACE_SEPARATOR},
              "category");
static_assert(int{XAP_UNICODE_LINE_SEPARATOR} == int{Xapian::Unicode::LINE_SEPARATOR}, "category");
static_assert(int{XAP_UNICODE_PARAGRAPH_SEPARATOR} == int{Xapian::Unicode::PARAGRAPH_SEPARATOR},
              "category");
static_assert(int{XAP_UNICODE_CONTROL} == int{Xapian::Unicode::CONTROL}, "category");
static_assert(int{XAP_UNICODE_FORMAT} == int{Xapian::Unicode::FORMAT}, "category");
static_assert(int{XAP_UNICODE_PRIVATE_USE} == int{Xapian::Unicode::PRIVATE_USE}, "category");
static_assert(int{XAP_UNICODE_SURROGATE} == int{Xapian::Unicode::SURROGATE}, "category");
static_assert(int{XAP_UNICODE_CONNECTOR_PUNCTUATION} == int{Xapian::Unicode::CONNECTOR_PUNCTUATION},
              "category");
static_assert(int{XAP_UNICODE_DASH_PUNCTUATION} == int{Xapian::Unicode::DASH_PUNCTUATION},
              "category");
static_assert(int{XAP_UNICODE_OPEN_PUNCTUATION} == int{Xapian::Unicode::OPEN_PUNCTUATION},
              "category");
static_assert(int{XAP_UNICODE_CLOSE_PUNCTUATION} == int{Xapian::Unicode::CLOSE_PUNCTUATION},
              "category");
static_assert(int{XAP_UNICODE_INITIAL_QUOTE_PUNCTUATION} ==
                  int{Xapian::Unicode::INITIAL_QUOTE_PUNCTUATION},
              "category");
static_assert(int{XAP_UNICODE_FINAL_QUOTE_PUNCTUATION} ==
                  int{Xapian::Unicode::FINAL_QUOTE_PUNCTUATION},
              "category");
static_assert(int{XAP_UNICODE_OTHER_PUNCTUATION} == int{Xapian::Unicode::OTHER_PUNCTUATION},
              "category");
static_assert(int{XAP_UNICODE_MATH_SYMBOL} == int{Xapian::Unicode::MATH_SYMBOL}, "category");
static_assert(int{XAP_UNICODE_CURRENCY_SYMBOL} == int{Xapian::Unicode::CURRENCY_SYMBOL},
              "category");
static_assert(int{XAP_UNICODE_MODIFIER_SYMBOL} == int{Xapian::Unicode::MODIFIER_SYMBOL},
              "category");
static_assert(int{XAP_UNICODE_OTHER_SYMBOL} == int{Xapian::Unicode::OTHER_SYMBOL}, "category");

namespace Unicode = Xapian::Unicode;

using namespace xap;

namespace
{

constexpr unsigned last_character = 0x10FFFF;

template <typename Handle>
Handle &
current(Handle *iterator)
{
    Handle &i = need(iterator);
    if (i.iterator == Xapian::Utf8Iterator())
        throw Xapian::InvalidOperationError("the iterator is at its end");
    return i;
}

size_t
encode(unsigned character, unsigned first, char *place) noexcept
{
    return ask<size_t>(0, [&]() -> size_t {
        const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
        if (place == nullptr || character < first || character > last_character || surrogate)
            return 0;
        return Unicode::to_utf8(character, place);
    });
}

} // namespace

/* ---- UTF-8 iterator ---- */

xap_code
xap_utf8_iterator_new(const char *data, size_t length, xap_utf8_iterator **iterator,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out_handle<xap_utf8_iterator> made(iterator);
        check_length(data, length);
        made.make(data, length);
    });
}

void
xap_utf8_iterator_free(xap_utf8_iterator *iterator) noexcept
{
    delete iterator;
}

xap_code
xap_utf8_iterator_assign(xap_utf8_iterator *iterator, const char *data, size_t length,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        xap_utf8_iterator &i = need(iterator);
        check_length(data, length);
        i.iterator.assign(data, length);
    });
}

bool
xap_utf8_iterator_at_end(const xap_utf8_iterator *iterator) noexcept
{
    return ask(true, [&] { return need(iterator).iterator == Xapian::Utf8Iterator(); });
}

xap_code
xap_utf8_iterator_get(const xap_utf8_iterator *iterator, unsigned *character,
                      xap_error *error) noexcept
{
    return guard(error, [&] {
        out<unsigned> c(character);
        c = *current(iterator).iterator;
    });
}

xap_code
xap_utf8_iterator_strict_deref(const xap_utf8_iterator *iterator, unsigned *character,
                               xap_error *error) noexcept
{
    return guard(error, [&] {
        out<unsigned> c(character);
        const Xapian::Utf8Iterator &i = current(iterator).iterator;
        /* anew: one that was looked at by get forgets that its byte is no UTF-8 */
        c = Xapian::Utf8Iterator(i.raw(), i.left()).strict_deref();
    });
}

xap_code
xap_utf8_iterator_next(xap_utf8_iterator *iterator, xap_error *error) noexcept
{
    return guard(error, [&] { ++current(iterator).iterator; });
}

const char *
xap_utf8_iterator_raw(const xap_utf8_iterator *iterator) noexcept
{
    return ask<const char *>(nullptr, [&] { return need(iterator).iterator.raw(); });
}

size_t
xap_utf8_iterator_left(const xap_utf8_iterator *iterator) noexcept
{
    return ask<size_t>(0, [&] { return need(iterator).iterator.left(); });
}

bool
xap_utf8_iterator_equal(const xap_utf8_iterator *first, const xap_utf8_iterator *second) noexcept
{
    return ask(false, [&] { return need(first).iterator == need(second).iterator; });
}

/* ---- Characters ---- */

xap_unicode_category
xap_unicode_get_category(unsigned character) noexcept
{
    return ask(XAP_UNICODE_UNASSIGNED,
               [&] { return static_cast<xap_unicode_category>(Unicode::get_category(character)); });
}

bool
xap_unicode_is_wordchar(unsigned character) noexcept
{
    return ask(false, [&] { return Unicode::is_wordchar(character); });
}

bool
xap_unicode_is_whitespace(unsigned character) noexcept
{
    return ask(false, [&] { return Unicode::is_whitespace(character); });
}

bool
xap_unicode_is_currency(unsigned character) noexcept
{
    return ask(false, [&] { return Unicode::is_currency(character); });
}

unsigned
xap_unicode_tolower(unsigned character) noexcept
{
    return ask(character, [&] { return Unicode::tolower(character); });
}

unsigned
xap_unicode_toupper(unsigned character) noexcept
{
    return ask(character, [&] { return Unicode::toupper(character); });
}

size_t
xap_unicode_to_utf8(unsigned character, char place[XAP_UTF8_MAX]) noexcept
{
    return encode(character, 0, place);
}

size_t
xap_unicode_nonascii_to_utf8(unsigned character, char place[XAP_UTF8_MAX]) noexcept
{
    return encode(character, 0x80, place);
}

xap_code
xap_unicode_tolower_text(const char *data, size_t length, char **result, size_t *result_length,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_allocated made(result, result_length);
        made = Unicode::tolower(bytes(data, length));
    });
}

xap_code
xap_unicode_toupper_text(const char *data, size_t length, char **result, size_t *result_length,
                         xap_error *error) noexcept
{
    return guard(error, [&] {
        out_allocated made(result, result_length);
        made = Unicode::toupper(bytes(data, length));
    });
}
