#include "core/availability_reader/state.h"

static uint32_t country_of(struct vav_text text)
{
    if (text.length != 2 || text.data[0] < 'A' || text.data[0] > 'Z' || text.data[1] < 'A' || text.data[1] > 'Z')
        return kUnresolved;
    return (uint32_t)(text.data[0] - 'A') * 26 + (uint32_t)(text.data[1] - 'A');
}

/* "CA-QC" as a number: the country above, up to three letters or digits below; 0 for none or of another country. */
static uint32_t subdivision_of(struct vav_text text, uint32_t country)
{
    const struct vav_text prefix = {text.data, 2};
    if (text.length < 4 || text.length > 6 || text.data[2] != '-' || country_of(prefix) != country)
        return 0;
    uint32_t part = 0;
    for (size_t i = 3; i < text.length; ++i) {
        const char letter = text.data[i];
        if (letter >= '0' && letter <= '9')
            part = part * 37 + 1 + (uint32_t)(letter - '0');
        else if (letter >= 'A' && letter <= 'Z')
            part = part * 37 + 11 + (uint32_t)(letter - 'A');
        else
            return 0;
    }
    return country << 16 | part;
}

/* The place of a name in a table sorted by bytes, counted from 1; 0 when it is not there. */
static uint32_t find_name(const uint8_t* text, const uint8_t* offsets, uint32_t count, struct vav_text name)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const uint32_t at = load32(offsets + (uint64_t)middle * 4);
        const size_t length = load32(offsets + (uint64_t)middle * 4 + 4) - at;
        const size_t shared = length < name.length ? length : name.length;
        int order = shared > 0 ? memcmp(text + at, name.data, shared) : 0;
        if (order == 0)
            order = length < name.length ? -1 : length > name.length;
        if (order == 0)
            return middle + 1;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

struct vav_cell vav_make_cell(const vav_state* state, struct vav_text country, struct vav_text subdivision,
    struct vav_text site, struct vav_text offer, int64_t at)
{
    const struct vav_base* b = state->base;
    const uint32_t code = country_of(country);
    struct vav_cell cell;
    cell.stamp = state->stamp;
    cell.column = b->column_of[code];
    cell.subdivision = subdivision_of(subdivision, code);
    cell.site = find_name(b->text, b->site_names, b->sites, site);
    cell.offer = find_name(b->text, b->offer_names, b->offers, offer);
    cell.time_rank = vav_rank_at(state->clock, at);
    return cell;
}

void vav_set_time(const vav_state* state, struct vav_cell* cell, int64_t at)
{
    cell->stamp = state->stamp;
    cell->time_rank = vav_rank_at(state->clock, at);
}
