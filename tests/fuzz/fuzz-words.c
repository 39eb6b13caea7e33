/* fuzz-words.c - any bytes as a text in several languages: what words promise holds for each word
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/language.h"
#include "common/names.h"
#include "common/paragraphs.h"
#include "common/sound.h"
#include "common/schema.h"
#include "common/utf8.h"
#include "common/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct words *words;
static struct names *names;
static struct sound last_sound;
static struct language *language;

static void
must(bool truth)
{
    if (!truth)
        abort();
}

static bool
on_boundary(const char *text, size_t len, size_t at)
{
    return at == len || ((unsigned char)text[at] & 0xc0) != 0x80;
}

static void
check_form(const char *form, size_t len)
{
    must(len > 0 && len <= WORD_MAX && form[len] == '\0' && strlen(form) == len &&
         utf8_valid(form, len));
    for (size_t i = 0; i < len; i++)
        must((unsigned char)form[i] > ' ' && !(form[i] >= 'A' && form[i] <= 'Z') &&
             form[i] != ',' && form[i] != '_');
}

/* Under every prefix it is a term that the index takes, and begins as the prefix says. */
static void
check_terms(const struct word *word)
{
    for (size_t i = 0; i < schema_n_entries; i++) {
        struct buf term;
        buf_init(&term, 1000);
        schema_term(&term, schema_entries[i].prefix, word->term, word->term_len);
        must(term.len == strlen(schema_entries[i].prefix) + word->term_len &&
             term.len <= SCHEMA_TERM_MAX);
        buf_release(&term);
    }
}

/* Cuts the text; appends its words and their forms, one a line. */
/* How it sounds, whatever it is. */
static void
check_sound(const char *word, size_t len)
{
    char key[SOUND_KEYS_MAX][SOUND_KEY_SIZE];
    struct sound s;
    if (!sound_of(&s, word, len))
        return;
    must(s.n > 0 && s.n <= SOUND_MAX && strlen(s.row) == s.n);
    const size_t n = sound_keys(&s, key);
    must(n <= SOUND_KEYS_MAX);
    for (size_t i = 0; i < n; i++)
        must(key[i][0] != '\0' && memchr(key[i], '\0', SOUND_KEY_SIZE));
    must(sound_distance(&s, &s) <= 0 && sound_distance(&s, &last_sound) <= 1);
    last_sound = s;
}

/* The names of a text: each is a line. */
static void
check_names(const struct names *n)
{
    const struct buf *list = names_list(n);
    must(list->len == 0 || list->data[list->len - 1] == '\n');
    for (size_t at = 0; at < list->len;) {
        const size_t len = strcspn(list->data + at, "\n");
        must(len > 0 && len <= NAME_MAX_BYTES);
        must(utf8_valid(list->data + at, len));
        check_sound(list->data + at, len);
        at += len + 1;
    }
}

static void
cut(const char *text, size_t len, struct buf *out)
{
    struct word word;
    struct err err = {.code = ERR_NONE};
    size_t last_to = 0;
    uint32_t n = 0;
    must(words_start(words, text, len, &err));
    names_article(names);
    names_start(names, text, NAMES_LIST);
    while (words_next(words, &word, &err)) {
        must(word.from >= last_to && word.from < word.to && word.to <= len);
        must(on_boundary(text, len, word.from) && on_boundary(text, len, word.to));
        must(word.position == ++n);
        must(n > 1 || word.begins_paragraph);
        must(word.begins_sentence || !word.begins_paragraph);
        check_form(word.term, word.term_len);
        if (word.kind == WORD_SPACED || word.stem_len > 0)
            check_form(word.stem, word.stem_len);
        must(word.reach >= word.to && word.reach <= len && on_boundary(text, len, word.reach));
        must(word.kind != WORD_SPACED || (word.begins_word && word.reach == word.to));
        check_terms(&word);
        check_sound(word.term, word.term_len);
        must(names_word(names, &word, &err));
        last_to = word.to;
        buf_printf(out, "%zu %zu %d %d ", word.from, word.to, word.begins_sentence, word.begins_paragraph);
        buf_add(out, word.term, word.term_len);
        buf_ch(out, ' ');
        buf_add(out, word.stem, word.stem_len);
        buf_ch(out, '\n');
    }
    must(err.code == ERR_NONE);
    must(names_end(names, &err));
    check_names(names);
}

static void
check_paragraphs(const struct buf *text)
{
    struct buf once, twice;
    buf_init(&once, BUF_MAX);
    buf_init(&twice, BUF_MAX);
    paragraphs_normalise(&once, text->data, text->len);
    paragraphs_normalise(&twice, once.data, once.len);
    must(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    must(utf8_valid(once.data, once.len) && !strstr(once.data, "\n\n\n"));
    buf_release(&once);
    buf_release(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"",   "en", "de", "fr", "es", "it", "ru",
                                            "ar", "tr", "ca", "hu", "ga", "fi"};
    struct buf text, once, twice;
    const char *tag;
    if (!words && (!words_new(&words, NULL) || !names_new(&names, NULL) || !language_new(&language, NULL)))
        abort();
    if (size == 0)
        return 0;
    buf_init(&text, BUF_MAX);
    buf_init(&once, BUF_MAX);
    buf_init(&twice, BUF_MAX);
    must(words_language(words, languages[data[0] % (sizeof languages / sizeof *languages)], NULL));
    utf8_clean(&text, (const char *)data + 1, size - 1);
    must(utf8_valid(text.data, text.len));
    /* in a block of exactly its size, so that a read behind it shows */
    char *exact = malloc(text.len ? text.len : 1);
    must(exact);
    memcpy(exact, text.data, text.len);
    cut(exact, text.len, &once);
    words_icu_alone(words, true);
    cut(exact, text.len, &twice);
    words_icu_alone(words, false);
    must(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    language_detect(language, exact, text.len, &tag, NULL);
    check_paragraphs(&text);
    free(exact);
    buf_release(&text);
    buf_release(&once);
    buf_release(&twice);
    return 0;
}
