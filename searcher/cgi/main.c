/* main.c - search.cgi: the search page of a web site, and its answers as JSON
 *
 * Everything it is told comes from the environment (RFC 3875). Arguments are not looked at: a web
 * server makes them of the query string. The whole answer is made before the first byte of it is
 * written.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sysexits.h>
#include <unistd.h>

#include "common/standard.h"
#include "searcher/cgi/answer.h"
#include "searcher/cgi/body.h"
#include "searcher/cgi/serve.h"
#include "searcher/cgi/site.h"

/* How long a server may let us wait for all of a body. */
#define BODY_WAIT_MS 3000

/* What is said when the time is over: made before, for a signal handler cannot. */
static const struct buf *volatile too_costly;

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

/* Nothing has been written yet. Only what may be called in a signal handler is. */
static void
on_time_up(int number)
{
    (void)number;
    const struct buf *const answer = too_costly;
    _exit(write_all(answer->data, answer->len) ? 0 : EX_IOERR);
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
is_head(const struct cgi_request *request)
{
    return request->method && strcmp(request->method, "HEAD") == 0;
}

/* Gets ready for the end of the time; site NULL: not known yet. */
static void
prepare_too_costly(struct buf *out, const struct cgi_request *request, const struct site *site)
{
    struct answer answer;
    serve_too_costly(&answer, request, site);
    answer_print(out, &answer, !is_head(request));
    buf_release(&answer.body);
    too_costly = out;
}

int
main(void)
{
    standard_open();
    const struct cgi_request request = {
        .method = getenv("REQUEST_METHOD"),
        .query = getenv("QUERY_STRING"),
        .content_length = getenv("CONTENT_LENGTH"),
    };
    struct err log = {.code = ERR_NONE};
    struct answer answer;
    struct site site;
    struct buf whole, late[2];
    buf_init(&whole, 2 * ANSWER_MAX);
    buf_init(&late[0], 2 * ANSWER_MAX);
    buf_init(&late[1], 2 * ANSWER_MAX);
    prepare_too_costly(&late[0], &request, NULL);
    limit_time(SERVE_SECONDS_MAX);
    const bool usable = site_load(&site, &log);
    if (usable)
        prepare_too_costly(&late[1], &request, &site);
    serve(&answer, &request, usable ? &site : NULL, &log);
    if (log.code != ERR_NONE)
        fprintf(stderr, "search.cgi: %s\n", log.msg);
    answer_print(&whole, &answer, !is_head(&request));
    limit_time(0);
    body_drop(STDIN_FILENO, request.content_length, BODY_WAIT_MS);
    int status = 0;
    if (!buf_ok(&whole, "the answer", &log) || !write_all(whole.data, whole.len))
        status = EX_IOERR;
    buf_release(&whole);
    buf_release(&late[0]);
    buf_release(&late[1]);
    buf_release(&answer.body);
    site_release(&site);
    return status;
}
