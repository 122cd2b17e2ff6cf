#include "core/availability_reader/availability_reader.h"
#include "core/availability_reader/layout.h"

#include <string.h>

uint64_t vav_version(const struct vav_snapshot* snapshot)
{
    return snapshot->version;
}

uint32_t vav_title_count(const struct vav_snapshot* snapshot)
{
    return snapshot->title_count;
}

static struct vav_text text_at(const struct vav_snapshot* s, const uint8_t* reference)
{
    const struct vav_text text = {(const char*)s->text + load32(reference), load32(reference + 4)};
    return text;
}

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
static uint32_t find_name(const struct vav_snapshot* s, const uint8_t* table, uint32_t count, struct vav_text name)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const struct vav_text at = text_at(s, table + (uint64_t)middle * kTextRefSize);
        const size_t shared = at.length < name.length ? at.length : name.length;
        int order = shared > 0 ? memcmp(at.data, name.data, shared) : 0;
        if (order == 0)
            order = at.length < name.length ? -1 : at.length > name.length;
        if (order == 0)
            return middle + 1;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* How many instants of the table have come. */
static uint32_t rank_of(const struct vav_snapshot* s, int64_t at)
{
    uint32_t low = 0, high = s->instant_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if ((int64_t)load64(s->instants + (uint64_t)middle * kInstantSize) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct vav_cell vav_make_cell(const struct vav_snapshot* snapshot, struct vav_text country, struct vav_text subdivision,
    struct vav_text site, struct vav_text offer, int64_t at)
{
    struct vav_cell cell;
    cell.country = country_of(country);
    cell.subdivision = subdivision_of(subdivision, cell.country);
    cell.site = find_name(snapshot, snapshot->sites, snapshot->site_count, site);
    cell.offer = find_name(snapshot, snapshot->offers, snapshot->offer_count, offer);
    cell.time_rank = rank_of(snapshot, at);
    return cell;
}

uint32_t vav_find_title(const struct vav_snapshot* snapshot, struct vav_text id)
{
    if (snapshot->slot_count == 0)
        return VAV_NO_TITLE;
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a, 64 bits */
    for (size_t i = 0; i < id.length; ++i)
        hash = (hash ^ (uint8_t)id.data[i]) * 0x100000001b3u;
    const uint32_t mask = snapshot->slot_count - 1;
    for (uint32_t slot = (uint32_t)(hash ^ hash >> 32) & mask;; slot = (slot + 1) & mask) {
        const uint32_t title = load32(snapshot->title_table + (uint64_t)slot * kSlotSize);
        if (title == 0)
            return VAV_NO_TITLE;
        const struct vav_text found = text_at(snapshot, snapshot->titles + (uint64_t)(title - 1) * kTitleSize);
        if (found.length == id.length && (id.length == 0 || memcmp(found.data, id.data, id.length) == 0))
            return title - 1;
    }
}

struct vav_text vav_title_id(const struct vav_snapshot* snapshot, uint32_t title)
{
    if (title >= snapshot->title_count) {
        const struct vav_text none = {"", 0};
        return none;
    }
    return text_at(snapshot, snapshot->titles + (uint64_t)title * kTitleSize);
}

static bool has_bit(const uint8_t* bits, uint32_t index)
{
    return (bits[index / 8] >> index % 8 & 1) != 0;
}

static bool holds_atom(const struct vav_snapshot* s, const uint8_t* list, uint32_t atom)
{
    const uint8_t* atoms = s->atoms + (uint64_t)load32(list) * kAtomSize;
    uint32_t low = 0, high = load32(list + 4);
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const uint32_t at = load32(atoms + (uint64_t)middle * kAtomSize);
        if (at == atom)
            return true;
        if (at < atom)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool is_there(const struct vav_snapshot* s, uint32_t territory, const struct vav_cell* cell)
{
    const uint8_t* set = s->territories + (uint64_t)territory * kTerritorySize;
    const bool whole = has_bit(set, cell->country);
    if (cell->subdivision == 0)
        return whole;
    return whole ? !holds_atom(s, set + kTerritoryListsAt + 8, cell->subdivision)
                 : holds_atom(s, set + kTerritoryListsAt, cell->subdivision);
}

static bool matches(const struct vav_snapshot* s, const uint8_t* window, const struct vav_cell* cell)
{
    return load32(window + 16) <= cell->time_rank && cell->time_rank < load32(window + 20)
        && is_there(s, load32(window), cell)
        && has_bit(s->site_sets + (uint64_t)load32(window + 4) * s->site_words * 8, cell->site)
        && has_bit(s->offer_sets + (uint64_t)load32(window + 8) * s->offer_words * 8, cell->offer);
}

/* The first of count windows that matches, or NULL. */
static const uint8_t* first_match(
    const struct vav_snapshot* s, uint32_t first, uint32_t count, const struct vav_cell* cell)
{
    const uint8_t* window = s->windows + (uint64_t)first * kWindowSize;
    for (uint32_t i = 0; i < count; ++i, window += kWindowSize) {
        if (matches(s, window, cell))
            return window;
    }
    return NULL;
}

/* The window that lets a playable title through, or NULL. */
static const uint8_t* grant_of(const struct vav_snapshot* s, const uint8_t* title, const struct vav_cell* cell)
{
    const uint32_t first = load32(title + 8), denies = load32(title + 12), allows = load32(title + 16);
    if (allows == 0 || first_match(s, first, denies, cell))
        return NULL;
    return first_match(s, first + denies, allows, cell);
}

static bool is_container(const uint8_t* title)
{
    return (load32(title + 20) & VAV_CONTAINER) != 0;
}

static bool has_available_descendant(const struct vav_snapshot* s, const uint8_t* title, const struct vav_cell* cell)
{
    if (first_match(s, load32(title + 8), load32(title + 12), cell))
        return false;
    uint32_t below = load32(title + 20) & ~VAV_CONTAINER;
    for (title += kTitleSize; below > 0; --below, title += kTitleSize) {
        if (!is_container(title) && grant_of(s, title, cell))
            return true;
    }
    return false;
}

struct vav_answer vav_ask(const struct vav_snapshot* snapshot, uint32_t title, const struct vav_cell* cell)
{
    struct vav_answer answer = {false, {"", 0}};
    if (title >= snapshot->title_count || cell->country >= kCountries || cell->site > snapshot->site_count
        || cell->offer > snapshot->offer_count)
        return answer;
    const uint8_t* record = snapshot->titles + (uint64_t)title * kTitleSize;
    if (is_container(record)) {
        answer.available = has_available_descendant(snapshot, record, cell);
        return answer;
    }
    const uint8_t* grant = grant_of(snapshot, record, cell);
    answer.available = grant != NULL;
    if (grant && load32(grant + 12) != VAV_NO_RULE)
        answer.terms_from = text_at(snapshot, snapshot->rules + (uint64_t)load32(grant + 12) * kTextRefSize);
    return answer;
}

struct vav_answer vav_query(const struct vav_snapshot* snapshot, struct vav_text title, struct vav_text country,
    struct vav_text site, struct vav_text offer, int64_t at)
{
    const struct vav_text no_subdivision = {"", 0};
    const struct vav_cell cell = vav_make_cell(snapshot, country, no_subdivision, site, offer, at);
    return vav_ask(snapshot, vav_find_title(snapshot, title), &cell);
}

size_t vav_list(const struct vav_snapshot* snapshot, const struct vav_cell* cell, const uint32_t* candidates,
    size_t count, uint32_t* found, size_t limit)
{
    size_t written = 0;
    for (size_t i = 0; i < count && written < limit; ++i) {
        if (vav_ask(snapshot, candidates[i], cell).available)
            found[written++] = candidates[i];
    }
    return written;
}

uint32_t vav_count(const struct vav_snapshot* snapshot, const struct vav_cell* cell)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < snapshot->title_count; ++i)
        count += vav_ask(snapshot, i, cell).available;
    return count;
}
