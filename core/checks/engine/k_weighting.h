#pragma once

#include <array>
#include <cstddef>

namespace vidimus::checks::engine {

/// The K weighting of ITU-R BS.1770-5, annex 1, for one channel at any sample rate: a shelf for the head, then a high
/// pass. One thread at a time.
class KWeighting {
public:
    explicit KWeighting(double sampleRate);
    /// The sum of the weighted samples' squares.
    [[nodiscard]] double energyOf(const float* samples, std::size_t count);

private:
    struct Biquad {
        double b0 = 1;
        double b1 = 0;
        double b2 = 0;
        double a1 = 0;
        double a2 = 0;
    };
    Biquad m_shelf;
    Biquad m_highPass;
    std::array<double, 4> m_state {};
};

} // namespace vidimus::checks::engine
