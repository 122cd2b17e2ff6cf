#include "core/availability_reader/state.h"

static uint32_t marked(uint32_t mask, uint32_t block, bool on)
{
    const uint32_t bit = (uint32_t)1 << block % kLeafBlocks;
    return on ? mask | bit : mask & ~bit;
}

void vav_set_page(struct vav_leaf* leaf, uint32_t block, const uint8_t* page, uint32_t owner)
{
    leaf->pages[block % kLeafBlocks] = page;
    leaf->owners[block % kLeafBlocks] = owner;
    leaf->wide = marked(leaf->wide, block, vav_page_is_wide(page));
    leaf->containers = marked(leaf->containers, block, load64(page + kPageContainersAt) != 0);
    leaf->gone = marked(leaf->gone, block, load64(page + kPageGoneAt) != 0);
    leaf->rare = leaf->wide | leaf->containers | leaf->gone;
}

uint64_t vav_page_size(uint32_t words, uint32_t term_bytes, bool wide)
{
    const uint64_t terms = ((uint64_t)words * term_bytes + 7) & ~(uint64_t)7;
    return (wide ? kPageWideHeader : kPageNarrowHeader) + (uint64_t)words * 8 + terms;
}

static bool starts_fit(const uint8_t* page, uint32_t words)
{
    if (vav_page_start(page, 0) != 0 || vav_page_start(page, kBlockTitles) != words)
        return false;
    for (uint32_t i = 0; i < kBlockTitles; ++i) {
        if (vav_page_start(page, i) > vav_page_start(page, i + 1))
            return false;
    }
    return true;
}

/* Members of a series or season: titles that there are. */
static bool members_fit(const struct vav_base* b, const uint8_t* page)
{
    const uint64_t containers = load64(page + kPageContainersAt);
    for (uint32_t i = 0; containers >> i != 0; ++i) {
        if ((containers >> i & 1) == 0)
            continue;
        const uint32_t end = vav_page_start(page, i + 1);
        for (uint32_t at = vav_page_start(page, i); at < end; ++at) {
            const uint64_t word = load64(vav_page_words(page) + (uint64_t)at * 8);
            if ((word & VAV_DENY) == 0 && word >= b->titles)
                return false;
        }
        if (i == kBlockTitles - 1)
            break;
    }
    return true;
}

static bool windows_fit(const struct vav_base* b, const uint8_t* page, uint32_t count)
{
    const uint64_t containers = load64(page + kPageContainersAt);
    const uint32_t end_at = b->start_bits, offer_at = end_at + b->end_bits, site_at = offer_at + b->offer_bits;
    const uint32_t territory_at = site_at + b->site_bits, term_at = territory_at + b->territory_bits;
    const uint64_t start_mask = ((uint64_t)1 << b->start_bits) - 1, end_mask = ((uint64_t)1 << b->end_bits) - 1;
    const uint64_t offer_mask = ((uint64_t)1 << b->offer_bits) - 1, site_mask = ((uint64_t)1 << b->site_bits) - 1;
    const uint64_t territory_mask = ((uint64_t)1 << b->territory_bits) - 1;
    const uint64_t term_mask = ((uint64_t)1 << b->term_bits) - 1, dates = (uint64_t)b->dates + kFirstDateIndex;
    const uint64_t terms = b->term_bytes > 0 || b->terms == 0 ? 1 : b->terms;
    const uint8_t* words = vav_page_words(page);
    bool bad = false;
    if (containers == 0) { /* nearly always: one pass without branches */
        for (uint32_t i = 0; i < count; ++i) {
            const uint64_t w = load64(words + (uint64_t)i * 8);
            bad |= ((w & start_mask) >= dates) | ((w >> end_at & end_mask) >= dates)
                | ((w >> offer_at & offer_mask) >= b->offer_sets) | ((w >> site_at & site_mask) >= b->site_sets)
                | ((w >> territory_at & territory_mask) >= b->territories) | ((w >> term_at & term_mask) >= terms);
        }
        return !bad;
    }
    for (uint32_t title = 0; title < kBlockTitles; ++title) {
        const uint32_t end = vav_page_start(page, title + 1);
        for (uint32_t i = vav_page_start(page, title); i < end; ++i) {
            const uint64_t w = load64(words + (uint64_t)i * 8);
            if ((containers >> title & 1) != 0 && (w & VAV_DENY) == 0)
                continue;
            bad |= (w & start_mask) >= dates || (w >> end_at & end_mask) >= dates
                || (w >> offer_at & offer_mask) >= b->offer_sets || (w >> site_at & site_mask) >= b->site_sets
                || (w >> territory_at & territory_mask) >= b->territories || (w >> term_at & term_mask) >= terms;
        }
    }
    return !bad && members_fit(b, page);
}

bool vav_page_fits(const struct vav_base* b, uint64_t at, uint64_t end)
{
    if (end > b->pages_size || at > end || end - at < kPageNarrowHeader)
        return false;
    const uint8_t* page = b->pages + at;
    const uint32_t words = load32(page + kPageWordsAt);
    if (load32(page + kPageWideAt) > 1 || words >= INT32_MAX
        || end - at != vav_page_size(words, b->term_bytes, vav_page_is_wide(page)))
        return false;
    return starts_fit(page, words) && windows_fit(b, page, words);
}
