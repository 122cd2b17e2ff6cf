#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/measured_levels.h"

#include <array>
#include <memory>

namespace vidimus::checks::engine {

/// Measures, twice a second, which share of the picture is a staircase: level runs of pixels, each at least kTread
/// long, that rise or fall in the same direction by small steps, at least three of them in a row. A smooth sky that was
/// given too few codes looks like that; a drawing has treads too, but large steps. The smallest step that counts is one
/// of kBandingSteps. Rows of the strips are followed; a band that lies level is crossed by none of them, so columns are
/// not needed for any gradient that is not exactly vertical.
class BandingCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    std::array<Series, std::size(kBandingSteps)> m_shares;
};

/// Pixels of a row that belong to staircases, for each of kBandingSteps as the smallest step.
[[nodiscard]] std::array<int, std::size(kBandingSteps)> staircasePixels(const std::uint8_t* row, int width);

} // namespace vidimus::checks::engine
