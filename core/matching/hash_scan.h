#pragma once

#include "core/matching/pdq_hash.h"

#include <span>

namespace vidimus::matching {

// The instruction that counts bits is not in every x86-64; it makes a search several times faster.
#if defined(__x86_64__)
#define VIDIMUS_POPCNT __attribute__((target("popcnt")))
inline bool hasPopcnt()
{
    return __builtin_cpu_supports("popcnt") != 0;
}
#else
#define VIDIMUS_POPCNT
inline bool hasPopcnt()
{
    return false;
}
#endif

template<class Hit>
[[gnu::always_inline]] inline void scanPlainly(
    std::span<const PdqHash> hashes, const PdqHash& hash, int reach, const Hit& hit)
{
    for (std::size_t n = 0; n < hashes.size(); ++n) {
        const int apart = distance(hash, hashes[n]);
        if (apart <= reach)
            hit(n, apart);
    }
}

template<class Hit>
VIDIMUS_POPCNT void scanFast(std::span<const PdqHash> hashes, const PdqHash& hash, int reach, const Hit& hit)
{
    scanPlainly(hashes, hash, reach, hit);
}

/// Calls \a hit(position, distance) for each of \a hashes within \a reach of \a hash, in their order.
template<class Hit>
void scanHashes(std::span<const PdqHash> hashes, const PdqHash& hash, int reach, const Hit& hit)
{
    if (hasPopcnt())
        scanFast(hashes, hash, reach, hit);
    else
        scanPlainly(hashes, hash, reach, hit);
}

} // namespace vidimus::matching
