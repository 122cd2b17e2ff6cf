#include "core/checks/engine/black_check.h"
#include "core/checks/engine/check_state_p.h"

#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kScale = 1e-4;
/// No profile may ask for less; below it a share is stored as 0, so that ordinary pictures cost no room.
constexpr double kSmallestShare = 0.5;

} // namespace

std::unique_ptr<Check> BlackCheck::create()
{
    return std::make_unique<BlackCheck>();
}

void BlackCheck::addFrame(const Picture& picture)
{
    const Luma& luma = picture.luma;
    const double pixels = static_cast<double>(luma.width) * luma.height;
    const int black = luma.blackCode();
    const int range = luma.whiteCode() - black;
    bool reached = pixels > 0;
    // Darker levels count fewer pixels, so the first that falls short ends the work.
    for (std::size_t level = m_shares.size(); level-- > 0;) {
        qint32 code = 0;
        if (reached) {
            // The largest code at or below the level: 37 for 10 % of 16–235, 25 for 10 % of 0–255.
            const int limit = black + static_cast<int>(std::floor(range * kBlackLevels[level] + 1e-9));
            const auto enough = static_cast<qint64>(std::ceil(pixels * kSmallestShare));
            const qint64 dark = picture.darkPixels(limit);
            reached = dark >= enough;
            code = reached ? static_cast<qint32>(std::floor(static_cast<double>(dark) / pixels / kScale)) : 0;
        }
        m_shares[level].codes.push_back(code);
    }
}

void BlackCheck::addHole()
{
    for (Series& shares : m_shares)
        shares.codes.push_back(0);
}

void BlackCheck::state(StateArchive& archive)
{
    archive(m_shares);
}

CheckMeasurement BlackCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    for (std::size_t level = 0; level < m_shares.size(); ++level) {
        m_shares[level].scale = kScale;
        measurement.series[seriesName("dark_share", kBlackLevels[level])] = std::move(m_shares[level]);
    }
    return measurement;
}

} // namespace vidimus::checks::engine
