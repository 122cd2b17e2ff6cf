#include "core/availability_reader/state.h"

#include <stdlib.h>

static uint32_t mask_of(uint32_t bits)
{
    return (uint32_t)(((uint64_t)1 << bits) - 1);
}

/* One allocation for the state and its four arrays. */
static struct vav_state* allocate(uint32_t leaves, uint32_t arenas, uint32_t changed)
{
    const uint64_t leaves_at = (sizeof(struct vav_state) + 15) & ~(uint64_t)15;
    const uint64_t changed_at = leaves_at + (uint64_t)leaves * sizeof(const struct vav_leaf*);
    const uint64_t arenas_at = changed_at + (uint64_t)changed * sizeof(struct vav_changed);
    const uint64_t owner_at = arenas_at + (uint64_t)arenas * sizeof(struct vav_arena_use);
    const uint64_t size = owner_at + (uint64_t)leaves * 4;
    uint8_t* bytes = malloc(size);
    if (!bytes)
        return NULL;
    memset(bytes, 0, sizeof(struct vav_state));
    struct vav_state* state = (void*)bytes;
    state->leaves = (void*)(bytes + leaves_at);
    state->changed = (void*)(bytes + changed_at);
    state->arenas = (void*)(bytes + arenas_at);
    state->leaf_owner = (void*)(bytes + owner_at);
    state->memory = size;
    atomic_init(&state->released, 0);
    return state;
}

static void set_layout(struct vav_state* s)
{
    const struct vav_base* b = s->base;
    s->start_mask = mask_of(b->start_bits);
    s->end_mask = mask_of(b->end_bits);
    s->offer_mask = mask_of(b->offer_bits);
    s->site_mask = mask_of(b->site_bits);
    s->territory_mask = mask_of(b->territory_bits);
    s->term_mask = mask_of(b->term_bits);
    s->end_shift = b->start_bits;
    s->offer_shift = s->end_shift + b->end_bits;
    s->site_shift = s->offer_shift + b->offer_bits;
    s->territory_shift = s->site_shift + b->site_bits;
    s->term_shift = s->territory_shift + b->territory_bits;
    s->territory_stride = (b->columns / 64 + 1) * 8;
    s->site_stride = (b->sites / 64 + 1) * 8;
    s->offer_stride = (b->offers / 64 + 1) * 8;
    s->columns = b->columns;
    s->sites = b->sites;
    s->offers = b->offers;
}

void vav_use_tables(struct vav_state* s)
{
    s->ranks = s->clock->ranks;
    s->territory_rows = s->territory_table->data;
    s->site_rows = s->site_table->data;
    s->offer_rows = s->offer_table->data;
}

static uint32_t with_room(uint32_t count)
{
    return count + count / 8 + 32;
}

/* The leaves of a snapshot, in an arena of their own. */
static bool fill_leaves(struct vav_state* s, const struct vav_base* b)
{
    const uint32_t count = vav_leaves_for(b->blocks);
    const uint64_t size = (uint64_t)count * sizeof(struct vav_leaf);
    if (count == 0)
        return true;
    struct vav_arena* arena = calloc(1, sizeof *arena + size);
    if (!arena)
        return false;
    arena->users = 1;
    arena->size = size;
    s->arenas[s->arena_count++] = (struct vav_arena_use) {arena, count};
    struct vav_leaf* leaves = (void*)arena->data;
    for (uint32_t i = 0; i < count; ++i) {
        s->leaves[i] = leaves + i;
        s->leaf_owner[i] = 1;
    }
    for (uint32_t i = 0; i < b->blocks; ++i) {
        const uint8_t* page = b->pages + (uint64_t)load32(b->block_offsets + (uint64_t)i * 4) * 8;
        vav_set_page(leaves + i / kLeafBlocks, i, page, 0);
    }
    return true;
}

