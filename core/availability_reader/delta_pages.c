#include "core/availability_reader/delta_input.h"

#include <stdlib.h>

/* What a delta says about one title. */
struct change {
    uint32_t title, windows, members;
    bool container, gone;
    struct vav_input at_members;
};

/* The widths of a window's fields in the delta. */
struct widths {
    uint32_t date, offer, site, territory, term;
};

static bool skip_members(struct vav_input* in, uint32_t count, uint32_t titles)
{
    uint64_t next = 0;
    for (uint32_t i = 0; i < count && !in->bad; ++i) {
        next += vav_take_number(in);
        if (next >= titles)
            return false;
        ++next;
    }
    return !in->bad;
}

/* The list of changed titles, in rising order. */
static bool take_changes(
    struct vav_state* s, struct vav_input* in, const struct vav_delta_counts* counts, struct change* changes)
{
    uint64_t next = 0, windows = 0;
    uint32_t next_new = counts->titles.before;
    for (uint32_t i = 0; i < counts->changed && !in->bad; ++i) {
        struct change* change = changes + i;
        next += vav_take_number(in);
        if (next >= counts->titles.after)
            return false;
        change->title = (uint32_t)next++;
        const uint32_t head = vav_take_bounded(in, UINT32_MAX >> 1);
        change->container = (head & 1) != 0;
        change->gone = (head & 2) != 0;
        change->windows = head >> 2;
        if (change->title >= counts->titles.before) {
            if (change->title != next_new++ || !vav_take_id(s, in, change->title))
                return false;
        }
        change->members = change->container ? vav_take_bounded(in, counts->titles.after) : 0;
        change->at_members = *in;
        if (!skip_members(in, change->members, counts->titles.after))
            return false;
        /* A window takes two bits at least, so that a short delta cannot ask for much memory. */
        windows += change->windows;
        if (windows / 4 > (uint64_t)(in->end - in->at))
            return false;
    }
    return !in->bad && (counts->titles.after <= counts->titles.before || next_new == counts->titles.after);
}

static bool take_window(
    const struct vav_state* s, struct vav_input* in, const struct widths* w, uint8_t* word, uint8_t* column)
{
    const uint32_t deny = vav_take_bits(in, 1);
    const uint32_t start = vav_take_bits(in, w->date), end = vav_take_bits(in, w->date);
    const uint32_t offer = vav_take_bits(in, w->offer), site = vav_take_bits(in, w->site);
    const uint32_t territory = vav_take_bits(in, w->territory);
    const uint32_t term = deny ? 0 : vav_take_bits(in, w->term);
    if (in->bad || start >= s->dates + kFirstDateIndex || end >= s->dates + kFirstDateIndex || offer >= s->offer_sets
        || site >= s->site_sets || territory >= s->territories || (!deny && term >= s->terms))
        return false;
    uint64_t packed = (uint64_t)deny << 63 | start | (uint64_t)end << s->end_shift | (uint64_t)offer << s->offer_shift
        | (uint64_t)site << s->site_shift | (uint64_t)territory << s->territory_shift;
    const uint32_t term_bytes = s->base->term_bytes;
    if (term_bytes == 0)
        packed |= (uint64_t)term << s->term_shift;
    memcpy(column, &term, term_bytes);
    store64(word, packed);
    return true;
}

/* A page under construction. */
struct writer {
    uint8_t *page, *words, *terms;
    uint32_t count;
    bool wide;
};

static void set_start(struct writer* w, uint32_t index)
{
    uint8_t* starts = w->page + kPageStartsAt;
    if (w->wide)
        store32(starts + 4 * (uint64_t)index, w->count);
    else
        memcpy(starts + 2 * (uint64_t)index, &(uint16_t) {(uint16_t)w->count}, 2);
}

