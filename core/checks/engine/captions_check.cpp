#include "core/checks/engine/captions_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/event_list.h"

#include <algorithm>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

/// Of a text track; the shortest cue that reading speed is told of.
constexpr double kLeastCueSeconds = 0.2;

struct TrackTimes {
    double last = 0; ///< seconds, end of the last cue
    double longestPause = 0;
    double pauseStart = 0;
    double before = 0; ///< how far the first cue starts before the programme
};

TrackTimes timesOf(const media::CaptionTrack& track, double programmeEnd)
{
    TrackTimes times;
    double shownUntil = 0;
    for (const media::CaptionCue& cue : track.cues) {
        times.before = std::max(times.before, -cue.start);
        if (cue.start - shownUntil > times.longestPause) {
            times.longestPause = cue.start - shownUntil;
            times.pauseStart = shownUntil;
        }
        shownUntil = std::max(shownUntil, cue.end);
    }
    times.last = shownUntil;
    if (programmeEnd - shownUntil > times.longestPause) {
        times.longestPause = programmeEnd - shownUntil;
        times.pauseStart = shownUntil;
    }
    return times;
}

} // namespace

std::unique_ptr<Check> CaptionsCheck::create()
{
    return std::make_unique<CaptionsCheck>();
}

void CaptionsCheck::startProgramme(const media::engine::PassStart& start)
{
    m_known = start.container != nullptr;
    if (m_known)
        m_tracks = start.container->captions;
}

void CaptionsCheck::addFrame(const Picture& picture)
{
    ++m_frames;
    m_framesWithCaptions += picture.view.closedCaptions ? 1 : 0;
}

void CaptionsCheck::state(StateArchive& archive)
{
    archive(m_frames, m_framesWithCaptions);
}

CheckMeasurement CaptionsCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    if (!m_known) {
        measurement.cause = u"not_measured"_s;
        return measurement;
    }
    Values& scalars = measurement.scalars;
    double cues = 0;
    double tracks = 0;
    EventList after;
    EventList fast;
    const double end = programme.duration();
    std::optional<TrackTimes> best; // the track with the shortest longest pause
    for (const media::CaptionTrack& track : m_tracks) {
        cues += static_cast<double>(track.cues.size());
        if (track.cues.empty())
            continue;
        ++tracks;
        const TrackTimes times = timesOf(track, end);
        if (!best || times.longestPause < best->longestPause)
            best = times;
        if (times.last > end)
            after.add(end, times.last - end);
        for (const media::CaptionCue& cue : track.cues) {
            if (track.isText && cue.end - cue.start >= kLeastCueSeconds)
                fast.add(cue.start, cue.characters / (cue.end - cue.start));
        }
    }
    scalars[u"caption_tracks"_s] = tracks;
    scalars[u"cues"_s] = cues;
    scalars[u"closed_captions_share"_s]
        = m_frames > 0 ? static_cast<double>(m_framesWithCaptions) / static_cast<double>(m_frames) : 0;
    scalars[u"captions_present"_s] = tracks > 0 || m_framesWithCaptions > 0 ? 1 : 0;
    if (best) {
        scalars[u"longest_pause_s"_s] = best->longestPause;
        scalars[u"pause_start_s"_s] = best->pauseStart;
        scalars[u"pause_end_s"_s] = best->pauseStart + best->longestPause;
    }
    after.store(u"after_end"_s, measurement);
    fast.store(u"reading_speed"_s, measurement);
    return measurement;
}

} // namespace vidimus::checks::engine
