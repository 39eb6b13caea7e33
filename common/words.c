/* words.c - cut text into words, the same way for articles and for queries
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/words.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <xxhash.h>

#include "common/buf.h"
#include "common/fold.h"
#include "common/utf8.h"
#include "shim/xapian-c.h"

/* fold.h takes no more at once: longer words are folded piece by piece. */
#define RAW_MAX 500

/* French papers write it between thousands, and before : ; ! ? */
#define NARROW_SPACE 0x202f

/* News repeats its words: the forms of a raw word are remembered, in a table that grows up to this many slots and
 * bytes, then starts afresh. It begins small: a searcher sees few words in many languages. */
#define MEMO_SLOTS_MIN 512
#define MEMO_SLOTS_MAX 65536
#define MEMO_BYTES ((size_t)4 << 20)

/* How numbers are written. */
#define NUMBER_COMMA 1u /* a comma before decimals */
#define NUMBER_DOTS 2u  /* dots between thousands */

struct memo {
    uint64_t hash; /* of the raw word; 0: the slot is free */
    uint32_t raw, raw_len;
    uint32_t term, term_len; /* offsets into the arena */
    uint32_t stem, stem_len;
    uint32_t other, other_len; /* of length 0: there is none */
};

struct words {
    UBreakIterator *breaks; /* opened by the first text that is not ASCII; NULL before */
    UText text_provider;
    bool provider_open;
    struct xap_stem *stemmer; /* NULL: none */
    char language[16];
    unsigned numbers; /* how the language writes them: NUMBER_... */
    bool ordinal; /* it writes a dot behind ordinal numbers */

    const char *text;
    size_t len;
    size_t at; /* where the next run of ASCII, or the next stretch for ICU, is looked for */
    size_t run_to;                     /* the present run of ASCII ends there; up to `at`: there is none */
    size_t stretch_from, stretch_to;   /* what ICU is at work on; the same: nothing */
    bool icu_alone;                    /* words_icu_alone() */
    size_t piece_from, piece_to; /* what is left of the token that ICU found */
    bool initials;               /* the token is U.N or the like */
    bool mixed;                  /* the token has words of two kinds, and the first was returned */
    size_t char_from, char_to;   /* what is left of the word that is given out character by character */
    enum word_kind kind;         /* of its characters */
    size_t word_from;
    size_t last_to;              /* end of the word returned last */
    uint32_t position;
    bool last_was_short; /* the word returned last is written with a dot: a single letter, U.S, Mr */
    bool (*wanted)(const void *arg, const char *text, size_t len); /* NULL: all */
    const void *wanted_arg;

    struct memo *memos;
    size_t n_memos, n_slots; /* n_slots: a power of two */
    struct buf arena;
    struct buf folded, plain; /* scratch */
    struct buf first;         /* the stem of that word */
    struct buf longest;       /* the form of a word that is too long to be remembered */
};

static bool
icu_failed(struct err *err, const char *step, UErrorCode status)
{
    if (status == U_MEMORY_ALLOCATION_ERROR)
        return err_nomem(err);
    return err_set(err, ERR_BUG, "icu: %s: %s", step, u_errorName(status));
}

bool
words_new(struct words **out, struct err *err)
{
    struct words *w = calloc(1, sizeof *w);
    *out = NULL;
    if (!w)
        return err_nomem(err);
    buf_init(&w->arena, MEMO_BYTES + 65536);
    buf_init(&w->folded, 65536);
    buf_init(&w->plain, 65536);
    buf_init(&w->first, 2 * 65536);
    buf_init(&w->longest, 2 * 65536);
    w->text_provider = (UText)UTEXT_INITIALIZER;
    w->n_slots = MEMO_SLOTS_MIN;
    w->memos = calloc(w->n_slots, sizeof *w->memos);
    if (!w->memos) {
        words_free(w);
        return err_nomem(err);
    }
    *out = w;
    return true;
}

void
words_free(struct words *w)
{
    if (!w)
        return;
    if (w->breaks)
        ubrk_close(w->breaks);
    if (w->provider_open)
        utext_close(&w->text_provider);
    xap_stem_free(w->stemmer);
    buf_release(&w->arena);
    buf_release(&w->folded);
    buf_release(&w->plain);
    buf_release(&w->first);
    buf_release(&w->longest);
    free(w->memos);
    free(w);
}

static void
forget(struct words *w)
{
    memset(w->memos, 0, w->n_slots * sizeof *w->memos);
    w->n_memos = 0;
    buf_clear(&w->arena);
}

/* Room for one more memo: a larger table, or an empty one. */
static bool
make_room(struct words *w)
{
    if (w->arena.len <= MEMO_BYTES && 2 * (w->n_memos + 1) <= w->n_slots)
        return true;
    if (w->arena.len > MEMO_BYTES || w->n_slots >= MEMO_SLOTS_MAX) {
        forget(w);
        return true;
    }
    const size_t n = 4 * w->n_slots;
    struct memo *memos = calloc(n, sizeof *memos);
    if (!memos)
        return false;
    for (size_t i = 0; i < w->n_slots; i++) {
        size_t at = w->memos[i].hash & (n - 1);
        while (w->memos[i].hash && memos[at].hash)
            at = (at + 1) & (n - 1);
        if (w->memos[i].hash)
            memos[at] = w->memos[i];
    }
    free(w->memos);
    w->memos = memos;
    w->n_slots = n;
    return true;
}

/* ---- stemmers ---- */

/* Snowball's stemmers in Xapian 1.4.22, by the primary subtag of BCP 47. */
static const char *const stemmers[] = {
    "ar", "hy", "eu", "ca", "da", "nl", "en", "fi", "fr", "de", "hu", "id", "ga", "it",
    "lt", "ne", "nb", "nn", "no", "pt", "ro", "ru", "es", "sv", "ta", "tr",
};

