#include "core/availability_reader/window_match.h"

/* Titles are added up over all countries at once: a title's answer is a row of bits, a bit a column, and rows are added
 * in digits of one bit (eight rows of bits are numbers up to 255 for every column). The digits are emptied into the
 * sums before they overflow. */

enum { kWords = kCountryCodes / 64 + 1, kDigits = 8, kMostRows = (1 << kDigits) - 1 };

struct tally {
    uint64_t digits[kDigits][kWords];
    uint32_t rows; /* in the digits */
    uint32_t sums[kWords * 64]; /* by column */
};

static void empty_digits(struct tally* t, uint32_t words)
{
    for (uint32_t digit = 0; digit < kDigits; ++digit) {
        for (uint32_t word = 0; word < words; ++word) {
            for (uint64_t bits = t->digits[digit][word]; bits != 0; bits &= bits - 1)
                t->sums[word * 64 + (uint32_t)__builtin_ctzll(bits)] += 1U << digit;
            t->digits[digit][word] = 0;
        }
    }
    t->rows = 0;
}

static void add_row(struct tally* t, const uint64_t* row, uint32_t words)
{
    for (uint32_t word = 0; word < words; ++word) {
        uint64_t carry = row[word];
        for (uint32_t digit = 0; digit < kDigits && carry != 0; ++digit) {
            const uint64_t both = t->digits[digit][word] & carry;
            t->digits[digit][word] ^= carry;
            carry = both;
        }
    }
    if (++t->rows == kMostRows)
        empty_digits(t, words);
}

/* Where the windows of a title that hold for the cell, whatever its country, say that it is available. */
static void row_of(
    const struct vav_state* s, uint32_t title, const struct vav_cell* cell, uint64_t* row, uint32_t words)
{
    const struct vav_run run = vav_run_of(s, title);
    uint64_t denied[kWords] = {0};
    for (uint32_t word = 0; word < words; ++word)
        row[word] = 0;
    for (uint32_t i = run.first; i < run.end; ++i) {
        const uint64_t window = load64(run.words + (uint64_t)i * 8);
        const uint64_t holds = (uint64_t)(s->ranks[window & s->start_mask] <= cell->time_rank)
            & (uint64_t)(cell->time_rank < s->ranks[window >> s->end_shift & s->end_mask])
            & vav_row_bit(s->offer_rows, window >> s->offer_shift & s->offer_mask, s->offer_stride, cell->offer)
            & vav_row_bit(s->site_rows, window >> s->site_shift & s->site_mask, s->site_stride, cell->site);
        if (holds == 0)
            continue;
        const uint8_t* countries
            = s->territory_rows + (window >> s->territory_shift & s->territory_mask) * s->territory_stride;
        uint64_t* into = (window & VAV_DENY) != 0 ? denied : row;
        for (uint32_t word = 0; word < words; ++word)
            into[word] |= load64(countries + (uint64_t)word * 8);
    }
    for (uint32_t word = 0; word < words; ++word)
        row[word] &= ~denied[word];
}

void vav_count_countries(const vav_state* s, const struct vav_cell* cell, uint32_t* counts)
{
    const uint32_t words = s->columns / 64 + 1;
    struct tally t = {0};
    if (vav_cell_fits(s, cell)) {
        uint64_t row[kWords];
        for (uint32_t title = 0; title < s->titles; ++title) {
            if (vav_is_container(s, title))
                continue;
            row_of(s, title, cell, row, words);
            add_row(&t, row, words);
        }
        empty_digits(&t, words);
    }
    for (uint32_t code = 0; code < kCountryCodes; ++code)
        counts[code] = t.sums[s->base->column_of[code]];
}

uint32_t vav_count_played(const vav_state* s, const struct vav_cell* cell)
{
    uint32_t count = 0;
    for (uint32_t title = 0; vav_cell_fits(s, cell) && title < s->titles; ++title)
        count += !vav_is_container(s, title) && vav_title_is_available(s, title, cell);
    return count;
}
