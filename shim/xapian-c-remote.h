/* xapian-c-remote.h - databases of other machines
 *
 * Read xapian-c.h first: its rules of errors, results, bytes, ownership and
 * threads hold here.
 * Writable ones are in xapian-c-write.h. Xapian before 1.4.24 lets the process be
 * killed by SIGPIPE when a server goes away: ignore that signal. Nothing is
 * encrypted and nobody is asked who he is: use loopback, or a program such as ssh.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_REMOTE_H
#define XAPIAN_C_REMOTE_H

#include "xapian-c.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Served by xapian-tcpsrv. Times are in milliseconds, 0 is without limit; Xapian's
 * own are 10000: XAP_NETWORK_TIMEOUT_ERROR when the server takes longer for an
 * answer, or to be connected to.
 */
XAP_API enum xap_code xap_remote_open(const char *host, unsigned port, unsigned timeout,
                                      unsigned connect_timeout, struct xap_database **database,
                                      struct xap_error *error) XAP_NOEXCEPT;
/* Served by a program, such as xapian-progsrv, or ssh that runs it; arguments have blanks between.
 */
XAP_API enum xap_code xap_remote_open_program(const char *program, const char *arguments,
                                              unsigned timeout, struct xap_database **database,
                                              struct xap_error *error) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
