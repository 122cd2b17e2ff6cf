#include "core/media/player_clock.h"

#include <algorithm>
#include <cmath>

namespace vidimus::media {

namespace {

constexpr double kFastest = 16;
constexpr double kAudibleRate = 2;
constexpr double kSlowRate = 0.25;
// A seek to a frame lands inside it, so that rounding cannot show the one before.
constexpr double kInsideSeconds = 2e-6;

} // namespace

PlayerClock::PlayerClock(FrameIndex index, double durationSeconds)
    : m_index(std::move(index))
    , m_durationSeconds(std::max(durationSeconds, 0.0))
    , m_seconds(firstSeconds())
{
}

double PlayerClock::firstSeconds() const
{
    return m_index.isEmpty() ? 0 : m_index.timeOf(0).toDouble();
}

double PlayerClock::endSeconds() const
{
    const double picture = m_index.isEmpty() ? 0 : m_index.endTime().toDouble();
    return std::max(picture, m_durationSeconds);
}

qint64 PlayerClock::frame() const
{
    return m_index.frameAt(m_seconds);
}

bool PlayerClock::isAudible() const
{
    return m_rate != 0 && std::abs(m_rate) <= kAudibleRate;
}

void PlayerClock::moveTo(Time now, double seconds)
{
    m_seconds = std::clamp(seconds, firstSeconds(), endSeconds());
    m_updated = now;
}

void PlayerClock::play(Time now)
{
    advance(now);
    if (m_seconds >= endSeconds() - kInsideSeconds
        || (!m_index.isEmpty() && m_rate == 0 && !m_loop && frame() == m_index.count() - 1
            && m_durationSeconds <= m_index.endTime().toDouble()))
        moveTo(now, firstSeconds());
    m_rate = 1;
}

void PlayerClock::pause(Time now)
{
    advance(now);
    m_rate = 0;
}

void PlayerClock::toggle(Time now)
{
    if (isPlaying())
        pause(now);
    else
        play(now);
}

void PlayerClock::shuttle(Time now, double direction)
{
    advance(now);
    const double along = m_rate * direction;
    m_rate = along >= 1 ? std::min(along * 2, kFastest) * direction : direction;
}

void PlayerClock::shuttleForward(Time now)
{
    shuttle(now, 1);
}

void PlayerClock::shuttleBackward(Time now)
{
    shuttle(now, -1);
}

void PlayerClock::shuttleStop(Time now)
{
    pause(now);
}

void PlayerClock::slow(Time now, int direction)
{
    advance(now);
    m_rate = direction < 0 ? -kSlowRate : kSlowRate;
}

void PlayerClock::setRate(Time now, double rate)
{
    advance(now);
    m_rate = std::isfinite(rate) ? std::clamp(rate, -kFastest, kFastest) : 0;
}

void PlayerClock::step(Time now, qint64 frames)
{
    advance(now);
    m_rate = 0;
    if (m_index.isEmpty())
        return;
    const qint64 count = m_index.count();
    seekToFrame(now, frame() + std::clamp(frames, -count, count));
}

void PlayerClock::seekToFrame(Time now, qint64 number)
{
    if (m_index.isEmpty())
        return;
    const qint64 inside = std::clamp<qint64>(number, 0, m_index.count() - 1);
    moveTo(now, m_index.timeOf(inside).toDouble());
}

void PlayerClock::seekToTime(Time now, double seconds)
{
    if (std::isfinite(seconds))
        moveTo(now, seconds);
}

void PlayerClock::setLoop(std::optional<FrameRange> range)
{
    if (range) {
        range->first = std::max<qint64>(range->first, 0);
        range->end = std::min(range->end, m_index.count());
        if (range->first >= range->end)
            return;
    }
    m_loop = range;
}

void PlayerClock::syncToAudio(Time now, double mediaSeconds)
{
    if (isAudible() && std::isfinite(mediaSeconds))
        moveTo(now, mediaSeconds);
}

void PlayerClock::advance(Time now)
{
    const double elapsed = std::chrono::duration<double>(now - m_updated).count();
    m_updated = now;
    if (m_rate == 0 || elapsed <= 0)
        return;
    double seconds = m_seconds + elapsed * m_rate;
    if (m_loop) {
        const double first = m_index.timeOf(m_loop->first).toDouble();
        const double end = (m_loop->end < m_index.count() ? m_index.timeOf(m_loop->end) : m_index.endTime()).toDouble();
        const double length = end - first;
        if (length > 0 && (m_rate > 0 ? seconds >= end : seconds < first)) {
            seconds = first + std::fmod(seconds - first, length);
            if (seconds < first)
                seconds += length;
        }
        m_seconds = seconds;
        return;
    }
    if (m_rate > 0 && seconds >= endSeconds()) {
        m_rate = 0;
        // Stands on the last frame, not behind it; where sound goes on after the picture it stands at its end, which
        // shows the last frame too and lets play() start over.
        const bool soundGoesOn = m_index.isEmpty() || m_durationSeconds > m_index.endTime().toDouble();
        seconds = soundGoesOn ? endSeconds() : m_index.timeOf(m_index.count() - 1).toDouble();
    } else if (m_rate < 0 && seconds <= firstSeconds()) {
        m_rate = 0;
        seconds = firstSeconds();
    }
    m_seconds = seconds;
}

} // namespace vidimus::media
