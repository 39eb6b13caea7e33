/* settings.h - every key a configuration file may hold: the long options of all programs
 *
 * The programs share their files: each takes the keys it has an option for and passes over the others'.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_SETTINGS_H
#define BS_COMMON_SETTINGS_H

#include "common/conf.h"

extern const struct conf_key settings_keys[];
extern const size_t settings_n_keys;

#endif
