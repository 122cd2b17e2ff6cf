#pragma once

#include "core/checks/engine/check.h"

#include <memory>
#include <optional>

namespace vidimus::checks::engine {

/// Measures MaxCLL and MaxFALL (CTA-861.3, annex P): the largest of R, G and B of each pixel in light, its maximum over
/// the programme, and the maximum of its means over frames. For PQ (SMPTE ST 2084) only: HLG has no absolute light and
/// needs no such metadata. Light is taken from means of 2 × 2 pixels, so that one wrong pixel is no maximum; up to
/// kRows rows a frame are read, other ones in each frame.
class HdrCheck : public Check {
public:
    HdrCheck();
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startProgramme(const media::engine::PassStart& start) override;
    void addFrame(const Picture& picture) override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    media::HdrKind m_kind = media::HdrKind::Sdr;
    media::HdrValues m_declared;
    std::vector<float> m_light; ///< cd/m² for each step of the signal
    std::vector<std::int32_t> m_brightest;
    double m_maxLight = 0;
    double m_maxMean = 0;
    qint64 m_frames = 0;
};

/// SMPTE ST 2084, equation 4.1: cd/m² of a signal from 0 to 1.
[[nodiscard]] double pqLight(double signal);

} // namespace vidimus::checks::engine
