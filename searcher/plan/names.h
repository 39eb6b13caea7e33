/* names.h - names in other scripts than the one they were typed in
 *
 * For plan/ alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PLAN_NAMES_H
#define BS_SEARCHER_PLAN_NAMES_H

#include "searcher/plan/planner.h"

/* Puts the names of a word in other scripts beside *out, which holds what the word itself asks for; with a note and a part for each that
 * was found. Nothing where the planner's `names` is false. After a failure *out is still the caller's. */
bool plan_names(struct planner *p, const struct query_node *node, struct xap_query **out, struct err *err);

/* Calls `found` for the Chinese words that a word may spell in pinyin, if the index has them side by side; the best first, a few. */
bool plan_pinyin(struct planner *p, const char *field, const char *word, size_t len,
                 void (*found)(void *arg, const char *characters, size_t len), void *arg, struct err *err);

#endif
