/* alloc-sweep.h - make the n-th C++ allocation of a program fail
 *
 * Linking alloc-sweep.cc replaces operator new and delete in the whole program,
 * libraries included. The pattern, for n = 1, 2, 3 ... until none fires:
 *
 *	alloc_sweep_arm(n, ALLOC_SWEEP_ONCE);
 *	...the scenario, which frees all it made...
 *	alloc_sweep_disarm(&result);
 *
 * Whose an allocation is: the program's own, or a shared library's, by the
 * nearest caller outside the C++ runtime; what is made while libxapian calls back
 * is libxapian's, which has to free it. Code to be judged must therefore be
 * linked statically. Linux with the GNU C library; not for several threads;
 * malloc itself, and over-aligned allocations, are left alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALLOC_SWEEP_H
#define ALLOC_SWEEP_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum alloc_sweep_mode {
    ALLOC_SWEEP_ONCE,  /* the n-th fails, those after it succeed */
    ALLOC_SWEEP_ALWAYS /* the n-th and all after it fail */
};

struct alloc_sweep_result {
    size_t fired;          /* allocations made to fail */
    size_t leaked;         /* blocks the program allocated and did not free */
    size_t library_leaked; /* the same for shared libraries */
};

/* From now on count allocations, the next one being number 1. */
void alloc_sweep_arm(size_t n, enum alloc_sweep_mode mode);
void alloc_sweep_disarm(struct alloc_sweep_result *result);
/*
 * While armed, std::terminate ends the process with status, without a core, if
 * it is a library that made the last allocation to fail; else it aborts.
 */
void alloc_sweep_exit_on_terminate(int status);

#ifdef __cplusplus
}
#endif

#endif
