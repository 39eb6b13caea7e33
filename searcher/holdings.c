/* holdings.c - what an index has, to choose from
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/holdings.h"

#include <stdlib.h>
#include <string.h>

#include "common/schema.h"

static bool
list_languages(const struct session *s, struct holdings *out, struct err *err)
{
    struct xap_term_iterator *it = NULL;
    struct xap_error error;
    enum xap_code code = xap_database_allterms_begin(s->db, SCHEMA_LANGUAGE, strlen(SCHEMA_LANGUAGE), &it, &error);
    out->language = calloc(HOLDINGS_LANGUAGES_MAX, sizeof *out->language);
    bool ok = out->language || err_nomem(err);
    while (ok && code == XAP_OK && !xap_term_iterator_at_end(it) && out->n_languages < HOLDINGS_LANGUAGES_MAX) {
        const char *term;
        size_t len;
        code = xap_term_iterator_get(it, &term, &len, &error);
        if (code != XAP_OK)
            break;
        out->language[out->n_languages] = strdup(term + strlen(SCHEMA_LANGUAGE));
        ok = out->language[out->n_languages] || err_nomem(err);
        out->n_languages += ok ? 1 : 0;
        code = xap_term_iterator_next(it, &error);
    }
    xap_term_iterator_free(it);
    return ok && (code == XAP_OK || session_failed(s, &error, err));
}

void
holdings_release(struct holdings *h)
{
    for (size_t i = 0; i < h->n_languages; i++)
        free(h->language[i]);
    free(h->language);
    *h = (struct holdings){.articles = 0};
}

static bool
list_all(struct session *s, void *arg, struct err *err)
{
    struct holdings *out = arg;
    struct xap_error error;
    xap_doccount articles = 0;
    holdings_release(out); /* of an earlier try */
    if (!session_ready(s, err))
        return false;
    if (xap_database_get_doccount(s->db, &articles, &error) != XAP_OK)
        return session_failed(s, &error, err);
    out->articles = articles;
    return list_languages(s, out, err);
}

bool
holdings_list(struct session *s, struct holdings *out, struct err *err)
{
    *out = (struct holdings){.articles = 0};
    const bool ok = session_try(s, list_all, out, err);
    if (!ok)
        holdings_release(out);
    return ok;
}
