#include "core/availability_reader/state.h"

#include <stdlib.h>

static int by_instant(const void* left, const void* right)
{
    int64_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return a < b ? -1 : a > b;
}

/* How many of the sorted dates in [low, high) and before are not later. */
static uint32_t upper_bound(const int64_t* sorted, uint32_t low, uint32_t high, int64_t at)
{
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (sorted[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void fill_directory(struct vav_clock* clock)
{
    const uint32_t count = clock->sorted_count;
    const uint64_t span = count > 0 ? (uint64_t)clock->sorted[count - 1] - (uint64_t)clock->sorted[0] : 0;
    clock->first = count > 0 ? clock->sorted[0] : 0;
    while (span >> clock->step_bits >= kDirectory)
        ++clock->step_bits;
    uint32_t rank = 0;
    for (uint32_t i = 0; i <= kDirectory; ++i) {
        while (rank < count && ((uint64_t)clock->sorted[rank] - (uint64_t)clock->first) >> clock->step_bits < i)
            ++rank;
        clock->directory[i] = i < kDirectory ? rank : count;
    }
}

struct vav_clock* vav_make_clock(const struct vav_rows* dates, uint32_t count, uint32_t capacity)
{
    if (capacity < count)
        capacity = count;
    struct vav_clock* clock = calloc(1, sizeof *clock);
    if (!clock)
        return NULL;
    clock->users = 1;
    clock->dates = count;
    const uint64_t rows = (uint64_t)capacity + kFirstDateIndex;
    clock->memory = rows * 4 + (uint64_t)count * 8 + (kDirectory + 1) * 4 + sizeof *clock;
    clock->ranks = calloc(rows, sizeof *clock->ranks);
    clock->sorted = malloc(((size_t)count + 1) * sizeof *clock->sorted);
    clock->directory = malloc((kDirectory + 1) * sizeof *clock->directory);
    if (!clock->ranks || !clock->sorted || !clock->directory) {
        vav_drop_clock(clock);
        return NULL;
    }
    bool rising = true;
    for (uint32_t i = 0; i < count; ++i) {
        clock->sorted[i] = (int64_t)load64(dates->data + (uint64_t)i * 8);
        rising = rising && (i == 0 || clock->sorted[i - 1] < clock->sorted[i]);
    }
    if (!rising) {
        qsort(clock->sorted, count, sizeof *clock->sorted, by_instant);
        uint32_t kept = 0;
        for (uint32_t i = 0; i < count; ++i) {
            if (kept == 0 || clock->sorted[kept - 1] != clock->sorted[i])
                clock->sorted[kept++] = clock->sorted[i];
        }
        count = kept;
    }
    clock->sorted_count = count;
    fill_directory(clock);
    clock->ranks[kAlwaysIndex] = 0;
    clock->ranks[kOpenIndex] = UINT32_MAX;
    for (uint32_t i = 0; i < clock->dates; ++i)
        clock->ranks[i + kFirstDateIndex] = vav_rank_at(clock, (int64_t)load64(dates->data + (uint64_t)i * 8));
    return clock;
}

void vav_drop_clock(struct vav_clock* clock)
{
    if (!clock || --clock->users > 0)
        return;
    free(clock->ranks);
    free(clock->sorted);
    free(clock->directory);
    free(clock);
}

uint32_t vav_rank_at(const struct vav_clock* clock, int64_t at)
{
    if (clock->sorted_count == 0 || at < clock->first)
        return 0;
    const uint64_t slot = ((uint64_t)at - (uint64_t)clock->first) >> clock->step_bits;
    if (slot >= kDirectory)
        return upper_bound(clock->sorted, clock->directory[kDirectory], clock->sorted_count, at);
    return upper_bound(clock->sorted, clock->directory[slot], clock->directory[slot + 1], at);
}
