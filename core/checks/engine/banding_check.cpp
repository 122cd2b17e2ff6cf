#include "core/checks/engine/banding_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cstdlib>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTread = 8; ///< pixels
constexpr int kLargestStep = 6; ///< codes; larger ones are edges
constexpr int kTreads = 3;
constexpr double kScale = 1e-3;
constexpr double kLeastShare = 0.02; ///< less is stored as none

/// The treads so far of what may become a staircase.
struct Staircase {
    int pixels = 0; ///< in staircases that are finished
    int chain = 0; ///< pixels in the treads so far
    int treads = 0;
    int direction = 0;
    int last = 0; ///< code of the tread before

    void close()
    {
        pixels += treads >= kTreads ? chain : 0;
        chain = 0;
        treads = 0;
        direction = 0;
    }

    void addTread(int code, int length, int least)
    {
        const int step = code - last;
        const bool goesOn = treads > 0 && std::abs(step) >= least && std::abs(step) <= kLargestStep
            && (direction == 0 || (step > 0) == (direction > 0));
        if (!goesOn)
            close();
        else
            direction = step;
        chain += length;
        ++treads;
        last = code;
    }
};

} // namespace

std::array<int, std::size(kBandingSteps)> staircasePixels(const std::uint8_t* row, int width)
{
    constexpr std::size_t kSteps = std::size(kBandingSteps);
    std::array<Staircase, kSteps> stairs {};
    for (int x = 0; x < width;) {
        int end = x + 1;
        while (end < width && row[end] == row[x])
            ++end;
        if (end - x >= kTread) {
            for (std::size_t i = 0; i < kSteps; ++i)
                stairs[i].addTread(row[x], end - x, static_cast<int>(kBandingSteps[i]));
        } else if (end - x > 2) {
            // A tread that is too short; one or two pixels between treads are the coder's ramp.
            for (Staircase& each : stairs)
                each.close();
        }
        x = end;
    }
    std::array<int, kSteps> pixels {};
    for (std::size_t i = 0; i < kSteps; ++i) {
        stairs[i].close();
        pixels[i] = stairs[i].pixels;
    }
    return pixels;
}

std::unique_ptr<Check> BandingCheck::create()
{
    return std::make_unique<BandingCheck>();
}

void BandingCheck::addFrame(const Picture& picture)
{
    const bool first = m_shares[0].codes.empty();
    if (!picture.sample && !first) {
        addHole();
        return;
    }
    const Strips& strips = picture.strips();
    std::array<qint64, std::size(kBandingSteps)> found {};
    for (int strip = 0; strip < strips.count(); ++strip) {
        for (int y = 0; y < strips.rows(strip); y += 2) {
            const auto pixels = staircasePixels(strips.row(strip, y), strips.width());
            for (std::size_t i = 0; i < found.size(); ++i)
                found[i] += 2LL * pixels[i];
        }
    }
    for (std::size_t i = 0; i < m_shares.size(); ++i) {
        // More than 8 bits were rounded to strips, which makes steps of one code.
        if (kBandingSteps[i] <= 1 && picture.luma.bits > 8)
            found[i] = 0;
        const double share
            = std::min(1.0, static_cast<double>(found[i]) / static_cast<double>(std::max<qint64>(1, strips.pixels())));
        m_shares[i].codes.push_back(share < kLeastShare ? 0 : static_cast<qint32>(share / kScale));
    }
}

void BandingCheck::addHole()
{
    for (Series& shares : m_shares)
        shares.codes.push_back(shares.codes.empty() ? 0 : shares.codes.back());
}

void BandingCheck::state(StateArchive& archive)
{
    archive(m_shares);
}

CheckMeasurement BandingCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    for (std::size_t i = 0; i < m_shares.size(); ++i) {
        m_shares[i].scale = kScale;
        measurement.series[seriesName("staircase", kBandingSteps[i])] = std::move(m_shares[i]);
    }
    return measurement;
}

} // namespace vidimus::checks::engine
