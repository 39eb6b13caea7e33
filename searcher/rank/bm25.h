/* bm25.h - the weight of a word in an article
 *
 * S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework, 2009, eq. 3.15. What Xapian ranks with; here for
 * what is added to its weights. The parameters were measured: doc/ranking.md.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_RANK_BM25_H
#define BS_SEARCHER_RANK_BM25_H

#include <math.h>

#define BM25_K1 1.6
#define BM25_K2 0
#define BM25_K3 8
#define BM25_B 0.6
#define BM25_MIN_NORMLEN 0

/* How much a word says that is in n of all articles; as Xapian has it, never below 0. */
static inline double
bm25_idf(double n, double articles)
{
    double odds = (articles - n + 0.5) / (n + 0.5);
    if (odds < 2)
        odds = odds / 2 + 1;
    return log(odds);
}

/* The part of it that tf occurrences earn in an article of that length, 0 to k1 + 1. */
static inline double
bm25_saturation(double tf, double length, double mean_length)
{
    return (BM25_K1 + 1) * tf / (BM25_K1 * (1 - BM25_B + BM25_B * length / mean_length) + tf);
}

#endif
