#pragma once

#include "core/checks/engine/check.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures by how much sound starts before or after the picture, and how far the samples that were decoded drift away
/// from the time stamps they carry (gaps apart): a player that trusts one of them is out of step by this much.
class AvSyncCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    int m_sampleRate = 0;
    double m_first = 0; ///< time stamp of the first sample, seconds
    qint64 m_samples = 0; ///< taken in, gaps not counted
    double m_lastOffset = 0; ///< time stamp less samples, seconds
    double m_jumps = 0; ///< sum of what changed at once
    double m_early = 0; ///< largest drifts: sound stamped too early, too late
    double m_late = 0;
    bool m_begun = false;
};

} // namespace vidimus::checks::engine
