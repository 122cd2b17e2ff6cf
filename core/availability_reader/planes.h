#pragma once

#include "core/availability_reader/state.h"

/* Lane n of a block holds the n-th window of each of its 64 titles, a bit a title. A plane is all lanes of one country,
 * site or offer: the bit says that the window speaks of it. */

enum { kMaxLanes = 16 }; /* titles with more windows are asked one by one, as series and seasons are */

struct vav_planes {
    const vav_state* state; /* held */
    uint32_t lanes, plane_count, direct_count, rank;
    int64_t at;
    uint32_t* lane_starts; /* by block, and one more */
    uint32_t* direct; /* titles without lanes, rising */
    uint64_t *planes, *denies, *active;
    uint16_t plane_of_column[kCountryCodes + 1], plane_of_site[kMaxNames + 1], plane_of_offer[kMaxNames + 1];
};
