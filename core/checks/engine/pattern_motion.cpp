#include "core/checks/engine/pattern_motion.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

namespace {

constexpr int kLines = 15; ///< that are compared
/// A step of nearly half a pair is a reversal of light and dark, not a drift.
constexpr double kReversal = 0.4;
/// Below this the stripes of two frames are not the same ones.
constexpr double kAlike = 0.5;

/// Correlation of a line with another one that lies \a shift cells further on.
double correlation(std::span<const float> before, std::span<const float> after, int shift)
{
    const int length = static_cast<int>(before.size());
    const int first = std::max(0, -shift);
    const int last = std::min(length, length - shift);
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int at = first; at < last; ++at) {
        const double a = before[static_cast<std::size_t>(at)];
        const double b = after[static_cast<std::size_t>(at + shift)];
        sumA += a;
        sumB += b;
        squaresA += a * a;
        squaresB += b * b;
        products += a * b;
    }
    const double count = std::max(1, last - first);
    const double spread = (squaresA - sumA * sumA / count) * (squaresB - sumB * sumB / count);
    return spread > 0 ? (products - sumA * sumB / count) / std::sqrt(spread) : 0;
}

} // namespace

PatternMotion::Shift PatternMotion::shiftOf(const LuminanceGrid& grid, const StripedArea& area) const
{
    const int reach = std::max(1, static_cast<int>(std::lround(area.period / 2)));
    const int lines = area.alongRows ? area.bottom - area.top + 1 : area.right - area.left + 1;
    const int length = area.alongRows ? area.right - area.left + 1 : area.bottom - area.top + 1;
    const int first = area.alongRows ? area.left : area.top;
    std::vector<double> likeness(static_cast<std::size_t>(2 * reach + 1), 0);
    std::vector<float> before(static_cast<std::size_t>(length));
    std::vector<float> after(before.size());
    const int count = std::min(kLines, lines);
    for (int index = 0; index < count; ++index) {
        const int line = (area.alongRows ? area.top : area.left) + lines * (2 * index + 1) / (2 * count);
        for (int at = 0; at < length; ++at) {
            const int x = area.alongRows ? first + at : line;
            const int y = area.alongRows ? line : first + at;
            const auto cell = static_cast<std::size_t>(y * grid.columns + x);
            before[static_cast<std::size_t>(at)] = m_before.values[cell];
            after[static_cast<std::size_t>(at)] = grid.values[cell];
        }
        for (int shift = -reach; shift <= reach; ++shift)
            likeness[static_cast<std::size_t>(shift + reach)] += correlation(before, after, shift) / count;
    }
    // The nearest of the best: a pattern that stands still is like itself a pair further on, too.
    Shift best {0, likeness[static_cast<std::size_t>(reach)]};
    for (int distance = 1; distance <= reach; ++distance) {
        for (const int shift : {-distance, distance}) {
            const double value = likeness[static_cast<std::size_t>(shift + reach)];
            constexpr double kBetter = 0.02;
            if (value > best.likeness + kBetter)
                best = {shift, value};
        }
    }
    return best;
}

bool PatternMotion::add(const LuminanceGrid& grid, const StripedArea& area)
{
    bool turned = false;
    if (m_before.values.size() == grid.values.size() && m_before.columns == grid.columns) {
        const Shift shift = shiftOf(grid, area);
        const bool reversed = std::abs(shift.cells) >= kReversal * area.period;
        const int direction = shift.cells > 0 ? 1 : shift.cells < 0 ? -1 : 0;
        turned = reversed || shift.likeness < kAlike || (direction != 0 && direction == -m_direction);
        if (direction != 0 && !reversed)
            m_direction = direction;
    }
    m_before = grid;
    return turned;
}

} // namespace vidimus::checks::engine
