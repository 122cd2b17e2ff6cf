#include "core/matching/engine/plane_reducer.h"

#include <algorithm>

namespace vidimus::matching::engine {

namespace {

// The wide variant does the same operations on more elements at once, so both give the same bits.
#if defined(__x86_64__) && !defined(VIDIMUS_ASAN)
#define VIDIMUS_WIDE __attribute__((target("avx2")))
const bool kWide = __builtin_cpu_supports("avx2") != 0;
#else
#define VIDIMUS_WIDE
const bool kWide = false;
#endif

template<class Sample>
[[gnu::always_inline]] inline void addScaled(float* sums, const Sample* samples, float weight, int count)
{
    for (int x = 0; x < count; ++x)
        sums[x] += weight * static_cast<float>(samples[x]);
}

[[gnu::always_inline]] inline void addScaledBgra(float* sums, const std::uint8_t* pixels, float weight, int count)
{
    for (int x = 0; x < count; ++x) {
        const float luma = 0.114F * static_cast<float>(pixels[4 * x]) + 0.587F * static_cast<float>(pixels[4 * x + 1])
            + 0.299F * static_cast<float>(pixels[4 * x + 2]);
        sums[x] += weight * luma;
    }
}

template<class Sample>
VIDIMUS_WIDE void addScaledWide(float* sums, const Sample* samples, float weight, int count)
{
    addScaled(sums, samples, weight, count);
}

template<class Sample>
void addRow(float* sums, const Sample* samples, float weight, int count)
{
    if (kWide)
        addScaledWide(sums, samples, weight, count);
    else
        addScaled(sums, samples, weight, count);
}

/// Sums in eight lanes: a fixed order, whatever the width of the machine's registers.
float weightedSum(const float* samples, const float* weights, int count)
{
    constexpr int kLanes = TentWeights::kLanes;
    std::array<float, kLanes> lanes {};
    for (int k = 0; k < count; k += kLanes) {
        for (int lane = 0; lane < kLanes; ++lane)
            lanes[std::size_t(lane)] += samples[k + lane] * weights[k + lane];
    }
    return ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
}

} // namespace

PlaneReducer::PlaneReducer(media::PictureSize size)
    : m_size(size)
    , m_across(size.width)
    , m_down(size.height)
    , m_row(static_cast<std::size_t>(size.width) + TentWeights::kLanes)
{
}

template<class ReadRow>
void PlaneReducer::reduce(const ReadRow& addRowOf, Grid& grid)
{
    for (int y = 0; y < TentWeights::kOutputs; ++y) {
        const auto& rows = m_down.sample(y);
        const float* rowWeights = m_down.weights(rows);
        std::fill(m_row.begin(), m_row.end(), 0.0F);
        for (int k = 0; k < rows.count; ++k)
            addRowOf(m_row.data(), rows.first + k, rowWeights[k]);
        for (int x = 0; x < TentWeights::kOutputs; ++x) {
            const auto& columns = m_across.sample(x);
            grid[std::size_t(y) * TentWeights::kOutputs + std::size_t(x)]
                = weightedSum(m_row.data() + columns.first, m_across.weights(columns), columns.count);
        }
    }
}

void PlaneReducer::reduce8(const media::PlaneView& plane, Grid& grid)
{
    reduce([&](float* sums, int y, float weight) { addRow(sums, plane.row8(y), weight, m_size.width); }, grid);
}

void PlaneReducer::reduce16(const media::PlaneView& plane, Grid& grid)
{
    reduce([&](float* sums, int y, float weight) { addRow(sums, plane.row16(y), weight, m_size.width); }, grid);
}

void PlaneReducer::reduceBgra(const media::PlaneView& plane, Grid& grid)
{
    reduce([&](float* sums, int y, float weight) { addScaledBgra(sums, plane.row8(y), weight, m_size.width); }, grid);
}

} // namespace vidimus::matching::engine
