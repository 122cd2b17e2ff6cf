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
    uint32_t filled = 0;
    for (uint32_t rank = 0; rank < count; ++rank) {
        const uint64_t step = ((uint64_t)clock->sorted[rank] - (uint64_t)clock->first) >> clock->step_bits;
        while (filled <= step)
            clock->directory[filled++] = rank;
    }
    while (filled <= kDirectory)
        clock->directory[filled++] = count;
}

static struct vav_clock* allocate(uint32_t count, uint32_t capacity)
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
    return clock;
}

struct vav_clock* vav_make_clock(const struct vav_rows* dates, uint32_t count, uint32_t capacity)
{
    struct vav_clock* clock = allocate(count, capacity);
    if (!clock)
        return NULL;
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

/* The dates behind the first known ones in order, each once, without those that are among the sorted ones. */
static uint32_t take_unknown(const struct vav_clock* from, const struct vav_rows* dates, uint32_t count, int64_t* fresh)
{
    uint32_t taken = 0, kept = 0;
    for (uint32_t i = from->dates; i < count; ++i)
        fresh[taken++] = (int64_t)load64(dates->data + (uint64_t)i * 8);
    qsort(fresh, taken, sizeof *fresh, by_instant);
    for (uint32_t i = 0; i < taken; ++i) {
        const uint32_t rank = vav_rank_at(from, fresh[i]);
        if ((rank == 0 || from->sorted[rank - 1] != fresh[i]) && (kept == 0 || fresh[kept - 1] != fresh[i]))
            fresh[kept++] = fresh[i];
    }
    return kept;
}

struct vav_clock* vav_extend_clock(
    const struct vav_clock* from, const struct vav_rows* dates, uint32_t count, uint32_t capacity)
{
    const uint32_t old = from->sorted_count;
    struct vav_clock* clock = allocate(count, capacity);
    int64_t* fresh = malloc(((size_t)count - from->dates + 1) * sizeof *fresh);
    uint32_t* raised = malloc(((size_t)old + 1) * sizeof *raised); /* by old rank: what it is now */
    if (!clock || !fresh || !raised) {
        vav_drop_clock(clock);
        free(fresh);
        free(raised);
        return NULL;
    }
    const uint32_t more = take_unknown(from, dates, count, fresh);
    uint32_t next = 0, sorted = 0;
    raised[0] = 0;
    for (uint32_t rank = 1; rank <= old + 1; ++rank) { /* the new ones before each old one; behind them, the rest */
        while (next < more && (rank > old || fresh[next] < from->sorted[rank - 1]))
            clock->sorted[sorted++] = fresh[next++];
        if (rank > old)
            break;
        clock->sorted[sorted++] = from->sorted[rank - 1];
        raised[rank] = sorted;
    }
    clock->sorted_count = sorted;
    fill_directory(clock);
    clock->ranks[kAlwaysIndex] = 0;
    clock->ranks[kOpenIndex] = UINT32_MAX;
    for (uint32_t i = 0; i < from->dates; ++i)
        clock->ranks[i + kFirstDateIndex] = raised[from->ranks[i + kFirstDateIndex]];
    for (uint32_t i = from->dates; i < count; ++i)
        clock->ranks[i + kFirstDateIndex] = vav_rank_at(clock, (int64_t)load64(dates->data + (uint64_t)i * 8));
    free(fresh);
    free(raised);
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
