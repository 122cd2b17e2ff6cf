#include "ui/rights/density.h"

#include <cmath>

namespace vidimus::ui::rights {

namespace {

struct Pixels {
    int from = 0;
    int to = 0; ///< first one outside
};

/// At least one pixel for what acts inside the view at all.
Pixels pixelsOf(const engine::Window& window, const TimeScale& scale, int width)
{
    const double limit = width;
    const double from = window.start ? std::clamp(scale.xOf(*window.start), 0.0, limit) : 0;
    const double to = window.end ? std::clamp(scale.xOf(*window.end), 0.0, limit) : limit;
    Pixels pixels {static_cast<int>(std::floor(from)), static_cast<int>(std::ceil(to))};
    if (window.isEmpty() || from >= limit || to <= 0)
        pixels.to = pixels.from;
    return pixels;
}

int levelOf(int count)
{
    return count <= 0 ? 0 : count == 1 ? 1 : count <= 3 ? 2 : count <= 9 ? 3 : kDensityLevels;
}

} // namespace

std::vector<DensityRun> densityRuns(const std::vector<GridRow>& rows, const TimeScale& scale, int width)
{
    if (width <= 0)
        return {};
    std::vector<int> begins(static_cast<std::size_t>(width) + 1);
    std::vector<int> conflicts(begins.size());
    const auto put = [&](std::vector<int>& steps, const engine::Window& window) {
        const Pixels pixels = pixelsOf(window, scale, width);
        ++steps[static_cast<std::size_t>(pixels.from)];
        --steps[static_cast<std::size_t>(std::max(pixels.from, pixels.to))];
    };
    for (const GridRow& row : rows) {
        if (row.removed || row.rule.effect == engine::Effect::Deny)
            continue;
        put(begins, row.acts);
        for (const engine::Window& overlap : row.overlaps)
            put(conflicts, overlap);
    }
    std::vector<DensityRun> runs;
    int count = 0;
    int inConflict = 0;
    for (int x = 0; x < width; ++x) {
        count += begins[static_cast<std::size_t>(x)];
        inConflict += conflicts[static_cast<std::size_t>(x)];
        const int level = levelOf(count);
        const bool conflict = inConflict > 0;
        if (level == 0 && !conflict)
            continue;
        if (!runs.empty() && runs.back().x + runs.back().width == x && runs.back().level == level
            && runs.back().conflict == conflict)
            ++runs.back().width;
        else
            runs.push_back({x, 1, level, conflict});
    }
    return runs;
}

} // namespace vidimus::ui::rights
