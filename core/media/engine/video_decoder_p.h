#pragma once

#include "core/base/result.h"
#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/packet_scan_p.h"

#include <QString>

namespace vidimus::media::engine {

/// A decoder for a stream with our caps. Errors: Unsupported (no_decoder), LimitExceeded.
[[nodiscard]] Result<AvCodecContextPtr> openDecoder(const AVStream* stream, const InputLimits& limits, int threads);

/// The decoder of the programme's picture, which gives every frame its number in the index.
class VideoDecoder {
public:
    /// \a threads: 0 for those of the input's limits.
    [[nodiscard]] static Result<VideoDecoder> create(const Input& input, const PacketIndex& index, int threads = 0);

    struct Frame {
        qint64 number = -1; ///< -1: not in the index (before the first key, a second one with the same time)
        bool damaged = false;
    };
    enum class Got { Frame, NeedsPacket, Ended };
    /// Null drains. False: the decoder refused the packet's bytes; go on with the next.
    [[nodiscard]] bool send(const AVPacket* packet);
    [[nodiscard]] Got receive(AVFrame* frame, Frame& about);
    /// After a seek, before the first packet of frame \a nextNumber (used only when frames are counted).
    void flush(qint64 nextNumber);
    [[nodiscard]] int threads() const;
    /// Frames that no other one needs may be left out from now on.
    void skipUnreferenced(bool skip);

private:
    VideoDecoder(AvCodecContextPtr codec, const PacketIndex& index);

    AvCodecContextPtr m_codec;
    const PacketIndex* m_index;
    qint64 m_next = 0;
};

} // namespace vidimus::media::engine