/* Writes the primary subtag into out; false where it has no stemmer. */
static bool
stemmer_name(const char *language, char out[16])
{
    const size_t len = language ? strcspn(language, "-_") : 0;
    if (len < 2 || len > 8)
        return false;
    for (size_t i = 0; i < sizeof stemmers / sizeof stemmers[0]; i++)
        if (strlen(stemmers[i]) == len && strncasecmp(stemmers[i], language, len) == 0) {
            memcpy(out, stemmers[i], len + 1);
            return true;
        }
    return false;
}

bool
words_has_stemmer(const char *language)
{
    char name[16];
    return stemmer_name(language, name);
}

/* Is the primary subtag of a language among those of the list, which has a blank before and behind each? */
static bool
is_among(const char *list, const char *language)
{
    char tag[8] = " ";
    const size_t len = language ? strcspn(language, "-_") : 0;
    if (len < 2 || len > 3)
        return false;
    for (size_t i = 0; i < len; i++)
        tag[1 + i] = (char)(language[i] | 0x20);
    tag[1 + len] = ' ';
    return strstr(list, tag) != NULL;
}

bool
words_language(struct words *w, const char *language, struct err *err)
{
    char name[16] = "";
    unsigned numbers = 0;
    if (is_among(" bs ca da de el es eu fo gl hr id is it lb mk nl pt ro sl sr tr vi ", language))
        numbers = NUMBER_DOTS | NUMBER_COMMA;
    else if (is_among(" af be bg cs et fi fr hu hy ka kk lt lv nb nn no pl ru sk sq sv uk ", language))
        numbers = NUMBER_COMMA;
    if (numbers != w->numbers)
        forget(w);
    w->numbers = numbers;
    w->ordinal = is_among(" bs cs da de et fi fo hr hu is lb lv nb nn no sk sl sr ", language);
    stemmer_name(language, name);
    if (strcmp(name, w->language) == 0)
        return true;
    xap_stem_free(w->stemmer);
    w->stemmer = NULL;
    w->language[0] = '\0';
    forget(w);
    if (name[0] == '\0')
        return true;
    struct xap_error error;
    if (xap_stem_new(name, &w->stemmer, &error) != XAP_OK)
        return error.code == XAP_OUT_OF_MEMORY ? err_nomem(err)
                                               : err_set(err, ERR_BUG, "stemmer %s: %s", name, error.message);
    memcpy(w->language, name, sizeof name);
    return true;
}

/* ---- the forms of one word ---- */