/* Titles [first, last) of the block as they were, which is three copies. */
static void copy_titles(const struct vav_state* s, struct writer* w, const uint8_t* old, uint32_t first, uint32_t last)
{
    if (!old || first == last) {
        for (uint32_t i = first; i < last; ++i)
            set_start(w, i);
        return;
    }
    const uint32_t from = vav_page_start(old, first), count = vav_page_start(old, last) - from;
    const uint32_t before = w->count, term_bytes = s->base->term_bytes;
    const uint8_t* words = vav_page_words(old);
    const uint8_t* terms = words + (uint64_t)load32(old + kPageWordsAt) * 8;
    for (uint32_t i = first; i < last; ++i) {
        w->count = before + (vav_page_start(old, i) - from);
        set_start(w, i);
    }
    memcpy(w->words + (uint64_t)before * 8, words + (uint64_t)from * 8, (size_t)count * 8);
    if (term_bytes > 0)
        memcpy(
            w->terms + (uint64_t)before * term_bytes, terms + (uint64_t)from * term_bytes, (size_t)count * term_bytes);
    w->count = before + count;
}

static bool write_change(const struct vav_state* s, struct writer* w, struct vav_input* in, const struct change* change,
    const struct widths* widths)
{
    const uint32_t term_bytes = s->base->term_bytes;
    for (uint32_t i = 0; i < change->windows; ++i, ++w->count) {
        uint8_t* word = w->words + (uint64_t)w->count * 8;
        if (!take_window(s, in, widths, word, w->terms + (uint64_t)w->count * term_bytes)
            || (change->container && (load64(word) & VAV_DENY) == 0))
            return false;
    }
    if (term_bytes > 0)
        memset(w->terms + (uint64_t)w->count * term_bytes, 0, (size_t)change->members * term_bytes);
    struct vav_input members = change->at_members;
    uint64_t next = 0;
    for (uint32_t i = 0; i < change->members; ++i, ++w->count) {
        next += vav_take_number(&members);
        store64(w->words + (uint64_t)w->count * 8, next++);
    }
    return true;
}

static uint32_t words_of_old(const uint8_t* old, uint32_t in_block)
{
    return old ? vav_page_start(old, in_block + 1) - vav_page_start(old, in_block) : 0;
}

/* How many words the page will have. */
static uint64_t words_after(const uint8_t* old, const struct change* changes, uint32_t count)
{
    uint64_t words = old ? load32(old + kPageWordsAt) : 0;
    for (uint32_t i = 0; i < count; ++i)
        words += (uint64_t)changes[i].windows + changes[i].members - words_of_old(old, changes[i].title % kBlockTitles);
    return words;
}

static uint64_t write_page(const struct vav_state* s, uint8_t* at, const uint8_t* old, const struct change* changes,
    uint32_t count, struct vav_input* in, const struct widths* widths)
{
    const uint32_t words = (uint32_t)words_after(old, changes, count);
    struct writer w = {.page = at, .wide = words > UINT16_MAX};
    const uint32_t header = w.wide ? kPageWideHeader : kPageNarrowHeader;
    const uint64_t size = vav_page_size(words, s->base->term_bytes, w.wide);
    memset(at + header - 8, 0, 8);
    if (size > header)
        memset(at + size - 8, 0, 8);
    w.words = at + header;
    w.terms = w.words + (uint64_t)words * 8;
    store32(at + kPageWordsAt, words);
    store32(at + kPageWideAt, w.wide);
    uint64_t containers = old ? load64(old + kPageContainersAt) : 0, gone = old ? load64(old + kPageGoneAt) : 0;
    uint32_t next = 0;
    for (; count > 0; ++changes, --count) {
        const uint32_t i = changes->title % kBlockTitles;
        copy_titles(s, &w, old, next, i);
        set_start(&w, i);
        if (!write_change(s, &w, in, changes, widths))
            return 0;
        containers = (containers & ~((uint64_t)1 << i)) | (uint64_t)changes->container << i;
        gone = (gone & ~((uint64_t)1 << i)) | (uint64_t)changes->gone << i;
        next = i + 1;
    }
    copy_titles(s, &w, old, next, kBlockTitles);
    set_start(&w, kBlockTitles);
    store64(at + kPageContainersAt, containers);
    store64(at + kPageGoneAt, gone);
    return size;
}

