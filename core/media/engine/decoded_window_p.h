#pragma once

#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/video_decoder_p.h"

#include <algorithm>
#include <map>

namespace vidimus::media::engine {

/// Decoded frames around the place that is looked at, as the decoder gave them: a step in either direction costs one
/// conversion, not the decoding of everything since the key. Most of the room is for the frames before the place,
/// because those cannot be had by reading on; what lies farthest outside of what is wanted is dropped first.
class DecodedWindow {
public:
    struct Kept {
        AvFramePtr frame;
        VideoDecoder::Frame about;
        qint64 bytes = 0;
    };
    /// Half-open range of frames.
    struct Range {
        qint64 first = 0;
        qint64 end = 0;
    };

    /// \a frameBytes: what a frame is expected to take; larger ones are noticed.
    explicit DecodedWindow(qint64 capacityBytes, qint64 frameBytes = 1)
        : m_capacityBytes(capacityBytes)
        , m_frameBytes(std::max<qint64>(frameBytes, 1))
    {
    }
    /// Frames to be kept around \a place, of a film of \a count frames; they fit into the capacity.
    [[nodiscard]] Range wanted(qint64 place, qint64 count) const;
    /// nullptr: not there.
    [[nodiscard]] const Kept* find(qint64 number) const;
    /// The first frame from \a number on that is not there.
    [[nodiscard]] qint64 firstMissingFrom(qint64 number) const;
    /// The last frame before \a number that is not there; −1 when all are.
    [[nodiscard]] qint64 lastMissingBefore(qint64 number) const;
    /// Shares the pixels of \a frame; keeps \a place before all others.
    void add(const AVFrame* frame, const VideoDecoder::Frame& about, qint64 place, Range wanted);
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    qint64 m_capacityBytes = 0;
    qint64 m_frameBytes = 1; ///< the largest yet
    qint64 m_bytes = 0;
    std::map<qint64, Kept> m_frames;
};

} // namespace vidimus::media::engine
