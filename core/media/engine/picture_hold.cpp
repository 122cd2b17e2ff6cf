#include "core/media/engine/picture_hold.h"

#include "core/media/engine/av_ptr_p.h"

namespace vidimus::media::engine {

std::shared_ptr<const void> holdPicture(const AVFrame* decoded)
{
    if (decoded == nullptr)
        return {};
    return std::shared_ptr<const AVFrame>(av_frame_clone(decoded), [](const AVFrame* frame) {
        auto* owned = const_cast<AVFrame*>(frame); // NOLINT(cppcoreguidelines-pro-type-const-cast): ours to free
        av_frame_free(&owned);
    });
}

bool isPlaneOf(const AVFrame* decoded, const void* pixels)
{
    return decoded != nullptr && pixels == decoded->data[0];
}

} // namespace vidimus::media::engine
