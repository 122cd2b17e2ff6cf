#include "core/availability_reader/window_match.h"

static bool holds_atom(const uint8_t* atoms, uint32_t count, uint32_t atom)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const uint32_t at = load32(atoms + (uint64_t)middle * 4);
        if (at == atom)
            return true;
        if (at < atom)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool vav_holds_subdivision(const struct vav_state* s, uint32_t territory, const struct vav_cell* cell)
{
    const bool whole = vav_bit(s->territory_rows + (uint64_t)territory * s->territory_stride, cell->column);
    uint32_t low = 0, high = s->atom_lists;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const uint8_t* list = s->atom_list_table->data + (uint64_t)middle * kAtomListSize;
        const uint32_t set = load32(list);
        if (set == territory) {
            const uint8_t* added = s->atom_table->data + (uint64_t)load32(list + 4) * 4;
            const uint32_t added_count = load32(list + 8);
            return whole ? !holds_atom(added + (uint64_t)added_count * 4, load32(list + 12), cell->subdivision)
                         : holds_atom(added, added_count, cell->subdivision);
        }
        if (set < territory)
            low = middle + 1;
        else
            high = middle;
    }
    return whole;
}

bool vav_has_available_member(const struct vav_state* s, uint32_t title, const struct vav_cell* cell)
{
    const struct vav_run run = vav_run_of(s, title);
    for (uint32_t i = run.first; i < run.end; ++i) { /* denies as windows, then the playable titles below */
        const uint64_t word = load64(run.words + (uint64_t)i * 8);
        if ((word & VAV_DENY) != 0) {
            if (vav_window_matches(s, word, cell) != 0)
                return false;
            continue;
        }
        const uint32_t member = (uint32_t)word;
        if (word < s->titles && !vav_is_container(s, member) && vav_title_is_available(s, member, cell))
            return true;
    }
    return false;
}

bool vav_is_available(const vav_state* s, uint32_t title, const struct vav_cell* cell)
{
    return title < s->titles && vav_cell_fits(s, cell) && vav_title_is_available(s, title, cell);
}

static struct vav_text term_text(const vav_state* s, uint32_t term)
{
    struct vav_text text = {"", 0};
    const struct vav_base* b = s->base;
    if (term < b->terms) {
        const uint32_t at = load32(b->term_offsets + (uint64_t)term * 4);
        text.data = (const char*)b->text + at;
        text.length = load32(b->term_offsets + (uint64_t)term * 4 + 4) - at;
    } else if (term < s->terms) {
        const uint8_t* row = s->term_table->data + (uint64_t)(term - b->terms) * 8;
        text.data = (const char*)s->text_table->data + load32(row);
        text.length = load32(row + 4);
    }
    return text;
}

static uint32_t term_of(const vav_state* s, uint32_t title, const struct vav_run* run, uint32_t at)
{
    const uint8_t* column = run->words + (uint64_t)load32(vav_page_of(s, title / kBlockTitles) + kPageWordsAt) * 8;
    switch (s->base->term_bytes) {
    case 1:
        return column[at];
    case 2:
        return load16(column + (uint64_t)at * 2);
    case 4:
        return load32(column + (uint64_t)at * 4);
    default:
        return (uint32_t)(load64(run->words + (uint64_t)at * 8) >> s->term_shift) & s->term_mask;
    }
}

struct vav_answer vav_ask(const vav_state* s, uint32_t title, const struct vav_cell* cell)
{
    struct vav_answer answer = {false, {"", 0}};
    if (title >= s->titles || !vav_cell_fits(s, cell))
        return answer;
    if (vav_is_container(s, title)) {
        answer.available = vav_has_available_member(s, title, cell);
        return answer;
    }
    const struct vav_run run = vav_run_of(s, title);
    uint64_t denied = 0;
    uint32_t grant = UINT32_MAX; /* the first that matches has the best terms */
    for (uint32_t i = run.end; i-- > run.first;) {
        const uint64_t word = load64(run.words + (uint64_t)i * 8);
        const uint64_t in = vav_window_matches(s, word, cell);
        denied |= in & word >> 63;
        grant = in & ~(word >> 63) & 1 ? i : grant;
    }
    answer.available = grant != UINT32_MAX && denied == 0;
    if (answer.available)
        answer.terms_from = term_text(s, term_of(s, title, &run, grant));
    return answer;
}

struct vav_answer vav_query(const vav_state* state, struct vav_text title, struct vav_text country,
    struct vav_text site, struct vav_text offer, int64_t at)
{
    const struct vav_text no_subdivision = {"", 0};
    const struct vav_cell cell = vav_make_cell(state, country, no_subdivision, site, offer, at);
    return vav_ask(state, vav_find_title(state, title), &cell);
}
