#include "core/availability_reader/planes.h"

#include <stdlib.h>

enum { kMaxPlanes = 6000 };

/* Turns 64 rows of 64 bits, so that bit i of row j becomes bit j of row i (after Hacker's Delight, 7-3). */
static void transpose(uint64_t rows[64])
{
    uint64_t mask = 0x00000000FFFFFFFFu;
    for (unsigned width = 32; width != 0; width >>= 1, mask ^= mask << width) {
        for (unsigned i = 0; i < 64; i = ((i | width) + 1) & ~width) {
            const uint64_t swapped = (rows[i] >> width ^ rows[i | width]) & mask;
            rows[i] ^= swapped << width;
            rows[i | width] ^= swapped;
        }
    }
}

/* Bits that are alike in every set need one plane; bits that are in none, none (plane 0 is empty). */
static uint32_t number_planes(
    uint16_t* plane_of, const uint8_t* rows, uint32_t stride, uint32_t sets, uint32_t bits, uint32_t next)
{
    uint64_t* hashes = malloc((size_t)bits * sizeof *hashes);
    if (!hashes)
        return 0;
    for (uint32_t bit = 0; bit < bits; ++bit) {
        hashes[bit] = 0;
        bool any = false;
        uint64_t hash = 0xcbf29ce484222325u;
        for (uint32_t set = 0; set < sets; ++set) {
            const bool in = vav_bit(rows + (uint64_t)set * stride, bit);
            any |= in;
            hash = (hash ^ (set * (uint64_t)2 + in)) * 0x9E3779B97F4A7C15u;
            hash ^= hash >> 29;
        }
        hashes[bit] = hash;
        plane_of[bit] = any ? UINT16_MAX : 0;
        for (uint32_t other = 0; any && other < bit && plane_of[bit] == UINT16_MAX; ++other) {
            if (hashes[other] != hash || plane_of[other] == 0)
                continue;
            bool alike = true;
            for (uint32_t set = 0; alike && set < sets; ++set)
                alike = vav_bit(rows + (uint64_t)set * stride, bit) == vav_bit(rows + (uint64_t)set * stride, other);
            if (alike)
                plane_of[bit] = plane_of[other];
        }
        if (plane_of[bit] == UINT16_MAX)
            plane_of[bit] = (uint16_t)next++;
    }
    free(hashes);
    return next;
}

static bool is_direct(const uint8_t* page, uint32_t in_block)
{
    return (load64(page + kPageContainersAt) >> in_block & 1) != 0
        || vav_page_start(page, in_block + 1) - vav_page_start(page, in_block) > kMaxLanes;
}

/* How many lanes each block needs, and which titles have none. */
static bool measure(vav_planes* p, const vav_state* s)
{
    p->lane_starts = malloc(((size_t)s->blocks + 1) * sizeof *p->lane_starts);
    if (!p->lane_starts)
        return false;
    uint32_t direct = 0, lanes = 0;
    for (unsigned round = 0; round < 2; ++round) {
        direct = lanes = 0;
        for (uint32_t block = 0; block < s->blocks; ++block) {
            const uint8_t* page = vav_page_of(s, block);
            uint32_t deepest = 0;
            for (uint32_t i = 0; i < kBlockTitles && block * kBlockTitles + i < s->titles; ++i) {
                const uint32_t words = vav_page_start(page, i + 1) - vav_page_start(page, i);
                if (!is_direct(page, i))
                    deepest = words > deepest ? words : deepest;
                else if (round == 0)
                    ++direct;
                else
                    p->direct[direct++] = block * kBlockTitles + i;
            }
            p->lane_starts[block] = lanes;
            lanes += deepest;
        }
        if (round == 0)
            p->direct = malloc(((size_t)direct + 1) * sizeof *p->direct);
        if (!p->direct)
            return false;
    }
    p->lane_starts[s->blocks] = p->lanes = lanes;
    p->direct_count = direct;
    return true;
}

