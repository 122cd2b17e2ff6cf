#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/loudness_meter.h"
#include "core/checks/engine/sound_chunks.h"

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
    void closeChunk();

    std::unique_ptr<LoudnessMeter> m_meter;
    SoundChunks m_chunks;
    double m_chunkPeak = 0;
    Series m_peaks;
};

} // namespace vidimus::checks::engine
