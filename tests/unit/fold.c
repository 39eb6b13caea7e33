/* fold.c - tests of common/fold: the normal form of one word
 *
 * What a text becomes as a whole is tested in words.c.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "common/fold.h"
#include "common/simplified.h"
#include "common/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef bool fold_function(struct buf *out, const char *text, size_t len, struct err *err);

static void
check(fold_function *fold, const char *const cases[][2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf out;
        struct err err = {.code = ERR_NONE};
        buf_init(&out, 10000);
        assert_true(fold(&out, cases[i][0], strlen(cases[i][0]), &err));
        assert_string_equal(out.data, cases[i][1]);
        buf_release(&out);
    }
}

static void
folds_case_and_compatibility_forms(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"ABC abc 12", "abc abc 12"},
        {"Straße", "strasse"},
        {"ＡＢ", "ab"},
        {"ﬃ", "ffi"},
        {"ΣΑΣ ς", "σασ σ"},
        {"Ⅷ", "viii"},
        {"a\xc2\xad\xe2\x80\x8c"
         "b",
         "ab"},
        {"E\xcc\x81", "é"},
        {"İstanbul IĞDIR ı i\xcc\x87", "istanbul iğdir ı i"},
        {"ｶﾞｷﾞ ﾊﾟ ｦ", "ガギ パ ヲ"},
        {"\xc7\x85", "dž"}, /* a title-case letter */
    };
    check(fold_case, cases, COUNT(cases));
}

static void
drops_marks_by_the_script_of_their_letter(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"salmón sa\xcc\x81\xcc\xa3lmon", "salmon salmon"},
        {"ἀθῆναι", "αθηναι"},
        {"ё й ї ў ѓ ќ и\xcc\x81", "е й ї ў ѓ ќ и"},
        {"й\xcc\x81", "й"}, /* stressed */
        {"مُحَمَّد", "محمد"},
        {"أ إ آ ٱ ا", "ا ا ا ا ا"},
        {"ؤ ئ ء", "و ي ء"},
        {"ى ی ي", "ي ي ي"},
        {"ة ۀ ہ ۂ ۃ ه", "ه ه ه ه ه ه"},
        {"ک ك", "ك ك"},
        {"سـلام", "سلام"},
        {"שָׁלוֹם", "שלום"},
        {"東京 东京", "东京 东京"},
        {"歸還 乾 臺 台", "归还 干 台 台"},
        {"が か\xe3\x82\x99", "が が"},
        {"क\xe0\xa4\xbc हिन्दी", "क हिन्दी"},
        {"ก็ น้ำ", "ก็ น้ำ"},
        {"한국", "한국"},
        {"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "한"}, /* conjoining jamo */
        {"1\xcc\x81", "1\xcc\x81"},
        {"øæœłđðþħŋŧı", "oaeoeldd"
                        "thhngti"},
        {"\xf0\x9d\x94\xaa\xf0\x90\x8c\xb0",
         "\xf0\x9d\x94\xaa\xf0\x90\x8c\xb0"}, /* beyond the first plane */
    };
    check(fold_marks, cases, COUNT(cases));
}

static void
shows_words_in_small_letters_or_with_a_capital(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"ΟΔΥΣΣΕΎΣ", "οδυσσεύς"}, {"MALMÖ", "malmö"}, {"Երևան", "երևան"}, {"Пар", "пар"}, {"丹", "丹"}, {"", ""}};
    check(fold_small, cases, COUNT(cases));
    struct buf out;
    buf_init(&out, 100);
    fold_capital(&out, "öl", 3);
    fold_capital(&out, "", 0);
    assert_string_equal(out.data, "Öl");
    buf_release(&out);
    assert_true(fold_is_capital("Öl", 3));
    assert_false(fold_is_capital("öl", 3) || fold_is_capital("", 0) || fold_is_capital("丹", 3));
}

static void
appends_to_what_is_there(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 100);
    buf_str(&out, "x");
    assert_true(fold_case(&out, "É", 2, NULL));
    assert_true(fold_marks(&out, "é", 2, NULL));
    assert_string_equal(out.data, "xée");
    buf_release(&out);
}

/* What ICU makes of one character, as often as it takes; of U+82CE and U+82E7, which it makes each other, the first. */
static UChar
transliterated(UTransliterator *hans, UChar c)
{
    for (int i = 0; i < 3 && c != 0x82ce; i++) {
        UChar units[8] = {c};
        UErrorCode status = U_ZERO_ERROR;
        int32_t len = 1, limit = 1;
        utrans_transUChars(hans, units, &len, (int32_t)COUNT(units), 0, &limit, &status);
        assert_true(U_SUCCESS(status) && len == 1);
        c = units[0];
    }
    return c;
}

static void
simplifies_what_icu_does(void **state)
{
    (void)state;
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *hans = utrans_openU(u"Hant-Hans", -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    assert_true(U_SUCCESS(status));
    for (UChar c = 0x3400; c < 0xa000; c++) {
        assert_int_equal(simplified(simplified(c)), simplified(c));
        if (U_ICU_VERSION_MAJOR_NUM == 72) /* others know other characters */
            assert_int_equal(simplified(c), transliterated(hans, c));
    }
    utrans_close(hans);
    assert_int_equal(simplified('a'), 'a');
    assert_int_equal(simplified(0x20000), 0x20000);
}

/* U+FDFA becomes eighteen letters: the most that any character does. */
static void
takes_the_longest_word_of_the_longest_letters(void **state)
{
    (void)state;
    char text[511];
    for (size_t i = 0; i + 3 <= sizeof text; i += 3)
        memcpy(text + i, "\xef\xb7\xba", 3);
    struct buf folded, plain;
    struct err err = {.code = ERR_NONE};
    buf_init(&folded, 65536);
    buf_init(&plain, 65536);
    assert_true(fold_case(&folded, text, 510, &err));
    assert_true(folded.len > 5000);
    assert_true(utf8_valid(folded.data, folded.len));
    assert_true(fold_marks(&plain, folded.data, 500, &err));
    buf_release(&folded);
    buf_release(&plain);
}

static void
says_what_is_too_long(void **state)
{
    (void)state;
    static const char text[600];
    struct buf out;
    struct err err = {.code = ERR_NONE};
    buf_init(&out, 10);
    assert_false(fold_case(&out, text, sizeof text, &err));
    assert_int_equal(err.code, ERR_BUG);
    assert_false(fold_marks(&out, text, sizeof text, &err));
    assert_int_equal(err.code, ERR_BUG);
    assert_false(fold_case(&out, "ÀÀÀÀÀÀÀ", 14, &err));
    assert_int_equal(err.code, ERR_ARG);
    buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_case_and_compatibility_forms),
        cmocka_unit_test(drops_marks_by_the_script_of_their_letter),
        cmocka_unit_test(simplifies_what_icu_does),
        cmocka_unit_test(shows_words_in_small_letters_or_with_a_capital),
        cmocka_unit_test(appends_to_what_is_there),
        cmocka_unit_test(takes_the_longest_word_of_the_longest_letters),
        cmocka_unit_test(says_what_is_too_long),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
