/* xapian-c-all.h - all of the C bindings of Xapian
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef XAPIAN_C_ALL_H
#define XAPIAN_C_ALL_H

#include "xapian-c-decide.h"
#include "xapian-c-geo.h"
#include "xapian-c-parse.h"
#include "xapian-c-registry.h"
#include "xapian-c-remote.h"
#include "xapian-c-sort.h"
#include "xapian-c-source.h"
#include "xapian-c-spy.h"
#include "xapian-c-text.h"
#include "xapian-c-unicode.h"
#include "xapian-c-weight.h"
#include "xapian-c-write.h"
#include "xapian-c.h"

#endif
