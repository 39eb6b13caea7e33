/* settings.c - every key a configuration file may hold: the long options of all programs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/settings.h"

const struct conf_key settings_keys[] = {
    {"db", CONF_VALUE, CONF_ANYWHERE, false},
    /* the indexer's */
    {"exclude", CONF_VALUE, CONF_GLOBAL, true},
    {"include", CONF_VALUE, CONF_GLOBAL, true},
    {"jobs", CONF_VALUE, CONF_GLOBAL, false},
    {"keep-missing", CONF_BOOL, CONF_GLOBAL, false},
    {"max-delete", CONF_VALUE, CONF_GLOBAL, false},
    {"skip-if-locked", CONF_BOOL, CONF_GLOBAL, false},
    {"lock-wait", CONF_VALUE, CONF_GLOBAL, false},
    {"memory", CONF_VALUE, CONF_GLOBAL, false},
    {"quiet", CONF_BOOL, CONF_GLOBAL, false},
    {"verbose", CONF_BOOL, CONF_GLOBAL, false},
    /* the searcher's */
    {"color", CONF_VALUE, CONF_GLOBAL, false},
    {"limit", CONF_VALUE, CONF_GLOBAL, false},
    {"fields", CONF_VALUE, CONF_GLOBAL, false},
    {"sort", CONF_VALUE, CONF_GLOBAL, false},
    {"query-language", CONF_VALUE, CONF_GLOBAL, false},
    {"names", CONF_VALUE, CONF_GLOBAL, false},
    /* the web site's */
    {"title", CONF_VALUE, CONF_ANYWHERE, false},
    {"style-sheet", CONF_VALUE, CONF_GLOBAL, false},
    {"show-paths", CONF_BOOL, CONF_GLOBAL, false},
};
const size_t settings_n_keys = sizeof settings_keys / sizeof settings_keys[0];
