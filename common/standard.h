/* standard.h - the three standard streams are there
 *
 * A program may be started with one of them closed. The next file that it opens would then get that
 * number, and what is printed would be written into it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BS_COMMON_STANDARD_H
#define BS_COMMON_STANDARD_H

/* To be called first of all: each of the descriptors 0, 1 and 2 that is closed becomes /dev/null.
 * Standard input and output are opened the wrong way round, so that reading the one and writing the
 * other remain the errors that they were. */
void standard_open(void);

#endif