static bool
is_ascii_alnum(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* Is the character at text[at] a digit of any script? */
static bool
is_digit_at(const char *text, size_t len, size_t at)
{
    return at < len && u_isdigit((UChar32)utf8_next(text, len, &at));
}

/* Characters inside words that are left out or stand for each other. */
static const struct {
    const char *letter;
    char plain[2];
} written_as[] = {
    {"\xe2\x80\x98", "'"}, {"\xe2\x80\x99", "'"}, /* quotation marks */
    {"\xca\xbb", "'"},     {"\xca\xbc", "'"},     /* letters */
    {"\xd7\xb3", "'"},     {"\xd7\xb4", "\""},   /* geresh, gershayim */
    {"\xd9\xac", ""},                             /* Arabic thousands separator */
    {"\xd9\xab", "."},                            /* and the mark before decimals */
};

/* The plain spelling of what stands at text[0], whose length is *skip; NULL: it stays. */
static const char *
plain_spelling(const char *text, size_t len, size_t *skip)
{
    *skip = 1;
    if (*text == ',' || *text == ' ') /* between digits; made of a ligature of words */
        return "";
    if (*text == '.')
        return is_digit_at(text, len, 1) ? NULL : "";
    if ((unsigned char)*text < 0x80)
        return NULL;
    for (size_t i = 0; i < sizeof written_as / sizeof written_as[0]; i++) {
        *skip = strlen(written_as[i].letter);
        if (*skip <= len && memcmp(text, written_as[i].letter, *skip) == 0)
            return written_as[i].plain;
    }
    return NULL;
}

/* How many groups of three digits, with the mark before each, follow one to three digits; *end: where they end. */
static size_t
count_groups(const struct buf *b, char mark, size_t *end)
{
    size_t at = 0, n = 0;
    while (at < b->len && is_ascii_digit(b->data[at]))
        at++;
    *end = at;
    if (at == 0 || at > 3 || b->data[0] == '0')
        return 0;
    for (; at < b->len && b->data[at] == mark; n++) {
        const size_t from = ++at;
        while (at < b->len && is_ascii_digit(b->data[at]))
            at++;
        if (at - from != 3)
            return 0;
    }
    *end = at;
    return n;
}

/* Takes the marks before text[end) out. */
static void
join_groups(struct buf *b, char mark, size_t end)
{
    size_t n = 0;
    for (size_t i = 0; i < b->len; i++)
        if (i >= end || b->data[i] != mark)
            b->data[n++] = b->data[i];
    buf_truncate(b, n);
}

/* A number as English has it. Several groups with dots (1.234.567) are thousands in any language. */
static void
tidy_number(struct buf *b, unsigned numbers)
{
    size_t end;
    const size_t groups = count_groups(b, '.', &end);
    const bool thousands = (groups > 1 || ((numbers & NUMBER_DOTS) && groups == 1)) && (end == b->len || b->data[end] == ',');
    if (thousands)
        join_groups(b, '.', end);
    if (!(numbers & NUMBER_COMMA) && !thousands)
        return;
    char *comma = memchr(b->data, ',', b->len);
    if (!comma || memchr(b->data, '.', b->len))
        return;
    for (const char *p = comma + 1; p < b->data + b->len; p++)
        if (!is_ascii_digit(*p))
            return;
    *comma = '.';
}

/* Dots of initials and commas between digits go, apostrophes of all kinds become one, a possessive ending goes. */
static void
tidy(struct buf *b, unsigned numbers)
{
    size_t n = 0;
    const bool number = b->len > 2 && is_ascii_digit(b->data[0]);
    if (number)
        tidy_number(b, numbers);
    for (size_t i = 0; i < b->len;) {
        size_t skip;
        const char *plain = plain_spelling(b->data + i, b->len - i, &skip);
        if (!plain)
            b->data[n++] = b->data[i++];
        else {
            if (*plain)
                b->data[n++] = *plain;
            i += skip;
        }
    }
    if (n > 2 && b->data[n - 1] == 's' && b->data[n - 2] == '\'')
        n -= 2;
    buf_truncate(b, n);
    if (number && count_groups(b, '\'', &n) > 0 && (n == b->len || b->data[n] == '.')) /* 34'000, as the Swiss write it */
        join_groups(b, '\'', n);
}

/* Puts the casefolded word into w->folded. */
static bool
casefold(struct words *w, const char *raw, size_t len, unsigned numbers, struct err *err)
{
    buf_clear(&w->folded);
    if (is_ascii(raw, len)) {
        buf_add(&w->folded, raw, len);
        for (size_t i = 0; i < w->folded.len; i++)
            if (w->folded.data[i] >= 'A' && w->folded.data[i] <= 'Z')
                w->folded.data[i] |= 0x20;
    } else if (!fold_case(&w->folded, raw, len, err))
        return false;
    if (!buf_ok(&w->folded, "a word", err))
        return false;
    tidy(&w->folded, numbers);
    return true;
}

/* How many bytes of a word that is too long for fold.h to take at once: not between a letter and its marks. */
static size_t
piece_of(const char *word, size_t len)
{
    if (len <= RAW_MAX)
        return len;
    size_t n = RAW_MAX, any = 0;
    for (;; n--) {
        if (((unsigned char)word[n] & 0xc0) == 0x80)
            continue;
        any = any ? any : n;
        size_t at = n;
        if (!(U_GET_GC_MASK((UChar32)utf8_next(word, len, &at)) & U_GC_M_MASK))
            return n;
        if (n < RAW_MAX / 2) /* nothing but marks */
            return any;
    }
}

/* Appends a casefolded word without its marks. */
static bool
drop_marks(struct buf *out, const char *word, size_t len, struct err *err)
{
    if (is_ascii(word, len)) {
        buf_add(out, word, len);
        return buf_ok(out, "a word", err);
    }
    for (size_t done = 0; done < len;) {
        const size_t n = piece_of(word + done, len - done);
        if (!fold_marks(out, word + done, n, err))
            return false;
        done += n;
    }
    return true;
}

/* Appends a word, NUL-terminated. One too long for an index keeps its beginning and gets a hash of the
 * whole, so that it still finds itself. Returns its length. */
static size_t
add_capped(struct buf *out, const char *word, size_t len, uint64_t hash)
{
    size_t cut = len;
    if (len > WORD_MAX) {
        cut = WORD_MAX - 16;
        while (cut > 0 && ((unsigned char)word[cut] & 0xc0) == 0x80)
            cut--;
    }
    const size_t from = out->len;
    buf_add(out, word, cut);
    if (len > WORD_MAX)
        buf_printf(out, "%016llx", (unsigned long long)hash);
    const size_t added = out->len - from;
    buf_ch(out, '\0');
    return added;
}

/* Adds a casefolded word to the arena without its marks. */
static bool
remember(struct words *w, const char *word, size_t len, uint32_t *at, uint32_t *out_len, struct err *err)
{
    buf_clear(&w->plain);
    if (!drop_marks(&w->plain, word, len, err))
        return false;
    const size_t n = w->plain.len;
    *at = (uint32_t)w->arena.len;
    *out_len = (uint32_t)add_capped(&w->arena, w->plain.data, n, n > WORD_MAX ? XXH3_64bits(w->plain.data, n) : 0);
    return true;
}

/* Works out the forms of a raw word (at most RAW_MAX bytes) and remembers them in *memo. */
static bool
make_forms(struct words *w, const char *raw, size_t len, struct memo *memo, struct err *err)
{
    memo->raw = (uint32_t)w->arena.len;
    memo->raw_len = (uint32_t)len;
    buf_add(&w->arena, raw, len);
    const bool number = w->numbers && (memchr(raw, '.', len) || memchr(raw, ',', len));
    if (number && (!casefold(w, raw, len, 0, err) ||
                   !remember(w, w->folded.data, w->folded.len, &memo->other, &memo->other_len, err)))
        return false;
    if (!casefold(w, raw, len, w->numbers, err) ||
        !remember(w, w->folded.data, w->folded.len, &memo->term, &memo->term_len, err))
        return false;
    if (memo->other_len == memo->term_len && buf_ok(&w->arena, "the memory of words", err) &&
        memcmp(w->arena.data + memo->other, w->arena.data + memo->term, memo->term_len) == 0)
        memo->other_len = 0;
    if (w->stemmer && memo->term_len > 0 && w->folded.len <= WORD_MAX) {
        const char *stem;
        size_t stem_len;
        struct xap_error error;
        if (xap_stem_apply(w->stemmer, w->folded.data, w->folded.len, &stem, &stem_len, &error) != XAP_OK)
            return error.code == XAP_OUT_OF_MEMORY ? err_nomem(err)
                                                   : err_set(err, ERR_BUG, "stemming: %s", error.message);
        while (stem_len > 0 && stem[stem_len - 1] == '\'') /* Turkish: İzmir'de */
            stem_len--;
        if (!remember(w, stem, stem_len, &memo->stem, &memo->stem_len, err))
            return false;
    }
    if (memo->stem_len == 0) {
        memo->stem = memo->term;
        memo->stem_len = memo->term_len;
    }
    return buf_ok(&w->arena, "the memory of words", err);
}

/* The only form of a word longer than RAW_MAX, in w->longest. */
static bool
make_long_form(struct words *w, const char *raw, size_t len, struct err *err)
{
    XXH3_state_t *hash = XXH3_createState();
    if (!hash)
        return err_nomem(err);
    XXH3_64bits_reset(hash);
    struct buf *start = &w->longest; /* a little more than is kept of it */
    size_t total = 0;
    bool ok = true;
    buf_clear(start);
    for (size_t done = 0; ok && done < len;) {
        const size_t n = piece_of(raw + done, len - done);
        buf_clear(&w->plain);
        ok = casefold(w, raw + done, n, 0, err) && drop_marks(&w->plain, w->folded.data, w->folded.len, err);
        XXH3_64bits_update(hash, w->plain.data, w->plain.len);
        if (start->len <= WORD_MAX)
            buf_add(start, w->plain.data, w->plain.len);
        total += w->plain.len;
        done += n;
    }
    if (ok) {
        buf_clear(&w->plain);
        const size_t kept = add_capped(&w->plain, start->data, total, XXH3_64bits_digest(hash));
        buf_clear(start);
        buf_add(start, w->plain.data, kept);
        ok = buf_ok(&w->plain, "a word", err) && buf_ok(start, "a word", err);
    }
    XXH3_freeState(hash);
    return ok;
}

static const struct memo *
forms_of(struct words *w, const char *raw, size_t len, struct err *err)
{
    uint64_t hash = XXH3_64bits(raw, len);
    hash += hash == 0;
    if (!make_room(w)) {
        err_nomem(err);
        return NULL;
    }
    size_t slot = hash & (w->n_slots - 1);
    while (w->memos[slot].hash != 0) {
        const struct memo *m = &w->memos[slot];
        if (m->hash == hash && m->raw_len == len && memcmp(w->arena.data + m->raw, raw, len) == 0)
            return m;
        slot = (slot + 1) & (w->n_slots - 1);
    }
    struct memo memo = {.hash = hash};
    if (!make_forms(w, raw, len, &memo, err)) {
        forget(w);
        return NULL;
    }
    w->memos[slot] = memo;
    w->n_memos++;
    return &w->memos[slot];
}

/* ---- finding words ---- */

bool
words_start(struct words *w, const char *text, size_t len, struct err *err)
{
    if (len > (size_t)1 << 30)
        return err_set(err, ERR_ARG, "text of %zu bytes is too long", len);
    w->text = text;
    w->len = len;
    w->at = w->run_to = w->stretch_from = w->stretch_to = 0;
    w->piece_from = w->piece_to = w->last_to = 0;
    w->char_from = w->char_to = 0;
    w->position = 0;
    w->last_was_short = false;
    w->wanted = NULL;
    return true;
}

void
words_pick(struct words *w, bool (*wanted)(const void *arg, const char *text, size_t len), const void *arg)
{
    w->wanted = wanted;
    w->wanted_arg = arg;
}

/* ---- characters that are given out one by one ---- */

static enum word_kind
kind_of(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    if (c < 0x0e00 || !u_isUAlphabetic(c))
        return WORD_SPACED;
    if (c >= 0x4e00 && c <= 0x9fff)
        return WORD_HAN;
    if (c >= 0xac00 && c <= 0xd7a3)
        return WORD_HANGUL;
    switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
        return WORD_HAN;
    case USCRIPT_HANGUL:
        return WORD_HANGUL;
    default:
        if (c == 0x30fc || c == 0xff70) /* the mark of long vowels in katakana */
            return WORD_HAN;
        return u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ? WORD_CLUSTER : WORD_SPACED;
    }
}

