/* style.h - how pages look where the configuration names no style sheet
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_SEARCHER_CGI_STYLE_H
#define BS_SEARCHER_CGI_STYLE_H

/* CSS. */
extern const char style_css[];

/* The base64 of the SHA-256 of style_css, by which the Content-Security-Policy lets it in and nothing else. Whoever changes the
 * one changes the other: tests/e2e/cgi.t says what it is now. */
#define STYLE_SHA256 "02ZZnwbPWoGroYfljsYc8ORb7JYwii1bMMGr3mG+tdY="

#endif
