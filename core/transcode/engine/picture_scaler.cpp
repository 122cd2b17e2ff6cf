#include "core/transcode/engine/picture_scaler_p.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kUnspecified = media::ColorTags::kUnspecified;

bool isRgb(AVPixelFormat format)
{
    const AVPixFmtDescriptor* descriptor = av_pix_fmt_desc_get(format);
    return descriptor != nullptr && (descriptor->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

int guessedMatrix(const PictureShape& shape)
{
    return media::effectiveMatrix({}, std::min(shape.width, shape.height));
}

int scalerMatrix(int matrix)
{
    switch (matrix) {
    case AVCOL_SPC_BT709:
        return SWS_CS_ITU709;
    case AVCOL_SPC_FCC:
        return SWS_CS_FCC;
    case AVCOL_SPC_SMPTE240M:
        return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
        return SWS_CS_BT2020;
    default:
        return SWS_CS_ITU601;
    }
}

struct Plane {
    std::uint8_t* data;
    std::ptrdiff_t stride;
};

// Where pixel (x, y) of the flat picture goes is target.data + start + x * stepX + y * stepY.
void turnPlane(const AVFrame& flat, int plane, int width, int height, Plane target, media::Orientation orientation)
{
    std::ptrdiff_t start = 0;
    std::ptrdiff_t stepX = 1;
    std::ptrdiff_t stepY = target.stride;
    switch (orientation.clockwiseDegrees) {
    case 90:
        start = height - 1;
        stepX = target.stride;
        stepY = -1;
        break;
    case 180:
        start = (height - 1) * target.stride + width - 1;
        stepX = -1;
        stepY = -target.stride;
        break;
    case 270:
        start = (width - 1) * target.stride;
        stepX = -target.stride;
        stepY = 1;
        break;
    default:
        break;
    }
    if (orientation.mirrored) {
        start += (width - 1) * stepX;
        stepX = -stepX;
    }
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* row = flat.data[plane] + std::ptrdiff_t {y} * flat.linesize[plane];
        std::uint8_t* out = target.data + start + y * stepY;
        for (int x = 0; x < width; ++x)
            out[x * stepX] = row[x];
    }
}

Result<AvFramePtr> turned(const AVFrame& flat, media::Orientation orientation)
{
    const bool swaps = orientation.swapsSides();
    auto out = newPicture(AV_PIX_FMT_YUV420P, swaps ? flat.height : flat.width, swaps ? flat.width : flat.height);
    if (!out)
        return out;
    for (int plane = 0; plane < 3; ++plane) {
        const int shift = plane == 0 ? 0 : 1;
        turnPlane(flat, plane, flat.width >> shift, flat.height >> shift,
            {(*out)->data[plane], (*out)->linesize[plane]}, orientation);
    }
    return out;
}

} // namespace

ColourTags outputColour(const PictureShape& source)
{
    ColourTags colour = source.colour;
    colour.fullRange = false;
    if (colour.matrix == kUnspecified || colour.matrix == AVCOL_SPC_RGB || isRgb(source.format))
        colour.matrix = guessedMatrix(source);
    if (colour.primaries == kUnspecified)
        colour.primaries = colour.matrix;
    if (colour.transfer == kUnspecified)
        colour.transfer = colour.matrix;
    return colour;
}

PictureScaler::PictureScaler(
    SwsPtr context, const PictureShape& source, int width, int height, media::Orientation orientation)
    : m_context(std::move(context))
    , m_source(source)
    , m_width(width)
    , m_height(height)
    , m_orientation(orientation)
{
}

Result<PictureScaler> PictureScaler::create(
    const PictureShape& source, const ColourTags& target, int width, int height, media::Orientation orientation)
{
    const bool swaps = orientation.swapsSides();
    const int flatWidth = swaps ? height : width;
    const int flatHeight = swaps ? width : height;
    SwsPtr context(sws_getContext(source.width, source.height, source.format, flatWidth, flatHeight, AV_PIX_FMT_YUV420P,
        SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
    if (!context)
        return Error {ErrorCode::Unsupported,
            u"Pictures of kind %1 cannot be scaled."_s.arg(static_cast<int>(source.format)), "pixel_format"};
    const int from = outputColour(source).matrix;
    constexpr int kOne = 1 << 16;
    sws_setColorspaceDetails(context.get(), sws_getCoefficients(scalerMatrix(from)), source.colour.fullRange ? 1 : 0,
        sws_getCoefficients(scalerMatrix(target.matrix)), 0, 0, kOne, kOne);
    return PictureScaler(std::move(context), source, flatWidth, flatHeight, orientation);
}

Result<AvFramePtr> PictureScaler::scale(const PicturePlanes& planes) const
{
    auto out = newPicture(AV_PIX_FMT_YUV420P, m_width, m_height);
    if (!out)
        return out;
    const int lines = sws_scale(
        m_context.get(), planes.data.data(), planes.strides.data(), 0, m_source.height, (*out)->data, (*out)->linesize);
    if (lines != m_height)
        return Error {ErrorCode::Internal, u"Scaling gave %1 of %2 lines."_s.arg(lines).arg(m_height), "scaling"};
    return m_orientation == media::Orientation {} ? std::move(out) : turned(**out, m_orientation);
}

PictureShape shapeOf(const AVFrame& frame, const ColourTags& stream)
{
    const auto format = static_cast<AVPixelFormat>(frame.format);
    PictureShape shape {.format = format, .width = frame.width, .height = frame.height, .colour = stream};
    if (frame.colorspace != AVCOL_SPC_UNSPECIFIED)
        shape.colour.matrix = frame.colorspace;
    if (frame.color_range != AVCOL_RANGE_UNSPECIFIED)
        shape.colour.fullRange = frame.color_range == AVCOL_RANGE_JPEG;
    const bool isJpegFormat = format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P
        || format == AV_PIX_FMT_YUVJ444P || format == AV_PIX_FMT_YUVJ440P || format == AV_PIX_FMT_YUVJ411P;
    shape.colour.fullRange = shape.colour.fullRange || isJpegFormat || isRgb(format);
    return shape;
}

PicturePlanes planesOf(const AVFrame& frame)
{
    PicturePlanes planes;
    for (std::size_t i = 0; i < planes.data.size(); ++i) {
        planes.data[i] = frame.data[i];
        planes.strides[i] = frame.linesize[i];
    }
    return planes;
}

} // namespace vidimus::transcode::engine
