#pragma once

#include <QtGlobal>
#include <cstddef>
#include <vector>

namespace vidimus::checks::engine {

/// Lowers the sample rate of one channel by a whole factor, with a low-pass before (Blackman window, 70 dB and more
/// above the new half rate times 1.5). What lies below half of the new half rate keeps its level.
class Decimator {
public:
    Decimator() = default;
    Decimator(int sampleRate, int targetRate);

    [[nodiscard]] int factor() const { return m_factor; }
    /// Appends to \a out. A gap in \a position starts anew. Returns the position, in new samples, of the first
    /// appended.
    qint64 feed(const float* samples, std::size_t count, qint64 position, std::vector<float>& out);

private:
    int m_factor = 1;
    std::vector<float> m_taps;
    std::vector<float> m_samples;
    qint64 m_start = 0; ///< position of the first sample that is kept
};

} // namespace vidimus::checks::engine
