/* xapian-c-unicode.h - characters: their kinds, their case, and walking through UTF-8
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_UNICODE_H
#define XAPIAN_C_UNICODE_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xap_utf8_iterator;

/* ---- UTF-8 iterator ------------------------------------------------------ */

/*
 * Goes through the characters of bytes, which are not copied: they must stay
 * where they are while the iterator is used. Bytes that are no UTF-8 are taken
 * for ISO-8859-1.
 */
XAP_API enum xap_code xap_utf8_iterator_new(const char *bytes, size_t length,
                                            struct xap_utf8_iterator **iterator,
                                            struct xap_error *error) XAP_NOEXCEPT;
XAP_API void xap_utf8_iterator_free(struct xap_utf8_iterator *iterator) XAP_NOEXCEPT;
/* Starts again, with other bytes. */
XAP_API enum xap_code xap_utf8_iterator_assign(struct xap_utf8_iterator *iterator,
                                               const char *bytes, size_t length,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API bool xap_utf8_iterator_at_end(const struct xap_utf8_iterator *iterator) XAP_NOEXCEPT;
XAP_API enum xap_code xap_utf8_iterator_get(const struct xap_utf8_iterator *iterator,
                                            unsigned *character,
                                            struct xap_error *error) XAP_NOEXCEPT;
/* Bytes that are no UTF-8 have bit 31 set. */
XAP_API enum xap_code xap_utf8_iterator_strict_deref(const struct xap_utf8_iterator *iterator,
                                                     unsigned *character,
                                                     struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_utf8_iterator_next(struct xap_utf8_iterator *iterator,
                                             struct xap_error *error) XAP_NOEXCEPT;
/* Where it stands in the bytes, and how many are left. NULL or the end, and 0, at the end. */
XAP_API const char *xap_utf8_iterator_raw(const struct xap_utf8_iterator *iterator) XAP_NOEXCEPT;
XAP_API size_t xap_utf8_iterator_left(const struct xap_utf8_iterator *iterator) XAP_NOEXCEPT;
/* Whether both stand on the same byte, or at their end. */
XAP_API bool xap_utf8_iterator_equal(const struct xap_utf8_iterator *first,
                                     const struct xap_utf8_iterator *second) XAP_NOEXCEPT;

/* ---- Characters ---------------------------------------------------------- */

enum xap_unicode_category XAP_UNSIGNED {
    XAP_UNICODE_UNASSIGNED = 0,
    XAP_UNICODE_UPPERCASE_LETTER = 1,
    XAP_UNICODE_LOWERCASE_LETTER = 2,
    XAP_UNICODE_TITLECASE_LETTER = 3,
    XAP_UNICODE_MODIFIER_LETTER = 4,
    XAP_UNICODE_OTHER_LETTER = 5,
    XAP_UNICODE_NON_SPACING_MARK = 6,
    XAP_UNICODE_ENCLOSING_MARK = 7,
    XAP_UNICODE_COMBINING_SPACING_MARK = 8,
    XAP_UNICODE_DECIMAL_DIGIT_NUMBER = 9,
    XAP_UNICODE_LETTER_NUMBER = 10,
    XAP_UNICODE_OTHER_NUMBER = 11,
    XAP_UNICODE_SPACE_SEPARATOR = 12,
    XAP_UNICODE_LINE_SEPARATOR = 13,
    XAP_UNICODE_PARAGRAPH_SEPARATOR = 14,
    XAP_UNICODE_CONTROL = 15,
    XAP_UNICODE_FORMAT = 16,
    XAP_UNICODE_PRIVATE_USE = 17,
    XAP_UNICODE_SURROGATE = 18,
    XAP_UNICODE_CONNECTOR_PUNCTUATION = 19,
    XAP_UNICODE_DASH_PUNCTUATION = 20,
    XAP_UNICODE_OPEN_PUNCTUATION = 21,
    XAP_UNICODE_CLOSE_PUNCTUATION = 22,
    XAP_UNICODE_INITIAL_QUOTE_PUNCTUATION = 23,
    XAP_UNICODE_FINAL_QUOTE_PUNCTUATION = 24,
    XAP_UNICODE_OTHER_PUNCTUATION = 25,
    XAP_UNICODE_MATH_SYMBOL = 26,
    XAP_UNICODE_CURRENCY_SYMBOL = 27,
    XAP_UNICODE_MODIFIER_SYMBOL = 28,
    XAP_UNICODE_OTHER_SYMBOL = 29
};

/* Of numbers that are no characters: UNASSIGNED, false, and unchanged. */
XAP_API enum xap_unicode_category xap_unicode_get_category(unsigned character) XAP_NOEXCEPT;
XAP_API bool xap_unicode_is_wordchar(unsigned character) XAP_NOEXCEPT;
XAP_API bool xap_unicode_is_whitespace(unsigned character) XAP_NOEXCEPT;
XAP_API bool xap_unicode_is_currency(unsigned character) XAP_NOEXCEPT;
XAP_API unsigned xap_unicode_tolower(unsigned character) XAP_NOEXCEPT;
XAP_API unsigned xap_unicode_toupper(unsigned character) XAP_NOEXCEPT;

#define XAP_UTF8_MAX 4 /* bytes a character can need */

/* Writes character as UTF-8 and returns how many bytes: 0 for what is no character, and for NULL.
 */
XAP_API size_t xap_unicode_to_utf8(unsigned character, char bytes[XAP_UTF8_MAX]) XAP_NOEXCEPT;
/* The same of characters from 128 on. */
XAP_API size_t xap_unicode_nonascii_to_utf8(unsigned character,
                                            char bytes[XAP_UTF8_MAX]) XAP_NOEXCEPT;

/* text in the other case, character by character; to be freed with xap_free. A NUL follows it. */
XAP_API enum xap_code xap_unicode_tolower_text(const char *text, size_t text_length, char **result,
                                               size_t *result_length,
                                               struct xap_error *error) XAP_NOEXCEPT;
XAP_API enum xap_code xap_unicode_toupper_text(const char *text, size_t text_length, char **result,
                                               size_t *result_length,
                                               struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
