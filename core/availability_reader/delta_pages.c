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

static void copy_title(const struct vav_state* s, struct writer* w, const uint8_t* old, uint32_t in_block)
{
    const uint32_t from = vav_page_start(old, in_block), count = vav_page_start(old, in_block + 1) - from;
    const uint32_t term_bytes = s->base->term_bytes;
    const uint8_t* words = vav_page_words(old);
    const uint8_t* terms = words + (uint64_t)load32(old + kPageWordsAt) * 8;
    if (count == 0)
        return;
    memcpy(w->words + (uint64_t)w->count * 8, words + (uint64_t)from * 8, (size_t)count * 8);
    if (term_bytes > 0)
        memcpy(w->terms + (uint64_t)w->count * term_bytes, terms + (uint64_t)from * term_bytes,
            (size_t)count * term_bytes);
    w->count += count;
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
    w.words = at + (w.wide ? kPageWideHeader : kPageNarrowHeader);
    w.terms = w.words + (uint64_t)words * 8;
    store32(at + kPageWordsAt, words);
    store32(at + kPageWideAt, w.wide);
    uint64_t containers = old ? load64(old + kPageContainersAt) : 0, gone = old ? load64(old + kPageGoneAt) : 0;
    for (uint32_t i = 0; i < kBlockTitles; ++i) {
        set_start(&w, i);
        if (count == 0 || changes->title % kBlockTitles != i) {
            if (old)
                copy_title(s, &w, old, i);
            continue;
        }
        if (!write_change(s, &w, in, changes, widths))
            return 0;
        containers = (containers & ~((uint64_t)1 << i)) | (uint64_t)changes->container << i;
        gone = (gone & ~((uint64_t)1 << i)) | (uint64_t)changes->gone << i;
        ++changes;
        --count;
    }
    set_start(&w, kBlockTitles);
    store64(at + kPageContainersAt, containers);
    store64(at + kPageGoneAt, gone);
    return vav_page_size(words, s->base->term_bytes, w.wide);
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

/* Takes over the pages that stay, with a share in the arenas they lie in. */
static void share_pages(struct vav_state* s, const struct vav_state* from)
{
    const uint32_t kept = s->blocks < from->blocks ? s->blocks : from->blocks;
    memcpy(s->pages, from->pages, kept * sizeof *s->pages);
    memcpy(s->page_owner, from->page_owner, kept * sizeof *s->page_owner);
    memcpy(s->page_tags, from->page_tags, kept);
    s->arena_count = from->arena_count;
    for (uint32_t i = 0; i < from->arena_count; ++i) {
        s->arenas[i] = from->arenas[i];
        if (s->arenas[i].arena)
            ++s->arenas[i].arena->users;
    }
}

/* One block less is read from an arena; without any the state lets go of it. The state before still holds it. */
static void leave_arena(struct vav_state* s, uint32_t owner)
{
    if (owner == 0 || --s->arenas[owner - 1].blocks > 0)
        return;
    --s->arenas[owner - 1].arena->users;
    s->arenas[owner - 1].arena = NULL;
}

/* Takes the arena over, in the first free place. Returns who owns its pages. */
static uint32_t add_arena(struct vav_state* s, struct vav_arena* arena, uint32_t blocks)
{
    uint32_t i = 0;
    while (i < s->arena_count && s->arenas[i].arena)
        ++i;
    s->arenas[i] = (struct vav_arena_use) {arena, blocks};
    s->arena_count += i == s->arena_count;
    return i + 1;
}

/* Changes of one block follow each other. */
static uint32_t same_block(const struct change* changes, uint32_t count)
{
    uint32_t n = 1;
    while (n < count && changes[n].title / kBlockTitles == changes->title / kBlockTitles)
        ++n;
    return n;
}

/* Bytes of all new pages, and how many there are; false when they are too many. */
static bool measure_pages(
    const struct vav_state* from, const struct change* changes, uint32_t count, uint64_t* size, uint32_t* pages)
{
    const uint32_t term_bytes = from->base->term_bytes;
    for (uint32_t i = 0; i < count; ++*pages) {
        const uint32_t n = same_block(changes + i, count - i), block = changes[i].title / kBlockTitles;
        const uint64_t words = words_after(block < from->blocks ? from->pages[block] : NULL, changes + i, n);
        if (words >= INT32_MAX)
            return false;
        *size += vav_page_size((uint32_t)words, term_bytes, words > UINT16_MAX);
        i += n;
    }
    return true;
}

static enum vav_status write_pages(struct vav_state* s, const struct vav_state* from, const struct change* changes,
    uint32_t count, struct vav_input* in, const struct widths* widths)
{
    share_pages(s, from);
    for (uint32_t block = s->blocks; block < from->blocks; ++block)
        leave_arena(s, from->page_owner[block]);
    uint64_t size = 0;
    uint32_t pages = 0, known = from->blocks;
    if (!measure_pages(from, changes, count, &size, &pages))
        return VAV_CORRUPT;
    if (pages == 0)
        return known < s->blocks ? VAV_CORRUPT : VAV_OK;
    struct vav_arena* arena = calloc(1, sizeof *arena + size);
    if (!arena)
        return VAV_NO_MEMORY;
    arena->users = 1;
    arena->size = size;
    const uint32_t owner = add_arena(s, arena, pages);
    uint8_t* at = arena->data;
    for (uint32_t i = 0; i < count;) {
        const uint32_t n = same_block(changes + i, count - i), block = changes[i].title / kBlockTitles;
        if (block > known)
            return VAV_CORRUPT; /* a block between would have no page */
        const uint8_t* old = block < from->blocks ? from->pages[block] : NULL;
        const uint64_t written = write_page(s, at, old, changes + i, n, in, widths);
        if (written == 0)
            return VAV_CORRUPT;
        if (old)
            leave_arena(s, from->page_owner[block]);
        known += block == known;
        s->pages[block] = at;
        s->page_owner[block] = owner;
        s->page_tags[block] = vav_page_tags(at);
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
