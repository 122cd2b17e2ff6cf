#include "core/checks/engine/blur_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kScale = 0.1;
/// Sharper than this is sharp for every profile: stored as 0, so that good pictures cost nothing.
constexpr double kLeastSigma = 1.5;
constexpr double kMostSigma = 20;
constexpr double kLeastEdges = 0.005;
constexpr int kReach = 2;

/// 0 when there are too few edges.
double sigmaOf(const EdgeSums& sums, std::int64_t places)
{
    if (places < 1 || 2.0 * sums.count < kLeastEdges * static_cast<double>(places))
        return 0;
    if (sums.bend == 0)
        return kMostSigma;
    // Over two pixels the slope is taken twice as far as the curvature's side: slope = 4·f', bend = 4·f''.
    return std::sqrt(static_cast<double>(sums.slope) / (2 * static_cast<double>(sums.bend)));
}

} // namespace

std::unique_ptr<Check> BlurCheck::create()
{
    return std::make_unique<BlurCheck>();
}

void BlurCheck::addFrame(const Picture& picture)
{
    const Strips& strips = picture.strips();
    const int width = strips.width();
    EdgeSums across;
    EdgeSums down;
    for (int strip = 0; strip < strips.count(); ++strip) {
        for (int y = 0; y < strips.rows(strip); y += 2) { // neighbouring rows tell the same

            const std::uint8_t* row = strips.row(strip, y);
            if (width > 2 * kReach)
                addEdges(row, row + kReach, row + 2 * kReach, width - 2 * kReach, across);
            addEdges(strips.row(strip, y - kReach), row, strips.row(strip, y + kReach), width, down);
        }
    }
    const double sigmaAcross = sigmaOf(across, strips.pixels());
    const double sigmaDown = sigmaOf(down, strips.pixels());
    const double less = std::min(sigmaAcross, sigmaDown);
    const double sigma = less > 0 ? less : std::max(sigmaAcross, sigmaDown);
    m_sigma.codes.push_back(sigma < kLeastSigma ? 0 : static_cast<qint32>(std::min(sigma, kMostSigma) / kScale + 0.5));
}

void BlurCheck::addHole()
{
    m_sigma.codes.push_back(0);
}

void BlurCheck::state(StateArchive& archive)
{
    archive(m_sigma);
}

CheckMeasurement BlurCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    m_sigma.scale = kScale;
    measurement.series[u"sigma"_s] = std::move(m_sigma);
    return measurement;
}

} // namespace vidimus::checks::engine
