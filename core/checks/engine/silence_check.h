#pragma once

#include "core/checks/engine/sound_windows.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures the loudest sample of each 10 ms, over all channels and for left and right.
class SilenceCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    void closeWindow();

    SoundFormat m_format;
    SoundWindows m_windows;
    std::vector<float> m_peaks; ///< of the open window, per channel
    Series m_mix;
    Series m_left;
    Series m_right;
};

} // namespace vidimus::checks::engine
