#include "core/checks/engine/flash_track.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vidimus::checks::engine {

namespace {

constexpr double kShareScale = 1e-4;
constexpr double kStepScale = 1e-3;
/// A row is no period of time: any step but 0, which means one sample a frame.
constexpr double kOnePerRow = 1;

qint32 codeOf(double value, double scale)
{
    return static_cast<qint32>(
        std::lround(std::clamp(value / scale, 0.0, static_cast<double>(std::numeric_limits<qint32>::max()))));
}

} // namespace

void FlashTrack::add(qint64 frame, const FlashState& state)
{
    const bool same = m_rows.empty() ? state == FlashState() : m_rows.back().state == state;
    if (!same && m_rows.size() < kMaxRows)
        m_rows.push_back({frame, state});
}

void FlashTrack::store(double choice, double stepUnit, CheckMeasurement& measurement) const
{
    const auto column = [&](const char* name, double scale, const auto& code) {
        Series series {kOnePerRow, scale, {}};
        for (const Row& row : m_rows)
            series.codes.push_back(code(row));
        measurement.series[seriesName(name, choice)] = std::move(series);
    };
    column("frame", 1, [](const Row& row) { return static_cast<qint32>(row.frame); });
    column("transitions", 1, [](const Row& row) { return qint32(row.state.transitions); });
    column("first", 1, [](const Row& row) { return static_cast<qint32>(row.state.firstFrame); });
    column("last", 1, [](const Row& row) { return static_cast<qint32>(row.state.lastFrame); });
    column("area", kShareScale, [](const Row& row) { return codeOf(row.state.area, kShareScale); });
    column("step", kStepScale, [&](const Row& row) { return codeOf(row.state.step * stepUnit, kStepScale); });
    column("x", 1, [](const Row& row) { return qint32(row.state.region.x); });
    column("y", 1, [](const Row& row) { return qint32(row.state.region.y); });
    column("w", 1, [](const Row& row) { return qint32(row.state.region.width); });
    column("h", 1, [](const Row& row) { return qint32(row.state.region.height); });
}

} // namespace vidimus::checks::engine
