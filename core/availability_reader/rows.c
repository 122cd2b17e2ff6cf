#include "core/availability_reader/state.h"

#include <stdlib.h>

struct vav_rows* vav_make_rows(uint32_t stride, uint32_t count, uint32_t capacity, const uint8_t* data)
{
    if (capacity < count)
        capacity = count;
    struct vav_rows* rows = calloc(1, sizeof *rows + (uint64_t)capacity * stride);
    if (!rows)
        return NULL;
    rows->users = 1;
    rows->stride = stride;
    rows->filled = count;
    rows->capacity = capacity;
    if (count > 0)
        memcpy(rows->data, data, (size_t)count * stride);
    return rows;
}

void vav_drop_rows(struct vav_rows* rows)
{
    if (rows && --rows->users == 0)
        free(rows);
}

uint8_t* vav_append_rows(struct vav_rows** rows, uint32_t count, uint32_t more)
{
    struct vav_rows* old = *rows;
    const uint64_t wanted = (uint64_t)count + more;
    if (wanted > UINT32_MAX)
        return NULL;
    if (old->filled != count || wanted > old->capacity) {
        /* Never smaller than before: words of other pages may name any row up to the old capacity. */
        const uint64_t roomy = wanted > old->capacity ? wanted + wanted / 4 + 16 : old->capacity;
        if (roomy > UINT32_MAX)
            return NULL;
        struct vav_rows* copy = vav_make_rows(old->stride, count, (uint32_t)roomy, old->data);
        if (!copy)
            return NULL;
        vav_drop_rows(old);
        *rows = copy;
    }
    (*rows)->filled = (uint32_t)wanted;
    return (*rows)->data + (uint64_t)count * (*rows)->stride;
}

bool vav_put_row(struct vav_rows** rows, uint32_t at, const void* row)
{
    const struct vav_rows* old = *rows;
    if (at < old->filled && memcmp(old->data + (uint64_t)at * old->stride, row, old->stride) == 0)
        return true;
    uint8_t* added = vav_append_rows(rows, at, 1);
    if (added)
        memcpy(added, row, (*rows)->stride);
    return added != NULL;
}
