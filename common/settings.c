/* settings.c - every key a configuration file may hold: the long options of all programs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/settings.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

const struct option *
settings_option(const struct option *options, const char *name)
{
    for (; options->name; options++)
        if (strcmp(options->name, name) == 0)
            return options;
    return NULL;
}

bool
settings_apply(struct conf *conf, const char *file, const struct option *options,
               bool (*apply)(void *arg, int option, char *value, struct err *err), void *arg, struct err *err)
{
    char *path = NULL;
    if (!conf_find(&path, file, getenv("BROADSHEET_CONFIG"), err))
        return false;
    bool ok = conf_load(conf, path, settings_keys, settings_n_keys, err);
    for (size_t i = 0; ok && i < conf->entries; i++) {
        const struct conf_entry *e = &conf->entry[i];
        const struct option *option = settings_option(options, e->key);
        if (e->section || !option || strcmp(e->key, "db") == 0)
            continue;
        if (option->has_arg == no_argument && strcmp(e->value, "yes") != 0)
            continue;
        ok = apply(arg, option->val, (char *)(uintptr_t)e->value, err) || err_prefix(err, "%s:%u", path, e->line);
    }
    free(path);
    return ok;
}
