/* trec.c - results as a run of the Text REtrieval Conference
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/present/present.h"

/* A column: what would end it, and the sign of the encoding itself, as %XX. */
static void
add_column(struct buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if ((unsigned char)*p <= 0x20 || *p == '%' || *p == 0x7f)
            buf_printf(out, "%%%02X", (unsigned char)*p);
        else
            buf_ch(out, *p);
    }
}

void
present_trec(struct buf *out, const struct result *r, const char *tag)
{
    for (size_t i = 0; i < r->n_hits; i++) {
        add_column(out, r->query_id ? r->query_id : "1");
        buf_str(out, " Q0 ");
        add_column(out, article_get(&r->hit[i].article, ARTICLE_ID));
        /* tools sort by score: in another order than by relevance it falls with the rank */
        const double score = r->by_date ? -(double)r->hit[i].rank : r->hit[i].score;
        buf_printf(out, " %u %.6f %s\n", r->hit[i].rank, score, tag);
    }
}
