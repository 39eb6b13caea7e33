/* body.c - the body of a request, which nothing is done with
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/cgi/body.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

size_t
body_drop(int fd, const char *length, int milliseconds)
{
    char bytes[4096];
    const int64_t end = now_ms() + milliseconds;
    const size_t announced = length && strlen(length) < 9 ? strtoul(length, NULL, 10) : 0;
    size_t left = announced <= BODY_MAX ? announced : 0, taken = 0;
    struct pollfd in = {.fd = fd, .events = POLLIN};
    for (int64_t wait = milliseconds; left > 0 && wait > 0; wait = end - now_ms()) {
        const int ready = poll(&in, 1, (int)wait);
        if (ready < 0 && errno == EINTR)
            continue;
        const ssize_t got = ready > 0 ? read(fd, bytes, left < sizeof bytes ? left : sizeof bytes) : 0;
        if (got <= 0)
            break;
        left -= (size_t)got;
        taken += (size_t)got;
    }
    return taken;
}
