/* positions.c - tests of searcher/positions/near: places near each other, beside trying out all of them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/positions/near.h"

#define SIDES 3
#define PLACES 6
#define LAST 30

static unsigned state_of_chance = 20231013;

static unsigned
chance(unsigned n)
{
    state_of_chance = state_of_chance * 1103515245U + 12345U;
    return (state_of_chance >> 16) % n;
}

/* Some places, of up to `longest` words. */
static void
fill(struct spans *list, unsigned longest)
{
    spans_clear(list);
    for (unsigned n = chance(PLACES + 1); n > 0; n--) {
        const uint32_t from = 1 + chance(LAST);
        assert_true(spans_add(list, from, from + chance(longest), NULL));
    }
    spans_sort(list);
}

static size_t
unit_of(const struct spans *unit, uint32_t position)
{
    size_t n = 0;
    while (unit && n < unit->n && unit->span[n].from <= position)
        n++;
    return n;
}

/* Do these places, one of each side, follow the rule? */
static bool
fit(const struct near_rule *rule, const struct span *place, size_t n)
{
    struct span sorted[SIDES];
    for (size_t i = 0; i < n; i++) {
        size_t k = i;
        for (; k > 0 && sorted[k - 1].from > place[i].from; k--)
            sorted[k] = sorted[k - 1];
        if (rule->ordered && k != i)
            return false;
        sorted[k] = place[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (unit_of(rule->unit, sorted[i].from) != unit_of(rule->unit, sorted[0].from) ||
            unit_of(rule->unit, sorted[i].to) != unit_of(rule->unit, sorted[0].from))
            return false;
        if (i > 0 && (sorted[i].from <= sorted[i - 1].to ||
                      (rule->distance > 0 && sorted[i].from - sorted[i - 1].to > rule->distance)))
            return false;
    }
    return true;
}

/* Tries out all. */
static bool
exists(const struct near_rule *rule, const struct spans *side, size_t n, struct span *place, size_t at)
{
    if (at == n)
        return fit(rule, place, n);
    for (size_t i = 0; i < side[at].n; i++) {
        place[at] = side[at].span[i];
        if (exists(rule, side, n, place, at + 1))
            return true;
    }
    return false;
}

static void
near_is_what_trying_out_finds(void **state)
{
    (void)state;
    struct spans side[SIDES] = {{.n = 0}}, unit = {.n = 0}, out = {.n = 0};
    unsigned found = 0;
    for (unsigned round = 0; round < 20000; round++) {
        const struct spans *sides[SIDES];
        struct span place[SIDES];
        const size_t n = 2 + chance(SIDES - 1);
        const bool in_units = chance(3) == 0;
        const struct near_rule rule = {in_units ? 0 : 1 + chance(8), chance(2) == 0, in_units ? &unit : NULL};
        uint64_t work = 0;
        fill(&unit, 1);
        for (size_t i = 0; i < n; i++) {
            fill(&side[i], 1 + chance(3));
            sides[i] = &side[i];
        }
        spans_clear(&out);
        assert_true(near_find(&rule, sides, n, &out, &work, NULL));
        assert_int_equal(out.n > 0, exists(&rule, side, n, place, 0));
        found += out.n > 0;
        for (size_t i = 0; i < out.n; i++)
            assert_true(out.span[i].from < out.span[i].to && (i == 0 || out.span[i - 1].from <= out.span[i].from));
    }
    assert_in_range(found, 1000, 19000);
    for (size_t i = 0; i < SIDES; i++)
        spans_release(&side[i]);
    spans_release(&unit);
    spans_release(&out);
}

static void
what_is_not_near_is_what_is_left(void **state)
{
    (void)state;
    struct spans a = {.n = 0}, b = {.n = 0}, left = {.n = 0};
    for (unsigned round = 0; round < 5000; round++) {
        const struct near_rule rule = {.distance = 1 + chance(8), .ordered = chance(2) == 0};
        uint64_t work = 0;
        size_t at = 0;
        fill(&a, 1);
        fill(&b, 1);
        spans_clear(&left);
        for (size_t i = 0; i < a.n; i++)
            assert_true(spans_add(&left, a.span[i].from, a.span[i].to, NULL));
        near_exclude(&rule, &left, &b, &work);
        for (size_t i = 0; i < a.n; i++) {
            bool near = false;
            for (size_t k = 0; k < b.n; k++) {
                const struct span pair[2] = {a.span[i], b.span[k]};
                near = near || fit(&rule, pair, 2);
            }
            const bool is_left = at < left.n && left.span[at].from == a.span[i].from;
            assert_int_equal(near, !is_left);
            at += is_left;
        }
        assert_int_equal(at, left.n);
    }
    spans_release(&a);
    spans_release(&b);
    spans_release(&left);
}

static void
moved_phrases_are_lucenes(void **state)
{
    (void)state;
    static const uint32_t offset[] = {0, 1};
    struct spans a = {.n = 0}, b = {.n = 0}, out = {.n = 0};
    for (unsigned round = 0; round < 5000; round++) {
        const struct spans *sides[] = {&a, &b};
        const unsigned slop = chance(6);
        uint64_t work = 0;
        bool expected = false;
        fill(&a, 1);
        fill(&b, 1);
        spans_clear(&out);
        assert_true(near_sloppy(slop, sides, offset, 2, &out, &work, NULL));
        for (size_t i = 0; i < a.n; i++)
            for (size_t k = 0; k < b.n; k++) {
                const int moved = (int)b.span[k].from - 1 - (int)a.span[i].from;
                expected = expected || (a.span[i].from != b.span[k].from && abs(moved) <= (int)slop);
            }
        assert_int_equal(out.n > 0, expected);
    }
    spans_release(&a);
    spans_release(&b);
    spans_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_is_what_trying_out_finds),
        cmocka_unit_test(what_is_not_near_is_what_is_left),
        cmocka_unit_test(moved_phrases_are_lucenes),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("positions", tests, NULL, NULL);
}
