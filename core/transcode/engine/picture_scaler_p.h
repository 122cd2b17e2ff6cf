#pragma once

#include "core/media/facts.h"
#include "core/transcode/engine/av_owners_p.h"
#include "core/transcode/engine/cmaf_init.h"

#include <array>

namespace vidimus::transcode::engine {

/// A picture as it lies in memory; not owned.
struct PicturePlanes {
    std::array<const std::uint8_t*, 4> data {};
    std::array<int, 4> strides {};
};

struct PictureShape {
    AVPixelFormat format = AV_PIX_FMT_NONE;
    int width = 0;
    int height = 0;
    ColourTags colour;

    friend bool operator==(const PictureShape&, const PictureShape&) = default;
};

/// The colour that 8-bit video of limited range made from \a source has: a matrix that is named is kept, untagged
/// pictures and RGB get the product's one rule (media::effectiveMatrix).
[[nodiscard]] ColourTags outputColour(const PictureShape& source);

/// Scales to limited-range 4:2:0 of 8 bit in one step (bicubic) and turns the result. One thread.
class PictureScaler {
public:
    /// \a width and \a height are those after turning; pictures get the matrix of \a target and limited range.
    /// Errors: Unsupported "pixel_format".
    [[nodiscard]] static Result<PictureScaler> create(
        const PictureShape& source, const ColourTags& target, int width, int height, media::Orientation orientation);
    /// Errors: LimitExceeded, Internal.
    [[nodiscard]] Result<AvFramePtr> scale(const PicturePlanes& planes) const;

private:
    PictureScaler(SwsPtr context, const PictureShape& source, int width, int height, media::Orientation orientation);

    SwsPtr m_context;
    PictureShape m_source;
    int m_width;
    int m_height;
    media::Orientation m_orientation;
};

/// Kind, size and colour of a decoded picture; \a stream says what the picture itself leaves open.
[[nodiscard]] PictureShape shapeOf(const AVFrame& frame, const ColourTags& stream);
/// The planes of a frame.
[[nodiscard]] PicturePlanes planesOf(const AVFrame& frame);

} // namespace vidimus::transcode::engine
