#pragma once

#include "core/matching/engine/plane_reducer.h"
#include "core/matching/pdq_hash.h"

namespace vidimus::matching::engine {

/// DCT coefficients of the vertical frequencies 1…16 (rows) and horizontal frequencies 1…16 of a 64×64 picture.
using Coefficients = std::array<float, 16 * 16>;

/// Type II, orthonormal but for the constant term, which is not among them.
[[nodiscard]] Coefficients dctOf(const Grid& grid);

/// The bits of the coefficients above their median, the 128th smallest of 256.
[[nodiscard]] PdqHash hashOf(const Coefficients& coefficients);

/// The eight ways a picture can lie: as it is, turned clockwise, and mirrored.
enum class Turn : std::uint8_t {
    None,
    Clockwise90,
    HalfTurn,
    Clockwise270,
    LeftRight, ///< mirrored left to right
    UpsideDown, ///< mirrored top to bottom
    MainDiagonal, ///< rows become columns
    OtherDiagonal,
};
inline constexpr std::array kTurns {Turn::None, Turn::Clockwise90, Turn::HalfTurn, Turn::Clockwise270, Turn::LeftRight,
    Turn::UpsideDown, Turn::MainDiagonal, Turn::OtherDiagonal};
/// The coefficients of the turned picture.
[[nodiscard]] Coefficients turned(const Coefficients& coefficients, Turn turn);

} // namespace vidimus::matching::engine
