#pragma once

#include "core/checks/engine/plane_ops_p.h"

#include <cstddef>
#include <cstdint>

namespace vidimus::checks::engine {

/// The sums of R, G and B from which the redness of cells is told.
struct RedLight {
    const float* red = nullptr;
    const float* green = nullptr;
    const float* blue = nullptr;
};

/// Loops over the cells on which flashing is measured. Each path does the same operations of single precision in the
/// same order for a cell, so the results are the same. Pure; any thread.
struct FlashOps {
    /// Moves the extremes of at most 64 cells on: maximum where it is not negative, minimum where it is below \a none.
    /// Bit n is set when the light of cell n fell by \a step from its maximum to below \a darkLimit, or rose by it from
    /// a minimum below that.
    std::uint64_t (*moveExtremes)(
        const float* light, float* maximum, float* minimum, std::size_t count, float none, float step, float darkLimit);
    /// ratio = R/(R+G+B), at most a third where R is below \a least, which also bounds the sum from below.
    /// excess = max(0, R−G−B) · 320.
    void (*measureRedness)(const RedLight& light, std::size_t count, float least, float* ratio, float* excess);
    /// Whether some a < b.
    bool (*anyBelow)(const float* a, const float* b, std::size_t count);
    /// Whether some value is at least \a limit.
    bool (*anyAtLeast)(const float* values, float limit, std::size_t count);
};

/// \a path must be one of vectorPaths().
[[nodiscard]] const FlashOps& flashOps(VectorPath path);
/// Those of the fastest path.
[[nodiscard]] const FlashOps& flashOps();

} // namespace vidimus::checks::engine
