#include "core/checks/engine/blockiness_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <array>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kGrid = 8; ///< MPEG-1 to H.264 transform blocks, and every second or fourth line of larger ones
constexpr double kScale = 0.01;
constexpr qint32 kNoGrid = 100;
/// Below this nobody sees a grid, and profiles cannot ask for less: stored as none, so that clean pictures cost
/// nothing.
constexpr qint32 kLeast = 120;
constexpr qint32 kMost = 1000;
/// Mean step in 8-bit codes that is added to both sides of the quotient: an eye sees steps from about one in a hundred
/// on, which is two codes; in a flat picture a grid of less is nothing to see.
constexpr double kFloor = 2;
constexpr double kCap = 4;

/// Steps are sums over \a places pixels each.
double gridOf(std::span<const std::uint32_t> steps, double places)
{
    const std::size_t cells = steps.size() / kGrid;
    if (cells < 2 || places < 1)
        return 1;
    std::array<double, kGrid> lines {};
    std::array<double, kGrid> surroundings {};
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const auto inside = steps.subspan(cell * kGrid, kGrid);
        std::uint64_t all = 0;
        for (const std::uint32_t step : inside)
            all += step;
        for (std::size_t phase = 0; phase < kGrid; ++phase) {
            const double around = static_cast<double>(all - inside[phase]) / (kGrid - 1);
            surroundings[phase] += around;
            lines[phase] += std::min<double>(inside[phase], kCap * (around + kFloor * places));
        }
    }
    const double floor = kFloor * places * static_cast<double>(cells);
    double most = 1;
    for (std::size_t phase = 0; phase < kGrid; ++phase)
        most = std::max(most, (lines[phase] + floor) / (surroundings[phase] + floor));
    return most;
}

} // namespace

std::unique_ptr<Check> BlockinessCheck::create()
{
    return std::make_unique<BlockinessCheck>();
}

void BlockinessCheck::addFrame(const Picture& picture)
{
    const Strips& strips = picture.strips();
    const int width = strips.width();
    m_columns.assign(static_cast<std::size_t>(std::max(1, width)), 0);
    m_rows.clear();
    std::size_t rows = 0;
    for (int strip = 0; strip < strips.count(); ++strip) {
        rows += static_cast<std::size_t>(strips.rows(strip));
        addSteps(strips.row(strip, 0), strips.rows(strip), width, m_columns.data());
        for (int y = 0; y < strips.rows(strip); ++y)
            m_rows.push_back(rowDifference8(strips.row(strip, y), strips.row(strip, y + 1), width));
    }
    const double grid = (gridOf(m_columns, static_cast<double>(rows)) + gridOf(m_rows, width)) / 2;
    const auto code = static_cast<qint32>(grid / kScale + 0.5);
    m_grid.codes.push_back(code < kLeast ? kNoGrid : std::min(code, kMost));
}

void BlockinessCheck::addHole()
{
    m_grid.codes.push_back(kNoGrid);
}

void BlockinessCheck::state(StateArchive& archive)
{
    archive(m_grid);
}

CheckMeasurement BlockinessCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    m_grid.scale = kScale;
    measurement.series[u"grid"_s] = std::move(m_grid);
    return measurement;
}

} // namespace vidimus::checks::engine
