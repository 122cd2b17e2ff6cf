#pragma once

#include "core/checks/engine/true_peak_meter.h"

#include <deque>
#include <span>
#include <vector>

namespace vidimus::transcode::engine {

/// Holds true peaks (ITU-R BS.1770-5, annex 2) at a ceiling by turning all channels down together, smoothly and ahead
/// of time: down over 5 ms, up again by 60 dB in a second. What never comes near the ceiling leaves as it came, bit for
/// bit. The sound comes out later by 5 ms; as many samples come out as went in. One thread.
class PeakLimiter {
public:
    PeakLimiter(const checks::engine::SoundFormat& format, double ceilingDbtp);

    /// Interleaved samples in; appends what is ready.
    void process(std::span<const float> samples, std::vector<float>& out);
    /// No more comes: appends the rest.
    void finish(std::vector<float>& out);
    [[nodiscard]] double deepestDb() const; ///< most that was taken away, at most 0

private:
    static constexpr std::size_t kBlock = 8; ///< samples of each channel that share one gain, ramps between
    void takeBlock();
    void emitBlock(std::vector<float>& out);
    [[nodiscard]] double neededGain(float peak);
    [[nodiscard]] double smoothedGain();

    checks::engine::SoundFormat m_format;
    std::size_t m_channels;
    std::size_t m_ahead; ///< blocks of 5 ms
    double m_ceiling; ///< factor of full scale
    double m_recovery; ///< factor of a block
    checks::engine::TruePeakMeter m_meter;
    std::vector<float> m_partial; ///< less than a block, interleaved
    std::deque<std::vector<float>> m_blocks; ///< that wait for their gain
    std::deque<double> m_gains; ///< of the blocks that came, after recovery
    std::deque<double> m_lowest; ///< least gain of each block and the m_ahead after it
    double m_recovered = 1;
    bool m_begun = false;
    double m_gain = 1; ///< at the end of the block that left last
    double m_deepest = 1;
};

} // namespace vidimus::transcode::engine
