#pragma once

#include "core/checks/flash_standard.h"

#include <cstdint>
#include <vector>

namespace vidimus::transcode::engine {

/// Light of every cell in every picture of a stretch, then the gains that calm it. Light is stored as parts of SDR
/// white, gains as parts of one, both of 65,535.
struct CellFilm {
    std::size_t cells = 0;
    std::vector<std::uint16_t> values; ///< picture by picture

    [[nodiscard]] std::size_t pictures() const { return cells == 0 ? 0 : values.size() / cells; }
    [[nodiscard]] std::uint16_t* picture(std::size_t number) { return values.data() + number * cells; }
    [[nodiscard]] const std::uint16_t* picture(std::size_t number) const { return values.data() + number * cells; }
    static constexpr double kOne = 65'535;
};

/// The signal (0 black … 1 white) that shines with a part \a light of SDR white, by a standard's transfer curve.
[[nodiscard]] double signalOf(double light, const checks::FlashStandard& standard);

/// Turns the light of \a film into gains on the signal. No cell may shine brighter than the darkest light within
/// \a half pictures before and after, smoothed over the same time, plus \a step of what the standard counts as a
/// change. That bound never rises above the light by more than that step, and moves slowly; so opposing changes within
/// the time of the window stay below what counts. Pure.
void calm(CellFilm& film, std::size_t half, double step, const checks::FlashStandard& standard);

} // namespace vidimus::transcode::engine
