#pragma once

#include "core/base/state_archive.h"
#include "core/checks/engine/pattern_stripes.h"

namespace vidimus::checks::engine {

/// Tells stripes that oscillate, flash or reverse from those that stand still or drift smoothly, by where they have
/// gone from one frame to the next.
class PatternMotion {
public:
    /// A frame with stripes. True when they turned back, reversed or changed altogether since the frame before.
    [[nodiscard]] bool add(const LuminanceGrid& grid, const StripedArea& area);
    /// A frame without.
    void lose() { m_before.values.clear(); }
    void state(StateArchive& archive) { archive(m_before, m_direction); }

private:
    struct Shift {
        int cells = 0;
        double likeness = 0; ///< correlation, −1..1
    };
    [[nodiscard]] Shift shiftOf(const LuminanceGrid& grid, const StripedArea& area) const;

    LuminanceGrid m_before;
    int m_direction = 0; ///< of the last movement: −1, 1, or 0 for none so far
};

} // namespace vidimus::checks::engine
