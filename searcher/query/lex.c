/* lex.c - a query cut into words, quotations, brackets, fields and operators
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/lex.h"

#include <stdlib.h>
#include <string.h>

#include "common/utf8.h"
#include "searcher/query/marks.h"
#include "searcher/query/note.h"
#include "searcher/query/operator.h"

struct lexer {
    struct marks m;
    struct lex *l;
    struct query *q;
    const struct query_options *o;
    struct err *err;
    bool plain;     /* QUERY_WORDS_ONLY */
    bool operators; /* AND, OR, NOT are some */
    char sign;      /* + or - that waits for what it stands before; 0: none */
    size_t sign_from, sign_to;
    size_t run_end; /* of the run that was looked at last */
    size_t words, prefixes;
    bool failed; /* err says why */
};

/* ---- Tokens ---- */

static void
guess(struct lexer *x, enum guess what, size_t from, size_t to)
{
    if (!x->plain && !x->failed && !note_guess(x->q, what, x->o->strict, from, to, x->err))
        x->failed = true;
}

static void
count(struct lexer *x, size_t *counter, size_t max, const char *what)
{
    if (!x->failed && ++*counter > max) {
        err_set(x->err, ERR_ARG, "the query has more than %zu %s", max, what);
        x->failed = true;
    }
}

/* Gives the waiting sign to a token that stands right behind it. */
static void
take_sign(struct lexer *x, struct lex_token *t)
{
    if (x->sign && t && t->from == x->sign_to) {
        t->sign = x->sign;
        t->from = x->sign_from;
    } else if (x->sign) {
        guess(x, GUESS_SIGN_ALONE, x->sign_from, x->sign_to);
    }
    x->sign = 0;
}

static void
push(struct lexer *x, struct lex_token t)
{
    struct lex *l = x->l;
    const bool signable = t.kind != LEX_END && t.kind != LEX_CLOSE;
    take_sign(x, signable ? &t : NULL);
    if (l->n == l->room) {
        const size_t room = l->room ? 2 * l->room : 64;
        struct lex_token *more = realloc(l->token, room * sizeof *more);
        if (!more) {
            x->failed = true;
            err_nomem(x->err);
            return;
        }
        l->token = more;
        l->room = room;
    }
    l->token[l->n++] = t;
}

/* Is the next token the value of a field? */
static bool
is_value(const struct lexer *x)
{
    const struct lex *l = x->l;
    return l->n > 0 &&
           (l->token[l->n - 1].kind == LEX_FIELD || l->token[l->n - 1].kind == LEX_STRAY);
}

/* ---- Runs ---- */

static bool
is_bracket(uint32_t c)
{
    return c == '(' || c == ')';
}

/* Where there are nothing but words, these are punctuation that no print of a word may have. */
static bool
is_plain_mark(const struct lexer *x, size_t at)
{
    return x->plain && x->m.text[at] != '\0' && strchr("=~^*?", x->m.text[at]);
}

/* Where the run at `at` ends. Remembered, since a run is asked for again at each of its colons. */
static size_t
run_end(struct lexer *x, size_t at)
{
    if (at >= x->run_end)
        for (x->run_end = at; x->run_end < x->m.len;) {
            size_t next = x->run_end;
            const uint32_t c = marks_next(&x->m, &next);
            if (utf8_is_space(c) || is_bracket(c) || marks_is_quote(&x->m, x->run_end) || is_plain_mark(x, x->run_end))
                break;
            x->run_end = next;
        }
    return x->run_end;
}

/* The same for the value of url: and the like, which may have pairs of brackets in it. */
static size_t
raw_end(const struct lexer *x, size_t at)
{
    size_t open = 0;
    while (at < x->m.len) {
        size_t next = at;
        const uint32_t c = marks_next(&x->m, &next);
        if (utf8_is_space(c) || marks_is_quote(&x->m, at) || (c == ')' && open == 0))
            break;
        open += c == '(';
        open -= c == ')';
        at = next;
    }
    return at;
}

static size_t
skip_signs(const struct lexer *x, size_t at)
{
    while (marks_at(&x->m, at) == '+' || marks_at(&x->m, at) == '-')
        marks_next(&x->m, &at);
    return at;
}

/* Where the text of a run ends, without the punctuation behind it; *star: there was a * as well. */
static size_t
trim_run(const struct lexer *x, size_t from, size_t to, bool *star)
{
    const size_t stars = marks_strip(&x->m, from, to, ".,;:?!");
    const size_t end = marks_strip(&x->m, from, stars, "*");
    *star = end < stars;
    return *star ? end : marks_strip(&x->m, from, to, ",;:?!");
}

