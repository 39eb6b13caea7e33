/* site.h - what the configuration says about the web site: its indexes, title and style sheet
 *
 *     title = The Port Alder Archive
 *     style-sheet = /archive.css
 *     db = /var/lib/broadsheet/index
 *
 *     [index reuters]
 *     title = Reuters 1987
 *     db = /var/lib/broadsheet/reuters
 *
 * The first index is the one that is searched where a request names none: the `db` before the sections if it is there, else
 * the first section's, else where the other programs look ($BROADSHEET_DB, ~/.local/share/broadsheet/index).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_SITE_H
#define BS_SEARCHER_CGI_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/conf.h"
#include "common/err.h"

struct site_index {
    const char *name;  /* "" for the one outside the sections */
    const char *title; /* to choose it by */
    const char *dir;
};

struct site {
    const char *title;
    const char *style_sheet; /* an address, or NULL: our own style */
    bool show_paths;         /* where files lie on the server */
    bool no_names;           /* names are looked for in the script they are typed in only */
    struct site_index *index; /* owned, one or more */
    size_t n_indexes;
    char *default_dir; /* owned */
    struct conf conf;  /* the texts lie in it */
};

/* Finds and reads the configuration. ERR_SYNTAX, ERR_ARG, ERR_PERM ...: it cannot be used. In any case *s is to be released. */
bool site_load(struct site *s, struct err *err);
void site_release(struct site *s);

/* The index of that name, "" for the first one. NULL: there is none, or it is no name at all. */
const struct site_index *site_find(const struct site *s, const char *name);

#endif
