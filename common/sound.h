/* sound.h - how a name sounds, whatever script it is written in
 *
 * Spellings of one name in two scripts share little but their sound. A word becomes a row of sounds, by tables for each script (ICU's
 * Any-Latin is a transliteration: good for reading back, bad for comparing). Rows are compared by a weighted edit distance: p
 * for b costs less than p for l, vowels cost less than consonants, and next to nothing where a script does not write them. So that
 * not all words need be compared with all, words have keys of the coarse kinds of their first consonants: words of the same sound
 * share a key.
 *
 * Sounds are letters: a e i o u, y; p b f v w m n, N as in sing, t d s z, S as in ship, Z as in measure, C as in chip, J as in
 * jam, T as in cats, k g, X as in loch, h l r; and what Latin letters leave open: c j x q, H for ch.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_SOUND_H
#define BS_COMMON_SOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In this order they are bits of a number that indexes keep: add new ones at the end. */
enum sound_script {
    SOUND_NONE,
    SOUND_LATIN,
    SOUND_CYRILLIC,
    SOUND_GREEK,
    SOUND_ARMENIAN,
    SOUND_HEBREW,
    SOUND_ARABIC,
    SOUND_DEVANAGARI,
    SOUND_GEORGIAN,
    SOUND_HANGUL,
    SOUND_KANA,
    SOUND_HAN
};

/* The script of a character; SOUND_NONE for others and for what is no letter. */
enum sound_script sound_script_of(uint32_t c);

#define SOUND_MAX 40

struct sound {
    enum sound_script script;
    size_t n;
    char row[SOUND_MAX + 1]; /* NUL-terminated */
};

/* How the word sounds, a normal form (words.h), or several characters of Han, kana or Hangul. False where nobody knows: several scripts,
 * letters that are in no table, digits, more than SOUND_MAX sounds. */
bool sound_of(struct sound *out, const char *word, size_t len);

#define SOUND_KEY_SIZE 5
#define SOUND_KEYS_MAX 8
/* Words are compared that share this much of a key. */
#define SOUND_KEY_SHARED 3

/* The keys of a word, at most SOUND_KEYS_MAX different ones; returns how many: 0 for a word without consonants. */
size_t sound_keys(const struct sound *s, char key[SOUND_KEYS_MAX][SOUND_KEY_SIZE]);

/* How far apart are two words? 0: the same; 1: nothing in common. */
double sound_distance(const struct sound *a, const struct sound *b);

/* How many consonants has it? */
size_t sound_consonants(const struct sound *s);

/* For tables of letters (sound-letters.c): the sounds of the letter, "" for one without; NULL: it is in no table. Hangul, kana and Han have
 * no letters. */
const char *sound_letter(enum sound_script script, uint32_t c);

#endif
