/* words-forms.c - the forms of a word: how it stands in the index, and its stem
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "common/words-state.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

#include <xxhash.h>

#include "common/fold.h"

/* fold.h takes no more at once: longer words are folded piece by piece. */
#define RAW_MAX 500

void
words_forget(struct words *w)
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
        words_forget(w);
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
        words_forget(w);
    w->numbers = numbers;
    w->ordinal = is_among(" bs cs da de et fi fo hr hu is lb lv nb nn no sk sl sr ", language);
    stemmer_name(language, name);
    if (strcmp(name, w->language) == 0)
        return true;
    xap_stem_free(w->stemmer);
    w->stemmer = NULL;
    w->language[0] = '\0';
    words_forget(w);
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
        words_forget(w);
        return NULL;
    }
    w->memos[slot] = memo;
    w->n_memos++;
    return &w->memos[slot];
}

bool
words_forms(struct words *w, size_t from, size_t to, struct word *word, struct err *err)
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