/* Does it belong to the character before it? So do invisible ones, the zero-width space between words of Khmer too. */
static bool
goes_with_the_last(UChar32 c)
{
    if (c < 0x80)
        return false;
    switch (u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_EXTEND:
    case U_GCB_SPACING_MARK:
    case U_GCB_ZWJ:
    case U_GCB_V: /* Hangul that is spelled out */
    case U_GCB_T:
        return true;
    default:
        return u_charType(c) == U_FORMAT_CHAR;
    }
}

/* Where the character at text[at] ends, with its marks. */
static size_t
end_of_character(const char *text, size_t len, size_t at)
{
    utf8_next(text, len, &at);
    while (at < len) {
        size_t next = at;
        if (!goes_with_the_last((UChar32)utf8_next(text, len, &next)))
            break;
        at = next;
    }
    return at;
}

/* How many bytes of a word are of the kind it begins with. */
static size_t
length_of_kind(const char *word, size_t len, enum word_kind *kind)
{
    size_t at = 0;
    *kind = WORD_SPACED;
    while (at < len && (unsigned char)word[at] < 0xe0) /* no other kind has smaller bytes in front */
        at++;
    if (at == len)
        return len;
    size_t next = 0;
    *kind = kind_of((UChar32)utf8_next(word, len, &next));
    for (at = next; at < len; at = next) {
        next = at;
        const UChar32 c = (UChar32)utf8_next(word, len, &next);
        if (kind_of(c) != *kind && !goes_with_the_last(c))
            break;
    }
    return at;
}

/* Bytes of punctuation that a word begins with. */
static size_t
punctuation_before(const char *word, size_t len)
{
    size_t at = 0, next = 0;
    while (at < len && u_ispunct((UChar32)utf8_next(word, len, &next)))
        at = next;
    return at;
}

/* The same at its end. */
static size_t
punctuation_behind(const char *word, size_t len)
{
    size_t kept = 0;
    for (size_t at = 0; at < len;)
        if (!u_ispunct((UChar32)utf8_next(word, len, &at)))
            kept = at;
    return len - kept;
}

/* What a character that ICU takes for a part of words stands for: a dot, a mark between words ('_'), or 0. */
static char
joint(UChar32 c)
{
    switch (c) {
    case '.':
    case 0x2024:
    case 0xfe52:
    case 0xff0e:
        return '.';
    case ':':
    case ';':
    case '@': /* a letter to ICU */
    case '_':
    case 0xfe14:
    case 0xfe54:
    case 0xff1b:
        return '_';
    default: /* low lines of other kinds, and the narrow no-break space */
        if (c < 0x80)
            return 0;
        return u_getIntPropertyValue(c, UCHAR_WORD_BREAK) == U_WB_EXTENDNUMLET ? '_' : 0;
    }
}

/* Are all parts between dots single letters (U.N, u.s.a)? */
static bool
is_initials(const char *token, size_t len)
{
    size_t letters = 0;
    if (len > 1 && is_ascii_letter(token[0]) && is_ascii_letter(token[1])) /* most are that: no need to ask ICU */
        return false;
    for (size_t at = 0; at < len;) {
        const UChar32 c = (UChar32)utf8_next(token, len, &at);
        if (joint(c) == '.')
            letters = 0;
        else if (u_isdigit(c) || (!(U_GET_GC_MASK(c) & (U_GC_M_MASK | U_GC_CF_MASK)) && ++letters > 1))
            return false;
    }
    return true;
}

