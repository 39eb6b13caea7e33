/* entities.c - character references of HTML that were left in the texts of a record
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/read/entities.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "common/buf.h"

/* Bytes of a reference without & and ;, at most: &thetasym; &#x10ffff; */
#define REFERENCE_MAX 8

/* The fields that people read. */
static const unsigned texts = 1U << ARTICLE_TITLE | 1U << ARTICLE_DECK | 1U << ARTICLE_DATELINE | 1U << ARTICLE_SOURCE |
                              1U << ARTICLE_SECTION | 1U << ARTICLE_BODY;

/* Windows-1252 in the place of C1 controls, as pages mean them (HTML Standard, 13.2.5.80). */
static uint32_t
as_windows(uint32_t c)
{
    static const uint16_t windows[32] = {
        0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0,
        0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178,
    };
    return c >= 0x80 && c < 0xa0 ? windows[c - 0x80] : c;
}

/* 0: no character. */
static uint32_t
by_number(const char *digits)
{
    const int base = *digits == 'x' || *digits == 'X' ? 16 : 10;
    char *end;
    digits += base == 16;
    if (strspn(digits, base == 16 ? "0123456789abcdefABCDEF" : "0123456789") != strlen(digits))
        return 0;
    const unsigned long c = strtoul(digits, &end, base);
    if (c < 0x20 && c != '\t' && c != '\n')
        return 0;
    return c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : as_windows((uint32_t)c);
}

/* The character of the reference at text, of which *len bytes are used up; 0: it is none. */
static uint32_t
reference(const char *text, size_t *len)
{
    char name[REFERENCE_MAX + 1];
    size_t n = 0;
    while (n <= REFERENCE_MAX && text[1 + n] != '\0' && text[1 + n] != ';')
        n++;
    if (n == 0 || n > REFERENCE_MAX || text[1 + n] != ';')
        return 0;
    memcpy(name, text + 1, n);
    name[n] = '\0';
    *len = n + 2;
    if (*name == '#')
        return by_number(name + 1);
    if (strcmp(name, "apos") == 0) /* XML's, and HTML's since 5 */
        return '\'';
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity ? entity->value : 0;
}

/* From the end to the beginning, so that "&amp;" in front of "quot;" makes one more reference. What is done stands at the end of the
 * copy: a character is never longer than its reference. */
static bool
decode(const char *text, struct buf *out, struct err *err)
{
    const size_t len = strlen(text);
    char *work = malloc(len + 1);
    if (!work)
        return err_nomem(err);
    memcpy(work, text, len + 1);
    size_t done = len;
    for (size_t at = len; at-- > 0;) {
        size_t used;
        uint32_t c;
        work[--done] = text[at];
        while (work[done] == '&' && (c = reference(work + done, &used)) != 0) {
            xmlChar bytes[8];
            const size_t n = (size_t)xmlCopyCharMultiByte(bytes, (int)c);
            done += used - n;
            memcpy(work + done, bytes, n);
        }
    }
    buf_add(out, work + done, len - done);
    free(work);
    return buf_ok(out, "a text", err);
}

static bool
mend_field(struct article *a, enum article_field f, struct err *err)
{
    struct buf text;
    if (!a->field[f] || !strchr(a->field[f], '&'))
        return true;
    buf_init(&text, ARTICLE_MAX);
    bool ok = decode(a->field[f], &text, err);
    if (ok && strcmp(text.data, a->field[f]) != 0)
        ok = article_set(a, f, text.data, text.len, err);
    buf_release(&text);
    return ok;
}

static bool
mend_list(struct article *a, enum article_list l, struct err *err)
{
    struct article_values old = a->list[l];
    struct buf text;
    bool any = false, ok = true;
    for (size_t i = 0; i < old.n; i++)
        any = any || strchr(old.item[i], '&');
    if (!any)
        return true;
    a->list[l] = (struct article_values){.n = 0};
    buf_init(&text, ARTICLE_MAX);
    for (size_t i = 0; i < old.n; i++) {
        buf_clear(&text);
        ok = ok && decode(old.item[i], &text, err) && article_add(a, l, text.data, text.len, err);
        free(old.item[i]);
    }
    free(old.item);
    buf_release(&text);
    return ok;
}

bool
entities_mend(struct article *a, struct err *err)
{
    bool ok = true;
    for (int f = 0; ok && f < ARTICLE_FIELDS; f++)
        ok = !(texts >> f & 1) || mend_field(a, (enum article_field)f, err);
    for (int l = 0; ok && l < ARTICLE_LISTS; l++)
        ok = mend_list(a, (enum article_list)l, err);
    return ok;
}
