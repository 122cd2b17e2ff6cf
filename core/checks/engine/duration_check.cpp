#include "core/checks/engine/duration_check.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

std::unique_ptr<Check> DurationCheck::create()
{
    return std::make_unique<DurationCheck>();
}

CheckMeasurement DurationCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    const ProgrammeFacts& facts = programme.facts;
    if (!facts.hasPicture && !facts.hasSound) {
        measurement.cause = u"no_streams"_s;
        return measurement;
    }
    Values& values = measurement.scalars;
    const qint64 frames = programme.clock.count();
    const double pictureEnd = programme.clock.start(frames);
    if (facts.hasPicture)
        values[u"picture_end_s"_s] = pictureEnd;
    if (facts.hasSound)
        values[u"sound_end_s"_s] = facts.soundEnd;
    if (facts.declaredDuration > 0) {
        values[u"declared_duration_s"_s] = facts.declaredDuration;
        values[u"declared_difference_s"_s] = std::abs(facts.declaredDuration - programme.duration());
    }
    // A still picture has no length that sound could miss.
    if (facts.hasPicture && facts.hasSound && frames > 1) {
        const double missing = pictureEnd - facts.soundEnd;
        const double frameDuration = (pictureEnd - programme.clock.start(0)) / static_cast<double>(frames);
        values[u"sound_short_frames"_s] = frameDuration > 0 ? std::max(0.0, missing) / frameDuration : 0;
        values[u"sound_long_s"_s] = std::max(0.0, -missing);
        values[u"tail_start_s"_s] = std::min(pictureEnd, facts.soundEnd);
        values[u"tail_end_s"_s] = std::max(pictureEnd, facts.soundEnd);
    }
    if (values.size() < 2)
        measurement.cause = u"nothing_to_compare"_s;
    return measurement;
}

} // namespace vidimus::checks::engine