/* ---- tokens: ICU's, and in ASCII what ICU 72 would say ---- */

/* Bytes of ASCII behind a blank that make it worth to leave ICU. */
#define WORTH_LEAVING 64

static bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* No word goes on across a blank of ASCII, and what stands on one side of it says nothing of the other. So a text can be cut
 * there, into runs of ASCII, and stretches with something else in them. Where does the stretch that begins at `at` end? */
static size_t
end_of_stretch(const struct words *w, size_t at)
{
    size_t blank = w->len, plain = 0;
    if (w->icu_alone)
        return w->len;
    for (; at < w->len && (blank == w->len || plain < WORTH_LEAVING); at++) {
        if ((unsigned char)w->text[at] >= 0x80) {
            blank = w->len;
            plain = 0;
        } else if (blank < w->len) {
            plain++;
        } else if (is_blank(w->text[at])) {
            blank = at;
        }
    }
    return blank;
}

static bool
start_stretch(struct words *w, size_t from, struct err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    const size_t to = end_of_stretch(w, from);
    if (!w->breaks)
        w->breaks = ubrk_open(UBRK_WORD, "root", NULL, 0, &status);
    utext_openUTF8(&w->text_provider, w->text + from, (int64_t)(to - from), &status);
    w->provider_open = w->provider_open || U_SUCCESS(status);
    if (U_SUCCESS(status))
        ubrk_setUText(w->breaks, &w->text_provider, &status);
    if (U_FAILURE(status))
        return icu_failed(err, "word break", status);
    ubrk_first(w->breaks);
    w->stretch_from = from;
    w->stretch_to = to;
    return true;
}

static bool
next_of_icu(struct words *w, size_t *from, size_t *to)
{
    for (;;) {
        const int32_t start = ubrk_current(w->breaks), end = ubrk_next(w->breaks);
        if (end == UBRK_DONE)
            return false;
        if (ubrk_getRuleStatus(w->breaks) < UBRK_WORD_NONE_LIMIT)
            continue;
        *from = w->stretch_from + (size_t)start;
        *to = w->stretch_from + (size_t)end;
        return true;
    }
}

/* ICU has the at-sign among the letters. */
static bool
is_letter_of_icu(char c)
{
    return is_ascii_letter(c) || c == '@';
}

/* What words are made of, marks between letters and between digits apart. */
static bool
is_core(char c)
{
    return is_ascii_alnum((unsigned char)c) || c == '_' || c == '@';
}

/* Does the mark at text[at] stand inside a word? UAX #29, rules WB6, WB7, WB11 and WB12. */
static bool
joins(const char *text, size_t at, size_t to)
{
    const char c = text[at];
    if (at + 1 >= to)
        return false;
    if (is_letter_of_icu(text[at - 1]))
        return (c == '.' || c == '\'') && is_letter_of_icu(text[at + 1]); /* ICU has no colon here */
    return is_ascii_digit(text[at - 1]) && (c == '.' || c == '\'' || c == ',' || c == ';') && is_ascii_digit(text[at + 1]);
}

/* The next word of a run of ASCII that ends at `end`; *from: where to look. */
static bool
next_of_ascii(const char *text, size_t end, size_t *from, size_t *to)
{
    while (*from < end && !is_core(text[*from]))
        ++*from;
    for (*to = *from; *to < end; ++*to)
        if (!is_core(text[*to]) && (*to == *from || !joins(text, *to, end)))
            break;
    return *to > *from;
}

/* Where the run of ASCII that begins at `at` ends: at a blank, or at the end. `at` where it is none. */
static size_t
end_of_run(const struct words *w, size_t at)
{
    size_t to = at;
    while (to < w->len && !is_blank(w->text[to]) && (unsigned char)w->text[to] < 0x80)
        to++;
    return to < w->len && (unsigned char)w->text[to] >= 0x80 ? at : to;
}

/* The next run that ICU calls a word. False at the end, or on failure: then err->code is set. */
static bool
find_token(struct words *w, size_t *from, size_t *to, struct err *err)
{
    for (;;) {
        if (w->stretch_to > w->stretch_from) {
            if (next_of_icu(w, from, to))
                return true;
            w->at = w->stretch_to;
            w->stretch_from = w->stretch_to;
        }
        while (!w->icu_alone && w->at >= w->run_to && w->at < w->len && is_blank(w->text[w->at]))
            w->at++;
        if (w->at >= w->len)
            return false;
        if (w->at >= w->run_to)
            w->run_to = w->icu_alone ? w->at : end_of_run(w, w->at);
        if (w->run_to == w->at) {
            if (!start_stretch(w, w->at, err))
                return false;
            continue;
        }
        *from = w->at;
        const bool found = next_of_ascii(w->text, w->run_to, from, to);
        w->at = found ? *to : w->run_to;
        if (found)
            return true;
    }
}

/* Length of the small digit at text[0], or 0; *raised: it stands above the line. */
static size_t
small_digit(const char *text, size_t len, bool *raised)
{
    const unsigned char *c = (const unsigned char *)text;
    *raised = true;
    if (len >= 2 && c[0] == 0xc2)
        return c[1] == 0xb2 || c[1] == 0xb3 || c[1] == 0xb9 ? 2 : 0;
    if (len < 3 || c[0] != 0xe2)
        return 0;
    *raised = c[1] == 0x81;
    if (*raised)
        return c[2] == 0xb0 || (c[2] >= 0xb4 && c[2] <= 0xb9) ? 3 : 0;
    return c[1] == 0x82 && c[2] >= 0x80 && c[2] <= 0x89 ? 3 : 0;
}

/* The longest word that raised digits belong to: km; behind others they are numbers of notes. */
#define UNIT_MAX 3

