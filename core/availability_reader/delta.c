#include "core/availability_reader/delta_input.h"

#include <stdlib.h>

static const uint8_t kMagic[8] = {'V', 'I', 'D', 'D', 'E', 'L', 'T', 'A'};

static enum vav_status check(const vav_reader* reader, const struct vav_state* from, const uint8_t* bytes, size_t size)
{
    if (size < kDeltaHeaderSize || memcmp(bytes, kMagic, sizeof kMagic) != 0)
        return VAV_NOT_A_SNAPSHOT;
    if (load32(bytes + kFormatAt) != kFormat)
        return VAV_WRONG_VERSION;
    if (!vav_digest_fits(bytes, size))
        return VAV_BAD_CHECKSUM;
    if (load32(bytes + kHeaderSizeAt) != kDeltaHeaderSize || load64(bytes + kFileSizeAt) != size)
        return VAV_CORRUPT;
    if (load64(bytes + kVersionAt) != from->version || memcmp(bytes + kDeltaFromIdAt, from->id, sizeof from->id) != 0)
        return VAV_WRONG_BASE;
    return !reader->verifier || vav_signature_fits(reader->verifier, bytes) ? VAV_OK : VAV_BAD_SIGNATURE;
}

static struct vav_span take_span(struct vav_input* in, uint32_t now, uint64_t bound)
{
    struct vav_span span;
    span.before = vav_take_bounded(in, UINT32_MAX);
    span.after = vav_take_bounded(in, bound < UINT32_MAX ? (uint32_t)bound : UINT32_MAX);
    in->bad |= span.before != now;
    /* A new row takes a byte at least. */
    in->bad |= span.after > span.before && span.after - span.before > (uint64_t)(in->end - in->at);
    return span;
}

static struct vav_delta_counts take_counts(struct vav_input* in, const struct vav_state* s)
{
    const uint64_t terms
        = s->base->term_bytes > 0 ? (uint64_t)1 << (8 * s->base->term_bytes) : (uint64_t)s->term_mask + 1;
    const uint32_t dates = s->start_mask < s->end_mask ? s->start_mask : s->end_mask;
    struct vav_delta_counts counts;
    counts.titles = take_span(in, s->titles, INT32_MAX - 1);
    counts.dates = take_span(in, s->dates, dates < kFirstDateIndex ? 0 : dates - kFirstDateIndex + 1);
    counts.territories = take_span(in, s->territories, (uint64_t)s->territory_mask + 1);
    counts.site_sets = take_span(in, s->site_sets, (uint64_t)s->site_mask + 1);
    counts.offer_sets = take_span(in, s->offer_sets, (uint64_t)s->offer_mask + 1);
    counts.terms = take_span(in, s->terms, terms);
    counts.changed = vav_take_bounded(in, INT32_MAX);
    in->bad |= counts.changed > (uint64_t)(in->end - in->at);
    return counts;
}

enum vav_status vav_apply_bytes(vav_reader* reader, const void* delta, size_t size)
{
    const uint8_t* bytes = delta;
    const struct vav_state* from = vav_acquire(reader);
    enum vav_status status = check(reader, from, bytes, size);
    struct vav_state* next = NULL;
    if (status == VAV_OK) {
        struct vav_input in = {bytes + kDeltaHeaderSize, bytes + size, 0, 0, false};
        const struct vav_delta_counts counts = take_counts(&in, from);
        status = in.bad ? VAV_CORRUPT : VAV_OK;
        if (status == VAV_OK) {
            const uint64_t blocks = ((uint64_t)counts.titles.after + kBlockTitles - 1) / kBlockTitles;
            next = vav_copy_state(from, (uint32_t)blocks, from->arena_count + 1, from->changed_count + counts.changed);
            status = next ? VAV_OK : VAV_NO_MEMORY;
        }
        if (status == VAV_OK && !vav_take_tables(next, &in, &counts))
            status = VAV_CORRUPT;
        if (status == VAV_OK)
            status = vav_take_titles(next, from, &in, &counts);
        if (status == VAV_OK && counts.titles.after != counts.titles.before) {
            if (next->added && --next->added->users == 0)
                free(next->added);
            next->added = NULL;
            if (next->titles > next->base->titles) {
                next->added = vav_make_added(next, next->titles - next->base->titles);
                status = next->added ? VAV_OK : VAV_NO_MEMORY;
            }
        }
        if (status == VAV_OK) {
            next->version = load64(bytes + kDeltaToVersionAt);
            memcpy(next->id, bytes + kDeltaToIdAt, sizeof next->id);
        }
    }
    vav_release(from);
    if (status != VAV_OK) {
        vav_drop_state(next);
        return status;
    }
    return vav_publish(reader, next);
}

enum vav_status vav_apply_file(vav_reader* reader, const char* path)
{
    const uint8_t* bytes = NULL;
    size_t size = 0;
    enum vav_status status = vav_map_file(path, &bytes, &size);
    if (status != VAV_OK)
        return status;
    status = vav_apply_bytes(reader, bytes, size);
    vav_unmap(bytes, size);
    return status;
}
