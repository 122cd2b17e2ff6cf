#include "core/media/engine/decoded_window_p.h"

#include <algorithm>
#include <cstdlib>

namespace vidimus::media::engine {

const DecodedWindow::Kept* DecodedWindow::find(qint64 number) const
{
    const auto found = m_frames.find(number);
    return found == m_frames.end() ? nullptr : &found->second;
}

void DecodedWindow::add(const AVFrame* frame, const VideoDecoder::Frame& about, qint64 place)
{
    if (find(about.number))
        return;
    Kept kept {AvFramePtr(av_frame_clone(frame)), about, 0};
    if (!kept.frame)
        return;
    for (const AVBufferRef* buffer : kept.frame->buf)
        kept.bytes += buffer ? static_cast<qint64>(buffer->size) : 0;
    m_bytes += kept.bytes;
    m_frames.emplace(about.number, std::move(kept));
    while (m_bytes > m_capacityBytes && m_frames.size() > 1) {
        const auto first = m_frames.begin();
        const auto last = std::prev(m_frames.end());
        const auto farthest = std::llabs(first->first - place) >= std::llabs(last->first - place) ? first : last;
        m_bytes -= farthest->second.bytes;
        m_frames.erase(farthest);
    }
}

qint64 DecodedWindow::roomFor(qint64 frameBytes) const
{
    return std::max<qint64>(m_capacityBytes / std::max<qint64>(frameBytes, 1), 1);
}

} // namespace vidimus::media::engine
