/* paragraphs.c - tests of common/paragraphs: body text as it comes, cut into paragraphs
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

#include "common/paragraphs.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct golden {
    const char *text;
    const char *body;
};

/* What is wanted comes out, and does so again when it goes in. */
static void
check(const struct golden *golden, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf once, twice;
        buf_init(&once, BUF_MAX);
        buf_init(&twice, BUF_MAX);
        paragraphs_normalise(&once, golden[i].text, strlen(golden[i].text));
        paragraphs_normalise(&twice, once.data, once.len);
        assert_string_equal(once.data, golden[i].body);
        assert_string_equal(twice.data, golden[i].body);
        buf_release(&once);
        buf_release(&twice);
    }
}

static void
cuts_at_empty_lines(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"", ""},
        {"\n \n\t\n", ""},
        {"One.", "One."},
        {"One.\n\nTwo.", "One.\n\nTwo."},
        {"\n\n  One.  \n \t \n\n\nTwo.\n\n", "One.\n\nTwo."},
        {"One.\n\xc2\xa0\n\xe3\x80\x80\nTwo.", "One.\n\nTwo."},
    };
    check(golden, COUNT(golden));
}

static void
makes_white_space_inside_one_blank(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"One \t two.\n\nThree\xc2\xa0"
         "four.",
         "One two.\n\nThree four."},
    };
    check(golden, COUNT(golden));
}

static void
joins_lines_that_were_wrapped(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"The grain ship left the harbour on Monday after waiting for\nthree weeks, and the "
         "harbour master said that another two\n"
         "would follow.\n\nThe second paragraph.",
         "The grain ship left the harbour on Monday after waiting for three weeks, and the harbour "
         "master said that another two "
         "would follow.\n\nThe second paragraph."},
        {"丹东口岸恢复通关后，第一批货物于星期一上午\n抵达对岸的仓库，据当地媒体报道，司机们等了两"
         "天，\n才过了桥。",
         "丹东口岸恢复通关后，第一批货物于星期一上午抵达对岸的仓库，据当地媒体报道，司机们等了两天"
         "，才过了桥。"},
    };
    check(golden, COUNT(golden));
}

static void
takes_each_line_as_a_paragraph_where_lines_end_in_sentences(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"One line.\nAnother line.\n“A third!”\nLast",
         "One line.\n\nAnother line.\n\n“A third!”\n\nLast"},
        {"第一段。\n第二段。", "第一段。\n\n第二段。"},
        {"पहला।\nदूसरा।", "पहला।\n\nदूसरा।"},
    };
    check(golden, COUNT(golden));
}

static void
begins_a_paragraph_at_an_indented_line(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"  Grain prices rose on Monday as buyers from three countries met\nin the capital to talk "
         "about\nthe harvest\n  of the year.",
         "Grain prices rose on Monday as buyers from three countries met in the capital to talk "
         "about the harvest\n\nof the year."},
        {"\tOne two\n\tThree four", "One two\n\nThree four"},
    };
    check(golden, COUNT(golden));
}

static void
keeps_headings_apart_in_wrapped_text(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"Great Concern\nThe hearing raised great concern that defectors face the risk of\nforced "
         "return once the ban is lifted by the\n"
         "authorities on both sides of the river.",
         "Great Concern\n\nThe hearing raised great concern that defectors face the risk of forced "
         "return once the ban is lifted by the "
         "authorities on both sides of the river."},
    };
    check(golden, COUNT(golden));
}

static void
joins_a_short_line_to_one_that_goes_on(void **state)
{
    (void)state;
    static const struct golden golden[] = {
        {"Alder is not selling salted cod\nto the Fisheries Council, FC, buffer stock, as\nspot prices for "
         "cod in the northern harbours are 20 to 25 pct\nhigher than before.",
         "Alder is not selling salted cod to the Fisheries Council, FC, buffer stock, as spot prices for cod in "
         "the northern harbours are 20 to 25 pct higher than before."},
        /* what a dateline left of the first line */
        {"Treasury balances at the Harbour\nBank rose on Feb 25 to 4.151 billion dlrs on the books from\n3.6 "
         "billion dlrs the day before.",
         "Treasury balances at the Harbour Bank rose on Feb 25 to 4.151 billion dlrs on the books from 3.6 "
         "billion dlrs the day before."},
    };
    check(golden, COUNT(golden));
}

static void
appends_to_what_is_there(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 100);
    buf_str(&out, "x");
    paragraphs_normalise(&out, "\n\none\n\ntwo", 10);
    assert_string_equal(out.data, "xone\n\ntwo");
    buf_release(&out);
}

static void
stops_at_the_size_of_the_buffer(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 12);
    paragraphs_normalise(&out, "one two\n\nthree four\n\nfive", 25);
    assert_false(buf_ok(&out, "the body", NULL));
    assert_true(out.len <= 12);
    buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_at_empty_lines),
        cmocka_unit_test(makes_white_space_inside_one_blank),
        cmocka_unit_test(joins_lines_that_were_wrapped),
        cmocka_unit_test(takes_each_line_as_a_paragraph_where_lines_end_in_sentences),
        cmocka_unit_test(begins_a_paragraph_at_an_indented_line),
        cmocka_unit_test(keeps_headings_apart_in_wrapped_text),
        cmocka_unit_test(joins_a_short_line_to_one_that_goes_on),
        cmocka_unit_test(appends_to_what_is_there),
        cmocka_unit_test(stops_at_the_size_of_the_buffer),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("paragraphs", tests, NULL, NULL);
}
