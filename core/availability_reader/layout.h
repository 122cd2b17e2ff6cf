#pragma once

#include <stdint.h>

/* The byte layout of a snapshot, after docs/snapshot-format.md. Numbers are little-endian; offsets are from the start
 * of the file. The reader's own: the compiler writes the same layout from its own description. */

enum {
    kDigestAt = 8,
    kHashedFrom = 40,
    kFormatAt = 40,
    kHeaderSizeAt = 44,
    kFileSizeAt = 48,
    kVersionAt = 56,
    kCountsAt = 64, /* 14 numbers of 32 bits */
    kSectionsAt = 120, /* 12 offsets of 64 bits */
    kHeaderSize = 216,
    kFormat = 1,

    kTitleSize = 24, /* id offset, id length, first window, denies, allows, below (bit 31: container) */
    kSlotSize = 4,
    kWindowSize = 24, /* territory, site set, offer set, rule, start rank, end rank */
    kInstantSize = 8,
    kTerritorySize = 104, /* 88 bytes of country bits, then first and count of added and of removed subdivisions */
    kTerritoryListsAt = 88,
    kAtomSize = 4,
    kTextRefSize = 8, /* offset and length in the text section */
    kCountries = 676,
    kUnresolved = 23 * 26 + 23 /* XX */
};

#define VAV_CONTAINER 0x80000000u
#define VAV_NO_RULE 0xFFFFFFFFu /* of a deny */

static inline uint32_t load32(const uint8_t* at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline uint64_t load64(const uint8_t* at)
{
    return load32(at) | (uint64_t)load32(at + 4) << 32;
}
