/* uids.c - which article has which number, while a database is built
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/store/bulk/uids.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS ((size_t)4096)

/* uids are hashes: their first bytes are as good as any other hash of them. */
static struct uid_slot *
find(struct uid_slot *slot, size_t n_slots, const unsigned char uid[16])
{
    uint64_t hash;
    memcpy(&hash, uid, sizeof hash);
    size_t at = hash & (n_slots - 1);
    while (slot[at].docid != 0 && memcmp(slot[at].uid, uid, 16) != 0)
        at = (at + 1) & (n_slots - 1);
    return &slot[at];
}

static bool
grow(struct uids *u, struct err *err)
{
    const size_t n = u->n_slots ? 2 * u->n_slots : SLOTS;
    struct uid_slot *slot = calloc(n, sizeof *slot);
    if (!slot)
        return err_nomem(err);
    for (size_t i = 0; i < u->n_slots; i++)
        if (u->slot[i].docid != 0)
            *find(slot, n, u->slot[i].uid) = u->slot[i];
    free(u->slot);
    u->slot = slot;
    u->n_slots = n;
    return true;
}

bool
uids_set(struct uids *u, const unsigned char uid[16], uint32_t docid, uint32_t *before, struct err *err)
{
    if (3 * (u->n + 1) > 2 * u->n_slots && !grow(u, err))
        return false;
    struct uid_slot *s = find(u->slot, u->n_slots, uid);
    *before = s->docid;
    u->n += s->docid == 0;
    memcpy(s->uid, uid, 16);
    s->docid = docid;
    return true;
}

void
uids_release(struct uids *u)
{
    free(u->slot);
    *u = (struct uids){.slot = NULL};
}
