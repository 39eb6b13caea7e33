/* answer.c - what goes back to the web server
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/answer.h"

#include <string.h>

#include "searcher/cgi/style.h"

const char *
answer_reason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 413:
        return "Content Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return "Internal Server Error";
    }
}

/* Nothing is loaded and nothing runs, but for the style: ours by its hash, or the configured one. */
static void
add_policy(struct buf *out, const struct answer *a)
{
    buf_str(out, "Content-Security-Policy: default-src 'none'; ");
    if (!a->json && a->style_sheet && a->style_sheet[0] == '/')
        buf_str(out, "style-src 'self'; ");
    else if (!a->json && a->style_sheet)
        buf_printf(out, "style-src %.*s; ", (int)strcspn(a->style_sheet, "?"), a->style_sheet);
    else if (!a->json)
        buf_str(out, "style-src 'sha256-" STYLE_SHA256 "'; ");
    buf_str(out, "form-action 'self'; base-uri 'none'; frame-ancestors 'none'\n");
}

void
answer_print(struct buf *out, const struct answer *a, bool with_body)
{
    buf_printf(out, "Status: %d %s\n", a->status, answer_reason(a->status));
    buf_printf(out, "Content-Type: %s; charset=utf-8\n", a->json ? "application/json" : "text/html");
    buf_printf(out, "Content-Length: %zu\n", a->body.len);
    /* Shared caches keep no questions; the index may change at any minute */
    buf_printf(out, "Cache-Control: %s\n", a->status == 200 ? "private, max-age=60" : "no-store");
    add_policy(out, a);
    buf_str(out, "X-Content-Type-Options: nosniff\n"
                 "Referrer-Policy: no-referrer\n"
                 "X-Robots-Tag: noindex\n");
    if (a->status == 405)
        buf_str(out, "Allow: GET, HEAD\n");
    if (a->status == 503)
        buf_str(out, "Retry-After: 60\n");
    buf_str(out, "\n");
    if (with_body)
        buf_add(out, a->body.data, a->body.len);
}
