#include "core/checks/engine/flash_ops_p.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace vidimus::checks::engine {

namespace {

std::uint64_t moveExtremesScalar(
    const float* light, float* maximum, float* minimum, std::size_t count, float none, float step, float darkLimit)
{
    std::uint64_t found = 0;
    for (std::size_t cell = 0; cell < count; ++cell) {
        const float value = light[cell];
        const float high = maximum[cell] < 0 ? maximum[cell] : std::max(maximum[cell], value);
        const float low = minimum[cell] == none ? none : std::min(minimum[cell], value);
        maximum[cell] = high;
        minimum[cell] = low;
        const int fell = int(high - value >= step) & int(value < darkLimit);
        const int rose = int(value - low >= step) & int(low < darkLimit);
        found |= static_cast<std::uint64_t>(fell | rose) << cell;
    }
    return found;
}

void measureRednessScalar(const RedLight& light, std::size_t count, float least, float* ratio, float* excess)
{
    for (std::size_t cell = 0; cell < count; ++cell) {
        const float red = light.red[cell];
        const float others = light.green[cell] + light.blue[cell];
        const float share = red / std::max(red + others, least);
        ratio[cell] = red < least ? std::min(share, 1.0F / 3) : share;
        excess[cell] = std::max(0.0F, red - others) * 320;
    }
}

bool anyBelowScalar(const float* a, const float* b, std::size_t count)
{
    int found = 0;
    for (std::size_t at = 0; at < count; ++at)
        found |= int(a[at] < b[at]);
    return found != 0;
}

bool anyAtLeastScalar(const float* values, float limit, std::size_t count)
{
    int found = 0;
    for (std::size_t at = 0; at < count; ++at)
        found |= int(values[at] >= limit);
    return found != 0;
}

constexpr FlashOps kScalar {moveExtremesScalar, measureRednessScalar, anyBelowScalar, anyAtLeastScalar};

#if defined(__x86_64__)

constexpr std::size_t kLane = 8;

__attribute__((target("avx2"))) std::uint64_t moveExtremesAvx2(
    const float* light, float* maximum, float* minimum, std::size_t count, float none, float step, float darkLimit)
{
    const __m256 steps = _mm256_set1_ps(step);
    const __m256 dark = _mm256_set1_ps(darkLimit);
    const __m256 nones = _mm256_set1_ps(none);
    std::uint64_t found = 0;
    std::size_t cell = 0;
    for (; cell + kLane <= count; cell += kLane) {
        const __m256 value = _mm256_loadu_ps(light + cell);
        const __m256 before = _mm256_loadu_ps(maximum + cell);
        const __m256 least = _mm256_loadu_ps(minimum + cell);
        // The sign of a maximum says that there is none.
        const __m256 high = _mm256_blendv_ps(_mm256_max_ps(before, value), before, before);
        const __m256 low
            = _mm256_blendv_ps(_mm256_min_ps(least, value), nones, _mm256_cmp_ps(least, nones, _CMP_EQ_OQ));
        _mm256_storeu_ps(maximum + cell, high);
        _mm256_storeu_ps(minimum + cell, low);
        const __m256 fell = _mm256_and_ps(
            _mm256_cmp_ps(_mm256_sub_ps(high, value), steps, _CMP_GE_OQ), _mm256_cmp_ps(value, dark, _CMP_LT_OQ));
        const __m256 rose = _mm256_and_ps(
            _mm256_cmp_ps(_mm256_sub_ps(value, low), steps, _CMP_GE_OQ), _mm256_cmp_ps(low, dark, _CMP_LT_OQ));
        found |= static_cast<std::uint64_t>(_mm256_movemask_ps(_mm256_or_ps(fell, rose))) << cell;
    }
    if (cell == count)
        return found;
    return found
        | moveExtremesScalar(light + cell, maximum + cell, minimum + cell, count - cell, none, step, darkLimit) << cell;
}

__attribute__((target("avx2"))) void measureRednessAvx2(
    const RedLight& light, std::size_t count, float least, float* ratio, float* excess)
{
    const __m256 leasts = _mm256_set1_ps(least);
    const __m256 third = _mm256_set1_ps(1.0F / 3);
    const __m256 unit = _mm256_set1_ps(320);
    std::size_t cell = 0;
    for (; cell + kLane <= count; cell += kLane) {
        const __m256 red = _mm256_loadu_ps(light.red + cell);
        const __m256 others = _mm256_add_ps(_mm256_loadu_ps(light.green + cell), _mm256_loadu_ps(light.blue + cell));
        const __m256 share = _mm256_div_ps(red, _mm256_max_ps(_mm256_add_ps(red, others), leasts));
        const __m256 isDark = _mm256_cmp_ps(red, leasts, _CMP_LT_OQ);
        _mm256_storeu_ps(ratio + cell, _mm256_blendv_ps(share, _mm256_min_ps(share, third), isDark));
        const __m256 more = _mm256_max_ps(_mm256_sub_ps(red, others), _mm256_setzero_ps());
        _mm256_storeu_ps(excess + cell, _mm256_mul_ps(more, unit));
    }
    const RedLight rest {light.red + cell, light.green + cell, light.blue + cell};
    measureRednessScalar(rest, count - cell, least, ratio + cell, excess + cell);
}

__attribute__((target("avx2"))) bool anyBelowAvx2(const float* a, const float* b, std::size_t count)
{
    __m256 found = _mm256_setzero_ps();
    std::size_t at = 0;
    for (; at + kLane <= count; at += kLane)
        found = _mm256_or_ps(found, _mm256_cmp_ps(_mm256_loadu_ps(a + at), _mm256_loadu_ps(b + at), _CMP_LT_OQ));
    return _mm256_movemask_ps(found) != 0 || anyBelowScalar(a + at, b + at, count - at);
}

__attribute__((target("avx2"))) bool anyAtLeastAvx2(const float* values, float limit, std::size_t count)
{
    const __m256 limits = _mm256_set1_ps(limit);
    __m256 found = _mm256_setzero_ps();
    std::size_t at = 0;
    for (; at + kLane <= count; at += kLane)
        found = _mm256_or_ps(found, _mm256_cmp_ps(_mm256_loadu_ps(values + at), limits, _CMP_GE_OQ));
    return _mm256_movemask_ps(found) != 0 || anyAtLeastScalar(values + at, limit, count - at);
}

constexpr FlashOps kAvx2 {moveExtremesAvx2, measureRednessAvx2, anyBelowAvx2, anyAtLeastAvx2};

#endif

} // namespace

const FlashOps& flashOps(VectorPath path)
{
#if defined(__x86_64__)
    if (path == VectorPath::Avx2)
        return kAvx2;
#endif
    static_cast<void>(path); // the compiler's own vector code is as good as SSE2 by hand
    return kScalar;
}

const FlashOps& flashOps()
{
    static const FlashOps& best = flashOps(vectorPaths().back());
    return best;
}

} // namespace vidimus::checks::engine
