#include "core/availability_reader/delta_input.h"

#include <stdlib.h>

/* The clock may know dates that the state no longer has; they disturb no comparison, so that going back costs nothing
 * and going there again finds them. */
static bool fit_clock(struct vav_state* s, const struct vav_rows* table_before, uint32_t dates_before)
{
    struct vav_clock* clock = s->clock;
    const bool same_dates = s->date_table == table_before || clock->dates <= dates_before;
    if (same_dates && clock->dates >= s->dates)
        return true;
    s->clock = same_dates ? vav_extend_clock(clock, s->date_table, s->dates, s->date_table->capacity)
                          : vav_make_clock(s->date_table, s->dates, s->date_table->capacity);
    vav_drop_clock(clock);
    return s->clock != NULL;
}

static bool take_dates(struct vav_state* s, struct vav_input* in, struct vav_span span)
{
    const struct vav_rows* before = s->date_table;
    s->dates = span.after;
    uint64_t last = 0;
    for (uint32_t i = span.before; i < span.after; ++i) {
        const uint64_t coded = vav_take_number(in); /* zigzag difference to the one before */
        last += coded >> 1 ^ (0 - (coded & 1));
        uint8_t row[8];
        store64(row, last);
        if (in->bad || !vav_put_row(&s->date_table, i, row))
            return false;
    }
    return fit_clock(s, before, span.before);
}

/* Subdivisions by rising gaps. */
static bool take_atoms(struct vav_state* s, struct vav_input* in, uint32_t count)
{
    if (count == 0)
        return true;
    if (count > (uint64_t)(in->end - in->at))
        return false;
    uint32_t last = 0;
    for (uint32_t i = 0; i < count; ++i) {
        last += vav_take_bounded(in, (uint32_t)kCountryCodes << 16);
        if (in->bad || !vav_put_row(&s->atom_table, s->atoms + i, &last))
            return false;
    }
    s->atoms += count;
    return true;
}

static bool take_atom_list(struct vav_state* s, struct vav_input* in, uint32_t territory)
{
    uint32_t list[4] = {territory, s->atoms, 0, 0};
    for (unsigned kind = 0; kind < 2; ++kind) {
        list[2 + kind] = vav_take_bounded(in, UINT16_MAX);
        if (!take_atoms(s, in, list[2 + kind]))
            return false;
    }
    return vav_put_row(&s->atom_list_table, s->atom_lists++, list);
}

static void trim_atoms(struct vav_state* s, uint32_t territories)
{
    const uint8_t* lists = s->atom_list_table->data;
    while (s->atom_lists > 0 && load32(lists + ((uint64_t)s->atom_lists - 1) * kAtomListSize) >= territories)
        --s->atom_lists;
    s->atoms = 0;
    if (s->atom_lists > 0) {
        const uint8_t* last = lists + ((uint64_t)s->atom_lists - 1) * kAtomListSize;
        s->atoms = load32(last + 4) + load32(last + 8) + load32(last + 12);
    }
}

static bool take_territories(struct vav_state* s, struct vav_input* in, struct vav_span span)
{
    s->territories = span.after;
    if (span.after < span.before)
        trim_atoms(s, span.after);
    if (span.after <= span.before)
        return true;
    const uint32_t columns = s->base->columns + 1;
    for (uint32_t i = span.before; i < span.after && !in->bad; ++i) {
        uint8_t row[(kCountryCodes / 64 + 1) * 8] = {0};
        const uint32_t head = vav_take_bounded(in, columns * 4 + 3);
        uint32_t column = 0;
        for (uint32_t n = head >> 2; n > 0 && !in->bad; --n) {
            column += vav_take_bounded(in, columns);
            if (column >= columns)
                return false;
            row[column / 8] |= (uint8_t)(1 << column % 8);
            ++column;
        }
        if ((head & 1) != 0) { /* the columns that are not in it were listed */
            for (uint32_t c = 0; c < columns; ++c)
                row[c / 8] ^= (uint8_t)(1 << c % 8);
        }
        if (in->bad || !vav_put_row(&s->territory_table, i, row) || ((head & 2) != 0 && !take_atom_list(s, in, i)))
            return false;
    }
    return true;
}

static bool take_sets(struct vav_rows** table, struct vav_input* in, struct vav_span span, uint32_t names)
{
    const uint32_t size = names / 8 + 1;
    uint8_t row[(kMaxNames / 64 + 1) * 8] = {0};
    for (uint32_t i = span.before; i < span.after; ++i) {
        const uint8_t* bits = vav_take_bytes(in, size);
        if (!bits)
            return false;
        memcpy(row, bits, size);
        if (!vav_put_row(table, i, row))
            return false;
    }
    return true;
}

/* Appends to the state's text; the row names it. */
static bool take_text(struct vav_state* s, struct vav_input* in, struct vav_rows** table, uint32_t row)
{
    const uint32_t length = vav_take_bounded(in, UINT16_MAX);
    const uint8_t* bytes = vav_take_bytes(in, length);
    if (in->bad)
        return false;
    uint8_t* text = vav_append_rows(&s->text_table, s->text_used, length);
    const uint32_t reference[2] = {s->text_used, length};
    if (!text || !vav_put_row(table, row, reference))
        return false;
    if (length > 0)
        memcpy(text, bytes, length);
    s->text_used += length;
    return true;
}

/* Of a state that went back behind its snapshot: what comes again has to be what was there. */
static bool take_same(struct vav_input* in, const uint8_t* text, size_t size)
{
    const uint32_t length = vav_take_bounded(in, UINT16_MAX);
    const uint8_t* bytes = vav_take_bytes(in, length);
    return !in->bad && length == size && (size == 0 || memcmp(bytes, text, size) == 0);
}

static bool take_terms(struct vav_state* s, struct vav_input* in, struct vav_span span)
{
    s->terms = span.after;
    const struct vav_base* b = s->base;
    for (uint32_t i = span.before; i < span.after; ++i) {
        if (i >= b->terms) {
            if (!take_text(s, in, &s->term_table, i - b->terms))
                return false;
            continue;
        }
        const uint32_t at = load32(b->term_offsets + (uint64_t)i * 4);
        if (!take_same(in, b->text + at, load32(b->term_offsets + (uint64_t)i * 4 + 4) - at))
            return false;
    }
    return true;
}

bool vav_take_id(struct vav_state* s, struct vav_input* in, uint32_t title)
{
    const struct vav_base* b = s->base;
    if (title >= b->titles)
        return take_text(s, in, &s->id_table, title - b->titles);
    char known[256];
    struct vav_state whole = *s; /* the id is asked before the title is there */
    whole.titles = b->titles;
    const size_t length = vav_title_id(&whole, title, known, sizeof known);
    return length <= sizeof known && take_same(in, (const uint8_t*)known, length);
}

bool vav_take_tables(struct vav_state* s, struct vav_input* in, const struct vav_delta_counts* counts)
{
    if (!take_dates(s, in, counts->dates) || !take_territories(s, in, counts->territories)
        || !take_sets(&s->site_table, in, counts->site_sets, s->base->sites)
        || !take_sets(&s->offer_table, in, counts->offer_sets, s->base->offers) || !take_terms(s, in, counts->terms))
        return false;
    s->site_sets = counts->site_sets.after;
    s->offer_sets = counts->offer_sets.after;
    vav_use_tables(s);
    return !in->bad;
}
