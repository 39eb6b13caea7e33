/* fields.c - which parts of a hit are printed
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/present/fields.h"

#include <string.h>

static bool
is_named(const char *name, const char *text, size_t len)
{
    return strlen(name) == len && memcmp(name, text, len) == 0;
}

static bool
find(struct present_field *out, const char *text, size_t len)
{
    static const struct present_field own[] = {{FIELD_RANK, 0, "rank"},
                                               {FIELD_SCORE, 0, "score"},
                                               {FIELD_SNIPPET, 0, "snippet"},
                                               {FIELD_ALSO, 0, "also"},
                                               {FIELD_EXTRA, 0, "extra"}};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (is_named(own[i].name, text, len)) {
            *out = own[i];
            return true;
        }
    for (int f = 0; f < ARTICLE_FIELDS; f++)
        if (is_named(article_field_name((enum article_field)f), text, len)) {
            *out =
                (struct present_field){FIELD_RECORD, f, article_field_name((enum article_field)f)};
            return true;
        }
    for (int l = 0; l < ARTICLE_LISTS; l++)
        if (is_named(article_list_name((enum article_list)l), text, len)) {
            *out = (struct present_field){FIELD_LIST, l, article_list_name((enum article_list)l)};
            return true;
        }
    return false;
}

bool
fields_parse(struct present_fields *out, const char *names, struct err *err)
{
    out->n = 0;
    for (const char *at = names; *at;) {
        const size_t len = strcspn(at, ",");
        if (out->n == FIELDS_MAX)
            return err_set(err, ERR_ARG, "--fields: more than %d", FIELDS_MAX);
        if (!find(&out->field[out->n], at, len))
            return err_set(err, ERR_ARG, "--fields: no field is named \"%.*s\"", (int)len, at);
        out->n++;
        at += len;
        at += *at == ',';
    }
    return out->n > 0 || err_set(err, ERR_ARG, "--fields: none is named");
}

bool
fields_have(const struct present_fields *f, const char *name, bool otherwise)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->field[i].name, name) == 0)
            return true;
    return f->n == 0 && otherwise;
}
