#define _POSIX_C_SOURCE 200809L

#include "core/availability_reader/base_checks.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint8_t kMagic[8] = {'V', 'I', 'D', 'A', 'V', 'A', 'I', 'L'};

enum vav_status vav_map_file(const char* path, const uint8_t** bytes, size_t* size)
{
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
    *bytes = mapped;
    *size = (size_t)status.st_size;
    posix_madvise(mapped, *size, POSIX_MADV_WILLNEED);
    return VAV_OK;
}

void vav_unmap(const uint8_t* bytes, size_t size)
{
    munmap((void*)(uintptr_t)bytes, size);
}

static void read_counts(struct vav_base* b)
{
    uint32_t* const counts[18] = {&b->titles, &b->blocks, &b->words, &b->dates, &b->columns, &b->territories,
        &b->atom_lists, &b->atoms, &b->sites, &b->offers, &b->site_sets, &b->offer_sets, &b->terms, &b->term_bytes,
        &b->id_kind, &b->id_width, &b->buckets, &b->text_size};
    for (unsigned i = 0; i < 18; ++i)
        *counts[i] = load32(b->bytes + kCountsAt + 4 * i);
    const uint8_t* bits = b->bytes + kCountsAt + 4 * 18;
    b->start_bits = bits[0];
    b->end_bits = bits[1];
    b->offer_bits = bits[2];
    b->site_bits = bits[3];
    b->territory_bits = bits[4];
    b->term_bits = bits[5];
    b->partition_size = load32(b->bytes + kCountsAt + 4 * 20);
    b->question = load32(b->bytes + kCountsAt + 4 * 21);
    b->first_number = load64(b->bytes + kFirstNumberAt);
    b->pages_size = load64(b->bytes + kPagesSizeAt);
    b->ids_size = load64(b->bytes + kIdsSizeAt);
}

/* Sections follow each other in this order, each beginning at a multiple of 8. */
static bool read_sections(struct vav_base* b)
{
    const bool is_text = b->id_kind == kIdText;
    const uint64_t indexed = b->buckets > 0 ? b->titles : 0;
    const struct {
        const uint8_t** start;
        uint64_t bytes;
    } sections[kSections] = {
        {&b->block_offsets, ((uint64_t)b->blocks + 1) * 4},
        {&b->pages, b->pages_size},
        {&b->date_rows, (uint64_t)b->dates * 8},
        {&b->column_codes, (uint64_t)b->columns * 2},
        {&b->territory_rows, (uint64_t)b->territories * (b->columns / 64 + 1) * 8},
        {&b->atom_list_rows, (uint64_t)b->atom_lists * kAtomListSize},
        {&b->atom_rows, (uint64_t)b->atoms * 4},
        {&b->site_rows, (uint64_t)b->site_sets * (b->sites / 64 + 1) * 8},
        {&b->offer_rows, (uint64_t)b->offer_sets * (b->offers / 64 + 1) * 8},
        {&b->site_names, ((uint64_t)b->sites + 1) * 4},
        {&b->offer_names, ((uint64_t)b->offers + 1) * 4},
        {&b->term_offsets, ((uint64_t)b->terms + 1) * 4},
        {&b->id_rows, is_text ? ((uint64_t)b->titles + 1) * 4 : (uint64_t)b->titles * b->id_width},
        {&b->id_text, is_text ? b->ids_size : 0},
        {&b->index, indexed * 4},
        {&b->bucket_starts, b->buckets > 0 ? ((uint64_t)b->buckets + 1) * 4 : 0},
        {&b->text, b->text_size},
    };
    uint64_t end = kHeaderSize;
    for (unsigned i = 0; i < kSections; ++i) {
        const uint64_t at = load64(b->bytes + kSectionsAt + 8 * i);
        if (at != ((end + 7) & ~(uint64_t)7) || at > b->size || sections[i].bytes > b->size - at)
            return false;
        *sections[i].start = b->bytes + at;
        end = at + sections[i].bytes;
    }
    return end == b->size;
}

static enum vav_status check(struct vav_base* b, struct vav_verifier* verifier)
{
    if (b->size < kHeaderSize || memcmp(b->bytes, kMagic, sizeof kMagic) != 0)
        return VAV_NOT_A_SNAPSHOT;
    if (load32(b->bytes + kFormatAt) != kFormat)
        return VAV_WRONG_VERSION;
    if (!vav_digest_fits(b->bytes, b->size))
        return VAV_BAD_CHECKSUM;
    if (verifier && !vav_signature_fits(verifier, b->bytes))
        return VAV_BAD_SIGNATURE;
    if (load32(b->bytes + kHeaderSizeAt) != kHeaderSize || load64(b->bytes + kFileSizeAt) != b->size)
        return VAV_CORRUPT;
    read_counts(b);
    return vav_counts_fit(b) && read_sections(b) && vav_sections_fit(b) ? VAV_OK : VAV_CORRUPT;
}

enum vav_status vav_load_base(
    struct vav_base** base, const void* bytes, size_t size, bool mapped, struct vav_verifier* verifier)
{
    *base = NULL;
    struct vav_base* made = calloc(1, sizeof *made);
    if (!made)
        return VAV_NO_MEMORY;
    made->users = 1;
    made->bytes = bytes;
    made->size = size;
    const enum vav_status status = check(made, verifier);
    if (status != VAV_OK) {
        free(made);
        return status;
    }
    made->mapped = mapped;
    *base = made;
    return VAV_OK;
}

void vav_drop_base(struct vav_base* base)
{
    if (!base || --base->users > 0)
        return;
    if (base->mapped)
        vav_unmap(base->bytes, base->size);
    free(base);
}