/* Length of the small digits at text[to] that belong to the word at text[from, to): CO2, m2. */
static size_t
small_digits(const char *text, size_t len, size_t from, size_t to)
{
    bool raised;
    size_t at = to, n;
    if (!is_ascii_letter(text[to - 1]))
        return 0;
    while ((n = small_digit(text + at, len - at, &raised)) > 0 && (!raised || to - from <= UNIT_MAX))
        at += n;
    return at - to;
}

/* Length of the blank at text[to] that parts thousands of the number at text[from, to): 34 000. ICU takes the narrow no-break space
 * for a part of the word. */
static size_t
thousands_blank(const char *text, size_t len, size_t from, size_t to)
{
    const size_t n = len - to >= 2 && memcmp(text + to, "\xc2\xa0", 2) == 0       ? 2
                     : len - to >= 3 && memcmp(text + to, "\xe2\x80\x89", 3) == 0 ? 3
                                                                                 : 0;
    if (n == 0 || to - from > 3 || len - to < n + 3)
        return 0;
    for (size_t i = from; i < to; i++)
        if (!is_ascii_digit(text[i]))
            return 0;
    for (size_t i = 0; i < 3; i++)
        if (!is_ascii_digit(text[to + n + i]))
            return 0;
    return len - to == n + 3 || !(is_ascii_alnum((unsigned char)text[to + n + 3]) || text[to + n + 3] == '_') ? n : 0;
}

/* Makes the token that ICU found longer by what it parts from it; that begins in neither case in the middle of another token. */
static bool
extend_token(struct words *w, struct err *err)
{
    size_t from = w->piece_from; /* of the last part */
    while (w->piece_to < w->len && (unsigned char)w->text[w->piece_to] >= 0xc2) {
        const size_t digits = small_digits(w->text, w->len, from, w->piece_to);
        const size_t blank = thousands_blank(w->text, w->len, from, w->piece_to);
        if (digits + blank == 0)
            return true;
        w->piece_to += digits + blank;
        if (w->piece_to == w->len || !is_ascii_alnum((unsigned char)w->text[w->piece_to]))
            return true;
        size_t to;
        if (!find_token(w, &from, &to, err))
            return false;
        w->piece_to = to;
    }
    return true;
}

static bool
next_token(struct words *w, struct err *err)
{
    if (!find_token(w, &w->piece_from, &w->piece_to, err) || !extend_token(w, err))
        return false;
    const size_t len = w->piece_to - w->piece_from;
    w->initials = len > 1 && is_initials(w->text + w->piece_from, len);
    w->mixed = false;
    return true;
}

void
words_icu_alone(struct words *w, bool alone)
{
    w->icu_alone = alone;
}

/* Articles and prepositions that French, Italian and Catalan elide before a vowel. */
static bool
is_elided(const char *word, size_t len)
{
    static const char *const elided[] = {
        "l", "d", "j", "t", "m", "n", "s", "c", "qu", "jusqu", "lorsqu", "puisqu", "all", "dell",
        "nell", "sull", "dall", "un", "quest", "quell",
    };
    char lower[8];
    if (len >= sizeof lower)
        return false;
    for (size_t i = 0; i < len; i++)
        lower[i] = (char)(word[i] | 0x20);
    for (size_t i = 0; i < sizeof elided / sizeof elided[0]; i++)
        if (strlen(elided[i]) == len && memcmp(elided[i], lower, len) == 0)
            return true;
    return false;
}

