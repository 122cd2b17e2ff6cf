#include "core/availability_reader/window_match.h"

enum {
    kAhead = 12, /* titles whose page is fetched while others are asked; measured: 8 to 16 are alike */
    kScanBits = 1 << 17 /* of each table on the stack */
};

/* Fetches what the questions some places ahead will read. Inlined by force: a call that only fetches has no effect that
 * a compiler has to keep. */
static inline __attribute__((always_inline)) void fetch_ahead(
    const vav_state* s, const uint32_t* titles, size_t at, size_t count)
{
    if (at + kAhead < count && titles[at + kAhead] < s->titles) {
        const uint8_t* page = s->pages[titles[at + kAhead] / kBlockTitles];
        __builtin_prefetch(page + kPageStartsAt + 2 * (titles[at + kAhead] % kBlockTitles));
    }
    if (at + kAhead / 2 < count && titles[at + kAhead / 2] < s->titles) {
        const struct vav_run run = vav_run_of(s, titles[at + kAhead / 2]);
        __builtin_prefetch(run.words + 8 * (uint64_t)run.first);
    }
}

void vav_ask_many(
    const vav_state* s, const uint32_t* titles, const struct vav_cell* cells, size_t count, bool* available)
{
    for (size_t i = 0; i < count; ++i) {
        fetch_ahead(s, titles, i, count);
        available[i] = vav_is_available(s, titles[i], cells + i);
    }
}

size_t vav_list(const vav_state* s, const struct vav_cell* cell, const uint32_t* candidates, size_t count,
    uint32_t* found, size_t limit, size_t* visited)
{
    size_t written = 0, i = 0;
    if (vav_cell_fits(s, cell)) {
        for (; i < count && written < limit; ++i) {
            fetch_ahead(s, candidates, i, count);
            if (candidates[i] < s->titles && vav_title_is_available(s, candidates[i], cell))
                found[written++] = candidates[i];
        }
    }
    if (visited)
        *visited = i;
    return written;
}

size_t vav_list_from(const vav_state* s, const struct vav_cell* cell, uint32_t* cursor, uint32_t* found, size_t limit)
{
    size_t written = 0;
    if (!vav_cell_fits(s, cell))
        return 0;
    for (; *cursor < s->titles && written < limit; ++*cursor) {
        if (vav_title_is_available(s, *cursor, cell))
            found[written++] = *cursor;
    }
    return written;
}

/* What the sets say about one cell, a bit each, so that a window costs five bit tests in the nearest cache. */
struct scan_tables {
    uint64_t come[kScanBits / 64], territories[kScanBits / 64], sites[kScanBits / 64];
    uint64_t offers[kScanBits / 64];
};

static inline uint64_t test(const uint64_t* bits, uint64_t index)
{
    return bits[index >> 6] >> (index & 63);
}

static void fill_rows(uint64_t* out, const uint8_t* rows, uint32_t stride, uint32_t count, uint32_t column)
{
    for (uint32_t at = 0; at < count; at += 64) {
        uint64_t bits = 0;
        const uint32_t here = count - at < 64 ? count - at : 64;
        for (uint32_t i = 0; i < here; ++i)
            bits |= (uint64_t)vav_bit(rows + (uint64_t)(at + i) * stride, column) << i;
        out[at >> 6] = bits;
    }
}

static void fill_times(struct scan_tables* t, const vav_state* s, uint32_t rank)
{
    const uint32_t count = s->dates + kFirstDateIndex;
    for (uint32_t at = 0; at < count; at += 64) {
        uint64_t come = 0;
        const uint32_t here = count - at < 64 ? count - at : 64;
        for (uint32_t i = 0; i < here; ++i)
            come |= (uint64_t)(s->ranks[at + i] <= rank) << i;
        t->come[at >> 6] = come;
    }
}

/* Of the first titles of a page: what stands behind them is no longer there. */
static uint32_t count_page(const vav_state* s, const struct scan_tables* t, const uint8_t* page, uint32_t titles)
{
    const uint8_t* words = vav_page_words(page);
    uint32_t count = 0, at = 0;
    for (uint32_t title = 0; title < titles; ++title) {
        const uint32_t end = vav_page_start(page, title + 1);
        uint64_t allowed = 0, denied = 0;
        for (; at < end; ++at) {
            const uint64_t w = load64(words + (uint64_t)at * 8);
            const uint64_t in = test(t->come, w & s->start_mask) & ~test(t->come, w >> s->end_shift & s->end_mask)
                & test(t->offers, w >> s->offer_shift & s->offer_mask)
                & test(t->sites, w >> s->site_shift & s->site_mask)
                & test(t->territories, w >> s->territory_shift & s->territory_mask);
            denied |= in & w >> 63;
            allowed |= in & ~(w >> 63);
        }
        count += (uint32_t)(allowed & ~denied & 1);
    }
    return count;
}

static uint32_t count_containers(const vav_state* s, uint32_t block, const struct vav_cell* cell)
{
    uint32_t count = 0;
    for (uint32_t title = block * kBlockTitles; title < s->titles && title < (block + 1) * kBlockTitles; ++title)
        count += vav_title_is_available(s, title, cell);
    return count;
}

static uint32_t count_with_tables(const vav_state* s, const struct vav_cell* cell)
{
    struct scan_tables t;
    fill_times(&t, s, cell->time_rank);
    fill_rows(t.offers, s->offer_rows, s->offer_stride, s->offer_sets, cell->offer);
    fill_rows(t.sites, s->site_rows, s->site_stride, s->site_sets, cell->site);
    fill_rows(t.territories, s->territory_rows, s->territory_stride, s->territories, cell->column);
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->blocks; ++i) {
        const uint8_t* page = s->pages[i];
        const uint32_t titles
            = s->titles - i * kBlockTitles < kBlockTitles ? s->titles - i * kBlockTitles : kBlockTitles;
        count
            += (s->page_tags[i] & kTagContainers) == 0 ? count_page(s, &t, page, titles) : count_containers(s, i, cell);
    }
    return count;
}

uint32_t vav_count(const vav_state* s, const struct vav_cell* cell)
{
    if (!vav_cell_fits(s, cell))
        return 0;
    const bool fits = s->start_mask < kScanBits && s->end_mask < kScanBits && s->territory_mask < kScanBits
        && s->site_mask < kScanBits && s->offer_mask < kScanBits;
    if (fits && cell->subdivision == 0)
        return count_with_tables(s, cell);
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->titles; ++i)
        count += vav_title_is_available(s, i, cell);
    return count;
}
