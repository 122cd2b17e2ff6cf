#include "core/matching/engine/dct.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vidimus::matching::engine {

namespace {

constexpr std::size_t kSide = 64;
constexpr std::size_t kKept = 16;

using Basis = std::array<float, kKept * kSide>;

/// Row f holds the cosine of frequency f+1 at each of the 64 places.
Basis makeBasis()
{
    Basis basis {};
    for (std::size_t f = 0; f < kKept; ++f) {
        for (std::size_t x = 0; x < kSide; ++x) {
            const double angle = std::numbers::pi / (2.0 * kSide) * double(f + 1) * double(2 * x + 1);
            basis[f * kSide + x] = static_cast<float>(std::sqrt(2.0 / kSide) * std::cos(angle));
        }
    }
    return basis;
}

const Basis kBasis = makeBasis();

} // namespace

Coefficients dctOf(const Grid& grid)
{
    std::array<float, kKept * kSide> columns {}; // frequency down, place across
    for (std::size_t f = 0; f < kKept; ++f) {
        float* sums = columns.data() + f * kSide;
        for (std::size_t y = 0; y < kSide; ++y) {
            const float factor = kBasis[f * kSide + y];
            const float* row = grid.data() + y * kSide;
            for (std::size_t x = 0; x < kSide; ++x)
                sums[x] += factor * row[x];
        }
    }
    Coefficients result {};
    for (std::size_t f = 0; f < kKept; ++f) {
        for (std::size_t g = 0; g < kKept; ++g) {
            std::array<float, 8> lanes {}; // a fixed order of additions
            for (std::size_t x = 0; x < kSide; x += lanes.size()) {
                for (std::size_t lane = 0; lane < lanes.size(); ++lane)
                    lanes[lane] += columns[f * kSide + x + lane] * kBasis[g * kSide + x + lane];
            }
            result[f * kKept + g]
                = ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
        }
    }
    return result;
}

PdqHash hashOf(const Coefficients& coefficients)
{
    Coefficients sorted = coefficients;
    const auto middle = sorted.begin() + sorted.size() / 2 - 1;
    std::nth_element(sorted.begin(), middle, sorted.end());
    const float median = *middle;
    PdqHash hash;
    for (std::size_t n = 0; n < coefficients.size(); ++n) {
        if (coefficients[n] > median)
            hash.setBit(static_cast<int>(n));
    }
    return hash;
}

Coefficients turned(const Coefficients& coefficients, Turn turn)
{
    // A mirrored axis changes the sign of its odd frequencies, which are those with an even place; a quarter turn is a
    // mirroring and an exchange of the axes.
    const bool exchange = turn == Turn::Clockwise90 || turn == Turn::Clockwise270 || turn == Turn::MainDiagonal
        || turn == Turn::OtherDiagonal;
    const bool mirrorDown = turn == Turn::HalfTurn || turn == Turn::UpsideDown || turn == Turn::Clockwise90
        || turn == Turn::OtherDiagonal;
    const bool mirrorAcross = turn == Turn::HalfTurn || turn == Turn::LeftRight || turn == Turn::Clockwise270
        || turn == Turn::OtherDiagonal;
    Coefficients result {};
    for (std::size_t down = 0; down < kKept; ++down) {
        for (std::size_t across = 0; across < kKept; ++across) {
            const bool negative = (mirrorDown && down % 2 == 0) != (mirrorAcross && across % 2 == 0);
            const float value = coefficients[down * kKept + across];
            result[exchange ? across * kKept + down : down * kKept + across] = negative ? -value : value;
        }
    }
    return result;
}

} // namespace vidimus::matching::engine
