/* settings.h - every key a configuration file may hold: the long options of all programs
 *
 * The programs share their files: each takes the keys it has an option for and passes over the others'.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_SETTINGS_H
#define BS_COMMON_SETTINGS_H

#include <getopt.h>
#include <stdbool.h>

#include "common/conf.h"
#include "common/err.h"

extern const struct conf_key settings_keys[];
extern const size_t settings_n_keys;

/* The option of that name; NULL: there is none. options: as for getopt_long(3). */
const struct option *settings_option(const struct option *options, const char *name);

/* Reads the configuration into *conf, and hands each value outside a section whose key is one of the options to `apply`, as getopt_long
 * would; db is left to the caller, who looks in other places too. file: what --config names, or NULL. A failure of `apply` gets the file
 * and the line in front. */
bool settings_apply(struct conf *conf, const char *file, const struct option *options,
                    bool (*apply)(void *arg, int option, char *value, struct err *err), void *arg, struct err *err);

#endif
