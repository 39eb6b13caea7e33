/* present.h - results as text for people and as JSON for programs
 *
 * All writers append to a buffer; main prints it. Nothing here fails but for memory, which the
 * buffer remembers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_PRESENT_PRESENT_H
#define BS_SEARCHER_PRESENT_PRESENT_H

#include <stdbool.h>

#include "common/buf.h"
#include "searcher/present/fields.h"
#include "searcher/search.h"

struct present_style {
    bool color;       /* escape sequences (ECMA-48 SGR); else matches are *starred* */
    unsigned columns; /* width to wrap at */
};

/* Ranked hits to read: headline; source, date, language and path; the passage. */
void present_text(struct buf *out, const struct result *r, const struct present_style *style);

/* One object: doc/search.schema.json. Where there are fields, hits have these only. */
void present_json(struct buf *out, const struct result *r, const struct present_fields *fields);

/* One hit a line: the members of "hits". */
void present_jsonl(struct buf *out, const struct result *r, const struct present_fields *fields);

/* A line of names, where `header` says so, and a line a hit: comma-separated values as RFC 4180 has
 * them, with CR LF; or tab-separated with tabs, line ends and backslashes in values as \t, \n and
 * \\. Several values of a field are joined by "; ". In a batch the first column is the query's id.
 */
void present_csv(struct buf *out, const struct result *r, const struct present_fields *fields,
                 bool header);
void present_tsv(struct buf *out, const struct result *r, const struct present_fields *fields,
                 bool header);

/* Lines "id Q0 article rank score tag", as trec_eval reads them: blanks in ids percent-encoded, six
 * decimals. Sorted by date, the score is the rank below zero. */
void present_trec(struct buf *out, const struct result *r, const char *tag);

/* One article in full. */
void present_article_text(struct buf *out, const struct article *a,
                          const struct present_style *style);

#endif
