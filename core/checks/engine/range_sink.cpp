#include "core/checks/engine/range_sink.h"

#include "core/checks/engine/check_sink.h"
#include "core/checks/judge.h"
#include "core/media/engine/pass.h"

#include <algorithm>
#include <array>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

RangeSink::RangeSink(media::engine::FrameSink& inner, qint64 first, qint64 end)
    : m_inner(inner)
    , m_first(first)
    , m_end(end)
{
}

std::vector<media::engine::PictureWish> RangeSink::wishes(const media::MediaFacts& facts) const
{
    return m_inner.wishes(facts);
}

media::engine::AudioWish RangeSink::audioWish() const
{
    return m_inner.audioWish();
}

Result<void> RangeSink::begin(const media::engine::PassStart& start)
{
    m_end = std::min(m_end, start.index.count());
    if (m_first < 0 || m_first >= m_end)
        return Error {ErrorCode::Invalid, u"no such frames"_s, "bad_range"};
    std::vector<media::FrameIndexEntry> entries;
    entries.reserve(static_cast<std::size_t>(m_end - m_first));
    for (qint64 frame = m_first; frame < m_end; ++frame)
        entries.push_back(start.index.at(frame));
    m_index = media::FrameIndex(start.index.timeBase(), start.index.origin(), entries);
    return m_inner.begin({.facts = start.facts, .index = m_index, .container = start.container});
}

Result<void> RangeSink::picture(const media::engine::PictureSet& pictures)
{
    m_views.assign(pictures.views.begin(), pictures.views.end());
    for (media::FrameView& view : m_views)
        view.number -= m_first;
    return m_inner.picture({.views = m_views, .decoded = pictures.decoded});
}

Result<void> RangeSink::audio(const media::AudioView& view)
{
    return m_inner.audio(view);
}

Result<void> RangeSink::damaged(const media::engine::DamagedRange& range)
{
    media::engine::DamagedRange moved = range;
    moved.firstFrame = std::max<qint64>(0, moved.firstFrame - m_first);
    moved.endFrame = std::max<qint64>(0, moved.endFrame - m_first);
    return m_inner.damaged(moved);
}

Result<void> RangeSink::end()
{
    return m_inner.end();
}

Result<CheckRun> runChecksOfFrames(media::engine::Input& input, const Profile& profile, qint64 first, qint64 end,
    const CancelToken& cancel, const ProgressSink& progress)
{
    const auto attempt = [&](media::engine::PassOptions options) -> Result<CheckRun> {
        CheckSink checks(profile);
        RangeSink range(checks, first, end);
        const std::array<media::engine::FrameSink*, 1> sinks {&range};
        options.firstFrame = first;
        options.endFrame = end;
        const auto summary = media::engine::runPass(input, sinks, options, cancel, progress);
        if (!summary)
            return summary.error();
        CheckRun run;
        run.measurements = checks.takeMeasurements();
        run.costs = checks.costs();
        return run;
    };
    auto run = media::engine::withRepeatableDamage(attempt);
    if (run)
        run->report = judge(run->measurements, profile);
    return run;
}

} // namespace vidimus::checks::engine
