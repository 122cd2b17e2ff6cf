#include "core/checks/engine/noise_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBlock = 16;
constexpr double kScale = 0.1;
/// Less is the grain of a good picture, and no profile may ask for less: stored as none.
constexpr double kLeast = 2;
constexpr int kDarkest = 24; ///< mean of a block; noise is cut off at the ends of the range
constexpr int kBrightest = 228;
constexpr double kFlatShare = 0.2;
constexpr std::size_t kLeastBlocks = 10;

} // namespace

std::unique_ptr<Check> NoiseCheck::create()
{
    return std::make_unique<NoiseCheck>();
}

void NoiseCheck::addFrame(const Picture& picture)
{
    if (!picture.sample && !m_sigma.codes.empty()) {
        m_sigma.codes.push_back(m_sigma.codes.back());
        return;
    }
    const Strips& strips = picture.strips();
    const int columns = (strips.width() - 2) / kBlock;
    m_blocks.clear();
    for (int strip = 0; strip < strips.count() && columns > 0; ++strip) {
        if (strips.rows(strip) < Strips::kRows)
            continue;
        m_sums.assign(static_cast<std::size_t>(columns), 0);
        for (int y = 0; y < Strips::kRows; ++y) {
            const std::uint8_t* above = strips.row(strip, y - 1);
            const std::uint8_t* here = strips.row(strip, y);
            const std::uint8_t* below = strips.row(strip, y + 1);
            for (int column = 0; column < columns; ++column)
                m_sums[static_cast<std::size_t>(column)] += maskedSum(
                    above + column * kBlock + 1, here + column * kBlock + 1, below + column * kBlock + 1, kBlock);
        }
        for (int column = 0; column < columns; ++column) {
            std::uint32_t mean = 0;
            for (int y = 0; y < Strips::kRows; ++y)
                mean += sumOf(strips.row(strip, y) + column * kBlock + 1, kBlock);
            mean /= kBlock * Strips::kRows;
            const std::uint32_t sum = m_sums[static_cast<std::size_t>(column)];
            if (mean >= kDarkest && mean <= kBrightest && sum > 0)
                m_blocks.push_back(std::sqrt(std::numbers::pi / 2) / 6 * sum / (kBlock * Strips::kRows));
        }
    }
    double sigma = 0;
    if (m_blocks.size() >= kLeastBlocks) {
        const auto place
            = m_blocks.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(m_blocks.size()) * kFlatShare);
        std::nth_element(m_blocks.begin(), place, m_blocks.end());
        sigma = *place;
    }
    m_sigma.codes.push_back(sigma < kLeast ? 0 : static_cast<qint32>(sigma / kScale + 0.5));
}

void NoiseCheck::addHole()
{
    m_sigma.codes.push_back(m_sigma.codes.empty() ? 0 : m_sigma.codes.back());
}

void NoiseCheck::state(StateArchive& archive)
{
    archive(m_sigma);
}

CheckMeasurement NoiseCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    m_sigma.scale = kScale;
    measurement.series[u"sigma"_s] = std::move(m_sigma);
    return measurement;
}

} // namespace vidimus::checks::engine
