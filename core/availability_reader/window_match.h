#pragma once

#include "core/availability_reader/state.h"

static inline bool vav_cell_fits(const struct vav_state* s, const struct vav_cell* cell)
{
    return cell->stamp == s->stamp && cell->column <= s->columns && cell->site <= s->sites && cell->offer <= s->offers;
}

static inline uint64_t vav_row_bit(const uint8_t* rows, uint64_t row, uint32_t stride, uint32_t bit)
{
    return (uint64_t)(rows[row * stride + (bit >> 3)] >> (bit & 7)) & 1;
}

/* 1 when a window, packed in a word, holds for a cell of the same state, else 0. All five tests are made: a branch that
 * is guessed wrong costs more than they do. */
static inline uint64_t vav_window_matches(const struct vav_state* s, uint64_t word, const struct vav_cell* cell)
{
    const uint64_t territory = word >> s->territory_shift & s->territory_mask;
    const uint64_t in_time = (uint64_t)(s->ranks[word & s->start_mask] <= cell->time_rank)
        & (uint64_t)(cell->time_rank < s->ranks[word >> s->end_shift & s->end_mask]);
    if (!in_time)
        return 0;
    const uint64_t in_sets
        = vav_row_bit(s->offer_rows, word >> s->offer_shift & s->offer_mask, s->offer_stride, cell->offer)
        & vav_row_bit(s->site_rows, word >> s->site_shift & s->site_mask, s->site_stride, cell->site);
    if (cell->subdivision != 0)
        return in_time & in_sets & (uint64_t)vav_holds_subdivision(s, (uint32_t)territory, cell);
    return in_time & in_sets & vav_row_bit(s->territory_rows, territory, s->territory_stride, cell->column);
}

/* Where the words of a title are; nearly all pages are narrow, and both numbers are one load. */
struct vav_run {
    const uint8_t* words;
    uint32_t first, end;
};

static inline struct vav_run vav_run_of(const struct vav_state* s, uint32_t title)
{
    const uint8_t* page = s->pages[title / kBlockTitles];
    const uint32_t in_block = title % kBlockTitles;
    struct vav_run run;
    if ((s->page_tags[title / kBlockTitles] & kTagWide) != 0) {
        run.words = page + kPageWideHeader;
        run.first = vav_page_start(page, in_block);
        run.end = vav_page_start(page, in_block + 1);
        return run;
    }
    const uint32_t both = load32(page + kPageStartsAt + 2 * (uint64_t)in_block);
    run.words = page + kPageNarrowHeader;
    run.first = both & 0xFFFF;
    run.end = both >> 16;
    return run;
}

static inline bool vav_is_container(const struct vav_state* s, uint32_t title)
{
    return (s->page_tags[title / kBlockTitles] & kTagContainers) != 0
        && (load64(s->pages[title / kBlockTitles] + kPageContainersAt) >> title % kBlockTitles & 1) != 0;
}

bool vav_has_available_member(const struct vav_state* state, uint32_t title, const struct vav_cell* cell);

/* The title is one of the state and the cell fits it. */
static inline bool vav_title_is_available(const struct vav_state* s, uint32_t title, const struct vav_cell* cell)
{
    if (vav_is_container(s, title))
        return vav_has_available_member(s, title, cell);
    const struct vav_run run = vav_run_of(s, title);
    uint64_t allowed = 0, denied = 0;
    for (uint32_t i = run.first; i < run.end; ++i) {
        const uint64_t word = load64(run.words + (uint64_t)i * 8);
        const uint64_t in = vav_window_matches(s, word, cell);
        denied |= in & word >> 63;
        allowed |= in & ~(word >> 63);
    }
    return (allowed & ~denied & 1) != 0;
}
