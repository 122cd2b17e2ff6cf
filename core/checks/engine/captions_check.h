#pragma once

#include "core/checks/engine/check.h"

#include <memory>
#include <optional>

namespace vidimus::checks::engine {

/// Looks whether captions are there (tracks, or CEA-608/708 in the picture), whether they stay within the programme,
/// how long none is shown, and whether they can be read in the time they are given.
class CaptionsCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startProgramme(const media::engine::PassStart& start) override;
    void addFrame(const Picture& picture) override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    bool m_known = false;
    std::vector<media::CaptionTrack> m_tracks;
    qint64 m_frames = 0;
    qint64 m_framesWithCaptions = 0;
};

} // namespace vidimus::checks::engine
