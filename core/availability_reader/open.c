#define _POSIX_C_SOURCE 200809L

#include "core/availability_reader/availability_reader.h"
#include "core/availability_reader/layout.h"
#include "core/availability_reader/sha256.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint8_t kMagic[8] = {'V', 'I', 'D', 'A', 'V', 'A', 'I', 'L'};

/* Sections follow each other in this order, each beginning at a multiple of 8. */
static bool read_sections(struct vav_snapshot* s)
{
    const struct {
        const uint8_t** start;
        uint64_t bytes;
    } sections[12] = {
        {&s->titles, (uint64_t)s->title_count * kTitleSize},
        {&s->title_table, (uint64_t)s->slot_count * kSlotSize},
        {&s->windows, (uint64_t)s->window_count * kWindowSize},
        {&s->instants, (uint64_t)s->instant_count * kInstantSize},
        {&s->territories, (uint64_t)s->territory_count * kTerritorySize},
        {&s->atoms, (uint64_t)s->atom_count * kAtomSize},
        {&s->site_sets, (uint64_t)s->site_set_count * s->site_words * 8},
        {&s->offer_sets, (uint64_t)s->offer_set_count * s->offer_words * 8},
        {&s->sites, (uint64_t)s->site_count * kTextRefSize},
        {&s->offers, (uint64_t)s->offer_count * kTextRefSize},
        {&s->rules, (uint64_t)s->rule_count * kTextRefSize},
        {&s->text, s->text_size},
    };
    uint64_t end = kHeaderSize;
    for (unsigned i = 0; i < 12; ++i) {
        const uint64_t at = load64(s->bytes + kSectionsAt + 8 * i);
        if (at != ((end + 7) & ~(uint64_t)7) || at > s->size || sections[i].bytes > s->size - at)
            return false;
        *sections[i].start = s->bytes + at;
        end = at + sections[i].bytes;
    }
    return end == s->size;
}

static bool texts_fit(const struct vav_snapshot* s, const uint8_t* refs, uint32_t count)
{
    for (uint32_t i = 0; i < count; ++i) {
        const uint32_t at = load32(refs + (uint64_t)i * kTextRefSize);
        const uint32_t length = load32(refs + (uint64_t)i * kTextRefSize + 4);
        if (at > s->text_size || length > s->text_size - at)
            return false;
    }
    return true;
}

static bool titles_fit(const struct vav_snapshot* s)
{
    for (uint32_t i = 0; i < s->title_count; ++i) {
        const uint8_t* title = s->titles + (uint64_t)i * kTitleSize;
        const uint32_t at = load32(title), length = load32(title + 4);
        const uint64_t windows = (uint64_t)load32(title + 12) + load32(title + 16);
        const uint32_t below = load32(title + 20) & ~VAV_CONTAINER;
        if (at > s->text_size || length > s->text_size - at || load32(title + 8) + windows > s->window_count
            || below > s->title_count - 1 - i)
            return false;
    }
    return true;
}

/* At least one slot is free, so that a search for what is not there ends. */
static bool slots_fit(const struct vav_snapshot* s)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < s->slot_count; ++i) {
        const uint32_t slot = load32(s->title_table + (uint64_t)i * kSlotSize);
        if (slot > s->title_count)
            return false;
        used += slot != 0;
    }
    return s->slot_count > 0 && (s->slot_count & (s->slot_count - 1)) == 0 && used < s->slot_count;
}

static bool windows_fit(const struct vav_snapshot* s)
{
    for (uint32_t i = 0; i < s->window_count; ++i) {
        const uint8_t* window = s->windows + (uint64_t)i * kWindowSize;
        const uint32_t rule = load32(window + 12);
        if (load32(window) >= s->territory_count || load32(window + 4) >= s->site_set_count
            || load32(window + 8) >= s->offer_set_count || (rule >= s->rule_count && rule != VAV_NO_RULE))
            return false;
    }
    return true;
}

