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
    const char *body = article_get(a, ARTICLE_BODY), *tag = NULL;
    bool ok;
    if (strlen(body) > 400) {
        ok = language_detect(language, body, strlen(body), &tag, err);
    } else {
        struct buf text;
        buf_init(&text, 4 * ARTICLE_MAX);
        buf_printf(&text, "%s\n%s\n%s", title, deck, body);
        ok = buf_ok(&text, "a text", err) && language_detect(language, text.data, text.len, &tag, err);
        buf_release(&text);
    }
    return ok && (!tag || article_set(a, ARTICLE_LANGUAGE, tag, strlen(tag), err));
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
