#pragma once

#include <stdint.h>
#include <string.h>

/* The byte layout of snapshots and deltas, after docs/snapshot-format.md. Numbers are little-endian; offsets are from
 * the start of the file. The reader's own: the compiler writes the same layout from its own description. */

enum {
    kFormat = 2,
    kDigestAt = 8,
    kSignatureAt = 40, /* of the first 40 bytes: magic and digest */
    kHashedFrom = 104,
    kFormatAt = 104,
    kHeaderSizeAt = 108,
    kFileSizeAt = 112,
    kVersionAt = 120,

    kStateIdAt = 128,
    kFirstNumberAt = 144,
    kPagesSizeAt = 152,
    kIdsSizeAt = 160,
    kCountsAt = 168, /* kCounts numbers of 32 bits */
    kCounts = 24,
    kSectionsAt = 264, /* kSections offsets of 64 bits */
    kSections = 17,
    kHeaderSize = 400,

    kDeltaToVersionAt = 128,
    kDeltaFromIdAt = 136,
    kDeltaToIdAt = 152,
    kDeltaHeaderSize = 168,

    kBlockTitles = 64,
    kPageContainersAt = 0, /* 64 bits: which titles are a series or a season */
    kPageGoneAt = 8, /* 64 bits: which titles are gone */
    kPageWordsAt = 16, /* number of words */
    kPageWideAt = 20, /* 1: starts of 32 bits, else 16 */
    kPageStartsAt = 24,
    kPageNarrowHeader = 24 + 136, /* 65 starts and zeros to a multiple of 8 */
    kPageWideHeader = 24 + 264,

    kIdText = 0,
    kIdUuid = 1,
    kIdNumber = 2,

    kAlwaysIndex = 0, /* of a window's start: since ever */
    kOpenIndex = 1, /* of a window's end: for ever */
    kFirstDateIndex = 2,
    kCountryCodes = 676,
    kUnresolved = 23 * 26 + 23, /* XX */
    kAtomListSize = 16, /* territory set, first atom, number added, number removed */
    kMaxNames = 4096
};

#define VAV_DENY ((uint64_t)1 << 63)

/* memcpy of a fixed size is one instruction where the machine is little-endian. */
#define VAV_LOAD(name, type)                                                                                           \
    static inline type name(const uint8_t* at)                                                                         \
    {                                                                                                                  \
        type value;                                                                                                    \
        memcpy(&value, at, sizeof value);                                                                              \
        return value;                                                                                                  \
    }
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the reader maps little-endian files and is made for little-endian machines"
#endif
VAV_LOAD(load16, uint16_t)
VAV_LOAD(load32, uint32_t)
VAV_LOAD(load64, uint64_t)

static inline void store32(uint8_t* at, uint32_t value)
{
    memcpy(at, &value, sizeof value);
}

static inline void store64(uint8_t* at, uint64_t value)
{
    memcpy(at, &value, sizeof value);
}
