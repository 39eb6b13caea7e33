/* main.c - search.cgi: the search page of a web site, and its answers as JSON
 *
 * Everything it is told comes from the environment (RFC 3875). Arguments are not looked at: a web server makes them of the query
 * string. The whole answer is made before the first byte of it is written.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sysexits.h>
#include <unistd.h>

#include "searcher/cgi/answer.h"
#include "searcher/cgi/serve.h"
#include "searcher/cgi/site.h"

/* Seconds of processor time that a request may take. The limits on queries (doc/query-language.md) keep below it; this is for
 * what they do not foresee. */
#define SECONDS_MAX 10

/* How long a server may let us wait for more of a body. */
#define BODY_WAIT_MS 2000

static const char too_costly[] = "Status: 400 Bad Request\n"
                                 "Content-Type: text/plain; charset=utf-8\n"
                                 "Cache-Control: no-store\n"
                                 "Content-Security-Policy: default-src 'none'\n"
                                 "X-Content-Type-Options: nosniff\n"
                                 "Referrer-Policy: no-referrer\n"
                                 "\n"
                                 "This takes more than 10 seconds of the processor's time. Please ask for less.\n";

/* Nothing has been written yet. Only what may be called in a signal handler is. */
static void
on_time_up(int number)
{
    (void)number;
    _exit(write(STDOUT_FILENO, too_costly, sizeof too_costly - 1) > 0 ? 0 : EX_IOERR);
}

static void
limit_time(time_t seconds)
{
    const struct itimerval limit = {.it_value = {.tv_sec = seconds}};
    struct sigaction action = {.sa_handler = on_time_up};
    sigaction(SIGPROF, &action, NULL);
    setitimer(ITIMER_PROF, &limit, NULL);
}

static bool
write_all(const char *bytes, size_t len)
{
    while (len > 0) {
        const ssize_t written = write(STDOUT_FILENO, bytes, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        len -= (size_t)written;
    }
    return true;
}

/* Takes the body of a request, which nothing is done with: a server that cannot hand it over may answer for us, or not at all. A
 * body that is larger than any we want, or that does not come, is left. */
static void
drop_body(const char *length)
{
    char bytes[4096];
    size_t left = length && strlen(length) < 9 ? strtoul(length, NULL, 10) : 0;
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    left = left <= SERVE_BODY_MAX ? left : 0;
    while (left > 0 && poll(&in, 1, BODY_WAIT_MS) > 0) {
        const ssize_t got = read(STDIN_FILENO, bytes, left < sizeof bytes ? left : sizeof bytes);
        if (got <= 0)
            return;
        left -= (size_t)got;
    }
}

int
main(void)
{
    const struct cgi_request request = {
        .method = getenv("REQUEST_METHOD"),
        .query = getenv("QUERY_STRING"),
        .content_length = getenv("CONTENT_LENGTH"),
    };
    const bool head = request.method && strcmp(request.method, "HEAD") == 0;
    struct err log = {.code = ERR_NONE};
    struct answer answer;
    struct site site;
    struct buf out;
    limit_time(SECONDS_MAX);
    const bool usable = site_load(&site, &log);
    serve(&answer, &request, usable ? &site : NULL, &log);
    if (log.code != ERR_NONE)
        fprintf(stderr, "search.cgi: %s\n", log.msg);
    buf_init(&out, 2 * ANSWER_MAX);
    answer_print(&out, &answer, !head);
    limit_time(0);
    drop_body(request.content_length);
    int status = 0;
    if (!buf_ok(&out, "the answer", &log) || !write_all(out.data, out.len))
        status = EX_IOERR;
    buf_release(&out);
    buf_release(&answer.body);
    site_release(&site);
    return status;
}