/* * or ? that may have been meant to stand for letters? */
static bool
has_wildcard(const struct lexer *x, size_t from, size_t to, const char *which)
{
    for (size_t at = from; at < to;) {
        const uint32_t c = marks_next(&x->m, &at);
        if (c == ':' && marks_at(&x->m, at) == '/')
            return false;
        if (c > 0 && c < 0x80 && strchr(which, (int)c))
            return true;
    }
    return false;
}

/* A = directly before a word: this form alone. */
static bool
has_equals(const struct lexer *x, size_t from)
{
    return x->m.text[from] == '=' && utf8_is_alnum(marks_at(&x->m, from + 1));
}

/* Looks for wildcards in a run that has been trimmed. */
static void
find_pattern(struct lexer *x, struct lex_token *t, size_t end)
{
    const bool word = marks_has_word(&x->m, t->begin, t->end), inside = has_wildcard(x, t->begin, t->end, "*?");
    const size_t bare = t->star ? t->end : marks_strip(&x->m, t->begin, end, ".,;:?!");
    if (inside && suffix_is_pattern(&x->m, t->begin, bare)) {
        t->pattern = true;
        t->end = marks_strip(&x->m, t->begin, end, ".,;:?!");
        while (t->end < end && x->m.text[t->end] == '?' && x->m.text[t->end - 1] != '*')
            t->end++; /* r?sum?: the last one is a letter too */
        t->star = false;
    } else if (inside || (t->star && !word)) {
        guess(x, GUESS_STAR_AS_TEXT, t->from, t->to);
    }
    if (t->suffix.tilde && (inside || t->star)) {
        t->suffix.tilde = false;
        t->suffix.number = 0;
        guess(x, GUESS_SUFFIX, t->from, t->to);
    }
}

static void
push_run(struct lexer *x, size_t from, size_t to)
{
    struct lex_token t = {.kind = LEX_RUN, .from = from, .to = to, .begin = from};
    const size_t end = x->plain ? to : suffix_of_run(&x->m, from, to, &t.suffix);
    t.end = trim_run(x, from, end, &t.star);
    if (x->plain && t.star) {
        t.star = false;
        t.end = marks_strip(&x->m, from, to, ".,;:?!*");
    }
    find_pattern(x, &t, end);
    if (!marks_has_word(&x->m, from, t.end))
        return;
    if (has_equals(x, from) && !t.star && !t.pattern && !t.suffix.tilde) {
        t.exact = true;
        t.begin++;
    }
    if (t.suffix.clipped)
        guess(x, GUESS_NUMBER_CLIPPED, from, to);
    count(x, &x->words, x->o->limits.words, "words");
    if (t.star || t.pattern || t.suffix.tilde)
        count(x, &x->prefixes, x->o->limits.prefixes, "words with *, ? or ~");
    push(x, t);
}

/* ---- Fields ---- */

enum split {
    SPLIT_NONE,
    SPLIT_FIELD,
    SPLIT_UNKNOWN /* looks like a field, but is none */
};

/* Does a run begin with a name and a colon? A full-width colon is punctuation unless the name is a
 * field's; http://x, 10:30 and std::vector have no names before their colons. */
