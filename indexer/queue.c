/* queue.c - items handed from threads to threads, with a bound on what waits
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "indexer/queue.h"

void
queue_init(struct queue *q, size_t max, size_t writers)
{
    *q = (struct queue){.max = max, .writers = writers};
    pthread_mutex_init(&q->mutex, NULL);
    pthread_cond_init(&q->changed, NULL);
}

void
queue_release(struct queue *q)
{
    pthread_cond_destroy(&q->changed);
    pthread_mutex_destroy(&q->mutex);
}

bool
queue_put(struct queue *q, struct queue_item *item)
{
    pthread_mutex_lock(&q->mutex);
    while (!q->closed && q->first && q->size + item->size > q->max)
        pthread_cond_wait(&q->changed, &q->mutex);
    const bool ok = !q->closed;
    if (ok) {
        item->next = NULL;
        if (q->last)
            q->last->next = item;
        else
            q->first = item;
        q->last = item;
        q->size += item->size;
        pthread_cond_broadcast(&q->changed);
    }
    pthread_mutex_unlock(&q->mutex);
    return ok;
}

void
queue_done(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->writers--;
    pthread_cond_broadcast(&q->changed);
    pthread_mutex_unlock(&q->mutex);
}

struct queue_item *
queue_take(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    while (!q->closed && !q->first && q->writers > 0)
        pthread_cond_wait(&q->changed, &q->mutex);
    struct queue_item *item = q->closed ? NULL : q->first;
    if (item) {
        q->first = item->next;
        if (!q->first)
            q->last = NULL;
        q->size -= item->size;
        pthread_cond_broadcast(&q->changed);
    }
    pthread_mutex_unlock(&q->mutex);
    return item;
}

struct queue_item *
queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    struct queue_item *rest = q->first;
    q->first = q->last = NULL;
    q->size = 0;
    q->closed = true;
    pthread_cond_broadcast(&q->changed);
    pthread_mutex_unlock(&q->mutex);
    return rest;
}
