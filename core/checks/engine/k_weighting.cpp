#include "core/checks/engine/k_weighting.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vidimus::checks::engine {

namespace {

// The analogue filters behind the coefficients that BS.1770-5 gives for 48 kHz (tables 1 and 2); at 48 kHz they give
// these coefficients back, at other rates the same response.
constexpr double kShelfHertz = 1681.974450955533;
constexpr double kShelfDecibels = 3.999843853973347;
constexpr double kShelfQ = 0.7071752369554196;
constexpr double kShelfBandGain = 0.4996667741545416; ///< exponent of the gain in the middle
constexpr double kHighPassHertz = 38.13547087602444;
constexpr double kHighPassQ = 0.5003270373238773;
/// Below this a state is silence; smaller numbers make processors slow.
constexpr double kNothing = 1e-25;

} // namespace

KWeighting::KWeighting(double sampleRate)
{
    // A shelf at or above half the sample rate would turn over; rates that low have no head to speak of.
    const double shelf = std::tan(std::numbers::pi * std::min(kShelfHertz / sampleRate, 0.49));
    const double gain = std::pow(10.0, kShelfDecibels / 20);
    const double band = std::pow(gain, kShelfBandGain);
    const double a0 = 1 + shelf / kShelfQ + shelf * shelf;
    m_shelf = {(gain + band * shelf / kShelfQ + shelf * shelf) / a0, 2 * (shelf * shelf - gain) / a0,
        (gain - band * shelf / kShelfQ + shelf * shelf) / a0, 2 * (shelf * shelf - 1) / a0,
        (1 - shelf / kShelfQ + shelf * shelf) / a0};
    const double high = std::tan(std::numbers::pi * std::min(kHighPassHertz / sampleRate, 0.49));
    const double b0 = 1 + high / kHighPassQ + high * high;
    m_highPass = {1, -2, 1, 2 * (high * high - 1) / b0, (1 - high / kHighPassQ + high * high) / b0};
}

double KWeighting::energyOf(const float* samples, std::size_t count)
{
    // Locals, so that the compiler keeps them in registers. Transposed direct form 2.
    auto [s1, s2, s3, s4] = m_state;
    const Biquad shelf = m_shelf;
    const Biquad high = m_highPass;
    double energy = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto x = static_cast<double>(samples[i]);
        const double y = shelf.b0 * x + s1;
        s1 = shelf.b1 * x - shelf.a1 * y + s2;
        s2 = shelf.b2 * x - shelf.a2 * y;
        const double z = y + s3;
        s3 = -2 * y - high.a1 * z + s4;
        s4 = y - high.a2 * z;
        energy += z * z;
    }
    m_state = {s1, s2, s3, s4};
    for (double& state : m_state)
        state = std::abs(state) < kNothing ? 0 : state;
    return energy;
}

} // namespace vidimus::checks::engine
