#include "core/availability_reader/state.h"

#include <stdlib.h>

/* Readers acquire by one addition: the sum holds the slot of the present state in its upper 16 bits and counts, below,
 * how often it was acquired since. Whoever puts another state there learns the count, and frees the old state once as
 * many have been released. */
enum { kCountBits = 48 };

const vav_state* vav_acquire(vav_reader* reader)
{
    const uint64_t current = atomic_fetch_add_explicit(&reader->current, 1, memory_order_acquire);
    return reader->slots[current >> kCountBits];
}

void vav_release(const vav_state* state)
{
    atomic_fetch_add_explicit(&((vav_state*)(uintptr_t)state)->released, 1, memory_order_release);
}

/* Frees the old states that nobody holds any more. */
static void reclaim(vav_reader* reader)
{
    for (unsigned i = 0; i < kSlots; ++i) {
        struct vav_state* state = reader->slots[i];
        if (reader->retired[i] && atomic_load_explicit(&state->released, memory_order_acquire) == state->acquired) {
            reader->slots[i] = NULL;
            reader->retired[i] = false;
            vav_drop_state(state);
        }
    }
}

enum vav_status vav_publish(vav_reader* reader, struct vav_state* state)
{
    reclaim(reader);
    uint32_t slot = 0;
    while (slot < kSlots && reader->slots[slot])
        ++slot;
    if (slot == kSlots) {
        vav_drop_state(state);
        return VAV_BUSY;
    }
    state->slot = slot;
    state->stamp = ++reader->next_stamp;
    for (uint32_t i = 0; i < state->changed_count; ++i) {
        if (state->changed[i].stamp == 0)
            state->changed[i].stamp = state->stamp;
    }
    reader->slots[slot] = state;
    const uint64_t old = atomic_exchange_explicit(&reader->current, (uint64_t)slot << kCountBits, memory_order_acq_rel);
    struct vav_state* before = reader->slots[old >> kCountBits];
    if (before != state) {
        before->acquired = old & (((uint64_t)1 << kCountBits) - 1);
        reader->retired[old >> kCountBits] = true;
    }
    reclaim(reader);
    return VAV_OK;
}

static enum vav_status start(vav_reader** out, const void* bytes, size_t size, bool mapped, const uint8_t* key)
{
    *out = NULL;
    vav_reader* reader = calloc(1, sizeof *reader);
    if (!reader)
        return VAV_NO_MEMORY;
    atomic_init(&reader->current, 0);
    enum vav_status status = VAV_OK;
    if (key) {
        reader->verifier = vav_make_verifier(key);
        status = reader->verifier ? VAV_OK : VAV_BAD_SIGNATURE;
    }
    struct vav_base* base = NULL;
    if (status == VAV_OK)
        status = vav_load_base(&base, bytes, size, mapped, reader->verifier);
    struct vav_state* state = status == VAV_OK ? vav_make_state(reader, base) : NULL;
    if (status == VAV_OK && !state) {
        status = VAV_NO_MEMORY;
        base->mapped = false; /* the caller unmaps what did not open */
    }
    vav_drop_base(base);
    if (status == VAV_OK)
        status = vav_publish(reader, state);
    if (status != VAV_OK) {
        vav_free_verifier(reader->verifier);
        free(reader);
        return status;
    }
    *out = reader;
    return VAV_OK;
}

enum vav_status vav_open_bytes(vav_reader** reader, const void* bytes, size_t size, const uint8_t* public_key)
{
    return start(reader, bytes, size, false, public_key);
}

enum vav_status vav_open_file(vav_reader** reader, const char* path, const uint8_t* public_key)
{
    *reader = NULL;
    const uint8_t* bytes = NULL;
    size_t size = 0;
    enum vav_status status = vav_map_file(path, &bytes, &size);
    if (status != VAV_OK)
        return status;
    status = start(reader, bytes, size, true, public_key);
    if (status != VAV_OK)
        vav_unmap(bytes, size);
    return status;
}

enum vav_status vav_replace_file(vav_reader* reader, const char* path)
{
    const uint8_t* bytes = NULL;
    size_t size = 0;
    enum vav_status status = vav_map_file(path, &bytes, &size);
    if (status != VAV_OK)
        return status;
    struct vav_base* base = NULL;
    status = vav_load_base(&base, bytes, size, true, reader->verifier);
    if (status != VAV_OK) {
        vav_unmap(bytes, size);
        return status;
    }
    struct vav_state* state = vav_make_state(reader, base);
    vav_drop_base(base); /* the state holds it, or nobody does */
    return state ? vav_publish(reader, state) : VAV_NO_MEMORY;
}

void vav_close(vav_reader* reader)
{
    if (!reader)
        return;
    for (unsigned i = 0; i < kSlots; ++i)
        vav_drop_state(reader->slots[i]);
    vav_free_verifier(reader->verifier);
    free(reader);
}
