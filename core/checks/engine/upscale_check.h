#pragma once

#include "core/checks/engine/check.h"

#include <array>
#include <memory>

namespace vidimus::checks::engine {

/// Measures how much of the declared width carries detail. A picture that was enlarged has a spectrum that ends at the
/// size it came from: the mean power of pieces of rows falls off a cliff there and stays down. Natural pictures fall
/// slowly (about as one over frequency squared).
///
/// The power spectrum of windowed pieces of 64 pixels from the strips is averaged over one frame in two seconds. The
/// picture ends at the frequency from which all power is kCliff below what the slope of the lower half foretells, or
/// where a steep fall bends into a flat floor: a coder fills what an enlargement left empty with its own noise. That
/// frequency, as a part of the highest, is the detail share: 0.5 for half the width. Without enough texture it is not
/// told.
class UpscaleCheck : public Check {
public:
    static constexpr std::size_t kPiece = 64;
    static constexpr std::size_t kBands = kPiece / 2;

    UpscaleCheck();
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    void addPiece(const std::uint8_t* pixels);

    std::array<std::array<float, kPiece>, kBands> m_cosines {};
    std::array<std::array<float, kPiece>, kBands> m_sines {};
    std::array<double, kBands> m_power {};
    qint64 m_pieces = 0;
    int m_samples = 0;
};

/// The share of the bands that carry detail; 1 when no cliff is found.
[[nodiscard]] double detailShare(const std::array<double, UpscaleCheck::kBands>& power);

} // namespace vidimus::checks::engine