static bool territories_fit(const struct vav_snapshot* s)
{
    for (uint32_t i = 0; i < s->territory_count; ++i) {
        const uint8_t* lists = s->territories + (uint64_t)i * kTerritorySize + kTerritoryListsAt;
        for (unsigned list = 0; list < 2; ++list) {
            const uint32_t first = load32(lists + 8 * list), count = load32(lists + 8 * list + 4);
            if (first > s->atom_count || count > s->atom_count - first)
                return false;
        }
    }
    return true;
}

static bool instants_rise(const struct vav_snapshot* s)
{
    for (uint32_t i = 1; i < s->instant_count; ++i) {
        const uint8_t* at = s->instants + (uint64_t)i * kInstantSize;
        if ((int64_t)load64(at - kInstantSize) >= (int64_t)load64(at))
            return false;
    }
    return true;
}

static enum vav_status check(struct vav_snapshot* s)
{
    if (s->size < kHeaderSize || memcmp(s->bytes, kMagic, sizeof kMagic) != 0)
        return VAV_NOT_A_SNAPSHOT;
    if (load32(s->bytes + kFormatAt) != kFormat)
        return VAV_WRONG_VERSION;
    uint8_t digest[32];
    vav_sha256(s->bytes + kHashedFrom, s->size - kHashedFrom, digest);
    if (memcmp(digest, s->bytes + kDigestAt, sizeof digest) != 0)
        return VAV_BAD_CHECKSUM;
    if (load32(s->bytes + kHeaderSizeAt) != kHeaderSize || load64(s->bytes + kFileSizeAt) != s->size)
        return VAV_CORRUPT;
    s->version = load64(s->bytes + kVersionAt);
    uint32_t* const counts[14] = {&s->title_count, &s->slot_count, &s->window_count, &s->instant_count,
        &s->territory_count, &s->atom_count, &s->site_count, &s->offer_count, &s->site_set_count, &s->offer_set_count,
        &s->site_words, &s->offer_words, &s->rule_count, &s->text_size};
    for (unsigned i = 0; i < 14; ++i)
        *counts[i] = load32(s->bytes + kCountsAt + 4 * i);
    if (s->site_words != s->site_count / 64 + 1 || s->offer_words != s->offer_count / 64 + 1
        || s->title_count >= VAV_CONTAINER || !read_sections(s))
        return VAV_CORRUPT;
    const bool fits = texts_fit(s, s->sites, s->site_count) && texts_fit(s, s->offers, s->offer_count)
        && texts_fit(s, s->rules, s->rule_count) && titles_fit(s) && slots_fit(s) && windows_fit(s)
        && territories_fit(s) && instants_rise(s);
    return fits ? VAV_OK : VAV_CORRUPT;
}

enum vav_status vav_open_bytes(struct vav_snapshot* snapshot, const void* bytes, size_t size)
{
    memset(snapshot, 0, sizeof *snapshot);
    snapshot->bytes = bytes;
    snapshot->size = size;
    const enum vav_status status = check(snapshot);
    if (status != VAV_OK)
        memset(snapshot, 0, sizeof *snapshot);
    return status;
}

enum vav_status vav_open_file(struct vav_snapshot* snapshot, const char* path)
{
    memset(snapshot, 0, sizeof *snapshot);
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe without a writer must not hold us up */
    if (fd < 0)
        return VAV_IO;
    struct stat status;
    void* mapped = MAP_FAILED;
    const bool is_file = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    if (is_file && status.st_size > 0)
        mapped = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (mapped == MAP_FAILED)
        return is_file && status.st_size == 0 ? VAV_NOT_A_SNAPSHOT : VAV_IO;
    const enum vav_status opened = vav_open_bytes(snapshot, mapped, (size_t)status.st_size);
    if (opened == VAV_OK)
        snapshot->mapped = true;
    else
        munmap(mapped, (size_t)status.st_size);
    return opened;
}

void vav_close(struct vav_snapshot* snapshot)
{
    if (snapshot->mapped)
        munmap((void*)(uintptr_t)snapshot->bytes, (size_t)snapshot->size);
    memset(snapshot, 0, sizeof *snapshot);
}
