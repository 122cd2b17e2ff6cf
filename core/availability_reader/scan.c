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
        const uint8_t* page = vav_page_of(s, titles[at + kAhead] / kBlockTitles);
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

enum { kListBatch = 32 }; /* of 64 at most; measured: 24 to 48 are alike */

/* Apart, so that it takes no registers from the loop that nearly all lists are. */
static __attribute__((noinline)) uint64_t look_in_subdivision(
    const vav_state* s, const struct vav_cell* cell, const struct vav_run* runs, size_t count)
{
    uint64_t available = 0;
    for (size_t i = 0; i < count; ++i)
        available |= (uint64_t)vav_run_is_available(s, &runs[i], cell, false) << i;
    return available;
}

/* Which of some titles are available, a bit each. In three steps, so that what one title waits for from memory is on
 * its way while others are looked at: where their pages are, which words of them are theirs, the words. */
static uint64_t look_at(const vav_state* s, const struct vav_cell* cell, const uint32_t* titles, size_t count)
{
    struct vav_run runs[kListBatch];
    uint64_t rare = 0, available = 0;
    for (size_t i = 0; i < count; ++i) {
        if (titles[i] < s->titles)
            __builtin_prefetch(
                vav_page_of(s, titles[i] / kBlockTitles) + kPageStartsAt + 2 * (titles[i] % kBlockTitles));
    }
    for (size_t i = 0; i < count; ++i) {
        if (titles[i] >= s->titles) {
            runs[i] = (struct vav_run) {NULL, 0, 0};
            continue;
        }
        rare |= (uint64_t)vav_is_container(s, titles[i]) << i;
        runs[i] = vav_run_of(s, titles[i]);
        __builtin_prefetch(runs[i].words + 8 * (uint64_t)runs[i].first);
    }
    if (cell->subdivision == 0) {
        for (size_t i = 0; i < count; ++i)
            available |= (uint64_t)vav_run_is_available(s, &runs[i], cell, true) << i;
    } else {
        available = look_in_subdivision(s, cell, runs, count);
    }
    for (uint64_t left = rare; left != 0; left &= left - 1) {
        const unsigned i = (unsigned)__builtin_ctzll(left);
        available &= ~((uint64_t)1 << i);
        available |= (uint64_t)vav_has_available_member(s, titles[i], cell) << i;
    }
    return available;
}

/* Where one of the first wanted bits is, as many as there are; their number is given back. */
static size_t places_of(uint64_t bits, size_t wanted, uint8_t places[kListBatch])
{
    size_t count = 0;
    for (; bits != 0 && count < wanted; bits &= bits - 1)
        places[count++] = (uint8_t)__builtin_ctzll(bits);
    return count;
}

size_t vav_list(const vav_state* s, const struct vav_cell* cell, const uint32_t* candidates, size_t count,
    uint32_t* found, size_t limit, size_t* visited)
{
    size_t written = 0, at = 0;
    const bool fits = vav_cell_fits(s, cell);
    while (fits && at < count && written < limit) {
        const size_t batch = count - at < kListBatch ? count - at : kListBatch;
        uint8_t places[kListBatch];
        const size_t more = places_of(look_at(s, cell, candidates + at, batch), limit - written, places);
        for (size_t i = 0; i < more; ++i)
            found[written++] = candidates[at + places[i]];
        at += written == limit ? (size_t)places[more - 1] + 1 : batch;
    }
    if (visited)
        *visited = at;
    return written;
}

size_t vav_list_numbers(const vav_state* s, const struct vav_cell* cell, const uint64_t* ids, size_t count,
    uint64_t* found, size_t limit, size_t* visited)
{
    size_t written = 0, at = 0;
    const bool fits = vav_cell_fits(s, cell);
    while (fits && at < count && written < limit) {
        const size_t batch = count - at < kListBatch ? count - at : kListBatch;
        uint32_t titles[kListBatch];
        uint8_t places[kListBatch];
        for (size_t i = 0; i < batch; ++i)
            titles[i] = vav_find_number(s, ids[at + i]);
        const size_t more = places_of(look_at(s, cell, titles, batch), limit - written, places);
        for (size_t i = 0; i < more; ++i)
            found[written++] = ids[at + places[i]];
        at += written == limit ? (size_t)places[more - 1] + 1 : batch;
    }
    if (visited)
        *visited = at;
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
        const uint32_t titles
            = s->titles - i * kBlockTitles < kBlockTitles ? s->titles - i * kBlockTitles : kBlockTitles;
        count += vav_marks(vav_leaf_of(s, i)->containers, i) ? count_containers(s, i, cell)
                                                             : count_page(s, &t, vav_page_of(s, i), titles);
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
