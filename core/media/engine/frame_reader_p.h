#pragma once

#include "core/base/cancel.h"
#include "core/media/engine/video_decoder_p.h"

#include <functional>
#include <memory>
#include <optional>

namespace vidimus::media::engine {

/// One demuxer and decoder that walk along the programme's picture, a packet at a time. Several readers may share one
/// file descriptor on one thread.
class FrameReader {
public:
    /// Receives each frame of the index that comes out whole.
    using Take = std::function<void(const AVFrame* frame, const VideoDecoder::Frame& about)>;

    /// \a index must outlive the reader. \a maySkip: one packet is one whole frame, and its time stamp names it, so
    /// that frames nobody refers to may be left out on the way. Errors: as VideoDecoder::create().
    [[nodiscard]] static Result<std::unique_ptr<FrameReader>> create(
        std::unique_ptr<Input> input, const PacketIndex& index, bool maySkip);

    [[nodiscard]] Input& input() { return *m_input; }
    /// The frame that comes out next, when reading can simply go on.
    [[nodiscard]] std::optional<qint64> next() const { return m_next; }
    /// The nearest frame at or before \a number where decoding can start.
    [[nodiscard]] qint64 startFor(qint64 number) const;
    /// Frames to decode until \a number comes out when reading goes on; empty when a new start is better.
    [[nodiscard]] std::optional<qint64> distanceTo(qint64 number) const;

    /// Goes to the key frame \a key. False when the file's seeking does not lead there. Errors: Canceled, Io.
    [[nodiscard]] Result<bool> startAt(qint64 key, const CancelToken& cancel);
    /// Reads and decodes one packet; frames before \a firstKept need not come out. False at the end of the file.
    /// Errors: Canceled (a later call goes on where this one stopped).
    [[nodiscard]] Result<bool> advance(qint64 firstKept, const CancelToken& cancel, const Take& take);

private:
    FrameReader(std::unique_ptr<Input> input, VideoDecoder decoder, const PacketIndex& index, bool maySkip);
    void takeFrames(const Take& take);

    std::unique_ptr<Input> m_input;
    VideoDecoder m_decoder;
    const PacketIndex* m_index;
    bool m_maySkip = false;
    AvFramePtr m_frame {av_frame_alloc()};
    AvPacketPtr m_packet {av_packet_alloc()};
    bool m_packetReady = false; ///< the key itself has not reached the decoder
    std::optional<qint64> m_next;
    /// Frames shown before the key that decoding started at may lack what they refer to.
    qint64 m_firstWhole = 0;
};

} // namespace vidimus::media::engine
