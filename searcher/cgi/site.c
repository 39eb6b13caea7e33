/* site.c - what the configuration says about the web site: its indexes, title and style sheet
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/site.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/settings.h"
#include "searcher/cgi/html.h"

#define DEFAULT_TITLE "News archive"

static const char *
or_else(const char *text, const char *otherwise)
{
    return text && *text ? text : otherwise;
}

/* It goes into a header, between ; and blanks that mean something there: a path of this host, or
 * https with a host. */
static bool
check_style_sheet(const char *address, struct err *err)
{
    const bool plain =
        address[strspn(
            address,
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:?&=%+@")] == '\0';
    static const char https[] = "https://";
    const bool path = address[0] == '/' && html_address_ok(address);
    const bool host = strncmp(address, https, sizeof https - 1) == 0 &&
                      isalnum((unsigned char)address[sizeof https - 1]);
    if (plain && (path || host))
        return true;
    return err_set(err, ERR_ARG,
                   "style-sheet is an address that begins with / or https:// and a host, without "
                   "odd characters");
}

static bool
list_indexes(struct site *s, struct err *err)
{
    const struct conf *c = &s->conf;
    const char *configured = conf_get(c, NULL, "db");
    s->index = calloc(c->sections + 1, sizeof *s->index);
    if (!s->index)
        return err_nomem(err);
    if (configured || c->sections == 0) {
        if (!conf_default_index(&s->default_dir, NULL, configured, err))
            return false;
        s->index[s->n_indexes++] = (struct site_index){"", s->title, s->default_dir};
    }
    for (size_t i = 0; i < c->sections; i++) {
        const char *name = c->section[i], *dir = conf_get(c, name, "db");
        if (!dir || !*dir)
            return err_set(err, ERR_ARG, "%s: [index %s] has no db", c->name, name);
        s->index[s->n_indexes++] =
            (struct site_index){name, or_else(conf_get(c, name, "title"), name), dir};
    }
    return true;
}

bool
site_load(struct site *s, struct err *err)
{
    char *path = NULL;
    *s = (struct site){.title = DEFAULT_TITLE};
    bool ok = conf_find(&path, NULL, getenv("BROADSHEET_CONFIG"), err) &&
              conf_load(&s->conf, path, settings_keys, settings_n_keys, err);
    free(path);
    if (!ok)
        return false;
    s->title = or_else(conf_get(&s->conf, NULL, "title"), DEFAULT_TITLE);
    s->style_sheet = conf_get(&s->conf, NULL, "style-sheet");
    s->show_paths = conf_get_bool(&s->conf, NULL, "show-paths", false);
    const char *names = or_else(conf_get(&s->conf, NULL, "names"), "auto");
    s->no_names = strcmp(names, "never") == 0;
    if (!s->no_names && strcmp(names, "auto") != 0)
        return err_set(err, ERR_ARG, "names is auto or never");
    return (!s->style_sheet || check_style_sheet(s->style_sheet, err)) && list_indexes(s, err);
}

void
site_release(struct site *s)
{
    free(s->index);
    free(s->default_dir);
    conf_release(&s->conf);
    *s = (struct site){.title = DEFAULT_TITLE};
}

const struct site_index *
site_find(const struct site *s, const char *name)
{
    if (*name == '\0')
        return &s->index[0];
    for (size_t i = 0; conf_name_valid(name) && i < s->n_indexes; i++)
        if (strcmp(s->index[i].name, name) == 0)
            return &s->index[i];
    return NULL;
}
