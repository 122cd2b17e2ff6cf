#include "core/transcode/engine/yuv_planes_p.h"

namespace vidimus::transcode::engine {

bool isPlanarYuv(AVPixelFormat format)
{
    const AVPixFmtDescriptor* layout = av_pix_fmt_desc_get(format);
    if (layout == nullptr || (layout->nb_components != 3 && layout->nb_components != 1))
        return false;
    constexpr std::uint64_t kOther = AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM
        | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_BAYER;
    if ((layout->flags & kOther) != 0 || layout->comp[0].shift != 0 || layout->comp[0].depth < 8)
        return false;
    const int step = layout->comp[0].depth > 8 ? 2 : 1;
    for (int plane = 0; plane < layout->nb_components; ++plane) {
        const AVComponentDescriptor& component = layout->comp[plane];
        if (component.plane != plane || component.step != step || component.depth != layout->comp[0].depth)
            return false;
    }
    return true;
}

std::optional<YuvPlanes> yuvPlanesOf(AVFrame& frame)
{
    const auto format = static_cast<AVPixelFormat>(frame.format);
    if (!isPlanarYuv(format))
        return std::nullopt;
    const AVPixFmtDescriptor* layout = av_pix_fmt_desc_get(format);
    YuvPlanes picture;
    picture.planeCount = layout->nb_components;
    picture.shiftX = layout->log2_chroma_w;
    picture.shiftY = layout->log2_chroma_h;
    picture.bits = layout->comp[0].depth;
    media::ColorTags tags;
    tags.matrix = frame.colorspace;
    picture.matrix = media::effectiveMatrix(tags, frame.height);
    const bool jpeg = format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P || format == AV_PIX_FMT_YUVJ444P
        || format == AV_PIX_FMT_YUVJ440P;
    picture.fullRange = jpeg || frame.color_range == AVCOL_RANGE_JPEG;
    for (int i = 0; i < picture.planeCount; ++i) {
        const int x = i > 0 ? picture.shiftX : 0;
        const int y = i > 0 ? picture.shiftY : 0;
        picture.planes[static_cast<std::size_t>(i)]
            = {frame.data[i], frame.linesize[i], AV_CEIL_RSHIFT(frame.width, x), AV_CEIL_RSHIFT(frame.height, y)};
    }
    return picture;
}

} // namespace vidimus::transcode::engine
