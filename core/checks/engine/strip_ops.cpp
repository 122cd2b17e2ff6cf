#include "core/checks/engine/strip_ops_p.h"

#include "core/checks/engine/compiled_paths_p.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>

namespace vidimus::checks::engine {

namespace {

// Combing as deinterlacers look for it: both neighbours of the other field differ by more than this, in the same
// direction, and the rows of the own field do not explain it (six times the threshold over five taps).
constexpr int kCombThreshold = 9;
constexpr int kCombFiveTaps = 6 * kCombThreshold;
/// Rows are cut into parts of this length, so that sums of 32 bits cannot overflow.
constexpr int kPart = 8192;

VIDIMUS_BODY void stepsIn(const std::uint8_t* first, int rows, int width, std::uint32_t* __restrict steps)
{
    constexpr int kNear = 64;
    for (int left = 0; left + 1 < width; left += kNear) {
        const int count = std::min(kNear, width - 1 - left);
        std::array<std::uint16_t, kNear> sums {}; // 64 rows × 255 fit
        for (int y = 0; y < rows; ++y) {
            const std::uint8_t* row = first + static_cast<std::ptrdiff_t>(y) * width + left;
            if (count == kNear) {
                for (int x = 0; x < kNear; ++x)
                    sums[static_cast<std::size_t>(x)]
                        += static_cast<std::uint16_t>(row[x + 1] > row[x] ? row[x + 1] - row[x] : row[x] - row[x + 1]);
                continue;
            }
            for (int x = 0; x < count; ++x)
                sums[static_cast<std::size_t>(x)]
                    += static_cast<std::uint16_t>(std::abs(int(row[x + 1]) - int(row[x])));
        }
        for (int x = 0; x < count; ++x)
            steps[left + x] += sums[static_cast<std::size_t>(x)];
    }
}

VIDIMUS_BODY void edges(
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

VIDIMUS_BODY void wideEdges(
    const std::int16_t* previous, const std::int16_t* here, const std::int16_t* next, int count, WideEdgeSums& sums)
{
    constexpr int kLeast = 4 * kEdgeSlope;
    std::uint64_t slopes = 0;
    std::uint64_t bends = 0;
    std::int32_t places = 0;
    for (int x = 0; x < count; ++x) {
        const std::int32_t slope = next[x] - previous[x];
        const std::int32_t bend = next[x] + previous[x] - 2 * here[x];
        const std::int32_t edge = -((slope >= kLeast) | (slope <= -kLeast));
        const auto slopeSquare = static_cast<std::uint32_t>(slope * slope & edge);
        const auto bendSquare = static_cast<std::uint32_t>(bend * bend);
        slopes += std::uint64_t {slopeSquare} * slopeSquare;
        bends += std::uint64_t {slopeSquare} * bendSquare;
        places -= edge;
    }
    sums.slope += slopes;
    sums.bend += bends;
    sums.count += static_cast<std::uint32_t>(places);
}

VIDIMUS_BODY void fours(const std::uint8_t* first, std::ptrdiff_t stride, int count, std::int16_t* __restrict means)
{
    constexpr int kNear = 128;
    for (int left = 0; left < count; left += kNear) {
        const int end = left + kNear < count ? kNear : count - left;
        const std::uint8_t* a = first + std::ptrdiff_t {4} * left;
        const std::uint8_t* b = a + stride;
        const std::uint8_t* c = b + stride;
        const std::uint8_t* d = c + stride;
        std::array<std::uint16_t, std::size_t {4} * kNear> columns; // written below
        for (int x = 0; x < 4 * end; ++x)
            columns[static_cast<std::size_t>(x)] = static_cast<std::uint16_t>(a[x] + b[x] + c[x] + d[x]);
        const std::uint16_t* sums = columns.data();
        for (int x = 0; x < end; ++x)
            means[left + x] = static_cast<std::int16_t>(
                (sums[4 * x] + sums[4 * x + 1] + sums[4 * x + 2] + sums[4 * x + 3] + 2) / 4);
    }
}

VIDIMUS_BODY bool apartIn(const std::uint8_t* row, int count, int threshold, std::uint8_t* __restrict apart)
{
    std::uint8_t any = 0;
    for (int x = 0; x < count; ++x) {
        const auto left = static_cast<std::int16_t>(row[x] - row[x - 2]);
        const auto right = static_cast<std::int16_t>(row[x] - row[x + 2]);
        const int higher = (left >= threshold) & (right >= threshold);
        const int lower = (left <= -threshold) & (right <= -threshold);
        apart[x] = static_cast<std::uint8_t>(higher | lower);
        any |= apart[x];
    }
    return any != 0;
}

/// In a row of a natural picture few pixels stand out from both neighbours; only parts with some are looked at closely.
VIDIMUS_BODY bool combedIn(std::span<const std::uint8_t* const, 5> rows, int count, std::uint8_t* __restrict combed)
{
    constexpr int kNear = 64;
    const std::uint8_t* above2 = rows[0];
    const std::uint8_t* above = rows[1];
    const std::uint8_t* here = rows[2];
    const std::uint8_t* below = rows[3];
    const std::uint8_t* below2 = rows[4];
    std::uint8_t any = 0;
    for (int first = 0; first < count; first += kNear) {
        const int end = first + kNear < count ? first + kNear : count;
        std::uint8_t apart = 0;
        for (int x = first; x < end; ++x) {
            const std::uint8_t most = above[x] > below[x] ? above[x] : below[x];
            const std::uint8_t least = above[x] < below[x] ? above[x] : below[x];
            const auto over = static_cast<std::uint8_t>(here[x] > most ? here[x] - most : 0);
            const auto under = static_cast<std::uint8_t>(least > here[x] ? least - here[x] : 0);
            const std::uint8_t larger = over > under ? over : under;
            apart = apart > larger ? apart : larger;
        }
        if (apart <= kCombThreshold) {
            std::fill(combed + first, combed + end, std::uint8_t(0));
            continue;
        }
        for (int x = first; x < end; ++x) {
            const auto up = static_cast<std::int16_t>(here[x] - above[x]);
            const auto down = static_cast<std::int16_t>(here[x] - below[x]);
            const auto taps
                = static_cast<std::int16_t>(above2[x] + 4 * here[x] + below2[x] - 3 * (above[x] + below[x]));
            const int higher = (up > kCombThreshold) & (down > kCombThreshold);
            const int lower = (up < -kCombThreshold) & (down < -kCombThreshold);
            const int strong = (taps > kCombFiveTaps) | (taps < -kCombFiveTaps);
            combed[x] = static_cast<std::uint8_t>((higher | lower) & strong);
            any |= combed[x];
        }
    }
    return any != 0;
}

VIDIMUS_BODY std::uint64_t misfitOf(
    const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below, int count)
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

VIDIMUS_BODY std::uint32_t masked(
    const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below, int count)
{
    std::uint32_t sum = 0;
    for (int x = 0; x < count; ++x) {
        const int corners = above[x - 1] + above[x + 1] + below[x - 1] + below[x + 1];
        const int sides = above[x] + below[x] + here[x - 1] + here[x + 1];
        sum += static_cast<std::uint32_t>(std::abs(corners - 2 * sides + 4 * here[x]));
    }
    return sum;
}

VIDIMUS_BODY int outsideIn(const std::uint8_t* row, int count, int least, int most)
{
    int outside = 0;
    for (int x = 0; x < count; ++x)
        outside += (row[x] < least) | (row[x] > most);
    return outside;
}

VIDIMUS_BODY std::uint32_t bytesIn(const std::uint8_t* bytes, int count)
{
    std::uint32_t sum = 0;
    for (int x = 0; x < count; ++x)
        sum += bytes[x];
    return sum;
}

/// The same code for each kind of processor.
struct StripOps {
    void (*steps)(const std::uint8_t*, int, int, std::uint32_t*);
    void (*edges)(const std::uint8_t*, const std::uint8_t*, const std::uint8_t*, int, EdgeSums&);
    void (*wideEdges)(const std::int16_t*, const std::int16_t*, const std::int16_t*, int, WideEdgeSums&);
    void (*fours)(const std::uint8_t*, std::ptrdiff_t, int, std::int16_t*);
    bool (*combed)(std::span<const std::uint8_t* const, 5>, int, std::uint8_t*);
    bool (*apart)(const std::uint8_t*, int, int, std::uint8_t*);
    std::uint64_t (*misfit)(const std::uint8_t*, const std::uint8_t*, const std::uint8_t*, int);
    std::uint32_t (*masked)(const std::uint8_t*, const std::uint8_t*, const std::uint8_t*, int);
    int (*outside)(const std::uint8_t*, int, int, int);
    std::uint32_t (*bytes)(const std::uint8_t*, int);
};

constexpr StripOps kPlain {Compiled<stepsIn>::plain, Compiled<edges>::plain, Compiled<wideEdges>::plain,
    Compiled<fours>::plain, Compiled<combedIn>::plain, Compiled<apartIn>::plain, Compiled<misfitOf>::plain,
    Compiled<masked>::plain, Compiled<outsideIn>::plain, Compiled<bytesIn>::plain};
#if defined(__x86_64__)
constexpr StripOps kAvx2 {Compiled<stepsIn>::avx2, Compiled<edges>::avx2, Compiled<wideEdges>::avx2,
    Compiled<fours>::avx2, Compiled<combedIn>::avx2, Compiled<apartIn>::avx2, Compiled<misfitOf>::avx2,
    Compiled<masked>::avx2, Compiled<outsideIn>::avx2, Compiled<bytesIn>::avx2};
#endif

const StripOps* opsFor(VectorPath path)
{
#if defined(__x86_64__)
    if (path == VectorPath::Avx2)
        return &kAvx2;
#endif
    static_cast<void>(path);
    return &kPlain;
}

std::atomic<const StripOps*>& chosen()
{
    static std::atomic<const StripOps*> ops = opsFor(vectorPaths().back());
    return ops;
}

const StripOps& ops()
{
    return *chosen().load(std::memory_order_relaxed);
}

} // namespace

void useStripPath(VectorPath path)
{
    chosen() = opsFor(path);
}

std::uint32_t rowDifference8(const std::uint8_t* a, const std::uint8_t* b, int count)
{
    return planeOps().difference(a, b, count);
}

void addSteps(const std::uint8_t* first, int rows, int width, std::uint32_t* steps)
{
    ops().steps(first, rows, width, steps);
}

void addEdges(
    const std::uint8_t* previous, const std::uint8_t* here, const std::uint8_t* next, int count, EdgeSums& sums)
{
    ops().edges(previous, here, next, count, sums);
}

void addWideEdges(
    const std::int16_t* previous, const std::int16_t* here, const std::int16_t* next, int count, WideEdgeSums& sums)
{
    ops().wideEdges(previous, here, next, count, sums);
}

void meansOfFour(const std::uint8_t* first, std::ptrdiff_t stride, int count, std::int16_t* means)
{
    ops().fours(first, stride, count, means);
}

bool markCombed(std::span<const std::uint8_t* const, 5> rows, int count, std::uint8_t* combed)
{
    return ops().combed(rows, count, combed);
}

bool markApart(const std::uint8_t* row, int count, int threshold, std::uint8_t* apart)
{
    return ops().apart(row, count, threshold, apart);
}

std::uint64_t misfit(const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below, int count)
{
    return ops().misfit(above, here, below, count);
}

std::uint32_t maskedSum(const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below, int count)
{
    return ops().masked(above, here, below, count);
}

int countOutside(const std::uint8_t* row, int count, int least, int most)
{
    return ops().outside(row, count, least, most);
}

std::uint32_t sumOf(const std::uint8_t* bytes, int count)
{
    return ops().bytes(bytes, count);
}

} // namespace vidimus::checks::engine
