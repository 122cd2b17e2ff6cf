#include "core/media/engine/picture_light.h"

#include "core/media/engine/av_ptr_p.h"

extern "C" {
#include <libavutil/mastering_display_metadata.h>
}

namespace vidimus::media::engine {

namespace {

/// Null when the picture has none, or less than a whole one.
template<class Data>
const Data* sideDataOf(const AVFrame* decoded, AVFrameSideDataType type)
{
    const AVFrameSideData* data = av_frame_get_side_data(decoded, type);
    return data != nullptr && data->size >= sizeof(Data) ? reinterpret_cast<const Data*>(data->data) : nullptr;
}

} // namespace

HdrValues hdrValuesOf(const AVFrame* decoded)
{
    constexpr unsigned kMaxNits = 100'000;
    HdrValues values;
    if (decoded == nullptr)
        return values;
    const auto* mastering = sideDataOf<AVMasteringDisplayMetadata>(decoded, AV_FRAME_DATA_MASTERING_DISPLAY_METADATA);
    if (mastering != nullptr && mastering->has_luminance != 0 && mastering->min_luminance.den > 0
        && mastering->max_luminance.den > 0) {
        values.minLuminance = av_q2d(mastering->min_luminance);
        values.maxLuminance = av_q2d(mastering->max_luminance);
    }
    const auto* light = sideDataOf<AVContentLightMetadata>(decoded, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL);
    if (light != nullptr && light->MaxCLL <= kMaxNits && light->MaxFALL <= kMaxNits) {
        values.maxContentLight = static_cast<int>(light->MaxCLL);
        values.maxFrameAverageLight = static_cast<int>(light->MaxFALL);
    }
    return values;
}

} // namespace vidimus::media::engine