static enum split
split_field(const struct lexer *x, size_t from, size_t to, size_t *name_end, size_t *behind,
            struct field *field)
{
    const char *text = x->m.text;
    size_t at = from;
    while (at < to && text[at] &&
           strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", text[at]))
        at++;
    *name_end = *behind = at;
    if (at < from + 2 || at == to || marks_next(&x->m, behind) != ':')
        return SPLIT_NONE;
    if (field_find(text + from, at - from, field)) {
        field->begin = from;
        field->end = at;
        return SPLIT_FIELD;
    }
    const uint32_t next = *behind < to ? marks_at(&x->m, *behind) : 0;
    const bool letter = (text[from] | 0x20) >= 'a' && (text[from] | 0x20) <= 'z';
    return letter && text[at] == ':' && next != '/' && next != ':' ? SPLIT_UNKNOWN : SPLIT_NONE;
}

static bool
is_range(struct lexer *x, enum field_meaning meaning, size_t from, size_t to)
{
    struct field_range range;
    return field_range(meaning, x->m.text + from, to - from, x->o->now, &range);
}

/* Where a date or number ends, without what is behind it. */
static size_t
range_run_end(const struct lexer *x, size_t from, size_t to)
{
    struct suffix suffix;
    bool star;
    return trim_run(x, from, suffix_of_run(&x->m, from, to, &suffix), &star);
}

/* What stands behind the colon of a field (NULL: of what is none)? LEX_RUN, LEX_QUOTED or LEX_OPEN:
 * it can be read as its value; LEX_STRAY: a value of another kind; LEX_END: nothing. *to is behind
 * it. */
static enum lex_kind
value_at(struct lexer *x, const struct field *field, size_t at, size_t *to)
{
    size_t inside, close;
    const bool raw = field && field->entry && field->entry->how == SCHEMA_VALUE;
    const bool range = field && field->meaning != FIELD_ENTRY;
    *to = at;
    if (!raw || marks_quotation(&x->m, skip_signs(x, at), &inside, &close, to))
        at = skip_signs(x, at);
    if (marks_at(&x->m, at) == '(')
        return LEX_OPEN;
    if (marks_quotation(&x->m, at, &inside, &close, to)) {
        marks_trim(&x->m, &inside, &close);
        if (!marks_has_word(&x->m, inside, close))
            return LEX_END;
        return range && !is_range(x, field->meaning, inside, close) ? LEX_STRAY : LEX_QUOTED;
    }
    *to = raw ? raw_end(x, at) : run_end(x, at);
    if (!marks_has_word(&x->m, at, *to))
        return LEX_END;
    return range && !is_range(x, field->meaning, at, range_run_end(x, at, *to)) ? LEX_STRAY
                                                                                : LEX_RUN;
}

/* Where the next run ends, and begins, if there is one behind blanks; `at`: there is none. */
static size_t
next_run(const struct lexer *x, size_t at, size_t *begin)
{
    *begin = at;
    while (*begin < x->m.len && utf8_is_space(marks_at(&x->m, *begin)))
        marks_next(&x->m, begin);
    size_t end = *begin;
    while (end < x->m.len && !utf8_is_space(marks_at(&x->m, end)) &&
           !is_bracket(marks_at(&x->m, end)) && !marks_is_quote(&x->m, end))
        marks_next(&x->m, &end);
    if (end > *begin)
        return end;
    *begin = at;
    return at;
}

static bool
has_dots(const struct lexer *x, size_t from, size_t to, bool first)
{
    return to >= from + 2 && memcmp(x->m.text + (first ? from : to - 2), "..", 2) == 0;
}

/* A range with blanks beside its dots is one all the same: where it ends, if what ends at `to` goes
 * on so. */
static size_t
apart_range_end(struct lexer *x, enum field_meaning meaning, size_t from, size_t to)
{
    size_t begin, end = to;
    size_t next = next_run(x, to, &begin);
    if (!has_dots(x, from, to, false)) {
        if (next == to || !has_dots(x, begin, next, true) || (next > begin + 2 && !utf8_is_alnum(marks_at(&x->m, begin + 2))))
            return to;
        end = next;
        next = next == begin + 2 ? next_run(x, next, &begin) : next;
    }
    if (next > end && is_range(x, meaning, from, range_run_end(x, from, next)))
        return next;
    return end > to && is_range(x, meaning, from, range_run_end(x, from, end)) ? end : to;
}

/* Where the value of id: and the like ends, without ~ and ^ and their numbers. An address or a path
 * may end in such a ~. */
static size_t
raw_value_end(const struct lexer *x, const struct schema_entry *entry, size_t from, size_t to)
{
    struct suffix suffix;
    const bool address = entry->field == ARTICLE_URL || entry->field == ARTICLE_PATH;
    const size_t end = suffix_of_run(&x->m, from, to, &suffix);
    return end < to && (!address || (suffix.boost > 0 && !suffix.tilde)) ? end : to;
}

/* The name before a colon, and a value that is not to be cut like a run. Returns where to read on.
 */
static size_t
read_field(struct lexer *x, enum split split, struct lex_token t, size_t behind)
{
    size_t to;
    const bool known = split == SPLIT_FIELD;
    const enum lex_kind value =
        x->plain ? LEX_END : value_at(x, known ? &t.field : NULL, behind, &to);
    t.to = behind;
    t.kind = value == LEX_END ? LEX_RUN : !known || value == LEX_STRAY ? LEX_STRAY : LEX_FIELD;
    t.stray = t.kind == LEX_RUN && known;
    if (value == LEX_END && known)
        guess(x, GUESS_FIELD_WITHOUT_VALUE, t.from, t.to);
    else if (value == LEX_STRAY)
        guess(x, t.field.meaning == FIELD_WORDS ? GUESS_BAD_NUMBER : GUESS_BAD_DATE, t.from, to);
    else if (value != LEX_END && !known)
        guess(x, GUESS_UNKNOWN_FIELD, t.from, t.to);
    if (t.kind != LEX_FIELD)
        count(x, &x->words, x->o->limits.words, "words");
    push(x, t);
    if (t.kind != LEX_FIELD || value != LEX_RUN)
        return behind;
    if (t.field.meaning != FIELD_ENTRY) {
        const size_t from = skip_signs(x, behind),
                     end = from == behind ? apart_range_end(x, t.field.meaning, from, to) : to;
        if (end == to)
            return behind;
        push_run(x, from, end);
        return end;
    }
    if (t.field.entry->how != SCHEMA_VALUE)
        return behind;
    const size_t end = to;
    to = raw_value_end(x, t.field.entry, behind, end);
    if (to < end)
        guess(x, GUESS_SUFFIX, t.from, end);
    if (has_wildcard(x, behind, to, "*"))
        guess(x, GUESS_STAR_AS_TEXT, behind, to);
    count(x, &x->words, x->o->limits.words, "words");
    push(x,
         (struct lex_token){.kind = LEX_RUN, .from = behind, .to = to, .begin = behind, .end = to});
    return end;
}

/* Operators of other languages. */
static bool
is_foreign_operator(const struct lexer *x, size_t from, size_t to)
{
    const char *text = x->m.text + from;
    const size_t len = to - from;
    if (len >= 1 && text[0] == '!')
        return len == 1 || marks_has_word(&x->m, from, to);
    return (len == 1 && *text == '|') ||
           (len == 2 && (memcmp(text, "&&", 2) == 0 || memcmp(text, "||", 2) == 0));
}

/* Is the next run NEAR/5 or the like? */
static bool
is_near_behind(const struct lexer *x, size_t at)
{
    size_t begin;
    const size_t end = next_run(x, at, &begin);
    const struct operator o = operator_read(x->m.text + begin, end - begin);
    return o.kind == LEX_NEAR && o.always;
}

/* An operator that stands where one counts: false where it is words all the same. */
static bool
push_operator(struct lexer *x, size_t from, size_t to)
{
    const struct operator o = operator_read(x->m.text + from, to - from);
    if (o.kind == LEX_RUN && operator_is_small(x->m.text + from, to - from))
        guess(x, GUESS_SMALL_OPERATOR, from, to);
    if (o.kind == LEX_RUN && (x->operators || memchr(x->m.text + from, '/', to - from)) &&
        operator_is_broken(x->m.text + from, to - from))
        guess(x, GUESS_BROKEN_OPERATOR, from, to);
    if (o.kind == LEX_RUN || x->plain)
        return false;
    if (!x->operators && !o.always && !(o.kind == LEX_NOT && is_near_behind(x, to))) {
        guess(x, GUESS_OPERATOR_AS_WORD, from, to);
        return false;
    }
    if (o.clipped)
        guess(x, GUESS_NUMBER_CLIPPED, from, to);
    push(x, (struct lex_token){.kind = o.kind, .from = from, .to = to, .begin = from, .end = to, .near = o.near, .number = o.number});
    return true;
}

/* Behind the dots that a run begins with, which ends at `to` without what is no part of its word. They are no part of a word, and behind a date they would be
 * read as those of a range. */
static size_t
skip_dots(const struct lexer *x, size_t from, size_t to)
{
    struct field field;
    size_t at = from, name_end, behind;
    while (at < to && x->m.text[at] == '.')
        at++;
    if (at < from + 2 || at == to)
        return from;
    size_t second = at;
    marks_next(&x->m, &second);
    if (!marks_has_word(&x->m, at, second))
        return from;
    const bool other = split_field(x, at, to, &name_end, &behind, &field) != SPLIT_NONE ||
                       operator_read(x->m.text + at, to - at).kind != LEX_RUN;
    return other ? from : at;
}

static size_t
read_run(struct lexer *x, size_t from)
{
    const size_t to = run_end(x, from);
    struct lex_token t = {.from = from, .to = to, .begin = from};
    size_t behind;
    if (x->l->n > 0 && x->l->token[x->l->n - 1].kind == LEX_FIELD) {
        push_run(x, from, to);
        return to;
    }
    const enum split split = split_field(x, from, to, &t.end, &behind, &t.field);
    if (split != SPLIT_NONE)
        return read_field(x, split, t, behind);
    if (!is_value(x) && !(x->sign && x->sign_to == from) && push_operator(x, from, to))
        return to;
    if (is_foreign_operator(x, from, to))
        guess(x, GUESS_NOT_AN_OPERATOR, from, to);
    push_run(x, skip_dots(x, from, range_run_end(x, from, to)), to);
    return to;
}

/* ---- Quotations, signs, brackets ---- */

static size_t
read_quote(struct lexer *x, size_t from)
{
    struct lex_token t = {.kind = LEX_QUOTED, .from = from};
    size_t next = from;
    marks_next(&x->m, &next);
    if (x->plain)
        return next;
    if (!marks_quotation(&x->m, from, &t.begin, &t.end, &t.to)) {
        guess(x, GUESS_UNBALANCED_QUOTE, from, next);
        return next;
    }
    t.to = suffix_behind(&x->m, t.to, &t.suffix);
    marks_trim(&x->m, &t.begin, &t.end);
    if (!marks_has_word(&x->m, t.begin, t.end)) {
        guess(x, GUESS_EMPTY, t.from, t.to);
        return t.to;
    }
    if (t.suffix.useless)
        guess(x, GUESS_SUFFIX, t.from, t.to);
    if (has_wildcard(x, t.begin, t.end, "*"))
        guess(x, GUESS_STAR_AS_TEXT, t.from, t.to);
    if (t.suffix.clipped)
        guess(x, GUESS_NUMBER_CLIPPED, t.from, t.to);
    bool blank = true;
    for (size_t at = t.begin; at < t.end;) {
        const bool was_blank = blank;
        blank = utf8_is_space(marks_next(&x->m, &at));
        if (was_blank && !blank)
            count(x, &x->words, x->o->limits.words, "words");
    }
    push(x, t);
    return t.to;
}

static size_t
read_signs(struct lexer *x, size_t from)
{
    const size_t to = skip_signs(x, from);
    if (x->plain)
        return to;
    const uint32_t before = marks_before(&x->m, from), behind = marks_at(&x->m, to),
                   sign = marks_at(&x->m, from);
    size_t one = from;
    marks_next(&x->m, &one);
    if (to == x->m.len || utf8_is_space(behind) || behind == ')')
        guess(x, GUESS_SIGN_ALONE, from, to);
    else if (from > 0 && !utf8_is_space(before) && before != '(')
        guess(x, GUESS_SIGN_INSIDE, from, to);
    else if (one != to)
        guess(x, GUESS_SIGN_REPEATED, from, to);
    else {
        take_sign(x, NULL);
        x->sign = (char)sign;
        x->sign_from = from;
        x->sign_to = to;
    }
    return to;
}

static size_t
read_bracket(struct lexer *x, uint32_t c, size_t at, size_t next)
{
    struct lex_token t = {.kind = c == '(' ? LEX_OPEN : LEX_CLOSE, .from = at, .to = next, .begin = at, .end = next};
    if (x->plain)
        return next;
    if (t.kind == LEX_CLOSE)
        t.to = suffix_behind(&x->m, next, &t.suffix);
    if (t.suffix.useless)
        guess(x, GUESS_SUFFIX, at, t.to);
    if (t.suffix.clipped)
        guess(x, GUESS_NUMBER_CLIPPED, at, t.to);
    push(x, t);
    return t.to;
}

static size_t
read_token(struct lexer *x, size_t at)
{
    size_t next = at;
    const uint32_t c = marks_next(&x->m, &next);
    if (utf8_is_space(c))
        return next;
    if (c == '+' || c == '-')
        return read_signs(x, at);
    if (marks_is_quote(&x->m, at))
        return read_quote(x, at);
    if (is_plain_mark(x, at))
        return next;
    return is_bracket(c) ? read_bracket(x, c, at, next) : read_run(x, at);
}

bool
lex_read(struct lex *l, struct query *q, const struct query_options *o, struct err *err)
{
    struct lexer x = {.m = {.text = q->text, .len = q->len}, .l = l, .q = q, .o = o, .err = err};
    *l = (struct lex){.token = NULL};
    x.plain = o->syntax == QUERY_WORDS_ONLY;
    x.operators = !x.plain && marks_has_small_letter(&x.m);
    for (size_t at = 0; at < q->len && !x.failed;)
        at = read_token(&x, at);
    if (!x.failed)
        push(&x, (struct lex_token){.kind = LEX_END, .from = q->len, .to = q->len});
    return !x.failed;
}

void
lex_release(struct lex *l)
{
    free(l->token);
    *l = (struct lex){.token = NULL};
}
