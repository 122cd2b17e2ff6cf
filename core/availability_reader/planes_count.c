#include "core/availability_reader/planes.h"
#include "core/availability_reader/window_match.h"

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
#define VAV_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define VAV_WIDE
#endif

enum { kBatch = 1024 }; /* lanes worked on at once: 8 KiB */

void vav_planes_set_time(vav_planes* p, int64_t at)
{
    const vav_state* s = p->state;
    const uint32_t rank = vav_rank_at(s->clock, at);
    p->at = at;
    if (rank == p->rank)
        return;
    p->rank = rank;
    memset(p->active, 0, (size_t)p->lanes * 8);
    for (uint32_t block = 0; block < s->blocks; ++block) {
        const uint8_t* page = vav_page_of(s, block);
        const uint32_t lanes = p->lane_starts[block + 1] - p->lane_starts[block];
        uint64_t* active = p->active + p->lane_starts[block];
        uint32_t word = 0;
        for (uint32_t i = 0; i < kBlockTitles; ++i) {
            const uint32_t first = word, end = vav_page_start(page, i + 1);
            word = end;
            if (end - first > lanes)
                continue;
            for (uint32_t at_word = first; at_word < end; ++at_word) {
                const uint64_t w = load64(vav_page_words(page) + (uint64_t)at_word * 8);
                const bool open
                    = s->ranks[w & s->start_mask] <= rank && rank < s->ranks[w >> s->end_shift & s->end_mask];
                active[at_word - first] |= (uint64_t)open << i;
            }
        }
    }
}

struct chosen {
    const uint64_t *column, *site, *offer, *active, *denies;
};

/* What of count lanes matches. */
VAV_WIDE void vav_match_lanes(uint64_t* restrict out, const uint64_t* restrict a, const uint64_t* restrict b,
    const uint64_t* restrict c, const uint64_t* restrict d, uint32_t count);
VAV_WIDE void vav_match_lanes(uint64_t* restrict out, const uint64_t* restrict a, const uint64_t* restrict b,
    const uint64_t* restrict c, const uint64_t* restrict d, uint32_t count)
{
    for (uint32_t i = 0; i < count; ++i)
        out[i] = a[i] & b[i] & c[i] & d[i];
}

/* Titles available in blocks [first, last), whose lanes are in matched. */
VAV_WIDE uint32_t vav_join_lanes(
    const uint64_t* matched, const uint64_t* denies, const uint32_t* starts, uint32_t first, uint32_t last);
VAV_WIDE uint32_t vav_join_lanes(
    const uint64_t* matched, const uint64_t* denies, const uint32_t* starts, uint32_t first, uint32_t last)
{
    uint32_t count = 0, lane = 0;
    for (uint32_t block = first; block < last; ++block) {
        const uint32_t end = starts[block + 1] - starts[first];
        uint64_t allowed = 0, denied = 0;
        for (; lane < end; ++lane) {
            allowed |= matched[lane] & ~denies[lane];
            denied |= matched[lane] & denies[lane];
        }
        count += (uint32_t)__builtin_popcountll(allowed & ~denied);
    }
    return count;
}

static uint32_t count_all(const vav_planes* p, const struct chosen* c)
{
    uint64_t matched[kBatch];
    const uint32_t* starts = p->lane_starts;
    uint32_t count = 0;
    for (uint32_t first = 0; first < p->state->blocks;) {
        uint32_t last = first + 1;
        while (last < p->state->blocks && starts[last + 1] - starts[first] <= kBatch)
            ++last;
        const uint32_t lane = starts[first];
        vav_match_lanes(
            matched, c->column + lane, c->site + lane, c->offer + lane, c->active + lane, starts[last] - lane);
        count += vav_join_lanes(matched, c->denies + lane, starts, first, last);
        first = last;
    }
    return count;
}

/* What the planes say about one title. */
static uint32_t bit_of(const vav_planes* p, const struct chosen* c, uint32_t title)
{
    const uint32_t block = title / kBlockTitles;
    uint64_t allowed = 0, denied = 0;
    for (uint32_t lane = p->lane_starts[block]; lane < p->lane_starts[block + 1]; ++lane) {
        const uint64_t in = c->column[lane] & c->site[lane] & c->offer[lane] & c->active[lane];
        allowed |= in & ~c->denies[lane];
        denied |= in & c->denies[lane];
    }
    return (uint32_t)((allowed & ~denied) >> title % kBlockTitles & 1);
}

static bool is_direct(const vav_planes* p, uint32_t title)
{
    uint32_t low = 0, high = p->direct_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (p->direct[middle] < title)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->direct_count && p->direct[low] == title;
}

uint32_t vav_planes_count(const vav_planes* p, const vav_state* s, const struct vav_cell* cell)
{
    struct vav_cell now = *cell;
    now.time_rank = vav_rank_at(s->clock, p->at);
    if (!vav_cell_fits(s, &now))
        return 0;
    if (s->base != p->state->base || s->stamp < p->state->stamp || now.subdivision != 0)
        return vav_count(s, &now);
    const uint64_t lanes = p->lanes;
    const struct chosen c
        = {p->planes + lanes * p->plane_of_column[cell->column], p->planes + lanes * p->plane_of_site[cell->site],
            p->planes + lanes * p->plane_of_offer[cell->offer], p->active, p->denies};
    uint32_t count = count_all(p, &c);
    for (uint32_t i = 0; i < p->direct_count; ++i)
        count += p->direct[i] < s->titles && vav_title_is_available(s, p->direct[i], &now);
    for (uint32_t i = 0; i < s->changed_count; ++i) {
        const uint32_t title = s->changed[i].title;
        if (s->changed[i].stamp <= p->state->stamp || title >= s->titles || is_direct(p, title))
            continue;
        if (title < p->state->titles)
            count -= bit_of(p, &c, title);
        count += vav_title_is_available(s, title, &now);
    }
    for (uint32_t title = s->titles; title < p->state->titles; ++title)
        count -= bit_of(p, &c, title);
    return count;
}
