#include "core/checks/engine/strip_ops_p.h"

#include <cstdlib>

namespace vidimus::checks::engine {

namespace {

// Combing as deinterlacers look for it: both neighbours of the other field differ by more than this, in the same
// direction, and the rows of the own field do not explain it (six times the threshold over five taps).
constexpr int kCombThreshold = 9;
constexpr int kCombFiveTaps = 6 * kCombThreshold;
/// Rows are cut into parts of this length, so that sums of 32 bits cannot overflow.
constexpr int kPart = 8192;

} // namespace

std::uint32_t rowDifference8(const std::uint8_t* a, const std::uint8_t* b, int count)
{
    std::uint32_t sum = 0;
    for (int x = 0; x < count; ++x)
        sum += static_cast<std::uint32_t>(std::abs(int(a[x]) - int(b[x])));
    return sum;
}

void addSteps(const std::uint8_t* row, int width, std::uint32_t* __restrict steps)
{
    for (int x = 0; x + 1 < width; ++x)
        steps[x] += static_cast<std::uint32_t>(std::abs(int(row[x + 1]) - int(row[x])));
}

void addEdges(
    const std::uint8_t* previous, const std::uint8_t* here, const std::uint8_t* next, int count, EdgeSums& sums)
{
    constexpr int kShort = 2048; // × 510² fits into 32 bits
    for (int first = 0; first < count; first += kShort) {
        const int end = first + kShort < count ? first + kShort : count;
        std::int32_t slopes = 0;
        std::int32_t bends = 0;
        std::int32_t places = 0;
        for (int x = first; x < end; ++x) {
            const auto slope = static_cast<std::int16_t>(next[x] - previous[x]);
            const auto bend = static_cast<std::int16_t>(next[x] + previous[x] - 2 * here[x]);
            const auto edge = static_cast<std::int16_t>(-((slope >= kEdgeSlope) | (slope <= -kEdgeSlope)));
            const auto slopeThere = static_cast<std::int16_t>(slope & edge);
            const auto bendThere = static_cast<std::int16_t>(bend & edge);
            slopes += slopeThere * slopeThere;
            bends += bendThere * bendThere;
            places -= edge;
        }
        sums.slope += static_cast<std::uint64_t>(slopes);
        sums.bend += static_cast<std::uint64_t>(bends);
        sums.count += static_cast<std::uint32_t>(places);
    }
}

void markApart(const std::uint8_t* row, int count, int threshold, std::uint8_t* __restrict apart)
{
    for (int x = 0; x < count; ++x) {
        const auto left = static_cast<std::int16_t>(row[x] - row[x - 1]);
        const auto right = static_cast<std::int16_t>(row[x] - row[x + 1]);
        const int higher = (left >= threshold) & (right >= threshold);
        const int lower = (left <= -threshold) & (right <= -threshold);
        apart[x] = static_cast<std::uint8_t>(higher | lower);
    }
}

void markCombed(std::span<const std::uint8_t* const, 5> rows, int count, std::uint8_t* __restrict combed)
{
    const std::uint8_t* above2 = rows[0];
    const std::uint8_t* above = rows[1];
    const std::uint8_t* here = rows[2];
    const std::uint8_t* below = rows[3];
    const std::uint8_t* below2 = rows[4];
    for (int x = 0; x < count; ++x) {
        const auto up = static_cast<std::int16_t>(here[x] - above[x]);
        const auto down = static_cast<std::int16_t>(here[x] - below[x]);
        const auto taps = static_cast<std::int16_t>(above2[x] + 4 * here[x] + below2[x] - 3 * (above[x] + below[x]));
        const int higher = (up > kCombThreshold) & (down > kCombThreshold);
        const int lower = (up < -kCombThreshold) & (down < -kCombThreshold);
        const int strong = (taps > kCombFiveTaps) | (taps < -kCombFiveTaps);
        combed[x] = static_cast<std::uint8_t>((higher | lower) & strong);
    }
}

std::uint64_t misfit(const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below, int count)
{
    std::uint64_t all = 0;
    for (int first = 0; first < count; first += kPart) {
        const int end = first + kPart < count ? first + kPart : count;
        std::uint32_t sum = 0;
        for (int x = first; x < end; ++x)
            sum += static_cast<std::uint32_t>(std::abs(int(above[x]) + int(below[x]) - 2 * int(here[x])));
        all += sum;
    }
    return all;
}

std::uint32_t maskedSum(const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below, int count)
{
    std::uint32_t sum = 0;
    for (int x = 0; x < count; ++x) {
        const int corners = above[x - 1] + above[x + 1] + below[x - 1] + below[x + 1];
        const int sides = above[x] + below[x] + here[x - 1] + here[x + 1];
        sum += static_cast<std::uint32_t>(std::abs(corners - 2 * sides + 4 * here[x]));
    }
    return sum;
}

int countOutside(const std::uint8_t* row, int count, int least, int most)
{
    int outside = 0;
    for (int x = 0; x < count; ++x)
        outside += (row[x] < least) | (row[x] > most);
    return outside;
}

std::uint32_t sumOf(const std::uint8_t* bytes, int count)
{
    std::uint32_t sum = 0;
    for (int x = 0; x < count; ++x)
        sum += bytes[x];
    return sum;
}

} // namespace vidimus::checks::engine
