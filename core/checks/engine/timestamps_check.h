#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/event_list.h"

#include <memory>

namespace vidimus::checks::engine {

/// Looks at the times of frames and packets: where picture or sound is missing or doubled, decoding times that go back,
/// and how regular the frame rate is.
class TimestampsCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startProgramme(const media::engine::PassStart& start) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    void addPicture(const media::FrameIndex& index);
    void addEvents(const media::engine::PassStart& start);

    bool m_known = false;
    Values m_scalars;
    EventList m_pictureGaps;
    EventList m_soundGaps;
    EventList m_soundOverlaps;
    EventList m_backwards;
};

} // namespace vidimus::checks::engine
