#include "core/catalog/retry_policy.h"

#include <algorithm>

namespace vidimus::catalog {

Milliseconds backOff(
    const RetryPolicy& policy, int attempts, std::uint64_t random, std::optional<Milliseconds> retryAfter)
{
    Milliseconds ceiling = policy.base;
    for (int i = 0; i < attempts && ceiling < policy.cap; ++i)
        ceiling *= 2;
    ceiling = std::min(ceiling, policy.cap);
    const auto span = static_cast<std::uint64_t>(ceiling.count()) + 1;
    const Milliseconds jittered {static_cast<std::int64_t>(random % span)};
    return std::max(jittered, retryAfter.value_or(Milliseconds {0}));
}

} // namespace vidimus::catalog
