#pragma once

#include "core/checks/engine/check.h"

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
    void padTo(qint64 position);

    SoundFormat m_format;
    qint64 m_position = 0; ///< sample periods taken in
    qint64 m_windowEnd = 0; ///< sample period at which the open window closes
    std::vector<float> m_peaks; ///< of the open window, per channel
    Series m_mix;
    Series m_left;
    Series m_right;
};

} // namespace vidimus::checks::engine
