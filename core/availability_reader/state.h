#pragma once

#include "core/availability_reader/availability_reader.h"
#include "core/availability_reader/layout.h"

#include <stdatomic.h>

/* What a state is made of. Everything is written before the state is published and never after, except that rows are
 * appended behind what any published state looks at. Reference counts are touched by the applying thread alone. */

/* The mapped or borrowed bytes of a snapshot, with its sections. */
struct vav_base {
    uint32_t users;
    bool mapped;
    const uint8_t* bytes;
    uint64_t size, pages_size, ids_size, first_number;
    uint32_t titles, blocks, words, dates, columns, territories, atom_lists, atoms, sites, offers, site_sets,
        offer_sets;
    uint32_t terms, term_bytes, id_kind, id_width, buckets, text_size, partition_size, question;
    uint32_t start_bits, end_bits, offer_bits, site_bits, territory_bits, term_bits;
    const uint8_t *block_offsets, *pages, *date_rows, *column_codes, *territory_rows, *atom_list_rows, *atom_rows;
    const uint8_t *site_rows, *offer_rows, *site_names, *offer_names, *term_offsets, *id_rows, *id_text, *index;
    const uint8_t *bucket_starts, *text;
    uint16_t column_of[kCountryCodes];
};

/* Rows that grow at the end. */
struct vav_rows {
    uint32_t users;
    uint32_t stride, filled, capacity;
    uint8_t data[];
};

/* Leaves and pages that one delta wrote; of a snapshot its leaves. */
struct vav_arena {
    uint32_t users;
    uint64_t size;
    uint8_t data[];
};

/* The dates of a state in order, and the rank of each: how many different dates are not later. */
struct vav_clock {
    uint32_t users;
    uint32_t dates, sorted_count;
    int64_t first;
    uint32_t step_bits; /* of the directory: 2^step_bits ms */
    uint32_t* ranks; /* by index, with rows for every index that fits in a window */
    int64_t* sorted;
    uint32_t* directory; /* kDirectory + 1 ranks at first + n steps */
    uint64_t memory;
};

/* Ids of titles that came after the snapshot: open addressing, title + 1 or 0. */
struct vav_added {
    uint32_t users;
    uint32_t mask;
    uint32_t table[];
};

struct vav_arena_use {
    struct vav_arena* arena;
    uint32_t parts; /* leaves and pages that the state reads from it */
};

struct vav_changed {
    uint32_t title;
    uint32_t padding;
    uint64_t stamp; /* of the state that changed it */
};

enum { kDirectory = 4096, kSlots = 64, kLeafBlocks = 32 };

/* Where the pages of 32 blocks are, with what few of them have, a bit a block, so that pages need not be read for it.
 * The table of pages has two levels, so that a delta copies the leaves that it changes and not a word for each block of
 * the catalogue. */
struct vav_leaf {
    uint32_t wide, containers, gone;
    uint32_t rare; /* any of these */
    const uint8_t* pages[kLeafBlocks];
    uint32_t owners[kLeafBlocks]; /* 0: the base, else 1 + index of arenas */
};

struct vav_state {
    vav_reader* reader;
    struct vav_base* base;
    uint64_t version, stamp;
    uint8_t id[VAV_STATE_ID_BYTES];
    uint32_t titles, blocks, dates, territories, atom_lists, atoms, site_sets, offer_sets, terms;
    /* hot */
    uint32_t start_mask, end_mask, offer_mask, site_mask, territory_mask, term_mask;
    uint32_t end_shift, offer_shift, site_shift, territory_shift, term_shift;
    uint32_t territory_stride, site_stride, offer_stride;
    const uint32_t* ranks;
    const uint8_t *territory_rows, *site_rows, *offer_rows;
    const struct vav_leaf** leaves;
    uint32_t columns, sites, offers;
    /* owned */
    uint32_t* leaf_owner; /* 1 + index of arenas */
    struct vav_arena_use* arenas;
    uint32_t arena_count;
    struct vav_changed* changed; /* since the snapshot, rising by title */
    uint32_t changed_count;
    uint32_t added_ids; /* titles behind those of the base */
    struct vav_rows *date_table, *territory_table, *atom_list_table, *atom_table, *site_table, *offer_table;
    struct vav_rows *term_table, *id_table, *text_table; /* of what came after the snapshot: offset, length; text */
    uint32_t text_used;
    struct vav_clock* clock;
    struct vav_added* added;
    /* handing out */
    _Atomic uint64_t released;
    uint64_t acquired; /* in all, known once the state is no longer the present one */
    uint32_t slot;
    uint64_t memory; /* of this allocation */
};

struct vav_reader {
    _Atomic uint64_t current; /* slot in the upper 16 bits, number of acquires since it was put there below */
    struct vav_state* slots[kSlots];
    bool retired[kSlots];
    bool has_key;
    uint8_t key[VAV_KEY_BYTES];
    uint64_t next_stamp;
    struct vav_verifier* verifier;
};