/* Lists of what changed since the snapshot, both rising by title; new ones are stamped when they are published. */
static void merge_changed(struct vav_state* s, const struct vav_state* from, const struct change* changes, uint32_t n)
{
    uint32_t i = 0, j = 0;
    while (i < from->changed_count || j < n) {
        struct vav_changed* out = s->changed + s->changed_count++;
        const bool takes_new = j < n && (i >= from->changed_count || changes[j].title <= from->changed[i].title);
        if (!takes_new) {
            *out = from->changed[i++];
            continue;
        }
        i += i < from->changed_count && from->changed[i].title == changes[j].title;
        *out = (struct vav_changed) {changes[j++].title, 0, 0};
    }
}

/* One part less is read from an arena; without any the state lets go of it. The state before still holds it. */
static void leave_arena(struct vav_state* s, uint32_t owner)
{
    if (owner == 0 || --s->arenas[owner - 1].parts > 0)
        return;
    --s->arenas[owner - 1].arena->users;
    s->arenas[owner - 1].arena = NULL;
}

/* Takes over the leaves that stay, with a share in the arenas that they and their pages lie in. */
static void share_leaves(struct vav_state* s, const struct vav_state* from)
{
    const uint32_t before = vav_leaves_for(from->blocks), after = vav_leaves_for(s->blocks);
    const uint32_t kept = after < before ? after : before;
    memcpy(s->leaves, from->leaves, kept * sizeof *s->leaves);
    memcpy(s->leaf_owner, from->leaf_owner, kept * sizeof *s->leaf_owner);
    s->arena_count = from->arena_count;
    for (uint32_t i = 0; i < from->arena_count; ++i) {
        s->arenas[i] = from->arenas[i];
        if (s->arenas[i].arena)
            ++s->arenas[i].arena->users;
    }
    for (uint32_t block = s->blocks; block < from->blocks; ++block)
        leave_arena(s, vav_leaf_of(from, block)->owners[block % kLeafBlocks]);
    for (uint32_t i = kept; i < before; ++i)
        leave_arena(s, from->leaf_owner[i]);
}

/* Takes the arena over, in the first free place. Returns who owns its parts. */
static uint32_t add_arena(struct vav_state* s, struct vav_arena* arena, uint32_t parts)
{
    uint32_t i = 0;
    while (i < s->arena_count && s->arenas[i].arena)
        ++i;
    s->arenas[i] = (struct vav_arena_use) {arena, parts};
    s->arena_count += i == s->arena_count;
    return i + 1;
}

/* The leaf of a block as one that may be written: a copy, or for a block that is new an empty one. */
static struct vav_leaf* own_leaf(
    struct vav_state* s, uint32_t known_leaves, uint32_t block, uint32_t owner, struct vav_leaf** next)
{
    const uint32_t at = block / kLeafBlocks;
    if (at < known_leaves && s->leaf_owner[at] == owner)
        return *next - 1; /* blocks rise, so it is the one made last */
    struct vav_leaf* leaf = (*next)++;
    memset(leaf, 0, sizeof *leaf);
    if (at < known_leaves) {
        memcpy(leaf, s->leaves[at], sizeof *leaf);
        leave_arena(s, s->leaf_owner[at]);
    }
    s->leaves[at] = leaf;
    s->leaf_owner[at] = owner;
    return leaf;
}

/* Changes of one block follow each other. */
static uint32_t same_block(const struct change* changes, uint32_t count)
{
    uint32_t n = 1;
    while (n < count && changes[n].title / kBlockTitles == changes->title / kBlockTitles)
        ++n;
    return n;
}

/* What a delta writes. */
struct amount {
    uint64_t page_bytes;
    uint32_t pages, leaves;
};

