/* operator.c - the operators of queries: how they are spelled
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/query/operator.h"

#include <string.h>

#define NAME_MAX_BYTES 16

static const struct {
    const char *name; /* what is behind it is its number, where it ends in a slash */
    enum lex_kind kind;
    enum query_near near;
    unsigned fallback, max; /* number where there is none; greatest number */
} table[] = {
    {"AND", LEX_AND, QUERY_NEAR_WORDS, 0, 0},
    {"OR", LEX_OR, QUERY_NEAR_WORDS, 0, 0},
    {"NOT", LEX_NOT, QUERY_NEAR_WORDS, 0, 0},
    {"NEAR", LEX_NEAR, QUERY_NEAR_WORDS, QUERY_NEAR_DEFAULT, 0},
    {"NEAR/", LEX_NEAR, QUERY_NEAR_WORDS, 0, QUERY_NEAR_MAX},
    {"W/", LEX_NEAR, QUERY_NEAR_WORDS, 0, QUERY_NEAR_MAX},
    {"PRE/", LEX_NEAR, QUERY_NEAR_ORDERED, 0, QUERY_NEAR_MAX},
    {"W/S", LEX_NEAR, QUERY_NEAR_SENTENCE, 0, 0},
    {"W/P", LEX_NEAR, QUERY_NEAR_PARAGRAPH, 0, 0},
    {"ATLEAST/", LEX_ATLEAST, QUERY_NEAR_WORDS, 0, QUERY_ATLEAST_MAX},
    {"FIRST/", LEX_FIRST, QUERY_NEAR_WORDS, 0, QUERY_FIRST_MAX},
};

/* A number of nothing but digits, from 1 to max; what lies outside is clipped. */
static bool
read_number(const char *text, size_t len, unsigned max, struct operator* out)
{
    unsigned long n = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        n = n > max ? n : 10 * n + (unsigned long)(text[i] - '0');
    }
    out->clipped = n < 1 || n > max;
    out->number = n < 1 ? 1 : n > max ? max : (unsigned)n;
    return len > 0;
}

struct operator operator_read(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const size_t n = strlen(table[i].name);
        struct operator found = {table[i].kind, table[i].near, table[i].fallback, false,
                                 memchr(table[i].name, '/', n) != NULL};
        if (len < n || memcmp(text, table[i].name, n) != 0)
            continue;
        if (table[i].max > 0 ? read_number(text + n, len - n, table[i].max, &found) : len == n)
            return found;
    }
    return (struct operator){.kind = LEX_RUN};
}

bool
operator_is_broken(const char *text, size_t len)
{
    if (len == 0 || text[len - 1] == ',' || operator_read(text, len).kind != LEX_RUN)
        return false;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *slash = strchr(table[i].name, '/');
        const size_t name = slash ? (size_t)(slash - table[i].name) : 0;
        if (name > 0 && len >= name && memcmp(text, table[i].name, name) == 0 &&
            (len > name ? text[name] == '/' : name > 1))
            return true;
    }
    return false;
}

bool
operator_is_small(const char *text, size_t len)
{
    char capitals[NAME_MAX_BYTES];
    bool small = false;
    if (len > sizeof capitals)
        return false;
    for (size_t i = 0; i < len; i++) {
        const bool is_small = text[i] >= 'a' && text[i] <= 'z';
        capitals[i] = is_small ? (char)(text[i] - 'a' + 'A') : text[i];
        small = small || is_small;
    }
    const struct operator o = operator_read(capitals, len);
    return small && o.kind != LEX_RUN && o.number > 0 && memchr(text, '/', len);
}
