#include "core/availability_reader/base_checks.h"

static bool holds(uint32_t bits, uint64_t values)
{
    return bits <= 24 && values <= (uint64_t)1 << bits;
}

bool vav_counts_fit(const struct vav_base* b)
{
    const uint32_t bits = b->start_bits + b->end_bits + b->offer_bits + b->site_bits + b->territory_bits + b->term_bits;
    const bool windows_fit = holds(b->start_bits, (uint64_t)b->dates + kFirstDateIndex)
        && holds(b->end_bits, (uint64_t)b->dates + kFirstDateIndex) && holds(b->offer_bits, b->offer_sets)
        && holds(b->site_bits, b->site_sets) && holds(b->territory_bits, b->territories) && bits <= 63;
    const bool terms_fit = b->term_bytes == 0
        ? holds(b->term_bits, b->terms)
        : b->term_bits == 0 && (b->term_bytes == 1 || b->term_bytes == 2 || b->term_bytes == 4)
            && b->terms <= (uint64_t)1 << (8 * b->term_bytes);
    const bool ids_fit = b->id_kind == kIdText ? b->id_width == 0
        : b->id_kind == kIdUuid                ? b->id_width == 16 && b->ids_size == 0
                                               : b->id_kind == kIdNumber && b->id_width <= 8 && b->ids_size == 0;
    return windows_fit && terms_fit && ids_fit && b->titles < INT32_MAX && b->words < INT32_MAX
        && b->blocks == (b->titles + kBlockTitles - 1) / kBlockTitles && b->columns <= kCountryCodes
        && b->sites <= kMaxNames && b->offers <= kMaxNames && (b->buckets & (b->buckets - 1)) == 0
        && (b->buckets > 0 || b->id_kind == kIdNumber || b->titles == 0) && b->partition_size <= b->text_size
        && b->question <= VAV_ANNOUNCED;
}

/* count + 1 offsets that do not fall, within size bytes. */
static bool offsets_fit(const uint8_t* offsets, uint32_t count, uint64_t size)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i <= count; ++i) {
        const uint32_t at = load32(offsets + (uint64_t)i * 4);
        if (at < last || at > size)
            return false;
        last = at;
    }
    return true;
}

static bool columns_fit(struct vav_base* b)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < b->columns; ++i) {
        const uint32_t code = load16(b->column_codes + (uint64_t)i * 2);
        if (code < next || code >= kCountryCodes)
            return false;
        b->column_of[code] = (uint16_t)(i + 1);
        next = code + 1;
    }
    return true;
}

static bool atoms_fit(const struct vav_base* b)
{
    uint32_t next_set = 0;
    for (uint32_t i = 0; i < b->atom_lists; ++i) {
        const uint8_t* list = b->atom_list_rows + (uint64_t)i * kAtomListSize;
        const uint32_t set = load32(list), first = load32(list + 4);
        if (set < next_set || set >= b->territories
            || first + (uint64_t)load32(list + 8) + load32(list + 12) > b->atoms)
            return false;
        next_set = set + 1;
    }
    return true;
}

static bool pages_fit(const struct vav_base* b)
{
    uint64_t words = 0;
    for (uint32_t i = 0; i < b->blocks; ++i) {
        const uint64_t at = (uint64_t)load32(b->block_offsets + (uint64_t)i * 4) * 8;
        const uint64_t end = (uint64_t)load32(b->block_offsets + (uint64_t)i * 4 + 4) * 8;
        if ((i == 0 && at != 0) || !vav_page_fits(b, at, end))
            return false;
        words += load32(b->pages + at + kPageWordsAt);
    }
    return words == b->words && (uint64_t)load32(b->block_offsets + (uint64_t)b->blocks * 4) * 8 == b->pages_size;
}

static bool index_fits(const struct vav_base* b)
{
    if (b->buckets == 0) { /* numbers, found by halving: they have to rise */
        uint64_t last = 0;
        for (uint32_t i = 0; b->id_width > 0 && i < b->titles; ++i) {
            uint64_t id = 0;
            memcpy(&id, b->id_rows + (uint64_t)i * b->id_width, b->id_width);
            if (i > 0 && id <= last)
                return false;
            last = id;
        }
        return true;
    }
    for (uint32_t i = 0; i < b->titles; ++i) {
        if (load32(b->index + (uint64_t)i * 4) >= b->titles)
            return false;
    }
    return load32(b->bucket_starts) == 0 && offsets_fit(b->bucket_starts, b->buckets, b->titles)
        && load32(b->bucket_starts + (uint64_t)b->buckets * 4) == b->titles;
}

bool vav_sections_fit(struct vav_base* b)
{
    return columns_fit(b) && atoms_fit(b) && offsets_fit(b->site_names, b->sites, b->text_size)
        && offsets_fit(b->offer_names, b->offers, b->text_size) && offsets_fit(b->term_offsets, b->terms, b->text_size)
        && (b->id_kind != kIdText || offsets_fit(b->id_rows, b->titles, b->ids_size)) && index_fits(b) && pages_fit(b);
}
