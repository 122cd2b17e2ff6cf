#pragma once

#include "core/checks/engine/sound_windows.h"
#include "core/checks/engine/true_peak_meter.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures the true peak (4 times oversampled below 96 kHz) of the whole programme and of each 50 ms.
class TruePeakCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    void closeWindow();

    TruePeakMeter m_meter;
    SoundWindows m_windows;
    float m_windowPeak = 0;
    Series m_peaks;
};

} // namespace vidimus::checks::engine
