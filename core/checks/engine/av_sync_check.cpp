#include "core/checks/engine/av_sync_check.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

/// A step of this much at once is a gap or an overlap, which `timestamps` reports.
constexpr double kJumpSeconds = 0.02;

} // namespace

std::unique_ptr<Check> AvSyncCheck::create()
{
    return std::make_unique<AvSyncCheck>();
}

void AvSyncCheck::startSound(const SoundFormat& format)
{
    m_sampleRate = format.sampleRate;
}

void AvSyncCheck::addSound(const SoundBlock& block)
{
    if (m_sampleRate <= 0)
        return;
    if (!m_begun) {
        m_begun = true;
        m_first = block.seconds;
    }
    const double offset = block.seconds - m_first - static_cast<double>(m_samples) / m_sampleRate;
    if (std::abs(offset - m_lastOffset) > kJumpSeconds)
        m_jumps += offset - m_lastOffset;
    m_lastOffset = offset;
    m_early = std::max(m_early, m_jumps - offset);
    m_late = std::max(m_late, offset - m_jumps);
    m_samples += static_cast<qint64>(block.frames);
}

CheckMeasurement AvSyncCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    const ProgrammeFacts& facts = programme.facts;
    if (!m_begun || programme.clock.count() < 2) {
        measurement.cause = !facts.hasPicture ? u"no_video"_s : m_begun ? u"still_picture"_s : u"nothing_to_compare"_s;
        return measurement;
    }
    const double start = facts.soundStart - programme.clock.start(0);
    const double end = facts.soundEnd - programme.clock.start(programme.clock.count());
    measurement.scalars = {{u"start_offset_s"_s, start}, {u"end_offset_s"_s, end},
        {u"sound_starts_early_s"_s, std::max(0.0, -start)}, {u"sound_starts_late_s"_s, std::max(0.0, start)},
        {u"drift_early_ms"_s, m_early * 1000}, {u"drift_late_ms"_s, m_late * 1000},
        {u"head_start_s"_s, std::min(facts.soundStart, programme.clock.start(0))},
        {u"head_end_s"_s, std::max(facts.soundStart, programme.clock.start(0))}};
    return measurement;
}

} // namespace vidimus::checks::engine