/* Length of the apostrophe at text[0], or 0. */
static size_t
apostrophe(const char *text, size_t len)
{
    if (len > 0 && text[0] == '\'')
        return 1;
    return len >= 3 && memcmp(text, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Does what stands at token[at..next) cut the token? A dot does not in initials and before a digit, a space not between
 * digits (34 000). */
static bool
cuts(const char *token, size_t len, size_t at, size_t next, UChar32 c, bool initials)
{
    switch (joint(c)) {
    case '.':
        return !initials && !is_digit_at(token, len, next);
    case '_':
        return c != NARROW_SPACE || at == 0 || token[at - 1] < '0' || token[at - 1] > '9' ||
               !is_digit_at(token, len, next);
    default:
        return false;
    }
}

/* How many bytes of the token are its first word; *skip: how many behind them separate it from the next. */
static size_t
first_piece(const char *token, size_t len, bool initials, size_t *skip)
{
    *skip = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned char lead = (unsigned char)token[i];
        /* marks stand in ASCII and in two blocks of Unicode */
        if (is_ascii_alnum(lead) || lead == ',' || (lead >= 0x80 && lead != 0xe2 && lead != 0xef))
            continue;
        size_t next = i;
        const UChar32 c = (UChar32)utf8_next(token, len, &next);
        const size_t mark = apostrophe(token + i, len - i);
        if (cuts(token, len, i, next, c, initials) ||
            (mark > 0 && i > 0 && len - i - mark >= 2 && is_elided(token, i))) {
            *skip = next - i;
            return i;
        }
    }
    return len;
}

/* The next word of the text as bytes, all of one kind. */
static bool
next_piece(struct words *w, size_t *from, size_t *to, enum word_kind *kind, struct err *err)
{
    for (;;) {
        if (w->piece_from >= w->piece_to && !next_token(w, err))
            return false;
        if (w->mixed)
            w->piece_from += punctuation_before(w->text + w->piece_from, w->piece_to - w->piece_from);
        const char *token = w->text + w->piece_from;
        size_t skip;
        size_t n = first_piece(token, w->piece_to - w->piece_from, w->initials, &skip);
        const size_t same = length_of_kind(token, n, kind);
        if (same < n) { /* KBS with a Korean particle */
            w->mixed = true;
            n = same;
            skip = 0;
        }
        *from = w->piece_from;
        *to = *from + n;
        if (w->mixed && *kind == WORD_SPACED)
            *to -= punctuation_behind(token, n);
        w->piece_from += n + skip;
        if (*to > *from)
            return true;
    }
}

/* ---- sentences ---- */

/* Is it a word that is written with a dot? */
static bool
is_title_word(const char *word, size_t len)
{
    static const char titles[][5] = {
        "mr", "mrs", "ms", "dr", "st", "gen", "lt", "col", "sgt", "maj", "capt", "sen", "rep", "gov",
        "prof", "rev", "hon", "jr", "sr", "inc", "corp", "co", "ltd", "no", "vs", "jan", "feb", "mar",
        "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "bzw", "nr", "mme", "mlle",
        "abt", "ave", "avv", "bd", "blvd", "bspw", "cf", "cpl", "dept", "dott", "dra", "evtl", "fr", "geb", "ggf", "hr",
        "hrsg", "ing", "inkl", "kap", "lic", "mt", "num", "okt", "pag", "pvt", "sog", "sra", "sres", "str", "vgl", "zb", "zt",
    };
    if (len < 2 || len >= sizeof titles[0])
        return false;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (titles[i][0] == word[0] && memcmp(titles[i], word, len) == 0 && titles[i][len] == '\0')
            return true;
    return false;
}

/* The same for a word of ASCII as it stands in the text: Mr, Dr's. */
static bool
is_raw_title(const char *raw, size_t len)
{
    char lower[8];
    if (len > 2 && raw[len - 2] == '\'' && (raw[len - 1] | 0x20) == 's')
        len -= 2;
    if (len > sizeof lower)
        return false;
    for (size_t i = 0; i < len; i++)
        lower[i] = (char)(raw[i] | 0x20);
    return is_title_word(lower, len);
}

/* Does a Greek letter stand before text[at]? */
static bool
is_greek_before(const char *text, size_t at)
{
    if (at < 2)
        return false;
    const unsigned char a = (unsigned char)text[at - 2], b = (unsigned char)text[at - 1];
    return (b & 0xc0) == 0x80 && (a == 0xce || a == 0xcf || (at > 2 && (a & 0xc0) == 0x80 && (unsigned char)text[at - 3] == 0xe1));
}

/* What stands between two words says whether a sentence or a paragraph ended there. */
static void
look_at_gap(const struct words *w, size_t from, size_t to, struct word *word)
{
    bool stop = false, full = false, space = false;
    int newlines = 0;
    if (to - from == 1 && w->text[from] == ' ') { /* as nearly always */
        word->begins_paragraph = word->begins_sentence = false;
        return;
    }
    for (size_t at = from; at < to;) {
        const uint32_t c = utf8_next(w->text, to, &at);
        switch (c) {
        case '\n':
            newlines++;
            space = true;
            break;
        case '.':
            stop = true;
            space = false;
            break;
        case '!':
        case '?':
        case 0x203c: /* two exclamation marks, and the like */
        case 0x2047:
        case 0x2048:
        case 0x2049:
        case 0x2026: /* three dots */
        case 0x0589: /* Armenian */
        case 0x061f: /* Arabic */
        case 0x06d4:
        case 0x0964: /* Devanagari */
        case 0x0965:
        case 0x104b: /* Myanmar */
        case 0x1362: /* Ethiopic */
        case 0x17d4: /* Khmer */
            stop = full = true;
            space = false;
            break;
        case 0x3002: /* Chinese and Japanese, without a blank behind */
        case 0xff01:
        case 0xff1f:
        case 0xff61:
            stop = full = space = true;
            break;
        case ';': /* a Greek question */
            if (is_greek_before(w->text, at - 1)) {
                stop = full = true;
                space = false;
            }
            break;
        case 0x037e:
            stop = full = true;
            space = false;
            break;
        default:
            space = space || utf8_is_space(c);
        }
    }
    word->begins_paragraph = newlines > 1;
    word->begins_sentence = newlines > 1 || (stop && space && (full || !w->last_was_short));
}

/* Is the dot behind this word its own? */
static bool
is_short_form(const char *raw, size_t len, const struct word *word)
{
    size_t at = 0;
    if (len > 1 && word->term_len == 0) /* nobody wanted to know its form: it is ASCII */
        return is_raw_title(raw, len) || (is_initials(raw, len) && memchr(raw, '.', len));
    const UChar32 first = (UChar32)utf8_next(raw, len, &at);
    if (is_title_word(word->term, word->term_len))
        return true;
    /* A single letter of a script without capitals is as likely a word. */
    return is_initials(raw, len) && (memchr(raw, '.', len) || u_hasBinaryProperty(first, UCHAR_CASED));
}

/* May it be a number of order, in a language that writes these with a dot: Am 3. Oktober? A year is none. */
static bool
is_ordinal(const struct words *w, const char *raw, size_t len)
{
    return w->ordinal && len <= 2 && is_ascii_digit(raw[0]) && is_ascii_digit(raw[len - 1]);
}

/* Sentences do not begin in small letters. Georgian's have capitals, but never at the beginning of anything. */
static bool
is_small(const char *text, size_t len)
{
    size_t at = 0;
    const UChar32 c = (UChar32)utf8_next(text, len, &at);
    return u_islower(c) && u_totitle(c) != c;
}

/* The forms of the word at text[from..to). */
static bool
set_forms(struct words *w, size_t from, size_t to, struct word *word, struct err *err)
{
    if (to - from > RAW_MAX) {
        if (!make_long_form(w, w->text + from, to - from, err))
            return false;
        word->term = word->stem = w->longest.data;
        word->term_len = word->stem_len = w->longest.len;
        return true;
    }
    const struct memo *memo = forms_of(w, w->text + from, to - from, err);
    if (!memo)
        return false;
    word->term = w->arena.data + memo->term;
    word->term_len = memo->term_len;
    word->stem = w->arena.data + memo->stem;
    word->stem_len = memo->stem_len;
    word->other = memo->other_len > 0 ? w->arena.data + memo->other : "";
    word->other_len = memo->other_len;
    return true;
}

/* Names of capitals that are words of every sentence in small letters. With a dot behind they are terms: no word ends in one. */
static const char *const names_in_capitals[] = {"in.", "is.", "it.", "me.", "or.", "us.", "who."};

/* Bytes on each side of a word that say whether all is written in capitals. */
#define AROUND 80

/* Longer words than this are in capitals only because everything is: US, NATO, but not SENATE. */
#define INITIALS_MAX 3

bool
words_in_capitals(const char *text, size_t len, size_t from, size_t to)
{
    size_t small = 0, capital = 0, run = 0;
    const size_t end = len - to > AROUND ? to + AROUND : len;
    for (size_t at = from > AROUND ? from - AROUND : 0; at < end; at++) {
        if (at == from) {
            at = to;
            run = 0;
            if (at == end)
                break;
        }
        small += text[at] >= 'a' && text[at] <= 'z';
        run = text[at] >= 'A' && text[at] <= 'Z' ? run + 1 : 0;
        capital += run > INITIALS_MAX ? (run == INITIALS_MAX + 1 ? run : 1) : 0;
    }
    return capital > small;
}

/* Is a word of ASCII written in capitals or with dots, but for a possessive ending? */
static bool
is_in_capitals(const char *raw, size_t len, bool *dotted)
{
    bool small = false;
    const size_t mark = len > 4 ? apostrophe(raw + len - 4, 4) : 0;
    if (len > 2 && raw[len - 1] == 's' && raw[len - 2] == '\'')
        len -= 2;
    else if (mark == 3 && raw[len - 1] == 's')
        len -= 4;
    *dotted = false;
    for (size_t i = 0; i < len; i++) {
        *dotted = *dotted || raw[i] == '.';
        small = small || (raw[i] >= 'a' && raw[i] <= 'z');
        if (raw[i] != '.' && !is_ascii_letter(raw[i]))
            return false;
    }
    return *dotted || !small;
}

const char *
words_name_in_capitals(const char *term, size_t len)
{
    for (size_t i = 0; len > 1 && len < 4 && i < sizeof names_in_capitals / sizeof names_in_capitals[0]; i++)
        if (memcmp(names_in_capitals[i], term, len) == 0 && names_in_capitals[i][len] == '.')
            return names_in_capitals[i];
    return NULL;
}

/* U.S. and US are the country as well as the word. */
static void
find_name(const struct words *w, size_t from, size_t to, struct word *word)
{
    bool dotted;
    if (word->kind != WORD_SPACED || word->term_len < 2 || word->term_len > 3 || to - from > 8 ||
        !is_in_capitals(w->text + from, to - from, &dotted))
        return;
    const char *name = words_name_in_capitals(word->term, word->term_len);
    if (!name || (!dotted && words_in_capitals(w->text, w->len, from, to)))
        return;
    word->other = name;
    word->other_len = word->term_len + 1;
    word->is_name = true;
    word->dotted = dotted;
}

/* Does nobody want to know the forms of the word at text[from, to)? A word that begins in an ASCII letter or digit has one. */
static bool
is_left_out(const struct words *w, size_t from, size_t to)
{
    const char *raw = w->text + from;
    return w->wanted && is_ascii_alnum((unsigned char)raw[0]) && is_ascii(raw, to - from) &&
           !w->wanted(w->wanted_arg, raw, to - from);
}

/* The forms of the next character of a word that is given out character by character. */
static bool
next_character(struct words *w, size_t *from, size_t *to, struct word *word, struct err *err)
{
    *from = w->char_from;
    const size_t end = end_of_character(w->text, w->len, *from);
    size_t next = end;
    *to = w->char_from = end < w->char_to ? end : w->char_to;
    word->kind = w->kind;
    word->begins_word = *from == w->word_from;
    word->reach = *to;
    if (end < w->len && kind_of((UChar32)utf8_next(w->text, w->len, &next)) == w->kind)
        word->reach = end_of_character(w->text, w->len, end);
    buf_clear(&w->first);
    if (word->begins_word && (w->kind == WORD_HANGUL || *to == w->char_to)) {
        if (!set_forms(w, *from, *to, word, err))
            return false;
        buf_add(&w->first, word->term, word->term_len);
    }
    const size_t stem_len = w->first.len;
    buf_ch(&w->first, '\0');
    if (!buf_ok(&w->first, "a word", err) || !set_forms(w, *from, word->reach, word, err))
        return false;
    word->stem = w->first.data;
    word->stem_len = stem_len;
    return true;
}

/* The next word with its forms; *left_out: nobody wants to know them. */
static bool
next_forms(struct words *w, size_t *from, size_t *to, struct word *word, bool *left_out, struct err *err)
{
    *left_out = false;
    word->other = "";
    word->other_len = 0;
    word->is_name = word->dotted = false;
    if (w->char_from < w->char_to)
        return next_character(w, from, to, word, err);
    if (!next_piece(w, from, to, &word->kind, err))
        return false;
    if (word->kind != WORD_SPACED) {
        w->char_from = w->word_from = *from;
        w->char_to = *to;
        w->kind = word->kind;
        return next_character(w, from, to, word, err);
    }
    word->begins_word = true;
    word->reach = *to;
    *left_out = is_left_out(w, *from, *to);
    if (!*left_out)
        return set_forms(w, *from, *to, word, err);
    word->term = word->stem = "";
    word->term_len = word->stem_len = 0;
    return true;
}

bool
words_next(struct words *w, struct word *word, struct err *err)
{
    size_t from, to;
    bool left_out;
    do { /* a raw word may have no normal form: one of invisible characters only */
        if (!next_forms(w, &from, &to, word, &left_out, err))
            return false;
    } while (word->term_len == 0 && !left_out);
    const char *raw = w->text + from;
    word->from = from;
    word->to = to;
    find_name(w, from, to, word);
    look_at_gap(w, w->last_to, from, word);
    if (w->position == 0)
        word->begins_paragraph = word->begins_sentence = true;
    else if (!word->begins_paragraph && word->begins_sentence && is_small(raw, to - from))
        word->begins_sentence = false;
    /* asked only where a dot may follow */
    w->last_was_short = word->kind == WORD_SPACED &&
                        !(to + 1 < w->len && w->text[to] == ' ' && is_ascii_alnum((unsigned char)w->text[to + 1])) &&
                        (is_ordinal(w, raw, to - from) || is_short_form(raw, to - from, word));
    w->last_to = to;
    word->position = ++w->position;
    return true;
}