/* digest.c */
bool vav_digest_fits(const uint8_t* bytes, uint64_t size);
struct vav_verifier* vav_make_verifier(const uint8_t* key);
void vav_free_verifier(struct vav_verifier* verifier);
bool vav_signature_fits(struct vav_verifier* verifier, const uint8_t* bytes);

/* base.c: maps, checks and unmaps a snapshot */
enum vav_status vav_load_base(
    struct vav_base** base, const void* bytes, size_t size, bool mapped, struct vav_verifier* verifier);
void vav_drop_base(struct vav_base* base);
enum vav_status vav_map_file(const char* path, const uint8_t** bytes, size_t* size);
void vav_unmap(const uint8_t* bytes, size_t size);

/* pages.c: one page of 64 titles */
struct vav_page {
    const uint8_t* bytes;
    const uint8_t* words;
    const uint8_t* terms;
    uint32_t word_count;
    uint64_t size;
};
static inline bool vav_page_is_wide(const uint8_t* page)
{
    return load32(page + kPageWideAt) != 0;
}
static inline uint32_t vav_page_start(const uint8_t* page, uint32_t index)
{
    return vav_page_is_wide(page) ? load32(page + kPageStartsAt + 4 * (uint64_t)index)
                                  : load16(page + kPageStartsAt + 2 * (uint64_t)index);
}
static inline const uint8_t* vav_page_words(const uint8_t* page)
{
    return page + (vav_page_is_wide(page) ? kPageWideHeader : kPageNarrowHeader);
}
uint64_t vav_page_size(uint32_t words, uint32_t term_bytes, bool wide);
bool vav_page_fits(const struct vav_base* base, uint64_t at, uint64_t end);

/* rows.c */
struct vav_rows* vav_make_rows(uint32_t stride, uint32_t count, uint32_t capacity, const uint8_t* data);
void vav_drop_rows(struct vav_rows* rows);
/* Room for more rows behind the first count; *rows may become a copy. Returns the first new row, or NULL. */
uint8_t* vav_append_rows(struct vav_rows** rows, uint32_t count, uint32_t more);
/* Puts a row behind the first at ones; what is there already and alike is left alone. False: no memory. */
bool vav_put_row(struct vav_rows** rows, uint32_t at, const void* row);

/* clock.c */
struct vav_clock* vav_make_clock(const struct vav_rows* dates, uint32_t count, uint32_t capacity);
/* The same clock with the dates behind those it knows; made by one pass over them. */
struct vav_clock* vav_extend_clock(
    const struct vav_clock* clock, const struct vav_rows* dates, uint32_t count, uint32_t capacity);
void vav_drop_clock(struct vav_clock* clock);
uint32_t vav_rank_at(const struct vav_clock* clock, int64_t at);

/* state.c */
struct vav_state* vav_make_state(vav_reader* reader, struct vav_base* base);
/* Takes the short ways to the tables and the clock, after these were changed. */
void vav_use_tables(struct vav_state* state);
/* A copy that shares all there is, with room for so many blocks, arenas and changed titles; its leaves are still to be
 * filled in. */
struct vav_state* vav_copy_state(const struct vav_state* from, uint32_t blocks, uint32_t arenas, uint32_t changed);
static inline uint32_t vav_leaves_for(uint32_t blocks)
{
    return (blocks + kLeafBlocks - 1) / kLeafBlocks;
}
static inline const struct vav_leaf* vav_leaf_of(const struct vav_state* state, uint32_t block)
{
    return state->leaves[block / kLeafBlocks];
}
static inline const uint8_t* vav_page_of(const struct vav_state* state, uint32_t block)
{
    return vav_leaf_of(state, block)->pages[block % kLeafBlocks];
}
static inline bool vav_marks(uint32_t mask, uint32_t block)
{
    return (mask >> block % kLeafBlocks & 1) != 0;
}
void vav_set_page(struct vav_leaf* leaf, uint32_t block, const uint8_t* page, uint32_t owner);
void vav_drop_state(struct vav_state* state);
/* Makes the state the present one. Takes it over in any case. */
enum vav_status vav_publish(vav_reader* reader, struct vav_state* state);

/* find.c */
uint64_t vav_hash(const uint8_t* bytes, size_t size);
struct vav_text vav_added_id(const struct vav_state* state, uint32_t title);
struct vav_added* vav_make_added(const struct vav_state* state, uint32_t added);

/* ask.c */
static inline bool vav_bit(const uint8_t* bits, uint32_t index)
{
    return (bits[index >> 3] >> (index & 7) & 1) != 0;
}
bool vav_holds_subdivision(const struct vav_state* state, uint32_t territory, const struct vav_cell* cell);