/* False when there are too many words. */
static bool measure_pages(
    const struct vav_state* from, const struct change* changes, uint32_t count, struct amount* amount)
{
    const uint32_t term_bytes = from->base->term_bytes;
    uint32_t leaf = UINT32_MAX;
    for (uint32_t i = 0; i < count; ++amount->pages) {
        const uint32_t n = same_block(changes + i, count - i), block = changes[i].title / kBlockTitles;
        const uint64_t words = words_after(block < from->blocks ? vav_page_of(from, block) : NULL, changes + i, n);
        if (words >= INT32_MAX)
            return false;
        amount->page_bytes += vav_page_size((uint32_t)words, term_bytes, words > UINT16_MAX);
        amount->leaves += leaf != block / kLeafBlocks;
        leaf = block / kLeafBlocks;
        i += n;
    }
    return true;
}

static enum vav_status write_pages(struct vav_state* s, const struct vav_state* from, const struct change* changes,
    uint32_t count, struct vav_input* in, const struct widths* widths)
{
    share_leaves(s, from);
    struct amount amount = {0, 0, 0};
    uint32_t known = from->blocks;
    if (!measure_pages(from, changes, count, &amount))
        return VAV_CORRUPT;
    if (amount.pages == 0)
        return known < s->blocks ? VAV_CORRUPT : VAV_OK;
    const uint64_t leaf_bytes = (uint64_t)amount.leaves * sizeof(struct vav_leaf);
    struct vav_arena* arena = malloc(sizeof *arena + leaf_bytes + amount.page_bytes);
    if (!arena)
        return VAV_NO_MEMORY;
    arena->users = 1;
    arena->size = leaf_bytes + amount.page_bytes;
    const uint32_t owner = add_arena(s, arena, amount.pages + amount.leaves);
    struct vav_leaf* next_leaf = (void*)arena->data;
    uint8_t* at = arena->data + leaf_bytes;
    for (uint32_t i = 0; i < count;) {
        const uint32_t n = same_block(changes + i, count - i), block = changes[i].title / kBlockTitles;
        if (block > known)
            return VAV_CORRUPT; /* a block between would have no page */
        const uint8_t* old = block < from->blocks ? vav_page_of(from, block) : NULL;
        const uint64_t written = write_page(s, at, old, changes + i, n, in, widths);
        if (written == 0)
            return VAV_CORRUPT;
        struct vav_leaf* leaf = own_leaf(s, vav_leaves_for(known), block, owner, &next_leaf);
        if (old)
            leave_arena(s, vav_leaf_of(from, block)->owners[block % kLeafBlocks]);
        known += block == known;
        vav_set_page(leaf, block, at, owner);
        at += written;
        i += n;
    }
    return known < s->blocks ? VAV_CORRUPT : VAV_OK;
}

enum vav_status vav_take_titles(
    struct vav_state* s, const struct vav_state* from, struct vav_input* in, const struct vav_delta_counts* counts)
{
    struct change* changes = calloc((size_t)counts->changed + 1, sizeof *changes);
    if (!changes)
        return VAV_NO_MEMORY;
    s->titles = counts->titles.after;
    s->blocks = (uint32_t)(((uint64_t)s->titles + kBlockTitles - 1) / kBlockTitles);
    enum vav_status status = take_changes(s, in, counts, changes) ? VAV_OK : VAV_CORRUPT;
    const struct widths widths = {vav_bits_for((uint64_t)s->dates + kFirstDateIndex), vav_bits_for(s->offer_sets),
        vav_bits_for(s->site_sets), vav_bits_for(s->territories), vav_bits_for(s->terms)};
    if (status == VAV_OK)
        status = write_pages(s, from, changes, counts->changed, in, &widths);
    if (status == VAV_OK && (in->bad || in->at != in->end || in->bits != 0))
        status = VAV_CORRUPT;
    if (status == VAV_OK)
        merge_changed(s, from, changes, counts->changed);
    free(changes);
    return status;
}
