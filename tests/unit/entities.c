/* entities.c - tests of indexer/read/entities: character references of HTML that were left in the texts of a record
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/read/entities.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
check_title(const char *text, const char *wanted)
{
    struct article a;
    article_init(&a);
    assert_true(article_set(&a, ARTICLE_TITLE, text, strlen(text), NULL));
    assert_true(entities_mend(&a, NULL));
    assert_string_equal(article_get(&a, ARTICLE_TITLE), wanted);
    assert_true(entities_mend(&a, NULL));
    assert_string_equal(article_get(&a, ARTICLE_TITLE), wanted);
    article_release(&a);
}

static void
decodes_references_by_name_and_by_number(void **state)
{
    (void)state;
    static const char *const golden[][2] = {
        {"&quot;Salt&quot; &amp; cod", "\"Salt\" & cod"},
        {"Caf&eacute; &ndash; it&apos;s open&hellip;", "Café – it's open…"},
        {"&#8220;Cod&#8221; &#x201cSalt&#X201D;", "“Cod” &#x201cSalt”"},
        {"&thetasym;&#x10ffff;&#x1F41F;", "ϑ🐟"},
        {"a&nbsp;b &nbsp; c", "a b c"},
        {"it&#146;s &#147;so&#148;", "it’s “so”"}, /* Windows-1252, as pages mean it */
        {"&amp;amp;quot;x&amp;#8221;", "\"x”"},     /* escaped more than once */
    };
    for (size_t i = 0; i < COUNT(golden); i++)
        check_title(golden[i][0], golden[i][1]);
}

static void
leaves_what_is_no_reference(void **state)
{
    (void)state;
    static const char *const golden[] = {
        "AT&T", "R&D; and more", "a & b", "&", "&;", "&#;", "&#x;", "&#xd800;", "&#x110000;", "&#99999999;", "&#7;",
        "&copy=1", "&nosuch;", "?a=1&lt=2", "&#12a;", "&#-60;", "&# 60;",
    };
    for (size_t i = 0; i < COUNT(golden); i++)
        check_title(golden[i], golden[i]);
}

static void
mends_texts_that_people_read_and_no_identifiers(void **state)
{
    (void)state;
    struct article a;
    const char *text = "Salt &amp; cod";
    article_init(&a);
    assert_true(article_set(&a, ARTICLE_BODY, text, strlen(text), NULL) &&
                article_set(&a, ARTICLE_ID, text, strlen(text), NULL) &&
                article_set(&a, ARTICLE_URL, text, strlen(text), NULL) &&
                article_add(&a, ARTICLE_AUTHOR, "Dana", 4, NULL) && article_add(&a, ARTICLE_AUTHOR, text, strlen(text), NULL) &&
                article_add(&a, ARTICLE_AUTHOR, "&nbsp;", 6, NULL));
    assert_true(entities_mend(&a, NULL));
    assert_string_equal(article_get(&a, ARTICLE_BODY), "Salt & cod");
    assert_string_equal(article_get(&a, ARTICLE_ID), text);
    assert_string_equal(article_get(&a, ARTICLE_URL), text);
    assert_int_equal(a.list[ARTICLE_AUTHOR].n, 2); /* nothing but white space is no author */
    assert_string_equal(a.list[ARTICLE_AUTHOR].item[0], "Dana");
    assert_string_equal(a.list[ARTICLE_AUTHOR].item[1], "Salt & cod");
    article_release(&a);
}

/* Were the rest moved at each reference, this would not end. */
static void
takes_a_body_of_many_references(void **state)
{
    (void)state;
    const size_t n = 2000000;
    struct article a;
    char *text = malloc(5 * n + 1);
    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        memcpy(text + 5 * i, i % 2 ? "&gt; " : "&lt; ", 5);
    text[5 * n] = '\0';
    article_init(&a);
    assert_true(article_set(&a, ARTICLE_BODY, text, 5 * n, NULL));
    assert_true(entities_mend(&a, NULL));
    assert_int_equal(strlen(article_get(&a, ARTICLE_BODY)), 2 * n - 1);
    article_release(&a);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_references_by_name_and_by_number),
        cmocka_unit_test(leaves_what_is_no_reference),
        cmocka_unit_test(mends_texts_that_people_read_and_no_identifiers),
        cmocka_unit_test(takes_a_body_of_many_references),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("entities", tests, NULL, NULL);
}
