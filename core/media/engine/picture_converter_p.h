#pragma once

#include "core/base/result.h"
#include "core/media/engine/av_ptr_p.h"
#include "core/media/engine/frame_sink.h"

#include <QByteArray>
#include <array>
#include <optional>

namespace vidimus::media::engine {

/// Our format for one of libav's; empty when the layout is none of ours.
[[nodiscard]] std::optional<PixelFormat> pixelFormatOf(int avFormat);

/// Points \a view at the planes of \a frame, whose layout is \a format. Colours and numbers are the caller's.
void viewPlanes(FrameView& view, PixelFormat format, int width, int height,
    const std::array<const std::uint8_t*, 3>& data, const std::array<int, 3>& strides);

/// Makes one wished form of every picture that comes; keeps its scaler and its memory. One thread.
class PictureConverter {
public:
    explicit PictureConverter(PictureWish wish);

    [[nodiscard]] const PictureWish& wish() const { return m_wish; }
    /// \a about carries number, time and tags, and the result is completed from it. The planes live until the next
    /// call. Errors: Unsupported (a layout that swscale cannot read), LimitExceeded (memory).
    [[nodiscard]] Result<FrameView> convert(const AVFrame* frame, const FrameView& about);

private:
    [[nodiscard]] Result<FrameView> scale(const AVFrame* frame, const FrameView& about, int sourceFormat,
        PixelFormat target, PictureSize size, const ColorTags& colors);
    [[nodiscard]] Result<FrameView> luma(const AVFrame* frame, const FrameView& about);

    PictureWish m_wish;
    SwsPtr m_scaler;
    std::array<int, 5> m_scalerKey {-1, 0, 0, 0, 0}; ///< source format and size, target size
    ColorTags m_scalerColors;
    std::vector<std::uint8_t> m_memory;
};

/// Scales a decoded picture to exactly \a size as Bgra, colours by its tags and the rule for untagged video, into
/// memory of one's own. Errors: as PictureConverter.
[[nodiscard]] Result<PictureBuffer> toBgra(
    SwsPtr& scaler, const AVFrame* frame, const ColorTags& tags, PictureSize size);

} // namespace vidimus::media::engine
