#pragma once

#include "core/matching/near_duplicates.h"

namespace vidimus::matching {

/// Documents that may hold some of \a query, the most likely first, at most SearchOptions::candidates: those that
/// share hashes with it, each hash counting the less the more documents have it. \a query is looked up as it is.
/// Errors: Canceled.
[[nodiscard]] Result<std::vector<std::uint64_t>> findCandidates(std::span<const TimedHash> query,
    const HashIndex& index, std::uint64_t except, const SearchOptions& options, const CancelToken& cancel);

} // namespace vidimus::matching
