#pragma once

#include "core/checks/engine/sound_windows.h"

#include <array>
#include <memory>

namespace vidimus::checks::engine {

/// Measures, for each 50 ms and each of kClipLevels, the longest run of samples of one channel that stay at or beyond
/// that level on one side: a wave that was cut off is flat, however loud.
class ClippingCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    static constexpr std::size_t kLevels = 3;
    struct Run {
        int length = 0; ///< samples so far
        bool positive = false;
    };
    void addChannel(std::size_t channel, const float* samples, std::size_t count);
    void closeWindow();

    SoundWindows m_windows;
    std::vector<std::array<Run, kLevels>> m_runs; ///< per channel
    std::array<int, kLevels> m_longest {}; ///< of the open window
    std::array<Series, kLevels> m_series;
    qint64 m_clipped = 0; ///< samples at or beyond the first level
};

} // namespace vidimus::checks::engine