/* The words of one lane: the same place in the list of each title of a block; 0 bits in has where there is none. */
static uint64_t gather(const vav_state* s, uint32_t block, uint32_t lane, uint64_t words[64])
{
    const uint8_t* page = vav_page_of(s, block);
    uint64_t has = 0;
    for (uint32_t i = 0; i < kBlockTitles; ++i) {
        const uint32_t at = vav_page_start(page, i) + lane;
        words[i] = 0;
        if (block * kBlockTitles + i >= s->titles || at >= vav_page_start(page, i + 1) || is_direct(page, i))
            continue;
        words[i] = load64(vav_page_words(page) + (uint64_t)at * 8);
        has |= (uint64_t)1 << i;
    }
    return has;
}

struct dimension {
    const uint16_t* plane_of;
    const uint8_t* rows;
    uint32_t stride, shift, mask, bits;
};

static void fill_lane(vav_planes* p, uint32_t lane, const uint64_t words[64], uint64_t has, const struct dimension* d)
{
    uint64_t turned[64];
    for (uint32_t first = 0; first < d->bits; first += 64) {
        for (unsigned i = 0; i < 64; ++i) {
            const uint32_t set = (uint32_t)(words[i] >> d->shift) & d->mask;
            turned[i] = (has >> i & 1) != 0 ? load64(d->rows + (uint64_t)set * d->stride + first / 8) : 0;
        }
        transpose(turned);
        for (uint32_t bit = first; bit < d->bits && bit < first + 64; ++bit) {
            if (d->plane_of[bit] != 0)
                p->planes[(uint64_t)d->plane_of[bit] * p->lanes + lane] = turned[bit - first];
        }
    }
}

static void fill(vav_planes* p, const vav_state* s)
{
    const struct dimension dimensions[3] = {
        {p->plane_of_column, s->territory_rows, s->territory_stride, s->territory_shift, s->territory_mask,
            s->base->columns + 1},
        {p->plane_of_site, s->site_rows, s->site_stride, s->site_shift, s->site_mask, s->base->sites + 1},
        {p->plane_of_offer, s->offer_rows, s->offer_stride, s->offer_shift, s->offer_mask, s->base->offers + 1},
    };
    for (uint32_t block = 0; block < s->blocks; ++block) {
        for (uint32_t lane = p->lane_starts[block]; lane < p->lane_starts[block + 1]; ++lane) {
            uint64_t words[64];
            const uint64_t has = gather(s, block, lane - p->lane_starts[block], words);
            uint64_t denies = 0;
            for (unsigned i = 0; i < 64; ++i)
                denies |= (words[i] >> 63) << i;
            p->denies[lane] = denies & has;
            for (unsigned d = 0; d < 3; ++d)
                fill_lane(p, lane, words, has, dimensions + d);
        }
    }
}

vav_planes* vav_make_planes(const vav_state* s)
{
    vav_planes* p = calloc(1, sizeof *p);
    if (!p || s->atom_lists > 0) {
        free(p);
        return NULL;
    }
    p->state = vav_acquire(s->reader);
    if (p->state != s || !measure(p, s)) {
        vav_free_planes(p);
        return NULL;
    }
    uint32_t count = 1;
    count = number_planes(
        p->plane_of_column, s->territory_rows, s->territory_stride, s->territories, s->base->columns + 1, count);
    if (count > 0)
        count = number_planes(p->plane_of_site, s->site_rows, s->site_stride, s->site_sets, s->base->sites + 1, count);
    if (count > 0)
        count = number_planes(
            p->plane_of_offer, s->offer_rows, s->offer_stride, s->offer_sets, s->base->offers + 1, count);
    if (count > 0 && count <= kMaxPlanes) {
        p->plane_count = count;
        p->planes = calloc(((uint64_t)count + 2) * p->lanes + 1, 8);
    }
    if (!p->planes) {
        vav_free_planes(p);
        return NULL;
    }
    p->denies = p->planes + (uint64_t)count * p->lanes;
    p->active = p->denies + p->lanes;
    fill(p, s);
    p->rank = UINT32_MAX;
    vav_planes_set_time(p, 0);
    return p;
}

void vav_free_planes(vav_planes* p)
{
    if (!p)
        return;
    if (p->state)
        vav_release(p->state);
    free(p->lane_starts);
    free(p->direct);
    free(p->planes);
    free(p);
}

uint64_t vav_planes_memory(const vav_planes* p)
{
    return sizeof *p + ((uint64_t)p->plane_count + 2) * p->lanes * 8 + ((uint64_t)p->state->blocks + 1) * 4
        + (uint64_t)p->direct_count * 4;
}
