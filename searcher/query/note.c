/* note.c - the guesses that reading a query takes, each with its code and its words
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/note.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/utf8.h"

/* Characters of the query that a note repeats. */
#define EXCERPT_MAX 40

/* A note reads: 'excerpt' FOUND: DONE */
static const struct {
    const char *code, *found, *done;
} table[] = {
    [GUESS_INVALID_TEXT] = {"invalid-text", "holds bytes that are not UTF-8",
                            "read as if they were blanks between words"},
    [GUESS_OPERATOR_AS_WORD] = {"operator-as-word", "stands in a query without small letters",
                                "read as a word"},
    [GUESS_OPERATOR_LEFT_OUT] = {"operator-left-out", "has nothing to apply to on one side",
                                 "left out"},
    [GUESS_NOT_AN_OPERATOR] = {"not-an-operator",
                               "is no operator here, those are AND, OR, NOT, + and -",
                               "read as punctuation"},
    [GUESS_SIGN_ALONE] = {"sign-left-out", "is a sign with no word behind it", "left out"},
    [GUESS_SIGN_REPEATED] = {"sign-left-out", "is more than one sign", "left out"},
    [GUESS_SIGN_INSIDE] = {"sign-left-out", "is a sign that is not at the beginning of a word",
                           "left out"},
    [GUESS_SIGN_WITHOUT_EFFECT] = {"sign-without-effect",
                                   "has a sign that says nothing beside this operator",
                                   "the sign is left out"},
    [GUESS_ONLY_EXCLUDED] = {"only-excluded", "says only what to leave out",
                             "taken from all articles"},
    [GUESS_UNBALANCED_QUOTE] = {"unbalanced-quote", "is a quotation mark without its other half",
                                "left out"},
    [GUESS_OPEN_BRACKET] = {"unbalanced-bracket", "is a bracket that is not closed",
                            "closed at the end"},
    [GUESS_CLOSING_BRACKET] = {"unbalanced-bracket", "is a bracket that was not opened",
                               "left out"},
    [GUESS_EMPTY] = {"empty", "has no words in it", "left out"},
    [GUESS_UNKNOWN_FIELD] = {"unknown-field", "is no field", "read as a word"},
    [GUESS_FIELD_WITHOUT_VALUE] = {"field-without-value",
                                   "is a field with nothing behind the colon", "read as a word"},
    [GUESS_BAD_DATE] = {"bad-date", "is not a date", "read as words"},
    [GUESS_BAD_NUMBER] = {"bad-number", "is not a number of words", "read as words"},
    [GUESS_BAD_LANGUAGE] = {"bad-language", "is not the tag of a language, such as en or pt-BR",
                            "looked for as it is"},
    [GUESS_REVERSED_RANGE] = {"reversed-range", "ends before it begins", "the ends are exchanged"},
    [GUESS_STAR_AS_TEXT] = {"wildcard-as-text",
                            "has a * or ? that is not among the letters of a word",
                            "read as punctuation"},
    [GUESS_SMALL_OPERATOR] = {"operator-in-small-letters",
                              "looks like an operator, which is written in capitals",
                              "read as words"},
    [GUESS_BROKEN_OPERATOR] =
        {"bad-operator",
         "looks like an operator, but what is behind its name is none of its numbers or letters",
         "read as words"},
    [GUESS_NUMBER_CLIPPED] = {"number-out-of-range",
                              "has a number that is too small, too large or too exact",
                              "the nearest possible one is taken"},
    [GUESS_NEAR_AS_AND] = {"operator-as-and", "has a side that is not just words of the text",
                           "read without regard to places"},
    [GUESS_NO_PLACES] = {"operator-left-out",
                         "applies to something that is not just words of the text", "left out"},
    [GUESS_SUFFIX] = {"suffix-left-out", "has a ~ or ^ that says nothing there", "left out"},
};

/* How many bytes of text hold its first EXCERPT_MAX characters. */
static size_t
excerpt(const char *text, size_t len)
{
    size_t at = 0;
    for (int n = 0; n < EXCERPT_MAX && at < len; n++)
        utf8_next(text, len, &at);
    return at;
}

/* Takes text. */
static bool
add(struct query *q, const char *code, bool guess, char *text, size_t from, size_t to, struct err *err)
{
    if (!q->note)
        q->note = calloc(QUERY_NOTES_MAX, sizeof *q->note);
    if (!q->note || !text) {
        free(text);
        return err_nomem(err);
    }
    q->note[q->n_notes++] = (struct query_note){code, text, guess, from, to};
    return true;
}

__attribute__((format(printf, 1, 0))) static char *
format_text(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int len = vsnprintf(NULL, 0, format, args);
    char *text = len < 0 ? NULL : malloc((size_t)len + 1);
    if (text)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

__attribute__((format(printf, 7, 0))) static bool
add_formatted(struct query *q, const char *code, bool guess, size_t from, size_t to, struct err *err, const char *format,
              va_list args)
{
    if (q->n_notes < QUERY_NOTES_MAX - 1)
        return add(q, code, guess, format_text(format, args), from, to, err);
    if (q->n_notes == QUERY_NOTES_MAX - 1)
        return add(q, "more-notes", guess, strdup("there are more notes than are listed"), q->len, q->len, err);
    q->note[QUERY_NOTES_MAX - 1].guess = q->note[QUERY_NOTES_MAX - 1].guess || guess;
    return true;
}

bool
query_note(struct query *q, const char *code, size_t from, size_t to, struct err *err,
           const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const bool ok = add_formatted(q, code, false, from, to, err, format, args);
    va_end(args);
    return ok;
}

__attribute__((format(printf, 6, 7))) static bool
add_guess(struct query *q, const char *code, size_t from, size_t to, struct err *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const bool ok = add_formatted(q, code, true, from, to, err, format, args);
    va_end(args);
    return ok;
}

bool
note_guess(struct query *q, enum guess guess, bool strict, size_t from, size_t to, struct err *err)
{
    const size_t shown = excerpt(q->text + from, to - from);
    const char *dots = shown < to - from ? "..." : "";
    return add_guess(q, table[guess].code, from, to, err, "'%.*s%s' %s%s%s", (int)shown, q->text + from, dots,
                     table[guess].found, strict ? "" : ": ", strict ? "" : table[guess].done);
}

bool
note_said(struct query *q, size_t from, size_t to, const char *read, struct err *err)
{
    const size_t shown = excerpt(q->text + from, to - from);
    const char *dots = shown < to - from ? "..." : "";
    return query_note(q, "date-read", from, to, err, "'%.*s%s' is read as %s", (int)shown, q->text + from, dots, read);
}

void
note_sort(struct query *q)
{
    for (size_t i = 1; i < q->n_notes; i++) {
        const struct query_note moving = q->note[i];
        size_t k = i;
        for (; k > 0 && q->note[k - 1].from > moving.from; k--)
            q->note[k] = q->note[k - 1];
        q->note[k] = moving;
    }
}

void
note_release(struct query *q)
{
    for (size_t i = 0; i < q->n_notes; i++)
        free(q->note[i].text);
    free(q->note);
    q->note = NULL;
    q->n_notes = 0;
}
