#pragma once

#include "core/availability_reader/state.h"

/* Reads a delta's bytes from front to back. Once something does not fit, all that follows is 0 and bad is set. */
struct vav_input {
    const uint8_t *at, *end;
    uint64_t bits; /* of a byte that was begun */
    uint32_t bit_count;
    bool bad;
};

static inline uint8_t vav_take_byte(struct vav_input* in)
{
    if (in->at == in->end) {
        in->bad = true;
        return 0;
    }
    return *in->at++;
}

/* LEB128: seven bits a byte, the lowest first; at most 10 bytes. */
static inline uint64_t vav_take_number(struct vav_input* in)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const uint8_t byte = vav_take_byte(in);
        value |= (uint64_t)(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0)
            return value;
    }
    in->bad = true;
    return 0;
}

/* A number that must not be above the bound. */
static inline uint32_t vav_take_bounded(struct vav_input* in, uint32_t bound)
{
    const uint64_t value = vav_take_number(in);
    in->bad |= value > bound;
    return in->bad ? 0 : (uint32_t)value;
}

static inline const uint8_t* vav_take_bytes(struct vav_input* in, uint64_t count)
{
    if (count > (uint64_t)(in->end - in->at)) {
        in->bad = true;
        return NULL;
    }
    in->at += count;
    return in->at - count;
}

/* count <= 32 bits of the stream that ends the file, the lowest first. */
static inline uint32_t vav_take_bits(struct vav_input* in, uint32_t count)
{
    while (in->bit_count < count) {
        in->bits |= (uint64_t)vav_take_byte(in) << in->bit_count;
        in->bit_count += 8;
    }
    const uint32_t value = (uint32_t)(in->bits & (((uint64_t)1 << count) - 1));
    in->bits >>= count;
    in->bit_count -= count;
    return value;
}

/* How many bits tell count values apart. */
static inline uint32_t vav_bits_for(uint64_t count)
{
    uint32_t bits = 0;
    while (count > (uint64_t)1 << bits)
        ++bits;
    return bits;
}

/* How many there were, how many there will be. */
struct vav_span {
    uint32_t before, after;
};

struct vav_delta_counts {
    struct vav_span titles, dates, territories, site_sets, offer_sets, terms;
    uint32_t changed;
};

/* delta_tables.c: takes the new rows of all tables into the state. False: it does not fit, or there is no memory. */
bool vav_take_tables(struct vav_state* state, struct vav_input* in, const struct vav_delta_counts* counts);
/* The id of a title that is new. */
bool vav_take_id(struct vav_state* state, struct vav_input* in, uint32_t title);

/* delta_pages.c: takes the changed titles into new pages of the state. */
enum vav_status vav_take_titles(
    struct vav_state* state, const struct vav_state* from, struct vav_input* in, const struct vav_delta_counts* counts);
