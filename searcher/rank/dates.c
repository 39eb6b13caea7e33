/* dates.c - when the first hits were published
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/rank/dates.h"

#include "common/err-xapian.h"
#include "common/schema.h"

bool
dates_read(struct ranking *r, struct ranked *const *sorted, size_t n, struct err *err)
{
    struct xap_value_iterator *it = NULL;
    struct xap_error error;
    enum xap_code code = xap_database_valuestream_begin(r->db, SCHEMA_SLOT_PUBLISHED, &it, &error);
    for (size_t i = 0; code == XAP_OK && i < n && !xap_value_iterator_at_end(it); i++) {
        const char *value = NULL;
        size_t len = 0;
        xap_docid docid = 0;
        code = xap_value_iterator_skip_to(it, sorted[i]->docid, &error);
        if (code != XAP_OK || xap_value_iterator_at_end(it))
            break;
        code = xap_value_iterator_get_docid(it, &docid, &error);
        if (code == XAP_OK && docid == sorted[i]->docid)
            code = xap_value_iterator_get(it, &value, &len, &error);
        if (code == XAP_OK && len == SCHEMA_TIME_BYTES)
            sorted[i]->published = schema_seconds(value);
    }
    xap_value_iterator_free(it);
    return code == XAP_OK || err_xapian(err, &error, "ranking");
}
