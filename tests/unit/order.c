/* order.c - tests of indexer/order: what the workers read, in the order of the walk
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/buf.h"
#include "indexer/order.h"

#define JOBS 5
#define EVENT 1000 /* the size of each */

struct scene {
    struct order order;
    struct job *job[JOBS];
    struct buf taken; /* "0a 0. " and so on: number of the job; a: an article, .: done; "!" without a job */
};

static void
open_scene(struct scene *s, size_t max)
{
    order_init(&s->order, max);
    buf_init(&s->taken, 10000);
    for (size_t i = 0; i < JOBS; i++) {
        s->job[i] = job_new("path", "/path");
        assert_non_null(s->job[i]);
        s->job[i]->number = i;
    }
}

static void
close_scene(struct scene *s)
{
    order_release(&s->order);
    for (size_t i = 0; i < JOBS; i++)
        job_unref(s->job[i]);
    buf_release(&s->taken);
}

/* Adds "0a" and the like, then takes all that may be taken. */
static void
add(struct scene *s, const char *what)
{
    const enum event_kind kind = what[0] == '!' ? EVENT_REFUSED_BEFORE : what[1] == '.' ? EVENT_DONE : EVENT_ARTICLE;
    struct event *e = event_new(kind, what[0] == '!' ? NULL : s->job[what[0] - '0']);
    assert_non_null(e);
    e->item.size = EVENT;
    order_add(&s->order, e);
}

static void
take(struct scene *s, const char *wanted)
{
    struct event *e;
    buf_clear(&s->taken);
    while ((e = order_take(&s->order))) {
        if (e->job)
            buf_printf(&s->taken, "%zu%c ", e->job->number, e->kind == EVENT_DONE ? '.' : 'a');
        else
            buf_str(&s->taken, "! ");
        event_free(e);
    }
    buf_ch(&s->taken, '\0');
    assert_string_equal(s->taken.data, wanted);
}

static void
jobs_go_on_in_the_order_of_their_numbers(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s, 100 * EVENT);
    add(&s, "1a");
    add(&s, "2.");
    take(&s, "");
    add(&s, "!");
    take(&s, "! ");
    add(&s, "0a");
    take(&s, "0a ");
    add(&s, "1.");
    add(&s, "0.");
    take(&s, "0. 1a 1. 2. ");
    add(&s, "3.");
    take(&s, "3. ");
    close_scene(&s);
}

static void
what_is_too_much_goes_on_before_its_turn(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s, 2 * EVENT);
    add(&s, "0a");
    add(&s, "1a");
    add(&s, "1.");
    take(&s, "0a ");
    add(&s, "3a");
    take(&s, "1a 1. ");
    add(&s, "2a"); /* next, but the one before it is not done */
    take(&s, "2a ");
    add(&s, "0a");
    add(&s, "0.");
    take(&s, "0a 0. ");
    add(&s, "2.");
    take(&s, "2. 3a ");
    add(&s, "3.");
    add(&s, "4.");
    take(&s, "3. 4. ");
    close_scene(&s);
}

static void
the_rest_goes_on_at_the_end(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s, 100 * EVENT);
    add(&s, "3.");
    add(&s, "1a");
    take(&s, "");
    order_end(&s.order);
    take(&s, "1a 3. ");
    close_scene(&s);
}

static void
what_waits_is_freed(void **state)
{
    (void)state;
    struct scene s;
    open_scene(&s, 100 * EVENT);
    add(&s, "4a");
    add(&s, "2a");
    add(&s, "!");
    close_scene(&s);
    struct order nothing;
    memset(&nothing, 0, sizeof nothing);
    order_release(&nothing);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jobs_go_on_in_the_order_of_their_numbers),
        cmocka_unit_test(what_is_too_much_goes_on_before_its_turn),
        cmocka_unit_test(the_rest_goes_on_at_the_end),
        cmocka_unit_test(what_waits_is_freed),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
