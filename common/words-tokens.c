/* words-tokens.c - where words begin and end in a text: by ICU, in ASCII as ICU 72 would say, and what we cut otherwise
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/err-icu.h"
#include "common/words-state.h"

/* French papers write it between thousands, and before : ; ! ? */
#define NARROW_SPACE 0x202f

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

bool
words_is_initials(const char *token, size_t len)
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
        return err_icu(err, ERR_BUG, "icu: word break", status);
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
    w->initials = len > 1 && words_is_initials(w->text + w->piece_from, len);
    w->mixed = false;
    return true;
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

bool
words_next_piece(struct words *w, size_t *from, size_t *to, enum word_kind *kind, struct err *err)
{
    for (;;) {
        if (w->piece_from >= w->piece_to && !next_token(w, err))
            return false;
        if (w->mixed)
            w->piece_from += punctuation_before(w->text + w->piece_from, w->piece_to - w->piece_from);
        const char *token = w->text + w->piece_from;
        size_t skip;
        size_t n = first_piece(token, w->piece_to - w->piece_from, w->initials, &skip);
        const size_t same = words_length_of_kind(token, n, kind);
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
