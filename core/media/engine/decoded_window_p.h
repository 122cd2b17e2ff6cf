#pragma once

#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/video_decoder_p.h"

#include <map>

namespace vidimus::media::engine {

/// Decoded frames around the place that is looked at, as the decoder gave them: a step in either direction costs one
/// conversion, not the decoding of everything since the key. The frame farthest from that place is dropped first.
class DecodedWindow {
public:
    struct Kept {
        AvFramePtr frame;
        VideoDecoder::Frame about;
        qint64 bytes = 0;
    };

    explicit DecodedWindow(qint64 capacityBytes)
        : m_capacityBytes(capacityBytes)
    {
    }
    /// nullptr: not there.
    [[nodiscard]] const Kept* find(qint64 number) const;
    /// Shares the pixels of \a frame; keeps what is nearest to \a place, and always something.
    void add(const AVFrame* frame, const VideoDecoder::Frame& about, qint64 place);
    /// How many frames of \a frameBytes it holds, at least one.
    [[nodiscard]] qint64 roomFor(qint64 frameBytes) const;

private:
    qint64 m_capacityBytes = 0;
    qint64 m_bytes = 0;
    std::map<qint64, Kept> m_frames;
};

} // namespace vidimus::media::engine
