#pragma once

#include "core/base/instant.h"

#include <cstdint>
#include <optional>

namespace vidimus::catalog {

/// Exponential back-off with full jitter: the wait before attempt n is uniform in [0, min(cap, base·2ⁿ)], never below
/// what Retry-After asked. Promise R17: 1 s to 5 min.
struct RetryPolicy {
    Milliseconds base {1'000};
    Milliseconds cap {300'000};
};

/// \a attempts counts the failures so far (≥ 1); \a random is uniform over all 64 bits. Pure.
[[nodiscard]] Milliseconds backOff(
    const RetryPolicy& policy, int attempts, std::uint64_t random, std::optional<Milliseconds> retryAfter);

} // namespace vidimus::catalog
