/* own-weight.c - a weighting scheme of one's own: rare terms count, long documents do not
 *
 * usage: own-weight
 *
 * cc own-weight.c $(pkg-config --cflags --libs xapian-c)
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <math.h>
#include <stdio.h>

#include <xapian-c-weight.h>
#include <xapian-c-write.h>

/* log(collection / documents with the term), whatever the rest. */
static double
rarity(const struct xap_weight_stats *stats)
{
    return stats->factor * log((double)(stats->collection_size + 1) / (stats->termfreq > 0 ? stats->termfreq : 1));
}

static enum xap_code
get_sumpart(void *data, const struct xap_weight_stats *stats, xap_termcount wdf, xap_termcount document_length,
            xap_termcount unique_terms, double *weight, struct xap_error *error)
{
    (void)data;
    (void)wdf;
    (void)document_length;
    (void)unique_terms;
    (void)error;
    *weight = rarity(stats);
    return XAP_OK;
}

static enum xap_code
get_maxpart(void *data, const struct xap_weight_stats *stats, double *weight, struct xap_error *error)
{
    (void)data;
    (void)error;
    *weight = rarity(stats);
    return XAP_OK;
}

int
main(void)
{
    static const char *const common_and_rare[] = {"common", "rare"};
    struct xap_weight_functions functions = {0};
    struct xap_writable_database *database = NULL;
    struct xap_document *document = NULL;
    struct xap_query *query = NULL;
    struct xap_enquire *enquire = NULL;
    struct xap_weight *weight = NULL;
    struct xap_mset *mset = NULL;
    struct xap_error e;
    int status = 1;

    functions.get_sumpart = get_sumpart;
    functions.get_maxpart = get_maxpart;
    if (xap_writable_database_new_open("", XAP_DB_BACKEND_INMEMORY, 0, &database, &e) != XAP_OK)
        goto failed;
    /* document 3 of five has the rare term, and is the longest */
    for (unsigned n = 1; n <= 5; n++) {
        if (xap_document_new(&document, &e) != XAP_OK ||
            xap_document_add_term(document, "common", 6, n == 3 ? 100 : 1, &e) != XAP_OK ||
            (n == 3 && xap_document_add_term(document, "rare", 4, 1, &e) != XAP_OK) ||
            xap_writable_database_add_document(database, document, NULL, &e) != XAP_OK)
            goto failed;
        xap_document_free(document);
        document = NULL;
    }
    if (xap_query_new_combine_terms(XAP_QUERY_OP_OR, common_and_rare, NULL, 2, 0, &query, &e) != XAP_OK ||
        xap_enquire_new(xap_writable_database_as_database(database), &enquire, &e) != XAP_OK ||
        xap_enquire_set_query(enquire, query, 0, &e) != XAP_OK ||
        xap_weight_new(&functions, NULL, XAP_WEIGHT_COLLECTION_SIZE | XAP_WEIGHT_TERMFREQ, &weight, &e) != XAP_OK ||
        xap_enquire_set_weighting_scheme(enquire, weight, &e) != XAP_OK ||
        xap_enquire_get_mset(enquire, 0, 10, 0, NULL, &mset, &e) != XAP_OK)
        goto failed;
    for (xap_doccount i = 0; i < xap_mset_size(mset); i++) {
        xap_docid docid;
        double w;

        if (xap_mset_get_docid(mset, i, &docid, &e) != XAP_OK || xap_mset_get_weight(mset, i, &w, &e) != XAP_OK)
            goto failed;
        printf("%u %.3f\n", (unsigned)docid, w);
    }
    status = 0;
    goto done;
failed:
    fprintf(stderr, "own-weight: %s: %s\n", e.type, e.message);
done:
    xap_mset_free(mset);
    xap_weight_free(weight);
    xap_enquire_free(enquire);
    xap_query_free(query);
    xap_document_free(document);
    xap_writable_database_free(database);
    return status;
}
