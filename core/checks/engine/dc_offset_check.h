#pragma once

#include "core/base/long_list.h"
#include "core/checks/engine/sound_windows.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures the mean of each channel, which should be nothing: over the programme, and as a track of the largest one
/// around each second (a Hann window of 5 s, so that deep notes do not count).
class DcOffsetCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    void closeWindow();
    [[nodiscard]] Series track() const;

    SoundFormat m_format;
    SoundWindows m_windows;
    std::vector<double> m_sums; ///< of the open window, per channel
    std::vector<LongList<float>> m_means; ///< of each 100 ms, per channel
    std::size_t m_inWindow = 0; ///< samples
};

} // namespace vidimus::checks::engine
