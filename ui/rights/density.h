#pragma once

#include "ui/rights/grid_rows.h"
#include "ui/rights/time_scale.h"

namespace vidimus::ui::rights {

inline constexpr int kDensityLevels = 4;

/// A stretch of pixels in which equally many windows of a group act.
struct DensityRun {
    int x = 0;
    int width = 0;
    int level = 0; ///< 1: one window, 2: two or three, 3: up to nine, 4: more
    bool conflict = false;
    friend bool operator==(const DensityRun&, const DensityRun&) = default;
};

/// All grants of a group in one line, for a group that is closed: the windows of thousands of rows cost as much to
/// paint as the pixels are wide. Removed rows and restrictions are left out. Pure; any thread.
[[nodiscard]] std::vector<DensityRun> densityRuns(const std::vector<GridRow>& rows, const TimeScale& scale, int width);

} // namespace vidimus::ui::rights
