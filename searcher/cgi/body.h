/* body.h - the body of a request, which nothing is done with
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_BODY_H
#define BS_SEARCHER_CGI_BODY_H

#include <stddef.h>

/* Bytes of a body that a request may announce. */
#define BODY_MAX 65536

/* Takes the body of a request from fd: a server that cannot hand it over may answer for us, or not at all. A body that is larger
 * than any we want is left at once, one that has not come after so many milliseconds then. length: CONTENT_LENGTH, or NULL.
 * Returns how many bytes were taken. */
size_t body_drop(int fd, const char *length, int milliseconds);

#endif
