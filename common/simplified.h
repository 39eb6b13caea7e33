/* simplified.h - traditional Chinese characters as their simplified ones
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_SIMPLIFIED_H
#define BS_COMMON_SIMPLIFIED_H

#include <stdint.h>

/* The simplified character that stands for c; c itself where there is none. Nothing is simplified twice. */
uint32_t simplified(uint32_t c);

#endif
