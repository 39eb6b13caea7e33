/* enrich.c - what an article does not say itself
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/enrich.h"

#include <string.h>

/* The body tells best; a short one needs the headline too. */
static bool
guess_language(struct article *a, struct language *language, struct err *err)
{
    const char *title = article_get(a, ARTICLE_TITLE), *deck = article_get(a, ARTICLE_DECK);
    const char *body = article_get(a, ARTICLE_BODY), *tag;
    bool found;
    if (strlen(body) > 400) {
        found = language_detect(language, body, strlen(body), &tag);
    } else {
        struct buf text;
        buf_init(&text, 4 * ARTICLE_MAX);
        buf_printf(&text, "%s\n%s\n%s", title, deck, body);
        found = language_detect(language, text.data, text.len, &tag);
        buf_release(&text);
    }
    return !found || article_set(a, ARTICLE_LANGUAGE, tag, strlen(tag), err);
}

bool
enrich(struct article *a, const char *path, const char *member, const char *fallback,
       struct language *language, struct err *err)
{
    if (!article_identify(a, path, member, err))
        return false;
    if (a->field[ARTICLE_LANGUAGE])
        return true;
    return fallback ? article_set(a, ARTICLE_LANGUAGE, fallback, strlen(fallback), err)
                    : guess_language(a, language, err);
}