struct vav_state* vav_make_state(vav_reader* reader, struct vav_base* b)
{
    struct vav_state* s = allocate(vav_leaves_for(b->blocks), 1, 0);
    if (!s)
        return NULL;
    s->reader = reader;
    s->base = b;
    ++b->users;
    s->version = load64(b->bytes + kVersionAt);
    memcpy(s->id, b->bytes + kStateIdAt, sizeof s->id);
    s->titles = b->titles;
    s->blocks = b->blocks;
    s->dates = b->dates;
    s->territories = b->territories;
    s->atom_lists = b->atom_lists;
    s->atoms = b->atoms;
    s->site_sets = b->site_sets;
    s->offer_sets = b->offer_sets;
    s->terms = b->terms;
    set_layout(s);
    const bool has_leaves = fill_leaves(s, b);
    s->date_table = vav_make_rows(8, b->dates, with_room(b->dates), b->date_rows);
    s->territory_table
        = vav_make_rows(s->territory_stride, b->territories, with_room(b->territories), b->territory_rows);
    s->atom_list_table = vav_make_rows(kAtomListSize, b->atom_lists, b->atom_lists, b->atom_list_rows);
    s->atom_table = vav_make_rows(4, b->atoms, b->atoms, b->atom_rows);
    s->site_table = vav_make_rows(s->site_stride, b->site_sets, with_room(b->site_sets), b->site_rows);
    s->offer_table = vav_make_rows(s->offer_stride, b->offer_sets, with_room(b->offer_sets), b->offer_rows);
    s->term_table = vav_make_rows(8, 0, 0, NULL);
    s->id_table = vav_make_rows(8, 0, 0, NULL);
    s->text_table = vav_make_rows(1, 0, 0, NULL);
    if (s->date_table)
        s->clock = vav_make_clock(s->date_table, s->dates, s->date_table->capacity);
    if (!has_leaves || !s->date_table || !s->territory_table || !s->atom_list_table || !s->atom_table || !s->site_table
        || !s->offer_table || !s->term_table || !s->id_table || !s->text_table || !s->clock) {
        vav_drop_state(s);
        return NULL;
    }
    vav_use_tables(s);
    return s;
}

static struct vav_rows* share(struct vav_rows* rows)
{
    ++rows->users;
    return rows;
}

struct vav_state* vav_copy_state(const struct vav_state* from, uint32_t blocks, uint32_t arenas, uint32_t changed)
{
    struct vav_state* s = allocate(vav_leaves_for(blocks), arenas, changed);
    if (!s)
        return NULL;
    const struct vav_state fresh = *s;
    memcpy(s, from, offsetof(struct vav_state, released));
    s->leaves = fresh.leaves;
    s->changed = fresh.changed;
    s->arenas = fresh.arenas;
    s->leaf_owner = fresh.leaf_owner;
    s->arena_count = 0;
    s->changed_count = 0;
    s->memory = fresh.memory;
    ++s->base->users;
    ++s->clock->users;
    if (s->added)
        ++s->added->users;
    s->date_table = share(s->date_table);
    s->territory_table = share(s->territory_table);
    s->atom_list_table = share(s->atom_list_table);
    s->atom_table = share(s->atom_table);
    s->site_table = share(s->site_table);
    s->offer_table = share(s->offer_table);
    s->term_table = share(s->term_table);
    s->id_table = share(s->id_table);
    s->text_table = share(s->text_table);
    return s;
}

void vav_drop_state(struct vav_state* s)
{
    if (!s)
        return;
    for (uint32_t i = 0; i < s->arena_count; ++i) {
        if (s->arenas[i].arena && --s->arenas[i].arena->users == 0)
            free(s->arenas[i].arena);
    }
    struct vav_rows* const tables[] = {s->date_table, s->territory_table, s->atom_list_table, s->atom_table,
        s->site_table, s->offer_table, s->term_table, s->id_table, s->text_table};
    for (unsigned i = 0; i < sizeof tables / sizeof *tables; ++i)
        vav_drop_rows(tables[i]);
    vav_drop_clock(s->clock);
    if (s->added && --s->added->users == 0)
        free(s->added);
    vav_drop_base(s->base);
    free(s);
}

uint64_t vav_version(const vav_state* state)
{
    return state->version;
}

const uint8_t* vav_state_id(const vav_state* state)
{
    return state->id;
}

uint32_t vav_title_count(const vav_state* state)
{
    return state->titles;
}

enum vav_question vav_question_of(const vav_state* state)
{
    return (enum vav_question)state->base->question;
}

struct vav_text vav_partition(const vav_state* state)
{
    const struct vav_text partition = {(const char*)state->base->text, state->base->partition_size};
    return partition;
}

uint64_t vav_memory(const vav_state* s)
{
    uint64_t bytes = s->base->size + sizeof *s->base + s->memory + s->clock->memory;
    const struct vav_rows* const tables[] = {s->date_table, s->territory_table, s->atom_list_table, s->atom_table,
        s->site_table, s->offer_table, s->term_table, s->id_table, s->text_table};
    for (unsigned i = 0; i < sizeof tables / sizeof *tables; ++i)
        bytes += sizeof *tables[i] + (uint64_t)tables[i]->capacity * tables[i]->stride;
    for (uint32_t i = 0; i < s->arena_count; ++i)
        bytes += s->arenas[i].arena ? sizeof *s->arenas[i].arena + s->arenas[i].arena->size : 0;
    if (s->added)
        bytes += sizeof *s->added + ((uint64_t)s->added->mask + 1) * 4;
    return bytes;
}
