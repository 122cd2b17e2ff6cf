#include "core/media/frame_index.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

namespace vidimus::media {

namespace {

__extension__ using Wide = __int128;

Wide greatestCommonDivisor(Wide a, Wide b)
{
    while (b != 0) {
        const Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

// Exact when it fits, else to the nanosecond.
Rational narrowed(Wide num, Wide den)
{
    const Wide divisor = greatestCommonDivisor(num, den);
    if (divisor > 1) {
        num /= divisor;
        den /= divisor;
    }
    constexpr Wide kMax = INT64_MAX;
    if (num <= kMax && num >= -kMax && den <= kMax)
        return {static_cast<std::int64_t>(num), static_cast<std::int64_t>(den)};
    constexpr std::int64_t kNano = 1'000'000'000;
    const double seconds = static_cast<double>(num) / static_cast<double>(den);
    return {std::llround(std::clamp(seconds, -9e9, 9e9) * kNano), kNano};
}

Rational mediaTime(std::int64_t pts, Rational timeBase, Rational origin)
{
    const Wide num = static_cast<Wide>(pts) * timeBase.num * origin.den - static_cast<Wide>(origin.num) * timeBase.den;
    return narrowed(num, static_cast<Wide>(timeBase.den) * origin.den);
}

} // namespace

FrameIndex::FrameIndex(Rational timeBase, Rational origin)
    : m_timeBase(timeBase)
    , m_origin(origin)
{
    assert(timeBase.num > 0 && timeBase.den > 0 && origin.den > 0);
}

FrameIndex::FrameIndex(Rational timeBase, Rational origin, const std::vector<FrameIndexEntry>& entries)
    : FrameIndex(timeBase, origin)
{
    for (const FrameIndexEntry& entry : entries)
        append(entry);
}

void FrameIndex::append(const FrameIndexEntry& entry)
{
    assert(isEmpty() || entry.pts > m_times.back());
    if (!isEmpty())
        m_excess.push_back(m_lastDuration - (entry.pts - m_times.back()));
    m_times.push_back(entry.pts);
    m_keys.push_back(entry.key);
    m_lastDuration = entry.duration;
}

FrameIndexEntry FrameIndex::at(qint64 number) const
{
    const auto n = static_cast<std::size_t>(number);
    const qint64 pts = m_times[n];
    const qint64 duration = n + 1 < m_times.size() ? m_times[n + 1] - pts + m_excess[n] : m_lastDuration;
    return {.pts = pts, .duration = duration, .key = m_keys[n]};
}

Rational FrameIndex::timeOf(qint64 number) const
{
    return mediaTime(m_times[static_cast<std::size_t>(number)], m_timeBase, m_origin);
}

Rational FrameIndex::durationOf(qint64 number) const
{
    return narrowed(static_cast<Wide>(at(number).duration) * m_timeBase.num, m_timeBase.den);
}

Rational FrameIndex::endTime() const
{
    if (m_times.empty())
        return {};
    return mediaTime(m_times.back() + m_lastDuration, m_timeBase, m_origin);
}

qint64 FrameIndex::frameAt(Rational time) const
{
    if (m_times.empty())
        return -1;
    constexpr std::int64_t kMicro = 1'000'000;
    const Rational late
        = narrowed(static_cast<Wide>(time.num) * kMicro + time.den, static_cast<Wide>(time.den) * kMicro);
    const auto times = m_times.values();
    const auto after
        = std::ranges::partition_point(times, [&](qint64 pts) { return mediaTime(pts, m_timeBase, m_origin) <= late; });
    return std::max<qint64>(after - times.begin() - 1, 0);
}

qint64 FrameIndex::frameAt(double seconds) const
{
    constexpr std::int64_t kNano = 1'000'000'000;
    if (!(seconds > -9e9))
        return frameAt(Rational {-9 * kNano, 1});
    return frameAt(Rational {std::llround(std::min(seconds, 9e9) * kNano), kNano});
}

qint64 FrameIndex::frameWithPts(qint64 pts) const
{
    const auto times = m_times.values();
    const auto found = std::ranges::lower_bound(times, pts);
    return found != times.end() && *found == pts ? found - times.begin() : -1;
}

qint64 FrameIndex::keyBefore(qint64 number) const
{
    for (qint64 n = std::min(number, count() - 1); n > 0; --n) {
        if (m_keys[static_cast<std::size_t>(n)])
            return n;
    }
    return 0;
}

qint64 FrameIndex::keyAfter(qint64 number) const
{
    for (qint64 n = std::max<qint64>(number + 1, 0); n < count(); ++n) {
        if (m_keys[static_cast<std::size_t>(n)])
            return n;
    }
    return -1;
}

bool FrameIndex::isConstantRate() const
{
    if (count() < 3)
        return true;
    qint64 shortest = m_times[1] - m_times[0];
    qint64 longest = shortest;
    for (std::size_t n = 1; n + 1 < m_times.size(); ++n) {
        const qint64 step = m_times[n + 1] - m_times[n];
        shortest = std::min(shortest, step);
        longest = std::max(longest, step);
    }
    return longest - shortest <= 1;
}

} // namespace vidimus::media
