/* pinyin.h - how Chinese characters sound
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_PINYIN_H
#define BS_COMMON_PINYIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

/* The syllable of a simplified character in pinyin without tones, ASCII; NULL where it is not known. */
const char *pinyin_of(uint32_t c);

/* The characters that a syllable may stand for, in two lists, each up to a zero: those that most often sound so, and those that do in
 * some names. 0: it is no syllable of pinyin. */
size_t pinyin_characters(const char *syllable, size_t len, const char16_t *list[2]);

#endif
