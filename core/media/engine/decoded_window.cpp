#include "core/media/engine/decoded_window_p.h"

#include <algorithm>

namespace vidimus::media::engine {

namespace {

constexpr qint64 kMostAhead = 24; // about a second; reading on gives the rest

} // namespace

DecodedWindow::Range DecodedWindow::wanted(qint64 place, qint64 count) const
{
    const qint64 room = std::max<qint64>(m_capacityBytes / m_frameBytes, 1);
    const qint64 ahead = std::min(kMostAhead, room / 4);
    return {std::max<qint64>(0, place - (room - ahead - 1)), std::min(count, place + ahead + 1)};
}

const DecodedWindow::Kept* DecodedWindow::find(qint64 number) const
{
    const auto found = m_frames.find(number);
    return found == m_frames.end() ? nullptr : &found->second;
}

qint64 DecodedWindow::firstMissingFrom(qint64 number) const
{
    for (auto each = m_frames.find(number); each != m_frames.end() && each->first == number; ++each)
        ++number;
    return number;
}

qint64 DecodedWindow::lastMissingBefore(qint64 number) const
{
    --number;
    for (auto each = m_frames.find(number); each != m_frames.end() && each->first == number; --number) {
        if (each == m_frames.begin())
            return number - 1;
        --each;
    }
    return number;
}

void DecodedWindow::add(const AVFrame* frame, const VideoDecoder::Frame& about, qint64 place, Range wanted)
{
    if (find(about.number))
        return;
    Kept kept {AvFramePtr(av_frame_clone(frame)), about, 0};
    if (!kept.frame)
        return;
    for (const AVBufferRef* buffer : kept.frame->buf)
        kept.bytes += buffer ? static_cast<qint64>(buffer->size) : 0;
    m_bytes += kept.bytes;
    m_frameBytes = std::max(m_frameBytes, kept.bytes);
    m_frames.emplace(about.number, std::move(kept));
    while (m_bytes > m_capacityBytes && m_frames.size() > 1) {
        const auto first = m_frames.begin();
        const auto last = std::prev(m_frames.end());
        const qint64 below = wanted.first - first->first;
        const qint64 above = last->first - (wanted.end - 1);
        const bool outside = std::max(below, above) > 0;
        const bool dropFirst = outside ? below >= above : place - first->first >= last->first - place;
        const auto dropped = dropFirst ? first : last;
        m_bytes -= dropped->second.bytes;
        m_frames.erase(dropped);
    }
}

} // namespace vidimus::media::engine
