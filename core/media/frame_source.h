#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/media/facts.h"
#include "core/media/frame.h"
#include "core/media/frame_index.h"

#include <vector>

namespace vidimus::media {

/// Sound for the speakers: always this rate and two channels, whatever the file has.
inline constexpr int kPlaybackSampleRate = 48000;
inline constexpr int kPlaybackChannels = 2;
/// A file whose decoder crashed so often is not opened again (promise R10).
inline constexpr int kMostDecoderCrashes = 2;

/// Exact frames and sound of one file, ready for the screen. Calls block; one thread at a time, never the ui thread.
class FrameSource {
public:
    virtual ~FrameSource() = default;

    [[nodiscard]] virtual const MediaFacts& facts() const = 0;
    /// Empty when the file has no picture.
    [[nodiscard]] virtual const FrameIndex& index() const = 0;
    /// Frame \a number as Bgra, turned and stretched as the file says, fitted into \a bounds without enlarging.
    /// Errors: Invalid (no such frame), Corrupt (cannot be decoded), Canceled.
    [[nodiscard]] virtual Result<PictureBuffer> frame(qint64 number, PictureSize bounds, const CancelToken& cancel = {})
        = 0;
    /// A picture to look at while frame \a number is being decoded: that frame where it is at hand, else the first
    /// that comes out on the way to it (PictureBuffer::number says which). Errors: as frame().
    [[nodiscard]] virtual Result<PictureBuffer> nearFrame(
        qint64 number, PictureSize bounds, const CancelToken& cancel = {})
    {
        return frame(number, bounds, cancel);
    }
    /// How often a decoder that crashed was replaced by a new one since the source was opened.
    [[nodiscard]] virtual int restarts() const { return 0; }
    /// \a count sample pairs from \a startSample (48 kHz, from the start of the media), interleaved. Where the file has
    /// no sound there is silence; shorter only after the end. Errors: Invalid, Corrupt, Canceled.
    [[nodiscard]] virtual Result<std::vector<float>> audio(
        qint64 startSample, qint64 count, const CancelToken& cancel = {})
        = 0;
};

} // namespace vidimus::media
