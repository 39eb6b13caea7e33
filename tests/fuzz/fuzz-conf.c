/* fuzz-conf.c - any bytes as a configuration: what is read is found again, what is not says where
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct conf_key known[] = {
    {.name = "db"},
    {.name = "limit", .where = CONF_GLOBAL},
    {.name = "include", .repeatable = true},
    {.name = "strict", .takes = CONF_BOOL},
    {.name = "language", .where = CONF_SECTION},
};

#define KNOWN (sizeof known / sizeof *known)

static void
must(bool truth)
{
    if (!truth)
        abort();
}

static void
check(const struct conf *c)
{
    unsigned line = 0;
    for (size_t i = 0; i < c->entries; i++) {
        const struct conf_entry *e = &c->entry[i];
        must(e->key && e->value && e->line > line);
        must(!e->section || (conf_name_valid(e->section) && conf_has_section(c, e->section)));
        const char *value = conf_get(c, e->section, e->key);
        must(value && (strcmp(e->key, "include") == 0 || value == e->value));
        if (strcmp(e->key, "strict") == 0)
            must(conf_get_bool(c, e->section, e->key, false) == (strcmp(value, "yes") == 0));
        line = e->line;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size ? size : 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    struct conf c;
    struct err err = {.code = ERR_NONE};
    if (conf_parse(&c, "fuzz", text, size, known, KNOWN, &err)) {
        check(&c);
    } else {
        must(err.code == ERR_SYNTAX && strncmp(err.msg, "fuzz:", 5) == 0);
        must(!c.entry && !c.section && !c.name && !c.memory && c.entries == 0);
    }
    conf_release(&c);
    free(text);
    return 0;
}
