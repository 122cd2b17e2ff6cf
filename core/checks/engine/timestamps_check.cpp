#include "core/checks/engine/timestamps_check.h"

#include <algorithm>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

/// A frame that lasts this many times the usual is a gap, if it is long enough; less is a variable rate.
constexpr double kGapTimesUsual = 3;
/// Whole milliseconds and time bases of 90 kHz round a frame's length by this share at most.
constexpr double kRegular = 0.1;

} // namespace

std::unique_ptr<Check> TimestampsCheck::create()
{
    return std::make_unique<TimestampsCheck>();
}

void TimestampsCheck::addPicture(const media::FrameIndex& index)
{
    if (index.count() < 3)
        return;
    std::vector<qint64> lengths; // the last frame's length is its own word
    for (qint64 n = 0; n + 1 < index.count(); ++n)
        lengths.push_back(index.at(n).duration);
    auto sorted = lengths;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    const auto usual = static_cast<double>(*middle);
    const double tick = index.timeBase().toDouble();
    qint64 irregular = 0;
    double longest = 0;
    for (std::size_t n = 0; n < lengths.size(); ++n) {
        const auto length = static_cast<double>(lengths[n]);
        irregular += std::abs(length - usual) > std::max(1.0, kRegular * usual) ? 1 : 0;
        longest = std::max(longest, length * tick);
        if (length > kGapTimesUsual * usual)
            m_pictureGaps.add(index.timeOf(static_cast<qint64>(n)).toDouble() + usual * tick, (length - usual) * tick);
    }
    m_scalars[u"irregular_share"_s] = static_cast<double>(irregular) / static_cast<double>(lengths.size());
    m_scalars[u"usual_frame_s"_s] = usual * tick;
    m_scalars[u"longest_frame_s"_s] = longest;
}

void TimestampsCheck::addEvents(const media::engine::PassStart& start)
{
    const media::ContainerFacts& container = *start.container;
    for (const media::TimeEvent& event : container.events) {
        switch (event.kind) {
        case media::TimeEvent::Kind::Gap:
            m_soundGaps.add(event.at, event.seconds);
            break;
        case media::TimeEvent::Kind::Overlap:
            m_soundOverlaps.add(event.at, event.seconds);
            break;
        case media::TimeEvent::Kind::Backwards:
            m_backwards.add(event.at, event.seconds);
            break;
        }
    }
    m_scalars[u"missing_times"_s] = static_cast<double>(container.missingTimes);
    m_scalars[u"duplicate_times"_s] = static_cast<double>(container.duplicateTimes);
    m_scalars[u"lost_at_start"_s] = static_cast<double>(container.beforeFirstKey);
}

void TimestampsCheck::startProgramme(const media::engine::PassStart& start)
{
    addPicture(start.index);
    m_known = start.container != nullptr;
    if (m_known)
        addEvents(start);
}

CheckMeasurement TimestampsCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (!m_known) {
        measurement.cause = u"not_measured"_s;
        return measurement;
    }
    measurement.scalars = m_scalars;
    m_pictureGaps.store(u"picture_gap"_s, measurement);
    m_soundGaps.store(u"sound_gap"_s, measurement);
    m_soundOverlaps.store(u"sound_overlap"_s, measurement);
    m_backwards.store(u"backwards"_s, measurement);
    return measurement;
}

} // namespace vidimus::checks::engine
