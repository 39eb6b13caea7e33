/* copies.c - articles of an index that are under several paths
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/copies.h"

#include <stdlib.h>
#include <string.h>

#include "common/err-xapian.h"
#include "common/schema.h"

/* Which articles were counted: one may share its text with some and its id with others. */
struct counted {
    unsigned char *bits; /* owned; one for each document number */
    xap_docid last;
    size_t n;
};

static enum xap_code
count_term(struct counted *c, const struct xap_database *db, const char *term, size_t len, struct xap_error *error)
{
    struct xap_posting_iterator *it = NULL;
    enum xap_code code = xap_database_postlist_begin(db, term, len, &it, error);
    while (code == XAP_OK && !xap_posting_iterator_at_end(it)) {
        xap_docid id = 0;
        code = xap_posting_iterator_get(it, &id, error);
        if (code == XAP_OK && id <= c->last && !(c->bits[id / 8] >> id % 8 & 1)) {
            c->bits[id / 8] = (unsigned char)(c->bits[id / 8] | 1U << id % 8);
            c->n++;
        }
        if (code == XAP_OK)
            code = xap_posting_iterator_next(it, error);
    }
    xap_posting_iterator_free(it);
    return code;
}

static enum xap_code
count_all(struct counted *c, const struct xap_database *db, struct xap_error *error)
{
    struct xap_term_iterator *it = NULL;
    enum xap_code code = xap_database_allterms_begin(db, SCHEMA_SAME, strlen(SCHEMA_SAME), &it, error);
    while (code == XAP_OK && !xap_term_iterator_at_end(it)) {
        const char *term;
        size_t len;
        xap_doccount n = 0;
        code = xap_term_iterator_get_termfreq(it, &n, error);
        if (code == XAP_OK && n > 1)
            code = xap_term_iterator_get(it, &term, &len, error);
        if (code == XAP_OK && n > 1)
            code = count_term(c, db, term, len, error);
        if (code == XAP_OK)
            code = xap_term_iterator_next(it, error);
    }
    xap_term_iterator_free(it);
    return code;
}

bool
copies_count(const struct xap_database *db, size_t *articles, struct err *err)
{
    struct counted c = {.n = 0};
    struct xap_error error;
    enum xap_code code = xap_database_get_lastdocid(db, &c.last, &error);
    if (code == XAP_OK) {
        c.bits = calloc((size_t)c.last / 8 + 1, 1);
        if (!c.bits)
            return err_nomem(err);
        code = count_all(&c, db, &error);
    }
    free(c.bits);
    *articles = c.n;
    return code == XAP_OK || err_xapian(err, &error, "articles under several paths");
}
