#include "core/checks/engine/true_peak_meter.h"

#include "core/checks/engine/plane_ops_p.h"
#include "core/checks/engine/sample_math.h"

#include <array>
#include <numbers>
#include <span>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace vidimus::checks::engine {

namespace {

constexpr int kDoubleRate = 96000; // Hz, from which less oversampling does (annex 2)
constexpr int kSingleRate = 192000;
constexpr int kPoints = 48; ///< taps of the whole filter

/// The highest absolute value of \a taps over each stretch that ends at a new sample. Lanes are samples: every output
/// is summed in the same order whatever the width of a register.
float highestPlain(const float* samples, std::size_t count, const float* taps, std::size_t past)
{
    constexpr std::size_t kLanes = 16;
    float best[kLanes] {};
    std::size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        float sum[kLanes] {};
        for (std::size_t tap = 0; tap <= past; ++tap) {
            const float weight = taps[tap];
            const float* from = samples + i + past - tap;
            for (std::size_t lane = 0; lane < kLanes; ++lane)
                sum[lane] += weight * from[lane];
        }
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            best[lane] = std::max(best[lane], std::abs(sum[lane]));
    }
    for (; i < count; ++i) {
        float sum = 0;
        for (std::size_t tap = 0; tap <= past; ++tap)
            sum += taps[tap] * samples[i + past - tap];
        best[0] = std::max(best[0], std::abs(sum));
    }
    return *std::max_element(best, best + kLanes);
}

#if defined(__x86_64__)

/// Thirty-two outputs at a time, in registers; the rest as above.
__attribute__((target("avx2"))) float highestAvx2(
    const float* samples, std::size_t count, const float* taps, std::size_t past)
{
    constexpr std::size_t kLane = 8;
    const __m256 sign = _mm256_set1_ps(-0.0F);
    __m256 best = _mm256_setzero_ps();
    std::size_t i = 0;
    for (; i + 4 * kLane <= count; i += 4 * kLane) {
        __m256 first = _mm256_setzero_ps();
        __m256 second = first;
        __m256 third = first;
        __m256 fourth = first;
        for (std::size_t tap = 0; tap <= past; ++tap) {
            const __m256 weight = _mm256_set1_ps(taps[tap]);
            const float* from = samples + i + past - tap;
            first = _mm256_add_ps(first, _mm256_mul_ps(weight, _mm256_loadu_ps(from)));
            second = _mm256_add_ps(second, _mm256_mul_ps(weight, _mm256_loadu_ps(from + kLane)));
            third = _mm256_add_ps(third, _mm256_mul_ps(weight, _mm256_loadu_ps(from + 2 * kLane)));
            fourth = _mm256_add_ps(fourth, _mm256_mul_ps(weight, _mm256_loadu_ps(from + 3 * kLane)));
        }
        for (const __m256 sum : {first, second, third, fourth})
            best = _mm256_max_ps(best, _mm256_andnot_ps(sign, sum));
    }
    std::array<float, kLane> lanes {};
    _mm256_storeu_ps(lanes.data(), best);
    return std::max(*std::ranges::max_element(lanes), highestPlain(samples + i, count - i, taps, past));
}

#endif

float highestOfPhase(const float* samples, std::size_t count, std::span<const float> taps)
{
#if defined(__x86_64__)
    static const bool hasAvx2 = vectorPaths().back() == VectorPath::Avx2;
    if (hasAvx2)
        return highestAvx2(samples, count, taps.data(), taps.size() - 1);
#endif
    return highestPlain(samples, count, taps.data(), taps.size() - 1);
}

} // namespace

TruePeakMeter::TruePeakMeter(const SoundFormat& format)
{
    const int factor = format.sampleRate < kDoubleRate ? 4 : format.sampleRate < kSingleRate ? 2 : 1;
    // A sinc over the oversampled points, in a Hann window. Phase 0 is the samples themselves.
    for (int phase = 1; phase < factor; ++phase) {
        std::vector<float> taps;
        for (int point = phase; point < kPoints; point += factor) {
            const double angle = (point - kPoints / 2) * std::numbers::pi / factor;
            const double window = 0.5 * (1 - std::cos(2 * std::numbers::pi * point / kPoints));
            taps.push_back(static_cast<float>(window * std::sin(angle) / angle));
        }
        m_past = taps.size() - 1;
        m_phases.push_back(std::move(taps));
    }
    m_history.assign(format.roles.size(), std::vector<float>(m_past, 0.0F));
}

float TruePeakMeter::peakOfChannel(const float* samples, std::size_t count) const
{
    float peak = peakOf(samples + m_past, count);
    for (const std::vector<float>& taps : m_phases)
        peak = std::max(peak, highestOfPhase(samples, count, taps));
    return peak;
}

float TruePeakMeter::add(const SoundBlock& block, std::size_t first, std::size_t count)
{
    float peak = 0;
    const auto past = static_cast<std::ptrdiff_t>(m_past);
    for (std::size_t channel = 0; channel < m_history.size(); ++channel) {
        std::vector<float>& samples = m_history[channel];
        samples.resize(m_past + count);
        std::copy_n(block.channels[channel] + first, count, samples.begin() + past);
        peak = std::max(peak, peakOfChannel(samples.data(), count));
        std::copy(samples.end() - past, samples.end(), samples.begin());
    }
    m_highest = std::max(m_highest, peak);
    return peak;
}

} // namespace vidimus::checks::engine
